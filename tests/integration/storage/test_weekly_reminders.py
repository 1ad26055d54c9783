"""Weekly messages: rows of a user and no vacancy, with the promises of reminders, on both databases."""

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
    opened,
    plan_one,
    record,
)

from bot.domain.facts import Closed, Event
from bot.domain.users import User
from bot.domain.vacancy import Status
from bot.storage import Storage
from bot.storage.reminders import Parked, Plan, Postponed, Reminder, Retried, Sent, WeeklyPlans

WEEK = timedelta(weeks=1)
SWEEP, NEXT = Plan("sweep:2027-W09", NOW), Plan("sweep:2027-W10", NOW + WEEK)
REVIEW = Plan("review:2027-W09", NOW + HOUR)
OF_USERS = "SELECT user_id, key, state FROM reminders WHERE vacancy_id IS NULL ORDER BY user_id, due_at, key"


def row(key: str, state: str = "pending", user_id: int = ANNA) -> dict[str, object]:
    return {"user_id": user_id, "key": key, "state": state}


async def plan(storage: Storage, *plans: Plan, user_id: int = ANNA, anew: bool = False) -> None:
    await commit(storage, user_id, weekly=WeeklyPlans(plans, anew))


async def open_vacancy(storage: Storage, vacancy_id: int = 1, user_id: int = ANNA) -> None:
    """Open a vacancy with no reminder."""
    await record(storage, vacancy_id, opened(), user_id=user_id)


async def test_each_kind_stands_once(storage: Storage, rows: Rows) -> None:
    await open_vacancy(storage)

    await plan(storage, SWEEP, NEXT, REVIEW)
    await plan(storage, NEXT, REVIEW)

    assert await rows(OF_USERS) == [row("sweep:2027-W09"), row("review:2027-W09")]


async def test_without_an_open_vacancy_there_is_none(storage: Storage, rows: Rows) -> None:
    await plan(storage, SWEEP)
    await open_vacancy(storage, user_id=BORIS)
    await plan(storage, SWEEP)
    await open_vacancy(storage, 2)
    closed = Event(2, NOW, (Closed(Status.GIVEN_UP),))
    await record(storage, 2, closed, status=Status.GIVEN_UP)
    await plan(storage, SWEEP)

    assert await rows(OF_USERS) == []


async def test_it_is_planned_with_the_first_vacancy_in_one_transaction(storage: Storage, rows: Rows) -> None:
    await plan_one(storage)
    await plan(storage, SWEEP)

    assert await rows(OF_USERS) == [row("sweep:2027-W09")]
    assert await storage.reminders.next_due() == NOW


async def test_it_is_claimed_with_all_else_of_its_user(storage: Storage) -> None:
    await plan_one(storage, vacancy_id=7, due_at=NOW - HOUR)
    await plan(storage, SWEEP)

    claimed = await claim(storage, limit=1)

    assert [(one.vacancy_id, one.key) for one in claimed] == [(7, "call:1"), (None, "sweep:2027-W09")]
    assert claimed[1] == Reminder(
        id=claimed[1].id,
        user_id=ANNA,
        vacancy_id=None,
        key="sweep:2027-W09",
        due_at=NOW,
        attempt=1,
        ambiguous=0,
        token=claimed[1].token,
    )
    assert await claim(storage) == []


async def test_a_sent_one_is_followed_by_next_weeks(storage: Storage, rows: Rows) -> None:
    await open_vacancy(storage)
    await plan(storage, SWEEP)
    sent = Sent(await claim_one(storage), 9, NOW, NEXT)

    await storage.reminders.settle(sent)
    await storage.reminders.settle(sent)  # once more, and nothing changes

    assert await rows(OF_USERS) == [row("sweep:2027-W09", "sent"), row("sweep:2027-W10")]
    assert await storage.reminders.next_due() == NOW + WEEK


async def test_a_week_that_was_pushed_is_done_with(storage: Storage, rows: Rows) -> None:
    """Whoever moves west lives through Friday afternoon again."""
    await open_vacancy(storage)
    await plan(storage, SWEEP)
    await storage.reminders.settle(Sent(await claim_one(storage), 9, NOW))

    await plan(storage, SWEEP, NEXT, anew=True)

    assert await rows(OF_USERS) == [row("sweep:2027-W09", "sent"), row("sweep:2027-W10")]


async def test_settings_plan_anew(storage: Storage, rows: Rows) -> None:
    await open_vacancy(storage)
    await plan(storage, SWEEP, REVIEW)

    await plan(storage, Plan(SWEEP.key, NOW + 2 * HOUR), anew=True)  # moved, and no more reviews

    assert await rows(OF_USERS) == [row("sweep:2027-W09")]
    assert await storage.reminders.next_due() == NOW + 2 * HOUR


async def test_while_it_is_on_its_way_out_nothing_is_planned(storage: Storage, rows: Rows) -> None:
    await open_vacancy(storage)
    await plan(storage, SWEEP)
    claimed = await claim_one(storage)

    await plan(storage, SWEEP, NEXT, anew=True)
    assert await rows(OF_USERS) == [row("sweep:2027-W09", "sending")]

    await storage.reminders.settle(Sent(claimed, 9, NOW, NEXT))
    assert await rows(OF_USERS) == [row("sweep:2027-W09", "sent"), row("sweep:2027-W10")]


