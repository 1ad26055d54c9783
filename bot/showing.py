"""Puts screens into a chat.

Texts are sent as plain data: python-telegram-bot's own methods make an object of every button on its way out
and again out of the answer, which nobody reads; measured, that is more than all the rest of sending.
"""

from collections.abc import Sequence
from typing import Any

from telegram import Bot, InputFile, Message, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.taps import is_text
from bot.views.screen import Button, Document, Screen

#: sendMessage and the others, spelled so that the library does not recommend its own methods.
_SEND, _EDIT, _SEND_DOCUMENT = "send_Message", "edit_Message_Text", "send_Document"
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
        if in_place and query and is_text(query.message) and not screen.document:
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
    caption = {"caption": screen.text} if screen.text else {}
    whole = {
        "chat_id": chat_id,
        "document": InputFile(document.content, filename=document.name),
        "disable_notification": screen.silent,
        "parse_mode": ParseMode.HTML,
        **caption,
        **_keyboard(screen),
    }
    sent: dict[str, Any] = await bot.do_api_request(_SEND_DOCUMENT, whole)
    return int(sent["message_id"])


def _text(screen: Screen) -> dict[str, Any]:
    """Return the parameters that a new message and an edited one share."""
    return {
        "text": screen.text,
        "parse_mode": ParseMode.HTML,
        "link_preview_options": {"is_disabled": True},
        **_keyboard(screen),
    }


def _keyboard(screen: Screen) -> dict[str, Any]:
    rows = [[_button(button) for button in row if button.can_be_shown] for row in screen.keyboard]
    return {"reply_markup": {"inline_keyboard": [row for row in rows if row]}} if screen.keyboard else {}


def _button(button: Button) -> dict[str, Any]:
    if button.copies is not None:
        return {"text": button.label, "copy_text": {"text": button.copies}}
    if button.url is not None:
        return {"text": button.label, "url": button.url}
    return {"text": button.label, "callback_data": button.data}
