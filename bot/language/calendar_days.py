"""A clue about the day -> the days it may be, the likeliest first."""

from datetime import date, timedelta

from msgspec import structs

from bot.language.calendar_edges import edge, is_over, monday_of, nth
from bot.language.calendar_months import Days, first_of_month, in_month, last_day
from bot.language.clues import Clue, Context, is_stretch

_WEEK = timedelta(weeks=1)
_FRIDAY, _SATURDAY = 4, 5


def days(clue: Clue, context: Context) -> tuple[date, ...]:
    """Return the days the clue may mean, in the year named beside them.

    Raise NoSuchDay for 31 June, and Days when the clue names no single day at all.
    """
    found = _days(clue, context)
    if clue.year is None or is_stretch(clue) or any(day.year == clue.year for day in found):
        return found
    raise Days("dates.mismatch", *found)


def _days(clue: Clue, context: Context) -> tuple[date, ...]:
    if is_stretch(clue):
        return edge(clue, context)
    if clue.nth is not None:
        return _of_figure(_agreeing(nth(clue, context), clue.exact), clue.dom)
    if clue.week is not None and (clue.dom is not None or clue.exact is not None):
        return _in_week(clue, context)
    if clue.dom is not None:
        return _about(_checked(in_month(clue, context), clue), clue)
    if clue.exact is not None:
        return _near_exact(clue.exact, clue, context)
    if clue.weekday is not None:
        return _in_month_named(_weekday(clue, context), clue, context)
    if clue.week is not None:
        monday = monday_of(context.today) + clue.week * _WEEK
        raise Days("dates.which_day", monday + timedelta(_FRIDAY), monday)
    if clue.month is not None or clue.months is not None:
        first = first_of_month(clue, context)
        raise Days("dates.which_day", last_day(first), first)
    if clue.day_end:
        return (context.today,)
    raise Days("dates.which_day")


def _in_month_named(found: tuple[date, ...], clue: Clue, context: Context) -> tuple[date, ...]:
    """Hold weekdays against the month named beside them: a Monday in August is any of four."""
    if clue.month is None and clue.months is None:
        return found
    first = first_of_month(clue, context)
    kept = tuple(day for day in found if first <= day <= last_day(first))
    if kept:
        return kept
    earliest = first + timedelta(((clue.weekday or 0) - first.weekday()) % 7)
    raise Days("dates.which_day", *(earliest + weeks * _WEEK for weeks in range(3)))


def _of_figure(found: tuple[date, ...], dom: int | None) -> tuple[date, ...]:
    """Hold the second Monday of a month against the number named beside it."""
    if dom in {None, found[0].day}:
        return found
    raise Days("dates.mismatch", *found)


def _near_exact(exact: date, clue: Clue, context: Context) -> tuple[date, ...]:
    if clue.month not in {None, exact.month}:
        raise Days("dates.mismatch", exact)
    if clue.weekday is None or exact.weekday() == clue.weekday:
        return (exact,)
    if clue.span:
        inside = monday_of(exact) + timedelta(clue.weekday)
        beyond = (clue.weekday - exact.weekday()) % 7 - (7 if exact < context.today else 0)
        return tuple(dict.fromkeys((inside, exact + timedelta(beyond))))
    raise Days("dates.mismatch", exact, exact + timedelta((clue.weekday - exact.weekday() + 3) % 7 - 3))


def _in_week(clue: Clue, context: Context) -> tuple[date, ...]:
    """Hold a day against the week named beside it."""
    found = days(structs.replace(clue, week=None), context)
    week = monday_of(context.today) + (clue.week or 0) * _WEEK
    if any(monday_of(day) == week for day in found):
        return found
    raise Days("dates.mismatch", *found)


def _agreeing(found: tuple[date, ...], exact: date | None) -> tuple[date, ...]:
    """Hold the day of the month against the day counted from now, if both were named."""
    if exact is None or exact in found:
        return found if exact is None else (exact,)
    raise Days("dates.mismatch", exact, *found)


def _about(found: tuple[date, ...], clue: Clue) -> tuple[date, ...]:
    """Keep the days about a week ago whose weekday was named too: Thursday a week ago, the 11th."""
    if clue.exact is None or clue.weekday is None or not clue.span:
        return _agreeing(found, clue.exact)
    near = tuple(day for day in found if abs(day - clue.exact) < _WEEK)
    return near or _agreeing(found, clue.exact)


def _checked(found: tuple[date, ...], clue: Clue) -> tuple[date, ...]:
    """Keep the days that fall on the weekday named beside them."""
    if clue.weekday is None:
        return found
    fitting = tuple(day for day in found if day.weekday() == clue.weekday)
    if fitting:
        return fitting
    day = found[0]
    raise Days("dates.mismatch", day, day + timedelta((clue.weekday - day.weekday() + 3) % 7 - 3))


def _weekday(clue: Clue, context: Context) -> tuple[date, ...]:
    assert clue.weekday is not None  # noqa: S101 - the caller looked
    today, skip = context.today, (clue.skip or 0) * _WEEK
    this = monday_of(today) + timedelta(clue.weekday)
    is_edge = clue.week == 0 and clue.edge is not None  # at the beginning of the week, on Monday
    if clue.week is not None and not is_edge:
        return (this + clue.week * _WEEK,)
    ahead = today + timedelta((clue.weekday - today.weekday() - 1) % 7 + 1)
    behind = today - timedelta((today.weekday() - clue.weekday - 1) % 7 + 1)
    if clue.which in {None, "that"}:
        found = _plain_weekday(this, ahead, behind, context, at_once=bool(skip) or clue.which == "that")
    elif clue.which == "this":
        found = _this_weekday(this, ahead, context)
    else:
        found = {
            "next": (this + _WEEK, ahead),
            "coming": (ahead,),
            "last": (behind, this - _WEEK),
            "gone": (behind,),
            "before_last": (behind - _WEEK, this - 2 * _WEEK),
            "after_next": (ahead + _WEEK, this + 2 * _WEEK),
        }[clue.which]
    return tuple(dict.fromkeys(day + skip for day in found))


def _this_weekday(this: date, ahead: date, context: Context) -> tuple[date, ...]:
    if not is_over(this, context):
        return (this,)
    return (ahead,) if context.today.weekday() >= _SATURDAY else (ahead, this)


def _plain_weekday(
    this: date, ahead: date, behind: date, context: Context, *, at_once: bool
) -> tuple[date, ...]:
    """Return the nearest such day before or after; today itself is in question."""
    today = (this,) if this == context.today else ()
    if context.tense == "past":
        return (*today, behind)
    if context.tense == "future" or at_once:
        return (*today, ahead)
    return (*today, ahead, behind)


def is_weekday_soon(dom: int, weekday: int, context: Context) -> bool:
    """Tell whether this day of the month falls on the weekday in the next five weeks, or the last."""
    span = {"future": range(36), "past": range(-35, 1)}.get(context.tense or "", range(-35, 36))
    around = (context.today + timedelta(days) for days in span)
    return any(day.day == dom and day.weekday() == weekday for day in around)
