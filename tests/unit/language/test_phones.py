"""Phone numbers in the forms people type."""

import pytest

from bot.language.phones import Phone, find_phones, normalised


@pytest.mark.parametrize(
    ("typed", "country", "number"),
    [
        ("8 900 000-20-01", "RU", "+79000002001"),
        ("+7 (900) 000-20-01 доб. 12", "RU", "+79000002001x12"),
        ("(303) 555-0101", "US", "+13035550101"),
        ("303.555.0101 ext 4", "US", "+13035550101x4"),
        ("020 7946 0958", "GB", "+442079460958"),
        ("+44 20 7946 0958", "US", "+442079460958"),
        ("8 900 000-20-01", None, "+79000002001"),
        # what cannot be read stays as typed
        ("555 0142", "US", "555 0142"),
        ("ask at the desk", "US", "ask at the desk"),
    ],
)
def test_a_number_becomes_e164(typed: str, country: str | None, number: str) -> None:
    assert normalised(typed, "ru", country) == number


@pytest.mark.parametrize(
    ("typed", "country", "zone", "number"),
    [
        ("020 7946 0958", None, "Europe/London", "+442079460958"),
        ("0712 000 123", None, "Africa/Nairobi", "+254712000123"),
        ("8 701 000 12 34", None, "Asia/Almaty", "+77010001234"),
        # the user's country first, then the zone's
        ("(303) 555-0101", "US", "Europe/London", "+13035550101"),
        ("087 000 1234", "US", "Europe/Dublin", "+353870001234"),
        # an area code that is in no table
        ("07700 900 213", None, "Europe/London", "+447700900213"),
        ("8 029 000-12-45", None, "Europe/Minsk", "+375290001245"),
        ("+375 29 000 66 77", None, "Europe/Minsk", "+375290006677"),
        ("020 7946 0958 ext. 22", None, "Europe/London", "+442079460958x22"),
    ],
)
def test_a_local_number_belongs_to_the_country_of_the_user(
    typed: str, country: str | None, zone: str, number: str
) -> None:
    assert normalised(typed, "en", country, zone) == number


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("19.08 10:45 8 900 000 20 01", (Phone("+79000002001", 12, 27),)),
        ("89000002001 16 часов", (Phone("+79000002001", 0, 11),)),
        ("12.08.2026 10:45", ()),
        ("зп 100000 руб", ()),
    ],
)
def test_dates_and_sums_are_no_numbers(text: str, found: tuple[Phone, ...]) -> None:
    assert find_phones(text, "ru", "RU") == found
