"""A Bot API on the loopback address over an in-memory Telegram, and the bot as a process that talks to it."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web
from telegram.error import NetworkError

from bot.clock import SettableClock
from bot.sandbox.refusals import JSON, ApiError
from bot.sandbox.telegram import InMemoryTelegram

TOKEN = "123456789:" + "AAHd-4_xyz" * 3 + "AAHd4"
PROJECT = Path(__file__).parents[2]


class BotApi:
    """Serves the in-memory Telegram by HTTP; wakes whoever waits for a call."""

    def __init__(self) -> None:
        self.telegram = InMemoryTelegram(SettableClock())
        self.url = ""
        #: Called after each answered call with its method.
        self.then: Callable[[str], None] = lambda _method: None
        #: Calls of these methods are answered only when the event is set.
        self.held: dict[str, asyncio.Event] = {}
        self._asked: set[str] = set()
        self._news = asyncio.Event()

    async def asked(self, method: str) -> None:
        """Wait until the bot asks for a method, answered or not."""
        await self._until(lambda: method in self._asked)

    async def called(self, method: str, times: int = 1) -> list[JSON]:
        """Wait until a method was called so often; return the parameters of all its calls."""
        await self._until(lambda: len(self.telegram.called(method)) >= times)
        return self.telegram.called(method)

    async def acknowledged(self) -> None:
        """Wait until no update is left."""
        await self._until(lambda: not self.telegram.state.updates.pending)

    async def _until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not holds():
                self._news.clear()
                await self._news.wait()

    async def answer(self, request: web.Request) -> web.Response:
        """Carry out one call of the bot."""
        method = request.match_info["method"]
        if request.match_info["token"] != TOKEN:
            return web.json_response(ApiError(401, "Unauthorized").payload(), status=401)
        parameters = await request.json() if request.can_read_body else {}
        self._asked.add(method)
        # Also for a call that takes its time: asking for updates confirms the ones before.
        asyncio.get_running_loop().call_soon(self._news.set)
        if method in self.held:
            await self.held[method].wait()
        try:
            result = await self.telegram.call(method, parameters)
        except ApiError as error:
            return web.json_response(error.payload(), status=error.code)
        except NetworkError:
            request.transport.abort()  # type: ignore[union-attr] # it is connected
            raise
        self.then(method)
        self._news.set()
        return web.json_response({"ok": True, "result": result})


@asynccontextmanager
async def serving() -> AsyncIterator[BotApi]:
    """Serve a Bot API for the length of the context."""
    api = BotApi()
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", api.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    api.url = "http://{}:{}".format(*runner.addresses[0][:2])
    try:
        yield api
    finally:
        await runner.cleanup()


class BotProcess:
    """`python -m bot …` with nothing of this machine's environment but what a test gives it."""

    def __init__(self, process: Process) -> None:
        self._process = process

    def signal(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    def kill(self) -> None:
        """End it without warning."""
        self._process.kill()

    async def line(self) -> str:
        """Return the next line on stdout."""
        assert self._process.stdout
        return (await asyncio.wait_for(self._process.stdout.readline(), 20)).decode()

    async def read_until(self, words: str) -> str:
        """Return stderr up to the line with these words."""
        assert self._process.stderr
        read = ""
        async with asyncio.timeout(20):
            while words not in read:
                line = await self._process.stderr.readline()
                assert line, f"ended without {words!r}: {read}"
                read += line.decode()
        return read

    async def ended(self) -> tuple[int, str, str]:
        """Wait for the end; return exit code, stdout and stderr."""
        out, err = await asyncio.wait_for(self._process.communicate(), 15)
        assert self._process.returncode is not None
        return self._process.returncode, out.decode(), err.decode()


@asynccontextmanager
async def bot_process(
    folder: Path, *arguments: str, options: tuple[str, ...] = (), **environ: str
) -> AsyncIterator[BotProcess]:
    """Start the bot in a folder of its own; it is killed if the context ends before it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *options, "-m", "bot", *arguments),
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(PROJECT), **environ},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=PIPE,
        stderr=PIPE,
        limit=2**20,
    )
    try:
        yield BotProcess(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()
