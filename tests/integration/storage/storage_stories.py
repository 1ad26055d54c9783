"""Short words for what tests do to a storage."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.facts import Event, Opened, Undone
from bot.domain.vacancy import Status
from bot.storage import Storage
from bot.storage.reminders import Plan, Reminder
from bot.storage.session import Record, Work

NOW = datetime(2027, 3, 1, 9, 0, 0, 123456, tzinfo=UTC)
HOUR = timedelta(hours=1)
LEASE = timedelta(minutes=1)
ANNA, BORIS = 11, 22

Rows = Callable[[str], Awaitable[list[dict[str, Any]]]]


def opened(company: str = "Initech") -> Event:
    return Event(seq=1, at=NOW, facts=(Opened(company),))


def undo_of(seq: int, by: int) -> Event:
    return Event(seq=by, at=NOW, facts=(Undone(seq),))


async def commit(storage: Storage, user_id: int = ANNA, **changes: Any) -> None:
    """Commit work of a user, by default with no update behind it."""
    await storage.sessions.commit(Work(**{"update_id": None, "user_id": user_id} | changes), NOW)


async def record(
    storage: Storage,
    vacancy_id: int,
    event: Event,
    plan: Plan | None = None,
    user_id: int = ANNA,
    *,
    status: Status = Status.OPEN,
) -> None:
    """Append one event."""
    await commit(storage, user_id, records=[Record(vacancy_id, event, status, plan)])


async def plan_one(
    storage: Storage, vacancy_id: int = 1, key: str = "call:1", due_at: datetime = NOW, user_id: int = ANNA
) -> None:
    """Open a vacancy with a reminder."""
    await record(storage, vacancy_id, opened(), Plan(key, due_at), user_id)


async def claim(storage: Storage, now: datetime = NOW, limit: int = 100) -> list[Reminder]:
    return await storage.reminders.claim(now, LEASE, limit)


async def claim_one(storage: Storage, now: datetime = NOW) -> Reminder:
    (reminder,) = await claim(storage, now)
    return reminder
