"""An hour as people name it -> the times it may be: three is 15:00, seven is asked about."""

from datetime import time

from bot.language.clues import Clue, Context

_OFFICE_OPENS = 8
_NOON = 12
_DOUBTFUL = 7  # in the morning or in the evening: interviews happen at both
_EARLY_EVENING = 4
_DAY_HOURS = 24


class NoSuchHour(ValueError):
    """The clock has no such hour."""


def times(clue: Clue, context: Context) -> tuple[time, ...]:
    """Return the times that the clue may mean, the likeliest first; raise NoSuchHour."""
    assert clue.hour is not None  # noqa: S101 - asked for clues that name an hour only
    hour, minute = clue.hour, clue.minute or 0
    if not (0 <= hour <= _DAY_HOURS and 0 <= minute < 60) or (hour == _DAY_HOURS and minute):
        raise NoSuchHour(f"{hour}:{minute:02}")
    if clue.meridiem:
        hours = _by_meridiem(hour, clue.meridiem)
    elif hour > _NOON or hour == 0:
        hours = _late(hour, clue.part)
    elif clue.part:
        hours = _by_part(hour, clue.part)
    else:
        hours = _by_custom(hour, clue.written, context)
    return tuple(time(found % _DAY_HOURS, minute) for found in hours)


def _by_meridiem(hour: int, meridiem: str) -> tuple[int, ...]:
    if meridiem == "am":
        if hour > _NOON:
            raise NoSuchHour(f"{hour} am")
        return (hour % _NOON,)
    return (hour if hour > _NOON else hour % _NOON + _NOON,)


def _late(hour: int, part: str | None) -> tuple[int, ...]:
    if part == "morning" and hour > _NOON:
        raise NoSuchHour(f"{hour} in the morning")
    return (hour,)


def _by_part(hour: int, part: str) -> tuple[int, ...]:
    if part == "morning":
        return (hour,)
    if part in {"day", "noonish", "afternoon"}:
        return (hour if hour >= 9 and not (part == "afternoon" and hour < 12) else hour + _NOON,)
    if part == "evening":
        if hour < _EARLY_EVENING:
            return (hour, hour + _NOON)
        return (hour + _NOON,) if hour < _NOON else (0,)
    return (hour % _NOON,) if hour <= 5 or hour == _NOON else (hour + _NOON,)


def _by_custom(hour: int, written: str | None, context: Context) -> tuple[int, ...]:
    """Take the hour that falls into office hours."""
    if written == "literal" or hour >= _OFFICE_OPENS:
        return (hour,)
    if hour == _DOUBTFUL:
        return (hour,) if written == "digital" and context.clock == _DAY_HOURS else (hour, hour + _NOON)
    return (hour + _NOON,)
