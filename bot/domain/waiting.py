"""What the user waits for: a promised day, what the employer said, "keep going", or simply an answer.

Each source of a silence has one function; the newest one wins.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from msgspec.structs import replace

from bot.domain.silence import CLARIFYING, PRESSING, Silence, carried_on, finished, stamp
from bot.domain.situation import Situation
from bot.domain.step import Reason
from bot.domain.users import Pace
from bot.domain.vacancy import Answer, Outcome, RoleType, Technique, Who

#: Days of silence without a term until the first call (C2), for sales posts (R85).
_FIRST_CALL = {Pace.FIRM: 4, Pace.NORMAL: 5, Pace.GENTLE: 7}
_FIRST_CALL_SALES = {Pace.FIRM: 2, Pace.NORMAL: 2, Pace.GENTLE: 3}
#: How long a security check may take (R59).
_SECURITY_CHECK = timedelta(days=7)
#: Working days after a no-show, or the letter about it, until the user is asked for a new time (H11).
_NEW_TIME = 2
#: No passive waiting longer than this (R38).
_WEEK = 7

#: What the user sends when it is asked for.
ASKED_FOR = {Outcome.TEST_TASK: Technique.TEST_TASK, Outcome.ASKS_INFO: Technique.SEND_INFO}


def silence_of(s: Situation) -> Silence:
    """Return the silence the vacancy is in; a touch nobody reacted to has carried it on."""
    silence = _missed(s) or _promised(s) or _answered(s) or _kept(s) or _interviewed(s)
    touch = s.last_touch_since(silence.begins)
    return finished(s, carried_on(s, silence, touch) if touch else silence)


def asked_by(s: Situation, answer: Answer) -> date:
    """Return the day by which what was asked for is to be sent; two working days if none was named."""
    return answer.on or s.time.add_working_days(s.time.employer_day(answer.received_at), 2)


def asked_anew(s: Situation, missed_at: datetime) -> datetime | None:
    """Return when a new time was asked for after a no-show; None: not yet."""
    asked = (t.at for t in s.vacancy.touches if t.technique is Technique.NO_SHOW and t.reached)
    return max((at for at in asked if at >= missed_at), default=None)


def new_time_day(s: Situation, missed_at: datetime) -> date:
    """Return the day on which the user is asked whether there is a new time (H11)."""
    since = asked_anew(s, missed_at) or missed_at
    return s.time.add_working_days(s.time.employer_day(since), _NEW_TIME)


def _missed(s: Situation) -> Silence | None:
    """They did not come and named no new time: the usual plan, for nobody has said no (R20)."""
    missed_at = s.missed.missed_at if s.missed else None
    if missed_at is None:
        return None
    return Silence(
        anchor=f"no_show:{stamp(missed_at)}",
        since=s.time.employer_day(missed_at),
        begins=asked_anew(s, missed_at) or missed_at,
        opens=s.time.employer_moment(s.time.next_working_day(new_time_day(s, missed_at))),
        why=(Reason("R20"),),
    )


def _promised(s: Situation) -> Silence | None:
    """A promise: the next working day after it (R72), the very day if the user is to call (R51)."""
    promise = s.promise
    if promise is None or promise.by is None:
        return None
    if promise.who is Who.CANDIDATE:
        return _agreed(s, promise.by, promise.at, promise.contact_id)
    opens = s.time.next_working_day(promise.by)
    passed = s.time.working_days_between(promise.by, max(opens, s.time.employer_day(s.now)))
    why = [Reason("R72", {"promised": promise.by, "working_days": passed})]
    if _has_slipped_before(s):
        why.append(Reason("R81"))
    return _after_day(s, f"promise:{promise.by}", promise.by, why, promise.contact_id)


def _has_slipped_before(s: Situation) -> bool:
    """Tell whether an earlier promise of this stage had passed when the standing one was made."""
    made_at = s.vacancy.promised_at
    return made_at is not None and any(
        answer.outcome is Outcome.PROMISED and answer.on and answer.on < s.time.employer_day(made_at)
        for answer in s.vacancy.answers
        if answer.stage == s.vacancy.stage and answer.received_at < made_at
    )


def _agreed(s: Situation, day: date, clock: time | None, contact_id: int | None) -> Silence:
    """A call agreed for a day: then; missed, on the next working day (H8)."""
    working_day = s.time.working_day_from(day)
    closes = s.time.office_closes(working_day)
    silence = Silence(
        anchor=f"agreed:{day}",
        since=day,
        begins=s.time.employer_moment(day),
        opens=s.time.employer_moment(working_day),
        why=(Reason("R51", {"agreed": day}),),
        contact_id=contact_id,
        only_call=True,
        until=closes,
    )
    if s.now >= closes:
        opens = s.time.employer_moment(s.time.next_working_day(working_day))
        return replace(silence, anchor=f"missed:{day}", opens=opens, until=None)
    at_hour = s.time.call_moment_on(day, clock) if working_day == day else None
    return replace(silence, opens=at_hour) if at_hour else silence


def _answered(s: Situation) -> Silence | None:
    """The employer's last word."""
    source = _BY_OUTCOME.get(s.answer.outcome) if s.answer else None
    return source(s, s.answer) if source and s.answer else None


