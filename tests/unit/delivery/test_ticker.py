"""The ticker rings when it should, and ends cleanly."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import SettableClock
from bot.delivery import ticker as module
from bot.delivery.ticker import Ticker
from bot.errors import ConfigError, StorageError
from bot.supervision import Ending

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)


class Rounds:
    """A dispatcher that only notes when it was asked."""

    def __init__(self) -> None:
        self.asked: asyncio.Queue[datetime] = asyncio.Queue()
        self.due: datetime | None = None
        self.error: Exception | None = None
        self.stopped = False

    async def run_once(self, now: datetime) -> int:
        self.asked.put_nowait(now)
        if self.error:
            raise self.error
        return 0

    async def next_due(self) -> datetime | None:
        return self.due

    def stop(self) -> None:
        self.stopped = True


@asynccontextmanager
async def running(ticker: Ticker) -> AsyncIterator[None]:
    ending = Ending()
    async with asyncio.TaskGroup() as group:
        group.create_task(ticker.run(ending))
        try:
            yield
        finally:
            ending.request()


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(NOW, frozen=True)


async def test_it_looks_at_start_and_when_woken(clock: SettableClock) -> None:
    rounds = Rounds()
    ticker = Ticker(clock, rounds)
    async with running(ticker):
        assert await rounds.asked.get() == NOW
        clock.advance(timedelta(days=3))  # the sandbox jumps to the next reminder
        ticker.wake()
        assert await rounds.asked.get() == NOW + timedelta(days=3)
    assert rounds.stopped
    assert rounds.asked.empty()


async def test_it_looks_every_tick(clock: SettableClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TICK", timedelta(milliseconds=20))
    rounds = Rounds()
    async with running(Ticker(clock, rounds)):
        assert [await rounds.asked.get() for _ in range(4)] == [NOW] * 4


async def test_it_looks_at_the_next_due_moment(clock: SettableClock) -> None:
    """Long before the next tick."""
    rounds = Rounds()
    rounds.due = NOW + timedelta(milliseconds=30)
    async with running(Ticker(clock, rounds)), asyncio.timeout(4):
        await rounds.asked.get()
        clock.move_to(rounds.due)
        assert await rounds.asked.get() == rounds.due


@pytest.mark.parametrize("away", [timedelta(), -timedelta(hours=1), timedelta(hours=1)])
async def test_what_is_overdue_or_far_away_waits_for_the_tick(clock: SettableClock, away: timedelta) -> None:
    """An overdue one that was not claimed (a pause, another worker) must not make the loop spin."""
    rounds = Rounds()
    rounds.due = NOW + away
    ticker = Ticker(clock, rounds)
    async with running(ticker):
        await rounds.asked.get()
    assert rounds.asked.empty()


async def test_a_failing_database_is_logged_and_asked_again(
    clock: SettableClock, caplog: pytest.LogCaptureFixture
) -> None:
    rounds = Rounds()
    rounds.error = StorageError("away")
    ticker = Ticker(clock, rounds)
    async with running(ticker):
        await rounds.asked.get()
        ticker.wake()
        await rounds.asked.get()
    assert [(record.levelno, record.message) for record in caplog.records] == [
        (logging.ERROR, "a round failed")
    ] * 2


async def test_a_refused_token_ends_it(clock: SettableClock) -> None:
    rounds = Rounds()
    rounds.error = ConfigError("BOT_TOKEN was refused")
    with pytest.raises(ConfigError, match="refused"):
        await Ticker(clock, rounds).run(Ending())


async def test_housekeeping_is_done_at_its_interval(clock: SettableClock) -> None:
    done: asyncio.Queue[datetime] = asyncio.Queue()
    ticker = Ticker(clock, Rounds())
    ticker.every(timedelta(milliseconds=20), done.put)
    async with running(ticker):
        assert [await done.get() for _ in range(2)] == [NOW] * 2
