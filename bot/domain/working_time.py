"""Working time: working days and the hours in which one user may call or be written to about one employer.

Days are plain dates; which clock they are read from is in the name of the method. Moments are aware, results
in UTC. A wall-clock time that a zone skips moves forward, one that comes twice means its first coming.
"""

from collections.abc import Callable, Container, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache, lru_cache
from itertools import count
from zoneinfo import ZoneInfo

from bot.domain.users import Pause, QuietHours, User
from bot.domain.vacancy import Vacancy

#: Hours of the user's day in which anything may happen (H2, H3).
WAKING_HOURS = (time(8), time(22))
#: Hours of the employer's day in which it is called (H2).
OFFICE_HOURS = (time(9), time(19))
#: A good hour when only the day matters.
MORNING = time(10)

#: The longest run of public holidays is well within it.
_HORIZON_DAYS = 30
#: A call agreed for after office hours still leaves this much of them, a message before the quiet ones that.
_LAST_CALL = timedelta(minutes=30)
_LAST_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)

#: Users share zones and countries, and days are few: what was found once is found for many.
_REMEMBERED = 4096

Span = tuple[datetime, datetime]


class WorkingTime:
    """Working days and allowed hours of one user and one employer; a zone is an IANA name, None is UTC."""

    def __init__(
        self,
        zone: str | None,
        employer_zone: str | None,
        country: str | None,
        quiet: QuietHours,
        pause: Pause | None = None,
    ) -> None:
        self._user: tzinfo = ZoneInfo(zone) if zone else UTC
        self._employer: tzinfo = ZoneInfo(employer_zone) if employer_zone else self._user
        self._country = country or ""
        self._waking = _waking_hours(quiet)
        self._off = (pause.since, self.user_moment(pause.until, pause.hour)) if pause else None

    @staticmethod
    def of(user: User) -> "WorkingTime":
        """Return the time of this user alone."""
        return _shared(user.zone, None, user.country, user.quiet, user.pause)

    @staticmethod
    def between(user: User, vacancy: Vacancy) -> "WorkingTime":
        """Return the working time of this user with the employer of this vacancy."""
        return _shared(user.zone, vacancy.zone, user.country, user.quiet, user.pause)

    # Days

    def user_day(self, moment: datetime) -> date:
        """Return the day it is for the user."""
        return moment.astimezone(self._user).date()

    def user_time(self, moment: datetime) -> time:
        """Return what the user's clock shows."""
        return moment.astimezone(self._user).time()

    def employer_day(self, moment: datetime) -> date:
        """Return the day it is for the employer."""
        return moment.astimezone(self._employer).date()

    def employer_time(self, moment: datetime) -> time:
        """Return what the employer's clock shows."""
        return moment.astimezone(self._employer).time()

    def is_working_day(self, day: date) -> bool:
        """Tell whether offices work: Monday to Friday without the country's public holidays (H1)."""
        return _is_working_day(self._country, day)

    def next_working_day(self, day: date) -> date:
        """Return the first working day after this day."""
        return self.working_day_from(day + _DAY)

    def working_day_from(self, day: date) -> date:
        """Return this day if it is a working day, otherwise the next one."""
        while not self.is_working_day(day):
            day += _DAY
        return day

    def previous_working_day(self, day: date) -> date:
        """Return the last working day before this day."""
        day -= _DAY
        while not self.is_working_day(day):
            day -= _DAY
        return day

    def add_working_days(self, day: date, days: int) -> date:
        """Return the working day that comes this many working days after this day."""
        for _ in range(days):
            day = self.next_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Count the working days after `start` up to and including `end`."""
        return sum(self.is_working_day(start + _DAY * n) for n in range(1, (end - start).days + 1))

    # Moments

    def user_moment(self, day: date, clock: time = time()) -> datetime:
        """Return the moment at which the user's clock shows this."""
        return _moment(day, clock, self._user)

    def employer_moment(self, day: date, clock: time = time()) -> datetime:
        """Return the moment at which the employer's clock shows this."""
        return _moment(day, clock, self._employer)

    def resumed(self, moment: datetime) -> datetime:
        """Return the moment, or the end of the pause it falls into."""
        since, end = self._off or (moment, moment)
        return end if since <= moment < end else moment

    def is_off(self, moment: datetime) -> bool:
        """Tell whether the moment falls into the user's pause."""
        return self.resumed(moment) != moment

    def next_letter_moment(self, after: datetime, preferring: time = MORNING) -> datetime:
        """Return `after` if the user may be disturbed then, otherwise the next such moment (H3, H10)."""
        moment = self._letter_moment(after, preferring)
        return self._letter_moment(self.resumed(moment), preferring) if self.is_off(moment) else moment

    def moment_within(self, day: date, wished: time) -> datetime:
        """Return the wished hour of a day, moved into those hours of this day in which the user is awake."""
        moment, spans = self.user_moment(day, wished), self._waking_spans(day)
        return _moved(moment, spans, _LAST_HOUR)

    def next_call_moment(self, after: datetime, preferring: time = MORNING) -> datetime | None:
        """Return `after` if a call fits both clocks then, otherwise the next moment that does (H2).

        `preferring` is the employer's hour. None: the hours of the two never meet.
        """
        return self._office_moment(after, preferring, self._call_spans)

    def next_office_moment(self, after: datetime, preferring: time = MORNING) -> datetime:
        """Return the next moment in office hours, whatever the user's clock shows: if calls never fit."""
        moment = self._office_moment(after, preferring, self._office_spans)
        return moment or self.resumed(after).astimezone(UTC)

    def call_moment_on(self, day: date, clock: time | None) -> datetime | None:
        """Return the moment of a call agreed for this day and hour of the employer, moved into call hours."""
        spans = self._call_spans(day)
        if clock is None or not spans:
            return self.next_call_moment(self.employer_moment(day))
        moment = _moved(self.employer_moment(day, clock), spans, _LAST_CALL)
        return self.next_call_moment(moment) if self.is_off(moment) else moment

    def office_closes(self, day: date) -> datetime:
        """Return the end of the employer's office hours on this day."""
        return self.employer_moment(day, OFFICE_HOURS[1])

    def _letter_moment(self, after: datetime, preferring: time) -> datetime:
        first = self.user_day(after)
        days = (first + _DAY * n for n in count())
        return next(_moments(after, days, self._waking_spans, lambda day: self.user_moment(day, preferring)))

    def _office_moment(
        self, after: datetime, preferring: time, spans: Callable[[date], Sequence[Span]]
    ) -> datetime | None:
        moment = self._open_moment(after, preferring, spans)
        if moment and self.is_off(moment):
            return self._open_moment(self.resumed(moment), preferring, spans)
        return moment

    def _open_moment(
        self, after: datetime, preferring: time, spans: Callable[[date], Sequence[Span]]
    ) -> datetime | None:
        first = self.employer_day(after)
        days = (first + _DAY * n for n in range(_HORIZON_DAYS))
        return next(_moments(after, days, spans, lambda day: self.employer_moment(day, preferring)), None)

    @lru_cache(maxsize=_REMEMBERED)  # noqa: B019 - bounded, and the instances are shared
    def _waking_spans(self, day: date) -> list[Span]:
        return [(self.user_moment(day, start), self.user_moment(day, end)) for start, end in self._waking]

    def _office_spans(self, day: date) -> list[Span]:
        if not self.is_working_day(day):
            return []
        return [(self.employer_moment(day, OFFICE_HOURS[0]), self.employer_moment(day, OFFICE_HOURS[1]))]

    @lru_cache(maxsize=_REMEMBERED)  # noqa: B019 - bounded, and the instances are shared
    def _call_spans(self, day: date) -> list[Span]:
        """Return when the employer's working day meets a working day of the user."""
        return [
            (max(opens, wakes), min(closes, sleeps))
            for opens, closes in self._office_spans(day)
            for own_day in sorted({self.user_day(opens), self.user_day(closes)})
            if self.is_working_day(own_day)
            for wakes, sleeps in self._waking_spans(own_day)
            if max(opens, wakes) < min(closes, sleeps)
        ]


