"""The benchmarks run and print ratios; how fast anything is, no test says."""

import re
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bench.__main__ import Sizes, lines
from bench.filling import fill
from bench.report import Goal, interleaved, ratios

TINY = Sizes(rounds=1, users=2, warm_up=1, due=5, pending=30, few=3, loop=20, jobs=5, polls=3)


@pytest.mark.parametrize(
    ("part", "measured", "goals"),
    [("updates", 3, 2), ("reminders", 4, 3), ("startup", 3, 6), ("idle", 2, 1)],
)
def test_each_part_prints_what_it_measured_and_its_goals(part: str, measured: int, goals: int) -> None:
    machine, title, *results = "\n".join(lines(TINY, (part,))).splitlines()
    assert machine.startswith("CPython 3.")
    assert not title.startswith(" ")
    judged = [line for line in results if re.search(r" goal (at least|at most) [\d.]+: (met|MISSED)$", line)]
    assert (len(results) - len(judged), len(judged)) == (measured, goals)
    found = [re.search(r" (\d+\.\d\d\d) \((\d+\.\d\d\d)\.\.(\d+\.\d\d\d)\) ", line) for line in judged]
    assert all(ratio and float(ratio[1]) > 0 and ratio[1] == ratio[2] == ratio[3] for ratio in found)


def test_a_filled_database_holds_what_was_asked_for_and_can_be_restored(tmp_path: Path) -> None:
    filled = fill(tmp_path, Fernet.generate_key().decode(), pending=30, due=5)
    assert filled.states() == {"pending": 30}
    filled.restore()
    assert filled.states() == {"pending": 30}


@pytest.mark.parametrize(
    ("goal", "met"),
    [
        (Goal(what="a / b", ratios=[0.2, 0.4, 9.0], at_least=0.4), True),
        (Goal(what="a / b", ratios=[0.2, 0.3, 9.0], at_least=0.4), False),
        (Goal(what="a / b", ratios=[1.6], at_most=1.5), False),
        (Goal(what="a / b", ratios=[1.5], at_most=1.5), True),
    ],
)
def test_a_goal_is_judged_by_the_median(goal: Goal, met: bool) -> None:
    assert goal.met is met


def test_runs_take_turns() -> None:
    order: list[str] = []
    results = interleaved(2, {"a": lambda: order.append("a") or 4.0, "b": lambda: order.append("b") or 2.0})
    assert (order, results) == (["a", "b", "a", "b"], {"a": [4.0, 4.0], "b": [2.0, 2.0]})
    assert ratios(results["a"], results["b"]) == [2.0, 2.0]
