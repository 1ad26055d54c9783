"""Text as it was typed -> words as the vocabulary holds them: signs, layouts, letters, slips."""

import re
import unicodedata
from functools import cache, lru_cache

from msgspec import Struct

from bot.language.lexicon import table
from bot.language.vocabulary import DATE_WORDS, Senses, languages, vocabulary

_PLAIN = re.compile(r"[\n !-~\u0401\u0410-\u044f\u0451]*")
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\u2015", "-"),
        **dict.fromkeys("\u2019\u2018\u0060\u00b4\u02bc", "'"),
        "\u0451": "\u0435",  # the vocabulary holds the plain letter
    }
)
#: Signs of a move that would be lost among the emoji.
_ARROWS = frozenset("\u2794\u279c\u279d\u279e\u27a1\u27f6\u21d2\U0001f449")
_STRETCHED = re.compile(r"(.)\1{2,}")
_LONGEST_WORD = 24
_SHORTEST_WORD = 4
_PREPOSITIONS = (1, 2)  #: letters of one typed without a space
#: So many letters a word needs to be taken for another with so many slips.
_SHORTEST = (0, 5, 8, 11)
_MOST_SLIPS = 3
#: Up to two slips, the first letter right; what is farther off makes the reader ask, if it is long.
_SURE = (2, False)
_LONG = 9


class Plain(Struct, frozen=True):
    """A text in small letters and plain signs; `offsets[i]` is where character i stood in the original."""

    text: str
    offsets: tuple[int, ...] | None

    def origin(self, index: int) -> int:
        """Return where the character at this index stood in the text as typed."""
        return index if self.offsets is None else self.offsets[index]


def plain(text: str) -> Plain:
    """Return the text without case, accents and signs that nobody sees."""
    if _PLAIN.fullmatch(text):
        return Plain(text.lower().translate(_SIGNS), None)
    kept: list[str] = []
    offsets: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and unicodedata.combining(text[end]):
            continue
        for sign in unicodedata.normalize("NFKC", text[start:end]).casefold():
            visible = _visible(sign)
            kept.append(visible)
            offsets.extend([start] * len(visible))
        start = end
    return Plain("".join(kept).translate(_SIGNS), (*offsets, len(text)))


def _visible(sign: str) -> str:
    if sign in _ARROWS:
        return "\u2192"
    category = unicodedata.category(sign)
    if category in {"Mn", "Me", "Cf"}:
        return ""
    return " " if category in {"Cc", "Cs", "Co", "Cn", "So", "Zl", "Zp"} else sign


class Typing(Struct, frozen=True):
    """How one language is mistyped: `own` and `latin` turn a text round to the other layout."""

    own: dict[int, int]
    latin: dict[int, int]
    to_own: dict[int, int]
    to_latin: dict[int, int]
    translit: tuple[tuple[str, str], ...]
    sounds: dict[int, str]


@cache
def _typing(language: str) -> Typing | None:
    data = table("typing", language)
    if "keyboard" not in data:
        return None
    keyboard, alike = data["keyboard"], data["look_alikes"]
    return Typing(
        own=_keys(keyboard["latin"], keyboard["own"]),
        latin=_keys(keyboard["own"], keyboard["latin"]),
        to_own=_keys(alike["latin"], alike["own"]),
        to_latin=_keys(alike["own"], alike["latin"]),
        translit=tuple(sorted(data["translit"].items(), key=lambda pair: -len(pair[0]))),
        sounds={ord(letter): sound for letter, sound in data["sounds"].items()},
    )


def _keys(source: str, target: str) -> dict[int, int]:
    keys: dict[int, int] = {}
    for left, right in zip(source, target, strict=True):
        keys.setdefault(ord(left), ord(right))
    return keys


def other_layouts(text: str) -> tuple[str, ...]:
    """Return the text as it reads when typed on another keyboard layout."""
    typings = [typing for typing in map(_typing, languages()) if typing]
    return tuple(
        turned.lower().translate(_SIGNS)
        for typing in typings
        for turned in (text.translate(typing.own), text.translate(typing.latin))
        if turned != text
    )


