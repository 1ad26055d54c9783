"""A call as a table: what to say after what was heard, what may be heard next, what can be logged there."""

from collections.abc import Mapping

from msgspec import Struct

from bot.domain.vacancy import Outcome, Technique
from bot.reporting import NO_ANSWER

#: The line a call begins with, and the one it begins with when it goes to the office.
START, OFFICE = "start", "office"
FIRST = frozenset({START, OFFICE})


class Line(Struct, frozen=True, kw_only=True):
    """One moment of a call."""

    #: The pack to say; none: the opening of the step, or only a hint.
    say: str | None = None
    #: The lines that the other side's next words lead to.
    hear: tuple[str, ...] = ()
    #: What the call can be logged as here.
    logs: tuple[str, ...] = ()
    #: What such a call was, where its words made it another touch than the step.
    technique: Technique | None = None
    #: It opens the talk, as the step asks for.
    opens: bool = False
    #: It is said to somebody else than the contact of the step, whose name is not known.
    stranger: bool = False
    #: It is for the user to read, not to say.
    advice: bool = False
    #: A day has been named, and the words repeat it.
    dated: bool = False
    #: What was named first is the day: it is asked for, and leads to this line.
    day_leads_to: str | None = None

    @property
    def day_logs(self) -> str | None:
        """The outcome that is logged by tapping the day named for it."""
        return next((name for name in self.logs if name in _BY_DAY), None)


#: Outcomes whose day is a tap of its own: "call me on Thursday".
_BY_DAY = frozenset({Outcome.CALL_LATER, Outcome.SECURITY_CHECK, Outcome.ROUND, Outcome.AWAY})
_EITHER_WAY = ("yes", "no")
_HEDGED = ("hedge_again", "hesitate", "soft_date", *_EITHER_WAY)
_ANSWERS = (
    *("busy", "not_decided", "hedge", "soft_date"),
    *("security_check", "away", "hr_left", *_EITHER_WAY),
)
_AT_THE_OFFICE = ("put_through", "busy", "away", "hr_left")
_OPENED = Technique.OPENING_POSITION

LINES: Mapping[str, Line] = {
    # R47-R50, R79: greeting, name, interest, the result as an either-or
    START: Line(opens=True, hear=("no_answer", "secretary", *_ANSWERS)),
    "no_answer": Line(say="retry", advice=True, logs=(NO_ANSWER,)),  # R80, H6
    # Somebody else picks up: whom to ask, and how (R34)
    "secretary": Line(say="office_manager", stranger=True, hear=_AT_THE_OFFICE, logs=(NO_ANSWER,)),
    OFFICE: Line(say="office_manager", stranger=True, hear=("no_answer", *_AT_THE_OFFICE)),
    "put_through": Line(opens=True, hear=_ANSWERS),
    "hr_left": Line(say="new_contact", stranger=True, logs=(Outcome.HR_LEFT,)),  # R61
    # No result yet: agree the next call and finish (R51), wait for others without a grudge (R58-R60, R7)
    "busy": Line(say="agree_next_call", logs=(Outcome.CALL_LATER,)),
    "not_decided": Line(
        say="agree_next_call",
        hear=("boss", "round", "hesitate", "soft_date"),
        logs=(Outcome.CALL_LATER, Outcome.ASKED_TO_WAIT),
    ),
    "boss": Line(
        say="boss_decides", hear=("soft_date", "away"), logs=(Outcome.CALL_LATER, Outcome.ASKED_TO_WAIT)
    ),
    "round": Line(say="round", logs=(Outcome.ROUND,)),
    "security_check": Line(say="security_check", logs=(Outcome.SECURITY_CHECK,)),
    "away": Line(say="away", logs=(Outcome.AWAY,)),
    # A hedge: opening position, one wording after another (R22-R25), then whether it is decided (R29)
    "hedge": Line(
        say="opening_position_a",
        hear=("hedge_general", "hedge_for_now", *_HEDGED),
        logs=(Outcome.VAGUE,),
        technique=_OPENED,
    ),
    "hedge_general": Line(say="opening_position_a", hear=_HEDGED, logs=(Outcome.VAGUE,), technique=_OPENED),
    "hedge_for_now": Line(say="opening_position_a", hear=_HEDGED, logs=(Outcome.VAGUE,), technique=_OPENED),
    "hedge_again": Line(
        say="opening_position_b",
        hear=("hedge_still", "hesitate", "soft_date", *_EITHER_WAY),
        logs=(Outcome.VAGUE,),
        technique=_OPENED,
    ),
    "hedge_still": Line(
        say="opening_position_c", hear=("decided", *_EITHER_WAY), logs=(Outcome.VAGUE,), technique=_OPENED
    ),
    "decided": Line(
        say="trial_close",
        hear=("soft_date", *_EITHER_WAY),
        logs=(Outcome.VAGUE,),
        technique=Technique.TRIAL_CLOSE,
    ),
    # Mere indecision: light pressure with a day (R26, R27); a soft day is read back (R28)
    "hesitate": Line(
        say="light_pressure_a",
        hear=("soft_date", *_EITHER_WAY),
        logs=(Outcome.UNDECIDED, Outcome.PROMISED),
        technique=Technique.LIGHT_PRESSURE,
    ),
    "soft_date": Line(day_leads_to="read_back"),
    "read_back": Line(say="read_back", dated=True, hear=("wavers",), logs=(Outcome.PROMISED,)),
    "wavers": Line(
        say="light_pressure_b",
        dated=True,
        logs=(Outcome.PROMISED, Outcome.UNDECIDED),
        technique=Technique.LIGHT_PRESSURE,
    ),
    # Good news counts once it is signed (R1); after a no, thank and ask once (R114, R117, R118)
    "yes": Line(say="good_news", hear=("offer",), logs=(Outcome.NEXT_STAGE, Outcome.TEST_TASK)),
    "offer": Line(say="offer_call", logs=(Outcome.OFFER,)),
    "no": Line(say="ask_reasons_call", hear=("reasons",), logs=(Outcome.REFUSAL, Outcome.RESERVE)),
    "reasons": Line(logs=(Outcome.REFUSAL, Outcome.RESERVE), technique=Technique.ASK_REASONS),
}


def following(name: str) -> tuple[str, ...]:
    """Return the lines that can come after a line."""
    line = LINES[name]
    return (*line.hear, line.day_leads_to) if line.day_leads_to else line.hear


#: The line that one goes back to: the first that leads to it.
BEFORE: Mapping[str, str] = {
    name: next(before for before in LINES if name in following(before)) for name in LINES if name not in FIRST
}
