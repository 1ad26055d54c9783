"""The user's own data: what is stored, all of it as a file, all of it deleted."""

from typing import Any

import msgspec
from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.callbacks import Erase
from bot.context import Context
from bot.taps import data_of
from bot.views import notices


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Return the handlers of this module."""
    return [
        CommandHandler("privacy", show_privacy),
        CommandHandler("export", export),
        CommandHandler("delete", ask),
        CallbackQueryHandler(erase, Erase.pattern(answer="yes")),
        CallbackQueryHandler(keep, Erase.pattern(answer="no")),
    ]


async def show_privacy(_update: Update, context: Context) -> None:
    """Say what is stored and why."""
    context.show(notices.privacy(context.texts))


async def export(_update: Update, context: Context) -> None:
    """Hand over everything that is stored."""
    stored = await context.services.storage.users.export(context.user.id)
    content = msgspec.json.format(msgspec.json.encode(stored), indent=2)
    context.show(notices.exported(context.texts, content))


async def ask(_update: Update, context: Context) -> None:
    """Ask once before everything is deleted."""
    vacancies = await context.services.storage.vacancies.all(context.user.id)
    context.show(notices.ask_erase(context.texts, len(vacancies)))


async def erase(update: Update, context: Context) -> None:
    """Delete everything."""
    Erase.unpack(data_of(update))
    context.session.erase = True
    context.show(notices.erased(context.texts))


async def keep(_update: Update, context: Context) -> None:
    """Delete nothing."""
    context.show(notices.kept(context.texts))
