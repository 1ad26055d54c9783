"""What a word of a note may be: a given name, the head of a job title, a company word, …

Cyrillic words are judged by the dictionary of word forms and the Russian lists, Latin ones by the English
lists, whichever language the note is in.
"""

import re
from enum import Flag, auto
from functools import cache, lru_cache

from bot.language.lexicon import fold, table, words
from bot.language.morphology import is_known, may_be, readings
from bot.language.names import given_names

_CYRILLIC = re.compile(r"[\u0410-\u044f\u0401\u0451]")
#: A name that begins with figures: 7-Eleven, 3M.
_FIGURED = re.compile(
    r"\d{1,4}-?[A-Z\u0410-\u042f\u0401](?:[^\W\d_]{2,}|-[A-Z\u0410-\u042f\u0401][^\W\d_]*)|3M"
)

#: Parts of speech that carry no value of a note.
_SMALL_WORDS = frozenset(
    {
        "VERB",
        "INFN",
        "GRND",
        "PRED",
        "INTJ",
        "PRCL",
        "CONJ",
        "NPRO",
        "ADVB",
        "NUMR",
        "PREP",
        "PRTS",
        "ADJS",
        "COMP",
    }
)
#: Of these, with a capital, a name can be made.
_NAMES_OF_FIRMS = frozenset({"ADVB", "ADJS", "PRED", "INTJ", "COMP", "NUMR", "PRTS"})


class Kind(Flag):
    """What a word may be; a word may be several things."""

    NONE = 0
    NAME = auto()
    WEAK_NAME = auto()
    PATRONYMIC = auto()
    SURNAME = auto()
    TITLE = auto()
    HEAD = auto()
    WEAK_HEAD = auto()
    MODIFIER = auto()
    CLASS = auto()
    LEGAL = auto()
    BRAND = auto()
    FILLER = auto()
    ARTICLE = auto()
    NUMBER = auto()
    TOWN = auto()


@lru_cache(maxsize=4096)
def kind_of(word: str) -> Kind:
    """Return what a word may be."""
    if is_figured(word):
        return Kind.NONE  # 7-Eleven, 2GIS
    if _ends_in_a_trade(word):
        return Kind.HEAD  # дайвер-инструктор, ML-инженер, setter-operator
    if word[:1].isdigit() or word[:1] in "№#" or " " in word:
        of_work = any(fold(word) in words("position_words", code) for code in ("ru", "en"))
        return Kind.MODIFIER if of_work else Kind.NUMBER
    return _russian(word) if _CYRILLIC.search(word) else _english(word)


def _ends_in_a_trade(word: str) -> bool:
    """Tell whether the last part of a word with a hyphen is a trade in small letters."""
    first, hyphen, last = word.rpartition("-")
    if not hyphen or not last.islower() or len(last) < 4 or fold(word) in words("position_words", "en"):
        return False
    strong = Kind.HEAD | Kind.WEAK_HEAD if is_cyrillic(last) else Kind.HEAD
    return bool(kind_of(last) & strong) and not kind_of(last) & Kind.FILLER and bool(first)


def is_figured(word: str) -> bool:
    """Tell whether a name begins with figures: 7-Eleven."""
    return bool(_FIGURED.fullmatch(word))


def is_cyrillic(word: str) -> bool:
    """Tell whether the word has a Cyrillic letter."""
    return bool(_CYRILLIC.search(word))


@lru_cache(maxsize=2048)
def lemmas(word: str) -> frozenset[str]:
    """Return the word and, for a Russian one, the dictionary forms of what it may be, folded."""
    if not _CYRILLIC.search(word):
        return frozenset((fold(word),))
    return frozenset((fold(word), *(fold(reading.normal_form) for reading in readings(word))))


@cache
def fillers(language: str) -> frozenset[str]:
    """Return the words that only part values from each other."""
    return frozenset(fold(word) for word in table("capture", language)["fillers"]["words"].split())


def _is_double(key: str) -> bool:
    """Tell whether two given names are joined by a hyphen: Jean-Luc, Mary-Ann."""
    names = words("first_names", "en") | words("name_words", "en")
    first, hyphen, second = key.partition("-")
    return bool(hyphen) and first in names and (second in names or len(second) < 6)


@cache
def _tails() -> frozenset[str]:
    """Return the second halves of companies' names: Finch and daughters."""
    tails = table("capture", "ru")["joiners"]["tails"]
    return frozenset(lemma for word in tails for lemma in lemmas(word))


@cache
def _shortened() -> tuple[str, ...]:
    """Return the ends of verbs grown together with a pronoun or a "not": he'll, hasn't."""
    return tuple(table("endings", "en")["shortened"])


