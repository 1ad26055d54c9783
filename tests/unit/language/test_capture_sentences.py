"""Ordinary companies, positions and people are read from ordinary sentences, whichever way they are put."""

import json
from datetime import datetime
from itertools import cycle, product
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.language.capture import read_capture

#: For each language: sentences, and what may stand in their gaps; Russian words in the cases they need.
PATH = Path(__file__).parents[2] / "corpora" / "notes_in_sentences.json"
SETS: list[dict[str, Any]] = json.loads(PATH.read_text(encoding="utf-8"))
SENTENCES = [
    pytest.param(one, sentence, id=f"{one['language']}: {sentence}")
    for one in SETS
    for sentence in one["sentences"]
]
PLACES = {"en": ("America/New_York", "US"), "ru": ("Europe/Moscow", "RU")}


@pytest.mark.parametrize(("one", "sentence"), SENTENCES)
def test_ordinary_notes_are_read(one: dict[str, Any], sentence: str) -> None:
    people, days = cycle(one["people"]), cycle(one["days"])
    misread = {}
    for company, position in product(one["companies"], one["positions"]):
        person = next(people)
        text = sentence.format(d=next(days), **company, **position, **person)
        got = read(text, one["language"])
        named = got[0] in company.values()  # a Russian name of two words may keep its case
        if not named or got[1:] != (position["p"], person["n"] if "{n" in sentence else None):
            misread[text] = got
    assert misread == {}


def read(text: str, language: str) -> tuple[str | None, str | None, str | None]:
    zone, country = PLACES[language]
    now = datetime(2026, 9, 16, 13, 45, tzinfo=ZoneInfo(zone))
    read = read_capture(text, language=language, now=now, zone=zone, country=country)
    return read.company, read.position, read.contact_name
