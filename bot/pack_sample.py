"""A made-up vacancy in which everything is known: what a text looks like where there is no real one."""

from collections.abc import Mapping
from datetime import date, time, timedelta

from bot.domain.users import Form
from bot.domain.vacancy import Role
from bot.pack_words import Words

_DAY = timedelta(days=1)
_FRIDAY = 4


def sample(examples: Mapping[str, str], today: date) -> Words:
    """Return the words of the examples, the first of several each, with days around today."""
    first = {name: example.split("|")[0].strip() for name, example in examples.items()}
    day = {shift: _working(today + shift * _DAY) for shift in (-5, -1, 1, 2, 3, 4, 8, 14)}
    return Words(
        **first,  # type: ignore[arg-type]  # every example is a text
        contact_form=Form.SHE,
        contact_role=Role.HR,
        interview_date=day[-5],
        promised_day=day[2],
        answered=True,
        deadline=day[3],
        decided_day=day[1],
        announced_day=day[2],
        next_call_day=day[4],
        letter_sent=day[-1],
        due_day=day[3],
        meeting_day=day[1],
        meeting_time=time(14),
        answer_day=day[4],
        signing_day=day[8],
        start_day=day[14],
    )


def _working(day: date) -> date:
    """Return the day, or the Monday after a weekend."""
    return day + (7 - day.weekday()) * _DAY if day.weekday() > _FRIDAY else day
