"""The buttons under the weekly messages: what to close and what to keep, and whether they come at all."""

from datetime import datetime, timedelta
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot import planning
from bot.callbacks import Sort, Switch
from bot.clock import stamp, stamped
from bot.context import Context
from bot.conversations.typed_settings import change
from bot.domain.facts import Closed, Event, Kept
from bot.domain.sweep import Sweep
from bot.domain.vacancy import Vacancy
from bot.domain.weeks import Weekly, switched
from bot.errors import StaleButton
from bot.reporting import deed_facts
from bot.taps import data_of
from bot.views import sweep
from bot.views import weekly as views
from bot.weekly import sweep_at

#: A list that is older is made anew.
_FRESH = timedelta(days=30)


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Return the handlers of this module."""
    return [
        CallbackQueryHandler(undo, Sort.pattern(deed="undo")),
        CallbackQueryHandler(sort, Sort.pattern()),
        CallbackQueryHandler(switch, Switch.pattern()),
    ]


async def sort(update: Update, context: Context) -> None:
    """List, choose or settle; a list that has changed since is shown anew instead."""
    pressed = Sort.unpack(data_of(update))
    found = await _found(context, _moment(pressed))
    is_changed = found.fingerprint != pressed.listed
    if is_changed:
        found = await _found(context, context.now)
    if not found.quiet:
        context.show(sweep.nothing(context.texts))
    elif is_changed:
        note = context.texts("sweep.changed") if pressed.listed else None
        context.show(sweep.sweep(context.texts, found, note=note))
    elif not 0 <= pressed.chosen < 1 << len(found.quiet):
        raise StaleButton
    else:
        _sort(context, found, pressed)


async def undo(update: Update, context: Context) -> None:
    """Take back what one tap has closed and kept, as far as nothing was reported since."""
    at = _moment(Sort.unpack(data_of(update)))
    stores = context.services.storage
    vacancies: list[Vacancy] = []
    for vacancy in await stores.vacancies.all(context.user.id):
        restored = vacancy
        if at in {vacancy.status_since, vacancy.kept_at}:
            history = await stores.vacancies.history(context.user.id, vacancy.id)
            if _has_settled(history[-1], at):
                undone = planning.undone(vacancy, history, vacancy.seq, context.user, context.now)
                context.session.records.append(undone.record)
                restored = undone.vacancy
        vacancies.append(restored)
    if not context.session.records:
        raise StaleButton
    found = sweep_at(vacancies, context.user, context.now)
    context.show(sweep.sweep(context.texts, found, note=context.texts("report.undone")))


async def switch(update: Update, context: Context) -> None:
    """Let a weekly message come, or not; what it said stays in the chat."""
    pressed = Switch.unpack(data_of(update))
    try:
        weekly = Weekly(pressed.weekly)
    except ValueError as error:
        raise StaleButton(pressed.weekly) from error
    if pressed.value not in {"on", "off"}:
        raise StaleButton(pressed.value)
    is_on = pressed.value == "on"
    await change(context, switched(context.user, weekly, on=is_on))
    if is_on:
        context.show(views.switched_on(context.texts, weekly))
    else:
        context.say(views.switched_off(context.texts, weekly))


def _sort(context: Context, found: Sweep, pressed: Sort) -> None:
    match pressed.deed:
        case "list":
            context.show(sweep.sweep(context.texts, found))
        case "choose":
            context.show(sweep.choosing(context.texts, found, pressed.chosen))
        case "settle":
            _settle(context, found, pressed.chosen)
        case _:
            raise StaleButton(pressed.deed)


def _settle(context: Context, found: Sweep, chosen: int) -> None:
    """Close what is chosen, keep the rest."""
    closed: list[Vacancy] = []
    kept: list[Vacancy] = []
    for place, one in enumerate(found.quiet):
        is_chosen = bool(chosen >> place & 1)
        context.report(one.vacancy, *deed_facts("give_up" if is_chosen else "keep", None))
        (closed if is_chosen else kept).append(one.vacancy)
    undoing = Sort("undo", stamp(context.now))
    context.show(sweep.settled(context.texts, closed, kept, undoing, found.more))


def _moment(pressed: Sort) -> datetime:
    try:
        return stamped(pressed.at)
    except OverflowError as error:
        raise StaleButton(pressed.at) from error


def _has_settled(event: Event, at: datetime) -> bool:
    return event.at == at and all(isinstance(fact, Closed | Kept) for fact in event.facts)


async def _found(context: Context, at: datetime) -> Sweep:
    """Return the sweep of a moment, as far as it is still true."""
    at = at if context.now - _FRESH <= at <= context.now else context.now
    active = await context.services.storage.vacancies.active(context.user.id)
    return sweep_at(active, context.user, at)
