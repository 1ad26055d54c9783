"""Vacancies, folded from their histories. Whoever asks is the owner, or finds nothing."""

import secrets
from itertools import groupby
from typing import Any

from bot.domain.facts import Event
from bot.domain.history import fold
from bot.domain.vacancy import Vacancy
from bot.errors import NotFound
from bot.storage.codec import Codec
from bot.storage.engine import Database, Query


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
        return fold(vacancy_id, user_id, await self.history(user_id, vacancy_id))

    async def history(self, user_id: int, vacancy_id: int) -> tuple[Event, ...]:
        """Return the events of a vacancy of the user, in order; NotFound when there is none."""
        params = {"user_id": user_id, "vacancy_id": vacancy_id}
        (rows,) = await self._database.read(Query("load_history", params))
        if not rows:
            raise NotFound(vacancy_id)
        return tuple(self._codec.event(row) for row in rows)

    async def active(self, user_id: int) -> tuple[Vacancy, ...]:
        """Return the user's vacancies that are not closed, the oldest first."""
        return await self._folded("load_active_histories", user_id)

    async def all(self, user_id: int) -> tuple[Vacancy, ...]:
        """Return the user's vacancies, the oldest first."""
        return await self._folded("load_all_histories", user_id)

    async def _folded(self, name: str, user_id: int) -> tuple[Vacancy, ...]:
        rows: list[Any]
        (rows,) = await self._database.read(Query(name, {"user_id": user_id}))
        vacancies = [
            fold(vacancy_id, user_id, [self._codec.event(row) for row in history])
            for vacancy_id, history in groupby(rows, key=lambda row: row["vacancy_id"])
        ]
        return tuple(sorted(vacancies, key=lambda vacancy: (vacancy.opened_at, vacancy.id)))
