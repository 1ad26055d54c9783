"""Scores the reader of replies: label, technique and day.

A refusal or an offer taken for something else, or the other way round, counts as silently wrong.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bench.scores import Miss, Score, share
from bot.language.replies import Label, Reply, read_reply

Row = dict[str, Any]
_REFUSALS = {Label.POLITE_REFUSAL, Label.DIRECT_REFUSAL}


def score(rows: Sequence[Row]) -> Score:
    """Compare every reading with the labels that are right; technique and day count where the label is."""
    found = [(row, read(row)) for row in rows]
    good = [(row, reply) for row, reply in found if has_right_label(row, reply)]
    misses = [_miss(row, reply) for row, reply in found if not has_right_label(row, reply)]
    return Score(
        items=len(rows),
        right=share(len(good), len(rows)),
        silently_wrong=share(sum(miss.silently for miss in misses), len(rows)),
        fields={
            "label": share(len(good), len(rows)),
            "technique": share(sum(has_right_technique(*pair) for pair in good), len(good)),
            "day": share(sum(has_right_day(*pair) for pair in good), len(good)),
        },
        misses=tuple(misses),
    )


def read(row: Row) -> Reply:
    """Read the reply of a row."""
    now = datetime.fromisoformat(row["now"]).replace(tzinfo=ZoneInfo(row["tz"]))
    return read_reply(row["text"], language=row["lang"], now=now, zone=row["tz"])


def labels(row: Row) -> set[str]:
    """Return the labels that are right."""
    return {row["label"], *row["accept_labels"]}


def has_right_label(row: Row, reply: Reply) -> bool:
    """Tell whether the label is one of the right ones."""
    return reply.label in labels(row)


def has_right_technique(row: Row, reply: Reply) -> bool:
    """Tell whether the technique is one of the right ones."""
    return reply.technique in {row["technique"], *row["accept_techniques"]}


def has_right_day(row: Row, reply: Reply) -> bool:
    """Tell whether the day, and the hour where one is named, are right; an optional day may be missing."""
    right = {row["date"], *row.get("date_accept", ())} | ({None} if row["date_optional"] else set())
    day = reply.on and f"{reply.on}"
    hour = reply.at and f"{reply.at:%H:%M}"
    return day in right and row["time"] in (None, hour)


def _miss(row: Row, reply: Reply) -> Miss:
    right = labels(row)
    crossed = any((reply.label in group) != bool(right & group) for group in (_REFUSALS, {Label.OFFER}))
    return Miss(row["id"], row["text"], row["label"], reply.label, silently=crossed)