def _kept(s: Situation) -> Silence | None:
    """The user's "keep going", which starts the plan anew (C1, R20)."""
    kept_at = s.vacancy.kept_at
    if kept_at is None or (s.held and s.held.starts_at > kept_at):
        return None
    silence = _without_term(s, f"kept:{stamp(kept_at)}", kept_at, _FIRST_CALL[s.pace])
    return replace(silence, why=(Reason("R20"),))


def _interviewed(s: Situation) -> Silence:
    """An interview without a term: a call about D+5 (R35, R36, C2), sooner for sales posts (R85)."""
    begins = s.held.ends_at if s.held else s.vacancy.opened_at
    anchor = f"interview:{s.held.stage}:{stamp(begins)}" if s.held else "opened"
    if s.vacancy.role_type is not RoleType.SALES:
        return _without_term(s, anchor, begins, _FIRST_CALL[s.pace])
    silence = _without_term(s, anchor, begins, _FIRST_CALL_SALES[s.pace])
    return replace(silence, why=(Reason("R85", silence.why[0].facts), *silence.why[1:]))


# What the employer said


def _call_later(s: Situation, answer: Answer) -> Silence:
    """Call me on D (R51, H8); without a day in three working days (R58)."""
    if answer.on:
        return _agreed(s, answer.on, answer.at, answer.contact_id)
    return _in_working_days(s, answer, 3, "R58")


def _vague(s: Situation, answer: Answer) -> Silence:
    """A hedge: opening position on the next working day (R22), after that light pressure (R9)."""
    rule = "R9" if s.has_done(Technique.OPENING_POSITION) else "R22"
    return replace(_in_working_days(s, answer, 1, rule), rungs=CLARIFYING)


def _undecided(s: Situation, answer: Answer) -> Silence:
    """Mere indecision: light pressure (R26)."""
    return replace(_in_working_days(s, answer, 1, "R26"), rungs=PRESSING)


def _told_to_wait(s: Situation, answer: Answer) -> Silence:
    """No result yet (R58): until the day named, or a working week; told so again: opening position (R12)."""
    if answer.on:
        return _until_day(s, answer, "R58", "heard", _received(s, answer))
    if _was_put_off_before(s, answer):
        return replace(_in_working_days(s, answer, 5, "R12"), rungs=CLARIFYING)
    return _in_working_days(s, answer, 5, "R58")


def _was_put_off_before(s: Situation, answer: Answer) -> bool:
    """Tell whether the employer has evaded in this stage before, since anything definite came."""
    start = s.counted_from
    return any(
        earlier.outcome in {Outcome.ASKED_TO_WAIT, Outcome.VAGUE}
        for earlier in s.vacancy.answers[:-1]
        if earlier.stage == answer.stage and (start is None or earlier.received_at > start)
    )


def _security_check(s: Situation, answer: Answer) -> Silence:
    """A check takes up to a week (R59)."""
    started = _received(s, answer)
    if answer.on:
        return _until_day(s, answer, "R59", "started", started)
    silence = _in_working_days(s, answer, 0, "R59", "started")
    return replace(silence, opens=s.time.employer_moment(s.time.working_day_from(started + _SECURITY_CHECK)))


def _round(s: Situation, answer: Answer) -> Silence:
    """They see all applicants first: the working day after the round (R60)."""
    if answer.on:
        return _until_day(s, answer, "R60", "until", answer.on)
    return _in_working_days(s, answer, 5, "R58")


