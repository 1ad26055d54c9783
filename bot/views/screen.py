"""A screen: one message of the bot, with its buttons and what follows it."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from msgspec import Struct

from bot.callbacks import Callback

#: Telegram takes at most so much to copy.
_MOST_COPIED = 256
#: What a button can open; neither a call nor an e-mail.
_SCHEMES = frozenset({"http", "https", "tg"})


class Button(Struct, frozen=True):
    """A button under a message: it calls the bot with `data`, copies a text or opens a link."""

    label: str
    data: str | None = None
    copies: str | None = None
    url: str | None = None

    @property
    def can_be_shown(self) -> bool:
        """Whether Telegram takes it: for one link that it does not take, it refuses the whole message."""
        return self.url is None or _is_link(self.url)


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


def link_button(label: str, url: str) -> Button:
    """Return a button that opens a link: http, https or tg."""
    return Button(label, url=url)


def rows(buttons: Iterable[Button], width: int = 2) -> Rows:
    """Return the buttons in rows of equal width."""
    flat = tuple(buttons)
    return tuple(flat[start : start + width] for start in range(0, len(flat), width))


def _is_link(url: str) -> bool:
    try:
        link = urlsplit(url)
    except ValueError:
        return False
    is_whole = bool(link.netloc) and not any(map(str.isspace, url)) and url.isprintable()
    return link.scheme in _SCHEMES and is_whole
