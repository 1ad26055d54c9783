"""Working days, holidays with their transfers, hours on two clocks, and clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from histories import quiet_hours, working_times, zones
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.users import Pause, QuietHours, User
from bot.domain.vacancy import Vacancy
from bot.domain.working_time import WorkingTime

MOSCOW = "Europe/Moscow"
moments = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
days = st.dates(date(2025, 1, 1), date(2027, 12, 1))


def _time(
    zone: str | None = MOSCOW,
    employer: str | None = None,
    country: str | None = "RU",
    quiet: QuietHours | None = None,
) -> WorkingTime:
    return WorkingTime(zone, employer, country, quiet or QuietHours())


def _at(text: str, zone: str = MOSCOW) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("country", "day", "works"),
    [
        ("RU", date(2025, 5, 2), False),  # moved from Saturday, 4 January
        ("RU", date(2025, 5, 8), False),  # moved from Sunday, 23 February
        ("RU", date(2025, 6, 13), False),  # moved from Saturday, 8 March
        ("RU", date(2025, 11, 1), False),  # a Saturday, though worked (H1: Monday to Friday)
        ("RU", date(2025, 11, 3), False),  # moved from Saturday, 1 November
        ("RU", date(2025, 12, 31), False),  # moved from Sunday, 5 January
        ("RU", date(2026, 1, 9), False),  # moved from Saturday, 3 January
        ("RU", date(2026, 1, 12), True),
        ("RU", date(2026, 3, 9), False),  # 8 March is a Sunday
        ("RU", date(2026, 5, 1), False),
        ("RU", date(2026, 5, 11), False),  # 9 May is a Saturday
        ("RU", date(2026, 6, 12), False),
        ("RU", date(2026, 11, 4), False),
        ("RU", date(2026, 12, 31), False),  # moved from Sunday, 4 January
        ("RU", date(2027, 2, 22), False),  # moved from Saturday, 20 February
        ("RU", date(2027, 11, 5), False),
        ("US", date(2026, 7, 3), False),  # 4 July is a Saturday
        ("US", date(2026, 9, 7), False),
        ("US", date(2026, 11, 26), False),
        ("US", date(2027, 6, 18), False),  # 19 June is a Saturday
        ("US", date(2027, 12, 31), False),  # 1 January 2028 is a Saturday
        ("us", date(2026, 7, 3), False),
        ("US", date(2026, 7, 6), True),
        ("", date(2026, 5, 1), True),
        (None, date(2026, 5, 1), True),
        ("XX", date(2026, 5, 1), True),
        ("", date(2026, 5, 2), False),
    ],
)
def test_working_days(country: str | None, day: date, works: bool) -> None:
    """H1."""
    assert _time(country=country).is_working_day(day) is works


def test_counting_working_days() -> None:
    """H1: over the May holidays of 2026, Friday the 1st to Monday the 11th."""
    working_time = _time()
    friday_before = date(2026, 4, 30)
    assert working_time.next_working_day(friday_before) == date(2026, 5, 4)
    assert working_time.working_day_from(date(2026, 5, 9)) == date(2026, 5, 12)
    assert working_time.previous_working_day(date(2026, 5, 12)) == date(2026, 5, 8)
    assert working_time.add_working_days(friday_before, 6) == date(2026, 5, 12)
    assert working_time.working_days_between(friday_before, date(2026, 5, 12)) == 6


@pytest.mark.parametrize(
    ("after", "moment"),
    [
        ("2026-08-13T11:00", "2026-08-13T11:00"),
        ("2026-08-13T08:00", "2026-08-13T10:00"),  # before the office opens: a good hour
        ("2026-08-13T19:00", "2026-08-14T10:00"),
        ("2026-08-14T19:30", "2026-08-17T10:00"),  # Friday evening
        ("2026-12-30T19:30", "2027-01-11T10:00"),  # the long holidays
    ],
)
def test_next_call_moment(after: str, moment: str) -> None:
    """H2."""
    assert _time().next_call_moment(_at(after)) == _at(moment)


@pytest.mark.parametrize(
    ("after", "moment"),
    [
        ("2026-08-15T11:00", "2026-08-15T11:00"),  # any day
        ("2026-08-15T21:59", "2026-08-15T21:59"),
        ("2026-08-15T22:00", "2026-08-16T10:00"),
        ("2026-08-15T05:00", "2026-08-15T10:00"),
    ],
)
def test_next_letter_moment(after: str, moment: str) -> None:
    """H3, H10."""
    assert _time().next_letter_moment(_at(after)) == _at(moment)


@pytest.mark.parametrize(
    ("quiet", "after", "moment"),
    [
        (QuietHours(time(20), time(9)), "2026-08-13T20:30", "2026-08-14T10:00"),
        (QuietHours(time(12), time(14)), "2026-08-13T12:30", "2026-08-13T14:00"),
        (QuietHours(time(9), time(11)), "2026-08-12T22:30", "2026-08-13T08:00"),
        (QuietHours(time(0), time(0)), "2026-08-13T21:00", "2026-08-13T21:00"),
        (QuietHours(time(7), time(23)), "2026-08-13T21:00", "2026-08-13T21:00"),  # nothing would be left
    ],
)
def test_quiet_hours(quiet: QuietHours, after: str, moment: str) -> None:
    """H3."""
    assert _time(quiet=quiet).next_letter_moment(_at(after)) == _at(moment)


def test_a_call_fits_both_clocks() -> None:
    """H2: Vladivostok is seven hours ahead of Moscow."""
    vladivostok = "Asia/Vladivostok"
    working_time = _time(vladivostok, MOSCOW)
    assert working_time.next_call_moment(_at("2026-08-13T10:00", vladivostok)) == _at("2026-08-13T10:00")
    late = _at("2026-08-13T15:30")  # half past ten in the evening there
    assert working_time.next_call_moment(late) == _at("2026-08-14T10:00")


def test_calls_never_fit_eleven_hours_apart() -> None:
    """H2: in summer Los Angeles sleeps exactly while Dubai works."""
    working_time = _time("America/Los_Angeles", "Asia/Dubai", "")
    evening = _at("2026-08-13T21:00", "America/Los_Angeles")
    assert working_time.next_call_moment(evening) is None
    assert working_time.next_office_moment(evening) == _at("2026-08-14T10:00", "Asia/Dubai")


@pytest.mark.parametrize(
    ("day", "clock", "moment"),
    [
        (date(2026, 8, 13), time(15, 30), "2026-08-13T15:30"),
        (date(2026, 8, 13), time(7), "2026-08-13T09:00"),
        (date(2026, 8, 13), time(20), "2026-08-13T18:30"),
        (date(2026, 8, 13), None, "2026-08-13T10:00"),
        (date(2026, 8, 15), time(15), "2026-08-17T10:00"),  # a Saturday
    ],
)
def test_call_moment_on(day: date, clock: time | None, moment: str) -> None:
    """H2, H8."""
    assert _time().call_moment_on(day, clock) == _at(moment)


@pytest.mark.parametrize(
    ("zone", "day", "clock", "moment"),
    [
        ("Europe/London", date(2026, 3, 29), time(1, 30), "2026-03-29T01:30+00:00"),  # skipped: 02:30
        ("Europe/London", date(2026, 10, 25), time(1, 30), "2026-10-25T00:30+00:00"),  # twice: the first
        ("Africa/Cairo", date(2026, 4, 24), time(), "2026-04-23T22:00+00:00"),  # no midnight that day
    ],
)
def test_clock_changes(zone: str, day: date, clock: time, moment: str) -> None:
    assert _time(zone).user_moment(day, clock) == datetime.fromisoformat(moment)


PAUSE = Pause(_at("2026-08-12T12:00"), date(2026, 8, 17))


@pytest.mark.parametrize(
    ("pause", "after", "moment"),
    [
        (PAUSE, "2026-08-12T11:59", "2026-08-12T11:59"),
        (PAUSE, "2026-08-12T12:00", "2026-08-17T10:00"),  # back in the morning
        (PAUSE, "2026-08-16T23:59", "2026-08-17T10:00"),
        (PAUSE, "2026-08-17T08:30", "2026-08-17T08:30"),
        (Pause(_at("2026-08-13T03:00"), date(2026, 8, 17)), "2026-08-12T22:30", "2026-08-17T10:00"),
        (Pause(_at("2026-08-12T12:00"), date(2026, 8, 16), time(19)), "2026-08-14T10:00", "2026-08-16T19:00"),
        (Pause(_at("2026-08-12T12:00"), date(2026, 10, 1)), "2026-08-14T10:00", "2026-10-01T10:00"),
    ],
)
def test_a_pause_lets_nothing_through(pause: Pause, after: str, moment: str) -> None:
    """H3."""
    working_time = WorkingTime(MOSCOW, None, "RU", QuietHours(), pause)

    assert working_time.next_letter_moment(_at(after)) == _at(moment)
    assert working_time.is_off(_at(after)) is (pause.since <= _at(after) < _at(moment).replace(hour=0))


def test_a_pause_moves_calls_too() -> None:
    """H2, H8: also one that was agreed, and one that fits the employer's clock alone."""
    working_time = WorkingTime(MOSCOW, None, "RU", QuietHours(), PAUSE)
    assert working_time.next_call_moment(_at("2026-08-13T11:00")) == _at("2026-08-17T10:00")
    assert working_time.next_office_moment(_at("2026-08-13T11:00")) == _at("2026-08-17T10:00")
    assert working_time.call_moment_on(date(2026, 8, 14), time(15)) == _at("2026-08-17T10:00")
    assert working_time.call_moment_on(date(2026, 8, 17), time(15)) == _at("2026-08-17T15:00")
    long = WorkingTime(MOSCOW, None, "RU", QuietHours(), Pause(PAUSE.since, date(2026, 11, 2)))
    assert long.next_call_moment(_at("2026-08-13T11:00")) == _at("2026-11-02T10:00")


