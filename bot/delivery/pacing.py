"""Telegram's limits, kept in front of the transport: messages a second, for the bot and for each chat.

Answers to what a user did go before reminders. After a 429 nothing is sent until the time it named is over.
Moments are seconds of the event loop's monotonic clock.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from msgspec import Struct
from telegram.error import NetworkError, RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from bot.delivery.outcomes import pause_of
from bot.transport import NotSent

logger = logging.getLogger(__name__)

#: A second, and what the network may squeeze it by on the way to Telegram.
SECOND = 1.02

#: How many answers one chat takes at once before they are spread to one a second.
BURST = 4

#: So many answers in a row let one waiting reminder pass.
ANSWERS_IN_A_ROW = 5

#: An answer waits at most so long for its turn or for the end of a pause.
PATIENCE = 60.0

#: How many chats are remembered before those that have been quiet are forgotten.
CHATS = 4096


#: Set while a reminder is sent: its requests start before this moment or fail.
_NOT_AFTER: ContextVar[float | None] = ContextVar("not_after", default=None)


@contextmanager
def reminding(not_after: float) -> Iterator[None]:
    """Mark the requests of a `with` block as a reminder's, to be started before this moment or not at all."""
    token = _NOT_AFTER.set(not_after)
    try:
        yield
    finally:
        _NOT_AFTER.reset(token)


class _Turn(Struct, eq=False, frozen=True):
    """A request that waits for its turn."""

    push: bool
    not_after: float
    #: None: no message to a chat, only a pause holds it.
    chat: int | str | None
    comes: asyncio.Future[None]


class Pacing(BaseRateLimiter[None]):
    """At most `per_second` messages in any `second`, one for each chat, nothing during a pause."""

    def __init__(self, per_second: int = 30, second: float = SECOND) -> None:
        self._second = second
        self._spacing = second / per_second
        self._sent: deque[float] = deque(maxlen=per_second)
        #: When each chat will have been quiet for as long as its last messages ask for.
        self._quiet: dict[int | str, float] = {}
        self._paused_until = 0.0
        #: In the order of their coming.
        self._waiting: list[_Turn] = []
        self._answers = 0
        self._timer: asyncio.TimerHandle | None = None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Cancel whoever still waits."""
        for turn in self._waiting:
            turn.comes.cancel()
        self._serve()

    def send_no_more_reminders(self) -> None:
        """Fail the reminders that wait, as not sent: the process ends."""
        for turn in self._waiting:
            if turn.push and not turn.comes.done():
                turn.comes.set_exception(_no_turn())
        self._serve()

    @property
    def pause(self) -> timedelta:
        """How long Telegram still wants nothing; not positive without a pause."""
        return timedelta(seconds=self._paused_until - _now())

    async def process_request(  # noqa: PLR0913, PLR0917 - the base class names these parameters
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,
    ) -> Any:
        """Make the request in its turn; after a 429 an answer is tried again, a reminder is not: its row is.

        Raises RetryAfter for a pause, NetworkError from NotSent for a queue, longer than it can wait.
        """
        limit = _NOT_AFTER.get()
        not_after = _now() + PATIENCE if limit is None else limit
        while True:
            await self._turn(limit is not None, not_after, data.get("chat_id"))
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                self._hold(pause_of(error))
                if limit is not None:
                    raise

    async def _turn(self, push: bool, not_after: float, chat: int | str | None) -> None:
        comes: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        turn = _Turn(push=push, not_after=not_after, chat=chat, comes=comes)
        self._waiting.append(turn)
        if self._timer is None or self._due_at(turn) < self._timer.when():
            self._serve()
        await comes

    def _hold(self, lasts_for: timedelta) -> None:
        """Send nothing for so long; a pause that lasts longer stays."""
        seconds = lasts_for.total_seconds()
        logger.warning("telegram asks for a pause", extra={"action": "pause", "seconds": seconds})
        self._paused_until = max(self._paused_until, _now() + seconds)
        self._serve()

    def _serve(self) -> None:
        """Let everybody go whose turn has come, and come back when the next one's does."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        now = _now()
        self._drop_the_late(now)
        while self._waiting:
            ready = [turn for turn in self._waiting if self._ready_at(turn) <= now]
            if not ready:
                at = min(map(self._due_at, self._waiting))
                self._timer = asyncio.get_running_loop().call_at(at, self._serve)
                return
            self._let_go(min(ready, key=self._rank), now)

    def _drop_the_late(self, now: float) -> None:
        """Fail those that would start too late, forget those that were cancelled."""
        for turn in self._waiting:
            if not turn.comes.done() and (error := self._too_late(turn, now)):
                turn.comes.set_exception(error)
        self._waiting = [turn for turn in self._waiting if not turn.comes.done()]

    def _too_late(self, turn: _Turn, now: float) -> TelegramError | None:
        if turn.not_after < self._paused_until:
            return RetryAfter(self.pause)
        return None if turn.not_after > now else _no_turn()

    def _due_at(self, turn: _Turn) -> float:
        """Return when something is to be done about this one: let it go, or fail it."""
        if turn.not_after < self._paused_until:
            return 0.0
        return min(self._ready_at(turn), turn.not_after)

    def _ready_at(self, turn: _Turn) -> float:
        """Return when this one may go, as things stand."""
        if turn.chat is None:
            return self._paused_until
        full = self._sent[0] + self._second if len(self._sent) == self._sent.maxlen else 0.0
        spaced = self._sent[-1] + self._spacing if turn.push and self._sent else 0.0
        quiet = self._quiet.get(turn.chat, 0.0) - (0.0 if turn.push else (BURST - 1) * self._second)
        return max(self._paused_until, full, spaced, quiet)

    def _rank(self, turn: _Turn) -> bool:
        """Order those that may go: answers first, yet reminders are not kept out for ever."""
        return turn.push is (self._answers < ANSWERS_IN_A_ROW)

    def _let_go(self, turn: _Turn, now: float) -> None:
        self._waiting.remove(turn)
        turn.comes.set_result(None)
        if turn.chat is None:
            return
        self._answers = 0 if turn.push else self._answers + 1
        self._sent.append(now)
        self._quiet[turn.chat] = max(self._quiet.get(turn.chat, 0.0), now) + self._second
        if len(self._quiet) > CHATS:
            self._quiet = {chat: until for chat, until in self._quiet.items() if until > now}


def _no_turn() -> NetworkError:
    error = NetworkError("no turn in time")
    error.__cause__ = NotSent("no turn in time")
    return error


def _now() -> float:
    return asyncio.get_running_loop().time()
