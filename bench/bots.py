"""The programs that are measured, each in its own process: our bot free of Telegram's limits, and its peers.

    python -m bench.bots <name> <argument>...

What measures itself prints a Rate, or a number of microseconds, as JSON.
"""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import msgspec
from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, ApplicationBuilder, CallbackContext, ExtBot, MessageHandler, filters

from bench.example import MONDAY, pushed
from bench.processes import TOKEN
from bench.report import Rate
from bot.transport import AiohttpRequest
from bot.views.screen import Button

TEXT = "You have an interview to follow up."


def say(result: object) -> None:
    """Print a result for whoever started this process."""
    sys.stdout.write(msgspec.json.encode(result).decode())


class Stopwatch:
    """Measures wall and CPU time of this process."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def rate(self, number: int) -> Rate:
        """Return the rate of so many things done since the start."""
        wall, cpu = time.perf_counter() - self._wall, time.process_time() - self._cpu
        return Rate(number / wall, cpu / number * 1e6)


def echo(api: str) -> None:
    """Echo texts with python-telegram-bot as it comes: its transport, its polling, one update at a time."""
    _echo(ApplicationBuilder(), api)


def echo_on_our_transport(api: str) -> None:
    """Echo texts with python-telegram-bot as it comes, but for the transport."""
    _echo(ApplicationBuilder().request(AiohttpRequest()).get_updates_request(AiohttpRequest()), api)


def _echo(builder: ApplicationBuilder[Any, Any, Any, Any, Any, Any], api: str) -> None:
    async def answer(update: Update, _context: CallbackContext[Any, Any, Any, Any]) -> None:
        if update.message:
            await update.message.reply_text(update.message.text or "")

    application = builder.token(TOKEN).base_url(f"{api}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, answer))
    application.run_polling()


@asynccontextmanager
async def our_application(api: str, database: str, key: str, now: datetime) -> AsyncIterator[Any]:
    """Hold the bot as its composition root puts it together, with a clock of ours and no limits."""
    from bot.application import build_application
    from bot.clock import SettableClock
    from bot.config import Settings
    from bot.delivery.pacing import Pacing
    from bot.memory import settle
    from bot.storage import open_storage
    from bot.storage.crypto import Cipher
    from bot.tips import Tips

    unhurried = Pacing(second=0)  # it runs in full, only its waits are zero
    settings = Settings(
        bot_token=TOKEN, database_url=database, telegram_api_url=api, data_key=key, key_file=Path("unused")
    )
    async with open_storage(database, Cipher([key])) as storage:
        application = build_application(settings, storage, SettableClock(now), pacing=unhurried)
        # A tip is one more message, and one reply an update is what the echo gives.
        application.services = replace(application.services, tips=Tips((), {}))
        async with application:
            settle()
            yield application


async def our_bot(api: str, database: str, key: str) -> None:
    """Poll and dispatch, as `python -m bot run` does."""
    from bot.intake import Intake
    from bot.polling import Poller
    from bot.supervision import Ending, supervise

    ending = Ending()
    ending.on_signals()
    async with our_application(api, database, key, MONDAY) as application:
        poller = Poller(application.bot, Intake(application))
        await supervise(ending, {"poller": poller.run, "dispatcher": application.ticker.run})


async def our_reminders(api: str, database: str, key: str, now: str) -> None:
    """Send all that is due at a moment."""
    moment = datetime.fromisoformat(now)
    async with our_application(api, database, key, moment) as application:
        watch = Stopwatch()
        say(watch.rate(await application.dispatcher.run_once(moment)))


async def send_lines(api: str, number: str) -> None:
    """Send one line of text, again and again."""
    await _send_loop(api, int(number), {"text": TEXT})


async def send_letters(api: str, number: str) -> None:
    """Send the message that our dispatcher sends, again and again."""
    screen = pushed()
    keyboard = [[_library_button(button) for button in row] for row in screen.keyboard]
    await _send_loop(api, int(number), {"text": screen.text, "reply_markup": InlineKeyboardMarkup(keyboard)})


def _library_button(button: Button) -> InlineKeyboardButton:
    """Return a button as a bot without values of its own would hold it."""
    if button.copies is not None:
        return InlineKeyboardButton(button.label, copy_text=CopyTextButton(button.copies))
    return InlineKeyboardButton(button.label, callback_data=button.data)


async def _send_loop(api: str, number: int, message: dict[str, Any]) -> None:
    """Send with python-telegram-bot's Bot; as many messages are under way as our dispatcher has."""
    from bot.delivery.dispatcher import Options

    chats = iter(range(1, number + 1))
    bot: ExtBot[None] = ExtBot(TOKEN, base_url=f"{api}/bot", request=AiohttpRequest())

    async def send() -> None:
        for chat in chats:
            await bot.send_message(chat, parse_mode="HTML", **message)

    async with bot:
        await bot.send_message(1, TEXT)
        watch = Stopwatch()
        async with asyncio.TaskGroup() as group:
            for _ in range(Options().concurrency):
                group.create_task(send())
        say(watch.rate(number))


async def job_queue(api: str, number: str) -> None:
    """Send messages from one-shot jobs of python-telegram-bot's JobQueue that are due together.

    With its default grace it would lose most of them, so it has none here.
    """
    done, left = asyncio.Event(), int(number)

    async def send(context: CallbackContext[Any, Any, Any, Any]) -> None:
        nonlocal left
        await context.bot.send_message(context.job.chat_id, TEXT)
        left -= 1
        if not left:
            done.set()

    application: Application[Any, Any, Any, Any, Any, Any]
    application = ApplicationBuilder().token(TOKEN).base_url(f"{api}/bot").updater(None).build()
    async with application:
        await application.start()
        # Later than the last of them is added: adding costs 0.1 ms and is not measured.
        due = datetime.now(UTC) + timedelta(seconds=1 + int(number) / 2000)
        for chat in range(1, int(number) + 1):
            application.job_queue.run_once(send, due, chat_id=chat, job_kwargs={"misfire_grace_time": None})
        await asyncio.sleep((due - datetime.now(UTC)).total_seconds())
        watch = Stopwatch()
        await done.wait()
        say(watch.rate(int(number)))
        await application.stop()


async def idle(api: str, database: str, key: str, now: str, polls: str) -> None:
    """Poll for reminders when none is due; print the microseconds of the median poll."""
    moment = datetime.fromisoformat(now)
    async with our_application(api, database, key, moment) as application:
        taken = []
        for _ in range(int(polls)):
            before = time.perf_counter()
            if await application.dispatcher.run_once(moment):
                raise RuntimeError("a reminder was due")
            taken.append(time.perf_counter() - before)
        say(median(taken) * 1e6)


PROGRAMS: dict[str, Callable[..., Any]] = {
    program.__name__: program
    for program in (
        echo,
        echo_on_our_transport,
        our_bot,
        our_reminders,
        send_lines,
        send_letters,
        job_queue,
        idle,
    )
}

if __name__ == "__main__":
    name, *arguments = sys.argv[1:]
    started = PROGRAMS[name](*arguments)
    if started:
        asyncio.run(started)
