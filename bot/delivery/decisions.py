"""What becomes of a claimed reminder at this moment: its plan is made anew, nothing is taken for granted."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from bot.delivery.outcomes import MOST_COPIES
from bot.domain.neighbours import Around
from bot.domain.step import Step
from bot.domain.users import User
from bot.domain.vacancy import Vacancy
from bot.planning import following, plan_of, step_of
from bot.storage.reminders import Parked, Plan, Postponed, Reminder, Settlement

#: A reminder that comes later than this says so.
LATE = timedelta(minutes=5)


class Due(Struct, frozen=True, kw_only=True):
    """A reminder to be sent now, with what its screen is made of."""

    reminder: Reminder
    vacancy: Vacancy
    step: Step
    #: What else the user has.
    around: Around = Around()
    #: What comes next if the user reports nothing.
    following: Plan | None
    #: It comes more than LATE after its time: the bot, the network or the user was away.
    late: bool
    #: It may have come before.
    repeat: bool


def decide(user: User, vacancy: Vacancy, reminder: Reminder, now: datetime) -> Due | Settlement:
    """Return the reminder if it is still due, else where it goes instead.

    One whose step has another key by now is moved there and claimed again: if that silence was pushed
    already the store drops it, so nothing is pushed twice.
    """
    if reminder.ambiguous >= MOST_COPIES:
        return Parked(reminder, "perhaps sent each time", now)
    step = step_of(vacancy, user, now)
    if step is None or step.due > now or step.key != reminder.key:
        return Postponed(reminder, plan_of(step), now)
    return Due(
        reminder=reminder,
        vacancy=vacancy,
        step=step,
        following=following(vacancy, user, step),
        late=now - reminder.due_at > LATE,
        repeat=reminder.ambiguous > 0,
    )


def messages(reminders: Sequence[Reminder]) -> Iterator[list[Reminder]]:
    """Yield what comes in one message: the steps of one user together, each weekly message by itself."""
    if steps := [reminder for reminder in reminders if reminder.vacancy_id is not None]:
        yield steps
    yield from ([reminder] for reminder in reminders if reminder.vacancy_id is None)


def by_user(reminders: Sequence[Reminder]) -> Iterator[tuple[int, list[Reminder]]]:
    """Yield each user with their reminders, in the order in which they fell due."""
    users: dict[int, list[Reminder]] = {}
    for reminder in reminders:
        users.setdefault(reminder.user_id, []).append(reminder)
    yield from users.items()
