"""Settings: the environment, read once and checked; nothing else in the project looks at it."""

import base64
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeVar
from urllib.parse import urlsplit

from dotenv import dotenv_values
from platformdirs import user_config_path, user_data_path

from bot.errors import ConfigError

Value = TypeVar("Value")

# python-telegram-bot asks for it whenever it gives a time span, and warns of the whole seconds it replaces.
os.environ.setdefault("PTB_TIMEDELTA", "true")

NAME = "five-touches"
TELEGRAM_API_URL = "https://api.telegram.org"

SHAPES = {
    "BOT_TOKEN": "look like 123456789:AAHd-4_x..., exactly as @BotFather gives it",
    "DATABASE_URL": "look like sqlite:///path/to/bot.sqlite3 or postgresql://user:password@host/database",
    "TELEGRAM_API_URL": f"look like {TELEGRAM_API_URL}, or http://localhost:8081 for a server of your own",
    "WEBHOOK_URL": "look like https://bot.example.org/webhook, on port 443, 80, 88 or 8443",
    "WEBHOOK_SECRET": "be 1 to 256 characters out of A-Z, a-z, 0-9, _ and -",
    "DATA_KEY": "be 32 random bytes in URL-safe base64 (44 characters), or such keys parted by commas",
    "PORT": "be a number from 1 to 65535",
    "OWNER_ID": "be your numeric Telegram id, like 123456789",
    "LOG_LEVEL": "be one of DEBUG, INFO, WARNING, ERROR",
}


class Webhook(NamedTuple):
    """Where Telegram delivers updates, and the secret that proves it is Telegram."""

    url: str
    secret: str

    @property
    def path(self) -> str:
        """The part of the address that this process serves."""
        return urlsplit(self.url).path or "/"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the environment says; secrets stay out of `repr`."""

    bot_token: str | None = field(default=None, repr=False)
    #: May hold the password of the database.
    database_url: str = field(repr=False)
    telegram_api_url: str = TELEGRAM_API_URL
    webhook_url: str | None = None
    webhook_secret: str | None = field(default=None, repr=False)
    data_key: str | None = field(default=None, repr=False)
    #: Holds the key when DATA_KEY does not; apart from the database, so that no backup of one is both.
    key_file: Path
    #: None leaves it to the mode.
    port: int | None = None
    owner_id: int | None = None
    log_level: str = "INFO"

    @classmethod
    def load(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the settings; raises ConfigError with one line that names the variable and its shape."""
        return cls(
            bot_token=_read(environ, "BOT_TOKEN", _token),
            database_url=_read(environ, "DATABASE_URL", _database_url) or default_database_url(),
            telegram_api_url=_read(environ, "TELEGRAM_API_URL", _api_url) or TELEGRAM_API_URL,
            webhook_url=_read(environ, "WEBHOOK_URL", _webhook_url),
            webhook_secret=_read(environ, "WEBHOOK_SECRET", _secret),
            data_key=_read(environ, "DATA_KEY", _data_key),
            key_file=user_config_path(NAME, appauthor=False) / "data.key",
            port=_read(environ, "PORT", _port),
            owner_id=_read(environ, "OWNER_ID", _owner_id),
            log_level=_read(environ, "LOG_LEVEL", _log_level) or "INFO",
        )

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no log may show; the token has a shape of its own, by which it is known anywhere."""
        password = urlsplit(self.database_url).password
        return tuple(filter(None, (self.webhook_secret, self.data_key, password)))

    def token(self) -> str:
        """Return the bot's token; raises ConfigError without one."""
        return _required("BOT_TOKEN", self.bot_token)

    def webhook(self) -> Webhook:
        """Return where updates are delivered; raises ConfigError unless both its variables are set."""
        return Webhook(
            _required("WEBHOOK_URL", self.webhook_url), _required("WEBHOOK_SECRET", self.webhook_secret)
        )


def environment() -> dict[str, str]:
    """Return the variables of `.env` in the working directory; those of the process win."""
    try:
        # No interpolation: a `$` inside a secret is part of it.
        stored = dotenv_values(Path(".env"), interpolate=False)
    except UnicodeDecodeError:
        raise ConfigError(".env should be a text file in UTF-8") from None
    return {name: value for name, value in stored.items() if value is not None} | dict(os.environ)


def default_database_url() -> str:
    """Return the URL of a SQLite file in the user's data directory."""
    return f"sqlite:///{user_data_path(NAME, appauthor=False) / f'{NAME}.sqlite3'}"


def _read(environ: Mapping[str, str], name: str, parse: Callable[[str], Value]) -> Value | None:
    # An empty variable counts as unset: `BOT_TOKEN= make run` opens the sandbox in spite of `.env`.
    text = environ.get(name, "").strip()
    try:
        return parse(text) if text else None
    except ValueError:
        # The value itself is not repeated: it may be a mistyped secret.
        raise ConfigError(f"{name} should {SHAPES[name]}") from None


def _required(name: str, value: Value | None) -> Value:
    if value is None:
        raise ConfigError(f"{name} is missing: it should {SHAPES[name]}")
    return value


def _match(pattern: str, text: str) -> str:
    if not re.fullmatch(pattern, text, re.ASCII):
        raise ValueError(pattern)
    return text


def _token(text: str) -> str:
    return _match(r"\d{6,}:[\w-]{30,}", text)


def _database_url(text: str) -> str:
    # Hosting platforms hand out the short scheme.
    return _match(r"sqlite:///\S.*|postgresql://\S+", re.sub(r"\Apostgres:", "postgresql:", text))


def _api_url(text: str) -> str:
    url = urlsplit(text)
    # Reading the port checks it.
    if url.scheme not in {"http", "https"} or not url.hostname or url.port == 0 or url.query or url.fragment:
        raise ValueError(url.scheme)
    return text.rstrip("/")


def _webhook_url(text: str) -> str:
    url = urlsplit(text)
    if url.scheme != "https" or not url.hostname or url.port not in {None, 443, 80, 88, 8443}:
        raise ValueError(url.scheme)
    return text


def _secret(text: str) -> str:
    return _match(r"[\w-]{1,256}", text)


def _data_key(text: str) -> str:
    for key in text.split(","):
        if len(base64.b64decode(key.strip(), altchars=b"-_", validate=True)) != 32:
            raise ValueError(len(key))
    return text


def _port(text: str) -> int:
    number = int(_match(r"\d{1,5}", text))
    if not 1 <= number <= 65535:
        raise ValueError(number)
    return number


def _owner_id(text: str) -> int:
    return int(_match(r"[1-9]\d{0,15}", text))


def _log_level(text: str) -> str:
    return _match(r"DEBUG|INFO|WARNING|ERROR", text.upper())
