"""The texts that can be put into own words, by technique; back to the original with one tap."""

from typing import Any

from msgspec.structs import replace
from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.callbacks import OwnGroup, OwnText
from bot.context import Context
from bot.domain.users import own_key
from bot.errors import StaleButton
from bot.taps import data_of
from bot.views import own_words


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Return the handlers of this module."""
    return [
        CallbackQueryHandler(show, OwnGroup.pattern()),
        CallbackQueryHandler(reset, OwnText.pattern(deed="reset")),
    ]


async def show(update: Update, context: Context) -> None:
    """Show all groups of texts, or the texts of one."""
    pressed = OwnGroup.unpack(data_of(update))
    languages = context.services.packs.languages
    if pressed.language not in languages or pressed.group not in {None, *own_words.GROUPS}:
        raise StaleButton(pressed.language)
    if pressed.group is None:
        context.show(own_words.groups(context.texts, context.user, pressed.language, languages))
    elif pressed.vacancy is None:
        context.show(own_words.group(context.texts, context.user, pressed))
    else:  # it was tapped under words that are still needed
        context.say(own_words.group(context.texts, context.user, pressed))


async def reset(update: Update, context: Context) -> None:
    """Go back to the original of a text; the user's own is given back once more."""
    pressed = OwnText.unpack(data_of(update))
    kept = dict(context.user.own_words)
    own = kept.pop(own_key(pressed.name, pressed.language), None)
    if own is None or pressed.name not in own_words.TEXTS:
        raise StaleButton(pressed.name)
    context.session.user = replace(context.user, own_words=kept)
    context.show(own_words.was_reset(context.texts, pressed.name, pressed.language, own))
