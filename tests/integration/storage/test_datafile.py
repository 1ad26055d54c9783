"""SQLite's file: who may open it, when it is refused, and how it is copied."""

import asyncio
import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from storage_stories import ANNA, commit, opened, record

from bot.domain.users import User
from bot.errors import ConfigError, StorageError
from bot.storage import open_storage, sqlite_path
from bot.storage.crypto import Cipher
from bot.storage.datafile import backup, claim_file, is_signed


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "bot.db"


@pytest.fixture
async def filled(file: Path, cipher: Cipher) -> Path:
    async with open_storage(f"sqlite:///{file}", cipher) as storage:
        await commit(storage, user=User(id=ANNA, name="Anna"))
        for number in range(1, 60):
            await record(storage, number, opened(f"Company {number}"))
    return file


def content(file: Path) -> bytes:
    return file.read_bytes()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def damage(file: Path) -> None:
    with file.open("r+b") as damaged:
        damaged.seek(file.stat().st_size // 2)
        damaged.write(os.urandom(8192))


def write_nonsense(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"not a database" * 1000)


async def refused(file: Path, cipher: Cipher, match: str) -> None:
    before = content(file)
    with pytest.raises(StorageError, match=match):
        async with open_storage(f"sqlite:///{file}", cipher):
            pytest.fail("opened")
    assert content(file) == before
    alive = {thread.name for thread in threading.enumerate() if not thread.daemon}
    assert not [name for name in alive if "connection" in name]  # else the process would never end


async def test_files_are_the_owners_alone(file: Path, cipher: Cipher) -> None:
    async with open_storage(f"sqlite:///{file}", cipher) as storage:
        await commit(storage, update_id=1)
        modes = {path.name: path.stat().st_mode & 0o777 for path in file.parent.iterdir()}
    assert modes == dict.fromkeys(["bot.db", "bot.db-wal", "bot.db-shm", "bot.db.lock"], 0o600)
    assert file.parent.stat().st_mode & 0o777 == 0o700


async def test_settings_of_the_connection(file: Path, cipher: Cipher) -> None:
    async with open_storage(f"sqlite:///{file}", cipher) as storage:
        owner = storage.database._connection
        values = {
            name: await owner.run(lambda connection, n=name: connection.execute(f"PRAGMA {n}").fetchone()[0])
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys", "secure_delete")
        }
        assert values == {
            "journal_mode": "wal",
            "synchronous": 2,
            "busy_timeout": 5000,
            "foreign_keys": 1,
            "secure_delete": 1,
        }


async def test_a_second_process_is_refused_until_the_first_ends(file: Path, cipher: Cipher) -> None:
    async with open_storage(f"sqlite:///{file}", cipher):
        with pytest.raises(StorageError, match="another process"):
            async with open_storage(f"sqlite:///{file}", cipher):
                pytest.fail("opened twice")
    async with open_storage(f"sqlite:///{file}", cipher):
        pass


async def test_a_damaged_file_is_refused_and_the_backup_named(filled: Path, cipher: Cipher) -> None:
    copy = filled.with_name("bot.db.schema-0.backup")
    backup(filled, copy)
    damage(filled)
    await refused(filled, cipher, match=r"damaged.*bot\.db\.schema-0\.backup")

    copy.replace(filled)
    async with open_storage(f"sqlite:///{filled}", cipher) as storage:
        assert len(await storage.vacancies.all(ANNA)) == 59


async def test_a_clean_end_spares_the_next_start_the_check(filled: Path, cipher: Cipher) -> None:
    claim = claim_file(filled)
    assert is_signed(filled, claim)
    assert not is_signed(filled, claim)  # the next one may not end cleanly
    os.close(claim)


async def test_a_file_touched_after_a_clean_end_is_checked(filled: Path, cipher: Cipher) -> None:
    os.utime(filled, ns=(0, 0))
    claim = claim_file(filled)
    assert not is_signed(filled, claim)
    os.close(claim)


async def test_something_else_than_a_database_is_refused(file: Path, cipher: Cipher) -> None:
    write_nonsense(file)
    await refused(file, cipher, match="damaged")


async def test_a_file_of_a_newer_program_is_refused(filled: Path, cipher: Cipher) -> None:
    with closing(sqlite3.connect(filled)) as connection, connection:
        connection.execute("UPDATE meta SET value = '999' WHERE name = 'schema'")
    await refused(filled, cipher, match="newer")


@pytest.mark.parametrize(
    ("path", "match"), [("file/bot.db", "cannot be written to"), ("folder", "cannot be opened")]
)
async def test_a_place_for_no_file_is_refused(tmp_path: Path, cipher: Cipher, path: str, match: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    with pytest.raises(StorageError, match=match):
        async with open_storage(f"sqlite:///{tmp_path}/{path}", cipher):
            pytest.fail("opened")


async def test_a_full_disk_loses_nothing_and_hurts_nobody(filled: Path, cipher: Cipher) -> None:
    async with open_storage(f"sqlite:///{filled}", cipher) as storage:
        owner = storage.database._connection
        full = "PRAGMA max_page_count = 1"  # no more pages than there are
        await owner.run(lambda connection: connection.execute(full).fetchall())
        with pytest.raises(StorageError, match="full"):
            await record(storage, 100, opened("x" * 100_000))
        assert len(await storage.vacancies.all(ANNA)) == 59

        await owner.run(lambda connection: connection.execute("PRAGMA max_page_count = 100000").fetchall())
        await record(storage, 100, opened("x" * 100_000))
        assert len(await storage.vacancies.all(ANNA)) == 60


async def test_a_number_beyond_64_bits_is_refused(filled: Path, cipher: Cipher) -> None:
    async with open_storage(f"sqlite:///{filled}", cipher) as storage:
        with pytest.raises(StorageError):
            await storage.vacancies.load(ANNA, 2**63)


async def test_a_backup_of_a_served_database_can_be_restored(
    filled: Path, tmp_path: Path, cipher: Cipher
) -> None:
    copy = tmp_path / "copy.db"
    async with open_storage(f"sqlite:///{filled}", cipher) as storage:
        await record(storage, 60, opened("Company 60"))
        await asyncio.to_thread(backup, filled, copy)
        expected = await storage.vacancies.all(ANNA)

    assert names(tmp_path) == ["copy.db", "data"]
    assert copy.stat().st_mode & 0o777 == 0o600
    async with open_storage(f"sqlite:///{copy}", cipher) as restored:
        assert await restored.vacancies.all(ANNA) == expected
        assert await restored.users.load(ANNA) == User(id=ANNA, name="Anna")


def test_nothing_is_not_backed_up(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no database"):
        backup(tmp_path / "bot.db", tmp_path / "copy.db")
    assert [*tmp_path.iterdir()] == []


def test_a_backup_that_cannot_be_written_leaves_nothing(filled_sync: Path) -> None:
    with pytest.raises(StorageError, match="cannot be copied"):
        backup(filled_sync, filled_sync.parent / "missing" / "copy.db")


@pytest.fixture
def filled_sync(tmp_path: Path) -> Path:
    with closing(sqlite3.connect(tmp_path / "bot.db")) as connection, connection:
        connection.execute("CREATE TABLE meta (name, value)")
    return tmp_path / "bot.db"


def test_the_driver_of_postgresql_is_left_alone() -> None:
    code = "import sys, bot.storage; sys.exit('asyncpg' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_urls_of_files() -> None:
    assert sqlite_path("sqlite:///data/bot.db") == Path("data/bot.db")
    assert sqlite_path("sqlite:////var/bot.db") == Path("/var/bot.db")
    for url in ("sqlite://", "sqlite:///", "mysql:///bot", "bot.db"):
        with pytest.raises(ConfigError, match="DATABASE_URL"):
            sqlite_path(url)
