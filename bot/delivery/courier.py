"""Takes care of one user's claimed reminders: decide, render, send; says how each of them ends."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.delivery.decisions import Due, decide
from bot.delivery.outbox import Outbox
from bot.delivery.outcomes import OurFault, Refused, Stop, UserGone, judge
from bot.delivery.settling import Failures
from bot.delivery.weekly import WeeklyDue, standing, weigh
from bot.domain.neighbours import Around, around
from bot.domain.users import User
from bot.domain.vacancy import Technique
from bot.domain.weeks import Occasion
from bot.errors import ConfigError, NotFound
from bot.planning import spaced
from bot.storage import Storage
from bot.storage.matters import Matters
from bot.storage.reminders import Parked, Postponed, Reminder, Retried, Sent, Settlement
from bot.views.screen import Screen

logger = logging.getLogger(__name__)

#: Makes the screen of one due reminder, or the digest of several steps.
Render = Callable[[User, Sequence[Due | WeeklyDue]], Awaitable[Screen]]


class Errand(Struct, frozen=True):
    """One user's claimed reminders, for one message, and what is known of their matters."""

    user_id: int
    reminders: Sequence[Reminder]
    matters: Matters


class Parcel(Struct, frozen=True):
    """What one user gets now, if anything, and the ends of the reminders that have no part in it."""

    due: tuple[Due | WeeklyDue, ...] = ()
    screen: Screen | None = None
    ended: tuple[Settlement, ...] = ()


class Courier:
    """One user's reminders at a time, in one message: what is due together comes together."""

    def __init__(self, storage: Storage, outbox: Outbox, render: Render, failures: Failures) -> None:
        self._storage = storage
        self._outbox = outbox
        self._render = render
        self._failures = failures
        #: Set once Telegram has refused the token.
        self.refused: ConfigError | None = None

    async def take(self, errand: Errand, clock: Callable[[], datetime], not_after: float) -> list[Settlement]:
        """Send what is due of one user's reminders, to be started before `not_after` of the loop's clock."""
        user_id, reminders = errand.user_id, errand.reminders
        try:
            parcel = await self._pack(errand, clock())
        except Exception as error:  # noqa: BLE001 - a reminder that cannot be made must not keep the others
            if len(reminders) == 1:
                return [await self._unmade(reminders[0], error, clock())]
            alone = (replace(errand, reminders=(one,)) for one in reminders)
            return [end for one in alone for end in await self.take(one, clock, not_after)]
        if parcel.screen is None:
            return [*parcel.ended]
        try:
            message_id = await self._outbox.deliver(user_id, parcel.screen, not_after)
        except Exception as error:  # noqa: BLE001 - whatever went wrong, it may have been sent
            return [*parcel.ended, *await self._unsent(user_id, parcel.due, error, clock())]
        return [*parcel.ended, *_sent(parcel.due, message_id, clock())]

    async def _pack(self, errand: Errand, now: datetime) -> Parcel:
        user = errand.matters.users.get(errand.user_id) or await self._storage.users.load(errand.user_id)
        if user is None:  # erased: so are the reminders
            return Parcel(ended=tuple(Postponed(one, None, now) for one in errand.reminders))
        if user.blocked_at:
            return Parcel(ended=tuple(_asleep(one, now) for one in errand.reminders))
        outcomes = [await self._decide(user, one, errand, now) for one in errand.reminders]
        due = tuple(
            [
                replace(one, around=await self._around(one, errand.matters)) if isinstance(one, Due) else one
                for one in outcomes
                if isinstance(one, Due | WeeklyDue)
            ]
        )
        ended = tuple(one for one in outcomes if not isinstance(one, Due | WeeklyDue))
        for settlement in ended:
            if isinstance(settlement, Parked):
                await self._outbox.complain("a reminder is given up", settlement.error)
        return Parcel(due=due, screen=await self._render(user, due) if due else None, ended=ended)

    async def _decide(
        self, user: User, reminder: Reminder, errand: Errand, now: datetime
    ) -> Due | WeeklyDue | Settlement:
        """Return what becomes of a reminder, beside the others that come with it (R42)."""
        if reminder.vacancy_id is None:
            return await self._weigh(user, reminder, now)
        vacancy = errand.matters.vacancies.get((user.id, reminder.vacancy_id))
        try:
            vacancy = vacancy or await self._storage.vacancies.load(user.id, reminder.vacancy_id)
        except NotFound:  # erased meanwhile
            return Postponed(reminder, None, now)
        going = {one.vacancy_id for one in errand.reminders if one.vacancy_id is not None}
        vacancy = spaced(vacancy, errand.matters.of(user.id), user, now, going)
        return decide(user, vacancy, reminder, now)

    async def _around(self, due: Due, matters: Matters) -> Around:
        """Return what the user has beside a due vacancy; before an interview the closed ones teach, too."""
        user_id = due.vacancy.owner_id
        if due.step.technique is Technique.PREPARE:
            return around(due.vacancy, await self._storage.vacancies.all(user_id))
        known = matters.of(user_id) or await self._storage.vacancies.active(user_id)
        return around(due.vacancy, known)

    async def _weigh(self, user: User, reminder: Reminder, now: datetime) -> WeeklyDue | Settlement:
        occasion = standing(user, reminder, now)
        if not isinstance(occasion, Occasion):
            return occasion
        return weigh(user, await self._storage.vacancies.all(user.id), reminder, occasion, now)

    async def _unmade(self, reminder: Reminder, error: Exception, now: datetime) -> Settlement:
        """Put off a reminder whose screen could not be made."""
        settlement = self._failures.unmade(reminder, error, now)
        given_up = isinstance(settlement, Parked)
        await self._outbox.complain(
            "a reminder cannot be made and is given up" if given_up else "a reminder cannot be made", error
        )
        return settlement

    async def _unsent(
        self, user_id: int, due: Sequence[Due | WeeklyDue], error: Exception, now: datetime
    ) -> list[Settlement]:
        """Do what the error asks for."""
        settlements = [_followed(self._failures.unsent(one.reminder, error, now), one) for one in due]
        match judge(error):
            case UserGone():
                await self._storage.users.block(user_id, now)
                logger.info("the user is gone", extra={"action": "user_gone", "user_id": user_id})
            case Stop():
                self.refused = ConfigError("BOT_TOKEN was refused by Telegram: it may have been revoked")
            case Refused() | OurFault():
                await self._outbox.complain("a reminder is refused", error)
            case _ if any(isinstance(settlement, Parked) for settlement in settlements):
                await self._outbox.complain("a reminder is given up", error)
        return settlements


def _followed(settlement: Settlement, due: Due | WeeklyDue) -> Settlement:
    """Return the end of a reminder; a weekly message that is given up does not end the next ones."""
    if isinstance(settlement, Parked) and isinstance(due, WeeklyDue):
        return replace(settlement, next_plan=due.following)
    return settlement


def _sent(due: Sequence[Due | WeeklyDue], message_id: int, now: datetime) -> list[Settlement]:
    for one in due:
        logger.info("reminder sent", extra={"action": "reminder_sent", "reminder_id": one.reminder.id})
    return [Sent(one.reminder, message_id, now, one.following) for one in due]


def _asleep(reminder: Reminder, now: datetime) -> Settlement:
    """Give back a reminder of a user who has blocked the bot: the store lets it sleep."""
    return Retried(reminder, now, ambiguous=False, error="the user is gone", counts=False)
