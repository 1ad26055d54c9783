"""What can be wrong with a finished text, whatever it says: holes, spaces, punctuation, length, phrases."""

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from bot.pack_words import Wording

#: A letter has to leave room for a heading in one Telegram message (4096 UTF-16 units).
BODY_LIMIT = 3900
#: A copy button holds that many characters.
SUBJECT_LIMIT = 256

_IN_A_LINE = {
    "a hole": re.compile(r"\bNone\b|\{\{|\}\}|\{%|%\}|\{#|#\}"),
    "a double space": re.compile(r"\S[ \u00a0]{2,}\S"),
    "a space before punctuation": re.compile(r"[ \u00a0][,.;:!?»”)]|[«(][ \u00a0]"),
    "doubled punctuation": re.compile(r"[,;:][,.;:!?]|[.!?][,.;:]"),
    "empty quotes": re.compile(r"«»|“”|‘’|„“|\"\"|''|\(\)"),
    "a line that starts with punctuation": re.compile(r"^[,.;:!?»”)]"),
    "a line that ends with a space": re.compile(r"\s$"),
    "a word twice": re.compile(r"\b(\w+) \1\b", re.IGNORECASE),
    "a sentence without a capital": re.compile(
        r"[.!?] [a-z\u0430-\u044f\u0451]|^(?:— )?[a-z\u0430-\u044f\u0451].*[.!?]$"
    ),
}
_IN_A_TEXT = {
    "a blank edge": re.compile(r"\A\s|\s\Z"),
    "too many blank lines": re.compile(r"\n{3,}"),
    "a comma at the end": re.compile(r"[,;:]\Z"),
}


class Flaw(Struct, frozen=True):
    """A kind of flaw and the words around it."""

    kind: str
    where: str

    def __str__(self) -> str:
        return f"{self.kind}: “{self.where}”"


def flaws(wording: Wording, forbidden: tuple[str, ...]) -> Iterator[Flaw]:
    """Yield what is wrong with a finished text."""
    if wording.subject is not None:
        yield from _text_flaws(wording.subject, forbidden)
        if len(wording.subject) > SUBJECT_LIMIT or "\n" in wording.subject:
            yield Flaw("the subject is too long", wording.subject[:40])
    yield from _text_flaws(wording.body, forbidden)
    if len(wording.body.encode("utf-16-le")) // 2 > BODY_LIMIT:
        yield Flaw("the text is too long", wording.body[:40])


def _text_flaws(text: str, forbidden: tuple[str, ...]) -> Iterator[Flaw]:
    for kind, pattern in _IN_A_TEXT.items():
        if found := pattern.search(text):
            yield Flaw(kind, _around(text, found))
    for line in text.splitlines():
        yield from _line_flaws(line, forbidden)


@lru_cache(maxsize=10_000)  # combinations of words share most of their lines
def _line_flaws(line: str, forbidden: tuple[str, ...]) -> tuple[Flaw, ...]:
    matches = ((kind, pattern.search(line)) for kind, pattern in _IN_A_LINE.items())
    found = [Flaw(kind, _around(line, match)) for kind, match in matches if match]
    if not _is_paired(line):
        found.append(Flaw("quotes or brackets do not match", line))
    lowered = f" {line.lower()} "
    return (*found, *(Flaw("forbidden", phrase) for phrase in forbidden if phrase in lowered))


def _is_paired(line: str) -> bool:
    """Tell whether what opens is closed; “ opens in English and closes what „ has opened in Russian."""
    count = line.count
    return count("«") == count("»") and count("(") == count(")") and count("“") == count("”") + count("„")


def _around(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - 20) : found.end() + 20]
