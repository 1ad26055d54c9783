"""Point 6 of the story: the home screen, the lists, the card and its fields, the settings, the commands."""

from datetime import UTC, date, datetime, time

import pytest
from chat_driver import Chat
from story import DAY, RUSSIAN, Person, Scene, tell, tell_fully

from bot.domain.users import Pace, QuietHours, Tone


async def test_today_shows_the_most_urgent_first(scene: Scene, anna: Chat) -> None:
    for company, promise in (("Третья", 17), ("Вторая", 15), ("Первая", 14)):
        await tell(anna, RUSSIAN, company=company, promise=date(2026, 7, promise), phone=RUSSIAN.phone)
        await _leave_out_thanks(anna, RUSSIAN, company)
    await scene.wait_until(datetime(2026, 7, 16, 7, 30, tzinfo=UTC))

    await anna.send("/today")

    titles = ["Первая · аналитик", "Вторая · аналитик", "Третья · аналитик"]
    assert [anna.last.text.index(title) for title in titles] == sorted(
        anna.last.text.index(title) for title in titles
    )
    assert anna.last.text.startswith("Сегодня\n\n🔴 Просрочено\nПервая · аналитик\n")
    assert anna.last.buttons[:3] == [[title] for title in titles]
    assert anna.last.buttons[3:] == [["➕ Записать собеседование"], ["📂 Вакансии", "⚙️ Настройки"]]


async def test_today_with_nothing_yet(person: Person, chat: Chat) -> None:
    await chat.send("/today")

    assert chat.last.text == f"{person.text('today.title')}\n\n{person.text('today.empty')}"
    assert chat.last.buttons == [
        [person.label("button.log_interview")],
        [person.label("button.vacancies"), person.label("button.settings")],
    ]


async def test_a_single_vacancy_comes_with_a_hint(person: Person, chat: Chat) -> None:
    """R11, R87."""
    await tell(chat, person)
    await chat.send("/today")
    assert chat.last.text.endswith(person.text("today.only_one"))

    await tell(chat, person, company="Beta")
    await chat.send("/today")
    assert person.text("today.only_one") not in chat.last.text


async def test_many_vacancies_still_fit_one_message(scene: Scene, anna: Chat) -> None:
    for number in range(20):
        await anna.send("/interview")
        await anna.send(f"{number} " + "О" * 110)
        await anna.send("2026-07-09 11:00")
        await anna.send("Д" * 115)
        await anna.click("⏩ Сразу к обещанию")
        await anna.click("Не договорились")

    await anna.send("/today")
    assert anna.last.text.startswith("Сегодня")
    await anna.send("/vacancies")
    assert anna.last.text.startswith("Активные вакансии: 20")


async def test_vacancies_are_paged_with_their_silence(scene: Scene, person: Person, chat: Chat) -> None:
    for number in range(1, 11):
        await tell(chat, person, company=f"Firm {number}", position="x", role=None)
    scene.clock.advance(2 * DAY)

    await chat.send("/vacancies")
    assert chat.last.text.startswith(person.text("vacancies.active", n=10))
    first = [row[0] for row in chat.last.buttons[:8]]
    assert chat.last.buttons[8:] == [
        [person.label("button.next")],
        [person.label("button.closed_ones"), person.label("button.today")],
    ]
    silent = str(person.texts.count("vacancies.line_silent", 2, name=first[0]))
    assert chat.last.text.split("\n")[2] == silent

    await chat.click(person.label("button.next"))
    second = [row[0] for row in chat.last.buttons[:2]]
    assert chat.last.buttons[2:] == [
        [person.label("button.previous")],
        [person.label("button.closed_ones"), person.label("button.today")],
    ]
    assert sorted(first + second) == sorted(f"Firm {number} · x" for number in range(1, 11))

    await chat.click(person.label("button.previous"))
    assert [row[0] for row in chat.last.buttons[:8]] == first
    await chat.click(person.label("button.closed_ones"))
    assert chat.last.text == f"{person.text('vacancies.closed', n=0)}\n\n{person.text('vacancies.none')}"


