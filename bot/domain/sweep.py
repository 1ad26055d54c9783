"""The Friday sweep: vacancies where it has been quiet for long, for the user to close or to keep."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zlib import crc32

from msgspec import Struct

from bot.domain.situation import Situation
from bot.domain.step import Step
from bot.domain.vacancy import Status, Technique, Vacancy

#: So long an employer is silent before the sweep asks (R96); where hiring is slow, over a month (R97).
_QUIET = timedelta(days=14)
_QUIET_WHERE_SLOW = timedelta(days=35)
#: A touch may still be answered so long after it (R36).
_ANSWER_TIME = timedelta(days=5)
#: A proposal to stop that has stood for so long is passed over.
_PASSED_OVER = timedelta(days=1)
#: More would not be decided at one go.
_MOST = 8


class Quiet(Struct, frozen=True):
    """A vacancy the sweep asks about."""

    vacancy: Vacancy
    #: Whole days since the employer was last heard.
    days: int


class Sweep(Struct, frozen=True):
    """What one sweep asks about, the longest silence first."""

    at: datetime
    quiet: tuple[Quiet, ...]
    #: How many others wait for the next one.
    more: int = 0

    @property
    def fingerprint(self) -> int:
        """A number that changes with the list and with every report about its vacancies."""
        return crc32(",".join(f"{one.vacancy.id}:{one.vacancy.seq}" for one in self.quiet).encode())


def sweep_of(found: Sequence[Quiet], now: datetime) -> Sweep:
    """Return the sweep of these vacancies."""
    ordered = sorted(found, key=lambda one: (-one.days, one.vacancy.opened_at, one.vacancy.id))
    return Sweep(now, tuple(ordered[:_MOST]), len(ordered[_MOST:]))


def quiet(s: Situation, step: Step | None, step_since: datetime | None) -> Quiet | None:
    """Return the vacancy if its employer has been silent for long, or if the advice to stop is passed over.

    A day that is still to come is waited for, a touch just made may be answered, and "keep going" is kept.
    """
    heard = s.vacancy.silent_since(s.now) or s.vacancy.opened_at
    if s.vacancy.status is not Status.OPEN or s.now < heard or _waits_for_a_day(s):
        return None
    patience = _QUIET_WHERE_SLOW if s.is_patient else _QUIET
    is_quiet = s.now - max(heard, s.vacancy.kept_at or heard) >= patience and not _has_just_touched(s)
    if is_quiet or _is_passed_over(s, step, step_since):
        return Quiet(s.vacancy, (s.now - heard).days)
    return None


def _waits_for_a_day(s: Situation) -> bool:
    """Tell whether something is agreed for a day to come, by either side."""
    today = s.time.employer_day(s.now)
    named = (s.promise.by if s.promise else None, s.answer.on if s.answer else None)
    is_put_off = s.vacancy.snoozed_until is not None and s.vacancy.snoozed_until > s.now
    return s.ahead is not None or is_put_off or any(day and day >= today for day in named)


def _has_just_touched(s: Situation) -> bool:
    return s.last_touch is not None and s.now - s.last_touch.at < _ANSWER_TIME


def _is_passed_over(s: Situation, step: Step | None, since: datetime | None) -> bool:
    is_stop = step is not None and step.technique is Technique.STOP
    return is_stop and since is not None and s.now - since >= _PASSED_OVER
