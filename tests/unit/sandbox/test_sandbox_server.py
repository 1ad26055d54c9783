import webbrowser
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession

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


async def test_the_clock_jumps_over_what_has_nothing_to_say(
    telegram: InMemoryTelegram, clock: SettableClock
) -> None:
    """A quiet week is due and silent: whoever jumps waits for a message."""
    start = clock.now()
    due = [start + timedelta(days=number) for number in (1, 2, 3)]
    telegram.people.say(1001, "/start")

    async def next_due() -> datetime | None:
        return next((moment for moment in due if moment > clock.now()), None)

    async def tick() -> None:
        if clock.now() == due[1]:
            await telegram.call("sendMessage", {"chat_id": 1001, "text": "Time to call!"})

    async with serve(build_page(telegram, clock, next_due, tick)) as url, ClientSession() as browser:
        jumps = []
        for _ in range(3):
            async with browser.post(f"{url}api/clock", json={}) as answer:
                jumps.append((await answer.json(), (clock.now() - start).days))
    assert jumps == [({"moved": True}, 2), ({"moved": True}, 3), ({"moved": False}, 3)]


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"methods": 1, "types": {}}'])
def test_an_unreadable_description_is_a_wrong_setting(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "api.json"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match="is no description of the Bot API"):
        DescriptionContract(path)
