"""The reader of dates: whole readings, circumstances, and dates inside other text."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.language.dates import (
    Ask,
    AtTime,
    Found,
    Invalid,
    NothingPromised,
    OnDate,
    Question,
    Reading,
    find_dates,
    read_date,
)

FUTURE, PAST, ANY, PROMISE = (
    Question.INTERVIEW_FUTURE,
    Question.INTERVIEW_PAST,
    Question.INTERVIEW_ANY,
    Question.PROMISE,
)
WEDNESDAY = datetime(2026, 8, 12, 8, tzinfo=UTC)


def read(text: str, language: str = "en", question: Question = FUTURE, **circumstances: Any) -> Reading:
    circumstances = {"now": WEDNESDAY, "zone": "Europe/London", **circumstances}
    return read_date(text, language=language, question=question, **circumstances)


def find(text: str, language: str = "en", question: Question = ANY) -> tuple[Found, ...]:
    return find_dates(text, language=language, question=question, now=WEDNESDAY, zone="Europe/London")


def on(day: int, month: int = 8) -> OnDate:
    return OnDate(date(2026, month, day))


def on2027(day: int) -> OnDate:
    return OnDate(date(2027, 8, day))


def at(day: int, hour: int, minute: int = 0, month: int = 8) -> AtTime:
    return AtTime(date(2026, month, day), time(hour, minute))


def test_an_hour_is_on_the_clock_of_the_user() -> None:
    assert at(13, 15).moment("Asia/Tokyo") == datetime(2026, 8, 13, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "question", "reading"),
    [
        # what is in question is asked with the likeliest days
        ("next Friday", FUTURE, Ask("dates.which_of", (on(21), on(14)))),
        ("Wednesday", FUTURE, Ask("dates.which_of", (on(12), on(19)))),
        ("Tuesday or Wednesday at 3", FUTURE, Ask("dates.which_of", (at(18, 15), at(12, 15), at(19, 15)))),
        ("at 7 tomorrow", FUTURE, Ask("dates.which_of", (at(13, 7), at(13, 19)))),
        ("at 3pm", FUTURE, Ask("dates.no_day", (at(12, 15), at(13, 15)))),
        ("in 2 or 3 days", PROMISE, Ask("dates.which_of", (on(14), on(15)))),
        ("in a couple of days", PROMISE, Ask("dates.vague", (on(14),))),
        ("next week", PROMISE, Ask("dates.which_day", (on(21), on(17)))),
        ("Friday, 15 August", FUTURE, Ask("dates.mismatch", (on(15), on(14)))),
        ("not before Friday", PROMISE, Ask("dates.open_ended", (on(14),))),
        ("yesterday", FUTURE, Ask("dates.already_past", (on(11),))),
        ("tomorrow", PAST, Ask("dates.not_yet", (on(13),))),
        ("Friday", ANY, Ask("dates.which_of", (on(14), on(7)))),
        ("soon", PROMISE, Ask("dates.vague")),
        ("where is my phone", PROMISE, Ask("dates.not_understood")),
        ("", PROMISE, Ask("dates.not_understood")),
        # a day that was promised and may be over
        ("they were supposed to call on Monday", PROMISE, Ask("dates.which_of", (on(10), on(17)))),
        ("deadline passed on Friday", PROMISE, Ask("dates.which_of", (on(7), on(14)))),
        ("a week already and nothing", PROMISE, Ask("dates.not_understood")),
        # an arrow is a move, a hyphen a range
        ("Monday 11am -> 2pm", FUTURE, at(17, 14)),
        ("Monday 11am-2pm", FUTURE, at(17, 11)),
        ("Monday 11:00 \u27a1\ufe0f Tuesday 12:30", FUTURE, at(18, 12, 30)),
        # what is put off is no longer in question
        ("not this Friday, next Friday at 3pm", FUTURE, at(21, 15)),
        # what does not exist
        ("31 June", FUTURE, Invalid("dates.no_such_day", "31.06")),
        ("tomorrow at 25:00", FUTURE, Invalid("dates.no_such_hour", "25:00")),
        # nothing promised, which is an answer to one question only
        ("they didn't say", PROMISE, NothingPromised()),
        ("they didn't say", FUTURE, Ask("dates.not_understood")),
        # corrections
        ("Tuesday, no, Wednesday at 3", FUTURE, Ask("dates.which_of", (at(12, 15), at(19, 15)))),
        ("Tuesday at 3, no, Thursday", FUTURE, at(13, 15)),
        ("tomorrow at 3, no, at 4", FUTURE, at(13, 16)),
        # a range of hours, or a usual minute
        ("tomorrow 10-11", FUTURE, at(13, 10)),
        ("tomorrow 9-10", FUTURE, Ask("dates.which_of", (at(13, 9), at(13, 9, 10)))),
        ("14.08-16.08", FUTURE, Ask("dates.which_of", (on(14), on(16)))),
        # what is counted from an event nobody knows, and what only happens after one
        ("the Friday before Labor Day", FUTURE, Ask("dates.not_understood", (on(14),))),
        ("on Friday after school, at 3", FUTURE, at(14, 15)),
        ("tomorrow at 3 after school", FUTURE, at(13, 15)),
        ("tomorrow at 3 or after", FUTURE, Ask("dates.not_understood", (at(13, 15),))),
        ("on Friday surely not", FUTURE, Ask("dates.not_understood", (on(14),))),
        ("from Monday on", PROMISE, Ask("dates.open_ended", (on(17),))),
        # units together
        ("in two hours and ten minutes", FUTURE, at(12, 11, 10)),
        ("a week and two days ago", PAST, on(3)),
        ("August 2027", FUTURE, Ask("dates.which_day", (on2027(31), on2027(1)))),
    ],
)
def test_reads(text: str, question: Question, reading: Reading) -> None:
    assert read(text, question=question) == reading


@pytest.mark.parametrize(
    ("zone", "country", "reading"),
    [
        ("America/Denver", None, on(9, month=8)),
        ("Europe/London", None, on(8, month=9)),
        ("America/Denver", "GB", on(8, month=9)),
        ("UTC", None, Ask("dates.which_of", (on(8, month=9), on(9, month=8)))),
        ("America/Toronto", None, Ask("dates.which_of", (on(8, month=9), on(9, month=8)))),
    ],
)
def test_the_country_orders_day_and_month(zone: str, country: str | None, reading: Reading) -> None:
    now = datetime(2026, 8, 2, 12, tzinfo=UTC)

    assert read("8/9", now=now, zone=zone, country=country) == reading


def test_today_is_the_user_s_day() -> None:
    just_before_midnight_in_london = datetime(2026, 8, 12, 22, 30, tzinfo=UTC)

    assert read("tomorrow", now=just_before_midnight_in_london) == on(13)
    assert read("tomorrow", now=just_before_midnight_in_london, zone="Asia/Tokyo") == on(14)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("tomorrow at 3 pm BST", at(13, 15)),
        ("tomorrow at 3 pm GMT", at(13, 15)),  # what Londoners call their clock all the year round
        ("tomorrow at 3 pm Eastern", Ask("dates.which_of", (at(13, 20), at(13, 15)))),
        ("2026-08-13T15:00Z", Ask("dates.which_of", (at(13, 16), at(13, 15)))),
        ("tomorrow at 15:00 GMT+3", Ask("dates.which_of", (at(13, 13), at(13, 15)))),
        ("tomorrow, Eastern Bank", on(13)),
    ],
)
def test_an_hour_on_another_clock_is_asked_about(text: str, reading: Reading) -> None:
    assert read(text) == reading


def test_a_clock_is_found_beside_its_hour_only() -> None:
    (beside,) = find("tomorrow at 3 pm ET, Blue Door")
    (apart,) = find("tomorrow at 3 pm with Mr Pacific")

    assert beside.reading == Ask("dates.which_of", (at(13, 20), at(13, 15)))
    assert apart.reading == at(13, 15)


def test_working_days_are_the_caller_s() -> None:
    def works(day: date) -> bool:
        return day.weekday() < 5 and day != date(2026, 8, 13)

    assert read("within 2 business days", question=PROMISE) == on(14)
    assert read("within 2 business days", question=PROMISE, is_working_day=works) == on(17)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("March 29 at 1:30 am", Invalid("dates.skipped_hour", "01:30")),  # the clocks go forward
        ("March 29 at 2:30 am", AtTime(date(2026, 3, 29), time(2, 30))),
        ("March 29 at 10", AtTime(date(2026, 3, 29), time(10))),
    ],
)
def test_an_hour_that_the_spring_skips_does_not_exist(text: str, reading: Reading) -> None:
    assert read(text, now=datetime(2026, 3, 20, 12, tzinfo=UTC)) == reading


def test_an_hour_that_the_autumn_repeats_is_the_first() -> None:
    reading = read("October 25 at 1:30 am", now=datetime(2026, 10, 20, 12, tzinfo=UTC))

    assert reading == AtTime(date(2026, 10, 25), time(1, 30))
    assert isinstance(reading, AtTime)
    assert reading.moment("Europe/London").astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_hours_are_counted_across_the_change_of_the_clocks() -> None:
    evening = datetime(2026, 3, 28, 22, tzinfo=ZoneInfo("Europe/London"))

    assert read("in 4 hours", now=evening) == AtTime(date(2026, 3, 29), time(3))


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("want to add a meeting", "en", []),
        ("May will call me", "en", []),
        ("Thursday 9:30 Heatworks, Boris", "en", [("Thursday 9:30", at(13, 9, 30))]),
        (
            "Snowball Factory packer, 1pm the day after tomorrow",
            "en",
            [("1pm the day after tomorrow", at(14, 13))],
        ),
        ("tomorrow, Blue Door Ltd, at 16:00", "en", [("tomorrow|at 16:00", at(13, 16))]),
        ("in room 305 on Aug 14 at noon, 303 555 0101", "en", [("on Aug 14 at noon", at(14, 12))]),
        ("Aug 7 at Thread Studio, answer by the 21st", "en", [("Aug 7", on(7)), ("by the 21st", on(21))]),
        ("завтра в 16, зоопарк, тел 8 900 000-20-01", "ru", [("завтра в 16", at(13, 16))]),
        ("7 августа был в ателье, до 21-го", "ru", [("7 августа", on(7)), ("до 21-го", on(21))]),
        ("💼 Завтра 🕒 в 15:00", "ru", [("Завтра|в 15:00", at(13, 15))]),
    ],
)
def test_finds_dates_where_they_stand(text: str, language: str, found: list[tuple[str, Reading]]) -> None:
    pieces = [
        ("|".join(text[start:end] for start, end in one.parts), one.reading) for one in find(text, language)
    ]

    assert pieces == found


def test_tells_a_deadline() -> None:
    assert [one.deadline for one in find("met them on Monday, they answer by Friday")] == [False, True]
