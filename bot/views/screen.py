"""A screen: one message of the bot, with its buttons and what follows it."""

from collections.abc import Iterable

from msgspec import Struct

from bot.callbacks import Callback

#: Telegram takes at most so much to copy.
_MOST_COPIED = 256


class Button(Struct, frozen=True):
    """A button under a message: it calls the bot with `data`, or copies a text."""

    label: str
    data: str | None = None
    copies: str | None = None


Row = tuple[Button, ...]
Rows = tuple[Row, ...]


class Document(Struct, frozen=True):
    """A file to hand over."""

    name: str
    content: bytes


class Screen(Struct, frozen=True, kw_only=True):
    """One message: Telegram HTML, inline buttons, further messages behind it, a file."""

    text: str
    keyboard: Rows = ()
    #: Sent after it as messages of their own, e.g. a letter in <pre>.
    more: tuple["Screen", ...] = ()
    document: Document | None = None
    #: Without a sound: nothing the user waits for.
    silent: bool = False


def button(label: str, callback: Callback) -> Button:
    """Return a button that calls the bot."""
    return Button(label, data=callback.pack())


def copy_button(label: str, text: str) -> Button:
    """Return a button that copies up to 256 characters."""
    return Button(label, copies=text[:_MOST_COPIED])


def rows(buttons: Iterable[Button], width: int = 2) -> Rows:
    """Return the buttons in rows of equal width."""
    flat = tuple(buttons)
    return tuple(flat[start : start + width] for start in range(0, len(flat), width))
