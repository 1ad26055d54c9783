"""The ideas that a reply names: "glad", "took another one", "not yet", each in its many wordings.

Which words say what is written in `<language>/ideas.toml`.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from bot.language.lexicon import table
from bot.language.phrases import Hit, Phrases, Word

_LANGUAGES = ("ru", "en")
#: A "not" speaks of so many words after it.
REACH = 3


class Ideas:
    """The ideas that the words of a reply name."""

    def __init__(self, text: str, words: Sequence[Word]) -> None:
        self._text = text
        self._words = words
        self._hits: dict[str, list[Hit]] = {}
        names, phrases = _written()
        for hit in phrases.find(words):
            self._hits.setdefault(names[hit.key], []).append(hit)

    def __iter__(self) -> Iterator[tuple[str, int]]:
        """Yield each idea with the place of the word it first begins at."""
        return ((idea, min(hit.first for hit in hits)) for idea, hits in self._hits.items())

    def has(self, idea: str) -> bool:
        """Tell whether the reply names it and does not deny it: "not decided yet" is no decision."""
        denials = [hit.first for hit in self._hits.get("not", ())]
        return any(
            not any(0 < hit.first - denial <= REACH for denial in denials) for hit in self._hits.get(idea, ())
        )

    def words_of(self, idea: str) -> str | None:
        """Return the first words of an idea as they are typed."""
        hit = min(self._hits.get(idea, ()), key=lambda one: (one.first, -one.last), default=None)
        return self._text[self._words[hit.first].start : self._words[hit.last].end] if hit else None


@cache
def negations() -> frozenset[str]:
    """Return the words that deny what follows them."""
    return frozenset(word for code in _LANGUAGES for word in table("ideas", code)["ideas"]["not"])


@cache
def _written() -> tuple[list[str], Phrases]:
    """Return the name of each phrase's idea, and the phrases."""
    rows = [
        (idea, phrase)
        for code in _LANGUAGES
        for idea, phrases in table("ideas", code)["ideas"].items()
        for phrase in phrases
    ]
    return [idea for idea, _ in rows], Phrases(phrase for _, phrase in rows)
