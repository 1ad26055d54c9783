"""The lifecycles: polling, webhook, worker, sandbox; each is one composition that lives until told to end."""

import logging
import sqlite3
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from telegram import Bot
from telegram.request import BaseRequest

from bot.application import BotApplication, build_application
from bot.clock import Clock, SettableClock, SystemClock
from bot.config import Settings, Webhook
from bot.intake import ALLOWED_UPDATES, Intake
from bot.memory import settle
from bot.patience import insist
from bot.polling import Poller
from bot.storage import Storage, is_postgres, open_storage
from bot.storage.crypto import load_key
from bot.storage.engine import Query
from bot.supervision import Ending, Pulse, supervise, watch

if TYPE_CHECKING:
    from aiohttp.web import RouteDef

logger = logging.getLogger(__name__)

#: Where `web` listens when PORT does not say.
WEB_PORT = 8080
#: Deliveries that Telegram has under way at once: as many as are processed at once.
CONNECTIONS = 32
#: The in-memory Telegram takes any token.
SANDBOX_TOKEN = "1:sandbox"  # noqa: S105 - opens nothing

Part = Callable[[Ending], Awaitable[None]]


async def run(settings: Settings) -> None:
    """Poll and dispatch in one process."""
    _look_at(settings)
    async with _live(settings, SystemClock()) as live:
        await _poll(live, settings.port)


async def sandbox(settings: Settings) -> None:
    """Do as `run` does, but with an in-memory Telegram, its chat page, and a database to throw away."""
    from cryptography.fernet import Fernet

    from bot.sandbox.page import build_page, serve
    from bot.sandbox.request import SandboxRequest
    from bot.sandbox.telegram import InMemoryTelegram

    clock = SettableClock()
    telegram = InMemoryTelegram(clock)
    with tempfile.TemporaryDirectory(prefix="five-touches-") as folder:
        private = replace(
            settings,
            bot_token=SANDBOX_TOKEN,
            database_url=f"sqlite:///{folder}/sandbox.sqlite3",
            data_key=Fernet.generate_key().decode(),
            port=None,
        )
        async with _live(private, clock, SandboxRequest(telegram)) as live:
            dispatcher = live.application.dispatcher

            async def tick() -> None:
                await dispatcher.run_once(clock.now())

            page = build_page(telegram, clock, dispatcher.next_due, tick)
            # A browser opens of its own accord only for somebody who sits at the terminal.
            async with serve(page, port=settings.port or 0, browse=sys.stdout.isatty()) as url:
                sys.stdout.write(
                    f"No BOT_TOKEN: this is the sandbox, nothing leaves this machine. Open {url}\n"
                )
                sys.stdout.flush()
                await _poll(live, None)


async def web(settings: Settings, *, dispatch: bool) -> None:
    """Take updates by webhook; `dispatch` sends the reminders from here too, as SQLite always needs."""
    from bot.web.webhook import webhook_routes

    _look_at(settings)
    webhook = settings.webhook()
    async with _live(settings, SystemClock()) as live:
        sends = dispatch or not is_postgres(settings.database_url)
        pulses = {"dispatcher": live.application.dispatcher.pulse} if sends else {}
        routes = webhook_routes(webhook, Intake(live.application))
        await supervise(
            live.ending,
            {
                "introduction": partial(_introduce, live.application),
                "subscription": partial(_subscribe, live.application.bot, webhook),
                **({"dispatcher": live.application.ticker.run} if sends else {}),
                **_guards(settings.port or WEB_PORT, live.storage, pulses, routes),
            },
        )


async def worker(settings: Settings) -> None:
    """Send the reminders, for `web` processes elsewhere."""
    _look_at(settings)
    async with _live(settings, SystemClock()) as live:
        await supervise(
            live.ending,
            {
                "dispatcher": live.application.ticker.run,
                **_guards(settings.port, live.storage, {"dispatcher": live.application.dispatcher.pulse}),
            },
        )


def _look_at(settings: Settings) -> None:
    """Warn of what a live bot should not rest on; raises ConfigError without a token."""
    settings.token()
    if not is_postgres(settings.database_url):
        warn_of_sqlite(sqlite3.sqlite_version_info)


class Live(NamedTuple):
    """An application at work, the storage below it, and the request to end."""

    application: BotApplication
    storage: Storage
    ending: Ending


@asynccontextmanager
async def _live(settings: Settings, clock: Clock, request: BaseRequest | None = None) -> AsyncIterator[Live]:
    """Open the storage and an application that knows its bot; close them in the end.

    Raises StorageError for a database that refuses, ConfigError for a wrong key or token.
    """
    ending = Ending()
    ending.on_signals()
    cipher = load_key(settings.data_key, settings.key_file)
    async with open_storage(settings.database_url, cipher) as storage:
        application = build_application(settings, storage, clock, request)
        try:
            # It asks who it is; at boot the network may still be down.
            await insist("getMe", application.initialize, ending)
            settle()
            yield Live(application, storage, ending)
        finally:
            await application.shutdown()
            await application.bot.shutdown()  # the connections also of an application that came not so far


async def _poll(live: Live, port: int | None) -> None:
    poller = Poller(live.application.bot, Intake(live.application))
    pulses = {"poller": poller.pulse, "dispatcher": live.application.dispatcher.pulse}
    await supervise(
        live.ending,
        {
            "poller": poller.run,
            "dispatcher": live.application.ticker.run,
            "introduction": partial(_introduce, live.application),
            **_guards(port, live.storage, pulses),
        },
    )


async def _introduce(application: BotApplication, ending: Ending) -> None:
    """Tell Telegram the bot's commands and texts; meanwhile the bot works."""
    if application.post_init:
        await insist("introduction", partial(application.post_init, application), ending)
    await ending.wait()


async def _subscribe(bot: Bot, webhook: Webhook, ending: Ending) -> None:
    """Tell Telegram where to deliver. Every replica does so at its start, none takes it back at its end."""
    call = partial(
        bot.set_webhook,
        webhook.url,
        secret_token=webhook.secret,
        allowed_updates=ALLOWED_UPDATES,
        max_connections=CONNECTIONS,
    )
    await insist("setWebhook", call, ending)
    await ending.wait()


def _guards(
    port: int | None, storage: Storage, pulses: Mapping[str, Pulse], routes: "Sequence[RouteDef]" = ()
) -> dict[str, Part]:
    """Return the parts that look after the others: the watchdog, and the server, where a port is given."""
    parts: dict[str, Part] = {"watchdog": partial(watch, pulses)}
    if port:
        from bot.web.health import health_routes
        from bot.web.server import serve

        answers = partial(storage.database.read, Query("load_meta", {"name": "schema"}))
        parts["web server"] = partial(serve, [*routes, *health_routes(answers, pulses)], port)
    return parts


def warn_of_sqlite(version: tuple[int, int, int]) -> None:
    """Warn of the versions whose write-ahead log can be corrupted by two connections at once.

    The bot itself writes through one connection only; a shell opened beside it would be the second.
    """
    mended = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    if version >= (3, 7, 0) and not mended:
        logger.warning(
            "SQLite %s has a bug in its write-ahead log, mended in 3.51.3: "
            "do not open the database with other programs while the bot runs",
            ".".join(map(str, version)),
        )
