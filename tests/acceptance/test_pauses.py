"""Point 10 of the story: time off until a day, a pace for one vacancy, reminding later in one's own words."""

from datetime import UTC, date, datetime

import pytest
from chat_driver import Chat, Shown
from story import HOUR, RUSSIAN, Person, Scene, introduce, labels, local, tell, tell_fully

from bot.domain.vacancy import Vacancy

UNTIL = date(2026, 7, 20)
TYPED = {"ru": "до 20 июля", "en": "I am off until 20 July"}


async def test_the_days_of_a_pause(person: Person, chat: Chat) -> None:
    await chat.send("/pause")

    assert chat.last.text == person.text("pause.ask")
    days = {name: date(2026, 7, day) for name, day in (("tomorrow", 10), ("plain", 13), ("in_a_week", 16))}
    offered = [person.label(f"day.{name}", day=day) for name, day in days.items()]
    offered.append(person.label("day.in_two_weeks", day=date(2026, 7, 23)))
    assert chat.last.buttons == [
        offered[:2],
        offered[2:],
        [person.label("day.type")],
        [person.label("button.settings")],
    ]


async def test_nothing_comes_in_a_pause_and_all_of_it_in_one_message_after(
    scene: Scene, person: Person, chat: Chat
) -> None:
    """H3: everything stays planned, and the screens tell when."""
    for company in ("Beta", "Gamma"):
        await tell(chat, person, company=company, phone=person.phone)
    await take_a_pause(chat, person)
    back = {"ru": datetime(2026, 7, 20, 7, tzinfo=UTC), "en": datetime(2026, 7, 20, 9, tzinfo=UTC)}
    assert chat.last.text == person.text("pause.begun", day=person.texts.day(UNTIL))

    await chat.send("/today")
    banner = person.text("pause.banner", day=person.texts.day(UNTIL))
    assert chat.last.text.startswith(f"{person.text('today.title')}\n\n{banner}\n\n{waiting(person)}\n")
    assert chat.last.text.count(f"{person.texts.day(UNTIL)}, 10:00") == 2
    assert await scene.wait_until(back[person.language] - HOUR) == 0
    await scene.restart()

    assert local(person, await scene.next_reminder()) == "2026-07-20 10:00 Mon"
    assert chat.last.text.startswith(f"{person.text('pause.welcome')}\n\n")
    assert sorted(labels(chat.last)[:2]) == [f"{name} · {person.position}" for name in ("Beta", "Gamma")]
    await chat.send("/today")
    assert banner not in chat.last.text


async def test_a_single_step_after_a_pause_is_a_push_like_any_other(
    scene: Scene, person: Person, chat: Chat
) -> None:
    """R96: two weeks have gone by meanwhile; the last question still comes first."""
    await tell_fully(chat, person)
    await chat.send("/pause")
    await chat.click(person.label("day.in_two_weeks", day=date(2026, 7, 23)))

    assert local(person, await scene.next_reminder()) == "2026-07-23 10:00 Thu"
    assert chat.last.text.startswith(person.text("step.trial_close.call", who=person.contact))
    assert person.text("push.late") not in chat.last.text


async def test_what_was_pushed_before_a_pause_is_followed_after_it(
    scene: Scene, person: Person, chat: Chat
) -> None:
    """R2, R96: nobody reported the call; time runs out while the user is off: the last touch is due."""
    await tell_fully(chat, person)
    await scene.next_reminder()
    await chat.click(person.label("button.sent"))
    assert local(person, await scene.next_reminder()) == "2026-07-14 10:00 Tue"

    await chat.send("/pause")
    await chat.click(person.label("day.in_two_weeks", day=date(2026, 7, 28)))

    assert local(person, await scene.next_reminder()) == "2026-07-28 10:00 Tue"
    assert chat.last.text.startswith(person.text("step.trial_close.call", who=person.contact))


