"""SQLite as the database: one owner connection in its own thread, one hop for all that waits."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from inspect import isgenerator
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from bot.errors import Conflict, StorageError
from bot.storage.datafile import claim_file, is_signed, open_file, sign
from bot.storage.engine import Query, load_queries

_TAKEN = {sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE}

T = TypeVar("T")
#: What is done with the connection.
Function = Callable[[sqlite3.Connection], Any]


class _Owner(aiosqlite.Connection):
    """The connection; a whole function runs in its thread, so nothing of another caller comes in between."""

    async def run(self, function: Callable[[sqlite3.Connection], T]) -> T:
        """Run the function in one hop; once begun it ends, whatever becomes of the caller."""
        result: T = await self._execute(function, self._conn)  # type: ignore[no-untyped-call] # not typed there
        return result


class _Unit:
    """A function of the connection that runs as a whole, and the future of whoever waits for it."""

    def __init__(self, function: Function, *, writes: bool) -> None:
        self.function = function
        self.writes = writes
        self.result: Any = None
        #: Until the thread says otherwise it is not done.
        self.error: Exception | None = StorageError("the database has ended")
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def end(self) -> None:
        """Let go whoever waits; one who was cancelled does not."""
        if not self.ended.done():
            self.ended.set_result(None)


class SqliteDatabase:
    """A Database over one connection.

    Units that come while its thread is busy go over in one hop next: there the writes share a transaction and
    its wait for the disk, and the reads see what it leaves. With one thread nothing comes between the queries
    of a unit. Nobody is told of a write before its transaction has reached the disk.
    """

    def __init__(self, connection: _Owner, queries: Any) -> None:
        self._connection = connection
        self._queries = queries
        self._waiting: list[_Unit] = []
        self._serving: asyncio.Task[None] | None = None

    async def read(self, *queries: Query) -> list[Any]:
        """Return the results of queries that change nothing."""
        results: list[Any] = await self._run(partial(self._results, queries))
        return results

    async def write(self, *queries: Query) -> list[Any]:
        """Run the queries as one unit of a transaction."""
        results: list[Any] = await self._run(partial(self._results, queries), writes=True)
        return results

    async def compact(self) -> None:
        """Empty the write-ahead log, which still holds what was erased."""
        await self._run(self._queries.empty_log)

    async def finish(self) -> None:
        """Wait until all that was begun has ended; a unit ends also when its caller was cancelled."""
        if self._serving:
            await self._serving

    async def _run(self, function: Function, *, writes: bool = False) -> Any:
        """Have a unit run and name its errors."""
        unit = _Unit(function, writes=writes)
        self._waiting.append(unit)
        if self._serving is None or self._serving.done():
            # Begins behind all that is ready to ask as well.
            self._serving = asyncio.create_task(self._serve())  # noqa: TID251 - ends before the connection does
        await unit.ended
        match unit.error:
            case None:
                return unit.result
            case sqlite3.IntegrityError() as error if error.sqlite_errorcode in _TAKEN:
                raise Conflict(str(error)) from error
            case (sqlite3.Error() | OverflowError()) as error:  # a number of more than 64 bits
                raise StorageError(str(error)) from error
            case error:
                raise error

    async def _serve(self) -> None:
        """Have the thread do all that waits, in one hop, until nothing waits."""
        while self._waiting:
            units, self._waiting = self._waiting, []
            try:
                with suppress(ValueError):  # aiosqlite has no connection any more
                    await self._connection.run(partial(self._do, units))
            finally:
                for unit in units:
                    unit.end()

    # In the thread

    def _do(self, units: Sequence[_Unit], connection: sqlite3.Connection) -> None:
        if writes := [unit for unit in units if unit.writes]:
            self._write(writes, connection)
        for unit in units:
            if not unit.writes:
                try:
                    unit.result, unit.error = unit.function(connection), None
                except Exception as error:  # noqa: BLE001 - raised where it is waited for
                    unit.error = error

    def _write(self, units: Sequence[_Unit], connection: sqlite3.Connection) -> None:
        """Run units in one transaction; where one of them fails, each in its own: it harms no other."""
        try:
            self._queries.begin_write(connection)
            try:
                for unit in units:
                    unit.result = unit.function(connection)
                connection.commit()
            except BaseException:
                connection.rollback()
                raise
        except Exception as error:  # noqa: BLE001 - raised where it is waited for
            if len(units) == 1:
                units[0].error = error
                return
            for unit in units:
                self._write([unit], connection)
            return
        for unit in units:
            unit.error = None

    def _results(self, queries: Sequence[Query], connection: sqlite3.Connection) -> list[Any]:
        return [query.checked(self._execute(query, connection)) for query in queries]

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
            database = SqliteDatabase(owner, load_queries("sqlite", "sqlite3"))
            try:
                yield database
            finally:
                await database.finish()
        sign(path, claim)
    finally:
        os.close(claim)
