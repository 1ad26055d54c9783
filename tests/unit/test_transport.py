"""The transport, against HTTP servers on the loopback."""

import asyncio
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import RawTestServer, unused_port
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut

from bot.transport import AiohttpRequest, NotSent, Timeouts, Unanswered, system_proxy

TOKEN = "123456789:AAHd-abcdefghijklmnopqrstuvwxyz012345"
MESSAGE = {"message_id": 7, "date": 1_700_000_000, "chat": {"id": 5, "type": "private"}, "text": "Hi"}

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
IMPATIENT = Timeouts(pool=0.05, connect=5, write=5, read=0.05)


@asynccontextmanager
async def telegram(handler: Handler, request: AiohttpRequest | None = None) -> AsyncIterator[Bot]:
    """Give a bot whose Telegram is this handler."""
    transport = request or AiohttpRequest()
    async with RawTestServer(handler) as server, transport:
        yield Bot(
            TOKEN, base_url=str(server.make_url("/bot")), request=transport, get_updates_request=transport
        )


def answer(result: object) -> web.Response:
    return web.json_response({"ok": True, "result": result})


async def failure(bot: Bot) -> TelegramError:
    with pytest.raises(TelegramError) as raised:
        await bot.send_message(5, "Hi")
    assert TOKEN not in "".join(traceback.format_exception(raised.value))
    return raised.value


async def test_parameters_travel_as_json() -> None:
    seen: list[tuple[str, str, object]] = []

    async def handler(request: web.BaseRequest) -> web.StreamResponse:
        seen.append((request.method, request.path, await request.json()))
        return answer(MESSAGE)

    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Да", callback_data="y")]])
    async with telegram(handler) as bot:
        message = await bot.send_message(5, "Привет & <b>ура</b> 🎉", reply_markup=keyboard)

    assert message.message_id == 7
    expected = {
        "chat_id": 5,
        "text": "Привет & <b>ура</b> 🎉",
        "reply_markup": {"inline_keyboard": [[{"text": "Да", "callback_data": "y"}]]},
    }
    assert seen == [("POST", f"/bot{TOKEN}/sendMessage", expected)]


async def test_a_call_without_parameters_has_an_empty_body() -> None:
    async def handler(request: web.BaseRequest) -> web.StreamResponse:
        assert await request.read() in {b"", b"{}"}
        return answer({"id": 1, "is_bot": True, "first_name": "Five"})

    async with telegram(handler) as bot:
        assert (await bot.get_me()).first_name == "Five"


async def test_files_travel_as_parts_of_a_form() -> None:
    parts: dict[str, object] = {}

    async def handler(request: web.BaseRequest) -> web.StreamResponse:
        for name, part in (await request.post()).items():
            parts[name] = (
                (part.filename, part.content_type, part.file.read())
                if isinstance(part, web.FileField)
                else part
            )
        return answer(MESSAGE)

    async with telegram(handler) as bot:
        await bot.send_document(5, b"BEGIN:VCALENDAR", filename="звонок.ics", caption="Звонок")

    assert parts == {
        "chat_id": "5",
        "caption": "Звонок",
        "document": ("звонок.ics", "text/calendar", b"BEGIN:VCALENDAR"),
    }


async def test_a_file_that_telegram_has_already_travels_as_json() -> None:
    async def handler(request: web.BaseRequest) -> web.StreamResponse:
        assert request.content_type == "application/json"
        return answer(MESSAGE)

    async with telegram(handler) as bot:
        await bot.send_document(5, "a-file-id-of-telegram")


async def test_a_long_poll_waits_longer_than_other_calls() -> None:
    polls = asyncio.Event()

    async def handler(request: web.BaseRequest) -> web.StreamResponse:
        if request.path.endswith("getUpdates"):
            await polls.wait()
        return answer([])

    async with telegram(handler, AiohttpRequest(timeouts=IMPATIENT)) as bot:
        poll = asyncio.ensure_future(bot.get_updates(timeout=10))
        assert isinstance(await bot.delete_my_commands(), list)
        with pytest.raises(TimedOut):
            await bot.get_updates(timeout=0)
        polls.set()
        assert await poll == ()


