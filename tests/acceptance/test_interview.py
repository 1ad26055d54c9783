"""Point 2 of the story: an interview is logged, question by question, and the ones around it."""

from datetime import date

import pytest
from chat_driver import Chat
from story import ENGLISH, HOUR, RUSSIAN, Person, Scene, labels, local, tell

from bot.domain.vacancy import Channel, Role, RoleType, Who

CARD_RU = """\
✅ Сохранено.

Вектор · аналитик
Последний контакт — сегодня.

🗓 Собеседование 1: чт, 9 июля, 14:00, с тестом
🤝 Обещали связаться с вами до пт, 17 июля, по телефону

👤 Ольга Петровна Смирнова (HR)
📞 +79001234567
✉️ olga@vector.example

💌 Написать благодарность: Ольга Петровна Смирнова
🕙 чт, 9 июля, 17:00
• Первым после собеседования идёт письмо с благодарностью.
• В течение двух дней, до сб, 11 июля.
обращение 1 из 5  ●○○○○"""
CARD_EN = """\
✅ Saved.

Acme · sales manager
Heard from them today.

🗓 Interview 1: Thu 9 July, 12:00, with a test
🤝 They promised to get in touch by Fri 17 July, by phone

👤 Jane Roe (HR)
📞 +442079460958
✉️ jane@acme.example

💌 Send a thank-you: Jane Roe
🕙 Thu 9 July, 15:00
• A thank-you comes first after an interview.
• Within two days, until Sat 11 July.
touch 1 of 5  ●○○○○"""


async def test_every_question_in_russian(scene: Scene, anna: Chat) -> None:
    await anna.click("➕ Записать собеседование")
    assert anna.last.text == "Вопрос 1 из 13\n\nВ какой компании собеседование?\nНапишите название."
    assert anna.last.buttons == [["✖️ Отменить"]]

    await anna.send("Вектор")
    assert anna.last.text == (
        "Вопрос 2 из 13  Вектор\n\nКогда собеседование?\n"
        "Нажмите или напишите: «вчера в 15», «14 июля», «завтра в 10:30» — можно и то, что ещё впереди."
    )
    assert anna.last.buttons == [
        ["Только что", "Сегодня раньше"],
        ["Вчера", "Ещё впереди"],
        ["‹ Назад", "Пропустить ›"],
        ["✖️ Отменить", "⏩ Сразу к обещанию"],
    ]

    await anna.click("Только что")
    assert _asked(anna) == "На какую должность?\nКак её назвать в письме: «менеджер по продажам»."
    moves = [["‹ Назад", "Пропустить ›"], ["✖️ Отменить", "⏩ Сразу к обещанию"]]
    assert anna.last.buttons == moves

    await anna.send("аналитик")
    assert _asked(anna) == "С кем вы общаетесь?"
    assert anna.last.buttons == [
        ["HR", "интервьюер"],
        ["будущий руководитель", "директор"],
        ["консультант агентства"],
        *moves,
    ]

    await anna.click("HR")
    assert _asked(anna) == "Как зовут этого человека?\nЛучше с отчеством: «Ольга Петровна Смирнова»."
    await anna.send("Ольга Петровна Смирнова")
    assert _asked(anna) == "Телефон?"
    await anna.send("8 900 123-45-67")
    assert _asked(anna) == "Адрес почты?"
    await anna.send("olga@vector.example")
    assert _asked(anna) == "Который это этап?"
    assert anna.last.buttons == [["1", "2", "3"], ["4", "5"], *moves]

    await anna.click("1")
    assert _asked(anna) == "Что это за должность?\nВ продажах и PR звонка ждут раньше."
    assert anna.last.buttons == [["Обычная", "Продажи, PR"], ["Руководящая", "Редкий специалист"], *moves]

    await anna.click("Обычная")
    assert _asked(anna) == "Было ли тестирование?"
    assert anna.last.buttons == [["Да", "Нет"], *moves]

    await anna.click("Да")
    assert anna.last.text == (
        "Вопрос 11 из 13  Вектор\n\nК какому дню обещали ответить?\n"
        "Нажмите или напишите: «до пятницы», «через 10 дней»."
    )
    assert anna.last.buttons == [
        ["Завтра", "На следующей, пт, 17 июля"],
        ["Через две недели, чт, 23 июля", "Не договорились"],
        ["‹ Назад"],
        ["✖️ Отменить"],
    ]

    await anna.click("На следующей, пт, 17 июля")
    assert _asked(anna) == "Кто с кем связывается?"
    assert anna.last.buttons == [["Они со мной", "Я с ними"], ["‹ Назад", "Пропустить ›"], ["✖️ Отменить"]]
    await anna.click("Они со мной")
    assert anna.last.text == "Вопрос 13 из 13  Вектор\n\nКак?"
    assert anna.last.buttons[0] == ["📞 По телефону", "✉️ По почте"]
    assert anna.last.buttons[1] == ["💬 В мессенджере"]

    await anna.click("📞 По телефону")
    assert anna.last.text == CARD_RU
    assert anna.last.buttons == [
        ["📝 Отметить", "💬 Слова"],
        ["🎭 Репетиция"],
        ["🕘 История", "✏️ Изменить"],
        ["📁 Закрыть", "🏠 Сегодня"],
    ]
    (vacancy,) = await scene.storage.vacancies.active(RUSSIAN.user_id)
    (contact,) = vacancy.contacts
    (interview,) = vacancy.interviews
    assert (vacancy.company, vacancy.position, vacancy.role_type) == ("Вектор", "аналитик", RoleType.ORDINARY)
    assert (contact.role, contact.phone) == (Role.HR, "+79001234567")
    assert (interview.stage, interview.tests, interview.contact_ids) == (1, True, (1,))
    assert vacancy.promise
    assert (vacancy.promise.by, vacancy.promise.who, vacancy.promise.channel) == (
        (date(2026, 7, 17), Who.EMPLOYER, Channel.PHONE)
    )


