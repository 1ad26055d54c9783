"""The Sunday review: what a week has brought, what the next one holds, and a word that fits both."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from bot.domain.step import Step
from bot.domain.vacancy import Answer, Interview, Outcome, Technique, Vacancy
from bot.domain.weeks import monday_of
from bot.domain.working_time import WorkingTime

_WEEK = timedelta(weeks=1)


class Closing(StrEnum):
    """What the last line of a review speaks of: the best that the week has to tell, and no more."""

    SIGNED = "signed"
    OFFER = "offer"
    INTERVIEWS = "interviews"
    ANSWERS = "answers"
    REFUSALS = "refusals"
    TOUCHES = "touches"
    AHEAD = "ahead"


class Planned(Struct, frozen=True):
    """A vacancy with its next step, and since when that has been due."""

    vacancy: Vacancy
    step: Step | None = None
    since: datetime | None = None


class Ahead(Struct, frozen=True):
    """An interview or a step to come."""

    at: datetime
    vacancy: Vacancy
    #: One of the two.
    interview: Interview | None = None
    step: Step | None = None


class Review(Struct, frozen=True, kw_only=True):
    """One week of a user, and the next."""

    #: The Monday of the week that ends.
    monday: date
    touches: int
    answers: int
    interviews: int
    closing: Closing
    #: Steps that have been due for some time.
    waiting: tuple[Ahead, ...] = ()
    #: What comes until the end of the next week, in its order.
    ahead: tuple[Ahead, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing happened and nothing is coming."""
        return not (self.touches or self.answers or self.interviews or self.ahead)


def review(planned: Sequence[Planned], time: WorkingTime, now: datetime) -> Review:
    """Return the review of the week that `now` lies in."""
    monday = monday_of(time.user_day(now))
    begins, over = time.user_moment(monday), time.user_moment(monday + 2 * _WEEK)
    vacancies = [one.vacancy for one in planned]
    answers = [a for v in vacancies for a in v.answers if begins <= a.received_at <= now]
    interviews = sum(
        begins <= held.starts_at <= now and held.missed_at is None
        for vacancy in vacancies
        for held in vacancy.interviews
    )
    touches = sum(
        touch.counts and begins <= touch.at <= now for vacancy in vacancies for touch in vacancy.touches
    )
    coming = sorted((one for one in _ahead(planned, now) if one.at < over), key=lambda one: one.at)
    waiting = {one.vacancy.id for one in planned if one.since and one.since <= now}
    return Review(
        monday=monday,
        touches=touches,
        answers=len(answers),
        interviews=interviews,
        closing=_closing(answers, interviews, touches),
        waiting=tuple(one for one in coming if one.step and one.vacancy.id in waiting),
        ahead=tuple(one for one in coming if one.interview or one.vacancy.id not in waiting),
    )


def _ahead(planned: Iterable[Planned], now: datetime) -> Iterator[Ahead]:
    for one in planned:
        if one.step and one.step.technique is not Technique.WAIT:
            yield Ahead(one.step.due, one.vacancy, step=one.step)
        interviews = () if one.vacancy.is_closed else one.vacancy.interviews
        yield from (Ahead(i.starts_at, one.vacancy, interview=i) for i in interviews if i.starts_at > now)


def _closing(answers: Sequence[Answer], interviews: int, touches: int) -> Closing:
    outcomes = {answer.outcome for answer in answers}
    if Outcome.SIGNED in outcomes:
        return Closing.SIGNED
    if Outcome.OFFER in outcomes:
        return Closing.OFFER
    if interviews or Outcome.NEXT_STAGE in outcomes:
        return Closing.INTERVIEWS
    if outcomes - {Outcome.REFUSAL}:
        return Closing.ANSWERS
    if outcomes:
        return Closing.REFUSALS
    return Closing.TOUCHES if touches else Closing.AHEAD
