"""Settings: what each variable may be, and the one line that says what is wrong."""

from pathlib import Path

import pytest

from bot.config import SHAPES, Settings, Webhook, default_database_url, environment
from bot.errors import ConfigError

TOKEN = "123456789:" + "A" * 35
KEY = "0" * 43 + "="


def test_an_empty_environment_opens_the_sandbox_on_a_file_of_the_user() -> None:
    assert Settings.load({}) == Settings(
        bot_token=None,
        database_url=default_database_url(),
        telegram_api_url="https://api.telegram.org",
        webhook_url=None,
        webhook_secret=None,
        data_key=None,
        key_file=Settings.load({}).key_file,
        port=None,
        owner_id=None,
        log_level="INFO",
    )


def test_every_variable_is_read() -> None:
    environ = {
        "BOT_TOKEN": TOKEN,
        "DATABASE_URL": "postgresql://bot:hidden@db/five",
        "TELEGRAM_API_URL": "http://localhost:8081/",
        "WEBHOOK_URL": "https://bot.example.org:8443/hook",
        "WEBHOOK_SECRET": "Quiet_secret-1",
        "DATA_KEY": KEY,
        "PORT": "8080",
        "OWNER_ID": "42",
        "LOG_LEVEL": "debug",
        "UNRELATED": "is left alone",
    }
    assert Settings.load(environ) == Settings(
        bot_token=TOKEN,
        database_url="postgresql://bot:hidden@db/five",
        telegram_api_url="http://localhost:8081",
        webhook_url="https://bot.example.org:8443/hook",
        webhook_secret="Quiet_secret-1",
        data_key=KEY,
        key_file=Settings.load({}).key_file,
        port=8080,
        owner_id=42,
        log_level="DEBUG",
    )


def test_the_database_and_its_key_lie_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    settings = Settings.load({})
    assert settings.database_url == f"sqlite:///{tmp_path}/data/five-touches/five-touches.sqlite3"
    assert settings.key_file == tmp_path / "config" / "five-touches" / "data.key"


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        (
            "DATABASE_URL",
            "postgres://bot@db/five",
            "postgresql://bot@db/five",
        ),  # as hosting platforms write it
        ("DATABASE_URL", "sqlite:///bot data.sqlite3", "sqlite:///bot data.sqlite3"),
        ("DATA_KEY", f"{KEY}, {KEY}", f"{KEY}, {KEY}"),
        ("PORT", "1", 1),
        ("PORT", "65535", 65535),
        ("LOG_LEVEL", " Warning ", "WARNING"),
        ("WEBHOOK_SECRET", "a" * 256, "a" * 256),
        ("TELEGRAM_API_URL", "https://api.telegram.org", "https://api.telegram.org"),
    ],
)
def test_good_values_at_the_edges(name: str, value: str, read: object) -> None:
    assert getattr(Settings.load({name: value}), name.lower()) == read


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "hello"),
        ("BOT_TOKEN", "12345:" + "A" * 35),
        ("BOT_TOKEN", TOKEN + "!"),
        ("BOT_TOKEN", "bot" + TOKEN),
        ("DATABASE_URL", "mysql://db/five"),
        ("DATABASE_URL", "bot.sqlite3"),
        ("DATABASE_URL", "sqlite:///"),
        ("TELEGRAM_API_URL", "api.telegram.org"),
        ("TELEGRAM_API_URL", "ftp://api.telegram.org"),
        ("TELEGRAM_API_URL", "https://"),
        ("TELEGRAM_API_URL", "https://host:port"),
        ("WEBHOOK_URL", "http://bot.example.org/hook"),
        ("WEBHOOK_URL", "https://bot.example.org:8080/hook"),
        ("WEBHOOK_URL", "bot.example.org"),
        ("WEBHOOK_SECRET", "has a space"),
        ("WEBHOOK_SECRET", "caf\u00e9"),
        ("WEBHOOK_SECRET", "a" * 257),
        ("DATA_KEY", "short"),
        ("DATA_KEY", "0" * 44),
        ("DATA_KEY", f"{KEY},"),
        ("DATA_KEY", "\u043a\u043b\u044e\u0447"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "http"),
        ("PORT", "-1"),
        ("PORT", "\u0661"),
        ("OWNER_ID", "@owner"),
        ("OWNER_ID", "0"),
        ("OWNER_ID", "-42"),
        ("LOG_LEVEL", "CHATTY"),
    ],
)
def test_a_wrong_value_is_named_but_never_repeated(name: str, value: str) -> None:
    with pytest.raises(ConfigError) as refusal:
        Settings.load({name: value})
    assert str(refusal.value) == f"{name} should {SHAPES[name]}"
    assert refusal.value.__cause__ is None


