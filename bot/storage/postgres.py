"""PostgreSQL as the database: a pool of connections, one transaction for each unit of work."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from inspect import isasyncgen
from typing import Any

import asyncpg

from bot.errors import Conflict, StorageError
from bot.storage.engine import Query, load_migrations, load_queries

#: Nothing waits for ever: neither a statement, nor a lock, nor a vanished replica's transaction.
SETTINGS = {
    "application_name": "five-touches",
    "statement_timeout": "10000",
    "lock_timeout": "5000",
    "idle_in_transaction_session_timeout": "10000",
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}


class PostgresDatabase:
    """A Database over a pool; a cancelled unit is rolled back."""

    def __init__(self, pool: Any, queries: Any) -> None:
        self._pool = pool
        self._queries = queries

    async def read(self, *queries: Query) -> list[Any]:
        """Return the results of queries that change nothing, all of one moment."""
        with named_errors():
            async with self._pool.acquire() as connection:
                if len(queries) == 1:
                    return await self._execute(queries, connection)
                async with connection.transaction(isolation="repeatable_read", readonly=True):
                    return await self._execute(queries, connection)

    async def write(self, *queries: Query) -> list[Any]:
        """Run the queries in one transaction."""
        with named_errors():
            async with self._pool.acquire() as connection, connection.transaction():
                return await self._execute(queries, connection)

    async def compact(self) -> None:
        """Do nothing: the server vacuums by itself."""

    async def _execute(self, queries: Sequence[Query], connection: Any) -> list[Any]:
        results = []
        for query in queries:
            statement = getattr(self._queries, query.name)
            if isinstance(query.params, Mapping):
                result = statement(connection, **query.params)
                result = [row async for row in result] if isasyncgen(result) else await result
            else:
                result = await statement(connection, query.params)
            results.append(query.checked(result))
        return results


@asynccontextmanager
async def open_postgres(url: str) -> AsyncIterator[PostgresDatabase]:
    """Serve a database whose schema is the program's own.

    StorageError: not reachable, or its schema is older (`migrate` comes first) or newer.
    """
    queries = load_queries("postgresql", "asyncpg")
    with named_errors():
        pool = await asyncpg.create_pool(
            url, min_size=1, max_size=10, command_timeout=30, server_settings=SETTINGS, reset=_leave
        )
    try:
        async with pool.acquire() as connection:
            _check_version(await _version(queries, connection))
        yield PostgresDatabase(pool, queries)
    finally:
        await pool.close()


async def migrate(url: str) -> int:
    """Bring the schema up to date, each script in one transaction; return how many ran.

    Several replicas may do so at once: one runs the scripts, the others find nothing left.
    """
    queries = load_queries("postgresql", "asyncpg")
    with named_errors():
        connection = await asyncpg.connect(url, server_settings={"application_name": "five-touches"})
        try:
            return sum([await _apply(queries, connection, *script) for script in load_migrations().items()])
        finally:
            await connection.close()


@contextmanager
def named_errors() -> Iterator[None]:
    """Turn what the driver raises into the project's own errors."""
    try:
        yield
    except asyncpg.UniqueViolationError as error:
        raise Conflict(str(error)) from error
    except (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError) as error:
        raise StorageError(f"PostgreSQL: {error or type(error).__name__}") from error


async def _apply(queries: Any, connection: Any, number: int, script: str) -> bool:
    """Run one script unless it has run."""
    async with connection.transaction():
        await queries.lock_schema(connection)
        if await _version(queries, connection) >= number:
            return False
        await connection.execute(script)
        return True


async def _version(queries: Any, connection: Any) -> int:
    """Return the schema's version; 0: there is none."""
    if not await queries.find_meta(connection):
        return 0
    return int((await queries.load_meta(connection, name="schema"))["value"])


def _check_version(version: int) -> None:
    newest = max(load_migrations())
    if version < newest:
        raise StorageError(
            f"the database has schema {version} of {newest}: run `python -m bot migrate` first"
        )
    if version > newest:
        raise StorageError(
            f"the database has schema {version}, this program knows {newest}: install the newer one"
        )


async def _leave(_connection: Any) -> None:
    """Hand a connection back as it is: units leave no session state, and the usual reset is a round trip."""
