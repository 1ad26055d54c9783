"""The no-show kit: an hour was fixed, and they did not come or ring (H11)."""

from datetime import UTC, datetime

import pytest
from chat_driver import Chat
from story import Person, Scene, labels, local, tell_ahead, tell_fully

from bot.domain.vacancy import Status, Technique, Vacancy

ADDRESS = "hr@vector.example"
#: Tuesday, 14 July at three in the afternoon was the hour; the question how it went comes at half past four.
NOT_RUNG = {"ru": "не позвонили", "en": "They didn’t call"}

LETTER_RU = """\
Тема: Новое время для собеседования: позиция «аналитик»

Здравствуйте, Ольга Петровна!

Во вторник, 14 июля, в 15:00 у меня было назначено собеседование на позицию «аналитик», но поговорить не \
получилось. Понимаю, что могло случиться что-то срочное.

Спасибо Вам за приглашение. Мне по-прежнему очень интересно, и я найду время для разговора. Например:

• в среду, 15 июля, в 15:00
• в четверг, 16 июля, в 11:00
• в пятницу, 17 июля, в 15:00

Если ничего из этого не подходит, подстроюсь под Ваши планы. Какое время удобно Вам?

С уважением,
Анна Ковалёва"""
LETTER_EN = """\
Subject: A new time for our interview: sales manager position

Dear Jane,

My interview for the sales manager position, planned for Tuesday, 14 July, at 3:00 PM, did not take place; \
something urgent may well have come up.

Thank you for the invitation. I am still very interested and will gladly make time to talk. For example:

• on Wednesday, 15 July, at 3:00 PM
• on Thursday, 16 July, at 11:00 AM
• on Friday, 17 July, at 3:00 PM

If none of these suits you, I will fit in with your plans. Which time is best for you?

Kind regards,
Emma Clarke"""


@pytest.fixture
async def asked(scene: Scene, person: Person, chat: Chat) -> Chat:
    """The chat in which the question how the interview went has just come."""
    await tell_ahead(chat, person, email=ADDRESS)
    await scene.next_reminder()
    assert local(person, await scene.next_reminder()) == "2026-07-14 16:30 Tue"
    return chat


@pytest.fixture
async def written(scene: Scene, person: Person, asked: Chat) -> Chat:
    """The chat in which the letter has been sent."""
    await asked.click(person.label("button.no_show"))
    await scene.next_reminder()
    await asked.click(person.label("button.sent"))
    return asked


async def test_one_short_letter_the_same_day(scene: Scene, person: Person, asked: Chat) -> None:
    """H11: other hours on working days, no reproach, no touch of the five."""
    await asked.click(person.label("button.no_show"))
    assert asked.last.text.startswith(_logged(person, "deed.no_show"))
    assert person.text("step.no_show.letter", who=person.contact) in asked.last.text

    assert local(person, await scene.next_reminder()) == "2026-07-14 16:30 Tue"
    push, letter = asked.messages[-2:]
    assert push.text.startswith(person.text("step.no_show.letter", who=person.contact))
    assert person.text("push.check_hours") in push.text
    assert "●" not in push.text
    assert push.buttons == [
        [person.label("button.sent")],
        [person.label("button.new_time"), person.label("button.they_answered")],
        [person.label("button.skip_step")],
        [person.label("button.later"), person.label("button.card")],
    ]
    worded = {"ru": LETTER_RU, "en": LETTER_EN}[person.language]
    assert letter.text == f"{worded}\n\n{person.text('letter.counts')}"
    assert await asked.click_on(letter, person.label("button.copy_email")) == ADDRESS


async def test_after_the_letter_one_question(scene: Scene, person: Person, written: Chat) -> None:
    """H11: no cadence of touches; the next working day but one, whether there is a new time."""
    assert person.text("step.ask_new_time") in written.last.text

    assert local(person, await scene.next_reminder()) == "2026-07-16 10:00 Thu"
    assert written.last.text.startswith(person.text("step.ask_new_time"))
    assert written.last.buttons == [
        [person.label("button.new_time")],
        [person.label("button.no_new_time"), person.label("button.leave_it")],
        [person.label("button.later"), person.label("button.card")],
    ]


async def test_a_new_time_takes_the_place_of_the_old(scene: Scene, person: Person, written: Chat) -> None:
    """H11, R13: the same stage, prepared for and asked about again."""
    await scene.next_reminder()
    await written.click(person.label("button.new_time"))
    assert written.last.text == person.label("type.new_time")
    await written.send({"ru": "в понедельник в 15:30", "en": "Monday at 15:30"}[person.language])

    assert written.last.text.startswith(person.label("edit.saved"))
    vacancy = await _vacancy(scene, person)
    assert [(i.stage, local(person, i.starts_at), i.missed_at) for i in vacancy.interviews] == [
        (1, "2026-07-20 15:30 Mon", None)
    ]
    assert local(person, await scene.next_reminder()) == "2026-07-19 19:00 Sun"
    assert written.last.text.startswith(person.label("step.prepare"))
    assert local(person, await scene.next_reminder()) == "2026-07-20 17:00 Mon"
    assert written.last.text.startswith(person.label("step.debrief"))


