"""What a tap carries."""

from typing import TypeGuard

from telegram import MaybeInaccessibleMessage, Message, Update


def data_of(update: Update) -> str:
    """Return the callback data of a tap, untrusted."""
    return (update.callback_query.data if update.callback_query else None) or ""


def is_text(message: MaybeInaccessibleMessage | None) -> TypeGuard[Message]:
    """Tell whether another text can take the place of a message: not that of a file."""
    return isinstance(message, Message) and message.text is not None
