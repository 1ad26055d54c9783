"""Point 1 of the story: /start, in both languages."""

import pytest
from chat_driver import ANNA, Chat
from story import ENGLISH, RUSSIAN, Person, Scene, introduce

from bot.texts import language_name

GREETING_RU = """\
Здравствуйте! Я — «Пять касаний».
Помогаю получить ответ после собеседования: помню, что вам обещали, напоминаю в нужный час и даю готовые \
слова. Три коротких вопроса, любой можно пропустить.

Как подписывать ваши письма?
Напишите имя и фамилию."""
GREETING_EN = """\
Hello! I am Five Touches.
I help you get an answer after a job interview: I remember what was promised, remind you at the right hour \
and hand you the words. Three short questions, each can be skipped.

How shall I sign your letters?
Type your first and last name."""


async def test_a_russian_is_asked_three_questions_and_invited(scene: Scene) -> None:
    chat = scene.chat(RUSSIAN)

    await chat.send("/start")
    assert chat.last.text == GREETING_RU
    assert chat.last.buttons == [["👤 Как в Телеграме"], ["Пропустить ›"], ["English"]]

    await chat.send("Анна Ковалёва")
    assert chat.last.text == "Как о вас писать в письмах?"
    assert chat.last.buttons == [["рад встрече (он)", "рада встрече (она)"], ["Пропустить ›"]]

    await chat.click("рада встрече (она)")
    assert chat.last.text == (
        "Где вы живёте?\nНажмите или напишите город. Можно написать, сколько у вас сейчас времени: 15:40."
    )
    assert chat.last.buttons == [["Москва", "Екатеринбург"], ["Новосибирск", "Самара"], ["Пропустить ›"]]

    await chat.send("Екатеринбург")
    assert chat.last.text == "Екатеринбург: сейчас там 17:00. Верно?"
    assert chat.last.buttons == [["✅ Верно"], ["Другой город"]]

    await chat.click("✅ Верно")
    assert chat.last.text == (
        "Всё готово.\nБыло собеседование или скоро будет? Расскажите о нём: это займёт минуту.\n\n"
        "Напоминания приходят по времени: Екатеринбург. С 22:00 до 08:00 — тишина."
    )
    assert chat.last.buttons == [["➕ Записать собеседование"], ["⚙️ Настройки"]]

    user = await scene.storage.users.load(ANNA)
    assert user
    assert (user.language, user.name, user.form, user.zone, user.country, user.welcomed) == (
        ("ru", "Анна Ковалёва", "she", "Asia/Yekaterinburg", "RU", True)
    )


async def test_an_english_speaker_is_not_asked_about_russian_forms(scene: Scene) -> None:
    chat = scene.chat(ENGLISH)

    await chat.send("/start")
    assert chat.last.text == GREETING_EN
    assert chat.last.buttons == [["👤 As in Telegram"], ["Skip ›"], ["Русский"]]

    await chat.click("👤 As in Telegram")
    assert chat.last.text == (
        "Where do you live?\nTap or type your city. Or type the time it is for you now, like 15:40."
    )
    assert chat.last.buttons == [["New York", "Chicago"], ["Los Angeles", "London"], ["Skip ›"]]

    await chat.click("London")
    assert chat.last.text == (
        "All set.\nHad an interview, or is one coming up? Tell me about it: it takes a minute.\n\n"
        "Reminders come by the time of: London. Quiet from 22:00 to 08:00."
    )
    assert chat.last.buttons == [["➕ Log an interview"], ["⚙️ Settings"]]

    user = await scene.storage.users.load(ENGLISH.user_id)
    assert user
    assert (user.name, user.form, user.zone, user.country) == ("Emma Clarke", None, "Europe/London", "GB")


async def test_the_language_is_switched_at_once_and_the_form_is_asked_then(scene: Scene) -> None:
    chat = scene.chat(ENGLISH)
    await chat.send("/start")

    await chat.click("Русский")
    assert chat.last.text == GREETING_RU
    assert chat.last.buttons == [["👤 Как в Телеграме"], ["Пропустить ›"], ["English"]]

    await chat.click("👤 Как в Телеграме")
    assert chat.last.text == "Как о вас писать в письмах?"


async def test_everything_can_be_skipped(scene: Scene, person: Person) -> None:
    chat = scene.chat(person)
    await chat.send("/start")
    for _ in range(3 if person.language == "ru" else 2):
        await chat.click(person.label("button.skip"))

    assert chat.last.buttons == [[person.label("button.log_interview")], [person.label("button.settings")]]
    assert chat.last.text.endswith(person.label("invitation.no_zone"))
    user = await scene.storage.users.load(person.user_id)
    assert user
    assert (user.name, user.form, user.zone, user.welcomed) == (None, None, None, True)


