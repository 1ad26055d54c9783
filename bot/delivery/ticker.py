"""The clock of a worker: rings for the dispatcher and for housekeeping.

APScheduler keeps time, nothing else: what is due stands in the database, a ring only says "look". A ring
that is missed, a machine that slept, a clock that was moved cost a few seconds.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock, SystemClock
from bot.errors import StorageError
from bot.supervision import Ending

logger = logging.getLogger(__name__)

#: How often the dispatcher looks when nothing else makes it.
TICK = timedelta(seconds=5)


class Rounds(Protocol):
    """What the ticker rings for: the dispatcher."""

    async def run_once(self, now: datetime) -> int:
        """Take care of everything due."""

    async def next_due(self) -> datetime | None:
        """Return when there will be something to look at."""

    def stop(self) -> None:
        """Begin nothing more."""


class Ticker:
    """Rings every TICK, at the next due moment, and whenever somebody wakes it."""

    def __init__(self, clock: Clock, dispatcher: Rounds) -> None:
        self._clock = clock
        self._dispatcher = dispatcher
        self._rung = asyncio.Event()
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )

    def wake(self) -> None:
        """Ring now: something was planned, or the clock was moved."""
        self._rung.set()

    def every(self, interval: timedelta, work: Callable[[datetime], Awaitable[object]]) -> None:
        """Do this work at each interval while `run` runs; an error of it is logged, and it goes on."""

        async def do() -> None:
            await work(self._clock.now())

        self._scheduler.add_job(do, "interval", seconds=interval.total_seconds())

    async def run(self, ending: Ending) -> None:
        """Ring until the end is requested; what the dispatcher has under way then is finished."""
        self._scheduler.add_job(self._ring, "interval", seconds=TICK.total_seconds())
        self._scheduler.start()
        self.wake()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._rounds(ending))
                await ending.wait()
                self._dispatcher.stop()
                self.wake()
        except ExceptionGroup as failures:
            error = failures.exceptions[0]  # there is one task
            raise error from error.__cause__
        finally:
            self._scheduler.shutdown(wait=False)
            await asyncio.sleep(0)  # the scheduler stops its timer in the loop's next turn

    async def _rounds(self, ending: Ending) -> None:
        while True:
            await self._rung.wait()
            self._rung.clear()
            if ending.requested:
                return
            await self._round()

    async def _round(self) -> None:
        try:
            await self._dispatcher.run_once(self._clock.now())
            await self._ring_at_next()
        except StorageError:
            logger.exception("a round failed", extra={"action": "round_failed"})

    async def _ring_at_next(self) -> None:
        """Ring at the next due moment where that is before the next tick."""
        due = await self._dispatcher.next_due()
        away = due - self._clock.now() if due else TICK
        if timedelta() < away < TICK:
            at = SystemClock().now() + away
            self._scheduler.add_job(self._ring, "date", run_date=at, id="due", replace_existing=True)

    async def _ring(self) -> None:
        self._rung.set()
