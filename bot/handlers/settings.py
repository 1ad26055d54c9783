"""The settings: shown, and changed by a tap; typed ones are in conversations/typing.py."""

from typing import Any

from msgspec.structs import replace
from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.callbacks import Go, Setting
from bot.context import Context
from bot.conversations.typed_settings import save, with_zone
from bot.domain.users import Form, Pace, Tone, User
from bot.domain.weeks import Weekly, switched
from bot.errors import StaleButton
from bot.taps import data_of
from bot.views import settings
from bot.views.welcome import known_zone


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Return the handlers of this module."""
    return [
        CommandHandler("settings", show),
        CallbackQueryHandler(show, Go.pattern(place="settings")),
        CallbackQueryHandler(change, Setting.pattern()),
    ]


async def show(_update: Update, context: Context) -> None:
    """Show the settings."""
    context.show(settings.menu(context.texts, context.user, context.now))


async def change(update: Update, context: Context) -> None:
    """Offer the values of a setting, or take one."""
    pressed = Setting.unpack(data_of(update))
    try:
        if pressed.value is None:
            context.show(settings.values(context.texts, pressed.name, context.services.catalogues.languages))
        else:
            languages = context.services.catalogues.languages
            await save(context, _changed(context.user, pressed.name, pressed.value, languages))
    except (KeyError, ValueError) as error:
        raise StaleButton(pressed.name) from error


def _changed(user: User, name: str, value: str, languages: tuple[str, ...]) -> User:
    match name:
        case "language" if value in languages:
            return replace(user, language=value)
        case "letter_language" if value in languages:
            return replace(user, letter_language=value)
        case "form":
            return replace(user, form=Form(value))
        case "tone":
            return replace(user, tone=Tone(value))
        case "pace":
            return replace(user, pace=Pace(value))
        case "quiet":
            return replace(user, quiet=settings.quiet_hours(value))
        case "zone":
            return with_zone(user, known_zone(value))
        case "country" if value == "none":
            return replace(user, country="")
    return _switched(user, name, value)


def _switched(user: User, name: str, value: str) -> User:
    """Return the user with something switched on or off."""
    match name:
        case "notes" if value in settings.NOTES:
            return replace(user, notes_off=value == "off")
        case "sweep" | "review" if value in settings.SWITCH:
            return switched(user, Weekly(name), on=value == "on")
    raise StaleButton(name)
