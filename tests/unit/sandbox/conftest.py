"""An in-memory Telegram checked against the Bot API's description where one is at hand, and a genuine bot."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from telegram.ext import ExtBot

from bot.clock import SettableClock
from bot.sandbox.request import SandboxRequest
from bot.sandbox.telegram import InMemoryTelegram

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
ANNA = 1001
DESCRIPTION = Path(__file__).parents[4] / "shared" / "bot-api.json"


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(NOW, frozen=True)


@pytest.fixture
def telegram(clock: SettableClock) -> InMemoryTelegram:
    return InMemoryTelegram(clock, description=DESCRIPTION if DESCRIPTION.exists() else None)


@pytest.fixture
async def bot(telegram: InMemoryTelegram) -> AsyncIterator[ExtBot[None]]:
    telegram.state.chats[ANNA].started = True
    request = SandboxRequest(telegram)
    async with ExtBot("1:any", request=request, get_updates_request=request) as genuine:
        yield genuine
