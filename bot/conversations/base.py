"""A ConversationHandler whose state lives in the database: the table stays, the memory is taken out."""

import warnings
from collections.abc import Iterator
from typing import Any, NamedTuple

from telegram import Update
from telegram.ext import BaseHandler, ConversationHandler
from telegram.warnings import PTBUserWarning

from bot.context import CURRENT, Context


class Match(NamedTuple):
    """The handler that takes an update, and what its own check found."""

    handler: BaseHandler[Update, Context, Any]
    check: object


class StoredConversationHandler(ConversationHandler[Context]):
    """Declared like any ConversationHandler; a returned step moves the user's stored dialog, END leaves it.

    The session is loaded before any handler is asked (`processor.py`), so that `check_update` needs no I/O.
    """

    def __init__(self, **declaration: Any) -> None:
        with warnings.catch_warnings():
            # Buttons are told apart by the step in their data, so no message has to be tracked.
            warnings.filterwarnings("ignore", "If 'per_message=False'", PTBUserWarning)
            super().__init__(**declaration)

    def check_update(self, update: object) -> Any:
        """Return the match of the first handler that takes the update at the user's step."""
        if not isinstance(update, Update) or CURRENT.get(None) is None:
            return None
        for handler in self._candidates(CURRENT.get().step(self.name or "")):
            check = handler.check_update(update)
            if check is not None and check is not False:
                return Match(handler, check)
        return None

    async def handle_update(
        self, update: Update, application: Any, check_result: Any, context: Context
    ) -> object | None:
        """Run the matched handler and take the step it returns."""
        match: Match = check_result
        step = await match.handler.handle_update(update, application, match.check, context)
        session, name = CURRENT.get(), self.name or ""
        if step == self.END:
            session.leave(name)
        elif step is not None:
            session.move(name, str(step))
        return None

    def _candidates(self, step: str | None) -> Iterator[BaseHandler[Update, Context, Any]]:
        yield from self.entry_points
        if step is not None:
            yield from self.states.get(step, ())
            yield from self.fallbacks
