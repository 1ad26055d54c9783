"""The draft of an interview as it is being told: its questions, what is known, what is still to ask."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.facts import ContactNamed, Edited, Fact, InterviewSet, Opened, PromiseMade
from bot.domain.vacancy import Channel, Contact, Interview, Promise, Role, RoleType, Vacancy, Who


class Question(StrEnum):
    """The questions in their order; stored, so a new name is a migration."""

    COMPANY = "company"
    SAME = "same"
    WHEN = "when"
    HOUR = "hour"
    POSITION = "position"
    ROLE = "role"
    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    STAGE = "stage"
    KIND = "kind"
    TESTS = "tests"
    PROMISE = "promise"
    WHO = "who"
    CHANNEL = "channel"
    CONFIRM = "confirm"


#: These two cannot be skipped.
REQUIRED = frozenset({Question.COMPANY, Question.PROMISE})
_IN_ORDER = tuple(Question)
_OF_VACANCY = frozenset({Question.POSITION, Question.KIND})
_OF_PROMISE = frozenset({Question.WHO, Question.CHANNEL})
_ONLY_AFTER = _OF_PROMISE | {Question.TESTS, Question.PROMISE}
#: What skipping a question takes back where it is more, or less, than the field of its name.
_UNANSWERED: dict[Question, dict[str, object]] = {
    Question.WHEN: {"starts_at": None, "hour_open": False},
    Question.HOUR: {},
    Question.STAGE: {"stage": 1},
}
_OF_CONTACT = (Question.NAME, Question.PHONE, Question.EMAIL)


class InterviewDraft(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What has been told so far; moments are UTC, days the user's."""

    #: Answered or skipped, in the order they were asked.
    done: tuple[Question, ...] = ()
    #: So many of them were known before anything was asked: Back leaves them alone.
    known: int = 0
    #: The vacancy it belongs to, when that is known already.
    vacancy_id: int | None = None
    #: An open vacancy at the same company, to ask whether it is the same.
    twin_id: int | None = None
    twin_stage: int = 1
    #: Who is known there already, to be tapped instead of named anew.
    contacts: tuple[Contact, ...] = ()
    company: str | None = None
    position: str | None = None
    starts_at: datetime | None = None
    #: None: an hour, as most interviews.
    lasts_for: timedelta | None = None
    #: The day was told without an hour.
    hour_open: bool = False
    contact_id: int | None = None
    role: Role | None = None
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    username: str | None = None
    stage: int = 1
    kind: RoleType | None = None
    tests: bool | None = None
    promise_by: date | None = None
    promise_at: time | None = None
    #: Nothing was promised, and the user said so.
    nothing_promised: bool = False
    who: Who | None = None
    channel: Channel | None = None
    #: Not asked, because one message told it or it can wait: what was understood is shown before it is saved.
    read: tuple[Question, ...] = ()

    def answered(self, question: Question, **values: object) -> "InterviewDraft":
        """Return the draft with one question answered (or, without values, skipped)."""
        done = (*(asked for asked in self.done if asked is not question), question)
        return replace(self, done=done, **values)

    def skipped(self, question: Question) -> "InterviewDraft":
        """Return the draft with one question left out; an answer it had before Back is forgotten."""
        return self.answered(question, **_UNANSWERED.get(question, {question.value: None}))

    def met(self, contact: Contact) -> "InterviewDraft":
        """Return the draft of an interview with somebody who is known; only what is not known is asked."""
        known = [asked for asked in _OF_CONTACT if getattr(contact, asked.value)]
        done = (*(asked for asked in self.done if asked not in _OF_CONTACT), *known)
        fields = {name: getattr(contact, name) for name in ("role", "name", "phone", "email", "username")}
        return replace(self, done=done).answered(Question.ROLE, contact_id=contact.id, **fields)

    def met_somebody(self, role: Role) -> "InterviewDraft":
        """Return the draft of an interview with somebody new."""
        done = tuple(asked for asked in self.done if asked not in _OF_CONTACT)
        nobody = dict.fromkeys(("contact_id", "name", "phone", "email", "username"))
        return replace(self, done=done).answered(Question.ROLE, role=role, **nobody)

    @property
    def can_go_back(self) -> bool:
        """Tell whether a question of this dialog has been answered or skipped."""
        return len(self.done) > self.known

    def back(self) -> "InterviewDraft":
        """Return the draft with the last question open again."""
        return replace(self, done=self.done[:-1]) if self.can_go_back else self

    def open_question(self, now: datetime) -> Question | None:
        """Return what is to be asked next; None when all is said."""
        return next((q for q in _IN_ORDER if q not in self.done and self._applies(q, now)), None)

    def progress(self, now: datetime) -> tuple[int, int]:
        """Return the number of the question in hand and how many there are."""
        applying = [q for q in _IN_ORDER if q in self.done or self._applies(q, now)]
        open_ = next((q for q in applying if q not in self.done), None)
        return (applying.index(open_) + 1 if open_ in applying else len(applying)), len(applying)

    def is_ahead(self, now: datetime) -> bool:
        """Tell whether the interview is still to come."""
        return self.starts_at is not None and self.starts_at > now

    def _applies(self, question: Question, now: datetime) -> bool:
        if question in self.read:
            return False
        if question is Question.SAME:
            return self.twin_id is not None
        if question is Question.CONFIRM:  # a question answered since is confirmation enough
            return bool(self.read) and not REQUIRED & set(self.done)
        if question is Question.HOUR:
            return self.hour_open and self.is_ahead(now)
        if question in _OF_VACANCY and self.vacancy_id:
            return False
        if question in _OF_CONTACT and Question.ROLE in self.done and self.role is None:
            return False
        if question in _OF_PROMISE and self.nothing_promised:
            return False
        return not (question in _ONLY_AFTER and self.is_ahead(now))


