"""What the user reads when a handler fails; everything unexpected is logged and reported to the owner."""

import logging

from telegram import Update
from telegram.ext import ApplicationHandlerStop

from bot.context import CURRENT, Context
from bot.errors import InvalidAnswer, NotFound, StaleButton, StorageError
from bot.views import notices

logger = logging.getLogger(__name__)


async def answer(update: object, context: Context) -> None:
    """Answer kindly; nothing the failed handler wanted to change is changed."""
    error = context.error
    if CURRENT.get(None) is None:
        logger.error("update failed", exc_info=error, extra={"action": "update_failed"})
        return
    context.session.discard()
    match error:
        case StaleButton():
            _decline(update, context, context.texts.plain("stale.button"))
        case NotFound():
            _decline(update, context, context.texts.plain("stale.gone"))
        case InvalidAnswer():
            _decline(update, context, context.texts.plain(error.key, **error.values))
        case StorageError() | OSError():
            context.session.failure = error  # the update is not acknowledged and comes again
        case _:
            logger.error("update failed", exc_info=error, extra={"action": "update_failed"})
            context.show(notices.sorry(context.texts))
            if error:
                await context.services.tell_owner(error)
    raise ApplicationHandlerStop  # no handler of another group works on an update that failed


def _decline(update: object, context: Context, why: str) -> None:
    """Answer a tap with a toast; a text with a message, and what it was to answer is over."""
    if isinstance(update, Update) and update.callback_query:
        context.session.toast = why
        return
    if dialog := context.session.dialog:
        context.session.leave(dialog.name)
    context.show(notices.declined(context.texts, why))
