"""What a pause covers that cannot wait for its end: interviews, answers promised, calls and tasks agreed."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.situation import Situation
from bot.domain.users import Pause, User
from bot.domain.vacancy import Interview, Outcome, Vacancy, Who
from bot.domain.working_time import WorkingTime

#: The evening on which an interview is prepared for.
EVENING = time(19)
_DAY = timedelta(days=1)


class Kind(StrEnum):
    """What is covered."""

    INTERVIEW = "interview"
    ANSWER = "answer"
    CALL = "call"
    TASK = "task"


class Covered(Struct, frozen=True):
    """Something agreed for a time within the pause."""

    kind: Kind
    vacancy: Vacancy
    on: date
    interview: Interview | None = None


def covered(vacancies: Iterable[Vacancy], user: User, now: datetime) -> tuple[Covered, ...]:
    """Return what the user's pause covers of what was agreed, in its order."""
    found = [
        one
        for vacancy in vacancies
        for one in _covered(Situation(vacancy, WorkingTime.between(user, vacancy), now, user.pace))
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.kind is not Kind.INTERVIEW)))


def back_for_interview(matters: Iterable[Covered], user: User, now: datetime) -> Pause | None:
    """Return the pause, ended the evening before the first interview it covers; None where that is over."""
    pause, clock = user.pause, WorkingTime.of(user)
    evenings = (one.on - _DAY for one in matters if one.interview)
    evening = min(evenings, default=None)
    if pause is None or evening is None or clock.user_moment(evening, EVENING) <= now:
        return None
    return replace(pause, until=evening, hour=EVENING)


def _covered(s: Situation) -> Iterator[Covered]:
    back = s.time.next_letter_moment(s.now)
    for meeting in s.interviews:
        if s.now < meeting.starts_at < back:
            yield Covered(Kind.INTERVIEW, s.vacancy, s.time.user_day(meeting.starts_at), meeting)
    first, end = s.time.employer_day(s.now), s.time.employer_day(back)
    for kind, day in _agreed(s):
        if first <= day < end:
            yield Covered(kind, s.vacancy, day)


def _agreed(s: Situation) -> Iterator[tuple[Kind, date]]:
    if s.promise and s.promise.by:
        yield (Kind.CALL if s.promise.who is Who.CANDIDATE else Kind.ANSWER), s.promise.by
    kind = _NAMED.get(s.answer.outcome) if s.answer else None
    if kind and s.answer and s.answer.on:
        yield kind, s.answer.on


_NAMED = {Outcome.CALL_LATER: Kind.CALL, Outcome.TEST_TASK: Kind.TASK}
