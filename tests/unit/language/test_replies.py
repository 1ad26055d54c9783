"""Employers' replies: rules of the domain, whole readings, and what holds for any text."""

import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.scores.replies import has_right_day, has_right_label, has_right_technique, read, score
from bot.language.replies import Label, Reply, ReplyTechnique, read_reply
from bot.language.weights import weights
from learning.reply_lesson import origin, read_examples

CORPORA = Path(__file__).parents[2] / "corpora"
ROWS = [
    json.loads(line)
    for name in ("replies_ru.jsonl", "replies_en.jsonl")
    for line in (CORPORA / name).read_text(encoding="utf-8").splitlines()
]
NOW = datetime(2026, 8, 12, 8, tzinfo=UTC)


#: What nobody may misread.
ORDINARY = json.loads((CORPORA / "replies_ordinary.json").read_text(encoding="utf-8"))
#: Never learned from: they stand for what nobody has thought of yet.
UNSEEN = {
    language: [
        json.loads(line)
        for line in (CORPORA / f"replies_unseen_{language}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    for language in ("ru", "en")
}


def reply(text: str, language: str = "en") -> Reply:
    return read_reply(text, language=language, now=NOW, zone="Europe/Moscow")


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_reads_as_labelled(row: dict[str, Any]) -> None:
    got = read(row)

    assert (has_right_label(row, got), has_right_technique(row, got), has_right_day(row, got)) == (
        True,
    ) * 3, got


@pytest.mark.parametrize("row", ORDINARY, ids=[f"{row['language']}-{row['labels'][0]}" for row in ORDINARY])
def test_ordinary_replies_are_read(row: dict[str, Any]) -> None:
    read_as = {text: reply(text, row["language"]).label for text in row["texts"]}

    assert {text: label for text, label in read_as.items() if label not in row["labels"]} == {}


@pytest.mark.parametrize(
    ("rules", "text", "label", "technique"),
    [
        ("R7", "The manager is on sick leave.", Label.NO_DECISION_MAKER, ReplyTechnique.FIND_CONTACT),
        ("R7", "Начальник на больничном.", Label.NO_DECISION_MAKER, ReplyTechnique.FIND_CONTACT),
        ("R22", "In general you suit us for now, we'll see.", Label.VAGUE, ReplyTechnique.OPENING_POSITION),
        ("R22", "В целом пока посмотрим.", Label.VAGUE, ReplyTechnique.OPENING_POSITION),
        ("R26", "We can't make up our minds.", Label.VAGUE, ReplyTechnique.LIGHT_PRESSURE),
        ("R26", "Никак не можем решиться.", Label.VAGUE, ReplyTechnique.LIGHT_PRESSURE),
        ("R58", "We are waiting for the manager to approve it.", Label.ASKED_TO_WAIT, None),
        (
            "R91, R115",
            "An internal candidate gets a chance first.",
            Label.RESERVE,
            ReplyTechnique.KEEP_IN_TOUCH,
        ),
        ("R91", "Внесли вас в кадровый резерв.", Label.RESERVE, ReplyTechnique.KEEP_IN_TOUCH),
        ("R99", "The next stage is a polygraph.", Label.NEXT_STAGE, ReplyTechnique.CONFIRM_STAGE),
        (
            "R114",
            "Another person was chosen, sadly, but we will keep you in mind.",
            Label.POLITE_REFUSAL,
            ReplyTechnique.ASK_MERITS,
        ),
        (
            "R116",
            "We were impressed by your background, however we need someone closer.",
            Label.POLITE_REFUSAL,
            ReplyTechnique.ASK_MERITS,
        ),
        ("R117", "Another candidate was chosen.", Label.DIRECT_REFUSAL, ReplyTechnique.ASK_MERITS),
        ("R1", "You are hired!", Label.OFFER, ReplyTechnique.HANDLE_OFFER),
    ],
)
def test_rules(rules: str, text: str, label: Label, technique: ReplyTechnique | None) -> None:
    language = "en" if text.isascii() else "ru"
    got = reply(text, language)

    assert (got.label, technique and got.technique) == (label, technique), rules


def test_a_whole_reading() -> None:
    text = "Unfortunately Olga is on holiday, but we invite you to an interview on August 20 at 14:00."

    assert reply(text) == Reply(
        label=Label.NEXT_STAGE,
        technique=ReplyTechnique.CONFIRM_STAGE,
        on=date(2026, 8, 20),
        at=time(14),
        quote=text.removesuffix("."),
        confidence=reply(text).confidence,
        alternatives=reply(text).alternatives,
    )


@pytest.mark.parametrize(
    ("text", "language", "hedge"),
    [
        ("In general we like you, we'll see.", "en", "In general"),
        ("Ну, пока что думаем.", "ru", "пока что"),
        ("You are hired!", "en", None),
    ],
)
def test_the_hedge_is_kept_to_be_echoed(text: str, language: str, hedge: str | None) -> None:
    assert reply(text, language).hedge == hedge  # R23


@pytest.mark.parametrize(
    "behind",
    [
        "\n\nOn Mon, Aug 10, 2026, Sam wrote:\n> You are not selected.",
        "\n-----Original Message-----\nWe reject your application.",
        "\n\nBest regards,\nUnfortunately Rejected Ltd",
    ],
)
def test_quoted_letters_and_signatures_do_not_count(behind: str) -> None:
    assert reply("You are hired, welcome aboard!" + behind).label is Label.OFFER


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("We cannot invite you to the next stage.", Label.DIRECT_REFUSAL),
        ("This is not a refusal.", Label.VAGUE),
        ("Maybe we will hire you, maybe not.", Label.VAGUE),
    ],
)
def test_negations_and_doubts_turn_a_reply(text: str, label: Label) -> None:
    assert reply(text).label is label


@pytest.mark.parametrize("language", UNSEEN)
def test_technique_and_day_of_replies_it_never_learned_from(language: str) -> None:
    found = score(UNSEEN[language]).fields

    assert found["technique"] >= 0.98
    assert found["day"] >= 0.97


def test_what_is_kept_back_is_not_among_the_examples() -> None:
    learned = {(example.language, example.text) for example in read_examples()}
    kept_back = {(language, row["text"]) for language, rows in UNSEEN.items() for row in rows}

    assert kept_back & learned == set()


def test_the_weights_come_from_the_examples_as_they_are() -> None:
    assert weights("replies").header.origin == origin(), "run make learn"


def test_every_label_has_examples_in_every_language() -> None:
    shown = {(example.language, example.label) for example in read_examples()}

    assert shown == {(language, label) for language in ("ru", "en") for label in Label}


@given(text=st.text(max_size=400), language=st.sampled_from(["ru", "en"]))
def test_any_text_is_read_and_quoted(text: str, language: str) -> None:
    got = reply(text, language)

    assert got.quote in text
    assert got.hedge is None or got.hedge in text
    assert 0 <= got.confidence <= 1


@given(row=st.sampled_from(ROWS))
def test_quotes_are_words_of_the_reply(row: dict[str, Any]) -> None:
    got = read(row)

    assert got.quote in row["text"]
    assert got.label not in got.alternatives
