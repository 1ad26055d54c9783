"""The word lists beside this file, one folder per language: loaded on first use and kept."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent


def fold(word: str) -> str:
    """Return the word as the lists hold it: small letters, yo without its dots, a straight apostrophe."""
    return word.casefold().replace("\u0451", "\u0435").replace("’", "'")


@cache
def words(name: str, language: str) -> frozenset[str]:
    """Return the entries of `<language>/<name>.txt`.

    A line holds words, or after "=" one entry of several words; "#" begins a line of comment.
    """
    entries: set[str] = set()
    for line in (_FOLDER / language / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("="):
            entries.add(fold(line[1:].strip()))
        elif not line.startswith("#"):
            entries.update(fold(word) for word in line.split())
    return frozenset(entries)


@cache
def table(name: str, language: str) -> dict[str, Any]:
    """Return the contents of `<language>/<name>.toml`."""
    return tomllib.loads((_FOLDER / language / f"{name}.toml").read_text(encoding="utf-8"))
