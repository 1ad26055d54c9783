"""The tips: /tips shows one card at a time; whether they come by themselves, and which of them."""

from typing import Any

from msgspec.structs import replace
from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.callbacks import TipCard
from bot.context import Context
from bot.conversations.tip_offers import with_seen
from bot.errors import StaleButton
from bot.taps import data_of
from bot.tips import Tip
from bot.views import tips


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Return the handlers of this module."""
    return [
        CommandHandler("tips", show_first),
        CallbackQueryHandler(show, TipCard.pattern(deed="show")),
        CallbackQueryHandler(hide, TipCard.pattern(deed="hide")),
        CallbackQueryHandler(drop, TipCard.pattern(deed="drop")),
        CallbackQueryHandler(switch, TipCard.pattern(deed="on")),
        CallbackQueryHandler(switch, TipCard.pattern(deed="off")),
    ]


async def show_first(_update: Update, context: Context) -> None:
    """Show the first tip."""
    _show(context, context.services.tips.all[0])


async def show(update: Update, context: Context) -> None:
    """Show the tip that was tapped."""
    _show(context, _tapped(update, context))


async def hide(update: Update, context: Context) -> None:
    """Never bring a tip again; it can still be read here."""
    tip = _tapped(update, context)
    context.session.user = with_seen(context.user, tip)
    _show(context, tip)


async def drop(update: Update, context: Context) -> None:
    """Never bring a tip again that has come by itself, and take it out of the chat."""
    tip = _tapped(update, context)
    context.session.user = with_seen(context.user, tip)
    context.show(tips.dropped(context.texts, context.services.tips, tip))


async def switch(update: Update, context: Context) -> None:
    """Let tips come by themselves, or not."""
    off = TipCard.unpack(data_of(update)).deed == "off"
    context.session.user = replace(context.user, tips_off=off)
    _show(context, _tapped(update, context))


def _show(context: Context, tip: Tip) -> None:
    context.show(tips.card(context.texts, context.services.tips, tip, context.user))


def _tapped(update: Update, context: Context) -> Tip:
    tip = context.services.tips.find(TipCard.unpack(data_of(update)).tip)
    if tip is None:
        raise StaleButton
    return tip
