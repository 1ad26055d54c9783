"""A clue about a stretch of days -> the day it ends or begins with, or the nth weekday in it."""

from datetime import date, timedelta

from msgspec import structs

from bot.language.calendar_months import Days, NoSuchDay, first_of_month, last_day, shifted
from bot.language.clues import Clue, Context

_WEEK = timedelta(weeks=1)
_WEDNESDAY, _FRIDAY, _SUNDAY = 2, 4, 6
_MID_MONTH = 15
_VAGUE = {"early": "start", "late": "end"}


def nth(clue: Clue, context: Context) -> tuple[date, ...]:
    """Return the second Monday, the last Friday of a month."""
    assert clue.nth is not None and clue.weekday is not None  # noqa: S101, PT018 - the caller looked
    first = first_of_month(clue, context)
    found = nth_weekday(first, clue.nth, clue.weekday)
    if clue.month is not None and not clue.year and is_over(found, context):
        found = nth_weekday(first.replace(year=first.year + 1), clue.nth, clue.weekday)
    return (found,)


def nth_weekday(first: date, nth: int, weekday: int) -> date:
    """Return the nth such weekday of the month that begins on this day, or the last; raise NoSuchDay."""
    if nth < 0:
        last = last_day(first)
        return last - timedelta((last.weekday() - weekday) % 7)
    found = first + timedelta((weekday - first.weekday()) % 7) + (nth - 1) * _WEEK
    if found.month != first.month:
        raise NoSuchDay(str(nth))
    return found


def edge(clue: Clue, context: Context) -> tuple[date, ...]:
    """Return the first, the middle or the last day of a week, a month or a year."""
    clue = structs.replace(clue, edge=_VAGUE.get(clue.edge or "", clue.edge))
    if clue.edge_of == "week":
        return _edge_of_week(clue, context)
    if clue.edge_of == "year":
        year = clue.year or context.today.year + (clue.months or 0)
        return _only_end(clue, (date(year, 12, 31),))
    first = first_of_month(clue, context)
    if clue.edge == "end":
        return (last_day(first),)
    found = first.replace(day=_MID_MONTH) if clue.edge == "middle" else first
    if is_over(found, context) and not clue.months:
        raise Days("dates.which_day", shifted(found, months=1))
    return (found,)


def _only_end(clue: Clue, found: tuple[date, ...]) -> tuple[date, ...]:
    if clue.edge != "end":
        raise Days("dates.which_day")
    return found


def _edge_of_week(clue: Clue, context: Context) -> tuple[date, ...]:
    today = context.today
    week = clue.week or 0
    monday = monday_of(today) + week * _WEEK
    if clue.edge == "end":
        friday = monday + timedelta(_FRIDAY)
        if week == 0 and today > friday:
            return (monday + timedelta(_SUNDAY), friday + _WEEK)
        return (friday,)
    found = monday + timedelta(_WEDNESDAY if clue.edge == "middle" else 0)
    if week == 0 and found < today and context.tense != "past":
        return (found + _WEEK,)
    return (found,)


def is_over(day: date, context: Context) -> bool:
    """Tell whether the day has gone by although one to come is asked about."""
    return day < context.today and context.tense != "past"


def monday_of(day: date) -> date:
    """Return the Monday of the day's week."""
    return day - timedelta(day.weekday())
