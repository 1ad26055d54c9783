"""Every line of the corpora of dates is one case."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.language.dates import Ask, AtTime, Invalid, NothingPromised, OnDate, Question, Reading, read_date

CORPORA = Path(__file__).parents[2] / "corpora"
ROWS = [
    json.loads(line)
    for name in ("dates_ru.jsonl", "dates_en.jsonl", "dates_fresh_ru.jsonl", "dates_fresh_en.jsonl")
    for line in (CORPORA / name).read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_reads_as_labelled(row: dict[str, Any]) -> None:
    reading = read_date(
        row["text"],
        language=row["lang"],
        question=Question(row["question"]),
        now=datetime.fromisoformat(row["now"]).replace(tzinfo=ZoneInfo(row["tz"])),
        zone=row["tz"],
    )

    assert outcome(reading) in [expected(one) for one in (row["expect"], *row["accept"])], reading


def outcome(reading: Reading) -> tuple[str, str | None, str | None]:
    match reading:
        case AtTime(day, hour):
            return "datetime", str(day), f"{hour:%H:%M}"
        case OnDate(day):
            return "date", str(day), None
        case Ask():
            return "ask", None, None
        case Invalid():
            return "invalid", None, None
        case NothingPromised():
            return "none", None, None


def expected(one: dict[str, Any]) -> tuple[str, str | None, str | None]:
    return one["kind"], one["date"], one["time"]