async def test_every_question_in_english(emma: Chat) -> None:
    await emma.click("➕ Log an interview")
    assert emma.last.text == "Question 1 of 13\n\nWhich company was the interview with?\nType its name."
    await emma.send("Acme")
    assert _asked(emma) == (
        "When was the interview?\n"
        "Tap, or type: “yesterday 3 pm”, “14 July”, also a day that is still to come."
    )
    await emma.click("Just now")
    assert _asked(emma) == "For which position?\nAs it should stand in a letter: “sales manager”."
    await emma.send("sales manager")
    assert _asked(emma) == "Who are you in touch with?"
    await emma.click("HR")
    assert _asked(emma) == "What is their name?\nAs you will address them: “Jane Roe”."
    await emma.send("Jane Roe")
    assert _asked(emma) == "Their phone number?"
    await emma.send("020 7946 0958")
    assert _asked(emma) == "Their e-mail address?"
    await emma.send("jane@acme.example")
    assert _asked(emma) == "Which stage was it?"
    await emma.click("1")
    assert _asked(emma) == "What kind of post is it?\nIn sales and PR they expect your call sooner."
    await emma.click("Ordinary")
    assert _asked(emma) == "Was there a test?"
    await emma.click("Yes")
    assert _asked(emma) == "By when did they promise an answer?\nTap, or type: “by Friday”, “in 10 days”."
    await emma.click("Next week, Fri 17 July")
    assert _asked(emma) == "Who gets in touch with whom?"
    await emma.click("They contact me")
    assert _asked(emma) == "How?"
    await emma.click("📞 By phone")
    assert emma.last.text == CARD_EN
    assert emma.last.buttons == [
        ["📝 Log something", "💬 Words"],
        ["🎭 Rehearse"],
        ["🕘 History", "✏️ Edit"],
        ["📁 Close vacancy", "🏠 Today"],
    ]


