"""Letters and scripts in the user's own words: typed plainly, looked at, used everywhere, taken back."""

import json
from datetime import date

import pytest
from chat_driver import Chat
from story import Person, Scene, labels, tell, tell_fully

from bot.conversations.own_words import MOST
from bot.pack_own import OWN_LIMIT

#: What a person sends back after copying the letter and changing it, and how it is kept.
TYPED = {
    "ru": """\
Здравствуйте, Ольга Петровна!

Встреча 9 июля меня очень вдохновила. Хочу работать в «Вектор».

С уважением,
Анна Ковалёва""",
    "en": """\
Dear Jane,

Our talk on 9 July was an inspiration. I would love to work for Acme.

Kind regards,
Emma Clarke""",
}
KEPT = {
    "ru": """\
[обращение]!

Встреча [день собеседования] меня очень вдохновила. Хочу работать в [компания].

[прощание],
[моё имя]""",
    "en": """\
[greeting],

Our talk on [day of the interview] was an inspiration. I would love to work for [company].

[closing],
[my name]""",
}
#: How it reads for another vacancy.
ELSEWHERE = {"ru": ("Здравствуйте, Иван Сергеевич!", "«Омега»"), "en": ("Dear Иван Сергеевич,", "Омега")}
FILLS = {
    "ru": "[обращение], [день собеседования], [компания], [прощание], [моё имя]",
    "en": "[greeting], [day of the interview], [company], [closing], [my name]",
}
#: A mistake in a placeholder, the one that is meant, and what is not near any.
WRONG = {"ru": ("[кампания]", "[компания]", "[зарплата]"), "en": ("[compani]", "[company]", "[salary]")}
MADE_UP = ["ow:change:xx:call:", "ow:change:ru:poem:", "ow:reset:ru:call:", "og:xx::", "og:ru:x:"]
SAID = {"ru": "Олег, это я. Какой результат?", "en": "Oleg, it is me. What is the result?"}


async def test_a_letter_in_own_words(scene: Scene, person: Person, chat: Chat) -> None:
    """Copied, changed, sent back: names and days become placeholders by themselves, for every vacancy."""
    await tell_fully(chat, person)
    await chat.click(person.label("button.words"))
    letter = chat.last
    await chat.click(person.label("button.change_words"))

    shown, how = chat.messages[-2:]
    name = f"{person.company} · {person.position}"
    assert shown.text.startswith(
        f"{person.text('own.heading', text=person.label('own.text.thank_you'))}\n"
        f"{person.text('own.for_vacancy', name=name)}\n\n"
    )
    assert "<pre>" in shown.html
    assert how.text.startswith(person.text("own.ask"))
    known = {"ru": "[компания] → «Вектор»", "en": "[company] → Acme"}[person.language]
    unknown = {"ru": "[мой телефон] → ", "en": "[my phone] → "}[person.language] + person.label("own.unknown")
    assert {known, unknown} <= {*how.text.split("\n")}
    assert how.buttons == [[person.label("button.cancel")]]
    assert chat.message(letter.message_id) == letter  # it is still there to be sent

    await chat.send(TYPED[person.language])

    look, question = chat.messages[-2:]
    assert look.text.startswith(person.text("own.will_look", name=name))
    assert look.text.endswith(TYPED[person.language])
    assert (
        question.text
        == f"{person.text('own.fills', what=FILLS[person.language])}\n\n{person.text('own.save')}"
    )
    assert question.buttons == [
        [person.label("button.save")],
        [person.label("button.change_again"), person.label("button.cancel")],
    ]
    await chat.click(person.label("button.save"))

    assert await _own(scene, person) == {f"{person.language}/thank_you": KEPT[person.language]}
    saved, in_use = chat.messages[-2:]
    assert saved.text == person.text("own.saved", text=person.label("own.text.thank_you"))
    assert TYPED[person.language] in in_use.text  # ready to be sent

    await tell(chat, person, company="Омега", name="Иван Сергеевич Белов", email="ivan@omega.example")
    await chat.click(person.label("button.words"))
    for part in ELSEWHERE[person.language]:
        assert part in chat.last.text
    assert {"ru": "Ольга", "en": "Jane"}[person.language] not in chat.last.text


