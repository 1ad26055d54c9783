"""From a due row to a settled one, over a real store and a real bot."""

import asyncio
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from bot.delivery.decisions import LATE
from bot.delivery.dispatcher import Options
from bot.domain.facts import Answered, Closed, Snoozed
from bot.domain.users import User
from bot.domain.vacancy import Outcome, Status
from bot.errors import ConfigError, StorageError
from bot.planning import replanned, report
from bot.storage import Storage, open_storage
from bot.storage.crypto import Cipher
from bot.storage.engine import Query
from bot.storage.locks import OnlyWorker
from bot.storage.session import Work
from bot.transport import NotSent
from bot.views.screen import Screen
from tests.unit.delivery.world import CALL, DUE, NEXT_DUE, TOLD, TRIAL_CLOSE, World, user

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


def once(error: Exception) -> Any:
    """Return what raises this the first time."""
    errors = [error]

    def raise_it(_message: dict[str, Any]) -> None:
        if errors:
            raise errors.pop()

    return raise_it


def always(error: Exception) -> Any:
    def raise_it(_message: dict[str, Any]) -> None:
        raise error

    return raise_it


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


# What is due


async def test_a_due_reminder_is_sent_settled_and_followed(world: World) -> None:
    await world.told_of("Initech", user(), 1)

    assert await world.dispatcher.run_once(DUE - SECOND) == 0
    assert await world.dispatcher.run_once(DUE) == 1

    assert world.telegram.taken == [(1, "<b>1</b>: Initech")]
    assert await world.rows() == [(CALL, "sent", 1, 0), (TRIAL_CLOSE, "pending", 0, 0)]
    assert await world.dispatcher.next_due() == NEXT_DUE


async def test_a_silence_is_pushed_once_and_only_its_end_is_pushed_next(world: World) -> None:
    await world.told_of("Initech", user(), 1)

    days = [DUE + timedelta(days=number) for number in range(40)]
    counts = [await world.dispatcher.run_once(day) for day in days]

    assert [day for day, count in zip(days, counts, strict=True) if count] == [
        DUE,
        NEXT_DUE,
        datetime(2027, 3, 19, 9, tzinfo=UTC),  # the plan proposes to stop
    ]
    assert world.telegram.texts == ["<b>1</b>: Initech"] * 3


async def test_reminders_of_one_user_come_in_one_message(world: World) -> None:
    for vacancy_id, company in enumerate(("Initech", "Acme", "Globex"), start=1):
        await world.told_of(company, user(), vacancy_id)
    await world.told_of("Hooli", user(2), 4)

    assert await world.dispatcher.run_once(DUE) == 4

    assert sorted(world.telegram.taken) == [(1, "<b>1</b>: Acme, Globex, Initech"), (2, "<b>2</b>: Hooli")]
    assert [state for _, state, *_ in await world.rows()].count("sent") == 3


async def test_vacancies_at_one_employer_come_on_days_of_their_own(world: World) -> None:
    """R42: never two touches to one employer on a day, whatever the name is spelled like."""
    for vacancy_id, company in enumerate(("Initech", "Acme", "INITECH", "initech"), start=1):
        await world.told_of(company, user(), vacancy_id)

    days = [DUE + timedelta(days=number) for number in range(4)]
    counts = [await world.dispatcher.run_once(day) for day in days]

    assert counts == [4, 2, 1, 0]
    first, *others = world.telegram.texts
    assert first == "<b>1</b>: Acme, Initech"
    assert sorted(others) == ["<b>1</b>: INITECH", "<b>1</b>: initech"]


async def test_a_touch_waits_for_the_one_pushed_this_morning(world: World) -> None:
    """R42: it has come, and nothing was reported yet."""
    await world.told_of("Acme", user(), 1)
    second = await world.told_of("ACME", user(), 2)
    later = report(second, user(), TOLD, Snoozed(DUE + 4 * HOUR))
    await world.storage.sessions.commit(Work(update_id=None, user_id=1, records=[later.record]), TOLD)

    counts = [await world.dispatcher.run_once(DUE + hours * HOUR) for hours in (0, 4, 24)]

    assert counts == [1, 1, 1]
    assert world.telegram.texts == ["<b>1</b>: Acme", "<b>1</b>: ACME"]


