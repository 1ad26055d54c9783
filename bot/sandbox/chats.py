"""Who talks to whom: people, their chats with the bot, and the messages in them."""

from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, field

from bot.sandbox.refusals import JSON

_PEOPLE = Path(__file__).with_name("people.json")


class Person(Struct, frozen=True):
    """A user of the sandbox; `zone` is where the chat page shows its times."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "en"
    zone: str = "UTC"

    @property
    def wire(self) -> JSON:
        """The user as Telegram describes it."""
        facts = msgspec.to_builtins(self)
        del facts["zone"]
        return {"is_bot": False, **{name: value for name, value in facts.items() if value}}


class Posted(Struct):
    """A message in a chat: as Telegram gives it out, and what only clients see."""

    wire: JSON
    markup: JSON | None = None
    reaction: str = ""

    @property
    def shown(self) -> JSON:
        """The message with everything a client shows."""
        return {**self.wire, "reply_markup": self.markup, "reaction": self.reaction}


class Chat(Struct):
    """A conversation; `started` and `blocked` are about a private one."""

    wire: JSON
    members: list[int]
    started: bool = False
    blocked: bool = False
    posted: dict[int, Posted] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)

    @property
    def id(self) -> int:
        """The chat's identifier; a private chat has its user's."""
        identifier: int = self.wire["id"]
        return identifier

    @property
    def is_private(self) -> bool:
        """Whether it is one user's chat with the bot."""
        return self.id > 0


def private_chat(person: Person) -> Chat:
    """Return the empty chat of a person with the bot."""
    names = ("id", "first_name", "last_name", "username")
    wire = {name: value for name, value in person.wire.items() if name in names}
    return Chat({**wire, "type": "private"}, [person.id])


def prepared() -> tuple[list[Person], list[Chat]]:
    """Return the people and the groups that the sandbox starts with."""
    content: dict[str, Any] = msgspec.json.decode(_PEOPLE.read_bytes())
    people = msgspec.convert(content["people"], list[Person])
    groups = [
        Chat({"id": group["id"], "type": "group", "title": group["title"]}, group["members"], started=True)
        for group in content["groups"]
    ]
    return people, groups
