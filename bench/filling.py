"""A database with very many pending reminders, filled faster than a million users would."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from msgspec import Struct

from bench.example import MONDAY, USER, told
from bot.storage import open_storage
from bot.storage.codec import Codec, to_column
from bot.storage.crypto import Cipher

#: So many vacancies each user has whose reminders are not due; whoever has a due one has no other.
_EACH = 10


class Filled(Struct, frozen=True):
    """A filled database, closed."""

    file: Path
    key: str
    pending: int
    due: int
    #: When those that are due fall due; the others follow a day later and over a year.
    due_at: datetime

    @property
    def url(self) -> str:
        """Where the bot finds it."""
        return f"sqlite:///{self.file}"

    def states(self) -> dict[str, int]:
        """Return how many of the reminders that were filled in are in which state."""
        query = "SELECT state, COUNT(*) FROM reminders WHERE id = vacancy_id GROUP BY state"
        with closing(sqlite3.connect(self.file)) as database:
            return dict(database.execute(query).fetchall())

    def restore(self) -> None:
        """Make everything as it was filled in, for another run."""
        with closing(sqlite3.connect(self.file)) as database:
            database.executescript(
                "DELETE FROM reminders WHERE id <> vacancy_id;"
                "UPDATE reminders SET state = 'pending', wake_at = due_at, token = NULL, attempt = 0,"
                " message_id = NULL, settled_at = NULL WHERE state <> 'pending';"
                "PRAGMA wal_checkpoint(TRUNCATE)"
            )


def fill(folder: Path, key: str, pending: int, due: int) -> Filled:
    """Make a database with so many pending reminders, each of a vacancy with a history.

    The texts are encrypted as the bot does it, but once: all vacancies tell the same of different users.
    """
    file = folder / f"{pending}.sqlite3"
    codec = Codec(Cipher([key]))
    asyncio.run(_make(f"sqlite:///{file}", key))
    record = told().record
    if record.plan is None:
        raise RuntimeError("the playbook plans nothing")
    filled = Filled(file=file, key=key, pending=pending, due=due, due_at=record.plan.due_at)
    numbers = _numbers(filled)
    settings, facts = codec.user_columns(USER)["settings"], codec.event_columns(record.event)["facts"]
    with closing(sqlite3.connect(file)) as database:
        # No journal: a file half filled is of no use anyway.
        database.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -500000"
        )
        users = sorted({owner for _, owner, _ in numbers})
        database.executemany("INSERT INTO users VALUES (?, ?, NULL)", ((one, settings) for one in users))
        at = to_column(MONDAY)
        database.executemany(
            "INSERT INTO vacancies VALUES (?, ?, ?, 0, 1, ?)",
            ((vacancy, owner, record.status, at) for vacancy, owner, _ in numbers),
        )
        database.executemany(
            "INSERT INTO events VALUES (?, 1, ?, ?, ?)",
            ((vacancy, owner, at, facts) for vacancy, owner, _ in numbers),
        )
        database.executemany(
            "INSERT INTO reminders (id, user_id, vacancy_id, key, due_at, wake_at, state, planned_by)"
            " VALUES (?1, ?2, ?1, ?3, ?4, ?4, 'pending', 1)",
            ((vacancy, owner, record.plan.key, to_column(moment)) for vacancy, owner, moment in numbers),
        )
        database.commit()
        database.execute("PRAGMA journal_mode = WAL")
    return filled


async def _make(url: str, key: str) -> None:
    """Let the bot make the tables."""
    async with open_storage(url, Cipher([key])):
        """The schema is there now."""


def _numbers(filled: Filled) -> list[tuple[int, int, datetime]]:
    """Return vacancies with their owners and moments, ordered as the file likes it.

    Numbers are random, as the bot's are, so what falls due together is scattered over the file.
    """
    random = Random(5)
    vacancies = random.sample(range(1, 2**62), filled.pending)
    year = timedelta(days=365)
    return sorted([*_due(filled, vacancies), *_later(filled, vacancies[filled.due :], year)])


def _due(filled: Filled, vacancies: list[int]) -> Iterator[tuple[int, int, datetime]]:
    for index in range(filled.due):
        yield vacancies[index], index + 1, filled.due_at


def _later(filled: Filled, vacancies: list[int], spread: timedelta) -> Iterator[tuple[int, int, datetime]]:
    for index, vacancy in enumerate(vacancies):
        moment = filled.due_at + timedelta(days=1) + spread * index / len(vacancies)
        yield vacancy, filled.due + index // _EACH + 1, moment