@pytest.mark.parametrize("name", ["BOT_TOKEN", "PORT", "DATABASE_URL", "DATA_KEY", "LOG_LEVEL"])
def test_an_empty_variable_is_as_good_as_none(name: str) -> None:
    assert Settings.load({name: " "}) == Settings.load({})


@pytest.mark.parametrize(
    ("environ", "missing"),
    [
        ({}, "WEBHOOK_URL"),
        ({"WEBHOOK_SECRET": "secret"}, "WEBHOOK_URL"),
        ({"WEBHOOK_URL": "https://bot.example.org/hook"}, "WEBHOOK_SECRET"),
    ],
)
def test_a_webhook_needs_its_address_and_its_secret(environ: dict[str, str], missing: str) -> None:
    with pytest.raises(ConfigError) as refusal:
        Settings.load(environ).webhook()
    assert str(refusal.value) == f"{missing} is missing: it should {SHAPES[missing]}"


@pytest.mark.parametrize(
    ("url", "path"), [("https://bot.example.org", "/"), ("https://bot.example.org/a/b", "/a/b")]
)
def test_the_path_of_the_webhook_is_that_of_its_address(url: str, path: str) -> None:
    webhook = Settings.load({"WEBHOOK_URL": url, "WEBHOOK_SECRET": "secret"}).webhook()
    assert (webhook, webhook.path) == (Webhook(url, "secret"), path)


def test_a_live_mode_needs_the_token() -> None:
    with pytest.raises(ConfigError) as refusal:
        Settings.load({}).token()
    assert str(refusal.value) == f"BOT_TOKEN is missing: it should {SHAPES['BOT_TOKEN']}"
    assert Settings.load({"BOT_TOKEN": TOKEN}).token() == TOKEN


def test_repr_shows_no_secret() -> None:
    environ = {
        "BOT_TOKEN": TOKEN,
        "DATABASE_URL": "postgresql://bot:hidden@db/five",
        "WEBHOOK_SECRET": "Quiet_secret-1",
        "DATA_KEY": KEY,
        "PORT": "80",
    }
    settings = Settings.load(environ)
    assert repr(settings) == (
        f"Settings(telegram_api_url='https://api.telegram.org', webhook_url=None, "
        f"key_file={settings.key_file!r}, port=80, owner_id=None, log_level='INFO')"
    )
    assert settings.secrets == ("Quiet_secret-1", KEY, "hidden")
    assert Settings.load({}).secrets == ()


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text(
        "PORT=1000\nWEBHOOK_SECRET='a$b${PORT}'\nOWNER_ID=7\nBARE\n", encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PORT", "2000")
    monkeypatch.delenv("WEBHOOK_SECRET", raising=False)
    read = environment()
    assert {name: read.get(name) for name in ("PORT", "WEBHOOK_SECRET", "OWNER_ID", "BARE")} == {
        "PORT": "2000",
        "WEBHOOK_SECRET": "a$b${PORT}",
        "OWNER_ID": "7",
        "BARE": None,
    }


def test_no_file_is_fine_and_a_binary_one_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PORT", "2000")
    assert environment()["PORT"] == "2000"
    (tmp_path / ".env").write_bytes(b"PORT=\xff\xfe")
    with pytest.raises(ConfigError, match=r"^\.env should be a text file in UTF-8$"):
        environment()
