"""What claimed reminders are about: the users and vacancies of a whole claim, in one read.

A vacancy does not stand alone: what is open beside it, or was reported of late, is read with it.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from bot.domain.history import fold
from bot.domain.neighbours import with_neighbours
from bot.domain.users import User
from bot.domain.vacancy import Vacancy
from bot.storage.codec import Codec
from bot.storage.engine import Database, Query
from bot.storage.reminders import Reminder
from bot.storage.vacancies import RECENT

T = TypeVar("T")

logger = logging.getLogger(__name__)


class Matters(Struct, frozen=True):
    """Users by id, vacancies by user and id: those that are there and could be read.

    Whatever is missing is asked for by itself: the stores tell what is wrong with it.
    """

    users: dict[int, User] = {}
    vacancies: dict[tuple[int, int], Vacancy] = {}

    def of(self, user_id: int) -> list[Vacancy]:
        """Return the vacancies of one user."""
        return [vacancy for (owner, _), vacancy in self.vacancies.items() if owner == user_id]


class MatterStore:
    """What reminders are about, as the dispatcher needs it."""

    def __init__(self, database: Database, codec: Codec) -> None:
        self._database = database
        self._codec = codec

    async def load(self, reminders: Sequence[Reminder]) -> Matters:
        """Return what these reminders are about; one that cannot be read spoils no other."""
        pairs = sorted({(reminder.user_id, reminder.vacancy_id or 0) for reminder in reminders})
        claimed = {"claimed": msgspec.json.encode(pairs).decode()}
        users, events = await self._database.read(
            Query("load_users_of", claimed), Query("load_histories_of", {**claimed, "span": RECENT})
        )
        histories = (
            (key, [*rows])
            for key, rows in groupby(events, key=lambda row: (row["user_id"], row["vacancy_id"]))
        )
        return Matters(
            users=dict(_readable(((row["id"], row) for row in users), lambda _, row: self._codec.user(row))),
            vacancies=_side_by_side(vacancy for _, vacancy in _readable(histories, self._vacancy)),
        )

    def _vacancy(self, key: tuple[int, int], rows: Sequence[Any]) -> Vacancy:
        user_id, vacancy_id = key
        return fold(vacancy_id, user_id, [self._codec.event(row) for row in rows])


def _side_by_side(vacancies: Iterable[Vacancy]) -> dict[tuple[int, int], Vacancy]:
    """Return the vacancies by user and id, those of one user with their neighbours."""
    users: dict[int, list[Vacancy]] = {}
    for vacancy in vacancies:
        users.setdefault(vacancy.owner_id, []).append(vacancy)
    return {(one.owner_id, one.id): one for theirs in users.values() for one in with_neighbours(theirs)}


def _readable(stored: Iterable[tuple[Any, Any]], read: Callable[[Any, Any], T]) -> Iterator[tuple[Any, T]]:
    """Yield what can be read, by its key."""
    for key, rows in stored:
        try:
            yield key, read(key, rows)
        except Exception as error:  # noqa: BLE001 - damage takes many shapes; asked for by itself it is raised
            logger.debug("left out", extra={"action": "unreadable", "error": type(error).__name__})
