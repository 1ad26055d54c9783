"""Reports to the bot's owner: what failed, never what a user wrote."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from telegram import Bot
from telegram.error import TelegramError

logger = logging.getLogger(__name__)

#: A bot that fails at every update must not flood its owner.
_MOST_AN_HOUR = 10
_HOUR = timedelta(hours=1)


class Owner:
    """Sends reports to OWNER_ID, so many an hour at the most; without an owner they stay in the log."""

    def __init__(self, bot: Bot, owner_id: int | None, now: Callable[[], datetime]) -> None:
        self._bot = bot
        self._owner_id = owner_id
        self._now = now
        self._sent: list[datetime] = []

    async def tell(self, line: str) -> None:
        """Report one line."""
        self._sent = [moment for moment in self._sent if moment > self._now() - _HOUR]
        if self._owner_id is None or len(self._sent) >= _MOST_AN_HOUR:
            return
        self._sent.append(self._now())
        try:
            await self._bot.send_message(self._owner_id, line)
        except TelegramError as error:
            logger.warning(
                "owner not told", extra={"action": "owner_not_told", "error": type(error).__name__}
            )

    async def tell_of(self, error: BaseException) -> None:
        """Report an error by its kind and place."""
        trace = error.__traceback__
        while trace and trace.tb_next:
            trace = trace.tb_next
        place = f"{trace.tb_frame.f_code.co_name}, line {trace.tb_lineno}" if trace else "unknown place"
        await self.tell(f"An update failed: {type(error).__name__} in {place}")
