"""A vacancy the user is after, as it stands: contacts, interviews, promise, touches, answers."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from msgspec import Struct

from bot.domain.offer import Offer
from bot.domain.users import Pace, Tone


class Role(StrEnum):
    """What a contact does at the employer's."""

    HR = "hr"
    INTERVIEWER = "interviewer"
    MANAGER = "manager"
    DIRECTOR = "director"
    AGENCY = "agency"
    OFFICE = "office"


class Channel(StrEnum):
    """A way to reach someone."""

    PHONE = "phone"
    EMAIL = "email"
    MESSENGER = "messenger"
    IN_PERSON = "in_person"


class RoleType(StrEnum):
    """Kinds of posts that change the pace (R4, R85, R95)."""

    ORDINARY = "ordinary"
    SALES = "sales"
    SENIOR = "senior"
    RARE = "rare"


class Status(StrEnum):
    """Whether a vacancy still wants a next step (R1, R91, R93)."""

    OPEN = "open"
    RESERVE = "reserve"
    OFFERED = "offered"
    SIGNED = "signed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    GIVEN_UP = "given_up"


#: A vacancy in one of these is over until it is reopened.
CLOSED = frozenset({Status.SIGNED, Status.REFUSED, Status.WITHDRAWN, Status.GIVEN_UP})


class Who(StrEnum):
    """Who has promised to make contact."""

    EMPLOYER = "employer"
    CANDIDATE = "candidate"


class Technique(StrEnum):
    """What the next step is; for a touch, how it is worded (R19)."""

    PREPARE = "prepare"
    DEBRIEF = "debrief"
    THANK_YOU = "thank_you"
    CALL = "call"
    EMAIL = "email"
    CHECK_CALL = "email_check_call"
    OPENING_POSITION = "opening_position"
    LIGHT_PRESSURE = "light_pressure"
    TRIAL_CLOSE = "trial_close"
    ASK_REASONS = "ask_reasons"
    RESERVE_CHECK_IN = "reserve_check_in"
    FORMAL_REQUEST = "formal_request"
    STOP = "stop_and_move_on"
    SECURE_OFFER = "secure_offer"
    SIGN_OFFER = "sign_offer"
    LESSON = "lesson"
    TEST_TASK = "do_test_task"
    SEND_INFO = "send_info"
    NO_SHOW = "no_show"
    NEW_TIME = "ask_new_time"
    WAIT = "wait"


#: Steps that reach out to the employer and count as touches.
TOUCHES = frozenset(
    {
        Technique.THANK_YOU,
        Technique.CALL,
        Technique.EMAIL,
        Technique.CHECK_CALL,
        Technique.OPENING_POSITION,
        Technique.LIGHT_PRESSURE,
        Technique.TRIAL_CLOSE,
    }
)


class Outcome(StrEnum):
    """What the employer answered, as the user reports it."""

    CALL_LATER = "call_later"
    VAGUE = "vague"
    UNDECIDED = "undecided"
    PROMISED = "promised"
    ASKED_TO_WAIT = "asked_to_wait"
    SECURITY_CHECK = "security_check"
    ROUND = "round"
    AWAY = "away"
    HR_LEFT = "hr_left"
    FROZEN = "frozen"
    ASKS_INFO = "asks_for_info"
    NEXT_STAGE = "next_stage"
    TEST_TASK = "test_task"
    TASK_OFF = "task_off"
    RESERVE = "reserve"
    REFUSAL = "refusal"
    OFFER = "offer"
    SIGNED = "signed"


class Contact(Struct, frozen=True, kw_only=True):
    """A person at the employer's; `id` counts from 1 within the vacancy."""

    id: int
    role: Role = Role.HR
    #: As the user wrote it, in the nominative: "Jane Roe"; in Russian with the patronymic, where known.
    name: str | None = None
    #: E.164 where it could be read, otherwise as typed.
    phone: str | None = None
    email: str | None = None
    #: Telegram username without "@".
    username: str | None = None

    def reachable_by(self, channel: Channel) -> bool:
        """Tell whether an address for this channel is known."""
        return bool(
            {Channel.PHONE: self.phone, Channel.EMAIL: self.email, Channel.MESSENGER: self.username}.get(
                channel
            )
        )


class Promise(Struct, frozen=True, kw_only=True):
    """What was agreed: who contacts whom, by when (the employer's local day), through which channel."""

    by: date | None = None
    at: time | None = None
    who: Who = Who.EMPLOYER
    channel: Channel | None = None
    #: Who made it (C8).
    contact_id: int | None = None


