"""Locks across replicas: PostgreSQL's advisory locks, which it drops by itself when a replica dies."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from bot.storage.engine import load_queries
from bot.storage.locks import LocalLocks
from bot.storage.postgres import SETTINGS, named_errors

#: How many updates one process handles at once, at most: each holds a connection of this pool.
CONNECTIONS = 32


class PostgresLocks:
    """Locks of users across processes.

    The local lock comes first, so a process waits with one connection for each user. The connections are
    autocommit and belong to nothing else: no transaction is open while Telegram is being talked to.
    """

    def __init__(self, pool: Any) -> None:
        self._pool = pool
        self._local = LocalLocks()
        self._queries = load_queries("postgresql", "asyncpg")

    @asynccontextmanager
    async def user(self, user_id: int) -> AsyncIterator[None]:
        """Hold the user's lock; the pool's reset releases it, however the block ends."""
        async with self._local.user(user_id):
            with named_errors():
                connection = await self._pool.acquire()
            try:
                with named_errors():
                    await self._queries.lock_user(connection, user_id=user_id)
                yield
            finally:
                with named_errors():
                    await self._pool.release(connection)


class PostgresElection:
    """The election among workers: whoever holds the lock, on a connection of its own."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: Any = None
        self._queries = load_queries("postgresql", "asyncpg")
        self._leads = False

    async def elected(self) -> bool:
        """Tell whether this worker leads; after a lost connection it stands for election again."""
        with named_errors():
            try:
                if self._connection is None:
                    self._connection = await asyncpg.connect(
                        self._url, command_timeout=5, server_settings=SETTINGS
                    )
                if self._leads:
                    await self._queries.still_there(self._connection)
                else:
                    self._leads = (await self._queries.try_to_lead(self._connection))["elected"]
            except BaseException:
                self._forget()
                raise
            return self._leads

    async def resign(self) -> None:
        """Let another worker lead."""
        if self._connection is not None:
            with named_errors():
                await self._connection.close(timeout=5)
        self._forget()

    def _forget(self) -> None:
        """Drop the connection, in whatever state it is."""
        if self._connection is not None:
            self._connection.terminate()
        self._connection, self._leads = None, False


@asynccontextmanager
async def open_locks(url: str) -> AsyncIterator[tuple[PostgresLocks, PostgresElection]]:
    """Open the connections for locks; closing them releases whatever they hold."""
    settings = SETTINGS | {
        "statement_timeout": "60000",
        "lock_timeout": "30000",
    }  # an update may take its time
    election = PostgresElection(url)
    with named_errors():
        pool = await asyncpg.create_pool(url, min_size=0, max_size=CONNECTIONS, server_settings=settings)
    try:
        yield PostgresLocks(pool), election
    finally:
        await election.resign()
        await pool.close()
