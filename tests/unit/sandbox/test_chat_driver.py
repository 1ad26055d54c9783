"""The acceptance driver, tried on a bot of three handlers."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from chat_driver import EMMA, Chat, Toast
from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.sandbox.request import SandboxRequest
from bot.sandbox.telegram import InMemoryTelegram

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


def build(telegram: InMemoryTelegram) -> AnyApplication:
    request = SandboxRequest(telegram)
    builder = Application.builder().token("1:any").request(request).get_updates_request(request)
    application: AnyApplication = builder.updater(None).build()
    application.add_handler(CommandHandler("start", _start))
    application.add_handler(CallbackQueryHandler(_tapped))
    application.add_handler(MessageHandler(filters.ALL, _echo))
    return application


async def _start(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    markup = InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton("Skip", callback_data="skip"),
                InlineKeyboardButton("Mute", callback_data="mute"),
            ],
            [InlineKeyboardButton("Copy", copy_text=CopyTextButton("+1"))],
            [InlineKeyboardButton("Open", url="https://t.me/x")],
        ]
    )
    await update.message.reply_html("<b>Hello</b> &amp; welcome", reply_markup=markup)


async def _tapped(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    assert query is not None
    if query.data == "skip":
        await query.answer("Skipped", show_alert=True)
        await query.edit_message_text("Done")


async def _echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    message = update.effective_message
    if message is not None:
        kind = "contact" if message.contact else "document" if message.document else message.text
        await context.bot.send_document(message.chat.id, b"x", filename="x.ics", caption=f"{kind}")


@pytest.fixture
async def chat(telegram: InMemoryTelegram) -> AsyncIterator[Chat]:
    async with build(telegram) as application:
        yield Chat(telegram, application)


async def test_a_conversation_reads_like_one(chat: Chat) -> None:
    await chat.send("/start")
    assert (chat.last.text, chat.last.html) == ("Hello & welcome", "<b>Hello</b> &amp; welcome")
    assert chat.last.buttons == [["Skip", "Mute"], ["Copy"], ["Open"]]
    assert [await chat.click("Copy"), await chat.click("Open")] == ["+1", "https://t.me/x"]
    await chat.click("Skip")
    assert (chat.last.text, chat.last.buttons, chat.last.is_edited) == ("Done", [], True)
    assert chat.toast == Toast("Skipped", is_alert=True)
    assert list(chat.telegram.refusals) == []


async def test_other_things_are_sent_too(chat: Chat) -> None:
    await chat.send("/start")
    await chat.send_contact("+1", "Maria", last_name="K")
    await chat.send_document("a.txt", b"abc", "look")
    await chat.forward("We will call", name="HR")
    await chat.forward("Hi", name="HR", username="hr_acme", user_id=7)
    captions = [message.text for message in chat.messages if message.document == "x.ics"]
    assert captions == ["contact", "document", "We will call", "Hi"]
    assert chat.last.content == b"x"


async def test_the_same_update_can_come_again(chat: Chat) -> None:
    await chat.send("/start")
    await chat.redeliver()
    assert [message.text for message in chat.messages] == ["/start", "Hello & welcome", "Hello & welcome"]
    assert chat.telegram.state.updates.pending == []


async def test_two_people_and_two_applications_share_one_telegram(
    chat: Chat, telegram: InMemoryTelegram
) -> None:
    async with build(telegram) as second:
        emma = Chat(telegram, second, EMMA)
        await chat.send("/start")
        await emma.send("/start")
        chat.application = second
        await chat.click("Skip")
    assert (chat.last.text, emma.last.text) == ("Done", "Hello & welcome")


async def test_mistakes_of_a_test_are_told_at_once(chat: Chat) -> None:
    with pytest.raises(AssertionError, match="the bot has written nothing"):
        _ = chat.last
    with pytest.raises(AssertionError, match="nothing was delivered yet"):
        await chat.redeliver()
    await chat.send("/start")
    with pytest.raises(
        AssertionError, match=r"(?s)no message shows a button 'Back'; the chat is:\n.*\[Skip\] \[Mute\]"
    ):
        await chat.click("Back")
    shown = chat.last
    with pytest.raises(AssertionError, match="the tap on 'mute' was not answered"):
        await chat.click("Mute")
    await chat.click("Skip")
    with pytest.raises(AssertionError, match="no button 'Skip' on message #2 Done"):
        await chat.click_on(shown, "Skip")
    with pytest.raises(AssertionError, match="there is no message 99"):
        chat.message(99)


async def test_a_stale_tap_still_arrives(chat: Chat) -> None:
    await chat.send("/start")
    await chat.click("Skip")
    await chat.block()
    await chat.unblock()
    with pytest.raises(AssertionError, match="the tap on 'gone' was not answered"):
        await chat.tap("gone")
