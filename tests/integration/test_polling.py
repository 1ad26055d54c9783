"""Polling: nothing is acknowledged before it is done, and nothing jams what comes behind it."""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from inflow import Desk, Hasty, desk_application

from bot.clock import SettableClock
from bot.errors import ConfigError, StorageError
from bot.intake import ALLOWED_UPDATES, Intake
from bot.polling import HOLD, Poller
from bot.sandbox.telegram import InMemoryTelegram

ANNA, BORIS = 1001, 1002


@pytest.fixture
def telegram() -> InMemoryTelegram:
    telegram = InMemoryTelegram(SettableClock())
    assert {ANNA, BORIS} <= set(telegram.state.people)
    return telegram


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def ending() -> Hasty:
    return Hasty()


@asynccontextmanager
async def polling(telegram: InMemoryTelegram, desk: Desk, ending: Hasty) -> AsyncIterator[Poller]:
    """Poll beside the block; at its end the poller is asked to end, and has ended afterwards."""
    async with desk_application(telegram, desk) as application, asyncio.TaskGroup() as group:
        poller = Poller(application.bot, Intake(application))
        group.create_task(poller.run(ending))
        yield poller
        ending.request()


def waiting(telegram: InMemoryTelegram) -> list[str]:
    """Return the texts that Telegram holds because nobody acknowledged them."""
    return [update["message"].get("text", "") for update in telegram.state.updates.pending]


async def test_an_update_is_acknowledged_only_after_it_is_done(
    telegram: InMemoryTelegram, desk: Desk, ending: Hasty
) -> None:
    desk.gates["one"] = asyncio.Event()
    telegram.people.say(ANNA, "one")
    telegram.people.say(BORIS, "two")
    async with polling(telegram, desk, ending):
        assert await desk.take(1) == ["two"]
        assert waiting(telegram) == ["one", "two"]
        desk.gates["one"].set()
        assert await desk.take(1) == ["one"]
    assert waiting(telegram) == []


async def test_what_is_asked_of_telegram(telegram: InMemoryTelegram, desk: Desk, ending: Hasty) -> None:
    telegram.people.say(ANNA, "one")
    async with polling(telegram, desk, ending):
        await desk.take(1)
    first, *_, last = telegram.called("getUpdates")
    asked = {"limit": 100, "timeout": HOLD, "allowed_updates": list(ALLOWED_UPDATES)}
    assert first == asked
    assert last == {**asked, "limit": 1, "timeout": 0, "offset": 2}


async def test_users_are_served_side_by_side_each_in_order(
    telegram: InMemoryTelegram, desk: Desk, ending: Hasty
) -> None:
    desk.gates["a1"] = asyncio.Event()
    for user, text in [(ANNA, "a1"), (ANNA, "a2"), (BORIS, "b1"), (ANNA, "a3"), (BORIS, "b2")]:
        telegram.people.say(user, text)
    async with polling(telegram, desk, ending):
        assert await desk.take(2) == ["b1", "b2"]
        assert desk.begun == ["a1", "b1", "b2"]
        desk.gates["a1"].set()
        assert await desk.take(3) == ["a1", "a2", "a3"]


@pytest.mark.parametrize(
    "message",
    [
        {"text": "secret words"},
        {"message_id": 1, "date": "noon", "chat": {"id": 1, "type": "private"}, "text": "secret words"},
        "secret words",
        ["secret words"],
        {
            "message_id": 1,
            "date": 0,
            "chat": {"id": 1, "type": "private"},
            "from": {"id": [1], "is_bot": False, "first_name": "secret words"},
        },
    ],
)
async def test_an_unreadable_update_is_set_aside_and_its_neighbours_are_handled(
    telegram: InMemoryTelegram, desk: Desk, ending: Hasty, caplog: pytest.LogCaptureFixture, message: object
) -> None:
    telegram.people.say(ANNA, "one")
    telegram.state.updates.put("message", message)  # type: ignore[arg-type] # malformed on purpose
    telegram.people.say(ANNA, "three")
    async with polling(telegram, desk, ending):
        assert await desk.take(2) == ["one", "three"]
    assert (telegram.state.updates.pending, ending.pauses) == ([], [])
    assert "update 2 is set aside" in caplog.text
    assert "secret words" not in caplog.text


