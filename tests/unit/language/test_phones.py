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
