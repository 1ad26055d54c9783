"""The phrases found in a reply, and the weight they give to each label."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct

from bot.domain.vacancy import Channel
from bot.language.lexicon import table
from bot.language.phrases import Hit, Phrases
from bot.language.reply_clauses import Clauses
from bot.language.reply_ideas import join_ideas

#: Groups of phrases in the data files; every one but the refusal is a label.
NAMES = (
    "refusal",
    "offer",
    "next_stage",
    "test_task",
    "position_frozen",
    "reserve_other_position",
    "auto_reply",
    "no_decision_maker",
    "asks_for_info",
    "promised_date",
    "asked_to_wait",
    "vague",
    "other",
)
_MARKS = {
    "polite": "words",
    "hedges": "words",
    "indecision": "words",
    "decided": "words",
    "returns": "words",
    "doubts": "words",
}
_STRENGTHS = {"clear": 6.5, "sure": 5.0, "strong": 4.0, "fair": 2.4, "plain": 1.4, "weak": 0.4}
#: "Maybe we take you, maybe not" is neither an offer nor a refusal.
_CERTAIN, _DOUBTED = frozenset({"offer", "refusal"}), 0.45
#: An interview or a task they thank for lies behind, not ahead.
_AHEAD, _RECALLED = frozenset({"next_stage", "test_task", "asks_for_info"}), 0.25
#: A refusal before "but we shall remember you" stands (R114).
_STANDS = 0.8
#: Of two equally strong readings the more particular one is meant.
_PRIORS = {
    "position_frozen": 1.3,
    "reserve_other_position": 1.25,
    "test_task": 1.25,
    "no_decision_maker": 1.15,
    "next_stage": 1.1,
    "refusal": 1.05,
    "asks_for_info": 0.95,
    "asked_to_wait": 0.9,
    "vague": 0.85,
}
#: Hesitation, and a decision that is not told, are answers without an answer (R26, R29).
_UNSAID = {"indecision": "sure", "decided": "sure"}
#: Not interesting, not decided: a mark denied is none.
_DENIED_MARKS = frozenset({"polite", "decided"})
#: The second, third … phrase of a label adds less and less.
_FADING, _COUNTED = 0.45, 6
#: Phrases over the same words add a little each.
_AGREEING = 0.04
#: A denied offer or invitation is a refusal in other words; a denied refusal is no answer yet.
_TURNED = {"offer": ("refusal", 0.8), "next_stage": ("refusal", 0.6), "refusal": ("vague", 0.6)}
_DENIABLE = frozenset({"offer", "next_stage", "test_task", "asks_for_info", "refusal", "position_frozen"})
#: "If he declines, we will take you": a condition is the point of these.
_CONDITIONAL = frozenset(
    {"reserve_other_position", "auto_reply", "vague", "no_decision_maker", "asked_to_wait"}
)


class Claim(Struct, frozen=True):
    """One phrase of a label: where it stands and what it weighs."""

    start: int
    first: int
    last: int
    weight: float


class _Entry(Struct, frozen=True):
    name: str
    weight: float
    negative: bool


class Evidence:
    """All claims of a reply, by label."""

    def __init__(self, clauses: Clauses, *, written: bool) -> None:
        self.clauses = clauses
        self.written = written
        self.marks: dict[str, list[Hit]] = defaultdict(list)
        self._claims: dict[str, list[Claim]] = defaultdict(list)
        self._shares: dict[str, float] = defaultdict(lambda: 1.0)

    def add(self, name: str, claim: Claim) -> None:
        """Add a claim."""
        self._claims[name].append(claim)

    def scale(self, name: str, share: float) -> None:
        """Let the claims of a label count more, or less, than their phrases say."""
        self._shares[name] *= share

    def score(self, name: str) -> float:
        """Return the weight of a label: its best phrase, and less and less of the others that stand apart."""
        taken: list[Claim] = []
        agreeing = 0
        for claim in sorted(self._claims[name], key=lambda one: -one.weight):
            if len(taken) == _COUNTED:
                break
            if all(claim.last < other.first or other.last < claim.first for other in taken):
                taken.append(claim)
            elif claim.weight >= _STRENGTHS["fair"]:
                agreeing += 1
        total = sum(claim.weight * _FADING**place for place, claim in enumerate(taken))
        return total * (1 + _AGREEING * min(agreeing, _COUNTED)) * self._shares[name]

    def best(self, name: str) -> Claim:
        """Return the heaviest phrase of a label."""
        return max(self._claims[name], key=lambda one: one.weight)

    def best_after(self, name: str, place: int) -> float:
        """Return the weight of the heaviest phrase of a label behind a word."""
        return max((claim.weight for claim in self._claims[name] if claim.first >= place), default=0.0)

    def has(self, mark: str) -> bool:
        """Tell whether words of this mark stand in the reply."""
        return bool(self.marks[mark])


def gather(clauses: Clauses, *, days: Sequence[int], channel: Channel | None) -> Evidence:
    """Return the claims of a reply; `days`: the words that name a day."""
    evidence = Evidence(clauses, written=channel is Channel.EMAIL)
    for joined in join_ideas(clauses.spans, clauses.words, days=days):
        entry = _Entry(joined.rule.name, _STRENGTHS[joined.rule.strength], "not" in joined.rule.wanted)
        for name, claim in _claims(clauses, Hit(0, joined.first, joined.last), entry, joined.own):
            evidence.add(name, claim)
    entries, phrases = _phrases()
    for hit in phrases.find(clauses.words):
        entry = entries[hit.key]
        if entry.name in _MARKS:
            if not entry.negative and entry.name in _DENIED_MARKS and clauses.negated(hit.first, hit.last):
                continue
            evidence.marks[entry.name].append(hit)
            if entry.name in _UNSAID:
                weight = _STRENGTHS[_UNSAID[entry.name]]
                evidence.add("vague", Claim(clauses.words[hit.first].start, hit.first, hit.last, weight))
        else:
            for name, claim in _claims(clauses, hit, entry):
                evidence.add(name, claim)
    _add_unsaid_refusal(evidence)
    _add_question(evidence)
    for name, share in _PRIORS.items():
        evidence.scale(name, share)
    evidence.scale("promised_date", 1.0 if days else 0.15)
    evidence.scale("auto_reply", 0.4 if channel is Channel.PHONE else 1.6)
    return evidence


def _add_unsaid_refusal(evidence: Evidence) -> None:
    """Praise or thanks, then "but", then nothing that helps: a refusal in diplomatic words (R116)."""
    clauses, turn = evidence.clauses, evidence.clauses.turn
    if turn is None or not any(hit.last < turn for hit in evidence.marks["polite"]):
        return
    least = {"vague": _STRENGTHS["strong"] * 0.9}
    if any(evidence.best_after(name, turn) >= least.get(name, _STRENGTHS["fair"]) for name in NAMES):
        return
    last = min(turn + 3, len(clauses.words) - 1)
    evidence.add("refusal", Claim(clauses.words[turn].start, turn, last, _STRENGTHS["fair"]))


def _add_question(evidence: Evidence) -> None:
    """A question to the candidate asks for something, unless it asks when to come."""
    place = evidence.clauses.question
    if place is not None:
        evidence.add(
            "asks_for_info", Claim(evidence.clauses.words[place].start, place, place, _STRENGTHS["fair"])
        )


def words_of(evidence: Evidence, mark: str) -> str | None:
    """Return the first words of a mark as they are typed."""
    hit = min(evidence.marks[mark], key=lambda one: (one.first, -one.last), default=None)
    if hit is None:
        return None
    words = evidence.clauses.words
    return evidence.clauses.text[words[hit.first].start : words[hit.last].end]


def _claims(
    clauses: Clauses, hit: Hit, entry: _Entry, own: frozenset[int] = frozenset()
) -> Iterator[tuple[str, Claim]]:
    """Yield what a phrase claims, turned round where it is denied."""
    weight = entry.weight * clauses.factor(hit.first, under_if=entry.name not in _CONDITIONAL)
    name = entry.name
    if name == "refusal" and entry.weight >= _STRENGTHS["strong"]:
        weight = max(weight, entry.weight * clauses.factor(hit.first, under_if=True, least=_STANDS))
    denied = clauses.negated(hit.first, hit.last, own)
    denied = denied or (name in ("offer", "next_stage") and clauses.denied_before(hit.first))
    if name in _DENIABLE and not entry.negative and denied:
        if name not in _TURNED:
            return
        name, share = _TURNED[name]
        weight *= share
    if name in _CERTAIN and clauses.doubted(hit.first):
        weight *= _DOUBTED
    if name in _AHEAD and clauses.recalled(hit.first):
        weight *= _RECALLED
    yield name, Claim(clauses.words[hit.first].start, hit.first, hit.last, weight)


@cache
def _phrases() -> tuple[list[_Entry], Phrases]:
    rows = [
        (name, weight, phrase)
        for code in ("ru", "en")
        for name in NAMES
        for strength, weight in _STRENGTHS.items()
        for phrase in table("replies", code)[name].get(strength, ())
    ]
    rows += [
        (mark, 0.0, phrase)
        for code in ("ru", "en")
        for mark, key in _MARKS.items()
        for phrase in table("replies", code)[mark][key]
    ]
    negations = {word for code in ("ru", "en") for word in table("replies", code)["context"]["negations"]}
    entries = [_Entry(name, weight, _denies(phrase, negations)) for name, weight, phrase in rows]
    return entries, Phrases(phrase for _, _, phrase in rows)


def _denies(phrase: str, negations: set[str]) -> bool:
    """Tell whether the phrase itself holds a negation, so that none before it turns it round."""
    parts = (
        phrase.replace("^", " ")
        .replace("(", " ")
        .replace(")", " ")
        .replace("|", " ")
        .replace("?", " ")
        .split()
    )
    return any(part in negations for part in parts)
