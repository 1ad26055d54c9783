"""Logs: one line for each event, and the bot token in none of them."""

import logging
import warnings
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import QUIET, LineFormatter, redact, set_up_logs

TOKEN = "123456789:AAHd-4_xyzAAHd-4_xyzAAHd-4_xyzAAHd4"


@pytest.fixture
def root() -> Iterator[None]:
    """Leave the logging of the test run as it was."""
    logger = logging.getLogger()
    handlers, level = logger.handlers[:], logger.level
    for handler in handlers:
        logger.removeHandler(handler)  # setting up closes what it finds
    with warnings.catch_warnings():
        warnings.simplefilter("default")  # the test run itself makes errors of them
        yield
        logging.captureWarnings(capture=False)
    logger.handlers[:] = handlers
    logger.setLevel(level)


def line(message: str, *args: object, **fields: object) -> str:
    record = logging.LogRecord("bot", logging.INFO, "bot.py", 1, message, args, None)
    vars(record).update(fields)
    return LineFormatter("%(levelname)s %(name)s: %(message)s").format(record)


def test_a_record_is_one_line_with_its_fields() -> None:
    assert (
        line("reminder %s", "sent", reminder_id=7, late="no")
        == "INFO bot: reminder sent reminder_id=7 late=no"
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("two\nlines", "two\\nlines"),
        ("a\r\nforged ERROR line", "a\\r\\nforged ERROR line"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("para\u2028graph", "para\\u2028graph"),
    ],
)
def test_no_text_can_forge_a_record(text: str, written: str) -> None:
    assert line("%s", text) == f"INFO bot: {written}"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (TOKEN, "[token]"),
        (f"POST https://api.telegram.org/bot{TOKEN}/getMe", "POST https://api.telegram.org/bot[token]/getMe"),
        (TOKEN.replace(":", "%3A"), "[token]"),
        (f"{TOKEN} and {TOKEN}", "[token] and [token]"),
        ("at 12:30 call 123456:short", "at 12:30 call 123456:short"),
    ],
)
def test_tokens_are_taken_out(text: str, written: str) -> None:
    assert redact(text) == written


@given(st.from_regex(r"\A[0-9]{6,12}:[A-Za-z0-9_-]{30,45}\Z"), st.text(), st.text())
def test_a_token_is_taken_out_of_any_surroundings(token: str, before: str, after: str) -> None:
    assert token not in line("%s%s%s", before, token, after)


def test_message_arguments_fields_and_traceback_hold_no_token() -> None:
    error = ValueError(f"refused {TOKEN}\nsecond line")
    info = (ValueError, error, None)
    record = logging.LogRecord("bot", logging.ERROR, "bot.py", 1, f"{TOKEN} %s", (TOKEN,), info)
    record.url = f"/bot{TOKEN}"
    written = LineFormatter("%(message)s").format(record).splitlines()
    assert written == [
        "[token] [token] url=/bot[token]",
        "    ValueError: refused [token]",
        "    second line",
    ]


def test_known_secrets_are_taken_out_too_the_longer_first() -> None:
    record = logging.LogRecord(
        "bot", logging.DEBUG, "bot.py", 1, "%r", ({"secret_token": "hush-hush"},), None
    )
    assert (
        LineFormatter("%(message)s", ["hush", "hush-hush"]).format(record) == "{'secret_token': '[secret]'}"
    )


@pytest.mark.usefixtures("root")
def test_every_logger_writes_to_stderr_from_the_level_on(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("INFO")
    logging.getLogger("bot.any").info("seen")
    logging.getLogger("bot.any").debug("not seen")
    warnings.warn("careful", stacklevel=1)
    written = [entry.split(" ")[2:4] for entry in capsys.readouterr().err.splitlines()]
    assert written == [["INFO", "bot.any:"], ["WARNING", "py.warnings:"]]


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize("name", QUIET)
def test_libraries_that_log_addresses_stay_quiet_even_at_debug(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    set_up_logs("DEBUG")
    logging.getLogger(name).info("HTTP Request: POST https://api.telegram.org/bot%s/getMe", TOKEN)
    assert capsys.readouterr().err == ""
