"""A letter reaches the employer in one tap: their chat, the mail program; only "Sent" counts."""

from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import parse_qs, urlsplit

import pytest
from chat_driver import Chat, Shown
from story import PEOPLE, Person, Scene, introduce, labels, local, tell, tell_fully

from bot.callbacks import Go
from bot.domain.vacancy import Channel, Touch
from bot.showing import send
from bot.views.screen import Screen, button, link_button

#: What is typed into the chat: the thanks and the question about the result, in short.
THANKS = {
    "ru": """\
Здравствуйте, Ольга Петровна! Спасибо Вам за приглашение и за приятный разговор 9 июля. После него мой \
интерес к позиции «аналитик» только вырос. Буду ждать результата.

Анна Ковалёва""",
    "en": """\
Hello, Jane! Thank you for inviting me and for such a pleasant conversation on 9 July. It has made me even \
more interested in the sales manager position. I look forward to hearing the result.

Emma Clarke""",
}
QUESTION = {
    "ru": """\
Здравствуйте, Ольга Петровна! Меня зовут Анна Ковалёва. 9 июля у меня было собеседование на позицию \
«аналитик». Спасибо Вам за разговор, работа мне по-прежнему очень интересна. Подскажите, пожалуйста, \
решение уже принято?""",
    "en": """\
Hello, Jane! This is Emma Clarke. I had an interview for the sales manager position on 9 July. Thank you \
again for the conversation; I would still very much like the job. May I ask: has a decision been made yet?""",
}
#: What a follow-up letter holds.
PARTS = {
    "ru": (
        "Ольга Петровна",
        "Анна Ковалёва",
        "9 июля 2026 года",
        "аналитик",
        "Спасибо",
        "В течение трёх дней",
    ),
    "en": ("Jane", "Emma Clarke", "9 July 2026", "sales manager", "Thank you", "within three days"),
}
BAD_LINKS = ["mailto:hr@vector.example", "tel:+79001234567", "https://", "t.me/olga_hr", "https://t .me"]


async def test_in_a_chat_that_the_employer_opened(scene: Scene, person: Person, chat: Chat) -> None:
    """C9: the natural way there, with the draft typed in, no caution, and nothing of an e-mail."""
    await _chats(chat, person, promise=date(2026, 7, 10), channel="messenger")

    await scene.next_reminder()

    push, letter = chat.messages[-2:]
    assert push.text.startswith(person.text("step.thank_you.chat", who=person.contact))
    assert letter.text == f"{THANKS[person.language]}\n\n{person.text('letter.counts')}"
    assert letter.buttons == [
        [person.label("button.open_chat_with_text")],
        [person.label("button.sent"), person.label("button.not_sent")],
        [person.label("button.sign_phone")],
        [person.label("button.change_words")],
    ]
    url = await chat.click_on(letter, person.label("button.open_chat_with_text"))
    assert _typed(url) == ("/olga_hr", THANKS[person.language])

    await chat.click_on(letter, person.label("button.sent"))
    assert _logged(chat, person, "letter.sent_in_chat")
    await scene.next_reminder()
    push, letter = chat.messages[-2:]
    assert push.text.startswith(person.text("step.email.chat", who=person.contact))
    assert person.text("push.high_priority") not in push.text  # no chat has a flag for that
    url = await chat.click_on(letter, person.label("button.open_chat_with_text"))
    assert _typed(url) == ("/olga_hr", QUESTION[person.language])
    await chat.click_on(letter, person.label("button.sent"))
    assert [touch.channel for touch in await _touches(scene, person)] == [Channel.MESSENGER] * 2


async def test_by_default_the_phone_and_e_mail(scene: Scene, person: Person, chat: Chat) -> None:
    """R43, R44, R52, C4: a known Telegram name changes nothing; the call is offered first, no paper ever."""
    await _chats(chat, person, phone=person.phone, email="hr@vector.example")
    await scene.next_reminder()

    assert chat.messages[-2].text.startswith(person.text("step.thank_you", who=person.contact))
    await chat.click(person.label("button.sent_by_mail"))
    assert local(person, await scene.next_reminder()) == "2026-07-14 10:00 Tue"
    assert chat.last.text.startswith(person.text("step.call.call", who=person.contact))
    assert {*Channel} == {Channel.PHONE, Channel.EMAIL, Channel.MESSENGER, Channel.IN_PERSON}
    assert [touch.channel for touch in await _touches(scene, person)] == [Channel.EMAIL]


