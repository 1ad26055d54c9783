"""What becomes of what was agreed: they did not come, it is off, the task is in; how to prepare for it."""

from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.callbacks import Act, Card, Choose
from bot.context import Context
from bot.domain.no_show import is_untold
from bot.domain.vacancy import Outcome, Vacancy
from bot.errors import StaleButton
from bot.handlers.home import today
from bot.handlers.resuming import under_way
from bot.language.no_shows import is_no_show
from bot.reporting import agreed_facts, changed_interview, interview_day, moment_on
from bot.taps import data_of
from bot.views import agreed, card, notices, preparation, report

_DEEDS = ("no_show", "interview_off", "no_new_time", "handed_in", "under_way")
#: The sides of a card that confirm something in writing.
_CONFIRMED = {"confirm": Outcome.NEXT_STAGE, "confirm_task": Outcome.TEST_TASK}
_DAY = timedelta(days=1)


def commands() -> list[BaseHandler[Update, Context, Any]]:
    """Return the commands, which interrupt no dialog."""
    return [CommandHandler("prepare", show_preparation)]


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Return the handlers of this module."""
    return [
        CallbackQueryHandler(prepare, Card.pattern(side="prepare")),
        *(CallbackQueryHandler(confirm, Card.pattern(side=side)) for side in _CONFIRMED),
        CallbackQueryHandler(take_hour, Choose.pattern(field="hour")),
        *(CallbackQueryHandler(act, Act.pattern(deed=deed)) for deed in _DEEDS),
    ]


async def show_preparation(_update: Update, context: Context) -> None:
    """Show how to prepare for the interview to come, or for any."""
    coming = [vacancy for vacancy in await _active(context) if _is_coming(vacancy, context)]
    if not coming:
        context.show(preparation.in_general(context.reader))
    elif len(coming) == 1:
        context.show(preparation.preparation(context.reader, coming[0]))
    else:
        context.show(preparation.which(context.reader, coming))


async def prepare(update: Update, context: Context) -> None:
    """Show how to prepare for the interview of a vacancy."""
    vacancy = await context.vacancy(Card.unpack(data_of(update)).vacancy)
    if not _is_coming(vacancy, context):
        raise StaleButton
    context.say(preparation.preparation(context.reader, vacancy))


async def confirm(update: Update, context: Context) -> None:
    """Show the letter that confirms what was agreed."""
    pressed = Card.unpack(data_of(update))
    vacancy = await context.vacancy(pressed.vacancy)
    letters = preparation.confirmation(context.reader, vacancy, _CONFIRMED[pressed.side])
    if not letters:
        raise StaleButton
    for letter in letters:
        context.say(letter)


async def take_hour(update: Update, context: Context) -> None:
    """Take the hour of an interview whose day is known."""
    pressed = Choose.unpack(data_of(update))
    vacancy = await context.vacancy(pressed.vacancy)
    try:
        hour = time.fromisoformat(pressed.value)
    except ValueError as error:
        raise StaleButton(pressed.value) from error
    on = interview_day(vacancy, pressed.item, context.user.zone)
    starts_at = moment_on(on, hour, context.user.zone)
    if starts_at <= context.now:
        raise StaleButton(pressed.value)
    reported = context.report(
        vacancy, changed_interview(vacancy, pressed.item, starts_at=starts_at, timed=True)
    )
    note = context.texts("edit.saved")
    context.show(card.card(context.texts, reported.vacancy, reported.step, context.now, note))


async def act(update: Update, context: Context) -> None:
    """Report what became of an interview or a task."""
    pressed = Act.unpack(data_of(update))
    vacancy = await context.vacancy(pressed.vacancy, pressed.seq)
    facts = agreed_facts(pressed.deed, vacancy, context.step_of(vacancy), context.now)
    reported = context.report(vacancy, *facts)
    what = context.texts.plain(f"deed.{pressed.deed}")
    context.show(report.logged(context.texts, reported.vacancy, reported.step, what, context.now))


async def take_no_show(context: Context, said: str) -> bool:
    """Take a text for a no-show, and ask to be sure where an interview is untold; tell whether it is one.

    Without such an interview it is silence, which the plan counts with: nothing to log, a refusal least of
    all (R113).
    """
    if not is_no_show(said, context.user.language):
        return False
    active = await _active(context)
    untold = [vacancy for vacancy in active if _is_untold_of_late(vacancy, context)]
    if untold:
        context.show(agreed.which_no_show(context.texts, untold))
    elif active:
        await today(context, "no_show.silence")
    else:
        context.show(notices.unknown(context.texts, under_way(context)))
    return True


def _is_coming(vacancy: Vacancy, context: Context) -> bool:
    return vacancy.interview is not None and vacancy.interview.starts_at > context.now


def _is_untold_of_late(vacancy: Vacancy, context: Context) -> bool:
    """Tell whether an interview of today or yesterday is untold."""
    meeting, zone = vacancy.interview, ZoneInfo(context.texts.zone)
    if meeting is None or not is_untold(meeting, context.now):
        return False
    return context.now.astimezone(zone).date() - meeting.starts_at.astimezone(zone).date() <= _DAY


async def _active(context: Context) -> tuple[Vacancy, ...]:
    return await context.services.storage.vacancies.active(context.user.id)
