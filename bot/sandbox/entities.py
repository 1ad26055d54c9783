"""Telegram's HTML read the way its server reads it: markup to plain text and entities.

Offsets and lengths are UTF-16 code units. One thing is stricter than the server: an ampersand that begins
no entity is refused, because it means that somebody forgot to escape.
"""

import re
from itertools import groupby

from msgspec import Struct

from bot.sandbox.refusals import JSON, ApiError, bad_request
from bot.sandbox.tags import entity_of

_VALUE = r"""(?:"[^"]*"|'[^']*'|[^\s"'<>=]+)"""
_START = re.compile(rf"<([A-Za-z][A-Za-z0-9-]*)((?:\s+[A-Za-z-]+(?:={_VALUE})?)*)\s*>")
_ATTRIBUTE = re.compile(rf"([A-Za-z-]+)(?:=({_VALUE}))?")
_END = re.compile(r"</([A-Za-z][A-Za-z0-9-]*)?\s*>")
_SPECIAL = re.compile("[<&]")
_REFERENCE = re.compile(r"&(?:(lt|gt|amp|quot)|#([0-9]{1,7})|#[xX]([0-9A-Fa-f]{1,6}));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


class Marked(Struct, frozen=True):
    """A text with its entities."""

    text: str
    entities: list[JSON]


def utf16_length(text: str) -> int:
    """Return how many UTF-16 code units a text takes: Telegram counts lengths and offsets in them."""
    return len(text.encode("utf-16-le")) // 2


def parse_html(source: str) -> Marked:
    """Return the text and the entities of Telegram's HTML.

    Raises:
        ApiError: "can't parse entities", with the place as a byte offset.
    """
    return _Reader(source).read()


def trimmed(marked: Marked) -> Marked:
    """Return a text without the blank space at its ends, which Telegram cuts off, and its entities moved."""
    text = marked.text.strip()
    cut = utf16_length(marked.text) - utf16_length(marked.text.lstrip())
    end = utf16_length(text)
    moved = []
    for entity in marked.entities:
        start = max(entity["offset"] - cut, 0)
        stop = min(entity["offset"] - cut + entity["length"], end)
        if stop > start:
            moved.append({**entity, "offset": start, "length": stop - start})
    return Marked(text, moved)


class _Open(Struct):
    tag: str
    offset: int
    entity: JSON | None


class _Reader:
    """One pass over the markup; `_done` is the text so far in pieces, `_length` its UTF-16 length."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._done: list[str] = []
        self._length = 0
        self._open: list[_Open] = []
        self._entities: list[JSON] = []

    def read(self) -> Marked:
        while self._at < len(self._source):
            character = self._source[self._at]
            if character == "<":
                self._take_tag()
            elif character == "&":
                self._take_reference()
            else:
                self._take_text()
        if self._open:
            raise _unparsable(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        return Marked("".join(self._done), _tidy(self._entities))

    def _append(self, text: str) -> None:
        self._done.append(text)
        self._length += utf16_length(text)

    def _take_text(self) -> None:
        found = _SPECIAL.search(self._source, self._at)
        end = found.start() if found else len(self._source)
        self._append(self._source[self._at : end])
        self._at = end

    def _take_reference(self) -> None:
        match = _REFERENCE.match(self._source, self._at)
        character = _referred(match) if match else None
        if match is None or character is None:
            raise _unparsable(f"Unsupported or unescaped character reference {self._here()}")
        self._append(character)
        self._at = match.end()

    def _take_tag(self) -> None:
        if end := _END.match(self._source, self._at):
            self._close((end.group(1) or "").lower())
            self._at = end.end()
        elif start := _START.match(self._source, self._at):
            self._begin(start.group(1).lower(), start.group(2))
            self._at = start.end()
        else:
            raise _unparsable(f"Unclosed start tag {self._here()}")

    def _begin(self, tag: str, attributes: str) -> None:
        try:
            entity = entity_of(tag, _attributes(attributes))
        except ValueError as error:
            raise _unparsable(f"{error} {self._here()}") from error
        self._open.append(_Open(tag, self._length, entity))

    def _close(self, tag: str) -> None:
        if not self._open:
            raise _unparsable(f"Unexpected end tag {self._here()}")
        begun = self._open.pop()
        if tag and tag != begun.tag:
            expected = f'expected "</{begun.tag}>", found "</{tag}>"'
            raise _unparsable(f"Unmatched end tag {self._here()}, {expected}")
        length = self._length - begun.offset
        if begun.entity and length:
            self._entities.append({"offset": begun.offset, "length": length, **begun.entity})

    def _here(self) -> str:
        return f"at byte offset {len(self._source[: self._at].encode())}"


def _unparsable(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")


def _attributes(source: str) -> dict[str, str]:
    return {
        name.lower(): _REFERENCE.sub(lambda match: _referred(match) or "", value.strip("\"'"))
        for name, value in _ATTRIBUTE.findall(source)
    }


def _referred(match: re.Match[str]) -> str | None:
    name, decimal, hexadecimal = match.groups()
    if name:
        return _NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    is_character = 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if is_character else None


def _tidy(entities: list[JSON]) -> list[JSON]:
    """Put outer entities before inner ones: of two with the same place, the outer one was closed later."""
    latest_first = entities[::-1]
    ordered = sorted(latest_first, key=lambda entity: (entity["offset"], -entity["length"]))
    groups = groupby(ordered, key=lambda entity: (entity["offset"], entity["length"]))
    return [entity for _, group in groups for entity in _one_block(list(group))]


def _one_block(same: list[JSON]) -> list[JSON]:
    """Give `<pre><code class="language-…">` as one block that knows its language; code alone has none."""
    pre = next((entity for entity in same if entity["type"] == "pre"), None)
    code = next((entity for entity in same if entity["type"] == "code"), {})
    language = code.pop("language", None)
    if not pre:
        return same
    return [{**pre, "language": language} if language else pre]
