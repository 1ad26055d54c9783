"""A worker in a process of its own: sends what is due to a Bot API on the loopback, then ends.

Arguments: database URL, key, address of the Bot API, the moment it is now.
"""

import asyncio
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta

from telegram.ext import ExtBot

from bot.clock import SettableClock
from bot.delivery.decisions import Due
from bot.delivery.dispatcher import Dispatcher, Options
from bot.delivery.outbox import Outbox
from bot.delivery.pacing import Pacing
from bot.delivery.ticker import Ticker
from bot.delivery.weekly import WeeklyDue
from bot.domain.users import User
from bot.storage import open_storage
from bot.storage.crypto import Cipher
from bot.supervision import Ending
from bot.transport import AiohttpRequest
from bot.views.screen import Screen

CONCURRENCY = 8


class Worker(Dispatcher):
    """Asks for the end once no reminder is left for today."""

    def __init__(self, ending: Ending, *parts: object) -> None:
        super().__init__(*parts)  # type: ignore[arg-type] # as they are
        self._ending = ending

    async def run_once(self, now: datetime) -> int:
        count = await super().run_once(now)
        due = await self.next_due()
        if due is None or due > now + timedelta(hours=1):
            self._ending.request()
        return count


async def render(user: User, due: Sequence[Due | WeeklyDue]) -> Screen:
    return Screen(text=f"{user.id}: {len(due)}")


async def report(text: str) -> None:
    print(text, flush=True)


async def main(database_url: str, key: str, api: str, now: str) -> None:
    ending, pacing = Ending(), Pacing(second=0)
    ending.on_signals()
    options = Options(
        concurrency=CONCURRENCY, lease=timedelta(seconds=1), start_within=timedelta(milliseconds=500)
    )
    async with open_storage(database_url, Cipher([key])) as storage, AiohttpRequest() as request:
        bot = ExtBot("1:A", base_url=f"{api}/bot", request=request, rate_limiter=pacing)
        clock = SettableClock(datetime.fromisoformat(now))
        worker = Worker(ending, storage, Outbox(bot, pacing, report), render, options)
        await Ticker(clock, worker).run(ending)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
