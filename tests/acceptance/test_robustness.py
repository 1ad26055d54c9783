"""What goes wrong: repeated updates, stale and forged buttons, odd texts, groups, failing parts."""

import pytest
from chat_driver import Chat
from story import ENGLISH, RUSSIAN, Person, Scene, introduce, tell_fully
from telegram.ext import CommandHandler

from bot.errors import StorageError
from bot.intake import Intake

STORED = ("users", "vacancies", "events", "reminders", "conversations")


async def test_a_repeated_text_in_a_dialog_changes_nothing_and_is_answered(
    scene: Scene, person: Person, chat: Chat
) -> None:
    await chat.send("/interview")
    await chat.send(person.company)
    before, asked = await scene.snapshot(), chat.last

    await chat.redeliver()

    assert await scene.snapshot() == before
    assert chat.last.message_id != asked.message_id
    assert (chat.last.text, chat.last.buttons) == (asked.text, asked.buttons)


async def test_a_repeated_tap_on_an_outcome_is_logged_once(scene: Scene, person: Person, chat: Chat) -> None:
    await tell_fully(chat, person)
    await scene.next_reminder()
    await chat.click(person.label("button.sent"))
    await scene.next_reminder()
    await chat.click(person.label("outcome.vague"))
    before = await scene.snapshot()

    await chat.redeliver()

    assert await scene.snapshot() == before
    assert chat.last.text.startswith(person.text("today.title"))


@pytest.mark.parametrize("command", ["/today", "/settings", "/export", "/help", "/cancel", "/start"])
async def test_a_repeated_command_is_answered(scene: Scene, person: Person, chat: Chat, command: str) -> None:
    await chat.send(command)
    before, messages = await scene.snapshot(), len(chat.messages)

    await chat.redeliver()

    assert await scene.snapshot() == before
    assert len(chat.messages) == messages + 1


async def test_a_repeated_last_answer_saves_one_vacancy(scene: Scene, person: Person, chat: Chat) -> None:
    await tell_fully(chat, person)
    before = await scene.snapshot()

    await chat.redeliver()

    assert await scene.snapshot() == before
    assert len(await scene.storage.vacancies.all(person.user_id)) == 1


async def test_a_repeated_confirmation_of_the_deletion(scene: Scene, person: Person, chat: Chat) -> None:
    await tell_fully(chat, person)
    await chat.send("/delete")
    await chat.click(person.label("button.erase"))
    before = await scene.snapshot()

    await chat.redeliver()

    assert await scene.snapshot() == before


async def test_a_stale_button_says_so(scene: Scene, person: Person, chat: Chat) -> None:
    await tell_fully(chat, person)
    await scene.next_reminder()
    push = chat.messages[-2]
    await chat.click_on(push, person.label("button.sent"))
    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    before, messages = await scene.snapshot(*STORED), len(chat.messages)

    for data in (f"ac:{vacancy.id}:{vacancy.seq - 1}:did", f"re:{vacancy.id}:{vacancy.seq - 1}:vague:0"):
        await chat.tap(data, push)
        assert chat.toast
        assert chat.toast.text == person.label("stale.button")

    assert await scene.snapshot(*STORED) == before
    assert len(chat.messages) == messages


async def test_a_button_of_a_dialog_that_is_over_says_so(person: Person, chat: Chat) -> None:
    await chat.send("/interview")
    await chat.send(person.company)
    question = chat.last
    await chat.send("/cancel")

    await chat.click_on(question, person.label("when.now"))

    assert chat.toast
    assert chat.toast.text == person.label("stale.button")


async def test_a_typed_day_for_a_history_that_has_moved_on(scene: Scene, person: Person, chat: Chat) -> None:
    """A text gets no toast: it is answered with a message, and the question is over."""
    await tell_fully(chat, person)
    await chat.click(person.label("button.log"))
    await chat.click(person.label("outcome.promised"))
    await chat.click(person.label("day.type"))
    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    await chat.tap(f"re:{vacancy.id}:{vacancy.seq}:vague:0")
    messages = len(chat.messages)

    await chat.send("2026-07-17")

    assert len(chat.messages) == messages + 2
    assert chat.last.text.startswith(person.label("stale.button"))
    assert await scene.rows("conversations") == []


