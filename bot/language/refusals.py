"""Days that an answer names only to put aside: "moved from Friday to Monday", "the 2nd doesn't work"."""

from collections.abc import Iterator
from itertools import pairwise

from msgspec import structs

from bot.language.clues import Clue, Context, has_clock, has_day
from bot.language.dates_grammar import pieces
from bot.language.grammar import Piece
from bot.language.next_ones import with_next_ones
from bot.language.token_types import Token

_CLAUSE_SIGNS = frozenset(",.;:!?()-")
_ARROW = "→"
_CLAUSE_WORDS = ("but", "so", "correction")
#: A span of tokens, the last exclusive.
Span = tuple[int, int]


def read_pieces(found: list[Token], context: Context) -> list[Piece]:
    """Return the clues of an answer; those that were moved away or do not suit are marked refused."""
    moved = next((index for index, token in enumerate(found) if token.may("moved")), None)
    read = _before_arrow(found, pieces(found, context) if moved is None else _moved(found, moved, context))
    read = with_next_ones(found, _replaced(found, _without_now(found, read)))
    return read if _is_conditional(found, read) else _unsuitable(found, read)


def _before_arrow(found: list[Token], read: list[Piece]) -> list[Piece]:
    """Put aside what stands before an arrow, if a day and an hour stand behind it."""
    arrows = [index for index, token in enumerate(found) if token.text == _ARROW]
    behind = [piece.clue for piece in read if arrows and piece.first > arrows[-1]]
    if not (any(has_day(c) or c.figures for c in behind) and any(map(has_clock, behind))):
        return read
    return [structs.replace(piece, refused=piece.first < arrows[-1]) for piece in read]


def _moved(found: list[Token], moved: int, context: Context) -> list[Piece]:
    """Read "from Friday" and "to Monday" apart, and put aside what stands behind "from"."""
    turns = _turns(found, moved + 1) or _turns(found, 0)
    cuts = [0, *turns, len(found)]
    read: list[Piece] = []
    for start, end in pairwise(cuts):
        part = [
            structs.replace(piece, first=piece.first + start, last=piece.last + start)
            for piece in pieces(found[start:end], context)
        ]
        is_left = start in turns and not found[start].may("onto") and _is_read(part)
        is_clear = found[end].may("onto") if end < len(found) else not any(has_clock(p.clue) for p in part)
        read += [structs.replace(piece, refused=True) for piece in part] if is_left and is_clear else part
    return read


def _turns(found: list[Token], start: int) -> list[int]:
    """Return where "from" and the "to" behind it stand."""
    turns: list[int] = []
    for index in range(start, len(found)):
        leaving = bool(turns) and not found[turns[-1]].may("onto")
        leaves = found[index].may("from") or (start and index == start and found[index].may("part"))
        if found[index].may("onto") if leaving else leaves:
            turns.append(index)
    return turns


def _is_read(part: list[Piece]) -> bool:
    return any(piece.clue != Clue() for piece in part)


def _without_now(found: list[Token], read: list[Piece]) -> list[Piece]:
    """Leave out a "now" that only says that another day counts by now, or a "just" beside a day."""
    now = [
        piece
        for piece in read
        if found[piece.first].may("just")
        or (piece.last - piece.first == 1 and found[piece.first].senses.keys() >= {"day", "filler"})
    ]
    return [p for p in read if p not in now] if any(has_day(p.clue) for p in read if p not in now) else read


def _replaced(found: list[Token], read: list[Piece]) -> list[Piece]:
    """Put aside the day behind "instead of"."""
    ends = [0, *(piece.last for piece in read)]
    return [
        structs.replace(piece, refused=True)
        if any(token.may("instead_of") for token in found[end : piece.first])
        else piece
        for end, piece in zip(ends, read, strict=False)
    ]


def _is_conditional(found: list[Token], read: list[Piece]) -> bool:
    """Tell whether an "if" leaves open what suits."""
    covered = {index for piece in read for index in range(piece.first, piece.last)}
    return any(token.may("if") for index, token in enumerate(found) if index not in covered)


def _unsuitable(found: list[Token], read: list[Piece]) -> list[Piece]:
    """Put aside the one day of a clause that says it does not suit; the clause is understood with it."""
    kept = list(read)
    for start, end in _clauses(found, read):
        inside = [number for number, piece in enumerate(read) if start <= piece.first < end]
        days = [number for number in inside if has_day(read[number].clue)]
        refusing = [index for index in range(start, end) if _refuses(found, index, read)]
        if not refusing or len(days) != 1 or _lasts_until(found, refusing[-1], read[days[0]]):
            continue
        bounds = [start, *(read[number].first for number in inside[1:]), end]
        for place, number in enumerate(inside):
            kept[number] = structs.replace(
                read[number], first=bounds[place], last=bounds[place + 1], refused=True
            )
    return kept


def _lasts_until(found: list[Token], refusing: int, day: Piece) -> bool:
    """Tell whether only the time before the day is refused: off until Monday."""
    return any(token.may("by") for token in found[refusing + 1 : day.first])


def _refuses(found: list[Token], index: int, read: list[Piece]) -> bool:
    return found[index].may("refusal") and not any(piece.first <= index < piece.last for piece in read)


def _clauses(found: list[Token], read: list[Piece]) -> Iterator[Span]:
    """Split at signs and words that begin a clause, outside of the clues."""
    covered = {index for piece in read for index in range(piece.first, piece.last)}
    start = 0
    for index, token in enumerate(found):
        begins = token.text in _CLAUSE_SIGNS or any(map(token.may, _CLAUSE_WORDS))
        if begins and index not in covered and not token.may("refusal"):
            yield start, index
            start = index + 1
    yield start, len(found)
