"""Puts screens into a chat."""

from collections.abc import Sequence

from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.views.screen import Screen

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_UNCHANGED = "message is not modified"
#: Telegram's words for messages that can no longer be edited.
_GONE = ("message to edit not found", "message can't be edited")


async def send(bot: Bot, chat_id: int, screen: Screen) -> Message:
    """Send a screen and what follows it; return its first message."""
    markup = InlineKeyboardMarkup(screen.keyboard) if screen.keyboard else None
    if screen.document:
        message = await bot.send_document(
            chat_id,
            screen.document.content,
            filename=screen.document.name,
            caption=screen.text or None,
            parse_mode=ParseMode.HTML,
            reply_markup=markup,
            disable_notification=screen.silent,
        )
    else:
        typed = ForceReply(input_field_placeholder=screen.placeholder) if screen.placeholder else None
        message = await bot.send_message(
            chat_id,
            screen.text,
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            reply_markup=markup or typed,
            disable_notification=screen.silent,
        )
    for following in screen.more:
        await send(bot, chat_id, following)
    return message


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
        await bot.edit_message_text(
            screen.text,
            chat_id=message.chat_id,
            message_id=message.message_id,
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            reply_markup=InlineKeyboardMarkup(screen.keyboard) if screen.keyboard else None,
        )
    except BadRequest as error:
        if _UNCHANGED in error.message.lower():
            return
        if not any(words in error.message.lower() for words in _GONE):
            raise
        await send(bot, message.chat_id, screen)
        return
    for following in screen.more:
        await send(bot, message.chat_id, following)
