"""The hour on the user's own clock where a note tells it beside another: 11am their time, 8 for me."""

import re
from datetime import datetime, time, timedelta
from functools import cache

from msgspec import Struct

from bot.language.lexicon import table
from bot.language.readings import AtTime, OnDate

_HALF_DAY = 12
#: Nobody is seen before seven: a bare hour below is in the afternoon.
_EARLIEST = 7
_CLOCK = (
    r"(?P<{0}hour>[01]?\d|2[0-3])(?:[:.](?P<{0}minute>[0-5]\d))?\s?(?P<{0}half>[ap]m)?(?:\s?noon)?"
    r"|(?P<{0}noon>noon)"
)


class OwnClock(Struct, frozen=True):
    """An hour of the user's clock; `half` is am, pm or nothing; `spans` are the words about both clocks."""

    hour: int
    minute: int
    half: str
    spans: tuple[tuple[int, int], ...]

    def on(self, reading: OnDate | AtTime) -> AtTime:
        """Return the moment of the reading, whose hour is another clock's, on this one."""
        choices = [self.hour]
        if self.half:
            choices = [self.hour % _HALF_DAY + (_HALF_DAY if self.half == "pm" else 0)]
        elif self.hour <= _HALF_DAY:
            choices = [self.hour, (self.hour + _HALF_DAY) % 24]
        if isinstance(reading, OnDate):
            return AtTime(
                reading.date, time(next((h for h in choices if h >= _EARLIEST), choices[-1]), self.minute)
            )
        there = datetime.combine(reading.date, reading.time)
        moments = [
            datetime.combine(reading.date + timedelta(days), time(hour, self.minute))
            for hour in choices
            for days in (-1, 0, 1)
        ]
        here = min(moments, key=lambda moment: abs(moment - there))
        return AtTime(here.date(), here.time())


def own_clock(text: str) -> OwnClock | None:
    """Return the hour that the note says to be the user's; None where it names no such hour."""
    match = _here().search(text)
    if match is None:
        return None
    side = "a" if match["ahour"] or match["anoon"] else "b"
    hour = int(match[f"{side}hour"] or _HALF_DAY)
    noon = hour == _HALF_DAY and "noon" in match[0].lower()
    half = "pm" if noon else (match[f"{side}half"] or "").lower()
    return OwnClock(hour, int(match[f"{side}minute"] or 0), half, (match.span(), *zone_spans(text)))


def zone_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return where clocks are named behind hours: 10am PT, 12 по мск."""
    return tuple(match.span() for match in _there().finditer(text))


@cache
def _here() -> re.Pattern[str]:
    before, behind = _words("before"), _words("behind")
    return re.compile(
        rf"(?:{_CLOCK.format('a')})\s?(?:{behind})(?!\w)|(?<!\w)(?:{before})\s(?:{_CLOCK.format('b')})(?![\w-])",
        re.IGNORECASE,
    )


@cache
def _there() -> re.Pattern[str]:
    return re.compile(rf"(?<=[\dm])\s(?:{_words('there')})(?!\w)")


def _words(what: str) -> str:
    entries = [entry for code in ("ru", "en") for entry in table("capture", code)["own_clock"][what]]
    return "|".join(re.escape(entry) for entry in sorted(entries, key=len, reverse=True))
