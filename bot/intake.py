"""The way in for one update: parsed by itself, processed until its effects are committed, or set aside."""

import logging
from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.ext import Application

from bot.errors import StorageError

logger = logging.getLogger(__name__)

#: What Telegram shall send; everything else stays there.
ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member")

#: An update that fails by itself this often is set aside, so that it cannot jam the ones behind it.
ATTEMPTS = 3

#: Perhaps the database is down: no fault of the update, unless others get through.
DOWN = (StorageError, OSError)

#: So many failing updates are remembered; some of them another replica has taken meanwhile.
REMEMBERED = 1000


@dataclass
class Failure:
    """How often an update failed by itself, and how many had got through when it failed last."""

    count: int = 0
    through: int = -1


class Intake:
    """Takes the updates of one application; used by polling and by the webhook alike."""

    def __init__(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        self._application = application
        self._failures: dict[int, Failure] = {}
        self._through = 0

    def parse(self, raw: object) -> Update | None:
        """Return an update made of Telegram's JSON, or None for one that has to be set aside."""
        try:
            update = Update.de_json(raw, self._application.bot)  # type: ignore[arg-type] # trying is the check
            if number_of(raw) is not None and isinstance(sender_of(update), int):
                return update
            problem = "no usable ids"
        except Exception as error:  # noqa: BLE001 - whatever a malformed update makes the parser raise
            problem = type(error).__name__  # more of it would quote the user
        logger.error("update %s is set aside, it cannot be read: %s", number_of(raw), problem)
        return None

    async def take(self, update: Update) -> bool:
        """Process an update; return whether it may be acknowledged: done, or set aside for good."""
        coroutine = self._application.process_update(update)
        try:
            await self._application.update_processor.process_update(update, coroutine)
        except Exception as error:
            given_up = self._is_given_up(update.update_id, error)
            fate = "is set aside" if given_up else "comes again"
            logger.exception("update %s failed and %s", update.update_id, fate)
            return given_up
        finally:
            coroutine.close()  # the processor may have failed before it came to that
        self._failures.pop(update.update_id, None)
        self._through += 1
        return True

    def _is_given_up(self, number: int, error: Exception) -> bool:
        """Count a failure of the update; return whether that was one too many."""
        failure = self._failures.setdefault(number, Failure())
        # While nothing at all gets through, it is the database; it may be down for hours and costs no update.
        if not isinstance(error, DOWN) or failure.through != self._through:
            failure.count += 1
        failure.through = self._through
        if failure.count >= ATTEMPTS:
            del self._failures[number]
            return True
        if len(self._failures) > REMEMBERED:
            del self._failures[next(iter(self._failures))]
        return False


def number_of(raw: object) -> int | None:
    """Return the update id of Telegram's JSON, None where there is none."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    return number if isinstance(number, int) else None


def sender_of(update: Update) -> int:
    """Return who the update is from, 0 for nobody; updates of one user keep their order."""
    return update.effective_user.id if update.effective_user else 0
