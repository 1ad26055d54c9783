"""The weekly messages come once a local week, in waking hours, over clock changes and moved zones."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from histories import ZONES, quiet_hours, zones
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.users import Pause, QuietHours, User
from bot.domain.weeks import Occasion, Weekly, is_switched_off, monday_of, occasions, switched, weekly_of
from bot.domain.working_time import WorkingTime

MOSCOW = "Europe/Moscow"
USER = User(id=1, zone=MOSCOW)
WEEKS = 60

weeklies = st.sampled_from(Weekly)
moments = st.integers(0, 400 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def at(text: str, zone: str = MOSCOW) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def first(weekly: Weekly, user: User, now: datetime, *, late: bool = False) -> Occasion:
    return next(occasions(weekly, user, now, late=late))


@pytest.mark.parametrize(
    ("weekly", "now", "late", "key", "due"),
    [
        (Weekly.SWEEP, "2026-07-09T15:00", False, "sweep:2026-W28", "2026-07-10T16:00"),
        (Weekly.SWEEP, "2026-07-10T16:00", False, "sweep:2026-W29", "2026-07-17T16:00"),
        (Weekly.SWEEP, "2026-07-10T16:00", True, "sweep:2026-W28", "2026-07-10T16:00"),
        (Weekly.SWEEP, "2026-07-10T23:00", True, "sweep:2026-W28", "2026-07-11T10:00"),  # H3: not at night
        (Weekly.SWEEP, "2026-07-12T21:59", True, "sweep:2026-W28", "2026-07-12T21:59"),
        (Weekly.SWEEP, "2026-07-12T22:00", True, "sweep:2026-W29", "2026-07-17T16:00"),  # the week is over
        (Weekly.REVIEW, "2026-07-12T17:59", False, "review:2026-W28", "2026-07-12T18:00"),
        (Weekly.REVIEW, "2026-07-12T19:30", True, "review:2026-W28", "2026-07-12T19:30"),
        (Weekly.REVIEW, "2026-07-13T09:00", True, "review:2026-W29", "2026-07-19T18:00"),
        (Weekly.REVIEW, "2026-12-30T09:00", False, "review:2026-W53", "2027-01-03T18:00"),
    ],
)
def test_when_they_come(weekly: Weekly, now: str, *, late: bool, key: str, due: str) -> None:
    occasion = first(weekly, USER, at(now), late=late)

    assert (occasion.key, occasion.due) == (key, at(due))
    assert weekly_of(key) is weekly


@pytest.mark.parametrize(
    ("quiet", "sweep", "review"),
    [
        (QuietHours(time(20), time(10)), "16:00", "18:00"),
        (QuietHours(time(15), time(9)), "14:00", "14:00"),  # an hour before it gets quiet
        (QuietHours(time(14), time(17)), "13:00", "18:00"),
    ],
)
def test_never_in_quiet_hours(quiet: QuietHours, sweep: str, review: str) -> None:
    """H3."""
    user, now = replace(USER, quiet=quiet), at("2026-07-06T12:00")

    assert first(Weekly.SWEEP, user, now).due == at(f"2026-07-10T{sweep}")
    assert first(Weekly.REVIEW, user, now).due == at(f"2026-07-12T{review}")


def test_a_pause_leaves_weeks_out() -> None:
    user = replace(USER, pause=Pause(at("2026-07-09T12:00"), date(2026, 7, 18)))

    assert first(Weekly.SWEEP, user, at("2026-07-09T12:00")).due == at("2026-07-24T16:00")
    assert first(Weekly.REVIEW, user, at("2026-07-09T12:00")).due == at("2026-07-19T18:00")
    # back on Saturday: the Friday within the pause does not come late
    assert first(Weekly.SWEEP, user, at("2026-07-18T11:00"), late=True).key == "sweep:2026-W30"


def test_who_does_not_want_them_gets_none() -> None:
    for weekly in Weekly:
        off = switched(USER, weekly, on=False)
        assert [is_switched_off(each, off) for each in Weekly] == [each is weekly for each in Weekly]
        assert next(occasions(weekly, off, at("2026-07-09T12:00")), None) is None
        assert switched(off, weekly, on=True) == USER


@given(weeklies, zones, quiet_hours, moments)
def test_each_local_week_has_one(weekly: Weekly, zone: str, quiet: QuietHours, now: datetime) -> None:
    """H3: over every change of the clocks."""
    user = replace(USER, zone=zone, quiet=quiet)
    come = [occasion for occasion, _ in zip(occasions(weekly, user, now), range(WEEKS), strict=False)]

    assert all(later.monday - earlier.monday == timedelta(weeks=1) for earlier, later in pairwise(come))
    for occasion in come:
        assert local_week(occasion.due, user) == occasion.monday
        assert is_waking(occasion.due, user)
        assert occasion.due > now


moves = st.lists(st.tuples(st.integers(1, 40 * 24), st.sampled_from(ZONES)), max_size=8)


@given(weeklies, zones, quiet_hours, moments, moves)
def test_moved_zones_bring_none_twice(
    weekly: Weekly, zone: str, quiet: QuietHours, start: datetime, moves: list[tuple[int, str]]
) -> None:
    """The plan is made anew with each move; a week in which nobody moves has exactly one."""
    user = replace(USER, zone=zone, quiet=quiet)
    travels = [(start + timedelta(hours=hours), zone) for hours, zone in sorted(moves)]
    end = start + timedelta(days=60)

    came = list(lived(weekly, user, start, travels, end))

    assert len({occasion.key for occasion, _ in came}) == len(came)
    for occasion, there in came:
        assert local_week(occasion.due, there) == occasion.monday
        assert is_waking(occasion.due, there)
    weeks = {occasion.monday for occasion, _ in came}
    day = timedelta(days=1)
    for monday in (start.date() + day * n for n in range(10, 45)):
        begins = datetime.combine(monday, time(), UTC)
        moved = [at for at, _ in travels if begins - 2 * day <= at <= begins + 9 * day]
        if monday.weekday() == 0 and not moved:
            assert monday in weeks


def lived(
    weekly: Weekly, user: User, now: datetime, travels: Sequence[tuple[datetime, str]], end: datetime
) -> list[tuple[Occasion, User]]:
    """Return what comes until the end, and to whom: what was sent is never planned again."""
    sent: list[tuple[Occasion, User]] = []
    travels = [*travels, (end, user.zone or "UTC")]

    def plan() -> Occasion:
        keys = {occasion.key for occasion, _ in sent}
        return next(one for one in occasions(weekly, user, now, late=True) if one.key not in keys)

    for moved_at, zone in travels:
        while (planned := plan()).due <= moved_at:
            now = max(now, planned.due)
            sent.append((planned, user))
        user, now = replace(user, zone=zone), max(now, moved_at)
    return sent


def local_week(moment: datetime, user: User) -> date:
    return monday_of(WorkingTime.of(user).user_day(moment))


def is_waking(moment: datetime, user: User) -> bool:
    return WorkingTime.of(user).next_letter_moment(moment) == moment
