"""From the start of the process to its first poll, and the memory it then holds."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from statistics import median
from subprocess import TimeoutExpired
from tempfile import TemporaryDirectory
from time import perf_counter

from msgspec import Struct

from bench.filling import Filled
from bench.processes import TOKEN, client, telegram
from bench.report import Goal, interleaved, ratios

#: Seconds that a started bot has to come to rest before its memory is looked at.
_REST = 1.0


class Start(Struct, frozen=True):
    """One start: seconds up to the first poll, and MB."""

    wall: float
    cpu: float
    resident: float


def measure(empty: Filled, full: Filled, rounds: int) -> Iterator[str]:
    """Measure starts with no and with very many pending reminders; yield the lines of the report."""
    none, many = f"{empty.pending:,} pending", f"{full.pending:,} pending"
    runs: dict[str, Callable[[], Start]] = {
        "bare echo, python-telegram-bot's defaults": _echo,
        f"python -m bot run, {none}": partial(_ours, empty),
        f"python -m bot run, {many}": partial(_ours, full),
    }
    yield "start to first poll, and resident memory"
    for run in runs.values():
        run()  # compiles what is imported, fills the cache of files
    results = interleaved(rounds, runs)
    for name, found in results.items():
        yield (
            f"  {name:<58} {_median(found, 'wall') * 1e3:6,.0f} ms {_median(found, 'cpu') * 1e3:6,.0f} ms CPU"
            f" {_median(found, 'resident'):6.1f} MB"
        )
    echo, little, much = results.values()
    for measured, what in (("wall", "time"), ("cpu", "CPU"), ("resident", "memory")):
        theirs, ours, more = ([getattr(start, measured) for start in each] for each in (echo, little, much))
        yield str(Goal(what=f"{what}, {none} / bare echo", ratios=ratios(ours, theirs), at_most=1.5))
        yield str(Goal(what=f"{what}, {many} / {none}", ratios=ratios(more, ours), at_most=1.1))


def _echo() -> Start:
    with TemporaryDirectory() as name:
        return _start(Path(name), lambda url: ("bench.bots", "echo", url))


def _ours(filled: Filled) -> Start:
    with TemporaryDirectory() as name:
        return _start(Path(name), lambda _: ("bot", "run"), DATABASE_URL=filled.url, DATA_KEY=filled.key)


def _start(folder: Path, program: Callable[[str], Sequence[str]], **environ: str) -> Start:
    with telegram(folder) as server:
        environ |= {"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": server.url, "LOG_LEVEL": "ERROR"}
        module, *arguments = program(server.url)
        begun = perf_counter()
        with client(module, *arguments, folder=folder, **environ) as bot:
            server.await_word("polled")
            polled = bot.sample()
            with suppress(TimeoutExpired):
                bot.process.wait(_REST)
            return Start(polled.wall - begun, polled.cpu, bot.resident())


def _median(starts: Sequence[Start], measured: str) -> float:
    return median(getattr(start, measured) for start in starts)
