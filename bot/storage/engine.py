"""The port to a database: named statements read together, or written together in one transaction."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import aiosql

from bot.errors import BotError

_SQL = Path(__file__).parent / "sql"


class Row(Protocol):
    """A row of a result, read by column name."""

    def __getitem__(self, column: str, /) -> Any:
        """Return the value of a column."""


class Query(NamedTuple):
    """One statement of the annotated files.

    A sequence of parameters runs the statement for each of them; statements marked `*!` take nothing else.
    """

    name: str
    params: Mapping[str, Any] | Sequence[Mapping[str, Any]] = {}
    #: Raised, and everything rolled back, when the statement yields no row.
    otherwise: type[BotError] | None = None

    def checked(self, result: Any) -> Any:
        """Return the result of this query, or raise what it asks for."""
        if self.otherwise and result is None:
            raise self.otherwise(self.name)
        return result


class Database(Protocol):
    """An open database.

    Results follow the queries: a list of rows, one row or None (`^`), a count on SQLite (`!`).
    A unit runs whole or not at all, also when its caller is cancelled.
    Conflict: a primary or unique key was taken. StorageError: anything else that the database refuses.
    """

    async def read(self, *queries: Query) -> list[Any]:
        """Return the results of queries that change nothing, all of one moment."""

    async def write(self, *queries: Query) -> list[Any]:
        """Run the queries in one transaction and return their results."""

    async def compact(self) -> None:
        """Leave nothing of erased rows in files that the database keeps for itself."""


@cache
def load_queries(dialect: str, driver: str) -> Any:
    """Return all statements of a dialect: the common files and those of its folder, for aiosql's driver."""
    files = sorted([*_SQL.glob("*.sql"), *(_SQL / dialect).glob("*.sql")])
    return aiosql.from_str("\n".join(file.read_text(encoding="utf-8") for file in files), driver)


@cache
def load_migrations() -> dict[int, str]:
    """Return the scripts by the schema version they lead to, in order; each records it in `meta`."""
    files = sorted((_SQL / "migrations").glob("*.sql"))
    return {int(file.name[:4]): file.read_text(encoding="utf-8") for file in files}
