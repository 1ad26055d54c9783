"""Rules for days counted from another day: a week on Tuesday, a week ago yesterday, Friday two weeks ago."""

from datetime import timedelta
from itertools import pairwise

from bot.language.clues import Clue
from bot.language.grammar import Match, rules
from bot.language.readings import Question
from bot.language.rules_spans import MOST, WEEKS, shift


def _from_weekday(match: Match) -> Clue | None:
    """A week on Tuesday, two weeks from Friday, Tuesday week."""
    weeks = (match.value("number") or 1) * WEEKS[match["unit"]]
    if weeks != int(weeks) or weeks > MOST["week"]:
        return None
    return Clue(weekday=match["weekday"], skip=int(weeks))


def _from_day(match: Match) -> Clue | None:
    """A week from tomorrow."""
    clue = shift(match, -1 if match["day"] < 0 else 1)  # "yesterday week" lies farther back
    return Clue(exact=clue.exact + timedelta(match["day"])) if clue.exact else None


def _next_week(match: Match) -> Clue | None:
    """Same day next week."""
    return Clue(exact=match.context.today + timedelta(weeks=1)) if match["day"] == 0 else None


def _back_from_day(match: Match) -> Clue | None:
    """A week ago yesterday."""
    clue = shift(match, -1)
    if not _are_adjacent(match) or clue.exact is None:
        return None
    return Clue(exact=clue.exact + timedelta(match["day"]))


def _back_on_weekday(match: Match) -> Clue | None:
    """A week ago Friday: a week before the last one, or the one about a week ago."""
    weeks = (match.value("number") or 1) * WEEKS[match["unit"]]
    if not _are_adjacent(match) or weeks != int(weeks) or weeks > MOST["week"]:
        return None
    about, weekday = shift(match, -1), match["weekday"]
    about.weekday = weekday
    return Clue(choices=(Clue(weekday=weekday, which="gone", skip=-int(weeks)), about))


def _day_back(match: Match) -> Clue | None:
    """Today a week ago."""
    return shift(match, -1) if match["day"] == 0 and _are_adjacent(match) else None


def _elapsed(match: Match) -> Clue | None:
    """A week already: how long somebody has been waiting is no term."""
    is_promise = match.context.question == Question.PROMISE
    return Clue(doubt="dates.not_understood") if is_promise and _are_adjacent(match) else None


def _weekdays_back(match: Match) -> Clue | None:
    """Two Fridays ago: some count the last one, some do not."""
    number = match["number"]
    if not isinstance(number, int) or number not in range(1, MOST["week"]):
        return None
    return Clue(
        choices=tuple(Clue(weekday=match["weekday"], which="gone", skip=weeks - number) for weeks in (1, 0))
    )


def _weekdays_ahead(match: Match) -> Clue | None:
    """In two Fridays: nobody counts alike."""
    return Clue(weekday=match["weekday"], doubt="dates.which_day")


def _weekday_back(match: Match) -> Clue | None:
    """Friday two weeks ago."""
    clue = shift(match, -1)
    clue.weekday = match["weekday"]
    return clue


def _are_adjacent(match: Match) -> bool:
    return all(right.start - left.end <= 1 for left, right in pairwise(match.tokens))


RULES = [
    *rules(
        """
        number? unit=week|unit=fortnight at|from|after|in which=this? weekday
        weekday number? unit=week|unit=fortnight
        """,
        _from_weekday,
    ),
    *rules(
        """
        number? unit=day|unit=week|unit=month|unit=fortnight at|from|after? day
        day unit=week|unit=fortnight
        """,
        _from_day,
    ),
    *rules("day which=next|which=coming unit=week", _next_week),
    *rules("number? unit=day|unit=week|unit=month|unit=fortnight|unit=year ago day", _back_from_day),
    *rules("number? unit=week|unit=fortnight ago which? weekday", _back_on_weekday),
    *rules("number weekday ago", _weekdays_back),
    *rules("day number? unit=day|unit=week|unit=month|unit=fortnight|unit=year ago", _day_back),
    *rules(
        """
        already number? unit
        number? unit already
        """,
        _elapsed,
    ),
    *rules(
        """
        in number weekday
        number weekday later
        """,
        _weekdays_ahead,
    ),
    *rules("weekday number? unit=week|unit=fortnight ago", _weekday_back),
]
