"""Callback data: every button's fits into Telegram's 64 bytes and comes back as it was."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import callbacks
from bot.callbacks import (
    Act,
    Answer,
    Away,
    Beside,
    Callback,
    Card,
    Choose,
    Edit,
    Erase,
    Go,
    Lessons,
    Letter,
    Nav,
    OnDay,
    Open,
    OwnGroup,
    OwnText,
    Page,
    Report,
    Setting,
    Snooze,
    Sort,
    Switch,
    Talk,
    Told,
    Undo,
)
from bot.conversations import typed_fields
from bot.domain import draft
from bot.domain.vacancy import Outcome, Role, RoleType
from bot.domain.weeks import Weekly
from bot.errors import StaleButton
from bot.language.places import LIKELY_ZONES
from bot.views.call_lines import LINES
from bot.views.own_words import GROUPS, TEXTS

KINDS = [kind for kind in vars(callbacks).values() if isinstance(kind, type) and Callback in kind.__bases__]

#: The largest numbers that the bot gives out: ids of vacancies take 53 bits.
ids = st.integers(1, 2**53)
seqs = st.integers(1, 10_000)
items = st.none() | st.integers(1, 99)
isodays = st.dates().map(date.isoformat)
days = isodays | st.sampled_from(["none", "type"])
moments = st.datetimes().map(lambda moment: f"{moment:%Y-%m-%dT%H:%M}")
steps = st.sampled_from([*draft.Question, "typed", "language", "form", "zone", "any"])
fields = st.sampled_from(typed_fields.FIELDS)
zones = st.sampled_from([*LIKELY_ZONES["ru"], "America/Argentina/ComodRivadavia"])
packs = st.sampled_from(TEXTS)
languages = st.sampled_from(["ru", "en"])

buttons = st.one_of(
    st.builds(Go, st.sampled_from(["today", "interview", "vacancies", "settings", "help"])),
    st.builds(Page, st.integers(0, 1), st.integers(0, 10_000)),
    st.builds(Open, ids),
    st.builds(Card, ids, st.sampled_from(["history", "edit", "log", "close", "words", "grounds_letter"])),
    st.builds(Report, ids, seqs, st.sampled_from(Outcome), st.integers(0, 1)),
    st.builds(OnDay, ids, seqs, st.sampled_from(Outcome), st.integers(0, 1), days),
    st.builds(Talk, ids, seqs, st.sampled_from([*LINES]), st.integers(0, 1), st.none() | isodays),
    st.builds(Told, ids, seqs, st.sampled_from([*LINES]), st.sampled_from(Outcome), st.none() | isodays),
    st.builds(Beside, ids, ids, seqs, st.sampled_from(["press", "said", "wrote", "end", "stayed"])),
    st.builds(Lessons, st.integers(0, 10_000)),
    st.builds(
        Snooze,
        ids,
        seqs,
        st.sampled_from(["hour", "lunch", "tomorrow", "monday", "week", "promised", "type"]),
    ),
    st.builds(Away, isodays | moments | st.sampled_from(["ask", "type", "end"])),
    st.builds(
        Sort,
        st.sampled_from(["list", "choose", "settle", "undo"]),
        st.integers(0, 8 * 10**15),
        st.integers(0, 2**32 - 1),
        st.integers(0, 255),
    ),
    st.builds(Switch, st.sampled_from(Weekly), st.sampled_from(["on", "off"])),
    st.builds(Act, ids, seqs, st.sampled_from(["did", "skip", "keep", "reopen", "give_up", "to_reserve"])),
    st.builds(Undo, ids, seqs),
    st.builds(Edit, ids, fields, items),
    st.builds(
        Choose, ids, st.sampled_from(["role_type", "contact_removed"]), items, st.sampled_from(RoleType)
    ),
    st.builds(Answer, steps, st.sampled_from(Role) | moments | zones),
    st.builds(Nav, steps, st.sampled_from(["back", "skip", "cancel", "resume", "enough"])),
    st.builds(Setting, st.sampled_from(["zone", "letter_language"]), st.none() | zones),
    st.builds(Letter, ids, seqs, packs, st.sampled_from(["file", "sent", "in_chat", "not_sent"])),
    st.builds(OwnGroup, languages, st.none() | st.sampled_from([*GROUPS]), st.none() | ids),
    st.builds(OwnText, st.sampled_from(["change", "reset"]), languages, packs, st.none() | ids),
    st.builds(Erase, st.sampled_from(["yes", "no"])),
)


@given(buttons)
def test_a_button_comes_back_as_it_was(button: Callback) -> None:
    packed = button.pack()

    assert len(packed.encode()) <= 64
    assert type(button).unpack(packed) == button
    assert type(button).pattern().fullmatch(packed)


@given(buttons)
def test_no_other_kind_takes_a_button(button: Callback) -> None:
    packed = button.pack()

    assert [kind for kind in KINDS if kind.pattern().match(packed)] == [type(button)]


@given(st.sampled_from(KINDS), st.text())
def test_whatever_comes_back_is_read_or_stale(kind: type[Callback], data: str) -> None:
    """Data is untrusted: a client may send anything."""
    try:
        assert kind.unpack(data).pack()
    except StaleButton:
        return
    except ValueError:  # read, and too long to be one of ours
        assert len(data.encode()) > 60


def test_prefixes_differ() -> None:
    assert len({kind.prefix for kind in KINDS}) == len(KINDS) == 26


@pytest.mark.parametrize(
    ("button", "packed"),
    [
        (Go("today"), "go:today"),
        (Report(7, 3, "vague", 1), "re:7:3:vague:1"),
        (Edit(7, "company"), "ed:7:company:"),
        (Edit(7, "contact", 2), "ed:7:contact:2"),
        (Choose(7, "tests", None, "yes"), "ch:7:tests::yes"),
        (Answer("hour", "10:00"), "an:hour:10:00"),
        (Setting("name"), "se:name:"),
    ],
)
def test_how_it_travels(button: Callback, packed: str) -> None:
    assert button.pack() == packed
    assert type(button).unpack(packed) == button


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (Open, ""),
        (Open, "op"),
        (Open, "op:"),
        (Open, "op:seven"),
        (Open, "op:1.5"),
        (Open, "ca:1"),
        (Open, "op:1:2"),
        (Report, "re:1:2:vague"),
        (Report, "re:1:2::1"),
        (Undo, "un:1:2:3"),
    ],
)
def test_data_of_another_shape_is_stale(kind: type[Callback], data: str) -> None:
    with pytest.raises(StaleButton):
        kind.unpack(data)


def test_too_long_to_travel() -> None:
    with pytest.raises(ValueError, match=r"^an:zone:x+$"):
        Answer("zone", "x" * 64).pack()


@pytest.mark.parametrize(
    ("pattern", "data", "matches"),
    [
        (Go.pattern(place="today"), "go:today", True),
        (Go.pattern(place="today"), "go:todays", False),
        (Act.pattern(deed="tell"), "ac:1:2:tell", True),
        (Act.pattern(deed="tell"), "ac:1:2:did", False),
        (Answer.pattern(step="hour"), "an:hour:10:00", True),
        (Answer.pattern(step="hour"), "an:when:10:00", False),
        (OnDay.pattern(day="type"), "on:1:2:vague:0:type", True),
        (OnDay.pattern(day="type"), "on:1:2:vague:type", False),
        (Open.pattern(), "xop:1", False),
        (Erase.pattern(answer="no"), "er:no\n", False),
    ],
)
def test_patterns_pick_values(pattern: re.Pattern[str], data: str, *, matches: bool) -> None:
    assert bool(pattern.match(data)) is matches
