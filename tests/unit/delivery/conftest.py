"""A dispatcher on a fresh SQLite file."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.storage import Storage, open_storage
from bot.storage.crypto import Cipher
from tests.unit.delivery.world import World


@pytest.fixture(scope="session")
def cipher() -> Cipher:
    return Cipher([Fernet.generate_key().decode()])


@pytest.fixture
async def storage(tmp_path: Path, cipher: Cipher) -> AsyncIterator[Storage]:
    async with open_storage(f"sqlite:///{tmp_path}/bot.db", cipher) as storage:
        yield storage


@pytest.fixture
async def world(storage: Storage) -> World:
    return World(storage)
