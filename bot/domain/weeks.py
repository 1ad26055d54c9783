"""The two messages of a week, the Friday sweep and the Sunday review: when each of them comes."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import count

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.users import User
from bot.domain.working_time import WorkingTime

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)


class Weekly(StrEnum):
    """A message that comes once a week; stored, so a new name is a migration."""

    SWEEP = "sweep"
    REVIEW = "review"


#: The day of the week, Monday is 0, and the hour of the user's clock.
_WHEN = {Weekly.SWEEP: (4, time(16)), Weekly.REVIEW: (6, time(18))}


class Occasion(Struct, frozen=True):
    """One weekly message of one week."""

    weekly: Weekly
    #: The Monday of its week.
    monday: date
    #: When it comes: aware, UTC, within the user's waking hours.
    due: datetime

    @property
    def key(self) -> str:
        """The name of this message among its user's: it is pushed once."""
        year, week, _ = self.monday.isocalendar()
        return f"{self.weekly}:{year}-W{week:02}"


def weekly_of(key: str) -> Weekly:
    """Return which message a key names."""
    return Weekly(key.partition(":")[0])


def is_switched_off(weekly: Weekly, user: User) -> bool:
    """Tell whether the user does not want this message."""
    return user.sweep_off if weekly is Weekly.SWEEP else user.review_off


def switched(user: User, weekly: Weekly, *, on: bool) -> User:
    """Return the user to whom this message comes, or does not."""
    return replace(user, sweep_off=not on) if weekly is Weekly.SWEEP else replace(user, review_off=not on)


def occasions(weekly: Weekly, user: User, now: datetime, *, late: bool = False) -> Iterator[Occasion]:
    """Yield the occasions to come, one a week; with `late` also this week's when its hour has gone by.

    A late one comes until the week ends, in waking hours (H3). What lies in a pause is left out.
    """
    if is_switched_off(weekly, user):
        return
    clock = WorkingTime.of(user)
    monday = monday_of(clock.user_day(now))
    for week in (monday + _WEEK * n for n in count()):
        meant = _moment(weekly, clock, week)
        due = clock.next_letter_moment(max(meant, now))
        in_time = meant > now or (late and due < clock.user_moment(week + _WEEK))
        if in_time and not clock.is_off(meant):
            yield Occasion(weekly, week, due)


def monday_of(day: date) -> date:
    """Return the Monday of the day's week."""
    return day - _DAY * day.weekday()


def _moment(weekly: Weekly, clock: WorkingTime, monday: date) -> datetime:
    weekday, hour = _WHEN[weekly]
    return clock.moment_within(monday + _DAY * weekday, hour)
