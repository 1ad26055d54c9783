"""Rules for what is counted from now: in three days, a week ago, within five working days."""

from datetime import UTC, date, timedelta
from itertools import pairwise

from bot.language.calendar_months import shifted
from bot.language.clues import Clue, Context
from bot.language.grammar import Match, rules
from bot.language.lengths import is_hour_of_day, is_length
from bot.language.readings import WISHES, Question

#: Longer spans are no answer to these questions.
MOST = {
    "minute": 6000,
    "hour": 1000,
    "day": 400,
    "round_day": 400,
    "workday": 250,
    "week": 60,
    "fortnight": 26,
    "month": 18,
    "year": 2,
}
#: So many hours are no hour of the day.
_LONGER_SPANS = range(24, MOST["hour"])
_COMMA = 2  #: letters between two words with a comma
_MINUTES = range(10, 60, 5)
_PARTS = {"hour": 60, "week": 7}
WEEKS = {"week": 1, "fortnight": 2}


def count(context: Context, amount: float, unit: str, sign: int) -> Clue:
    """Return the moment so many units from now; sign is -1 for ago."""
    if not 0 <= amount <= MOST[unit]:
        return Clue(doubt="dates.not_understood")
    if unit in {"hour", "minute"}:
        minutes = amount * (60 if unit == "hour" else 1)
        then = context.now.astimezone(UTC) + sign * timedelta(minutes=minutes)
        return Clue(at=then.astimezone(context.now.tzinfo))
    if amount != int(amount):
        return Clue(doubt="dates.vague")
    number, today = sign * int(amount), context.today
    if unit == "workday":
        return Clue(exact=_workday(context, number))
    if unit in {"day", "round_day"}:
        return Clue(exact=today + timedelta(number))
    if unit in WEEKS:
        return Clue(exact=today + timedelta(weeks=number * WEEKS[unit]), span="week")
    return Clue(exact=shifted(today, months=number * (12 if unit == "year" else 1)))


def _workday(context: Context, number: int) -> date:
    day, step = context.today, timedelta(1 if number > 0 else -1)
    counted = 0
    while counted < abs(number):
        day += step
        counted += context.is_working_day(day)
    return day


def shift(match: Match, sign: int) -> Clue:
    """Return the moment that the span of the match lies from now; sign is -1 for ago."""
    if "duration" in match:
        number, _, unit = match["duration"].partition(" ")
        return count(match.context, int(number), unit, sign)
    amount = match.value("number")
    if amount is None and "within" not in match and match.token("unit").may("plural"):
        return Clue(doubt="dates.vague")  # in weeks
    return count(match.context, 1 if amount is None else amount, match["unit"], sign)


def _is_inverted(match: Match) -> bool:
    """Tell whether a number after its unit belongs to it: "days three", not "a week, 25 March"."""
    for unit, number in pairwise(match.tokens):
        if unit.may("unit") and number.may("number"):
            belongs_on = match.after is not None and any(map(match.after.may, ("month", "dom", "oclock")))
            return number.start - unit.end <= 1 and not belongs_on
    return True


def _ahead(match: Match) -> Clue | None:
    if not _is_inverted(match) or match.tokens[-1].may("year"):
        return None
    if any(unit.may("one") and number.may("number") for unit, number in pairwise(match.tokens)):
        return Clue(doubt="dates.not_understood")  # in an hour thirty
    if "by" in match and match.tokens[-1].may("part"):
        return None  # by 3 in the afternoon
    if "within" in match and "number" not in match and match.value("unit") in {"day", "workday"}:
        return Clue(day_end=True)
    return shift(match, 1)


def _both(match: Match) -> Clue | None:
    """In two hours and ten minutes, a week and two days ago."""
    numbers, (longer, shorter) = match.values["number"], match.values["unit"]
    amount, rest = numbers if len(numbers) > 1 else (1, *numbers)
    return count(match.context, amount * _PARTS[longer] + rest, shorter, -1 if "ago" in match else 1)


def _before_event(_match: Match) -> Clue | None:
    return Clue(doubt="dates.not_understood")  # two days before the end of the year


def _working_days(match: Match) -> Clue | None:
    return count(match.context, match["number"], "workday", 1)


def _back(match: Match) -> Clue | None:
    return shift(match, -1) if _is_inverted(match) else None


def _bare_span(match: Match) -> Clue | None:
    """Two weeks: a term when a promise is asked about; else it may be meant from now, or not."""
    is_promise = match.context.question == Question.PROMISE
    last = match.tokens[-1]
    if not _is_inverted(match) or _names_hour(match):
        return None
    is_bare_unit = "number" not in match and "duration" not in match
    if is_bare_unit and match["unit"] in {"day", "hour", "minute"}:
        return None
    is_wish = match.context.question in WISHES and match.follows("for")
    if last.may("part") and not is_wish and (match.follows("at", "by") or not is_promise):
        return None  # at 3 in the afternoon
    clue = shift(match, -1 if match.context.tense == "past" else 1)
    clue.length = not is_promise or clue.at is not None or None
    return clue