async def test_two_answers_are_enough(scene: Scene, person: Person, chat: Chat) -> None:
    await chat.send("/interview")
    await chat.send(person.company)
    await chat.click(person.label("button.enough"))
    assert _asked(chat).startswith(person.text("interview.promise")[:20])

    await chat.click(person.label("promise_day.none"))

    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    assert (vacancy.company, vacancy.position, vacancy.contacts, vacancy.promise) == (
        (person.company, None, (), None)
    )
    assert vacancy.interview
    assert vacancy.interview.starts_at == scene.clock.now() - HOUR


async def test_everything_else_can_be_skipped(scene: Scene, person: Person, chat: Chat) -> None:
    await chat.send("/interview")
    await chat.send(person.company)
    skipped = 0
    while person.label("button.skip") in labels(chat.last):
        await chat.click(person.label("button.skip"))
        skipped += 1
    await chat.send("2026-07-17")
    for _ in range(2):
        await chat.click(person.label("button.skip"))

    assert skipped == 6  # when, position, with whom, stage, kind, tests
    assert chat.last.text.startswith(person.label("interview.saved"))
    assert await scene.storage.vacancies.active(person.user_id) != ()


async def test_back_asks_the_question_before_again(scene: Scene, person: Person, chat: Chat) -> None:
    await chat.send("/interview")
    screens = [chat.last.text]
    for answer in (person.company, "2026-07-09 11:00", person.position):
        await chat.send(answer)
        screens.append(chat.last.text)
    await chat.click(person.label("role.hr"))
    back = person.label("button.back_step")

    await chat.click(back)
    assert chat.last.text == screens[3]
    await chat.click(back)
    assert chat.last.text == screens[2]
    await chat.click(back)
    assert chat.last.text == screens[1]
    await chat.click(back)
    assert _asked(chat) == screens[0].partition("\n\n")[2]

    await chat.send("Другая")  # the new answer takes the place of the old one
    await chat.click(person.label("button.enough"))
    await chat.click(person.label("promise_day.none"))
    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    assert vacancy.company == "Другая"


async def test_what_is_skipped_after_back_is_forgotten(scene: Scene, person: Person, chat: Chat) -> None:
    await chat.send("/interview")
    await chat.send(person.company)
    await chat.click(person.label("when.now"))
    await chat.send(person.position)
    await chat.click(person.label("role.hr"))
    await chat.send(person.contact)
    await chat.click(person.label("button.back_step"))

    await chat.click(person.label("button.skip"))
    await chat.click(person.label("button.enough"))
    await chat.click(person.label("promise_day.none"))

    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    assert [contact.name for contact in vacancy.contacts] == [None]


@pytest.mark.parametrize("by_command", [True, False])
async def test_cancel_saves_nothing(scene: Scene, person: Person, chat: Chat, by_command: bool) -> None:
    await chat.send("/interview")
    await chat.send(person.company)

    await (chat.send("/cancel") if by_command else chat.click(person.label("button.cancel")))

    assert chat.last.text == person.label("cancel.done")
    assert chat.last.buttons == [[person.label("button.log_interview"), person.label("button.today")]]
    assert await scene.storage.vacancies.all(person.user_id) == ()
    assert await scene.rows("conversations") == []
    await chat.send("/cancel")
    assert chat.last.text == person.label("cancel.nothing")


