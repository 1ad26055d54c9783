"""Groups: one line and a link to the private chat, nothing else."""

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, MessageHandler, filters

from bot.context import Context
from bot.views import notices


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Return the handlers of this module; whatever comes from a group ends here."""
    return [
        MessageHandler(filters.ChatType.GROUPS & filters.COMMAND, invite),
        MessageHandler(filters.ChatType.GROUPS | filters.ChatType.CHANNEL, ignore),
    ]


async def invite(_update: Update, context: Context) -> None:
    """Say where the bot talks."""
    context.show(notices.only_private(context.texts, context.bot.username))


async def ignore(_update: Update, _context: Context) -> None:
    """Do nothing: the talk of a group is none of the bot's business."""
