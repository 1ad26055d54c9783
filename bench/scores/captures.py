"""Scores the reader of notes, field by field; a value where there should be none counts as silently wrong."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bench.scores import Miss, Score, share
from bot.language.capture import Capture, read_capture
from bot.language.places import country_of

Row = dict[str, Any]


def score(rows: Sequence[Row]) -> Score:
    """Compare every field with the values that are right."""
    found = [(row, fields(read(row))) for row in rows]
    misses = [miss for row, got in found for miss in _misses(row, got)]
    names = list(rows[0]["expect"]) if rows else []
    count = sum(len(row["expect"]) for row in rows)
    return Score(
        items=len(rows),
        right=share(count - len(misses), count),
        silently_wrong=share(sum(miss.silently for miss in misses), count),
        fields={
            name: share(sum(is_right(row, got, name) for row, got in found), len(rows)) for name in names
        },
        misses=tuple(misses),
    )


def read(row: Row) -> Capture:
    """Read the note of a row as its user."""
    now = datetime.fromisoformat(row["now"]).replace(tzinfo=ZoneInfo(row["tz"]))
    country = country_of(row["tz"])  # as the bot takes it from the zone a user chooses
    return read_capture(row["text"], language=row["lang"], now=now, zone=row["tz"], country=country)


def fields(capture: Capture) -> dict[str, str | None]:
    """Return a capture as the rows write it."""
    return {
        "company": capture.company,
        "position": capture.position,
        "interviewer": capture.contact_name,
        "phone": capture.phone,
        "email": capture.email,
        "interview_at": _moment(capture.interview_at),
        "promised_date": _moment(capture.promised_on),
    }


def is_right(row: Row, got: Mapping[str, str | None], name: str) -> bool:
    """Tell whether a field holds one of the right values."""
    right = [row["expect"][name], *row["accept"].get(name, ())]
    if name in row["optional"]:
        right.append(None)
    return _folded(got[name]) in [_folded(value) for value in right]


def _misses(row: Row, got: Mapping[str, str | None]) -> list[Miss]:
    return [
        Miss(row["id"], row["text"], f"{name} {wanted}", str(got[name]), silently=wanted is None)
        for name, wanted in row["expect"].items()
        if not is_right(row, got, name)
    ]


def _moment(value: date | datetime | None) -> str | None:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M}"
    return value and f"{value}"


def _folded(value: str | None) -> str | None:
    """Return a value without what people may write either way: capitals, ё, quotes."""
    return value and value.casefold().replace("ё", "е").replace("«", "").replace("»", "").replace('"', "")
