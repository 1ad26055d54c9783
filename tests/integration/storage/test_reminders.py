"""Reminders from planning to settlement, one row each, on both databases."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from storage_stories import (
    ANNA,
    BORIS,
    HOUR,
    LEASE,
    NOW,
    Rows,
    claim,
    claim_one,
    commit,
    plan_one,
    record,
)

from bot.domain.facts import Event, Kept
from bot.domain.users import User
from bot.domain.vacancy import Status
from bot.storage import Storage
from bot.storage.reminders import Parked, Plan, Postponed, Reminder, Retried, Sent
from bot.storage.session import Record, Replan

STATES = "SELECT key, state, attempt, ambiguous, error FROM reminders WHERE replaced_by = 0 ORDER BY key"


def state(key: str, state: str, attempt: int = 0, ambiguous: int = 0, error: str | None = None) -> dict:
    return {"key": key, "state": state, "attempt": attempt, "ambiguous": ambiguous, "error": error}


async def test_a_due_reminder_is_claimed_whole(storage: Storage) -> None:
    await plan_one(storage, vacancy_id=7, key="call:1", due_at=NOW)

    reminder = await claim_one(storage)

    assert reminder == Reminder(
        id=reminder.id,
        user_id=ANNA,
        vacancy_id=7,
        key="call:1",
        due_at=NOW,
        attempt=1,
        ambiguous=0,
        token=reminder.token,
    )
    assert await claim(storage) == []


async def test_a_claim_takes_the_longest_due_first_and_no_more_than_asked(storage: Storage) -> None:
    for number, minutes in ((1, 3), (2, 1), (3, 2), (4, -1)):
        await plan_one(storage, number, due_at=NOW - timedelta(minutes=minutes), user_id=number)

    assert [reminder.vacancy_id for reminder in await claim(storage, limit=2)] == [1, 3]
    assert [reminder.vacancy_id for reminder in await claim(storage, limit=2)] == [2]


async def test_a_claim_takes_all_of_a_user_at_once(storage: Storage) -> None:
    plans = ((1, ANNA, 9), (2, BORIS, 8), (3, ANNA, 1), (4, ANNA, -1), (5, BORIS, 7))
    for vacancy_id, user_id, minutes in plans:
        await plan_one(storage, vacancy_id, due_at=NOW - timedelta(minutes=minutes), user_id=user_id)

    assert [reminder.vacancy_id for reminder in await claim(storage, limit=1)] == [1, 3]
    assert [reminder.vacancy_id for reminder in await claim(storage, limit=1)] == [2, 5]
    assert await claim(storage, limit=1) == []


async def test_a_retry_that_does_not_count_is_no_attempt(storage: Storage, rows: Rows) -> None:
    await plan_one(storage)
    for _ in range(3):
        reminder = await claim_one(storage)
        assert (reminder.attempt, reminder.ambiguous) == (1, 0)
        await storage.reminders.settle(Retried(reminder, NOW, ambiguous=False, error="429", counts=False))

    assert await rows(STATES) == [state("call:1", "pending", error="429")]


async def test_the_next_due_moment_is_known(storage: Storage) -> None:
    assert await storage.reminders.next_due() is None
    await plan_one(storage, 1, due_at=NOW + HOUR)
    await plan_one(storage, 2, due_at=NOW)
    assert await storage.reminders.next_due() == NOW

    reminder = await claim_one(storage)
    assert await storage.reminders.next_due() == NOW + LEASE  # if this process dies
    await storage.reminders.sent(reminder, 1, NOW)
    assert await storage.reminders.next_due() == NOW + HOUR


async def test_a_sent_reminder_plans_its_follower(storage: Storage, rows: Rows) -> None:
    await plan_one(storage)
    await storage.reminders.sent(await claim_one(storage), 99, NOW, Plan("email:1", NOW + HOUR))

    assert await rows(STATES) == [state("call:1", "sent", 1), state("email:1", "pending")]
    assert await rows("SELECT message_id, planned_by FROM reminders ORDER BY key") == [
        {"message_id": 99, "planned_by": 1},
        {"message_id": None, "planned_by": 1},
    ]
    assert [reminder.key for reminder in await claim(storage, NOW + HOUR)] == ["email:1"]


async def test_a_silence_is_pushed_once(storage: Storage, rows: Rows) -> None:
    await plan_one(storage)
    await storage.reminders.sent(await claim_one(storage), 1, NOW, Plan("call:1", NOW + HOUR))
    await record(storage, 1, Event(2, NOW, (Kept(),)), Plan("call:1", NOW + HOUR))
    await commit(storage, replans=[Replan(1, Plan("call:1", NOW + HOUR))])

    assert await rows(STATES) == [state("call:1", "sent", 1)]


async def test_after_a_push_there_is_still_something_to_come(storage: Storage, rows: Rows) -> None:
    """R2: a correction or new settings advise what was pushed already; its follower stands."""
    follower = Plan("email:1", NOW + HOUR)
    await plan_one(storage)
    await storage.reminders.sent(await claim_one(storage), 1, NOW, follower)

    edited = Event(2, NOW, (Kept(),))
    await commit(storage, records=[Record(1, edited, Status.OPEN, Plan("call:1", NOW), (follower,))])
    assert await rows(STATES) == [state("call:1", "sent", 1), state("email:1", "pending")]

    later = Plan("email:1", NOW + 2 * HOUR)
    await commit(storage, replans=[Replan(1, Plan("call:1", NOW), (later,))])
    assert await rows(STATES) == [state("call:1", "sent", 1), state("email:1", "pending")]
    assert await storage.reminders.next_due() == NOW + 2 * HOUR


async def test_what_was_not_pushed_needs_no_follower(storage: Storage, rows: Rows) -> None:
    follower = Plan("email:1", NOW + HOUR)
    await plan_one(storage)

    await commit(storage, replans=[Replan(1, Plan("call:1", NOW + HOUR), (follower,))])

    assert await rows(STATES) == [state("call:1", "pending")]


async def test_an_event_replaces_the_open_reminder(storage: Storage, rows: Rows) -> None:
    await plan_one(storage, key="call:1")
    await record(storage, 1, Event(2, NOW, (Kept(),)), Plan("email:2", NOW))
    assert await rows(STATES) == [state("email:2", "pending")]
    assert [reminder.key for reminder in await claim(storage)] == ["email:2"]

    await record(storage, 1, Event(3, NOW, (Kept(),)), None, status=Status.SIGNED)
    assert await rows(STATES) == []
    assert await storage.reminders.next_due() is None


async def test_an_event_moves_the_reminder_of_the_same_silence(storage: Storage) -> None:
    await plan_one(storage, key="call:1", due_at=NOW)
    await record(storage, 1, Event(2, NOW, (Kept(),)), Plan("call:1", NOW + HOUR))
    assert await claim(storage) == []
    assert (await claim_one(storage, NOW + HOUR)).due_at == NOW + HOUR


async def test_a_reminder_on_its_way_out_is_not_doubled(storage: Storage, rows: Rows) -> None:
    await plan_one(storage, key="call:1")
    reminder = await claim_one(storage)
    await record(storage, 1, Event(2, NOW, (Kept(),)), Plan("call:1", NOW))
    assert await claim(storage) == []
    await storage.reminders.sent(reminder, 1, NOW)
    assert await rows(STATES) == [state("call:1", "sent", 1)]


async def test_a_reminder_replaced_while_being_sent_counts_as_sent(storage: Storage, rows: Rows) -> None:
    await plan_one(storage, key="call:1")
    reminder = await claim_one(storage)
    await record(storage, 1, Event(2, NOW, (Kept(),)), Plan("email:2", NOW + HOUR))
    await storage.reminders.sent(reminder, 1, NOW, Plan("stop:1", NOW))

    assert await rows(STATES) == [state("email:2", "pending")]
    await record(storage, 1, Event(3, NOW, (Kept(),)), Plan("call:1", NOW))
    assert await rows(STATES) == []  # its silence was pushed


async def test_an_expired_lease_is_claimed_anew_as_perhaps_sent(storage: Storage, rows: Rows) -> None:
    await plan_one(storage)
    lost = await claim_one(storage)
    assert await claim(storage, NOW + LEASE - timedelta(microseconds=1)) == []

    again = await claim_one(storage, NOW + LEASE)
    assert (again.id, again.attempt, again.ambiguous) == (lost.id, 2, 1)

    later = NOW + LEASE
    await storage.reminders.settle(
        Sent(lost, 1, later, Plan("email:1", later)),
        Retried(lost, later, ambiguous=True, error="late"),
        Parked(lost, "late", later),
        Postponed(lost, None, later),
    )
    assert await rows(STATES) == [state("call:1", "sending", 2, 1)]
    await storage.reminders.sent(again, 2, later)
    assert await rows(STATES) == [state("call:1", "sent", 2, 1)]


@pytest.mark.parametrize("ambiguous", [False, True])
async def test_a_retry_comes_back_at_its_moment(storage: Storage, rows: Rows, ambiguous: bool) -> None:
    await plan_one(storage)
    await storage.reminders.retry(await claim_one(storage), NOW + HOUR, ambiguous, "timed out")

    assert await rows(STATES) == [state("call:1", "pending", 1, int(ambiguous), "timed out")]
    assert await claim(storage, NOW + HOUR - timedelta(microseconds=1)) == []
    again = await claim_one(storage, NOW + HOUR)
    assert (again.due_at, again.attempt, again.ambiguous) == (NOW, 2, int(ambiguous))


async def test_a_parked_reminder_stays_visible_until_the_plan_changes(storage: Storage, rows: Rows) -> None:
    await plan_one(storage)
    await storage.reminders.park(await claim_one(storage), "three copies", NOW)
    assert await rows(STATES) == [state("call:1", "parked", 1, error="three copies")]
    assert await claim(storage, NOW + 100 * HOUR) == []

    await record(storage, 1, Event(2, NOW, (Kept(),)), Plan("call:1", NOW))
    assert await rows(STATES) == [state("call:1", "pending")]


@pytest.mark.parametrize(
    ("plan", "left"),
    [
        (Plan("call:1", NOW + HOUR), [state("call:1", "pending", 0)]),
        (Plan("email:1", NOW + HOUR), [state("email:1", "pending", 0)]),
        (None, []),
    ],
)
async def test_a_plan_asked_anew_moves_the_reminder(
    storage: Storage, rows: Rows, plan: Plan | None, left: list[dict]
) -> None:
    await plan_one(storage)
    await storage.reminders.postpone(await claim_one(storage), plan, NOW)

    assert await rows(STATES) == left
    assert await claim(storage) == []
    assert len(await claim(storage, NOW + HOUR)) == len(left)


async def test_a_reminder_moved_onto_another_gives_way(storage: Storage, rows: Rows) -> None:
    await plan_one(storage, key="call:1")
    await storage.reminders.sent(await claim_one(storage), 1, NOW, Plan("email:1", NOW))
    await storage.reminders.postpone(await claim_one(storage), Plan("call:1", NOW), NOW)
    assert await rows(STATES) == [state("call:1", "sent", 1)]


async def test_many_are_settled_together(storage: Storage, rows: Rows) -> None:
    for vacancy_id in range(1, 7):
        await plan_one(storage, vacancy_id, key=f"call:{vacancy_id}")
    by_key = {reminder.key[-1]: reminder for reminder in await claim(storage)}
    await storage.reminders.settle(
        Postponed(by_key["1"], None, NOW),
        Sent(by_key["2"], 1, NOW),
        Postponed(by_key["3"], Plan("email:3", NOW), NOW),
        Sent(by_key["4"], 2, NOW, Plan("email:4", NOW)),
        Retried(by_key["5"], NOW, ambiguous=True, error="timed out"),
        Parked(by_key["6"], "bad", NOW),
    )
    assert await rows(STATES) == [
        state("call:2", "sent", 1),
        state("call:4", "sent", 1),
        state("call:5", "pending", 1, 1, "timed out"),
        state("call:6", "parked", 1, error="bad"),
        state("email:3", "pending"),
        state("email:4", "pending"),
    ]
    await storage.reminders.settle()


async def test_new_settings_move_the_reminder_with_no_event(storage: Storage, rows: Rows) -> None:
    await plan_one(storage, key="call:1", due_at=NOW)
    await commit(storage, replans=[Replan(1, Plan("call:1", NOW + HOUR))])
    assert await storage.reminders.next_due() == NOW + HOUR
    await commit(storage, replans=[Replan(1, Plan("email:1", NOW + 2 * HOUR))])
    assert await rows(STATES) == [state("email:1", "pending")]
    assert await rows("SELECT planned_by FROM reminders") == [{"planned_by": 1}]
    await commit(storage, replans=[Replan(1)])
    assert await rows(STATES) == []
    await commit(storage, replans=[Replan(1, Plan("call:1", NOW))])
    assert await rows(STATES) == [state("call:1", "pending")]


async def test_nobody_replans_a_foreign_vacancy(storage: Storage, rows: Rows) -> None:
    await plan_one(storage, key="call:1")
    before = await rows("SELECT * FROM reminders")
    foreign = [Replan(1, Plan("email:1", NOW)), Replan(1), Replan(1, None, (Plan("email:2", NOW),))]
    await commit(storage, user_id=BORIS, replans=foreign)
    assert await rows("SELECT * FROM reminders") == before


async def test_reminders_of_who_blocked_the_bot_wait(storage: Storage) -> None:
    await commit(storage, user=User(id=ANNA))
    await plan_one(storage, 1, key="call:1")
    await plan_one(storage, 2, key="call:2", due_at=NOW + timedelta(microseconds=1))
    await plan_one(storage, 3, key="call:3", user_id=BORIS, due_at=NOW + HOUR)
    sending = await claim_one(storage)

    await storage.users.block(ANNA, NOW)
    await storage.reminders.retry(sending, NOW, ambiguous=False, error="Forbidden")
    await plan_one(storage, 4, key="call:4", due_at=NOW + timedelta(microseconds=2))
    assert [reminder.key for reminder in await claim(storage, NOW + HOUR)] == ["call:3"]

    await storage.users.unblock(ANNA)
    assert [reminder.key for reminder in await claim(storage, NOW + HOUR)] == ["call:1", "call:2", "call:4"]


async def test_a_saved_user_who_is_back_is_reminded_again(storage: Storage) -> None:
    await commit(storage, user=User(id=ANNA, blocked_at=NOW))
    await plan_one(storage)
    assert await claim(storage) == []
    await commit(storage, user=User(id=ANNA))
    assert [reminder.key for reminder in await claim(storage)] == ["call:1"]


async def test_four_claimers_take_each_reminder_once(storage: Storage) -> None:
    await plan_many(storage, 200)
    assert await claimed_by_four([storage] * 4) == [1] * 200


@pytest.mark.postgres
async def test_two_replicas_take_each_reminder_once(two_storages: tuple[Storage, Storage]) -> None:
    await plan_many(two_storages[0], 200)
    assert await claimed_by_four([*two_storages] * 2) == [1] * 200


async def plan_many(storage: Storage, count: int) -> None:
    for number in range(1, count + 1):
        await plan_one(storage, number, user_id=number)


async def claimed_by_four(storages: list[Storage]) -> list[int]:
    """Let each storage claim until nothing is left; return how often each reminder was claimed."""

    async def drain(storage: Storage) -> list[int]:
        claimed: list[int] = []
        while batch := await claim(storage, limit=7):
            claimed += [reminder.id for reminder in batch]
            await storage.reminders.settle(*(Sent(reminder, 1, NOW) for reminder in batch))
        return claimed

    drained = await asyncio.gather(*(drain(storage) for storage in storages))
    return list(Counter(number for numbers in drained for number in numbers).values())
