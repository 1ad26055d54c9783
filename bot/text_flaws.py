"""What can be wrong with one text of a screen: empty, short of plural forms, HTML that Telegram refuses."""

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import PoFileError, read_po
from msgspec import Struct

TAGS = frozenset(
    {
        *("b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "span", "tg-spoiler", "a", "tg-emoji"),
        *("tg-time", "code", "pre", "blockquote"),
    }
)
_ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);)")

#: A button wider than this is cut off on a phone.
_LABEL = 40
LABELS = (
    *(
        "button.",
        "channel.",
        "country.",
        "day.",
        "field.",
        "form.",
        "outcome.",
        "own.group.",
        "own.text.",
        "pace.",
    ),
    *("promise_day.",),
    *("role.", "role_type.", "same.", "setting.", "tone.", "when.", "who."),
)
#: What Telegram takes at most, by the beginning of a key; none of these may hold HTML.
_LIMITS = {
    "bot.description": 512,
    "bot.short_description": 120,
    "command.": 256,
    "invalid.": 200,
    "stale.": 200,
    **dict.fromkeys(LABELS, _LABEL),
}


class Text(Struct, frozen=True):
    """One text of one language: a form for each plural, one without."""

    forms: tuple[str, ...]
    is_plural: bool
    #: Another key, for the plural, would never be found.
    plural_key: str | None = None
    is_fuzzy: bool = False

    @property
    def placeholders(self) -> frozenset[str]:
        """The names of the values it is filled with."""
        return frozenset(name for form in self.forms for _, name in parts(form) if name is not None)


def read(path: Path, language: str | None = None) -> Mapping[str, Text]:
    """Return the texts of a catalogue; raises ValueError for one that is not there or cannot be read."""
    try:
        with path.open("rb") as source:
            catalogue = read_po(source, locale=language, abort_invalid=True)
    except (OSError, PoFileError) as error:
        raise ValueError(str(error)) from error
    return dict(_entry(message) for message in catalogue if message.id)


def _entry(message: Message) -> tuple[str, Text]:
    key, plural = (message.id, None) if isinstance(message.id, str) else message.id[:2]
    string = message.string or ""
    forms = (string,) if isinstance(string, str) else tuple(string)
    return key, Text(forms, plural is not None, plural, message.fuzzy)


def flaws(key: str, text: Text, language: str) -> Iterator[str]:
    """Yield what is wrong with a text by itself."""
    if text.is_fuzzy:
        yield "fuzzy"
    if not all(form.strip() for form in text.forms):
        yield "empty"
    wanted = get_plural(language).num_plurals if text.is_plural else 1
    if len(text.forms) != wanted:
        yield f"{len(text.forms)} plural forms instead of {wanted}"
    if text.plural_key not in {None, key}:
        yield "the plural has another key"
    for form in text.forms:
        yield from _misread(form)
        yield from html_problems(form)
    yield from _limits(key, text)


def html_problems(form: str) -> list[str]:
    """Return what Telegram would refuse in a text."""
    reader = _Reader()
    reader.feed(form)
    reader.close()
    problems = [*reader.problems, *(f"<{tag}> is not closed" for tag in reader.open)]
    return [*problems, *(["a bare &"] if _ENTITY.search(form) else [])]


def parts(form: str) -> list[tuple[str, str | None]]:
    """Return the pieces of a text: words, and the name that is filled in after them."""
    try:
        return [(words, name) for words, name, _, _ in Formatter().parse(form)]
    except ValueError:
        return []  # `flaws` tells


def _misread(form: str) -> Iterator[str]:
    try:
        names = [name for _, name, _, _ in Formatter().parse(form) if name is not None]
    except ValueError as error:
        yield str(error)
        return
    yield from (f"{{{name}}} is no name of a value" for name in names if not name.isidentifier())


def _limits(key: str, text: Text) -> Iterator[str]:
    most = next((most for start, most in _LIMITS.items() if key.startswith(start)), None)
    if most is None:
        return
    if any("<" in form for form in text.forms):
        yield "HTML where Telegram takes none"
    longest = max(sum(len(words) for words, _ in parts(form)) for form in text.forms)
    if longest > most:
        yield f"{longest} characters, at most {most}"


class _Reader(HTMLParser):
    """Follows the tags of a text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []
        self.problems: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a tag."""
        if tag not in TAGS:
            self.problems.append(f"<{tag}> is no tag of Telegram")
        elif tag == "a" and [name for name, _ in attrs] != ["href"]:
            self.problems.append("<a> without an address")
        self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Refuse a tag that ends itself: Telegram knows none."""
        self.problems.append(f"<{tag}/> is no tag of Telegram")

    def handle_endtag(self, tag: str) -> None:
        """Close the tag opened last."""
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> closes what is not open")
