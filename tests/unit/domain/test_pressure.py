"""Telling another employer of an offer: to whom, by which way, and never twice on a day."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.facts import ContactNamed, Event, Fact, InterviewSet, Opened, PromiseMade, Touched
from bot.domain.history import fold
from bot.domain.pressure import honest_pressure, is_too_soon
from bot.domain.users import Pace, QuietHours
from bot.domain.vacancy import Channel, Contact, Interview, Promise, Role, Technique, Vacancy
from bot.domain.working_time import WorkingTime

NOW = datetime(2026, 8, 11, 9, tzinfo=UTC)  # a Tuesday, noon in Moscow
MOSCOW = WorkingTime("Europe/Moscow", None, "RU", QuietHours())
DAY = timedelta(days=1)
BOSS = Contact(id=1, role=Role.MANAGER, phone="+12025550101")
HR = Contact(id=2, role=Role.HR, email="hr@firm.example", username="hr")


def _vacancy(*facts: Fact, at: datetime = NOW - DAY) -> Vacancy:
    met = InterviewSet(Interview(starts_at=NOW - 7 * DAY))
    opened = Event(1, NOW - 8 * DAY, (Opened("Acme"), ContactNamed(BOSS), ContactNamed(HR), met))
    return fold(1, 1, [opened, Event(2, at, facts)])


@pytest.mark.parametrize(
    ("facts", "channel"),
    [
        ((), Channel.EMAIL),
        (
            (PromiseMade(Promise(channel=Channel.MESSENGER)), ContactNamed(Contact(id=2, username="hr"))),
            Channel.MESSENGER,
        ),  # C9
    ],
)
def test_the_call_and_the_letter(facts: tuple[Fact, ...], channel: Channel) -> None:
    """R88, R120, C8: who is to be asked is called, and written to where an address is known."""
    call, letter = honest_pressure(_vacancy(*facts), MOSCOW, NOW, Pace.NORMAL)

    assert [(one.technique, one.channel, one.contact_id, one.due) for one in (call, letter)] == [
        (Technique.LIGHT_PRESSURE, Channel.PHONE, 2, NOW),
        (Technique.LIGHT_PRESSURE, channel, 2, NOW),
    ]


@pytest.mark.parametrize(
    ("at", "technique", "reached", "too_soon"),
    [
        (NOW - timedelta(hours=2), Technique.CALL, True, True),
        (NOW - timedelta(hours=2), Technique.CALL, False, False),  # C1: a dial is no touch
        (NOW - timedelta(hours=2), Technique.ASK_REASONS, True, False),
        (NOW - DAY, Technique.CALL, True, False),
    ],
)
def test_once_a_day(at: datetime, technique: Technique, reached: bool, too_soon: bool) -> None:
    """R42."""
    touched = Touched(technique=technique, channel=Channel.PHONE, reached=reached)
    vacancy = _vacancy(touched, at=at)

    assert is_too_soon(vacancy, MOSCOW, NOW, Pace.NORMAL) is too_soon
    call, letter = honest_pressure(vacancy, MOSCOW, NOW, Pace.NORMAL)
    tomorrow = datetime(2026, 8, 12, 7, tzinfo=UTC)
    assert [call.due, letter.due] == [tomorrow if too_soon else NOW] * 2
