"""The dispatcher: claims due reminders with a lease, has them taken care of, and stores how they end.

A reminder is settled after it was sent, so it arrives at least once: a crash between the two repeats at
most as many messages as were under way, and none of them more often than MOST_COPIES.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from bot.delivery.courier import Courier, Errand, Render
from bot.delivery.decisions import by_user, messages
from bot.delivery.outbox import Outbox
from bot.delivery.settling import Failures, Settler
from bot.delivery.slots import Slots
from bot.errors import StorageError
from bot.storage import Storage
from bot.storage.matters import Matters
from bot.storage.reminders import Reminder
from bot.supervision import Pulse

logger = logging.getLogger(__name__)

#: Seconds without a sign of work after which the dispatcher counts as stalled.
STALLED = 120.0


class Options(Struct, frozen=True, kw_only=True):
    """How much the dispatcher does at once."""

    #: Messages under way: the most copies that a crash can cost.
    concurrency: int = 8
    #: After a crash a claimed reminder waits for the end of its lease.
    lease: timedelta = timedelta(seconds=60)
    #: Nothing starts later after its claim: the longest request (`transport.Timeouts`) ends within the lease.
    start_within: timedelta = timedelta(seconds=15)


class Dispatcher:
    """Sends what is due, one round at a time."""

    def __init__(
        self,
        storage: Storage,
        outbox: Outbox,
        render: Render,
        options: Options | None = None,
        warm_up: Callable[[], None] | None = None,
    ) -> None:
        """Take the parts; `warm_up` is run in a thread before the first reminder is made."""
        self._storage = storage
        self._outbox = outbox
        self._options = options or Options()
        self._slots = Slots(self._options.concurrency)
        failures = Failures(Random())  # noqa: S311 - it spreads retries, it guards nothing
        self._courier = Courier(storage, outbox, render, failures)
        self._settler = Settler(storage.reminders)
        self._warm_up = warm_up
        self._one_round = asyncio.Lock()
        self._stopping = False
        self._trouble: StorageError | None = None
        self.pulse = Pulse(STALLED)

    async def next_due(self) -> datetime | None:
        """Return when there will be something to look at."""
        return await self._storage.reminders.next_due()

    def stop(self) -> None:
        """Claim no more: what is under way is finished, what waits for its turn is given back."""
        self._stopping = True
        self._outbox.close()

    async def run_once(self, now: datetime) -> int:
        """Take care of everything due, also of what falls due meanwhile; return how many reminders that was.

        Raises StorageError, and ConfigError for a refused token, after what is under way has ended.
        """
        async with self._one_round:
            self._trouble = None
            clock = _clock_from(now)
            count = 0
            while taken := await self._round(clock):  # a reminder that was moved may be due as well
                count += taken
            if error := self._courier.refused or self._trouble:
                raise error
            return count

    async def _round(self, clock: Callable[[], datetime]) -> int:
        count = 0
        async with asyncio.TaskGroup() as group:
            while claimed := await self._claim(clock()):
                count += len(claimed)
                not_after = _monotonic() + self._options.start_within.total_seconds()
                await self._prepare()
                matters = await self._matters(claimed)
                for user_id, reminders in by_user(claimed):
                    self._slots.take()
                    group.create_task(self._take_care(Errand(user_id, reminders, matters), clock, not_after))
        return count

    async def _claim(self, now: datetime) -> list[Reminder]:
        """Return due reminders for the free slots; none when nothing shall be sent any more or just now."""
        free = await self._slots.some()
        self.pulse.beat()
        hindered = self._stopping or self._courier.refused or self._trouble
        if hindered or self._outbox.pause > timedelta():
            return []
        try:
            if not await self._storage.election.elected():
                return []
            return await self._storage.reminders.claim(now, self._options.lease, free)
        except StorageError as error:
            self._trouble = error
            return []

    async def _prepare(self) -> None:
        if self._warm_up:
            await asyncio.to_thread(self._warm_up)
            self._warm_up = None

    async def _matters(self, claimed: Sequence[Reminder]) -> Matters:
        """Return what the reminders are about; nothing when that fails: each asks again for itself."""
        try:
            return await self._storage.matters.load(claimed)
        except StorageError:
            logger.exception("reminders are looked up one by one", extra={"action": "matters_failed"})
            return Matters()

    async def _take_care(self, errand: Errand, clock: Callable[[], datetime], not_after: float) -> None:
        try:
            for reminders in messages(errand.reminders):
                message = replace(errand, reminders=reminders)
                await self._settler.settle(*await self._courier.take(message, clock, not_after))
        except StorageError as error:
            self._trouble = error  # the lease will end and the reminder be claimed again, as perhaps sent
        finally:
            self.pulse.beat()
            self._slots.give_back()


def _clock_from(now: datetime) -> Callable[[], datetime]:
    """Return a clock that starts at a moment and goes on with the loop's: a round may take minutes."""
    started = _monotonic()
    return lambda: now + timedelta(seconds=_monotonic() - started)


def _monotonic() -> float:
    return asyncio.get_running_loop().time()