@pytest.mark.parametrize(
    ("said", "person_", "starts_at"),
    [
        ("вчера в 15", RUSSIAN, "2026-07-08 15:00 Wed"),
        ("29 июня", RUSSIAN, "2026-06-29 12:00 Mon"),
        ("29.06", RUSSIAN, "2026-06-29 12:00 Mon"),
        ("в понедельник, 6 июля, в 11", RUSSIAN, "2026-07-06 11:00 Mon"),
        ("2026-07-01", RUSSIAN, "2026-07-01 12:00 Wed"),
        ("yesterday 3 pm", ENGLISH, "2026-07-08 15:00 Wed"),
        ("29 June", ENGLISH, "2026-06-29 12:00 Mon"),
        ("Monday, July 6 at 11", ENGLISH, "2026-07-06 11:00 Mon"),
        ("2026-07-01", ENGLISH, "2026-07-01 12:00 Wed"),
    ],
)
async def test_typed_moments_of_the_past(scene: Scene, said: str, person_: Person, starts_at: str) -> None:
    chat = await _introduced(scene, person_)
    await chat.send("/interview")
    await chat.send(person_.company)

    await chat.send(said)
    while _is_which_day(chat, person_):
        await chat.click(chat.last.buttons[0][0])
    await chat.click(person_.label("button.enough"))
    await chat.click(person_.label("promise_day.none"))

    (vacancy,) = await scene.storage.vacancies.active(person_.user_id)
    assert vacancy.interview
    assert local(person_, vacancy.interview.starts_at) == starts_at


@pytest.mark.parametrize(
    ("said", "person_", "starts_at"),
    [
        ("завтра в 10:30", RUSSIAN, "2026-07-10 10:30 Fri"),
        ("послезавтра в 9", RUSSIAN, "2026-07-11 09:00 Sat"),
        ("29 июля в 15", RUSSIAN, "2026-07-29 15:00 Wed"),
        ("tomorrow 15:00", ENGLISH, "2026-07-10 15:00 Fri"),
        ("29 July 3 pm", ENGLISH, "2026-07-29 15:00 Wed"),
    ],
)
async def test_typed_moments_to_come(scene: Scene, said: str, person_: Person, starts_at: str) -> None:
    chat = await _introduced(scene, person_)
    await chat.send("/interview")
    await chat.send(person_.company)

    await chat.send(said)
    await chat.click(person_.label("button.enough"))

    (vacancy,) = await scene.storage.vacancies.active(person_.user_id)
    assert vacancy.interview
    assert local(person_, vacancy.interview.starts_at) == starts_at
    assert not vacancy.interview.told


@pytest.mark.parametrize(
    ("said", "person_", "problem"),
    [
        ("31 июня", RUSSIAN, "Такого дня нет: 31.06."),
        ("31 June", ENGLISH, "There is no such day: 31.06."),
        ("что-то", RUSSIAN, "Не вижу здесь дня. Попробуйте «завтра», «в четверг» или «14 июля»."),
        ("dunno", ENGLISH, "I could not read a day there. Try “tomorrow”, “Thursday” or “14 July”."),
    ],
)
async def test_an_impossible_day_is_asked_again_in_words(
    scene: Scene, said: str, person_: Person, problem: str
) -> None:
    chat = await _introduced(scene, person_)
    await chat.send("/interview")
    await chat.send(person_.company)
    asked = (chat.last.text, chat.last.buttons)

    await chat.send(said)
    assert (chat.last.text, chat.last.buttons) == (f"⚠️ {problem}\n\n{asked[0]}", asked[1])

    await chat.click(chat.last.buttons[0][0])
    assert _asked(chat) == person_.text("interview.position")


async def test_an_ambiguous_promise_is_asked_back(scene: Scene, person: Person, chat: Chat) -> None:
    await chat.send("/interview")
    await chat.send(person.company)
    await chat.click(person.label("button.enough"))

    await chat.send("9 июля или 17 июля" if person.language == "ru" else "9 July or 17 July")

    assert _is_which_day(chat, person)
    assert chat.last.buttons[-1] == [person.label("button.cancel")]
    await chat.click(chat.last.buttons[-2][0])
    assert _asked(chat) == person.text("interview.who")


