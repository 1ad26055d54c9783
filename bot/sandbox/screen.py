"""What the chat page shows: every conversation as its reader sees it."""

from bot.sandbox.chats import Chat, Person
from bot.sandbox.refusals import JSON
from bot.sandbox.state import State


class Screen:
    """The state of the sandbox as JSON for the browser, and how far each conversation was read."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._read: dict[str, int] = {}

    def mark_read(self, conversation: str, message_id: int) -> None:
        """Remember the newest message that was seen in a conversation."""
        self._read[conversation] = max(message_id, self._read.get(conversation, 0))

    def content(self) -> JSON:
        """Return everything the page shows."""
        people = self._state.people
        private_first = sorted(self._state.chats.values(), key=lambda chat: not chat.is_private)
        return {
            "now": self._state.unix_time,
            "bot": self._state.bot_user,
            "conversations": [self._conversation(people[chat.members[0]], chat) for chat in private_first],
            "waiting": [
                {"query_id": query_id, **query.place}
                for query_id, query in self._state.queries.items()
                if query.answer is None
            ],
        }

    def _conversation(self, reader: Person, chat: Chat) -> JSON:
        key = f"{reader.id}:{chat.id}"
        return {
            "key": key,
            "user": {**reader.wire, "zone": reader.zone},
            "chat": chat.wire,
            "started": chat.started,
            "blocked": chat.blocked,
            "pinned": chat.pinned,
            "read": self._read.get(key, 0),
            "messages": [posted.shown for posted in chat.posted.values()],
            "commands": self._state.commands_for(chat, reader.language_code),
            "name": self._state.profile_text("name", reader.language_code),
            "description": self._state.profile_text("description", reader.language_code),
        }
