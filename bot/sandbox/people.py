"""What people do in their chats: write, tap, forward, share, attach, block; each act is an update."""

from bot.sandbox.chats import Chat, Posted
from bot.sandbox.contract import Upload
from bot.sandbox.detected import with_detected
from bot.sandbox.entities import Marked
from bot.sandbox.refusals import JSON
from bot.sandbox.state import Query, State


class People:
    """Acts for the users of the sandbox. Every act returns the update that the bot gets.

    `chat_id` is the user's private chat unless a group is named.
    """

    def __init__(self, state: State) -> None:
        self._state = state

    def say(self, user_id: int, text: str, chat_id: int | None = None, reply_to: int | None = None) -> JSON:
        """Write a text, perhaps in reply to a message."""
        return self._post(user_id, chat_id, {**_text(text), **self._reply(chat_id or user_id, reply_to)})

    def forward(self, user_id: int, text: str, origin: JSON, chat_id: int | None = None) -> JSON:
        """Forward a text; `origin` is a MessageOrigin of Telegram's without its date."""
        dated = {**origin, "date": self._state.unix_time}
        return self._post(user_id, chat_id, {**_text(text), "forward_origin": dated})

    def share_contact(self, user_id: int, contact: JSON, chat_id: int | None = None) -> JSON:
        """Send a contact card."""
        return self._post(user_id, chat_id, {"contact": contact})

    def attach(self, user_id: int, upload: Upload, caption: str = "", chat_id: int | None = None) -> JSON:
        """Send a file."""
        stored = self._state.files.keep(upload, "documents")
        content: JSON = {"document": stored.as_document()}
        return self._post(user_id, chat_id, {**content, "caption": caption} if caption else content)

    def press(self, user_id: int, chat_id: int, message_id: int, row: int, column: int) -> JSON:
        """Tap a button that carries callback data.

        Raises:
            LookupError: there is no such button any more.
        """
        posted = self._state.chats[chat_id].posted[message_id]
        data = _button(posted, row, column)["callback_data"]
        query = Query(user_id, chat_id, message_id, row, column, self._state.clock.now())
        query_id = str(len(self._state.queries) + 1)
        self._state.queries[query_id] = query
        self._state.feed.publish("pressed", query_id=query_id, **query.place)
        content = {
            "id": query_id,
            "from": self._state.people[user_id].wire,
            "message": posted.wire,
            "chat_instance": str(chat_id),
            "data": data,
        }
        return self._state.updates.put("callback_query", content)

    def block(self, user_id: int) -> JSON:
        """Stop the bot: it can write no more."""
        return self._change_membership(user_id, blocked=True)

    def unblock(self, user_id: int) -> JSON:
        """Let the bot write again."""
        return self._change_membership(user_id, blocked=False)

    def _post(self, user_id: int, chat_id: int | None, content: JSON) -> JSON:
        chat = self._state.chats[chat_id or user_id]
        if chat.blocked:
            raise ValueError(f"user {user_id} has blocked the bot and must unblock it first")
        if user_id not in chat.members:
            raise ValueError(f"user {user_id} is no member of chat {chat.id}")
        chat.started = True
        message = self._state.post(chat, self._state.people[user_id].wire, content)
        return self._state.updates.put("message", message)

    def _reply(self, chat_id: int, message_id: int | None) -> JSON:
        if message_id is None:
            return {}
        answered = self._state.chats[chat_id].posted[message_id].wire
        return {"reply_to_message": {name: answered[name] for name in answered if name != "reply_to_message"}}

    def _change_membership(self, user_id: int, *, blocked: bool) -> JSON:
        chat = self._state.chats[user_id]
        old, new = _member(self._state, chat), _member(self._state, chat, blocked=blocked)
        chat.blocked = blocked
        self._state.feed.publish("blocked", chat_id=chat.id, blocked=blocked)
        content = {
            "chat": chat.wire,
            "from": self._state.people[user_id].wire,
            "date": self._state.unix_time,
            "old_chat_member": old,
            "new_chat_member": new,
        }
        return self._state.updates.put("my_chat_member", content)


def _text(text: str) -> JSON:
    marked = with_detected(Marked(text.strip(), []))
    return {"text": marked.text, **({"entities": marked.entities} if marked.entities else {})}


def _button(posted: Posted, row: int, column: int) -> JSON:
    button: JSON = (posted.markup or {"inline_keyboard": []})["inline_keyboard"][row][column]
    return button


def _member(state: State, chat: Chat, *, blocked: bool | None = None) -> JSON:
    is_out = chat.blocked if blocked is None else blocked
    membership: JSON = {"status": "kicked", "until_date": 0} if is_out else {"status": "member"}
    return {"user": state.bot_user, **membership}
