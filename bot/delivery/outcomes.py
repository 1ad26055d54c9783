"""What to do after Telegram refused a message or never answered: one table, read once for each error."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from msgspec import Struct
from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.logs import redact
from bot.transport import NotSent

#: A message that may have arrived each time is sent at most so often.
MOST_COPIES = 3

#: Refusals that nobody expected are tried again so often before the reminder is parked.
MOST_REFUSALS = 8


class NotThere(Struct, frozen=True):
    """It did not arrive for a reason of the network: try again, for ever."""


class PerhapsThere(Struct, frozen=True):
    """It may have arrived: try again MOST_COPIES times in all."""


class Refused(Struct, frozen=True):
    """Refused for no reason known here: try again, tell the owner, never give up the user."""


class Pause(Struct, frozen=True):
    """Telegram wants no message at all for this long."""

    lasts_for: timedelta


class UserGone(Struct, frozen=True):
    """The user blocked the bot or is no more: nothing is sent until they come back."""


class Migrated(Struct, frozen=True):
    """The chat goes on under another id: send it there."""

    chat_id: int


class OurFault(Struct, frozen=True):
    """The message is wrong: send it plain, tell the owner."""


class Stop(Struct, frozen=True):
    """The token is not valid: nothing can be sent until somebody mends it."""


Verdict = NotThere | PerhapsThere | Refused | Pause | UserGone | Migrated | OurFault | Stop

#: Texts of 403 and 400, lower case and in part, after which a private chat takes no message for good.
GONE = (
    "bot was blocked by the user",
    "user is deactivated",
    "bot can't initiate conversation with a user",
    "bot can't send messages to bots",
    "bot was kicked from",
    "bot is not a member of",
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "input_user_deactivated",
    "group chat was deactivated",
    "the group chat was deleted",
)

#: Texts of 400, lower case and in part, that speak of what this program wrote.
OURS = (
    "can't parse entities",
    "can't parse reply keyboard markup json object",
    "can't parse inline keyboard button",
    "message is too long",
    "message_too_long",
    "message text is empty",
    "text must be non-empty",
    "text must be encoded in utf-8",
    "message caption is too long",
    "media_caption_too_long",
    "entity_bounds_invalid",
    "entities_too_long",
    "button_",
    "wrong http url",
    "inline keyboard button url",
    "reply markup is too long",
    "text buttons are unallowed",
)


def _forbidden(error: TelegramError) -> Verdict:
    return UserGone() if _says(error, GONE) else Refused()


def _bad_request(error: TelegramError) -> Verdict:
    if _says(error, OURS):
        return OurFault()
    return _forbidden(error)


def _network_error(error: TelegramError) -> Verdict:
    return NotThere() if isinstance(error.__cause__, NotSent) else PerhapsThere()


#: The first kind that an error is an instance of counts: BadRequest is a NetworkError in this library.
TABLE: tuple[tuple[type[Exception], Callable[..., Verdict]], ...] = (
    (RetryAfter, lambda error: Pause(pause_of(error))),
    (ChatMigrated, lambda error: Migrated(error.new_chat_id)),
    (InvalidToken, lambda _error: Stop()),
    (EndPointNotFound, lambda _error: Stop()),  # how an initialized bot calls a refused token
    (Forbidden, _forbidden),
    (BadRequest, _bad_request),
    (NetworkError, _network_error),  # TimedOut, 5xx and broken connections
    (Exception, lambda _error: PerhapsThere()),  # an answer that nobody can read
)


def judge(error: Exception) -> Verdict:
    """Return what to do after an attempt to send ended with this error."""
    return next(verdict(error) for kind, verdict in TABLE if isinstance(error, kind))


def pause_of(error: RetryAfter) -> timedelta:
    """Return how long Telegram wants nothing; the library gives seconds or a timedelta, by an option."""
    lasts_for: int | timedelta = error.retry_after
    return lasts_for if isinstance(lasts_for, timedelta) else timedelta(seconds=lasts_for)


def describe(error: BaseException) -> str:
    """Name an error for the log and the owner, without what it may quote: a user's text, the token."""
    reason = redact(error.message).partition(":")[0][:100] if isinstance(error, TelegramError) else ""
    return f"{type(error).__name__}: {reason}" if reason else type(error).__name__


class Backoff:
    """How long to wait before another attempt: doubled each time up to a limit, spread by a fifth."""

    def __init__(self, random: Random, first: timedelta, limit: timedelta) -> None:
        self._random = random
        self._first = first
        self._limit = limit

    def __call__(self, attempt: int) -> timedelta:
        """Return the wait after this attempt, counted from 1."""
        doubled = self._first * 2.0 ** min(max(attempt, 1) - 1, 32)
        return min(doubled, self._limit) * self._random.uniform(0.8, 1.2)


def _says(error: TelegramError, texts: tuple[str, ...]) -> bool:
    message = error.message.lower()
    return any(text in message for text in texts)
