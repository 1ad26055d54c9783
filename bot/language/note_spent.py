"""Names that a note sets aside for another: turned down by Vega, instead of Vega, в Ромб не иду."""

from collections.abc import Iterator, Sequence

from bot.language.note_chunks import parts
from bot.language.note_kinds import Kind
from bot.language.note_phrases import Said
from bot.language.note_words import Token

_LONGEST = 4


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