def _away(s: Situation, answer: Answer) -> Silence:
    """The one who decides is away: the working day after the return (R7), or soon (R61)."""
    if answer.on:
        return _until_day(s, answer, "R7", "until", answer.on)
    return _in_working_days(s, answer, 3, "R61")


def _handed_over(s: Situation, answer: Answer) -> Silence:
    """HR has left: whoever has taken over is asked on the next working day (R61)."""
    return _in_working_days(s, answer, 1, "R61")


def _invited(s: Situation, answer: Answer) -> Silence:
    """A next stage without a day: call to agree one, for long pauses are no good sign (R100)."""
    return _in_working_days(s, answer, 3, "R100")


def _promised_sometime(s: Situation, answer: Answer) -> Silence:
    """An answer promised without a day, or a task called off: as after an interview (R36)."""
    silence = _without_term(s, f"answer:{stamp(answer.received_at)}", answer.received_at, _FIRST_CALL[s.pace])
    return replace(silence, contact_id=answer.contact_id)


def _asked_for(s: Situation, answer: Answer) -> Silence:
    """A task or information: as after an interview, from when it was sent or was to be sent (R36)."""
    sent = s.last_done_since(ASKED_FOR[answer.outcome], answer.received_at)
    begins = sent.at if sent else s.time.employer_moment(asked_by(s, answer) + timedelta(days=1))
    silence = _without_term(s, f"sent:{stamp(begins)}", begins, _FIRST_CALL[s.pace])
    return replace(silence, contact_id=answer.contact_id)


_BY_OUTCOME: dict[Outcome, Callable[[Situation, Answer], Silence]] = {
    Outcome.CALL_LATER: _call_later,
    Outcome.VAGUE: _vague,
    Outcome.UNDECIDED: _undecided,
    Outcome.PROMISED: _promised_sometime,
    Outcome.ASKED_TO_WAIT: _told_to_wait,
    Outcome.SECURITY_CHECK: _security_check,
    Outcome.ROUND: _round,
    Outcome.AWAY: _away,
    Outcome.HR_LEFT: _handed_over,
    Outcome.ASKS_INFO: _asked_for,
    Outcome.NEXT_STAGE: _invited,
    Outcome.TEST_TASK: _asked_for,
    Outcome.TASK_OFF: _promised_sometime,
}


# Building blocks


def _received(s: Situation, answer: Answer) -> date:
    return s.time.employer_day(answer.received_at)


def _in_working_days(s: Situation, answer: Answer, days: int, rule: str, fact: str = "heard") -> Silence:
    """Return the silence after an answer that named no day, to be broken this many working days later."""
    day = _received(s, answer)
    return Silence(
        anchor=f"answer:{stamp(answer.received_at)}",
        since=day,
        begins=answer.received_at,
        opens=s.time.employer_moment(s.time.add_working_days(day, days)),
        why=(Reason(rule, {fact: day}),),
        contact_id=answer.contact_id,
    )


def _until_day(s: Situation, answer: Answer, rule: str, fact: str, value: date) -> Silence:
    """Return the silence until the day the answer named."""
    day = answer.on or _received(s, answer)
    return _after_day(s, f"until:{day}", day, [Reason(rule, {fact: value})], answer.contact_id)


def _after_day(s: Situation, anchor: str, day: date, why: list[Reason], contact_id: int | None) -> Silence:
    """Return the silence until a day, to be broken on the next working day (H4, H5)."""
    return Silence(
        anchor=anchor,
        since=day,
        begins=s.time.employer_moment(day + timedelta(days=1)),
        opens=s.time.employer_moment(s.time.next_working_day(day)),
        why=tuple(why),
        contact_id=contact_id,
    )


def _without_term(s: Situation, anchor: str, begins: datetime, wait: int) -> Silence:
    """Return the silence after which a call comes in so many days (R36), never passively longer (R38)."""
    day = s.time.employer_day(begins)
    opens = s.time.working_day_from(day + timedelta(days=wait))
    days = (max(opens, s.time.employer_day(s.now)) - day).days
    why = [Reason("R36", {"days": days})]
    if days >= _WEEK:
        why.append(Reason("R38", {"days": days}))
    return Silence(
        anchor=anchor, since=day, begins=begins, opens=s.time.employer_moment(opens), why=tuple(why)
    )
