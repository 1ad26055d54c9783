"""A small bot that shows each thing the chat page can show."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from telegram import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.clock import SettableClock
from bot.sandbox.request import SandboxRequest
from bot.sandbox.telegram import InMemoryTelegram

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
REMINDER = NOW + timedelta(days=2)
CHAT = "https://t.me/olga_hr?text=Dear%20Olga%2C%0A%D0%B4%D0%BE%D0%B1%D1%80%D1%8B%D0%B9%20%26%20<b>"
LETTER = "Dear Maria,\n\nthank you & <all>."


def keyboard() -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton("Count", callback_data="count", style="success"),
                InlineKeyboardButton("Warn", callback_data="warn"),
            ],
            [
                InlineKeyboardButton("Phone", copy_text=CopyTextButton("+79123456789")),
                InlineKeyboardButton("Wait", callback_data="wait"),
            ],
            [InlineKeyboardButton("Write to Olga", url=CHAT)],
        ]
    )


class SmallBot:
    """Shows each thing the page can show; `may_answer` holds back the answer to "Wait"."""

    def __init__(self) -> None:
        self.clock = SettableClock(NOW, frozen=True)
        self.telegram = InMemoryTelegram(self.clock)
        self.may_answer = asyncio.Event()
        request = SandboxRequest(self.telegram)
        builder = Application.builder().token("1:any").request(request).get_updates_request(request)
        self.application: Application[Any, Any, Any, Any, Any, Any] = builder.updater(None).build()
        self.application.add_handler(CommandHandler("start", self.start))
        self.application.add_handler(CallbackQueryHandler(self.tapped))
        self.application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, self.echo))

    async def start(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        message = _message(update)
        await message.reply_html(
            "Hello! <tg-time unix='1773306000' format='Dt'>then</tg-time> <b>bold</b>",
            reply_markup=keyboard(),
        )
        await message.reply_html("<pre>Dear Maria,\n\nthank you &amp; &lt;all&gt;.</pre>")
        await message.reply_document(b"BEGIN:VCALENDAR", filename="interview.ics")
        choice: list[list[str | KeyboardButton]] = [
            ["Today"],
            [KeyboardButton("My contact", request_contact=True)],
        ]
        await message.reply_text(
            "When?", reply_markup=ReplyKeyboardMarkup(choice, input_field_placeholder="e.g. Friday 15:00")
        )

    async def tapped(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        assert query is not None
        if query.data == "wait":
            await self.may_answer.wait()
        if query.data == "count":
            await query.edit_message_text("Counted", reply_markup=keyboard())
        await query.answer("Noted" if query.data != "warn" else "Careful!", show_alert=query.data == "warn")

    async def echo(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        await _message(update).reply_text(f"You said: {_message(update).text}")

    async def poll(self) -> None:
        offset = 0
        while True:
            for update in await self.application.bot.get_updates(offset=offset, timeout=60):
                offset = update.update_id + 1
                await self.application.process_update(update)

    async def next_due(self) -> datetime | None:
        return REMINDER if self.clock.now() < REMINDER else None

    async def tick(self) -> None:
        if self.clock.now() == REMINDER:
            await self.application.bot.send_message(1001, "Time to call!")


def _message(update: Update) -> Message:
    assert update.effective_message is not None
    return update.effective_message
