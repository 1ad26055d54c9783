"""How people are addressed, and how names, companies and positions read in the nominative."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from bot.language.lexicon import fold, table, words
from bot.language.morphology import is_known, like, may_be, readings

_CYRILLIC = re.compile(r"[\u0430-\u044f\u0451]", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_PERSON = ("Name", "Patr", "Surn")


def address(name: str, language: str) -> str:
    """Return how the person is addressed in a letter; a name of unknown shape comes back untouched.

    The script of the name counts, not `language`, where the two disagree.
    """
    if _CYRILLIC.search(name):
        return _address_by_patronymic(name)
    return _address_by_first_name(name, language)


@cache
def given_names() -> dict[str, str]:
    """Return every case of the Russian names of the list, each with the name in the nominative."""
    endings = _endings()["names"]
    forms: dict[str, str] = {}
    for name in words("first_names", "ru"):
        vowel = name[-1] in endings["vowel_letters"]
        stem = name[:-1] if vowel or name[-1] in endings["soft_letters"] else name
        for ending in endings["after_vowel" if vowel else "after_consonant"]:
            forms.setdefault(stem + fold(ending), name.capitalize())
    return forms | {name: name.capitalize() for name in words("first_names", "ru")}


def _endings() -> dict[str, Any]:
    return table("endings", "ru")


@cache
def _cases() -> dict[str, tuple[str, ...]]:
    return {
        fold(word): tuple(cases.split("-"))
        for cases, entries in _endings()["cases"].items()
        for word in entries
    }


def cases_after(preposition: str) -> tuple[str, ...]:
    """Return the cases that a Russian preposition or verb asks for; nothing for any other word."""
    return _cases().get(fold(preposition), ())


def nominative(phrase: str, language: str, *, cases: tuple[str, ...] = (), person: bool = False) -> str:
    """Return a Russian name, company or position in the nominative; anything else untouched.

    A leading preposition is taken off and tells the case; `cases` tell it where the preposition is gone,
    `person` that a human being is meant: of an analyst, not the trade.
    """
    head, _, rest = phrase.strip().partition(" ")
    if rest and cases_after(head) and _CYRILLIC.search(rest):
        return nominative(rest, language, cases=cases_after(head), person=person)
    if not _CYRILLIC.search(phrase):
        return phrase
    if fold(phrase) in words("brands", "ru"):
        return phrase
    before, quote, quoted = phrase.partition("«")
    if cases and not person and not _turns_back(before.split(" ")[0], cases):
        return phrase
    return " ".join(_inflected(before.split(" "), cases, person=person)) + quote + quoted


def _inflected(tokens: list[str], cases: tuple[str, ...], *, person: bool) -> Iterator[str]:
    """Yield the tokens with adjectives and the head noun in the nominative; what the head governs stays."""
    gender = next((g for token in tokens for g in ("masc", "femn") if _is_name_of(token, g)), None)
    gender = gender or _gender_of_head(tokens, cases, person=person)
    headed = False
    for token in tokens:
        headed = (
            headed
            and fold(token) not in _endings()["joining"]
            and not (token[:1].isupper() and _is_personal(token) and may_be(token, "sing"))
        )
        if person and "-" in token and not is_known(token):
            yield "-".join(nominative(part, "ru", cases=cases, person=True) for part in token.split("-"))
            headed = True
            continue
        listed = given_names().get(fold(token)) if person and token[:1].isupper() else None
        reading = (
            None
            if headed or listed or fold(token) in _tails()
            else _reading(token, cases, gender, person=person)
        )
        form = reading and reading.inflect({"nomn"})
        listed = token if listed and fold(listed) == fold(token) else listed
        yield listed or (like(token, form.word) if form else token)
        headed = headed or _is_head(token, reading)


def _turns_back(token: str, cases: tuple[str, ...]) -> bool:
    """Tell whether the first word of a name can stand in the case at all; a foreign one cannot."""
    return any(_stands_in(r, case) for r in readings(token) for case in cases)


def _gender_of_head(tokens: list[str], cases: tuple[str, ...], *, person: bool) -> str | None:
    """Return the gender that the adjectives before a noun share with it."""
    for token in tokens if len(tokens) > 1 else ():
        reading = _reading(token, cases, None, person=person)
        if reading is None:
            return None
        if "NOUN" in reading.tag:
            return str(reading.tag.gender) if reading.tag.gender and reading.tag.number == "sing" else None
    return None


def _tails() -> frozenset[str]:
    """Return the second halves of companies' names that stay as they are: Finch and daughters."""
    return frozenset(fold(word) for word in table("capture", "ru")["joiners"]["tails"])


def _is_personal(token: str) -> bool:
    return any(may_be(token, kind) for kind in _PERSON)


def _is_name_of(token: str, gender: str) -> bool:
    others = {"masc": "femn", "femn": "masc"}
    return any(
        may_be(token, kind, gender) and not may_be(token, kind, others[gender]) for kind in ("Patr", "Name")
    )