async def test_what_is_no_address_or_number_is_asked_again(person: Person, chat: Chat) -> None:
    await chat.send("/interview")
    await chat.send(person.company)
    await chat.click(person.label("when.now"))
    await chat.click(person.label("button.skip"))
    await chat.click(person.label("role.manager"))
    await chat.click(person.label("button.skip"))
    await chat.send("???")
    assert chat.last.text.startswith(f"⚠️ {person.label('invalid.phone')}\n\n")
    await chat.click(person.label("button.skip"))
    await chat.send("at home")
    assert chat.last.text.startswith(f"⚠️ {person.label('invalid.email')}\n\n")
    await chat.click(person.label("button.skip"))
    await chat.send("first")
    assert chat.last.text.startswith(f"⚠️ {person.label('invalid.use_buttons')}\n\n")
    await chat.send("3")  # a stage can be typed
    assert _asked(chat) == person.text("interview.kind")


async def test_the_same_company_again_is_the_next_stage(scene: Scene, person: Person, chat: Chat) -> None:
    await tell(chat, person)
    await chat.send("/interview")
    await chat.send(person.company.upper())
    assert _asked(chat) == person.text("interview.same", company=person.company.upper())
    assert chat.last.buttons[0] == [person.label("same.same"), person.label("same.other")]

    await chat.click(person.label("same.same"))
    await chat.click(person.label("when.now"))
    await chat.click(person.label("button.enough"))
    await chat.click(person.label("promise_day.none"))

    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    assert [interview.stage for interview in vacancy.interviews] == [1, 2]


async def test_back_from_the_same_company_asks_which_again(scene: Scene, person: Person, chat: Chat) -> None:
    await tell(chat, person)
    await chat.send("/interview")
    await chat.send(person.company)
    asked = (_asked(chat), chat.last.buttons)
    await chat.click(person.label("same.same"))

    await chat.click(person.label("button.back_step"))
    assert (_asked(chat), chat.last.buttons) == asked
    await chat.click(person.label("same.other"))
    for _ in range(3):
        await chat.click(person.label("button.skip"))

    assert _asked(chat) == person.text("interview.stage")  # of another vacancy it is not known


async def test_the_same_company_may_be_another_position(scene: Scene, person: Person, chat: Chat) -> None:
    await tell(chat, person)
    await chat.send("/interview")
    await chat.send(person.company)

    await chat.click(person.label("same.other"))
    await chat.click(person.label("button.enough"))
    await chat.click(person.label("promise_day.none"))

    active = await scene.storage.vacancies.active(person.user_id)
    assert sorted(vacancy.position or "" for vacancy in active) == ["", person.position]


PREPARE_RU = """\
📖 Подготовиться к собеседованию
Вектор · аналитик

В субботу, 11 июля, в 10:00 — собеседование в компании „Вектор“ на позицию «аналитик»."""


async def test_an_interview_to_come_is_prepared_and_told_about(
    scene: Scene, person: Person, chat: Chat
) -> None:
    """R13, R14, R39, R40, R107, R108, R111, R112; half an hour after its end: how did it go?"""
    await chat.send("/interview")
    await chat.send(person.company)
    await chat.send("2026-07-14 15:00")
    await chat.send(person.position)
    await chat.click(person.label("button.enough"))
    assert person.label("card.ahead") in chat.last.text

    assert local(person, await scene.next_reminder()) == "2026-07-13 19:00 Mon"
    card = chat.last
    assert card.text.startswith(person.label("step.prepare"))
    for needed in _PREPARATION[person.language]:
        assert needed in card.text
    places = [card.text.index(needed) for needed in _PREPARATION[person.language][:3]]
    assert places == sorted(places)  # R111: duties first, pay last
    assert card.buttons == [[person.label("button.card"), person.label("button.later")]]

    assert local(person, await scene.next_reminder()) == "2026-07-14 16:30 Tue"
    assert chat.last.text.startswith(person.label("step.debrief"))
    assert chat.last.buttons == [
        [person.label("button.tell")],
        [person.label("button.no_show"), person.label("button.interview_moved")],
        [person.label("button.interview_off")],
        [person.label("button.later"), person.label("button.card")],
    ]

    await chat.click(person.label("button.tell"))
    assert _asked(chat) == person.text("interview.role")  # company, day and stage are known
    assert person.label("button.back_step") not in labels(chat.last)  # and not to be asked again
    await chat.click(person.label("button.enough"))
    await chat.send("2026-07-17")
    await chat.click(person.label("who.employer"))
    await chat.click(person.label("channel.email"))
    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    assert vacancy.interview
    assert vacancy.interview.told
    assert local(person, vacancy.interview.starts_at) == "2026-07-14 15:00 Tue"


