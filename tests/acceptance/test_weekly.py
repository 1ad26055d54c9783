"""Point 10 of the story: the Friday sweep of what has gone quiet, and the Sunday review of the week."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from chat_driver import Chat, Shown
from story import DAY, ENGLISH, HOUR, RUSSIAN, Person, Scene, introduce, labels, local, tell, tell_fully

from bot.domain.vacancy import Status

#: The first Friday on which the interviews of 6 July were more than two weeks ago.
SWEEP_RU = """\
🍃 Где давно тихо

Здесь давно нет ответа. Молчание ещё не отказ, но и ждать всех без конца не нужно. Что закроем, что пусть \
остаётся?

• Альфа · аналитик: молчат 18 дней
• Бета · аналитик: молчат 17 дней
• Гамма · аналитик: молчат 16 дней"""
SWEEP_EN = """\
🍃 Quiet for a while

Nobody has answered here for a while. Silence is not a refusal, but you need not wait for everyone forever. \
What shall we close, and what can stay?

• Альфа · sales manager: silent for 18 days
• Бета · sales manager: silent for 17 days
• Гамма · sales manager: silent for 16 days"""
COMPANIES = ("Альфа", "Бета", "Гамма")

REVIEW_RU = """\
🗓 Итоги недели, 6–12 июля
✉️ 1 обращение к работодателю
💬 1 ответ
🤝 2 собеседования

Впереди

пн, 13 июля
📖 Подготовиться к собеседованию (Гамма)

вт, 14 июля
📞 Позвонить: Ольга Петровна Смирнова (Вектор)
🤝 15:00 Собеседование (Гамма)

Собеседования идут, а к договору ведут именно они. Хорошего вам вечера."""
REVIEW_EN = """\
🗓 Your week, 6–12 July
✉️ 1 touch
💬 1 answer
🤝 2 interviews

Ahead

Mon 13 July
📖 Prepare for the interview (Gamma)

Tue 14 July
📞 Call: Jane Roe (Acme)
🤝 15:00 Interview (Gamma)