async def test_updates_without_a_number_do_not_make_a_hot_loop(
    telegram: InMemoryTelegram, desk: Desk
) -> None:
    telegram.state.updates.pending.append({"message": "no number"})
    ending = Hasty(most=4)
    async with polling(telegram, desk, ending):
        await ending.wait()
    assert ending.pauses == [1, 2, 4, 8]


async def test_trouble_on_the_way_is_borne_with_growing_pauses(
    telegram: InMemoryTelegram, desk: Desk, ending: Hasty
) -> None:
    telegram.failures.disconnect("getUpdates", times=2)
    telegram.failures.time_out("getUpdates")
    telegram.failures.break_down("getUpdates", times=3)
    telegram.failures.flood("getUpdates", retry_after=70)
    telegram.people.say(ANNA, "one")
    async with polling(telegram, desk, ending):
        assert await desk.take(1) == ["one"]
    assert ending.pauses == [1, 2, 4, 8, 16, 30, 70]


async def test_a_lost_answer_repeats_nothing(telegram: InMemoryTelegram, desk: Desk, ending: Hasty) -> None:
    telegram.people.say(ANNA, "one")
    async with polling(telegram, desk, ending):
        await desk.take(1)
        telegram.failures.time_out("getUpdates", after_effect=True)
        telegram.people.say(ANNA, "two")
        assert await desk.take(1) == ["two"]
    assert desk.begun == ["one", "two"]


