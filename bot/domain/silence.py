"""A silence: since when, when it may be broken and by which touches; and how a touch carries it on."""

from datetime import UTC, date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.situation import Situation
from bot.domain.step import Reason
from bot.domain.users import Pace
from bot.domain.vacancy import RoleType, Technique, Touch

#: Touches that remind, and those for an evasive (R22) or an undecided employer (R26), best first.
REMINDING = (Technique.CALL, Technique.EMAIL, Technique.OPENING_POSITION, Technique.TRIAL_CLOSE)
CLARIFYING = (Technique.OPENING_POSITION, Technique.LIGHT_PRESSURE, Technique.TRIAL_CLOSE)
PRESSING = (Technique.LIGHT_PRESSURE, Technique.TRIAL_CLOSE)

#: Working days from a touch nobody reacted to until the next one (C1).
_GAP = {Pace.FIRM: 1, Pace.NORMAL: 2, Pace.GENTLE: 3}
#: Where hiring is slow (R97) a touch a week is enough.
_PATIENT_GAP = timedelta(days=7)

#: Silence that most likely means another was chosen (R96).
_TWO_WEEKS = timedelta(days=14)
#: How long a touch may take to be answered (R36).
_ANSWER_TIME = timedelta(days=5)

#: How far a touch goes; a silence is carried on by one that goes further.
_HEIGHT = {
    Technique.CALL: 0,
    Technique.EMAIL: 1,
    Technique.CHECK_CALL: 2,
    Technique.OPENING_POSITION: 3,
    Technique.LIGHT_PRESSURE: 3,
    Technique.TRIAL_CLOSE: 4,
}


class Silence(Struct, frozen=True, kw_only=True):
    """What the user waits for."""

    #: Names it, whenever it is asked about.
    anchor: str
    #: The employer's day from which silence is counted.
    since: date
    #: The moment from which touches and dials belong to it.
    begins: datetime
    #: The moment before which it is not to be broken.
    opens: datetime
    why: tuple[Reason, ...]
    #: The touches that break it, best first.
    rungs: tuple[Technique, ...] = REMINDING
    #: Who is to be asked (C8).
    contact_id: int | None = None
    #: The employer asked for a call: an e-mail does not replace it.
    only_call: bool = False
    #: When the reason changes by itself: an agreed call turns into a missed one.
    until: datetime | None = None


def closing_day(s: Situation, silence: Silence) -> date | None:
    """Return the employer's day on which the last clarifying touch comes (R96); None: hiring is slow here."""
    if s.is_patient:
        return None
    return max(silence.since + _TWO_WEEKS, s.time.employer_day(silence.opens) + _ANSWER_TIME)


def carried_on(s: Situation, silence: Silence, touch: Touch) -> Silence:
    """Return the silence after a touch nobody reacted to: further, and spaced (R5, C1)."""
    day = s.time.employer_day(touch.at)
    opens = s.time.add_working_days(day, _GAP[s.pace])
    if s.is_patient:
        opens = s.time.working_day_from(day + _PATIENT_GAP)
    return replace(
        silence,
        anchor=f"touch:{stamp(touch.at)}",
        begins=touch.at,
        opens=s.time.employer_moment(opens),
        rungs=_further(s, touch.technique),
        why=(Reason("R5", {"last": day}),),
        only_call=False,
        until=None,
    )


def finished(s: Situation, silence: Silence) -> Silence:
    """Return the silence without touches done before, with the reasons for patience.

    The last touch of a stage is the trial close (R29); a letter promises a call within three days (R56), so
    it is never the last one.
    """
    rungs = [rung for rung in silence.rungs if rung is Technique.CALL or not s.has_done(rung)]
    if s.touches_left <= 1 and silence.rungs == REMINDING and not silence.only_call:
        rungs = [rung for rung in rungs if rung is Technique.TRIAL_CLOSE]
    return replace(silence, rungs=tuple(rungs), why=(*silence.why, *_patience(s)))


def stamp(moment: datetime) -> str:
    """Return a moment as it stands in anchors."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%S}"


def _further(s: Situation, technique: Technique) -> tuple[Technique, ...]:
    """Return the touches that go further than this one; where hiring is slow a call is always left."""
    if s.touches_left <= 1:
        return (Technique.TRIAL_CLOSE,)
    further = [rung for rung in REMINDING if _HEIGHT[rung] > _HEIGHT[technique]]
    if not s.is_patient:
        return tuple(further)
    return (*(rung for rung in further if rung is not Technique.TRIAL_CLOSE), Technique.CALL)


def _patience(s: Situation) -> tuple[Reason, ...]:
    """Return why a slow answer is ordinary here (R4, R95, R97)."""
    if s.vacancy.role_type is RoleType.RARE:
        return (Reason("R95"),)
    if s.vacancy.role_type is RoleType.SENIOR:
        return (Reason("R4"),)
    return (Reason("R97", {"stage": s.vacancy.stage}),) if s.is_patient else ()
