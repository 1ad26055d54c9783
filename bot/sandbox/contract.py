"""Check the parameters of a call against a description of the Bot API.

Types are written in the Bot API's own notation: "Integer", "Array of MessageEntity", "InlineKeyboardMarkup".
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

ANYTHING = "Anything"
_ARRAY_OF = "Array of "


class Upload(Struct, frozen=True):
    """The bytes of a file that came with a call."""

    name: str
    content: bytes
    mime_type: str


class Field(Struct, frozen=True):
    """One parameter of a method or one field of an object."""

    types: tuple[str, ...]
    required: bool


Fields = Mapping[str, Field]


class Contract(ABC):
    """What methods and objects look like."""

    @abstractmethod
    def method(self, name: str) -> Fields | None:
        """Return the parameters of a method, None where there is no such method."""

    @abstractmethod
    def object_kinds(self, name: str) -> Sequence[Fields]:
        """Return the fields of an object, one mapping for each kind it may be."""

    def problem(self, method: str, parameters: Mapping[str, object]) -> str | None:
        """Return what is wrong with a call, None when nothing is."""
        fields = self.method(method)
        if fields is None:
            return f"there is no method {method}"
        return self._misfit(fields, parameters, method)

    def _misfit(self, fields: Fields, values: Mapping[str, object], where: str) -> str | None:
        for name, field in fields.items():
            if field.required and name not in values:
                return f"{where} lacks {name}"
        for name, value in values.items():
            if name not in fields:
                return f"{where} has no {name}"
            problem = self._mistyped(fields[name].types, value, f"{where}.{name}")
            if problem:
                return problem
        return None

    def _mistyped(self, types: Sequence[str], value: object, where: str) -> str | None:
        return _clearest([self._mismatch(kind, value, where) for kind in types])

    def _mismatch(self, kind: str, value: object, where: str) -> str | None:
        if kind.startswith(_ARRAY_OF):
            return self._array_mismatch(kind.removeprefix(_ARRAY_OF), value, where)
        if kind in _PRIMITIVES:
            return None if _PRIMITIVES[kind](value) else f"{where} must be {kind}"
        if not isinstance(value, dict):
            return f"{where} must be {kind}"
        return _clearest([self._misfit(fields, value, where) for fields in self.object_kinds(kind)])

    def _array_mismatch(self, kind: str, value: object, where: str) -> str | None:
        if not isinstance(value, list):
            return f"{where} must be an array"
        problems = (self._mismatch(kind, item, f"{where}[{index}]") for index, item in enumerate(value))
        return next((problem for problem in problems if problem), None)


def _clearest(problems: Sequence[str | None]) -> str | None:
    """Return None where one alternative fits, else the problem of the one that got furthest: the longest."""
    return None if None in problems else max(filter(None, problems), key=len)


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


_PRIMITIVES: dict[str, Callable[[object], bool]] = {
    "String": lambda value: isinstance(value, str),
    "Integer": _is_integer,
    "Float": lambda value: isinstance(value, float) or _is_integer(value),
    "Boolean": lambda value: isinstance(value, bool),
    "True": lambda value: value is True,
    "InputFile": lambda value: isinstance(value, Upload),
    ANYTHING: lambda value: True,
}
