"""Which vacancies the Friday sweep asks about, and in which order."""

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
    Kept,
    Opened,
    PromiseMade,
    Snoozed,
    Touched,
)
from bot.domain.history import fold
from bot.domain.sweep import Quiet, Sweep, sweep_of
from bot.domain.users import Pause, User
from bot.domain.vacancy import (
    Channel,
    Contact,
    Interview,
    Outcome,
    Promise,
    RoleType,
    Status,
    Technique,
    Vacancy,
)
from bot.weekly import sweep_at

USER = User(id=1, zone="Europe/Moscow", country="RU")
HELD = datetime(2026, 7, 9, 8, tzinfo=UTC)  # a Thursday
OPENING = (
    Opened("Acme"),
    ContactNamed(Contact(id=1, phone="+12025550101", email="jane@example.org")),
    InterviewSet(Interview(starts_at=HELD)),
)
#: Two weeks and a day later: the first Friday on which the silence is long.
FRIDAY = datetime(2026, 7, 24, 13, tzinfo=UTC)
DAY = timedelta(days=1)
CALL = Touched(technique=Technique.CALL, channel=Channel.PHONE, contact_id=1)


def told(*reports: tuple[datetime, Fact]) -> Vacancy:
    events = [Event(1, HELD + timedelta(hours=2), OPENING)]
    events += [Event(seq, at, (fact,)) for seq, (at, fact) in enumerate(reports, start=2)]
    return fold(7, 1, events)


def days_of(vacancy: Vacancy, now: datetime = FRIDAY, user: User = USER) -> int | None:
    found = sweep_at([vacancy], user, now).quiet
    return found[0].days if found else None


@pytest.mark.parametrize(
    ("reports", "days"),
    [
        ([], 15),
        ([(HELD + 2 * DAY, Answered(outcome=Outcome.VAGUE))], None),
        ([(HELD + DAY, Answered(outcome=Outcome.VAGUE))], 14),
        # a day to come is waited for, and no longer
        ([(HELD + DAY, PromiseMade(Promise(by=date(2026, 7, 24))))], None),
        ([(HELD + DAY, PromiseMade(Promise(by=date(2026, 7, 23))))], 15),
        ([(HELD + DAY, Answered(outcome=Outcome.AWAY, on=date(2026, 7, 30)))], None),
        ([(HELD + 3 * DAY, InterviewSet(Interview(stage=2, starts_at=FRIDAY + DAY, told=False)))], None),
        ([(HELD + 3 * DAY, Snoozed(FRIDAY + DAY))], None),
        # what was just tried may be answered (R36), a dial nobody took may not (C1)
        ([(FRIDAY - 4 * DAY, CALL)], None),
        ([(FRIDAY - 5 * DAY, CALL)], 15),
        ([(FRIDAY - 4 * DAY, replace(CALL, reached=False))], 15),
        # C1: kept a while ago, kept for long
        ([(FRIDAY - 13 * DAY, Kept())], None),
        ([(FRIDAY - 14 * DAY, Kept())], 15),
        # R97, R95, R4: slow hiring means nothing yet
        ([(HELD + 3 * DAY, Edited(fields=("stages_total",), stages_total=3))], None),
        ([(HELD + 3 * DAY, Edited(fields=("role_type",), role_type=RoleType.RARE))], None),
        # only what is open
        ([(HELD + DAY, Answered(outcome=Outcome.RESERVE))], None),
        ([(HELD + DAY, Answered(outcome=Outcome.OFFER))], None),
        ([(HELD + DAY, Closed(Status.GIVEN_UP))], None),
    ],
)
def test_two_weeks_of_silence(reports: list[tuple[datetime, Fact]], days: int | None) -> None:
    """R37, R96: asked about, never closed by itself (R62)."""
    assert days_of(told(*reports)) == days


def test_slow_hiring_is_asked_about_after_more_than_a_month() -> None:
    """R97."""
    vacancy = told((HELD + DAY, Edited(fields=("stages_total",), stages_total=3)))

    assert days_of(vacancy, HELD + timedelta(days=34)) is None
    assert days_of(vacancy, HELD + timedelta(days=36)) == 35


def test_an_interview_to_come_is_no_silence() -> None:
    ahead = replace(told(), interviews=(Interview(starts_at=FRIDAY + 3 * DAY, told=False),))

    assert days_of(ahead) is None


def test_a_proposal_to_stop_that_is_passed_over() -> None:
    """R21: five touches within ten days; the advice to stop has stood since Tuesday."""
    calls = [(HELD + timedelta(days=n, hours=3), CALL) for n in range(5)]
    answered = (HELD + timedelta(days=4, hours=1), Answered(outcome=Outcome.ASKED_TO_WAIT))
    vacancy = told(*sorted([*calls, answered], key=lambda report: report[0]))
    stop = datetime(2026, 7, 15, 7, tzinfo=UTC)

    assert days_of(vacancy, stop) is None
    assert days_of(vacancy, stop + timedelta(hours=23)) is None
    assert days_of(vacancy, stop + DAY) == 2


def test_a_pause_hides_nothing() -> None:
    assert days_of(told(), user=replace(USER, pause=Pause(HELD + DAY, date(2026, 7, 24)))) == 15


def test_the_longest_silence_comes_first_and_a_list_stays_short() -> None:
    vacancies = [replace(told(), id=number, opened_at=HELD + number * DAY) for number in range(10)]
    found = [
        Quiet(vacancy, days) for vacancy, days in zip(vacancies, [14, 30, 14, 20, *[15] * 6], strict=True)
    ]

    sweep = sweep_of(found, FRIDAY)

    assert [one.vacancy.id for one in sweep.quiet] == [1, 3, 4, 5, 6, 7, 8, 9]
    assert (sweep.at, sweep.more) == (FRIDAY, 2)


def test_the_fingerprint_tells_of_every_change() -> None:
    one, other = replace(told(), id=1), replace(told(), id=2)
    sweep = sweep_of([Quiet(one, 15), Quiet(other, 15)], FRIDAY)

    assert sweep.fingerprint == sweep_of([Quiet(one, 16), Quiet(other, 16)], FRIDAY + DAY).fingerprint
    assert sweep.fingerprint != sweep_of([Quiet(one, 15)], FRIDAY).fingerprint
    reported = Quiet(replace(other, seq=other.seq + 1), 15)
    assert sweep.fingerprint != sweep_of([Quiet(one, 15), reported], FRIDAY).fingerprint
    assert Sweep(FRIDAY, ()).fingerprint == 0
