"""The directions of the design: which part may import which, and what no module of the bot may do.

Each rule is a function from the source of a module to what is wrong with it; beside its check over the whole
bot stand examples that it must catch.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent

#: Lowest first; a part imports only parts of lower rows. A part is a package or a module.
LAYERS = (
    {"errors"},
    {
        "callbacks",
        "clock",
        "config",
        "domain",
        "exports",
        "intake",
        "logs",
        "memory",
        "owner",
        "supervision",
        "taps",
        "texts",
        "transport",
    },
    {"language", "packs", "storage"},
    {"planning", "reporting"},
    {"tips", "weekly"},
    {"views"},
    {"showing"},
    {"context"},
    {"conversations", "delivery", "sandbox"},
    {"handlers", "patience", "text_check", "web"},
    {"polling"},
    {"application"},
    {"runtime"},
    {"__main__"},
)
#: Modules of one part that are no package, by the beginning of their names.
FAMILIES = {"pack": "packs", "text": "text_check", "tip": "tips"}
#: Lower, and still none of a part's business.
BANNED: Mapping[str, set[str]] = {
    "sandbox": {"storage", "planning", "context", "views"},  # it plays Telegram, not the bot
    "storage": {"texts", "callbacks"},
    "views": {"storage", "config", "transport", "intake"},
    "handlers": {"delivery", "sandbox", "config", "transport"},
    "conversations": {"config", "transport"},
}
#: All that these parts use from outside the standard library.
LIBRARIES: Mapping[str, set[str]] = {
    "domain": {"msgspec", "holidays"},
    "language": {"msgspec", "babel", "rapidfuzz", "pymorphy3", "phonenumbers", "icalendar"},
    "storage": {"msgspec", "aiosql", "aiosqlite", "asyncpg", "cryptography"},
    "texts": {"babel", "markupsafe"},
    "packs": {"msgspec", "babel", "jinja2"},
    "tips": {"msgspec"},
}
#: Libraries that cost time to import, and the modules which nothing imports before they are needed.
HEAVY: Mapping[str, set[str]] = {
    "pymorphy3": set(),
    "holidays": set(),
    "icalendar": set(),
    "phonenumbers": set(),
    "rapidfuzz": set(),
    "jinja2": {"bot/pack_template.py"},
    "asyncpg": {"bot/storage/postgres.py", "bot/storage/postgres_locks.py"},
}
LONGEST = 300
#: Where the event loop of the tests runs on virtual time.
VIRTUAL_TIME = "tests/unit/delivery/"


class Module(NamedTuple):
    """One file of the project, as text."""

    path: str
    source: str

    @property
    def tree(self) -> ast.Module:
        return parsed(self.source)

    @property
    def name(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def part(self) -> str:
        return part_of(self.name)


Rule = Callable[[Module], Iterator[str]]


class Import(NamedTuple):
    """A module that another one imports; `late` when only inside a function, or only for types."""

    name: str
    late: bool


@cache
def parsed(source: str) -> ast.Module:
    return ast.parse(source)


def modules(folder: str) -> list[Module]:
    return [
        Module(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))
        for path in sorted((ROOT / folder).rglob("*.py"))
    ]


BOT = modules("bot")
TESTS = modules("tests")


def part_of(name: str) -> str:
    part = name.split(".")[1] if "." in name else "bot"
    return FAMILIES.get(part.partition("_")[0], part)


def imports(module: Module) -> Iterator[Import]:
    yield from _imports(module.tree, late=False)


def _imports(node: ast.AST, *, late: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.Import():
                yield from (Import(alias.name, late) for alias in child.names)
            case ast.ImportFrom(module=str(name), level=0):
                yield Import(
                    name, late
                )  # `from bot import planning` names a module, `from bot.x import y` may
                yield from (
                    Import(f"{name}.{alias.name}", late) for alias in child.names if name.startswith("bot")
                )
            case ast.ImportFrom():
                yield Import("a relative import", late)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                yield from _imports(child, late=True)
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                yield from _imports(ast.Module(child.body, []), late=True)
                yield from _imports(ast.Module(child.orelse, []), late=late)
            case _:
                yield from _imports(child, late=late)


def own_parts(module: Module) -> set[str]:
    """Return the parts of the bot that a module imports, its own left out."""
    names = (found.name for found in imports(module) if found.name.startswith("bot."))
    return {part_of(name) for name in names} - {module.part}


def libraries(module: Module) -> set[str]:
    roots = {found.name.split(".")[0] for found in imports(module)}
    return roots - set(sys.stdlib_module_names) - {"bot"}


def layer(part: str) -> int | None:
    return next((row for row, parts in enumerate(LAYERS) if part in parts), None)


def only_lower_parts(module: Module) -> Iterator[str]:
    if module.part == "bot":
        yield from (f"the package itself imports {part}" for part in own_parts(module))
        return
    own = layer(module.part)
    if own is None:
        yield f"{module.part} has no layer"
        return
    for part in sorted(own_parts(module)):
        other = layer(part)
        if other is None or other >= own:
            yield f"{module.part} imports {part}"


def no_banned_parts(module: Module) -> Iterator[str]:
    yield from sorted(own_parts(module) & BANNED.get(module.part, set()))


def only_known_libraries(module: Module) -> Iterator[str]:
    if module.part in LIBRARIES:
        yield from sorted(libraries(module) - LIBRARIES[module.part])


def heavy_libraries_late(module: Module) -> Iterator[str]:
    for found in imports(module):
        root = found.name.split(".")[0]
        if not found.late and module.path not in HEAVY.get(root, {module.path}):
            yield root


def environment_only_in_config(module: Module) -> Iterator[str]:
    if module.path != "bot/config.py":
        yield from _names(module, {"environ", "getenv", "putenv"}, {"os"})


def wall_clock_only_in_clock(module: Module) -> Iterator[str]:
    if module.path != "bot/clock.py":
        yield from _names(module, {"now", "utcnow", "today"}, {"datetime", "date"})
        yield from _names(module, {"time", "time_ns"}, {"time"})


def _names(module: Module, attributes: set[str], owners: set[str]) -> Iterator[str]:
    """Yield where an attribute of one of the owners is used, or imported from a module called so."""
    for node in ast.walk(module.tree):
        match node:
            case ast.Attribute(attr=attribute, value=ast.Name(id=owner) | ast.Attribute(attr=owner)):
                if attribute in attributes and owner in owners:
                    yield f"{owner}.{attribute} in line {node.lineno}"
            case ast.ImportFrom(module=str(owner)) if owner in owners:
                yield from (
                    f"{owner}.{alias.name} in line {node.lineno}"
                    for alias in node.names
                    if alias.name in attributes
                )


def no_cyrillic(module: Module) -> Iterator[str]:
    """Texts live in locales/, lexicons in data files; bot/language may explain itself by an example."""
    explained = _explanations(module.tree) if module.part == "language" else set[int]()
    for number, line in enumerate(module.source.splitlines(), start=1):
        code = line.partition("  # ")[0] if module.part == "language" else line
        if number not in explained and re.search("[\u0400-\u04ff]", code):
            yield f"line {number}"


def _explanations(tree: ast.Module) -> set[int]:
    """Return the lines of docstrings."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = (node for node in ast.walk(tree) if isinstance(node, documented))
    bodies = [node.body for node in nodes if ast.get_docstring(node)]
    return {line for body in bodies for line in range(body[0].lineno, (body[0].end_lineno or 0) + 1)}


