"""The command line: each mode starts, works and ends; a wrong setting is one line and exit code 2."""

import asyncio
import re
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest
from bot_api import PROJECT, TOKEN, bot_process, serving

from bot.config import SHAPES
from bot.runtime import warn_of_sqlite

ANNA = 1001
SECRET = "Quiet_secret-1"
#: Libraries that take long to import; they are loaded where they are first used.
HEAVY = {
    "asyncpg",
    "dateparser",
    "holidays",
    "icalendar",
    "jinja2",
    "matplotlib",
    "phonenumbers",
    "playwright",
    "pymorphy3",
    "rapidfuzz",
}


def database(folder: Path) -> Path:
    """Return where a bot with this home keeps its database."""
    return folder / ".local" / "share" / "five-touches" / "five-touches.sqlite3"


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def left_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def free_port() -> int:
    server = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0)
    async with server:
        return int(server.sockets[0].getsockname()[1])


@pytest.mark.parametrize("command", ["run", "web", "worker", "migrate", "check", "backup"])
async def test_the_help_knows_every_command(tmp_path: Path, command: str) -> None:
    async with bot_process(tmp_path, "--help") as bot:
        code, out, err = await bot.ended()
    assert (code, err) == (0, "")
    assert re.search(rf"^ +{command} ", out, re.MULTILINE)


@pytest.mark.parametrize("arguments", [(), ("fly",), ("run", "--fast")])
async def test_a_wrong_command_is_exit_code_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    async with bot_process(tmp_path, *arguments) as bot:
        code, out, err = await bot.ended()
    assert (code, out) == (2, "")
    assert err.startswith("usage: ")


@pytest.mark.parametrize(
    ("command", "environ", "line"),
    [
        ("run", {"BOT_TOKEN": "mistyped-value"}, f"BOT_TOKEN should {SHAPES['BOT_TOKEN']}"),
        ("run", {"DATABASE_URL": "mistyped-value"}, f"DATABASE_URL should {SHAPES['DATABASE_URL']}"),
        ("run", {"BOT_TOKEN": TOKEN, "DATA_KEY": "mistyped-value"}, f"DATA_KEY should {SHAPES['DATA_KEY']}"),
        ("migrate", {"LOG_LEVEL": "mistyped-value"}, f"LOG_LEVEL should {SHAPES['LOG_LEVEL']}"),
        ("worker", {}, f"BOT_TOKEN is missing: it should {SHAPES['BOT_TOKEN']}"),
        ("web", {"BOT_TOKEN": TOKEN}, f"WEBHOOK_URL is missing: it should {SHAPES['WEBHOOK_URL']}"),
        (
            "web",
            {"BOT_TOKEN": TOKEN, "WEBHOOK_URL": "https://bot.example.org"},
            f"WEBHOOK_SECRET is missing: it should {SHAPES['WEBHOOK_SECRET']}",
        ),
        (
            "backup",
            {"DATABASE_URL": "postgresql://db/five"},
            "DATABASE_URL names a PostgreSQL database: back it up with pg_dump",
        ),
    ],
)
async def test_a_wrong_setting_is_one_line_and_exit_code_2(
    tmp_path: Path, command: str, environ: dict[str, str], line: str
) -> None:
    async with bot_process(tmp_path, command, **environ) as bot:
        code, out, err = await bot.ended()
    assert (code, out) == (2, "")
    assert [row for row in err.splitlines() if " WARNING " not in row] == [line]


