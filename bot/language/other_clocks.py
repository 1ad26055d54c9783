"""Hours named on another clock than the user's: "at 3 pm Eastern" typed in Denver."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.language.clues import Context
from bot.language.readings import Ask, AtTime, Found, Reading
from bot.language.token_types import Token

#: A zone that stands so near behind an hour belongs to it.
_NEAR = 2


def on_users_clock(reading: Reading, around: Iterable[Token], context: Context) -> Reading:
    """Return the reading, or the question which clock is meant when another one is named."""
    zones = [str(token.senses["zone"]).split() for token in around if token.may("zone")]
    if not zones or not isinstance(reading, AtTime):
        return reading
    meant = [[_converted(reading, zone, context) for zone in choices] for choices in zones]
    if all(reading in choices for choices in meant):
        return reading
    return Ask("dates.which_of", tuple(dict.fromkeys((*(choices[0] for choices in meant), reading))))


def near(one: Found, zones: Iterable[Token]) -> list[Token]:
    """Return the zones inside a date that was found, and directly behind it."""
    return [token for token in zones if any(start <= token.start <= end + _NEAR for start, end in one.parts)]


def _converted(reading: AtTime, zone: str, context: Context) -> AtTime:
    """Return what the user's clock shows at that hour of the zone."""
    there = datetime.combine(reading.date, reading.time, ZoneInfo(zone))
    here = there.astimezone(context.now.tzinfo)
    return AtTime(here.date(), here.time().replace(tzinfo=None))
