"""Vacancies side by side: one employer under several names, what was done there, who still waits."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.domain.facts import Answered, Event, InterviewSet, LessonLearned, Opened, Reopened, Touched
from bot.domain.history import fold
from bot.domain.neighbours import (
    Around,
    around,
    is_same_company,
    still_waiting,
    to_be_told,
    with_neighbours,
)
from bot.domain.vacancy import Channel, Interview, Lesson, Outcome, Technique, Vacancy

NOW = datetime(2026, 8, 11, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def vacancy(number: int, company: str, *reports: object, held: bool = True) -> Vacancy:
    interview = InterviewSet(Interview(starts_at=NOW - 7 * 24 * HOUR if held else NOW + 24 * HOUR))
    events = [Event(1, NOW - 8 * 24 * HOUR, (Opened(company), interview))]
    events += [Event(seq, NOW + seq * HOUR, (fact,)) for seq, fact in enumerate(reports, start=2)]
    return fold(number, 1, events)


def touched(technique: Technique = Technique.CALL, *, reached: bool = True) -> Touched:
    return Touched(technique=technique, channel=Channel.PHONE, reached=reached)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Acme", "ACME", True),
        ("Вектор", "вектор", True),
        ("Acme  Inc", " acme inc ", True),
        ("Straße", "STRASSE", True),
        ("Acme", "Acme Inc", False),
    ],
)
def test_one_company(one: str, other: str, same: bool) -> None:
    """R42."""
    assert is_same_company(one, other) is same


@pytest.mark.parametrize(
    ("fact", "at"),
    [
        (touched(), NOW + 2 * HOUR),
        (touched(Technique.THANK_YOU), NOW + 2 * HOUR),
        (touched(reached=False), None),  # C1: a dial nobody answered is no touch
        (touched(Technique.FORMAL_REQUEST), None),  # no touch of the plan
        (Answered(outcome=Outcome.VAGUE), None),
    ],
)
def test_what_was_done_beside(fact: object, at: datetime | None) -> None:
    """R42: the other vacancy at the same employer knows of it, nobody else does."""
    acme, twin, other = with_neighbours(
        [vacancy(1, "Acme", fact), vacancy(2, "ACME"), vacancy(3, "Initech", touched())]
    )

    assert [one.touched_beside_at for one in (acme, twin, other)] == [None, at, None]


def test_the_latest_touch_beside_counts() -> None:
    first, last = (
        vacancy(1, "Acme", touched()),
        vacancy(2, "Acme", Answered(outcome=Outcome.VAGUE), touched()),
    )

    *_, third = with_neighbours([first, last, vacancy(3, "acme")])

    assert third.touched_beside_at == NOW + 3 * HOUR


def test_who_still_waits() -> None:
    """R11, R88: those that have met the user and have not decided."""
    mine = vacancy(1, "Acme", Answered(outcome=Outcome.OFFER))
    open_, ahead = vacancy(2, "B"), vacancy(3, "C", held=False)
    ended = [
        vacancy(number, "D", Answered(outcome=outcome))
        for number, outcome in enumerate(
            (Outcome.REFUSAL, Outcome.RESERVE, Outcome.OFFER, Outcome.SIGNED), start=4
        )
    ]

    assert still_waiting([mine, open_, ahead, *ended], mine, NOW) == (open_,)


def test_who_is_told_of_a_signature() -> None:
    """C12: everybody who is open, less those put into reserve since."""
    signed = vacancy(1, "Acme", Answered(outcome=Outcome.SIGNED))
    before = vacancy(2, "B", Answered(outcome=Outcome.RESERVE), Answered(outcome=Outcome.RESERVE))
    since = vacancy(3, "C", Answered(outcome=Outcome.VAGUE), Answered(outcome=Outcome.RESERVE))
    still = replace(before, status_since=signed.status_since - HOUR)
    others = [vacancy(4, "D"), vacancy(5, "E", Answered(outcome=Outcome.OFFER))]
    over = vacancy(6, "F", Answered(outcome=Outcome.REFUSAL))

    told = to_be_told([signed, still, since, *others, over], signed)

    assert [one.id for one in told] == [2, 4, 5]


def test_what_is_around() -> None:
    """R11, R119."""
    mine = vacancy(1, "Acme", Answered(outcome=Outcome.REFUSAL), LessonLearned("first"))
    other = vacancy(2, "B", Answered(outcome=Outcome.REFUSAL), Answered(outcome=Outcome.RESERVE))
    closed = vacancy(3, "C", Answered(outcome=Outcome.REFUSAL), Reopened(), LessonLearned("last"))
    third = vacancy(4, "D", Answered(outcome=Outcome.REFUSAL))

    assert around(mine, [mine, other, closed, third]) == Around(
        active=2, refusals=3, lesson=Lesson("last", NOW + 4 * HOUR)
    )
    assert around(mine, []) == Around()
