"""Russian word forms: what a word may be, and how it reads in the nominative.

The dictionary is loaded on the first question (a quarter of a second) and kept.
"""

from functools import cache, lru_cache
from sys import intern
from typing import Any

#: A reading rarer than this share is a curiosity of the dictionary, not what a person means.
_RARE = 0.04


@cache
def _analyzer() -> Any:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")


@lru_cache(maxsize=2048)
def readings(word: str) -> tuple[Any, ...]:
    """Return what the word may be, likeliest first; each reading has `tag`, `score` and `inflect`."""
    try:
        found = _analyzer().parse(word[:60])
    except ValueError:  # it asks for the names of letters, and some of dead scripts have none
        return ()
    return tuple(reading for reading in found if reading.score >= _RARE)


@lru_cache(maxsize=4096)
def grammar(word: str) -> tuple[str, str]:
    """Return the dictionary form, and the part of speech with tense, person, case and voice.

    Of the likeliest reading; a word without any is its own dictionary form.
    """
    likeliest = next(iter(readings(word)), None)
    if likeliest is None:
        return word, ""
    tag = likeliest.tag
    number = tag.number if tag.POS == "VERB" else None  # "took" by one or by many; of things it says little
    form = (tag.POS, tag.tense, tag.person, number, tag.case, tag.voice)
    return likeliest.normal_form, intern(" ".join(part for part in form if part))


@lru_cache(maxsize=4096)
def is_known(word: str) -> bool:
    """Tell whether the dictionary holds the word itself, so that its readings are no guesses."""
    return bool(_analyzer().word_is_known(word.casefold()))


def may_be(word: str, *grammemes: str) -> bool:
    """Tell whether one reading of the word has all these grammemes."""
    return any(all(grammeme in reading.tag for grammeme in grammemes) for reading in readings(word))


def like(shape: str, word: str) -> str:
    """Return the word with the capitals of the shape, each part of a hyphenated word by itself."""
    shapes, parts = shape.split("-"), word.split("-")
    if len(shapes) == len(parts) > 1:
        return "-".join(like(a, b) for a, b in zip(shapes, parts, strict=True))
    if len(shape) > 1 and shape.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if shape[:1].isupper() else word
