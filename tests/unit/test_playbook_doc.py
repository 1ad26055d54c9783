"""docs/playbook.md is true: every rule once, what it names is there, tests name what it says is done."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.text_flaws import read
from bot.tips import Tips

ROOT = Path(__file__).parent.parent.parent
LOCALES = ROOT / "locales"
RULES = [
    *(f"R{number}" for number in range(1, 122)),
    *(f"C{number}" for number in range(1, 17)),
    *(f"H{number}" for number in range(1, 12)),
]
TIPS = Tips.load(LOCALES)
#: These speak of ids, not of what the rules say.
NO_WITNESSES = {"test_playbook_doc.py", "test_catalogues.py", "test_architecture.py"}
ROW = re.compile(r"\| (?P<rule>[RCH]\d+) \| (?P<words>[^|]+) \| (?P<where>[^|]+) \|")
NOT_YET, NOT_TESTED = "*not yet*", "*not yet tested*: "


class Row(NamedTuple):
    """One rule of the page."""

    rule: str
    words: str
    where: str

    @property
    def places(self) -> list[str]:
        return re.findall("`([^`]+)`", self.where)

    @property
    def is_claimed(self) -> bool:
        return not self.where.startswith((NOT_YET, NOT_TESTED))


def rows(page: str) -> list[Row]:
    return [Row(**match.groupdict()) for match in map(ROW.fullmatch, page.splitlines()) if match]


def problems(row: Row) -> Iterator[str]:
    """Yield what a row says that is not so."""
    if row.where == NOT_YET:
        return
    if not row.places:
        yield "no place"
    for place in row.places:
        if not _is_there(place):
            yield place


def _is_there(place: str) -> bool:
    if place.startswith("text:"):
        return all(place.removeprefix("text:") in _keys(language) for language in ("en", "ru"))
    if place.startswith("tip:"):
        return TIPS.find(place.removeprefix("tip:")) is not None
    if place.startswith("locales/*/"):
        return all(
            (LOCALES / language / place.removeprefix("locales/*/")).is_file() for language in ("en", "ru")
        )
    path, _, name = place.partition(":")
    return path.startswith("bot/") and (ROOT / path).is_file() and name in _defined(ROOT / path)


@cache
def _keys(language: str) -> frozenset[str]:
    return frozenset(read(LOCALES / language / "LC_MESSAGES" / "bot.po", language))


@cache
def _defined(path: Path) -> frozenset[str]:
    """Return the functions, classes and constants of a module, methods included."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
    return frozenset(names)


@cache
def _named_by_tests() -> frozenset[str]:
    """Return the ids that tests name: in comments, docstrings, ids and tables."""
    files = [*(ROOT / "tests").rglob("*.py"), *(ROOT / "tests").rglob("timelines.jsonl")]
    sources = (path.read_text("utf-8") for path in files if path.name not in NO_WITNESSES)
    return frozenset(rule for source in sources for rule in re.findall(r"\b[RCH]\d{1,3}\b", source))


PAGE = rows((ROOT / "docs" / "playbook.md").read_text("utf-8"))


def test_every_rule_once() -> None:
    assert [row.rule for row in PAGE] == RULES


def test_whatever_is_named_is_there() -> None:
    assert {row.rule: found for row in PAGE if (found := list(problems(row)))} == {}


def test_tests_name_whatever_is_said_to_be_done() -> None:
    assert [row.rule for row in PAGE if row.is_claimed and row.rule not in _named_by_tests()] == []


def test_what_tests_name_is_said_to_be_done() -> None:
    assert [row.rule for row in PAGE if not row.is_claimed and row.rule in _named_by_tests()] == []


def test_the_row_of_each_rule_names_its_tips() -> None:
    carried = {(rule, f"tip:{tip.id}") for tip in TIPS.all for rule in tip.rules}

    assert {(row.rule, place) for row in PAGE for place in row.places if place.startswith("tip:")} == carried


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("| R2 | Words. | `bot/domain/playbook.py:next_step` |", []),
        ("| R2 | Words. | `bot/domain/situation.py:is_patient`, `text:why.R2`; *partly*: more |", []),
        ("| R2 | Words. | `locales/*/pack/call.txt` |", []),
        ("| R2 | Words. | `tip:survey` |", []),
        ("| R2 | Words. | `tip:gone` |", ["tip:gone"]),
        ("| R2 | Words. | *not yet* |", []),
        (
            "| R2 | Words. | *not yet tested*: `bot/domain/playbook.py:gone` |",
            ["bot/domain/playbook.py:gone"],
        ),
        ("| R2 | Words. | `bot/domain/gone.py:next_step` |", ["bot/domain/gone.py:next_step"]),
        ("| R2 | Words. | `bot/domain/playbook.py` |", ["bot/domain/playbook.py"]),
        ("| R2 | Words. | `locales/*/pack/gone.txt` |", ["locales/*/pack/gone.txt"]),
        ("| R2 | Words. | `text:why.gone` |", ["text:why.gone"]),
        ("| R2 | Words. | somewhere |", ["no place"]),
    ],
)
def test_a_false_row_is_found_out(line: str, found: list[str]) -> None:
    (row,) = rows(line)

    assert list(problems(row)) == found


@pytest.mark.parametrize("line", ["| R2 | Words. |", "| S2 | Words. | *not yet* |", "R2"])
def test_a_line_that_is_no_row(line: str) -> None:
    assert rows(line) == []
