"""Single-step commands and buttons; `register` is the one visible order."""

from typing import Any

from telegram.ext import Application

from bot.conversations import interview, lesson, reply, typing, welcome
from bot.conversations import own_words as own_words_dialog
from bot.handlers import (
    agreed,
    beside,
    call_mode,
    cards,
    errors,
    free_text,
    groups,
    home,
    lessons,
    letters,
    membership,
    outcomes,
    own_data,
    own_words,
    pausing,
    refusals,
    repeat,
    settings,
    tips,
    unknown,
    weekly,
)


def register(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    """Add every handler. Order matters: the first that takes an update is the only one."""
    application.add_handler(repeat.handler(), repeat.GROUP)
    application.add_handlers(
        [
            *groups.handlers(),  # before all others: nothing private is shown in a group
            *membership.handlers(),
            *home.commands(),  # commands work in the middle of any dialog
            *agreed.commands(),
            *own_data.handlers(),
            *pausing.commands(),
            *tips.handlers(),
            *lessons.handlers(),
            welcome.conversation(),
            interview.conversation(),
            typing.conversation(),
            reply.conversation(),
            own_words_dialog.conversation(),
            lesson.conversation(),
            *home.buttons(),
            *agreed.handlers(),  # sides and deeds of a card, as the next ones
            *refusals.handlers(),
            *beside.handlers(),
            *letters.handlers(),
            *cards.handlers(),
            *outcomes.handlers(),
            *call_mode.handlers(),
            *settings.handlers(),
            *own_words.handlers(),
            *pausing.buttons(),
            *weekly.handlers(),
            *free_text.handlers(),
            *unknown.handlers(),  # always last
        ]
    )
    application.add_error_handler(errors.answer)