Interviews are under way, and they are what leads to a contract. Have a good evening."""


@pytest.fixture
async def chat(scene: Scene, person: Person) -> Chat:
    """The chat of somebody to whom the weekly messages come."""
    chat = scene.chat(person)
    await introduce(chat, person, weekly=True)
    return chat


# The sweep


async def test_the_sweep_asks_about_what_is_quiet(scene: Scene, person: Person, chat: Chat) -> None:
    """R37, R96: in the afternoon of the first Friday after two weeks of silence, without a sound."""
    await gone_quiet(scene, person, chat)

    assert local(person, scene.clock.now()) == "2026-07-24 16:00 Fri"
    assert chat.last.text == {"ru": SWEEP_RU, "en": SWEEP_EN}[person.language]
    assert sent_last(scene)["disable_notification"] is True
    assert chat.last.buttons == [
        [person.label("button.sweep_close_all"), person.label("button.sweep_keep_all")],
        [person.label("button.sweep_choose")],
        [person.label("button.weekly_off")],
    ]


async def test_all_are_closed_at_one_tap_and_brought_back_at_another(
    scene: Scene, person: Person, chat: Chat
) -> None:
    await gone_quiet(scene, person, chat)
    before = await scene.snapshot("reminders")

    await chat.click(person.label("button.sweep_close_all"))
    names = "; ".join(f"{company} · {person.position}" for company in COMPANIES)
    assert chat.last.text == (
        f"{person.text('sweep.closed', names=names)}\n\n{person.text('sweep.after_closing')}"
    )
    assert await statuses(scene, person) == dict.fromkeys(COMPANIES, Status.GIVEN_UP)
    assert await scene.wait_until(scene.clock.now() + HOUR) == 0

    await chat.click(person.label("button.undo"))
    assert chat.last.text.startswith(f"{person.text('report.undone')}\n\n{person.text('sweep.title')}\n\n")
    assert await statuses(scene, person) == dict.fromkeys(COMPANIES, Status.OPEN)
    assert await scene.snapshot("reminders") == before
    assert chat.last.buttons[0][0] == person.label("button.sweep_close_all")
    await chat.click(person.label("button.sweep_close_all"))
    assert await statuses(scene, person) == dict.fromkeys(COMPANIES, Status.GIVEN_UP)


async def test_what_is_kept_does_not_come_again_for_two_weeks(
    scene: Scene, person: Person, chat: Chat
) -> None:
    """C1, R2: the plan begins anew, and the user is asked again when it was to no avail."""
    await gone_quiet(scene, person, chat)
    kept_at = scene.clock.now()

    await chat.click(person.label("button.sweep_keep_all"))
    assert chat.last.text.endswith(person.text("sweep.after_keeping"))
    assert await statuses(scene, person) == dict.fromkeys(COMPANIES, Status.OPEN)
    await chat.click(person.label("button.today"))
    assert chat.last.text.count(f"{person.texts.day(date(2026, 7, 29))}, 10:00") == 3

    came = await came_until(scene, chat, kept_at + 14 * DAY - HOUR)
    assert not any(person.text("sweep.title") in text for text in came)
    (again,) = await came_until(scene, chat, kept_at + 14 * DAY)
    assert again.startswith(person.text("sweep.title"))


async def test_keeping_can_be_taken_back(scene: Scene, person: Person, chat: Chat) -> None:
    await gone_quiet(scene, person, chat)
    before = await scene.snapshot("reminders")
    await chat.click(person.label("button.sweep_keep_all"))

    await chat.click(person.label("button.undo"))

    assert await scene.snapshot("reminders") == before
    vacancies = await scene.storage.vacancies.active(person.user_id)
    assert [vacancy.kept_at for vacancy in vacancies] == [None] * 3


async def test_some_are_chosen(scene: Scene, person: Person, chat: Chat) -> None:
    await gone_quiet(scene, person, chat)
    await chat.click(person.label("button.sweep_choose"))
    title = f" · {person.position}"
    assert chat.last.text == f"{person.text('sweep.title')}\n\n{person.text('sweep.choose')}"
    assert chat.last.buttons == [*([f"☐ {name}{title}"] for name in COMPANIES), [person.label("button.back")]]

    for name in ("Альфа", "Гамма", "Альфа", "Бета"):
        mark = next(label for label in labels(chat.last) if name in label)
        await chat.click(mark)
    assert [label[0] for label in labels(chat.last)[:3]] == ["☐", "☑", "☑"]
    await chat.click(person.label("button.sweep_close_chosen", n=2))

    assert await statuses(scene, person) == {
        "Альфа": Status.OPEN,
        "Бета": Status.GIVEN_UP,
        "Гамма": Status.GIVEN_UP,
    }
    lines = chat.last.text.split("\n")
    assert lines[0] == person.text("sweep.closed", names=f"Бета{title}; Гамма{title}")
    assert lines[1] == person.text("sweep.kept", names=f"Альфа{title}")


async def test_choosing_can_be_left(scene: Scene, person: Person, chat: Chat) -> None:
    await gone_quiet(scene, person, chat)
    asked = chat.last.text
    await chat.click(person.label("button.sweep_choose"))

    await chat.click(person.label("button.back"))

    assert chat.last.text == asked


async def test_a_single_one_is_closed_or_kept(scene: Scene, person: Person, chat: Chat) -> None:
    await gone_quiet(scene, person, chat, "Альфа")

    assert chat.last.text.split("\n\n")[1] == person.text("sweep.one")
    assert chat.last.buttons == [
        [person.label("button.sweep_close"), person.label("button.sweep_keep")],
        [person.label("button.card")],
        [person.label("button.weekly_off")],
    ]
    await chat.click(person.label("button.sweep_close"))
    assert await statuses(scene, person) == {"Альфа": Status.GIVEN_UP}


async def test_a_list_that_has_changed_is_shown_anew(scene: Scene, person: Person, chat: Chat) -> None:
    """Somebody answered after all: nothing is closed that the user has not seen so."""
    await gone_quiet(scene, person, chat)
    asked = chat.last
    vacancy = (await scene.storage.vacancies.active(person.user_id))[0]
    await chat.send("/today")
    await chat.tap(f"re:{vacancy.id}:{vacancy.seq}:vague:0")

    await chat.click_on(asked, person.label("button.sweep_close_all"))

    anew = chat.message(asked.message_id)
    assert anew.text.startswith(f"{person.text('sweep.changed')}\n\n{person.text('sweep.title')}")
    assert vacancy.company not in anew.text
    assert set((await statuses(scene, person)).values()) == {Status.OPEN}
    await chat.click_on(anew, person.label("button.sweep_close_all"))
    found = await statuses(scene, person)
    assert [found.pop(vacancy.company), *set(found.values())] == [Status.OPEN, Status.GIVEN_UP]


async def test_what_is_settled_already_is_said_to_be(scene: Scene, person: Person, chat: Chat) -> None:
    await gone_quiet(scene, person, chat)
    asked = chat.last
    close = data_of(scene, asked)
    await chat.click(person.label("button.sweep_close_all"))
    undo = undo_of(scene, person)
    await chat.tap(close)
    assert chat.last.text == person.text("sweep.nothing")

    vacancy = (await scene.storage.vacancies.all(person.user_id))[0]
    await chat.tap(f"ac:{vacancy.id}:{vacancy.seq}:reopen")  # something came after it: that stays
    await chat.tap(undo)
    assert set((await statuses(scene, person)).values()) == {Status.OPEN}
    await chat.tap(undo)
    assert chat.toast
    assert chat.toast.text == person.label("stale.button")


@pytest.mark.parametrize(
    "data",
    [
        "so:settle:0:0:1",
        "so:settle:1784894400000000:1:7",
        "so:choose:99999999999999999999:1:0",
        "so:list:-5:0:0",
        "so:fly:1784894400000000:0:0",
        "so:settle:x:0:0",
        "so:undo:0:0:0",
        "so:undo:99999999999999999999:0:0",
        "sw:fly:on",
        "sw:sweep:",
    ],
)
async def test_an_ill_meant_tap_closes_nothing(scene: Scene, person: Person, chat: Chat, data: str) -> None:
    await gone_quiet(scene, person, chat)

    await chat.tap(data)

    assert set((await statuses(scene, person)).values()) == {Status.OPEN}


async def test_nobody_sweeps_for_another(scene: Scene, anna: Chat) -> None:
    chat = scene.chat(ENGLISH)
    await introduce(chat, ENGLISH, weekly=True)
    await gone_quiet(scene, ENGLISH, chat)

    await anna.tap(data_of(scene, chat.last))

    assert anna.last.text == RUSSIAN.text("sweep.nothing")
    assert set((await statuses(scene, ENGLISH)).values()) == {Status.OPEN}


async def test_more_than_fit_come_in_turn(scene: Scene, anna: Chat) -> None:
    await anna.send("/settings")
    await anna.click("Пятничный разбор")
    await anna.click("Да")
    for number in range(10):
        await tell(anna, RUSSIAN, company=f"{number}", when="2026-07-06 11:00", role=None)
    await scene.wait_until(datetime(2026, 7, 24, 13, tzinfo=UTC))
    assert anna.last.text.endswith("И ещё 2 вакансии: покажу следом.")
    await anna.click("🏁 Закрыть все")

    await anna.click("Показать ещё: 2")

    assert anna.last.text.count("молчат 18 дней") == 2
    await anna.click("🏁 Закрыть все")
    assert set((await statuses(scene, RUSSIAN)).values()) == {Status.GIVEN_UP}


async def test_an_employer_who_answers_is_not_swept(scene: Scene, person: Person, chat: Chat) -> None:
    await tell_fully(chat, person, when="2026-07-06 11:00", promise=date(2026, 7, 31))

    came = await came_until(scene, chat, datetime(2026, 7, 25, tzinfo=UTC))

    assert not any(person.text("sweep.title") in text for text in came)


@pytest.mark.parametrize("weekly", ["sweep", "review"])
async def test_each_is_switched_off_where_it_stands(
    scene: Scene, person: Person, chat: Chat, weekly: str
) -> None:
    await (gone_quiet if weekly == "sweep" else reviewed)(scene, person, chat)
    said = chat.last

    await chat.click(person.label("button.weekly_off"))

    assert chat.message(said.message_id) == said  # what it said stays
    assert chat.last.text == person.text(f"weekly.off.{weekly}")
    other = "review" if weekly == "sweep" else "sweep"
    came = await came_until(scene, chat, scene.clock.now() + 20 * DAY)
    title = "sweep.title" if weekly == "sweep" else "review.title"
    beginning = person.text(title, days="").split(",")[0]
    assert not any(beginning in text for text in came)
    await chat.send("/settings")
    assert f"{person.label(f'setting.{weekly}')}: {person.label('switch.off')}" in chat.last.text
    assert f"{person.label(f'setting.{other}')}: {person.label('switch.on')}" in chat.last.text


@pytest.mark.parametrize("weekly", ["sweep", "review"])
async def test_each_is_switched_on_again(scene: Scene, person: Person, chat: Chat, weekly: str) -> None:
    await (gone_quiet if weekly == "sweep" else reviewed)(scene, person, chat)
    await chat.click(person.label("button.weekly_off"))

    await chat.click(person.label("button.weekly_on"))

    assert chat.last.text == person.text(f"weekly.on.{weekly}")
    await chat.send("/settings")
    assert f"{person.label(f'setting.{weekly}')}: {person.label('switch.on')}" in chat.last.text


async def test_the_settings_switch_them_too(scene: Scene, person: Person, chat: Chat) -> None:
    await tell_fully(chat, person)
    keys = {"sweep:2026-W28", "review:2026-W28"}
    assert await weekly_keys(scene) == keys
    for name in ("sweep", "review"):
        await chat.send("/settings")
        await chat.click(person.label(f"setting.{name}"))
        assert chat.last.text == person.text(f"settings.ask_{name}")
        await chat.click(person.label("switch.off"))
        keys = {key for key in keys if not key.startswith(name)}
        assert await weekly_keys(scene) == keys

    await chat.click(person.label("setting.sweep"))
    await chat.click(person.label("switch.on"))
    assert await weekly_keys(scene) == {"sweep:2026-W28"}


# The review


async def test_the_review_counts_the_week_and_lists_the_next(
    scene: Scene, person: Person, chat: Chat
) -> None:
    """R2, R11: honest counts with their plural forms, the steps and the interviews day by day."""
    await reviewed(scene, person, chat)

    assert local(person, scene.clock.now()) == "2026-07-12 18:00 Sun"
    assert chat.last.text == {"ru": REVIEW_RU, "en": REVIEW_EN}[person.language]
    assert sent_last(scene)["disable_notification"] is True
    assert chat.last.buttons == [[person.label("button.today")], [person.label("button.weekly_off")]]


async def test_a_week_with_nothing_new_brings_no_review(scene: Scene, person: Person, chat: Chat) -> None:
    """What was pushed and left lying is not told again and again."""
    await tell_fully(chat, person, when="2026-07-06 11:00")

    came = await came_until(scene, chat, datetime(2026, 8, 30, 20, tzinfo=UTC))

    reviews = [text for text in came if text.startswith("🗓")]
    steps = ("call.call", "trial_close.call", "stop_and_move_on")  # the last thing that is new
    assert len(reviews) == len(steps)
    for review, step in zip(reviews, steps, strict=True):
        assert person.text(f"step.{step}", who=person.contact) in review


async def test_who_has_nothing_open_gets_nothing_and_costs_nothing(
    scene: Scene, person: Person, chat: Chat
) -> None:
    await chat.send("/settings")
    await chat.click(person.label("setting.sweep"))
    await chat.click(person.label("switch.on"))
    assert await scene.application.dispatcher.next_due() is None
    await tell(chat, person, when="2026-07-03 11:00")
    await chat.click(person.label("button.close"))
    await chat.click(person.label("button.give_up"))

    assert await scene.wait_until(scene.clock.now() + 30 * DAY) == 0
    assert await scene.application.dispatcher.next_due() is None


async def test_a_vacancy_opened_again_brings_them_back(scene: Scene, person: Person, chat: Chat) -> None:
    await tell(chat, person, when="2026-07-03 11:00")
    await chat.click(person.label("button.close"))
    await chat.click(person.label("button.give_up"))
    await scene.wait_until(scene.clock.now() + 30 * DAY)
    assert await weekly_keys(scene) == set()

    await chat.click(person.label("button.card"))
    await chat.click(person.label("button.reopen"))

    assert await weekly_keys(scene) == {"sweep:2026-W33", "review:2026-W32"}


async def test_who_moves_gets_one_a_week(scene: Scene, anna: Chat) -> None:
    """Anna reads the sweep in Moscow on Friday, flies west, and lives through that afternoon again."""
    await anna.send("/settings")
    await anna.click("Пятничный разбор")
    await anna.click("Да")
    await gone_quiet(scene, RUSSIAN, anna)
    await anna.send("/settings")
    await anna.click("Часовой пояс")
    await anna.click("⌨️ Написать город")
    await anna.send("Нью-Йорк")

    came = await came_until(scene, anna, datetime(2026, 7, 31, 19, 59, tzinfo=UTC))
    assert not any("Где давно тихо" in text for text in came)
    came = await came_until(scene, anna, datetime(2026, 7, 31, 20, tzinfo=UTC))  # four in New York
    assert [text for text in came if "Где давно тихо" in text] == came != []


async def test_who_has_blocked_the_bot_is_left_alone(scene: Scene, person: Person, chat: Chat) -> None:
    await tell_fully(chat, person, when="2026-07-06 11:00")
    await chat.block()
    assert await scene.wait_until(datetime(2026, 7, 24, 8, tzinfo=UTC)) == 0

    await chat.unblock()

    came = await came_until(scene, chat, datetime(2026, 7, 24, 20, tzinfo=UTC))
    assert sum(person.text("sweep.title") in text for text in came) == 1


async def test_they_survive_a_restart_and_are_erased_with_everything(
    scene: Scene, person: Person, chat: Chat
) -> None:
    await tell_fully(chat, person)
    before = await scene.snapshot("reminders")
    await scene.restart()
    assert await scene.snapshot("reminders") == before
    await chat.send("/export")
    assert b"sweep:2026-W28" in chat.last.content

    await chat.send("/delete")
    await chat.click(person.label("button.erase"))

    assert await scene.rows("reminders") == []


async def gone_quiet(scene: Scene, person: Person, chat: Chat, *companies: str) -> None:
    """Log interviews of early July, a day apart, and let time pass until the sweep asks about them."""
    for day, company in enumerate(companies or COMPANIES, start=6):
        await tell(chat, person, company=company, when=f"2026-07-0{day} 11:00", role=None)
    came = await came_until(scene, chat, datetime(2026, 7, 24, 16, tzinfo=UTC))
    assert came[-1].startswith(person.text("sweep.title"))


async def reviewed(scene: Scene, person: Person, chat: Chat) -> None:
    """Live through a week with a thank-you, an answer and two interviews, until the review of it."""
    await tell_fully(chat, person)
    await scene.next_reminder()
    await chat.click(person.label("button.sent"))
    await tell(chat, person, company="Beta", when="2026-07-07 11:00", role=None)
    await chat.click(person.label("button.log"))
    await chat.click(person.label("outcome.reserve"))
    await chat.send("/interview")
    await chat.send("Gamma" if person.language == "en" else "Гамма")
    await chat.send("2026-07-14 15:00")
    await chat.send(person.position)
    await chat.click(person.label("button.enough"))
    await came_until(scene, chat, datetime(2026, 7, 12, 20, tzinfo=UTC))


async def came_until(scene: Scene, chat: Chat, end: datetime) -> list[str]:
    """Let the bot run until a message can come no more; return what the bot sent by itself."""
    sent = len(scene.telegram.called("sendMessage"))
    while (due := await scene.application.dispatcher.next_due()) and due <= end:
        scene.clock.move_to(max(due, scene.clock.now()))
        await scene.dispatch()
    count = len(scene.telegram.called("sendMessage")) - sent
    return [shown.text for shown in chat.messages[-count:]] if count else []


async def statuses(scene: Scene, person: Person) -> dict[str, Status]:
    vacancies = await scene.storage.vacancies.all(person.user_id)
    return {vacancy.company: vacancy.status for vacancy in vacancies}


async def weekly_keys(scene: Scene) -> set[str]:
    rows: Any = await scene.storage.database._run(
        lambda connection: connection.execute(
            "SELECT key FROM reminders WHERE vacancy_id IS NULL AND state = 'pending'"
        ).fetchall()
    )
    return {row[0] for row in rows}


def sent_last(scene: Scene) -> dict[str, Any]:
    return scene.telegram.called("sendMessage")[-1]


def data_of(scene: Scene, shown: Shown, place: int = 0) -> str:
    """Return the callback data of the first button of a message as it was sent."""
    keyboard = sent_last(scene)["reply_markup"]["inline_keyboard"] if shown else []
    return str(keyboard[0][place]["callback_data"])


def undo_of(scene: Scene, person: Person) -> str:
    """Return the callback data of the way back that was shown last."""
    for call in reversed(scene.telegram.called("editMessageText")):
        for row in call["reply_markup"]["inline_keyboard"]:
            for button in row:
                if button["text"] == person.label("button.undo"):
                    return str(button["callback_data"])
    raise AssertionError("no way back was shown")
