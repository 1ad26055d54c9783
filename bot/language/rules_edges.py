"""Rules for the edges of days, weeks, months and years: the end of the week, mid-August, the weekend."""

from datetime import timedelta

from bot.language.clues import Clue
from bot.language.grammar import Match, rules
from bot.language.rules_days import steps, year_of

_SATURDAY = 5


def _edge(match: Match) -> Clue | None:
    edge, unit = match["edge"], match["unit"]
    offset = steps(match.value("which"), match.context)
    if unit in {"day", "workday"}:
        return Clue(day_end=True) if edge == "end" else Clue(exact=match.context.today)
    if unit == "week":
        return Clue(edge=edge, edge_of=unit, week=offset)
    return Clue(edge=edge, edge_of=unit, months=offset) if unit in {"month", "year"} else None


def _edge_of_month(match: Match) -> Clue | None:
    return Clue(edge=match["edge"], edge_of="month", month=match["month"], year=year_of(match))


def _end_of_day(match: Match) -> Clue | None:
    clue = Clue(weekday=match.value("weekday"), which=match.value("which"), day_end=True)
    if "day" in match:
        clue.exact = match.context.today + timedelta(match["day"])
    return clue


def _deadline(match: Match) -> Clue | None:
    span = match["deadline"]
    if span == "day":
        return Clue(day_end=True)
    if span == "week":
        return Clue(edge="end", edge_of=span, week=0)
    return Clue(edge="end", edge_of=span, months=0)


def _weekend(match: Match) -> Clue | None:
    if match.tokens[0].may("refusal") and match.follows("day", "weekday", "month", "dom"):
        return None  # tomorrow is a day off
    today = match.context.today
    weeks = steps(match.value("which"), match.context)
    saturday = today + timedelta(_SATURDAY - today.weekday() + 7 * weeks)
    return Clue(choices=(Clue(exact=saturday), Clue(exact=saturday + timedelta(1))), doubt="dates.which_day")


def _edge_of_next(match: Match) -> Clue | None:
    """The beginning of next, after "the end of this week"."""
    is_whole = match.after is None or not match.after.senses
    return Clue(doubt="dates.which_day") if is_whole else None


RULES = [
    *rules(
        """
        edge which? unit
        unit=week|unit=month|unit=year edge=end
        """,
        _edge,
    ),
    *rules(
        """
        edge month year?
        month edge
        """,
        _edge_of_month,
    ),
    *rules("edge which", _edge_of_next),
    *rules(
        """
        edge=end|deadline=day which? weekday
        edge=end|deadline=day day unit=day?
        """,
        _end_of_day,
    ),
    *rules("deadline", _deadline),
    *rules("which? weekend", _weekend),
]
