"""How well what people type is read, and a vacancy planned, on sets that others have written."""

import json
from importlib import import_module
from pathlib import Path

import pytest

from bench.scores import Score

CORPORA = Path(__file__).parents[1] / "corpora"


def scored(kind: str, name: str) -> Score:
    rows = [json.loads(line) for line in (CORPORA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    found: Score = import_module(f"bench.scores.{kind}").score(rows)
    return found


@pytest.mark.parametrize(
    ("kind", "name", "right", "silently_wrong"),
    [
        ("dates", "dates_hard_ru", 0.97, 0.01),
        ("dates", "dates_hard_en", 0.97, 0.01),
        # Of two authors whose sentences no reader was mended by (but for three, mended since).
        ("dates", "dates_unseen_ru", 0.97, 0.01),
        ("dates", "dates_unseen_en", 0.97, 0.01),
        # A third of these are scribbled or written to mislead: a little short of the goal of 95 %.
        ("captures", "capture_unseen_ru", 0.945, 0.01),
        ("captures", "capture_unseen_en", 0.94, 0.01),
        ("captures", "capture_hard_ru", 0.98, 0.005),
        ("captures", "capture_hard_en", 0.98, 0.005),
        ("replies", "replies_unseen_ru", 0.92, 0.02),
        ("replies", "replies_unseen_en", 0.92, 0.02),
        # Half of these are written to mislead: short of the goal, and no worse than that.
        ("replies", "replies_unseen_hard_ru", 0.92, 0.05),
        ("replies", "replies_unseen_hard_en", 0.85, 0.06),
        ("timelines", "timelines_unseen", 0.95, 0.0),
    ],
)
def test_a_set_is_read_as_well_as_promised(kind: str, name: str, right: float, silently_wrong: float) -> None:
    found = scored(kind, name)

    assert found.right >= right, found.misses
    assert found.silently_wrong <= silently_wrong, found.misses
