"""A no-show (H11): which hours are offered instead, what is known of it, what makes up for it."""

from datetime import UTC, datetime, timedelta

import pytest
from histories import working_times
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.facts import Answered, Event, Fact, InterviewCancelled, InterviewSet, NoShow, Opened, Skipped
from bot.domain.history import fold
from bot.domain.no_show import is_unmet, is_untold, next_stage, other_hours
from bot.domain.users import QuietHours
from bot.domain.vacancy import Interview, Outcome, Technique, Vacancy
from bot.domain.working_time import WorkingTime

FIXED = datetime(2026, 8, 4, 11, tzinfo=UTC)  # a Tuesday: two in the afternoon in Moscow
MEETING = Interview(starts_at=FIXED, contact_ids=(1,), told=False)
HELD = Interview(starts_at=FIXED - timedelta(days=7))
SECOND = Interview(stage=2, starts_at=FIXED, told=False)
MISSED_AT = FIXED + timedelta(hours=1)


def _vacancy(*facts: Fact) -> Vacancy:
    """Return a vacancy with these facts, reported an hour apart from the missed interview on."""
    reports = enumerate([(Opened("Acme"), InterviewSet(MEETING)), *((fact,) for fact in facts)])
    return fold(1, 1, [Event(n + 1, FIXED + n * timedelta(hours=1), report) for n, report in reports])


def _hours(
    now: datetime,
    meeting: Interview | None = MEETING,
    zone: str = "Europe/Moscow",
    employer: str | None = None,
) -> list[str]:
    working_time = WorkingTime(zone, employer, "RU", QuietHours())
    moments = other_hours(working_time, meeting, now)
    return [f"{working_time.employer_day(at):%a %d} {working_time.employer_time(at):%H:%M}" for at in moments]


@pytest.mark.parametrize(
    ("now", "meeting", "hours"),
    [
        # the hour that was fixed, then the other half of the day, day by day
        (MISSED_AT, MEETING, ["Wed 05 14:00", "Thu 06 11:00", "Fri 07 15:00"]),
        (
            MISSED_AT,
            Interview(starts_at=FIXED - timedelta(hours=5)),
            ["Wed 05 09:00", "Thu 06 15:00", "Fri 07 11:00"],
        ),
        # an hour that was not told is not offered as noon
        (
            MISSED_AT,
            Interview(starts_at=FIXED, timed=False),
            ["Wed 05 11:00", "Thu 06 15:00", "Fri 07 11:00"],
        ),
        # H1: over a weekend, and over the May holidays
        (FIXED + timedelta(days=2), MEETING, ["Fri 07 14:00", "Mon 10 11:00", "Tue 11 15:00"]),
        (datetime(2026, 4, 30, 12, tzinfo=UTC), MEETING, ["Mon 04 14:00", "Tue 05 11:00", "Wed 06 15:00"]),
        # H2: the evening is moved into office hours
        (
            MISSED_AT,
            Interview(starts_at=FIXED + timedelta(hours=7)),
            ["Wed 05 18:30", "Thu 06 11:00", "Fri 07 15:00"],
        ),
    ],
)
def test_other_hours(now: datetime, meeting: Interview, hours: list[str]) -> None:
    assert _hours(now, meeting) == hours


def test_other_hours_where_the_two_never_meet() -> None:
    assert _hours(MISSED_AT, MEETING, "America/Los_Angeles", "Asia/Dubai") == []


@given(working_times, st.integers(0, 400 * 24).map(lambda hours: FIXED + timedelta(hours=hours)))
def test_other_hours_fit_both_sides(working_time: WorkingTime, now: datetime) -> None:
    """H1, H2: working days to come, one hour on each, within the hours of both."""
    hours = other_hours(working_time, MEETING, now)

    days = [working_time.employer_day(hour) for hour in hours]
    assert days == sorted(set(days))
    assert len(hours) <= 3
    for hour in hours:
        assert hour > now
        assert working_time.is_working_day(working_time.employer_day(hour))
        assert working_time.next_call_moment(hour) == hour


@pytest.mark.parametrize(
    ("facts", "unmet"),
    [
        ([], False),
        ([NoShow(1)], True),
        # another stage is none of its business
        ([NoShow(2)], False),
        ([InterviewCancelled(1)], True),
        # a stage that was held is spoken of, until the one after it fails
        ([InterviewSet(HELD), InterviewSet(SECOND)], False),
        ([InterviewSet(HELD), InterviewSet(SECOND), NoShow(2)], True),
        # what they have said since is spoken of
        ([InterviewSet(HELD), InterviewSet(SECOND), NoShow(2), Answered(outcome=Outcome.VAGUE)], False),
        ([NoShow(1), Answered(outcome=Outcome.VAGUE)], True),
        # a new time
        ([NoShow(1), InterviewSet(MEETING)], False),
    ],
)
def test_whether_there_is_an_interview_to_speak_of(facts: list[Fact], unmet: bool) -> None:
    assert is_unmet(_vacancy(*facts)) is unmet


def test_a_no_show_is_told_and_begins_a_plan_of_its_own() -> None:
    vacancy = _vacancy(Skipped(Technique.NO_SHOW), NoShow(1))

    assert vacancy.skipped == ()
    (meeting,) = vacancy.interviews
    assert meeting == Interview(
        starts_at=FIXED, contact_ids=(1,), told=True, missed_at=FIXED + timedelta(hours=2)
    )


@pytest.mark.parametrize(
    ("facts", "stage"),
    [([], 2), ([NoShow(1)], 1), ([InterviewCancelled(1)], 1), ([InterviewSet(SECOND)], 3)],
)
def test_the_stage_of_an_interview_agreed_now(facts: list[Fact], stage: int) -> None:
    assert next_stage(_vacancy(*facts)) == stage


def test_a_missed_interview_is_no_sign_of_life() -> None:
    """R62: silence is counted from when they were last heard."""
    now = FIXED + timedelta(days=2)

    assert _vacancy().silent_since(now) == FIXED + timedelta(hours=1)
    assert _vacancy(NoShow(1)).silent_since(now) is None


@pytest.mark.parametrize(
    ("meeting", "now", "untold"),
    [
        (MEETING, FIXED - timedelta(minutes=1), False),
        (MEETING, FIXED, True),
        (MEETING, FIXED + timedelta(days=9), True),
        (Interview(starts_at=FIXED), FIXED, False),
        # no hour was told: it may be any hour of the day
        (Interview(starts_at=FIXED, timed=False, told=False), FIXED - timedelta(hours=12), True),
        (Interview(starts_at=FIXED, timed=False, told=False), FIXED - timedelta(hours=13), False),
    ],
)
def test_untold(meeting: Interview, now: datetime, untold: bool) -> None:
    assert is_untold(meeting, now) is untold
