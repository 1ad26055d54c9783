"""Steps around an interview: prepare for it, tell how it went, thank for it, send what was asked for."""

from datetime import date, datetime, time, timedelta

from msgspec.structs import replace

from bot.domain.ladder import best_contact, written
from bot.domain.silence import stamp
from bot.domain.situation import Situation
from bot.domain.step import Reason, Step
from bot.domain.vacancy import Answer, Channel, Interview, Outcome, Role, RoleType, Technique, Vacancy
from bot.domain.waiting import ASKED_FOR, asked_by

#: The evening before an interview, on the user's clock.
_EVENING = time(19)
#: The interview is over and the user may be on the way home.
_AFTERWARDS = timedelta(minutes=30)
#: A thank-you is neither instant nor late (R69): until this hour of the second day after (H7).
_THANKS_AFTER = timedelta(hours=2)
_THANKS_UNTIL = time(22)
_DAY = timedelta(days=1)
#: Working days from which a task is long enough to be reminded of halfway, too (R99).
_LONG_TASK = 7

#: Answers after which a thank-you is still the next word; after the others there is something to say.
_LEAVE_ROOM_FOR_THANKS = frozenset(
    {
        Outcome.PROMISED,
        Outcome.CALL_LATER,
        Outcome.ASKED_TO_WAIT,
        Outcome.SECURITY_CHECK,
        Outcome.ROUND,
        Outcome.AWAY,
    }
)
_PREPARATION = (
    Reason("R13"),
    Reason("R14"),
    Reason("R39"),
    Reason("R40"),
    Reason("R107"),
    Reason("R108"),
    Reason("R111"),
    Reason("R112"),
)


def debrief(s: Situation) -> Step | None:
    """How did it go? Everything else follows from what was agreed there (R13)."""
    if s.is_skipped(Technique.DEBRIEF):
        return None
    untold = [meeting for meeting in s.interviews if not meeting.told and meeting.starts_at <= s.now]
    if not untold or interview_comes_first(s, s.now):
        return None
    step = _debrief(s, max(untold, key=lambda meeting: meeting.starts_at))
    return replace(step, until=before_interview(s))


def prepare(s: Situation) -> Step | None:
    """Prepare the evening before an interview (R13, R39, R111)."""
    if s.ahead is None:
        return None
    if s.is_skipped(Technique.PREPARE):
        return _debrief(s, s.ahead)
    opens = max(s.now, _evening_before(s, s.ahead))
    due = s.time.next_letter_moment(opens)
    if due >= s.ahead.starts_at:  # an early interview: as early as the user may be disturbed
        due = s.time.next_letter_moment(opens, preferring=time())
    return Step(
        technique=Technique.PREPARE,
        due=due,
        until=s.ahead.starts_at,
        contact_id=next(iter(s.ahead.contact_ids), None),
        why=_PREPARATION,
        anchor=anchor_of(s.ahead),
    )


def thank(s: Situation) -> Step | None:
    """Thank for an interview within two days, before anything else is said (R15, R69)."""
    meeting = s.held
    if meeting is None or s.is_skipped(Technique.THANK_YOU) or _has_moved_on(s, meeting):
        return None
    deadline = s.time.user_moment(s.time.user_day(meeting.ends_at) + 2 * _DAY, _THANKS_UNTIL)
    if s.now >= deadline:
        return None
    opens = max(_thanks_open(s, meeting), s.next_touch_day or meeting.ends_at)
    due = s.time.next_letter_moment(max(s.now, opens))
    if due >= deadline or interview_comes_first(s, opens):
        return None
    facts = {"until": s.time.user_day(deadline)}
    why = [Reason("R15"), Reason("R69", facts)]
    if s.promise is None:
        why.append(Reason("R66"))
    if s.vacancy.role_type is RoleType.SENIOR:
        why.append(Reason("R68"))
    letter = written(s, interviewer(s, meeting))
    return Step(
        technique=Technique.THANK_YOU,
        due=due,
        until=before_interview(s, deadline),
        channel=letter.channel if letter else Channel.EMAIL,
        contact_id=letter.contact_id if letter else best_contact(s, interviewer(s, meeting)),
        touch=len(s.touches) + 1,
        why=tuple(why),
        anchor=anchor_of(meeting),
    )


