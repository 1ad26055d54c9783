"""What a name tells for a formal letter: whether a man or a woman is meant, and how they are called there.

Where a name does not tell for certain, nothing is guessed.
"""

import re

from bot.domain.users import Form
from bot.language.lexicon import fold, table, words
from bot.language.morphology import readings
from bot.language.names import address

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_GENDERS = {"masc": Form.HE, "femn": Form.SHE}
_LISTS = {Form.HE: "masculine_names", Form.SHE: "feminine_names"}


def form_of(name: str) -> Form | None:
    """Return whether the person is he or she; None: the name is borne by both, or is not known."""
    tokens = _tokens(name)
    language = "ru" if _CYRILLIC.search(name) else "en"
    titled = next(
        (form for form in Form if tokens and fold(tokens[0]) in _known("titles", form, language)), None
    )
    if titled:
        return titled
    return _by_grammar(tokens) if language == "ru" else _by_list(tokens)


def formal_name(name: str, language: str) -> str:
    """Return how a formal letter addresses the person: "Ms Roe"; the full name where it does not tell.

    A letter in another language than the name's keeps the full name: Ms is no Russian word.
    """
    if _CYRILLIC.search(name):
        return address(name, "ru")
    tokens = _tokens(name)
    if not tokens or len(tokens) < 2 or fold(tokens[0]) in words("titles", "en"):
        return address(name, "en")
    title = table("courtesy", "en")["call"].get(form_of(name)) if language == "en" else None
    tokens = [token.capitalize() for token in tokens] if name.islower() else tokens
    return f"{title} {_surname(tokens)}" if title else " ".join(tokens)


def _surname(tokens: list[str]) -> str:
    """Return the last name with the small words before it: van Dyke, de la Cruz."""
    start = len(tokens) - 1
    while start > 1 and tokens[start - 1].islower():
        start -= 1
    return " ".join(tokens[start:])


def _tokens(name: str) -> list[str]:
    """Return the parts of a name, given name first, without degrees and dots: "Roe, Jane" is turned round."""
    before, _, behind = name.partition(",")
    first, rest = before.split(), behind.split()
    is_degree = rest and fold(rest[0].rstrip(".")) in words("degrees", "en")
    tokens = [*rest, *first] if len(first) == 1 and rest and not is_degree else first
    return [token.rstrip(".") for token in tokens if any(map(str.isalpha, token))]


def _known(kind: str, form: Form, language: str) -> list[str]:
    found: list[str] = table("courtesy", language)[kind][form]
    return found


def _by_list(tokens: list[str]) -> Form | None:
    first = fold(tokens[0]) if tokens else ""
    return next((form for form, names in _LISTS.items() if first in words(names, "en")), None)


def _by_grammar(tokens: list[str]) -> Form | None:
    """Return what the patronymic says, else the given name, else the surname."""
    for form in Form:
        if any(fold(token).endswith(tuple(_known("patronymics", form, "ru"))) for token in tokens[1:]):
            return form
    given = _tokens(address(" ".join(tokens), "ru"))
    for kind, told in (("Patr", tokens), ("Name", given), ("Surn", tokens)):
        genders = {gender for token in told for gender in _genders(token, kind)}
        if len(genders) == 1 and (certain := _GENDERS.get(genders.pop())):
            return certain
    return None


def _genders(token: str, kind: str) -> set[str]:
    found = (reading.tag for reading in readings(token) if kind in reading.tag and "nomn" in reading.tag)
    return {str(tag.gender) for tag in found if "plur" not in tag}
