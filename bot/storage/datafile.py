"""SQLite's file: its permissions, its single owner, its health, migration and backup."""

import fcntl
import os
import sqlite3
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from bot.errors import StorageError
from bot.storage.engine import load_migrations, load_queries


def claim_file(path: Path) -> int:
    """Make sure that this process alone serves the database; return the descriptor that holds the claim.

    The file is made when there is none. StorageError: another process does, or nothing can be written there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _probe(path.parent)
        if not path.exists():
            path.touch(mode=0o600)  # its log and index take over these permissions
        descriptor = os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StorageError(f"{path} cannot be written to: {error.strerror}") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        raise StorageError(f"{path} is already served by another process of the bot") from error
    return descriptor


def is_signed(path: Path, claim: int) -> bool:
    """Tell whether a claimed file is exactly as its last process left it; strike the signature out."""
    signature = os.pread(claim, 100, 0)
    os.ftruncate(claim, 0)
    return signature == _signature(path)


def sign(path: Path, claim: int) -> None:
    """Leave a signature at a clean end, which spares the next start a check that takes seconds for a GB."""
    os.pwrite(claim, _signature(path), 0)


def open_file(path: Path, *, is_healthy: bool = False) -> sqlite3.Connection:
    """Return a connection to a claimed file, checked unless known to be healthy, with the newest schema."""
    queries = load_queries("sqlite", "sqlite3")
    try:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as error:
        raise StorageError(f"{path} cannot be opened: {error}") from error
    try:
        connection.row_factory = sqlite3.Row
        _check_health(connection, path, queries, is_healthy=is_healthy)
        _migrate(connection, path, queries, load_migrations())
    except BaseException:
        connection.close()
        raise
    return connection


def backup(source: Path, target: Path) -> None:
    """Copy a database, also while it is served, into a new file (0600) that has passed a check.

    One step: a stepped copy starts again at every write. StorageError: nothing to copy, or nowhere to put it.
    """
    if not source.exists():
        raise StorageError(f"there is no database at {source}")
    queries = load_queries("sqlite", "sqlite3")
    part = target.with_name(f"{target.name}.part")
    try:
        os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as origin,
            closing(sqlite3.connect(part)) as copy,
        ):
            origin.backup(copy, pages=-1)
            queries.use_one_file(copy)
            (verdict,) = queries.check_health(copy)
        if verdict != "ok":
            raise StorageError(f"{source} is damaged: {verdict}")
        _sync(part)
        part.replace(target)
        _sync(target.parent)
    except (sqlite3.Error, OSError) as error:
        raise StorageError(f"{source} cannot be copied to {target}: {error}") from error
    finally:
        part.unlink(missing_ok=True)


def _probe(folder: Path) -> None:
    """Find out now, not at the first reminder, that the disk is full or read-only."""
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".probe-") as probe:
        probe.write(b"probe")
        probe.flush()
        os.fsync(probe.fileno())


def _signature(path: Path) -> bytes:
    """Return what changes when somebody writes to the file or its log, or puts another one in its place."""
    files = (path, path.with_name(f"{path.name}-wal"))
    states = [file.stat() for file in files if file.exists()]
    return " ".join(f"{state.st_ino}.{state.st_size}.{state.st_mtime_ns}" for state in states).encode()


def _check_health(connection: sqlite3.Connection, path: Path, queries: Any, *, is_healthy: bool) -> None:
    """Refuse a damaged file: starting anew would look like having lost everything."""
    try:
        queries.apply_settings(connection)
        verdict = "ok" if is_healthy else queries.check_health(connection)["verdict"]
    except sqlite3.OperationalError as error:
        raise StorageError(f"{path} cannot be opened: {error}") from error
    except sqlite3.DatabaseError as error:
        verdict = str(error)
    if verdict != "ok":
        # A log left behind would be played into the copy.
        raise StorageError(
            f"{path} is damaged ({verdict}): with the bot stopped, copy {_latest_backup(path)} over it "
            f"and delete {path.name}-wal and {path.name}-shm"
        )


def _latest_backup(path: Path) -> str:
    """Name the copy to go back to."""
    copies = sorted(path.parent.glob(f"{path.name}*.backup"), key=lambda copy: copy.stat().st_mtime)
    return str(copies[-1]) if copies else "a backup"


def _migrate(connection: sqlite3.Connection, path: Path, queries: Any, migrations: Mapping[int, str]) -> None:
    """Run what the file has not seen yet, each script in one transaction, after a backup."""
    version = 0
    if queries.find_meta(connection):
        version = int(queries.load_meta(connection, name="schema")["value"])
    newest = max(migrations)
    if version > newest:
        raise StorageError(f"{path} has schema {version}, this program knows {newest}: install the newer one")
    if 0 < version < newest:
        backup(path, path.with_name(f"{path.name}.schema-{version}.backup"))
    for number, script in migrations.items():
        if number > version:
            _run_script(connection, path, number, script)


def _run_script(connection: sqlite3.Connection, path: Path, number: int, script: str) -> None:
    """Run one migration; only the spelling INTEGER makes a key the row's own number, of the same 64 bits."""
    try:
        connection.executescript(f"BEGIN IMMEDIATE;{script.replace('BIGINT', 'INTEGER')};COMMIT;")
    except sqlite3.Error as error:
        connection.rollback()
        raise StorageError(f"{path} could not be brought to schema {number}: {error}") from error


def _sync(path: Path) -> None:
    """Wait until the disk has it."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