async def test_a_new_time_in_the_past_is_none(scene: Scene, person: Person, written: Chat) -> None:
    await scene.next_reminder()
    await written.click(person.label("button.new_time"))
    await written.send("2026-07-15 11:00")

    assert (await _vacancy(scene, person)).interviews[0].missed_at
    await written.send("2026-07-17 11:00")
    assert written.last.text.startswith(person.label("edit.saved"))


async def test_they_never_answered(scene: Scene, person: Person, written: Chat) -> None:
    """R20: the usual plan goes on, in words that fit; the letter was none of the five touches."""
    await scene.next_reminder()
    await written.click(person.label("button.no_new_time"))
    assert written.last.text.startswith(_logged(person, "deed.no_new_time"))

    assert local(person, await scene.next_reminder()) == "2026-07-17 10:00 Fri"
    push, letter = written.messages[-2:]
    assert push.text.startswith(person.text("step.email", who=person.contact))
    assert person.text("step.touch", n=1, limit=5, dots="●○○○○") in push.text
    again = {"ru": "Пишу ещё раз на случай, если моё письмо затерялось", "en": "in case my e-mail got lost"}
    assert again[person.language] in letter.text
    assert {"ru": "• в понедельник, 20 июля, в 15:00", "en": "• on Monday, 20 July, at 3:00 PM"}[
        person.language
    ] in letter.text


async def test_nothing_is_said_about_the_question(scene: Scene, person: Person, written: Chat) -> None:
    """H11: asked once; the next working day the plan goes on by itself."""
    await scene.next_reminder()

    assert local(person, await scene.next_reminder()) == "2026-07-17 10:00 Fri"
    assert written.messages[-2].text.startswith(person.text("step.email", who=person.contact))


async def test_the_user_leaves_it(scene: Scene, person: Person, written: Chat) -> None:
    await scene.next_reminder()
    await written.click(person.label("button.leave_it"))

    assert written.last.text.startswith(_logged(person, "deed.give_up"))
    (vacancy,) = await scene.storage.vacancies.all(person.user_id)
    assert vacancy.status is Status.GIVEN_UP
    assert await scene.application.dispatcher.next_due() is None


async def test_an_answer_ends_it(scene: Scene, person: Person, written: Chat) -> None:
    """R72: what they write instead is an answer like any other, and no refusal was assumed meanwhile."""
    vacancy = await _vacancy(scene, person)
    assert vacancy.status is Status.OPEN
    await written.tap(f"ca:{vacancy.id}:log")
    await written.click(person.label("outcome.promised"))
    await written.click(person.label("day.type"))
    await written.send("2026-07-17")

    assert local(person, await scene.next_reminder()) == "2026-07-20 10:00 Mon"
    assert written.messages[-2].text.startswith(person.text("step.email", who=person.contact))


async def test_an_invitation_is_the_new_time(scene: Scene, person: Person, written: Chat) -> None:
    """R98: they name another day themselves; it is still the first interview."""
    vacancy = await _vacancy(scene, person)
    await written.tap(f"ca:{vacancy.id}:log")
    await written.click(person.label("outcome.next_stage"))
    await written.click(person.label("day.type"))
    await written.send("2026-07-21 12:00")

    vacancy = await _vacancy(scene, person)
    assert [(i.stage, local(person, i.starts_at), i.missed_at) for i in vacancy.interviews] == [
        (1, "2026-07-21 12:00 Tue", None)
    ]


async def test_no_thank_you_for_what_did_not_take_place(scene: Scene, person: Person, written: Chat) -> None:
    """R15: the whole plan, nothing reported, and no word of thanks or silence after an interview."""
    for _ in range(3):
        await scene.next_reminder()
    thanks, held = person.label("step.thank_you", who=""), person.text("card.ahead")

    said = "\n".join(message.text for message in written.messages[-8:])
    assert thanks not in said
    await written.send("/today")
    await written.click(_title(person))
    assert person.text("card.unmet") in written.last.text
    assert held not in written.last.text
    when = {"ru": "вт, 14 июля, 15:00", "en": "Tue 14 July, 15:00"}[person.language]
    assert person.text("card.interview_missed", stage=1, when=when) in written.last.text