@cache
def _trades(language: str) -> tuple[str, ...]:
    """Return the endings of words that name people by what they do."""
    return tuple(table("endings", language)["trades"])


def is_listed_filler(key: str) -> bool:
    """Tell whether the word stands in a list of fillers, and is not just a small part of speech."""
    return any(key in fillers(code) for code in ("ru", "en"))


def _listed(forms: frozenset[str], language: str) -> Kind:
    """Return what the lists say of a word in these forms."""
    kind = Kind.NONE
    for name, flag in (
        ("positions", Kind.HEAD),
        ("position_words", Kind.MODIFIER),
        ("company_words", Kind.CLASS),
        ("brands", Kind.BRAND),
        ("titles", Kind.TITLE),
    ):
        if forms & words(name, language):
            kind |= flag
    return kind


def _joining(key: str, language: str) -> Kind:
    joiners = table("capture", language)["joiners"]
    kind = Kind.LEGAL if key in joiners["legal"] else Kind.NONE
    return kind | (Kind.ARTICLE if key in joiners["articles"] else Kind.NONE)


def _english(word: str) -> Kind:
    key = fold(word)
    kind = _listed(frozenset((key,)), "en") | _joining(key, "en")
    if word[:1].isupper() and key in table("capture", "en")["joiners"]["noble"]:
        return Kind.TITLE
    if word.islower() and key.endswith("s") and not kind and key[:-1] in words("positions", "en"):
        return Kind.HEAD  # riggers
    if key.endswith("'s") and key[:-2] in words("positions", "en"):
        return kind | Kind.MODIFIER  # butcher's apprentice
    if key in words("name_words", "en"):
        kind |= Kind.WEAK_NAME
    elif key in words("first_names", "en") or (word.istitle() and _is_double(key)):
        kind |= Kind.NAME
    if key in fillers("en") or key in words("kin", "en") or key.endswith(_shortened()):
        return kind | Kind.FILLER
    return Kind.WEAK_HEAD if not kind and len(key) > 4 and key.endswith(_trades("en")) else kind


def _russian(word: str) -> Kind:
    key, forms = fold(word), lemmas(word)
    kind = _listed(forms, "ru") | _joining(key, "ru") | _russian_name(word, forms)
    if (
        key in fillers("ru")
        or (word.islower() and forms & words("kin", "ru") - _tails())
        or (not kind & (Kind.HEAD | Kind.NAME) and _is_small(word))
    ):
        return kind | Kind.FILLER
    if not kind & (Kind.NAME | Kind.SURNAME) and (may_be(word, "ADJF") or may_be(word, "PRTF")):
        kind |= Kind.MODIFIER
    return kind | _russian_trade(word, forms, kind)


def _is_small(word: str) -> bool:
    best = next(iter(readings(word)), None)
    small = _SMALL_WORDS if word.islower() else _SMALL_WORDS - _NAMES_OF_FIRMS
    return best is not None and best.tag.POS in small and is_known(word)


def _russian_name(word: str, forms: frozenset[str]) -> Kind:
    kind = Kind.NONE
    if may_be(word, "Patr") or fold(word).endswith(tuple(table("endings", "ru")["patronymics"])):
        kind |= Kind.PATRONYMIC
    if may_be(word, "Surn"):
        kind |= Kind.SURNAME
    if may_be(word, "Geox") and is_known(word):
        kind |= Kind.TOWN
    if forms & words("name_words", "ru"):
        return kind | Kind.WEAK_NAME
    best = next(iter(readings(word)), None)
    if fold(word) in given_names() or (best and {"Name", "sing"} in best.tag and is_known(word)):
        return kind | Kind.NAME
    return kind | (Kind.WEAK_NAME if may_be(word, "Name") and is_known(word) else Kind.NONE)


def _russian_trade(word: str, forms: frozenset[str], kind: Kind) -> Kind:
    """Return whether the word names a person by a trade: animate, no name, no relative, no creature."""
    if kind & (Kind.HEAD | Kind.NAME | Kind.PATRONYMIC | Kind.CLASS | Kind.BRAND) or forms & words(
        "people", "ru"
    ):
        return Kind.NONE
    animate = [
        reading
        for reading in readings(word)
        if "NOUN" in reading.tag
        and "anim" in reading.tag
        and not any(name in reading.tag for name in ("Name", "Patr", "Surn", "Geox", "Orgn"))
    ]
    ends = any(reading.normal_form.endswith(_trades("ru")) for reading in animate)
    if animate and is_known(word) and sum(reading.score for reading in animate) > 0.3:
        return Kind.HEAD if ends else Kind.WEAK_HEAD
    return Kind.WEAK_HEAD if ends else Kind.NONE
