"""A user of the bot and the settings that shape plans and letters."""

from datetime import date, datetime, time
from enum import StrEnum

from msgspec import Struct


class Form(StrEnum):
    """How Russian speaks of the user: the gender of verbs and adjectives in the first person."""

    HE = "he"
    SHE = "she"


class Tone(StrEnum):
    """How letters and scripts greet, thank and say goodbye."""

    FORMAL = "formal"
    NEUTRAL = "neutral"
    WARM = "warm"


class Pace(StrEnum):
    """How soon and how often the user wants to reach out, within C1 and C2."""

    GENTLE = "gentle"
    NORMAL = "normal"
    FIRM = "firm"


class QuietHours(Struct, frozen=True):
    """The user's local hours without pushes; start may lie after end (over midnight)."""

    start: time = time(22)
    end: time = time(8)


class Pause(Struct, frozen=True):
    """Time off: nothing is pushed from `since` until this day and hour of the user's clock."""

    since: datetime
    until: date
    hour: time = time()


class User(Struct, frozen=True, kw_only=True):
    """A person who talks to the bot; a private chat has the same id as its user."""

    id: int
    language: str = "en"
    #: Language of letters and scripts; None follows `language`.
    letter_language: str | None = None
    #: As it signs letters.
    name: str | None = None
    form: Form | None = None
    tone: Tone = Tone.NEUTRAL
    phone: str | None = None
    #: IANA name; None until asked: plans are then made in UTC.
    zone: str | None = None
    #: ISO 3166 code whose public holidays count; None until known, "" for weekends only.
    country: str | None = None
    quiet: QuietHours = QuietHours()
    pace: Pace = Pace.NORMAL
    #: The last one, also when it is over (`WorkingTime.is_off` tells).
    pause: Pause | None = None
    #: Whether the Friday sweep, the Sunday review do not come.
    sweep_off: bool = False
    review_off: bool = False
    #: Set when the welcome questions have been answered or skipped.
    welcomed: bool = False
    #: Whether tips come only when asked for; the ids of those that came or were waved off, and the user's
    #: day on which the last one came.
    tips_off: bool = False
    tips_seen: tuple[str, ...] = ()
    tip_on: date | None = None
    #: Letters and scripts in the user's own words, by `own_key`.
    own_words: dict[str, str] = {}
    #: Whether nothing but the facts is said after a refusal.
    notes_off: bool = False
    #: When the user blocked the bot: nothing is sent, everything is kept.
    blocked_at: datetime | None = None

    @property
    def letters_in(self) -> str:
        """The language of letters and call scripts."""
        return self.letter_language or self.language


def own_key(name: str, language: str) -> str:
    """Return the name under which a user keeps a text of a language in their own words."""
    return f"{language}/{name}"
