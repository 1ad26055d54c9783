"""The chat page: serves the in-memory Telegram to a browser on this machine, and only there."""

import webbrowser
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import msgspec
from aiohttp import web

from bot.clock import SettableClock
from bot.sandbox.acts import ACTS, Act
from bot.sandbox.refusals import JSON, ApiError
from bot.sandbox.screen import Screen
from bot.sandbox.telegram import InMemoryTelegram

_STATIC = Path(__file__).with_name("static")
_LOOPBACK = "127.0.0.1"
#: Nothing is loaded from elsewhere, nothing in a chat can run as a script, nobody can frame the page.
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
#: A file of 20 MB, the most a bot can download, as base64 in JSON.
_LARGEST_BODY = 28 * 1024 * 1024
#: What is due may have nothing to say, a quiet week for one.
_MOST_JUMPS = 60
_PICTURES = {"image/png", "image/jpeg"}


def build_page(
    telegram: InMemoryTelegram,
    clock: SettableClock,
    next_due: Callable[[], Awaitable[datetime | None]],
    tick: Callable[[], Awaitable[None]],
) -> web.Application:
    """Return the web application of the chat page.

    `next_due` tells when the next reminder comes, `tick` lets the dispatcher work at the clock's new time.
    """
    page = _Page(telegram, clock, next_due, tick)
    application = web.Application(middlewares=[_own_page_only], client_max_size=_LARGEST_BODY)
    application.on_response_prepare.append(_harden)
    application.on_shutdown.append(page.end)
    application.router.add_get("/", page.index)
    application.router.add_get("/api/state", page.state)
    application.router.add_get("/api/events", page.events)
    application.router.add_get("/api/files/{file_id}", page.file)
    application.router.add_post("/api/clock", page.move_clock)
    application.router.add_post("/api/read", page.read)
    for name, act in ACTS.items():
        application.router.add_post(f"/api/{name}", partial(_act, telegram, act))
    application.router.add_static("/static", _STATIC)
    return application


@asynccontextmanager
async def serve(page: web.Application, *, port: int = 0, browse: bool = False) -> AsyncIterator[str]:
    """Serve the page on the loopback address while the context lasts; yields its URL.

    Port 0 takes any free one. `browse` opens the system's browser; where there is none, nothing happens.
    """
    runner = web.AppRunner(page, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, _LOOPBACK, port)
        await site.start()
        url = f"http://{_LOOPBACK}:{runner.addresses[0][1]}/"
        if browse:
            with suppress(webbrowser.Error):
                webbrowser.open(url)
        yield url
    finally:
        await runner.cleanup()


class _Page:
    def __init__(
        self,
        telegram: InMemoryTelegram,
        clock: SettableClock,
        next_due: Callable[[], Awaitable[datetime | None]],
        tick: Callable[[], Awaitable[None]],
    ) -> None:
        self._telegram = telegram
        self._clock = clock
        self._next_due = next_due
        self._tick = tick
        self._screen = Screen(telegram.state)

    async def index(self, _: web.Request) -> web.StreamResponse:
        return web.FileResponse(_STATIC / "index.html")

    async def state(self, _: web.Request) -> web.Response:
        return _answer(self._screen.content())

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Push every change as a server-sent event until the browser or the server goes away."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        with self._telegram.state.feed.watch() as changes:
            await response.write(b": hello\n\n")
            while (change := await changes.get())["kind"] != "end":
                try:
                    await response.write(b"data: " + msgspec.json.encode(change) + b"\n\n")
                except ConnectionResetError:
                    break
        return response

    async def end(self, _: web.Application) -> None:
        """Let open event streams end, so that the server can."""
        self._telegram.state.feed.publish("end")

    async def file(self, request: web.Request) -> web.Response:
        """Show a picture; anything else is downloaded, never opened within the page's origin."""
        try:
            upload = self._telegram.state.files.get(request.match_info["file_id"]).upload
        except ApiError as error:
            raise web.HTTPNotFound from error
        response = web.Response(body=upload.content, content_type="application/octet-stream")
        if upload.mime_type in _PICTURES:
            response.content_type = upload.mime_type
        else:
            response.headers["Content-Disposition"] = "attachment"
        return response

    async def move_clock(self, request: web.Request) -> web.Response:
        """Jump to the next reminder, or by so many hours, and let the dispatcher work."""
        hours = (await request.json()).get("hours")
        if hours is None:
            return _answer({"moved": await self._jump()})
        self._clock.advance(timedelta(hours=int(hours)))
        await self._work()
        return _answer({"moved": True})

    async def _jump(self) -> bool:
        """Jump from one due moment to the next until something comes; tell whether the clock was moved."""
        before, moved = self._latest(), False
        for _ in range(_MOST_JUMPS):
            due = await self._next_due()
            if due is None or self._latest() is not before:
                break
            self._clock.move_to(due)
            await self._work()
            moved = True
        return moved

    def _latest(self) -> JSON | None:
        return next(reversed(self._telegram.called("sendMessage")), None)

    async def _work(self) -> None:
        self._telegram.state.feed.publish("clock", now=self._telegram.state.unix_time)
        await self._tick()

    async def read(self, request: web.Request) -> web.Response:
        """Remember how far a conversation was read."""
        seen = await request.json()
        self._screen.mark_read(str(seen["conversation"]), int(seen["message_id"]))
        return _answer({})


async def _act(telegram: InMemoryTelegram, act: Act, request: web.Request) -> web.Response:
    """Do what the person at the page asks; what cannot be done any more is answered 409."""
    body: JSON = await request.json()
    try:
        act(telegram.people, body)
    except (LookupError, ValueError, TypeError) as error:
        return _answer({"problem": str(error)}, status=409)
    return _answer({})


@web.middleware
async def _own_page_only(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuse other sites: a foreign name that points here, and a foreign page that posts here."""
    own = {f"{_LOOPBACK}:{request.url.port}", f"localhost:{request.url.port}"}
    origin = request.headers.get("Origin", "").removeprefix("http://")
    if request.host not in own or (origin and origin not in own):
        raise web.HTTPForbidden
    return await handler(request)


async def _harden(_: web.Request, response: web.StreamResponse) -> None:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)


def _answer(content: JSON, status: int = 200) -> web.Response:
    return web.Response(body=msgspec.json.encode(content), content_type="application/json", status=status)
