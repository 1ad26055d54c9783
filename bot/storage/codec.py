"""Domain values to columns and back: moments as integers, everything personal as encrypted JSON."""

from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from bot.clock import stamp, stamped
from bot.domain.facts import Event, Fact
from bot.domain.users import User
from bot.storage.crypto import Cipher
from bot.storage.engine import Row

_encode = msgspec.json.Encoder().encode
_decode_user = msgspec.json.Decoder(User).decode
_decode_facts = msgspec.json.Decoder(tuple[Fact, ...]).decode


def to_column(moment: datetime) -> int:
    """Return an aware moment as microseconds since 1970 in UTC."""
    return stamp(moment)


def from_column(number: int) -> datetime:
    """Return the moment, in UTC, of a column."""
    return stamped(number)


def optional_to_column(moment: datetime | None) -> int | None:
    """Return a moment that may be missing as a column that may be empty."""
    return None if moment is None else to_column(moment)


def optional_from_column(number: int | None) -> datetime | None:
    """Return the moment of a column that may be empty."""
    return None if number is None else from_column(number)


class Codec:
    """Knows which columns are encrypted, and what is in them."""

    def __init__(self, cipher: Cipher) -> None:
        self._cipher = cipher

    def user_columns(self, user: User) -> dict[str, Any]:
        """Return the columns of a user."""
        return {
            "user_id": user.id,
            "settings": self._cipher.encrypt(_encode(user)),
            "blocked_at": optional_to_column(user.blocked_at),
        }

    def user(self, row: Row) -> User:
        """Return the user of a row; the columns know better than the settings whether the bot is blocked."""
        user = _decode_user(self._cipher.decrypt(row["settings"]))
        return replace(user, id=row["id"], blocked_at=optional_from_column(row["blocked_at"]))

    def event_columns(self, event: Event) -> dict[str, Any]:
        """Return the columns that an event fills."""
        return {
            "seq": event.seq,
            "at": to_column(event.at),
            "facts": self._cipher.encrypt(_encode(event.facts)),
        }

    def event(self, row: Row) -> Event:
        """Return the event of a row."""
        facts = _decode_facts(self._cipher.decrypt(row["facts"]))
        return Event(seq=row["seq"], at=from_column(row["at"]), facts=facts)

    def draft_column(self, draft: bytes) -> str:
        """Return the column of a conversation's draft."""
        return self._cipher.encrypt(draft)

    def draft(self, row: Row) -> bytes:
        """Return the draft of a conversation's row."""
        return self._cipher.decrypt(row["draft"])
