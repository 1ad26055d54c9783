"""Buttons about what was agreed, an interview or a task: prepare, tell, moved, off, they did not come."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.callbacks import CALLED, Act, Card, Choose, Edit, Report
from bot.domain.meetings import open_task
from bot.domain.no_show import is_untold
from bot.domain.step import Step
from bot.domain.vacancy import Channel, Interview, Outcome, Technique, Vacancy
from bot.reporting import NO_ANSWER
from bot.texts import Texts
from bot.views import parts
from bot.views.days import HOURS
from bot.views.screen import Button, Rows, Screen, button, rows


def agreed_rows(texts: Texts, vacancy: Vacancy, now: datetime) -> Rows:
    """Return what the card offers about the interview and the task in hand."""
    meeting = vacancy.interview
    return (*_task(texts, vacancy, now), *(_meeting(texts, vacancy, meeting, now) if meeting else ()))


def which_no_show(texts: Texts, vacancies: Sequence[Vacancy]) -> Screen:
    """Ask whether they did not come, or to which of several interviews."""
    lines = [
        texts("no_show.line", name=parts.title(texts, vacancy), when=parts.when(texts, vacancy.interview))
        for vacancy in vacancies
        if vacancy.interview
    ]
    if len(vacancies) == 1:
        keyboard = _debrief_rows(texts, vacancies[0])
    else:
        named = ((parts.plain_title(texts, one), Act(one.id, one.seq, "no_show")) for one in vacancies)
        keyboard = rows((button(label, deed) for label, deed in named), 1)
    ask = texts("no_show.sure" if len(vacancies) == 1 else "no_show.which")
    return Screen(text=parts.joined(lines, ask), keyboard=keyboard)


def push_rows(texts: Texts, vacancy: Vacancy, step: Step) -> Rows:
    """Return what may have come of a step about an interview or a task; none for any other step."""
    match step.technique:
        case Technique.DEBRIEF:
            return _debrief_rows(texts, vacancy)
        case Technique.TEST_TASK:
            return (*_task_rows(texts, vacancy), *_under_way(texts, vacancy, step))
        case Technique.NO_SHOW:
            return _no_show(texts, vacancy, step)
        case Technique.NEW_TIME:
            never = button(texts.plain("button.no_new_time"), Act(vacancy.id, vacancy.seq, "no_new_time"))
            leave = button(texts.plain("button.leave_it"), Act(vacancy.id, vacancy.seq, "give_up"))
            return ((_new_time(texts, vacancy),), (never, leave))
    return ()


def _debrief_rows(texts: Texts, vacancy: Vacancy) -> Rows:
    """Return what may have become of an interview that has begun."""
    tell = button(texts.plain("button.tell"), Act(vacancy.id, vacancy.seq, "tell"))
    no_show = button(texts.plain("button.no_show"), Act(vacancy.id, vacancy.seq, "no_show"))
    return ((tell,), (no_show, _moved(texts, vacancy)), (_off(texts, vacancy),))


def _task_rows(texts: Texts, vacancy: Vacancy) -> Rows:
    """Return what may become of a test task."""
    done = button(texts.plain("button.did.do_test_task"), Act(vacancy.id, vacancy.seq, "handed_in"))
    later = button(
        texts.plain("button.deadline_moved"), Report(vacancy.id, vacancy.seq, Outcome.TEST_TASK, 0)
    )
    off = button(texts.plain("button.task_off"), Report(vacancy.id, vacancy.seq, Outcome.TASK_OFF, 0))
    return ((done,), (later, off))


def at_once_rows(texts: Texts, vacancy: Vacancy, now: datetime, *, confirms: bool) -> Rows:
    """Return what is best done at once after the answer that was logged just now; `confirms`: in writing."""
    answer = vacancy.answers[-1] if vacancy.answers else None
    match answer.outcome if answer and answer.received_at == now else None:
        case Outcome.HR_LEFT:
            return ((button(texts.plain("button.new_contact"), Edit(vacancy.id, "new_contact")),),)
        case (Outcome.TEST_TASK | Outcome.NEXT_STAGE) as agreed if stands(vacancy, agreed, now):
            hours = _hour_rows(texts, vacancy, now) if agreed is Outcome.NEXT_STAGE else ()
            confirm = ((_confirm_button(texts, vacancy, agreed),),) if confirms else ()
            return hours or confirm
    return ()


def _hour_rows(texts: Texts, vacancy: Vacancy, now: datetime) -> Rows:
    """Return the hours of an interview to come whose hour is not known; none where it is."""
    meeting = vacancy.interview
    if meeting is None or not _lacks_hour(meeting, now):
        return ()
    hours = [button(f"🕐 {hour}", Choose(vacancy.id, "hour", meeting.stage, hour)) for hour in HOURS]
    return (*rows(hours, 3), (_hour(texts, vacancy),))


def _confirm_button(texts: Texts, vacancy: Vacancy, agreed: Outcome) -> Button:
    """Return the button for the letter that confirms an interview or a task."""
    side = "confirm_task" if agreed is Outcome.TEST_TASK else "confirm"
    return button(texts.plain("button.confirm"), Card(vacancy.id, side))


def _moved(texts: Texts, vacancy: Vacancy) -> Button:
    """Return the button for a new day and hour of the interview in hand."""
    return button(texts.plain("button.interview_moved"), Edit(vacancy.id, "new_time", vacancy.stage))


def _new_time(texts: Texts, vacancy: Vacancy) -> Button:
    """Return the button for the day and hour agreed instead of those they missed."""
    return button(texts.plain("button.new_time"), Edit(vacancy.id, "new_time", vacancy.stage))


def stands(vacancy: Vacancy, agreed: Outcome, now: datetime) -> bool:
    """Tell whether there is an interview to come, or a task to do, that a letter can confirm."""
    if agreed is Outcome.TEST_TASK:
        return open_task(vacancy) is not None
    return vacancy.interview is not None and vacancy.interview.starts_at > now


def _task(texts: Texts, vacancy: Vacancy, now: datetime) -> Rows:
    task = open_task(vacancy)
    today = now.astimezone(ZoneInfo(texts.zone)).date()
    if task is None or (task.on and task.on < today):
        return ()
    return (*_task_rows(texts, vacancy), (_confirm_button(texts, vacancy, Outcome.TEST_TASK),))


def _meeting(texts: Texts, vacancy: Vacancy, meeting: Interview, now: datetime) -> Rows:
    if meeting.missed_at:
        return ((_new_time(texts, vacancy),),)
    if is_untold(meeting, now):
        return _debrief_rows(texts, vacancy)
    if meeting.starts_at <= now:
        return ()
    prepare = button(texts.plain("button.prepare"), Card(vacancy.id, "prepare"))
    confirm = _confirm_button(texts, vacancy, Outcome.NEXT_STAGE)
    hour = ((_hour(texts, vacancy),),) if _lacks_hour(meeting, now) else ()
    return ((prepare, confirm), (_moved(texts, vacancy), _off(texts, vacancy)), *hour)


def _lacks_hour(meeting: Interview, now: datetime) -> bool:
    return not meeting.timed and meeting.starts_at > now


def _hour(texts: Texts, vacancy: Vacancy) -> Button:
    return button(texts.plain("button.hour"), Edit(vacancy.id, "hour", vacancy.stage))


def _no_show(texts: Texts, vacancy: Vacancy, step: Step) -> Rows:
    answered = button(texts.plain("button.they_answered"), Card(vacancy.id, "log"))
    skip = button(texts.plain("button.skip_step"), Act(vacancy.id, vacancy.seq, "skip"))
    done = button(texts.plain("button.sent"), Act(vacancy.id, vacancy.seq, "did"))
    if step.channel is not Channel.PHONE:
        return ((done,), (_new_time(texts, vacancy), answered), (skip,))
    unanswered = button(
        texts.plain(f"outcome.{NO_ANSWER}"), Report(vacancy.id, vacancy.seq, NO_ANSWER, CALLED)
    )
    called = button(texts.plain("button.did_call"), Act(vacancy.id, vacancy.seq, "did"))
    return ((_new_time(texts, vacancy),), (unanswered, called), (skip,))


def _under_way(texts: Texts, vacancy: Vacancy, step: Step) -> Rows:
    """Return the button for a longer task that is asked about halfway: nothing is sent yet."""
    if step.channel is not None:
        return ()
    return ((button(texts.plain("button.under_way"), Act(vacancy.id, vacancy.seq, "under_way")),),)


def _off(texts: Texts, vacancy: Vacancy) -> Button:
    return button(texts.plain("button.interview_off"), Act(vacancy.id, vacancy.seq, "interview_off"))