async def test_a_digest_is_whole_however_few_messages_may_be_under_way(storage: Storage) -> None:
    world = World(storage, options=Options(concurrency=1))
    for vacancy_id in range(1, 6):
        await world.told_of(f"C{vacancy_id}", user(), vacancy_id)

    assert await world.dispatcher.run_once(DUE) == 5

    assert world.telegram.taken == [(1, "<b>1</b>: C1, C2, C3, C4, C5")]


async def test_a_late_reminder_says_so(world: World) -> None:
    await world.told_of("Initech", user(), 1)
    await world.told_of("Acme", user(2), 2)

    assert await world.dispatcher.run_once(DUE + LATE + SECOND) == 2

    assert sorted(world.telegram.texts) == ["<b>1</b>: Initech late", "<b>2</b>: Acme late"]


async def test_the_quiet_hours_are_kept_after_a_time_away(world: World) -> None:
    """The bot was down at 10 in the morning and is back at 23: the reminder comes on the next morning."""
    await world.told_of("Initech", user(), 1)

    assert await world.dispatcher.run_once(DUE + 12 * HOUR) == 1
    assert world.telegram.taken == []
    ((key, state, *_),) = await world.rows()
    assert (key, state) == (CALL, "pending")

    due = await world.dispatcher.next_due()
    assert due
    assert DUE + 12 * HOUR < due <= DUE + 24 * HOUR
    await world.dispatcher.run_once(due)
    assert world.telegram.texts == ["<b>1</b>: Initech"]


async def test_a_key_that_has_changed_takes_the_row_along(world: World) -> None:
    """After two weeks nothing is left of Wednesday's call: the step of that day is pushed, and only that."""
    await world.told_of("Initech", user(), 1)

    assert await world.dispatcher.run_once(NEXT_DUE) == 2  # the row was moved, then sent

    assert world.telegram.texts == ["<b>1</b>: Initech"]
    assert (await world.rows())[0] == (TRIAL_CLOSE, "sent", 1, 0)


async def test_a_closed_vacancy_is_not_pushed(world: World) -> None:
    vacancy = await world.told_of("Initech", user(), 1)
    claimed = world.storage.reminders.claim(DUE, 60 * SECOND, 8)
    (reminder,) = await claimed  # it is on its way out when the user closes the vacancy
    closed = report(vacancy, user(), DUE, Closed(Status.GIVEN_UP))
    await world.storage.sessions.commit(Work(update_id=None, user_id=1, records=[closed.record]), DUE)
    await world.storage.reminders.retry(reminder, DUE, ambiguous=False, error="")

    await world.dispatcher.run_once(DUE + HOUR)

    assert world.telegram.taken == []


async def test_an_answer_in_the_night_replaces_the_reminder(world: World) -> None:
    vacancy = await world.told_of("Initech", user(), 1)
    answered = report(vacancy, user(), DUE - HOUR, Answered(outcome=Outcome.VAGUE))
    await world.storage.sessions.commit(
        Work(update_id=None, user_id=1, records=[answered.record]), DUE - HOUR
    )

    assert await world.dispatcher.run_once(DUE) == 0


async def test_a_new_zone_moves_the_reminder(world: World) -> None:
    vacancy = await world.told_of("Initech", user(), 1)
    moved = replace(user(), zone="America/New_York", country="US")
    work = Work(update_id=None, user_id=1, user=moved, replans=[replanned(vacancy, moved, TOLD)])
    await world.storage.sessions.commit(work, TOLD)

    assert await world.dispatcher.run_once(DUE) == 0
    assert await world.dispatcher.run_once(DUE + 8 * HOUR) == 1


async def test_an_erased_user_gets_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await world.told_of("Initech", user(), 1)
    claim = world.storage.reminders.claim

    async def claim_and_erase(*args: Any) -> Any:
        claimed = await claim(*args)
        await world.storage.users.erase(1)
        return claimed

    monkeypatch.setattr(world.storage.reminders, "claim", claim_and_erase)
    assert await world.dispatcher.run_once(DUE) == 1
    assert world.telegram.taken == []


# What Telegram answers


