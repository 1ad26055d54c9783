"""What is printed: rates, ratios of the same round, and the goals beside them."""

import os
import platform
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import TypeVar

from msgspec import Struct

T = TypeVar("T")


class Rate(Struct, frozen=True):
    """One measured run: how many a second, and what each one cost."""

    per_second: float
    cpu_us: float


class Goal(Struct, frozen=True, kw_only=True):
    """A ratio, taken anew in each round, and the bounds that its median should keep."""

    what: str
    ratios: Sequence[float]
    at_least: float | None = None
    at_most: float | None = None

    @property
    def ratio(self) -> float:
        """The median over the rounds."""
        return median(self.ratios)

    @property
    def met(self) -> bool:
        """Whether the median is within the bounds."""
        low, high = self.at_least or 0, self.at_most or float("inf")
        return low <= self.ratio <= high

    def __str__(self) -> str:
        bounds = [f"at least {self.at_least:g}"] if self.at_least is not None else []
        bounds += [f"at most {self.at_most:g}"] if self.at_most is not None else []
        spread = f"{min(self.ratios):.3f}..{max(self.ratios):.3f}"
        return (
            f"  {self.what:<58} {self.ratio:6.3f} ({spread})  goal {' and '.join(bounds)}: "
            f"{'met' if self.met else 'MISSED'}"
        )


def interleaved(rounds: int, runs: Mapping[str, Callable[[], T]]) -> dict[str, list[T]]:
    """Run all of them in turn, round by round, so that a busy neighbour disturbs each alike."""
    results: dict[str, list[T]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            results[name].append(run())
    return results


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    """Return ours by theirs, round by round."""
    return [mine / other for mine, other in zip(ours, theirs, strict=True)]


def faster(ours: Sequence[Rate], theirs: Sequence[Rate]) -> list[float]:
    """Return how many times as many a second ours does, round by round."""
    return ratios([run.per_second for run in ours], [run.per_second for run in theirs])


def rates(results: Mapping[str, Sequence[Rate]]) -> str:
    """Return a line for each measured program, with its medians."""
    return "\n".join(
        f"  {name:<58} {median(run.per_second for run in runs):8,.0f}/s"
        f" {median(run.cpu_us for run in runs):8,.0f} us CPU each"
        for name, runs in results.items()
    )


def machine() -> str:
    """Return what the numbers depend on."""
    return (
        f"{platform.python_implementation()} {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"{len(os.sched_getaffinity(0))} cores, {platform.system()} {platform.machine()}, "
        f"load {os.getloadavg()[0]:.1f}"
    )
