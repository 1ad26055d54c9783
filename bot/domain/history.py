"""The history of a vacancy, folded into the vacancy as it stands."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import singledispatch
from typing import TypeVar

from msgspec.structs import replace

from bot.domain.facts import (
    Answered,
    Closed,
    ContactNamed,
    ContactRemoved,
    Edited,
    Event,
    Fact,
    InterviewCancelled,
    InterviewSet,
    Kept,
    LessonLearned,
    NoShow,
    OfferTold,
    Opened,
    PromiseMade,
    Reopened,
    Skipped,
    Snoozed,
    Touched,
    Undone,
)
from bot.domain.offer import Offer
from bot.domain.vacancy import Answer, Lesson, Outcome, Promise, Status, Touch, Vacancy

T = TypeVar("T")


def fold(vacancy_id: int, owner_id: int, events: Sequence[Event]) -> Vacancy:
    """Return the vacancy as its history leaves it; the first event must open it."""
    undone = {fact.seq for event in events for fact in event.facts if isinstance(fact, Undone)}
    opened = events[0].facts[0]
    if not isinstance(opened, Opened):
        raise TypeError(opened)
    vacancy = Vacancy(
        id=vacancy_id,
        owner_id=owner_id,
        opened_at=events[0].at,
        status_since=events[0].at,
        company=opened.company,
        position=opened.position,
    )
    for event in events:
        if event.seq not in undone:
            vacancy = apply(vacancy, event)
    return replace(vacancy, seq=events[-1].seq)


def apply(vacancy: Vacancy, event: Event) -> Vacancy:
    """Return the vacancy after one more event; an event with an Undone needs `fold`."""
    if not all(isinstance(fact, Undone) for fact in event.facts):
        vacancy = replace(vacancy, snoozed_until=None)
    for fact in event.facts:
        vacancy = _change(fact, vacancy, event.at)
    return replace(vacancy, seq=event.seq)


@singledispatch
def _change(fact: Fact, vacancy: Vacancy, _at: datetime) -> Vacancy:
    """Return the vacancy with one fact taken in; Opened and Undone are `fold`'s."""
    return vacancy


@_change.register
def _(fact: Edited, vacancy: Vacancy, _at: datetime) -> Vacancy:
    return replace(vacancy, **{name: getattr(fact, name) for name in fact.fields})


@_change.register
def _(fact: ContactNamed, vacancy: Vacancy, _at: datetime) -> Vacancy:
    return replace(vacancy, contacts=_placed(vacancy.contacts, fact.contact, lambda contact: contact.id))


@_change.register
def _(fact: ContactRemoved, vacancy: Vacancy, _at: datetime) -> Vacancy:
    return replace(vacancy, contacts=tuple(c for c in vacancy.contacts if c.id != fact.contact_id))


@_change.register
def _(fact: InterviewSet, vacancy: Vacancy, _at: datetime) -> Vacancy:
    interviews = _placed(vacancy.interviews, fact.interview, lambda interview: interview.stage)
    if fact.interview.stage > vacancy.stage:  # a new stage has a plan of its own (C2)
        vacancy = replace(vacancy, skipped=(), promise=None, promised_at=None)
    return replace(vacancy, interviews=interviews)


@_change.register
def _(fact: InterviewCancelled, vacancy: Vacancy, at: datetime) -> Vacancy:
    interviews = tuple(i for i in vacancy.interviews if i.stage != fact.stage)
    # Waiting starts anew, also after an invitation.
    return replace(vacancy, interviews=interviews, kept_at=at)


@_change.register
def _(fact: NoShow, vacancy: Vacancy, at: datetime) -> Vacancy:
    missed = next((i for i in vacancy.interviews if i.stage == fact.stage), None)
    if missed is None:
        return vacancy
    interview = replace(missed, told=True, missed_at=at)
    interviews = _placed(vacancy.interviews, interview, lambda interview: interview.stage)
    return replace(vacancy, interviews=interviews, skipped=())


@_change.register
def _(fact: PromiseMade, vacancy: Vacancy, at: datetime) -> Vacancy:
    return replace(vacancy, promise=fact.promise, promised_at=at if fact.promise else None)


@_change.register
def _(fact: Touched, vacancy: Vacancy, at: datetime) -> Vacancy:
    touch = Touch(
        technique=fact.technique,
        at=at,
        stage=vacancy.stage,
        channel=fact.channel,
        contact_id=fact.contact_id,
        reached=fact.reached,
    )
    return replace(vacancy, touches=(*vacancy.touches, touch))


