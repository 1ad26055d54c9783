"""What runs for as long as the process: its parts side by side, their pulses, and the request to end."""

import asyncio
import logging
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from bot.errors import BotError, ConfigError

logger = logging.getLogger(__name__)

#: Seconds that the parts have to finish what they hold. Hosts kill after ten.
GRACE = 8.0


class Died(BotError):
    """A part of the process ended by itself."""


class Ending:
    """The request to end, seen by everything that waits."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self._blocks: set[asyncio.Timeout] = set()

    @property
    def requested(self) -> bool:
        """Whether the process was asked to end."""
        return self._event.is_set()

    def request(self) -> None:
        """Ask every part to finish what it holds and to end."""
        self._event.set()
        for block in self._blocks:
            block.reschedule(asyncio.get_running_loop().time())

    def on_signals(self) -> None:
        """Take SIGTERM and SIGINT as the request; a second one ends the process at once."""
        loop = asyncio.get_running_loop()

        def take(number: signal.Signals) -> None:
            for each in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(each)
                signal.signal(each, signal.SIG_DFL)
            logger.info("%s: finishing what is in hand", number.name)
            self.request()

        for each in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(each, take, each)

    async def wait(self) -> None:
        """Wait for the request."""
        await self._event.wait()

    @asynccontextmanager
    async def interrupt(self) -> AsyncIterator[None]:
        """Leave the block, wherever it waits, as soon as the end is requested."""
        try:
            async with asyncio.timeout(0 if self.requested else None) as block:
                self._blocks.add(block)
                try:
                    yield
                finally:
                    self._blocks.discard(block)
        except TimeoutError:
            if not block.expired():
                raise

    async def pause(self, seconds: float) -> None:
        """Wait for some seconds, less when the end is requested."""
        async with self.interrupt():
            await asyncio.sleep(seconds)


class Pulse:
    """When a part was last seen at work, in monotonic time: a machine that slept is not a stalled part."""

    def __init__(self, limit: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._limit = limit
        self._beat_at = monotonic()

    def beat(self) -> None:
        """Note that the part is at work."""
        self._beat_at = self._monotonic()

    @property
    def age(self) -> float:
        """Seconds since the last beat."""
        return self._monotonic() - self._beat_at

    @property
    def alive(self) -> bool:
        """Whether the last beat is recent enough."""
        return self.age <= self._limit


async def supervise(
    ending: Ending, parts: Mapping[str, Callable[[Ending], Awaitable[None]]], grace: float = GRACE
) -> None:
    """Run the parts until the end is requested, then give them the grace to finish.

    Raises Died when one of them ends before, and the ConfigError of a part as it is.
    """
    try:
        async with asyncio.timeout(None) as limit, asyncio.TaskGroup() as group:
            for name, part in parts.items():
                group.create_task(_keep(name, part, ending), name=name)
            await ending.wait()
            limit.reschedule(asyncio.get_running_loop().time() + grace)
    except TimeoutError:
        logger.warning("ended with work in hand after %s seconds; it will be taken up again", grace)
    except ExceptionGroup as failures:
        # The first failure; it ended the other parts.
        raise failures.exceptions[0] from failures.exceptions[0].__cause__


async def _keep(name: str, part: Callable[[Ending], Awaitable[None]], ending: Ending) -> None:
    try:
        await part(ending)
    except ConfigError:
        raise
    except Exception as error:
        raise Died(f"{name} failed") from error
    if not ending.requested:
        raise Died(f"{name} ended by itself")


async def watch(pulses: Mapping[str, Pulse], ending: Ending, every: float = 15) -> None:
    """Look at the pulses now and then; raises Died for a part that runs but does not move."""
    while not ending.requested:
        for name, pulse in pulses.items():
            if not pulse.alive:
                raise Died(f"{name} has not moved for {pulse.age:.0f} seconds")
        await ending.pause(every)
