"""What the user reads when a handler fails; everything unexpected is logged and reported to the owner."""

import logging

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
            context.session.toast = context.texts.plain("stale.button")
        case NotFound():
            context.session.toast = context.texts.plain("stale.gone")
        case InvalidAnswer():
            context.session.toast = context.texts.plain(error.key, **error.values)
        case StorageError() | OSError():
            context.session.failure = error  # the update is not acknowledged and comes again
        case _:
            logger.error("update failed", exc_info=error, extra={"action": "update_failed"})
            context.show(notices.sorry(context.texts))
            if error:
                await context.services.tell_owner(error)
