"""What the user reports about a vacancy: the facts, and the event of one report.

Events are only ever appended: an undo is an event of its own.
"""

from datetime import date, datetime, time

from msgspec import Struct

from bot.domain.users import Pace, Tone
from bot.domain.vacancy import Channel, Contact, Interview, Outcome, Promise, RoleType, Status, Technique


class Opened(Struct, frozen=True, tag="opened", omit_defaults=True):
    """The user is after this position."""

    company: str
    position: str | None = None


class Edited(Struct, frozen=True, tag="edited", kw_only=True):
    """The user corrected plain fields; only those in `fields` are taken over."""

    fields: tuple[str, ...]
    company: str = ""
    position: str | None = None
    role_type: RoleType = RoleType.ORDINARY
    stages_total: int | None = None
    letter_language: str | None = None
    zone: str | None = None
    tone: Tone | None = None
    pace: Pace | None = None


class ContactNamed(Struct, frozen=True, tag="contact"):
    """The user named a contact, or corrected the one with this id."""

    contact: Contact


class ContactRemoved(Struct, frozen=True, tag="contact_removed"):
    """The user took a contact out."""

    contact_id: int


class InterviewSet(Struct, frozen=True, tag="interview"):
    """The user told of an interview, or corrected the one of this stage."""

    interview: Interview


class InterviewCancelled(Struct, frozen=True, tag="interview_cancelled"):
    """The interview of this stage does not take place."""

    stage: int


class NoShow(Struct, frozen=True, tag="no_show"):
    """The employer did not come to the interview of this stage, or did not ring for it."""

    stage: int


class PromiseMade(Struct, frozen=True, tag="promise"):
    """Something was agreed, or the user corrected what was; None: nothing was."""

    promise: Promise | None


class Touched(Struct, frozen=True, tag="touched", kw_only=True):
    """The user reached out; `reached` is False for a dial nobody answered."""

    technique: Technique
    channel: Channel
    contact_id: int | None = None
    reached: bool = True


class Answered(Struct, frozen=True, tag="answered", kw_only=True):
    """The employer answered."""

    outcome: Outcome
    on: date | None = None
    at: time | None = None
    contact_id: int | None = None
    words: str | None = None


class OfferTold(Struct, frozen=True, tag="offer", kw_only=True, omit_defaults=True):
    """The user told more of the offer, or corrected it; only what stands in `fields` is taken over."""

    fields: tuple[str, ...]
    in_writing: bool = False
    starts_on: date | None = None
    answer_by: date | None = None
    signs_on: date | None = None


class LessonLearned(Struct, frozen=True, tag="lesson"):
    """The user wrote down what they take along, word for word (R119)."""

    words: str


class Snoozed(Struct, frozen=True, tag="snoozed"):
    """The user wants to be reminded at this moment instead."""

    until: datetime


class Skipped(Struct, frozen=True, tag="skipped"):
    """The user leaves this step out."""

    technique: Technique


class Kept(Struct, frozen=True, tag="kept"):
    """The user goes on although the plan proposed to stop."""


class Closed(Struct, frozen=True, tag="closed"):
    """The user withdrew or gave the vacancy up."""

    status: Status


class Reopened(Struct, frozen=True, tag="reopened"):
    """The user took a closed vacancy up again (R93)."""


class Undone(Struct, frozen=True, tag="undone"):
    """The event with this number does not count."""

    seq: int


Fact = (
    Opened
    | Edited
    | ContactNamed
    | ContactRemoved
    | InterviewSet
    | InterviewCancelled
    | NoShow
    | PromiseMade
    | Touched
    | Answered
    | OfferTold
    | LessonLearned
    | Snoozed
    | Skipped
    | Kept
    | Closed
    | Reopened
    | Undone
)


class Event(Struct, frozen=True):
    """What one report of the user said; `seq` counts from 1 within the vacancy."""

    seq: int
    at: datetime
    facts: tuple[Fact, ...]
