"""How a vacancy ends, and what is still done there: an offer, the reserve, a refusal, the end of the plan."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.domain.ladder import attempt
from bot.domain.meetings import before_interview, interview_comes_first
from bot.domain.silence import Silence, closing_day, stamp
from bot.domain.situation import Situation
from bot.domain.step import TOUCH_LIMIT, Reason, Step
from bot.domain.users import Pace
from bot.domain.vacancy import Answer, Outcome, Status, Technique, Touch

#: Reasons are asked for once and soon (R117, R118); later it would reopen the matter.
_REASONS_UNTIL = timedelta(days=14)
#: Working days the employer has to answer a formal request (R64, C10), and how long that is watched.
_REQUEST_TERM = 7
_REQUEST_WATCHED = timedelta(days=14)
#: Weeks until a check-in from the reserve (H9), and how many there are.
_RESERVE_WEEKS = {Pace.FIRM: 4, Pace.NORMAL: 6, Pace.GENTLE: 8}
_CHECK_INS = 3
#: Working days between two reminders that an offer is not signed yet (R1).
_OFFER_GAP = 3
#: Working days after the last touch, or for it, until the plan proposes to stop (R96).
_STOP_AFTER = 2
_CLOSING_TIME = 5
#: How long a stop that was left out stays away.
_PAUSE = timedelta(days=7)


def secure_offer(s: Situation) -> Step | None:
    """An offer is finished when the contract is signed: terms in writing, start date (R1)."""
    if s.vacancy.status is not Status.OFFERED:
        return None
    offer = _last_answer(s, Outcome.OFFER)
    begins = offer.received_at if offer else s.vacancy.status_since
    done = s.last_done_since(Technique.SECURE_OFFER, begins)
    day = s.time.employer_day(begins)
    opens = s.time.next_working_day(day)
    if done:
        begins, day = done.at, s.time.employer_day(done.at)
        opens = s.time.add_working_days(day, _OFFER_GAP)
    if offer and offer.on and (before := s.time.previous_working_day(offer.on)) > day:
        opens = min(opens, before)
    silence = Silence(
        anchor=f"offer:{stamp(begins)}",
        since=day,
        begins=begins,
        opens=s.time.employer_moment(opens),
        why=(Reason("R1"),),
        contact_id=offer.contact_id if offer else None,
    )
    if interview_comes_first(s, silence.opens):
        return None
    until = before_interview(s)
    return attempt(s, Technique.SECURE_OFFER, silence, until) or _wait(s, begins, until)


def check_in(s: Situation) -> Step | None:
    """Kept in reserve: ask again weeks later, a few times (R91, R115, H9)."""
    if s.vacancy.status is not Status.RESERVE:
        return None
    answer = s.vacancy.answers[-1] if s.vacancy.answers else None
    moments = (s.vacancy.status_since, s.vacancy.kept_at, answer.received_at if answer else None)
    begins = max(moment for moment in moments if moment)
    if s.held and s.held.starts_at > begins:
        return None  # they have come back with another interview (R93)
    done = [
        touch
        for touch in s.vacancy.touches
        if touch.reached and touch.technique is Technique.RESERVE_CHECK_IN and touch.at > begins
    ]
    if len(done) >= _CHECK_INS or s.is_skipped(Technique.RESERVE_CHECK_IN):
        last = done[-1].at if done else begins
        return stop_or_wait(s, last, Reason("R91", {"since": s.time.employer_day(begins)}))
    since = done[-1].at if done else begins
    day = s.time.employer_day(since) + timedelta(weeks=_RESERVE_WEEKS[s.pace])
    if answer and answer.on and answer.on > s.time.employer_day(begins) and not done:
        day = answer.on
    silence = Silence(
        anchor=f"reserve:{stamp(since)}",
        since=s.time.employer_day(since),
        begins=since,
        opens=s.time.employer_moment(s.time.working_day_from(day)),
        why=(Reason("R91", {"since": s.time.employer_day(begins)}),),
        contact_id=answer.contact_id if answer else None,
    )
    return attempt(s, Technique.RESERVE_CHECK_IN, silence)


def after_refusal(s: Situation) -> Step | None:
    """A refusal: ask once, about the finalist's strengths (R114, R117, R118, C5), then leave it."""
    refusal = _last_answer(s, Outcome.REFUSAL)
    if refusal is None:
        return None
    request = s.last_done_since(Technique.FORMAL_REQUEST, refusal.received_at)
    if request:
        return _watch_request(s, request)
    over = refusal.received_at + _REASONS_UNTIL
    if s.now >= over or s.is_skipped(Technique.ASK_REASONS) or _has_asked_reasons(s):
        return None
    day = s.time.employer_day(refusal.received_at)
    silence = Silence(
        anchor=f"refusal:{stamp(refusal.received_at)}",
        since=day,
        begins=refusal.received_at,
        opens=s.time.employer_moment(s.time.next_working_day(day)),
        why=(Reason("R118"),),
        contact_id=refusal.contact_id,
    )
    return attempt(s, Technique.ASK_REASONS, silence, over)