async def test_a_chat_that_only_the_user_picks(scene: Scene, person: Person, chat: Chat) -> None:
    """R45, C9: a gentle caution, once, in the same screen; the short text is typed in."""
    await _chats(chat, person, email="hr@vector.example", promise=date(2026, 7, 17), channel="email")

    await scene.next_reminder()

    push, letter = chat.messages[-2:]
    assert f"{push.text}\n{letter.text}".count(person.text("letter.caution")) == 1
    assert person.text("letter.short_in_chat") in letter.text
    assert letter.buttons[:5] == [
        [person.label("button.copy_subject"), person.label("button.copy_email")],
        [person.label("button.open_mail")],
        [person.label("button.open_chat_with_text")],
        [person.label("button.sent_by_mail"), person.label("button.sent_in_chat")],
        [person.label("button.not_sent")],
    ]
    url = await chat.click_on(letter, person.label("button.open_chat_with_text"))
    assert _typed(url) == ("/olga_hr", THANKS[person.language])

    await chat.click_on(letter, person.label("button.sent_in_chat"))

    assert chat.message(letter.message_id).text.startswith(THANKS[person.language])  # what really went out
    assert [touch.channel for touch in await _touches(scene, person)] == [Channel.MESSENGER]


async def test_a_text_too_long_for_a_link(scene: Scene, person: Person, chat: Chat) -> None:
    """R45: the chat opens without the draft, and the text is in the block to copy."""
    await _chats(chat, person, promise=date(2026, 7, 10), channel="messenger")
    if person.language == "en":  # a letter in Russian grows sixfold
        await chat.click(person.label("button.edit"))
        await chat.click(person.label("field.letter_language"))
        await chat.click("Русский")
    for _ in range(2):
        await scene.next_reminder()
        await chat.click(person.label("button.sent"))

    await scene.next_reminder()

    letter = chat.last
    assert "<pre>" in letter.html
    assert person.text("letter.no_draft") in letter.text
    assert person.text("letter.caution") not in letter.text
    assert await chat.click_on(letter, person.label("button.open_chat")) == "https://t.me/olga_hr"


async def test_the_thank_you_in_the_mail_program(scene: Scene, person: Person, chat: Chat) -> None:
    """R70: a draft with the same letter; not urgent; fetching it logs nothing."""
    await tell_fully(chat, person)
    await scene.next_reminder()
    letter = chat.last

    await chat.click(person.label("button.open_mail"))

    assert chat.last.document == person.label("letter.file_name")
    assert chat.last.text == person.text("letter.file")
    message = _opened(chat.last)
    assert message["X-Unsent"] == "1"
    assert message["To"] == f"{person.contact} <hr@vector.example>"
    assert (message["From"], message["Importance"], message["X-Priority"]) == (None, None, None)
    assert f"{person.text('words.subject', subject=message['Subject'])}\n\n{_body(message)}" in letter.text
    assert await _touches(scene, person) == ()


async def test_a_follow_up_in_the_mail_program(scene: Scene, person: Person, chat: Chat) -> None:
    """R53, R55, R57, R82: marked as important, all its parts; whether it arrived is asked by phone."""
    await _come_to_the_email(scene, person, chat)
    assert person.text("push.high_priority") in chat.messages[-2].text

    await chat.click(person.label("button.open_mail"))

    message = _opened(chat.last)
    assert (message["Importance"], message["X-Priority"]) == ("High", "1")
    assert chat.last.text == f"{person.text('letter.file')}\n\n{person.text('letter.file_important')}"
    for part in PARTS[person.language]:
        assert part in _body(message)

    await chat.click(person.label("button.sent"))  # under the file
    assert _logged(chat, person, "letter.sent")
    assert len(await _touches(scene, person)) == 2
    await scene.next_reminder()
    assert chat.last.text.startswith(person.text("step.email_check_call", who=person.contact))


async def test_a_draft_without_an_address(scene: Scene, person: Person, chat: Chat) -> None:
    await tell(chat, person, name=person.contact)
    await scene.next_reminder()

    await chat.click(person.label("button.open_mail"))

    assert chat.last.text == person.text("letter.file_no_address")
    assert _opened(chat.last)["To"] is None


async def test_a_telegram_name_is_latin(scene: Scene, person: Person, chat: Chat) -> None:
    """Any other would make a link that leads nowhere."""
    await tell_fully(chat, person)
    await chat.click(person.label("button.edit"))
    await chat.click(person.contact)
    await chat.click(person.label("field.contact_username"))

    await chat.send("@olga_иванова")

    assert chat.last.text.startswith(f"⚠️ {person.text('invalid.username')}")


async def test_not_sent_is_fine(scene: Scene, person: Person, chat: Chat) -> None:
    """Nothing is logged, the letter stays, and the reminder comes when it is wanted."""
    await tell_fully(chat, person)
    await scene.next_reminder()
    letter = chat.last

    await chat.click(person.label("button.not_sent"))

    assert chat.message(letter.message_id) == letter
    assert chat.last.text.startswith(person.text("letter.not_sent"))
    assert await _touches(scene, person) == ()
    await chat.click(person.label("snooze.tomorrow"))
    assert local(person, await scene.next_reminder()) == "2026-07-10 10:00 Fri"
    assert "<pre>" in chat.last.html


