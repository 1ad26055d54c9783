"""After a refusal, and only then (R113): thank, ask once, keep what was learned, watch a formal request."""

from datetime import datetime, timedelta

from bot.domain.endings import quiet
from bot.domain.ladder import attempt, best_contact, written
from bot.domain.silence import Silence, stamp
from bot.domain.situation import Situation
from bot.domain.step import Reason, Step
from bot.domain.users import Pace
from bot.domain.vacancy import Answer, Channel, Outcome, Status, Technique, Touch, Vacancy
from bot.domain.working_time import WorkingTime

#: Reasons are asked for once and soon (R117, R118); later it would reopen the matter.
_REASONS_UNTIL = timedelta(days=14)
#: Working days in which a letter about the finalist is answered, if at all, and how long that is of interest.
_ANSWER_TERM = 3
_ANSWER_WATCHED = timedelta(days=14)
#: Working days the employer has to answer a formal request (R64, C10), and how long that is watched.
_REQUEST_TERM = 7
_REQUEST_WATCHED = timedelta(days=14)


def standing_refusal(vacancy: Vacancy) -> Answer | None:
    """Return the refusal that stands (R113), also while the user keeps in touch after it."""
    answers = vacancy.answers
    if len(answers) > 1 and answers[-1].outcome is Outcome.RESERVE:
        answers = answers[:-1]
    last = answers[-1] if answers else None
    if last is None or last.outcome is not Outcome.REFUSAL:
        return None
    return None if vacancy.kept_at and vacancy.kept_at > last.received_at else last


def may_request(vacancy: Vacancy) -> bool:
    """Tell whether the grounds may be asked for in writing: after a refusal, and once (R63, R113)."""
    refusal = standing_refusal(vacancy)
    if refusal is None or vacancy.status is not Status.REFUSED:
        return False
    return not any(
        touch.technique is Technique.FORMAL_REQUEST and touch.at > refusal.received_at
        for touch in vacancy.touches
    )


def formal_request(vacancy: Vacancy, working_time: WorkingTime, now: datetime, pace: Pace) -> Step:
    """Return the letter that asks for the grounds of a refusal in writing, on the user's own wish (C11)."""
    s = Situation(vacancy, working_time, now, pace)
    refusal = standing_refusal(vacancy)
    preferred = refusal.contact_id if refusal else None
    route = written(s, preferred)
    return Step(
        technique=Technique.FORMAL_REQUEST,
        due=now,
        channel=Channel.EMAIL,
        contact_id=route.contact_id if route else best_contact(s, preferred),
        anchor="grounds",
    )


def after_refusal(s: Situation) -> Step | None:
    """What is left to do at a refused vacancy: nothing, once thanks were said and the lesson was learned."""
    refusal = standing_refusal(s.vacancy)
    request = s.last_done_since(Technique.FORMAL_REQUEST, refusal.received_at) if refusal else None
    return _watch_request(s, request) if request else _thank_and_learn(s)


def thank_for_refusal(s: Situation) -> Step | None:
    """Kept in reserve after a refusal: the thanks and the one question still come first (R114)."""
    vacancy = s.vacancy
    has_come_back = s.held and s.held.starts_at > vacancy.status_since
    return _thank_and_learn(s) if vacancy.status is Status.RESERVE and not has_come_back else None


def _thank_and_learn(s: Situation) -> Step | None:
    refusal = standing_refusal(s.vacancy)
    return (_ask_reasons(s, refusal) or _learn(s, refusal)) if refusal else None


def _ask_reasons(s: Situation, refusal: Answer) -> Step | None:
    """Thank and ask once about the finalist's strengths (R114, R117, R118, C5)."""
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


def _learn(s: Situation, refusal: Answer) -> Step | None:
    """A letter is answered later than a call: ask the user then what they wrote (R119)."""
    asked = s.last_done_since(Technique.ASK_REASONS, refusal.received_at)
    if asked is None or asked.channel is Channel.PHONE:
        return None
    day = s.time.employer_day(asked.at)
    opens = s.time.employer_moment(s.time.add_working_days(day, _ANSWER_TERM))
    over = opens + _ANSWER_WATCHED
    if s.now >= over or s.is_skipped(Technique.LESSON) or _has_learned(s, asked):
        return None
    why = Reason("R119", {"asked": day})
    return quiet(s, Technique.LESSON, opens, f"lesson:{stamp(asked.at)}", why, until=over)


def _watch_request(s: Situation, request: Touch) -> Step | None:
    """A formal request is answered within seven working days (R64, C10)."""
    day = s.time.add_working_days(s.time.employer_day(request.at), _REQUEST_TERM)
    opens = s.time.employer_moment(day)
    over = opens + _REQUEST_WATCHED
    if s.now >= over or s.is_skipped(Technique.WAIT) or _has_learned(s, request):
        return None
    why = Reason("R64", {"sent": s.time.employer_day(request.at)})
    return quiet(s, Technique.WAIT, opens, f"request:{stamp(request.at)}", why, until=over)


def _has_asked_reasons(s: Situation) -> bool:
    start = s.vacancy.kept_at or s.vacancy.opened_at
    return s.last_done_since(Technique.ASK_REASONS, start) is not None


def _has_learned(s: Situation, asked: Touch) -> bool:
    return any(lesson.at > asked.at for lesson in s.vacancy.lessons)
