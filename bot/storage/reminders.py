"""Reminders: planned with an event, claimed with a lease, settled after sending."""

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

from bot.storage.codec import from_column, optional_from_column, to_column
from bot.storage.engine import Database, Query
from bot.storage.vacancies import new_id


class Plan(Struct, frozen=True):
    """The reminder that a vacancy shall have: `key` names one silence, and each is pushed once.

    Of a weekly message it names the kind and, behind a colon, the week.
    """

    key: str
    due_at: datetime


class WeeklyPlans(Struct, frozen=True):
    """The weekly messages a user shall have, those of each kind in their order: one stands at a time."""

    plans: tuple[Plan, ...] = ()
    #: Settings have changed: what stands gives way.
    anew: bool = False


class Reminder(Struct, frozen=True, kw_only=True):
    """A due reminder, claimed: nobody else sends it until the lease ends."""

    id: int
    user_id: int
    #: None: a weekly message.
    vacancy_id: int | None
    key: str
    due_at: datetime
    #: How many times it has been claimed to be sent, this one included.
    attempt: int
    #: How many of those may have reached the user without our knowing.
    ambiguous: int
    #: Proof of the claim; a settlement without it changes nothing.
    token: str


class Sent(Struct, frozen=True):
    """The reminder has reached the user; what comes next if nothing is reported."""

    reminder: Reminder
    message_id: int
    now: datetime
    next_plan: Plan | None = None


class Postponed(Struct, frozen=True):
    """The plan, asked anew, wants another reminder, or none."""

    reminder: Reminder
    plan: Plan | None
    now: datetime


class Retried(Struct, frozen=True):
    """The reminder is to be sent again; `ambiguous`: perhaps it has been."""

    reminder: Reminder
    at: datetime
    ambiguous: bool
    error: str
    #: False: it says nothing about the reminder, so the attempt is not counted.
    counts: bool = True


class Parked(Struct, frozen=True):
    """The reminder is given up and stays visible; a weekly one is followed by the next."""

    reminder: Reminder
    error: str
    now: datetime
    next_plan: Plan | None = None


Settlement = Sent | Postponed | Retried | Parked

#: A follower needs its reminder sent; what could not be moved is dropped, and so is a week before the next.
_IN_ORDER = (
    "mark_sent",
    "plan_following",
    "move_reminder",
    "drop_claimed",
    "retry_reminder",
    "park_reminder",
    "plan_weekly",
)


def plan_queries(
    user_id: int, vacancy_id: int, plan: Plan | None, seq: int, following: Sequence[Plan]
) -> Iterator[Query]:
    """Let the plan of event `seq`, or what follows it, take the place of whatever was planned."""
    key = plan.key if plan else ""
    yield Query("replace_reminders", {"vacancy_id": vacancy_id, "key": key, "seq": seq})
    if plan:
        yield Query("plan_reminder", _planned(user_id, vacancy_id, plan) | {"seq": seq})
    yield from _following(user_id, vacancy_id, following)


def undo_queries(user_id: int, vacancy_id: int, seq: int, following: Sequence[Plan]) -> Iterator[Query]:
    """Take back what event `seq` planned and bring back what it replaced; no later event counts."""
    params = {"vacancy_id": vacancy_id, "seq": seq}
    yield Query("remove_planned", params)
    yield Query("restore_replaced", params)
    yield from _following(user_id, vacancy_id, following)


def replan_queries(
    user_id: int, vacancy_id: int, plan: Plan | None, following: Sequence[Plan]
) -> Iterator[Query]:
    """Change the standing plan with no event."""
    if plan:
        yield Query("replan_reminder", _planned(user_id, vacancy_id, plan))
    params = {"user_id": user_id, "vacancy_id": vacancy_id, "key": plan.key if plan else ""}
    yield Query("drop_other_plans", params)
    yield from _following(user_id, vacancy_id, following)


def _following(user_id: int, vacancy_id: int, plans: Sequence[Plan]) -> Iterator[Query]:
    """Plan the first of these that was not pushed, where otherwise nothing would be to come."""
    yield from (Query("plan_if_none", _planned(user_id, vacancy_id, plan)) for plan in plans)


def weekly_queries(user_id: int, weekly: WeeklyPlans) -> Iterator[Query]:
    """Plan the weekly messages of a user, unless they stand."""
    if weekly.anew:
        yield Query("drop_weekly", {"user_id": user_id})
    if weekly.plans:
        yield Query("plan_weekly", [_weekly(user_id, plan) for plan in weekly.plans])


