"""Scores the playbook: a vacancy at a moment, and the touch that should come next."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bench.scores import Miss, Score, share
from bench.scores.timeline_cases import read, role_of
from bot.domain.playbook import next_step
from bot.domain.refusals import formal_request, may_request
from bot.domain.step import Step
from bot.domain.vacancy import Channel, Role, Technique, Vacancy
from bot.domain.working_time import WorkingTime

Row = dict[str, Any]
_NOTHING = "closed"
#: Steps between the user and the bot, by what they mean for the employer.
_KINDS = {Technique.LESSON: "stop_and_move_on", Technique.DEBRIEF: "wait"}


def score(rows: Sequence[Row]) -> Score:
    """Compare each next step with what is expected: its kind, its moment, its channel, its contact."""
    faults = [_faults(row) for row in rows]
    misses = [
        Miss(row["id"], row["title"], _wanted(row), got, silently="forbid" in wrong)
        for row, (got, wrong) in zip(rows, faults, strict=True)
        if wrong
    ]
    fields = {
        name: share(sum(name not in wrong for _, wrong in faults), len(rows))
        for name in ("action", "window", "channel", "contact")
    }
    return Score(
        items=len(rows),
        right=share(len(rows) - len(misses), len(rows)),
        silently_wrong=share(sum(miss.silently for miss in misses), len(rows)),
        fields=fields,
        misses=tuple(misses),
    )


def _faults(row: Row) -> tuple[str, set[str]]:
    """Return the step in words, and what is wrong about it."""
    timeline = read(row)
    vacancy, user = timeline.vacancy, timeline.user
    working_time = WorkingTime.between(user, vacancy)
    step = next_step(vacancy, working_time, timeline.now, user.pace)
    if row["user_wish"] == Technique.FORMAL_REQUEST and may_request(vacancy):  # only ever on that wish (C11)
        step = formal_request(vacancy, working_time, timeline.now, user.pace)
    kind = _KINDS.get(step.technique, step.technique.value) if step else _NOTHING
    expect = row["expect"]
    wrong = {"forbid"} if kind in expect["forbid"] else set()
    windows = [expect] if kind in {expect["action"], *expect["accept"]} else []
    windows += [other for other in expect["alternatives"] if other.get("action") == kind]
    if not windows:
        return f"{kind} {step.due if step else None}", wrong | {"action"}
    if step:
        found = (_wrong_details(row, step, vacancy, window, working_time) for window in windows)
        wrong |= min(found, key=len)
    return f"{kind} {step.due.astimezone(ZoneInfo(row['tz'])).isoformat() if step else None}", wrong


def _wrong_details(
    row: Row, step: Step, vacancy: Vacancy, window: Row, working_time: WorkingTime
) -> set[str]:
    wrong = set()
    expect, local = row["expect"], step.due.astimezone(ZoneInfo(row["tz"]))
    earliest, latest = (datetime.fromisoformat(window[key]) for key in ("earliest", "latest"))
    in_hours = expect["hours"][0] <= f"{local:%H:%M}" <= expect["hours"][1]
    on_workday = not expect["workdays_only"] or working_time.is_working_day(local.date())
    if not (earliest <= step.due <= latest and in_hours and on_workday):
        wrong.add("window")
    if expect["channel"] and step.channel not in expect["channel"]:
        wrong.add("channel")
    if expect["contact"] and _asked(step, vacancy) not in {role_of(name) for name in expect["contact"]}:
        wrong.add("contact")
    return wrong


def _asked(step: Step, vacancy: Vacancy) -> Role | None:
    """Return whom the step asks; the office needs no contact to be rung (R34)."""
    contact = vacancy.contact(step.contact_id)
    if contact:
        return contact.role
    return Role.OFFICE if step.channel is Channel.PHONE else None


def _wanted(row: Row) -> str:
    expect = row["expect"]
    return f"{expect['action']} {expect['earliest']} … {expect['latest']}"
