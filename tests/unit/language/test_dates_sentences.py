"""A date in a sentence, as people answer, is the date alone: the words around it change nothing."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.language.dates import Question, read_date
from bot.language.readings import Ask, OnDate, Reading

#: For each language and question: sentences, and what may stand in their gap.
PATH = Path(__file__).parents[2] / "corpora" / "dates_in_sentences.json"
SETS: list[dict[str, Any]] = json.loads(PATH.read_text(encoding="utf-8"))
SENTENCES = [
    pytest.param(one, sentence, id=f"{one['question']}: {sentence}")
    for one in SETS
    for sentence in one["sentences"]
]
ZONES = {"en": "America/New_York", "ru": "Europe/Moscow"}


def read(text: str, language: str, question: str) -> Reading:
    zone = ZONES[language]
    now = datetime(2026, 9, 16, 13, 45, tzinfo=ZoneInfo(zone))
    return read_date(text, language=language, question=Question(question), now=now, zone=zone)


@pytest.mark.parametrize(("one", "sentence"), SENTENCES)
def test_a_date_in_a_sentence_is_the_date_alone(one: dict[str, Any], sentence: str) -> None:
    alone = {day: read(day, one["language"], one["question"]) for day in one["dates"]}
    said = {day: read(sentence.format(day), one["language"], one["question"]) for day in one["dates"]}
    assert said == alone
    assert [
        day for day, reading in alone.items() if isinstance(reading, Ask) and not reading.candidates
    ] == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "we talked yesterday for an hour"),
        ("en", "yesterday, about an hour"),
        ("en", "yesterday for 2 hours"),
        ("ru", "вчера, часа полтора"),
        ("ru", "вчера часа два"),
    ],
)
def test_how_long_it_took_is_no_hour_of_the_day(language: str, text: str) -> None:
    assert read(text, language, "interview_past") == OnDate(date(2026, 9, 15))


def test_an_hour_with_a_length_beside_it_is_asked_about() -> None:
    assert isinstance(read("вчера в десять, часа полтора", "ru", "interview_past"), Ask)