async def test_nothing_is_asked_twice(scene: Scene, person: Person) -> None:
    chat = scene.chat(person)
    await introduce(chat, person)

    await chat.send("/start")

    assert chat.last.text == str(person.texts("welcome.back", name=person.name))
    assert chat.last.buttons == [[person.label("button.log_interview")], [person.label("button.today")]]


async def test_start_in_the_middle_goes_on_with_the_open_question(scene: Scene, person: Person) -> None:
    chat = scene.chat(person)
    await chat.send("/start")
    await chat.send(person.name)
    asked = chat.last.text

    await scene.restart()
    await chat.send("/start")

    assert chat.last.text == asked


@pytest.mark.parametrize(
    ("said", "language", "offered"),
    [
        ("Казань", "ru", ["✅ Верно"]),
        ("казан", "ru", ["✅ Верно"]),
        ("Denver", "en", ["✅ Right"]),
        ("Лондон", "en", ["✅ Right"]),  # in either language
        ("Moscow", "ru", ["✅ Верно"]),
    ],
)
async def test_a_typed_city_is_confirmed_with_its_time(
    scene: Scene, said: str, language: str, offered: list[str]
) -> None:
    person = RUSSIAN if language == "ru" else ENGLISH
    chat = await _asked_for_a_place(scene, person)

    await chat.send(said)

    assert chat.last.buttons[0] == offered


async def test_the_hour_it_is_stands_for_a_place(scene: Scene, person: Person) -> None:
    chat = await _asked_for_a_place(scene, person)

    await chat.send("15:00")
    assert chat.last.text == person.label("welcome.which_zone")
    assert chat.last.buttons[-1] == [person.label("button.other_city")]
    assert all(row[0].endswith(" · 15:00") for row in chat.last.buttons[:-1])

    await chat.click(chat.last.buttons[0][0])
    assert chat.last.buttons[0] == [person.label("button.log_interview")]


async def test_an_unknown_place_is_asked_again_in_words(scene: Scene, person: Person) -> None:
    chat = await _asked_for_a_place(scene, person)

    await chat.send("Xyzzyqwf")

    assert chat.last.text.startswith(f"⚠️ {person.label('invalid.zone')}\n\n")
    assert chat.last.buttons[-1] == [person.label("button.skip")]


async def test_another_city_asks_again(scene: Scene, person: Person) -> None:
    chat = await _asked_for_a_place(scene, person)
    asked = (chat.last.text, chat.last.buttons)

    await chat.send(person.city)
    await chat.click(person.label("button.other_city"))

    assert (chat.last.text, chat.last.buttons) == asked


async def test_cancel_ends_the_questions_with_the_invitation(scene: Scene, person: Person) -> None:
    chat = scene.chat(person)
    await chat.send("/start")

    await chat.send("/cancel")

    assert chat.last.buttons == [[person.label("button.log_interview")], [person.label("button.settings")]]


@pytest.mark.parametrize("code", ["ru", "ru-RU", "en", "en-GB", "de", ""])
async def test_the_language_is_guessed_from_telegram(scene: Scene, code: str) -> None:
    chat = scene.chat(ENGLISH)
    sender = scene.telegram.state.people[ENGLISH.user_id]
    scene.telegram.state.people[ENGLISH.user_id] = type(sender)(
        id=sender.id, first_name="E", language_code=code
    )

    await chat.send("/start")

    assert chat.last.text == (GREETING_RU if code.startswith("ru") else GREETING_EN)


async def test_commands_and_descriptions_are_set_in_both_languages(scene: Scene, person: Person) -> None:
    state = scene.telegram.state
    code = "" if person.language == "en" else person.language
    names = (
        "interview",
        "today",
        "vacancies",
        "prepare",
        "lessons",
        "tips",
        "pause",
        "settings",
        "help",
        "cancel",
        "privacy",
        "export",
        "delete",
    )

    assert state.commands["default", code] == [
        {"command": name, "description": person.label(f"command.{name}")} for name in names
    ]
    assert state.profile_text("description", code) == person.label("bot.description")
    assert state.profile_text("short_description", code) == person.label("bot.short_description")
    assert language_name(person.language) == {"ru": "Русский", "en": "English"}[person.language]


async def _asked_for_a_place(scene: Scene, person: Person) -> Chat:
    chat = scene.chat(person)
    await chat.send("/start")
    await chat.send(person.name)
    if person.language == "ru":
        await chat.click(person.label("form.she"))
    return chat
