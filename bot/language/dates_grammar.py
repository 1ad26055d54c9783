"""All rules of dates together: tokens -> clues."""

from bot.language import (
    rules_days,
    rules_edges,
    rules_figures,
    rules_hours,
    rules_named,
    rules_spans,
    rules_weeks,
)
from bot.language.clues import Context
from bot.language.grammar import Piece, indexed, longest
from bot.language.token_types import Token

_INDEX = indexed(
    rule
    for every in (rules_spans, rules_weeks, rules_days, rules_edges, rules_named, rules_figures, rules_hours)
    for rule in every.RULES
)


def pieces(found: list[Token], context: Context) -> list[Piece]:
    """Return the clues in the text, taking the longest phrase at each place."""
    there = {category for token in found for category in token.senses}
    rules = {name: [rule for rule in _INDEX.get(name, ()) if rule.needs <= there] for name in there}
    read: list[Piece] = []
    position = 0
    while position < len(found):
        piece = longest(found, position, context, rules)
        if piece:
            read.append(piece)
        position = piece.last if piece else position + 1
    return read