@_change.register
def _(fact: Answered, vacancy: Vacancy, at: datetime) -> Vacancy:
    answer = Answer(
        outcome=fact.outcome,
        received_at=at,
        stage=vacancy.stage,
        on=fact.on,
        at=fact.at,
        contact_id=fact.contact_id,
        words=fact.words,
    )
    vacancy = replace(vacancy, answers=(*vacancy.answers, answer), skipped=(), promise=None, promised_at=None)
    # Whoever reports what they said after an interview has told of it.
    interviews = tuple(replace(i, told=True) if i.ends_at <= at else i for i in vacancy.interviews)
    vacancy = replace(vacancy, interviews=interviews)
    if fact.outcome is Outcome.PROMISED:
        promise = Promise(by=fact.on, at=fact.at, contact_id=fact.contact_id)
        vacancy = replace(vacancy, promise=promise, promised_at=at)
    status = _status_after(fact.outcome, vacancy.status)
    vacancy = replace(vacancy, offer=_offer_after(fact, vacancy, status, at))
    return vacancy if status is vacancy.status else replace(vacancy, status=status, status_since=at)


#: Every other answer leaves, or makes, the vacancy open (R1, R91, R93).
_STATUS_AFTER = {
    Outcome.OFFER: Status.OFFERED,
    Outcome.SIGNED: Status.SIGNED,
    Outcome.REFUSAL: Status.REFUSED,
    Outcome.RESERVE: Status.RESERVE,
    Outcome.FROZEN: Status.RESERVE,
}
#: Where an offer stands these are about its terms and its papers: it goes on standing (R1).
_AFTER_AN_OFFER = frozenset(
    {
        Outcome.PROMISED,
        Outcome.CALL_LATER,
        Outcome.ASKED_TO_WAIT,
        Outcome.SECURITY_CHECK,
        Outcome.AWAY,
        Outcome.ASKS_INFO,
    }
)


def _status_after(outcome: Outcome, before: Status) -> Status:
    if before is Status.OFFERED and outcome in _AFTER_AN_OFFER:
        return before
    return _STATUS_AFTER.get(outcome, Status.OPEN)


def _offer_after(fact: Answered, vacancy: Vacancy, status: Status, at: datetime) -> Offer | None:
    """Return the offer after an answer: new terms keep what is known already, an end forgets it all."""
    if status not in {Status.OFFERED, Status.SIGNED}:
        return None
    if fact.outcome is not Outcome.OFFER:
        return vacancy.offer
    known = vacancy.offer or Offer(made_at=at)
    contact_id = known.contact_id if fact.contact_id is None else fact.contact_id
    offer = replace(known, made_at=at, contact_id=contact_id)
    return replace(offer, answer_by=fact.on, answer_told_at=at) if fact.on else offer


@_change.register
def _(fact: OfferTold, vacancy: Vacancy, at: datetime) -> Vacancy:
    if vacancy.offer is None:
        return vacancy
    told = {name: getattr(fact, name) for name in fact.fields}
    if fact.answer_by:
        told["answer_told_at"] = at
    return replace(vacancy, offer=replace(vacancy.offer, **told))


@_change.register
def _(fact: LessonLearned, vacancy: Vacancy, at: datetime) -> Vacancy:
    return replace(vacancy, lessons=(*vacancy.lessons, Lesson(fact.words, at)))


@_change.register
def _(fact: Snoozed, vacancy: Vacancy, _at: datetime) -> Vacancy:
    return replace(vacancy, snoozed_until=fact.until)


@_change.register
def _(fact: Skipped, vacancy: Vacancy, _at: datetime) -> Vacancy:
    return replace(vacancy, skipped=(*vacancy.skipped, fact.technique))


@_change.register
def _(_fact: Kept, vacancy: Vacancy, at: datetime) -> Vacancy:
    return replace(vacancy, kept_at=at, skipped=())


@_change.register
def _(fact: Closed, vacancy: Vacancy, at: datetime) -> Vacancy:
    return replace(vacancy, status=fact.status, status_since=at, offer=None)


@_change.register
def _(_fact: Reopened, vacancy: Vacancy, at: datetime) -> Vacancy:
    return replace(vacancy, status=Status.OPEN, status_since=at, kept_at=at, skipped=(), offer=None)


def _placed(items: tuple[T, ...], item: T, key: Callable[[T], int]) -> tuple[T, ...]:
    """Return the items with this one added, or in the place of the one with its key."""
    return tuple(sorted((*(other for other in items if key(other) != key(item)), item), key=key))
