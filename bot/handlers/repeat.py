"""An update that Telegram brings again although it is done: where the user stands is shown once more."""

from typing import Any

from telegram import Update
from telegram.ext import ApplicationHandlerStop, TypeHandler

from bot.context import Context
from bot.handlers.home import today
from bot.handlers.resuming import resume

#: Before every other handler: what is done must not be done again.
GROUP = -1


def handler() -> TypeHandler[Update, Context, Any]:
    """Return the handler of this module."""
    return TypeHandler(Update, answer_again)


async def answer_again(_update: Update, context: Context) -> None:
    """Answer an update whose effects are committed; nothing changes."""
    if not context.session.is_repeated:
        return
    if not resume(context):
        await today(context)
    raise ApplicationHandlerStop
