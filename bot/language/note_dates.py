"""Which day of a note is the interview, which is the promised answer, and what was agreed about it."""

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cache

from msgspec import Struct

from bot.domain.vacancy import Channel, Who
from bot.language.dates import Ask, AtTime, Found, OnDate, Question, find_dates
from bot.language.lexicon import table
from bot.language.phrases import Phrases, Word, split_words
from bot.language.undated import without_names

_ENDS_SEGMENT = frozenset(",;:\n!?()—–•→|")

_CROSS = "x"


class Appointment(Struct, frozen=True, kw_only=True):
    """The times of a note; `spans` are the words they were read from."""

    interview_at: date | datetime | None = None
    promised_on: date | None = None
    promised_at: time | None = None
    who: Who | None = None
    channel: Channel | None = None
    stage: int | None = None
    tests: bool | None = None
    spans: tuple[tuple[int, int], ...] = ()
    doubtful: tuple[str, ...] = ()


def read_appointment(
    text: str, *, language: str, now: datetime, zone: str, country: str | None
) -> Appointment:
    """Read the times of a note and what was agreed about the answer."""
    words = split_words(text)
    question = Question.INTERVIEW_PAST if _facts("past", words) else Question.INTERVIEW_ANY
    text = _parted(without_names(text), words)
    found = find_dates(text, language=language, question=question, now=now, zone=zone, country=country)
    promises = [_is_promise(text, words, found, place) for place in range(len(found))]
    if any(promises):
        again = find_dates(
            text, language=language, question=Question.PROMISE, now=now, zone=zone, country=country
        )
        found = tuple(
            _same(again, one) if promised else one for one, promised in zip(found, promises, strict=True)
        )
    interview = [one for one, promised in zip(found, promises, strict=True) if not promised]
    promised = [one for one, promised in zip(found, promises, strict=True) if promised]
    return _appointment(words, interview, promised, found, zone)


def _parted(text: str, words: Sequence[Word]) -> str:
    """Return the text with the words that speak of an answer crossed out: no date goes on across them."""
    for hit in _phrases()["promise"].find(words):
        start, end = words[hit.first].start, words[hit.last].end
        text = text[:start] + _CROSS * (end - start) + text[end:]
    return text


def _appointment(
    words: Sequence[Word], interview: list[Found], promised: list[Found], found: Sequence[Found], zone: str
) -> Appointment:
    doubtful: list[str] = []
    day = next((one for one in interview if _value(one)), None)
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


def _is_promise(text: str, words: Sequence[Word], found: Sequence[Found], place: int) -> bool:
    """Tell whether the employer is to answer by that day: the nearest telling word decides."""
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
    if _ends_a_term(words, one) and (place > 0 or len(found) == 1):
        return True
    return bool(_told(words, begins, own))


def _told(words: Sequence[Word], start: int, end: int) -> bool | None:
    """Return whether the last telling word there speaks of an answer (True) or of the interview (False)."""
    near = [word for word in words if start <= word.start and word.end <= end]
    last = {
        name: max((hit.last for hit in _phrases()[name].find(near)), default=-1)
        for name in ("promise", "interview", "caller")
    }
    promise = max(last["promise"], last["caller"])
    if promise == last["interview"] == -1:
        return None
    return promise > last["interview"]


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
