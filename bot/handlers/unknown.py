"""Whatever no other handler takes: stale buttons, free text, unknown commands."""

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, MessageHandler, filters

from bot.context import Context
from bot.errors import StaleButton
from bot.handlers.resuming import under_way
from bot.views import notices


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Return the handlers of this module."""
    return [
        CallbackQueryHandler(refuse),
        MessageHandler(filters.UpdateType.MESSAGE, suggest),
    ]


async def refuse(_update: Update, _context: Context) -> None:
    """Answer a button of a question that is over."""
    raise StaleButton


async def suggest(_update: Update, context: Context) -> None:
    """Offer what was probably meant."""
    context.show(notices.unknown(context.texts, under_way(context)))
