"""SQLite as the database: one owner connection in its own thread, one hop for each unit of work."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from inspect import isgenerator
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from bot.errors import Conflict, StorageError
from bot.storage.datafile import claim_file, is_signed, open_file, sign
from bot.storage.engine import Query, load_queries

T = TypeVar("T")

_TAKEN = {sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE}


class _Owner(aiosqlite.Connection):
    """The connection; a whole function runs in its thread, so nothing of another caller comes in between."""

    async def run(self, function: Callable[[sqlite3.Connection], T]) -> T:
        """Run the function in one hop; once begun it ends, whatever becomes of the caller."""
        result: T = await self._execute(function, self._conn)  # type: ignore[no-untyped-call] # not typed there
        return result


class SqliteDatabase:
    """A Database over one connection.

    A read is a unit too: with one thread nothing can change between its queries.
    """

    def __init__(self, connection: _Owner, queries: Any) -> None:
        self._connection = connection
        self._queries = queries

    async def read(self, *queries: Query) -> list[Any]:
        """Return the results of queries that change nothing."""
        return await self._run(partial(self._read, queries))

    async def write(self, *queries: Query) -> list[Any]:
        """Run the queries in one transaction."""
        return await self._run(partial(self._write, queries))

    async def compact(self) -> None:
        """Empty the write-ahead log, which still holds what was erased."""
        await self._run(self._queries.empty_log)

    async def _run(self, unit: Callable[[sqlite3.Connection], T]) -> T:
        """Run a unit in the connection's thread and name its errors.

        No shield: a cancelled await stops neither the thread nor the unit, and no unit spans two hops.
        """
        try:
            return await self._connection.run(unit)
        except sqlite3.IntegrityError as error:
            if error.sqlite_errorcode in _TAKEN:
                raise Conflict(str(error)) from error
            raise StorageError(str(error)) from error
        except (sqlite3.Error, OverflowError) as error:  # a number of more than 64 bits
            raise StorageError(str(error)) from error

    def _read(self, queries: Sequence[Query], connection: sqlite3.Connection) -> list[Any]:
        return [query.checked(self._execute(query, connection)) for query in queries]

    def _write(self, queries: Sequence[Query], connection: sqlite3.Connection) -> list[Any]:
        self._queries.begin_write(connection)
        try:
            results = [query.checked(self._execute(query, connection)) for query in queries]
            connection.commit()
        except BaseException:
            connection.rollback()
            raise
        return results

    def _execute(self, query: Query, connection: sqlite3.Connection) -> Any:
        statement = getattr(self._queries, query.name)
        if isinstance(query.params, Sequence):
            return statement(connection, query.params)
        result = statement(connection, **query.params)
        return list(result) if isgenerator(result) else result


@asynccontextmanager
async def open_sqlite(path: Path) -> AsyncIterator[SqliteDatabase]:
    """Serve a file, alone: claim it, check it, back it up and migrate it if due; close it in the end.

    StorageError: served by another process, damaged, or of a newer program.
    """
    claim = claim_file(path)
    try:
        # Opened outside the owner: aiosqlite's thread would outlive a failure, and this loop.
        connection = await asyncio.to_thread(open_file, path, is_healthy=is_signed(path, claim))
        owner = _Owner(lambda: connection, iter_chunk_size=64)
        async with owner:
            yield SqliteDatabase(owner, load_queries("sqlite", "sqlite3"))
        sign(path, claim)
    finally:
        os.close(claim)
