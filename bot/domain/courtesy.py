"""An answer to what the employer wrote, where nothing else is to be done: through what and to whom."""

from datetime import datetime

from bot.domain.ladder import best_contact, written
from bot.domain.silence import stamp
from bot.domain.situation import Situation
from bot.domain.step import Step
from bot.domain.users import Pace
from bot.domain.vacancy import Channel, Technique, Vacancy
from bot.domain.working_time import WorkingTime


def courtesy(vacancy: Vacancy, working_time: WorkingTime, now: datetime) -> Step:
    """Return the answer as a step: to who wrote (C8), the way letters go; no touch, so nothing is counted."""
    situation = Situation(vacancy, working_time, now, Pace.NORMAL)
    writer = vacancy.answers[-1].contact_id if vacancy.answers else None
    letter = written(situation, writer)
    return Step(
        technique=Technique.WAIT,
        due=now,
        channel=letter.channel if letter else Channel.EMAIL,
        contact_id=letter.contact_id if letter else best_contact(situation, writer),
        anchor=f"courtesy:{stamp(now)}",
    )
