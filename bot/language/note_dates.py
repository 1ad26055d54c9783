"""Which day of a note is the interview, which is the promised answer, and what was agreed about it."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from enum import Enum, auto

from msgspec import Struct

from bot.domain.vacancy import Channel, Who
from bot.language.dates import Ask, AtTime, Found, OnDate, Question, find_dates
from bot.language.note_clocks import own_clock, zone_spans
from bot.language.note_phrases import Said
from bot.language.note_text import is_term, prepared
from bot.language.undated import crossed

#: Two readings of one date so far from each other differ in day and month.
_APART = timedelta(days=45)
_ENDS_SEGMENT = frozenset(",;:\n!?()—–•→|")


class Sense(Enum):
    """What a day of a note is the day of; `OTHER`: a task or an application is due."""

    INTERVIEW = auto()
    PROMISE = auto()
    OTHER = auto()


class Appointment(Struct, frozen=True, kw_only=True):
    """The times of a note; `spans` are the words they were read from."""

    interview_at: date | datetime | None = None
    promised_on: date | None = None
    promised_at: time | None = None
    who: Who | None = None
    channel: Channel | None = None
    stage: int | None = None
    tests: bool | None = None
    #: The note may speak of no interview at all: nothing today, buy milk.
    idle: bool = False
    #: It speaks of an interview or of an answer.
    spoken: bool = False
    spans: tuple[tuple[int, int], ...] = ()
    doubtful: tuple[str, ...] = ()


def read_appointment(
    text: str, *, language: str, now: datetime, zone: str, country: str | None
) -> Appointment:
    """Read the times of a note and what was agreed about the answer."""
    said = Said(text)
    clock = own_clock(text)
    ahead = "ahead" in said or ("before_now" in said and "now" in said)
    past = "past" in said and not ahead
    question = Question.INTERVIEW_PAST if past else Question.INTERVIEW_ANY
    text, replaced = prepared(text, said)
    text = crossed(text, clock.spans) if clock else text

    def read(question: Question, now: datetime) -> tuple[Found, ...]:
        return find_dates(text, language=language, question=question, now=now, zone=zone, country=country)

    found = read(question, now)
    senses = [
        Sense.PROMISE if past and is_term(text[one.start : one.end]) else _sense(text, said, found, place)
        for place, one in enumerate(found)
    ]
    interview = [one for one, sense in zip(found, senses, strict=True) if sense is Sense.INTERVIEW]
    start = _first(
        [one for one in interview if not _is_vague(one) and not (ahead and _is_over(one, now))], now
    )
    if Sense.PROMISE in senses:
        since = _since(start, now) if "from_then" in said else now
        again = read(Question.PROMISE, since)
        found = tuple(
            _same(again, one) if sense is Sense.PROMISE else one
            for one, sense in zip(found, senses, strict=True)
        )
    promised = [
        one
        for one, sense in zip(found, senses, strict=True)
        if sense is Sense.PROMISE
        and not (isinstance(one.reading, Ask) and one.reading.key == "dates.already_past")
    ]
    promised.sort(key=lambda one: not _ends_a_term(said, one))
    day = _value(start, now) if start else (OnDate(now.date()) if "just" in said else None)
    spans = tuple(part for one in found for part in (one.parts or ((one.start, one.end),)))
    return _appointment(
        said,
        clock.on(day) if day and clock else day,
        _value(_first(promised, now), now),
        zone,
        spans=(*spans, *replaced, *zone_spans(text), *(clock.spans if clock else ())),
        doubtful=tuple(
            name
            for name, one in (("interview_at", start), ("promised_on", _first(promised, now)))
            if one and isinstance(one.reading, Ask)
        ),
    )


def _first(found: Sequence[Found], now: datetime) -> Found | None:
    """Return the first moment, else the first day."""
    timed = (one for one in found if isinstance(_value(one, now), AtTime))
    named = sorted((one for one in found if _value(one, now)), key=lambda one: isinstance(one.reading, Ask))
    return next(timed, next(iter(named), None))


def _is_vague(one: Found) -> bool:
    """Tell whether only a week is named."""
    if not isinstance(one.reading, Ask) or one.reading.key != "dates.which_day":
        return False
    return len({choice.date for choice in one.reading.candidates}) > 1


def _is_over(one: Found, now: datetime) -> bool:
    """Tell whether the day lies behind."""
    day = _value(one, now)
    return day is not None and day.date < now.date()


def _since(start: Found | None, now: datetime) -> datetime:
    """Return the day of the interview, from which a term is counted."""
    day = _value(start, now)
    return datetime.combine(day.date, now.timetz()) if day else now


def _appointment(  # noqa: PLR0913 - the parts of one value
    said: Said,
    start: OnDate | AtTime | None,
    term: OnDate | AtTime | None,
    zone: str,
    *,
    spans: tuple[tuple[int, int], ...],
    doubtful: tuple[str, ...],
) -> Appointment:
    who = next((who for who in (Who.CANDIDATE, Who.EMPLOYER) if f"who.{who}" in said), None)
    stages = [number for number in range(1, 6) if f"stage.{number}" in said]
    tests = False if "tests.none" in said else (True if "tests.words" in said else None)
    return Appointment(
        interview_at=start.moment(zone) if isinstance(start, AtTime) else (start.date if start else None),
        promised_on=term.date if term else None,
        promised_at=term.time if isinstance(term, AtTime) else None,
        who=who,
        channel=next((channel for channel in Channel if f"channel.{channel}" in said), None),
        stage=max(stages, default=None),
        tests=tests,
        idle="idle" in said,
        spoken=any(name in said for name in ("interview", "promise", "past")),
        spans=spans,
        doubtful=doubtful,
    )


def _value(found: Found | None, now: datetime) -> OnDate | AtTime | None:
    """Return the day read, of several the likeliest."""
    if found is None or not isinstance(found.reading, Ask):
        return found.reading if found and isinstance(found.reading, OnDate | AtTime) else None
    choices = found.reading.candidates
    timed: Sequence[OnDate | AtTime] = [one for one in choices if isinstance(one, AtTime)] or choices
    apart = timed and max(one.date for one in timed) - min(one.date for one in timed) > _APART
    if apart:  # the second of September or the ninth of February
        return min(timed, key=lambda one: abs(one.date - now.date()))
    return next(iter(timed), None)


def _same(again: Sequence[Found], one: Found) -> Found:
    """Return the same words of the text as read when asked about a promise."""
    return next((other for other in again if other.start < one.end and one.start < other.end), one)


def _sense(text: str, said: Said, found: Sequence[Found], place: int) -> Sense:
    """Return what the day is the day of: the nearest telling word decides."""
    one = found[place]
    begins = found[place - 1].end if place else 0
    ends = found[place + 1].start if place + 1 < len(found) else len(text)
    stop = next((at for at in range(one.end, ends) if _ends_segment(text, at)), ends)
    alone = stop < ends or ends == len(text)
    own = max((at + 1 for at in range(begins, one.start) if _ends_segment(text, at)), default=begins)
    after = (one.end, stop) if alone else (one.end, one.end)
    for first, behind in ((own, one.start), after, (one.start, one.end)):
        told = _told(said, first, behind)
        if told is not None:
            return told
    apart = place > 0 or len(found) == 1 or _told(said, one.end, len(text)) is Sense.INTERVIEW
    if _ends_a_term(said, one) and apart:
        return Sense.PROMISE
    before = _told(said, begins, own, callers=False)
    timed = isinstance(one.reading, AtTime)
    return Sense.PROMISE if before is Sense.PROMISE and not timed else Sense.INTERVIEW


def _ends_segment(text: str, at: int) -> bool:
    """Tell whether a comma, a bracket or the full stop of a sentence stands there."""
    return text[at] in _ENDS_SEGMENT or (text[at] == "." and text[at + 1 : at + 3].strip().isalpha())


def _told(said: Said, start: int, end: int, *, callers: bool = True) -> Sense | None:
    """Return what the last telling word there speaks of, None where there is none.

    `callers`: a bare "call" tells as well.
    """
    found = {name: said.within(name, start, end) for name in ("promise", "caller", "interview", "other")}
    silent = said.within("silent", start, end)
    kept = [
        hit
        for hit in (*found["promise"], *(found["caller"] if callers else ()))
        if not any(no.first <= hit.first and hit.last <= no.last for no in silent)
    ]
    last = [
        (max((hit.last for hit in those), default=-1), sense)
        for those, sense in (
            (kept, Sense.PROMISE),
            (found["interview"], Sense.INTERVIEW),
            (found["other"], Sense.OTHER),
        )
    ]
    place, sense = max(last, key=lambda one: one[0] + (one[1] is not Sense.PROMISE) / 2)
    return None if place < 0 else sense


def _ends_a_term(said: Said, one: Found) -> bool:
    """Tell whether "by", "until" or the like stands before the day."""
    near = [word for word in said.words if one.start - 12 <= word.start < one.end][:3]
    return bool(near and said.within("before_day", near[0].start, near[-1].end)) and not isinstance(
        one.reading, AtTime
    )