@lru_cache(maxsize=2048)
def known(word: str, language: str) -> Senses:
    """Return what the word means, in the language asked for or in another; nothing if unknown."""
    for candidate in (language, *(other for other in languages() if other != language)):
        senses = vocabulary(candidate).words.get(word)
        if senses is not None:
            return senses
    return {}


@lru_cache(maxsize=1024)
def likely(word: str, language: str) -> tuple[str, Senses]:
    """Return the word that was meant, as likeness, layout and letters suggest, and what it means."""
    is_foreign = len(word) >= _SHORTEST_WORD or not _same_alphabet(word, language)
    for candidate in _respelled(word[:_LONGEST_WORD]) if is_foreign else _calmed(word):
        if senses := known(candidate, language):
            return candidate, senses
    for size in _PREPOSITIONS:
        if {"at", "by"} & known(word[:size], language).keys() and known(
            word[size:], language
        ).keys() & DATE_WORDS:
            return word[size:], known(word[size:], language)
    return (_sounding(word) if is_foreign else None) or _slipped(word, language) or (word, {})


def _calmed(word: str) -> list[str]:
    """Return the word without letters typed for feeling: sooooo."""
    return [_STRETCHED.sub(r"\1", word), _STRETCHED.sub(r"\1\1", word)]


def _respelled(word: str) -> list[str]:
    spellings = _calmed(word)
    for typing in map(_typing, languages()):
        if typing:
            spellings += [word.translate(typing.to_own), word.translate(typing.to_latin)]
        if typing and len(word) > 1:
            spellings += [word.translate(typing.own), word.translate(typing.latin)]
    return [spelling for spelling in spellings if spelling != word]


def _sounding(word: str) -> tuple[str, Senses] | None:
    """Find a word of another alphabet that was typed in Latin letters."""
    if not word.isascii():
        return None
    for language in languages():
        typing = _typing(language)
        if typing and (meant := _skeletons(language).get(_spelled_out(word, typing))):
            return meant, vocabulary(language).words[meant]
    return None


def _spelled_out(word: str, typing: Typing) -> str:
    sounds = []
    position = 0
    while position < len(word):
        for latin, own in typing.translit:
            if word.startswith(latin, position):
                sounds.append(own)
                position += len(latin)
                break
        else:
            position += 1
    return "".join(sounds).translate(typing.sounds)


@cache
def _skeletons(language: str) -> dict[str, str]:
    typing = _typing(language)
    assert typing is not None  # noqa: S101 - callers ask for languages with a file typing.toml only
    return {word.translate(typing.sounds): word for word in vocabulary(language).words if word.isalpha()}


def _slipped(word: str, language: str) -> tuple[str, Senses] | None:
    """Find the one word that is a slip of the finger away; two different ones are no answer."""
    own = [candidate for candidate in (language, *languages()) if _same_alphabet(word, candidate)]
    if len(word) < _SHORTEST_WORD or not own:
        return None
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    words = vocabulary(own[0])
    found = extract(word, words.likely, scorer=OSA.distance, score_cutoff=_MOST_SLIPS, limit=12)
    ranked = [
        ((distance, meant[0] != word[0]), meant)
        for meant, distance, _ in found
        if len(meant) >= _SHORTEST[distance]
    ]
    if not ranked:
        return None
    best = min(rank for rank, _ in ranked)
    nearest = [meant for rank, meant in ranked if rank == best]
    if best > _SURE:
        is_date = len(nearest[0]) >= _LONG and words.words[nearest[0]].keys() & DATE_WORDS
        return (nearest[0], {"doubt": 1}) if is_date else None
    return _agreed([(meant, words.words[meant]) for meant in nearest])


def _agreed(nearest: list[tuple[str, Senses]]) -> tuple[str, Senses]:
    """Return the one meaning of all the nearest words; where they differ, a word of doubt."""
    first = nearest[0][1]
    shared = {
        category: value
        for category, value in first.items()
        if all(s.get(category) == value for _, s in nearest)
    }
    if shared:
        return nearest[0][0], shared
    return nearest[0][0], {"doubt": 1}


@cache
def _letters(language: str) -> frozenset[str]:
    return frozenset("".join(vocabulary(language).words))


def _same_alphabet(word: str, language: str) -> bool:
    return sum(letter in _letters(language) for letter in word) * 2 > len(word)