FORGED = [
    "op:{id}",
    *(f"ca:{{id}}:{side}" for side in ("history", "edit", "close", "log", "more", "later", "words", "step")),
    "ca:{id}:reply",
    *(
        f"re:{{id}}:{{seq}}:{outcome}:{touched}"
        for outcome in ("no_answer", "vague", "offer")
        for touched in "01"
    ),
    "re:{id}:{seq}:promised:0",
    *(f"on:{{id}}:{{seq}}:promised:0:{day}" for day in ("2026-07-17", "none", "type")),
    *(f"sn:{{id}}:{{seq}}:{choice}" for choice in ("hour", "lunch", "tomorrow", "monday", "type")),
    *(
        f"ac:{{id}}:{{seq}}:{deed}"
        for deed in ("did", "skip", "keep", "reopen", "give_up", "withdraw", "tell")
    ),
    "ac:{id}:{seq}:to_reserve",
    "un:{id}:{seq}",
    *(f"ed:{{id}}:{field}:" for field in ("company", "position", "promise", "role_type", "new_contact")),
    *(f"ed:{{id}}:{field}:1" for field in ("contact", "contact_phone", "interview", "starts_at", "tests")),
    *(f"ch:{{id}}:{rest}" for rest in ("role_type::sales", "contact_role:1:hr", "contact_removed:1:yes")),
    *(f"ch:{{id}}:{rest}" for rest in ("tests:1:yes", "interview_cancelled:1:yes", "stages_total::3")),
]


async def test_a_forged_button_reads_and_writes_nothing_of_another_user(scene: Scene) -> None:
    """Every kind of callback, with a vacancy of somebody else: reliability row 14."""
    owner, thief = scene.chat(RUSSIAN), scene.chat(ENGLISH)
    await introduce(owner, RUSSIAN)
    await tell_fully(owner, RUSSIAN)
    await introduce(thief, ENGLISH)
    await thief.send("/today")
    (vacancy,) = await scene.storage.vacancies.active(RUSSIAN.user_id)
    before = await scene.snapshot("vacancies", "events", "reminders")
    secrets = ("Вектор", "аналитик", "Смирнова", "vector.example", "79001234567", "Ольга")

    for pattern in FORGED:
        await thief.tap(pattern.format(id=vacancy.id, seq=vacancy.seq))
        await thief.send("2026-07-17")  # whatever was asked for
        await thief.send("hacked")
        await thief.send("/cancel")

        assert await scene.snapshot("vacancies", "events", "reminders") == before, pattern
    assert not [secret for secret in secrets if secret in str(thief)]
    assert scene.telegram.called("sendMessage")[-1]["chat_id"] == ENGLISH.user_id


GARBAGE = [
    "",
    "x",
    "op",
    "op:",
    "op:1:2",
    "op:x",
    "op:-1",
    "op:99999999999999999999999999",
    "pg:0:-5",
    "pg:0:99999",
    "pg:7:0",
    "go:nowhere",
    "ca:1:nothing",
    "re:1:1:nothing:0",
    "on:1:1:promised:0:2026-99-99",
    "on:1:1:no_answer:0:type",
    "sn:1:1:never",
    "ac:1:1:explode",
    "ch:1:company::x",
    "an:company:x",
    "an:when:2026-99-99",
    "nv:any:resume",
    "nv:company:skip",
    "se:nothing",
    "se:nothing:x",
    "se:name:x",
    "se:pace:x",
    "se:quiet:1-2",
    "se:quiet:x",
    "se:zone:America",
    "se:zone:../../etc/passwd",
    "se:zone:Nowhere/City",
    "se:language:xx",
    "se:country:RU",
    "er:perhaps",
    "ac:1:1:did:more:and:more",
    "\x00\x01",
    "🙂",
]


async def test_no_callback_data_breaks_anything(scene: Scene, person: Person, chat: Chat) -> None:
    await tell_fully(chat, person)
    before = await scene.snapshot("users", "vacancies", "events", "reminders")

    for data in GARBAGE:
        await chat.send("/help")
        await chat.tap(data or "-")
        assert person.text("error.text") not in str(chat), data

    assert await scene.snapshot("users", "vacancies", "events", "reminders") == before


async def test_groups_get_one_line_and_a_link(scene: Scene, person: Person) -> None:
    group = scene.chat(person, chat_id=-2001)
    for said in ("/start", "/today", "/delete", "/help@five_touches_bot"):
        await group.send(said)
        assert group.last.text == person.text("group.text", link="https://t.me/five_touches_bot")
        assert group.last.buttons == []
    messages = len(group.messages)

    await group.send("Привет всем / hello all")

    assert len(group.messages) == messages + 1
    assert await scene.rows("users") == []  # whoever talks in a group is not stored


@pytest.mark.parametrize("said", ["🙂", "/nonsense", "."])
async def test_unknown_words_get_likely_actions(person: Person, chat: Chat, said: str) -> None:
    await chat.send(said)

    assert chat.last.text == person.text("unknown.text")
    assert chat.last.buttons == [[person.label("button.log_interview"), person.label("button.today")]]