def a_docstring(module: Module) -> Iterator[str]:
    if not ast.get_docstring(module.tree):
        yield "no docstring"


def not_too_long(module: Module) -> Iterator[str]:
    lines = len(module.source.splitlines())
    if lines > LONGEST:
        yield f"{lines} lines"


def no_sleep(module: Module) -> Iterator[str]:
    """Yielding to other tasks by `sleep(0)` is no sleep."""
    if module.path.startswith(VIRTUAL_TIME):
        return
    for node in ast.walk(module.tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="sleep") | ast.Name(id="sleep"), args=args):
                if not (args and isinstance(args[0], ast.Constant) and args[0].value == 0):
                    yield f"line {node.lineno}"


RULES: tuple[Rule, ...] = (
    only_lower_parts,
    no_banned_parts,
    only_known_libraries,
    heavy_libraries_late,
    environment_only_in_config,
    wall_clock_only_in_clock,
    no_cyrillic,
    a_docstring,
    not_too_long,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_bot_keeps(rule: Rule) -> None:
    broken = {module.path: found for module in BOT if (found := list(rule(module)))}

    assert broken == {}


def test_no_test_sleeps() -> None:
    broken = {module.path: found for module in TESTS if (found := list(no_sleep(module)))}

    assert broken == {}


def test_every_layer_is_a_part() -> None:
    """A name left behind in the table would allow what nobody meant to."""
    assert set[str]().union(*LAYERS) == {module.part for module in BOT} - {"bot"}


SLEEP = "tests/unit/test_x.py"


@pytest.mark.parametrize(
    ("rule", "path", "source", "found"),
    [
        (only_lower_parts, "bot/domain/x.py", "from bot.texts import Texts", ["domain imports texts"]),
        (only_lower_parts, "bot/domain/x.py", "from bot import storage", ["domain imports storage"]),
        (only_lower_parts, "bot/language/x.py", "import bot.views.card", ["language imports views"]),
        (
            only_lower_parts,
            "bot/language/x.py",
            "def f():\n from bot import packs",
            ["language imports packs"],
        ),
        (only_lower_parts, "bot/views/x.py", "from bot.handlers import home", ["views imports handlers"]),
        (
            only_lower_parts,
            "bot/conversations/x.py",
            "from bot import delivery",
            ["conversations imports delivery"],
        ),
        (only_lower_parts, "bot/handlers/x.py", "from bot.runtime import run", ["handlers imports runtime"]),
        (
            only_lower_parts,
            "bot/__init__.py",
            "from bot.texts import Texts",
            ["the package itself imports texts"],
        ),
        (only_lower_parts, "bot/new.py", "", ["new has no layer"]),
        (
            only_lower_parts,
            "bot/views/x.py",
            "from bot.views.card import card\nfrom bot.texts import Texts",
            [],
        ),
        (no_banned_parts, "bot/views/x.py", "from bot.storage import session", ["storage"]),
        (
            no_banned_parts,
            "bot/handlers/x.py",
            "from bot.delivery.dispatcher import Dispatcher",
            ["delivery"],
        ),
        (no_banned_parts, "bot/conversations/x.py", "from bot.storage import session", []),
        (only_known_libraries, "bot/domain/x.py", "import telegram", ["telegram"]),
        (only_known_libraries, "bot/domain/x.py", "import holidays, json", []),
        (only_known_libraries, "bot/storage/x.py", "from telegram import Bot", ["telegram"]),
        (only_known_libraries, "bot/language/x.py", "from jinja2.sandbox import x", ["jinja2"]),
        (heavy_libraries_late, "bot/language/x.py", "from rapidfuzz import fuzz", ["rapidfuzz"]),
        (heavy_libraries_late, "bot/x.py", "try:\n import jinja2\nexcept ImportError: pass", ["jinja2"]),
        (heavy_libraries_late, "bot/x.py", "class A:\n import asyncpg", ["asyncpg"]),
        (heavy_libraries_late, "bot/x.py", "def f():\n import pymorphy3", []),
        (heavy_libraries_late, "bot/x.py", "if TYPE_CHECKING:\n import jinja2", []),
        (heavy_libraries_late, "bot/pack_template.py", "import jinja2", []),
        (environment_only_in_config, "bot/x.py", "import os\nos.environ['A']", ["os.environ in line 2"]),
        (environment_only_in_config, "bot/x.py", "from os import getenv", ["os.getenv in line 1"]),
        (environment_only_in_config, "bot/config.py", "from os import environ", []),
        (wall_clock_only_in_clock, "bot/x.py", "datetime.now(UTC)", ["datetime.now in line 1"]),
        (wall_clock_only_in_clock, "bot/x.py", "datetime.datetime.utcnow()", ["datetime.utcnow in line 1"]),
        (wall_clock_only_in_clock, "bot/x.py", "date.today()", ["date.today in line 1"]),
        (wall_clock_only_in_clock, "bot/x.py", "from time import time", ["time.time in line 1"]),
        (wall_clock_only_in_clock, "bot/x.py", "clock.now()", []),
        (no_cyrillic, "bot/x.py", "a = 1\nb = '\u044f'", ["line 2"]),
        (no_cyrillic, "bot/x.py", "a = '\u2013'", []),
        (no_cyrillic, "bot/x.py", "'\u044f'", ["line 1"]),
        (no_cyrillic, "bot/language/x.py", "'For example \u044f.'\na = 1  # \u044f", []),
        (no_cyrillic, "bot/language/x.py", "def f():\n  'Say.'\n  return '\u044f'", ["line 3"]),
        (a_docstring, "bot/x.py", "import os", ["no docstring"]),
        (not_too_long, "bot/x.py", "\n" * (LONGEST + 1), ["301 lines"]),
        (not_too_long, "bot/x.py", "\n" * LONGEST, []),
        (no_sleep, SLEEP, "await asyncio.sleep(0.1)", ["line 1"]),
        (no_sleep, SLEEP, "from time import sleep\nsleep(1)", ["line 2"]),
        (no_sleep, SLEEP, "await asyncio.sleep(0)", []),
    ],
)
def test_a_rule_catches(rule: Rule, path: str, source: str, found: list[str]) -> None:
    assert list(rule(Module(path, source))) == found


def reached(start: str, bot: list[Module]) -> set[str]:
    """Return the modules that importing one module imports, by way of the bot's own."""
    known = {module.name: module for module in bot}
    todo, seen = [start], set[str]()
    while todo:
        name = todo.pop()
        if name in seen or name not in known:
            continue
        seen |= {name}
        todo += [found.name for found in imports(known[name]) if not found.late]
        todo += [name.rpartition(".")[0]]  # a module's package is imported with it
    return seen


def test_start_up_reaches_no_heavy_module() -> None:
    lazy = {path.removesuffix(".py").replace("/", ".") for paths in HEAVY.values() for path in paths}

    assert lazy <= {module.name for module in BOT}
    assert reached("bot.runtime", BOT) & lazy == set()


def test_reaching_goes_through_the_own_modules() -> None:
    chain = [
        Module("bot/__init__.py", ""),
        Module("bot/a.py", "from bot.b import c"),
        Module("bot/b/__init__.py", "from bot import d"),
        Module("bot/b/c.py", "def f():\n import bot.e"),
        Module("bot/d.py", ""),
        Module("bot/e.py", ""),
    ]

    assert reached("bot.a", chain) == {"bot", "bot.a", "bot.b", "bot.b.c", "bot.d"}
