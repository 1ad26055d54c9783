"""Callback data of every button, typed: packed into at most 64 bytes, checked when it comes back.

Everything in it is untrusted: objects are only looked up together with their owner.
"""

import re
from typing import Any, ClassVar, Self

from msgspec import Struct, ValidationError, convert
from msgspec.structs import astuple
from telegram.constants import InlineKeyboardButtonLimit

from bot.errors import StaleButton

_SEPARATOR = ":"

#: Values of `touched`: a call led to the outcome; so did one in call mode, where everything is said already.
CALLED, TALKED = 1, 2


class Callback(Struct, frozen=True):
    """A button's data: a prefix and plain fields."""

    prefix: ClassVar[str]

    def pack(self) -> str:
        """Return the data as Telegram carries it."""
        values = ["" if value is None else str(value) for value in astuple(self)]
        data = _SEPARATOR.join([self.prefix, *values])
        if len(data.encode()) > InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
            raise ValueError(data)
        return data

    @classmethod
    def unpack(cls, data: str) -> Self:
        """Return what the data says; raises StaleButton for data of another shape."""
        prefix, *values = data.split(_SEPARATOR, len(cls.__struct_fields__))
        if prefix != cls.prefix or len(values) != len(cls.__struct_fields__):
            raise StaleButton(data)
        named: dict[str, Any] = {
            name: value or None for name, value in zip(cls.__struct_fields__, values, strict=True)
        }
        try:
            return convert(named, cls, strict=False)
        except ValidationError as error:
            raise StaleButton(data) from error

    @classmethod
    def pattern(cls, **fields: object) -> re.Pattern[str]:
        """Return the pattern of this data for a handler; given fields must have these values."""
        names = cls.__struct_fields__
        wild = dict.fromkeys(names, "[^:]*") | {names[-1]: ".*"}  # only the last field may hold a separator
        parts = [re.escape(str(fields[name])) if name in fields else wild[name] for name in names]
        return re.compile(_SEPARATOR.join([f"^{cls.prefix}", *parts]) + r"\Z", re.DOTALL)


class Go(Callback, frozen=True):
    """Show one of the main screens."""

    prefix: ClassVar = "go"
    place: str


class Page(Callback, frozen=True):
    """Turn the list of vacancies to a page; `closed` is 1 for the closed ones."""

    prefix: ClassVar = "pg"
    closed: int
    page: int


class Open(Callback, frozen=True):
    """Show the card of a vacancy."""

    prefix: ClassVar = "op"
    vacancy: int


class Card(Callback, frozen=True):
    """Show one side of a vacancy's card: history, edit, log, close, words, offer, refusal, …"""

    prefix: ClassVar = "ca"
    vacancy: int
    side: str


class Report(Callback, frozen=True):
    """Log an outcome; `seq` is the history it was made for, `touched` what led to it: CALLED, TALKED or 0."""

    prefix: ClassVar = "re"
    vacancy: int
    seq: int
    outcome: str
    touched: int


class OnDay(Callback, frozen=True):
    """Log an outcome that names a day: an ISO day, "none" or "type"."""

    prefix: ClassVar = "on"
    vacancy: int
    seq: int
    outcome: str
    touched: int
    day: str


class Talk(Callback, frozen=True):
    """Show a line of a call (`views/call_lines.py`); `day` is an ISO day that was named in it."""

    prefix: ClassVar = "ta"
    vacancy: int
    seq: int
    line: str
    rehearsal: int
    day: str | None = None


class Told(Callback, frozen=True):
    """Log a call as it came out at a line."""

    prefix: ClassVar = "to"
    vacancy: int
    seq: int
    line: str
    outcome: str
    day: str | None = None


class Beside(Callback, frozen=True):
    """Deal with another vacancy because one has an offer or is signed; `seq` is the other one's history.

    Deeds: press, said, wrote; end, leave, left, stay, stayed.
    """

    prefix: ClassVar = "bs"
    vacancy: int
    other: int
    seq: int
    deed: str


class Lessons(Callback, frozen=True):
    """Turn the list of lessons to a page."""

    prefix: ClassVar = "ls"
    page: int


class Snooze(Callback, frozen=True):
    """Remind later: "hour", "lunch", "tomorrow", "monday", "week" or "type"."""

    prefix: ClassVar = "sn"
    vacancy: int
    seq: int
    choice: str


class Act(Callback, frozen=True):
    """Do something with the next step or the vacancy: did, skip, keep, reopen, give_up, withdraw, …"""

    prefix: ClassVar = "ac"
    vacancy: int
    seq: int
    deed: str


class Letter(Callback, frozen=True):
    """Do something with a letter: a "file" for a mail program; it is "sent", "in_chat", or "not_sent"."""

    prefix: ClassVar = "le"
    vacancy: int
    seq: int
    name: str
    deed: str


class Undo(Callback, frozen=True):
    """Take back the event with this number."""

    prefix: ClassVar = "un"
    vacancy: int
    seq: int


class Edit(Callback, frozen=True):
    """Change one field of a vacancy; `item` is a contact's id or an interview's stage."""

    prefix: ClassVar = "ed"
    vacancy: int
    field: str
    item: int | None = None


class Choose(Callback, frozen=True):
    """Take a value for a field of a vacancy."""

    prefix: ClassVar = "ch"
    vacancy: int
    field: str
    item: int | None
    value: str


class Answer(Callback, frozen=True):
    """Answer the question of a step of a dialog."""

    prefix: ClassVar = "an"
    step: str
    value: str


class Nav(Callback, frozen=True):
    """Move within a dialog: back, skip, cancel, resume, enough."""

    prefix: ClassVar = "nv"
    step: str
    move: str


class Setting(Callback, frozen=True):
    """Show a setting, or take a value for it."""

    prefix: ClassVar = "se"
    name: str
    value: str | None = None


class OwnGroup(Callback, frozen=True):
    """Show the texts of a group that can be put into own words, or all groups."""

    prefix: ClassVar = "og"
    language: str
    group: str | None = None
    vacancy: int | None = None


class OwnText(Callback, frozen=True):
    """Show a text to "change" it into own words, or "reset" it to the original."""

    prefix: ClassVar = "ow"
    deed: str
    language: str
    name: str
    vacancy: int | None = None


class Away(Callback, frozen=True):
    """Take a pause until an ISO day, or an ISO day and hour; "ask" for it, "type" it, "end" it."""

    prefix: ClassVar = "aw"
    choice: str


class Sort(Callback, frozen=True):
    """Sort the vacancies of a sweep: "list" them, "choose" among them, "settle" the choice, "undo" that.

    `at` is the moment (`clock.stamp`) of the sweep, or of what is undone, `listed` its fingerprint;
    `chosen` has a bit for each vacancy of it that is to be closed.
    """

    prefix: ClassVar = "so"
    deed: str
    at: int
    listed: int = 0
    chosen: int = 0


class Switch(Callback, frozen=True):
    """Let a weekly message come, "on", or stay away, "off"."""

    prefix: ClassVar = "sw"
    weekly: str
    value: str


class TipCard(Callback, frozen=True):
    """Show a tip; never bring it again: "hide" in its card, "drop" where it came; turn tips "on" or "off"."""

    prefix: ClassVar = "tp"
    deed: str
    tip: str


class Erase(Callback, frozen=True):
    """Confirm or refuse the erasure of everything."""

    prefix: ClassVar = "er"
    answer: str
