"""Phone numbers as people type them, to E.164."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct

from bot.language.lexicon import table
from bot.language.places import country_of

_GROUP = re.compile(r"\+?[(]?\d+")
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})(?!\d)|\d{4}-\d{2}-\d{2}")
#: A number without its area code: kept as typed.
_LOCAL = re.compile(r"\d{3}[ -]\d{2}[ -]\d{2}|\d{3}[ -]\d{4}")

#: Where a number without a country code belongs while neither the user's country nor the zone tells.
_HOME = {"ru": "RU", "en": "US"}
#: A number of this many digits may be a phone even where its area code is not known.
_ENOUGH = 9
#: What stands before an area code where people ring within their country.
_TRUNKS = "08"


class Phone(Struct, frozen=True):
    """A number found in a text; `number` is E.164, `extension` the digits behind "ext" or the like."""

    number: str
    start: int
    end: int
    extension: str = ""

    @property
    def written(self) -> str:
        """The number with its extension: "+13035550101x4"."""
        return f"{self.number}x{self.extension}" if self.extension else self.number


def normalised(typed: str, language: str, country: str | None = None, zone: str | None = None) -> str:
    """Return the number as E.164, an extension kept behind "x"; as typed when it cannot be read."""
    found = find_phones(typed, language, country, zone)
    return found[0].written if len(found) == 1 else typed.strip()


def find_phones(
    text: str, language: str, country: str | None = None, zone: str | None = None
) -> tuple[Phone, ...]:
    """Return the phone numbers of a text in their order.

    A number without a country code belongs to the country named, else to that of the user's zone.
    """
    known = [code for code in (country, zone and country_of(zone)) if code]
    homes = tuple(dict.fromkeys(known)) or (_HOME.get(language, "US"),)
    found = (_best(match, homes) for match in _candidates().finditer(text))
    return tuple(phone for phone in found if phone is not None)


@cache
def _candidates() -> re.Pattern[str]:
    """Return the shape of a number: seven digits or more in groups, with an optional extension."""
    marks = "|".join(re.escape(mark) for code in _HOME for mark in table("capture", code)["extensions"])
    return re.compile(
        rf"(?<![\w@.,:-])(?<!\d/)(?<!//)\+?[(]?\d(?:[ \t\xa0()./–-]{{0,3}}\d){{6,17}}(?![\d:%@])"
        rf"(?:[,;]?\s{{0,2}}(?:{marks})[.:]?\s?(?P<extension>\d{{1,6}})(?!\d))?",
        re.IGNORECASE,
    )


def _best(match: re.Match[str], homes: Sequence[str]) -> Phone | None:
    """Return the number of a match, without digits beside it that belong to a date or an hour."""
    if _DATE.match(match[0]):
        return None
    extension = match["extension"] or ""
    stop = match.end() if not extension else match.start("extension")
    typed = match[0][: stop - match.start()]
    for start, end in _cuts(typed):
        number = next(filter(None, (_e164(typed[start:end], home) for home in homes)), None)
        if number:
            return Phone(
                number,
                match.start() + start,
                match.end() if extension else match.start() + end,
                extension,
            )
    return _unknown(match, typed, extension, homes[-1])


def _unknown(match: re.Match[str], typed: str, extension: str, home: str) -> Phone | None:
    """Return a number of the right length whose area code is in no table yet, or one without an area code."""
    typed = typed if extension else match[0].strip()
    digits = sum(sign.isdigit() for sign in typed)
    marked = typed[0] == "+" or typed.lstrip("( ")[0] in _TRUNKS
    if marked and digits >= _ENOUGH and (number := _e164(typed, home, known=False)):
        return Phone(number, match.start(), match.end(), extension)
    return Phone(typed, match.start(), match.end()) if _LOCAL.fullmatch(typed) or typed[0] == "+" else None


def _cuts(typed: str) -> Iterator[tuple[int, int]]:
    """Yield the whole, then what is left without its last or its first groups."""
    groups = [(group.start(), group.end()) for group in _GROUP.finditer(typed)]
    yield groups[0][0], groups[-1][1]
    for dropped in (1, 2):
        if len(groups) > dropped:
            yield groups[0][0], groups[-1 - dropped][1]
            yield groups[dropped][0], groups[-1][1]


def _e164(typed: str, country: str, *, known: bool = True) -> str | None:
    """Return the number as E.164; not `known`: its length is right, its area code need not be in use."""
    import phonenumbers

    try:
        number = phonenumbers.parse(typed, country)
    except phonenumbers.NumberParseException:
        return None
    right = phonenumbers.is_valid_number if known else phonenumbers.is_possible_number
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if right(number) else None
