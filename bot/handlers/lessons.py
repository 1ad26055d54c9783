"""The list of lessons."""

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.callbacks import Go, Lessons
from bot.context import Context
from bot.taps import data_of
from bot.views import lessons


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Return the handlers of this module."""
    return [
        CommandHandler("lessons", show),
        CallbackQueryHandler(show, Go.pattern(place="lessons")),
        CallbackQueryHandler(turn_page, Lessons.pattern()),
    ]


async def show(_update: Update, context: Context) -> None:
    """Show the latest lessons."""
    await _show(context, 0)


async def turn_page(update: Update, context: Context) -> None:
    """Show another page of the lessons."""
    await _show(context, Lessons.unpack(data_of(update)).page)


async def _show(context: Context, page: int) -> None:
    vacancies = await context.services.storage.vacancies.all(context.user.id)
    context.show(lessons.screen(context.texts, vacancies, page))