class Interview(Struct, frozen=True, kw_only=True):
    """One stage; may lie in the future."""

    stage: int = 1
    starts_at: datetime
    lasts_for: timedelta = timedelta(hours=1)
    #: Whether its hour was told; otherwise noon stands in for it.
    timed: bool = True
    contact_ids: tuple[int, ...] = ()
    #: Whether there was testing; None when not said.
    tests: bool | None = None
    #: Set once the user has told how it went.
    told: bool = True
    #: When the user told that they did not come; None: it was held, or is to come.
    missed_at: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        """The moment it is over."""
        return self.starts_at + self.lasts_for


class Touch(Struct, frozen=True, kw_only=True):
    """One contact from the user to the employer; a dial nobody answered, `reached` False, is none (C1)."""

    technique: Technique
    at: datetime
    stage: int
    channel: Channel
    contact_id: int | None = None
    reached: bool = True

    @property
    def counts(self) -> bool:
        """Tell whether the employer was reached, by a step that is a touch."""
        return self.reached and self.technique in TOUCHES


class Answer(Struct, frozen=True, kw_only=True):
    """What the employer answered; `on`/`at` is the day and hour it names, in the employer's zone."""

    outcome: Outcome
    received_at: datetime
    stage: int
    on: date | None = None
    at: time | None = None
    contact_id: int | None = None
    #: The hedge or the sentence itself, to be echoed (R23).
    words: str | None = None


class Lesson(Struct, frozen=True):
    """What the user takes along, in their own words (R119)."""

    words: str
    at: datetime


class Vacancy(Struct, frozen=True, kw_only=True):
    """A position at a company, folded from its history (`history.fold`)."""

    id: int
    owner_id: int
    opened_at: datetime
    company: str
    position: str | None = None
    role_type: RoleType = RoleType.ORDINARY
    stages_total: int | None = None
    #: Language of its letters; None follows the user's.
    letter_language: str | None = None
    #: Their tone; None follows the user's.
    tone: Tone | None = None
    #: The employer's zone; None follows the user's.
    zone: str | None = None
    #: How soon and how often this one is reached out to; None follows the user's.
    pace: Pace | None = None
    status: Status = Status.OPEN
    #: When the status last changed.
    status_since: datetime
    contacts: tuple[Contact, ...] = ()
    #: Ordered by stage.
    interviews: tuple[Interview, ...] = ()
    #: What stands agreed; an answer supersedes it.
    promise: Promise | None = None
    #: When the promise was made; None without one.
    promised_at: datetime | None = None
    touches: tuple[Touch, ...] = ()
    answers: tuple[Answer, ...] = ()
    #: The offer that stands, or was signed.
    offer: Offer | None = None
    lessons: tuple[Lesson, ...] = ()
    #: When its employer was last reached about another vacancy, as far as that still matters (R42). It is no
    #: part of the history: `neighbours` fills it in.
    touched_beside_at: datetime | None = None
    #: The user's own wish to be reminded later; any later report clears it.
    snoozed_until: datetime | None = None
    #: Steps the user chose to leave out; the employer's next answer clears them.
    skipped: tuple[Technique, ...] = ()
    #: The user's "keep going" after the plan's end: touches count anew from here (C1).
    kept_at: datetime | None = None
    #: Sequence number of the last event, for the next one.
    seq: int = 0

    @property
    def is_closed(self) -> bool:
        """Tell whether nothing more is to be done here."""
        return self.status in CLOSED

    @property
    def stage(self) -> int:
        """The stage in hand, from 1."""
        return max((interview.stage for interview in self.interviews), default=1)

    @property
    def interview(self) -> Interview | None:
        """The interview of the stage in hand."""
        return self.interviews[-1] if self.interviews else None

    @property
    def chose_messenger(self) -> bool:
        """Whether the employer itself chose the messenger (C9)."""
        return self.promise is not None and self.promise.channel is Channel.MESSENGER

    def silent_since(self, now: datetime) -> datetime | None:
        """Return when the employer was last heard, by an answer or in an interview; None before the first."""
        heard = [answer.received_at for answer in self.answers]
        held = (interview for interview in self.interviews if interview.missed_at is None)
        heard += [interview.ends_at for interview in held if interview.ends_at <= now]
        return max(heard, default=None)

    def contact(self, contact_id: int | None) -> Contact | None:
        """Return the contact with this id."""
        return next((contact for contact in self.contacts if contact.id == contact_id), None)