async def test_only_a_number_is_known(scene: Scene, person: Person, chat: Chat) -> None:
    """H11, C4: by phone then, in office hours, with the same offer."""
    await tell_ahead(chat, person, phone=person.phone)
    await scene.next_reminder()
    await scene.next_reminder()
    await chat.click(person.label("button.no_show"))
    await scene.next_reminder()

    assert chat.last.text.startswith(person.text("step.no_show.call", who=person.contact))
    offer = {
        "ru": "Мне удобно в среду, 15 июля, в 15:00 или в четверг, 16 июля, в 11:00. Какое время подойдёт",
        "en": "I could talk on Wednesday, 15 July, at 3:00 PM, or on Thursday, 16 July, at 11:00 AM.",
    }
    assert offer[person.language] in chat.last.text
    assert labels(chat.last)[:5] == [
        person.label("button.copy_phone"),
        person.label("button.change_words"),
        person.label("button.new_time"),
        person.label("outcome.no_answer"),
        person.label("button.did_call"),
    ]
    await chat.click(person.label("outcome.no_answer"))
    assert local(person, await scene.next_reminder()) == "2026-07-15 10:00 Wed"  # H6
    vacancy = await _vacancy(scene, person)
    assert [(touch.technique, touch.reached) for touch in vacancy.touches] == [(Technique.NO_SHOW, False)]


async def test_from_the_card_on_the_day(scene: Scene, person: Person, chat: Chat) -> None:
    """Not before the hour; from then on until it is told."""
    await tell_ahead(chat, person, email=ADDRESS)
    await _open(scene, chat, person, datetime(2026, 7, 14, 10, tzinfo=UTC))
    assert person.label("button.no_show") not in labels(chat.last)

    await _open(scene, chat, person, datetime(2026, 7, 14, 14, 20, tzinfo=UTC))
    assert chat.last.buttons[:3] == [
        [person.label("button.tell")],
        [person.label("button.no_show"), person.label("button.interview_moved")],
        [person.label("button.interview_off")],
    ]
    await chat.click(person.label("button.no_show"))
    assert chat.last.text.startswith(_logged(person, "deed.no_show"))


async def test_by_typing_it(scene: Scene, person: Person, chat: Chat) -> None:
    """Asked to be sure; only about an interview of today or yesterday that was not told of."""
    await chat.send(NOT_RUNG[person.language])
    assert chat.last.text == person.text("unknown.text")
    await tell_ahead(chat, person, email=ADDRESS)
    await chat.send(NOT_RUNG[person.language])
    assert chat.last.text.startswith(person.text("no_show.silence"))
    assert _title(person) in chat.last.text

    await scene.wait_until(datetime(2026, 7, 15, 9, tzinfo=UTC))
    await chat.send(NOT_RUNG[person.language])
    when = {"ru": "вт, 14 июля, 15:00", "en": "Tue 14 July, 15:00"}[person.language]
    assert chat.last.text == (
        f"{person.text('no_show.line', name=_title(person), when=when)}\n\n{person.text('no_show.sure')}"
    )
    await chat.click(person.label("button.no_show"))
    assert chat.last.text.startswith(_logged(person, "deed.no_show"))
    await chat.click(person.label("button.undo"))

    await scene.wait_until(datetime(2026, 7, 16, 9, tzinfo=UTC))
    await chat.send(NOT_RUNG[person.language])
    assert chat.last.text.startswith(person.text("no_show.silence"))


async def test_which_of_two_did_not_take_place(scene: Scene, person: Person, chat: Chat) -> None:
    for company in (person.company, "Beta"):
        await tell_ahead(chat, person, company=company, email=ADDRESS)
    await scene.wait_until(datetime(2026, 7, 14, 16, tzinfo=UTC))
    await chat.send(NOT_RUNG[person.language])

    assert person.text("no_show.which") in chat.last.text
    await chat.click(f"Beta · {person.position}")
    missed = [vacancy for vacancy in await _active(scene, person) if vacancy.interviews[0].missed_at]
    assert [vacancy.company for vacancy in missed] == ["Beta"]


async def test_undo_asks_how_it_went_again(scene: Scene, person: Person, asked: Chat) -> None:
    before = await scene.snapshot("reminders")
    await asked.click(person.label("button.no_show"))
    await asked.click(person.label("button.undo"))

    assert person.text("step.debrief") in asked.last.text
    assert await scene.snapshot("reminders") == before


async def test_an_interview_that_was_told_is_no_no_show(scene: Scene, person: Person, chat: Chat) -> None:
    await tell_fully(chat, person)
    vacancy = await _vacancy(scene, person)

    await chat.tap(f"ac:{vacancy.id}:{vacancy.seq}:no_show")

    assert chat.toast
    assert chat.toast.text == person.label("stale.button")


async def _open(scene: Scene, chat: Chat, person: Person, moment: datetime) -> None:
    """Open the card at a moment."""
    await scene.wait_until(moment)
    await chat.send("/today")
    await chat.click(_title(person))


async def _active(scene: Scene, person: Person) -> tuple[Vacancy, ...]:
    return await scene.storage.vacancies.active(person.user_id)


async def _vacancy(scene: Scene, person: Person) -> Vacancy:
    (vacancy,) = await _active(scene, person)
    return vacancy


def _title(person: Person) -> str:
    return f"{person.company} · {person.position}"


def _logged(person: Person, key: str) -> str:
    return person.text("report.logged", name=_title(person), what=person.label(key))
