"""/pause: time off until a day, and being back before it."""

from datetime import datetime
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.callbacks import Away
from bot.context import Context
from bot.conversations import pauses
from bot.errors import StaleButton
from bot.taps import data_of
from bot.views import pause


def commands() -> list[BaseHandler[Update, Context, Any]]:
    """Return the command, which interrupts no dialog."""
    return [CommandHandler("pause", ask)]


def buttons() -> list[BaseHandler[Update, Context, Any]]:
    """Return the buttons of this module; the one for typing is in conversations/typing.py."""
    return [
        CallbackQueryHandler(ask, Away.pattern(choice="ask")),
        CallbackQueryHandler(end, Away.pattern(choice="end")),
        CallbackQueryHandler(begin, Away.pattern()),
    ]


async def ask(_update: Update, context: Context) -> None:
    """Ask until when."""
    context.show(pause.ask(context.texts, context.user, context.now))


async def begin(update: Update, context: Context) -> None:
    """Take the day that was tapped."""
    choice = Away.unpack(data_of(update)).choice
    try:
        until = datetime.fromisoformat(choice)
    except ValueError as error:
        raise StaleButton(choice) from error
    await pauses.begin(context, until.date(), until.time())


async def end(_update: Update, context: Context) -> None:
    """Be back."""
    await pauses.end(context)
