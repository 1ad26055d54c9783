"""Reminders sent per second: claimed, decided, rendered, sent and settled, against loops that only send."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from bench.filling import Filled
from bench.processes import client, telegram
from bench.report import Goal, Rate, faster, interleaved, rates

#: Messages of the loop and of the JobQueue; the latter takes seconds for each thousand.
LOOP = 5_000
JOBS = 1_000


def measure(filled: Filled, rounds: int, loop: int = LOOP, jobs: int = JOBS) -> Iterator[str]:
    """Measure the sending of all that is due in the database; yield the lines of the report."""
    runs: dict[str, Callable[[], Rate]] = {
        "our dispatcher": partial(_ours, filled),
        f"bare loop on our transport, {loop:,} times the same message": partial(_peer, "send_letters", loop),
        f"bare loop on our transport, {loop:,} times one line": partial(_peer, "send_lines", loop),
        f"JobQueue, default transport, no grace, {jobs:,} lines": partial(_peer, "job_queue", jobs),
    }
    yield f"reminders: {filled.due:,} due among {filled.pending:,} pending"
    results = interleaved(rounds, runs)
    yield rates(results)
    ours, letters, sends, queue = results.values()
    yield str(
        Goal(what="our dispatcher / bare loop, same message", ratios=faster(ours, letters), at_least=0.4)
    )
    yield str(Goal(what="our dispatcher / bare loop, one line", ratios=faster(ours, sends), at_least=0.4))
    yield str(Goal(what="our dispatcher / JobQueue, one line", ratios=faster(ours, queue), at_least=4))


def _ours(filled: Filled) -> Rate:
    filled.restore()
    rate = _run("our_reminders", filled.due, filled.url, filled.key, filled.due_at.isoformat())
    expected = {"sent": filled.due, "pending": filled.pending - filled.due}
    if (states := filled.states()) != {state: number for state, number in expected.items() if number}:
        raise RuntimeError(f"the reminders are {states}, not {expected}")
    filled.restore()
    return rate


def _peer(program: str, number: int) -> Rate:
    return _run(program, number, str(number))


def _run(program: str, number: int, *arguments: str) -> Rate:
    with TemporaryDirectory() as name, telegram(Path(name)) as server:
        with client("bench.bots", program, server.url, *arguments, folder=Path(name)) as sender:
            rate = msgspec.convert(sender.result(), Rate)
        if server.replies() < number:
            raise RuntimeError(f"{server.replies()} messages came, not {number}")
        return rate
