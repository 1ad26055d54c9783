"""Before an interview: the preparation card, the evening before and on demand, and what is asked after it."""

import re
from datetime import UTC, datetime

import pytest
from chat_driver import Chat
from story import Person, Scene, labels, local, tell_ahead, tell_fully

from bot.domain.vacancy import Channel, Who

#: R111, R107, R108, C14: duties, who leads and how, decisions, pace, departments; pay only at the end.
IN_ORDER = {
    "ru": (
        *("обязанности, цели и задачи", "стиль управления", "принимаются решения", "темпе здесь работают"),
        *("взаимодействуют отделы", "зарплата и график"),
    ),
    "en": (
        *("duties, goals and tasks", "management style", "decisions made", "pace of work"),
        *("departments work together", "pay and working hours"),
    ),
}
#: R103, R104, R105, R106, R109, R110, R112: what to mind; R13, R14, R39, R40: what to settle before goodbye.
MINDED = {
    "ru": (
        *("историю, культуру, стратегию", "достижения в цифрах", "Про каждые курсы", "будущему начальнику"),
        *("темпе собеседника", "Спрашивайте сами", "не пугайтесь", "Обменяйтесь телефонами и адресами"),
        *("кто с кем связывается, когда и как", "Когда и как я узнаю о результате?"),
        "в какой день мне можно вам позвонить?",
    ),
    "en": (
        *(
            "history, culture and strategy",
            "achievements in figures",
            "For every course",
            "a boss and a team",
        ),
        *(
            "pace of speech",
            "questions of your own",
            "Stay calm",
            "Exchange phone numbers and e-mail addresses",
        ),
        *("who contacts whom, when and how", "When and how will I hear the result?"),
        "which day may I call you?",
    ),
}


@pytest.fixture
async def ahead(person: Person, chat: Chat) -> Chat:
    """The chat after an interview to come was logged, with a contact of whom only the name is known."""
    await tell_ahead(chat, person)
    return chat


async def test_on_demand_from_the_card(person: Person, ahead: Chat) -> None:
    """R13, R14, R39, R40, R103-R112, C14: days before, and in the same words as the evening before."""
    assert ahead.last.buttons[0] == [person.label("button.prepare"), person.label("button.confirm")]
    await ahead.click(person.label("button.prepare"))

    shown = ahead.last
    assert shown.text.startswith(f"{person.label('step.prepare')}\n{_title(person)}\n\n")
    when = {"ru": "Во вторник, 14 июля, в 15:00", "en": "Tuesday, 14 July, 3:00 PM"}[person.language]
    assert when in shown.text
    assert all(minded in shown.text for minded in MINDED[person.language])
    _assert_in_order(person, shown.text)
    assert shown.buttons == [[person.label("button.card")]]


async def test_the_evening_before(scene: Scene, person: Person, ahead: Chat) -> None:
    """R13: at seven in the evening, and nothing that would be wrong at another hour."""
    await ahead.click(person.label("button.prepare"))
    on_demand = ahead.last.text

    assert local(person, await scene.next_reminder()) == "2026-07-13 19:00 Mon"
    assert ahead.last.text == on_demand


async def test_the_command(person: Person, ahead: Chat) -> None:
    await ahead.send("/prepare")

    assert ahead.last.text.startswith(f"{person.label('step.prepare')}\n{_title(person)}\n\n")


async def test_the_command_before_anything_is_told(person: Person, chat: Chat) -> None:
    """R111: for any interview."""
    await chat.send("/prepare")

    assert all(minded in chat.last.text for minded in MINDED[person.language])
    _assert_in_order(person, chat.last.text)
    assert chat.last.buttons == [[person.label("button.log_interview")]]


async def test_the_command_after_an_interview_is_about_any(person: Person, chat: Chat) -> None:
    await tell_fully(chat, person)
    await chat.send("/prepare")

    assert _title(person) not in chat.last.text
    assert chat.last.buttons == [[person.label("button.log_interview")]]


async def test_the_command_asks_which_of_several(person: Person, ahead: Chat) -> None:
    await tell_ahead(ahead, person, company="Beta")
    await ahead.send("/prepare")
    assert ahead.last.text == person.text("prepare.which")

    await ahead.click(f"Beta · {person.position}")
    assert ahead.last.text.startswith(f"{person.label('step.prepare')}\nBeta · {person.position}\n\n")


async def test_the_command_interrupts_no_dialog(person: Person, chat: Chat) -> None:
    await chat.send("/interview")
    await chat.send("/prepare")
    await chat.send(person.company)

    assert person.text("interview.when") in chat.last.text


async def test_preparing_for_what_is_over_is_stale(scene: Scene, person: Person, ahead: Chat) -> None:
    await scene.wait_until(datetime(2026, 7, 14, 16, tzinfo=UTC))
    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    for side in ("prepare", "confirm"):
        await ahead.tap(f"ca:{vacancy.id}:{side}")

        assert ahead.toast
        assert ahead.toast.text == person.label("stale.button")


async def test_afterwards_just_what_should_have_been_agreed(
    scene: Scene, person: Person, ahead: Chat
) -> None:
    """R13, R14, R40: number and address, which are missing, tests, the day, who, how; nothing else."""
    await scene.next_reminder()
    await scene.next_reminder()
    await ahead.click(person.label("button.tell"))
    answers = {
        "phone": lambda: ahead.send(person.phone),
        "email": lambda: ahead.send("hr@vector.example"),
        "tests": lambda: ahead.click(person.label("button.no")),
        "promise": lambda: ahead.send("2026-07-17"),
        "who": lambda: ahead.click(person.label("who.candidate")),
        "channel": lambda: ahead.click(person.label("channel.phone")),
    }
    for asked, answer in answers.items():
        assert person.text(f"interview.{asked}") in ahead.last.text
        await answer()

    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    (contact,) = vacancy.contacts
    assert (contact.name, contact.email, bool(contact.phone)) == (person.contact, "hr@vector.example", True)
    assert vacancy.promise
    assert (vacancy.promise.who, vacancy.promise.channel) == (Who.CANDIDATE, Channel.PHONE)
    assert local(person, await scene.next_reminder()) == "2026-07-14 18:00 Tue"


async def test_what_they_wrote_meanwhile_is_not_asked_again(
    scene: Scene, person: Person, ahead: Chat
) -> None:
    """R13: the answer has told how it went; the thank-you comes next (R15)."""
    await scene.next_reminder()
    await scene.next_reminder()
    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    await ahead.tap(f"ca:{vacancy.id}:log")
    await ahead.click(person.label("outcome.promised"))
    await ahead.click(person.label("day.type"))
    await ahead.send("2026-07-17")

    assert person.text("step.thank_you", who=person.contact) in ahead.last.text
    await ahead.click(person.label("button.card"))
    assert person.label("button.tell") not in labels(ahead.last)


async def test_the_question_how_it_went_gives_no_advice_for_before_it(
    scene: Scene, person: Person, ahead: Chat
) -> None:
    await scene.next_reminder()
    await scene.next_reminder()

    assert ahead.last.text.startswith(person.label("step.debrief"))
    assert person.text("why.R13") not in ahead.last.text


def _assert_in_order(person: Person, text: str) -> None:
    questions = re.findall(r"^(\d)\. (.+)$", text, re.MULTILINE)
    assert [number for number, _ in questions] == [str(n) for n in range(1, len(questions) + 1)]
    asked = [words for _, words in questions]
    assert len(asked) == len(IN_ORDER[person.language])
    assert all(part in words for part, words in zip(IN_ORDER[person.language], asked, strict=True))


def _title(person: Person) -> str:
    return f"{person.company} · {person.position}"
