"""What a pause covers, and the way back for an interview."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from msgspec.structs import replace

from bot.domain.absence import Covered, Kind, back_for_interview, covered
from bot.domain.facts import Answered, Event, Fact, InterviewSet, Opened, PromiseMade
from bot.domain.history import fold
from bot.domain.users import Pause, User
from bot.domain.vacancy import Interview, Outcome, Promise, Vacancy, Who

NOW = datetime(2026, 7, 9, 12, tzinfo=UTC)  # Thursday, three in the afternoon in Moscow
USER = User(id=1, zone="Europe/Moscow", country="RU", pause=Pause(NOW, date(2026, 7, 20)))


def told(*facts: Fact) -> Vacancy:
    return fold(7, 1, [Event(1, NOW - timedelta(hours=1), (Opened("Acme"), *facts))])


def interview(day: int, hour: int) -> Interview:
    return Interview(starts_at=datetime(2026, 7, day, hour, tzinfo=UTC), told=False)


@pytest.mark.parametrize(
    ("fact", "found"),
    [
        (InterviewSet(interview(14, 12)), (Kind.INTERVIEW, 14)),
        (InterviewSet(interview(20, 6)), (Kind.INTERVIEW, 20)),  # before the first reminder of that morning
        (InterviewSet(interview(20, 12)), None),
        (PromiseMade(Promise(by=date(2026, 7, 17))), (Kind.ANSWER, 17)),
        (PromiseMade(Promise(by=date(2026, 7, 20))), None),  # H4: that day runs to its end
        (PromiseMade(Promise(by=date(2026, 7, 9))), (Kind.ANSWER, 9)),
        (PromiseMade(Promise(by=date(2026, 7, 8))), None),
        (PromiseMade(Promise(by=date(2026, 7, 16), who=Who.CANDIDATE)), (Kind.CALL, 16)),
        (Answered(outcome=Outcome.CALL_LATER, on=date(2026, 7, 15)), (Kind.CALL, 15)),
        (Answered(outcome=Outcome.TEST_TASK, on=date(2026, 7, 15)), (Kind.TASK, 15)),
        (Answered(outcome=Outcome.ROUND, on=date(2026, 7, 15)), None),
        (Answered(outcome=Outcome.CALL_LATER), None),
    ],
)
def test_what_a_pause_covers(fact: Fact, found: tuple[Kind, int] | None) -> None:
    assert [(one.kind, one.on.day) for one in covered([told(fact)], USER, NOW)] == ([found] if found else [])


def test_an_invitation_is_an_interview() -> None:
    """An invitation to a day that the user has not entered yet."""
    vacancy = told(Answered(outcome=Outcome.NEXT_STAGE, on=date(2026, 7, 14), at=time(15)))

    assert [(one.kind, one.on) for one in covered([vacancy], USER, NOW)] == [
        (Kind.INTERVIEW, date(2026, 7, 14))
    ]


def test_they_come_in_the_order_of_their_days() -> None:
    vacancies = [told(InterviewSet(interview(day, 12))) for day in (16, 14)]

    assert [one.on.day for one in covered(vacancies, USER, NOW)] == [14, 16]


@pytest.mark.parametrize(
    ("days", "back"),
    [
        ((14, 16), Pause(NOW, date(2026, 7, 13), time(19))),
        ((10,), Pause(NOW, date(2026, 7, 9), time(19))),  # this very evening
        ((9,), None),  # the evening before is over
        ((), None),
    ],
)
def test_back_the_evening_before_an_interview(days: tuple[int, ...], back: Pause | None) -> None:
    matters = [Covered(Kind.INTERVIEW, told(), date(2026, 7, day), interview(day, 15)) for day in days] + [
        Covered(Kind.ANSWER, told(), date(2026, 7, 10))
    ]

    assert back_for_interview(matters, USER, NOW) == back


def test_without_a_pause_there_is_no_way_back() -> None:
    matters = [Covered(Kind.INTERVIEW, told(), date(2026, 7, 14), interview(14, 12))]

    assert back_for_interview(matters, replace(USER, pause=None), NOW) is None
