"""One template: read, refused unless it is simple, compiled, worded.

Imported when the first text is rendered, so that start-up does not pay for Jinja.
"""

import re
import traceback
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import NoReturn, Self

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, Undefined, UndefinedError, nodes
from jinja2.sandbox import SandboxedEnvironment
from msgspec import Struct

from bot.domain.users import Form
from bot.pack_manner import ADDRESSING, Manner
from bot.pack_words import FACTS, MANNERS, Fault, PackError, Wording, Words

#: Longest template; a user's own text cannot ask for more work than that.
SOURCE_LIMIT = 8000
_DEEPEST = 12
_HE_SHE = "he_she"
_SUBJECT = "Subject:"
_NEEDS = re.compile(r"\ANeeds:(.*)\n")
#: A tag or comment alone on its line leaves no line; its break moves inside, so lines keep their numbers.
_ALONE = re.compile(r"^[ \t]*(\{%(?:(?!%\}).)*|\{#(?:(?!#\}).)*)([%#]\})[ \t]*\n", re.MULTILINE)
_SIMPLE = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.If,
    nodes.Filter,
    nodes.Call,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
)


class _Unknown(Undefined):
    """A word nobody knows: false in a condition, an error on paper."""

    def __str__(self) -> NoReturn:
        raise UndefinedError(self._undefined_name)


_KNOWN = frozenset(Words.__struct_fields__) | MANNERS
_UNKNOWN = {name: _Unknown(name=name) for name in Words.__struct_fields__}


def environment(filters: Mapping[str, Callable[..., str]]) -> SandboxedEnvironment:
    """Return the sandbox of one language: its filters and nothing else."""
    made = SandboxedEnvironment(
        undefined=StrictUndefined,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # plain text; the view escapes it
    )
    made.filters = {name: partial(_filtered, function) for name, function in filters.items()}
    made.globals = {}
    made.tests = {}
    return made


class PackTemplate(Struct, frozen=True):
    """A template ready to be worded again and again."""

    compiled: Template
    manner: Manner
    is_letter: bool
    #: Fields of Words that must be known.
    needs: tuple[str, ...]
    #: Fields of Words that it looks at.
    uses: frozenset[str]
    #: What it says as the tone asks for.
    manners: frozenset[str]
    #: What it compares them with.
    constants: frozenset[object]

    @classmethod
    def read(cls, source: str, sandbox: SandboxedEnvironment, manner: Manner) -> Self:
        """Return the template of a source, or raise PackError naming the line and the placeholder."""
        if len(source) > SOURCE_LIMIT:
            raise PackError(Fault.TOO_LONG)
        source = source.replace("\r\n", "\n").removeprefix("\ufeff").rstrip() + "\n"
        needs = _needs(source)
        is_letter = _NEEDS.sub("", source).startswith(_SUBJECT)
        commented = _NEEDS.sub(r"{#\1\n#}", source)
        tree = _parsed(_ALONE.sub(r"\1\n\2", commented), sandbox)
        names = {name.name for name in tree.find_all(nodes.Name)}
        manners = frozenset(names & MANNERS)
        uses = names - manners - {_HE_SHE} | set(needs)
        uses |= ({"form"} if _HE_SHE in names else set()) | (
            {"contact_name"} if manners & ADDRESSING else set()
        )
        constants = frozenset(const.value for const in tree.find_all(nodes.Const))
        compiled = sandbox.from_string(tree)
        return cls(compiled, manner, is_letter, needs, frozenset(uses), manners, constants)

    def render(self, words: Words) -> Wording:
        """Return the text with the words in place."""
        for name in self.needs:
            if getattr(words, name) is None:
                raise PackError(Fault.MISSING_WORD, line=1, placeholder=name)
        text = self._filled(words).lstrip()
        subject = None
        if self.is_letter:
            first, _, text = text.partition("\n")
            subject = first.removeprefix(_SUBJECT).strip()
        body = _tidied(text)
        if not body or subject == "":
            raise PackError(Fault.BLANK)
        return Wording(subject, body)

    def _filled(self, words: Words) -> str:
        try:
            return self.compiled.render(
                _values(words, self.uses) | (self.manner.values(words) if self.manners else {})
            )
        except UndefinedError as error:
            raise PackError(Fault.MISSING_WORD, line=_line(error), placeholder=str(error)) from error
        except (TypeError, ValueError, AttributeError) as error:
            raise PackError(Fault.WRONG_KIND, line=_line(error)) from error


