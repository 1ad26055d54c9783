import asyncio

import pytest
from telegram.error import Conflict
from telegram.ext import ExtBot

from bot.sandbox.telegram import InMemoryTelegram

Bot = ExtBot[None]
ANNA = 1001


async def ids(bot: Bot, **options: object) -> list[int]:
    return [update.update_id for update in await bot.get_updates(**options)]  # type: ignore[arg-type]  # by name


async def test_updates_come_again_until_confirmed(bot: Bot, telegram: InMemoryTelegram) -> None:
    for text in ("a", "b", "c"):
        telegram.people.say(ANNA, text)
    assert await ids(bot, limit=2) == [1, 2]
    assert await ids(bot) == [1, 2, 3]
    assert await ids(bot, offset=3) == [3]
    assert await ids(bot) == [3]
    assert await ids(bot, offset=4) == []


async def test_a_negative_offset_takes_the_latest_and_forgets_the_rest(
    bot: Bot, telegram: InMemoryTelegram
) -> None:
    for text in ("a", "b", "c"):
        telegram.people.say(ANNA, text)
    assert await ids(bot, offset=-1) == [3]
    assert await ids(bot) == [3]


async def test_long_polling_wakes_with_the_first_update(bot: Bot, telegram: InMemoryTelegram) -> None:
    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        polling = tasks.create_task(ids(bot, timeout=60))
        tasks.create_task(_say_soon(telegram))
    assert polling.result() == [1]


async def test_long_polling_ends_by_itself_and_by_cancelling(bot: Bot, telegram: InMemoryTelegram) -> None:
    assert await telegram.state.updates.fetch(0, 100, 0.01) == []
    async with asyncio.TaskGroup() as tasks:
        polling = tasks.create_task(ids(bot, timeout=60))
        tasks.create_task(_cancel_soon(polling))
    assert polling.cancelled()
    telegram.people.say(ANNA, "later")
    assert await ids(bot, timeout=60) == [1]


async def test_a_second_poller_ends_the_first(bot: Bot, telegram: InMemoryTelegram) -> None:
    async def first() -> None:
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await ids(bot, timeout=60)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(first())
        second = tasks.create_task(ids(bot, timeout=60))
        tasks.create_task(_say_soon(telegram))
    assert second.result() == [1]


async def test_only_the_kinds_asked_for_are_kept(bot: Bot, telegram: InMemoryTelegram) -> None:
    assert await ids(bot, allowed_updates=["callback_query"]) == []
    telegram.people.say(ANNA, "unheard")
    assert await ids(bot) == []
    assert await ids(bot, allowed_updates=[]) == []
    telegram.people.say(ANNA, "heard")
    assert await ids(bot) == [2]


async def test_a_webhook_excludes_polling(bot: Bot, telegram: InMemoryTelegram) -> None:
    await bot.set_webhook("https://bot.example/hook", allowed_updates=["message"])
    telegram.people.say(ANNA, "a")
    information = await bot.get_webhook_info()
    assert (information.url, information.pending_update_count) == ("https://bot.example/hook", 1)
    with pytest.raises(Conflict, match="use deleteWebhook to delete the webhook first"):
        await ids(bot)
    await bot.delete_webhook(drop_pending_updates=True)
    assert await ids(bot) == []


async def _say_soon(telegram: InMemoryTelegram) -> None:
    await asyncio.sleep(0)
    telegram.people.say(ANNA, "a")


async def _cancel_soon(task: asyncio.Task[list[int]]) -> None:
    await asyncio.sleep(0)
    task.cancel()