async def test_files_and_contacts_get_likely_actions(person: Person, chat: Chat) -> None:
    for act in (
        lambda: chat.send_document("cv.pdf", b"%PDF", "x"),
        lambda: chat.send_contact("+79001234567", "Olga"),
    ):
        messages = len(chat.messages)
        await act()
        assert len(chat.messages) == messages + 2
        assert chat.last.buttons != []


async def test_a_file_in_a_dialog_leaves_it_where_it_is(person: Person, chat: Chat) -> None:
    await chat.send("/interview")
    await chat.send_document("cv.pdf", b"%PDF", "x")

    await chat.send(person.company)

    assert person.text("interview.when") in chat.last.text


NASTY = [
    "<b>Bold & Co</b>",
    "<script>alert(1)</script>",
    "{company} %s {0}",
    "👩‍💻 Émoji 🏳️‍🌈",
    "שלום עולם \u202eRTL",
    "a" * 120,
    "'; DROP TABLE users; --",
    "&lt;&amp;",
]


@pytest.mark.parametrize("said", NASTY)
async def test_odd_texts_are_shown_as_they_are(scene: Scene, anna: Chat, said: str) -> None:
    await anna.send("/interview")
    await anna.send(said)
    await anna.click("Только что")
    await anna.send(said)
    await anna.click("HR")
    await anna.send(said)
    await anna.click("⏩ Сразу к обещанию")
    await anna.click("Не договорились")
    shown = " ".join(said.split())
    assert f"{shown} · {shown}" in anna.last.text
    assert f"👤 {shown} (HR)" in anna.last.text

    await anna.send("/today")
    assert f"{shown} · {shown}" in anna.last.text
    await anna.send("/vacancies")
    assert f"{shown} · {shown}" in anna.last.text
    await scene.next_reminder()
    assert f"{shown} · {shown}" in anna.messages[-2].text
    assert shown in anna.last.text


@pytest.mark.parametrize("said", ["я" * 4096, "🙂" * 2048, "слово " * 600])
async def test_too_long_a_text_is_refused_kindly_wherever_it_is_typed(anna: Chat, said: str) -> None:
    too_long = "⚠️ Слишком длинно: не больше 120 знаков, пожалуйста."
    await anna.send("/interview")
    for answer in ("Вектор", "2026-07-09 11:00", "аналитик", "HR", "Ольга", "+79001234567", "o@v.example"):
        messages = len(anna.messages)
        await anna.send(said)
        assert len(anna.messages) == messages + 2
        assert anna.last.text.startswith("⚠️ ")
        assert "Вопрос" in anna.last.text
        await (anna.click(answer) if answer == "HR" else anna.send(answer))
    await anna.send("/settings")
    await anna.click("Имя в письмах")
    await anna.send(said)
    assert anna.last.text.startswith(too_long)


@pytest.mark.parametrize("said", NASTY)
async def test_an_odd_name_in_the_welcome(scene: Scene, said: str) -> None:
    chat = scene.chat(RUSSIAN)
    await chat.send("/start")
    await chat.send(said)
    await chat.click("Пропустить ›")
    await chat.click("Пропустить ›")

    await chat.send("/settings")

    assert f"Имя в письмах: {' '.join(said.split())}" in chat.last.text


async def test_a_failing_handler_answers_kindly_and_changes_nothing(
    scene: Scene, person: Person, chat: Chat
) -> None:
    async def fail(_update: object, context) -> None:
        context.session.keep("welcome", None)
        context.session.erase = True
        raise RuntimeError("a bug")

    scene.application.add_handler(CommandHandler("break", fail), group=-2)
    before = await scene.snapshot(*STORED)

    await chat.send("/break")

    assert chat.last.text == person.text("error.text")
    assert chat.last.buttons == [[person.label("button.log_interview"), person.label("button.today")]]
    assert await scene.snapshot(*STORED) == before
    assert scene.errors.take() == ["update failed"]


async def test_while_the_database_is_down_no_update_is_acknowledged(
    scene: Scene, person: Person, chat: Chat
) -> None:
    await chat.send("/interview")
    before, messages = await scene.snapshot(), len(chat.messages)
    intake = Intake(scene.application)
    said = scene.telegram.people.say(person.user_id, person.company)
    update = intake.parse(said)
    assert update

    await _read_only(scene, True)
    assert [await intake.take(update) for _ in range(5)] == [False] * 5
    assert len(chat.messages) == messages + 1  # nothing but what the user said
    with pytest.raises(StorageError):
        await chat.send("/settings")

    await _read_only(scene, False)
    assert await scene.snapshot() == before
    assert await intake.take(update)
    assert person.text("interview.when") in chat.last.text
    assert len(scene.errors.take()) == 5


async def _read_only(scene: Scene, on: bool) -> None:
    """Let the database refuse every write, as a full or failing disk does."""
    await scene.storage.database._run(lambda connection: connection.execute(f"PRAGMA query_only={int(on)}"))
