"""What one update reads, and the one transaction of everything it changes."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from bot.domain.facts import Event, Undone
from bot.domain.users import User
from bot.domain.vacancy import CLOSED, Status
from bot.errors import NotFound
from bot.storage.codec import Codec, from_column, to_column
from bot.storage.engine import Database, Query, Row
from bot.storage.reminders import (
    Plan,
    WeeklyPlans,
    plan_queries,
    replan_queries,
    undo_queries,
    weekly_queries,
)
from bot.storage.users import ERASURE, user_queries


class Conversation(Struct, frozen=True):
    """An unfinished dialog of a user: where it is and what was said so far."""

    name: str
    step: str
    #: JSON.
    draft: bytes
    updated_at: datetime


class Record(Struct, frozen=True):
    """An event to append, with the reminder that follows from it.

    No plan: nothing is to be reminded of, or the event is an undo, which brings the replaced reminder back.
    """

    vacancy_id: int
    event: Event
    #: As the history, with this event, leaves the vacancy.
    status: Status
    plan: Plan | None = None
    #: Where nothing would be to come, because that was pushed already: the first of these that was not.
    following: tuple[Plan, ...] = ()


class Replan(Struct, frozen=True):
    """The reminder of a vacancy in the light of new settings; no plan removes it."""

    vacancy_id: int
    plan: Plan | None = None
    #: As in a Record.
    following: tuple[Plan, ...] = ()


class Work(Struct):
    """Everything one update changes; nothing of it happens unless all of it does."""

    #: None for work that no update asked for.
    update_id: int | None
    user_id: int
    #: None: unchanged.
    user: User | None = None
    #: With `conversation_changed`: what to store, None to end it.
    conversation: Conversation | None = None
    conversation_changed: bool = False
    records: list[Record] = []
    replans: list[Replan] = []
    #: None: unchanged.
    weekly: WeeklyPlans | None = None
    #: Forget the user; whatever else the work holds is forgotten too.
    erase: bool = False


class Loaded(Struct, frozen=True):
    """What is known before an update is handled."""

    user: User | None
    conversation: Conversation | None
    #: Whether this very update has been handled before.
    handled: bool


class Sessions:
    """Opens and commits the work of updates."""

    def __init__(self, database: Database, codec: Codec) -> None:
        self._database = database
        self._codec = codec

    async def open(self, user_id: int, update_id: int | None) -> Loaded:
        """Return what is stored about the user, in one read."""
        params = {"user_id": user_id, "update_id": update_id}
        (row,) = await self._database.read(Query("open_session", params))
        return Loaded(
            user=self._codec.user(row) if row["id"] is not None else None,
            conversation=self._conversation(row) if row["name"] is not None else None,
            handled=row["handled"] is not None,
        )

    async def commit(self, work: Work, now: datetime) -> None:
        """Store all of the work in one transaction.

        Conflict: meanwhile the update was handled, or the history has grown; nothing is changed.
        NotFound: a vacancy is not the user's; nothing is changed.
        """
        if queries := [*self._queries(work, now)]:
            await self._database.write(*queries)
        if work.erase:
            await self._database.compact()

    async def prune(self, before: datetime) -> None:
        """Forget the numbers of updates handled before a moment; Telegram repeats none after a day."""
        await self._database.write(Query("prune_handled", {"before": to_column(before)}))

    def _conversation(self, row: Row) -> Conversation:
        return Conversation(
            name=row["name"],
            step=row["step"],
            draft=self._codec.draft(row),
            updated_at=from_column(row["updated_at"]),
        )

    def _queries(self, work: Work, now: datetime) -> Iterator[Query]:
        user = {"user_id": work.user_id}
        if work.update_id is not None:
            yield Query("mark_handled", {**user, "update_id": work.update_id, "now": to_column(now)})
        if work.erase:
            yield from (Query(name, user) for name in ERASURE)
            return
        if work.user is not None:
            yield from user_queries(self._codec, work.user)
        if work.conversation_changed:
            yield self._conversation_query(work.user_id, work.conversation)
        for record in work.records:
            yield from self._record_queries(work.user_id, record, now)
        for replan in work.replans:
            yield from replan_queries(work.user_id, replan.vacancy_id, replan.plan, replan.following)
        if work.weekly:
            yield from weekly_queries(work.user_id, work.weekly)

    def _conversation_query(self, user_id: int, conversation: Conversation | None) -> Query:
        if conversation is None:
            return Query("erase_conversation", {"user_id": user_id})
        params = {
            "user_id": user_id,
            "name": conversation.name,
            "step": conversation.step,
            "draft": self._codec.draft_column(conversation.draft),
            "updated_at": to_column(conversation.updated_at),
        }
        return Query("save_conversation", params)

    def _record_queries(self, user_id: int, record: Record, now: datetime) -> Iterator[Query]:
        event = record.event
        owned = {"vacancy_id": record.vacancy_id, "user_id": user_id}
        status = {"status": record.status, "closed": int(record.status in CLOSED), "now": to_column(now)}
        if event.seq == 1:
            yield Query("open_vacancy", owned | status)
        else:
            yield Query("change_vacancy", owned | status | {"seq": event.seq}, otherwise=NotFound)
        yield Query("append_event", owned | self._codec.event_columns(event))
        undone = [fact.seq for fact in event.facts if isinstance(fact, Undone)]
        for seq in undone:
            yield from undo_queries(user_id, record.vacancy_id, seq, record.following)
        if record.plan or not undone:
            yield from plan_queries(user_id, record.vacancy_id, record.plan, event.seq, record.following)
