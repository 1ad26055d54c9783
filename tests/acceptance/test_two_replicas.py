"""Two applications on one PostgreSQL: any message to either, every reminder once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random

import pytest
from chat_driver import Chat
from story import unhurried

from bot.application import BotApplication, build_application
from bot.clock import SettableClock
from bot.config import Settings
from bot.domain.vacancy import Channel, Role, RoleType, Who
from bot.sandbox.chats import Person
from bot.sandbox.request import SandboxRequest
from bot.sandbox.telegram import InMemoryTelegram
from bot.storage import open_storage
from bot.storage.crypto import load_key

pytestmark = pytest.mark.postgres
USERS = range(50_001, 50_201)


@pytest.fixture
async def replicas(
    telegram: InMemoryTelegram, clock: SettableClock, postgres_url: str, tmp_path: Path, errors: object
) -> AsyncIterator[list[BotApplication]]:
    """Two bots as two processes would be: nothing shared but the database and Telegram."""
    cipher = load_key(None, tmp_path / "key")
    settings = Settings(bot_token="1:sandbox", database_url=postgres_url, key_file=tmp_path / "key")
    async with AsyncExitStack() as running:
        applications = []
        for _ in range(2):
            storage = await running.enter_async_context(open_storage(postgres_url, cipher))
            application = build_application(settings, storage, clock, SandboxRequest(telegram), unhurried())
            applications.append(await running.enter_async_context(application))
        yield applications


async def test_200_of_200_dialogs_finish_right(
    telegram: InMemoryTelegram, replicas: list[BotApplication], clock: SettableClock
) -> None:
    for user_id in USERS:
        telegram.state.add_person(Person(id=user_id, first_name="User", language_code="en"))

    await asyncio.gather(*(_tell(Wanderer(telegram, replicas, user_id)) for user_id in USERS))

    finished = [await replicas[0].services.storage.vacancies.all(user_id) for user_id in USERS]
    assert [len(vacancies) for vacancies in finished] == [1] * len(USERS)
    for user_id, (vacancy,) in zip(USERS, finished, strict=True):
        (contact,), promise = vacancy.contacts, vacancy.promise
        assert promise
        assert (vacancy.company, vacancy.position, vacancy.role_type, vacancy.seq) == (
            (f"Firm {user_id}", f"post {user_id}", RoleType.ORDINARY, 1)
        )
        assert (contact.role, contact.name, promise.who, promise.channel) == (
            (Role.HR, f"Jane {user_id}", Who.EMPLOYER, Channel.PHONE)
        )

    due = await replicas[0].dispatcher.next_due()
    assert due
    clock.move_to(due)
    before = {user_id: len(_letters(telegram, user_id)) for user_id in USERS}
    await asyncio.gather(*(application.dispatcher.run_once(clock.now()) for application in replicas))
    assert {user_id: len(_letters(telegram, user_id)) - before[user_id] for user_id in USERS} == (
        dict.fromkeys(USERS, 1)
    )


async def test_messages_of_one_user_at_the_same_moment_keep_every_answer(
    telegram: InMemoryTelegram, replicas: list[BotApplication]
) -> None:
    """Taps that race each other on both replicas: one of them counts, the others are stale."""
    user_id = USERS[0]
    telegram.state.add_person(Person(id=user_id, first_name="User", language_code="en"))
    await _tell(Wanderer(telegram, replicas, user_id))
    storage = replicas[0].services.storage
    (vacancy,) = await storage.vacancies.all(user_id)

    chats = [Chat(telegram, application, user_id) for application in (*replicas, *replicas)]
    await asyncio.gather(*(chat.tap(f"re:{vacancy.id}:{vacancy.seq}:vague:0") for chat in chats))

    (after,) = await storage.vacancies.all(user_id)
    assert len(after.answers) == 1
    stale = replicas[0].services.catalogues.texts("en").plain("stale.button")
    assert sorted(chat.toast.text for chat in chats if chat.toast) == ["", stale, stale, stale]


class Wanderer(Chat):
    """A user whose every message reaches another replica than the one before, or the same: who knows."""

    def __init__(self, telegram: InMemoryTelegram, replicas: list[BotApplication], user_id: int) -> None:
        super().__init__(telegram, replicas[0], user_id)
        self._replicas = replicas
        self._chance = Random(user_id)

    async def _deliver(self, update: dict) -> None:
        self.application = self._chance.choice(self._replicas)
        await super()._deliver(update)


async def _tell(chat: Wanderer) -> None:
    await chat.send("/interview")
    await chat.send(f"Firm {chat.user_id}")
    await chat.click("Just now")
    await chat.send(f"post {chat.user_id}")
    await chat.click("HR")
    await chat.send(f"Jane {chat.user_id}")
    await chat.click("⏩ Straight to the promise")
    await chat.send("2026-07-17")
    await chat.click("They contact me")
    await chat.click("📞 By phone")


def _letters(telegram: InMemoryTelegram, user_id: int) -> list[object]:
    return [
        posted
        for posted in telegram.state.chats[user_id].posted.values()
        if "Send a thank-you" in posted.wire.get("text", "") and "Saved" not in posted.wire["text"]
    ]
