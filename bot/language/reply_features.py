"""What the reader of replies looks at: words and their beginnings, their neighbours, the ideas they name.

The features are what `learning/` weighs from examples and `replies.py` adds up: both call this.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from bot.language.lexicon import table
from bot.language.phrases import Hit, Phrases, Word

_LANGUAGES = ("ru", "en")
#: A word's first letters stand for all its forms.
_STEM = 5
#: Pieces of a word, its ends marked, stand for its typing slips.
_PIECES = (3, 4, 5)
#: A short note and a letter say the same words differently: words a step, steps at most.
_STEP, _STEPS = 5, 6
#: A "not" speaks of so many words after it.
_DENIED = 3
#: The place of what belongs to no word.
NOWHERE = -1
#: A named day, whichever it is.
_DAY = "<day>"


def features(words: Sequence[Word], text: str, days: Sequence[int]) -> Iterator[tuple[str, int]]:
    """Yield each feature once, with the place of the word it stands at; `days`: places of words of a day."""
    seen: set[str] = set()
    for feature, place in _all(words, text, frozenset(days)):
        if feature not in seen:
            seen.add(feature)
            yield feature, place


def idea_hits(words: Sequence[Word]) -> Iterator[tuple[str, Hit]]:
    """Yield the ideas that the words name (`<language>/ideas.toml`), with where they stand."""
    names, phrases = _ideas()
    for hit in phrases.find(words):
        yield names[hit.key], hit


def _all(words: Sequence[Word], text: str, days: frozenset[int]) -> Iterator[tuple[str, int]]:
    for idea, hit in idea_hits(words):
        yield f"i:{idea}", hit.first
    for _, sentence in groupby(enumerate(words), key=lambda numbered: numbered[1].sentence):
        yield from _of_sentence([*sentence], days)
    for place, word in enumerate(words):
        yield from ((f"c:{piece}", place) for piece in _pieces(word.text))
    if days:
        yield "day", min(days)
    yield f"length:{min(_STEPS, len(words) // _STEP)}", NOWHERE
    yield from ((sign, NOWHERE) for sign in "?!" if sign in text)
    if words:
        yield f"^{_stem(words[0].text)}", 0
        yield f"${_stem(words[-1].text)}", len(words) - 1


def _of_sentence(words: Sequence[tuple[int, Word]], days: frozenset[int]) -> Iterator[tuple[str, int]]:
    """Yield words, stems, stems beside each other or one word apart, and those that a "not" reaches."""
    stems = [_DAY if place in days else _stem(word.text) for place, word in words]
    for at, (place, word) in enumerate(words):
        yield f"w:{word.text}", place
        yield f"u:{stems[at]}", place
        yield from ((f"b:{stems[at]} {other}", place) for other in stems[at + 1 : at + 2])
        yield from ((f"s:{stems[at]} {other}", place) for other in stems[at + 2 : at + 3])
        if word.text in _negations():
            yield from ((f"n:{other}", place) for other in stems[at + 1 : at + 1 + _DENIED])


def _stem(word: str) -> str:
    return "0" if any(sign.isdigit() for sign in word) else word[:_STEM]


def _pieces(word: str) -> Iterator[str]:
    marked = f"<{word}>"
    for size in _PIECES:
        yield from (marked[at : at + size] for at in range(len(marked) - size + 1))


@cache
def _negations() -> frozenset[str]:
    return frozenset(word for code in _LANGUAGES for word in table("ideas", code)["ideas"]["not"])


@cache
def _ideas() -> tuple[list[str], Phrases]:
    rows = [
        (idea, phrase)
        for code in _LANGUAGES
        for idea, phrases in table("ideas", code)["ideas"].items()
        for phrase in phrases
    ]
    return [idea for idea, _ in rows], Phrases(phrase for _, phrase in rows)
