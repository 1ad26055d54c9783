"""What single phrases say about a moment: "next week", "Friday", "half past three" are a clue each."""

from collections.abc import Callable
from datetime import date, datetime

from msgspec import Struct, structs

from bot.language.readings import Question


class Context(Struct, frozen=True):
    """The moment and the place in which a sentence was typed."""

    now: datetime  # local, aware
    question: Question
    tense: str | None  # past, future; None: either
    country: str | None  # ISO 3166 code
    month_first: bool | None  # None: nobody knows
    either_order: bool  # the language has both 8/19 and 19/8
    clock: int  # 24 or 12 hours
    is_working_day: Callable[[date], bool]

    @property
    def today(self) -> date:
        """The user's calendar day."""
        return self.now.date()


class Clue(Struct):
    """Everything known so far about one moment; the fields of the day first, then those of the hour."""

    exact: date | None = None
    span: str | None = None  # the exact day came from weeks or months: its week is meant
    weekday: int | None = None
    which: str | None = None  # this, next, last ... weekday
    skip: int | None = None  # weeks on top
    week: int | None = None  # counted from this one
    dom: int | None = None
    month: int | None = None
    months: int | None = None  # counted from this one
    year: int | None = None
    nth: int | None = None  # second Monday of the month
    edge: str | None = None  # start, middle, end of the span
    edge_of: str | None = None  # week, month, year
    day_end: bool | None = None

    hour: int | None = None
    minute: int | None = None
    meridiem: str | None = None
    written: str | None = None  # literal: the hour needs no guessing
    part: str | None = None

    at: datetime | None = None  # a moment counted in hours
    length: bool | None = None  # two hours: from now, or how long it lasts
    bare: int | None = None  # a number that may be a day or an hour
    figures: tuple[int, int] | None = None  # 10.12 may be a day or an hour
    prep: str | None = None  # what stood before the bare number: at, by
    choices: tuple["Clue", ...] = ()  # one of these, only the user knows which
    doubt: str | None = None  # the text that asks, whatever else is known
    wrong: str | None = None  # no such day or hour


DAY_FIELDS = (
    "exact", "weekday", "week", "dom", "month", "months", "year", "nth", "edge", "at",
)  # fmt: skip

#: What two clues about the same moment cannot say differently.
_TELLING = tuple(set(Clue.__struct_fields__) - {"doubt", "prep", "span", "written"})


def has_day(clue: Clue) -> bool:
    """Tell whether the clue says anything about the day."""
    named = any(getattr(clue, field) is not None for field in DAY_FIELDS) or bool(clue.day_end)
    return named or any(map(has_day, clue.choices))


def is_stretch(clue: Clue) -> bool:
    """Tell whether only the edge of a week or month is named, no day of it."""
    return clue.edge is not None and clue.weekday is None and clue.dom is None and clue.exact is None


def has_clock(clue: Clue) -> bool:
    """Tell whether the clue names an hour."""
    return clue.hour is not None or clue.at is not None or any(map(has_clock, clue.choices))


def clashes(one: Clue, other: Clue) -> bool:
    """Tell whether both say something about the same thing, and not the same."""
    for field in _TELLING:
        left, right = getattr(one, field), getattr(other, field)
        if left != right and left not in (None, ()) and right not in (None, ()):
            return True
    if one.hour is not None and other.hour is not None and (one.minute or 0) != (other.minute or 0):
        return True  # at 10, maybe at 10:30
    return _at_other_time(one, other) or _at_other_time(other, one)


def _at_other_time(one: Clue, other: Clue) -> bool:
    if one.at is None:
        return False
    other_day = has_day(other) and other.at is None and other.exact != one.at.date()
    return other_day or (has_clock(other) and other.at is None)


def merged(one: Clue, other: Clue) -> Clue:
    """Return both clues as one; what the first says stays."""
    values = {
        field: getattr(other, field) if getattr(one, field) in (None, ()) else getattr(one, field)
        for field in Clue.__struct_fields__
    }
    return Clue(**values)


def beside(clue: Clue, aside: Clue, *, sure: bool) -> Clue:
    """Return the clue in the month or the week of the day put aside: the 2nd of January, no, the 5th.

    Unless it is `sure`, an earlier number or another weekday may lie in the next one: that is asked.
    """
    if any(value is not None for value in (clue.month, clue.months, clue.exact, clue.week, clue.which)):
        return clue
    doubt = clue.doubt or "dates.which_of"
    if clue.dom is not None and aside.dom is not None and (aside.month or aside.months) is not None:
        found = structs.replace(clue, month=aside.month, months=aside.months, year=aside.year)
        return found if sure or clue.dom > aside.dom else structs.replace(clue, doubt=doubt)
    if clue.weekday is not None and clue.dom is None and aside.week:
        return structs.replace(clue, week=aside.week) if sure else structs.replace(clue, doubt=doubt)
    return clue


def day_of(clue: Clue) -> Clue:
    """Return what the clue says about the day."""
    return structs.replace(
        clue,
        hour=None,
        minute=None,
        meridiem=None,
        written=None,
        part=None,
        bare=None,
        figures=None,
        prep=None,
        choices=(),
        doubt=None,
    )


def clock_of(clue: Clue) -> Clue:
    """Return what the clue says about the hour."""
    return Clue(
        hour=clue.hour, minute=clue.minute, meridiem=clue.meridiem, written=clue.written, part=clue.part
    )
