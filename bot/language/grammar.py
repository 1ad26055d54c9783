"""The machine that reads phrases by rules; the rules of dates stand in rules_*.py.

A rule reads like the phrase: "in number unit" is "in three days". A row holds for every language whose
words have those categories, so a language that puts them in another order gets a row of its own.
`a|b` is either, `a?` may be missing, `a=x` has that value; filler words in between are passed over.
"""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from bot.language.clues import Clue, Context
from bot.language.token_types import Token

#: So many filler words may stand inside a phrase.
_MOST_FILLERS = 3
_LONGEST_ABBREVIATION = 4
#: What a hyphen ties to its number; a 30-minute call says how long it lasts.
_TERMS = frozenset({"hour", "day", "workday", "week", "month"})


class Match(Struct):
    """What a rule found: the values by category, and the tokens."""

    values: dict[str, list[Any]]
    tokens: list[Token]
    context: Context
    before: Token | None
    after: Token | None

    def __contains__(self, category: str) -> bool:
        return category in self.values

    def __getitem__(self, category: str) -> Any:
        return self.values[category][0]

    def value(self, category: str, index: int = 0) -> Any:
        """Return the value of this category, or None."""
        found = self.values.get(category, ())
        return found[index] if index < len(found) else None

    def token(self, category: str) -> Token:
        """Return the first token that may be of this category."""
        return next(token for token in self.tokens if token.may(category))

    def numbers(self) -> list[Any]:
        """Return the numbers named, in words or in figures like 3-5."""
        if "pair" in self.values:
            return list(self.token("pair").numbers)
        return [value for name in ("number", "ordinal") for value in self.values.get(name, [])]

    def follows(self, *categories: str) -> bool:
        """Tell whether the token before the match may be one of these."""
        return self.before is not None and any(map(self.before.may, categories))


Action = Callable[[Match], Clue | None]


class Element(Struct, frozen=True):
    """One place of a rule."""

    choices: tuple[tuple[str, str | None], ...]
    optional: bool

    def find(self, token: Token) -> tuple[str, Any] | None:
        """Return the category and the value that the token has here."""
        for category, wanted in self.choices:
            if category in token.senses:
                value = token.senses[category]
                if wanted is None or str(value) == wanted:
                    return category, value
        return None


class Rule(Struct, frozen=True):
    """A row of elements and what it means; None: after all it does not hold."""

    elements: tuple[Element, ...]
    action: Action
    #: Categories without which it does not hold.
    needs: frozenset[str]


class Piece(Struct, frozen=True):
    """A clue and the tokens first..last (exclusive) it was read from; `refused`: named to be put aside."""

    clue: Clue
    first: int
    last: int
    refused: bool = False


def rules(rows: str, action: Action) -> list[Rule]:
    """Return one rule a line."""
    return [_rule(row, action) for row in rows.strip().splitlines()]


def _rule(row: str, action: Action) -> Rule:
    elements = tuple(_element(word) for word in row.split())
    single = (
        element.choices[0] for element in elements if len(element.choices) == 1 and not element.optional
    )
    return Rule(elements, action, frozenset(category for category, _ in single))


def _element(word: str) -> Element:
    parts = [choice.partition("=") for choice in word.removesuffix("?").split("|")]
    choices = tuple((category, value or None) for category, _, value in parts)
    return Element(choices, word.endswith("?"))


def indexed(every: Iterable[Rule]) -> dict[str, list[Rule]]:
    """Return the rules by every category that can come first in them."""
    index: dict[str, list[Rule]] = {}
    for rule in every:
        for element in rule.elements:
            for category, _ in element.choices:
                found = index.setdefault(category, [])
                if rule not in found:
                    found.append(rule)
            if not element.optional:
                break
    return index


def longest(
    found: list[Token], position: int, context: Context, index: dict[str, list[Rule]]
) -> Piece | None:
    """Return the clue of the longest phrase that begins here; of two as long, the first rule's."""
    best: Piece | None = None
    for category in found[position].senses:
        for rule in index.get(category, ()):
            taken = _match(rule, found, position, context)
            if taken is None or (best and taken[1] <= best.last):
                continue
            clue = rule.action(taken[0])
            if clue is not None:
                best = Piece(clue, position, taken[1])
    return best


def _match(rule: Rule, found: list[Token], position: int, context: Context) -> tuple[Match, int] | None:
    values: dict[str, list[Any]] = {}
    taken: list[Token] = []
    end = position
    for element in rule.elements:
        index = end
        hit = element.find(found[index]) if index < len(found) else None
        reach = min(len(found) - 1, end + _MOST_FILLERS) if taken else end
        while hit is None and index < reach and _passed_over(found, index):
            index += 1
            hit = element.find(found[index])
        if hit is not None:
            values.setdefault(hit[0], []).append(hit[1])
            taken.append(found[index])
            end = index + 1
        elif not element.optional:
            return None
    before = _meaningful_before(found, position)
    after = found[end] if end < len(found) else None
    return Match(values, taken, context, before, after), end


def _meaningful_before(found: list[Token], position: int) -> Token | None:
    """Return the token before, articles and other mere filler words left out."""
    for token in reversed(found[max(0, position - _MOST_FILLERS) : position]):
        if token.senses.keys() != {"filler"}:
            return token
    return None


def _passed_over(found: list[Token], index: int) -> bool:
    """Tell whether the token may stand inside a phrase: a filler word, a comma, the point of "Aug."."""
    token = found[index]
    abbreviates = token.text == "." and token.glued and len(found[index - 1].text) <= _LONGEST_ABBREVIATION
    return "filler" in token.senses or token.text == "," or abbreviates or _is_compound(found, index)


def _is_compound(found: list[Token], index: int) -> bool:
    """Tell whether this is the hyphen of "10-day" or "two-week"."""
    if found[index].text != "-" or not found[index].glued or index + 1 == len(found):
        return False
    unit = found[index + 1]
    is_term = unit.senses.get("unit") in _TERMS
    return unit.glued and is_term and found[index - 1].may("number")
