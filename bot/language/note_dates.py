"""Which day of a note is the interview, which is the promised answer, and what was agreed about it."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from enum import Enum, auto
from functools import cache

from msgspec import Struct, structs

from bot.domain.vacancy import Channel, Who
from bot.language.dates import Ask, AtTime, Found, OnDate, Question, find_dates
from bot.language.lexicon import table
from bot.language.phrases import Phrases, Word, split_words
from bot.language.undated import crossed, without_names
from bot.language.vocabulary import languages, vocabulary

_DAYS = frozenset({"day", "weekday", "month", "ordinal"})
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
    words = split_words(text)
    question = Question.INTERVIEW_PAST if _facts("past", words) else Question.INTERVIEW_ANY
    replaced = tuple(_replaced(words))
    text = crossed(_parted(without_names(text), words), replaced)
    found = find_dates(text, language=language, question=question, now=now, zone=zone, country=country)
    senses = [_sense(text, words, found, place) for place in range(len(found))]
    if Sense.PROMISE in senses:
        again = find_dates(
            text, language=language, question=Question.PROMISE, now=now, zone=zone, country=country
        )
        found = tuple(
            _same(again, one) if sense is Sense.PROMISE else one
            for one, sense in zip(found, senses, strict=True)
        )
    interview, promised = (
        [one for one, sense in zip(found, senses, strict=True) if sense is meant]
        for meant in (Sense.INTERVIEW, Sense.PROMISE)
    )
    promised.sort(key=lambda one: not _ends_a_term(words, one))
    appointment = _appointment(words, interview, promised, found, zone)
    return structs.replace(appointment, spans=(*appointment.spans, *replaced))


def _parted(text: str, words: Sequence[Word]) -> str:
    """Return the text with the words that speak of an answer crossed out: no date goes on across them."""
    hits = _phrases()["promise"].find(words)
    return crossed(text, [(words[hit.first].start, words[hit.last].end) for hit in hits])


def _replaced(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield the days that others have taken the place of: instead of Friday, moved from 5 May."""
    for hit in _phrases()["instead"].find(words):
        seen: set[bool] = set()
        for word in words[hit.last + 1 : hit.last + 3]:
            figure = word.text[:1].isdigit()
            apart = word.sentence != words[hit.last].sentence or figure in seen
            if apart or not (figure or _is_day(word.text)):
                break
            yield word.start, word.end
            seen.add(figure)


def _is_day(word: str) -> bool:
    """Tell whether the word alone names a day or a month."""
    return any(_DAYS & vocabulary(code).words.get(word, {}).keys() for code in languages())


def _appointment(
    words: Sequence[Word], interview: list[Found], promised: list[Found], found: Sequence[Found], zone: str
) -> Appointment:
    doubtful: list[str] = []
    day = next((one for one in interview if isinstance(_value(one), AtTime)), None)
    day = day or next((one for one in interview if _value(one)), None)
    answer = next((one for one in promised if _value(one)), None)
    doubtful += ["interview_at"] if day and isinstance(day.reading, Ask) else []
    doubtful += ["promised_on"] if answer and isinstance(answer.reading, Ask) else []
    start, term = _value(day), _value(answer)
    who = next((who for who in (Who.CANDIDATE, Who.EMPLOYER) if _facts(f"who.{who}", words)), None)
    stages = [number for number in range(1, 6) if _facts(f"stage.{number}", words)]
    tests = False if _facts("tests.none", words) else (True if _facts("tests.words", words) else None)
    return Appointment(
        interview_at=start.moment(zone) if isinstance(start, AtTime) else (start.date if start else None),
        promised_on=term.date if term else None,
        promised_at=term.time if isinstance(term, AtTime) else None,
        who=who,
        channel=next((channel for channel in Channel if _facts(f"channel.{channel}", words)), None),
        stage=max(stages, default=None),
        tests=tests,
        idle=_facts("idle", words),
        spoken=any(_facts(name, words) for name in ("interview", "promise", "past")),
        spans=tuple(part for one in found for part in (one.parts or ((one.start, one.end),))),
        doubtful=tuple(doubtful),
    )


