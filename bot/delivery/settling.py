"""How a reminder ends that could not be sent, and the storing of every end in few transactions."""

import asyncio
from datetime import datetime, timedelta
from random import Random

from bot.delivery.outcomes import (
    MOST_COPIES,
    MOST_REFUSALS,
    Backoff,
    NotThere,
    Pause,
    PerhapsThere,
    Stop,
    UserGone,
    describe,
    judge,
)
from bot.storage.reminders import Parked, Reminder, ReminderStore, Retried, Settlement

#: So many times a screen may fail to be made before the reminder is parked.
MOST_FAILURES = 3

#: How soon at best a Telegram that takes nothing is tried again, and how late at most.
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=1)

#: How long a refused token leaves reminders alone, for another process to find it mended.
UNTIL_MENDED = timedelta(minutes=1)


class Failures:
    """What becomes of reminders that were not sent, or perhaps not."""

    def __init__(self, random: Random) -> None:
        self._random = random
        # A copy in doubt waits long enough for its reader to answer the first one.
        self._doubt = Backoff(random, timedelta(seconds=45), timedelta(minutes=10))
        self._refusal = Backoff(random, timedelta(seconds=30), timedelta(hours=1))

    def unsent(self, reminder: Reminder, error: Exception, now: datetime) -> Settlement:
        """Return the end of an attempt to send that ended with this error."""
        said = describe(error)
        match judge(error):
            case Pause(lasts_for):
                wait = max(lasts_for, FIRST_WAIT)  # no attempt counts: never at once
            case NotThere():
                wait = self._until_reachable(reminder, now)
            case UserGone():
                wait = timedelta()  # it sleeps until the user is back
            case Stop():
                wait = UNTIL_MENDED
            case PerhapsThere():
                return self._doubtful(reminder, said, now)
            case _:
                return self._again(reminder, said, now, MOST_REFUSALS)
        return Retried(reminder, now + wait, ambiguous=False, error=said, counts=False)

    def unmade(self, reminder: Reminder, error: Exception, now: datetime) -> Settlement:
        """Return the end of a reminder whose screen could not be made."""
        return self._again(reminder, describe(error), now, MOST_FAILURES)

    def _until_reachable(self, reminder: Reminder, now: datetime) -> timedelta:
        """Return how long to leave the network alone: no attempt counts, so it grows with the lateness."""
        wait = min(max((now - reminder.due_at) / 4, FIRST_WAIT), LONGEST_WAIT)
        return wait * self._random.uniform(0.8, 1.2)

    def _doubtful(self, reminder: Reminder, said: str, now: datetime) -> Settlement:
        copies = reminder.ambiguous + 1
        if copies >= MOST_COPIES:
            return Parked(reminder, said, now)
        return Retried(reminder, now + self._doubt(copies), ambiguous=True, error=said)

    def _again(self, reminder: Reminder, said: str, now: datetime, most: int) -> Settlement:
        failures = reminder.attempt - reminder.ambiguous  # copies in doubt have a limit of their own
        if failures >= most:
            return Parked(reminder, said, now)
        return Retried(reminder, now + self._refusal(failures), ambiguous=False, error=said)


class Settler:
    """Writes settlements; those that come while a transaction is under way share the next one."""

    def __init__(self, store: ReminderStore) -> None:
        self._store = store
        self._writing = asyncio.Lock()
        self._batch = _Batch()

    async def settle(self, *settlements: Settlement) -> None:
        """Return once these are stored; raises StorageError to each whose transaction failed."""
        batch = self._batch
        batch.settlements.extend(settlements)
        async with self._writing:
            if batch is self._batch:  # nobody has written it while this one waited
                self._batch = _Batch()
                await batch.write(self._store)
        if batch.error:
            raise batch.error


class _Batch:
    """The settlements of one transaction."""

    def __init__(self) -> None:
        self.settlements: list[Settlement] = []
        self.error: Exception | None = None

    async def write(self, store: ReminderStore) -> None:
        try:
            await store.settle(*self.settlements)
        except Exception as error:
            self.error = error
            raise
