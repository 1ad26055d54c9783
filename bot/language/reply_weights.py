"""How much each feature speaks for each label, as `learning/` found it in the examples.

The file: a line of JSON (`Header`), then for `rows` features their fingerprints (four bytes each, ascending),
their rarities (a byte each) and a signed byte for each label.
"""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Self
from zlib import crc32

import msgspec
from msgspec import Struct

WEIGHTS = Path(__file__).parent / "replies.weights"


class Header(Struct, frozen=True):
    """What the rows mean; a weight is its byte times `weight_unit`, a rarity its byte times `rarity_unit`."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    weight_unit: float
    rarity_unit: float
    rows: int
    #: Names the examples and the code the weights come from.
    origin: str


class Score(Struct, frozen=True):
    """What the features say together, and each of them by itself."""

    #: By label.
    totals: dict[str, float]
    #: For each feature that is known: its place and what it adds, label by label.
    parts: list[tuple[int, list[float]]]


class Weights(Struct, frozen=True):
    """The weights, ready to be added up."""

    header: Header
    #: Fingerprints, ascending: a sorted array takes a tenth of the memory of a dict.
    prints: "array[int]"
    rarities: bytes
    table: memoryview

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> Self:
        """Read the weights."""
        with path.open("rb") as file:
            header = msgspec.json.decode(file.readline(), type=Header)
            body = file.read()
        prints = array("I", body[: 4 * header.rows])
        if sys.byteorder == "big":
            prints.byteswap()
        rarities = body[4 * header.rows : 5 * header.rows]
        return cls(header, prints, rarities, memoryview(body)[5 * header.rows :].cast("b"))

    def score(self, features: Iterable[tuple[str, int]]) -> Score:
        """Add up what the known features speak for; a long text weighs no more than a short one."""
        width = len(self.header.labels)
        rows = ((self._row(name), place) for name, place in features)
        known = [(row, place) for row, place in rows if row is not None]
        norm = sqrt(sum(self.rarities[row] ** 2 for row, _ in known)) * self.header.rarity_unit
        unit = self.header.weight_unit / norm if known else 0.0
        parts = [
            (place, [unit * byte for byte in self.table[row * width : (row + 1) * width]])
            for row, place in known
        ]
        sums = (sum(column) for column in zip(*(values for _, values in parts), strict=True))
        totals = (
            [total + bias for total, bias in zip(sums, self.header.bias, strict=True)]
            if parts
            else self.header.bias
        )
        return Score(dict(zip(self.header.labels, totals, strict=True)), parts)

    def _row(self, feature: str) -> int | None:
        wanted = fingerprint(feature)
        row = bisect_left(self.prints, wanted)
        return row if row < len(self.prints) and self.prints[row] == wanted else None


def fingerprint(feature: str) -> int:
    """Return the number that stands for a feature in the file."""
    return crc32(feature.encode())


@cache
def weights() -> Weights:
    """Return the weights that come with the bot, read once."""
    return Weights.load()