_PREPARATION = {
    "ru": (
        "обязанности, цели и задачи",
        "какой у него стиль управления",
        "зарплата и график",
        "Прочитайте о компании",
        "Как принимаются решения?",
        "В каком темпе здесь работают?",
        "Как взаимодействуют отделы",
        "Обменяйтесь телефонами и адресами",
        "кто с кем связывается, когда и как",
        "Когда и как я узнаю о результате?",
    ),
    "en": (
        "duties, goals and tasks",
        "management style",
        "pay and working hours",
        "Read up on the company",
        "How are decisions made?",
        "What is the pace of work?",
        "How do departments work together",
        "Exchange phone numbers and e-mail addresses",
        "who contacts whom, when and how",
        "When and how will I hear the result?",
    ),
}


async def test_an_interview_that_was_moved_is_prepared_again(
    scene: Scene, person: Person, chat: Chat
) -> None:
    await chat.send("/interview")
    await chat.send(person.company)
    await chat.send("2026-07-14 15:00")
    await chat.click(person.label("button.enough"))
    await scene.next_reminder()
    await scene.next_reminder()

    await chat.click(person.label("button.interview_moved"))
    assert chat.last.text == person.label("type.new_time")
    await chat.send("2026-07-20 11:00")

    assert chat.last.text.startswith(person.label("edit.saved"))
    assert local(person, await scene.next_reminder()) == "2026-07-19 19:00 Sun"
    assert chat.last.text.startswith(person.label("step.prepare"))


async def test_the_hour_of_an_interview_to_come_is_asked(scene: Scene, person: Person, chat: Chat) -> None:
    await chat.send("/interview")
    await chat.send(person.company)
    await chat.click(person.label("when.ahead"))
    assert chat.last.text == person.text("interview.when_ahead")

    await chat.send("2026-07-14")
    assert _asked(chat) == person.text("interview.hour")
    assert chat.last.buttons[:2] == [["10:00", "11:00", "12:00"], ["14:00", "15:00", "16:00"]]
    await chat.click("15:00")
    await chat.click(person.label("button.enough"))

    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    assert vacancy.interview
    assert local(person, vacancy.interview.starts_at) == "2026-07-14 15:00 Tue"


@pytest.mark.parametrize("said", ["15:30", "в 15:30", "at 15:30"])
async def test_the_hour_can_be_typed(scene: Scene, person: Person, chat: Chat, said: str) -> None:
    if said.startswith("в") is (person.language == "en") and said[0].isalpha():
        said = "15:30"
    await chat.send("/interview")
    await chat.send(person.company)
    await chat.send("2026-07-14")

    await chat.send(said)
    await chat.click(person.label("button.enough"))

    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    assert vacancy.interview
    assert local(person, vacancy.interview.starts_at) == "2026-07-14 15:30 Tue"


async def test_a_restart_in_the_middle_loses_nothing(scene: Scene, person: Person, chat: Chat) -> None:
    answers = [
        lambda: chat.send(person.company),
        lambda: chat.send("2026-07-09 11:00"),
        lambda: chat.send(person.position),
        lambda: chat.click(person.label("role.hr")),
        lambda: chat.send(person.contact),
        lambda: chat.send(person.phone),
        lambda: chat.send("hr@vector.example"),
        lambda: chat.click("1"),
        lambda: chat.click(person.label("role_type.sales")),
        lambda: chat.click(person.label("button.yes")),
        lambda: chat.send("2026-07-17"),
        lambda: chat.click(person.label("who.candidate")),
        lambda: chat.click(person.label("channel.phone")),
    ]
    await chat.send("/interview")
    for answer in answers:
        await scene.restart()
        await answer()

    assert chat.last.text.startswith(person.label("interview.saved"))
    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    assert (vacancy.company, vacancy.role_type, vacancy.contacts[0].name) == (
        (person.company, RoleType.SALES, person.contact)
    )


