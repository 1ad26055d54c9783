"""Which texts the code asks for, read from its source: keys of screens, and the facts behind reasons.

A key may hold "*" where the code fills a value in. Nothing is imported or run.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

Values = frozenset[str]
Scope = Mapping[str, list[ast.expr]]

#: How a text is asked for by a key in the first place: what fills it is known from the call.
_TEXTS = frozenset({"texts", "plain", "count", "has"})
#: Exceptions and readings that carry a key to the place where it is worded.
_CARRIERS: Mapping[str, Values | None] = {
    "InvalidAnswer": None,
    "Invalid": frozenset({"why"}),
    "Ask": frozenset(),
    "Days": frozenset(),
}
_KEY = re.compile(r"[a-z_]+(\.[a-z0-9_*]+)+", re.IGNORECASE)
_HOLE = ast.Constant("*")
_FILE = re.compile(r".*\.(toml|txt|sql|json|po|pot|py|html|svg|js|css|sqlite3)")


class Use(Struct, frozen=True):
    """A place that asks for a text."""

    key: str
    where: str
    #: Names of the values it fills in; None: not to be seen from here.
    given: Values | None = None
    is_plural: bool = False
    #: Where Telegram takes no HTML.
    is_plain: bool = False
    #: Only looked for, or named far from where it is worded.
    is_mention: bool = False


class Emitted(Struct, frozen=True):
    """A reason that the playbook gives, and the names of its facts; None: not to be seen from here."""

    rule: str
    facts: Values | None


def uses(package: Path) -> list[Use]:
    """Return every place in a package that asks for a text."""
    return [use for path in sorted(package.rglob("*.py")) for use in _uses_in(path, package)]


def emitted(package: Path) -> set[Emitted]:
    """Return the reasons that the modules of a folder can give."""
    functions = [
        function
        for path in sorted(package.rglob("*.py"))
        for function in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef)
    ]
    templates = {function.name: list(_reasons_of(function)) for function in functions}
    found = {reason for reasons in templates.values() for reason in reasons if _is_plain(reason)}
    for function in functions:
        for call in _calls(function):
            if isinstance(call.func, ast.Name) and call.func.id in templates:
                helper = next(known for known in functions if known.name == call.func.id)
                found |= set(_filled(templates[helper.name], helper, call, _scope([function], {})))
    return found | set(_of_constants(package))


def alternatives(key: ast.expr, scope: Scope) -> list[str]:
    """Return what a string can be: itself, either branch, what a name stands for; holes become "*"."""
    match key:
        case ast.Constant(value=str(value)):
            return [value]
        case ast.IfExp():
            return [*alternatives(key.body, scope), *alternatives(key.orelse, scope)]
        case ast.BoolOp():
            return [found for value in key.values for found in alternatives(value, scope)]
        case ast.Name():
            return [found for value in scope.get(key.id, ()) for found in alternatives(value, {})]
        case ast.JoinedStr():
            return _joined(key, scope)
    return []


def _joined(key: ast.JoinedStr, scope: Scope) -> list[str]:
    built = [""]
    for part in key.values:
        hole = part.value if isinstance(part, ast.FormattedValue) else None
        values = alternatives(hole or part, scope) if isinstance(hole, ast.Name | None) else []
        built = [start + value for start in built for value in values or ["*"]]
    return built


def _uses_in(path: Path, package: Path) -> Iterator[Use]:
    name, tree = path.relative_to(package).as_posix(), ast.parse(path.read_text("utf-8"))
    scopes = _scopes(tree)
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    inside = {
        id(value) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for value in node.values
    }
    for node in ast.walk(tree):
        scope = scopes.get(id(node), {})
        where = f"{name}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Call):
            yield from _called(node, scope, where)
        elif isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in prose | inside:
            for key in alternatives(node, scope):
                if _KEY.fullmatch(key) and not _FILE.fullmatch(key):
                    yield Use(key, where, is_mention=True)


def _called(call: ast.Call, scope: Scope, where: str) -> Iterator[Use]:
    """Yield the keys that a call asks for with the values it gives."""
    name, owner = _name(call.func)
    first = call.args[0] if call.args else None
    if first is None:
        return
    given: Values | None = frozenset(keyword.arg or "*" for keyword in call.keywords)
    if any(keyword.arg is None for keyword in call.keywords):  # `**values`
        given = None
    if name in _CARRIERS:
        given = given if name == "InvalidAnswer" else _CARRIERS[name]
        yield from (Use(key, where, given) for key in alternatives(first, scope))
    elif name in _TEXTS and (name == "texts" or owner == "texts"):
        if name == "count" and given is not None:
            given |= {"n"}
        for key in alternatives(first, scope):
            if key != "*":
                mention = name == "has"
                yield Use(key, where, None if mention else given, name == "count", name == "plain", mention)


def _name(function: ast.expr) -> tuple[str, str]:
    """Return the last name of what is called and the one before it: `context.texts.plain` is plain, texts."""
    match function:
        case ast.Name(id=name):
            return name, ""
        case ast.Attribute(attr=name, value=ast.Name(id=owner) | ast.Attribute(attr=owner)):
            return name, owner
    return "", ""


def _scopes(tree: ast.Module) -> dict[int, Scope]:
    """Return what the names of a function, of its module otherwise, stand for, for every node in it."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    own = [node for node in tree.body if node not in functions]
    module = _scope(own, {})
    scopes = {id(node): module for node in ast.walk(tree)}
    for function in functions:
        scope = _scope([function], module)
        scopes |= {id(inner): scope for inner in ast.walk(function)}
    return scopes


