"""Call mode: a tap for what the other side says, a tap that logs the call."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.callbacks import TALKED, Talk, Told
from bot.context import Context
from bot.conversations import lesson
from bot.conversations.logged import show_logged
from bot.domain.refusals import standing_refusal
from bot.domain.step import Step
from bot.domain.vacancy import Technique, Vacancy
from bot.errors import StaleButton
from bot.reporting import outcome_facts
from bot.taps import data_of
from bot.views import call_mode, report
from bot.views.call_lines import LINES, Line

#: Nobody names a day further ahead.
_FURTHEST = timedelta(days=366)


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Return the handlers of this module."""
    return [
        CallbackQueryHandler(show_line, Talk.pattern()),
        CallbackQueryHandler(log, Told.pattern()),
    ]


async def show_line(update: Update, context: Context) -> None:
    """Show the next line to say."""
    pressed = Talk.unpack(data_of(update))
    vacancy = await context.vacancy(pressed.vacancy, pressed.seq)
    if _line(pressed.line).dated:
        _known_day(context, pressed.day)
    if pressed.rehearsal:
        step = call_mode.rehearsed(vacancy, context.step_of(vacancy), context.reader)
    else:
        step = _talk(context, vacancy)
    context.show(call_mode.line(context.reader, vacancy, step, pressed))


async def log(update: Update, context: Context) -> None:
    """Log the call as it came out at a line, or ask for the day that this names."""
    pressed = Told.unpack(data_of(update))
    vacancy = await context.vacancy(pressed.vacancy, pressed.seq)
    line, step = _line(pressed.line), _talk(context, vacancy)
    if pressed.outcome not in line.logs:
        raise StaleButton(pressed.outcome)
    names_day, by_day = pressed.outcome in report.DATED, pressed.outcome == line.day_logs
    if names_day and not by_day and not line.dated:
        today = _today(context)
        context.show(report.ask_day(context.texts, vacancy, pressed.outcome, TALKED, today))
        return
    on = _known_day(context, pressed.day) if names_day and not (by_day and pressed.day == "none") else None
    said = replace(step, technique=line.technique or step.technique)
    reported = context.report(vacancy, *outcome_facts(vacancy, said, pressed.outcome, on))
    await show_logged(context, reported, pressed.outcome, on=on)
    if said.technique is Technique.ASK_REASONS and standing_refusal(reported.vacancy):
        lesson.begin(context, reported.vacancy)


def _line(name: str) -> Line:
    if name not in LINES:
        raise StaleButton(name)
    return LINES[name]


def _talk(context: Context, vacancy: Vacancy) -> Step:
    """Return the call that is going on; raises StaleButton when another step is next by now."""
    step = context.step_of(vacancy)
    if step is None or not call_mode.is_talk(step):
        raise StaleButton
    return step


def _known_day(context: Context, day: str | None) -> date:
    """Return the day that was named; raises StaleButton for one nobody was offered."""
    try:
        on = date.fromisoformat(day or "")
    except ValueError as error:
        raise StaleButton(day) from error
    if not timedelta() <= on - _today(context) <= _FURTHEST:
        raise StaleButton(day)
    return on


def _today(context: Context) -> date:
    return context.now.astimezone(ZoneInfo(context.texts.zone)).date()
