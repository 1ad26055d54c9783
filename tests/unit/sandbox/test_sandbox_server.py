import webbrowser
from datetime import datetime
from pathlib import Path

import pytest

from bot.clock import SettableClock
from bot.errors import ConfigError
from bot.sandbox.description import DescriptionContract
from bot.sandbox.page import build_page, serve
from bot.sandbox.telegram import InMemoryTelegram


async def _nothing_due() -> datetime | None:
    return None


async def _tick() -> None:
    return


async def test_the_page_is_served_on_loopback_also_where_there_is_no_browser(
    telegram: InMemoryTelegram, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_nothing(url: str) -> bool:
        opened.append(url)
        raise webbrowser.Error

    monkeypatch.setattr(webbrowser, "open", open_nothing)
    async with serve(build_page(telegram, clock, _nothing_due, _tick), browse=True) as url:
        assert url.startswith("http://127.0.0.1:")
    assert opened == [url]


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"methods": 1, "types": {}}'])
def test_an_unreadable_description_is_a_wrong_setting(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "api.json"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match="is no description of the Bot API"):
        DescriptionContract(path)