def _scope(roots: Sequence[ast.AST], outer: Scope) -> Scope:
    """Return the literals that names stand for: assigned, or run through by a loop."""
    found: dict[str, list[ast.expr]] = defaultdict(list)
    loops: list[tuple[ast.expr, ast.expr]] = []
    for node in (node for root in roots for node in ast.walk(root)):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                found[name].append(value)
            case ast.For(target=target, iter=values) | ast.comprehension(target=target, iter=values):
                loops.append((target, values))
    for target, values in loops:
        if isinstance(target, ast.Name):
            found[target.id] += _items(values, {**outer, **found})
        else:
            for inner in ast.walk(target):
                if isinstance(inner, ast.Name):
                    found[inner.id].append(_HOLE)
    return {**outer, **found}


def _items(values: ast.expr, scope: Scope) -> list[ast.expr]:
    """Return the members of a literal; a hole for those that are not to be seen from here."""
    match values:
        case ast.Tuple(elts=members) | ast.List(elts=members) | ast.Set(elts=members):
            return [item for member in members for item in _items_of(member, scope)]
        case ast.Name(id=name) if scope.get(name):
            return [item for value in scope[name] for item in _items(value, {})]
    return [_HOLE]


def _items_of(member: ast.expr, scope: Scope) -> list[ast.expr]:
    return _items(member.value, scope) if isinstance(member, ast.Starred) else [member]


def _calls(node: ast.AST) -> Iterator[ast.Call]:
    return (inner for inner in ast.walk(node) if isinstance(inner, ast.Call))


def _reasons_of(function: ast.AST) -> Iterator[Emitted]:
    """Yield the reasons that a function gives; a parameter in them stands as "<name>"."""
    scope = dict(_scope([function], {}))
    if isinstance(function, ast.FunctionDef):
        scope |= {argument.arg: [ast.Constant(f"<{argument.arg}>")] for argument in function.args.args}
    for call in _calls(function):
        if _name(call.func)[0] == "Reason":
            facts = call.args[1] if len(call.args) > 1 else ast.Dict([], [])
            yield from (Emitted(rule, _facts(facts, scope)) for rule in alternatives(call.args[0], scope))


def _facts(facts: ast.expr, scope: Scope) -> Values | None:
    if isinstance(facts, ast.Name):
        facts = next(iter(scope.get(facts.id, ())), facts)
    if not isinstance(facts, ast.Dict):
        return None
    return frozenset(name for key in facts.keys if key for name in alternatives(key, scope))


def _is_plain(reason: Emitted) -> bool:
    return not any("<" in name for name in (reason.rule, *(reason.facts or ())))


def _filled(
    reasons: list[Emitted], helper: ast.FunctionDef, call: ast.Call, scope: Scope
) -> Iterator[Emitted]:
    """Yield the reasons of a helper with what a call gives for its parameters."""
    names = [argument.arg for argument in helper.args.args]
    defaults = dict(zip(reversed(names), reversed(helper.args.defaults), strict=False))
    given = {**defaults, **dict(zip(names, call.args, strict=False))}
    given |= {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    values = {f"<{name}>": alternatives(value, scope) for name, value in given.items()}
    for reason in reasons:
        if not _is_plain(reason):
            facts = reason.facts and frozenset(
                value for name in reason.facts for value in values.get(name, [name])
            )
            yield from (Emitted(rule, facts) for rule in values.get(reason.rule, [reason.rule]))


def _of_constants(package: Path) -> Iterator[Emitted]:
    """Yield the reasons that stand outside functions."""
    for path in sorted(package.rglob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.Assign | ast.AnnAssign):
                yield from _reasons_of(node)
