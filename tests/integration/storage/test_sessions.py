"""What an update reads and the one transaction of what it changes."""

import asyncio
from datetime import timedelta

import pytest
from storage_stories import ANNA, BORIS, HOUR, NOW, Rows, commit, opened, record

from bot.domain.facts import Event, Kept
from bot.domain.users import Form, User
from bot.domain.vacancy import Status
from bot.errors import Conflict, NotFound
from bot.storage import Storage
from bot.storage.reminders import Plan
from bot.storage.session import Conversation, Loaded, Record, Work

TALK = Conversation(name="interview", step="company", draft=b'{"company":"Initech"}', updated_at=NOW)
USER = User(id=ANNA, language="ru", name="Anna", form=Form.SHE, zone="Europe/Moscow", welcomed=True)

EVERYTHING = (
    "SELECT 'user' AS kind, id, settings AS value FROM users "
    "UNION ALL SELECT 'talk', user_id, draft FROM conversations "
    "UNION ALL SELECT 'vacancy', id, status FROM vacancies "
    "UNION ALL SELECT 'event', seq, facts FROM events "
    "UNION ALL SELECT 'reminder', due_at, key FROM reminders "
    "UNION ALL SELECT 'handled', update_id, '' FROM handled_updates ORDER BY 1, 2"
)


async def test_a_stranger_is_nobody_yet(storage: Storage) -> None:
    assert await storage.sessions.open(ANNA, 1) == Loaded(None, None, handled=False)
    assert await storage.sessions.open(ANNA, None) == Loaded(None, None, handled=False)


async def test_what_was_committed_is_loaded(storage: Storage) -> None:
    await commit(storage, update_id=7, user=USER, conversation=TALK, conversation_changed=True)

    assert await storage.sessions.open(ANNA, 7) == Loaded(USER, TALK, handled=True)
    assert await storage.sessions.open(ANNA, 8) == Loaded(USER, TALK, handled=False)
    assert await storage.sessions.open(BORIS, 9) == Loaded(None, None, handled=False)


async def test_a_conversation_moves_on_and_ends(storage: Storage) -> None:
    await commit(storage, conversation=TALK, conversation_changed=True)
    further = Conversation("interview", "day", b"{}", NOW + HOUR)
    await commit(storage, conversation=further, conversation_changed=True)
    assert (await storage.sessions.open(ANNA, None)).conversation == further

    await commit(storage, update_id=1)
    assert (await storage.sessions.open(ANNA, None)).conversation == further

    await commit(storage, conversation_changed=True)
    assert (await storage.sessions.open(ANNA, None)).conversation is None


async def test_work_of_nothing_writes_nothing(storage: Storage, rows: Rows) -> None:
    await commit(storage)
    assert await rows(EVERYTHING) == []


async def test_a_repeated_update_changes_nothing(storage: Storage, rows: Rows) -> None:
    work = Work(update_id=5, user_id=ANNA, user=USER, conversation=TALK, conversation_changed=True)
    work.records.append(Record(1, opened(), Status.OPEN, Plan("call:1", NOW)))
    await storage.sessions.commit(work, NOW)
    before = await rows(EVERYTHING)

    work.records = [Record(1, Event(2, NOW, (Kept(),)), Status.OPEN, Plan("call:2", NOW))]
    with pytest.raises(Conflict):
        await storage.sessions.commit(work, NOW)

    assert await rows(EVERYTHING) == before


async def test_of_two_writers_of_one_history_the_second_changes_nothing(storage: Storage, rows: Rows) -> None:
    await record(storage, 1, opened())
    await record(storage, 1, Event(2, NOW, (Kept(),)), Plan("first", NOW))
    before = await rows(EVERYTHING)

    with pytest.raises(Conflict):
        await commit(
            storage,
            update_id=3,
            user=USER,
            records=[Record(1, Event(2, NOW, (Kept(),)), Status.OPEN, Plan("second", NOW))],
        )

    assert await rows(EVERYTHING) == before


async def test_nobody_writes_into_a_foreign_vacancy(storage: Storage, rows: Rows) -> None:
    await record(storage, 1, opened(), Plan("call:1", NOW))
    before = await rows(EVERYTHING)

    with pytest.raises(NotFound):
        await record(storage, 1, Event(2, NOW, (Kept(),)), Plan("call:2", NOW), user_id=BORIS)
    with pytest.raises(Conflict):
        await record(storage, 1, opened(), user_id=BORIS)

    assert await rows(EVERYTHING) == before


async def test_an_update_delivered_many_times_at_once_is_committed_once(storage: Storage) -> None:
    works = [Work(update_id=5, user_id=ANNA, user=USER) for _ in range(8)]
    results = await asyncio.gather(
        *(storage.sessions.commit(work, NOW) for work in works), return_exceptions=True
    )
    assert [type(result) for result in results if result] == [Conflict] * 7


async def test_a_cancelled_commit_is_whole_or_not_at_all(storage: Storage, rows: Rows) -> None:
    async def work() -> None:
        await commit(storage, update_id=1, user=USER, records=[Record(1, opened(), Status.OPEN)])

    task = asyncio.ensure_future(work())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await commit(storage, update_id=2)  # the connection is as good as before

    kinds = [row["kind"] for row in await rows(EVERYTHING)]
    assert kinds in (["handled"], ["event", "handled", "handled", "user", "vacancy"])


async def test_numbers_of_old_updates_are_forgotten(storage: Storage, rows: Rows) -> None:
    await storage.sessions.commit(Work(update_id=1, user_id=ANNA), NOW - timedelta(hours=48, microseconds=1))
    await storage.sessions.commit(Work(update_id=2, user_id=ANNA), NOW - timedelta(hours=48))

    await storage.sessions.prune(before=NOW - timedelta(hours=48))

    assert await rows("SELECT update_id FROM handled_updates") == [{"update_id": 2}]