async def test_today_in_the_middle_offers_to_go_on(scene: Scene, person: Person, chat: Chat) -> None:
    await chat.send("/interview")
    await chat.send(person.company)
    asked = (chat.last.text, chat.last.buttons)
    await chat.send("/today")
    go_on = person.label("button.resume", what=person.company)
    assert chat.last.buttons[0] == [go_on]

    await chat.click(go_on)

    assert (chat.last.text, chat.last.buttons) == asked
    await chat.send("2026-07-09 11:00")
    assert _asked(chat) == person.text("interview.position")


async def test_interview_in_the_middle_asks_whether_to_go_on(person: Person, chat: Chat) -> None:
    await chat.send("/interview")
    await chat.send(person.company)
    asked = (chat.last.text, chat.last.buttons)

    await chat.send("/interview")
    assert chat.last.text == person.text("interview.unfinished", name=person.company)
    assert chat.last.buttons == [[person.label("button.go_on"), person.label("button.begin_anew")]]
    await chat.click(person.label("button.go_on"))
    assert (chat.last.text, chat.last.buttons) == asked

    await chat.send("/interview")
    await chat.click(person.label("button.begin_anew"))
    assert _asked(chat) == person.text("interview.company")


async def test_another_dialog_in_between_loses_nothing(person: Person, chat: Chat) -> None:
    await chat.send("/interview")
    await chat.send(person.company)
    asked = (chat.last.text, chat.last.buttons)
    await chat.send("/settings")
    await chat.click(person.label("setting.phone"))
    assert chat.last.text == person.label("type.phone")

    await chat.send(person.phone)  # answers the setting, not the interview
    assert chat.last.text.startswith(person.label("settings.saved"))

    await chat.send("/today")
    await chat.click(person.label("button.resume", what=person.company))
    assert (chat.last.text, chat.last.buttons) == asked


async def test_dialogs_that_interrupt_each_other_do_not_pile_up(
    scene: Scene, person: Person, chat: Chat
) -> None:
    for _ in range(5):
        await chat.send("/interview")
        if chat.last.buttons[0][0] == person.label("button.go_on"):
            await chat.click(person.label("button.begin_anew"))
        await chat.send(person.company)
        await chat.send("/settings")
        await chat.click(person.label("setting.phone"))
    depth, dialog = 0, _stored_dialog(await scene.storage.users.export(person.user_id))
    while dialog:
        depth, dialog = depth + 1, dialog.get("paused")

    assert depth <= 2


async def test_a_promise_of_the_past_is_asked_again(person: Person, chat: Chat) -> None:
    await chat.send("/interview")
    await chat.send(person.company)
    await chat.click(person.label("button.enough"))

    await chat.send("1 июля 2026" if person.language == "ru" else "1 July 2026")

    assert chat.last.text.startswith(person.label("dates.already_past")) or chat.last.text.startswith("⚠️")


def _stored_dialog(exported: dict) -> dict:
    return exported["conversation"]["draft"]


async def _introduced(scene: Scene, person: Person) -> Chat:
    from story import introduce

    chat = scene.chat(person)
    await introduce(chat, person)
    return chat


def _asked(chat: Chat) -> str:
    """Return the question, without the progress above it."""
    return chat.last.text.rpartition("\n\n")[2]


def _is_which_day(chat: Chat, person: Person) -> bool:
    return chat.last.text.startswith(
        tuple(person.label(key) for key in ("dates.which_day", "dates.which_of", "dates.mismatch"))
    )
