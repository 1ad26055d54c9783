"""The reply itself: a pasted letter without the earlier letter it quotes and without its signature."""

import re
from functools import cache

from bot.language.lexicon import table
from bot.language.phrases import Phrases, split_words

_LANGUAGES = ("ru", "en")
_QUOTED_LINE = re.compile(r"^\s*>")
_RULE = re.compile(r"^\s*[-_]{4,}.{0,60}$")


def letter_itself(text: str) -> str:
    """Return the text without the earlier letter it quotes and without its signature, cut at the end."""
    lines = text.splitlines(keepends=True)
    kept = 0
    for place, line in enumerate(lines):
        if kept and any(one.strip() for one in lines[:place]) and _ends_letter(line):
            break
        kept += 1
    own = "".join(line for line in lines[:kept] if not _QUOTED_LINE.match(line))
    return own if own.strip() else text


def _ends_letter(line: str) -> bool:
    """Tell whether the line begins a quoted letter or a signature."""
    if _RULE.match(line):
        return True
    words = split_words(line)
    heads = next(_marks("quotes").find(words), None)
    if heads is not None and line.rstrip().endswith((":", "-")):
        return True
    return len(words) <= 6 and any(hit.first == 0 for hit in _marks("signatures").find(words))


@cache
def _marks(name: str) -> Phrases:
    return Phrases(phrase for code in _LANGUAGES for phrase in table("replies", code)["letter"][name])