async def test_what_falls_into_a_pause_is_named(scene: Scene, person: Person, chat: Chat) -> None:
    """An interview and an answer by a day, and the way to be back in time for the first."""
    await tell_fully(chat, person, promise=date(2026, 7, 16))
    await invited(chat, person, "Gamma", "2026-07-14 15:00")
    await tell(chat, person, company="Delta", promise=date(2026, 7, 22))

    await chat.send("/pause")
    await chat.click(person.label("day.type"))
    assert chat.last.text == person.text("type.pause")
    await chat.send(TYPED[person.language])

    interview = f"{person.texts.day(date(2026, 7, 14))}, 15:00"
    assert chat.last.text.split("\n") == [
        person.text("pause.begun", day=person.texts.day(UNTIL)),
        "",
        person.text("pause.covers"),
        person.text("pause.covers.interview", name=f"Gamma · {person.position}", when=interview),
        person.text(
            "pause.covers.answer",
            name=f"{person.company} · {person.position}",
            day=person.texts.day(date(2026, 7, 16)),
        ),
    ]
    earlier = person.label("button.back_on", day=date(2026, 7, 13))
    assert chat.last.buttons == [
        [earlier],
        [person.label("button.back_already"), person.label("button.today")],
    ]

    await chat.click(earlier)
    assert chat.last.text == person.text("pause.begun", day=f"{person.texts.day(date(2026, 7, 13))}, 19:00")
    assert local(person, await scene.next_reminder()) == "2026-07-13 19:00 Mon"
    assert person.text("step.prepare") in chat.last.text


async def test_back_already(scene: Scene, person: Person, chat: Chat) -> None:
    """What fell due meanwhile comes at once; it is not told to be overdue."""
    await tell_fully(chat, person)
    await chat.send("/settings")
    await chat.click(person.label("setting.pause"))
    await chat.click(person.label("day.in_two_weeks", day=date(2026, 7, 23)))
    assert await scene.wait_until(datetime(2026, 7, 15, 9, tzinfo=UTC)) == 0

    await chat.send("/today")
    await chat.click(person.label("button.back_already"))
    assert chat.last.text == person.text("pause.ended")

    assert await scene.dispatch() == 1
    assert chat.last.text.startswith(person.text("step.call.call", who=person.contact))
    await chat.send("/today")
    assert person.text("today.due") in chat.last.text
    assert person.label("button.back_already") not in labels(chat.last)
    await chat.send("/settings")
    assert line_of(chat.last, person.label("setting.pause")) == person.label("setting.no_pause")


async def test_back_on_the_same_day(scene: Scene, person: Person, chat: Chat) -> None:
    await tell_fully(chat, person)
    before = await scene.application.dispatcher.next_due()
    await take_a_pause(chat, person)
    assert await scene.application.dispatcher.next_due() != before

    await chat.click(person.label("button.back_already"))

    assert await scene.application.dispatcher.next_due() == before
    await chat.send("/today")
    assert person.label("button.back_already") not in labels(chat.last)


async def test_a_pause_is_changed_from_its_own_screen(person: Person, chat: Chat) -> None:
    await take_a_pause(chat, person)
    await chat.send("/pause")
    assert chat.last.text.startswith(person.text("pause.banner", day=person.texts.day(UNTIL)))
    assert chat.last.buttons[0] == [person.label("button.back_already")]
    await chat.click(person.label("button.settings"))
    assert chat.last.buttons[0] == [person.label("button.back_already")]
    await chat.click(person.label("setting.pause"))

    await chat.click(person.label("day.tomorrow", day=date(2026, 7, 10)))

    tomorrow = person.texts.day(date(2026, 7, 10))
    assert chat.last.text == person.text("pause.begun", day=tomorrow)
    await chat.send("/settings")
    until = person.label("setting.pause_until", day=tomorrow)
    assert line_of(chat.last, person.label("setting.pause")) == until


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ({"ru": "когда-нибудь", "en": "someday"}, "dates.vague"),
        ({"ru": "чуть-чуть отдохну", "en": "some rest"}, "dates.not_understood"),
        ({"ru": "сегодня", "en": "today"}, "invalid.past"),
        ({"ru": "до 9 июля 2029", "en": "until 9 July 2029"}, "invalid.pause_too_long"),
    ],
)
async def test_a_pause_that_cannot_be_is_asked_about_again(
    scene: Scene, person: Person, chat: Chat, typed: dict[str, str], key: str
) -> None:
    await chat.send("/pause")
    await chat.click(person.label("day.type"))

    await chat.send(typed[person.language])

    problem = person.text("invalid", problem=person.text(key))
    assert chat.last.text == f"{problem}\n\n{person.text('type.pause')}"
    await chat.send(TYPED[person.language])
    assert chat.last.text == person.text("pause.begun", day=person.texts.day(UNTIL))


