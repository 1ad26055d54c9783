"""Schemas: from nothing, from an older one, and what each database does before it serves."""

import asyncio
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from bot.errors import StorageError
from bot.storage import migrate, open_storage
from bot.storage.crypto import Cipher
from bot.storage.datafile import backup, claim_file, open_file
from bot.storage.engine import load_migrations
from bot.storage.postgres import migrate as migrate_postgres

NEXT = max(load_migrations()) + 1
ADDED = f"ALTER TABLE users ADD COLUMN extra BIGINT; UPDATE meta SET value = '{NEXT}' WHERE name = 'schema'"
BROKEN = "ALTER TABLE users ADD COLUMN half BIGINT; SELECT * FROM nowhere"


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> dict[int, str]:
    """Let the program have one more migration."""
    migrations = {**load_migrations(), NEXT: ADDED}
    monkeypatch.setattr("bot.storage.datafile.load_migrations", lambda: migrations)
    monkeypatch.setattr("bot.storage.postgres.load_migrations", lambda: migrations)
    return migrations


def test_each_script_records_its_number() -> None:
    migrations = load_migrations()
    assert [*migrations] == [*range(1, len(migrations) + 1)]
    for number, script in migrations.items():
        assert f"'{number}'" in script.strip().splitlines()[-1]


async def test_sqlite_migrates_itself_after_a_backup(
    tmp_path: Path, cipher: Cipher, newer: dict[int, str]
) -> None:
    file = tmp_path / "bot.db"
    older = dict(newer)
    added = newer.pop(NEXT)
    async with open_storage(f"sqlite:///{file}", cipher):
        pass
    newer[NEXT] = added

    async with open_storage(f"sqlite:///{file}", cipher):
        pass
    assert version(file) == NEXT
    assert version(tmp_path / f"bot.db.schema-{NEXT - 1}.backup") == NEXT - 1
    assert older == newer


def version(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()[0])


def test_a_failing_script_leaves_the_file_as_it_was(tmp_path: Path, newer: dict[int, str]) -> None:
    file = tmp_path / "bot.db"
    newer[NEXT] = BROKEN
    claim = claim_file(file)
    with pytest.raises(StorageError, match=f"schema {NEXT}"):
        open_file(file)
    os.close(claim)
    assert version(file) == NEXT - 1
    with closing(sqlite3.connect(file)) as connection:
        assert "half" not in [row[1] for row in connection.execute("PRAGMA table_info(users)")]
    backup(file, tmp_path / "copy")


@pytest.mark.postgres
async def test_postgres_is_migrated_by_command_and_once(empty_postgres_url: str, cipher: Cipher) -> None:
    with pytest.raises(StorageError, match="bot migrate"):
        async with open_storage(empty_postgres_url, cipher):
            pytest.fail("served without a schema")

    counts = await asyncio.gather(*(migrate_postgres(empty_postgres_url) for _ in range(3)))
    assert sorted(counts) == [0, 0, len(load_migrations())]

    await migrate(empty_postgres_url)
    async with open_storage(empty_postgres_url, cipher) as storage:
        assert await storage.vacancies.all(1) == ()


@pytest.mark.postgres
async def test_postgres_of_another_schema_is_refused(
    postgres_url: str, cipher: Cipher, newer: dict[int, str]
) -> None:
    with pytest.raises(StorageError, match="bot migrate"):
        async with open_storage(postgres_url, cipher):
            pytest.fail("served on an old schema")
    assert await migrate_postgres(postgres_url) == 1
    newer.pop(NEXT)
    with pytest.raises(StorageError, match="newer"):
        async with open_storage(postgres_url, cipher):
            pytest.fail("served on a newer schema")


@pytest.mark.postgres
async def test_a_failing_script_leaves_postgres_as_it_was(postgres_url: str, newer: dict[int, str]) -> None:
    newer[NEXT] = BROKEN
    with pytest.raises(StorageError):
        await migrate_postgres(postgres_url)
    connection = await asyncpg.connect(postgres_url)
    columns = await connection.fetch("SELECT column_name FROM information_schema.columns")
    await connection.close()
    assert "half" not in {row["column_name"] for row in columns}