async def test_a_refusal_of_telegram_is_not_a_failure_of_the_transport() -> None:
    async def handler(_request: web.BaseRequest) -> web.StreamResponse:
        refusal = {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}
        return web.json_response(refusal, status=400)

    async with telegram(handler) as bot:
        error = await failure(bot)

    assert (type(error), error.message) == (BadRequest, "Chat not found")


async def test_a_redirect_is_not_followed() -> None:
    async def handler(request: web.BaseRequest) -> web.StreamResponse:
        assert request.path.startswith("/bot")
        return web.Response(status=302, headers={"Location": "/elsewhere"})

    async with telegram(handler) as bot:
        assert type(await failure(bot)) is NetworkError


async def test_no_answer_in_time_may_have_been_sent() -> None:
    held = asyncio.Event()

    async def handler(_request: web.BaseRequest) -> web.StreamResponse:
        await held.wait()
        return answer(MESSAGE)

    async with telegram(handler, AiohttpRequest(timeouts=IMPATIENT)) as bot:
        error = await failure(bot)
        held.set()

    assert (type(error), type(error.__cause__)) == (TimedOut, Unanswered)


async def test_a_connection_closed_in_the_middle_may_have_been_sent() -> None:
    async def handler(request: web.BaseRequest) -> web.StreamResponse:
        assert request.transport
        request.transport.close()
        return answer(MESSAGE)

    async with telegram(handler) as bot:
        error = await failure(bot)

    assert (type(error), type(error.__cause__)) == (NetworkError, Unanswered)


async def test_half_an_answer_may_have_been_sent() -> None:
    async def handler(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "100"})
        await response.prepare(request)
        await response.write(b'{"ok": true')
        assert request.transport
        request.transport.close()
        return response

    async with telegram(handler) as bot:
        error = await failure(bot)

    assert (type(error), type(error.__cause__)) == (NetworkError, Unanswered)


async def test_a_refused_connection_was_not_sent() -> None:
    async with AiohttpRequest() as transport:
        bot = Bot(TOKEN, base_url=f"http://127.0.0.1:{unused_port()}/bot", request=transport)
        error = await failure(bot)

    assert (type(error), type(error.__cause__)) == (NetworkError, NotSent)
    assert error.message == "ClientConnectorError"


async def test_no_free_connection_was_not_sent() -> None:
    held, arrived = asyncio.Event(), asyncio.Event()

    async def handler(_request: web.BaseRequest) -> web.StreamResponse:
        arrived.set()
        await held.wait()
        return answer(MESSAGE)

    timeouts = Timeouts(pool=0.03, connect=0.02, write=5, read=5)
    async with telegram(handler, AiohttpRequest(connections=1, timeouts=timeouts)) as bot:
        first = asyncio.ensure_future(bot.send_message(5, "Hi"))
        await arrived.wait()
        error = await failure(bot)
        held.set()
        await first

    assert (type(error), type(error.__cause__)) == (TimedOut, NotSent)


async def test_the_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async def proxy(request: web.BaseRequest) -> web.StreamResponse:
        assert request.raw_path == f"http://telegram.invalid/bot{TOKEN}/sendMessage"
        return answer(MESSAGE)

    async with RawTestServer(proxy) as server:
        monkeypatch.setenv("http_proxy", str(server.make_url("/")))
        monkeypatch.setenv("no_proxy", "localhost")
        async with AiohttpRequest(proxy=system_proxy("http://telegram.invalid")) as transport:
            bot = Bot(TOKEN, base_url="http://telegram.invalid/bot", request=transport)
            assert (await bot.send_message(5, "Hi")).message_id == 7
        assert system_proxy("http://localhost:8081") is None


async def test_opening_and_closing_twice_is_harmless() -> None:
    transport = AiohttpRequest()
    await transport.initialize()
    await transport.initialize()
    await transport.shutdown()
    await transport.shutdown()
    with pytest.raises(RuntimeError, match="not initialized"):
        await transport.do_request("http://127.0.0.1/", "POST")
    assert transport.read_timeout == Timeouts().read
