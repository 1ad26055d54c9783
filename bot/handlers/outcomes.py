"""One tap logs what happened; the message turns into what was logged and what comes next."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot import planning
from bot.callbacks import CALLED, Act, OnDay, Report, Snooze, Undo
from bot.context import Context
from bot.conversations.logged import show_logged
from bot.domain.facts import Fact, Snoozed
from bot.domain.vacancy import Outcome, Vacancy
from bot.errors import StaleButton
from bot.reporting import deed_facts, next_stage_fact, outcome_facts, snoozed_until
from bot.taps import data_of
from bot.views import card, report
from bot.views.wording import said_at_once


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Return the handlers of this module."""
    return [
        CallbackQueryHandler(log_outcome, Report.pattern()),
        CallbackQueryHandler(log_day, OnDay.pattern()),
        CallbackQueryHandler(snooze, Snooze.pattern()),
        CallbackQueryHandler(act, Act.pattern()),
        CallbackQueryHandler(undo, Undo.pattern()),
    ]


async def log_outcome(update: Update, context: Context) -> None:
    """Log an outcome, or ask for the day it names."""
    pressed = Report.unpack(data_of(update))
    vacancy = await context.vacancy(pressed.vacancy, pressed.seq)
    if pressed.outcome in report.DATED:
        today = context.now.astimezone(ZoneInfo(context.texts.zone)).date()
        context.show(report.ask_day(context.texts, vacancy, pressed.outcome, pressed.touched, today))
        return
    step = context.step_of(vacancy) if pressed.touched else None
    await _log(context, vacancy, pressed, outcome_facts(vacancy, step, pressed.outcome))


async def log_day(update: Update, context: Context) -> None:
    """Log an outcome with the day that was tapped."""
    pressed = OnDay.unpack(data_of(update))
    vacancy = await context.vacancy(pressed.vacancy, pressed.seq)
    try:
        on = None if pressed.day == "none" else date.fromisoformat(pressed.day)
    except ValueError as error:
        raise StaleButton(pressed.day) from error
    step = context.step_of(vacancy) if pressed.touched else None
    facts = outcome_facts(vacancy, step, pressed.outcome, on)
    if on and pressed.outcome == Outcome.NEXT_STAGE:
        facts.append(next_stage_fact(vacancy, on, None, context.user.zone))
    await _log(context, vacancy, pressed, facts, on)


async def snooze(update: Update, context: Context) -> None:
    """Remind later."""
    pressed = Snooze.unpack(data_of(update))
    vacancy = await context.vacancy(pressed.vacancy, pressed.seq)
    until = snoozed_until(pressed.choice, vacancy, context.now, context.user.zone)
    reported = context.report(vacancy, Snoozed(until))
    context.show(report.snoozed(context.texts, reported.vacancy, reported.step, context.now))


async def act(update: Update, context: Context) -> None:
    """Do something with the next step or with the vacancy."""
    pressed = Act.unpack(data_of(update))
    vacancy = await context.vacancy(pressed.vacancy, pressed.seq)
    step = context.step_of(vacancy)
    if pressed.deed == "did" and report.has_outcome(step):
        context.show(report.menu(context.texts, vacancy, step))
        return
    reported = context.report(vacancy, *deed_facts(pressed.deed, step))
    what = context.texts.plain(f"deed.{pressed.deed}")
    context.show(report.logged(context.texts, reported.vacancy, reported.step, what, context.now))


async def undo(update: Update, context: Context) -> None:
    """Take the last report back; the plan is as it was."""
    pressed = Undo.unpack(data_of(update))
    stores = context.services.storage
    vacancy = await context.vacancy(pressed.vacancy)
    history = await stores.vacancies.history(context.user.id, vacancy.id)
    undone = planning.undone(vacancy, history, pressed.seq, context.user, context.now)
    context.session.records.append(undone.record)
    note = context.texts("report.undone")
    context.show(card.card(context.texts, undone.vacancy, undone.step, context.now, note))


async def _log(
    context: Context, vacancy: Vacancy, pressed: Report | OnDay, facts: list[Fact], on: date | None = None
) -> None:
    reported = context.report(vacancy, *facts)
    say = None
    if pressed.touched == CALLED:
        say = said_at_once(
            context.reader, reported.vacancy, reported.step, pressed.outcome, dated=on is not None
        )
    await show_logged(context, reported, pressed.outcome, on=on, say=say)