def _needs(source: str) -> tuple[str, ...]:
    """Return the fields of the header line "Needs: a, b"."""
    header = _NEEDS.match(source)
    needs = tuple(name.strip() for name in header[1].split(",")) if header else ()
    for name in needs:
        if name not in Words.__struct_fields__:
            raise PackError(Fault.UNKNOWN_WORD, line=1, placeholder=name)
    return needs


def _parsed(source: str, sandbox: SandboxedEnvironment) -> nodes.Template:
    """Return the tree of a source in which everything is known and simple."""
    try:
        tree = sandbox.parse(source)
    except TemplateSyntaxError as error:
        raise PackError(Fault.SYNTAX, line=error.lineno, placeholder=error.message) from error
    except RecursionError as error:
        raise PackError(Fault.NOT_SIMPLE) from error
    waiting: list[tuple[nodes.Node, int]] = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        if depth > _DEEPEST or not isinstance(node, _SIMPLE):
            raise PackError(Fault.NOT_SIMPLE, line=node.lineno, placeholder=type(node).__name__.lower())
        _refuse_unknown(node, sandbox)
        called = node.node if isinstance(node, nodes.Call) else None
        waiting += [(child, depth + 1) for child in node.iter_child_nodes() if child is not called]
    return tree


def _refuse_unknown(node: nodes.Node, sandbox: SandboxedEnvironment) -> None:
    """Raise PackError if the node names something that does not exist or is not meant for this."""
    wrong: str | None = None
    match node:
        case nodes.Name(name=name) if name not in _KNOWN:
            wrong = name
        case nodes.Filter(name=name) if name not in sandbox.filters or node.args or node.kwargs:
            wrong = name
        case nodes.Output():
            wrong = next((n.name for n in node.nodes if isinstance(n, nodes.Name) and n.name in FACTS), None)
        case nodes.Call() if not _is_he_she(node):
            wrong = getattr(node.node, "name", "()")
        case _:
            pass
    if wrong:
        raise PackError(Fault.UNKNOWN_WORD, line=node.lineno, placeholder=wrong)


def _is_he_she(node: nodes.Call) -> bool:
    """Tell whether this is he_she('…', '…', '…'): for him, for her, and when the form is unknown."""
    texts = [arg for arg in node.args if isinstance(arg, nodes.Const) and isinstance(arg.value, str)]
    extras = (node.kwargs, node.dyn_args, node.dyn_kwargs)
    is_named = isinstance(node.node, nodes.Name) and node.node.name == _HE_SHE
    return is_named and len(texts) == len(node.args) == 3 and not any(extras)


def _filtered(function: Callable[..., str], value: object) -> str:
    """Return what the filter makes of a known value; an unknown one says its name."""
    return function(str(value) if isinstance(value, Undefined) else value)


def _values(words: Words, uses: Iterable[str]) -> dict[str, object]:
    """Return what a template looks at: texts on one line, and as unknown what says nothing."""
    values: dict[str, object] = {_HE_SHE: partial(_he_she, words.form)}
    for name in uses:
        value = getattr(words, name)
        if isinstance(value, str) and name not in FACTS:
            value = " ".join(value.split()) if any(map(str.isalnum, value)) else None
        values[name] = _UNKNOWN[name] if value is None else value
    return values


def _he_she(form: Form | None, he: str, she: str, unknown: str) -> str:
    return {Form.HE: he, Form.SHE: she, None: unknown}[form]


def _line(error: Exception) -> int | None:
    """Return the line of the template that the error came from."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.name == "top-level template code"]
    return lines[-1] if lines else None


def _tidied(text: str) -> str:
    """Return the text without the blank lines and line-end spaces that absent parts leave behind."""
    text = re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)
    text = re.sub(r"(?<!\.)\.\.(?!\.)", ".", text)  # a name that ends in a full stop ends the sentence
    return re.sub(r"\n{3,}", "\n\n", text).strip()