async def test_closed_vacancies_have_a_list_of_their_own(scene: Scene, person: Person, chat: Chat) -> None:
    await tell(chat, person)
    await chat.click(person.label("button.close"))
    await chat.click(person.label("button.give_up"))
    await chat.send("/vacancies")
    assert chat.last.text.startswith(person.text("vacancies.active", n=0))

    await chat.click(person.label("button.closed_ones"))

    title = f"{person.company} · {person.position}"
    status = person.label("status.given_up")
    assert chat.last.text.endswith(person.text("vacancies.line_closed", name=title, status=status))
    await chat.click(title)
    assert chat.last.buttons[0] == [person.label("button.reopen")]


TYPED_FIELDS = [
    ([], "company", "Новая", "Новая"),
    ([], "position", "директор", "директор"),
    (["contact"], "contact_name", "Иван Ильич", "Иван Ильич"),
    (["contact"], "contact_phone", "+7 900 765-43-21", "+79007654321"),
    (["contact"], "contact_email", "ivan@firm.example", "ivan@firm.example"),
    (["contact"], "contact_username", "https://t.me/ivan_hr", "@ivan_hr"),
]


async def test_every_typed_field_of_the_card(person: Person, chat: Chat) -> None:
    await tell_fully(chat, person)
    who = person.contact
    for way, field, typed, shown in TYPED_FIELDS:
        await chat.click(person.label("button.edit"))
        for _ in way:
            await chat.click(who)
        await chat.click(person.label(f"field.{field}"))
        assert chat.last.text == person.text(f"type.{field}")
        assert chat.last.buttons == [[person.label("button.cancel")]]

        await chat.send(typed)

        assert chat.last.text.startswith(f"{person.text('edit.saved')}\n\n")
        assert shown in chat.last.text
        who = typed if field == "contact_name" else who


async def test_a_contact_is_added_and_removed(scene: Scene, person: Person, chat: Chat) -> None:
    await tell_fully(chat, person)
    await chat.click(person.label("button.edit"))
    await chat.click(person.label("button.new_contact"))
    await chat.send("Second Person")
    assert "👤 Second Person" in chat.last.text

    await chat.click(person.label("button.edit"))
    await chat.click(person.contact)
    await chat.click(person.label("button.remove_contact"))

    assert person.contact not in chat.last.text
    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    assert [contact.name for contact in vacancy.contacts] == ["Second Person"]


@pytest.mark.parametrize(
    ("way", "field", "value", "shown"),
    [
        ([], "role_type", "role_type.senior", "card.role_type"),
        ([], "stages_total", "3", "card.stages"),
        (["field.interview"], "tests", "button.yes", "card.tests"),
    ],
)
async def test_fields_that_are_chosen(
    *, person: Person, chat: Chat, way: list[str], field: str, value: str, shown: str
) -> None:
    await tell_fully(chat, person)
    await chat.click(person.label("button.edit"))
    for step in way:
        await chat.click(person.label(step, stage=1))
    await chat.click(person.label(f"field.{field}"))
    assert chat.last.text == person.text(f"edit.ask_{field}")

    await chat.click(person.label(value) if "." in value else value)

    line = person.text(shown, kind=person.label(value) if "." in value else "", stage=1, total=3)
    assert line in chat.last.text


async def test_the_role_of_a_contact_and_the_language_of_letters(
    scene: Scene, person: Person, chat: Chat
) -> None:
    await tell_fully(chat, person)
    await chat.click(person.label("button.edit"))
    await chat.click(person.contact)
    await chat.click(person.label("field.contact_role"))
    await chat.click(person.label("role.agency"))
    assert f"👤 {person.contact} ({person.label('role.agency')})" in chat.last.text

    await chat.click(person.label("button.edit"))
    await chat.click(person.label("field.letter_language"))
    await chat.click("English" if person.language == "ru" else "Русский")
    await scene.next_reminder()
    assert chat.last.text.startswith(person.text("words.subject", subject=""))
    letter = {"ru": "Thank you for inviting me", "en": "Спасибо Вам за приглашение"}[person.language]
    assert letter in chat.last.text


