"""What a tap carries."""

from telegram import Update


def data_of(update: Update) -> str:
    """Return the callback data of a tap, untrusted."""
    return (update.callback_query.data if update.callback_query else None) or ""
