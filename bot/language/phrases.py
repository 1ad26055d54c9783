"""Phrases of the data files, found in a text in one pass over its words.

A phrase is written as people who do not program can read it:

    we will call      these words one after another
    call*             any word that begins so (two letters or more)
    (call*|ring up)   one or the other
    (very|so)?        a word that may be missing
    we .. call        up to three words between
    we ... call       up to seven words between
    ^thank            at the beginning of a sentence
    no $              at the end of a sentence
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from msgspec import Struct

from bot.language.lexicon import fold, table

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_STOP = re.compile(r"[.!?…\n]")
_GROUP = re.compile(r"\(([^()]*)\)(\??)")
_SHORT = re.compile(r"[a-z]+'[a-z]+|\b(?:cannot|dunno|gonna)\b")
_GAPS = {"..": 3, "...": 7}
#: Stems are looked up by so many letters at most, which keeps the search linear in the text.
_INDEX = 4


class Word(Struct, frozen=True):
    """A word of the text, folded, with its place; `sentence` counts from 0."""

    text: str
    start: int
    end: int
    sentence: int


class Hit(Struct, frozen=True):
    """A phrase found: which one, and which words it covers (`first` to `last`, both included)."""

    key: int
    first: int
    last: int


class _Slot(Struct, frozen=True):
    exact: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    optional: bool = False
    gap: int = 0
    ends: bool = False

    def takes(self, word: str) -> bool:
        return word in self.exact or word.startswith(self.stems)


def split_words(text: str) -> tuple[Word, ...]:
    """Return the words of a text; a new sentence begins after . ! ? … or a line break."""
    words: list[Word] = []
    sentence = last = 0
    for match in _WORD.finditer(text):
        if words and _STOP.search(text, last, match.start()):
            sentence += 1
        words += (Word(part, match.start(), match.end(), sentence) for part in _written_out(fold(match[0])))
        last = match.end()
    return tuple(words)


class _Entry(Struct, frozen=True):
    key: int
    slots: tuple[_Slot, ...]
    at_start: bool


class Phrases:
    """Many phrases, each under the number of its place in the list."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._exact: dict[str, list[_Entry]] = defaultdict(list)
        self._stems: dict[str, list[_Entry]] = defaultdict(list)
        for key, phrase in ((key, one) for key, written in enumerate(phrases) for one in _expanded(written)):
            slots = tuple(_slot(part) for part in phrase.removeprefix("^").split())
            for beginning in _beginnings(slots):
                entry = _Entry(key, beginning, phrase.startswith("^"))
                for word in beginning[0].exact:
                    self._exact[word].append(entry)
                for prefix in {stem[:_INDEX] for stem in beginning[0].stems}:
                    self._stems[prefix].append(entry)

    def find(self, words: Sequence[Word]) -> Iterator[Hit]:
        """Yield every place where a phrase stands within one sentence."""
        for place, word in enumerate(words):
            inside = bool(place) and words[place - 1].sentence == word.sentence
            for entry in self._beginning_with(word.text):
                if not (entry.at_start and inside):
                    last = _match(words, place + 1, entry.slots, 1, word.sentence)
                    if last is not None:
                        yield Hit(entry.key, place, last)

    def _beginning_with(self, word: str) -> Iterator[_Entry]:
        exact = self._exact.get(word, ())
        yield from exact
        for length in range(2, min(_INDEX, len(word)) + 1):
            for entry in self._stems.get(word[:length], ()):
                if word.startswith(entry.slots[0].stems) and word not in entry.slots[0].exact:
                    yield entry


def _written_out(word: str) -> tuple[str, ...]:
    """Return a short form in full: won't -> will not."""
    if "'" not in word and word not in _contractions()["whole"]:
        return (word,)
    if word in _contractions()["whole"]:
        return tuple(_contractions()["whole"][word].split())
    for ending, full in _contractions()["endings"].items():
        if word.endswith(ending) and len(word) > len(ending):
            return word.removesuffix(ending), full
    return (word,)


@cache
def _contractions() -> dict[str, dict[str, str]]:
    return table("contractions", "en")


def _expanded(phrase: str) -> Iterator[str]:
    """Yield the phrase with every option of several words written out: (a|b c) d -> (a) d, b c d."""
    phrase = _SHORT.sub(lambda match: " ".join(_written_out(match[0])), phrase)
    for group in _GROUP.finditer(phrase):
        options = group[1].split("|")
        if any(" " in option for option in options):
            before, after = phrase[: group.start()], phrase[group.end() :]
            single = "|".join(option for option in options if " " not in option)
            choices = [option for option in options if " " in option]
            choices += [f"({single}){group[2]}"] if single else []
            choices += [""] if group[2] and not single else []
            for choice in choices:
                yield from _expanded(f"{before}{choice}{after}")
            return
    yield phrase


@cache
def _slot(part: str) -> _Slot:
    if part in _GAPS:
        return _Slot(gap=_GAPS[part])
    if part == "$":
        return _Slot(ends=True)
    optional = part.endswith("?")
    options = [fold(option) for option in part.rstrip("?").strip("()").split("|")]
    return _Slot(
        exact=tuple(option for option in options if not option.endswith("*")),
        stems=tuple(option[:-1] for option in options if option.endswith("*")),
        optional=optional,
    )


def _beginnings(slots: tuple[_Slot, ...]) -> Iterator[tuple[_Slot, ...]]:
    """Yield the phrase, and again without its leading optional words."""
    yield slots
    if slots[0].optional and len(slots) > 1:
        yield from _beginnings(slots[1:])


def _match(
    words: Sequence[Word], place: int, slots: tuple[_Slot, ...], slot: int, sentence: int
) -> int | None:
    """Return the last word of the phrase whose slots from `slot` on stand at `place`; None: they do not."""
    if slot == len(slots):
        return place - 1
    here = slots[slot]
    if here.ends:
        return place - 1 if place == len(words) or words[place].sentence != sentence else None
    for skipped in range(here.gap + 1):
        at = place + skipped
        if here.gap:
            found = _match(words, at, slots, slot + 1, sentence)
        elif at < len(words) and words[at].sentence == sentence and here.takes(words[at].text):
            found = _match(words, at + 1, slots, slot + 1, sentence)
        else:
            found = None
        if found is not None:
            return found
    return _match(words, place, slots, slot + 1, sentence) if here.optional else None
