"""Hours named on another clock than the user's: "at 3 pm Eastern" typed in Denver, "5pm Perth time"."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.language.clues import Context
from bot.language.readings import Ask, AtTime, Found, Reading
from bot.language.token_types import Token
from bot.language.vocabulary import Senses, vocabulary

#: A zone that stands so near behind an hour belongs to it.
_NEAR = 2
#: Hong Kong, Rio de Janeiro.
_LONGEST_PLACE = 3
#: A clock that is not the user's, nobody knows whose.
_UNKNOWN = "?"
_HOURS = ("clock", "meridiem", "oclock", "pair", "number", "hour_name")
_NO_PLACE = {"common", "place", "ignored"}


def name_places(found: list[Token], text: str, language: str, now: datetime) -> list[Token]:
    """Let the name of a place beside the word for its time be a zone: "5pm Perth time"."""
    for before, token in pairwise(found):
        if token.may("bare_zone") and any(map(before.may, _HOURS)):
            token.senses = {"zone": token.senses["bare_zone"], "filler": 1}  # 1 pm central
    for first, last in _places(found):
        said = text[found[first].start : found[last - 1].end]
        zones = _zones(said, language, now)
        ahead = found[first - 1] if first else None
        is_unknown = any(not token.senses for token in found[first:last])
        is_after_hour = ahead is not None and any(map(ahead.may, _HOURS))
        is_said_so = last < len(found) and found[last].may("clock_word")
        if zones or (is_said_so and is_unknown and (is_after_hour or (ahead and ahead.may("clock_of")))):
            senses: Senses = {"zone": " ".join(zones) or _UNKNOWN, "place_clock": 1, "filler": 1}
            named = Token(said, found[first].start, found[last - 1].end, senses)
            return [*found[:first], named, *found[last:]]
    return found


def _places(found: list[Token]) -> Iterator[tuple[int, int]]:
    """Return where places may stand: unknown words before "time", or behind "by" in Russian."""
    for index, token in enumerate(found):
        if token.may("clock_word"):
            for length in range(min(_LONGEST_PLACE, index), 0, -1):
                if all(map(_may_be_place, found[index - length : index])):
                    yield index - length, index
        elif token.may("clock_of") and index + 1 < len(found) and _may_be_place(found[index + 1]):
            yield index + 1, index + 2


def _may_be_place(token: Token) -> bool:
    return token.text.isalpha() and (token.guessed or token.senses.keys() <= _NO_PLACE)


def _zones(said: str, language: str, now: datetime) -> list[str]:
    """Return the zones of a place, its name cut down from an adjective where that helps."""
    from bot.language.places import zones_of

    endings = vocabulary(language).settings.get("place_endings", ())
    stems = [said.removesuffix(ending) for ending in endings if said.endswith(ending)]
    return next((zones for stem in (said, *stems) if (zones := zones_of(stem, language, now))), [])


def on_users_clock(reading: Reading, around: Iterable[Token], context: Context) -> Reading:
    """Return what the user's clock shows at the hour of a place, or the question which clock is meant.

    Abbreviations are asked about: many say EST in summer.
    """
    named = [token for token in around if token.may("zone")]
    zones = [str(token.senses["zone"]).split() for token in named]
    if not zones or not isinstance(reading, AtTime):
        return reading
    if any(choices == [_UNKNOWN] for choices in zones):
        return Ask("dates.not_understood", (reading,))
    meant = [[_converted(reading, zone, context) for zone in choices] for choices in zones]
    if all(reading in choices for choices in meant):
        return reading
    is_place = all(token.may("place_clock") for token in named) and len(named) == len(meant[0]) == 1
    if is_place and _keeps_side(reading, meant[0][0], context):
        return meant[0][0]
    return Ask("dates.which_of", tuple(dict.fromkeys((*(choices[0] for choices in meant), reading))))


def _keeps_side(one: AtTime, other: AtTime, context: Context) -> bool:
    """Tell whether both are over, or both to come."""
    now = context.now.replace(tzinfo=None)
    over = [datetime.combine(at.date, at.time) < now for at in (one, other)]
    return over[0] == over[1]


def near(one: Found, zones: Iterable[Token]) -> list[Token]:
    """Return the zones inside a date that was found, and directly behind it."""
    return [token for token in zones if any(start <= token.start <= end + _NEAR for start, end in one.parts)]


def _converted(reading: AtTime, zone: str, context: Context) -> AtTime:
    """Return what the user's clock shows at that hour of the zone."""
    there = datetime.combine(reading.date, reading.time, ZoneInfo(zone))
    here = there.astimezone(context.now.tzinfo)
    return AtTime(here.date(), here.time().replace(tzinfo=None))
