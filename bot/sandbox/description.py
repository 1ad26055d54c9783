"""The Bot API as a machine-readable description file states it; tests check calls against one."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from bot.errors import ConfigError
from bot.sandbox.contract import Contract, Field, Fields


class DescriptionContract(Contract):
    """Methods and objects of a description file: JSON with `methods` and `types`, each with its `fields`."""

    def __init__(self, path: Path) -> None:
        try:
            content: dict[str, Any] = msgspec.json.decode(path.read_bytes())
            self._methods = {name: _fields(entry) for name, entry in content["methods"].items()}
            self._objects = {name: _fields(entry) for name, entry in content["types"].items()}
            self._kinds = {name: entry.get("subtypes", []) for name, entry in content["types"].items()}
        except (OSError, msgspec.DecodeError, KeyError, TypeError, AttributeError) as error:
            raise ConfigError(f"{path} is no description of the Bot API: {error}") from error

    def method(self, name: str) -> Fields | None:
        """Return the parameters of a method, None where the description has no such method."""
        return self._methods.get(name)

    def object_kinds(self, name: str) -> Sequence[Fields]:
        """Return the fields of an object or of each of its kinds."""
        return [self._objects[kind] for kind in self._kinds[name] or [name]]


def _fields(entry: dict[str, Any]) -> Fields:
    return {
        field["name"]: Field(tuple(field["types"]), field["required"]) for field in entry.get("fields", [])
    }