async def test_the_promise_and_the_day_of_an_interview_are_corrected(
    scene: Scene, person: Person, chat: Chat
) -> None:
    await tell_fully(chat, person, promise=date(2026, 7, 17))
    await chat.click(person.label("button.edit"))
    await chat.click(person.label("field.promise"))
    await chat.send("2026-07-20")
    who = person.label("promise.employer")
    channel = person.label("promise.by_phone")
    assert person.text("card.promise", who=who, day=date(2026, 7, 20), channel=channel) in chat.last.text

    await chat.click(person.label("button.edit"))
    await chat.click(person.label("field.promise"))
    await chat.send({"ru": "не договорились", "en": "nothing agreed"}[person.language])
    assert "🤝" not in chat.last.text

    await chat.click(person.label("button.edit"))
    await chat.click(person.label("field.interview", stage=1))
    await chat.click(person.label("field.starts_at"))
    await chat.send("2026-07-08 16:00")
    assert f"{person.texts.day(date(2026, 7, 8))}, 16:00" in chat.last.text


SETTINGS_RU = """\
Настройки

Язык: Русский
Язык писем: Русский
Имя в письмах: Анна Ковалёва
Род в письмах: рада встрече (она)
Телефон в письмах: не указано
Тон писем: 🤝 Обычный
Мои тексты: исходные
Часовой пояс: Москва · 15:00
Праздники страны: Россия
Тихие часы: 22:00–08:00
Темп: 🚶 Обычный
Слова после отказа: Да
Пятничный разбор: Нет
Итоги недели: Нет
Пауза: нет"""
SETTINGS_EN = """\
Settings

Language: English
Letter language: English
Name in letters: Emma Clarke
Russian forms: not set
Phone in letters: not set
Tone of letters: 🤝 Neutral
My wording: the originals
Time zone: London · 13:00
Public holidays: United Kingdom
Quiet hours: 22:00–08:00
Pace: 🚶 Normal
Words after a refusal: Yes
Friday tidy-up: No
Sunday review: No
Break: none"""


async def test_the_settings(person: Person, chat: Chat) -> None:
    await chat.send("/settings")

    assert chat.last.text == {"ru": SETTINGS_RU, "en": SETTINGS_EN}[person.language]
    names = (
        *("language", "letter_language", "name", "form", "phone", "tone", "own_words"),
        *("zone", "country", "quiet", "pace", "notes", "sweep", "review", "pause"),
    )
    labels = [person.label(f"setting.{name}") for name in names]
    assert chat.last.buttons == [
        *(labels[start : start + 2] for start in range(0, len(labels), 2)),
        [person.label("button.today")],
    ]


async def test_each_setting_that_is_tapped(scene: Scene, person: Person, chat: Chat) -> None:
    await chat.send("/settings")
    for name, label, field, value in [
        ("form", person.label("form.he"), "form", "he"),
        ("pace", person.label("pace.firm"), "pace", Pace.FIRM),
        ("tone", person.label("tone.warm"), "tone", Tone.WARM),
        ("quiet", "21:00–9:00", "quiet", QuietHours(time(21), time(9))),
        ("country", person.label("country.none"), "country", ""),
        ("notes", person.label("notes.off"), "notes_off", True),
        ("letter_language", "English" if person.language == "ru" else "Русский", "letter_language", ...),
    ]:
        await chat.click(person.label(f"setting.{name}"))
        assert chat.last.text == person.text(f"settings.ask_{name}")
        assert chat.last.buttons[-1] == [person.label("button.back")]
        await chat.click(label)

        assert chat.last.text.startswith(f"{person.text('settings.saved')}\n\n")
        user = await scene.storage.users.load(person.user_id)
        other = "en" if person.language == "ru" else "ru"
        assert getattr(user, field) == (other if value is ... else value)


async def test_each_setting_that_is_typed(scene: Scene, person: Person, chat: Chat) -> None:
    await chat.send("/settings")
    for name, label, typed, field, value in [
        ("name", None, "Мария Ли", "name", "Мария Ли"),
        ("phone", None, "+7 900 111-22-33", "phone", "+79001112233"),
        ("zone", "button.type_city", "Екатеринбург", "zone", "Asia/Yekaterinburg"),
        ("country", "button.type_country", "Германия", "country", "DE"),
    ]:
        await chat.click(person.label(f"setting.{name}"))
        if label:
            await chat.click(person.label(label))
        assert chat.last.text == person.text(f"type.{name}")
        await chat.send(typed)

        assert chat.last.text.startswith(f"{person.text('settings.saved')}\n\n")
        assert getattr(await scene.storage.users.load(person.user_id), field) == value


