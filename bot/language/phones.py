"""Phone numbers as people type them, to E.164."""

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from bot.language.lexicon import table

_GROUP = re.compile(r"\+?[(]?\d+")
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})(?!\d)|\d{4}-\d{2}-\d{2}")
#: A number without its area code: kept as typed.
_LOCAL = re.compile(r"\d{3}[ -]\d{2}[ -]\d{2}|\d{3}[ -]\d{4}")

#: Where a number without a country code belongs while the user's country is not known.
_HOME = {"ru": "RU", "en": "US"}


class Phone(Struct, frozen=True):
    """A number found in a text; `number` is E.164, with "x12" behind it for an extension."""

    number: str
    start: int
    end: int


def normalised(typed: str, language: str, country: str | None = None) -> str:
    """Return the number as E.164, an extension kept behind "x"; as typed when it cannot be read."""
    found = find_phones(typed, language, country)
    return found[0].number if len(found) == 1 else typed.strip()


def find_phones(text: str, language: str, country: str | None = None) -> tuple[Phone, ...]:
    """Return the phone numbers of a text in their order."""
    return tuple(
        phone
        for match in _candidates().finditer(text)
        if (phone := _best(match, country or _HOME.get(language, "US"))) is not None
    )


@cache
def _candidates() -> re.Pattern[str]:
    """Return the shape of a number: seven digits or more in groups, with an optional extension."""
    marks = "|".join(re.escape(mark) for code in _HOME for mark in table("capture", code)["extensions"])
    return re.compile(
        rf"(?<![\w@/.,:-])\+?[(]?\d(?:[ \t\xa0()./–-]{{0,3}}\d){{6,17}}(?![\d:%@])"
        rf"(?:[,;]?\s{{0,2}}(?:{marks})[.:]?\s?(?P<extension>\d{{1,6}})(?!\d))?",
        re.IGNORECASE,
    )


def _best(match: re.Match[str], country: str) -> Phone | None:
    """Return the number of a match, without digits beside it that belong to a date or an hour."""
    if _DATE.match(match[0]):
        return None
    stop = match.end() if not match["extension"] else match.start("extension")
    for start, end in _cuts(match[0][: stop - match.start()]):
        number = _e164(match[0][start:end], country)
        if number:
            extension = f"x{match['extension']}" if match["extension"] else ""
            return Phone(
                number + extension, match.start() + start, match.end() if extension else match.start() + end
            )
    typed = match[0].strip()
    return Phone(typed, match.start(), match.end()) if _LOCAL.fullmatch(typed) or typed[0] == "+" else None


def _cuts(typed: str) -> Iterator[tuple[int, int]]:
    """Yield the whole, then what is left without its last or its first groups."""
    groups = [(group.start(), group.end()) for group in _GROUP.finditer(typed)]
    yield groups[0][0], groups[-1][1]
    for dropped in (1, 2):
        if len(groups) > dropped:
            yield groups[0][0], groups[-1 - dropped][1]
            yield groups[dropped][0], groups[-1][1]


def _e164(typed: str, country: str) -> str | None:
    import phonenumbers

    try:
        number = phonenumbers.parse(typed, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
