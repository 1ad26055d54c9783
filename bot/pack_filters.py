"""The filters of the packs: days in words and names in quotes, from the language's word table."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import lru_cache, partial
from itertools import cycle
from pathlib import Path
from typing import Any

from babel.dates import format_date, format_time

_QUOTE = re.compile('["«»„“”]')


def read_table(path: Path) -> dict[str, str]:
    """Return the `key = value` lines of a table; `#` starts a comment line."""
    lines = (line.partition("=") for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {key.strip(): value.strip() for key, equals, value in lines if equals}


def filters(language: str, table: Mapping[str, str]) -> dict[str, Callable[..., str]]:
    """Return the filters of a language by name.

    A row of seven is a weekday filter from Monday on, `clock` and the other rows are CLDR patterns.
    """
    outer, inner = table["quotes"].split()
    made: dict[str, Callable[..., str]] = {
        "capital": partial(_of, str, _capital),
        "clock": partial(_of, (time, datetime), partial(_clock, language, table["clock"])),
        "quoted": partial(_of, str, partial(_quoted, outer, inner)),
        "name": partial(_of, str, partial(_name, outer, table["names_in_quotes"] == "yes")),
    }
    for key, value in table.items():
        weekdays = value.split(", ")
        if len(weekdays) == 7:
            made[key] = partial(_of, date, partial(_weekday, weekdays))
        elif key.endswith("day"):
            made[key] = partial(_of, date, partial(_day, language, value))
    return made


def _of(kind: type | tuple[type, ...], function: Callable[[Any], str], value: object) -> str:
    """Return what the function makes of a value of its kind; TypeError for any other."""
    if not isinstance(value, kind):
        raise TypeError(f"not {kind}")
    return function(value)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _weekday(weekdays: list[str], day: date) -> str:
    return weekdays[day.weekday()]


@lru_cache(maxsize=1024)
def _day(language: str, pattern: str, day: date) -> str:
    return format_date(day, pattern, locale=language)


def _clock(language: str, pattern: str, at: time | datetime) -> str:
    return format_time(at, pattern, locale=language)


def _quoted(outer: str, inner: str, text: str) -> str:
    """Return the text in quotes of its own, the quotes inside it made inner ones."""
    text = text.strip(" .,;:")
    if len(_QUOTE.findall(text)) == 2 and _QUOTE.match(text[0]) and _QUOTE.match(text[-1]):
        text = text[1:-1]
    return outer[0] + _requoted(inner, text) + outer[1]


def _name(outer: str, in_quotes: bool, name: str) -> str:
    """Return a company's name in quotes where the language puts them; foreign letters go without.

    The full stop of "Inc." goes too: the sentence brings its own.
    """
    name = name.rstrip(".")
    if _QUOTE.search(name):
        return _requoted(outer, name)
    is_native = any(letter.isalpha() and not letter.isascii() for letter in name)
    return f"{outer[0]}{name}{outer[1]}" if in_quotes and is_native else name


def _requoted(pair: str, text: str) -> str:
    sides = cycle(pair)
    return _QUOTE.sub(lambda _: next(sides), text)