async def test_own_words_are_used_everywhere(scene: Scene, person: Person, chat: Chat) -> None:
    """The push, the words of a card, call mode and its rehearsal, the draft for the mail program."""
    await tell_fully(chat, person)
    await _save(chat, person, "thanks", "thank_you", TYPED[person.language])
    await _save(chat, person, "call", "call", SAID[person.language])
    await _save(chat, person, "answers", "agree_next_call", SAID[person.language])

    await scene.next_reminder()
    assert TYPED[person.language] in chat.last.text
    await chat.click(person.label("button.open_mail"))
    assert {"ru": "=D0=B2=D0=B4=D0=BE=D1=85", "en": "inspiration"}[
        person.language
    ].encode() in chat.last.content
    await chat.click(person.label("button.sent"))
    await scene.next_reminder()
    assert SAID[person.language] in chat.last.text
    await chat.click(person.label("button.call_mode"))
    assert SAID[person.language] in chat.last.text
    await chat.click(person.label("button.heard.busy"))
    assert SAID[person.language] in chat.last.text
    await chat.click(person.label("button.card"))
    await chat.click(person.label("button.log"))
    await chat.click(person.label("outcome.call_later"))
    await chat.click(person.label("day.none"))
    assert SAID[person.language] in chat.last.text  # what is said at once


async def test_a_mistake_in_a_placeholder(scene: Scene, person: Person, chat: Chat) -> None:
    """It is named kindly, nothing typed is lost, one tap puts the right one in."""
    wrong, meant, _ = WRONG[person.language]
    await _open(chat, person, "thanks", "thank_you")
    await chat.send(f"Hi {wrong}!")

    assert chat.last.text.startswith(person.text("own.unknown_placeholder", what=wrong))
    assert chat.last.html.endswith(f"<pre>Hi {wrong}!</pre>")
    assert chat.last.buttons == [
        [person.label("button.use", what=meant)],
        [person.label("button.cancel")],
    ]
    await chat.click(person.label("button.use", what=meant))
    assert chat.messages[-2].text.startswith(person.text("own.will_look_example"))

    await chat.click(person.label("button.save"))
    assert await _own(scene, person) == {f"{person.language}/thank_you": f"Hi {meant}!"}


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Hi {wrong}!", "own.unknown_placeholder"),
        ("Hi {{ contact_name", "own.braces"),
        ("{% for a in b %}{% endfor %}", "own.braces"),
        ("x" * (OWN_LIMIT + 1), "own.too_long"),
    ],
)
async def test_what_cannot_be_taken_is_corrected(
    scene: Scene, person: Person, chat: Chat, typed: str, key: str
) -> None:
    wrong = WRONG[person.language][2]
    typed = typed.replace("{wrong}", wrong)
    await _open(chat, person, "call", "call")

    await chat.send(typed)

    assert chat.last.text.startswith(person.text(key, what=wrong, limit=OWN_LIMIT))
    assert (typed in chat.last.text) is (key != "own.too_long")
    assert chat.last.buttons == [[person.label("button.cancel")]]
    await chat.send(SAID[person.language])
    await chat.click(person.label("button.save"))
    assert await _own(scene, person) == {f"{person.language}/call": SAID[person.language]}


async def test_a_name_in_another_case_is_pointed_at(anna: Chat) -> None:
    """It would reach every other employer as well."""
    from story import RUSSIAN

    await tell_fully(anna, RUSSIAN)
    await _open(anna, RUSSIAN, "thanks", "thank_you")

    await anna.send("Мне понравилось в Векторе. Передайте Ольге Петровне спасибо.")

    assert anna.last.text.startswith(
        RUSSIAN.text("own.left_over", what="Векторе, Ольге, Петровне", placeholders="[имя], [компания]")
    )


async def test_a_text_that_asks_for_what_is_not_known(scene: Scene, person: Person, chat: Chat) -> None:
    """The push comes with the original, and says so; a text never breaks it."""
    day = {"ru": "[к обещанному дню]", "en": "[by the promised day]"}[person.language]
    await tell_fully(chat, person)
    await _open(chat, person, "thanks", "thank_you")
    await chat.send(f"{TYPED[person.language]} {day}")
    name = f"{person.company} · {person.position}"
    assert chat.messages[-2].text.startswith(person.text("own.will_look_lacks", name=name, what=day))
    await chat.click(person.label("button.save"))

    await scene.next_reminder()

    assert chat.last.text.startswith(person.text("own.lacks", what=day))
    original = {"ru": "Буду ждать результата.", "en": "I look forward to hearing the result."}
    assert original[person.language] in chat.last.text
    assert labels(chat.last).count(person.label("button.sent")) == 1


