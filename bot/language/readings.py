"""What an answer about a date can mean: the values that the reader of dates hands back."""

from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct


class Question(StrEnum):
    """What the user was asked: it decides between last Friday and next Friday."""

    INTERVIEW_FUTURE = "interview_future"
    INTERVIEW_PAST = "interview_past"
    INTERVIEW_ANY = "interview_any"
    PROMISE = "promise"
    #: When to remind; until when somebody is off.
    REMIND = "remind"
    RETURN = "return"


#: The user's own wish: what is left open is filled in, and not asked about.
WISHES = frozenset({Question.REMIND, Question.RETURN})


class OnDate(Struct, frozen=True, tag="date"):
    """A day, no hour named."""

    date: date


class AtTime(Struct, frozen=True, tag="datetime"):
    """A day and an hour on the user's clock."""

    date: date
    time: time

    def moment(self, zone: str) -> datetime:
        """Return the aware moment; of an hour that the autumn repeats, the first."""
        return datetime.combine(self.date, self.time, ZoneInfo(zone))


class Ask(Struct, frozen=True, tag="ask"):
    """Only the user knows; `key` names the text that asks, `candidates` the likeliest first."""

    key: str
    candidates: tuple[OnDate | AtTime, ...] = ()


class Invalid(Struct, frozen=True, tag="invalid"):
    """There is no such day or hour; `key` names the text, `why` the words that were wrong."""

    key: str
    why: str


class NothingPromised(Struct, frozen=True, tag="none"):
    """They named no date."""


Reading = OnDate | AtTime | Ask | Invalid | NothingPromised


class Found(Struct, frozen=True):
    """A date inside a longer text, with the prepositions before it.

    It stands in `text[start:end]`; `parts` are its pieces when other words stand between them.
    """

    reading: Reading
    start: int
    end: int
    parts: tuple[tuple[int, int], ...]
    deadline: bool = False  # "by", "until", "no later than"
