"""One user's updates one after another, one dispatcher at a time: the ports, and both for one process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol
from weakref import WeakValueDictionary


class UserLocks(Protocol):
    """Locks that let one update of a user through at a time, in the order of arrival."""

    def user(self, user_id: int) -> AbstractAsyncContextManager[None]:
        """Hold the user's lock for a `with` block; to be taken before anything of the user is loaded."""


class WorkerElection(Protocol):
    """Decides which worker dispatches."""

    async def elected(self) -> bool:
        """Tell whether it is this one; asked before each round. The elected one stays while it lives."""


class LocalLocks:
    """Locks within one process: enough for SQLite."""

    def __init__(self) -> None:
        # A lock lives as long as somebody holds it or waits for it.
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def user(self, user_id: int) -> AsyncIterator[None]:
        """Hold the user's lock."""
        lock = self._locks.setdefault(user_id, asyncio.Lock())
        async with lock:
            yield


class OnlyWorker:
    """The election of a database that one process serves."""

    async def elected(self) -> bool:
        """Tell that it is this one."""
        return True
