"""Rules for days by other names: Boxing Day, the second Monday of May, "the eighth of the seventh"."""

from datetime import date, timedelta
from itertools import pairwise

from bot.language.calendar_edges import nth_weekday
from bot.language.clues import Clue, Context
from bot.language.grammar import Match, rules
from bot.language.rules_days import steps

_LAST = -1
_MONTHS = range(1, 13)
_DAYS = range(1, 32)
#: Any leap year: only its days and months count.
_SOME_YEAR = 2024


def _named(match: Match) -> Clue | None:
    """Christmas Eve; Thanksgiving where it is kept; the day after Boxing Day."""
    clue = _kept_on(str(match["named_day"]), match.context)
    if clue is None:
        return None
    if match.follows("ago") and match.follows("by"):
        clue.doubt = "dates.not_understood"  # before Halloween: some day until then
    if "after_day" in match:
        if clue.dom is None or clue.month is None:
            return None
        beside = date(clue.year or _SOME_YEAR, clue.month, clue.dom) + timedelta(match["after_day"])
        clue.dom, clue.month = beside.day, beside.month
    return clue


def _kept_on(name: str, context: Context) -> Clue | None:
    """Return the day of a name: "12-24", "US,CA:07-04" in these countries only, "11/4/3+1"."""
    for rule in name.split():
        countries, _, day = rule.rpartition(":")
        if countries and context.country not in countries.split(","):
            continue
        if "/" in day:
            return _floating(day, context)
        month, dom = map(int, day.split("-"))
        return Clue(month=month, dom=dom)
    return None


def _floating(rule: str, context: Context) -> Clue:
    """Return the day of "11/4/3+1": the day after the fourth Thursday of November, before or ahead."""
    place, _, beyond = rule.partition("+")
    month, nth, weekday = map(int, place.split("/"))
    years = range(context.today.year - 1, context.today.year + 2)
    found = [nth_weekday(date(year, month, 1), nth, weekday) + timedelta(int(beyond or 0)) for year in years]
    ahead = next(day for day in found if day >= context.today)
    behind = next(day for day in reversed(found) if day <= context.today)
    day = behind if context.tense == "past" else ahead
    if context.tense is None:
        day = min(ahead, behind, key=lambda one: abs(one - context.today))
    return Clue(dom=day.day, month=day.month, year=day.year)


def _year(match: Match) -> Clue | None:
    """Say only which year: earlier this year, on 14 December."""
    of = match.value("which") or "this"
    return Clue(year=match.context.today.year + steps(of, match.context))


def _year_named(match: Match) -> Clue | None:
    """In the year 2026."""
    return Clue(year=match["year"])


def _nth(match: Match) -> Clue | None:
    """The second Monday of September, the last Friday of the month, the first Tuesday of the new year."""
    month = match.value("month") or match.value("year_start")
    if "ordinal" in match:
        return Clue(weekday=match["weekday"], nth=match["ordinal"], month=month)
    nth = match.values.get("nth", [_LAST])[0]
    if month:
        return Clue(weekday=match["weekday"], nth=nth, month=month)
    which = match.values.get("which", [])[0 if "nth" in match else 1 :]
    return Clue(weekday=match["weekday"], nth=nth, months=steps(which[0] if which else None, match.context))


def _month_as_number(match: Match) -> Clue | None:
    """The eighth of the seventh, spoken as in Russian; "fifth, sixth" may be two days."""
    ordinals = [token for token in match.tokens if token.may("ordinal")]
    dom, month = (token.senses["ordinal"] for token in ordinals)
    is_apart = any(right.start - left.end > 1 for left, right in pairwise(match.tokens))
    if not (isinstance(dom, int) and isinstance(month, int)) or dom not in _DAYS or month not in _MONTHS:
        return None
    is_mixed = len({token.text[0].isdigit() for token in ordinals}) > 1  # the 21st, first day of ...
    if (is_apart or is_mixed) and "of" not in match:
        return None
    if month == dom + 1 and "of" not in match:
        return Clue(choices=(Clue(dom=dom, month=month), Clue(dom=dom), Clue(dom=month)))
    return Clue(dom=dom, month=month)


def _between_days(match: Match) -> Clue | None:
    """From the 10th to the 14th of August."""
    numbers = match.numbers()
    if len(numbers) != 2 or not all(isinstance(number, int) for number in numbers):
        return None
    if any(token.may("article") and token.may("number") for token in match.tokens):
        return None  # an answer by the 25th
    month = match.value("month")
    return Clue(choices=tuple(Clue(dom=number, month=month) for number in sorted(numbers)))


RULES = [
    *rules("after_day? named_day", _named),
    *rules(
        """
        which unit=year
        this_year
        """,
        _year,
    ),
    *rules("in? unit=year year", _year_named),
    *rules(
        """
        nth|ordinal|which=last weekday in|at? month|year_start
        nth|which=last weekday in|at? which? unit=month
        """,
        _nth,
    ),
    *rules(
        """
        ordinal ordinal
        ordinal of ordinal
        ordinal number=0 ordinal
        """,
        _month_as_number,
    ),
    *rules(
        """
        from? number|ordinal or|till number|ordinal month
        from? number|ordinal month? by number|ordinal month
        from number|ordinal at number|ordinal month
        pair month
        month pair
        pair dom
        dom pair
        from number|ordinal or|till number|ordinal dom
        dom number|ordinal or|till number|ordinal
        month number|ordinal or|till number|ordinal
        """,
        _between_days,
    ),
]
