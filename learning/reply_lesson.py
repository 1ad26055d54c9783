"""What employers' replies mean, by examples: a reply a line, in a file for each language and label.

`replies/<language>/<label>.txt` holds what people write; `contrasts/…` nearly the same words with another
meaning, which teach what a "not" or an "if" turns round, and weigh less, for nobody writes only such replies.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from bot.language import lexicon, morphology, phrases, reply_dates, reply_features, reply_ideas, reply_text
from bot.language.phrases import split_words
from bot.language.replies import Label
from bot.language.reply_dates import day_of
from bot.language.reply_features import features
from bot.language.reply_ideas import Ideas
from bot.language.reply_text import letter_itself
from learning.lesson import Lesson, Row, origin_of

_FOLDER = Path(__file__).parent
#: How much the examples of each folder weigh.
_SHARES = {"replies": 1.0, "contrasts": 0.3}
#: What the features of a reply depend on, besides the examples.
_CODE = (lexicon, morphology, phrases, reply_dates, reply_features, reply_ideas, reply_text)
#: Examples name days as seen from this moment.
_NOW = datetime(2026, 8, 12, 9, tzinfo=UTC)
_ZONE = "Europe/Moscow"


class Example(Struct, frozen=True):
    """A reply and what it means."""

    language: str
    label: Label
    text: str
    share: float


def lesson() -> Lesson:
    """Return the lesson; pieces of words count less than words."""
    rows = [Row(_features(example), example.label.value, example.share) for example in read_examples()]
    return Lesson(
        name="replies", rows=rows, origin=origin(), least=3, rarity=1.3, closeness=1.5, lesser={"c": 0.5}
    )


def read_examples() -> Iterator[Example]:
    """Yield every example, in the same order on every machine; `\\n` in a line is a line break."""
    for folder, share in _SHARES.items():
        for path in sorted((_FOLDER / folder).glob("*/*.txt")):
            for line in path.read_text(encoding="utf-8").splitlines():
                if line and not line.startswith("#"):
                    yield Example(path.parent.name, Label(path.stem), line.replace("\\n", "\n"), share)


def origin() -> str:
    """Return what names the examples and the code that reads them."""
    examples = (path for folder in _SHARES for path in (_FOLDER / folder).glob("*/*.txt"))
    ideas = Path(lexicon.__file__).parent.glob("*/ideas.toml")
    return origin_of([*examples, *ideas], _CODE)


def _features(example: Example) -> frozenset[str]:
    letter = letter_itself(example.text)
    words = split_words(letter)
    days = day_of(letter, language=example.language, now=_NOW, zone=_ZONE, country=None)
    return frozenset(features(letter, words, Ideas(letter, words), days.places(words)))
