"""What is shown once an outcome is logged: screens of their own after a refusal, an offer, a signature."""

from datetime import date, time

from markupsafe import Markup

from bot.context import Context
from bot.conversations.tip_offers import offer_tip
from bot.domain.neighbours import Around, around, still_waiting, to_be_told
from bot.domain.step import Step
from bot.domain.vacancy import Outcome, Status, Vacancy
from bot.errors import StaleButton
from bot.planning import Reported
from bot.reporting import OFFER_DAYS, OFFER_TERMS
from bot.views import beside, offer, parts, refusal, report
from bot.views.answering import answer_row, answering
from bot.views.screen import Screen


async def show_logged(  # noqa: PLR0913 - the parts of one screen
    context: Context,
    reported: Reported,
    outcome: str,
    *,
    on: date | None = None,
    at: time | None = None,
    say: Markup | None = None,
    written: bool = False,
) -> None:
    """Show what was logged, what to say at once, what comes next; and a tip that fits, if there is one.

    `written`: the employer wrote it, and waits for an answer.
    """
    texts, vacancy, step = context.texts, reported.vacancy, reported.step
    if outcome in (*OFFER_DAYS, *OFFER_TERMS):
        note = [texts("edit.saved"), texts("card.title", name=parts.title(texts, vacancy))]
        context.show(await offer_screen(context, vacancy, step, note))
        return
    what = texts.plain(f"outcome.{outcome}")
    heading = report.heading(texts, vacancy, what, on, at)
    match outcome:
        case Outcome.REFUSAL:
            known = await around_of(context, vacancy)
            context.show(refusal.screen(context.reader, vacancy, step, known, note=[heading]))
        case Outcome.OFFER:
            note = [heading, texts(f"report.kind.{vacancy.status}")]
            context.show(await offer_screen(context, vacancy, step, note))
        case Outcome.SIGNED:
            context.show(await offer_screen(context, vacancy, step, [heading]))
        case _:
            answers = written and answering(context.reader, vacancy, step)
            above = answer_row(texts, vacancy) if answers else ()
            context.show(
                report.logged(texts, vacancy, step, what, context.now, on=on, at=at, say=say, above=above)
            )
    await offer_tip(context, vacancy, step, outcome)


async def offer_screen(
    context: Context, vacancy: Vacancy, step: Step | None, note: list[Markup] | None = None
) -> Screen:
    """Return the screen of an offer, or of the contract it has led to; raises StaleButton without either."""
    active = await context.services.storage.vacancies.active(context.user.id)
    match vacancy.status:
        case Status.OFFERED:
            others = still_waiting(active, vacancy, context.now)
            return offer.screen(context.reader, vacancy, step, others, note=note)
        case Status.SIGNED:
            return beside.signed(context.reader, vacancy, to_be_told(active, vacancy), note=note)
    raise StaleButton


async def around_of(context: Context, vacancy: Vacancy) -> Around:
    """Return what the user has beside a vacancy."""
    return around(vacancy, await context.services.storage.vacancies.all(context.user.id))
