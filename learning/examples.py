"""The examples, a reply a line, and the name of their present state.

`replies/<language>/<label>.txt` holds what people write; `contrasts/…` nearly the same words with another
meaning, which teach what a "not" or an "if" turns round, and weigh less, for nobody writes only such replies.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from bot.language import lexicon, morphology, phrases, reply_dates, reply_features, reply_ideas, reply_text
from bot.language.replies import Label

FOLDER = Path(__file__).parent
#: How much the examples of each folder weigh.
_SHARES = {"replies": 1.0, "contrasts": 0.3}
#: What the features of a reply depend on, besides the examples.
_CODE = (lexicon, morphology, phrases, reply_dates, reply_features, reply_ideas, reply_text)


class Example(Struct, frozen=True):
    """A reply and what it means."""

    language: str
    label: Label
    text: str
    share: float


def read_examples() -> Iterator[Example]:
    """Yield every example, in the same order on every machine; `\\n` in a line is a line break."""
    for folder, share in _SHARES.items():
        for path in sorted((FOLDER / folder).glob("*/*.txt")):
            for line in path.read_text(encoding="utf-8").splitlines():
                if line and not line.startswith("#"):
                    yield Example(path.parent.name, Label(path.stem), line.replace("\\n", "\n"), share)


def origin() -> str:
    """Return what names the examples and the code that reads them: weights of another origin are stale."""
    state = sha256()
    ideas = Path(lexicon.__file__).parent.glob("*/ideas.toml")
    sources = [*FOLDER.glob("*/*/*.txt"), *ideas, *(Path(module.__file__ or "") for module in _CODE)]
    for path in sorted(sources):
        state.update(path.name.encode() + path.read_bytes())
    return state.hexdigest()[:16]