async def test_a_pause_ends_the_round_and_burns_nothing(world: World) -> None:
    for number in range(1, 31):
        await world.told_of(f"C{number}", user(number), number)
    world.telegram.before = once(RetryAfter(300))

    taken = await world.dispatcher.run_once(DUE)

    assert taken < 30
    assert world.told == []
    assert await world.dispatcher.run_once(DUE + SECOND) == 0  # nothing is claimed during the pause
    assert len(world.telegram.asked) <= 8


@pytest.mark.parametrize(
    ("error", "ambiguous", "wait"),
    [
        (NetworkError("ClientConnectorError"), 0, timedelta(seconds=3)),
        (TimedOut("SocketTimeoutError"), 1, timedelta(seconds=60)),
        (NetworkError("Bad Gateway"), 1, timedelta(seconds=60)),
        (KeyError("message_id"), 1, timedelta(seconds=60)),
    ],
    ids=str,
)
async def test_a_failure_on_the_way_is_tried_again(
    world: World, error: Exception, ambiguous: int, wait: timedelta
) -> None:
    if not ambiguous:
        error.__cause__ = NotSent()
    await world.told_of("Initech", user(), 1)
    world.telegram.after = once(error)

    assert await world.dispatcher.run_once(DUE) == 1
    assert await world.rows() == [(CALL, "pending", ambiguous, ambiguous)]
    assert await world.dispatcher.run_once(DUE + wait) == 1

    assert world.telegram.texts == ["<b>1</b>: Initech", "<b>1</b>: Initech" + " again" * ambiguous]
    assert (await world.rows())[0] == (CALL, "sent", 1 + ambiguous, ambiguous)
    assert world.told == []


async def test_three_copies_are_the_most(world: World) -> None:
    await world.told_of("Initech", user(), 1)
    world.telegram.after = always(TimedOut("SocketTimeoutError"))

    for minutes in range(0, 60, 5):
        await world.dispatcher.run_once(DUE + timedelta(minutes=minutes))

    assert len(world.telegram.taken) == 3
    assert await world.rows() == [(CALL, "parked", 3, 2)]
    assert world.told == ["a reminder is given up: TimedOut: SocketTimeoutError"]


async def test_a_reminder_lost_with_three_crashes_is_given_up(world: World) -> None:
    await world.told_of("Initech", user(), 1)
    for minute in range(4):
        await world.storage.reminders.claim(DUE + timedelta(minutes=minute), timedelta(seconds=59), 1)

    await world.dispatcher.run_once(DUE + timedelta(minutes=5))

    assert world.telegram.taken == []
    assert [state for _, state, *_ in await world.rows()] == ["parked"]
    assert world.told == ["a reminder is given up: perhaps sent each time"]


async def test_an_outage_of_the_network_never_gives_a_reminder_up(world: World) -> None:
    await world.told_of("Initech", user(), 1)
    await out_of_reach(world, caused(NetworkError("ClientConnectorError"), NotSent()))
    world.telegram.before = lambda message: None
    await world.dispatcher.run_once(DUE + 2 * HOUR)

    assert world.telegram.texts == ["<b>1</b>: Initech late"]


async def out_of_reach(world: World, error: Exception) -> None:
    """Let two hours of attempts end like this."""
    world.telegram.before = always(error)
    for minutes in range(0, 120, 2):
        await world.dispatcher.run_once(DUE + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    "error", [RetryAfter(0), caused(NetworkError("ClientConnectorError"), NotSent())], ids=str
)
async def test_an_outage_and_a_failure_after_it_give_nothing_up(world: World, error: Exception) -> None:
    async def render(_user: User, _due: object) -> Screen:
        raise KeyError("Initech")

    await world.told_of("Initech", user(), 1)
    await out_of_reach(world, error)
    assert await world.rows() == [(CALL, "pending", 0, 0)]

    world.render = render
    await world.dispatcher.run_once(DUE + 2 * HOUR)
    assert await world.rows() == [(CALL, "pending", 1, 0)]


async def test_copies_in_doubt_are_no_failures(world: World) -> None:
    await world.told_of("Initech", user(), 1)
    world.telegram.after = always(TimedOut("SocketTimeoutError"))
    for minutes in (0, 2):
        await world.dispatcher.run_once(DUE + timedelta(minutes=minutes))
    assert await world.rows() == [(CALL, "pending", 2, 2)]

    async def render(_user: User, _due: object) -> Screen:
        raise KeyError("Initech")

    world.render = render
    await world.dispatcher.run_once(DUE + HOUR)
    assert await world.rows() == [(CALL, "pending", 3, 2)]


