"""How a plan ends: the reserve, five touches, two weeks of silence; and the steps nobody is contacted in."""

from datetime import datetime, timedelta

from bot.domain.ladder import attempt
from bot.domain.silence import Silence, closing_day, stamp
from bot.domain.situation import Situation
from bot.domain.step import TOUCH_LIMIT, Reason, Step
from bot.domain.users import Pace
from bot.domain.vacancy import Status, Technique

#: Weeks until a check-in from the reserve (H9), and how many there are.
_RESERVE_WEEKS = {Pace.FIRM: 4, Pace.NORMAL: 6, Pace.GENTLE: 8}
_CHECK_INS = 3
#: Working days after the last touch, or for it, until the plan proposes to stop (R96).
_STOP_AFTER = 2
_CLOSING_TIME = 5
#: How long a stop that was left out stays away.
_PAUSE = timedelta(days=7)


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
    # Told of late, or the user was off: the last touch is still due.
    entered = max(day, *map(s.time.employer_day, (s.vacancy.opened_at, s.time.resumed(begins))))
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
        return pause(s, last)
    day = s.time.add_working_days(s.time.employer_day(last), _STOP_AFTER)
    return quiet(s, Technique.STOP, s.time.employer_moment(day), f"stop:{stamp(last)}", *why)


def pause(s: Situation, last: datetime, until: datetime | None = None) -> Step:
    """What there was to do is left out: look again in a week (R2)."""
    return quiet(s, Technique.WAIT, last + _PAUSE, f"pause:{stamp(last)}", Reason("R2"), until=until)


def quiet(  # noqa: PLR0913 - what makes a step
    s: Situation,
    technique: Technique,
    opens: datetime,
    anchor: str,
    *why: Reason,
    contact_id: int | None = None,
    until: datetime | None = None,
) -> Step:
    """Return a step between the user and the bot: nobody is contacted."""
    due = s.time.next_letter_moment(max(s.now, opens))
    return Step(technique=technique, due=due, until=until, contact_id=contact_id, why=why, anchor=anchor)