def _weekly(user_id: int, plan: Plan) -> dict[str, Any]:
    kind = f"{plan.key.partition(':')[0]}:%"
    return {"id": new_id(), "user_id": user_id, "kind": kind} | _columns(plan)


def _planned(user_id: int, vacancy_id: int, plan: Plan) -> dict[str, Any]:
    return {
        "id": new_id(),
        "user_id": user_id,
        "vacancy_id": vacancy_id,
        "key": plan.key,
        "due_at": to_column(plan.due_at),
    }


class ReminderStore:
    """The reminders, as the dispatcher sees them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, now: datetime, lease: timedelta, limit: int) -> list[Reminder]:
        """Take all reminders of up to `limit` users that are due or whose lease has run out.

        The longest due come first. Those of users who have blocked the bot are left alone.
        """
        params = {
            "now": to_column(now),
            "lease_until": to_column(now + lease),
            "token": secrets.token_hex(8),
            "users": limit,
        }
        (rows,) = await self._database.write(Query("claim_reminders", params))
        reminders = [
            Reminder(
                id=row["id"],
                user_id=row["user_id"],
                vacancy_id=row["vacancy_id"],
                key=row["key"],
                due_at=from_column(row["due_at"]),
                attempt=row["attempt"],
                ambiguous=row["ambiguous"],
                token=row["token"],
            )
            for row in rows
        ]
        return sorted(reminders, key=lambda reminder: (reminder.due_at, reminder.id))

    async def next_due(self) -> datetime | None:
        """Return when the next claim can find something: a due moment, a retry or the end of a lease."""
        (row,) = await self._database.read(Query("next_wake"))
        return optional_from_column(row["wake_at"])

    async def sent(
        self, reminder: Reminder, message_id: int, now: datetime, next_plan: Plan | None = None
    ) -> None:
        """Settle a reminder as sent, and plan what comes next in the same transaction."""
        await self.settle(Sent(reminder, message_id, now, next_plan))

    async def postpone(self, reminder: Reminder, plan: Plan | None, now: datetime) -> None:
        """Let the reminder follow the plan of this moment: another key or due time, or none at all."""
        await self.settle(Postponed(reminder, plan, now))

    async def retry(self, reminder: Reminder, at: datetime, ambiguous: bool, error: str) -> None:
        """Offer the reminder again at a moment; its due time stays what it was."""
        await self.settle(Retried(reminder, at, ambiguous, error))

    async def park(self, reminder: Reminder, error: str, now: datetime) -> None:
        """Give the reminder up, visibly; the vacancy's next event plans anew."""
        await self.settle(Parked(reminder, error, now))

    async def settle(self, *settlements: Settlement) -> None:
        """Settle several reminders in one transaction; one that another claim holds by now stays as it is."""
        statements: dict[str, list[dict[str, Any]]] = {name: [] for name in _IN_ORDER}
        for settlement in settlements:
            for name, params in _statements(settlement):
                statements[name].append(params)
        if queries := [Query(name, params) for name, params in statements.items() if params]:
            await self._database.write(*queries)


def _statements(settlement: Settlement) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return the statements of one settlement; each name may be run for many at once."""
    claim = {"id": settlement.reminder.id, "token": settlement.reminder.token}
    match settlement:
        case Sent(_, message_id, now, next_plan):
            yield "mark_sent", claim | {"message_id": message_id, "now": to_column(now)}
            if next_plan:
                yield "plan_following", claim | {"follower": new_id()} | _columns(next_plan)
        case Postponed(Reminder(vacancy_id=None), plan):
            yield "drop_claimed", claim
            if plan:
                yield "plan_weekly", _weekly(settlement.reminder.user_id, plan)
        case Postponed(_, plan, now):
            if plan:
                yield "move_reminder", claim | _columns(plan) | {"now": to_column(now)}
            yield "drop_claimed", claim  # no plan, or another reminder holds it already
        case Retried(_, at, ambiguous, error, counts):
            columns = {"at": to_column(at), "tried": int(counts), "ambiguous": int(ambiguous), "error": error}
            yield "retry_reminder", claim | columns
        case Parked(_, error, now, next_plan):
            yield "park_reminder", claim | {"error": error, "now": to_column(now)}
            if next_plan:
                yield "plan_weekly", _weekly(settlement.reminder.user_id, next_plan)


def _columns(plan: Plan) -> dict[str, Any]:
    return {"key": plan.key, "due_at": to_column(plan.due_at)}