async def test_a_user_who_has_gone_is_left_alone_until_back(world: World) -> None:
    await world.told_of("Initech", user(), 1)
    world.telegram.before = always(Forbidden("Forbidden: bot was blocked by the user"))

    assert await world.dispatcher.run_once(DUE) == 1
    assert await world.dispatcher.run_once(DUE + HOUR) == 0
    assert [state for _, state, *_ in await world.rows()] == ["pending"]

    world.telegram.before = lambda message: None
    await world.storage.users.unblock(1)
    await world.dispatcher.run_once(DUE + 2 * HOUR)
    assert world.telegram.texts == ["<b>1</b>: Initech late"]


async def test_a_user_who_goes_while_a_reminder_is_claimed_keeps_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.told_of("Initech", user(), 1)
    claim = world.storage.reminders.claim

    async def claim_and_block(*args: Any) -> Any:
        claimed = await claim(*args)
        await world.storage.users.block(1, DUE)
        return claimed

    monkeypatch.setattr(world.storage.reminders, "claim", claim_and_block)
    await world.dispatcher.run_once(DUE)

    assert world.telegram.taken == []
    assert [state for _, state, *_ in await world.rows()] == ["pending"]


@pytest.mark.parametrize(
    "error", [Forbidden("Forbidden: a new reason"), BadRequest("Bad Request: a new reason")]
)
async def test_an_unknown_refusal_is_reported_and_keeps_the_user(world: World, error: Exception) -> None:
    await world.told_of("Initech", user(), 1)
    world.telegram.before = once(error)

    await world.dispatcher.run_once(DUE)
    assert len(world.told) == 1
    await world.dispatcher.run_once(DUE + timedelta(minutes=2))

    assert world.telegram.texts == ["<b>1</b>: Initech"]
    loaded = await world.storage.users.load(1)
    assert loaded
    assert loaded.blocked_at is None


async def test_a_refusal_for_ever_ends_in_a_parked_reminder(world: World) -> None:
    await world.told_of("Initech", user(), 1)
    world.telegram.before = always(BadRequest("Bad Request: a new reason"))

    for hours in range(12):
        await world.dispatcher.run_once(DUE + timedelta(minutes=45 * hours))

    assert await world.rows() == [(CALL, "parked", 8, 0)]


async def test_a_faulty_screen_goes_out_plain(world: World) -> None:
    def no_tags(message: dict[str, Any]) -> None:
        if "<" in message["text"]:
            raise BadRequest("Bad Request: can't parse entities: Initech")

    await world.told_of("Initech", user(), 1)
    world.telegram.before = no_tags
    await world.dispatcher.run_once(DUE)

    assert world.telegram.taken == [(1, "1: Initech")]
    assert "reply_markup" in world.telegram.asked[-1]
    assert world.told == ["a reminder is refused as written: BadRequest: Can't parse entities"]


async def test_faulty_buttons_are_left_out(world: World) -> None:
    def no_buttons(message: dict[str, Any]) -> None:
        if "reply_markup" in message:
            raise BadRequest("Bad Request: BUTTON_DATA_INVALID")

    await world.told_of("Initech", user(), 1)
    world.telegram.before = no_buttons
    await world.dispatcher.run_once(DUE)

    assert world.telegram.taken == [(1, "1: Initech")]
    assert (await world.rows())[0] == (CALL, "sent", 1, 0)


async def test_a_screen_that_is_wrong_in_every_shape_is_tried_again(world: World) -> None:
    await world.told_of("Initech", user(), 1)
    world.telegram.before = always(BadRequest("Bad Request: message is too long"))
    await world.dispatcher.run_once(DUE)

    assert len(world.telegram.asked) == 3
    assert await world.rows() == [(CALL, "pending", 1, 0)]


async def test_a_migrated_chat_is_followed(world: World) -> None:
    await world.told_of("Initech", user(), 1)
    world.telegram.before = once(ChatMigrated(77))
    await world.dispatcher.run_once(DUE)

    assert world.telegram.taken == [(77, "<b>1</b>: Initech")]