@pytest.mark.postgres
@pytest.mark.parametrize("name", ["missing", "migrated?host=/nowhere&x="])
async def test_a_database_out_of_reach_is_one_clear_error(
    postgres_server: str, cipher: Cipher, name: str
) -> None:
    with pytest.raises(StorageError, match="PostgreSQL"):
        async with open_storage(postgres_server.format(name=name), cipher):
            pytest.fail("opened")


#: A bot of the first schema in full swing: three users, two of them with something open, one gone.
FIRST = """
INSERT INTO users VALUES (1, 'a', NULL), (2, 'b', NULL), (3, 'c', 7);
INSERT INTO vacancies VALUES (11, 1, 'open', 0, 2, 500), (12, 1, 'reserve', 0, 1, 400),
    (21, 2, 'signed', 1, 1, 300), (31, 3, 'open', 0, 1, 200);
INSERT INTO events VALUES (11, 1, 1, 0, 'x');
INSERT INTO reminders VALUES
    (101, 1, 11, 'call:1', 10, 'sent', NULL, 1, 0, 't', 1, 0, 9, 20, NULL),
    (102, 1, 11, 'email:1', 30, 'sending', 40, 2, 1, 'u', 1, 0, NULL, NULL, 'timed out'),
    (103, 1, 11, 'call:2', 30, 'pending', 30, 0, 0, NULL, 1, 2, NULL, NULL, NULL),
    (104, 3, 31, 'call:1', 30, 'pending', NULL, 0, 0, NULL, 1, 0, NULL, NULL, NULL);
"""
REMINDERS = "SELECT * FROM reminders ORDER BY vacancy_id IS NULL, id"
#: What the users get who have something open: user, key, due moment, wake moment.
WEEKLY = [
    (1, "review:", 1_000_500, 1_000_500),
    (1, "sweep:", 1_000_500, 1_000_500),
    (3, "review:", 3_000_500, None),
    (3, "sweep:", 3_000_500, None),
]


def known_and_weekly(rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[tuple[Any, ...]]]:
    """Return the rows of vacancies, and of the others what tells them apart."""
    names = ("user_id", "key", "due_at", "wake_at")
    weekly = [tuple(row[name] for name in names) for row in rows if row["vacancy_id"] is None]
    return [row for row in rows if row["vacancy_id"] is not None], sorted(weekly, key=lambda row: row[:2])


def test_sqlite_of_the_first_schema_keeps_its_reminders_and_gets_weekly_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "bot.db"
    with monkeypatch.context() as first:
        first.setattr("bot.storage.datafile.load_migrations", lambda: {1: load_migrations()[1]})
        with closing(open_file(file)) as connection:
            connection.executescript(FIRST)
            before = [dict(row) for row in connection.execute(REMINDERS)]

    with closing(open_file(file)) as connection:
        after = [dict(row) for row in connection.execute(REMINDERS)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.execute("DELETE FROM vacancies WHERE id = 11")
        left = [row[0] for row in connection.execute("SELECT id FROM reminders WHERE vacancy_id IS NOT NULL")]
    assert known_and_weekly(after) == (before, WEEKLY)
    assert left == [104]


@pytest.mark.postgres
async def test_postgres_of_the_first_schema_keeps_its_reminders_and_gets_weekly_ones(
    empty_postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as first:
        first.setattr("bot.storage.postgres.load_migrations", lambda: {1: load_migrations()[1]})
        await migrate(empty_postgres_url)
    connection = await asyncpg.connect(empty_postgres_url)
    try:
        await connection.execute(FIRST)
        before = [dict(row) for row in await connection.fetch(REMINDERS)]
        await migrate(empty_postgres_url)
        after = [dict(row) for row in await connection.fetch(REMINDERS)]
        await connection.execute("DELETE FROM vacancies WHERE id = 11")
        left = await connection.fetch("SELECT id FROM reminders WHERE vacancy_id IS NOT NULL")
    finally:
        await connection.close()
    assert known_and_weekly(after) == (before, WEEKLY)
    assert [row["id"] for row in left] == [104]


async def test_sqlite_is_migrated_by_the_command_too(tmp_path: Path) -> None:
    await migrate(f"sqlite:///{tmp_path}/bot.db")
    assert version(tmp_path / "bot.db") == max(load_migrations())
