"""A no-show: they did not come, or did not ring, at the hour fixed. One letter, then one question (H11)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from bot.domain.ladder import attempt, written
from bot.domain.meetings import anchor_of, interviewer
from bot.domain.silence import Silence
from bot.domain.situation import Situation
from bot.domain.step import Reason, Step
from bot.domain.vacancy import Interview, Technique, Vacancy
from bot.domain.waiting import asked_anew, new_time_day
from bot.domain.working_time import MORNING, WorkingTime

#: Hours that are offered instead, one a day; each is the other half of the day than the one before.
_FORENOON, _AFTERNOON, _NOON = time(11), time(15), time(13)
_OFFERED = 3
#: Noon stands for an hour that was not told.
_HALF_A_DAY = timedelta(hours=12)
#: No further ahead are hours offered.
_HORIZON_DAYS = 14


def make_up(s: Situation) -> Step | None:
    """Offer other hours, the same day and once: in writing, by phone where no address is known."""
    meeting = s.missed
    if meeting is None or meeting.missed_at is None or s.is_skipped(Technique.NO_SHOW):
        return None
    until = s.time.employer_moment(new_time_day(s, meeting.missed_at))
    if asked_anew(s, meeting.missed_at) or s.now >= until:
        return None
    why = _why(s, meeting)
    letter = written(s, interviewer(s, meeting))
    if letter is None:
        return attempt(s, Technique.NO_SHOW, _silence(s, meeting, meeting.missed_at, why), until)
    return Step(
        technique=Technique.NO_SHOW,
        due=s.time.next_letter_moment(max(s.now, meeting.missed_at)),
        until=until,
        channel=letter.channel,
        contact_id=letter.contact_id,
        why=why,
        anchor=anchor_of(meeting),
    )


def ask_new_time(s: Situation) -> Step | None:
    """Ask the user once whether a new time has been agreed; the usual plan goes on the day after."""
    meeting = s.missed
    if meeting is None or meeting.missed_at is None or s.is_skipped(Technique.NEW_TIME):
        return None
    asked_on = new_time_day(s, meeting.missed_at)
    until = s.time.employer_moment(s.time.next_working_day(asked_on))
    if s.now >= until:
        return None
    return Step(
        technique=Technique.NEW_TIME,
        due=s.time.next_letter_moment(max(s.now, s.time.employer_moment(asked_on, MORNING))),
        until=until,
        why=_why(s, meeting),
        anchor=anchor_of(meeting),
    )


def next_stage(vacancy: Vacancy) -> int:
    """Return the stage of an interview that is agreed now: one they did not come to is made up for (R98)."""
    last = vacancy.interview
    if last is None:
        return 1
    return last.stage if last.missed_at else last.stage + 1


def is_untold(meeting: Interview, now: datetime) -> bool:
    """Tell whether an interview has begun and nobody has told of it; without an hour it may be all day."""
    begins = meeting.starts_at if meeting.timed else meeting.starts_at - _HALF_A_DAY
    return not meeting.told and begins <= now


def is_unmet(vacancy: Vacancy) -> bool:
    """Tell whether there is no interview to speak of, but one that is still to be held."""
    last = vacancy.interview
    if last is None or all(interview.missed_at for interview in vacancy.interviews):
        return True
    answers = (answer.received_at for answer in vacancy.answers)
    return last.missed_at is not None and all(at < last.missed_at for at in answers)


def other_hours(working_time: WorkingTime, missed: Interview | None, now: datetime) -> tuple[datetime, ...]:
    """Return hours to offer instead, one on each of the next working days on which both sides work.

    The first is the hour that had been fixed; moments are in UTC, none where the hours of the two never meet.
    """
    return tuple(moment for moment, _ in zip(_free(working_time, missed, now), range(_OFFERED), strict=False))


def _free(working_time: WorkingTime, missed: Interview | None, now: datetime) -> Iterator[datetime]:
    wished = working_time.employer_time(missed.starts_at) if missed and missed.timed else _FORENOON
    day = working_time.employer_day(now)
    for _ in range(_HORIZON_DAYS):
        day += timedelta(days=1)
        moment = _fitting(working_time, day, wished)
        if moment:
            yield moment
            wished = _AFTERNOON if working_time.employer_time(moment) < _NOON else _FORENOON


def _fitting(working_time: WorkingTime, day: date, wished: time) -> datetime | None:
    """Return the moment on this day that is nearest after the wish, or the first that fits both clocks."""
    moment = working_time.call_moment_on(day, wished)
    return moment if moment and working_time.employer_day(moment) == day else None


def _silence(s: Situation, meeting: Interview, since: datetime, why: tuple[Reason, ...]) -> Silence:
    return Silence(
        anchor=anchor_of(meeting),
        since=s.time.employer_day(since),
        begins=since,
        opens=since,
        why=why,
        contact_id=interviewer(s, meeting),
    )


def _why(s: Situation, meeting: Interview) -> tuple[Reason, ...]:
    return (Reason("H11", {"fixed": s.time.employer_day(meeting.starts_at)}),)
