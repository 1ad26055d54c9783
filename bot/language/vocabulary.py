"""What the words of one language mean for dates: the files dates.toml, indexed for look-up."""

import re
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from msgspec import Struct

from bot.language.lexicon import fold, table

Meaning = int | float | str
Senses = dict[str, Meaning]
#: Words and what they mean together, by the first of them.
Phrases = dict[str, tuple[tuple[tuple[str, ...], Senses], ...]]

PIECES = re.compile(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)*|[^\w\s]")
_BRACES = re.compile(r"\{([^}]*)\}")
#: Words of these categories may be misspelt; the others are near too many ordinary words.
DATE_WORDS = frozenset(
    {
        "day", "weekday", "month", "number", "ordinal", "unit", "duration", "which", "part", "hour_name",
        "half_to", "half", "quarter", "few", "in", "ago", "edge", "weekend",
    }
)  # fmt: skip
_MAY_BE_MISSPELT = DATE_WORDS | {
    "say", "term", "after", "strict", "repeat", "nth", "working", "another", "within"
}  # fmt: skip
_SHORTEST_LIKE = 5


class Vocabulary(Struct, frozen=True):
    """The words of one language; a phrase is found by its first word, longest first."""

    words: dict[str, Senses]
    phrases: Phrases
    settings: dict[str, Any]
    likely: tuple[str, ...]


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that have a file dates.toml."""
    folders = Path(__file__).parent.glob("*/dates.toml")
    return tuple(sorted(file.parent.name for file in folders))


@cache
def vocabulary(language: str) -> Vocabulary:
    """Load the words of a language."""
    entries: dict[tuple[str, ...], Senses] = {}
    settings: dict[str, Any] = {}
    for category, meanings in table("dates", language).items():
        if category == "settings":
            settings = meanings
            continue
        for key, forms in meanings.items():
            for form in forms:
                for spelling in expanded(form):
                    entries.setdefault(pieces(spelling), {}).setdefault(category, _meaning(key))
    return _indexed(entries, settings)


def _indexed(entries: dict[tuple[str, ...], Senses], settings: dict[str, Any]) -> Vocabulary:
    phrases: dict[str, list[tuple[tuple[str, ...], Senses]]] = {}
    for words, senses in entries.items():
        if len(words) > 1:
            phrases.setdefault(words[0], []).append((words, senses))
    singles = {words[0]: senses for words, senses in entries.items() if len(words) == 1}
    return Vocabulary(
        words=singles,
        phrases={
            first: tuple(sorted(found, key=lambda entry: -len(entry[0]))) for first, found in phrases.items()
        },
        settings=settings,
        likely=tuple(
            word
            for word, senses in singles.items()
            if len(word) >= _SHORTEST_LIKE and senses.keys() & _MAY_BE_MISSPELT
        ),
    )


def expanded(form: str) -> list[str]:
    """Return the spellings of one entry: a{b,c}d stands for abd and acd."""
    parts = _BRACES.split(form)
    choices = [part.split(",") if index % 2 else [part] for index, part in enumerate(parts)]
    return ["".join(choice) for choice in product(*choices)]


def pieces(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase as tokens hold them: hyphens between words say nothing."""
    found = tuple(PIECES.findall(fold(phrase)))
    return found if len(found) == 1 else tuple(word for word in found if word != "-")


def _meaning(key: str) -> Meaning:
    try:
        return int(key)
    except ValueError:
        pass
    try:
        return float(key)
    except ValueError:
        return key
