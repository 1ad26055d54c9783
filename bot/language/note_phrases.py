"""The telling phrases of a note, found by name: an answer, an interview, a day that holds no more."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from bot.domain.vacancy import Channel, Who
from bot.language.lexicon import table
from bot.language.phrases import Hit, Phrases, split_words

#: What phrases tell of days: which hold no more, which lies ahead, from when a term is counted.
_DAYS = ("instead", "instead_behind", "before_now", "now", "just", "ahead", "from_then", "aside")


class Said:
    """The telling phrases of one text, all found in a single pass."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = split_words(text)
        self._found: dict[str, list[Hit]] = defaultdict(list)
        names, phrases = _phrases()
        for hit in phrases.find(self.words):
            self._found[names[hit.key]].append(hit)

    def __contains__(self, name: str) -> bool:
        """Tell whether one of the phrases of that name stands there."""
        return name in self._found

    def hits(self, name: str) -> Sequence[Hit]:
        """Return the places where a phrase of that name stands."""
        return self._found.get(name, ())

    def spans(self, *names: str) -> list[tuple[int, int]]:
        """Return where in the text the phrases of these names begin and end."""
        return [self.span(hit) for name in names for hit in self.hits(name)]

    def span(self, hit: Hit) -> tuple[int, int]:
        """Return where in the text the phrase begins and ends."""
        return self.words[hit.first].start, self.words[hit.last].end

    def within(self, name: str, start: int, end: int) -> list[Hit]:
        """Return the phrases of that name that stand between two places of the text."""
        return [hit for hit in self.hits(name) if start <= self.span(hit)[0] and self.span(hit)[1] <= end]


@cache
def _phrases() -> tuple[list[str], Phrases]:
    """Return the names of all phrases in their order, and the phrases."""
    tables = [table("capture", language) for language in ("ru", "en")]
    names = {
        "promise": ("promise", "words"),
        "caller": ("promise", "callers"),
        "interview": ("promise", "interview"),
        "before_day": ("promise", "before_day"),
        "past": ("promise", "past"),
        "silent": ("promise", "silent"),
        "other": ("promise", "other"),
        **{name: ("promise", name) for name in _DAYS},
        **{name: ("spent", name) for name in ("spent", "spent_behind")},
        "idle": ("idle", "words"),
        f"who.{Who.CANDIDATE}": ("promise", "candidate"),
        f"who.{Who.EMPLOYER}": ("promise", "employer"),
        "tests.words": ("tests", "words"),
        "tests.none": ("tests", "none"),
        **{f"stage.{number}": ("stages", str(number)) for number in range(1, 6)},
        **{f"channel.{channel}": ("channels", str(channel)) for channel in Channel},
    }
    rows = [
        (name, phrase)
        for name, (group, key) in names.items()
        for one in tables
        for phrase in one[group].get(key, ())
    ]
    return [name for name, _ in rows], Phrases(phrase for _, phrase in rows)
