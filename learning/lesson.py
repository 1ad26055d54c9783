"""A lesson: rows of features with the label each row should get."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from types import ModuleType

from msgspec import Struct


class Row(Struct, frozen=True):
    """What is seen of one example, and what it means; `share`: how much it weighs beside the others."""

    features: frozenset[str]
    label: str
    share: float = 1.0


class Lesson(Struct, frozen=True, kw_only=True):
    """What weights of one name are learned from."""

    name: str
    rows: list[Row]
    origin: str
    #: Features that occur less often say nothing about other rows.
    least: int
    #: How much more rare features count, and how closely the rows are followed.
    rarity: float
    closeness: float
    #: Features that begin so count so much less.
    lesser: dict[str, float] = {}


def origin_of(files: Iterable[Path], modules: Iterable[ModuleType]) -> str:
    """Return what names examples and the code that reads them: weights of another origin are stale."""
    state = sha256()
    for path in sorted([*files, *(Path(module.__file__ or "") for module in modules)]):
        state.update(path.name.encode() + path.read_bytes())
    return state.hexdigest()[:16]
