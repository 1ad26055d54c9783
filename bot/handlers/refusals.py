"""After a refusal: the kind words switched off, the warning before a formal request, and the request."""

from typing import Any

from msgspec.structs import replace
from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.callbacks import Act, Card
from bot.context import Context
from bot.conversations.logged import around_of
from bot.domain.facts import Touched
from bot.domain.refusals import formal_request, may_request, standing_refusal
from bot.domain.step import Step
from bot.domain.vacancy import Channel, Vacancy
from bot.domain.working_time import WorkingTime
from bot.errors import StaleButton
from bot.taps import data_of
from bot.views import parts, refusal, report


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Return the handlers of this module."""
    return [
        CallbackQueryHandler(switch_off, Card.pattern(side="note_off")),
        CallbackQueryHandler(warn, Card.pattern(side="grounds")),
        CallbackQueryHandler(show_letter, Card.pattern(side="grounds_letter")),
        CallbackQueryHandler(log_request, Act.pattern(deed="requested")),
    ]


async def switch_off(update: Update, context: Context) -> None:
    """Say nothing but the facts after a refusal from now on."""
    vacancy = await context.vacancy(Card.unpack(data_of(update)).vacancy)
    if standing_refusal(vacancy) is None:
        raise StaleButton
    context.session.user = replace(context.user, notes_off=True)
    known = await around_of(context, vacancy)
    name = parts.title(context.texts, vacancy)
    note = [context.texts("card.title", name=name), context.texts("note.switched_off")]
    context.show(refusal.screen(context.reader, vacancy, context.step_of(vacancy), known, note=note))


async def warn(update: Update, context: Context) -> None:
    """Warn of what a formal request can do (R65)."""
    vacancy = _refused(await context.vacancy(Card.unpack(data_of(update)).vacancy))
    context.show(refusal.warning(context.reader, vacancy, _request(context, vacancy)))


async def show_letter(update: Update, context: Context) -> None:
    """Show the formal request."""
    vacancy = _refused(await context.vacancy(Card.unpack(data_of(update)).vacancy))
    context.show(refusal.letter(context.reader, vacancy, _request(context, vacancy)))


async def log_request(update: Update, context: Context) -> None:
    """Log that the formal request was sent; its answer is asked about in time (R64)."""
    pressed = Act.unpack(data_of(update))
    vacancy = _refused(await context.vacancy(pressed.vacancy, pressed.seq))
    step = _request(context, vacancy)
    sent = Touched(technique=step.technique, channel=Channel.EMAIL, contact_id=step.contact_id)
    reported = context.report(vacancy, sent)
    what = context.texts.plain("deed.requested")
    context.show(report.logged(context.texts, reported.vacancy, reported.step, what, context.now))


def _refused(vacancy: Vacancy) -> Vacancy:
    """Return the vacancy; raises StaleButton where there is nothing to be requested (R113)."""
    if not may_request(vacancy):
        raise StaleButton
    return vacancy


def _request(context: Context, vacancy: Vacancy) -> Step:
    working_time = WorkingTime.between(context.user, vacancy)
    return formal_request(vacancy, working_time, context.now, context.user.pace)
