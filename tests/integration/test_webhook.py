"""The webhook and the health page: only Telegram gets in, and only what is done is answered 200."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any

import msgspec
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from inflow import Desk, Hasty, desk_application

from bot.clock import SettableClock
from bot.config import Webhook
from bot.errors import ConfigError, StorageError
from bot.intake import Intake
from bot.sandbox.telegram import InMemoryTelegram
from bot.supervision import Pulse
from bot.web.health import health_routes
from bot.web.server import LARGEST_BODY, serve
from bot.web.webhook import SECRET_HEADER, webhook_routes

ANNA, BORIS = 1001, 1002
WEBHOOK = Webhook("https://bot.example.org/hook", "Quiet_secret-1")
PROOF = {SECRET_HEADER: WEBHOOK.secret}

Client = TestClient[web.Request, web.Application]


@pytest.fixture
def telegram() -> InMemoryTelegram:
    return InMemoryTelegram(SettableClock())


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def client(telegram: InMemoryTelegram, desk: Desk) -> AsyncIterator[Client]:
    async with (
        desk_application(telegram, desk) as application,
        client_of(webhook_routes(WEBHOOK, Intake(application))) as client,
    ):
        yield client


@asynccontextmanager
async def client_of(routes: list[web.RouteDef]) -> AsyncIterator[Client]:
    app = web.Application(client_max_size=LARGEST_BODY)
    app.add_routes(routes)
    async with TestClient(TestServer(app)) as client:
        yield client


async def deliver(client: Client, update: Any) -> int:
    """Post an update as Telegram does; return the status of the answer."""
    body = update if isinstance(update, bytes) else msgspec.json.encode(update)
    async with client.post(WEBHOOK.path, data=body, headers=PROOF) as response:
        assert await response.text() in {"", "503: Service Unavailable"}
        return response.status


async def test_the_answer_comes_after_the_effects(
    telegram: InMemoryTelegram, desk: Desk, client: Client
) -> None:
    desk.gates["one"] = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        delivery = group.create_task(deliver(client, telegram.people.say(ANNA, "one")))
        await desk.beginning.get()
        assert await deliver(client, telegram.people.say(BORIS, "two")) == 200
        assert not delivery.done()
        desk.gates["one"].set()
    assert delivery.result() == 200
    assert await desk.take(2) == ["two", "one"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {SECRET_HEADER: ""},
        {SECRET_HEADER: "quiet_secret-1"},
        {SECRET_HEADER: WEBHOOK.secret + "1"},
        {SECRET_HEADER: "caf\u00e9"},
        {"Authorization": WEBHOOK.secret},
    ],
)
async def test_without_the_secret_nothing_is_even_read(
    telegram: InMemoryTelegram, desk: Desk, client: Client, headers: dict[str, str]
) -> None:
    body = msgspec.json.encode(telegram.people.say(ANNA, "forged"))
    async with client.post(WEBHOOK.path, data=body, headers=headers) as response:
        assert response.status == 403
    assert desk.begun == []


async def test_bytes_that_are_no_text_are_no_secret_either(client: Client) -> None:
    reader, writer = await asyncio.open_connection(client.host, client.port)
    head = b"POST /hook HTTP/1.1\r\nHost: bot\r\nContent-Length: 0\r\nConnection: close\r\n"
    writer.write(head + SECRET_HEADER.encode() + b": \xff\xfe\r\n\r\n")
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    assert answer.split(b" ")[1] == b"403"


@pytest.mark.parametrize(
    "body",
    [
        b"{not json",
        b"",
        b"\xff",
        b"[" * 100_000,
        b"[]",
        b"7",
        b"{}",
        b'{"update_id": 7, "message": {"text": "secret words"}}',
        b'{"update_id": "7", "message": null}',
    ],
)
async def test_what_cannot_be_read_is_set_aside_and_jams_nothing(
    telegram: InMemoryTelegram, desk: Desk, client: Client, caplog: pytest.LogCaptureFixture, body: bytes
) -> None:
    assert await deliver(client, body) == 200
    assert await deliver(client, telegram.people.say(ANNA, "one")) == 200
    assert desk.begun == ["one"]
    assert "is set aside" in caplog.text
    assert "secret words" not in caplog.text


async def test_a_database_that_is_down_makes_telegram_deliver_again(
    telegram: InMemoryTelegram, desk: Desk, client: Client
) -> None:
    desk.errors["one"] = deque([StorageError("down")] * 5)
    update = telegram.people.say(ANNA, "one")
    assert [await deliver(client, update) for _ in range(6)] == [503] * 5 + [200]
    assert await desk.take(1) == ["one"]


async def test_an_update_that_fails_by_itself_jams_its_chat_for_two_tries_only(
    telegram: InMemoryTelegram, desk: Desk, client: Client
) -> None:
    desk.errors["bad"] = deque([ValueError("a bug")] * 9)
    update = telegram.people.say(ANNA, "bad")
    assert [await deliver(client, update) for _ in range(3)] == [503, 503, 200]


async def test_a_body_beyond_any_update_is_refused(desk: Desk, client: Client) -> None:
    async with client.post(WEBHOOK.path, data=BytesIO(b" " * (LARGEST_BODY + 1)), headers=PROOF) as response:
        assert response.status == 413
    assert desk.begun == []


async def test_nothing_else_is_served(client: Client) -> None:
    async with client.get(WEBHOOK.path) as response:
        assert response.status == 405
    async with client.post("/", headers=PROOF) as response:
        assert response.status == 404


@pytest.mark.parametrize(
    ("error", "age", "ready", "live"),
    [
        (None, 0.0, (200, {"database": True, "poller": True}), (200, {"poller": True})),
        (None, 121.0, (503, {"database": True, "poller": False}), (503, {"poller": False})),
        (StorageError("down"), 0.0, (503, {"database": False, "poller": True}), (200, {"poller": True})),
        (ConnectionRefusedError(), 0.0, (503, {"database": False, "poller": True}), (200, {"poller": True})),
    ],
)
async def test_health_tells_what_works(
    error: Exception | None,
    age: float,
    ready: tuple[int, dict[str, bool]],
    live: tuple[int, dict[str, bool]],
) -> None:
    moments = iter([0.0, *[age] * 2])

    async def database_answers() -> None:
        if error:
            raise error

    routes = health_routes(database_answers, {"poller": Pulse(120, lambda: next(moments))})
    async with client_of(routes) as client:
        for path, (status, checks) in {"/health": ready, "/health/live": live}.items():
            async with client.get(path) as response:
                assert (response.status, await response.json()) == (status, {"checks": checks})


async def test_the_server_ends_on_request_and_frees_its_port(unused_port: int) -> None:
    for _ in range(2):
        ending = Hasty()
        async with asyncio.TaskGroup() as group:
            group.create_task(serve([], unused_port, ending, "127.0.0.1"))
            ending.request()


async def test_a_taken_port_is_named() -> None:
    taken = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0)
    port = taken.sockets[0].getsockname()[1]
    async with taken:
        with pytest.raises(ConfigError, match=rf"^PORT {port} cannot be used: .*in use"):
            await serve([], port, Hasty(), "127.0.0.1")


@pytest.fixture
async def unused_port() -> int:
    server = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0)
    async with server:
        return int(server.sockets[0].getsockname()[1])
