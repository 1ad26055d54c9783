"""The only SQL: schema, engine, migrations, one store per aggregate, locks."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from msgspec import Struct

from bot.errors import ConfigError, StorageError
from bot.storage.codec import Codec
from bot.storage.crypto import Cipher
from bot.storage.engine import Database, Query
from bot.storage.locks import LocalLocks, OnlyWorker, UserLocks, WorkerElection
from bot.storage.matters import MatterStore
from bot.storage.reminders import ReminderStore
from bot.storage.session import Sessions
from bot.storage.sqlite import open_sqlite
from bot.storage.users import UserStore
from bot.storage.vacancies import VacancyStore

_KNOWN_TEXT = b"five touches"


class Storage(Struct, frozen=True):
    """Everything that is stored, and who may touch it when."""

    database: Database
    users: UserStore
    vacancies: VacancyStore
    reminders: ReminderStore
    matters: MatterStore
    sessions: Sessions
    locks: UserLocks
    election: WorkerElection


@asynccontextmanager
async def open_storage(database_url: str, cipher: Cipher) -> AsyncIterator[Storage]:
    """Open the database of `sqlite:///path` or `postgresql://…`; close it in the end.

    ConfigError: another kind of URL. StorageError: damaged, newer or older than the program, not the key's.
    """
    async with AsyncExitStack() as stack:
        locks: UserLocks = LocalLocks()
        election: WorkerElection = OnlyWorker()
        database: Database
        if is_postgres(database_url):
            from bot.storage.postgres import open_postgres
            from bot.storage.postgres_locks import open_locks

            database = await stack.enter_async_context(open_postgres(database_url))
            locks, election = await stack.enter_async_context(open_locks(database_url))
        else:
            database = await stack.enter_async_context(open_sqlite(sqlite_path(database_url)))
        await _check_key(database, cipher)
        codec = Codec(cipher)
        yield Storage(
            database=database,
            users=UserStore(database, codec),
            vacancies=VacancyStore(database, codec),
            reminders=ReminderStore(database),
            matters=MatterStore(database, codec),
            sessions=Sessions(database, codec),
            locks=locks,
            election=election,
        )


async def migrate(database_url: str) -> None:
    """Bring the schema up to date. SQLite does so by itself whenever it is opened."""
    if is_postgres(database_url):
        from bot.storage import postgres

        await postgres.migrate(database_url)
    else:
        async with open_sqlite(sqlite_path(database_url)):
            pass


def is_postgres(database_url: str) -> bool:
    """Tell whether the URL names a PostgreSQL database."""
    return database_url.startswith(("postgresql://", "postgres://"))


def sqlite_path(database_url: str) -> Path:
    """Return the file of a `sqlite:///path` URL; ConfigError for any other."""
    scheme, _, path = database_url.partition(":///")
    if scheme != "sqlite" or not path:
        raise ConfigError("DATABASE_URL must be sqlite:///path or postgresql://user@host/name")
    return Path(path)


async def _check_key(database: Database, cipher: Cipher) -> None:
    """Refuse a key that is not the database's; a database without one takes this key, once it is safe."""
    (row,) = await database.read(Query("load_meta", {"name": "key_check"}))
    if row is None:
        cipher.keep()
        known = {"name": "key_check", "value": cipher.encrypt(_KNOWN_TEXT)}
        await database.write(Query("keep_meta", known))
        (row,) = await database.read(Query("load_meta", {"name": "key_check"}))
    try:
        cipher.decrypt(row["value"])
    except StorageError as error:
        raise StorageError(
            "the key is not the one this database was made with: "
            "set DATA_KEY, or put the key file back; without it the data cannot be read"
        ) from error
