"""Reminders under `kill -9`: nothing is lost, and no more is repeated than was under way."""

import asyncio
import signal
import sqlite3
import sys
from asyncio.subprocess import Process
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from aiohttp import web
from aiohttp.test_utils import RawTestServer
from cryptography.fernet import Fernet
from msgspec.structs import replace

from bot.delivery.outcomes import MOST_COPIES
from bot.storage import open_storage
from bot.storage.crypto import Cipher
from bot.storage.session import Replan, Work
from bot.weekly import weekly_plans
from tests.crash.worker import CONCURRENCY
from tests.unit.delivery.world import DUE, TOLD, World, user

KILLS = 10
REMINDERS = 200
WEEK = timedelta(weeks=1)
#: A Friday on which all have been silent for two weeks.
SWEEP = datetime(2027, 3, 12, 15, tzinfo=UTC)


class BotApi:
    """Takes messages; from a chosen one on it answers none, as if the network had gone."""

    def __init__(self) -> None:
        self.copies: Counter[int] = Counter()
        self.reached = asyncio.Event()

    def next_life(self, reach: int, *, answer: bool) -> None:
        """Note when so many messages were taken in this life; answer the later ones, or not."""
        self._taken_in_this_life = 0
        self._reach = reach
        self._answer = answer
        self.reached.clear()

    async def take(self, request: web.BaseRequest) -> web.StreamResponse:
        message = await request.json()
        self.copies[message["chat_id"]] += 1
        self._taken_in_this_life += 1
        if self._taken_in_this_life >= self._reach:
            self.reached.set()
            if not self._answer:
                await asyncio.Event().wait()
        chat = {"id": message["chat_id"], "type": "private"}
        result = {"message_id": 1, "date": 0, "chat": chat, "text": message["text"]}
        return web.json_response({"ok": True, "result": result})


class Lives:
    """One life of the worker after another, on one database."""

    def __init__(self, folder: Path, api: BotApi, address: str) -> None:
        self.file = folder / "bot.db"
        self.api = api
        self._url = f"sqlite:///{self.file}"
        self._key = Fernet.generate_key().decode()
        self._address = address
        self._now = DUE

    async def plan(self, reminders: int) -> None:
        """Let so many users have a reminder that is due."""
        async with open_storage(self._url, Cipher([self._key])) as storage:
            world = World(storage)
            for number in range(1, reminders + 1):
                await world.told_of(f"C{number}", user(number), number)

    async def plan_sweeps(self, users: int) -> None:
        """Let so many users have a sweep that is due, and nothing else."""
        await self.plan(users)
        async with open_storage(self._url, Cipher([self._key])) as storage:
            for number in range(1, users + 1):
                weekly = weekly_plans(replace(user(number), review_off=True), SWEEP - WEEK, anew=True)
                work = Work(update_id=None, user_id=number, replans=[Replan(number)], weekly=weekly)
                await storage.sessions.commit(work, TOLD)
        self._now = SWEEP

    @asynccontextmanager
    async def life(self) -> AsyncIterator[Process]:
        """Run a worker for the length of the block at most; the next one lives later."""
        arguments = (self._url, self._key, self._address, self._now.isoformat())
        self._now += timedelta(seconds=30)
        process = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.crash.worker", *arguments)
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()

    async def finish(self) -> None:
        """Let a worker do all that is left."""
        self.api.next_life(sys.maxsize, answer=True)
        async with self.life() as process:
            assert await process.wait() == 0

    def states(self, keys: str = "call:%") -> Counter[str]:
        """Return how many of the reminders of that day are in which state; the file must be whole."""
        with closing(sqlite3.connect(self.file)) as file:
            assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            query = "SELECT state, count(*) FROM reminders WHERE key LIKE ? GROUP BY state"
            return Counter(dict(file.execute(query, (keys,)).fetchall()))

    async def kill(self, times: int, most: int) -> None:
        """Kill so many workers, each after up to `most` messages; every other time nobody answers."""
        random = Random(5)
        for number in range(times):
            self.api.next_life(random.randint(1, most), answer=number % 2 == 0)
            async with self.life() as process:
                await self.api.reached.wait()
                process.kill()


@pytest.fixture
async def lives(tmp_path: Path) -> AsyncIterator[Lives]:
    api = BotApi()
    async with RawTestServer(api.take) as server:
        yield Lives(tmp_path, api, str(server.make_url("/")).rstrip("/"))


async def test_kills_lose_nothing_and_repeat_little(lives: Lives) -> None:
    await lives.plan(REMINDERS)

    await lives.kill(KILLS, 2 * REMINDERS // KILLS - 10)
    await lives.finish()

    copies, states = lives.api.copies, lives.states()
    assert states["sent"] + states["parked"] == REMINDERS  # none is left, none has vanished
    assert len(copies) >= states["sent"]
    assert copies.total() - len(copies) <= KILLS * CONCURRENCY
    assert max(copies.values()) <= MOST_COPIES


async def test_weekly_messages_survive_kills_as_well(lives: Lives) -> None:
    users, kills = 60, 3
    await lives.plan_sweeps(users)

    await lives.kill(kills, 2 * users // kills - 10)
    await lives.finish()

    copies, states = lives.api.copies, lives.states("sweep:2027-W10")
    assert states["sent"] + states["parked"] == users
    assert lives.states("sweep:2027-W11") == Counter(pending=users)  # the next week of each stands
    assert len(copies) >= states["sent"]
    assert copies.total() - len(copies) <= kills * CONCURRENCY
    assert max(copies.values()) <= MOST_COPIES


async def test_a_polite_end_repeats_nothing(lives: Lives) -> None:
    await lives.plan(60)

    for _ in range(2):
        lives.api.next_life(15, answer=True)
        async with lives.life() as process:
            await lives.api.reached.wait()
            process.send_signal(signal.SIGTERM)
            assert await process.wait() == 0
    await lives.finish()

    assert lives.api.copies == Counter(range(1, 61))
    assert lives.states() == Counter(sent=60)
