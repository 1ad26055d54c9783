"""What the tests of polling and of the webhook share: an application whose updates end at a desk."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import Any

from telegram import Update
from telegram.ext import Application, ApplicationBuilder, BaseUpdateProcessor

from bot.sandbox.request import SandboxRequest
from bot.sandbox.telegram import InMemoryTelegram
from bot.supervision import Ending

TOKEN = "123456789:" + "A" * 35


class Desk(BaseUpdateProcessor):
    """Takes updates down by their text; some may have to wait there, or fail."""

    def __init__(self) -> None:
        super().__init__(32)
        #: Texts in the order in which they were begun, and a signal with each.
        self.begun: list[str] = []
        self.beginning: asyncio.Queue[str] = asyncio.Queue()
        #: Texts in the order in which their effects were committed.
        self.done: asyncio.Queue[str] = asyncio.Queue()
        self.gates: dict[str, asyncio.Event] = {}
        self.errors: dict[str, deque[Exception]] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        assert isinstance(update, Update)
        assert update.effective_message
        text = update.effective_message.text or ""
        self.begun.append(text)
        self.beginning.put_nowait(text)
        if text in self.gates:
            await self.gates[text].wait()
        if self.errors.get(text):
            raise self.errors[text].popleft()
        await coroutine
        self.done.put_nowait(text)

    async def take(self, number: int) -> list[str]:
        """Wait for so many more texts."""
        return [await asyncio.wait_for(self.done.get(), 5) for _ in range(number)]

    async def initialize(self) -> None:
        """Need nothing."""

    async def shutdown(self) -> None:
        """Hold nothing."""


class Hasty(Ending):
    """An ending whose pauses are noted down and take no time; after the last one it is requested."""

    def __init__(self, most: int = 100) -> None:
        super().__init__()
        self.pauses: list[float] = []
        self._most = most

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        if len(self.pauses) == self._most:
            self.request()
        await asyncio.sleep(0)


@asynccontextmanager
async def desk_application(
    telegram: InMemoryTelegram, desk: Desk
) -> AsyncIterator[Application[Any, Any, Any, Any, Any, Any]]:
    """Hold an initialized application over an in-memory Telegram."""
    builder = ApplicationBuilder().token(TOKEN).updater(None).job_queue(None).concurrent_updates(desk)
    builder.request(SandboxRequest(telegram)).get_updates_request(SandboxRequest(telegram))
    async with builder.build() as application:
        yield application
