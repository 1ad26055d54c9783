"""Every refusal word for word, and what accepted calls leave in the chat."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from telegram import (
    BotCommandScopeAllPrivateChats,
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from telegram.error import (
    BadRequest,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import ExtBot

from bot.clock import SettableClock
from bot.sandbox.contract import Upload
from bot.sandbox.refusals import ApiError
from bot.sandbox.telegram import InMemoryTelegram

Bot = ExtBot[None]
ANNA = 1001
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (20).to_bytes(4) + (10).to_bytes(4)


def keyboard(*buttons: dict[str, object], row: int = 8) -> dict[str, object]:
    named = [{"text": "b", **button} for button in buttons]
    return {"inline_keyboard": [named[start : start + row] for start in range(0, len(named), row)]}


TAP: dict[str, object] = {"callback_data": "x"}
CARD = {"chat_id": ANNA, "phone_number": "+1", "first_name": "A"}


def text(value: str, **more: object) -> tuple[str, dict[str, object]]:
    return "sendMessage", {"chat_id": ANNA, "text": value, **more}


def with_button(**button: object) -> tuple[str, dict[str, object]]:
    return text("x", reply_markup=keyboard(button))


@pytest.mark.parametrize(
    ("call", "code", "description"),
    [
        (("sendNothing", {}), 404, "Not Found: method not found"),
        (("sendDice", {"chat_id": ANNA}), 501, "Not Implemented: the sandbox does not know sendDice"),
        (text("x", colour=1), 400, "Bad Request: sendMessage has no colour"),
        (("sendMessage", {"chat_id": ANNA}), 400, "Bad Request: sendMessage lacks text"),
        (
            text("x", disable_notification=1),
            400,
            "Bad Request: sendMessage.disable_notification must be Boolean",
        ),
        (
            text("x", reply_markup={"inline_keyboard": [[{"callback_data": "x"}]]}),
            400,
            "Bad Request: sendMessage.reply_markup.inline_keyboard[0][0] lacks text",
        ),
        (text(""), 400, "Bad Request: message text is empty"),
        (text(" <b>\n</b> ", parse_mode="HTML"), 400, "Bad Request: message text is empty"),
        (text("😀" * 2049), 400, "Bad Request: message is too long"),
        (text("x", parse_mode="MarkdownV2"), 400, "Bad Request: unsupported parse_mode"),
        (text("<b>x</b>" * 101, parse_mode="HTML"), 400, "Bad Request: ENTITIES_TOO_LONG"),
        (
            text("<x>", parse_mode="HTML"),
            400,
            'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 0',
        ),
        (("sendMessage", {"chat_id": 5, "text": "x"}), 400, "Bad Request: chat not found"),
        (("sendMessage", {"chat_id": "@anna", "text": "x"}), 400, "Bad Request: chat not found"),
        (
            ("sendMessage", {"chat_id": 1002, "text": "x"}),
            403,
            "Forbidden: bot can't initiate conversation with a user",
        ),
        (with_button(callback_data="я" * 33), 400, "Bad Request: BUTTON_DATA_INVALID"),
        (with_button(callback_data=""), 400, "Bad Request: BUTTON_DATA_INVALID"),
        (with_button(copy_text={"text": "x" * 257}), 400, "Bad Request: BUTTON_COPY_TEXT_INVALID"),
        (with_button(copy_text={"text": ""}), 400, "Bad Request: BUTTON_COPY_TEXT_INVALID"),
        (with_button(), 400, "Bad Request: text buttons are unallowed in the inline keyboard"),
        (with_button(text=" ", **TAP), 400, "Bad Request: inline keyboard button text must be non-empty"),
        (
            with_button(url="https://a.b", **TAP),
            400,
            "Bad Request: inline keyboard button must have exactly one action",
        ),
        (
            with_button(url="tel:+7912"),
            400,
            "Bad Request: inline keyboard button URL 'tel:+7912' is invalid: Unsupported URL protocol",
        ),
        (
            with_button(url="https:///x"),
            400,
            "Bad Request: inline keyboard button URL 'https:///x' is invalid: Wrong HTTP URL",
        ),
        (text("x", reply_markup=keyboard(*[TAP] * 9, row=9)), 400, "Bad Request: REPLY_MARKUP_TOO_LONG"),
        (text("x", reply_markup=keyboard(*[TAP] * 101)), 400, "Bad Request: REPLY_MARKUP_TOO_LONG"),
        (
            text("x", reply_markup={"force_reply": True, "input_field_placeholder": "x" * 65}),
            400,
            "Bad Request: REPLY_MARKUP_PLACEHOLDER_INVALID",
        ),
        (text("x", reply_parameters={"message_id": 99}), 400, "Bad Request: message to be replied not found"),
        (("editMessageText", {"text": "x"}), 400, "Bad Request: message identifier is not specified"),
        (
            ("editMessageText", {"chat_id": ANNA, "message_id": 99, "text": "x"}),
            400,
            "Bad Request: message to edit not found",
        ),
        (
            ("deleteMessage", {"chat_id": ANNA, "message_id": 99}),
            400,
            "Bad Request: message to delete not found",
        ),
        (
            ("setMessageReaction", {"chat_id": ANNA, "message_id": 99}),
            400,
            "Bad Request: message to react not found",
        ),
        (
            ("pinChatMessage", {"chat_id": ANNA, "message_id": 99}),
            400,
            "Bad Request: message to pin not found",
        ),
        (("unpinChatMessage", {"chat_id": ANNA}), 400, "Bad Request: message to unpin not found"),
        (
            ("answerCallbackQuery", {"callback_query_id": "99"}),
            400,
            "Bad Request: query is too old and response timeout expired or query ID is invalid",
        ),
        (
            ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}),
            400,
            "Bad Request: MESSAGE_TOO_LONG",
        ),
        (
            ("sendChatAction", {"chat_id": ANNA, "action": "singing"}),
            400,
            "Bad Request: wrong parameter action in request",
        ),
        (
            ("sendDocument", {"chat_id": ANNA, "document": Upload("a", b"a", ""), "caption": "x" * 1025}),
            400,
            "Bad Request: message caption is too long",
        ),
        (
            ("sendDocument", {"chat_id": ANNA, "document": Upload("a", b"", "")}),
            400,
            "Bad Request: file must be non-empty",
        ),
        (
            ("sendDocument", {"chat_id": ANNA, "document": "file-99"}),
            400,
            "Bad Request: wrong file identifier/HTTP URL specified",
        ),
        (
            ("sendPhoto", {"chat_id": ANNA, "photo": Upload("a", b"a", "")}),
            400,
            "Bad Request: IMAGE_PROCESS_FAILED",
        ),
        (
            ("sendPhoto", {"chat_id": ANNA, "photo": Upload("a", bytes(10_000_001), "")}),
            413,
            "Request Entity Too Large",
        ),
        (("sendContact", {**CARD, "first_name": ""}), 400, "Bad Request: first_name is empty"),
        (
            ("setMyCommands", {"commands": [{"command": "New", "description": "x"}]}),
            400,
            "Bad Request: BOT_COMMAND_INVALID",
        ),
        (
            ("setMyCommands", {"commands": [{"command": "new", "description": " "}]}),
            400,
            "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        (
            ("setMyCommands", {"commands": [{"command": "new", "description": "x"}] * 101}),
            400,
            "Bad Request: BOT_COMMANDS_TOO_MUCH",
        ),
        (("setMyName", {"name": "x" * 65}), 400, "Bad Request: name is too long"),
        (("setMyDescription", {"description": "x" * 513}), 400, "Bad Request: description is too long"),
        (
            ("setMyShortDescription", {"short_description": "x" * 121}),
            400,
            "Bad Request: short_description is too long",
        ),
        (
            ("setWebhook", {"url": "http://a.b"}),
            400,
            "Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
        ),
    ],
)
async def test_telegram_refuses(
    telegram: InMemoryTelegram, call: tuple[str, dict[str, Any]], code: int, description: str
) -> None:
    telegram.state.chats[ANNA].started = True
    with pytest.raises(ApiError) as caught:
        await telegram.call(*call)
    assert (caught.value.code, caught.value.description) == (code, description)
    assert [refusal.description for refusal in telegram.refusals] == [description]
    assert list(telegram.calls) == []


@pytest.mark.parametrize(
    ("call", "shown"),
    [
        (text("😀" * 2048), "😀" * 2048),
        (text("<b>" + "&lt;" * 4096 + "</b>", parse_mode="HTML"), "<" * 4096),
        (with_button(callback_data="x" * 64), "x"),
        (with_button(copy_text={"text": "я" * 256}), "x"),
        (with_button(url="tg://user?id=1"), "x"),
        (text("x", reply_markup=keyboard(*[TAP] * 100)), "x"),
    ],
)
async def test_the_limit_itself_is_accepted(
    telegram: InMemoryTelegram, call: tuple[str, dict[str, Any]], shown: str
) -> None:
    telegram.state.chats[ANNA].started = True
    await telegram.call(*call)
    assert [posted.wire["text"] for posted in telegram.state.chats[ANNA].posted.values()] == [shown]


async def test_an_edit_shows_and_a_repeated_edit_is_refused(bot: Bot) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])
    sent = await bot.send_message(ANNA, "<b>one</b>", parse_mode="HTML", reply_markup=markup)
    edited = await bot.edit_message_text("two", ANNA, sent.message_id)
    assert not isinstance(edited, bool)
    assert (edited.text, edited.reply_markup, edited.edit_date is None) == ("two", None, False)
    with pytest.raises(BadRequest) as caught:
        await bot.edit_message_text("two", ANNA, sent.message_id)
    assert caught.value.message == (
        "Message is not modified: specified new message content and reply markup are exactly the same"
        " as a current content and reply markup of the message"
    )


async def test_only_what_can_be_edited_is(bot: Bot, telegram: InMemoryTelegram) -> None:
    own = telegram.people.say(ANNA, "mine")["message"]["message_id"]
    under_keyboard = await bot.send_message(ANNA, "x", reply_markup=ReplyKeyboardMarkup([["a"]]))
    for message_id in (own, under_keyboard.message_id):
        with pytest.raises(BadRequest, match="Message can't be edited"):
            await bot.edit_message_text("y", ANNA, message_id)
    photo = await bot.send_photo(ANNA, PNG, caption="c")
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("y", ANNA, photo.message_id)
    await bot.edit_message_caption(ANNA, photo.message_id, caption="d")
    assert telegram.state.chats[ANNA].posted[photo.message_id].wire["caption"] == "d"
    plain = await bot.send_message(ANNA, "x")
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await bot.edit_message_caption(ANNA, plain.message_id, caption="d")


async def test_deleting_within_two_days(bot: Bot, telegram: InMemoryTelegram, clock: SettableClock) -> None:
    old = await bot.send_message(ANNA, "old")
    clock.advance(timedelta(hours=48, seconds=1))
    new = await bot.send_message(ANNA, "new")
    await bot.pin_chat_message(ANNA, new.message_id)
    await bot.delete_message(ANNA, new.message_id)
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await bot.delete_message(ANNA, old.message_id)
    chat = telegram.state.chats[ANNA]
    assert (list(chat.posted), chat.pinned) == ([old.message_id], [])


async def test_pin_react_and_reply(bot: Bot, telegram: InMemoryTelegram) -> None:
    said = telegram.people.say(ANNA, "hello")["message"]["message_id"]
    await bot.set_message_reaction(ANNA, said, "👌")
    answer = await bot.send_message(ANNA, "hi", reply_parameters=ReplyParameters(said))
    assert answer.reply_to_message is not None
    assert answer.reply_to_message.text == "hello"
    await bot.pin_chat_message(ANNA, answer.message_id)
    await bot.pin_chat_message(ANNA, said)
    assert telegram.state.chats[ANNA].pinned == [answer.message_id, said]
    await bot.unpin_chat_message(ANNA)
    assert telegram.state.chats[ANNA].pinned == [answer.message_id]
    assert telegram.state.chats[ANNA].posted[said].reaction == "👌"
    with pytest.raises(BadRequest, match="Reaction_invalid"):
        await bot.set_message_reaction(ANNA, said, "🦖")
    gone = ReplyParameters(99, allow_sending_without_reply=True)
    assert (await bot.send_message(ANNA, "hi", reply_parameters=gone)).reply_to_message is None


async def test_files_go_up_and_come_down(bot: Bot) -> None:
    sent = await bot.send_document(ANNA, b"BEGIN:VCARD", filename="anna.vcf")
    assert sent.document is not None
    assert bytes(await (await sent.document.get_file()).download_as_bytearray()) == b"BEGIN:VCARD"
    again = await bot.send_document(ANNA, sent.document.file_id)
    assert again.document == sent.document
    photo = await bot.send_photo(ANNA, PNG)
    assert [(size.width, size.height) for size in photo.photo] == [(20, 10)]
    with pytest.raises(InvalidToken, match="Not Found"):
        await bot.request.retrieve("https://files/file/bot1:any/documents/none")


async def test_a_tap_is_answered_once_and_in_time(
    bot: Bot, telegram: InMemoryTelegram, clock: SettableClock
) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])
    sent = await bot.send_message(ANNA, "x", reply_markup=markup)
    query_id = telegram.people.press(ANNA, ANNA, sent.message_id, 0, 0)["callback_query"]["id"]
    await bot.answer_callback_query(query_id, "done", show_alert=True)
    await bot.answer_callback_query(query_id, "again")
    assert telegram.state.queries[query_id].answer == {"text": "done", "show_alert": True}
    clock.advance(timedelta(minutes=15, seconds=1))
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(query_id)


async def test_a_blocked_bot_is_told_so(bot: Bot, telegram: InMemoryTelegram) -> None:
    update = telegram.people.block(ANNA)["my_chat_member"]
    statuses = (update["old_chat_member"]["status"], update["new_chat_member"]["status"])
    assert statuses == ("member", "kicked")
    with pytest.raises(Forbidden, match="Forbidden: bot was blocked by the user"):
        await bot.send_message(ANNA, "x")
    with pytest.raises(ValueError, match="must unblock it first"):
        telegram.people.say(ANNA, "x")
    telegram.people.unblock(ANNA)
    assert (await bot.send_message(ANNA, "x")).text == "x"


async def test_only_members_write_to_a_group(bot: Bot, telegram: InMemoryTelegram) -> None:
    telegram.people.say(ANNA, "/start", -2001)
    assert (await bot.send_message(-2001, "hi")).chat.title == "Job hunters"
    with pytest.raises(ValueError, match="user 1004 is no member of chat -2001"):
        telegram.people.say(1004, "x", -2001)


async def test_commands_by_scope_and_language(bot: Bot, telegram: InMemoryTelegram) -> None:
    await bot.set_my_commands([("help", "everywhere")])
    await bot.set_my_commands([("start", "private")], BotCommandScopeAllPrivateChats())
    await bot.set_my_commands([("start", "ru")], BotCommandScopeAllPrivateChats(), "ru")
    state = telegram.state

    def listed(chat_id: int, language: str) -> list[str]:
        return [command["description"] for command in state.commands_for(state.chats[chat_id], language)]

    assert [listed(ANNA, "ru"), listed(ANNA, "en"), listed(-2001, "ru")] == [
        ["ru"],
        ["private"],
        ["everywhere"],
    ]
    assert [command.description for command in await bot.get_my_commands(language_code="ru")] == []
    await bot.delete_my_commands(BotCommandScopeAllPrivateChats(), "ru")
    assert listed(ANNA, "ru") == ["private"]


async def test_the_profile_has_languages(bot: Bot) -> None:
    await bot.set_my_name("Five", language_code="en")
    await bot.set_my_description("About")
    assert [(await bot.get_my_name("en")).name, (await bot.get_my_name("de")).name] == [
        "Five",
        "Five Touches",
    ]
    assert (await bot.get_my_description("en")).description == "About"
    await bot.set_my_short_description("Short")
    assert (await bot.get_my_short_description()).short_description == "Short"
    assert await bot.set_chat_menu_button(ANNA)
    assert (await bot.get_chat(ANNA)).username == "anna_kovaleva"
    assert (await bot.get_me()).username == "five_touches_bot"
    assert await bot.send_chat_action(ANNA, "typing")


async def test_other_keyboards_stay_with_the_client(bot: Bot, telegram: InMemoryTelegram) -> None:
    markup = ForceReply(input_field_placeholder="e.g. Friday")
    sent = await bot.send_message(ANNA, "When?", reply_markup=markup)
    assert sent.reply_markup is None
    assert telegram.state.chats[ANNA].posted[sent.message_id].markup == markup.to_dict()
    copy = InlineKeyboardMarkup([[InlineKeyboardButton("Copy", copy_text=CopyTextButton("x"))]])
    shown = await bot.send_contact(ANNA, "+1", "HR", reply_markup=copy)
    assert shown.reply_markup == copy
    await bot.edit_message_reply_markup(ANNA, shown.message_id)
    assert telegram.state.chats[ANNA].posted[shown.message_id].markup is None


Order = Callable[[InMemoryTelegram], None]


@pytest.mark.parametrize(
    ("order", "raised", "arrived"),
    [
        (
            lambda telegram: telegram.failures.flood("sendMessage", 7),
            (RetryAfter, "Flood control exceeded. Retry in 0:00:07"),
            0,
        ),
        (
            lambda telegram: telegram.failures.break_down("sendMessage"),
            (NetworkError, "Bad Gateway"),
            0,
        ),
        (
            lambda telegram: telegram.failures.time_out("sendMessage"),
            (TimedOut, "Timed out"),
            0,
        ),
        (
            lambda telegram: telegram.failures.time_out("sendMessage", after_effect=True),
            (TimedOut, "Timed out"),
            1,
        ),
        (
            lambda telegram: telegram.failures.disconnect("sendMessage"),
            (NetworkError, "connection lost"),
            0,
        ),
        (
            lambda telegram: telegram.failures.refuse("sendMessage", 403, "Forbidden: user is deactivated"),
            (Forbidden, "Forbidden: user is deactivated"),
            0,
        ),
    ],
)
async def test_ordered_failures_happen_once(
    failing: Bot, telegram: InMemoryTelegram, order: Order, raised: tuple[type, str], arrived: int
) -> None:
    order(telegram)
    with pytest.raises(TelegramError) as caught:
        await failing.send_message(ANNA, "x")
    assert (caught.type, str(caught.value)) == raised
    assert len(telegram.called("sendMessage")) == arrived
    assert (await failing.send_message(ANNA, "y")).text == "y"
    assert list(telegram.refusals) == []


@pytest.fixture
def failing(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> Bot:
    # Without this the library warns whenever it builds a RetryAfter.
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    return bot


async def test_a_genuine_bot_meets_genuine_errors(bot: Bot) -> None:
    assert (await bot.send_message(ANNA, "R&D <3")).text == "R&D <3"
    with pytest.raises(EndPointNotFound, match="Endpoint 'sendNothing' not found in Bot API"):
        await bot.do_api_request("sendNothing")
    with pytest.raises(BadRequest, match="Sendmessage has no colour"):
        await bot.send_message(ANNA, "x", api_kwargs={"colour": 1})
