"""What every ring of tests can use: a PostgreSQL server for the run, a fresh database for the test."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from itertools import count

import asyncpg
import pytest
from postgres_server import running_postgres

import bot.config  # noqa: F401 - it sets what python-telegram-bot reads from the environment
from bot.storage import migrate

_numbers = count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Run the server once; yield its URL, to be formatted with the `name` of a database."""
    with running_postgres() as url:
        asyncio.run(_make_template(url))
        yield url


@pytest.fixture
async def postgres_url(postgres_server: str) -> AsyncIterator[str]:
    """Yield the URL of a fresh, migrated database."""
    async for url in _fresh_database(postgres_server, template="migrated"):
        yield url


@pytest.fixture
async def empty_postgres_url(postgres_server: str) -> AsyncIterator[str]:
    """Yield the URL of a fresh database with no schema."""
    async for url in _fresh_database(postgres_server, template="template1"):
        yield url


async def _make_template(url: str) -> None:
    await _command(url, "CREATE DATABASE migrated")
    await migrate(url.format(name="migrated"))


async def _fresh_database(url: str, template: str) -> AsyncIterator[str]:
    name = f"test_{next(_numbers)}"
    await _command(url, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    yield url.format(name=name)
    await _command(url, f"DROP DATABASE {name} WITH (FORCE)")


async def _command(url: str, sql: str) -> None:
    connection = await asyncpg.connect(url.format(name="postgres"))
    try:
        await connection.execute(sql)
    finally:
        await connection.close()
