"""Logging: one line for each event on stderr, quiet libraries, no bot token anywhere."""

import logging
import re
import sys
from collections.abc import Iterable

#: A bot token, also as it appears inside a quoted address.
TOKEN = re.compile(r"\d{6,}(?::|%3A)[\w-]{30,}", re.ASCII | re.IGNORECASE)

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

#: They log every request with its address, and an address of the Bot API holds the token.
QUIET = ("httpx", "httpcore", "aiohttp.access", "apscheduler")

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def set_up_logs(level: str, secrets: Iterable[str] = ()) -> None:
    """Send the logs of this process to stderr, from the given level on, without tokens and these secrets."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LineFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s", secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def redact(text: str) -> str:
    """Return the text with whatever looks like a bot token taken out."""
    return TOKEN.sub("[token]", text)


class LineFormatter(logging.Formatter):
    """One line for each record, with its extra fields; the lines of a traceback follow indented.

    Secrets are taken out here, last, because here message, arguments, fields and traceback have become text.
    """

    def __init__(self, line: str, secrets: Iterable[str] = ()) -> None:
        super().__init__(line)
        self._secrets = sorted(secrets, key=len, reverse=True)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the base class names it
        """Return the line; control characters in it are escaped, so that no text can forge a record."""
        fields = [f"{name}={value}" for name, value in vars(record).items() if name not in _STANDARD]
        line = " ".join([super().formatMessage(record), *fields])
        return CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode(), line)

    def format(self, record: logging.LogRecord) -> str:
        """Return the record without secrets; whatever follows its line is indented."""
        line, *rest = super().format(record).splitlines()
        text = redact("\n".join([line, *(f"    {part}" for part in rest)]))
        for secret in self._secrets:
            text = text.replace(secret, "[secret]")
        return text
