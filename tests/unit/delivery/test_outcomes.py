"""What follows from each of Telegram's refusals (reliability: outcome table)."""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.delivery.outcomes import (
    GONE,
    OURS,
    Backoff,
    Migrated,
    NotThere,
    OurFault,
    Pause,
    PerhapsThere,
    Refused,
    Stop,
    UserGone,
    Verdict,
    describe,
    judge,
)
from bot.transport import NotSent, Unanswered

TOKEN = "123456789:AAHd-abcdefghijklmnopqrstuvwxyz012345"


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        # as Telegram words them
        (Forbidden("Forbidden: bot was blocked by the user"), UserGone()),
        (Forbidden("Forbidden: user is deactivated"), UserGone()),
        (Forbidden("Forbidden: bot can't initiate conversation with a user"), UserGone()),
        (Forbidden("Forbidden: bot can't send messages to bots"), UserGone()),
        (Forbidden("Forbidden: bot was kicked from the group chat"), UserGone()),
        (Forbidden("Forbidden: bot is not a member of the channel chat"), UserGone()),
        (BadRequest("Bad Request: chat not found"), UserGone()),
        (BadRequest("Bad Request: user not found"), UserGone()),
        (BadRequest("Bad Request: PEER_ID_INVALID"), UserGone()),
        (BadRequest("Bad Request: INPUT_USER_DEACTIVATED"), UserGone()),
        (BadRequest("Bad Request: group chat was deactivated"), UserGone()),
        (BadRequest("Bad Request: the group chat was deleted"), UserGone()),
        # nobody is given up for a text that is not on the list
        (Forbidden("Forbidden: something nobody has seen yet"), Refused()),
        (BadRequest("Bad Request: something nobody has seen yet"), Refused()),
        (BadRequest("Bad Request: have no rights to send a message"), Refused()),
        # what this program wrote
        (BadRequest('Bad Request: can\'t parse entities: Unsupported start tag "x" at byte 3'), OurFault()),
        (BadRequest("Bad Request: message is too long"), OurFault()),
        (BadRequest("Bad Request: MESSAGE_TOO_LONG"), OurFault()),
        (BadRequest("Bad Request: message text is empty"), OurFault()),
        (BadRequest("Bad Request: text must be non-empty"), OurFault()),
        (BadRequest("Bad Request: BUTTON_DATA_INVALID"), OurFault()),
        (BadRequest("Bad Request: BUTTON_URL_INVALID"), OurFault()),
        (BadRequest("Bad Request: inline keyboard button URL 'tel:+1' is invalid"), OurFault()),
        (BadRequest("Bad Request: text buttons are unallowed in the inline keyboard"), OurFault()),
        (BadRequest("Bad Request: reply markup is too long"), OurFault()),
        # Telegram says what to do
        (RetryAfter(7), Pause(timedelta(seconds=7))),
        (RetryAfter(timedelta(minutes=2)), Pause(timedelta(minutes=2))),
        (ChatMigrated(-100), Migrated(-100)),
        (InvalidToken("Unauthorized"), Stop()),
        (InvalidToken("Not Found"), Stop()),
        (EndPointNotFound("Endpoint 'sendMessage' not found in Bot API"), Stop()),
        # the way there
        (caused(NetworkError("ClientConnectorError"), NotSent()), NotThere()),
        (caused(TimedOut("ConnectionTimeoutError"), NotSent()), NotThere()),
        (caused(TimedOut("SocketTimeoutError"), Unanswered()), PerhapsThere()),
        (caused(NetworkError("ServerDisconnectedError"), Unanswered()), PerhapsThere()),
        (TimedOut(), PerhapsThere()),
        (NetworkError("Bad Gateway"), PerhapsThere()),
        (NetworkError("Internal Server Error (500)"), PerhapsThere()),
        (TelegramError("Invalid server response"), PerhapsThere()),
        (KeyError("message_id"), PerhapsThere()),
        (Conflict("Conflict: terminated by other getUpdates request"), PerhapsThere()),
    ],
    ids=str,
)
def test_every_error_has_one_verdict(error: Exception, verdict: Verdict) -> None:
    assert judge(error) == verdict


@pytest.mark.parametrize("text", GONE)
@pytest.mark.parametrize("kind", [Forbidden, BadRequest])
def test_known_texts_are_final_in_either_code_and_case(kind: type[TelegramError], text: str) -> None:
    assert judge(kind(text.upper())) == judge(kind(f"Bad Request: {text}")) == UserGone()


@pytest.mark.parametrize("text", OURS)
def test_texts_about_the_message_are_our_fault_only_as_400(text: str) -> None:
    assert (judge(BadRequest(text)), judge(Forbidden(text))) == (OurFault(), Refused())


def test_seconds_are_understood_where_the_library_gives_no_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    error = RetryAfter(7)
    monkeypatch.setattr(RetryAfter, "retry_after", 7)
    assert judge(error) == Pause(timedelta(seconds=7))


@pytest.mark.parametrize(
    ("error", "description"),
    [
        (
            BadRequest("Bad Request: can't parse entities: tag <ООО Ромашка>"),
            "BadRequest: Can't parse entities",
        ),
        (TimedOut("SocketTimeoutError"), "TimedOut: SocketTimeoutError"),
        (TelegramError(""), "TelegramError"),
        (KeyError("ООО Ромашка"), "KeyError"),
        (InvalidToken(f"The token `{TOKEN}` was rejected"), "InvalidToken: The token `[token]` was rejected"),
    ],
    ids=str,
)
def test_descriptions_repeat_neither_users_nor_the_token(error: Exception, description: str) -> None:
    assert describe(error) == description


@given(attempt=st.integers(0, 10_000), seed=st.integers())
def test_waits_double_up_to_their_limit(attempt: int, seed: int) -> None:
    first, limit = timedelta(seconds=2), timedelta(minutes=5)
    wait = Backoff(Random(seed), first, limit)(attempt)
    middle = min(first * 2 ** min(max(attempt, 1) - 1, 20), limit)
    assert middle * 0.8 <= wait <= middle * 1.2
