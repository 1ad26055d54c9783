"""What the reader of replies looks at: words, their beginnings, forms and neighbours, the ideas they name.

The features are what `learning/` weighs from examples and `replies.py` adds up: both call this.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from bot.language.morphology import grammar
from bot.language.phrases import Word
from bot.language.reply_ideas import REACH, Ideas, negations

#: A word's first letters stand for all its forms.
_STEM = 5
#: Pieces of a word, its ends marked, stand for its typing slips.
_PIECES = (3, 4, 5)
#: A short note and a letter say the same words differently: words a step, steps at most.
_STEP, _STEPS = 5, 6
#: The place of what belongs to no word.
NOWHERE = -1
#: A named day, whichever it is.
_DAY = "<day>"
_RUSSIAN = re.compile(r"[\u0430-\u044f-]+")


def features(letter: str, words: Sequence[Word], ideas: Ideas, days: Sequence[int]) -> dict[str, int]:
    """Return the features, each with the place of the word it first stands at; `days`: the places of days."""
    found: dict[str, int] = {}
    for feature, place in _all(letter, words, ideas, frozenset(days)):
        found.setdefault(feature, place)
    return found


def _all(letter: str, words: Sequence[Word], ideas: Ideas, days: frozenset[int]) -> Iterator[tuple[str, int]]:
    yield from ((f"i:{idea}", place) for idea, place in ideas)
    for _, numbered in groupby(enumerate(words), key=lambda one: one[1].sentence):
        sentence = [*numbered]
        yield from _of_words(sentence, days)
        yield from _of_forms(sentence)
    for place, word in enumerate(words):
        yield from ((f"c:{piece}", place) for piece in _pieces(word.text))
    if days:
        yield "day", min(days)
    yield f"length:{min(_STEPS, len(words) // _STEP)}", NOWHERE
    yield from ((sign, NOWHERE) for sign in "?!" if sign in letter)
    if words:
        yield f"^{_stem(words[0].text)}", 0
        yield f"${_stem(words[-1].text)}", len(words) - 1


def _of_words(sentence: Sequence[tuple[int, Word]], days: frozenset[int]) -> Iterator[tuple[str, int]]:
    """Yield words, stems, stems beside each other or one word apart, and those that a "not" reaches."""
    stems = [_DAY if place in days else _stem(word.text) for place, word in sentence]
    for at, (place, word) in enumerate(sentence):
        yield f"w:{word.text}", place
        yield f"u:{stems[at]}", place
        yield from ((f"b:{stems[at]} {other}", place) for other in stems[at + 1 : at + 2])
        yield from ((f"s:{stems[at]} {other}", place) for other in stems[at + 2 : at + 3])
        if word.text in negations():
            yield from ((f"n:{other}", place) for other in stems[at + 1 : at + 1 + REACH])


def _of_forms(sentence: Sequence[tuple[int, Word]]) -> Iterator[tuple[str, int]]:
    """Yield the forms of words, and words beside the form of a neighbour: who took whom."""
    forms = [_form(word.text) for _, word in sentence]
    yield from ((f"v:{form}", place) for (place, _), (_, form) in zip(sentence, forms, strict=True) if form)
    for (place, _), ((one, its), (other, form)) in zip(sentence, pairwise(forms), strict=False):
        yield from [(f"g:{its} {other}", place)] if its else ()
        yield from [(f"h:{one} {form}", place)] if form else ()


def _form(word: str) -> tuple[str, str]:
    """Return the word's dictionary form, and what its ending says where endings say much."""
    return grammar(word) if _RUSSIAN.fullmatch(word) else (_stem(word), "")


def _stem(word: str) -> str:
    return "0" if any(sign.isdigit() for sign in word) else word[:_STEM]


def _pieces(word: str) -> Iterator[str]:
    marked = f"<{word}>"
    for size in _PIECES:
        yield from (marked[at : at + size] for at in range(len(marked) - size + 1))
