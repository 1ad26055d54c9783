"""Whom to ask, and how: the ladder of contacts and of channels of one vacancy (R32, R33, R34, R43, R80)."""

import re

from chat_driver import Chat
from story import Person, Scene, labels, local, tell, tell_fully

from bot.domain.vacancy import Channel, Technique

OFFICE = {
    "ru": (
        "Мне нужна ваша помощь",
        "к кому мне обратиться по поводу результата",
        "по телефону или по почте?",
    ),
    "en": ("I could use your help", "Who should I speak to about the result", "phone or e-mail?"),
}


async def test_from_calls_to_a_letter_to_a_check_call(scene: Scene, person: Person, chat: Chat) -> None:
    """R43, R46, R54, R56, R80: two dials in vain, the letter, and the next day whether it has arrived."""
    await _to_the_first_call(scene, person, chat)
    assert person.phone.replace("-", "").replace(" ", "") in chat.last.text
    seen = [await _unanswered(scene, person, chat) for _ in range(2)]
    assert seen == ["2026-07-14 16:00 Tue", "2026-07-14 16:00 Tue"]
    push, letter = chat.messages[-2:]
    assert push.text.startswith(person.text("step.email", who=person.contact))
    assert str(person.texts.count("why.R80", 2)) in push.text
    assert letter.text.startswith({"ru": "Тема: ", "en": "Subject: "}[person.language])
    await chat.click(person.label("button.sent"))

    assert local(person, await scene.next_reminder()) == "2026-07-15 10:00 Wed"
    assert chat.last.text.startswith(person.text("step.email_check_call", who=person.contact))
    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    assert {touch.channel for touch in vacancy.touches} == {Channel.PHONE, Channel.EMAIL}  # R43, R44


async def test_nobody_answers_the_check_call_either(scene: Scene, person: Person, chat: Chat) -> None:
    """R34: the office, with words for somebody who knows nothing of a letter."""
    await _to_the_first_call(scene, person, chat)
    for _ in range(2):
        await _unanswered(scene, person, chat)
    await chat.click(person.label("button.sent"))
    await scene.next_reminder()
    for _ in range(2):
        await _unanswered(scene, person, chat)

    assert person.text("step.email_check_call", who=person.label("role.anyone")) in chat.last.text
    assert person.text("why.R34") in chat.last.text
    assert all(said in chat.last.text for said in OFFICE[person.language])


async def test_no_address_is_known_and_nobody_answers(scene: Scene, person: Person, chat: Chat) -> None:
    """R34, R79: the office is rung with a script, and the call goes on when it is put through."""
    await tell(chat, person, name=person.contact, phone=person.phone)
    await scene.next_reminder()
    await chat.click(person.label("button.sent"))
    await scene.next_reminder()
    for _ in range(2):
        await _unanswered(scene, person, chat)
    assert chat.last.text.startswith(person.text("step.call.call", who=person.label("role.anyone")))
    assert all(said in chat.last.text for said in OFFICE[person.language])

    await chat.click(person.label("button.call_mode"))
    assert all(said in chat.last.text for said in OFFICE[person.language])
    assert chat.last.buttons[0] == [
        person.label("button.heard.no_answer"),
        person.label("button.heard.put_through"),
    ]
    await chat.click(person.label("button.heard.put_through"))
    assert {"ru": "есть ли уже результат", "en": "Is there a result yet"}[person.language] in chat.last.text
    assert OFFICE[person.language][0] not in chat.last.text


async def test_the_office_names_somebody(scene: Scene, person: Person, chat: Chat) -> None:
    """R34: the name and the number in one message; the call goes there, HR first (R32)."""
    await tell(chat, person, role=None)
    await scene.next_reminder()
    await chat.click(person.label("button.skip_step"))
    await scene.next_reminder()
    await chat.click(person.label("button.call_mode"))
    await chat.click(person.label("button.new_contact"))
    await chat.send(f"{person.contact}, {person.phone}, hr@vector.example")

    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    (contact,) = vacancy.contacts
    number = re.sub(r"[\s-]", "", person.phone)
    assert (contact.name, contact.phone, contact.email) == (person.contact, number, "hr@vector.example")
    assert person.text("step.call.call", who=person.contact) in chat.last.text


