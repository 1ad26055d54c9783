"""The price of looking for reminders when none is due: the same whether few or many are pending."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.filling import Filled
from bench.processes import client, telegram
from bench.report import Goal, interleaved, ratios


def measure(few: Filled, many: Filled, rounds: int, polls: int = 2_000) -> Iterator[str]:
    """Measure idle polls of the dispatcher on both databases; yield the lines of the report."""
    runs: dict[str, Callable[[], float]] = {
        f"{filled.pending:,} pending": partial(_poll, filled, polls) for filled in (few, many)
    }
    yield f"idle polls of the dispatcher, the median of {polls:,}"
    results = interleaved(rounds, runs)
    for name, found in results.items():
        yield f"  {name:<58} {median(found):6,.0f} us"
    less, more = results.values()
    yield str(Goal(what=" / ".join(reversed(runs)), ratios=ratios(more, less), at_most=1.1))


def _poll(filled: Filled, polls: int) -> float:
    earlier = filled.due_at - timedelta(hours=1)
    arguments = (filled.url, filled.key, earlier.isoformat(), str(polls))
    with (
        TemporaryDirectory() as name,
        telegram(Path(name)) as server,
        client("bench.bots", "idle", server.url, *arguments, folder=Path(name)) as dispatcher,
    ):
        return float(dispatcher.result())
