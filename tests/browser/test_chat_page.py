"""A person at the chat page: what is shown, and what every control does."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect
from small_bot import LETTER, SmallBot

# One browser serves the whole module, so its tests share an event loop.
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def start(page: Page) -> None:
    await page.locator("#start").click()
    await expect(page.locator(".message")).to_have_count(5)


async def write(page: Page, text: str) -> None:
    await page.locator("#text").fill(text)
    await page.locator("#text").press("Enter")


async def test_texts_are_shown_as_telegram_shows_them(page: Page) -> None:
    await start(page)
    first = page.locator(".message.theirs").first
    await expect(first.locator("b")).to_have_text("bold")
    await expect(first.locator("time.moment")).to_have_text("12 марта 2026 г. в 12:00")
    await expect(first.locator(".meta time")).to_have_text("12:00")
    await expect(page.locator(".day")).to_have_text("10 марта")
    await expect(page.locator("#text")).to_have_attribute("placeholder", "e.g. Friday 15:00")


async def test_no_text_becomes_markup(page: Page) -> None:
    await start(page)
    evil = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    await write(page, evil)
    await expect(page.locator(".message.own .text").last).to_have_text(evil)
    await expect(page.locator(".message.theirs .text").last).to_have_text(f"You said: {evil}")
    await expect(page.locator("#history img, #history script, #conversations script")).to_have_count(0)


async def test_a_letter_is_copied_with_one_tap(page: Page) -> None:
    await start(page)
    await page.locator("pre").click()
    await expect(page.locator("#toast")).to_have_text("Скопировано")
    assert await page.evaluate("navigator.clipboard.readText()") == LETTER
    await page.get_by_role("button", name="Phone").click()
    await page.wait_for_function("navigator.clipboard.readText().then((text) => text === '+79123456789')")


async def test_a_link_to_a_chat_shows_what_is_typed_in(page: Page) -> None:
    await start(page)
    await page.get_by_role("button", name="Write to Olga").click()
    await expect(page.locator("#draft h2")).to_have_text("Чат с @olga_hr")
    await expect(page.locator("#draft textarea")).to_have_value("Dear Olga,\nдобрый & <b>")
    await page.get_by_role("button", name="Понятно").click()
    await expect(page.locator("#draft")).to_be_hidden()


async def test_a_tap_edits_in_place_and_toasts(page: Page) -> None:
    await start(page)
    await page.get_by_role("button", name="Count").click()
    message = page.locator(".message", has_text="Counted")
    await expect(message.locator(".meta")).to_contain_text("изменено")
    await expect(page.locator("#toast")).to_have_text("Noted")
    await expect(page.locator(".message")).to_have_count(5)


async def test_an_alert_waits_for_its_reader(page: Page) -> None:
    await start(page)
    await page.get_by_role("button", name="Warn").click()
    await expect(page.locator("#alert p")).to_have_text("Careful!")
    await page.get_by_role("button", name="Понятно").click()
    await expect(page.locator("#alert")).to_be_hidden()


async def test_a_button_spins_until_it_is_answered(page: Page, small_bot: SmallBot) -> None:
    await start(page)
    button = page.get_by_role("button", name="Wait")
    await button.click()
    await expect(button).to_have_class(re.compile("waiting"))
    await page.reload()
    await expect(button).to_have_class(re.compile("waiting"))
    small_bot.may_answer.set()
    await expect(button).not_to_have_class(re.compile("waiting"))


async def test_a_reload_shows_the_same_chat(page: Page) -> None:
    await start(page)
    await write(page, "remember me")
    await expect(page.locator(".message")).to_have_count(7)
    before = await page.locator("#history").inner_text()
    await page.reload()
    await expect(page.locator(".message")).to_have_count(7)
    assert await page.locator("#history").inner_text() == before


async def test_the_clock_jumps_to_the_next_reminder(page: Page) -> None:
    await start(page)
    await expect(page.locator("#now")).to_have_text("вт, 10 мар., 12:00")
    await page.locator("#history").evaluate("(history) => history.scrollTo(0, 0)")
    await page.get_by_role("button", name="К следующему напоминанию").click()
    await expect(page.locator(".message", has_text="Time to call!")).to_be_in_viewport()
    await expect(page.locator("#now")).to_have_text("чт, 12 мар., 12:00")
    await expect(page.locator(".day")).to_have_text(["10 марта", "12 марта"])
    await page.get_by_role("button", name="К следующему напоминанию").click()
    await expect(page.locator("#toast")).to_have_text("Напоминаний не запланировано")
    await page.get_by_role("button", name="+1 день").click()
    await page.get_by_role("button", name="+1 час").click()
    await expect(page.locator("#now")).to_have_text("пт, 13 мар., 13:00")


async def test_people_switch_with_their_language_and_unread_badge(page: Page) -> None:
    await start(page)
    await page.locator(".person", has_text="Emma Clarke").click()
    await expect(page.locator("#start")).to_have_text("Start")
    await expect(page.locator("#now")).to_have_text(re.compile("Tue.*09:00"))
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await page.get_by_role("button", name="To the next reminder").click()
    badge = page.locator("[data-key='1001:1001']").locator(".badge")
    await expect(badge).to_have_text("1")
    await page.locator("[data-key='1001:1001']").click()
    await expect(badge).to_have_count(0)
    await expect(page.locator(".message", has_text="Time to call!")).to_be_in_viewport()


async def test_commands_are_listed_in_the_language_of_the_user(page: Page, small_bot: SmallBot) -> None:
    await small_bot.application.bot.set_my_commands([("start", "Начать сначала")], language_code="ru")
    await small_bot.application.bot.set_my_commands([("start", "Start over")])
    await start(page)
    await page.locator("#text").press("/")
    await expect(page.get_by_role("menuitem")).to_have_text("/startНачать сначала")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message")).to_have_count(10)


async def test_a_reply_keyboard_writes_and_shares_the_own_contact(page: Page, small_bot: SmallBot) -> None:
    await start(page)
    await page.locator("#reply-keyboard").get_by_role("button", name="Today").click()
    await expect(page.locator(".message", has_text="You said: Today")).to_be_visible()
    await page.locator("#reply-keyboard").get_by_role("button", name="My contact").click()
    await expect(page.locator(".message.own .document")).to_contain_text("Анна Ковалёва")
    shared = [*small_bot.telegram.state.chats[1001].posted.values()][-1].wire["contact"]
    assert shared["user_id"] == 1001


async def test_contacts_forwards_and_files_are_sent(page: Page, tmp_path: Path) -> None:
    await start(page)
    await page.locator("#attach").click()
    await page.get_by_role("menuitem", name="Контакт").click()
    await page.get_by_label("Имя").fill("Maria")
    await page.get_by_label("Телефон").fill("+7 912 345-67-89")
    await page.locator("#contact .main").click()
    await expect(page.locator(".message.own .document")).to_contain_text("Maria")
    await page.locator("#attach").click()
    await page.get_by_role("menuitem", name="Переслать сообщение").click()
    await page.get_by_label("Кто написал").fill("HR of Acme")
    await page.get_by_label("Текст сообщения").fill("We will call on Friday")
    await page.locator("#forward .main").click()
    await expect(page.locator(".message.own .forwarded")).to_have_text("Переслано от HR of Acme")
    invitation = tmp_path / "invitation.ics"
    invitation.write_bytes(b"BEGIN:VCALENDAR\r\n")
    await page.locator("#file").set_input_files(invitation)
    await expect(page.locator(".message.own .document").last).to_contain_text("invitation.ics")
    async with page.expect_download() as download:
        await page.locator(".message.own .document").last.click()
    assert (await (await download.value).path()).read_bytes() == b"BEGIN:VCALENDAR\r\n"


async def test_blocking_and_unblocking_the_bot(page: Page, small_bot: SmallBot) -> None:
    await start(page)
    await page.locator("#more").click()
    await page.get_by_role("menuitem", name="Заблокировать бота").click()
    await expect(page.locator("#composer")).to_be_hidden()
    assert small_bot.telegram.state.chats[1001].blocked
    await page.locator("#start").click()
    await expect(page.locator("#composer")).to_be_visible()
    assert not small_bot.telegram.state.chats[1001].blocked


async def test_dark_follows_the_system_until_it_is_chosen(page: Page) -> None:
    await start(page)
    background = "getComputedStyle(document.querySelector('.bar')).color"
    await page.emulate_media(color_scheme="dark")
    assert await page.evaluate(background) == "rgb(243, 246, 249)"
    await page.locator("#theme").click()
    assert await page.evaluate(background) == "rgb(16, 20, 24)"
    await page.reload()
    assert await page.evaluate(background) == "rgb(16, 20, 24)"


async def test_a_narrow_phone_needs_no_sideways_scrolling(page: Page) -> None:
    await page.set_viewport_size({"width": 360, "height": 640})
    await start(page)
    assert await page.evaluate("document.documentElement.scrollWidth") == 360
    outside = """[...document.querySelectorAll('main button')]
        .filter((button) => button.getBoundingClientRect().right > 360).map((button) => button.outerHTML)"""
    assert await page.evaluate(outside) == []
    await page.locator("#back").click()
    await expect(page.locator("#conversations")).to_be_visible()
    await expect(page.locator("main")).to_be_hidden()
    await page.locator(".person").first.click()
    await expect(page.locator("main")).to_be_visible()


async def test_every_control_has_a_name(page: Page) -> None:
    await start(page)
    nameless = """[...document.querySelectorAll('button:not([hidden]), input, textarea, select')]
        .filter((control) => !(control.innerText || control.textContent || control.getAttribute('aria-label')
            || control.labels?.length)).map((control) => control.outerHTML)"""
    assert await page.evaluate(nameless) == []


async def test_the_server_refuses_other_sites(browser: Browser, url: str) -> None:
    context = await browser.new_context()
    statuses = [
        (
            await context.request.post(f"{url}api/say", headers={"Origin": "https://evil.example"}, data={})
        ).status,
        (await context.request.get(f"{url}api/state", headers={"Host": "evil.example"})).status,
        (await context.request.get(f"{url}api/files/none")).status,
        (await context.request.post(f"{url}api/press", data={"user_id": 1001})).status,
        (await context.request.get(f"{url}api/state")).status,
    ]
    await context.close()
    assert statuses == [403, 403, 404, 409, 200]