def load_holidays() -> None:
    """Load the public holidays of every country; whoever asks first would wait for it."""
    _days_off("GB")


def _waking_hours(quiet: QuietHours) -> tuple[tuple[time, time], ...]:
    """Return the user's hours outside the quiet ones; quiet hours that leave nothing are not kept."""
    first, last = WAKING_HOURS
    if quiet.start == quiet.end:
        return (WAKING_HOURS,)
    spans = [(max(first, quiet.end), min(last, quiet.start))]  # quiet over midnight
    if quiet.start < quiet.end:
        spans = [(first, min(last, quiet.start)), (max(first, quiet.end), last)]
    return tuple((start, end) for start, end in spans if start < end) or (WAKING_HOURS,)


def _moved(wished: datetime, spans: Sequence[Span], left: timedelta) -> datetime:
    """Return the moment, moved into the spans of its day; where one is over already, `left` remains of it."""
    before = [(start, end) for start, end in spans if start <= wished]
    if not before:
        return spans[0][0]
    start, end = before[-1]
    return wished if wished < end else max(start, end - left)


def _moments(
    after: datetime,
    days: Iterator[date],
    spans_of: Callable[[date], Sequence[Span]],
    wish_of: Callable[[date], datetime],
) -> Iterator[datetime]:
    """Yield, per day that has one, the moment not before `after`: at once, as wished, or the first."""
    after = after.astimezone(UTC)
    for day in days:
        spans, wished = spans_of(day), wish_of(day)
        for moment in (after, wished):
            if moment >= after and any(start <= moment < end for start, end in spans):
                yield moment
        yield from (start for start, _ in spans if start > after)


@lru_cache(maxsize=_REMEMBERED)
def _moment(day: date, clock: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)


@lru_cache(maxsize=_REMEMBERED)
def _shared(
    zone: str | None, employer: str | None, country: str | None, quiet: QuietHours, pause: Pause | None
) -> WorkingTime:
    """Return the one working time of everybody with these settings."""
    return WorkingTime(zone, employer, country, quiet, pause)


@lru_cache(maxsize=_REMEMBERED)
def _is_working_day(country: str, day: date) -> bool:
    return day.weekday() < 5 and day not in _days_off(country)


@cache
def _days_off(country: str) -> Container[date]:
    """Return the public holidays of a country with their transfers; none for a country nobody knows."""
    if not country:
        return frozenset()
    import holidays

    try:
        return holidays.country_holidays(country.upper())
    except NotImplementedError:
        return frozenset()
