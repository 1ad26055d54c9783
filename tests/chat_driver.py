"""A person in a chat with the bot: acceptance tests read like a conversation.

    chat = Chat(telegram, application)
    await chat.send("/start")
    await chat.click("Skip")
    assert chat.last.text == "…"

Updates go through the public update processor of a built, initialized `Application`; each call returns when
the bot is done with it. Two chats may share one in-memory Telegram and differ in their applications.
"""

from typing import Any

from msgspec import Struct
from telegram import Message, Update
from telegram.ext import Application

from bot.sandbox.files import upload
from bot.sandbox.refusals import JSON
from bot.sandbox.telegram import InMemoryTelegram

ANNA = 1001
EMMA = 1002


class Shown(Struct, frozen=True):
    """A message as its reader sees it; for a document or a picture `text` is the caption."""

    message_id: int
    text: str
    html: str
    buttons: list[list[str]]
    keyboard: list[list[str]]
    placeholder: str
    reaction: str
    is_edited: bool
    from_bot: bool
    document: str
    content: bytes
    contact: JSON

    def __str__(self) -> str:
        rows = "\n".join("  [" + "] [".join(row) + "]" for row in self.buttons)
        return f"#{self.message_id} {self.text or self.document}\n{rows}"


class Toast(Struct, frozen=True):
    """The answer to a tap on a button."""

    text: str
    is_alert: bool


