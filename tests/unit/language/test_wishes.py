"""When to remind and until when somebody is off, in people's own words."""

from datetime import UTC, datetime

import pytest

from bot.language.dates import read_date
from bot.language.readings import AtTime, Question, Reading

#: A Thursday, three in the afternoon in Moscow and one in London.
NOW = datetime(2026, 7, 9, 12, tzinfo=UTC)
ZONES = {"ru": ("Europe/Moscow", "RU"), "en": ("Europe/London", "GB")}


def read(text: str, language: str, question: Question, now: datetime = NOW) -> Reading:
    zone, country = ZONES[language]
    return read_date(text, language=language, question=question, now=now, zone=zone, country=country)


def said(reading: Reading) -> str:
    """Return a reading as a table shows it: a day, a day and an hour, or the question."""
    match reading:
        case AtTime():
            return f"{reading.date:%d.%m} {reading.time:%H:%M}"
        case _:
            return f"{reading.date:%d.%m}" if hasattr(reading, "date") else reading.key


@pytest.mark.parametrize(
    ("language", "text", "meant"),
    [
        ("ru", "через час", "09.07 16:00"),
        ("ru", "через пару часов", "09.07 17:00"),
        ("ru", "часа через два", "09.07 17:00"),
        ("ru", "через полчаса", "09.07 15:30"),
        ("ru", "после обеда", "10.07 14:00"),  # today's is over
        ("ru", "вечером", "09.07 18:00"),
        ("ru", "после работы", "09.07 18:00"),
        ("ru", "сегодня вечером", "09.07 18:00"),
        ("ru", "утром", "10.07 10:00"),
        ("ru", "завтра", "10.07"),
        ("ru", "завтра утром", "10.07 10:00"),
        ("ru", "напомните завтра в 11", "10.07 11:00"),
        ("ru", "в 18", "09.07 18:00"),
        ("ru", "к шести", "09.07 18:00"),
        ("ru", "в понедельник после обеда", "13.07 14:00"),
        ("ru", "когда вернусь в понедельник", "13.07"),
        ("ru", "на той неделе", "13.07"),
        ("ru", "в конце недели", "10.07"),
        ("ru", "в начале следующей недели", "13.07"),
        ("ru", "после выходных", "13.07"),
        ("ru", "на выходных", "11.07"),
        ("ru", "до 15 июля", "15.07"),
        ("ru", "после вторника", "15.07"),
        ("ru", "не раньше вторника", "14.07"),
        ("ru", "через пару дней", "11.07"),
        ("ru", "отложи на 3 дня", "12.07"),
        ("ru", "в 3 дня", "10.07 15:00"),
        ("ru", "сегодня утром", "dates.already_past"),
        ("ru", "позже", "dates.vague"),
        ("ru", "через день", "dates.which_of"),
        ("ru", "не знаю", "dates.not_understood"),
        ("en", "in two hours", "09.07 15:00"),
        ("en", "in an hour or so", "09.07 14:00"),
        ("en", "in a couple of hours", "09.07 15:00"),
        ("en", "after lunch", "09.07 14:00"),
        ("en", "this afternoon", "09.07 14:00"),
        ("en", "tonight", "09.07 18:00"),
        ("en", "in the morning", "10.07 10:00"),
        ("en", "first thing Monday", "13.07 10:00"),
        ("en", "tomorrow", "10.07"),
        ("en", "remind me tomorrow morning", "10.07 10:00"),
        ("en", "at 6", "09.07 18:00"),
        ("en", "when I am back on Monday", "13.07"),
        ("en", "next week", "13.07"),
        ("en", "the end of the week", "10.07"),
        ("en", "after the weekend", "13.07"),
        ("en", "at the weekend", "11.07"),
        ("en", "after Tuesday", "15.07"),
        ("en", "not before Tuesday", "14.07"),
        ("en", "tomorrow at 7", "dates.which_of"),
        ("en", "later", "dates.vague"),
    ],
)
def test_when_to_remind(language: str, text: str, meant: str) -> None:
    assert said(read(text, language, Question.REMIND)) == meant


@pytest.mark.parametrize(
    ("language", "text", "meant"),
    [
        ("ru", "до 3 августа", "03.08"),
        ("ru", "до понедельника", "13.07"),
        ("ru", "на две недели", "23.07"),
        ("ru", "неделю", "16.07"),
        ("ru", "на пару недель", "23.07"),
        ("ru", "на 3 дня", "12.07"),
        ("ru", "на месяц", "09.08"),
        ("ru", "до конца недели", "13.07"),
        ("ru", "до конца месяца", "01.08"),
        ("ru", "до конца дня", "10.07"),
        ("ru", "до августа", "01.08"),
        ("ru", "на выходные", "13.07"),
        ("ru", "до выходных", "11.07"),
        ("ru", "вернусь в понедельник", "13.07"),
        ("ru", "вернусь 20-го", "20.07"),
        ("ru", "меня не будет до 20 июля", "20.07"),
        ("ru", "в отпуске до 25 июля", "25.07"),
        ("ru", "до понедельника, 14:00", "13.07 14:00"),
        ("en", "until 3 August", "03.08"),
        ("en", "I am off until 20 July", "20.07"),
        ("en", "for two weeks", "23.07"),
        ("en", "for a couple of weeks", "23.07"),
        ("en", "until the end of the week", "13.07"),
        ("en", "until the end of the month", "01.08"),
        ("en", "until August", "01.08"),
        ("en", "over the weekend", "13.07"),
        ("en", "until the weekend", "11.07"),
        ("en", "I'm back on Monday", "13.07"),
        ("en", "back on the 20th", "20.07"),
        ("en", "on holiday until 25 July", "25.07"),
        ("en", "no idea", "dates.not_understood"),
    ],
)
def test_until_when_somebody_is_off(language: str, text: str, meant: str) -> None:
    assert said(read(text, language, Question.RETURN)) == meant


def test_after_the_weekend_comes_a_working_day() -> None:
    """H1: Monday, 24 August 2026 is told to be a day off."""
    now = datetime(2026, 8, 20, 12, tzinfo=UTC)
    reading = read_date(
        "after the weekend",
        language="en",
        question=Question.REMIND,
        now=now,
        zone="Europe/London",
        is_working_day=lambda day: day.weekday() < 5 and day.day != 24,
    )

    assert said(reading) == "25.08"


@pytest.mark.parametrize("question", [Question.REMIND, Question.RETURN])
@pytest.mark.parametrize("text", ["", "?", "x" * 1000, "после", "after after", "до и после"])
def test_nonsense_is_asked_about(text: str, question: Question) -> None:
    for language in ZONES:
        assert said(read(text, language, question)).startswith("dates.")
