"""The moment and the place in which a sentence is typed: its time zone, its customs, its tense."""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.language.clues import Context
from bot.language.readings import Question
from bot.language.token_types import Token
from bot.language.vocabulary import vocabulary

_SATURDAY = 5
_TENSES = {
    Question.INTERVIEW_FUTURE: "future",
    Question.INTERVIEW_PAST: "past",
    Question.PROMISE: "future",
    Question.REMIND: "future",
    Question.RETURN: "future",
}


class Circumstances(Struct, frozen=True):
    """What the caller knows about a sentence before it is read."""

    language: str
    question: Question
    now: datetime  # aware
    zone: str
    country: str | None
    is_working_day: Callable[[date], bool] | None


def context_of(found: list[Token], known: Circumstances) -> Context:
    """Return the context of a sentence; only its tense comes from the words."""
    settings = vocabulary(known.language).settings
    country = known.country or _country_of(known.zone)
    return Context(
        now=known.now.astimezone(ZoneInfo(known.zone)),
        question=known.question,
        tense=_TENSES.get(known.question) or _tense(found),
        country=country,
        month_first=_month_first(known.language, country or "ZZ"),
        either_order=bool(settings["month_first"]),
        clock=settings["clock"],
        is_working_day=known.is_working_day or _is_weekday,
    )


def _is_weekday(day: date) -> bool:
    return day.weekday() < _SATURDAY


def _tense(found: list[Token]) -> str | None:
    tenses = {str(token.senses["tense"]) for token in found if token.may("tense")}
    return tenses.pop() if len(tenses) == 1 else None


@lru_cache(maxsize=256)
def _country_of(zone: str) -> str | None:
    from babel.core import get_global

    return get_global("zone_territories").get(zone)


def _month_first(language: str, country: str) -> bool | None:
    """Tell whether 8/9 is in August; None where people write either."""
    settings = vocabulary(language).settings
    if not settings.get("month_first"):
        return False
    if country in settings["unclear"]:
        return None
    return country in settings["month_first"]