def test_a_pause_follows_its_user() -> None:
    """The day counts where the user is when it comes."""
    user = User(id=1, zone="Asia/Vladivostok", pause=PAUSE)
    assert WorkingTime.of(user).resumed(PAUSE.since) == _at("2026-08-17T00:00", "Asia/Vladivostok")
    assert WorkingTime.of(replace(user, zone="America/New_York")).resumed(PAUSE.since) == (
        _at("2026-08-17T00:00", "America/New_York")
    )


def test_zones_come_from_the_user_and_the_vacancy() -> None:
    opened_at = _at("2026-08-13T12:00")
    vacancy = Vacancy(id=1, owner_id=1, company="Acme", opened_at=opened_at, status_since=opened_at)
    moment = datetime(2026, 8, 13, 20, tzinfo=UTC)
    working_time = WorkingTime.between(User(id=1, zone="Asia/Vladivostok"), vacancy)
    assert (working_time.user_day(moment), working_time.employer_day(moment)) == (
        date(2026, 8, 14),
        date(2026, 8, 14),
    )
    assert working_time.employer_time(moment) == time(6)


@given(zones, quiet_hours, moments)
def test_letters_go_in_waking_hours(zone: str, quiet: QuietHours, after: datetime) -> None:
    """H3."""
    moment = _time(zone, quiet=quiet).next_letter_moment(after)
    clock = moment.astimezone(ZoneInfo(zone)).time()
    assert after <= moment < after + timedelta(days=2)
    assert max(time(8), quiet.end) <= clock < min(time(22), quiet.start)


@given(zones, zones, moments, st.sampled_from(["RU", "US", ""]))
def test_calls_go_in_the_hours_of_both(zone: str, employer: str, after: datetime, country: str) -> None:
    """H1, H2."""
    working_time = _time(zone, employer, country)
    moment = working_time.next_call_moment(after)
    if moment is None:
        return
    assert after <= moment
    assert time(8) <= moment.astimezone(ZoneInfo(zone)).time() < time(22)
    assert time(9) <= moment.astimezone(ZoneInfo(employer)).time() < time(19)
    assert working_time.is_working_day(working_time.user_day(moment))
    assert working_time.is_working_day(working_time.employer_day(moment))


@given(working_times, moments)
def test_an_allowed_moment_stays(working_time: WorkingTime, after: datetime) -> None:
    letter, call = working_time.next_letter_moment(after), working_time.next_call_moment(after)
    assert working_time.next_letter_moment(letter) == letter
    assert call is None or working_time.next_call_moment(call) == call


@given(working_times, days, st.integers(0, 15))
def test_working_days_add_up(working_time: WorkingTime, day: date, count: int) -> None:
    end = working_time.add_working_days(day, count)
    assert working_time.working_days_between(day, end) == count
    assert count == 0 or working_time.is_working_day(end)
