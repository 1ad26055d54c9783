"""The Sunday review: honest counts, the next week, and a last line that fits."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.domain.facts import (
    Answered,
    ContactNamed,
    Event,
    Fact,
    InterviewSet,
    Opened,
    PromiseMade,
    Touched,
)
from bot.domain.history import fold
from bot.domain.review import Ahead, Closing, Planned, Review, review
from bot.domain.users import User
from bot.domain.vacancy import Channel, Contact, Interview, Outcome, Promise, Technique, Vacancy
from bot.domain.working_time import WorkingTime
from bot.planning import step_of
from bot.weekly import review_at

USER = User(id=1, zone="Europe/Moscow", country="RU")
MONDAY = date(2026, 7, 6)
#: Sunday, six in the evening in Moscow.
SUNDAY = datetime(2026, 7, 12, 15, tzinfo=UTC)
HELD = datetime(2026, 7, 9, 8, tzinfo=UTC)
CALL = Touched(technique=Technique.CALL, channel=Channel.PHONE, contact_id=1)


def told(*reports: tuple[datetime, Fact], held: datetime = HELD) -> Vacancy:
    opening = (
        Opened("Acme"),
        ContactNamed(Contact(id=1, phone="+12025550101", email="jane@example.org")),
        InterviewSet(Interview(starts_at=held, told=held <= SUNDAY)),
    )
    events = [Event(1, min(held, SUNDAY), opening)]
    events += [Event(seq, at, (fact,)) for seq, (at, fact) in enumerate(reports, start=2)]
    return fold(7, 1, events)


def test_a_week_in_counts() -> None:
    """C1: dials nobody answered are no touches."""
    vacancy = told(
        (datetime(2026, 7, 5, 20, 59, tzinfo=UTC), CALL),  # still Sunday in Moscow
        (datetime(2026, 7, 5, 21, tzinfo=UTC), CALL),
        (datetime(2026, 7, 9, 12, tzinfo=UTC), replace(CALL, technique=Technique.THANK_YOU)),
        (datetime(2026, 7, 10, 8, tzinfo=UTC), replace(CALL, reached=False)),
        (datetime(2026, 7, 10, 9, tzinfo=UTC), replace(CALL, technique=Technique.TEST_TASK)),
        (datetime(2026, 7, 10, 9, tzinfo=UTC), Answered(outcome=Outcome.VAGUE)),
        held=HELD,
    )

    found = review_at([vacancy], USER, SUNDAY)

    assert (found.touches, found.answers, found.interviews) == (2, 1, 1)
    assert (found.monday, found.closing) == (MONDAY, Closing.INTERVIEWS)


def test_what_comes_next_in_its_order() -> None:
    """R2: the one next step of each, and the interviews."""
    call = told((SUNDAY - timedelta(days=3), replace(CALL, technique=Technique.THANK_YOU)))
    ahead = told(held=datetime(2026, 7, 14, 12, tzinfo=UTC))
    beyond = told(held=datetime(2026, 7, 20, 9, tzinfo=UTC))

    found = review_at([ahead, beyond, call], USER, SUNDAY)

    assert found.waiting == ()
    assert [(one.at, one.step.technique if one.step else None) for one in found.ahead] == [
        (datetime(2026, 7, 13, 16, tzinfo=UTC), Technique.PREPARE),
        (datetime(2026, 7, 14, 7, tzinfo=UTC), Technique.CALL),
        (datetime(2026, 7, 14, 12, tzinfo=UTC), None),
        (datetime(2026, 7, 19, 16, tzinfo=UTC), Technique.PREPARE),
    ]


def test_what_has_been_due_waits_already_and_is_no_news() -> None:
    """A week in which nothing happened, and only what was pushed before is left: nothing is said."""
    later = SUNDAY + timedelta(weeks=1)

    found = review_at([told()], USER, later)

    assert [one.step.technique for one in found.waiting if one.step] == [Technique.CALL]
    assert (found.ahead, found.is_empty) == ((), True)


@pytest.mark.parametrize("held", [None, SUNDAY + timedelta(days=9)])
def test_nothing_happened_and_nothing_is_coming(held: datetime | None) -> None:
    vacancies = [told(held=held)] if held else []

    assert review_at(vacancies, USER, SUNDAY).is_empty


def test_a_wait_is_nothing_to_do() -> None:
    vacancy = told()
    step = step_of(vacancy, USER, SUNDAY)
    assert step
    waiting = Planned(vacancy, replace(step, technique=Technique.WAIT), SUNDAY + timedelta(days=1))

    assert review([waiting], WorkingTime.of(USER), SUNDAY).ahead == ()
    assert review([Planned(vacancy, step)], WorkingTime.of(USER), SUNDAY).ahead == (
        Ahead(step.due, vacancy, step=step),
    )


@pytest.mark.parametrize(
    ("outcomes", "held", "touched", "closing"),
    [
        ([Outcome.VAGUE, Outcome.SIGNED], True, True, Closing.SIGNED),
        ([Outcome.OFFER, Outcome.REFUSAL], True, True, Closing.OFFER),
        ([Outcome.REFUSAL], True, True, Closing.INTERVIEWS),
        ([Outcome.NEXT_STAGE], False, False, Closing.INTERVIEWS),
        ([Outcome.REFUSAL, Outcome.PROMISED], False, True, Closing.ANSWERS),
        ([Outcome.REFUSAL], False, True, Closing.REFUSALS),
        ([], False, True, Closing.TOUCHES),
        ([], False, False, Closing.AHEAD),
    ],
)
def test_the_last_line_fits(outcomes: list[Outcome], held: bool, touched: bool, closing: Closing) -> None:
    """R3: no praise for nothing, no reproach for little."""
    answers = [(SUNDAY - timedelta(hours=2), Answered(outcome=outcome)) for outcome in outcomes]
    touches = [(SUNDAY - timedelta(hours=3), CALL)] if touched else []
    vacancy = told(*touches, *answers, held=HELD if held else HELD - timedelta(weeks=1))

    assert review_at([vacancy], USER, SUNDAY).closing is closing


def test_a_promise_fills_no_week_by_itself() -> None:
    vacancy = told(
        (SUNDAY - timedelta(days=8), PromiseMade(Promise(by=date(2026, 7, 31)))),
        held=HELD - timedelta(weeks=2),
    )

    found = review_at([vacancy], USER, SUNDAY)

    assert found == Review(monday=MONDAY, touches=0, answers=0, interviews=0, closing=Closing.AHEAD)
    assert found.is_empty
