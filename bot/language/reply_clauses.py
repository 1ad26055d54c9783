"""The clauses of a reply and how much each counts."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, cached_property
from itertools import pairwise

from bot.language.lexicon import table
from bot.language.phrases import Phrases, Word, split_words

_LANGUAGES = ("ru", "en")
_QUOTED_LINE = re.compile(r"^\s*>")
_RULE = re.compile(r"^\s*[-_]{4,}.{0,60}$")
_COMMA = re.compile(r"[,;:()—–]|\s-\s")
_BEFORE_BUT, _LAST, _UNDER_IF, _ALTHOUGH = 0.55, 1.25, 0.3, 0.4


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
    heads = next(_context("quotes").find(words), None)
    if heads is not None and line.rstrip().endswith((":", "-")):
        return True
    return len(words) <= 6 and any(hit.first == 0 for hit in _context("signatures").find(words))


#: So many words a "maybe" reaches.
_NEAR = 4


class Clauses:
    """A reply cut into clauses."""

    def __init__(self, text: str, words: Sequence[Word]) -> None:
        self.text = text
        self.words = words
        self._factors = [1.0] * len(words)
        self._conditional = [False] * len(words)
        harmless = {
            at for hit in _context("not_negations").find(words) for at in range(hit.first, hit.last + 1)
        }
        self._negations = {hit.first for hit in _context("negations").find(words)} - harmless
        self._please = {at for hit in _context("please").find(words) for at in range(hit.first, hit.last + 1)}
        self._doubts = [hit.first for hit in _marks("doubts").find(words)]
        self._recalled = {
            at for hit in _context("recalls").find(words) for at in range(hit.first, hit.last + 1)
        }
        self._turns = self._find_turns()
        self._weigh_contrasts()
        self._weigh_spans("concessions", _ALTHOUGH)
        self._weigh_spans("conditions", _UNDER_IF)

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """The clauses as (first word, behind the last): what stands between commas, full stops and turns."""
        turns = set(self._turns)
        starts = [
            place
            for place, word in enumerate(self.words)
            if place == 0
            or place in turns
            or word.sentence != self.words[place - 1].sentence
            or (_COMMA.search(self.text, self.words[place - 1].end, word.start) and not self._polite(place))
        ]
        return list(pairwise([*starts, len(self.words)]))

    def _polite(self, place: int) -> bool:
        """Tell whether the comma before this word is one around "please"."""
        return place in self._please or place - 1 in self._please

    def factor(self, place: int, *, under_if: bool, least: float = 0.0) -> float:
        """Return how much a phrase here counts, `least` before a turn; `under_if`: an "if" weakens it."""
        factor = self._factors[place]
        factor = max(factor, least) if factor == _BEFORE_BUT else factor
        return factor * _UNDER_IF if self._conditional[place] and under_if else factor

    def recalled(self, place: int) -> bool:
        """Tell whether the word speaks of what has been: "thank you for the interview"."""
        return place in self._recalled

    def doubted(self, place: int) -> bool:
        """Tell whether a "maybe" stands shortly before the word."""
        sentence = self.words[place].sentence
        return any(0 < place - at <= _NEAR and self.words[at].sentence == sentence for at in self._doubts)

    def denied_before(self, place: int) -> bool:
        """Tell whether a negation stands anywhere before the word in its clause."""
        start, _ = self.spans[bisect_right(self.spans, (place, len(self.words))) - 1]
        return any(at in self._negations for at in range(start, place))

    def negated(self, first: int, last: int, own: frozenset[int] = frozenset()) -> bool:
        """Tell whether a negation stands right before the words or among them, `own` words apart."""
        sentence = self.words[first].sentence
        for place in range(max(0, first - 2), last + 1):
            if place in self._negations - own and self.words[place].sentence == sentence:
                between = self.text[self.words[place].end : self.words[max(first, place)].start]
                if place >= first or not _COMMA.search(between):
                    return True
        return False

    def around(self, start: int) -> str:
        """Return the sentence that the character belongs to, as typed."""
        place = next((at for at, word in enumerate(self.words) if word.start <= start < word.end), None)
        if place is None:
            return self.text.strip()[:200]
        sentence = [word for word in self.words if word.sentence == self.words[place].sentence]
        end = min(sentence[-1].end, sentence[0].start + 300)
        return self.text[sentence[0].start : end]

    @property
    def turn(self) -> int | None:
        """The word at which the reply turns for the last time: but, however."""
        return self._turns[-1] if self._turns else None

    @property
    def question(self) -> int | None:
        """The last word before a question mark."""
        mark = self.text.rfind("?")
        return max((place for place, word in enumerate(self.words) if word.end <= mark), default=None)

    def _find_turns(self) -> list[int]:
        turns = {hit.first for hit in _context("contrasts").find(self.words)}
        for hit in _context("soft_contrasts").find(self.words):
            before = self.words[hit.first - 1] if hit.first else None
            after_comma = before and _COMMA.search(self.text, before.end, self.words[hit.first].start)
            if before and (after_comma or before.sentence != self.words[hit.first].sentence):
                turns.add(hit.first)
        turns.discard(len(self.words) - 1)  # "..., alas" leads to nothing
        return sorted(turns)

    def _weigh_contrasts(self) -> None:
        """What a contrast follows counts less than what it leads to, back to the sentence before it."""
        turns = self._turns
        for turn in turns:
            opens = turn == 0 or self.words[turn - 1].sentence != self.words[turn].sentence
            for place in range(turn - 1, -1, -1):
                if self.words[turn].sentence - self.words[place].sentence > (2 if opens else 0):
                    break
                self._factors[place] = min(self._factors[place], _BEFORE_BUT)
        if turns:
            for place in range(turns[-1], len(self.words)):
                self._factors[place] *= _LAST

    def _weigh_spans(self, what: str, factor: float) -> None:
        """Weaken the words from a concession or a condition to the next comma."""
        for hit in _context(what).find(self.words):
            for place in range(hit.first, len(self.words)):
                word = self.words[place]
                if word.sentence != self.words[hit.first].sentence:
                    break
                if what == "conditions":
                    self._conditional[place] = True
                else:
                    self._factors[place] *= factor
                following = self.words[place + 1].start if place + 1 < len(self.words) else word.end
                if place > hit.last and _COMMA.search(self.text, word.end, following):
                    break


@cache
def _marks(name: str) -> Phrases:
    return Phrases(phrase for code in _LANGUAGES for phrase in table("replies", code)[name]["words"])


@cache
def _context(name: str) -> Phrases:
    return Phrases(phrase for code in _LANGUAGES for phrase in table("replies", code)["context"][name])
