"""A clue about a day of the month -> the days it may be: the nearest on the side of the tense."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from bot.language.clues import Clue, Context

#: A date without a year this far away is more likely the one that has just been.
_FAR = timedelta(days=300)
#: Of two years, the nearer day is meant when the other is so much farther.
_CLEARLY_NEARER = 2


class NoSuchDay(ValueError):
    """The calendar has no such day."""


class Days(ValueError):
    """Days to choose from, with the key of the text that asks."""

    def __init__(self, key: str, *days: date) -> None:
        super().__init__(key)
        self.key = key
        self.days = days


def first_of_month(clue: Clue, context: Context) -> date:
    """Return the first day of the month named, or of one counted from this."""
    today = context.today
    if clue.months is not None:
        return shifted(today.replace(day=1), months=clue.months)
    assert clue.month is not None  # noqa: S101 - the caller looked
    if clue.year is not None:
        return date(clue.year, clue.month, 1)
    year = today.year
    if context.tense == "past":
        year -= clue.month > today.month
    else:
        year += clue.month < today.month
    return date(year, clue.month, 1)


def in_month(clue: Clue, context: Context) -> tuple[date, ...]:
    """Return the day of the month: of the one named, else of the nearest."""
    assert clue.dom is not None  # noqa: S101 - the caller looked
    if clue.month is None and clue.months is None:
        return _of_nearest_month(clue.dom, context)
    if clue.months is not None or clue.year is not None:
        first = first_of_month(clue, context)
        return (_day(first.year, first.month, clue.dom),)
    assert clue.month is not None  # noqa: S101 - one of the two is named
    return _of_nearest_year(clue.month, clue.dom, context)


def _day(year: int, month: int, dom: int) -> date:
    try:
        return date(year, month, dom)
    except ValueError as error:
        raise NoSuchDay(f"{dom}.{month:02}") from error


def _of_nearest_month(dom: int, context: Context) -> tuple[date, ...]:
    if not 1 <= dom <= 31:
        raise NoSuchDay(str(dom))
    today = context.today
    step = -1 if context.tense == "past" else 1
    this = today.replace(day=1)
    if dom > last_day(this).day:
        other = shifted(this, months=step)
        raise Days("dates.which_day", last_day(this), other.replace(day=min(dom, last_day(other).day)))
    nearest = this.replace(day=dom)
    if (nearest - today).days * step < 0:
        month = shifted(this, months=step)
        if dom > last_day(month).day:
            raise Days("dates.which_day", last_day(month))
        nearest = month.replace(day=dom)
    if context.tense is None and nearest != today:
        before = shifted(nearest, months=-1)
        return tuple(sorted((nearest, before), key=lambda day: abs(day - today)))
    return (nearest,)


def _of_nearest_year(month: int, dom: int, context: Context) -> tuple[date, ...]:
    today = context.today
    around = list(_existing(month, dom, range(today.year - 1, today.year + 2)))
    if not around:
        raise NoSuchDay(f"{dom}.{month:02}")
    if (month, dom) == (2, 29):
        around = [day for day in around if abs(day - today) < _FAR]
        if not around:
            raise NoSuchDay(f"{dom}.{month:02}")
    ahead = next((day for day in around if day >= today), around[-1])
    behind = next((day for day in reversed(around) if day <= today), around[0])
    if context.tense is None:
        near, far = sorted((ahead, behind), key=lambda day: abs(day - today))
        return (near,) if abs(far - today) > _CLEARLY_NEARER * abs(near - today) else (ahead, behind)
    wanted, other = (behind, ahead) if context.tense == "past" else (ahead, behind)
    if abs(wanted - today) >= _FAR and wanted != other:
        raise Days("dates.which_day", other, wanted)
    return (wanted,)


def _existing(month: int, dom: int, years: range) -> Iterator[date]:
    for year in years:
        try:
            yield date(year, month, dom)
        except ValueError:
            continue


def last_day(first: date) -> date:
    """Return the last day of the month that begins on this day."""
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def shifted(day: date, *, months: int) -> date:
    """Return the same day some months on; the last of a shorter month."""
    month = day.year * 12 + day.month - 1 + months
    year, month = divmod(month, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
