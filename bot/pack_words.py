"""What a message pack is filled with, what comes out, and what can go wrong."""

from datetime import date, datetime, time
from enum import StrEnum

from msgspec import Struct

from bot.domain.users import Form, Tone
from bot.domain.vacancy import Channel, Role, Who
from bot.errors import BotError


class Words(Struct, frozen=True, kw_only=True):
    """Everything a wording may use; None is "unknown", days are the employer's.

    Names, companies and positions are placed as they are, so they are expected in the nominative.
    """

    #: The user, as in a signature; the form Russian speaks of the user in; the phone as it is to be shown.
    user_name: str | None = None
    form: Form | None = None
    phone: str | None = None
    #: How the text greets, thanks and says goodbye (`pack_manner`).
    tone: Tone = Tone.NEUTRAL
    #: The contact as it is to be addressed: first name, in Russian with the patronymic; as a formal letter
    #: does, "Ms Roe"; and whether that is he or she, where the name tells.
    contact_name: str | None = None
    contact_formally: str | None = None
    contact_form: Form | None = None
    contact_role: Role | None = None
    company: str | None = None
    position: str | None = None
    #: The interview spoken of, past or (in `prepare`) to come, and its number.
    interview_date: date | None = None
    stage: int = 1
    tests: bool | None = None
    #: The day an answer was agreed for, and who was to make contact, through what.
    promised_day: date | None = None
    promised_by: Who | None = None
    channel: Channel | None = None
    #: Whether the employer has answered since the interview; thanks for an answer that never came offend.
    answered: bool | None = None
    #: The employer's evasive words, to be echoed (R23).
    hedge: str | None = None
    #: The day by which the user asks for a decision (R27), or has to answer another offer.
    deadline: date | None = None
    #: A soft date read back: decided on the one day, announced on the other (R28).
    decided_day: date | None = None
    announced_day: date | None = None
    next_call_day: date | None = None
    #: The number of this touch in the stage; in `stop`, how many there were.
    touch: int = 1
    letter_sent: date | None = None
    #: The address at the employer's that the letter went to.
    email: str | None = None
    #: The day the user hands in a test task or other material.
    due_day: date | None = None
    #: The interview that is being confirmed or prepared, in the employer's hours.
    meeting_day: date | None = None
    meeting_time: time | None = None
    #: An offer: whether its terms have come in writing, the first working day, the day of the signature, the
    #: day by which the user has to answer it.
    in_writing: bool | None = None
    start_day: date | None = None
    signing_day: date | None = None
    answer_day: date | None = None
    #: The interview they did not come to, and the hours offered instead, on the employer's clock.
    missed_day: date | None = None
    missed_time: time | None = None
    slot_one: datetime | None = None
    slot_two: datetime | None = None
    slot_three: datetime | None = None
    #: ISO 3166 code whose law a formal request may name (C10).
    country: str | None = None


#: Facts a template may ask about but not print.
FACTS = frozenset(
    {
        *("form", "tone", "contact_formally", "contact_form", "contact_role"),
        *("tests", "answered", "promised_by", "channel", "country", "in_writing"),
    }
)
#: What a template may print besides: put together from the tone and the contact's name (`pack_manner`).
MANNERS = frozenset({"greeting", "hello", "gratitude", "thanks", "closing"})


class Wording(Struct, frozen=True):
    """A text ready to say or send, plain, not escaped; a letter has a subject."""

    subject: str | None
    body: str


class Fault(StrEnum):
    """Why a template cannot be worded."""

    NO_PACK = "no_pack"
    SYNTAX = "syntax"
    #: A placeholder or filter that does not exist, or is not meant to be used like that.
    UNKNOWN_WORD = "unknown_word"
    #: More than words, conditions and filters.
    NOT_SIMPLE = "not_simple"
    #: A word is unknown that the text cannot do without.
    MISSING_WORD = "missing_word"
    #: A filter was given something it cannot put into words.
    WRONG_KIND = "wrong_kind"
    TOO_LONG = "too_long"
    BLANK = "blank"


class PackError(BotError):
    """A template cannot be worded; `line` (from 1) and `placeholder` say where, when known."""

    def __init__(self, fault: Fault, *, line: int | None = None, placeholder: str | None = None) -> None:
        where = f" in line {line}" if line else ""
        super().__init__(f"{fault.value.replace('_', ' ')}{where}{f': {placeholder}' if placeholder else ''}")
        self.fault = fault
        self.line = line
        self.placeholder = placeholder
