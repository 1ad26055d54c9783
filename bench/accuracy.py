"""Score files of labelled examples: python bench/accuracy.py PATH... [--json].

A file is one JSON object a line. Its kind shows in the keys of its rows; the right outcomes are `expect`
and `accept`. With --json one object a file is printed, else a table and every miss.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

if TYPE_CHECKING:
    from bench.scores import Score

Row = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Score the files and print what came out."""
    parser = argparse.ArgumentParser(description="Score files of labelled examples.")
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--json", action="store_true", help="print one JSON object a file")
    options = parser.parse_args(arguments)
    for path in options.paths:
        rows = read_rows(path)
        kind = kind_of(rows)
        score: Score = import_module(f"bench.scores.{kind}").score(rows)
        print(as_json(path, kind, score) if options.json else as_text(path, kind, score))
    return 0


def read_rows(path: Path) -> list[Row]:
    """Return the objects of a file, one a line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def kind_of(rows: Sequence[Row]) -> str:
    """Return what the rows are examples of."""
    keys = rows[0].keys() if rows else set()
    if "label" in keys:
        return "replies"
    if "question" in keys:
        return "dates"
    return "timelines" if "touches" in keys else "captures"


def as_json(path: Path, kind: str, score: "Score") -> str:
    """Return the figures as one line."""
    return json.dumps(
        {
            "file": str(path),
            "kind": kind,
            "items": score.items,
            "right": round(score.right, 4),
            "silently_wrong": round(score.silently_wrong, 4),
            "fields": {name: round(share, 4) for name, share in score.fields.items()},
        },
        ensure_ascii=False,
    )


def as_text(path: Path, kind: str, score: "Score") -> str:
    """Return the figures and the misses for a reader."""
    lines = [f"{path.name}: {score.items} {kind}, {_figures(score.right, score.silently_wrong)}"]
    lines += [f"  {name:<12} {share:7.1%} right" for name, share in score.fields.items()]
    lines += [f"  beside it {name}: {_figures(*figures)}" for name, figures in score.peers.items()]
    for miss in score.misses:
        mark = "SILENT" if miss.silently else "miss"
        lines.append(f"  {mark:<6} {miss.id} {miss.text!r}: wanted {miss.wanted}, got {miss.got}")
    return "\n".join(lines)


def _figures(right: float, silently_wrong: float) -> str:
    return f"{right:.1%} right, {silently_wrong:.1%} silently wrong"


if __name__ == "__main__":
    sys.exit(main())