class Chat:
    """One person's chat with the bot; `application` may be replaced to act through another replica."""

    def __init__(
        self,
        telegram: InMemoryTelegram,
        application: Application[Any, Any, Any, Any, Any, Any],
        user_id: int = ANNA,
        chat_id: int | None = None,
    ) -> None:
        self.telegram = telegram
        self.application = application
        self.user_id = user_id
        self.chat_id = chat_id or user_id
        self.toast: Toast | None = None
        self._latest: JSON | None = None

    async def send(self, text: str, *, reply_to: int | None = None) -> None:
        """Write a text."""
        await self._deliver(self.telegram.people.say(self.user_id, text, self.chat_id, reply_to))

    async def click(self, label: str) -> str:
        """Tap the button with this label on the newest message that has one."""
        posted = self.telegram.state.chats[self.chat_id].posted
        for message_id in reversed(posted):
            keyboard = (posted[message_id].markup or {}).get("inline_keyboard", [])
            if any(label in row for row in _labels(keyboard)):
                return await self.click_on(self._shown(message_id), label)
        raise AssertionError(f"no message shows a button {label!r}; the chat is:\n{self}")

    async def click_on(self, message: Shown, label: str) -> str:
        """Tap a button of one message, as it is now; return what it copies or opens, else an empty text."""
        button, row, column = self._button(message.message_id, label)
        if "copy_text" in button:
            return str(button["copy_text"]["text"])
        if "url" in button:
            return str(button["url"])
        press = self.telegram.people.press
        await self._deliver(press(self.user_id, self.chat_id, message.message_id, row, column))
        return ""

    async def tap(self, data: str, message: Shown | None = None) -> None:
        """Send callback data by hand, as a stale keyboard or an ill-meaning client does."""
        target = message or self.last
        markup = {"inline_keyboard": [[{"text": "tap", "callback_data": data}]]}
        posted = self.telegram.state.chats[self.chat_id].posted[target.message_id]
        kept, posted.markup = posted.markup, markup
        update = self.telegram.people.press(self.user_id, self.chat_id, target.message_id, 0, 0)
        posted.markup = kept
        await self._deliver(update)

    async def forward(self, text: str, *, name: str, username: str = "", user_id: int | None = None) -> None:
        """Forward a text of somebody; without `user_id` the author hides the account."""
        if user_id is None:
            origin: JSON = {"type": "hidden_user", "sender_user_name": name}
        else:
            sender = {"id": user_id, "is_bot": False, "first_name": name}
            origin = {
                "type": "user",
                "sender_user": {**sender, **({"username": username} if username else {})},
            }
        await self._deliver(self.telegram.people.forward(self.user_id, text, origin, self.chat_id))

    async def send_contact(self, phone_number: str, first_name: str, **more: Any) -> None:
        """Send a contact card; `more` are other fields of Telegram's Contact."""
        contact = {"phone_number": phone_number, "first_name": first_name, **more}
        await self._deliver(self.telegram.people.share_contact(self.user_id, contact, self.chat_id))

    async def send_document(self, name: str, content: bytes, caption: str = "") -> None:
        """Send a file."""
        attach = self.telegram.people.attach
        await self._deliver(attach(self.user_id, upload(name, content), caption, self.chat_id))

    async def block(self) -> None:
        """Stop the bot."""
        await self._deliver(self.telegram.people.block(self.user_id))

    async def unblock(self) -> None:
        """Let the bot write again."""
        await self._deliver(self.telegram.people.unblock(self.user_id))

    async def redeliver(self) -> None:
        """Deliver the latest update again, as Telegram does when it got no confirmation."""
        if self._latest is None:
            raise AssertionError("nothing was delivered yet")
        await self._deliver(self._latest)

    @property
    def messages(self) -> list[Shown]:
        """Everything in the chat, oldest first; deleted messages are gone."""
        posted = self.telegram.state.chats[self.chat_id].posted
        return [self._shown(message_id) for message_id in posted]

    @property
    def last(self) -> Shown:
        """The bot's newest message."""
        posted = self.telegram.state.chats[self.chat_id].posted
        for message_id in reversed(posted):
            if posted[message_id].wire["from"]["is_bot"]:
                return self._shown(message_id)
        raise AssertionError("the bot has written nothing")

    def message(self, message_id: int) -> Shown:
        """Return a message as it is now."""
        if message_id not in self.telegram.state.chats[self.chat_id].posted:
            raise AssertionError(f"there is no message {message_id}; the chat is:\n{self}")
        return self._shown(message_id)

    def __str__(self) -> str:
        return "\n".join(map(str, self.messages)) or "(empty)"

    async def _deliver(self, update: JSON) -> None:
        self._latest = update
        self.telegram.state.updates.confirm(update["update_id"])
        parsed = Update.de_json(update, self.application.bot)
        processed = self.application.process_update(parsed)
        await self.application.update_processor.process_update(parsed, processed)
        self.toast = self._toast(update)

    def _toast(self, update: JSON) -> Toast | None:
        """Return the answer to a tap; a tap without one leaves a spinner on the button, which is a defect."""
        if "callback_query" not in update:
            return None
        answer = self.telegram.state.queries[update["callback_query"]["id"]].answer
        if answer is None:
            raise AssertionError(f"the tap on {update['callback_query']['data']!r} was not answered")
        return Toast(answer["text"], answer["show_alert"])

    def _button(self, message_id: int, label: str) -> tuple[JSON, int, int]:
        self.message(message_id)
        markup = self.telegram.state.chats[self.chat_id].posted[message_id].markup or {}
        for row, buttons in enumerate(markup.get("inline_keyboard", [])):
            for column, button in enumerate(buttons):
                if button["text"] == label:
                    return button, row, column
        raise AssertionError(f"no button {label!r} on message {self.message(message_id)}")

    def _shown(self, message_id: int) -> Shown:
        posted = self.telegram.state.chats[self.chat_id].posted[message_id]
        markup = posted.markup or {}
        wire = Message.de_json(posted.wire, self.application.bot)
        document = wire.document or (wire.photo[-1] if wire.photo else None)
        content = self.telegram.state.files.get(document.file_id).upload.content if document else b""
        return Shown(
            message_id=message_id,
            text=wire.text or wire.caption or "",
            html=(wire.text_html if wire.text else wire.caption_html) or "",
            buttons=_labels(markup.get("inline_keyboard", [])),
            keyboard=_labels(markup.get("keyboard", [])),
            placeholder=markup.get("input_field_placeholder", ""),
            reaction=posted.reaction,
            is_edited=wire.edit_date is not None,
            from_bot=bool(wire.from_user and wire.from_user.is_bot),
            document=wire.document.file_name or "" if wire.document else "",
            content=content,
            contact=posted.wire.get("contact", {}),
        )


def _labels(rows: list[list[JSON]]) -> list[list[str]]:
    return [[button["text"] for button in row] for row in rows]