async def test_an_agency_is_not_passed_over(scene: Scene, person: Person, chat: Chat) -> None:
    """R101: the consultant is thanked and rung, and is told which company it is about."""
    await tell(chat, person, role="agency", name=person.contact, phone=person.phone)
    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    await chat.tap(f"ed:{vacancy.id}:new_contact:")
    await chat.send({"ru": "Пётр Ильин, 8 900 765-43-21", "en": "Mark Hill, 020 7946 0123"}[person.language])
    await scene.next_reminder()
    await chat.click(person.label("button.skip_step"))
    await scene.next_reminder()

    assert chat.last.text.startswith(person.text("step.call.call", who=person.contact))
    company = {"ru": "в компании «Вектор»", "en": "with Acme"}[person.language]
    assert company in chat.last.text


async def test_whoever_answered_last_is_asked_first(scene: Scene, person: Person, chat: Chat) -> None:
    """C8, R33: HR has not answered, the interviewer has; the next call is theirs."""
    await tell(chat, person, role="hr", name=person.contact, phone=person.phone)
    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    other = {"ru": "Пётр Ильин", "en": "Mark Hill"}[person.language]
    number = {"ru": "8 900 765-43-21", "en": "020 7946 0123"}[person.language]
    await chat.tap(f"ed:{vacancy.id}:new_contact:")
    await chat.send(f"{other}, {number}")
    await chat.tap(f"ch:{vacancy.id}:contact_role:2:interviewer")
    await scene.next_reminder()
    await chat.click(person.label("button.skip_step"))
    await scene.next_reminder()
    for _ in range(2):
        await _unanswered(scene, person, chat)
    assert chat.last.text.startswith(person.text("step.call.call", who=other))
    await chat.click(person.label("outcome.vague"))

    assert person.text("step.opening_position.call", who=other) in chat.last.text


async def test_hr_has_left_told_from_the_menu(scene: Scene, person: Person, chat: Chat) -> None:
    """R61: the contact is out, the next call goes to the office, and a new contact is a tap away."""
    await _to_the_first_call(scene, person, chat)
    await chat.click(person.label("button.more"))
    await chat.click(person.label("outcome.hr_left"))

    assert person.text("step.call.call", who=person.label("role.anyone")) in chat.last.text
    assert labels(chat.last)[0] == person.label("button.new_contact")
    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    assert vacancy.contacts == ()
    assert [(touch.technique, touch.reached) for touch in vacancy.touches][-1] == (Technique.CALL, False)
    await chat.click(person.label("button.undo"))
    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    assert len(vacancy.contacts) == 1


async def test_whoever_has_taken_over_is_written_to(scene: Scene, person: Person, chat: Chat) -> None:
    """R61: only an address is known; the CV is attached again."""
    await _to_the_first_call(scene, person, chat)
    await chat.click(person.label("button.more"))
    await chat.click(person.label("outcome.hr_left"))
    await chat.click(person.label("button.new_contact"))
    other = {"ru": "Ирина Львовна Белова", "en": "Mary Poe"}[person.language]
    await chat.send(f"{other} new@vector.example")

    assert local(person, await scene.next_reminder()) == "2026-07-15 10:00 Wed"
    assert chat.messages[-2].text.startswith(person.text("step.email", who=other))
    again = {
        "ru": "Резюме при передаче дел могло потеряться",
        "en": "My CV may have been lost in the handover",
    }
    assert again[person.language] in chat.last.text


async def _to_the_first_call(scene: Scene, person: Person, chat: Chat) -> None:
    await tell_fully(chat, person)
    await scene.next_reminder()
    await chat.click(person.label("button.sent"))
    await scene.next_reminder()


async def _unanswered(scene: Scene, person: Person, chat: Chat) -> str:
    """Log a dial that nobody answered; return when the next reminder comes."""
    await chat.click(person.label("outcome.no_answer"))
    return local(person, await scene.next_reminder())