def _value(found: Found | None) -> OnDate | AtTime | None:
    """Return the day read, of several the likeliest."""
    if found is None:
        return None
    if isinstance(found.reading, Ask):
        hours = (one for one in found.reading.candidates if isinstance(one, AtTime))
        return next(hours, next(iter(found.reading.candidates), None))
    return found.reading if isinstance(found.reading, OnDate | AtTime) else None


def _same(again: Sequence[Found], one: Found) -> Found:
    """Return the same words of the text as read when asked about a promise."""
    return next((other for other in again if other.start < one.end and one.start < other.end), one)


def _sense(text: str, words: Sequence[Word], found: Sequence[Found], place: int) -> Sense:
    """Return what the day is the day of: the nearest telling word decides."""
    one = found[place]
    begins = found[place - 1].end if place else 0
    ends = found[place + 1].start if place + 1 < len(found) else len(text)
    stop = next((at for at in range(one.end, ends) if text[at] in _ENDS_SEGMENT), ends)
    alone = stop < ends or ends == len(text)
    own = max((at + 1 for at in range(begins, one.start) if text[at] in _ENDS_SEGMENT), default=begins)
    after = (one.end, stop) if alone else (one.end, one.end)
    for first, behind in ((own, one.start), after, (one.start, one.end)):
        told = _told(words, first, behind)
        if told is not None:
            return told
    apart = place > 0 or len(found) == 1 or _told(words, one.end, len(text)) is Sense.INTERVIEW
    if _ends_a_term(words, one) and apart:
        return Sense.PROMISE
    before = _told(words, begins, own, callers=False)
    return Sense.PROMISE if before is Sense.PROMISE else Sense.INTERVIEW


def _told(words: Sequence[Word], start: int, end: int, *, callers: bool = True) -> Sense | None:
    """Return what the last telling word there speaks of, None where there is none.

    `callers`: a bare "call" tells as well.
    """
    near = [word for word in words if start <= word.start and word.end <= end]
    hits = {name: list(_phrases()[name].find(near)) for name in ("promise", "caller", "interview", "other")}
    silent = list(_phrases()["silent"].find(near))
    kept = [
        hit
        for hit in (*hits["promise"], *(hits["caller"] if callers else ()))
        if not any(no.first <= hit.first and hit.last <= no.last for no in silent)
    ]
    last = [
        (max((hit.last for hit in those), default=-1), sense)
        for those, sense in (
            (kept, Sense.PROMISE),
            (hits["interview"], Sense.INTERVIEW),
            (hits["other"], Sense.OTHER),
        )
    ]
    place, sense = max(last, key=lambda one: one[0] + (one[1] is not Sense.PROMISE) / 2)
    return None if place < 0 else sense


def _ends_a_term(words: Sequence[Word], one: Found) -> bool:
    """Tell whether "by", "until" or the like stands before the day."""
    near = [word for word in words if one.start - 12 <= word.start < one.end][:3]
    return bool(_facts("before_day", near)) and not isinstance(one.reading, AtTime)


def _facts(name: str, words: Sequence[Word]) -> bool:
    """Tell whether one of the phrases of that name stands there."""
    return next(_phrases()[name].find(words), None) is not None


@cache
def _phrases() -> dict[str, Phrases]:
    tables = [table("capture", language) for language in ("ru", "en")]
    names = {
        "promise": ("promise", "words"),
        "caller": ("promise", "callers"),
        "interview": ("promise", "interview"),
        "before_day": ("promise", "before_day"),
        "past": ("promise", "past"),
        "silent": ("promise", "silent"),
        "other": ("promise", "other"),
        "instead": ("promise", "instead"),
        "idle": ("idle", "words"),
        f"who.{Who.CANDIDATE}": ("promise", "candidate"),
        f"who.{Who.EMPLOYER}": ("promise", "employer"),
        "tests.words": ("tests", "words"),
        "tests.none": ("tests", "none"),
        **{f"stage.{number}": ("stages", str(number)) for number in range(1, 6)},
        **{f"channel.{channel}": ("channels", str(channel)) for channel in Channel},
    }
    return {
        name: Phrases(phrase for one in tables for phrase in one[group].get(key, ()))
        for name, (group, key) in names.items()
    }