async def test_a_place_that_may_be_several_is_chosen(scene: Scene, person: Person, chat: Chat) -> None:
    await chat.send("/settings")
    await chat.click(person.label("setting.zone"))
    await chat.click(person.label("button.type_city"))
    await chat.send("15:00")
    assert chat.last.text == person.text("welcome.which_zone")

    await chat.click(chat.last.buttons[1][0])

    assert chat.last.text.startswith(person.text("settings.saved"))
    user = await scene.storage.users.load(person.user_id)
    assert user
    assert user.zone != person.zone


async def test_a_new_pace_or_zone_moves_what_is_planned(scene: Scene, person: Person, chat: Chat) -> None:
    await tell_fully(chat, person)
    await scene.next_reminder()
    await chat.click(person.label("button.sent"))
    before = await scene.application.dispatcher.next_due()
    await chat.send("/settings")
    await chat.click(person.label("setting.pace"))
    await chat.click(person.label("pace.gentle"))
    gentle = await scene.application.dispatcher.next_due()
    assert before
    assert gentle
    assert (gentle - before).days == 2  # a week of patience instead of five days (R36)


async def test_a_correction_or_a_setting_after_a_push_leaves_what_comes_next(
    scene: Scene, person: Person, chat: Chat
) -> None:
    """R2: what was pushed is not pushed again, and something is still to come."""
    await tell_fully(chat, person)
    await scene.next_reminder()
    await chat.click(person.label("button.sent"))
    await scene.next_reminder()
    follower = await scene.application.dispatcher.next_due()
    assert follower

    await chat.click(person.label("button.card"))
    await chat.click(person.label("button.edit"))
    await chat.click(person.label("field.company"))
    await chat.send("Beta")
    assert await scene.application.dispatcher.next_due() == follower

    await chat.send("/settings")
    await chat.click(person.label("setting.country"))
    await chat.click(person.label("country.none"))
    assert await scene.application.dispatcher.next_due() == follower


async def test_the_language_is_switched_on_the_fly(scene: Scene, anna: Chat) -> None:
    await tell_fully(anna, RUSSIAN)
    await anna.send("/settings")
    await anna.click("Язык")
    await anna.click("English")
    assert anna.last.text.startswith("✅ Saved.\n\nSettings\n\nLanguage: English")

    await anna.send("/today")
    assert anna.last.text.startswith("Today\n\n")
    assert "Send a thank-you: Ольга Петровна Смирнова" in anna.last.text
    await scene.next_reminder()
    assert anna.messages[-2].text.startswith("💌 Send a thank-you")


async def test_help_lists_every_command(person: Person, chat: Chat) -> None:
    await chat.send("/help")

    assert chat.last.text.startswith(person.text("help.text"))
    names = (
        "interview",
        "today",
        "vacancies",
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
    for name in names:
        assert person.text("help.command", name=name, what=person.label(f"command.{name}")) in chat.last.text


async def test_privacy(person: Person, chat: Chat) -> None:
    await chat.send("/privacy")

    assert chat.last.text == person.text("privacy.text")


async def test_cancel_with_nothing_under_way(person: Person, chat: Chat) -> None:
    await chat.send("/cancel")

    assert chat.last.text == person.text("cancel.nothing")
    assert chat.last.buttons == [[person.label("button.log_interview"), person.label("button.today")]]


async def test_the_words_can_be_had_at_any_time(scene: Scene, person: Person, chat: Chat) -> None:
    await tell_fully(chat, person)

    await chat.click(person.label("button.words"))

    assert "<pre>" in chat.last.html
    assert person.label("button.copy_subject") in chat.last.buttons[0]


async def _leave_out_thanks(chat: Chat, person: Person, company: str) -> None:
    active = await chat.application.services.storage.vacancies.active(person.user_id)
    vacancy = next(one for one in active if one.company == company)
    await chat.tap(f"ac:{vacancy.id}:{vacancy.seq}:skip")
