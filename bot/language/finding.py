"""Dates inside longer text: which pieces belong together and where they stand."""

from msgspec import structs

from bot.language.clues import Clue, Context, has_clock, has_day, merged
from bot.language.moments import Moment
from bot.language.readings import Ask, Found, Question, Reading
from bot.language.resolving import resolve
from bot.language.token_types import Token

_PREPOSITIONS = ("at", "by", "from", "after", "till", "in")


def found_dates(found: list[Token], meant: list[Moment], context: Context) -> tuple[Found, ...]:
    """Return the dates among the moments, in the order of the text."""
    results = []
    for moment in _joined(meant):
        reading = resolve(moment, _by_deadline(moment, context))
        if _says_something(reading, moment):
            parts = _parts(found, moment)
            end = max(end for _, end in parts)
            results.append(Found(reading, parts[0][0], end, parts, moment.deadline))
    return tuple(results)


def _by_deadline(moment: Moment, context: Context) -> Context:
    """A day by which something is to happen is a promise, whatever the sentence began with."""
    if moment.deadline and context.question == Question.INTERVIEW_ANY:
        return structs.replace(context, question=Question.PROMISE, tense="future")
    return context


def _parts(found: list[Token], moment: Moment) -> tuple[tuple[int, int], ...]:
    """Return where the moment stands in the text, with the prepositions before each piece."""
    parts: list[tuple[int, int]] = []
    for first, last in sorted(moment.spans):
        begin = first
        while begin and any(found[begin - 1].may(category) for category in _PREPOSITIONS):
            begin -= 1
        if begin == first > 1 and found[first - 1].may("filler") and found[first - 2].may("by"):
            begin = first - 2  # by the 21st
        start, end = found[begin].start, found[last - 1].end
        if parts and start <= parts[-1][1] + 1:
            start = parts.pop()[0]
        parts.append((start, end))
    return tuple(parts)


def _joined(meant: list[Moment]) -> list[Moment]:
    """Give an hour that stands apart to the day before it that has none, or to the one after."""
    joined: list[Moment] = []
    for moment in meant:
        before = joined[-1] if joined else None
        if before and _completes(before.clue, moment.clue) and not (before.denied or moment.denied):
            before.clue = merged(before.clue, moment.clue)
            before.spans += moment.spans
        else:
            joined.append(moment)
    return [moment for moment in joined if not moment.denied]


def _completes(one: Clue, other: Clue) -> bool:
    """Tell whether one names only a day and the other only an hour."""
    return any(
        has_day(day) and not has_clock(day) and has_clock(hour) and not has_day(hour) and not day.part
        for day, hour in ((one, other), (other, one))
    )


def _says_something(reading: Reading, moment: Moment) -> bool:
    clue = moment.clue
    if clue.bare is not None and not has_day(clue):
        return False
    if isinstance(reading, Ask) and not reading.candidates:
        return bool(clue.doubt) or has_day(structs.replace(clue, year=None))
    return True
