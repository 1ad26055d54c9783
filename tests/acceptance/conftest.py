"""The stage of every story: a frozen clock, a checked in-memory Telegram, the whole bot, two people."""

import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from chat_driver import Chat
from story import ENGLISH, NOW, PEOPLE, RUSSIAN, Errors, Person, Scene, introduce

from bot.clock import SettableClock
from bot.sandbox.contract import Contract
from bot.sandbox.description import DescriptionContract
from bot.sandbox.telegram import InMemoryTelegram
from bot.storage.crypto import load_key

DESCRIPTION = Path(__file__).parents[3] / "shared" / "bot-api.json"


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(NOW, frozen=True)


@pytest.fixture
def errors() -> Iterator[Errors]:
    """Fail a story in which the bot logs an error nobody expects."""
    handler = Errors()
    logging.getLogger("bot").addHandler(handler)
    yield handler
    logging.getLogger("bot").removeHandler(handler)
    assert handler.found == []


@pytest.fixture(scope="session")
def description() -> list[Contract]:
    """Read the description of the Bot API, where there is one, once for all stories."""
    return [DescriptionContract(DESCRIPTION)] if DESCRIPTION.exists() else []


@pytest.fixture
def telegram(clock: SettableClock, description: list[Contract]) -> Iterator[InMemoryTelegram]:
    """Fail a story in which Telegram refuses a call nobody expects."""
    telegram = InMemoryTelegram(clock)
    telegram._contracts.extend(description)
    yield telegram
    assert list(telegram.refusals) == []


@pytest.fixture
async def scene(
    telegram: InMemoryTelegram, clock: SettableClock, errors: Errors, tmp_path: Path
) -> AsyncIterator[Scene]:
    scene = Scene(
        telegram, clock, errors, f"sqlite:///{tmp_path}/bot.sqlite3", load_key(None, tmp_path / "key")
    )
    await scene.start()
    yield scene
    await scene.stop()


@pytest.fixture(params=["ru", "en"])
def person(request: pytest.FixtureRequest) -> Person:
    """Somebody who speaks the language of this run of the story."""
    return PEOPLE[request.param]


@pytest.fixture
async def chat(scene: Scene, person: Person) -> Chat:
    """The chat of somebody who has been introduced."""
    chat = scene.chat(person)
    await introduce(chat, person)
    return chat


@pytest.fixture
async def anna(scene: Scene) -> Chat:
    """The chat of Anna, who speaks Russian and has been introduced."""
    chat = scene.chat(RUSSIAN)
    await introduce(chat, RUSSIAN)
    return chat


@pytest.fixture
async def emma(scene: Scene) -> Chat:
    """The chat of Emma, who speaks English and has been introduced."""
    chat = scene.chat(ENGLISH)
    await introduce(chat, ENGLISH)
    return chat
