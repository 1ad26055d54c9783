"""One-line notes: whole captures, and what holds for any text."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bench.scores.captures import fields, is_right, read
from bot.domain.vacancy import Channel, Role, RoleType, Who
from bot.language.capture import Capture, read_capture

CORPORA = Path(__file__).parents[2] / "corpora"
ROWS = [
    json.loads(line)
    for name in ("capture_ru.jsonl", "capture_en.jsonl")
    for line in (CORPORA / name).read_text(encoding="utf-8").splitlines()
]
NOW = datetime(2026, 8, 12, 8, tzinfo=UTC)
MOSCOW = ZoneInfo("Europe/Moscow")


def capture(text: str, language: str = "en") -> Capture:
    return read_capture(text, language=language, now=NOW, zone="Europe/Moscow")


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_reads_as_labelled(row: dict[str, Any]) -> None:
    got = fields(read(row))

    assert [name for name in got if not is_right(row, got, name)] == [], got


def test_a_whole_note_in_russian() -> None:
    text = "второе собеседование в Яндексе на директора по продажам, 19.08 в 10:45, Ольга Петровна из кадров"

    assert capture(text, "ru") == Capture(
        company="Яндекс",
        position="директор по продажам",
        contact_name="Ольга Петровна",
        contact_role=Role.HR,
        interview_at=datetime(2026, 8, 19, 10, 45, tzinfo=MOSCOW),
        stage=2,
        role_type=RoleType.SENIOR,
    )


def test_a_whole_note_in_english() -> None:
    text = "Met Jane Roe (HR) at Heatworks on Aug 10, sales rep, a test, they'll call me by Aug 20, @jane_roe"

    assert capture(text) == Capture(
        company="Heatworks",
        position="sales rep",
        contact_name="Jane Roe",
        contact_role=Role.HR,
        username="jane_roe",
        interview_at=date(2026, 8, 10),
        promised_on=date(2026, 8, 20),
        who_contacts=Who.EMPLOYER,
        channel=Channel.PHONE,
        tests=True,
        role_type=RoleType.SALES,
    )


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("want to add a meeting", "en"),
        ("I think it went well", "en"),
        ("thanks!", "en"),
        ("", "en"),
        ("хочу записать встречу", "ru"),
        ("не знаю, что писать", "ru"),
        ("привет", "ru"),
    ],
)
def test_a_text_without_data_is_empty(text: str, language: str) -> None:
    assert capture(text, language).is_empty


def test_a_guess_is_to_be_confirmed() -> None:
    assert capture("Brightwell, cutter, Aug 20").doubtful == ("company",)


DENSE = st.lists(
    st.sampled_from([",", ".:", "«", "»", "@a", "+7", "8", "в", "с", "Яндекс", "Olga", "HR", "cook"])
)


@given(text=st.one_of(st.text(max_size=300), DENSE.map(" ".join)))
@example(text="A:\N{TANGUT COMPONENT-001}\U00017000")
def test_any_text_is_read(text: str) -> None:
    read_capture(text, language="ru", now=NOW, zone="Europe/Moscow", country="RU")


@given(row=st.sampled_from(ROWS))
def test_no_letters_are_invented(row: dict[str, Any]) -> None:
    got = read(row)
    for value in (got.company, got.position, got.contact_name):
        for word in (value or "").casefold().replace("ё", "е").split():
            beginning = word.strip("«».,")[:3]
            assert beginning in row["text"].casefold().replace("ё", "е"), (value, row["text"])
