"""The time of day: the system's, or a settable one in the sandbox and in tests; moments as numbers."""

from datetime import UTC, datetime, timedelta
from typing import Protocol

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def stamp(moment: datetime) -> int:
    """Return an aware moment as microseconds since 1970 in UTC."""
    return (moment - _EPOCH) // _MICROSECOND


def stamped(number: int) -> datetime:
    """Return the moment, in UTC, of a stamp; raises OverflowError where the calendar ends."""
    return _EPOCH + number * _MICROSECOND


class Clock(Protocol):
    """Whatever tells the time."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC)


class SettableClock:
    """A clock that starts at a moment, follows the system's pace unless frozen, and can be moved forward."""

    def __init__(self, start: datetime | None = None, *, frozen: bool = False) -> None:
        self._system = SystemClock()
        self._frozen_at = (start or self._system.now()) if frozen else None
        self._offset = (start - self._system.now()) if start and not frozen else timedelta()

    def now(self) -> datetime:
        """Return the moment this clock shows, aware, in UTC."""
        return self._frozen_at or self._system.now() + self._offset

    def advance(self, by: timedelta) -> None:
        """Move the clock forward; a negative step is refused because time only grows."""
        if by < timedelta():
            raise ValueError(by)
        if self._frozen_at:
            self._frozen_at += by
        else:
            self._offset += by

    def move_to(self, moment: datetime) -> None:
        """Move the clock forward to a moment; earlier moments change nothing."""
        self.advance(max(timedelta(), moment - self.now()))
