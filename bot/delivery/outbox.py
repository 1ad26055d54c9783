"""Sends a reminder's screen; one that Telegram finds fault with goes out plainer rather than not at all."""

import html
import logging
import re
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta

from msgspec.structs import replace
from telegram import Bot
from telegram.error import TelegramError

from bot.delivery.outcomes import Migrated, OurFault, describe, judge
from bot.delivery.pacing import Pacing, reminding
from bot.showing import send
from bot.views.screen import Screen

logger = logging.getLogger(__name__)

#: Tells the owner of the bot, in one line without any user's text. It keeps itself from doing so too often.
Report = Callable[[str], Awaitable[None]]

#: Characters of a plain message: within Telegram's 4096, also where each takes two of them.
_PLAIN_LENGTH = 2000


class Outbox:
    """The way out for reminders, in their place behind answers."""

    def __init__(self, bot: Bot, pacing: Pacing, report: Report) -> None:
        self._bot = bot
        self._pacing = pacing
        self._report = report

    @property
    def pause(self) -> timedelta:
        """How long Telegram still wants nothing; not positive without a pause."""
        return self._pacing.pause

    def close(self) -> None:
        """Give back the reminders that have not started, as not sent."""
        self._pacing.send_no_more_reminders()

    async def deliver(self, chat_id: int, screen: Screen, not_after: float) -> int:
        """Send a screen, to be started before this moment of the loop's clock; return its message id.

        What follows the first message is not sent again when it fails: the reminder itself has arrived.
        Raises the TelegramError of the first message.
        """
        with reminding(not_after):
            message_id = await self._first(chat_id, replace(screen, more=()))
            for following in screen.more:
                try:
                    await self._first(chat_id, following)
                except TelegramError as error:
                    await self.complain("a message after a reminder was not sent", error)
        return message_id

    async def complain(self, what: str, error: Exception | str) -> None:
        """Log a failure and tell the owner."""
        if isinstance(error, str):
            said, trace = error, None
        else:
            said, trace = describe(error), error
        logger.error(what, extra={"action": "reminder_failed", "error": said}, exc_info=trace)
        await self._report(f"{what}: {said}")

    async def _first(self, chat_id: int, screen: Screen) -> int:
        for shape in _plainer_and_plainer(screen):
            try:
                return await send(self._bot, chat_id, shape)
            except TelegramError as error:
                match judge(error):
                    case Migrated(new_id):
                        await self.complain("a chat has another id", error)
                        return await self._first(new_id, shape)
                    case OurFault():
                        await self.complain("a reminder is refused as written", error)
                        fault = error
                    case _:
                        raise
        raise fault


def _plainer_and_plainer(screen: Screen) -> Iterator[Screen]:
    yield screen
    text = html.unescape(re.sub(r"<[^>]*>", "", screen.text))
    plain = replace(screen, text=html.escape(text[:_PLAIN_LENGTH], quote=False))
    yield plain
    yield replace(plain, keyboard=())
