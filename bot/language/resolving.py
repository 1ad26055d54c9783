"""A moment as the sentence puts it -> one day or hour, a question, or an impossible one."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from msgspec import structs

from bot.language.ambiguous_numbers import alone
from bot.language.calendar_days import days
from bot.language.calendar_months import Days, NoSuchDay, in_month
from bot.language.clock_times import NoSuchHour, times
from bot.language.clues import Clue, Context, has_clock, has_day, is_stretch, merged
from bot.language.moments import Moment
from bot.language.readings import Ask, AtTime, Invalid, OnDate, Question, Reading

_MOST_CANDIDATES = 3
_MIDNIGHT = time(0)
_BEHIND = frozenset({"last", "gone", "before_last"})
Candidate = OnDate | AtTime


def resolve(moment: Moment, context: Context) -> Reading:
    """Return what the moment is."""
    clue = alone(moment.clue, context)
    if context.tense is None:
        context = structs.replace(context, tense=_tense_of(clue, context))
    if clue.length and context.question != Question.PROMISE:
        clue = structs.replace(clue, doubt="dates.which_day")
    if clue.choices:
        return _choice(moment, clue, context)
    try:
        reading = _named(clue, moment, context)
    except (NoSuchDay, OverflowError) as error:
        return Invalid("dates.no_such_day", str(error))
    except NoSuchHour as error:
        return Invalid("dates.no_such_hour", str(error))
    if moment.open_ended and not isinstance(reading, Invalid):
        return Ask("dates.open_ended", possible(reading))
    return reading


def _tense_of(clue: Clue, context: Context) -> str | None:
    """Return on which side of now the clue lies by itself; who names an hour looks ahead."""
    if clue.which in _BEHIND:
        return "past"
    return "future" if has_clock(clue) and not _has_just_been(clue, context) else None


def _has_just_been(clue: Clue, context: Context) -> bool:
    """Tell whether a day and its month, without a year, were clearly nearer in the past: 13 July, 4 pm."""
    if clue.dom is None or clue.month is None or clue.year is not None:
        return False
    try:
        found = in_month(clue, context)
    except (NoSuchDay, Days):
        return False
    return len(found) == 1 and found[0] < context.today


def possible(reading: Reading) -> tuple[Candidate, ...]:
    """Return the days that a reading leaves possible, the likeliest first."""
    if isinstance(reading, Ask):
        return reading.candidates
    return (reading,) if isinstance(reading, (OnDate, AtTime)) else ()


def one_of(readings: Iterable[Reading], key: str) -> Reading:
    """Return the one reading that all agree on, or the question which of them is meant."""
    found = list(readings)
    if len(found) == 1 or all(reading == found[0] for reading in found):
        return found[0]
    invalid = [reading for reading in found if isinstance(reading, Invalid)]
    if invalid:
        return invalid[0]
    offered = dict.fromkeys(candidate for reading in found for candidate in possible(reading))
    return Ask(key, tuple(offered)[:_MOST_CANDIDATES])


def _choice(moment: Moment, clue: Clue, context: Context) -> Reading:
    rest = structs.replace(clue, choices=(), doubt=None)
    readings = []
    for choice in clue.choices:
        both = merged(choice, rest)
        readings.append(resolve(structs.replace(moment, clue=both), context))
    reading = one_of(readings, clue.doubt or "dates.which_of")
    if isinstance(reading, Invalid):
        return reading
    return (
        Ask(clue.doubt or "dates.which_of", possible(reading))
        if len(clue.choices) > 1 or clue.doubt
        else reading
    )


def _named(clue: Clue, moment: Moment, context: Context) -> Reading:
    if clue.wrong:
        return Invalid(clue.wrong, "")
    if clue.at is not None:
        at = clue.at.replace(second=0, microsecond=0)
        return _of(clue, [AtTime(at.date(), at.time().replace(tzinfo=None))], context)
    hours: tuple[time, ...] = times(clue, context) if clue.hour is not None else ()
    if not has_day(clue):
        return _without_day(clue, hours, context)
    if clue.hour in {0, 24} and not clue.minute and hours == (_MIDNIGHT,):
        if context.question == Question.PROMISE:
            hours = ()
        else:
            clue = structs.replace(clue, doubt="dates.which_of")
    try:
        found = days(clue, context)
    except Days as unsure:
        return Ask(unsure.key, tuple(_combined(unsure.days, hours))[:_MOST_CANDIDATES])
    reading = _of(clue, _combined(found, hours), context)
    return _edge_asked(clue, moment, context, reading)


def _combined(found: Iterable[date], hours: tuple[time, ...]) -> list[Candidate]:
    if not hours:
        return [OnDate(day) for day in found]
    return [AtTime(day, hour) for day in found for hour in hours]


def _edge_asked(clue: Clue, moment: Moment, context: Context, reading: Reading) -> Reading:
    """Ask when only a stretch of days was named, or only its end where a day is needed."""
    is_promise = context.question == Question.PROMISE
    edge = clue.edge if is_stretch(clue) else None
    vague_edge = edge in {"early", "late"} or (edge in {"start", "middle"} and not moment.deadline)
    vague_end = edge == "end" and not is_promise
    only_before = moment.deadline and not is_promise and clue.hour is None
    if vague_edge or vague_end or only_before:
        return Ask("dates.which_day", possible(reading))
    return reading


def _without_day(clue: Clue, hours: tuple[time, ...], context: Context) -> Reading:
    if not hours:
        return Ask(clue.doubt or "dates.no_day")
    offsets = (0, -1) if context.tense == "past" else (0, 1)
    near = [context.today + timedelta(offset) for offset in offsets]
    kept = _on_the_right_side([AtTime(day, hour) for day in near for hour in hours], context)
    return Ask("dates.no_day", tuple(kept)[:_MOST_CANDIDATES])


def _of(clue: Clue, found: list[Candidate], context: Context) -> Reading:
    skipped = [candidate for candidate in found if _is_skipped(candidate, context)]
    if skipped:
        return Invalid("dates.skipped_hour", clock_text(skipped[0]))
    kept = _on_the_right_side(found, context)
    if not kept:
        key = "dates.not_yet" if context.tense == "past" else "dates.already_past"
        return Ask(key, tuple(found)[:_MOST_CANDIDATES])
    if len(kept) > 1 or clue.doubt:
        return Ask(clue.doubt or "dates.which_of", tuple(kept)[:_MOST_CANDIDATES])
    return kept[0]


def clock_text(candidate: Candidate) -> str:
    """Return the hour of a candidate in figures."""
    return f"{candidate.time:%H:%M}" if isinstance(candidate, AtTime) else ""


def _on_the_right_side(found: list[Candidate], context: Context) -> list[Candidate]:
    if context.tense is None or (context.question == Question.INTERVIEW_ANY and len(found) == 1):
        return found
    wanted = -1 if context.tense == "past" else 1
    return [candidate for candidate in found if _side(candidate, context) in {0, wanted}]


def _side(candidate: Candidate, context: Context) -> int:
    """Return -1 for what is over, 1 for what is to come, 0 for today and now."""
    if candidate.date != context.today or isinstance(candidate, OnDate):
        return (candidate.date > context.today) - (candidate.date < context.today)
    now = context.now.replace(second=0, microsecond=0, tzinfo=None)
    at = datetime.combine(candidate.date, candidate.time)
    return (at > now) - (at < now)


def _is_skipped(candidate: Candidate, context: Context) -> bool:
    """Tell whether the clocks jump over this hour."""
    if not isinstance(candidate, AtTime):
        return False
    local = datetime.combine(candidate.date, candidate.time, context.now.tzinfo)
    return local.astimezone(UTC).astimezone(context.now.tzinfo).replace(tzinfo=None) != local.replace(
        tzinfo=None
    )
