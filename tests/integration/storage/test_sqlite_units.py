"""SQLite: units that wait for the connection's thread together share a transaction, and no other fate."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.errors import Conflict, NotFound, StorageError
from bot.storage.datafile import open_file
from bot.storage.engine import Query, load_queries
from bot.storage.sqlite import SqliteDatabase, _Owner, open_sqlite


@pytest.fixture
def connection(tmp_path: Path) -> sqlite3.Connection:
    return open_file(tmp_path / "bot.db")


@pytest.fixture
async def database(connection: sqlite3.Connection) -> AsyncIterator[SqliteDatabase]:
    async with _Owner(lambda: connection, iter_chunk_size=64) as owner:
        yield SqliteDatabase(owner, load_queries("sqlite", "sqlite3"))


@pytest.fixture
def said(connection: sqlite3.Connection) -> list[str]:
    """Return the list of the statements that the connection is told from now on."""
    said: list[str] = []
    connection.set_trace_callback(said.append)
    return said


def handled(number: int) -> Query:
    return Query("mark_handled", {"update_id": number, "user_id": 1, "now": 0})


def asked(number: int) -> Query:
    return Query("open_session", {"user_id": 1, "update_id": number})


def numbers(path: Path) -> list[int]:
    """Return what has reached the file, as another process sees it."""
    with closing(sqlite3.connect(path / "bot.db")) as other:
        return [number for (number,) in other.execute("SELECT update_id FROM handled_updates ORDER BY 1")]


async def together(*units: Any) -> list[Any]:
    return await asyncio.gather(*units, return_exceptions=True)


async def test_units_that_wait_together_share_one_transaction(
    database: SqliteDatabase, said: list[str], tmp_path: Path
) -> None:
    await together(*(database.write(handled(number)) for number in range(5)))
    assert [line.split()[0] for line in said] == ["BEGIN", *["INSERT"] * 5, "COMMIT"]
    assert numbers(tmp_path) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("unit", "error"),
    [
        pytest.param([handled(7), handled(7)], Conflict, id="a key is taken"),
        pytest.param([handled(7), handled(2**63)], StorageError, id="too large a number"),
        pytest.param(
            [handled(7), asked(7)._replace(name="load_user", otherwise=NotFound)], NotFound, id="none"
        ),
        pytest.param([handled(7), Query("no such statement")], AttributeError, id="an error of ours"),
    ],
)
async def test_a_refused_unit_harms_none_beside_it(
    database: SqliteDatabase, tmp_path: Path, unit: list[Query], error: type[Exception]
) -> None:
    ends = await together(database.write(handled(1)), database.write(*unit), database.write(handled(2)))
    assert [type(end) for end in ends] == [list, error, list]
    assert numbers(tmp_path) == [1, 2]


async def test_of_units_that_want_the_same_the_first_wins(database: SqliteDatabase, tmp_path: Path) -> None:
    ends = await together(*(database.write(handled(1)) for _ in range(3)))
    assert [type(end) for end in ends] == [list, Conflict, Conflict]
    assert numbers(tmp_path) == [1]


async def test_nobody_is_told_of_what_the_disk_has_not_taken(
    database: SqliteDatabase, connection: sqlite3.Connection, tmp_path: Path
) -> None:
    def no_commit(action: int, operation: str | None, *_: object) -> int:
        refused = action == sqlite3.SQLITE_TRANSACTION and operation == "COMMIT"
        return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK

    connection.set_authorizer(no_commit)
    ends = await together(*(database.write(handled(number)) for number in range(3)))
    assert [type(end) for end in ends] == [StorageError] * 3
    connection.set_authorizer(None)
    assert numbers(tmp_path) == []
    assert await database.write(handled(9)) == [1]


async def test_what_is_read_is_there_to_stay(database: SqliteDatabase, said: list[str]) -> None:
    """A read beside a write comes after its end: it tells nothing that the disk may still refuse."""
    ends = await together(database.read(asked(1)), database.write(handled(1)), database.read(asked(2)))
    assert [end[0]["handled"] for end in (ends[0], ends[2])] == [1, None]
    assert [line.split()[0] for line in said] == ["BEGIN", "INSERT", "COMMIT", "SELECT", "SELECT"]


async def test_a_read_that_fails_harms_none_beside_it(database: SqliteDatabase) -> None:
    ends = await together(database.read(asked(2**63)), database.read(asked(1)))
    assert [type(end) for end in ends] == [StorageError, list]


async def test_a_unit_ends_though_its_caller_is_cancelled(tmp_path: Path) -> None:
    async with open_sqlite(tmp_path / "bot.db") as database, asyncio.TaskGroup() as group:
        caller = group.create_task(database.write(handled(1)))
        await asyncio.sleep(0)
        caller.cancel()
        ends = await together(caller, database.write(handled(2)))
        late = group.create_task(database.write(handled(3)))
        await asyncio.sleep(0)
        late.cancel()
    assert [type(end) for end in ends] == [asyncio.CancelledError, list]
    assert numbers(tmp_path) == [1, 2, 3]


async def test_a_closed_database_says_so(tmp_path: Path) -> None:
    async with open_sqlite(tmp_path / "bot.db") as database:
        pass
    with pytest.raises(StorageError, match="ended"):
        await database.read(asked(1))