async def test_sent_keeps_the_text_and_can_be_taken_back(scene: Scene, person: Person, chat: Chat) -> None:
    await tell_fully(chat, person)
    due = local(person, await scene.next_reminder())
    letter = chat.last

    await chat.click_on(letter, person.label("button.sent"))

    kept = chat.message(letter.message_id)
    assert "<pre>" in kept.html
    assert kept.text.endswith(person.text("letter.is_sent", at=scene.clock.now()))
    assert kept.buttons == []
    assert _logged(chat, person, "letter.sent")
    assert len(await _touches(scene, person)) == 1

    await chat.click(person.label("button.undo"))
    assert await _touches(scene, person) == ()
    assert due == local(person, scene.clock.now())
    await chat.click(person.label("button.words"))
    assert labels(chat.last).count(person.label("button.sent")) == 1


async def test_a_letter_of_yesterday(scene: Scene, person: Person, chat: Chat) -> None:
    """Its buttons say kindly that they are out of date, and log nothing twice."""
    await tell_fully(chat, person)
    await scene.next_reminder()
    push, letter = chat.messages[-2:]
    await chat.click_on(push, person.label("button.sent"))

    for label in ("button.sent", "button.not_sent", "button.open_mail"):
        await chat.click_on(letter, person.label(label))
        assert chat.toast
        assert chat.toast.text == person.label("stale.button")
    assert len(await _touches(scene, person)) == 1


async def test_confirming_a_task_is_not_doing_it(scene: Scene, person: Person, chat: Chat) -> None:
    """R99: the letter says when the work comes; sending it does not hand the work in."""
    await tell_fully(chat, person)
    await scene.next_reminder()
    await chat.click(person.label("button.sent"))
    await scene.next_reminder()
    await chat.click(person.label("outcome.test_task"))
    await chat.click(person.label("day.none"))

    await scene.next_reminder()

    push, letter = chat.messages[-2:]
    assert person.label("button.did.do_test_task") in labels(push)
    assert person.text("letter.counts") not in letter.text
    assert not {person.label("button.sent"), person.label("button.not_sent")} & {*labels(letter)}


async def test_nobody_else_gets_at_a_letter(scene: Scene, person: Person, chat: Chat) -> None:
    await tell_fully(chat, person)
    await scene.next_reminder()
    stranger = next(one for one in PEOPLE.values() if one is not person)
    other = scene.chat(stranger)
    await introduce(other, stranger)
    (vacancy,) = await scene.storage.vacancies.active(person.user_id)

    for deed in ("file", "sent", "in_chat", "not_sent"):
        await other.tap(f"le:{vacancy.id}:{vacancy.seq}:thank_you:{deed}")
        assert other.toast
        assert other.toast.text == stranger.label("stale.gone")
    assert await _touches(scene, person) == ()


@pytest.mark.parametrize("url", BAD_LINKS)
async def test_one_bad_link_does_not_cost_the_message(
    scene: Scene, chat: Chat, person: Person, url: str
) -> None:
    good = button("home", Go("today"))
    screen = Screen(text="hello", keyboard=((link_button("bad", url), good), (link_button("worse", url),)))

    await send(scene.application.bot, person.user_id, screen)

    assert chat.last.buttons == [["home"]]


async def _chats(chat: Chat, person: Person, **answers: object) -> None:
    """Log an interview with a contact who can be written to in Telegram."""
    await tell(chat, person, **({"name": person.contact} | answers))  # type: ignore[arg-type]  # as `tell` names them
    await chat.click(person.label("button.edit"))
    await chat.click(person.contact)
    await chat.click(person.label("field.contact_username"))
    await chat.send("@olga_hr")


async def _come_to_the_email(scene: Scene, person: Person, chat: Chat) -> None:
    await tell_fully(chat, person)
    await scene.next_reminder()
    await chat.click(person.label("button.sent"))
    for _ in range(2):
        await scene.next_reminder()
        await chat.click(person.label("outcome.no_answer"))
    await scene.next_reminder()


async def _touches(scene: Scene, person: Person) -> tuple[Touch, ...]:
    """Return the touches that are logged; a dial nobody answered is none."""
    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    return tuple(touch for touch in vacancy.touches if touch.reached)


def _logged(chat: Chat, person: Person, key: str) -> bool:
    name = f"{person.company} · {person.position}"
    return chat.last.text.startswith(person.text("report.logged", name=name, what=person.label(key)))


def _typed(url: str) -> tuple[str, str]:
    """Return whose chat a link opens, and what is typed in there."""
    parts = urlsplit(url)
    assert (parts.scheme, parts.netloc) == ("https", "t.me")
    return parts.path, parse_qs(parts.query)["text"][0]


def _opened(shown: Shown) -> EmailMessage:
    return message_from_bytes(shown.content, policy=SMTP)  # type: ignore[arg-type, return-value]  # of the policy


def _body(message: EmailMessage) -> str:
    return str(message.get_content()).replace("\r\n", "\n").strip()
