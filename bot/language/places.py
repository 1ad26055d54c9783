"""Places people live in: typed cities, countries, hours and offsets to time zones; zones to countries.

Names come from the Unicode CLDR through Babel, in every language the bot speaks, and from `cities.toml` for
cities that give no zone its name.
"""

import re
import tomllib
from collections import defaultdict
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location
from babel.languages import get_official_languages

#: Offered before anything is typed, the likeliest first.
LIKELY_ZONES: dict[str, tuple[str, ...]] = {
    "ru": ("Europe/Moscow", "Asia/Yekaterinburg", "Asia/Novosibirsk", "Europe/Samara"),
    "en": ("America/New_York", "America/Chicago", "America/Los_Angeles", "Europe/London"),
}
#: CLDR's "unknown region", for zones such as Etc/GMT+5.
_NOWHERE = "ZZ"
#: More than these are no choice any more.
_MOST = 6
#: Alike enough to be a slip of the finger.
_ALIKE = 83
_HOUR = re.compile(r"(\d{1,2})[:.\s](\d{2})\s*(am|pm)?", re.IGNORECASE)
_OFFSET = re.compile(r"(?:[^\W\d]{3})?\s*([+−-])\s*(\d{1,2})(?::?([03]0|45))?", re.IGNORECASE)
#: How far a clock that somebody reads out may be off.
_SLACK = timedelta(minutes=20)


def zones_of(said: str, language: str, now: datetime) -> list[str]:
    """Return the zones that a typed place, offset or present hour may mean, the likeliest first."""
    said = " ".join(said.split())
    if match := _OFFSET.fullmatch(said):
        return _ranked(_at_offset(_offset(match, said, now), now), language)[:_MOST]
    if match := _HOUR.fullmatch(said):
        return _ranked(_where_it_is(match, now), language)[:_MOST]
    named = _named(said)
    return _ranked(named, language)[:_MOST] if len(named) > 1 else named


def country_of(zone: str) -> str | None:
    """Return the ISO 3166 code of the country a zone belongs to."""
    territory = get_global("zone_territories").get(zone)
    return territory if territory and territory != _NOWHERE and len(territory) == 2 else None


def countries_named(said: str, language: str) -> list[str]:
    """Return the ISO 3166 codes of the countries that are called so, the best match first."""
    return sorted(
        _match(said, _country_names()) or (),
        key=lambda code: language not in get_official_languages(code, de_facto=True),
    )


def place_name(zone: str, language: str) -> str:
    """Return the city that stands for a zone."""
    # Given a name, Babel would load another library's table of every zone.
    return get_timezone_location(ZoneInfo(zone), locale=language, return_city=True)


@cache
def _languages() -> tuple[str, ...]:
    return tuple(
        sorted(path.name for path in Path(__file__).parent.iterdir() if (path / "cities.toml").exists())
    )


@cache
def _zones() -> tuple[str, ...]:
    """Return one zone for each city, links left out."""
    aliases = get_global("zone_aliases")
    zones = get_global("zone_territories")
    return tuple(sorted(zone for zone in zones if zone not in aliases and country_of(zone)))


@cache
def _city_names() -> dict[str, tuple[str, ...]]:
    names: dict[str, list[str]] = defaultdict(list)
    for language in _languages():
        for zone in _zones():
            names[_folded(place_name(zone, language))].append(zone)
        for zone, cities in _table(language, "zones").items():
            for city in cities:
                names[_folded(city)].append(zone)
    return {name: tuple(dict.fromkeys(zones)) for name, zones in names.items()}


@cache
def _country_names() -> dict[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {}
    for language in _languages():
        for code, called in _table(language, "countries").items():
            names.update({_folded(name): (code,) for name in called})
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha():
                names.setdefault(_folded(name), (code,))
    return names


def _table(language: str, name: str) -> dict[str, list[str]]:
    path = Path(__file__).parent / language / "cities.toml"
    table: dict[str, list[str]] = tomllib.loads(path.read_text("utf-8"))[name]
    return table


def _named(said: str) -> list[str]:
    """Return the zones of a city, or of a country."""
    exact = _city_names().get(_folded(said))
    if exact:
        return list(exact)
    countries = _country_names().get(_folded(said)) or ()
    of_country = [zone for zone in _zones() if country_of(zone) in countries]
    return of_country or list(_match(said, _city_names()) or ())


def _match(said: str, names: dict[str, tuple[str, ...]]) -> tuple[str, ...] | None:
    """Return what is called so, slips of the finger forgiven."""
    folded = _folded(said)
    if folded in names:
        return names[folded]
    if len(folded) < 3:
        return None
    begun = [zones for name, zones in names.items() if name.startswith(folded)]
    if begun and len(folded) >= 4:
        return tuple(dict.fromkeys(zone for zones in begun for zone in zones))
    from rapidfuzz import fuzz, process

    found = process.extractOne(folded, names.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return names[found[0]] if found else None


def _at_offset(offset: timedelta, now: datetime) -> list[str]:
    return [zone for zone in _zones() if now.astimezone(ZoneInfo(zone)).utcoffset() == offset]


def _where_it_is(match: re.Match[str], now: datetime) -> list[str]:
    """Return the zones whose clocks show this hour now."""
    hour, minute = int(match[1]), int(match[2])
    if match[3]:
        hour = hour % 12 + 12 * (match[3].lower() == "pm")
    said = timedelta(hours=hour, minutes=minute)
    found = []
    for zone in _zones():
        local = now.astimezone(ZoneInfo(zone))
        gap = abs(timedelta(hours=local.hour, minutes=local.minute) - said)
        if min(gap, timedelta(days=1) - gap) <= _SLACK:
            found.append(zone)
    return found


def _offset(match: re.Match[str], said: str, now: datetime) -> timedelta:
    size = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    base = _city_names().get(_folded(said[:3]), ())  # "MSK+2" counts from Moscow, "UTC+5" from Greenwich
    start = now.astimezone(ZoneInfo(base[0])).utcoffset() if base and base[0] != "Europe/London" else None
    return (start or timedelta()) + (size if match[1] == "+" else -size)


def _ranked(zones: list[str], language: str) -> list[str]:
    """Return the zones, where this language is spoken first, well-known ones before the others."""
    likely = [zone for known in LIKELY_ZONES.values() for zone in known]

    def rank(zone: str) -> tuple[bool, int, bool, str]:
        spoken = get_official_languages(country_of(zone) or "", de_facto=True)
        known = likely.index(zone) if zone in likely else len(likely)
        return language not in spoken, known, zone not in _tabled(), zone

    return sorted(zones, key=rank)


@cache
def _tabled() -> frozenset[str]:
    """Return the zones with cities of their own in a table: where most people live."""
    return frozenset(zone for language in _languages() for zone in _table(language, "zones"))


def _folded(name: str) -> str:
    return re.sub(r"[\s\-–.'’]+", " ", name.casefold().replace("\u0451", "\u0435")).strip()
