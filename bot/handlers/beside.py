"""The other vacancies, when one has an offer or is signed: each is told of it, or left kindly, by a tap."""

from datetime import timedelta
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.callbacks import Beside, Card
from bot.context import Context
from bot.conversations.logged import offer_screen
from bot.domain.facts import Answered, Closed, Touched
from bot.domain.pressure import honest_pressure, is_too_soon
from bot.domain.step import Step
from bot.domain.vacancy import Channel, Outcome, Status, Vacancy
from bot.domain.working_time import WorkingTime
from bot.errors import StaleButton
from bot.taps import data_of
from bot.views import beside

#: Somebody who has signed elsewhere is asked about this reserve when a trial period ends (H9).
_TRIAL_PERIOD = timedelta(weeks=12)


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Return the handlers of this module."""
    return [
        CallbackQueryHandler(show_list, Card.pattern(side="offer")),
        CallbackQueryHandler(press, Beside.pattern(deed="press")),
        CallbackQueryHandler(log_press, Beside.pattern(deed="said")),
        CallbackQueryHandler(log_press, Beside.pattern(deed="wrote")),
        CallbackQueryHandler(ask_end, Beside.pattern(deed="end")),
        CallbackQueryHandler(show_letter, Beside.pattern(deed="leave")),
        CallbackQueryHandler(show_letter, Beside.pattern(deed="stay")),
        CallbackQueryHandler(log_end, Beside.pattern(deed="left")),
        CallbackQueryHandler(log_end, Beside.pattern(deed="stayed")),
    ]


async def show_list(update: Update, context: Context) -> None:
    """Show the offer with the others that still decide, or the contract with those that are to be told."""
    vacancy = await context.vacancy(Card.unpack(data_of(update)).vacancy)
    context.show(await offer_screen(context, vacancy, context.step_of(vacancy)))


async def press(update: Update, context: Context) -> None:
    """Show what to tell another employer of the offer, or when that is possible again (R42)."""
    _, vacancy, other = await _both(update, context, Status.OFFERED)
    ways = _ways(context, other)
    if _is_too_soon(context, other):
        context.show(beside.too_soon(context.texts, vacancy, other, ways[0]))
    else:
        context.show(beside.press(context.reader, vacancy, other, ways))


async def log_press(update: Update, context: Context) -> None:
    """Log that another employer was told of the offer, by phone or in writing."""
    deed, vacancy, other = await _both(update, context, Status.OFFERED)
    call, letter = _ways(context, other)
    if _is_too_soon(context, other):
        context.show(beside.too_soon(context.texts, vacancy, other, call))
        return
    step = call if deed == "said" else letter
    channel = step.channel or Channel.EMAIL
    reported = context.report(
        other, Touched(technique=step.technique, channel=channel, contact_id=step.contact_id)
    )
    if deed == "said":
        context.show(beside.told(context.texts, vacancy, reported.vacancy))
        return
    what = context.texts.plain(f"technique.{step.technique}")
    context.show(beside.reported(context.reader, vacancy, reported.vacancy, reported.step, what))


async def ask_end(update: Update, context: Context) -> None:
    """Ask what becomes of another vacancy now that a contract is signed."""
    _, vacancy, other = await _both(update, context, Status.SIGNED)
    context.show(beside.ways_to_end(context.texts, vacancy, other))


async def show_letter(update: Update, context: Context) -> None:
    """Show the letter that takes leave of an employer, or keeps in touch."""
    deed, vacancy, other = await _both(update, context, Status.SIGNED)
    _, letter = _ways(context, other)
    context.show(beside.leaving(context.reader, vacancy, other, letter, deed))


async def log_end(update: Update, context: Context) -> None:
    """Log that leave was taken: withdrawn, or kept in touch with until the trial period is over."""
    deed, vacancy, other = await _both(update, context, Status.SIGNED)
    until = WorkingTime.between(context.user, other).employer_day(context.now + _TRIAL_PERIOD)
    stays = deed == "stayed"
    end = Answered(outcome=Outcome.RESERVE, on=until) if stays else Closed(Status.WITHDRAWN)
    reported = context.report(other, end)
    what = context.texts.plain("deed.to_reserve" if stays else "deed.withdraw")
    context.show(beside.reported(context.reader, vacancy, reported.vacancy, reported.step, what))


async def _both(update: Update, context: Context, status: Status) -> tuple[str, Vacancy, Vacancy]:
    """Return what was tapped, and both vacancies as long as one has this status and the other is open."""
    pressed = Beside.unpack(data_of(update))
    vacancy = await context.vacancy(pressed.vacancy)
    other = await context.vacancy(pressed.other, pressed.seq)
    if vacancy.status is not status or other.is_closed or other.id == vacancy.id:
        raise StaleButton
    return pressed.deed, vacancy, other


def _ways(context: Context, other: Vacancy) -> tuple[Step, Step]:
    working_time = WorkingTime.between(context.user, other)
    return honest_pressure(other, working_time, context.now, context.user.pace)


def _is_too_soon(context: Context, other: Vacancy) -> bool:
    working_time = WorkingTime.between(context.user, other)
    return is_too_soon(other, working_time, context.now, context.user.pace)
