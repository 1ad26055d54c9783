"""What the words of a clause say together, in any order: ideas, and the rules that join them."""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from msgspec import Struct

from bot.language.lexicon import table
from bot.language.phrases import Phrases, Word

_RULES = Path(__file__).parent / "reply_rules.toml"


class Rule(Struct, frozen=True):
    """Ideas that must, and must not, stand in one clause to speak for a label."""

    name: str
    strength: str
    wanted: frozenset[str]
    barred: frozenset[str]


class Joined(Struct, frozen=True):
    """A rule that holds in a clause, with the words it rests on."""

    rule: Rule
    first: int
    last: int
    #: The words of the ideas themselves: a "not" among them is a part of the idea.
    own: frozenset[int]


def join_ideas(
    clauses: Sequence[tuple[int, int]], words: Sequence[Word], *, days: Sequence[int]
) -> Iterator[Joined]:
    """Yield the rules that hold in each clause (first word, behind the last); `days`: words of a day."""
    clause_of = [number for number, (first, behind) in enumerate(clauses) for _ in range(first, behind)]
    present: list[dict[str, list[tuple[int, int]]]] = [defaultdict(list) for _ in clauses]
    ideas, phrases = _ideas()
    for hit in phrases.find(words):
        present[clause_of[hit.first]][ideas[hit.key]].append((hit.first, hit.last))
    for place in days:
        present[clause_of[place]]["day"].append((place, place))
    for found in present:
        for rule in _candidates(frozenset(found)):
            if apart := _apart([found[idea] for idea in sorted(rule.wanted)]):
                own = frozenset(place for span in apart for place in range(span[0], span[1] + 1))
                yield Joined(rule, min(own), max(own), own)


def _apart(choices: Sequence[Sequence[tuple[int, int]]]) -> list[tuple[int, int]] | None:
    """Return one place for each idea so that no word serves two; None when there is none."""
    taken: list[tuple[int, int]] = []
    for spans in sorted(choices, key=len):
        free = next((span for span in spans if all(span[1] < t[0] or t[1] < span[0] for t in taken)), None)
        if free is None:
            return None
        taken.append(free)
    return taken


def _candidates(present: frozenset[str]) -> Iterator[Rule]:
    """Yield the rules whose ideas are all there."""
    rules = _rules()
    for idea in present:
        for rule in rules.get(idea, ()):
            if rule.wanted <= present and not rule.barred & present:
                yield rule


@cache
def _rules() -> dict[str, list[Rule]]:
    """Return the rules, each under one of its ideas."""
    rules: dict[str, list[Rule]] = defaultdict(list)
    known = set(_ideas()[0]) | {"day"}
    for name, strengths in tomllib.loads(_RULES.read_text(encoding="utf-8")).items():
        for strength, lines in strengths.items():
            for line in lines:
                wanted, *barred = (part.strip() for part in line.split(" - "))
                ideas = frozenset(part.strip() for part in wanted.split("+"))
                if ideas <= known:
                    rules[min(ideas)].append(Rule(name, strength, ideas, frozenset(barred)))
    return rules


@cache
def _ideas() -> tuple[list[str], Phrases]:
    rows = [
        (idea, phrase)
        for code in ("ru", "en")
        for idea, phrases in table("ideas", code)["ideas"].items()
        for phrase in phrases
    ]
    return [idea for idea, _ in rows], Phrases(phrase for _, phrase in rows)
