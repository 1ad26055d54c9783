"""What Telegram marks in a text by itself: commands, links, addresses, mentions, phone numbers."""

import re
from collections.abc import Iterator

from bot.sandbox.entities import Marked, utf16_length
from bot.sandbox.refusals import JSON

_PATTERNS = {
    "url": re.compile(r"https?://[^\s<>\"]+[^\s<>\".,!?;:)]", re.IGNORECASE),
    "email": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}"),
    "bot_command": re.compile(r"(?<![\w/@.<])/[A-Za-z0-9_]{1,32}(?:@\w{3,32})?(?!\w)"),
    "mention": re.compile(r"(?<![\w@.])@[A-Za-z][A-Za-z0-9_]{3,31}\b"),
    "phone_number": re.compile(r"(?<![\w+])\+\d[\d ()-]{7,17}\d(?!\w)"),
}
# Inside these nothing is looked for; elsewhere both may hold: a bold link is bold and a link.
_CLOSED = {"code", "pre", "text_link", "date_time"}


def with_detected(marked: Marked) -> Marked:
    """Return a text with the entities that Telegram adds, in the order of their places."""
    closed = [_span(entity) for entity in marked.entities if entity["type"] in _CLOSED]
    added: list[JSON] = []
    for entity in _found(marked.text):
        taken = closed + [_span(other) for other in added]
        if not any(start < _span(entity)[1] and _span(entity)[0] < stop for start, stop in taken):
            added.append(entity)
    every = marked.entities + added
    return Marked(marked.text, sorted(every, key=lambda entity: (entity["offset"], -entity["length"])))


def _found(text: str) -> Iterator[JSON]:
    for kind, pattern in _PATTERNS.items():
        for match in pattern.finditer(text):
            offset = utf16_length(text[: match.start()])
            yield {"offset": offset, "length": utf16_length(match.group()), "type": kind}


def _span(entity: JSON) -> tuple[int, int]:
    return entity["offset"], entity["offset"] + entity["length"]
