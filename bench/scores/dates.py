"""Scores the reader of dates, and dateparser on the same lines."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bench.scores import Miss, Score, share
from bot.language.dates import (
    Ask,
    AtTime,
    Invalid,
    NothingPromised,
    OnDate,
    Question,
    Reading,
    read_date,
)

Row = dict[str, Any]
#: kind, date, time: as the rows write them
Outcome = tuple[str, str | None, str | None]
_ASK: Outcome = ("ask", None, None)


def score(rows: Sequence[Row]) -> Score:
    """Compare every reading with the outcomes that are right."""
    outcomes = [_outcome(_read(row)) for row in rows]
    misses = [_miss(row, got) for row, got in zip(rows, outcomes, strict=True) if got not in right(row)]
    return Score(
        items=len(rows),
        right=share(len(rows) - len(misses), len(rows)),
        silently_wrong=share(sum(miss.silently for miss in misses), len(rows)),
        fields={name: _field(rows, outcomes, place) for place, name in enumerate(("kind", "date", "time"))},
        misses=tuple(misses),
        peers={"dateparser": _peer(rows)},
    )


def right(row: Row) -> list[Outcome]:
    """Return the outcomes that count as right."""
    return [(one["kind"], one["date"], one["time"]) for one in (row["expect"], *row["accept"])]


def _read(row: Row) -> Reading:
    return read_date(
        row["text"],
        language=row["lang"],
        question=Question(row["question"]),
        now=_now(row),
        zone=row["tz"],
    )


def _now(row: Row) -> datetime:
    return datetime.fromisoformat(row["now"]).replace(tzinfo=ZoneInfo(row["tz"]))


def _outcome(reading: Reading) -> Outcome:
    match reading:
        case AtTime(day, hour):
            return "datetime", f"{day}", f"{hour:%H:%M}"
        case OnDate(day):
            return "date", f"{day}", None
        case Ask():
            return _ASK
        case Invalid():
            return "invalid", None, None
        case NothingPromised():
            return "none", None, None


def _miss(row: Row, got: Outcome) -> Miss:
    return Miss(row["id"], row["text"], _shown(right(row)[0]), _shown(got), silently=got != _ASK)


def _shown(outcome: Outcome) -> str:
    return " ".join(part for part in outcome if part)


def _field(rows: Sequence[Row], outcomes: Sequence[Outcome], place: int) -> float:
    """Return how often this part of the outcome was right, of the rows where a right one has it."""
    named = [
        (got[place], {outcome[place] for outcome in right(row)})
        for row, got in zip(rows, outcomes, strict=True)
        if right(row)[0][place] is not None
    ]
    return share(sum(got in wanted for got, wanted in named), len(named))


def _peer(rows: Sequence[Row]) -> tuple[float, float]:
    """Return what dateparser gets right and silently wrong; what it cannot read counts as asking."""
    read = _dateparser()
    outcomes = [read(row) for row in rows]
    judged = [(got, right(row)) for row, got in zip(rows, outcomes, strict=True)]
    correct = sum(got in wanted for got, wanted in judged)
    silently = sum(got not in wanted and got != _ASK for got, wanted in judged)
    return share(correct, len(rows)), share(silently, len(rows))


def _dateparser() -> Callable[[Row], Outcome]:
    from dateparser.date import DateDataParser

    def read(row: Row) -> Outcome:
        settings = {
            "RELATIVE_BASE": _now(row).replace(tzinfo=None),
            "PREFER_DATES_FROM": "past" if row["question"] == "interview_past" else "future",
            "RETURN_TIME_AS_PERIOD": True,
        }
        data = DateDataParser(languages=[row["lang"]], settings=settings).get_date_data(row["text"])
        if data is None or data.date_obj is None:
            return _ASK
        if data.period == "time":
            return "datetime", f"{data.date_obj:%Y-%m-%d}", f"{data.date_obj:%H:%M}"
        return "date", f"{data.date_obj:%Y-%m-%d}", None

    return read
