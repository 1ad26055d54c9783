"""A link that opens a Telegram chat with a draft typed in; nothing is sent by opening it."""

import re
from typing import NamedTuple
from urllib.parse import quote

#: Nobody documents how long the address of a button may be, and clients cut long ones: 2,000 characters go
#: through everywhere. A Cyrillic letter takes six of them, so some 300 fit.
MOST = 2000
_USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")


class ChatLink(NamedTuple):
    """Where a chat opens, and whether the draft is typed in there."""

    url: str
    has_draft: bool


def chat_link(username: str, draft: str) -> ChatLink | None:
    """Return the link to somebody's chat, without the draft where it is too long; None: no such username."""
    if not _USERNAME.fullmatch(username):
        return None
    url = f"https://t.me/{username}"
    typed = f"{url}?text={quote(draft, safe='', errors='replace')}"
    return ChatLink(typed, has_draft=True) if draft and len(typed) <= MOST else ChatLink(url, has_draft=False)
