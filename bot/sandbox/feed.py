"""Everything that changes on the screen, told to whoever watches."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from bot.sandbox.refusals import JSON


class Feed:
    """Hands each event to every watcher, in order; an event has a `kind` and the facts of the change."""

    def __init__(self) -> None:
        self._watchers: set[asyncio.Queue[JSON]] = set()

    def publish(self, kind: str, **facts: object) -> None:
        """Tell everybody about a change."""
        for watcher in self._watchers:
            watcher.put_nowait({"kind": kind, **facts})

    @contextmanager
    def watch(self) -> Iterator[asyncio.Queue[JSON]]:
        """Receive all events from now on."""
        queue: asyncio.Queue[JSON] = asyncio.Queue()
        self._watchers.add(queue)
        try:
            yield queue
        finally:
            self._watchers.discard(queue)
