"""Days named by another one: "not tomorrow, the day after", "not this Thursday, the one after"."""

from datetime import timedelta

from msgspec import structs

from bot.language.clues import Clue
from bot.language.grammar import Piece
from bot.language.token_types import Token


def with_next_ones(found: list[Token], read: list[Piece]) -> list[Piece]:
    """Return the clues with "the one after" among them; the weekday that a "not" puts off is refused."""
    covered = {index for piece in read for index in range(piece.first, piece.last)}
    for index, token in enumerate(found):
        before = [piece for piece in read if piece.last <= index]
        if index in covered or not before or not any(word.may("not") for word in found[:index]):
            continue
        if (day := _day_after(token, before[-1])) is not None:
            return [*before, Piece(day, index, index + 1), *read[len(before) :]]
        if (day := _week_after(token, before)) is not None:
            put_off = [structs.replace(p, refused=p.refused or p.clue.weekday is not None) for p in before]
            return [*put_off, Piece(day, index, index + 1), *read[len(before) :]]
    return read


def _day_after(token: Token, before: Piece) -> Clue | None:
    exact = before.clue.exact
    if exact is None or not token.may("after_day"):
        return None
    return Clue(exact=exact + timedelta(int(token.senses["after_day"])))


def _week_after(token: Token, before: list[Piece]) -> Clue | None:
    is_next = token.may("one_after") or token.senses.get("which") == "next"
    named = next((piece.clue for piece in reversed(before) if piece.clue.weekday is not None), None)
    if named is None or not is_next or named.which not in {None, "this", "coming"}:
        return None
    return Clue(weekday=named.weekday, which=named.which, skip=1)
