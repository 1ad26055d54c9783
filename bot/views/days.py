"""Days on buttons: how they read, and how they come back."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.errors import StaleButton
from bot.language.readings import AtTime, NothingPromised, OnDate, Reading
from bot.texts import Texts

_FRIDAY = 4


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


#: Hours of an interview to tap; any other is typed.
HOURS = ("10:00", "11:00", "12:00", "14:00", "15:00", "16:00")


def ahead(texts: Texts, today: date) -> list[tuple[date, str]]:
    """Return the days that are named most often, soonest first, with their labels."""
    monday = today + timedelta(days=7 - today.weekday())
    days = {
        today + timedelta(days=14): "day.in_two_weeks",
        today + timedelta(days=7): "day.in_a_week",
        monday: "day.plain",
        monday - timedelta(days=3): "day.plain",
        today + timedelta(days=2): "day.plain",
        today + timedelta(days=1): "day.tomorrow",
    }
    return [(day, texts.plain(days[day], day=day)) for day in sorted(days) if day > today]


def first_days(texts: Texts, today: date) -> list[tuple[date, str]]:
    """Return the days on which people mostly start in a new job: Mondays, and the first of a month."""
    monday = today + timedelta(days=7 - today.weekday())
    first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    if first.weekday() > _FRIDAY:
        first += timedelta(days=7 - first.weekday())
    mondays = {monday + timedelta(weeks=number) for number in (0, 1, 2, 4)}
    return [(day, texts.plain("day.plain", day=day)) for day in sorted({first, *mondays})]


def _packed(reading: OnDate | AtTime) -> str:
    if isinstance(reading, AtTime):
        return f"{reading.date.isoformat()}T{reading.time:%H:%M}"
    return reading.date.isoformat()


def _label(texts: Texts, reading: OnDate | AtTime) -> str:
    day = texts.day(reading.date)
    return f"{day}, {texts.clock(reading.time)}" if isinstance(reading, AtTime) else day