async def test_a_token_that_telegram_refuses_is_exit_code_2(tmp_path: Path) -> None:
    async with serving() as api:
        other = TOKEN.replace("A", "B")
        async with bot_process(tmp_path, "run", BOT_TOKEN=other, TELEGRAM_API_URL=api.url) as bot:
            code, _, err = await bot.ended()
    assert code == 2
    assert err.splitlines()[-1].startswith("BOT_TOKEN was refused by Telegram")
    assert other not in err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_polling_works_ends_on_request_and_never_tells_the_token(
    tmp_path: Path, number: signal.Signals
) -> None:
    async with serving() as api:
        api.telegram.people.say(ANNA, "/start")
        settings = {"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api.url, "LOG_LEVEL": "DEBUG"}
        async with bot_process(tmp_path, "run", **settings) as bot:
            await api.called("sendMessage")
            await api.called("setMyCommands")
            bot.signal(number)
            code, out, err = await bot.ended()
    assert (code, out) == (0, "")
    assert api.telegram.state.updates.pending == []
    assert TOKEN not in err
    assert " ERROR " not in err
    assert " DEBUG " in err


async def test_what_is_in_hand_is_finished_and_acknowledged(tmp_path: Path) -> None:
    async with serving() as api:
        api.held["sendMessage"] = asyncio.Event()
        api.telegram.people.say(ANNA, "/start")
        async with bot_process(tmp_path, "run", BOT_TOKEN=TOKEN, TELEGRAM_API_URL=api.url) as bot:
            await api.asked("sendMessage")
            bot.signal(signal.SIGTERM)
            await bot.read_until("finishing what is in hand")
            api.held["sendMessage"].set()
            code, _, _ = await bot.ended()
    assert code == 0
    assert api.telegram.state.updates.pending == []


async def test_a_second_signal_ends_at_once_and_the_update_comes_again(tmp_path: Path) -> None:
    async with serving() as api:
        api.held["sendMessage"] = asyncio.Event()
        api.telegram.people.say(ANNA, "/start")
        async with bot_process(tmp_path, "run", BOT_TOKEN=TOKEN, TELEGRAM_API_URL=api.url) as bot:
            await api.asked("sendMessage")
            bot.signal(signal.SIGTERM)
            await bot.read_until("finishing what is in hand")
            bot.signal(signal.SIGTERM)
            code, _, _ = await bot.ended()
    assert code == -signal.SIGTERM
    assert len(api.telegram.state.updates.pending) == 1


async def test_no_network_at_start_is_waited_for(tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{await free_port()}"
    async with bot_process(tmp_path, "run", BOT_TOKEN=TOKEN, TELEGRAM_API_URL=address) as bot:
        read = await bot.read_until("getMe")
        bot.signal(signal.SIGTERM)
        code, _, err = await bot.ended()
    assert code == 0
    assert "again in 1 seconds" in read
    assert TOKEN not in read + err


async def test_nothing_heavy_is_imported_before_the_first_update(tmp_path: Path) -> None:
    async with serving() as api:
        environ = {"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api.url}
        async with bot_process(tmp_path, "run", options=("-X", "importtime"), **environ) as bot:
            await api.asked("getUpdates")
            bot.signal(signal.SIGTERM)
            _, _, err = await bot.ended()
    imported = {
        line.rpartition("|")[2].strip() for line in err.splitlines() if line.startswith("import time:")
    }
    assert {"telegram.ext", "aiosqlite"} <= imported
    assert {name.partition(".")[0] for name in imported} & HEAVY == set()


async def test_a_database_in_use_is_exit_code_1(tmp_path: Path) -> None:
    async with serving() as api:
        environ = {"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api.url}
        async with bot_process(tmp_path, "run", **environ) as first:
            await api.asked("getUpdates")
            async with bot_process(tmp_path, "worker", **environ) as second:
                code, _, err = await second.ended()
            first.signal(signal.SIGTERM)
            await first.ended()
    assert code == 1
    last = err.splitlines()[-1].partition(" CRITICAL ")[2]
    assert last == f"bot: the bot ends: {database(tmp_path)} is already served by another process of the bot"


async def test_a_webhook_takes_updates_and_stays_when_the_process_ends(tmp_path: Path) -> None:
    port = await free_port()
    async with serving() as api, aiohttp.ClientSession(f"http://127.0.0.1:{port}") as telegram:
        environ = {
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": api.url,
            "WEBHOOK_URL": "https://bot.example.org/hook",
            "WEBHOOK_SECRET": SECRET,
            "PORT": str(port),
            "LOG_LEVEL": "DEBUG",
        }
        async with bot_process(tmp_path, "web", **environ) as bot:
            read = await bot.read_until(f"serving on port {port}")
            (subscription,) = await api.called("setWebhook")
            update = api.telegram.people.say(ANNA, "/start")
            proof = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
            async with telegram.post("/hook", json=update, headers=proof) as response:
                assert response.status == 200
            assert len(api.telegram.called("sendMessage")) == 1
            async with telegram.post("/hook", json=update) as response:
                assert response.status == 403
            async with telegram.get("/health") as response:
                checks = {"database": True, "dispatcher": True}
                assert (response.status, await response.json()) == (200, {"checks": checks})
            bot.signal(signal.SIGTERM)
            code, _, err = await bot.ended()
    assert code == 0
    assert subscription == {
        "url": "https://bot.example.org/hook",
        "secret_token": SECRET,
        "allowed_updates": ["message", "callback_query", "my_chat_member"],
        "max_connections": 32,
    }
    assert api.telegram.called("deleteWebhook") == []
    assert TOKEN not in read + err
    assert SECRET not in read + err


@pytest.mark.postgres
async def test_on_postgresql_migrate_comes_first_and_web_leaves_reminders_to_the_worker(
    tmp_path: Path, empty_postgres_url: str
) -> None:
    port = await free_port()
    async with serving() as api, aiohttp.ClientSession(f"http://127.0.0.1:{port}") as host:
        environ = {
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": api.url,
            "DATABASE_URL": empty_postgres_url,
            "DATA_KEY": "0" * 43 + "=",  # two processes that start together must not make a key each
            "WEBHOOK_URL": "https://bot.example.org/hook",
            "WEBHOOK_SECRET": SECRET,
            "PORT": str(port),
        }
        async with bot_process(tmp_path, "web", **environ) as bot:
            code, _, err = await bot.ended()
            assert (code, "run `python -m bot migrate` first" in err) == (1, True)
        async with bot_process(tmp_path, "migrate", **environ) as bot:
            assert (await bot.ended())[0] == 0
        other_port = await free_port()
        async with (
            bot_process(tmp_path, "worker", **environ | {"PORT": str(other_port)}) as worker,
            bot_process(tmp_path, "web", **environ) as bot,
        ):
            await worker.read_until(f"serving on port {other_port}")  # by now it takes signals
            await bot.read_until(f"serving on port {port}")
            async with host.get("/health") as response:
                assert (response.status, await response.json()) == (200, {"checks": {"database": True}})
            for process in (worker, bot):
                process.signal(signal.SIGTERM)
            assert [(await process.ended())[0] for process in (worker, bot)] == [0, 0]


async def test_a_taken_port_is_exit_code_2(tmp_path: Path) -> None:
    taken = await asyncio.start_server(lambda _reader, _writer: None, "0.0.0.0", 0)
    port = taken.sockets[0].getsockname()[1]
    async with taken, serving() as api:
        environ = {"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api.url, "PORT": str(port)}
        async with bot_process(tmp_path, "worker", **environ) as bot:
            code, _, err = await bot.ended()
    assert code == 2
    assert err.splitlines()[-1].startswith(f"PORT {port} cannot be used: ")


async def test_a_worker_tells_its_health_where_a_port_is_given(tmp_path: Path) -> None:
    port = await free_port()
    async with serving() as api, aiohttp.ClientSession(f"http://127.0.0.1:{port}") as host:
        environ = {"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api.url, "PORT": str(port)}
        async with bot_process(tmp_path, "worker", **environ) as bot:
            await bot.read_until(f"serving on port {port}")
            async with host.get("/health/live") as response:
                assert (response.status, await response.json()) == (200, {"checks": {"dispatcher": True}})
            bot.signal(signal.SIGTERM)
            code, _, _ = await bot.ended()
    assert code == 0
    assert api.telegram.called("getUpdates") == []


async def test_without_a_token_the_sandbox_opens_and_leaves_nothing_behind(tmp_path: Path) -> None:
    async with bot_process(tmp_path, "run", TMPDIR=str(tmp_path)) as bot:
        url = (await bot.line()).split()[-1]
        async with aiohttp.ClientSession() as browser, browser.get(url) as page:
            assert (page.status, page.content_type) == (200, "text/html")
        bot.signal(signal.SIGTERM)
        code, _, err = await bot.ended()
    assert code == 0
    assert " ERROR " not in err
    assert left_in(tmp_path) == []


async def test_a_database_is_migrated_and_backed_up(tmp_path: Path) -> None:
    async with bot_process(tmp_path, "migrate") as bot:
        assert await bot.ended() == (0, "the database has the newest schema\n", "")
    copy = tmp_path / "copy.sqlite3"
    async with bot_process(tmp_path, "backup", str(copy)) as bot:
        code, out, err = await bot.ended()
    assert (code, err) == (0, "")
    assert out == f"copied to {copy}; keep the key elsewhere, the copy cannot be read without it\n"
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    assert rows(copy, tables) == rows(database(tmp_path), tables)
    async with bot_process(tmp_path, "backup") as bot:
        code, _, _ = await bot.ended()
    assert (code, len(list(database(tmp_path).parent.glob("*.backup")))) == (0, 1)


async def test_nothing_to_back_up_is_exit_code_1(tmp_path: Path) -> None:
    async with bot_process(tmp_path, "backup") as bot:
        code, _, err = await bot.ended()
    assert code == 1
    assert f"the bot ends: there is no database at {database(tmp_path)}" in err


async def test_the_texts_and_letters_that_come_with_the_bot_are_complete(tmp_path: Path) -> None:
    async with bot_process(tmp_path, "check") as bot:
        assert await bot.ended() == (0, "texts, letters and tips: no problems\n", "")


@pytest.mark.parametrize(
    ("version", "warned"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 52, 0), False),
    ],
)
def test_sqlite_versions_that_can_corrupt_their_log(
    caplog: pytest.LogCaptureFixture, version: tuple[int, int, int], warned: bool
) -> None:
    warn_of_sqlite(version)
    assert len(caplog.records) == warned


def test_the_files_for_hosts_name_commands_that_exist() -> None:
    lines = (PROJECT / "Procfile").read_text("utf-8").splitlines()
    assert lines == [
        "release: python -m bot migrate",
        "web: python -m bot web",
        "worker: python -m bot worker",
    ]
    assert 'CMD ["python", "-m", "bot", "run"]' in (PROJECT / "Dockerfile").read_text("utf-8").splitlines()


def test_the_example_names_every_variable() -> None:
    example = (PROJECT / ".env.example").read_text("utf-8")
    assert set(re.findall(r"^#([A-Z_]+)=", example, re.MULTILINE)) == set(SHAPES)
