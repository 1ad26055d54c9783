"""The Bot API as python-telegram-bot's own signatures describe it."""

import inspect
import re
import sys
import types
import typing
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import cache

import telegram
from telegram import Bot, TelegramObject

from bot.sandbox.contract import ANYTHING, Contract, Field, Fields

# The library's annotations name these two aliases of a private module.
_ALIASES: dict[str, object] = {
    "ReplyMarkup": telegram.InlineKeyboardMarkup
    | telegram.ReplyKeyboardMarkup
    | telegram.ReplyKeyboardRemove
    | telegram.ForceReply,
    "FileInput": str | telegram.InputFile,
}
_NOTATION: dict[object, str] = {
    str: "String",
    bool: "Boolean",
    int: "Integer",
    float: "Float",
    datetime: "Integer",
    timedelta: "Integer",
    telegram.InputFile: "InputFile",
    bytes: "InputFile",
}


class LibraryContract(Contract):
    """Methods and objects as the installed library declares them."""

    def method(self, name: str) -> Fields | None:
        """Return the parameters of a method; those only in keywords are the library's own conveniences."""
        return _method_fields(name)

    def object_kinds(self, name: str) -> Sequence[Fields]:
        """Return the fields of a class and of its subclasses."""
        return _object_kinds(name)


@cache
def _method_fields(name: str) -> Fields | None:
    function = getattr(Bot, re.sub(r"([A-Z])", r"_\1", name).lower(), None)
    if "_" in name or not inspect.iscoroutinefunction(function):
        return None
    return _fields(function)


@cache
def _object_kinds(name: str) -> Sequence[Fields]:
    base = getattr(telegram, name)
    return [_object_fields(kind) for kind in (*base.__subclasses__(), base)]


def _object_fields(kind: type[TelegramObject]) -> Fields:
    # What a class sets by itself (`type`, `force_reply`) is on the wire but not in its signature.
    slots = [slot for base in kind.__mro__ for slot in getattr(base, "__slots__", ())]
    constants = {slot: Field((ANYTHING,), required=False) for slot in slots if not slot.startswith("_")}
    return {**constants, **_fields(kind.__init__)}


def _fields(function: Callable[..., object]) -> Fields:
    names = {**vars(sys.modules[function.__module__]), **vars(telegram), **_ALIASES}
    hints = typing.get_type_hints(function, names)
    positional = [
        parameter
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.kind is parameter.POSITIONAL_OR_KEYWORD and name != "self"
    ]
    return {
        parameter.name: Field(tuple(_notation(hints[parameter.name])), parameter.default is parameter.empty)
        for parameter in positional
    }


def _notation(hint: object) -> list[str]:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return [name for argument in arguments for name in _notation(argument)]
    if hint is types.NoneType or getattr(origin, "__name__", "") == "DefaultValue":
        return []
    if origin is typing.Literal:
        return [_NOTATION[type(arguments[0])]]
    if isinstance(origin, type) and issubclass(origin, Sequence):
        # A tuple is the library's shorthand for the object named beside it.
        return [] if origin is tuple else [f"Array of {name}" for name in _notation(arguments[0])]
    if isinstance(hint, type) and issubclass(hint, TelegramObject):
        return [hint.__name__]
    return [_NOTATION.get(hint, ANYTHING)]