def send_what_was_asked(s: Situation) -> Step | None:
    """Do the test task by its day (R99), send the information promptly."""
    answer = s.answer
    technique = ASKED_FOR.get(answer.outcome) if answer else None
    if answer is None or technique is None or s.is_skipped(technique):
        return None
    last_day = asked_by(s, answer)
    over = s.time.employer_moment(last_day + _DAY)
    if s.now >= over or s.last_done_since(technique, answer.received_at):
        return None
    opens = answer.received_at
    if technique is Technique.TEST_TASK:
        day = s.time.previous_working_day(last_day) if answer.on else last_day
        opens = max(opens, s.time.employer_moment(day))
        if halfway := _halfway(s, answer, last_day, opens):
            return halfway
    if interview_comes_first(s, opens):
        return None
    letter = written(s, answer.contact_id)
    return Step(
        technique=technique,
        due=s.time.next_letter_moment(max(s.now, opens)),
        until=before_interview(s, over),
        channel=letter.channel if letter else Channel.EMAIL,
        contact_id=letter.contact_id if letter else best_contact(s, answer.contact_id),
        why=(Reason("R99", {"by": last_day}) if technique is Technique.TEST_TASK else Reason("R2"),),
        anchor=f"answer:{stamp(answer.received_at)}",
    )


def open_task(vacancy: Vacancy) -> Answer | None:
    """Return the test task that is asked for and not handed in (R99)."""
    answer = vacancy.answers[-1] if vacancy.answers else None
    if answer is None or answer.outcome is not Outcome.TEST_TASK:
        return None
    sent = (touch.at for touch in vacancy.touches if touch.technique is Technique.TEST_TASK)
    return None if any(at > answer.received_at for at in sent) else answer


def _halfway(s: Situation, answer: Answer, last_day: date, eve: datetime) -> Step | None:
    """A longer task: halfway to its day, a reminder to be at it (R99); nothing is sent yet."""
    received = s.time.employer_day(answer.received_at)
    days = s.time.working_days_between(received, last_day)
    half = s.time.employer_moment(s.time.add_working_days(received, days // 2))
    if days < _LONG_TASK or s.now >= eve or interview_comes_first(s, half):
        return None
    return Step(
        technique=Technique.TEST_TASK,
        due=s.time.next_letter_moment(max(s.now, half)),
        until=before_interview(s, eve),
        why=(Reason("R99", {"by": last_day}),),
        anchor=f"halfway:{stamp(answer.received_at)}",
    )


def interview_comes_first(s: Situation, moment: datetime) -> bool:
    """Tell whether an interview is so near that preparing for it comes first."""
    return s.ahead is not None and max(s.now, moment) >= _evening_before(s, s.ahead)


def before_interview(s: Situation, moment: datetime | None = None) -> datetime | None:
    """Return when preparing for the next interview takes over, at the latest `moment`."""
    evening = _evening_before(s, s.ahead) if s.ahead else None
    return min(filter(None, (moment, evening)), default=None)


def _debrief(s: Situation, meeting: Interview) -> Step:
    return Step(
        technique=Technique.DEBRIEF,
        due=s.time.next_letter_moment(max(s.now, meeting.ends_at + _AFTERWARDS)),
        contact_id=next(iter(meeting.contact_ids), None),
        why=(Reason("R13"), Reason("R40")),
        anchor=anchor_of(meeting),
    )


def _evening_before(s: Situation, meeting: Interview) -> datetime:
    return s.time.next_letter_moment(s.time.user_moment(s.time.user_day(meeting.starts_at) - _DAY, _EVENING))


def _thanks_open(s: Situation, meeting: Interview) -> datetime:
    """Return two hours after the interview, or the next morning if that is too late in the day."""
    soon = meeting.ends_at + _THANKS_AFTER
    if s.time.user_day(s.time.next_letter_moment(soon)) == s.time.user_day(meeting.ends_at):
        return soon
    return s.time.next_letter_moment(s.time.user_moment(s.time.user_day(meeting.ends_at) + _DAY))


def _has_moved_on(s: Situation, meeting: Interview) -> bool:
    """Tell whether something else has been said since the interview, by either side."""
    if s.answer and s.answer.outcome not in _LEAVE_ROOM_FOR_THANKS:
        return True
    return any(touch.counts and touch.at > meeting.starts_at for touch in s.vacancy.touches)


def interviewer(s: Situation, meeting: Interview) -> int | None:
    """Return who holds the interview, but not past an agency's consultant (R101)."""
    if any(contact.role is Role.AGENCY for contact in s.vacancy.contacts):
        return None
    return next((number for number in meeting.contact_ids if s.vacancy.contact(number)), None)


def anchor_of(meeting: Interview) -> str:
    """Return the name of an interview among the anchors."""
    return f"interview:{meeting.stage}:{stamp(meeting.starts_at)}"