async def test_long_words_of_a_call_follow_its_push(scene: Scene, person: Person, chat: Chat) -> None:
    """Telegram takes 4096 characters a message: three long variants come as messages of their own."""
    await tell_fully(chat, person)
    for variant in "abc":
        await _save(chat, person, "opening", f"opening_position_{variant}", f"{variant} " + "слово " * 450)
    await scene.next_reminder()
    await chat.click(person.label("button.sent"))
    await scene.next_reminder()
    await chat.click(person.label("outcome.vague"))

    await scene.next_reminder()

    push, *variants = chat.messages[-4:]
    assert push.text.startswith(person.text("step.opening_position.call", who=person.contact))
    assert [shown.text[:11] for shown in variants] == [
        f"{person.text('words.variant', n=n)}\n{letter}"[:11] for n, letter in enumerate("abc", 1)
    ]
    await chat.click_on(push, person.label("button.call_mode"))
    assert "a слово" in chat.message(push.message_id).text


async def test_back_to_the_original(scene: Scene, person: Person, chat: Chat) -> None:
    await _save(chat, person, "thanks", "thank_you", TYPED[person.language])
    await chat.send("/settings")
    assert str(person.texts.count("settings.own_words", 1)) in chat.last.html
    await chat.click(person.label("setting.own_words"))
    changed = person.label("own.changed", text=person.label("own.group.thanks"))
    assert changed in labels(chat.last)
    await chat.click(changed)
    await chat.click(person.label("own.changed", text=person.label("own.text.thank_you")))

    await chat.click(person.label("button.reset_words"))

    assert await _own(scene, person) == {}
    assert chat.last.text.startswith(person.text("own.reset", text=person.label("own.text.thank_you")))
    assert "<pre>" in chat.last.html  # the own text is given back once more
    await chat.click(person.label("button.own_words"))
    assert person.label("own.group.thanks") in labels(chat.last)


async def test_a_subject_of_the_own(scene: Scene, person: Person, chat: Chat) -> None:
    """Typed on the first line; when the text is changed again, it is copied along."""
    word = {"ru": "Тема", "en": "Subject"}[person.language]
    await tell_fully(chat, person)
    await _save(chat, person, "thanks", "thank_you", f"{word}: 7\n\n{TYPED[person.language]}")

    await scene.next_reminder()
    assert chat.last.text.startswith(
        f"{person.text('words.subject', subject='7')}\n\n{TYPED[person.language]}"
    )
    await chat.click(person.label("button.change_words"))
    assert f"{word}: 7\n\n{TYPED[person.language]}" in chat.messages[-2].text


async def test_the_texts_of_another_language(scene: Scene, person: Person, chat: Chat) -> None:
    """Own words belong to a language: a letter in another one keeps its own."""
    other = {"ru": "en", "en": "ru"}[person.language]
    name = {"en": "English", "ru": "Русский"}[other]
    await tell_fully(chat, person)
    await chat.send("/settings")
    await chat.click(person.label("setting.own_words"))
    await chat.click(person.label("button.own_language", language=name))
    assert chat.last.text.startswith(person.text("own.title", language=name))
    await chat.click(person.label("own.group.thanks"))
    await chat.click(person.label("own.text.thank_you"))
    await chat.send("7 [name]" if other == "en" else "7 [имя]")
    await chat.click(person.label("button.save"))

    await scene.next_reminder()
    assert "7 " not in chat.last.text.partition("\n\n")[2][:2]
    await chat.send("/vacancies")
    await chat.click(f"{person.company} · {person.position}")
    await chat.click(person.label("button.edit"))
    await chat.click(person.label("field.letter_language"))
    await chat.click(name)
    await chat.click(person.label("button.words"))
    assert "\n\n7 " in chat.last.text


