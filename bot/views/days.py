"""Days on buttons: how they read, and how they come back."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.errors import StaleButton
from bot.language.readings import AtTime, NothingPromised, OnDate, Reading
from bot.texts import Texts


def labelled(texts: Texts, candidates: Sequence[OnDate | AtTime]) -> list[tuple[str, str]]:
    """Return each day as the value of a button and its label."""
    return [(_packed(candidate), _label(texts, candidate)) for candidate in candidates]


def parsed(value: str) -> Reading:
    """Return the reading that a button carries; raises StaleButton for anything else."""
    if value == "none":
        return NothingPromised()
    try:
        if "T" in value:
            moment = datetime.fromisoformat(value)
            return AtTime(moment.date(), moment.time())
        return OnDate(date.fromisoformat(value))
    except ValueError as error:
        raise StaleButton(value) from error


def _packed(reading: OnDate | AtTime) -> str:
    if isinstance(reading, AtTime):
        return f"{reading.date.isoformat()}T{reading.time:%H:%M}"
    return reading.date.isoformat()


def _label(texts: Texts, reading: OnDate | AtTime) -> str:
    day = texts.day(reading.date)
    return f"{day}, {texts.clock(reading.time)}" if isinstance(reading, AtTime) else day
