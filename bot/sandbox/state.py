"""Everything the in-memory Telegram remembers, and how it is looked up."""

from datetime import datetime, timedelta

from msgspec import Struct

from bot.clock import Clock
from bot.sandbox.chats import Chat, Person, Posted, prepared, private_chat
from bot.sandbox.feed import Feed
from bot.sandbox.files import Files
from bot.sandbox.refusals import JSON, bad_request, forbidden
from bot.sandbox.updates import UpdateQueue

BOT_ID = 1
#: How long a tap may be answered.
QUERY_LIFETIME = timedelta(minutes=15)


class Query(Struct):
    """A tap on a button under a message, waiting for the bot's answer."""

    user_id: int
    chat_id: int
    message_id: int
    row: int
    column: int
    at: datetime
    answer: JSON | None = None

    @property
    def place(self) -> JSON:
        """Which button it was."""
        return {
            "chat_id": self.chat_id,
            "message_id": self.message_id,
            "row": self.row,
            "column": self.column,
        }


class State:
    """People, chats, files, taps, the bot's profile and the queue of updates."""

    def __init__(self, clock: Clock) -> None:
        people, groups = prepared()
        self.clock = clock
        self.feed = Feed()
        self.files = Files()
        self.updates = UpdateQueue()
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {group.id: group for group in groups}
        self.queries: dict[str, Query] = {}
        self.bot: JSON = {"id": BOT_ID, "is_bot": True, "username": "five_touches_bot"}
        self.profile_texts: dict[tuple[str, str], str] = {("name", ""): "Five Touches"}
        self.commands: dict[tuple[str, str], list[JSON]] = {}
        self.webhook: JSON = {"url": ""}
        self._last_message_id = 0
        for person in people:
            self.add_person(person)

    def add_person(self, person: Person) -> Chat:
        """Let one more person know the bot; the chat is not started."""
        self.people[person.id] = person
        self.chats[person.id] = private_chat(person)
        return self.chats[person.id]

    @property
    def unix_time(self) -> int:
        """The present moment as Telegram writes it."""
        return int(self.clock.now().timestamp())

    @property
    def bot_user(self) -> JSON:
        """The bot as the sender of a message."""
        return {**self.bot, "first_name": self.profile_text("name", "")}

    def find_chat(self, chat_id: int | str) -> Chat:
        """Return a chat by identifier; usernames of users lead nowhere, as for every bot."""
        chat = self.chats.get(int(chat_id)) if str(chat_id).removeprefix("-").isdecimal() else None
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def open_chat(self, chat_id: int | str) -> Chat:
        """Return a chat that the bot may write to."""
        chat = self.find_chat(chat_id)
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    def profile_text(self, name: str, language: str) -> str:
        """Return a text of the bot's profile in a language, else the one for all languages."""
        return self.profile_texts.get((name, language)) or self.profile_texts.get((name, ""), "")

    def commands_for(self, chat: Chat, language: str) -> list[JSON]:
        """Return the commands a client lists in a chat: the narrowest scope, the user's language first."""
        everyone = "all_private_chats" if chat.is_private else "all_group_chats"
        for scope in (f"chat:{chat.id}", everyone, "default"):
            for code in (language, ""):
                if self.commands.get((scope, code)):
                    return self.commands[scope, code]
        return []

    def post(self, chat: Chat, sender: JSON, content: JSON, markup: JSON | None = None) -> JSON:
        """Put a message into a chat and return it."""
        self._last_message_id += 1
        wire = {
            "message_id": self._last_message_id,
            "from": sender,
            "chat": chat.wire,
            "date": self.unix_time,
            **content,
        }
        chat.posted[self._last_message_id] = Posted(wire, markup)
        self.refresh(chat, self._last_message_id)
        return chat.posted[self._last_message_id].wire

    def refresh(self, chat: Chat, message_id: int) -> None:
        """Give the message out with its inline keyboard, the only one bots get to see, and show it."""
        posted = chat.posted[message_id]
        posted.wire.pop("reply_markup", None)
        if posted.markup and "inline_keyboard" in posted.markup:
            posted.wire["reply_markup"] = posted.markup
        self.feed.publish("message", chat_id=chat.id, message=posted.shown)
