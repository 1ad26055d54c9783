"""Asking Telegram again after trouble on the way."""

import logging
from collections.abc import Awaitable, Callable

from telegram.error import EndPointNotFound, InvalidToken, RetryAfter, TelegramError

from bot.delivery.outcomes import pause_of
from bot.errors import ConfigError
from bot.supervision import Ending

logger = logging.getLogger(__name__)

LONGEST = 30.0


def backoff(failures: int) -> float:
    """Return the seconds until the next try after so many failures in a row: 1, 2, 4, ... LONGEST."""
    return min(LONGEST, 2.0 ** min(failures - 1, 10))


def delay_after(error: TelegramError, failures: int) -> float:
    """Return the seconds until the next call, after so many failed ones in a row.

    Raises ConfigError when Telegram refuses the token: no wait mends that.
    """
    # python-telegram-bot reports a refused token as a missing method once the bot is initialized.
    if isinstance(error, InvalidToken | EndPointNotFound):
        # Its message repeats the token.
        raise ConfigError("BOT_TOKEN was refused by Telegram: it may have been revoked or mistyped") from None
    return pause_of(error).total_seconds() if isinstance(error, RetryAfter) else backoff(failures)


async def insist(what: str, call: Callable[[], Awaitable[object]], ending: Ending) -> None:
    """Repeat a call to Telegram until it gets through or the process ends.

    Raises ConfigError for a refused token. Any other refusal is logged and tried again: what is refused now,
    an address that does not resolve yet for one, may be taken later.
    """
    failures = 0
    while not ending.requested:
        try:
            async with ending.interrupt():
                await call()
                return
        except TelegramError as error:
            failures += 1
            delay = delay_after(error, failures)
            logger.warning("%s: %s; again in %g seconds", what, error, delay)
            await ending.pause(delay)
