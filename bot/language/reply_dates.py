"""The days named in a reply, and which of them a label is about."""

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cache, partial
from zoneinfo import ZoneInfo

from bot.language.dates import Ask, AtTime, Found, OnDate, Question, find_dates
from bot.language.lexicon import fold, table
from bot.language.phrases import Word
from bot.language.undated import without_names

#: What a day in a reply of this kind answers: an invitation looks ahead, all else is a term.
_AHEAD = frozenset({"next_stage", "offer"})
#: Of an uncertain day the likeliest is taken only where the reply is about that day.
_GUESSED = frozenset({"promised_date", "next_stage", "test_task"})


class Days:
    """The days of a reply, those gone by left out."""

    def __init__(self, text: str, *, language: str, now: datetime, zone: str, country: str | None) -> None:
        self._text = text
        self._today = now.astimezone(ZoneInfo(zone)).date()
        self._find = partial(
            find_dates, without_names(text), language=language, now=now, zone=zone, country=country
        )
        self._found: dict[Question, list[Found]] = {}

    def _named(self, question: Question) -> list[Found]:
        """Return the dates as answers to this question; each question is read once, and only if asked."""
        if question not in self._found:
            found = self._find(question=question)
            self._found[question] = [
                one for one in found if fold(self._text[one.start : one.end]) not in _no_days()
            ]
        return self._found[question]

    def places(self, words: Sequence[Word]) -> list[int]:
        """Return which words belong to a day to come."""
        spans = [(one.start, one.end) for one in self._named(Question.PROMISE) if self._value(one)]
        return [
            place
            for place, word in enumerate(words)
            if any(first <= word.start < end for first, end in spans)
        ]

    def nearest(self, start: int, label: str) -> tuple[date | None, time | None]:
        """Return the day, and the hour if one is named, that stands closest to a place in the text."""
        question = Question.INTERVIEW_FUTURE if label in _AHEAD else Question.PROMISE
        certain = label not in _GUESSED
        usable = [
            (one, value)
            for one in self._named(question)
            if (value := self._value(one)) and not (certain and isinstance(one.reading, Ask))
        ]
        if not usable:
            return None, None
        _, value = min(usable, key=lambda pair: self._remoteness(pair[0], pair[1], start))
        return value.date, value.time if isinstance(value, AtTime) else None

    def _remoteness(self, found: Found, value: OnDate | AtTime, start: int) -> tuple[bool, bool, int]:
        """Order days: clear ones first, "now" last, then by their distance from the place."""
        now = isinstance(value, OnDate) and value.date == self._today
        return isinstance(found.reading, Ask), now, abs(found.start - start)

    def _value(self, found: Found) -> OnDate | AtTime | None:
        reading = found.reading
        if isinstance(reading, Ask):
            reading = next(iter(reading.candidates), reading)
        if isinstance(reading, OnDate | AtTime) and reading.date >= self._today:
            return reading
        return None


@cache
def _no_days() -> frozenset[str]:
    """Return the words that name no day by themselves: now, second, a day."""
    return frozenset(
        fold(word) for code in ("ru", "en") for word in table("replies", code)["letter"]["no_days"]
    )


def day_of(text: str, *, language: str, now: datetime, zone: str, country: str | None) -> Days:
    """Return the days named in a reply."""
    return Days(text, language=language, now=now, zone=zone, country=country)
