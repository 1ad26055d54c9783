"""The main screens: today, vacancies, help; cancel where nothing is under way."""

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.callbacks import Go, Nav, Page
from bot.context import Context
from bot.domain.vacancy import Vacancy
from bot.handlers.resuming import resume, under_way
from bot.planning import due_since, spaced
from bot.taps import data_of
from bot.views import home, notices, push
from bot.views.home import Item


def commands() -> list[BaseHandler[Update, Context, Any]]:
    """Return the commands, which interrupt no dialog."""
    return [
        CommandHandler("today", show_today),
        CommandHandler("vacancies", show_vacancies),
        CommandHandler("help", show_help),
        CallbackQueryHandler(go_on, Nav.pattern(step="any", move="resume")),
    ]


def buttons() -> list[BaseHandler[Update, Context, Any]]:
    """Return the buttons that lead to the main screens."""
    return [
        CallbackQueryHandler(show_today, Go.pattern(place="today")),
        CallbackQueryHandler(show_due, Go.pattern(place="due")),
        CallbackQueryHandler(show_vacancies, Go.pattern(place="vacancies")),
        CallbackQueryHandler(show_help, Go.pattern(place="help")),
        CallbackQueryHandler(turn_page, Page.pattern()),
        CommandHandler("cancel", nothing_to_cancel),
    ]


async def show_today(_update: Update, context: Context) -> None:
    """Show what is overdue, due and waited for."""
    await today(context)


async def today(context: Context, heading: str = "today.title") -> None:
    """Show the home screen."""
    context.show(home.today(context.reader, await _items(context), under_way(context), heading))


async def show_due(_update: Update, context: Context) -> None:
    """Show again what is due at this moment, as it came in one message."""
    due = [item for item in await _items(context) if item.step and item.step.due <= context.now]
    if len(due) > 1:
        context.show(push.digest(context.texts, due))
    else:
        await today(context)


async def show_vacancies(_update: Update, context: Context) -> None:
    """Show the first page of the active vacancies."""
    await _list(context, 0, closed=False)


async def turn_page(update: Update, context: Context) -> None:
    """Show another page of a list."""
    pressed = Page.unpack(data_of(update))
    await _list(context, pressed.page, closed=bool(pressed.closed))


async def show_help(_update: Update, context: Context) -> None:
    """Show what the bot does and its commands."""
    context.show(notices.help_screen(context.texts))


async def go_on(_update: Update, context: Context) -> None:
    """Show the open question of the dialog under way."""
    if not resume(context):
        await today(context)


async def nothing_to_cancel(_update: Update, context: Context) -> None:
    """Say that nothing is under way."""
    context.show(notices.nothing_to_cancel(context.texts))


async def _items(context: Context) -> list[Item]:
    """Return the open vacancies with their next steps, those at one employer side by side."""
    active = await _active(context)
    return [_item(context, spaced(vacancy, active, context.user, context.now)) for vacancy in active]


def _item(context: Context, vacancy: Vacancy) -> Item:
    step = context.step_of(vacancy)
    return Item(vacancy, step, due_since(vacancy, step, context.user) if step else None)


async def _active(context: Context) -> tuple[Vacancy, ...]:
    return await context.services.storage.vacancies.active(context.user.id)


async def _list(context: Context, page: int, *, closed: bool) -> None:
    vacancies = (
        [v for v in await context.services.storage.vacancies.all(context.user.id) if v.is_closed]
        if closed
        else await _active(context)
    )
    items = [Item(vacancy, None) for vacancy in vacancies]
    context.show(home.vacancies(context.texts, items, context.now, page, closed=closed))