async def test_a_refused_token_stops_everything(world: World) -> None:
    for number in range(1, 31):
        await world.told_of(f"C{number}", user(number), number)
    world.telegram.before = always(InvalidToken("Unauthorized"))

    with pytest.raises(ConfigError, match="BOT_TOKEN was refused"):
        await world.dispatcher.run_once(DUE)
    with pytest.raises(ConfigError, match="BOT_TOKEN was refused"):
        await world.dispatcher.run_once(DUE + HOUR)

    assert len(world.telegram.asked) <= 8
    assert [state for _, state, *_ in await world.rows()] == ["pending"]


async def test_what_follows_a_reminder_does_not_repeat_it(world: World) -> None:
    async def render(_user: User, _due: object) -> Screen:
        return Screen(text="Reminder", more=(Screen(text="Letter"), Screen(text="Postscript")))

    def no_letter(message: dict[str, Any]) -> None:
        if message["text"] == "Letter":
            raise TimedOut("SocketTimeoutError")

    await world.told_of("Initech", user(), 1)
    world.render = render
    world.telegram.before = no_letter
    await world.dispatcher.run_once(DUE)

    assert world.telegram.texts == ["Reminder", "Postscript"]
    assert (await world.rows())[0] == (CALL, "sent", 1, 0)
    assert world.told == ["a message after a reminder was not sent: TimedOut: SocketTimeoutError"]


# What goes wrong here


async def test_a_reminder_that_cannot_be_made_spoils_no_other(world: World) -> None:
    async def render(user: User, due: Any) -> Screen:
        if any(one.vacancy.company == "Acme" for one in due):
            raise KeyError("Acme")
        return await world.lines(user, due)

    for vacancy_id, company in enumerate(("Initech", "Acme", "Globex"), start=1):
        await world.told_of(company, user(), vacancy_id)
    world.render = render

    for minutes in range(0, 60, 5):
        await world.dispatcher.run_once(DUE + timedelta(minutes=minutes))

    assert sorted(world.telegram.texts) == ["<b>1</b>: Globex", "<b>1</b>: Initech"]
    states = [state for key, state, *_ in await world.rows() if key == CALL]
    assert sorted(states) == ["parked", "sent", "sent"]
    assert world.told == [
        "a reminder cannot be made: KeyError",
        "a reminder cannot be made: KeyError",
        "a reminder cannot be made and is given up: KeyError",
    ]


async def test_an_entry_that_cannot_be_read_spoils_no_other(world: World) -> None:
    for number in range(1, 4):
        await world.told_of(f"C{number}", user(number), number)
    await world.storage.database.write(
        Query("append_event", {"vacancy_id": 2, "seq": 2, "user_id": 2, "at": 0, "facts": "damaged"})
    )

    for minutes in range(0, 60, 5):
        await world.dispatcher.run_once(DUE + timedelta(minutes=minutes))

    assert sorted(world.telegram.texts) == ["<b>1</b>: C1", "<b>3</b>: C3"]
    assert world.told[-1] == "a reminder cannot be made and is given up: StorageError"


async def test_reminders_are_looked_up_one_by_one_when_they_cannot_be_together(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_args: Any) -> Any:
        raise StorageError("locked")

    await world.told_of("Initech", user(), 1)
    monkeypatch.setattr(world.storage.matters, "load", refuse)

    assert await world.dispatcher.run_once(DUE) == 1
    assert world.telegram.texts == ["<b>1</b>: Initech"]


async def test_what_takes_long_to_load_is_loaded_once_when_something_is_due(
    storage: Storage,
) -> None:
    loaded: list[int] = []
    world = World(storage, warm_up=lambda: loaded.append(threading.get_ident()))
    await world.told_of("Initech", user(), 1)

    await world.dispatcher.run_once(DUE - SECOND)
    assert loaded == []
    await world.dispatcher.run_once(DUE)
    await world.dispatcher.run_once(NEXT_DUE)
    (thread,) = loaded
    assert thread != threading.get_ident()


