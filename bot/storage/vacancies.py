"""Vacancies, folded from their histories. Whoever asks is the owner, or finds nothing."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any

from bot.domain.facts import Event
from bot.domain.history import fold
from bot.domain.neighbours import with_neighbours
from bot.domain.vacancy import Vacancy
from bot.errors import NotFound
from bot.storage.codec import Codec
from bot.storage.engine import Database, Query

#: A day of two clocks ends within it: what was done at an employer earlier does not matter any more (R42).
RECENT = timedelta(days=2) // timedelta(microseconds=1)


def new_id() -> int:
    """Return a number for a new vacancy or reminder: positive, 63 bits, not to be guessed."""
    return secrets.randbelow(2**63 - 1) + 1


class VacancyStore:
    """The vacancies; they change by events alone (`session.Record`)."""

    def __init__(self, database: Database, codec: Codec) -> None:
        self._database = database
        self._codec = codec

    async def load(self, user_id: int, vacancy_id: int) -> Vacancy:
        """Return a vacancy of the user as its history leaves it; NotFound when there is none."""
        params = {"user_id": user_id, "vacancy_id": vacancy_id, "span": RECENT}
        (rows,) = await self._database.read(Query("load_recent_histories", params))
        for vacancy in self._folded(user_id, rows):
            if vacancy.id == vacancy_id:
                return vacancy
        raise NotFound(vacancy_id)

    async def history(self, user_id: int, vacancy_id: int) -> tuple[Event, ...]:
        """Return the events of a vacancy of the user, in order; NotFound when there is none."""
        params = {"user_id": user_id, "vacancy_id": vacancy_id}
        (rows,) = await self._database.read(Query("load_history", params))
        if not rows:
            raise NotFound(vacancy_id)
        return tuple(self._codec.event(row) for row in rows)

    async def active(self, user_id: int) -> tuple[Vacancy, ...]:
        """Return the user's vacancies that are not closed, the oldest first."""
        params = {"user_id": user_id, "span": RECENT}
        (rows,) = await self._database.read(Query("load_active_histories", params))
        still_open = {row["vacancy_id"] for row in rows if not row["closed"]}
        return tuple(vacancy for vacancy in self._folded(user_id, rows) if vacancy.id in still_open)

    async def all(self, user_id: int) -> tuple[Vacancy, ...]:
        """Return the user's vacancies, the oldest first."""
        (rows,) = await self._database.read(Query("load_all_histories", {"user_id": user_id}))
        return tuple(self._folded(user_id, rows))

    def _folded(self, user_id: int, rows: Sequence[Any]) -> list[Vacancy]:
        """Return the vacancies of some histories, the oldest first, with what was done beside each (R42)."""
        vacancies = [
            fold(vacancy_id, user_id, [self._codec.event(row) for row in history])
            for vacancy_id, history in groupby(rows, key=lambda row: row["vacancy_id"])
        ]
        return sorted(with_neighbours(vacancies), key=lambda vacancy: (vacancy.opened_at, vacancy.id))