def _is_head(token: str, reading: Any) -> bool:
    """Tell whether the token is the noun the rest hangs on; names are all inflected together."""
    if reading is None:
        return may_be(token, "NOUN") and not _is_personal(token)
    return "NOUN" in reading.tag and not any(kind in reading.tag for kind in _PERSON)


def _reading(token: str, cases: tuple[str, ...], gender: str | None, *, person: bool) -> Any:
    """Return the oblique reading to turn back, or None where the token already is in the nominative."""
    if not _WORD.fullmatch(token) or (token.isupper() and len(token) > 1):
        return None
    found = _meant(token, gender, person=person)
    if gender and found and all("Name" in r.tag and gender not in r.tag for r in found):
        return None  # a name the dictionary knows of the other sex only
    singular = [r for r in found if r.tag.number == "sing"] or found
    stands = any(r.tag.case == "nomn" for r in singular)
    if not cases:
        oblique = (r for r in singular if not person or r.tag.number == "sing")
        return None if stands else next(oblique, None)
    if not person and not is_known(token) and token[-1].casefold() not in _endings()["vowels"]:
        return None
    in_case = ((number, case) for number in (singular, found) for case in cases)
    matching = (
        reading
        for number, case in in_case
        for reading in _compounds_first(number)
        if _stands_in(reading, case)
    )
    guess = singular[0] if person and not stands and singular and token.islower() else None
    return next(matching, guess)


def _stands_in(reading: Any, case: str) -> bool:
    """Tell whether the reading is in the case; a few nouns have a second form of it: в саду."""
    return bool(reading.tag.case == case or (case == "loct" and reading.tag.case == "loc2"))


def _compounds_first(found: Sequence[Any]) -> list[Any]:
    """Return the readings, first those that end as names grown together do, last living beings: Медоград."""
    ends = tuple(_endings()["compounds"])
    return sorted(found, key=lambda r: (not r.normal_form.endswith(ends), "anim" in r.tag))


def _meant(token: str, gender: str | None, *, person: bool) -> list[Any]:
    """Return the readings of a token that can be meant: brands, people by name, people by trade, anything."""
    found = [reading for reading in readings(token) if reading.tag.case and "Abbr" not in reading.tag]
    found = [r for r in found if fold(r.normal_form) in words("brands", "ru")] or found
    if (person or gender) and token[:1].isupper():
        found = [r for r in found if any(kind in r.tag for kind in _PERSON)] or found
    if person:
        jobs = words("positions", "ru") if token.islower() else ()
        trade = [r for r in found if fold(r.normal_form) in jobs]
        found = trade or [r for r in found if "anim" in r.tag or "ADJF" in r.tag or "PRTF" in r.tag]
    return [r for r in found if gender in r.tag or "ms-f" in r.tag] or found if gender else found


def _address_by_patronymic(name: str) -> str:
    tokens = name.split()
    for index, token in enumerate(tokens):
        if index and _is_patronymic(token):
            return f"{_capital(tokens[index - 1])} {_capital(token)}"
    if len(tokens) == 2 and all(_WORD.fullmatch(token) for token in tokens):
        return _first_name_of(*tokens) or name
    return _capital(name) if len(tokens) == 1 and name.islower() else name


def _is_patronymic(token: str) -> bool:
    return may_be(token, "Patr") or token.casefold().endswith(tuple(_endings()["patronymics"]))


def _first_name_of(first: str, second: str) -> str | None:
    """Return the given name of a pair, whichever way round it was written; None when neither is known."""
    if first.casefold() in words("titles", "ru"):
        return None
    if may_be(first, "Name") or first.casefold() in words("first_names", "ru"):
        return _capital(first)
    if may_be(second, "Name") or second.casefold() in words("first_names", "ru"):
        return _capital(second)
    return _capital(first) if may_be(second, "Surn") and not may_be(first, "Surn") else None


def _address_by_first_name(name: str, language: str) -> str:
    name, _, after = name.partition(",")
    tokens = name.split()
    first = tokens[0].rstrip(".").casefold() if tokens else ""
    if first in words("titles", "en"):
        return name if len(tokens) < 2 else f"{_capital(tokens[0])} {_capital(tokens[-1])}"
    behind = after.split()
    if len(tokens) == 1 and behind and behind[0].rstrip(".").casefold() not in words("degrees", "en"):
        return _address_by_first_name(" ".join((*behind, *tokens)), language)
    if not tokens or not all(_WORD.fullmatch(token) and len(token) > 1 for token in tokens[:1]):
        return f"{name},{after}" if after else name
    if len(tokens) > 1 and tokens[1].casefold().endswith(tuple(table("endings", "en")["patronymics"])):
        return f"{_capital(tokens[0])} {_capital(tokens[1])}"
    return _capital(tokens[0])


def _capital(word: str) -> str:
    """Return the word with capitals, unless the user has put some already."""
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-")) if word.islower() else word
