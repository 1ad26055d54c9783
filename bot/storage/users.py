"""Users: their settings, whether they have blocked the bot, everything about them, and nothing any more."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec

from bot.domain.users import User
from bot.storage.codec import Codec, from_column, optional_from_column, to_column
from bot.storage.engine import Database, Query, Row

#: The statements that leave nothing of a user, in the order that references ask for.
ERASURE = (
    "erase_reminders",
    "erase_weekly",
    "erase_events",
    "erase_vacancies",
    "erase_conversation",
    "erase_handled",
    "erase_user",
)


def user_queries(codec: Codec, user: User) -> Iterator[Query]:
    """Store a user as given; its reminders sleep while it blocks the bot."""
    yield Query("save_user", codec.user_columns(user))
    yield from _asleep(user.id) if user.blocked_at else _awake(user.id)


def _asleep(user_id: int) -> Iterator[Query]:
    """Let the reminders of a user sleep."""
    yield Query("pause_reminders", {"user_id": user_id})
    yield Query("pause_weekly", {"user_id": user_id})


def _awake(user_id: int) -> Iterator[Query]:
    """Wake the reminders of a user."""
    yield Query("resume_reminders", {"user_id": user_id})
    yield Query("resume_weekly", {"user_id": user_id})


class UserStore:
    """The users."""

    def __init__(self, database: Database, codec: Codec) -> None:
        self._database = database
        self._codec = codec

    async def load(self, user_id: int) -> User | None:
        """Return the user; None: never met, or erased."""
        (row,) = await self._database.read(Query("load_user", {"user_id": user_id}))
        return self._codec.user(row) if row else None

    async def block(self, user_id: int, now: datetime) -> None:
        """Note that the user has blocked the bot: reminders are kept and not claimed."""
        marked = Query("mark_blocked", {"user_id": user_id, "now": to_column(now)})
        await self._database.write(marked, *_asleep(user_id))

    async def unblock(self, user_id: int) -> None:
        """Note that the user is back: what fell due meanwhile is claimed at once."""
        await self._database.write(Query("mark_unblocked", {"user_id": user_id}), *_awake(user_id))

    async def erase(self, user_id: int) -> None:
        """Forget everything about the user, for good."""
        await self._database.write(*(Query(name, {"user_id": user_id}) for name in ERASURE))
        await self._database.compact()

    async def export(self, user_id: int) -> dict[str, Any]:
        """Return everything about the user as plain values that JSON can hold, all of one moment."""
        params = {"user_id": user_id}
        user, conversation, events, reminders, weekly = await self._database.read(
            Query("load_user", params),
            Query("load_conversation", params),
            Query("load_all_histories", params),
            Query("load_reminders", params),
            Query("load_weekly", params),
        )
        everything = {
            "settings": self._codec.user(user) if user else None,
            "conversation": self._conversation(conversation) if conversation else None,
            "vacancies": self._vacancies(events),
            "reminders": [_reminder(row) for row in (*reminders, *weekly)],
        }
        plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(everything))
        return plain

    def _conversation(self, row: Row) -> dict[str, Any]:
        return {
            "name": row["name"],
            "step": row["step"],
            "draft": msgspec.json.decode(self._codec.draft(row)),
            "updated_at": from_column(row["updated_at"]),
        }

    def _vacancies(self, rows: list[Row]) -> list[dict[str, Any]]:
        """Return the histories: a vacancy is nothing else."""
        histories: dict[int, list[Any]] = {}
        for row in rows:
            histories.setdefault(row["vacancy_id"], []).append(self._codec.event(row))
        return [{"id": vacancy_id, "events": events} for vacancy_id, events in histories.items()]


def _reminder(row: Row) -> dict[str, Any]:
    """Return a reminder's row in words."""
    same = ("id", "vacancy_id", "key", "state", "attempt", "ambiguous", "message_id")
    return {
        **{name: row[name] for name in same},
        **{name: optional_from_column(row[name]) for name in ("due_at", "settled_at")},
        "planned_by_event": row["planned_by"],
        "replaced_by_event": row["replaced_by"] or None,
    }