async def test_a_second_poller_is_reported_in_words(
    telegram: InMemoryTelegram, desk: Desk, ending: Hasty, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.failures.refuse("getUpdates", 409, "Conflict: terminated by other getUpdates request")
    telegram.people.say(ANNA, "one")
    async with polling(telegram, desk, ending):
        assert await desk.take(1) == ["one"]
    reports = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert reports == ["another process polls with the same token; only one may, stop the other one"]
    assert ending.pauses == [1]


async def test_a_webhook_left_behind_is_removed_and_nothing_is_dropped(
    telegram: InMemoryTelegram, desk: Desk, ending: Hasty
) -> None:
    telegram.state.webhook = {"url": "https://bot.example.org"}
    telegram.people.say(ANNA, "one")
    async with polling(telegram, desk, ending):
        assert await desk.take(1) == ["one"]
    assert [call.get("drop_pending_updates", False) for call in telegram.called("deleteWebhook")] == [False]


@pytest.mark.parametrize("code", [401, 404])
async def test_a_refused_token_ends_polling(
    telegram: InMemoryTelegram, desk: Desk, ending: Hasty, code: int
) -> None:
    telegram.failures.refuse("getUpdates", code, "Unauthorized")
    async with desk_application(telegram, desk) as application:
        with pytest.raises(ConfigError, match=r"^BOT_TOKEN was refused by Telegram"):
            await Poller(application.bot, Intake(application)).run(ending)


@pytest.mark.parametrize("error", [StorageError("locked"), ConnectionRefusedError("no database")])
async def test_what_the_database_could_not_take_comes_again_in_order_and_alone(
    telegram: InMemoryTelegram, desk: Desk, ending: Hasty, error: Exception
) -> None:
    desk.errors["a2"] = deque([error] * 5)
    for user, text in [(ANNA, "a1"), (ANNA, "a2"), (BORIS, "b1"), (ANNA, "a3")]:
        telegram.people.say(user, text)
    async with polling(telegram, desk, ending):
        assert sorted(await desk.take(2)) == ["a1", "b1"]
        assert await desk.take(2) == ["a2", "a3"]
    assert ending.pauses == [1, 2, 4, 8, 16]
    assert sorted(desk.begun) == ["a1", *["a2"] * 6, "a3", "b1"]
    assert waiting(telegram) == []


async def test_an_update_that_fails_by_itself_is_set_aside_at_the_third_time(
    telegram: InMemoryTelegram, desk: Desk, ending: Hasty, caplog: pytest.LogCaptureFixture
) -> None:
    desk.errors["bad"] = deque([ValueError("a bug")] * 9)
    for text in ["bad", "good"]:
        telegram.people.say(ANNA, text)
    async with polling(telegram, desk, ending):
        assert await desk.take(1) == ["good"]
    assert (desk.begun, ending.pauses) == (["bad", "bad", "bad", "good"], [1, 2])
    assert caplog.messages == ["update 1 failed and comes again"] * 2 + ["update 1 failed and is set aside"]


async def test_what_the_database_refuses_while_it_takes_others_is_set_aside_too(
    telegram: InMemoryTelegram, desk: Desk, ending: Hasty
) -> None:
    # A row of this user that cannot be decrypted, for one: waiting for it would jam everybody in the end.
    desk.errors["bad"] = deque([StorageError("no key fits")] * 9)
    telegram.people.say(ANNA, "bad")
    async with polling(telegram, desk, ending):
        for text in ["b1", "b2", "b3"]:
            telegram.people.say(BORIS, text)
            assert await desk.take(1) == [text]
        telegram.people.say(ANNA, "good")
        assert await desk.take(1) == ["good"]
    assert waiting(telegram) == []


async def test_the_end_waits_for_the_batch_in_hand(
    telegram: InMemoryTelegram, desk: Desk, ending: Hasty
) -> None:
    desk.gates["one"] = asyncio.Event()
    telegram.people.say(ANNA, "one")
    telegram.people.say(ANNA, "two")
    async with polling(telegram, desk, ending):
        await desk.beginning.get()
        ending.request()
        telegram.people.say(ANNA, "too late")
        desk.gates["one"].set()
    assert desk.begun == ["one", "two"]
    assert waiting(telegram) == ["too late"]


async def test_a_batch_whose_acknowledgement_fails_at_the_end_stays_with_telegram(
    telegram: InMemoryTelegram, desk: Desk, ending: Hasty, caplog: pytest.LogCaptureFixture
) -> None:
    desk.gates["one"] = asyncio.Event()
    telegram.people.say(ANNA, "one")
    async with polling(telegram, desk, ending):
        await desk.beginning.get()
        telegram.failures.disconnect("getUpdates")
        ending.request()
        desk.gates["one"].set()
    assert waiting(telegram) == ["one"]
    assert caplog.messages == ["the last batch could not be acknowledged; it comes again and changes nothing"]


async def test_numbers_that_start_again_hide_nothing(telegram: InMemoryTelegram, desk: Desk) -> None:
    # After a week without updates Telegram picks the next number at random.
    async with desk_application(telegram, desk) as application:
        poller = Poller(application.bot, Intake(application))
        for last_number, text in [(5000, "one"), (70, "two")]:
            telegram.state.updates._last_id = last_number
            telegram.people.say(ANNA, text)
            async with asyncio.TaskGroup() as group:
                ending = Hasty()
                group.create_task(poller.run(ending))
                assert await desk.take(1) == [text]
                ending.request()
    assert [call["offset"] for call in telegram.called("getUpdates") if call["timeout"] == 0] == [5002, 72]
    assert telegram.state.updates.pending == []


async def test_the_pulse_follows_the_work(telegram: InMemoryTelegram, desk: Desk, ending: Hasty) -> None:
    telegram.people.say(ANNA, "one")
    async with polling(telegram, desk, ending) as poller:
        await desk.take(1)
        assert poller.pulse.alive
