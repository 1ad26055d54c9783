"""Honest pressure: another employer is told of an offer, by phone or in writing (R88, R120)."""

from datetime import datetime

from bot.domain.ladder import best_contact, written
from bot.domain.situation import Situation
from bot.domain.step import Reason, Step
from bot.domain.users import Pace
from bot.domain.vacancy import Channel, Technique, Vacancy
from bot.domain.working_time import WorkingTime

_WHY = (Reason("R120"),)
_ANCHOR = "offer_elsewhere"


def honest_pressure(
    vacancy: Vacancy, working_time: WorkingTime, now: datetime, pace: Pace
) -> tuple[Step, Step]:
    """Return the call and the letter, each when it may go: never twice on a day (R42)."""
    s = Situation(vacancy, working_time, now, pace)
    earliest = max(filter(None, (now, s.next_touch_day)))
    call = Step(
        technique=Technique.LIGHT_PRESSURE,
        due=s.time.next_call_moment(earliest) or s.time.next_office_moment(earliest),
        channel=Channel.PHONE,
        contact_id=best_contact(s),
        why=_WHY,
        anchor=_ANCHOR,
    )
    route = written(s)
    letter = Step(
        technique=Technique.LIGHT_PRESSURE,
        due=s.time.next_letter_moment(earliest),
        channel=route.channel if route else Channel.EMAIL,
        contact_id=route.contact_id if route else call.contact_id,
        why=_WHY,
        anchor=_ANCHOR,
    )
    return call, letter


def is_too_soon(vacancy: Vacancy, working_time: WorkingTime, now: datetime, pace: Pace) -> bool:
    """Tell whether the employer was reached today already, about whichever vacancy (R42)."""
    day = Situation(vacancy, working_time, now, pace).next_touch_day
    return day is not None and now < day
