"""The queue of updates, taken by long polling: an update comes again until a higher offset confirms it."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from bot.sandbox.refusals import JSON, conflict

#: Not sent unless a bot asks for them by name.
_UNASKED = {"chat_member", "message_reaction", "message_reaction_count"}


class UpdateQueue:
    """Updates that the bot has not confirmed yet, oldest first."""

    def __init__(self) -> None:
        self.pending: list[JSON] = []
        self._last_id = 0
        self._allowed: Sequence[str] = ()
        self._waiter: asyncio.Future[None] | None = None

    def put(self, kind: str, content: JSON) -> JSON:
        """Make an update and return it; the queue keeps it if the bot wants its kind."""
        self._last_id += 1
        update = {"update_id": self._last_id, kind: content}
        if self._is_wanted(kind):
            self.pending.append(update)
            if self._waiter and not self._waiter.done():
                self._waiter.set_result(None)
        return update

    def allow(self, kinds: Sequence[str]) -> None:
        """Keep only these kinds from now on; none named: the usual ones."""
        self._allowed = kinds

    def confirm(self, update_id: int) -> None:
        """Forget one update: it was delivered another way."""
        self.pending = [update for update in self.pending if update["update_id"] != update_id]

    def drop(self) -> None:
        """Forget everything that waits."""
        self.pending.clear()

    async def fetch(self, offset: int, limit: int, patience: float) -> list[JSON]:
        """Return up to `limit` updates, waiting up to `patience` seconds for the first one.

        Raises:
            ApiError: another fetch began meanwhile; two bots must not share the updates.
        """
        self._interrupt()
        self._skip_to(offset)
        if not self.pending and patience:
            await self._wait(patience)
        return self.pending[:limit]

    def _is_wanted(self, kind: str) -> bool:
        return kind in self._allowed if self._allowed else kind not in _UNASKED

    def _skip_to(self, offset: int) -> None:
        if offset < 0:
            self.pending = self.pending[offset:]
        elif offset:
            self.pending = [update for update in self.pending if update["update_id"] >= offset]

    def _interrupt(self) -> None:
        if self._waiter and not self._waiter.done():
            reason = "terminated by other getUpdates request; make sure that only one bot instance is running"
            self._waiter.set_exception(conflict(reason))

    async def _wait(self, patience: float) -> None:
        self._waiter = asyncio.get_running_loop().create_future()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._waiter, patience)
