"""Numbers that may be days or hours, "Friday 14" and "10.12": what stands beside them decides."""

from bot.language.calendar_days import days, is_weekday_soon
from bot.language.calendar_months import Days, NoSuchDay
from bot.language.clues import Clue, Context, has_clock, has_day, merged
from bot.language.rules_figures import from_to, in_figures

_OFFICE = range(8, 21)
_DAYS = range(1, 32)
_HOURS = range(25)
#: The hours that a part of the day can have, in words.
_OF_PART = {"morning": range(7, 12), "afternoon": range(1, 7), "evening": range(5, 11)}


def settled(clue: Clue, other: Clue, context: Context) -> tuple[Clue, Clue]:
    """Decide by the other clue whether a number is a day or an hour; return both."""
    if clue.figures is not None:
        return _figures(clue, other, context), other
    if clue.bare is not None:
        if other.bare is not None and clue.prep is None and other.prep == "at" and clue.bare in _DAYS:
            return merged(_without_number(clue), Clue(dom=clue.bare)), other
        if has_day(other) and not has_clock(other):
            return _beside_day(clue, other, context), other
        if has_clock(other) and clue.bare in _DAYS and (not has_day(other) or clue.weekday is not None):
            return merged(_without_number(clue), Clue(dom=clue.bare)), other
        if other.part and clue.bare in _HOURS:
            return merged(_without_number(clue), Clue(hour=clue.bare)), other
    return clue, other


def _figures(clue: Clue, other: Clue, context: Context) -> Clue:
    if has_day(other) and not _is_same_day(clue, other, context):
        return _figures_as_hour(clue)
    is_hour_elsewhere = has_clock(other) or other.figures is not None or other.part or other.prep == "at"
    return _figures_as_day(clue, context) if has_day(other) or is_hour_elsewhere else clue


def _beside_day(clue: Clue, day: Clue, context: Context) -> Clue:
    number, rest = clue.bare or 0, _without_number(clue)
    if day.month is not None and day.dom is None and day.nth is None and clue.prep is None:
        return merged(rest, Clue(dom=number))
    if _may_be_dom(clue, day, context):
        return clue if number in _OFFICE else merged(rest, Clue(dom=number))
    if day.part and number in _OF_PART.get(day.part, ()):
        return merged(rest, Clue(hour=number))  # Monday morning, say eleven
    if clue.prep == "word" or (clue.prep is None and number not in _HOURS):
        return merged(rest, Clue(doubt="dates.not_understood"))
    return merged(rest, Clue(hour=number))


def _may_be_dom(clue: Clue, day: Clue, context: Context) -> bool:
    """Tell whether the number beside a weekday is its date: Friday 14."""
    if clue.prep is not None or day.weekday is None or day.dom is not None or day.exact is not None:
        return False
    number = clue.bare or 0
    return is_weekday_soon(number, day.weekday, context) or number not in _HOURS


def _without_number(clue: Clue) -> Clue:
    values = {field: getattr(clue, field) for field in Clue.__struct_fields__}
    return Clue(**values | {"bare": None, "figures": None, "prep": None})


def _is_same_day(clue: Clue, other: Clue, context: Context) -> bool:
    """Tell whether the figures are the date of the day that the other clue names."""
    if other.dom is not None or not (other.exact or other.weekday is not None):
        return False
    try:
        found = days(_figures_as_day(clue, context), context)
    except (NoSuchDay, Days):
        return False
    return any(day == other.exact or day.weekday() == other.weekday for day in found)


def _figures_as_hour(clue: Clue) -> Clue:
    assert clue.figures is not None  # noqa: S101 - the caller looked
    hour, minute = clue.figures
    exact = Clue(hour=hour, minute=minute, written="digital")
    return merged(_without_number(clue), from_to(hour, minute) if clue.prep == "-" else exact)


def _figures_as_day(clue: Clue, context: Context) -> Clue:
    assert clue.figures is not None  # noqa: S101 - the caller looked
    return merged(_without_number(clue), in_figures(*clue.figures, None, context))


def alone(clue: Clue, context: Context) -> Clue:
    """Decide what a number is that nothing else explains."""
    if clue.figures is not None:
        if clue.prep == ".":
            return _figures_as_day(clue, context)
        day = _figures_as_day(clue, context)
        return Clue(choices=(day, _figures_as_hour(clue)), doubt="dates.which_of", part=clue.part)
    if clue.bare is not None:
        return _number_alone(clue.bare, clue)
    return clue


def _number_alone(number: int, clue: Clue) -> Clue:
    rest = _without_number(clue)
    if has_day(clue) and clue.weekday is None:
        return merged(rest, Clue(doubt="dates.not_understood"))
    if clue.prep == "at" and number in _HOURS:
        return merged(rest, Clue(hour=number))
    if number in _DAYS and number not in _HOURS and clue.prep == "by":
        return merged(rest, Clue(dom=number))
    if number in _DAYS:
        return merged(rest, Clue(choices=(Clue(dom=number), Clue(hour=number)), doubt="dates.which_of"))
    return merged(rest, Clue(doubt="dates.not_understood"))
