"""How well each reader and the playbook do on labelled examples: one module a kind of example.

Every module has `score(rows) -> Score`; bench/accuracy.py finds it by the kind of the rows.
"""

from msgspec import Struct


class Miss(Struct, frozen=True):
    """One example that came out wrong; silently: nobody would have been asked."""

    id: str
    text: str
    wanted: str
    got: str
    silently: bool


class Score(Struct, frozen=True):
    """Shares between 0 and 1; `peers` holds what other libraries reach: (right, silently wrong)."""

    items: int
    right: float
    silently_wrong: float
    fields: dict[str, float]
    misses: tuple[Miss, ...] = ()
    peers: dict[str, tuple[float, float]] = {}


def share(part: int, whole: int) -> float:
    """Return part / whole; of nothing, everything is right."""
    return part / whole if whole else 1.0
