"""Rules for days and hours written in figures: 18.08, 8/18/26, 2026-08-18, 15:30, 15-00."""

from bot.language.clues import Clue, Context
from bot.language.grammar import Match, rules

_MONTHS = range(1, 13)
_DAYS = range(1, 32)
_LAST_HOUR = 22


def in_figures(first: int, second: int, year: int | None, context: Context) -> Clue:
    """Return the day that 8/9 is: by the custom of the country, asked about when nobody knows it."""
    day_first = Clue(dom=first, month=second, year=year)
    month_first = Clue(dom=second, month=first, year=year)
    if first not in _MONTHS and second not in _MONTHS:
        return Clue(wrong="dates.no_such_day")
    if first == second:
        return day_first
    if context.month_first is None:
        if first in _MONTHS and second in _MONTHS:
            return Clue(choices=(day_first, month_first))
        return day_first if second in _MONTHS else month_first
    wanted, other = (month_first, day_first) if context.month_first else (day_first, month_first)
    if wanted.month in _MONTHS:
        return wanted
    return other if context.either_order else Clue(choices=(other,), doubt="dates.which_day")


def _iso(match: Match) -> Clue | None:
    year, month, dom = match.token("iso").numbers
    if month not in _MONTHS:
        return Clue(wrong="dates.no_such_day")
    return Clue(dom=dom, month=month, year=year)


def _triple(match: Match) -> Clue | None:
    first, second, year = match.token("triple").numbers
    return in_figures(first, second, year if year >= 100 else 2000 + year, match.context)


def _pair_year(match: Match) -> Clue | None:
    first, second = match.token("pair").numbers
    return in_figures(first, second, match["year"], match.context)


def _pair(match: Match) -> Clue | None:
    """18.08 is a day, 15-00 an hour, 10.12 either."""
    token = match.tokens[0]
    first, second = token.numbers
    sign = token.text.strip("0123456789 ")
    has_minutes = token.text[-2:].isdigit()
    if sign == "-" and not has_minutes:
        is_range = match.follows("at", "from") and first < second
        return Clue(hour=first) if is_range else Clue(doubt="dates.not_understood")
    if sign == "-" and match.follows("at") and not match.follows("by") and first < second <= _LAST_HOUR:
        return from_to(first, second)
    if first == 0 and sign == "." and second in _MONTHS and second % 5:
        return Clue(wrong="dates.no_such_day")  # 00.08
    may_be_hour = sign != "/" and has_minutes and first <= 24 and second < 60
    may_be_day = sign != "," and _is_day(first, second, match.context)
    if may_be_hour and may_be_day and not _looks_like_hour(first, second, match.context):
        is_at = match.follows("at") and not match.follows("by")
        return Clue(figures=(first, second), prep="at" if is_at else sign)
    if may_be_hour:
        return Clue(hour=first, minute=second, written=_written(token.text))
    if may_be_day:
        return in_figures(first, second, None, match.context)
    if sign in {"-", "/"} and first < second and second in _DAYS:
        return Clue(choices=(Clue(dom=first), Clue(dom=second)))  # the 25th or the 26th
    return Clue(wrong="dates.no_such_day")


def _days_between(match: Match) -> Clue | None:
    """14.08-16.08."""
    ends = [(token.numbers[0], token.numbers[1]) for token in match.tokens if token.may("pair")]
    signs = {token.text.strip("0123456789 ") for token in match.tokens if token.may("pair")}
    if signs - {".", "/"} or not all(_is_day(*end, match.context) for end in ends):
        return None
    return Clue(choices=tuple(in_figures(*end, None, match.context) for end in ends))


def from_to(first: int, second: int) -> Clue:
    """Return the hour that 10-11 is: from ten to eleven, or also 9:10 where that is a usual minute."""
    exact = Clue(hour=first, minute=second, written="digital")
    if not first < second <= _LAST_HOUR or (second % 5 == 0 and second > first + 1):
        return exact
    return Clue(hour=first) if second % 5 else Clue(choices=(Clue(hour=first), exact))


def _is_day(first: int, second: int, context: Context) -> bool:
    return in_figures(first, second, None, context).wrong is None and first in _DAYS and second in _DAYS


def _looks_like_hour(first: int, second: int, context: Context) -> bool:
    """Tell whether only the order that the country does not have would make it a day: 10.30."""
    return second not in _MONTHS and context.month_first is not True


def _written(text: str) -> str:
    return "literal" if text.startswith("0") else "digital"


def _pair_of_clock(match: Match) -> Clue | None:
    """7.45 in the morning."""
    token = match.tokens[0]
    hour, minute = token.numbers
    is_range = "-" in token.text and minute <= 24
    if is_range or "/" in token.text or minute > 59 or not token.text[-2:].isdigit():
        return None
    return Clue(hour=hour, minute=minute, meridiem=match.value("meridiem"), part=match.value("part"))


def _clock(match: Match) -> Clue | None:
    token = match.token("clock")
    hour, minute = token.numbers[:2]
    return Clue(
        hour=hour,
        minute=minute,
        written=_written(token.text),
        meridiem=match.value("meridiem"),
        part=match.value("part"),
    )


RULES = [
    *rules("iso", _iso),
    *rules("triple unit=year?", _triple),
    *rules("pair", _pair),
    *rules("pair till pair", _days_between),
    *rules("pair meridiem|part|unit=hour", _pair_of_clock),
    *rules(
        """
        pair year unit=year?
        pair till year
        """,
        _pair_year,
    ),
    *rules(
        """
        clock meridiem|part?
        clock oclock|unit=hour
        """,
        _clock,
    ),
]