@pytest.mark.parametrize(
    "choice", ["2026-07-09", "2020-01-01", "2031-01-01", "9999-12-31", "x", "", "2026-13-01"]
)
async def test_an_old_or_ill_meant_tap_begins_no_pause(
    scene: Scene, person: Person, chat: Chat, choice: str
) -> None:
    await chat.send("/pause")

    await chat.tap(f"aw:{choice}")

    assert chat.toast
    assert chat.toast.text in {
        person.label("invalid.past"),
        person.label("invalid.pause_too_long"),
        person.label("stale.button"),
    }
    user = await scene.storage.users.load(person.user_id)
    assert user
    assert user.pause is None


async def test_a_pause_covers_the_weekly_messages(scene: Scene, person: Person) -> None:
    chat = scene.chat(person)
    await introduce(chat, person, weekly=True)
    await tell_fully(chat, person)
    await take_a_pause(chat, person)

    assert await scene.wait_until(datetime(2026, 7, 20, 5, tzinfo=UTC)) == 0


async def test_a_pause_ends_where_its_user_is(scene: Scene, anna: Chat) -> None:
    """Who flies to Vladivostok is back in the morning there."""
    await tell_fully(anna, RUSSIAN)
    await take_a_pause(anna, RUSSIAN)
    await anna.send("/settings")
    await anna.click("Часовой пояс")
    await anna.click("⌨️ Написать город")
    await anna.send("Владивосток")

    assert await scene.next_reminder() == datetime(2026, 7, 20, 0, tzinfo=UTC)  # ten in the morning there


async def test_a_vacancy_has_a_pace_of_its_own(scene: Scene, person: Person, chat: Chat) -> None:
    """C1, C2: a week of patience instead of five days (R36), for this one alone."""
    for company in ("Beta", person.company):
        await tell_fully(chat, person, company=company)
    await scene.next_reminder()
    for company in ("Beta", person.company):
        await chat.send("/vacancies")
        await chat.click(f"{company} · {person.position}")
        vacancy = await open_vacancy(scene, person, company)
        await chat.tap(f"ac:{vacancy.id}:{vacancy.seq}:did")
    await chat.click(person.label("button.card"))
    assert person.text("step.next", what="", when="").split("\n")[0] in chat.last.text

    await set_pace(chat, person, "pace.gentle")
    assert person.text("card.pace", pace=person.label("pace.gentle")) in chat.last.text
    assert f"{person.texts.day(date(2026, 7, 16))}, 10:00" in chat.last.text
    assert local(person, await scene.next_reminder()) == "2026-07-14 10:00 Tue"
    assert "Beta" in chat.last.text
    await chat.send("/settings")
    assert line_of(chat.last, person.label("setting.pace")) == person.label("pace.normal")

    await chat.send("/vacancies")
    await chat.click(f"{person.company} · {person.position}")
    await set_pace(chat, person, "button.as_set")
    assert person.label("pace.gentle") not in chat.last.text
    assert person.text("step.now") in chat.last.text


@pytest.mark.parametrize(
    ("typed", "when"),
    [
        ({"ru": "через два часа", "en": "in two hours"}, {"ru": "09 17:00", "en": "09 16:00"}),
        ({"ru": "вечером", "en": "this evening"}, {"ru": "09 18:00", "en": "09 18:00"}),
        ({"ru": "завтра утром", "en": "tomorrow morning"}, {"ru": "10 10:00", "en": "10 10:00"}),
        ({"ru": "завтра после обеда", "en": "tomorrow after lunch"}, {"ru": "10 14:00", "en": "10 14:00"}),
        (
            {"ru": "в субботу ближе к обеду", "en": "on Saturday around lunch"},
            {"ru": "11 13:00", "en": "11 13:00"},
        ),
        ({"ru": "сегодня попозже", "en": "later today"}, {"ru": "09 17:00", "en": "09 16:00"}),
        ({"ru": "в 23:30", "en": "at 11:30 pm"}, {"ru": "10 10:00", "en": "10 10:00"}),  # H3: not at night
    ],
)
async def test_reminding_later_in_the_users_words(
    scene: Scene, person: Person, chat: Chat, typed: dict[str, str], when: dict[str, str]
) -> None:
    await tell_fully(chat, person)
    await scene.next_reminder()  # the thank-you: in Moscow at three, in London at two
    await chat.click_on(chat.messages[-2], person.label("button.later"))
    await chat.click(person.label("snooze.type"))

    await chat.send(typed[person.language])

    assert chat.last.buttons == [[person.label("button.undo"), person.label("button.card")]]
    due = await scene.next_reminder()
    assert local(person, due)[8:16] == when[person.language]
    assert chat.messages[-2].text.startswith(person.text("step.thank_you", who=person.contact))


