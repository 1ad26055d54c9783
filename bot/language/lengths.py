"""A number of hours: an hour of the day, or how long something lasts."""

from bot.language.grammar import Match
from bot.language.readings import Question

_OFFICE_HOURS = range(8, 21)


def is_length(match: Match) -> bool:
    """Tell whether a number of hours says how long it lasts: for two hours, an hour."""
    return "unit" in match and (match.follows("lasting") or match.tokens[0].may("article"))


def is_hour_of_day(match: Match) -> bool:
    """Tell whether 10 hours are ten o'clock: no interview lasts so long."""
    asked = {Question.INTERVIEW_FUTURE, Question.INTERVIEW_PAST}
    return match.context.question in asked and match.value("number") in _OFFICE_HOURS
