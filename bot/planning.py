"""From a report to what is stored: the event, the vacancy after it, its next step, its reminder."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.facts import Event, Fact, Undone
from bot.domain.history import apply, fold
from bot.domain.neighbours import twins_of
from bot.domain.playbook import next_step
from bot.domain.step import Step
from bot.domain.users import Pace, User
from bot.domain.vacancy import TOUCHES, Vacancy
from bot.domain.working_time import WorkingTime
from bot.errors import StaleButton
from bot.storage.reminders import Plan
from bot.storage.session import Record, Replan


class Reported(Struct, frozen=True):
    """What a report leads to."""

    vacancy: Vacancy
    step: Step | None
    record: Record


def step_of(vacancy: Vacancy, user: User, now: datetime) -> Step | None:
    """Return the one next step of a vacancy for its user."""
    return next_step(vacancy, WorkingTime.between(user, vacancy), now, pace_of(vacancy, user))


def pace_of(vacancy: Vacancy, user: User) -> Pace:
    """Return the pace of a vacancy: its own, or the user's (C1, C2)."""
    return vacancy.pace or user.pace


def due_since(vacancy: Vacancy, step: Step, user: User) -> datetime:
    """Return when a step was first due; its own `due` is never in the past."""
    told = [vacancy.opened_at, vacancy.status_since, *(touch.at for touch in vacancy.touches)]
    told += [answer.received_at for answer in vacancy.answers]
    told += [moment for moment in (vacancy.promised_at, vacancy.kept_at) if moment]
    told += [interview.missed_at for interview in vacancy.interviews if interview.missed_at]
    planned = (plan.due_at for plan in _plans(vacancy, user, max(told)) if plan.key == step.key)
    return min(next(planned, step.due), step.due)


class Turn(Struct, frozen=True, order=True):
    """The place of a touch among those to one employer: whose day came first, then a fixed order."""

    day: date
    vacancy_id: int
    due: datetime


def spaced(
    vacancy: Vacancy, others: Iterable[Vacancy], user: User, now: datetime, going: Collection[int] = ()
) -> Vacancy:
    """Return the vacancy as one whose employer is reached today already, if another touch there comes first.

    Never two touches to one employer on a day (R42): the later one yields to the next day. `going` are the
    vacancies that are pushed together; one that has waited in vain since an earlier day holds up nobody else.
    """
    twins = tuple(twins_of(vacancy, others))
    mine = _turn(vacancy, user, now) if twins else None
    if mine is None:
        return vacancy
    today = WorkingTime.between(user, vacancy).user_day(now)
    turns = (turn for twin in twins if (turn := _turn(twin, user, now)))
    yields = any(
        turn < mine and (turn.day == today or (turn.vacancy_id in going and turn.due <= now))
        for turn in turns
    )
    return replace(vacancy, touched_beside_at=now) if yields else vacancy


def _turn(vacancy: Vacancy, user: User, now: datetime) -> Turn | None:
    """Return the turn of a vacancy; None: its next step is no touch."""
    step = step_of(vacancy, user, now)
    if step is None or step.technique not in TOUCHES:
        return None
    alone = replace(vacancy, touched_beside_at=None)  # who has yielded already comes first
    first_due = WorkingTime.between(user, vacancy).user_day(due_since(alone, step, user))
    return Turn(first_due, vacancy.id, step.due)


def report(vacancy: Vacancy, user: User, now: datetime, *facts: Fact) -> Reported:
    """Return what the facts of one report change."""
    event = Event(vacancy.seq + 1, now, facts)
    told = apply(vacancy, event)
    step = step_of(told, user, now)
    record = Record(told.id, event, told.status, plan_of(step), _after(told, user, step))
    return Reported(told, step, record)


def opened(vacancy_id: int, user: User, now: datetime, *facts: Fact) -> Reported:
    """Return a new vacancy; the first fact opens it."""
    event = Event(1, now, facts)
    vacancy = fold(vacancy_id, user.id, [event])
    step = step_of(vacancy, user, now)
    record = Record(vacancy_id, event, vacancy.status, plan_of(step))  # of a new one nothing was pushed yet
    return Reported(vacancy, step, record)


def undone(vacancy: Vacancy, history: Sequence[Event], seq: int, user: User, now: datetime) -> Reported:
    """Return the vacancy without its last report; raises StaleButton when others came after it.

    The store brings back the reminder that the report replaced. Where that was pushed meanwhile, the first of
    `following` that was not takes its place: an open vacancy always has something to come (R2).
    """
    taken_back = {fact.seq for event in history for fact in event.facts if isinstance(fact, Undone)}
    counting = [event.seq for event in history if event.seq not in taken_back and not _is_undo(event)]
    if seq == 1 or not counting or counting[-1] != seq:
        raise StaleButton
    event = Event(vacancy.seq + 1, now, (Undone(seq),))
    folded = fold(vacancy.id, vacancy.owner_id, [*history, event])
    before = replace(folded, touched_beside_at=vacancy.touched_beside_at)
    record = Record(vacancy.id, event, before.status, following=tuple(_plans(before, user, now)))
    return Reported(before, step_of(before, user, now), record)


def replanned(vacancy: Vacancy, user: User, now: datetime) -> Replan:
    """Return the reminder of a vacancy after the user's settings have changed."""
    step = step_of(vacancy, user, now)
    return Replan(vacancy.id, plan_of(step), _after(vacancy, user, step))


def plan_of(step: Step | None) -> Plan | None:
    """Return the reminder that pushes a step."""
    return Plan(step.key, step.due) if step else None


def following(vacancy: Vacancy, user: User, step: Step) -> Plan | None:
    """Return the plan for when this step's advice runs out with nothing reported."""
    after = step_of(vacancy, user, step.until) if step.until else None
    return Plan(after.key, max(step.until, after.due)) if step.until and after else None


def _after(vacancy: Vacancy, user: User, step: Step | None) -> tuple[Plan, ...]:
    """Return what comes if the step was pushed already: an open vacancy always has something to come (R2)."""
    plan = following(vacancy, user, step) if step else None
    return (plan,) if plan else ()


def _plans(vacancy: Vacancy, user: User, now: datetime) -> Iterator[Plan]:
    """Yield the plans of a vacancy one after the other, as long as nothing is reported."""
    moment: datetime | None = now
    while moment and (step := step_of(vacancy, user, moment)):
        yield Plan(step.key, max(step.due, moment))
        moment = step.until


def _is_undo(event: Event) -> bool:
    return any(isinstance(fact, Undone) for fact in event.facts)


__all__ = ["Reported", "opened", "plan_of", "replanned", "report", "step_of", "undone"]