@pytest.mark.parametrize(
    ("plan_now", "left"),
    [
        (Plan(SWEEP.key, NOW + HOUR), [row("sweep:2027-W09")]),
        (NEXT, [row("sweep:2027-W10")]),
        (None, []),
    ],
)
async def test_one_that_has_nothing_to_say_gives_way(
    storage: Storage, rows: Rows, plan_now: Plan | None, left: list[dict[str, object]]
) -> None:
    await open_vacancy(storage)
    await plan(storage, SWEEP)

    await storage.reminders.settle(Postponed(await claim_one(storage), plan_now, NOW))

    assert await rows(OF_USERS) == left


async def test_one_that_gives_way_to_a_week_that_was_pushed_is_dropped(storage: Storage, rows: Rows) -> None:
    await open_vacancy(storage)
    await plan(storage, SWEEP)
    await storage.reminders.settle(Sent(await claim_one(storage), 9, NOW, NEXT))
    moved = await claim_one(storage, NOW + WEEK)

    await storage.reminders.settle(Postponed(moved, SWEEP, NOW))

    assert await rows(OF_USERS) == [row("sweep:2027-W09", "sent")]


async def test_one_that_gives_way_without_an_open_vacancy_ends_there(storage: Storage, rows: Rows) -> None:
    await open_vacancy(storage)
    await plan(storage, SWEEP)
    claimed = await claim_one(storage)
    await record(storage, 1, Event(2, NOW, (Closed(Status.GIVEN_UP),)), status=Status.GIVEN_UP)

    await storage.reminders.settle(Postponed(claimed, NEXT, NOW))

    assert await rows(OF_USERS) == []


async def test_one_that_is_given_up_does_not_end_the_next(storage: Storage, rows: Rows) -> None:
    await open_vacancy(storage)
    await plan(storage, SWEEP)

    await storage.reminders.settle(Parked(await claim_one(storage), "three copies", NOW, NEXT))
    await plan(storage, SWEEP)

    assert await rows(OF_USERS) == [row("sweep:2027-W09", "parked"), row("sweep:2027-W10")]


async def test_a_claim_that_was_lost_settles_nothing(storage: Storage, rows: Rows) -> None:
    await open_vacancy(storage)
    await plan(storage, SWEEP)
    lost = await claim_one(storage)
    (again,) = await claim(storage, NOW + LEASE)
    assert (again.attempt, again.ambiguous) == (2, 1)

    await storage.reminders.settle(Postponed(lost, NEXT, NOW), Parked(lost, "late", NOW, NEXT))
    await storage.reminders.settle(Sent(lost, 9, NOW, NEXT))
    await storage.reminders.settle(Retried(again, NOW, ambiguous=True, error="timed out"))

    assert await rows(OF_USERS) == [row("sweep:2027-W09")]


async def test_it_sleeps_while_the_user_blocks_the_bot(storage: Storage) -> None:
    await commit(storage, user=User(id=ANNA))
    await open_vacancy(storage)
    await plan(storage, SWEEP)

    await storage.users.block(ANNA, NOW)
    assert await claim(storage, NOW + HOUR) == []
    await plan(storage, SWEEP, REVIEW, anew=True)
    assert await claim(storage, NOW + HOUR) == []

    await storage.users.unblock(ANNA)
    assert [one.key for one in await claim(storage, NOW + HOUR)] == [SWEEP.key, REVIEW.key]


async def test_it_is_exported_and_erased_with_its_user(storage: Storage, rows: Rows) -> None:
    for user_id in (ANNA, BORIS):
        await open_vacancy(storage, user_id, user_id)
        await plan(storage, SWEEP, user_id=user_id)

    exported = (await storage.users.export(ANNA))["reminders"]
    assert [(one["vacancy_id"], one["key"], one["state"]) for one in exported] == [
        (None, "sweep:2027-W09", "pending")
    ]
    await storage.users.erase(ANNA)
    assert await rows(OF_USERS) == [row("sweep:2027-W09", user_id=BORIS)]


async def test_an_event_of_a_vacancy_leaves_it_alone(storage: Storage, rows: Rows) -> None:
    await plan_one(storage)
    await plan(storage, SWEEP)

    await record(storage, 1, Event(2, NOW, (Closed(Status.GIVEN_UP),)), status=Status.GIVEN_UP)

    assert await rows(OF_USERS) == [row("sweep:2027-W09")]


@pytest.mark.postgres
async def test_two_replicas_plan_and_send_it_once(
    two_storages: tuple[Storage, Storage],
) -> None:
    one, other = two_storages
    users = range(1, 51)
    for user_id in users:
        await open_vacancy(one, user_id, user_id)
    await asyncio.gather(
        *(plan(storage, SWEEP, user_id=user_id) for storage in two_storages for user_id in users)
    )
    planned = [(await one.users.export(user_id))["reminders"] for user_id in users]
    assert [len(theirs) for theirs in planned] == [1] * 50

    async def drain(storage: Storage) -> list[int]:
        taken: list[int] = []
        while batch := await claim(storage, limit=7):
            taken += [reminder.user_id for reminder in batch]
            await storage.reminders.settle(*(Sent(reminder, 1, NOW, NEXT) for reminder in batch))
        return taken

    drained = await asyncio.gather(drain(one), drain(other))
    assert Counter(user_id for taken in drained for user_id in taken) == Counter(users)