async def test_a_database_that_refuses_ends_the_round_after_what_is_under_way(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 31):
        await world.told_of(f"C{number}", user(number), number)

    async def refuse(*_settlements: Any) -> None:
        raise StorageError("disk full")

    monkeypatch.setattr(world.storage.reminders, "settle", refuse)
    with pytest.raises(StorageError, match="disk full"):
        await world.dispatcher.run_once(DUE)
    assert len(world.telegram.taken) <= 16

    monkeypatch.undo()
    await world.dispatcher.run_once(DUE + timedelta(minutes=2))
    assert {chat for chat, _ in world.telegram.taken} == set(range(1, 31))


async def test_a_failed_claim_is_raised(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(*_args: Any) -> Any:
        raise StorageError("locked")

    monkeypatch.setattr(world.storage.reminders, "claim", refuse)
    with pytest.raises(StorageError, match="locked"):
        await world.dispatcher.run_once(DUE)


# How much at once


async def test_never_more_under_way_than_allowed(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(storage, options=Options(concurrency=5))
    under_way, most = 0, 0
    settle = storage.reminders.settle

    def sending(_message: dict[str, Any]) -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)

    async def settling(*settlements: Any) -> None:
        nonlocal under_way
        await settle(*settlements)
        under_way -= len(settlements)

    for number in range(1, 61):
        await world.told_of(f"C{number}", user(number), number)
    world.telegram.before = sending
    monkeypatch.setattr(storage.reminders, "settle", settling)

    assert await world.dispatcher.run_once(DUE) == 60
    assert most <= 5
    assert sorted(chat for chat, _ in world.telegram.taken) == [*range(1, 61)]


async def test_stopping_finishes_what_is_under_way_and_claims_no_more(world: World) -> None:
    for number in range(1, 31):
        await world.told_of(f"C{number}", user(number), number)
    world.telegram.after = lambda message: world.dispatcher.stop()

    count = await world.dispatcher.run_once(DUE)

    assert 1 <= count <= 8
    assert await world.dispatcher.run_once(DUE + HOUR) == 0
    again = World(world.storage)
    await again.dispatcher.run_once(DUE + HOUR)
    chats = [chat for chat, _ in world.telegram.taken + again.telegram.taken]
    assert sorted(chats) == [*range(1, 31)]


async def test_a_worker_that_is_not_elected_sends_nothing(world: World) -> None:
    class NotThisOne:
        async def elected(self) -> bool:
            return False

    await world.told_of("Initech", user(), 1)
    other = World(replace(world.storage, election=NotThisOne()))

    assert await other.dispatcher.run_once(DUE) == 0


async def test_two_rounds_at_once_send_nothing_twice(world: World) -> None:
    for number in range(1, 31):
        await world.told_of(f"C{number}", user(number), number)

    counts = await asyncio.gather(*(world.dispatcher.run_once(DUE) for _ in range(3)))

    assert sum(counts) == 30
    assert sorted(chat for chat, _ in world.telegram.taken) == [*range(1, 31)]


@pytest.mark.postgres
async def test_two_dispatchers_on_postgresql_send_nothing_twice(postgres_url: str, cipher: Cipher) -> None:
    async with open_storage(postgres_url, cipher) as first, open_storage(postgres_url, cipher) as second:
        worlds = [World(replace(storage, election=OnlyWorker())) for storage in (first, second)]
        for number in range(1, 101):
            await worlds[0].told_of(f"C{number}", user(number), number)

        counts = await asyncio.gather(*(world.dispatcher.run_once(DUE) for world in worlds))

        assert sum(counts) == 100
        chats = [chat for world in worlds for chat, _ in world.telegram.taken]
        assert sorted(chats) == [*range(1, 101)]


@pytest.mark.postgres
async def test_only_the_elected_of_two_workers_dispatches(postgres_url: str, cipher: Cipher) -> None:
    async with open_storage(postgres_url, cipher) as second:
        standby = World(second)
        async with open_storage(postgres_url, cipher) as first:
            leader = World(first)
            await leader.told_of("Initech", user(), 1)
            await leader.told_of("Acme", user(2), 2)
            assert await leader.dispatcher.run_once(DUE - SECOND) == 0
            assert await standby.dispatcher.run_once(DUE) == 0
        assert await standby.dispatcher.run_once(DUE) == 2  # the leader is gone
