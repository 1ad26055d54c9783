"""Names that a note sets aside for another: turned down by Vega, instead of Vega, в Ромб не иду."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from bot.language.lexicon import table
from bot.language.note_chunks import parts
from bot.language.note_kinds import Kind
from bot.language.note_phrases import Said
from bot.language.note_words import Token

_LONGEST = 4


def address_spans(text: str) -> list[tuple[int, int]]:
    """Return where houses of streets stand: 12 Gagarin St."""
    return [match.span() for match in _streets().finditer(text)]


@cache
def _streets() -> re.Pattern[str]:
    kinds = "|".join(re.escape(word) for word in table("capture", "en")["addresses"]["streets"])
    return re.compile(rf"\b\d{{1,5}}[a-z]?,?\s(?:[A-Z][\w'’]{{1,20}}\s){{1,3}}(?:{kinds})\b\.?")


def spent_spans(text: str, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Return where names stand that hold no more; the phrase that says so stands before or behind."""
    said = Said(text)
    before = [_from(tokens, end) for _, end in said.spans("spent")]
    behind = [_until(tokens, start) for start, _ in said.spans("spent_behind")]
    return [span for span in (*before, *behind) if span]


def _from(tokens: Sequence[Token], end: int) -> tuple[int, int] | None:
    """Return the name that begins directly behind this place."""
    behind = [token for token in tokens if token.start >= end][:_LONGEST]
    run = list(_run(behind))
    return (run[0].start, run[-1].end) if run else None


def _run(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        if parts(token.gap) or not _names(token):
            return
        yield token


def _until(tokens: Sequence[Token], start: int) -> tuple[int, int] | None:
    """Return the name that ends directly before this place."""
    before = [token for token in tokens if token.end <= start][-_LONGEST:]
    run: list[Token] = []
    for token in reversed(before):
        if not _names(token):
            break
        run.append(token)
        if parts(token.gap):
            break
    return (run[-1].start, run[0].end) if run else None


def _names(token: Token) -> bool:
    return token.quoted or token.capital or bool(token.kind & (Kind.CLASS | Kind.LEGAL))
