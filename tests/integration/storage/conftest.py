"""One contract, two databases: every test that asks for `storage` runs on both."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, closing
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from cryptography.fernet import Fernet
from storage_stories import Rows

from bot.storage import Storage, is_postgres, open_storage, sqlite_path
from bot.storage.crypto import Cipher


@pytest.fixture(scope="session")
def cipher() -> Cipher:
    return Cipher([Fernet.generate_key().decode()])


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/bot.db"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
async def storage(database_url: str, cipher: Cipher) -> AsyncIterator[Storage]:
    async with open_storage(database_url, cipher) as storage:
        yield storage


@pytest.fixture
async def two_storages(postgres_url: str, cipher: Cipher) -> AsyncIterator[tuple[Storage, Storage]]:
    async with AsyncExitStack() as stack:
        one = await stack.enter_async_context(open_storage(postgres_url, cipher))
        two = await stack.enter_async_context(open_storage(postgres_url, cipher))
        yield one, two


@pytest.fixture
def rows(database_url: str) -> Rows:
    """Return what tells the rows of a SELECT past the stores, as they are."""

    async def fetch(sql: str) -> list[dict[str, Any]]:
        if is_postgres(database_url):
            connection = await asyncpg.connect(database_url)
            try:
                return [dict(row) for row in await connection.fetch(sql)]
            finally:
                await connection.close()
        with closing(sqlite3.connect(f"file:{sqlite_path(database_url)}?mode=ro", uri=True)) as plain:
            plain.row_factory = sqlite3.Row
            return [dict(row) for row in plain.execute(sql)]

    return fetch
