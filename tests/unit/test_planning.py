"""From a report to what is stored: the event, the vacancy after it, its next step, its reminder."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.domain.facts import (
    Answered,
    Closed,
    ContactNamed,
    Edited,
    Event,
    Fact,
    InterviewSet,
    Opened,
    PromiseMade,
    Snoozed,
    Touched,
    Undone,
)
from bot.domain.history import apply, fold
from bot.domain.step import Step
from bot.domain.users import Pace, Pause, User
from bot.domain.vacancy import (
    Channel,
    Contact,
    Interview,
    Outcome,
    Promise,
    Status,
    Technique,
    Vacancy,
)
from bot.errors import StaleButton
from bot.planning import due_since, opened, plan_of, replanned, report, spaced, step_of, undone
from bot.storage.reminders import Plan
from bot.storage.session import Record, Replan

USER = User(id=1, zone="Europe/Moscow", country="RU")
FIRM = replace(USER, pace=Pace.FIRM)
OPENED_AT = datetime(2026, 8, 4, 12, tzinfo=UTC)
NOW = datetime(2026, 8, 7, 9, tzinfo=UTC)
OPENING = (
    Opened("Acme", "fitter"),
    ContactNamed(Contact(id=1, phone="+12025550101", email="jane@example.org")),
    InterviewSet(Interview(starts_at=OPENED_AT - timedelta(hours=2))),
    PromiseMade(Promise(by=date(2026, 8, 12))),
)
FIRST = Event(1, OPENED_AT, OPENING)
THANKED = Event(2, NOW, (Touched(technique=Technique.THANK_YOU, channel=Channel.EMAIL, contact_id=1),))
CALL = Plan("call:promise:2026-08-12", datetime(2026, 8, 13, 7, tzinfo=UTC))
#: What comes if nothing is reported of the call.
LAST = Plan("trial_close:closing:2026-08-26", datetime(2026, 8, 26, 7, tzinfo=UTC))


@pytest.fixture
def vacancy() -> Vacancy:
    return fold(7, 1, [FIRST])


def test_opening_a_vacancy() -> None:
    """R15, R69: the first plan is the thank-you."""
    planned = opened(7, USER, OPENED_AT, *OPENING)

    assert planned.vacancy == fold(7, 1, [FIRST])
    assert planned.step == step_of(planned.vacancy, USER, OPENED_AT)
    plan = Plan("thank_you:interview:1:20260804T100000", datetime(2026, 8, 4, 13, tzinfo=UTC))
    assert planned.record == Record(7, FIRST, Status.OPEN, plan)


def test_a_report_is_one_event_with_the_plan_after_it(vacancy: Vacancy) -> None:
    """R72: the thanks are said, now the promised day is waited for."""
    reported = report(vacancy, USER, NOW, *THANKED.facts)

    assert reported.vacancy == apply(vacancy, THANKED)
    assert reported.record == Record(7, THANKED, Status.OPEN, CALL, (LAST,))
    assert reported.step is not None
    assert plan_of(reported.step) == CALL


def test_several_facts_are_one_event(vacancy: Vacancy) -> None:
    facts = (
        Touched(technique=Technique.CALL, channel=Channel.PHONE, contact_id=1),
        Answered(outcome=Outcome.SIGNED, contact_id=1),
    )

    reported = report(vacancy, USER, NOW, *facts)

    assert reported.record == Record(7, Event(2, NOW, facts), Status.SIGNED, None)
    assert reported.step is None


def test_a_closed_vacancy_has_no_plan(vacancy: Vacancy) -> None:
    reported = report(vacancy, USER, NOW, Closed(Status.GIVEN_UP))

    assert (reported.record.status, reported.record.plan, reported.step) == (Status.GIVEN_UP, None, None)


@pytest.mark.parametrize(
    ("step", "plan"),
    [
        (None, None),
        (Step(technique=Technique.CALL, due=NOW, anchor="opened"), Plan("call:opened", NOW)),
    ],
)
def test_a_step_is_pushed_under_its_key(step: Step | None, plan: Plan | None) -> None:
    assert plan_of(step) == plan


# Undo


def test_an_undo_takes_the_last_report_back(vacancy: Vacancy) -> None:
    """The store brings back the reminder that the report replaced, or the first of what follows it."""
    reported = report(vacancy, USER, NOW, *THANKED.facts).vacancy
    later = NOW + timedelta(minutes=1)

    taken_back = undone(reported, [FIRST, THANKED], 2, USER, later)

    assert taken_back.vacancy == replace(vacancy, seq=3)
    assert taken_back.step == step_of(vacancy, USER, later)
    following = taken_back.record.following
    assert taken_back.record == Record(
        7, Event(3, later, (Undone(2),)), Status.OPEN, None, following=following
    )
    assert following[0] == plan_of(step_of(vacancy, USER, later))
    assert [plan.due_at for plan in following] == sorted(plan.due_at for plan in following)
    assert following[-1].key.startswith("stop_and_move_on:")  # R2, R31: nothing ends without a step


def test_undoing_a_closing_opens_the_vacancy_again(vacancy: Vacancy) -> None:
    closed = report(vacancy, USER, NOW, Closed(Status.WITHDRAWN))

    taken_back = undone(closed.vacancy, [FIRST, closed.record.event], 2, USER, NOW)

    assert taken_back.record.status is Status.OPEN


def test_undos_go_back_one_by_one(vacancy: Vacancy) -> None:
    history = [FIRST, THANKED, Event(3, NOW, (Snoozed(NOW),)), Event(4, NOW, (Undone(3),))]

    taken_back = undone(fold(7, 1, history), history, 2, USER, NOW)

    assert taken_back.vacancy == replace(vacancy, seq=5)


@pytest.mark.parametrize(
    ("seq", "history"),
    [
        (1, [FIRST]),  # the opening stays
        (2, [FIRST, THANKED, Event(3, NOW, (Snoozed(NOW),))]),  # something came after it
        (2, [FIRST, THANKED, Event(3, NOW, (Undone(2),))]),  # twice
        (3, [FIRST, THANKED, Event(3, NOW, (Undone(2),))]),  # an undo is not undone
        (9, [FIRST, THANKED]),  # no such report
    ],
)
def test_an_undo_that_comes_too_late(seq: int, history: list[Event]) -> None:
    with pytest.raises(StaleButton):
        undone(fold(7, 1, history), history, seq, USER, NOW)


# Settings


@pytest.mark.parametrize(
    ("user", "due", "last"),
    [
        (USER, datetime(2026, 8, 13, 7, tzinfo=UTC), LAST),
        # H2: ten in the morning there
        (
            replace(USER, zone="Asia/Vladivostok"),
            datetime(2026, 8, 13, 0, tzinfo=UTC),
            Plan(LAST.key, datetime(2026, 8, 26, 0, tzinfo=UTC)),
        ),
        # H1: the 13th of August is a holiday in Tunisia
        (replace(USER, country="TN"), datetime(2026, 8, 14, 7, tzinfo=UTC), LAST),
    ],
)
def test_settings_move_the_plan(vacancy: Vacancy, user: User, due: datetime, last: Plan) -> None:
    thanked = apply(vacancy, THANKED)

    assert replanned(thanked, user, NOW) == Replan(7, Plan("call:promise:2026-08-12", due), (last,))


def test_a_new_pace_moves_a_plan_without_a_term(vacancy: Vacancy) -> None:
    """R36, C2: Tuesday plus four, five or seven days, on working days."""
    silent = apply(vacancy, Event(2, NOW, (PromiseMade(None), *THANKED.facts)))

    plans = [replanned(silent, replace(USER, pace=pace), NOW).plan for pace in (Pace.FIRM, Pace.GENTLE)]

    assert [plan and plan.due_at for plan in plans] == [
        datetime(2026, 8, 10, 7, tzinfo=UTC),
        datetime(2026, 8, 11, 7, tzinfo=UTC),
    ]


def test_a_vacancy_may_have_a_pace_of_its_own(vacancy: Vacancy) -> None:
    """C1, C2: it goes before the user's, and follows it again once it is taken back."""
    silent = apply(vacancy, Event(2, NOW, (PromiseMade(None), *THANKED.facts)))
    gentle = report(silent, USER, NOW, Edited(fields=("pace",), pace=Pace.GENTLE))
    usual = report(gentle.vacancy, USER, NOW, Edited(fields=("pace",)))

    assert (gentle.vacancy.pace, usual.vacancy.pace) == (Pace.GENTLE, None)
    plans = [gentle.record.plan, usual.record.plan, replanned(gentle.vacancy, FIRM, NOW).plan]
    assert [plan and plan.due_at for plan in plans] == [
        datetime(2026, 8, 11, 7, tzinfo=UTC),
        datetime(2026, 8, 10, 7, tzinfo=UTC),
        datetime(2026, 8, 11, 7, tzinfo=UTC),
    ]