@pytest.mark.parametrize(
    ("typed", "when"),
    [
        ({"ru": "когда вернусь в понедельник", "en": "when I am back on Monday"}, "2026-07-20 10:00 Mon"),
        ({"ru": "на той неделе", "en": "next week"}, "2026-07-20 10:00 Mon"),
        ({"ru": "после четверга", "en": "after Thursday"}, "2026-07-17 10:00 Fri"),
        ({"ru": "через пару часов", "en": "in a couple of hours"}, "2026-07-14 12:00 Tue"),
    ],
)
async def test_putting_off_a_call_in_the_users_words(
    scene: Scene, person: Person, chat: Chat, typed: dict[str, str], when: str
) -> None:
    """H2: a call waits for office hours, whatever the words."""
    await tell_fully(chat, person)
    await scene.next_reminder()
    await chat.click(person.label("button.sent"))
    await scene.next_reminder()
    await chat.click(person.label("button.later"))
    await chat.click(person.label("snooze.type"))

    await chat.send(typed[person.language])

    assert local(person, await scene.next_reminder()) == when


async def test_reminding_on_the_promised_day(scene: Scene, person: Person, chat: Chat) -> None:
    await tell_fully(chat, person, promise=date(2026, 7, 10))
    await scene.next_reminder()
    await chat.click_on(chat.messages[-2], person.label("button.later"))

    await chat.click(person.label("snooze.promised", day=date(2026, 7, 10)))

    assert local(person, await scene.next_reminder()) == "2026-07-10 10:00 Fri"


async def test_without_a_promise_to_come_there_is_no_such_day(
    scene: Scene, person: Person, chat: Chat
) -> None:
    await tell_fully(chat, person)
    await scene.next_reminder()
    await chat.click_on(chat.messages[-2], person.label("button.later"))

    names = ("hour", "lunch", "tomorrow", "monday", "type")
    assert labels(chat.messages[-2])[:5] == [person.label(f"snooze.{name}") for name in names]
    vacancy = await open_vacancy(scene, person, person.company)
    await chat.tap(f"sn:{vacancy.id}:{vacancy.seq}:promised")
    assert chat.toast
    assert chat.toast.text == person.label("stale.button")


async def take_a_pause(chat: Chat, person: Person) -> None:
    """Be off until Monday, the 20th."""
    await chat.send("/pause")
    await chat.click(person.label("day.type"))
    await chat.send(TYPED[person.language])


async def set_pace(chat: Chat, person: Person, key: str) -> None:
    """Choose a pace from the card that is shown."""
    await chat.click(person.label("button.edit"))
    await chat.click(person.label("field.pace"))
    assert chat.last.text == person.text("edit.ask_pace")
    await chat.click(person.label(key))
    assert chat.last.text.startswith(person.text("edit.saved"))


async def invited(chat: Chat, person: Person, company: str, when: str) -> None:
    """Log an interview that is still ahead."""
    await chat.send("/interview")
    await chat.send(company)
    await chat.send(when)
    await chat.send(person.position)
    await chat.click(person.label("button.enough"))


async def open_vacancy(scene: Scene, person: Person, company: str) -> Vacancy:
    active = await scene.storage.vacancies.active(person.user_id)
    return next(vacancy for vacancy in active if vacancy.company == company)


def waiting(person: Person) -> str:
    return person.text("today.waiting")


def line_of(shown: Shown, name: str) -> str:
    """Return the value of a setting."""
    return next(line for line in shown.text.split("\n") if line.startswith(f"{name}: ")).partition(": ")[2]
