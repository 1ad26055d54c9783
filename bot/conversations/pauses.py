"""A pause of the user: begun, changed and ended; every plan follows."""

from datetime import date, time, timedelta

from msgspec.structs import replace

from bot.context import Context
from bot.conversations.typed_settings import change
from bot.domain.absence import back_for_interview, covered
from bot.domain.users import Pause
from bot.domain.working_time import WorkingTime
from bot.errors import InvalidAnswer
from bot.views import pause

#: Who is away for longer is not looking.
_LONGEST = timedelta(days=366)


async def begin(context: Context, until: date, hour: time = time()) -> None:
    """Let the user be off until this day and hour; raises InvalidAnswer."""
    clock = WorkingTime.of(context.user)
    if clock.user_moment(until, hour) <= context.now:
        raise InvalidAnswer("invalid.past")
    if until - clock.user_day(context.now) > _LONGEST:
        raise InvalidAnswer("invalid.pause_too_long")
    standing = context.user.pause if clock.is_off(context.now) else None
    begun = Pause(standing.since if standing else context.now, until, hour)
    await change(context, replace(context.user, pause=begun))
    active = await context.services.storage.vacancies.active(context.user.id)
    matters = covered(active, context.user, context.now)
    earlier = back_for_interview(matters, context.user, context.now)
    context.show(pause.begun(context.texts, begun, matters, earlier))


async def end(context: Context) -> None:
    """Let the user be back: what fell due meanwhile is due now, and not since then."""
    clock, standing = WorkingTime.of(context.user), context.user.pause
    if standing and clock.is_off(context.now):
        day, hour = clock.user_day(context.now), clock.user_time(context.now)
        await change(context, replace(context.user, pause=replace(standing, until=day, hour=hour)))
    context.show(pause.ended(context.texts))
