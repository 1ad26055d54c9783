"""When somebody wants to hear again, or is back: what is left open takes its usual hour and its nearest day.

A promise is asked about until its day is certain. A wish is the user's own: "after lunch" needs no question.
"""

from datetime import date, datetime, timedelta

from msgspec import structs

from bot.language.clues import Clue, Context, has_clock
from bot.language.moments import Moment
from bot.language.readings import Ask, AtTime, OnDate, Question, Reading
from bot.language.resolving import Candidate, possible, resolve
from bot.language.token_types import Token

#: The hour that stands for a part of the day.
_HOURS = {"morning": 10, "day": 14, "noonish": 13, "afternoon": 14, "evening": 18, "night": 21}
#: What is asked about a promise, and settled by itself here.
_SETTLED = frozenset({"dates.no_day", "dates.open_ended", "dates.vague", "dates.which_day"})
_SATURDAY = 5
_DAY = timedelta(days=1)


def granted(moment: Moment, context: Context) -> Reading:
    """Return when the wish is to be granted; only what nobody can guess is asked about."""
    moment = structs.replace(moment, clue=_with_hour(moment.clue))
    reading = resolve(moment, context)
    if isinstance(reading, Ask) and reading.key not in _SETTLED:
        return Ask(reading.key) if reading.key == "dates.already_past" else reading
    ahead = sorted((one for one in possible(reading) if _is_ahead(one, context)), key=_order)
    if not ahead:
        return reading
    return _moved(ahead, moment, context)


def without_beginnings(found: list[Token]) -> list[Token]:
    """Return the tokens without the sense of "after": a wish has taken it, so it is not left over."""
    return [
        structs.replace(token, senses={key: value for key, value in token.senses.items() if key != "after"})
        for token in found
    ]


def _with_hour(clue: Clue) -> Clue:
    if clue.part is None or has_clock(clue) or clue.bare is not None or clue.figures is not None:
        return clue
    return structs.replace(clue, hour=_HOURS[clue.part], minute=0, written="literal", part=None)


def _moved(ahead: list[Candidate], moment: Moment, context: Context) -> Candidate:
    """Return the nearest of the days, or the first after what has to be over by then."""
    if isinstance(ahead[0], AtTime):
        return ahead[0]
    first, last = ahead[0].date, ahead[-1].date
    is_weekend = first.weekday() == _SATURDAY and last == first + _DAY
    if is_weekend and (moment.passed or (context.question is Question.RETURN and not moment.deadline)):
        return OnDate(_working_day(last, context))
    if moment.passed:
        return OnDate(first + _DAY)
    return OnDate(_after_end(first, moment.clue)) if context.question is Question.RETURN else ahead[0]


def _after_end(day: date, clue: Clue) -> date:
    """Return the day; for who is off until the end of a day, a week or a month, the first one after it."""
    if clue.edge in {"end", "late"} and clue.edge_of == "week":
        return day + _DAY * (7 - day.weekday())
    return day + _DAY if clue.edge == "end" or clue.day_end else day


def _working_day(day: date, context: Context) -> date:
    day += _DAY
    while not context.is_working_day(day):
        day += _DAY
    return day


def _is_ahead(one: Candidate, context: Context) -> bool:
    if isinstance(one, AtTime):
        return datetime.combine(one.date, one.time) > context.now.replace(tzinfo=None)
    return one.date >= context.today


def _order(one: Candidate) -> datetime:
    return (
        datetime.combine(one.date, one.time)
        if isinstance(one, AtTime)
        else datetime.combine(one.date, datetime.min.time())
    )