def _names_hour(match: Match) -> bool:
    """Tell whether it is an hour of the day: three o'clock, one thirty, 0900 hours, at 10 hours."""
    first, last = match.tokens[0], match.tokens[-1]
    if is_length(match):
        return False
    if last.may("oclock") and match.value("number") not in _LONGER_SPANS:
        return True
    if first.may("number") and last.may("unit") and last.start - first.end == _COMMA:
        return True  # at 11, some minutes
    if match.value("unit") != "hour":
        return first.may("one") and last.may("number")
    return match.follows("at") or is_hour_of_day(match) or first.senses.get("digits", 0) in {3, 4}


def _lasts(match: Match) -> Clue | None:
    """Minutes for 45, as in Russian: how long it lasts."""
    return None if match.context.question in WISHES else Clue()


def _either(match: Match) -> Clue | None:
    """In two or three days, in a week or two."""
    numbers = match.numbers()
    sign = -1 if "ago" in match else 1
    if match.tokens[0].may("pair") and match["unit"] == "hour" and match.tokens[0].text[-2:].isdigit():
        return None  # 10.00 hours
    if "pair" in match and "-" not in match.token("pair").text:
        amount = float("{}.{}".format(*match.token("pair").numbers))  # 1,5 hours
        clue = count(match.context, amount, match["unit"], sign)
        clue.length = len(match.tokens) == 2 or None
        return clue
    if "another" in match:
        numbers = [*(numbers or [1]), 2]
    elif len(numbers) == 1 and len(match.values["unit"]) == 1:
        numbers = [1, *numbers]
    elif match.tokens[0].may("article") and match.tokens[1].may("number"):
        return None  # a 30 minute call
    if any(token.may("for") for token in match.tokens[1:]):
        return None  # at 11, for 45 minutes
    if match.follows("at") and match.tokens[-1].may("part") and numbers[-1] in _MINUTES:
        return None  # at two thirty in the afternoon
    if len(numbers) < 2 or 0 in numbers:
        return None  # fifteen hundred hours
    return Clue(choices=tuple(count(match.context, number, match["unit"], sign) for number in numbers))


def _week_of_month(_match: Match) -> Clue | None:
    """No week from now: the first week of August."""
    return Clue(doubt="dates.which_day")


def _few(match: Match) -> Clue | None:
    sign = -1 if "ago" in match else 1
    likely = [count(match.context, match["few"], match["unit"], sign)] if match["few"] else []
    return Clue(choices=tuple(likely), doubt="dates.vague")


def _counted_week(match: Match) -> Clue | None:
    """The first week, nobody says of what."""
    return None if match.tokens[0].may("which") else Clue(doubt="dates.which_day")


def _every_other(match: Match) -> Clue | None:
    """In a day, or the day after next: people mean either."""
    return Clue(choices=tuple(Clue(exact=match.context.today + timedelta(days)) for days in (2, 1)))


RULES = [
    *rules(
        """
        in number unit
        in duration
        in unit
        unit in number
        in unit number
        within number unit
        within unit
        within duration
        by number unit=day|unit=week|unit=month|unit=workday|unit=fortnight|unit=year
        number unit within|later
        unit later
        unit number later
        duration later
        in number unit later
        """,
        _ahead,
    ),
    *rules(
        """
        number unit ago
        unit ago
        unit number ago
        duration ago
        """,
        _back,
    ),
    *rules(
        """
        number unit
        unit number
        unit=week|unit=month|unit=fortnight|unit=round_day
        duration
        """,
        _bare_span,
    ),
    *rules(
        """
        in|within|by? number or|till|at? number unit ago|later?
        in|within|by? pair unit ago|later?
        in|within|by? unit or|till number ago|later?
        in|within|by? unit till? another ago|later?
        in|within|by? number unit or number ago|later?
        in|within|by? number unit or number unit ago|later?
        """,
        _either,
    ),
    *rules(
        """
        in|within number? unit=hour number unit=minute later?
        in|within number? unit=week number unit=day later?
        number? unit=hour number unit=minute ago|later
        number? unit=week number unit=day ago|later
        """,
        _both,
    ),
    *rules("unit=minute|unit=hour for number", _lasts),
    *rules("within|strict number unit by|deadline", _before_event),
    *rules("in|within|by? number unit=day? working", _working_days),
    *rules("nth|ordinal unit=week", _counted_week),
    *rules(
        """
        nth|ordinal|which=last unit=week in|at? month
        nth|ordinal|which=last unit=week in|at? which? unit=month
        """,
        _week_of_month,
    ),
    *rules("every_other", _every_other),
    *rules(
        """
        in|within|by? few unit ago|later?
        unit few ago|later?
        in unit few
        """,
        _few,
    ),
]