def test_a_pause_moves_the_plan_behind_it(vacancy: Vacancy) -> None:
    thanked = apply(vacancy, THANKED)
    paused = replace(USER, pause=Pause(NOW, date(2026, 8, 24)))

    assert replanned(thanked, paused, NOW).plan == Plan(CALL.key, datetime(2026, 8, 24, 7, tzinfo=UTC))
    assert replanned(thanked, USER, NOW).plan == CALL


def test_a_pause_leaves_the_last_touch(vacancy: Vacancy) -> None:
    """R96, R29: three weeks off, and the last question still comes before the advice to stop."""
    silent = apply(vacancy, Event(2, NOW, (PromiseMade(None), *THANKED.facts)))
    paused = replace(USER, pause=Pause(NOW, date(2026, 9, 7)))
    step = step_of(silent, paused, NOW)

    assert step
    assert (step.technique, step.due) == (Technique.TRIAL_CLOSE, datetime(2026, 9, 7, 7, tzinfo=UTC))


def test_what_is_due_is_so_since_its_first_day(vacancy: Vacancy) -> None:
    """The advice has changed by itself since the last report; what a pause covered counts from its end."""
    silent = apply(vacancy, Event(2, NOW, (PromiseMade(None), *THANKED.facts)))
    later = datetime(2026, 8, 21, 9, tzinfo=UTC)
    step = step_of(silent, USER, later)
    paused = replace(USER, pause=Pause(NOW, date(2026, 8, 20)))

    assert step
    assert step.technique is Technique.TRIAL_CLOSE
    assert due_since(silent, step, USER) == datetime(2026, 8, 18, 7, tzinfo=UTC)
    assert due_since(silent, step, paused) == datetime(2026, 8, 20, 7, tzinfo=UTC)


