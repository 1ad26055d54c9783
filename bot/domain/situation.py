"""A vacancy at one moment, read the way the playbook asks: what stands, what counts, who is there."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from functools import cached_property

from bot.domain.step import TOUCH_LIMIT
from bot.domain.users import Pace
from bot.domain.vacancy import (
    Answer,
    Interview,
    Outcome,
    Promise,
    RoleType,
    Technique,
    Touch,
    Vacancy,
)
from bot.domain.working_time import MORNING, WorkingTime

#: Answers that move the matter on: the touches before them are not counted any more (C1).
_DEFINITE = frozenset(
    {
        Outcome.SECURITY_CHECK,
        Outcome.ROUND,
        Outcome.HR_LEFT,
        Outcome.NEXT_STAGE,
        Outcome.TEST_TASK,
        Outcome.TASK_OFF,
        Outcome.ASKS_INFO,
        Outcome.OFFER,
    }
)
#: Answers that do so only when they name a day.
_DEFINITE_WITH_DAY = frozenset({Outcome.PROMISED, Outcome.CALL_LATER, Outcome.ASKED_TO_WAIT})

#: An invitation without an hour means some time within these hours.
_INVITED_FOR = timedelta(hours=8)


class Situation:
    """A vacancy at `now`, with the working time and the pace that shape its plan."""

    def __init__(self, vacancy: Vacancy, working_time: WorkingTime, now: datetime, pace: Pace) -> None:
        self.vacancy = vacancy
        self.time = working_time
        self.now = now
        self.pace = pace

    @cached_property
    def is_patient(self) -> bool:
        """Tell whether slow hiring is ordinary here: two weeks of silence mean nothing yet (R4, R95, R97)."""
        vacancy = self.vacancy
        return (
            vacancy.role_type in {RoleType.RARE, RoleType.SENIOR}
            or (vacancy.stages_total or 1) > 1
            or vacancy.stage > 1
        )

    # Interviews

    @cached_property
    def interviews(self) -> tuple[Interview, ...]:
        """The interviews, with one the employer has invited to on a day that the user has not entered yet."""
        return (*self.vacancy.interviews, *self._invitation())

    def _invitation(self) -> Iterator[Interview]:
        answer = self.vacancy.answers[-1] if self.vacancy.answers else None
        if answer is None or answer.outcome is not Outcome.NEXT_STAGE or answer.on is None:
            return
        later = any(interview.starts_at > answer.received_at for interview in self.vacancy.interviews)
        if later or self._kept_after(answer.received_at):
            return
        starts_at = self.time.employer_moment(answer.on, answer.at or MORNING)
        lasts_for = timedelta(hours=1) if answer.at else _INVITED_FOR
        contacts = () if answer.contact_id is None else (answer.contact_id,)
        yield Interview(
            stage=answer.stage + 1, starts_at=starts_at, lasts_for=lasts_for, contact_ids=contacts, told=False
        )

    @cached_property
    def held(self) -> Interview | None:
        """The last interview that has begun."""
        begun = (interview for interview in self._meant() if interview.starts_at <= self.now)
        return max(begun, key=_starts, default=None)

    @cached_property
    def ahead(self) -> Interview | None:
        """The next interview."""
        coming = (interview for interview in self._meant() if interview.starts_at > self.now)
        return min(coming, key=_starts, default=None)

    @cached_property
    def missed(self) -> Interview | None:
        """The interview in hand if they did not come to it and nothing has been heard or decided since."""
        meeting = self.vacancy.interview
        if meeting is None or meeting.missed_at is None:
            return None
        answers = (answer.received_at for answer in self.vacancy.answers)
        since = [*answers, *filter(None, (self.vacancy.promised_at, self.vacancy.kept_at))]
        return None if any(moment >= meeting.missed_at for moment in since) else meeting

    def _meant(self) -> Iterator[Interview]:
        """Yield the interviews that were held or are to be."""
        return (interview for interview in self.interviews if interview.missed_at is None)

    # What stands

    def _kept_after(self, moment: datetime) -> bool:
        return self.vacancy.kept_at is not None and self.vacancy.kept_at > moment

    @cached_property
    def promise(self) -> Promise | None:
        """The promise of a day that stands, broken or not."""
        promise, made_at = self.vacancy.promise, self.vacancy.promised_at
        if promise is None or promise.by is None or made_at is None:
            return None
        if self.held and promise.by < self.time.employer_day(self.held.starts_at):
            return None  # it was about this interview
        kept_at = self.vacancy.kept_at
        outlived = self._kept_after(made_at) and kept_at and promise.by < self.time.employer_day(kept_at)
        return None if outlived else promise

    @cached_property
    def answer(self) -> Answer | None:
        """The employer's last word on the stage in hand, if anything still follows from it."""
        answer = self.vacancy.answers[-1] if self.vacancy.answers else None
        if answer is None or self._kept_after(answer.received_at):
            return None
        return None if self.held and answer.received_at < self.held.starts_at else answer

    @cached_property
    def gone(self) -> frozenset[int]:
        """The contacts who have left the company (R61): who was named, else who was asked last."""
        left = (answer for answer in self.vacancy.answers if answer.outcome is Outcome.HR_LEFT)
        return frozenset(filter(None, (answer.contact_id or self._asked_before(answer) for answer in left)))

    def _asked_before(self, answer: Answer) -> int | None:
        asked = (
            touch for touch in self.vacancy.touches if touch.contact_id and touch.at <= answer.received_at
        )
        last = _last(asked)
        return last.contact_id if last else None

    # Touches

    @cached_property
    def counted_from(self) -> datetime | None:
        """The moment touches are counted from: "keep going", or when something definite last came (C1)."""
        definite = (answer.received_at for answer in self.vacancy.answers if _is_definite(answer))
        promised_at = self.vacancy.promised_at if self.promise else None
        moments = [*definite, self.vacancy.kept_at, promised_at]
        return max((moment for moment in moments if moment), default=None)

    @cached_property
    def touches(self) -> tuple[Touch, ...]:
        """The touches that count: of this stage, not merely dialled (C1)."""
        start = self.counted_from
        return tuple(
            touch
            for touch in self._reached()
            if touch.stage == self.vacancy.stage and (start is None or touch.at > start)
        )

    @property
    def touches_left(self) -> int:
        """How many touches the stage still has."""
        return TOUCH_LIMIT - len(self.touches)

    def has_done(self, technique: Technique) -> bool:
        """Tell whether one of the counted touches was this."""
        return any(touch.technique is technique for touch in self.touches)

    def is_skipped(self, technique: Technique) -> bool:
        """Tell whether the user leaves this step out."""
        return technique in self.vacancy.skipped

    @cached_property
    def last_touch(self) -> Touch | None:
        """The last touch of any stage."""
        return _last(self._reached())

    def last_touch_since(self, start: datetime) -> Touch | None:
        """Return the last touch after `start` that is not a mere thank-you."""
        return _last(
            touch
            for touch in self._reached()
            if touch.at > start and touch.technique is not Technique.THANK_YOU
        )

    def last_done_since(self, technique: Technique, start: datetime) -> Touch | None:
        """Return the last time this was done after `start`, be it a touch or another step."""
        return _last(
            touch
            for touch in self.vacancy.touches
            if touch.reached and touch.technique is technique and touch.at > start
        )

    def dials_since(self, start: datetime) -> tuple[Touch, ...]:
        """Return the unanswered dials from `start` on, without any contact after them."""
        contact = self.last_contact
        return tuple(
            touch
            for touch in self.vacancy.touches
            if not touch.reached and touch.at >= start and (contact is None or touch.at > contact)
        )

    @cached_property
    def last_contact(self) -> datetime | None:
        """When the two sides last heard of each other."""
        moments = [touch.at for touch in self.vacancy.touches if touch.reached]
        moments += [answer.received_at for answer in self.vacancy.answers]
        return max(moments, default=None)

    @cached_property
    def next_touch_day(self) -> datetime | None:
        """The start of the day after the employer was last reached, on both clocks: once a day (R42)."""
        own = self.last_touch.at if self.last_touch else None
        at = max(filter(None, (own, self.vacancy.touched_beside_at)), default=None)
        if at is None:
            return None
        day = timedelta(days=1)
        return max(
            self.time.user_moment(self.time.user_day(at) + day, time()),
            self.time.employer_moment(self.time.employer_day(at) + day, time()),
        )

    def _reached(self) -> Iterator[Touch]:
        return (touch for touch in self.vacancy.touches if touch.counts)


def _starts(interview: Interview) -> datetime:
    return interview.starts_at


def _last(touches: Iterable[Touch]) -> Touch | None:
    return max(touches, key=lambda touch: touch.at, default=None)


def _is_definite(answer: Answer) -> bool:
    return answer.outcome in _DEFINITE or (answer.outcome in _DEFINITE_WITH_DAY and answer.on is not None)