def facts_of(draft: InterviewDraft, vacancy: Vacancy | None, now: datetime) -> list[Fact]:
    """Return the facts that a finished draft reports; the first opens the vacancy unless there is one."""
    facts: list[Fact] = [] if vacancy else [Opened(draft.company or "", draft.position)]
    if draft.kind:
        facts.append(Edited(fields=("role_type",), role_type=draft.kind))
    contact = _contact(draft, vacancy)
    if contact:
        facts.append(ContactNamed(contact))
    facts.append(InterviewSet(_interview(draft, vacancy, contact, now)))
    if draft.promise_by or not draft.is_ahead(now):
        promise = Promise(
            by=draft.promise_by,
            at=draft.promise_at,
            who=draft.who or Who.EMPLOYER,
            channel=draft.channel,
            contact_id=contact.id if contact else None,
        )
        facts.append(PromiseMade(None if draft.nothing_promised else promise))
    return facts


def draft_read(**known: Any) -> InterviewDraft:
    """Return the draft of what one message told; only what cannot be left out is still asked."""
    draft = InterviewDraft(**known)
    asked = {Question.SAME, Question.HOUR, Question.CONFIRM}
    asked |= {Question.COMPANY} if draft.company is None else set()
    asked |= set() if draft.promise_by else {Question.PROMISE}
    return replace(draft, read=tuple(question for question in Question if question not in asked))


def draft_of(vacancy: Vacancy) -> InterviewDraft:
    """Return the draft that asks how the interview in hand went, with everything known filled in."""
    interview = vacancy.interview
    contact = vacancy.contact(interview.contact_ids[0]) if interview and interview.contact_ids else None
    known: list[Question] = [Question.COMPANY, Question.WHEN, Question.STAGE]
    if contact:
        known.append(Question.ROLE)
        details = (contact.name, contact.phone, contact.email)
        known += [question for question, value in zip(_OF_CONTACT, details, strict=True) if value]
    if interview and interview.tests is not None:
        known.append(Question.TESTS)
    promise = _agreed_since(vacancy, interview)
    if promise:
        known.append(Question.PROMISE)
    return InterviewDraft(
        done=tuple(known),
        known=len(known),
        vacancy_id=vacancy.id,
        company=vacancy.company,
        position=vacancy.position,
        starts_at=interview.starts_at if interview else None,
        hour_open=not interview.timed if interview else False,
        contact_id=contact.id if contact else None,
        role=contact.role if contact else None,
        name=contact.name if contact else None,
        phone=contact.phone if contact else None,
        email=contact.email if contact else None,
        username=contact.username if contact else None,
        stage=interview.stage if interview else 1,
        contacts=() if contact else vacancy.contacts,
        tests=interview.tests if interview else None,
        promise_by=promise.by if promise else None,
        promise_at=promise.at if promise else None,
    )


def _agreed_since(vacancy: Vacancy, interview: Interview | None) -> Promise | None:
    """Return the promise with a day that was noted since the interview began."""
    promise, made_at = vacancy.promise, vacancy.promised_at
    if interview is None or promise is None or promise.by is None or made_at is None:
        return None
    return promise if made_at >= interview.starts_at else None


def _contact(draft: InterviewDraft, vacancy: Vacancy | None) -> Contact | None:
    if not (draft.role or draft.name or draft.phone or draft.email):
        return None
    taken = [contact.id for contact in vacancy.contacts] if vacancy else []
    return Contact(
        id=draft.contact_id or max(taken, default=0) + 1,
        role=draft.role or Role.HR,
        name=draft.name,
        phone=draft.phone,
        email=draft.email,
        username=draft.username,
    )


def _interview(
    draft: InterviewDraft, vacancy: Vacancy | None, contact: Contact | None, now: datetime
) -> Interview:
    known = next((i for i in vacancy.interviews if i.stage == draft.stage), None) if vacancy else None
    lasts_for = draft.lasts_for or (known.lasts_for if known else timedelta(hours=1))
    return Interview(
        stage=draft.stage,
        starts_at=draft.starts_at or now - lasts_for,
        lasts_for=lasts_for,
        timed=not draft.hour_open,
        contact_ids=_people(known, contact),
        tests=known.tests if draft.tests is None and known else draft.tests,
        told=not draft.is_ahead(now),
    )


def _people(known: Interview | None, contact: Contact | None) -> tuple[int, ...]:
    """Return whom the interview was with: those known before, and the one told of now first."""
    before = known.contact_ids if known else ()
    return (contact.id, *(other for other in before if other != contact.id)) if contact else before
