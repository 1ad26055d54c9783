"""The playbook: the one next step of a vacancy, with its reasons.

`DECISIONS` and then `IN_SILENCE` are read from the top: the first that has something to say is the advice.
Each is a pure function of a `Situation`; what is waited for is in `waiting`, by which channel and to
whom in `ladder`.
"""

from datetime import datetime

from msgspec.structs import replace

from bot.domain.endings import check_in, close, stop_after_limit, stop_or_wait
from bot.domain.ladder import attempt
from bot.domain.meetings import debrief, prepare, send_what_was_asked, thank
from bot.domain.no_show import ask_new_time, make_up
from bot.domain.refusals import after_refusal, thank_for_refusal
from bot.domain.signature import secure_offer
from bot.domain.silence import Silence, closing_day, stamp
from bot.domain.situation import Situation
from bot.domain.step import Reason, Step
from bot.domain.users import Pace
from bot.domain.vacancy import CLOSED, Channel, Status, Technique, Vacancy
from bot.domain.waiting import silence_of
from bot.domain.working_time import WorkingTime

#: A letter says that contact will be made within so many days (R56).
_LETTER_PROMISE_DAYS = 3


def next_step(
    vacancy: Vacancy, working_time: WorkingTime, now: datetime, pace: Pace = Pace.NORMAL
) -> Step | None:
    """Return what the user does next, when and why; None: nothing is left to do.

    `due` is a moment from `now` on at which it may be done (H1-H10). `until` is the moment at which the
    advice changes if nothing is reported: asked then, the playbook gives the next one. The key of a step does
    not depend on `now`. A snooze means "ask me again then", a pause "when I am back".
    """
    asked_at = working_time.resumed(max(now, vacancy.snoozed_until or now))
    step = _decide(Situation(vacancy, working_time, asked_at, pace))
    while step and step.until and step.until <= step.due:  # it could not be done before the advice changes
        step = _decide(Situation(vacancy, working_time, step.until, pace))
    if step and vacancy.snoozed_until:
        return replace(step, anchor=f"{step.anchor}@{stamp(vacancy.snoozed_until)}")
    return step


def check_letter(s: Situation, silence: Silence) -> Step | None:
    """A letter was sent: ring and ask whether it has arrived, as it promised (R54, R56)."""
    letter = s.last_touch
    if letter is None or letter.technique is not Technique.EMAIL or s.last_contact != letter.at:
        return None
    if letter.channel is Channel.MESSENGER:
        return None  # a chat shows by itself what has arrived, and nothing was promised in it
    if letter not in s.touches or (s.held and letter.at < s.held.starts_at):
        return None  # something has come since
    day = s.time.employer_day(letter.at)
    checking = Silence(
        anchor=f"touch:{stamp(letter.at)}",
        since=silence.since,
        begins=letter.at,
        opens=s.time.employer_moment(s.time.next_working_day(day)),
        why=(Reason("R54", {"sent": day}), Reason("R56", {"days": _LETTER_PROMISE_DAYS})),
        contact_id=letter.contact_id,
    )
    return attempt(s, Technique.CHECK_CALL, checking, _closes(s, silence))


def break_silence(s: Situation, silence: Silence) -> Step | None:
    """Reach out: the first touch that the user has not left out and that finds a way (R2, R31)."""
    until = min(filter(None, (silence.until, _closes(s, silence))), default=None)
    steps = (attempt(s, rung, silence, until) for rung in silence.rungs)
    return next(filter(None, steps), None)


def stop(s: Situation, silence: Silence) -> Step:
    """Nothing is left to try."""
    return stop_or_wait(s, silence.begins, Reason("R37"))


#: What comes before any waiting, in the order of urgency.
DECISIONS = (
    debrief,
    make_up,
    send_what_was_asked,
    secure_offer,
    thank,
    prepare,
    ask_new_time,
    thank_for_refusal,
    check_in,
    stop_after_limit,
)
#: What breaks a silence, in the order of urgency; the last one always has something to say.
IN_SILENCE = (close, check_letter, break_silence, stop)


def _decide(s: Situation) -> Step | None:
    """Return the advice of this very moment."""
    if s.vacancy.status is Status.REFUSED:
        return after_refusal(s)
    if s.vacancy.status in CLOSED:
        return None
    for decision in DECISIONS:
        if step := decision(s):
            return step
    silence = silence_of(s)
    return next(filter(None, (decision(s, silence) for decision in IN_SILENCE)))


def _closes(s: Situation, silence: Silence) -> datetime | None:
    """Return when two weeks of silence end; None where hiring is slow."""
    day = closing_day(s, silence)
    return s.time.employer_moment(day) if day else None
