"""The weekly messages of a user: when they are planned, and what they are made of."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from bot.domain.review import Planned, Review, review
from bot.domain.situation import Situation
from bot.domain.sweep import Quiet, Sweep, quiet, sweep_of
from bot.domain.users import User
from bot.domain.vacancy import Vacancy
from bot.domain.weeks import Occasion, Weekly, occasions
from bot.domain.working_time import WorkingTime
from bot.planning import due_since, pace_of, spaced, step_of
from bot.storage.reminders import Plan, WeeklyPlans

#: Settings that move the weekly messages, or end them.
SETTINGS = ("zone", "quiet", "pause", "sweep_off", "review_off")
#: This week's may have been sent already: then it is the next week's.
_CANDIDATES = 2


def weekly_plans(user: User, now: datetime, *, anew: bool) -> WeeklyPlans:
    """Return the weekly messages to come; `anew` when settings have changed: this week's may be late then."""
    coming = (islice(occasions(weekly, user, now, late=anew), _CANDIDATES) for weekly in Weekly)
    return WeeklyPlans(tuple(plan_of(occasion) for each in coming for occasion in each), anew=anew)


def plan_of(occasion: Occasion) -> Plan:
    """Return the reminder that pushes a weekly message."""
    return Plan(occasion.key, occasion.due)


def sweep_at(vacancies: Iterable[Vacancy], user: User, now: datetime) -> Sweep:
    """Return what the sweep of this moment asks about."""
    return sweep_of([*_quiet(vacancies, user, now)], now)


def review_at(vacancies: Iterable[Vacancy], user: User, now: datetime) -> Review:
    """Return the review of the week that this moment lies in."""
    known = tuple(vacancies)
    side_by_side = (spaced(vacancy, known, user, now) for vacancy in known)
    return review([_planned(vacancy, user, now) for vacancy in side_by_side], WorkingTime.of(user), now)


def _quiet(vacancies: Iterable[Vacancy], user: User, now: datetime) -> Iterator[Quiet]:
    for vacancy in vacancies:
        planned = _planned(vacancy, user, now)
        s = Situation(vacancy, WorkingTime.between(user, vacancy), now, pace_of(vacancy, user))
        if found := quiet(s, planned.step, planned.since):
            yield found


def _planned(vacancy: Vacancy, user: User, now: datetime) -> Planned:
    step = step_of(vacancy, user, now)
    return Planned(vacancy, step, due_since(vacancy, step, user) if step else None)
