"""Letters that no step asks for, found again by the vacancy and their name."""

from bot.context import Context
from bot.domain.pressure import honest_pressure
from bot.domain.refusals import formal_request, may_request
from bot.domain.vacancy import Status, Vacancy
from bot.domain.working_time import WorkingTime
from bot.views.answering import courtesy_letter
from bot.views.beside import LEAVING, still_to_come
from bot.views.letters import Letter
from bot.views.preparation import confirming_letter
from bot.views.wording import letter_aside


async def aside(context: Context, vacancy: Vacancy, name: str) -> Letter | None:
    """Return such a letter; None: it is none, or none any more."""
    reader, pace = context.reader, context.user.pace
    working_time = WorkingTime.between(context.user, vacancy)
    if name == "formal_request":
        request = formal_request(vacancy, working_time, context.now, pace)
        return letter_aside(reader, vacancy, request, name) if may_request(vacancy) else None
    if courteous := courtesy_letter(reader, vacancy, name):
        return courteous
    if vacancy.is_closed:
        return None
    if letter := confirming_letter(reader, vacancy, name):
        return letter
    _, step = honest_pressure(vacancy, working_time, context.now, pace)
    if name in LEAVING.values():
        return letter_aside(reader, vacancy, step, name)
    if name == "parallel_offer":
        active = await context.services.storage.vacancies.active(context.user.id)
        offers = [other for other in active if other.status is Status.OFFERED]
        days = filter(None, (still_to_come(reader, offer) for offer in offers))
        return letter_aside(reader, vacancy, step, name, deadline=min(days, default=None)) if offers else None
    return None
