"""An undo leaves the reminders exactly as if the event had never been."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from storage_stories import ANNA, HOUR, NOW, Rows, claim_one, commit, opened, plan_one, record, undo_of

from bot.domain.facts import Event, Kept
from bot.domain.users import User
from bot.domain.vacancy import Status
from bot.storage import Storage
from bot.storage.reminders import Plan
from bot.storage.session import Replan
from bot.storage.vacancies import new_id

WHOLE = "SELECT * FROM reminders ORDER BY id"


@pytest.mark.parametrize(
    "prepared", ["pending", "sending", "retried", "parked", "sent", "followed", "blocked"]
)
@pytest.mark.parametrize("plan", [Plan("call:1", NOW + HOUR), Plan("email:2", NOW), None])
async def test_rows_come_back_exactly(storage: Storage, rows: Rows, prepared: str, plan: Plan | None) -> None:
    await commit(storage, user=User(id=ANNA))
    await plan_one(storage, key="call:1")
    await prepare(storage, prepared)
    before = await rows(WHOLE)

    await record(storage, 1, Event(2, NOW, (Kept(),)), plan)
    await record(storage, 1, undo_of(2, by=3))

    assert await rows(WHOLE) == before


async def prepare(storage: Storage, state: str) -> None:
    """Bring the one reminder into a state."""
    if state == "blocked":
        await storage.users.block(ANNA, NOW)
    if state in {"pending", "blocked"}:
        return
    reminder = await claim_one(storage)
    if state == "retried":
        await storage.reminders.retry(reminder, NOW + HOUR, ambiguous=True, error="timed out")
    if state == "parked":
        await storage.reminders.park(reminder, "three copies", NOW)
    if state in {"sent", "followed"}:
        follower = Plan("email:1", NOW + HOUR) if state == "followed" else None
        await storage.reminders.sent(reminder, 5, NOW, follower)


async def test_two_undos_go_back_two_events(storage: Storage, rows: Rows) -> None:
    await plan_one(storage, key="a")
    one = await rows(WHOLE)
    await record(storage, 1, Event(2, NOW, (Kept(),)), Plan("b", NOW))
    two = await rows(WHOLE)
    await record(storage, 1, Event(3, NOW, (Kept(),)), Plan("a", NOW + HOUR))

    await record(storage, 1, undo_of(3, by=4))
    assert await rows(WHOLE) == two
    await record(storage, 1, undo_of(2, by=5))
    assert await rows(WHOLE) == one


async def test_a_closed_vacancy_gets_its_reminder_back(storage: Storage, rows: Rows) -> None:
    await plan_one(storage)
    before = await rows(WHOLE)
    await record(storage, 1, Event(2, NOW, (Kept(),)), status=Status.SIGNED)
    assert await storage.vacancies.active(ANNA) == ()
    await record(storage, 1, undo_of(2, by=3))
    assert await rows(WHOLE) == before
    assert len(await storage.vacancies.active(ANNA)) == 1


async def test_what_was_sent_stays_sent(storage: Storage, rows: Rows) -> None:
    await plan_one(storage, key="call:1", due_at=NOW + HOUR)
    await record(storage, 1, Event(2, NOW, (Kept(),)), Plan("call:1", NOW))
    await storage.reminders.sent(await claim_one(storage), 5, NOW)

    await record(storage, 1, undo_of(2, by=3))

    assert await rows("SELECT state FROM reminders WHERE replaced_by = 0") == [{"state": "sent"}]
    assert await storage.reminders.next_due() is None


async def test_a_follower_of_a_reminder_replaced_while_being_sent_comes_back(storage: Storage) -> None:
    await plan_one(storage, key="call:1")
    reminder = await claim_one(storage)
    await record(storage, 1, Event(2, NOW, (Kept(),)), Plan("email:2", NOW + HOUR))
    await storage.reminders.sent(reminder, 5, NOW, Plan("email:1", NOW + 2 * HOUR))
    assert await storage.reminders.next_due() == NOW + HOUR

    await record(storage, 1, undo_of(2, by=3))

    assert await storage.reminders.next_due() == NOW + 2 * HOUR


async def test_an_undo_reaches_what_settings_moved(storage: Storage, rows: Rows) -> None:
    await plan_one(storage, key="call:1")
    before = await rows(WHOLE)
    await record(storage, 1, Event(2, NOW, (Kept(),)), Plan("email:2", NOW))
    await commit(storage, replans=[Replan(1, Plan("email:3", NOW + HOUR))])
    await record(storage, 1, undo_of(2, by=3))
    assert await rows(WHOLE) == before


KEYS = st.sampled_from("abc")
PLANS = st.none() | st.builds(Plan, KEYS, st.integers(0, 3).map(lambda hours: NOW + hours * HOUR))
STEPS = st.lists(
    st.tuples(st.sampled_from(["event", "undo", "replan", "sent", "retry", "park", "move", "die"]), PLANS),
    max_size=12,
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=STEPS)
@example(steps=[("event", None), ("event", None), ("undo", None), ("replan", Plan("b", NOW)), ("undo", None)])
async def test_a_vacancy_never_has_two_open_reminders_nor_pushes_a_silence_twice(
    storage: Storage, rows: Rows, steps: list[tuple[str, Plan | None]]
) -> None:
    vacancy_id, now = new_id(), NOW
    await record(storage, vacancy_id, opened(), Plan("a", NOW))
    counting, seq = [1], 1
    for step, plan in steps:
        now += timedelta(minutes=30)
        if step in {"event", "undo"}:
            undo = step == "undo" and len(counting) > 1
            seq += 1
            event = undo_of(counting.pop(), by=seq) if undo else Event(seq, now, (Kept(),))
            if not undo:
                counting.append(seq)
            await record(storage, vacancy_id, event, None if undo else plan)
        elif step == "replan":
            await commit(storage, replans=[Replan(vacancy_id, plan)])
        else:
            await settle_all(storage, now, step, plan)
        mine = await rows(
            f"SELECT key, state FROM reminders WHERE vacancy_id = {vacancy_id} AND replaced_by = 0"
        )
        sent = await rows(f"SELECT key FROM reminders WHERE vacancy_id = {vacancy_id} AND state = 'sent'")
        assert len([row for row in mine if row["state"] != "sent"]) <= 1
        assert len({row["key"] for row in sent}) == len(sent)


async def settle_all(storage: Storage, now: object, step: str, plan: Plan | None) -> None:
    for reminder in await storage.reminders.claim(now, HOUR, 100):
        if step == "sent":
            await storage.reminders.sent(reminder, 1, now, plan)
        elif step == "retry":
            await storage.reminders.retry(reminder, now, ambiguous=True, error="timed out")
        elif step == "park":
            await storage.reminders.park(reminder, "bad", now)
        elif step == "move":
            await storage.reminders.postpone(reminder, plan, now)