def stop_after_limit(s: Situation) -> Step | None:
    """Five touches, or the trial close, are the end of a stage's plan (R21, R29, C1)."""
    closed = s.has_done(Technique.TRIAL_CLOSE) and not s.is_patient
    if not s.touches or not (s.touches_left <= 0 or closed):
        return None
    why = Reason("R21", {"touches": len(s.touches), "limit": TOUCH_LIMIT})
    return stop_or_wait(s, s.touches[-1].at, why, Reason("R42"))


def close(s: Situation, silence: Silence) -> Step | None:
    """Two weeks of silence: one last clarifying touch, then stop (R96); never where hiring is slow (R97)."""
    day = closing_day(s, silence)
    if day is None or s.time.employer_day(s.now) < day:
        return None
    begins = s.time.employer_moment(day)
    entered = max(day, s.time.employer_day(s.vacancy.opened_at))  # told of late: the last touch is still due
    over = s.time.employer_moment(s.time.add_working_days(entered, _CLOSING_TIME))
    days = (s.time.employer_day(s.now) - silence.since).days
    why = (Reason("R96", {"days": days}), Reason("R37"))
    ending = Silence(
        anchor=f"closing:{day}",
        since=silence.since,
        begins=begins,
        opens=begins,
        why=why,
        contact_id=silence.contact_id,
    )
    last = attempt(s, Technique.TRIAL_CLOSE, ending, over) if s.now < over else None
    return last or stop_or_wait(s, begins, *why)


def stop_or_wait(s: Situation, last: datetime, *why: Reason) -> Step:
    """Propose to stop and move on; if that is left out, look again in a week (R2)."""
    if s.is_skipped(Technique.STOP):
        return _wait(s, last)
    day = s.time.add_working_days(s.time.employer_day(last), _STOP_AFTER)
    return _quiet(s, Technique.STOP, s.time.employer_moment(day), f"stop:{stamp(last)}", *why)


def _watch_request(s: Situation, request: Touch) -> Step | None:
    """A formal request is answered within seven working days (R64, C10)."""
    day = s.time.add_working_days(s.time.employer_day(request.at), _REQUEST_TERM)
    opens = s.time.employer_moment(day)
    if s.now >= opens + _REQUEST_WATCHED:
        return None
    why = Reason("R64", {"sent": s.time.employer_day(request.at)})
    step = _quiet(s, Technique.WAIT, opens, f"request:{stamp(request.at)}", why)
    return replace(step, until=opens + _REQUEST_WATCHED)


def _has_asked_reasons(s: Situation) -> bool:
    start = s.vacancy.kept_at or s.vacancy.opened_at
    return s.last_done_since(Technique.ASK_REASONS, start) is not None


def _last_answer(s: Situation, outcome: Outcome) -> Answer | None:
    last = s.vacancy.answers[-1] if s.vacancy.answers else None
    return last if last and last.outcome is outcome else None


def _wait(s: Situation, last: datetime, until: datetime | None = None) -> Step:
    """What there was to do is left out: look again in a week (R2)."""
    step = _quiet(s, Technique.WAIT, last + _PAUSE, f"pause:{stamp(last)}", Reason("R2"))
    return replace(step, until=until)


def _quiet(s: Situation, technique: Technique, opens: datetime, anchor: str, *why: Reason) -> Step:
    """Return a step between the user and the bot: nobody is contacted."""
    due = s.time.next_letter_moment(max(s.now, opens))
    return Step(technique=technique, due=due, why=why, anchor=anchor)
