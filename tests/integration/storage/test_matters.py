"""What the reminders of a claim are about, in one read, on both databases."""

from storage_stories import ANNA, BORIS, HOUR, NOW, Rows, claim, commit, opened, plan_one, record

from bot.domain.facts import Closed, Event, Touched
from bot.domain.history import fold
from bot.domain.users import User
from bot.domain.vacancy import Channel, Status, Technique
from bot.storage import Storage
from bot.storage.engine import Query
from bot.storage.matters import Matters


async def test_a_claim_is_looked_up_whole(storage: Storage) -> None:
    for vacancy_id, user_id in ((1, ANNA), (2, ANNA), (3, BORIS)):
        await plan_one(storage, vacancy_id, user_id=user_id)
    for user_id in (ANNA, BORIS):
        await commit(storage, user_id, user=User(id=user_id))

    assert await storage.matters.load(await claim(storage)) == Matters(
        users={user_id: User(id=user_id) for user_id in (ANNA, BORIS)},
        vacancies={
            (user_id, vacancy_id): fold(vacancy_id, user_id, [opened()])
            for vacancy_id, user_id in ((1, ANNA), (2, ANNA), (3, BORIS))
        },
    )


async def test_what_is_open_or_recent_beside_a_claim_is_read_with_it(storage: Storage) -> None:
    """R42: whose reminder it is has other vacancies, maybe at the same employer."""
    await plan_one(storage)
    call = Touched(technique=Technique.CALL, channel=Channel.PHONE)
    for vacancy_id, end in ((2, ()), (3, (Closed(Status.REFUSED),))):
        status = Status.REFUSED if end else Status.OPEN
        await record(storage, vacancy_id, opened("INITECH"))
        await record(storage, vacancy_id, Event(2, NOW + vacancy_id * HOUR, (call, *end)), status=status)
    await record(storage, 4, opened(), user_id=BORIS)

    matters = await storage.matters.load(await claim(storage))

    assert [(one.id, one.touched_beside_at) for one in matters.of(ANNA)] == [
        (1, NOW + 3 * HOUR),
        (2, NOW + 3 * HOUR),
        (3, NOW + 2 * HOUR),
    ]
    assert matters.of(BORIS) == []


async def test_what_is_erased_is_left_out(storage: Storage) -> None:
    await plan_one(storage)
    claimed = await claim(storage)
    await storage.users.erase(ANNA)

    assert await storage.matters.load(claimed) == Matters()


async def test_what_is_damaged_spoils_nothing_else(storage: Storage, rows: Rows) -> None:
    for vacancy_id, user_id in ((1, ANNA), (2, ANNA), (3, BORIS)):
        await plan_one(storage, vacancy_id, user_id=user_id)
    await commit(storage, user=User(id=ANNA))
    damage = {"user_id": BORIS, "settings": "damaged", "blocked_at": None}
    event = {"vacancy_id": 2, "seq": 2, "user_id": ANNA, "at": 0, "facts": "damaged"}
    await storage.database.write(Query("save_user", damage), Query("append_event", event))

    matters = await storage.matters.load(await claim(storage))

    assert [*matters.users] == [ANNA]
    assert [*matters.vacancies] == [(ANNA, 1), (BORIS, 3)]
    assert len(await rows("SELECT * FROM events")) == 4
