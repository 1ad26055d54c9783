"""Polling: updates fetched from Telegram and acknowledged only after their effects are committed."""

import asyncio
import logging
from collections import defaultdict

from telegram import Bot, Update
from telegram.error import Conflict, TelegramError

from bot.intake import ALLOWED_UPDATES, Intake, number_of, sender_of
from bot.patience import backoff, delay_after
from bot.supervision import Ending, Pulse

logger = logging.getLogger(__name__)

#: Seconds that Telegram holds a request open while there is nothing to tell.
HOLD = 30
#: Seconds beyond the hold after which the connection counts as lost.
SLACK = 10
#: Seconds without a finished request or batch after which the poller counts as stalled.
STALLED = 120.0


class Poller:
    """Fetches updates in batches: in parallel for different users, in order for each of them.

    The next batch is fetched when this one is done: Telegram gives out again at once whatever is not
    acknowledged, and what is acknowledged is gone.
    """

    def __init__(self, bot: Bot, intake: Intake) -> None:
        self.pulse = Pulse(STALLED)
        self._bot = bot
        self._intake = intake
        #: Up to here, exclusively, all is done and Telegram does not know yet; None when it knows.
        self._offset: int | None = None
        #: Done, but behind an update that has to come again: these will come with it.
        self._done: set[int] = set()
        self._failures = 0

    async def run(self, ending: Ending) -> None:
        """Fetch and process until the end is requested; the batch in hand is finished and acknowledged.

        Raises ConfigError when Telegram refuses the token.
        """
        while not ending.requested:
            try:
                await self._round(ending)
            except TelegramError as error:
                self._failures += 1
                delay = delay_after(error, self._failures)
                logger.warning("no updates: %s; again in %g seconds", error, delay)
                await ending.pause(delay)
            self.pulse.beat()
        await self._acknowledge()

    async def _round(self, ending: Ending) -> None:
        batch: list[object] = []
        try:
            async with ending.interrupt():
                batch = await self._fetch(hold=HOLD)
        except Conflict:
            await self._remove_webhook()
            raise
        if ending.requested:
            return  # nothing of it is begun, all of it comes again
        if await self._process(batch):
            self._failures = 0
        else:
            self._failures += 1
            await ending.pause(backoff(self._failures))

    async def _fetch(self, *, hold: int, limit: int = 100) -> list[object]:
        # Raw JSON, unlike Bot.get_updates: there one malformed update hides all of its batch. The spelling of
        # the method keeps python-telegram-bot from recommending Bot.get_updates; it sends "getUpdates".
        batch: list[object] = await self._bot.do_api_request(
            "get_Updates",
            {
                "offset": self._offset,
                "timeout": hold,
                "limit": limit,
                "allowed_updates": list(ALLOWED_UPDATES),
            },
            read_timeout=hold + SLACK,
        )
        # Repeating a known offset would hide updates if Telegram's numbering restarts.
        self._offset = None
        return batch

    async def _process(self, batch: list[object]) -> bool:
        """Process a batch and move the offset behind what is done; return whether all of it is."""
        numbers = {number for raw in batch if (number := number_of(raw)) is not None}
        chains: dict[int, list[Update]] = defaultdict(list)
        for raw in batch:
            if number_of(raw) not in self._done and (update := self._intake.parse(raw)):
                chains[sender_of(update)].append(update)
        left = {
            number for rest in await asyncio.gather(*map(self._follow, chains.values())) for number in rest
        }
        self._done = {number for number in numbers - left if number > min(left)} if left else set()
        if numbers:
            self._offset = min(left) if left else max(numbers) + 1
        return not left and bool(numbers) == bool(batch)

    async def _follow(self, chain: list[Update]) -> list[int]:
        """Process the updates of one user one after the other; return the numbers of those not done."""
        for position, update in enumerate(chain):
            if not await self._intake.take(update):
                return [later.update_id for later in chain[position:]]
            self.pulse.beat()
        return []

    async def _remove_webhook(self) -> None:
        """Make way for polling: after a run with a webhook Telegram refuses it."""
        info = await self._bot.get_webhook_info()
        if info.url:
            logger.warning("this bot had a webhook; it is removed, updates are polled from now on")
            await self._bot.delete_webhook(drop_pending_updates=False)
        else:
            logger.error("another process polls with the same token; only one may, stop the other one")

    async def _acknowledge(self) -> None:
        """Tell Telegram what the last batch has done."""
        if self._offset is None:
            return
        try:
            async with asyncio.timeout(SLACK / 4):
                await self._fetch(hold=0, limit=1)
        except (TelegramError, TimeoutError):
            logger.warning("the last batch could not be acknowledged; it comes again and changes nothing")