async def test_no_more_than_so_many(scene: Scene, person: Person, chat: Chat) -> None:
    """What was typed is not lost: once another is back to the original, it can be saved."""
    names = [("opening", f"opening_position_{v}") for v in ("a", "b", "c", "letter")]
    names += [("call", one) for one in ("call", "introduction", "promise_slipped_twice", "office_manager")]
    names += [("answers", one) for one in ("agree_next_call", "boss_decides", "round", "security_check")]
    names += [("answers", one) for one in ("away", "read_back", "good_news", "offer_call")]
    names += [("decision", one) for one in ("trial_close", "trial_close_letter")]
    names += [("refusal", one) for one in ("ask_reasons", "ask_reasons_call")]
    assert len(names) == MOST
    for group, name in names:
        await _save(chat, person, group, name, "7")

    await _save(chat, person, "thanks", "thank_you", "8")

    assert chat.last.text == person.text("own.full", limit=MOST)
    assert len(await _own(scene, person)) == MOST
    await chat.tap(f"ow:reset:{person.language}:call:")
    await chat.send("/today")
    await chat.click(person.label("button.resume", what=person.label("own.text.thank_you")))
    assert "8" in chat.last.text
    await chat.send("8")
    await chat.click(person.label("button.save"))
    assert (await _own(scene, person))[f"{person.language}/thank_you"] == "8"


async def test_an_interruption_loses_nothing(scene: Scene, person: Person, chat: Chat) -> None:
    await _open(chat, person, "thanks", "thank_you")
    await chat.send(TYPED[person.language])
    await scene.restart()
    await chat.send("/today")
    assert person.label("button.resume", what=person.label("own.text.thank_you")) in labels(chat.last)

    await chat.click(person.label("button.resume", what=person.label("own.text.thank_you")))

    assert chat.last.text.startswith(person.text("own.waiting", text=person.label("own.text.thank_you")))
    assert "<pre>" in chat.last.html
    await chat.send("/cancel")
    assert chat.last.text == person.text("cancel.done")
    assert await _own(scene, person) == {}


async def test_change_again_gives_the_text_back(scene: Scene, person: Person, chat: Chat) -> None:
    await tell_fully(chat, person)
    await _open(chat, person, "thanks", "thank_you")
    await chat.send(TYPED[person.language])

    await chat.click(person.label("button.change_again"))

    assert chat.last.text == f"{person.text('own.again')}\n\n{KEPT[person.language]}"
    await chat.send("7")
    await chat.click(person.label("button.save"))
    assert await _own(scene, person) == {f"{person.language}/thank_you": "7"}


async def test_own_words_leave_with_the_user(scene: Scene, person: Person, chat: Chat) -> None:
    """/export hands them over, nothing of them can be read in the database, /delete leaves nothing."""
    await _save(chat, person, "thanks", "thank_you", TYPED[person.language])
    await chat.send("/export")
    exported = json.loads(chat.last.content)
    (own,) = exported["settings"]["own_words"].values()
    assert {"ru": "вдохновила", "en": "inspiration"}[person.language] in own
    assert "inspiration" not in str(await scene.rows("users"))
    assert "вдохновила" not in str(await scene.rows("users"))

    await chat.send("/delete")
    await chat.click(person.label("button.erase"))
    assert await scene.rows("users") == []


@pytest.mark.parametrize("data", MADE_UP)
async def test_a_made_up_button(person: Person, chat: Chat, data: str) -> None:
    await chat.tap(data)

    assert chat.toast
    assert chat.toast.text == person.label("stale.button")


async def test_words_of_a_step_with_variants(scene: Scene, person: Person, chat: Chat) -> None:
    """Which of them is to be changed is asked; the push stays."""
    await tell_fully(chat, person, promise=date(2026, 7, 10))
    await scene.next_reminder()
    await chat.click(person.label("button.sent"))
    await scene.next_reminder()
    await chat.click(person.label("outcome.vague"))
    await scene.next_reminder()
    push = chat.last

    await chat.click(person.label("button.change_words"))

    assert chat.message(push.message_id) == push
    assert chat.last.text == person.text("own.choose", group=person.label("own.group.opening"))
    assert labels(chat.last)[:3] == [person.label(f"own.text.opening_position_{v}") for v in "abc"]


async def _open(chat: Chat, person: Person, group: str, name: str) -> None:
    """Come to a text by way of the settings."""
    await chat.send("/settings")
    await chat.click(person.label("setting.own_words"))
    for key in (f"own.group.{group}", f"own.text.{name}"):
        label = person.label(key)
        changed = person.label("own.changed", text=label)
        await chat.click(changed if changed in labels(chat.last) else label)


async def _save(chat: Chat, person: Person, group: str, name: str, text: str) -> None:
    await _open(chat, person, group, name)
    await chat.send(text)
    await chat.click(person.label("button.save"))


async def _own(scene: Scene, person: Person) -> dict[str, str]:
    user = await scene.storage.users.load(person.user_id)
    assert user
    return user.own_words