def test_a_closed_vacancy_is_not_planned_anew(vacancy: Vacancy) -> None:
    closed = apply(vacancy, Event(2, NOW, (Closed(Status.GIVEN_UP),)))

    assert replanned(closed, USER, NOW) == Replan(7, None)


# Two vacancies at one employer


AT_TEN = datetime(2026, 8, 13, 7, tzinfo=UTC)
DAY = timedelta(days=1)


def _twin(number: int, company: str = "ACME", *more: Fact) -> Vacancy:
    facts = (Opened(company), *OPENING[1:], *more)
    return fold(number, 1, [Event(1, OPENED_AT, facts), Event(2, NOW, THANKED.facts)])


@pytest.mark.parametrize(
    ("others", "due"),
    [
        ([], AT_TEN),
        ([_twin(9)], AT_TEN),  # it comes later in the fixed order
        ([_twin(5)], AT_TEN + DAY),
        ([_twin(5, "Initech")], AT_TEN),
        ([_twin(5, "acme", Answered(outcome=Outcome.REFUSAL))], AT_TEN),  # nothing to be touched there
    ],
)
def test_two_touches_to_one_employer_are_spread(others: list[Vacancy], due: datetime) -> None:
    """R42: the other one yields to the next day, whatever the name is spelled like."""
    mine = _twin(7, "Acme")

    step = step_of(spaced(mine, [mine, *others], USER, AT_TEN), USER, AT_TEN)

    assert step is not None
    assert (step.key, step.due) == ("call:promise:2026-08-12", due)


def test_a_touch_that_waits_since_yesterday_holds_up_nobody() -> None:
    """R42: the user has left it out for a day; the other vacancy is not to wait for ever."""
    mine, other = _twin(7, "Acme"), _twin(5)

    assert spaced(mine, [mine, other], USER, AT_TEN + DAY) == mine


def test_an_undo_still_knows_what_was_done_beside(vacancy: Vacancy) -> None:
    """R42."""
    reported = replace(report(vacancy, USER, NOW, *THANKED.facts).vacancy, touched_beside_at=NOW)

    taken_back = undone(reported, [FIRST, THANKED], 2, USER, NOW)

    assert taken_back.vacancy == replace(vacancy, touched_beside_at=NOW, seq=3)
