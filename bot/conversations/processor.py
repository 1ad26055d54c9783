"""The way of one update: lock its user, load, handle, commit, show.

The order matters: loading before locking would let two replicas start from the same state, and showing
before committing would let the user read "saved" of something a crash can still take away.
"""

import logging
from collections.abc import Awaitable
from typing import Any

from msgspec.structs import replace
from telegram import Bot, Update
from telegram.error import Forbidden, TelegramError
from telegram.ext import BaseUpdateProcessor

from bot.context import CURRENT, Services, Session, restored
from bot.domain.users import User
from bot.showing import answer
from bot.storage.session import Loaded

logger = logging.getLogger(__name__)


class SerialUpdateProcessor(BaseUpdateProcessor):
    """Handles the updates of different users side by side and those of one user one after the other."""

    def __init__(self, services: Services, bot: Bot, concurrency: int = 32) -> None:
        super().__init__(concurrency)
        self._services = services
        self._bot = bot

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle one update; returns when its effects are committed and its screens shown."""
        if not isinstance(update, Update) or update.effective_user is None:
            await coroutine
            return
        storage, user_id = self._services.storage, update.effective_user.id
        async with storage.locks.user(user_id):
            loaded = await storage.sessions.open(user_id, update.update_id)
            session = self._session(update, loaded)
            token = CURRENT.set(session)
            try:
                await coroutine
            finally:
                CURRENT.reset(token)
            if session.failure:
                raise session.failure
            if not session.is_repeated:
                await storage.sessions.commit(session.work(), session.now)
            await self._show(update, session)
        if session.records or session.replans:
            self._services.wake()

    def _session(self, update: Update, loaded: Loaded) -> Session:
        session = Session(
            user=loaded.user or self._newcomer(update),
            now=self._services.clock.now(),
            dialog=restored(loaded.conversation),
            update_id=update.update_id,
            is_new=loaded.user is None,
            is_repeated=loaded.handled,
        )
        chat = update.effective_chat
        if chat and chat.type == chat.PRIVATE and not update.my_chat_member:
            session.user = replace(session.user, blocked_at=None)  # who writes is not away any more
        return session

    def _newcomer(self, update: Update) -> User:
        sender = update.effective_user
        if sender is None:
            raise LookupError("an update without a user")
        return User(id=sender.id, language=self._services.catalogues.guess(sender.language_code))

    async def _show(self, update: Update, session: Session) -> None:
        """Show what the handler prepared; its effects stand whatever happens to the screens."""
        try:
            await answer(self._bot, update, session.shown, session.toast)
        except Forbidden:
            await self._services.storage.users.block(session.user.id, session.now)
        except TelegramError:
            logger.exception(
                "screen not shown", extra={"action": "screen_lost", "update_id": update.update_id}
            )

    async def initialize(self) -> None:
        """Do nothing: the storage is opened by the runtime."""

    async def shutdown(self) -> None:
        """Do nothing: the storage is closed by the runtime."""
