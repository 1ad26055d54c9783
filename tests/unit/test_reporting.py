"""What a tap or a typed day reports."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.facts import (
    Answered,
    Closed,
    ContactNamed,
    ContactRemoved,
    Event,
    Fact,
    InterviewCancelled,
    InterviewSet,
    Kept,
    NoShow,
    Opened,
    Reopened,
    Skipped,
    Snoozed,
    Touched,
)
from bot.domain.history import apply, fold
from bot.domain.step import Step
from bot.domain.vacancy import Channel, Contact, Interview, Outcome, Promise, Status, Technique, Vacancy
from bot.errors import NotFound, StaleButton
from bot.language.readings import Ask, AtTime, NothingPromised, OnDate, Reading
from bot.reporting import (
    agreed_facts,
    changed_contact,
    changed_interview,
    deed_facts,
    moment_of,
    new_contact,
    next_stage_fact,
    outcome_facts,
    snoozed_until,
)

MOSCOW = "Europe/Moscow"
NOW = datetime(2026, 8, 7, 9, tzinfo=UTC)  # Friday noon in Moscow
DAY = date(2026, 8, 12)
CALL = Step(technique=Technique.CALL, due=NOW, channel=Channel.PHONE, contact_id=2, anchor="opened")
STOP = Step(technique=Technique.STOP, due=NOW, anchor="opened")
JANE = Contact(id=1, name="Jane Roe")
FIRST_STAGE = Interview(starts_at=NOW - timedelta(days=3))


OPEN = fold(7, 1, [Event(1, NOW, (Opened("Acme"), ContactNamed(JANE), InterviewSet(FIRST_STAGE)))])


@pytest.fixture
def vacancy() -> Vacancy:
    return OPEN


@pytest.mark.parametrize(
    ("step", "outcome", "named", "facts"),
    [
        # C1: a dial nobody answered is no touch
        (
            CALL,
            "no_answer",
            (None, None),
            [Touched(technique=Technique.CALL, channel=Channel.PHONE, contact_id=2, reached=False)],
        ),
        # R51: somebody answered, and named a day
        (
            CALL,
            "call_later",
            (DAY, time(15)),
            [
                Touched(technique=Technique.CALL, channel=Channel.PHONE, contact_id=2),
                Answered(outcome=Outcome.CALL_LATER, on=DAY, at=time(15), contact_id=2),
            ],
        ),
        # R61: somebody else said that HR has left; whoever was rung for is taken out
        (
            CALL,
            "hr_left",
            (None, None),
            [
                Touched(technique=Technique.CALL, channel=Channel.PHONE, contact_id=2, reached=False),
                Answered(outcome=Outcome.HR_LEFT),
                ContactRemoved(2),
            ],
        ),
        (None, "hr_left", (None, None), [Answered(outcome=Outcome.HR_LEFT), ContactRemoved(1)]),
        # R99: the employer calls the task off
        (None, "task_off", (None, None), [Answered(outcome=Outcome.TASK_OFF)]),
        # they answered of their own accord
        (None, "refusal", (None, None), [Answered(outcome=Outcome.REFUSAL)]),
    ],
)
def test_outcomes(
    vacancy: Vacancy,
    step: Step | None,
    outcome: str,
    named: tuple[date | None, time | None],
    facts: list[Fact],
) -> None:
    assert outcome_facts(vacancy, step, outcome, *named) == facts


@pytest.mark.parametrize(
    ("step", "outcome"),
    [(CALL, "hired"), (None, "hired"), (None, "no_answer")],  # without a call nobody fails to answer
)
def test_an_unfitting_outcome_is_stale(vacancy: Vacancy, step: Step | None, outcome: str) -> None:
    with pytest.raises(StaleButton):
        outcome_facts(vacancy, step, outcome)


@pytest.mark.parametrize(
    ("on", "at", "zone", "starts_at"),
    [
        (DAY, time(10), MOSCOW, datetime(2026, 8, 12, 7, tzinfo=UTC)),
        (DAY, None, MOSCOW, datetime(2026, 8, 12, 9, tzinfo=UTC)),  # noon
        (DAY, None, None, datetime(2026, 8, 12, 12, tzinfo=UTC)),
        # in the hour that autumn repeats, its first coming
        (date(2026, 11, 1), time(1, 30), "America/New_York", datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
    ],
)
def test_an_invitation_sets_the_next_stage(
    vacancy: Vacancy, on: date, at: time | None, zone: str | None, starts_at: datetime
) -> None:
    """R98."""
    assert next_stage_fact(vacancy, on, at, zone) == InterviewSet(
        Interview(stage=2, starts_at=starts_at, timed=at is not None, told=False)
    )


def test_an_invitation_makes_up_for_an_interview_they_missed(vacancy: Vacancy) -> None:
    """H11, R98: the stage is the same, and so are the people."""
    set_again = InterviewSet(Interview(starts_at=FIRST_STAGE.starts_at, contact_ids=(1,), told=False))
    missed = apply(apply(vacancy, Event(2, NOW, (set_again,))), Event(3, NOW, (NoShow(1),)))

    assert next_stage_fact(missed, DAY, time(15), MOSCOW) == InterviewSet(
        Interview(starts_at=datetime(2026, 8, 12, 12, tzinfo=UTC), contact_ids=(1,), told=False)
    )


UNTOLD = InterviewSet(Interview(starts_at=NOW - timedelta(hours=1), told=False))
HALFWAY = Step(technique=Technique.TEST_TASK, due=NOW, until=NOW + timedelta(days=3), anchor="halfway:1")


@pytest.mark.parametrize(
    ("deed", "step", "facts"),
    [
        ("no_show", None, [NoShow(1)]),
        ("interview_off", None, [InterviewCancelled(1)]),
        ("no_new_time", None, [Skipped(Technique.NEW_TIME)]),
        ("handed_in", HALFWAY, [Touched(technique=Technique.TEST_TASK, channel=Channel.EMAIL)]),
        ("handed_in", None, [Touched(technique=Technique.TEST_TASK, channel=Channel.EMAIL)]),
        ("under_way", HALFWAY, [Snoozed(NOW + timedelta(days=3))]),
    ],
)
def test_deeds_about_what_was_agreed(
    vacancy: Vacancy, deed: str, step: Step | None, facts: list[Fact]
) -> None:
    """H11, R99."""
    untold = apply(vacancy, Event(2, NOW, (UNTOLD,)))

    assert agreed_facts(deed, untold, step, NOW) == facts


@pytest.mark.parametrize(
    ("deed", "step"), [("no_show", None), ("interview_off", None), ("under_way", CALL), ("fly", CALL)]
)
def test_a_deed_about_an_interview_that_was_told_is_stale(
    vacancy: Vacancy, deed: str, step: Step | None
) -> None:
    with pytest.raises(StaleButton):
        agreed_facts(deed, vacancy, step, NOW)


@pytest.mark.parametrize(
    ("deed", "step", "facts"),
    [
        ("withdraw", None, [Closed(Status.WITHDRAWN)]),
        ("give_up", STOP, [Closed(Status.GIVEN_UP)]),
        ("keep", STOP, [Kept()]),  # C1: the user may override
        ("reopen", None, [Reopened()]),  # R93
        ("to_reserve", STOP, [Answered(outcome=Outcome.RESERVE)]),
        ("skip", CALL, [Skipped(Technique.CALL)]),
        ("did", CALL, [Touched(technique=Technique.CALL, channel=Channel.PHONE, contact_id=2)]),
        ("did", STOP, [Touched(technique=Technique.STOP, channel=Channel.EMAIL)]),
    ],
)
def test_deeds(deed: str, step: Step | None, facts: list[Fact]) -> None:
    assert deed_facts(deed, step) == facts


@pytest.mark.parametrize(("deed", "step"), [("skip", None), ("did", None), ("fly", CALL)])
def test_a_deed_that_does_not_fit_is_stale(deed: str, step: Step | None) -> None:
    with pytest.raises(StaleButton):
        deed_facts(deed, step)


@pytest.mark.parametrize(
    ("choice", "now", "zone", "until"),
    [
        ("hour", NOW, MOSCOW, datetime(2026, 8, 7, 10, tzinfo=UTC)),
        ("lunch", NOW, MOSCOW, datetime(2026, 8, 7, 11, tzinfo=UTC)),
        ("lunch", datetime(2026, 8, 7, 11, tzinfo=UTC), MOSCOW, datetime(2026, 8, 8, 11, tzinfo=UTC)),
        ("tomorrow", NOW, MOSCOW, datetime(2026, 8, 8, 7, tzinfo=UTC)),
        ("tomorrow", datetime(2026, 8, 7, 22, tzinfo=UTC), MOSCOW, datetime(2026, 8, 9, 7, tzinfo=UTC)),
        ("monday", NOW, MOSCOW, datetime(2026, 8, 10, 7, tzinfo=UTC)),
        ("monday", datetime(2026, 8, 10, 4, tzinfo=UTC), MOSCOW, datetime(2026, 8, 17, 7, tzinfo=UTC)),
        ("tomorrow", NOW, None, datetime(2026, 8, 8, 10, tzinfo=UTC)),
        # the clocks change in between: ten in the morning all the same
        (
            "monday",
            datetime(2026, 10, 30, 12, tzinfo=UTC),
            "America/New_York",
            datetime(2026, 11, 2, 15, tzinfo=UTC),
        ),
    ],
)
def test_reminding_later(
    vacancy: Vacancy, choice: str, now: datetime, zone: str | None, until: datetime
) -> None:
    assert snoozed_until(choice, vacancy, now, zone) == until


def test_reminding_on_the_promised_day(vacancy: Vacancy) -> None:
    promised = replace(vacancy, promise=Promise(by=date(2026, 8, 12)))

    assert snoozed_until("promised", promised, NOW, MOSCOW) == datetime(2026, 8, 12, 7, tzinfo=UTC)
    for standing in (vacancy, replace(vacancy, promise=Promise(by=date(2026, 8, 7)))):
        with pytest.raises(StaleButton):
            snoozed_until("promised", standing, NOW, MOSCOW)


@given(
    st.sampled_from(["hour", "lunch", "tomorrow", "monday"]),
    st.integers(0, 400 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    st.sampled_from([None, MOSCOW, "America/New_York", "Pacific/Apia", "Australia/Lord_Howe"]),
)
def test_later_is_within_eight_days(choice: str, now: datetime, zone: str | None) -> None:
    assert now < snoozed_until(choice, OPEN, now, zone) <= now + timedelta(days=8)


def test_an_unknown_wish_is_stale(vacancy: Vacancy) -> None:
    with pytest.raises(StaleButton):
        snoozed_until("never", vacancy, NOW, MOSCOW)


def test_correcting_a_contact(vacancy: Vacancy) -> None:
    fact = changed_contact(vacancy, 1, phone="+12025550101", name="Jane Poe")

    assert fact == ContactNamed(Contact(id=1, name="Jane Poe", phone="+12025550101"))


def test_a_new_contact_gets_the_next_number(vacancy: Vacancy) -> None:
    assert new_contact(vacancy, "Ann Poe") == ContactNamed(Contact(id=2, name="Ann Poe"))
    assert new_contact(vacancy, "Ann Poe", "+12025550101", "ann@example.org") == ContactNamed(
        Contact(id=2, name="Ann Poe", phone="+12025550101", email="ann@example.org")
    )


def test_correcting_an_interview(vacancy: Vacancy) -> None:
    fact = changed_interview(vacancy, 1, tests=True)

    assert fact == InterviewSet(Interview(starts_at=FIRST_STAGE.starts_at, tests=True))


@pytest.mark.parametrize("number", [None, 2])
def test_what_is_not_there_cannot_be_corrected(vacancy: Vacancy, number: int | None) -> None:
    with pytest.raises(NotFound):
        changed_contact(vacancy, number, name="Ann Poe")
    with pytest.raises(NotFound):
        changed_interview(vacancy, number, tests=True)


@pytest.mark.parametrize(
    ("reading", "zone", "moment"),
    [
        (AtTime(DAY, time(15, 30)), MOSCOW, datetime(2026, 8, 12, 12, 30, tzinfo=UTC)),
        (AtTime(DAY, time(15, 30)), None, datetime(2026, 8, 12, 15, 30, tzinfo=UTC)),
        (OnDate(DAY), MOSCOW, datetime(2026, 8, 12, 9, tzinfo=UTC)),
        (NothingPromised(), MOSCOW, None),
        (Ask("dates.no_day"), MOSCOW, None),
    ],
)
def test_the_moment_of_a_reading(reading: Reading, zone: str | None, moment: datetime | None) -> None:
    assert moment_of(reading, zone) == moment
