"""E-mail addresses in a text, also those spelled out against robots: mika dot ross at inkhouse dot com."""

import re
from functools import cache

from msgspec import Struct

from bot.language.lexicon import table

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")


class Email(Struct, frozen=True):
    """An address and where it stands in the text."""

    address: str
    span: tuple[int, int]


def find_email(text: str) -> Email | None:
    """Return the first address of a text, None where there is none."""
    if match := _EMAIL.search(text):
        return Email(match[0].rstrip("."), match.span())
    spelled, sign, stop = _spelled()
    if match := spelled.search(text):
        return Email(stop.sub(".", sign.sub("@", match[0])), match.span())
    return None


@cache
def _spelled() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the shapes of a spelled address, of its sign and of its dots.

    A bare "at" needs a spelled dot behind it: "at St. Paul" is no address.
    """
    at, plain, dot = ("|".join(_words(name)) for name in ("at", "plain", "dot"))
    boxed, stop = rf"\s?[(\[]\s?(?:{at})\s?[)\]]\s?", rf"\s?[(\[]?\b(?:{dot})\b[)\]]?\s?"
    spelled = (
        rf"\b[\w.+-]{{1,64}}(?: (?:{dot}) [\w-]{{1,63}}){{0,3}}"
        rf"(?:(?:{boxed}|\s(?:{plain})\s)[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,4}}\b"
        rf"|(?:{boxed}|\s(?:{at})\s)[\w-]{{1,63}}(?:{stop}[\w-]{{1,63}}){{1,4}})"
    )
    shapes = (spelled, rf"\s?[(\[]?\b(?:{at})\b[)\]]?\s?", stop)
    first, second, third = (re.compile(shape, re.IGNORECASE) for shape in shapes)
    return first, second, third


def _words(name: str) -> list[str]:
    return [re.escape(word) for code in ("ru", "en") for word in table("capture", code)["spelled"][name]]
