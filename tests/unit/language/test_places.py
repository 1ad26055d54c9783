"""Where a user lives: what they type finds their zone: its name, a city, a country, an hour, an offset."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from bot.language.places import (
    LIKELY_ZONES,
    _zones,
    countries_named,
    country_of,
    place_name,
    zones_of,
)

SUMMER = datetime(2026, 7, 14, 9, 10, tzinfo=UTC)
WINTER = datetime(2026, 1, 14, 9, 10, tzinfo=UTC)
LANGUAGES = ("en", "ru")

zones = st.sampled_from(_zones())
languages = st.sampled_from(LANGUAGES)
moments = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_zone_is_found_by_its_name(language: str) -> None:
    lost = [zone for zone in _zones() if zone not in zones_of(place_name(zone, language), language, SUMMER)]

    assert lost == []


@given(zones, languages, st.sampled_from([str.upper, str.lower, "  {}  ".format]))
def test_a_name_is_found_however_it_is_typed(zone: str, language: str, typed: type[str]) -> None:
    name = place_name(zone, language)

    assert zones_of(typed(name), language, SUMMER) == zones_of(name, language, SUMMER)


@given(moments, st.integers(0, 23), st.sampled_from([0, 5, 30, 45]), languages)
def test_a_typed_hour_finds_zones_that_show_it(now: datetime, hour: int, minute: int, language: str) -> None:
    found = zones_of(f"{hour}:{minute:02}", language, now)

    assert len(found) <= 6
    for zone in found:
        shown = now.astimezone(ZoneInfo(zone))
        gap = abs((shown.hour - hour) * 60 + shown.minute - minute)
        assert min(gap, 24 * 60 - gap) <= 20


@given(moments, st.sampled_from(_zones()), languages)
def test_the_hour_of_a_place_finds_a_place_that_shows_it(now: datetime, zone: str, language: str) -> None:
    shown = now.astimezone(ZoneInfo(zone))

    assert zones_of(f"{shown:%H:%M}", language, now)


@given(st.text(max_size=40), languages)
def test_anything_typed_leads_to_zones_or_to_nothing(said: str, language: str) -> None:
    found = zones_of(said, language, SUMMER)

    assert len(set(found)) == len(found)
    assert set(found) <= set(_zones())


@pytest.mark.parametrize(
    ("said", "language", "now", "zones"),
    [
        ("Москва", "ru", SUMMER, ["Europe/Moscow"]),
        ("moscow", "ru", SUMMER, ["Europe/Moscow"]),
        ("Нью-Йорк", "ru", SUMMER, ["America/New_York"]),
        ("new york", "en", SUMMER, ["America/New_York"]),
        # a slip of the finger
        ("Москав", "ru", SUMMER, ["Europe/Moscow"]),
        ("Londn", "en", SUMMER, ["Europe/London"]),
        # the beginning of a name
        ("Екатер", "ru", SUMMER, ["Asia/Yekaterinburg"]),
        # a country with one zone
        ("Япония", "ru", SUMMER, ["Asia/Tokyo"]),
        ("Japan", "en", SUMMER, ["Asia/Tokyo"]),
        # offsets, from Greenwich and from Moscow
        ("UTC+5:30", "en", SUMMER, ["Asia/Kolkata", "Asia/Colombo"]),
        ("МСК+9", "ru", SUMMER, ["Asia/Kamchatka"]),
        # nothing of the kind
        ("qwxzkj", "en", SUMMER, []),
        ("", "en", SUMMER, []),
    ],
)
def test_what_people_type(said: str, language: str, now: datetime, zones: list[str]) -> None:
    found = zones_of(said, language, now)

    assert found[: len(zones)] == zones
    assert found if zones else not found


@pytest.mark.parametrize(
    ("said", "language", "now", "first"),
    [
        ("12:10", "ru", SUMMER, "Europe/Moscow"),  # UTC+3
        ("5:10", "en", SUMMER, "America/New_York"),  # in summer four hours behind
        ("4:10", "en", WINTER, "America/New_York"),  # in winter five
        ("5.10 am", "en", SUMMER, "America/New_York"),
        ("UTC+3", "ru", SUMMER, "Europe/Moscow"),
        ("+3", "ru", SUMMER, "Europe/Moscow"),
        ("UTC-4", "en", SUMMER, "America/New_York"),
        ("UTC−5", "en", WINTER, "America/New_York"),
        ("Россия", "ru", SUMMER, "Europe/Moscow"),
        ("USA", "en", SUMMER, "America/New_York"),
    ],
)
def test_the_likeliest_place_comes_first(said: str, language: str, now: datetime, first: str) -> None:
    found = zones_of(said, language, now)

    assert 1 < len(found) <= 6
    assert found[0] == first


@pytest.mark.parametrize("language", LANGUAGES)
def test_likely_zones_are_zones(language: str) -> None:
    assert set(LIKELY_ZONES[language]) <= set(_zones())


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/Moscow", "RU"),
        ("America/New_York", "US"),
        ("Asia/Almaty", "KZ"),
        ("UTC", None),
        ("Nowhere/City", None),
    ],
)
def test_country_of(zone: str, country: str | None) -> None:
    assert country_of(zone) == country


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_is_found_by_its_name(language: str) -> None:
    names = {code: name for code, name in Locale.parse(language).territories.items() if len(code) == 2}
    places = {
        code: name for code, name in names.items() if code.isalpha() and code in _countries_with_zones()
    }

    assert {code: countries_named(name, language) for code, name in places.items()} == {
        code: [code] for code in places
    }


def _countries_with_zones() -> set[str]:
    return {country for zone in _zones() if (country := country_of(zone))}


@pytest.mark.parametrize(
    ("said", "language", "codes"),
    [
        ("Россия", "ru", ["RU"]),
        ("россия", "en", ["RU"]),
        ("Russia", "ru", ["RU"]),
        ("Росия", "ru", ["RU"]),
        ("zzzzz", "en", []),
    ],
)
def test_countries_named(said: str, language: str, codes: list[str]) -> None:
    assert countries_named(said, language) == codes


@pytest.mark.parametrize(
    ("zone", "language", "name"),
    [
        ("Europe/Moscow", "ru", "Москва"),
        ("Europe/Moscow", "en", "Moscow"),
        ("America/New_York", "ru", "Нью-Йорк"),
    ],
)
def test_place_names(zone: str, language: str, name: str) -> None:
    assert place_name(zone, language) == name
