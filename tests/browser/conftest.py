"""The chat page in a real headless Chromium, in front of a small bot that answers by polling."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright
from small_bot import SmallBot

from bot.sandbox.page import build_page, serve

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest_asyncio.fixture(loop_scope="module")
async def small_bot() -> AsyncIterator[SmallBot]:
    small = SmallBot()
    async with small.application:
        polling = asyncio.ensure_future(small.poll())
        yield small
        polling.cancel()
        with suppress(asyncio.CancelledError):
            await polling


@pytest_asyncio.fixture(loop_scope="module")
async def url(small_bot: SmallBot) -> AsyncIterator[str]:
    page = build_page(small_bot.telegram, small_bot.clock, small_bot.next_due, small_bot.tick)
    async with serve(page) as address:
        yield address


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    executable = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if not executable:
        missing = "needs Chromium (Debian: apt install chromium), or its path in CHROMIUM"
        if os.environ.get("CI"):  # there the page is always looked at
            pytest.fail(missing)
        pytest.skip(missing)
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=executable, args=_ARGUMENTS)
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, url: str) -> AsyncIterator[Page]:
    """The chat of Anna, opened on a desktop; a problem in the page's scripts or a foreign request fails."""
    problems: list[str] = []
    context = await browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    context.set_default_timeout(10_000)
    opened = await context.new_page()
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    opened.on(
        "request", lambda sent: None if sent.url.startswith((url, "data:")) else problems.append(sent.url)
    )
    await opened.goto(url)
    yield opened
    await context.close()
    assert problems == []
