"""How much each feature speaks for each label, as `learning/` found it in the examples.

The file: a line of JSON (`Header`), then for `rows` features their fingerprints (four bytes each, ascending),
their rarities (a byte each) and a byte for each label: over `ZERO` speaks for it, under `ZERO` against it.
"""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Self
from zlib import crc32

import msgspec
from msgspec import Struct

ZERO = 128
_FOLDER = Path(__file__).parent


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
    """What the features of a text say together, and each of them by itself."""

    #: By label.
    totals: dict[str, float]
    #: The features that are known: what each says, a byte for each label, and its place in the text.
    known: list[tuple[bytes, int]]

    def parts(self, label: str) -> Iterator[tuple[int, int]]:
        """Yield the place of each feature and what it adds to a label, in weight units."""
        column = [*self.totals].index(label)
        return ((place, says[column] - ZERO) for says, place in self.known)


class Weights(Struct, frozen=True):
    """The weights, ready to be added up."""

    header: Header
    #: Fingerprints, ascending: a sorted array takes a tenth of the memory of a dict.
    prints: "array[int]"
    rarities: bytes
    table: bytes

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the weights of a file."""
        with path.open("rb") as file:
            header = msgspec.json.decode(file.readline(), type=Header)
            body = file.read()
        prints = array("I", body[: 4 * header.rows])
        if sys.byteorder == "big":
            prints.byteswap()
        rarities = body[4 * header.rows : 5 * header.rows]
        return cls(header, prints, rarities, body[5 * header.rows :])

    def score(self, features: Mapping[str, int]) -> Score:
        """Add up what the known features speak for; a long text weighs no more than a short one."""
        labels, width = self.header.labels, len(self.header.labels)
        rows = [(row, place) for name, place in features.items() if (row := self._row(name)) is not None]
        known = [(self.table[row * width : (row + 1) * width], place) for row, place in rows]
        if not known:
            return Score(dict(zip(labels, self.header.bias, strict=True)), known)
        norm = sqrt(sum(self.rarities[row] ** 2 for row, _ in rows)) * self.header.rarity_unit
        unit, zeros = self.header.weight_unit / norm, ZERO * len(known)
        sums = (sum(column) - zeros for column in zip(*(says for says, _ in known), strict=True))
        totals = (bias + unit * total for bias, total in zip(self.header.bias, sums, strict=True))
        return Score(dict(zip(labels, totals, strict=True)), known)

    def _row(self, feature: str) -> int | None:
        wanted = fingerprint(feature)
        row = bisect_left(self.prints, wanted)
        return row if row < len(self.prints) and self.prints[row] == wanted else None


def fingerprint(feature: str) -> int:
    """Return the number that stands for a feature in the file."""
    return crc32(feature.encode())


def file_of(name: str) -> Path:
    """Return where the weights of that name are kept."""
    return _FOLDER / f"{name}.weights"


@cache
def weights(name: str) -> Weights:
    """Return the weights of that name that come with the bot, read once."""
    return Weights.load(file_of(name))
