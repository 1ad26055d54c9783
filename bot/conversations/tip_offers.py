"""A tip that comes by itself: at most one a day, never twice the same, never after a refusal."""

from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.context import Context
from bot.domain.step import Step
from bot.domain.users import User
from bot.domain.vacancy import Vacancy
from bot.tips import Tip, moment_of, tip_for
from bot.views import tips


async def offer_tip(context: Context, vacancy: Vacancy, step: Step | None, logged: str) -> None:
    """Show the tip that fits what has just been logged, below everything else, if there is one."""
    user = context.user
    today = context.now.astimezone(ZoneInfo(context.texts.zone)).date()
    if user.tips_off or user.tip_on == today or vacancy.is_closed:
        return  # what is closed needs no advice, and bad news least of all
    active = await context.services.storage.vacancies.active(user.id)
    others = sum(other.id != vacancy.id for other in active)
    known = context.services.tips
    tip = tip_for(known.all, moment_of(vacancy, step, logged, context.now, others), user.tips_seen)
    if tip is None:
        return
    context.session.user = replace(with_seen(user, tip), tip_on=today)
    context.say(tips.offered(context.texts, known, tip))


def with_seen(user: User, tip: Tip) -> User:
    """Return the user to whom a tip will not come again."""
    return user if tip.id in user.tips_seen else replace(user, tips_seen=(*user.tips_seen, tip.id))
