"""What becomes of a claimed weekly message: the week is looked at anew, and an empty one stays away."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from bot.delivery.outcomes import MOST_COPIES
from bot.domain.review import Review
from bot.domain.sweep import Sweep
from bot.domain.users import User
from bot.domain.vacancy import Vacancy
from bot.domain.weeks import Occasion, Weekly, occasions, weekly_of
from bot.storage.reminders import Parked, Plan, Postponed, Reminder, Settlement
from bot.weekly import plan_of, review_at, sweep_at


class WeeklyDue(Struct, frozen=True, kw_only=True):
    """A weekly message to be sent now, with what its screen is made of."""

    reminder: Reminder
    content: Sweep | Review
    #: Next week's.
    following: Plan | None
    #: It may have come before.
    repeat: bool


def standing(user: User, reminder: Reminder, now: datetime) -> Occasion | Settlement:
    """Return the occasion of a weekly reminder if it is still due, else where it goes instead."""
    weekly = weekly_of(reminder.key)
    occasion = next(occasions(weekly, user, now, late=True), None)
    if reminder.ambiguous >= MOST_COPIES:
        return Parked(reminder, "perhaps sent each time", now, _following(weekly, user, now))
    if occasion and occasion.key == reminder.key and occasion.due <= now:
        return occasion
    return Postponed(reminder, plan_of(occasion) if occasion else None, now)


def weigh(
    user: User, vacancies: Sequence[Vacancy], reminder: Reminder, occasion: Occasion, now: datetime
) -> WeeklyDue | Settlement:
    """Return the message of this occasion; without anything to say the next week's takes its place."""
    following = _following(occasion.weekly, user, now)
    if occasion.weekly is Weekly.SWEEP:
        sweep = sweep_at(vacancies, user, now)
        content: Sweep | Review | None = sweep if sweep.quiet else None
    else:
        review = review_at(vacancies, user, now)
        content = None if review.is_empty else review
    if content is None:
        return Postponed(reminder, following, now)
    return WeeklyDue(reminder=reminder, content=content, following=following, repeat=reminder.ambiguous > 0)


def _following(weekly: Weekly, user: User, now: datetime) -> Plan | None:
    """Return the plan for the next week."""
    occasion = next(occasions(weekly, user, now), None)
    return plan_of(occasion) if occasion else None
