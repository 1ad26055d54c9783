"""Several vacancies at once: how many are left, one list a morning, one touch a day to an employer."""

from datetime import UTC, date, datetime

import pytest
from chat_driver import Chat
from story import Person, Scene, labels, local, tell

from bot.domain.vacancy import Technique


async def test_one_vacancy_is_a_weak_hand(person: Person, chat: Chat) -> None:
    """R11, R87: said as long as there is only one."""
    await tell(chat, person, company="A")
    await chat.send("/today")
    assert person.text("today.only_one") in chat.last.text

    await tell(chat, person, company="B")
    await chat.send("/today")
    assert person.text("today.only_one") not in chat.last.text


@pytest.mark.parametrize("others", [0, 1, 2, 5])
async def test_two_weeks_of_silence_say_what_is_left(
    *, scene: Scene, person: Person, chat: Chat, others: int
) -> None:
    """R11, R96, R92: with the last question, and with the proposal to stop."""
    for number in range(others):
        await tell(chat, person, company=f"Firm {number}", name="A B")
        await _put_off(chat, person, f"Firm {number}")
    await tell(chat, person, name=person.contact, phone=person.phone)
    left = str(person.texts.count("beside.active", others)) if others else person.text("beside.none")

    await _skip(chat, person, person.company)
    assert local(person, await scene.next_reminder()) == "2026-07-14 10:00 Tue"
    assert left not in chat.last.text  # a plain call says nothing of it
    for step in ("step.trial_close.call", "step.stop_and_move_on"):
        await scene.next_reminder()
        assert chat.last.text.startswith(person.text(step, who=person.contact))
        assert chat.last.text.split("\n\n")[-1] == left


async def test_each_of_several_leads_to_its_push_and_back(scene: Scene, person: Person, chat: Chat) -> None:
    """R42: several pushes of one morning are one message."""
    for company in ("A", "B"):
        await tell(chat, person, company=company, name=person.contact, phone=person.phone)
        await _skip(chat, person, company)
    await scene.next_reminder()
    titles = [f"{company} · {person.position}" for company in ("A", "B")]
    assert sorted(labels(chat.last)[:2]) == titles
    call = person.text("step.call.call", who=person.contact)
    assert chat.last.text.count(call) == 2

    await chat.click(titles[0])
    assert chat.last.text.startswith(call)
    await chat.click(person.label("button.back_to_list"))
    assert sorted(labels(chat.last)) == sorted([*titles, person.label("button.today")])
    await chat.click(titles[0])
    await chat.click(person.label("outcome.vague"))

    await chat.send("/today")
    await chat.click(titles[1])
    vacancies = await scene.storage.vacancies.active(person.user_id)
    (second,) = [vacancy for vacancy in vacancies if vacancy.company == "B"]
    await chat.tap(f"ca:{second.id}:step")
    await chat.click(person.label("button.back_to_list"))  # one is left: the home screen says it all
    assert chat.last.text.startswith(person.text("today.title"))


async def test_two_vacancies_at_one_company_are_not_called_about_on_one_day(
    scene: Scene, person: Person, chat: Chat
) -> None:
    """R42: the second one yields to the next working day, on the home screen as well."""
    await _two_at_one_company(chat, person)
    scene.clock.move_to(datetime(2026, 7, 14, 4, 0, tzinfo=UTC))
    await chat.send("/today")
    assert [line.rpartition(" · ")[2] for line in chat.last.text.split("\n") if "📞" in line] == [
        f"{person.texts.day(date(2026, 7, day))}, 10:00" for day in (14, 15)
    ]

    pushed = []
    for day in ("2026-07-14 10:00 Tue", "2026-07-15 10:00 Wed"):
        assert local(person, await scene.next_reminder()) == day
        pushed.append(chat.last.text.split("\n")[1])
    assert len(set(pushed)) == 2


async def test_a_call_about_one_vacancy_puts_the_other_off(scene: Scene, person: Person, chat: Chat) -> None:
    """R42: whatever was done today at the company, also outside the plan."""
    await _two_at_one_company(chat, person)
    await scene.next_reminder()
    called = chat.last.text.split("\n")[1]

    await chat.click(person.label("outcome.vague"))

    assert local(person, await scene.next_reminder()) == "2026-07-15 10:00 Wed"
    vacancies = await scene.storage.vacancies.active(person.user_id)
    touches = [touch for vacancy in vacancies for touch in vacancy.touches if touch.counts]
    assert [touch.technique for touch in touches] == [Technique.CALL]
    assert chat.last.text.split("\n")[1] != called
    assert person.text("step.call.call", who=person.contact) in chat.last.text


async def _two_at_one_company(chat: Chat, person: Person) -> None:
    """Tell of two vacancies whose first calls fall on one day."""
    for company in (person.company, "Z"):
        await tell(chat, person, company=company, position=company, name=person.contact, phone=person.phone)
        await _skip(chat, person, company)
    await _card(chat, "Z", "Z")
    await chat.click(person.label("button.edit"))
    await chat.click(person.label("field.company"))
    await chat.send(person.company.upper())


async def _card(chat: Chat, company: str, position: str) -> None:
    await chat.send("/today")
    await chat.click(f"{company} · {position}")


async def _skip(chat: Chat, person: Person, company: str) -> None:
    """Leave the thank-you out."""
    await _tap(chat, person, company, "ac", "skip")


async def _put_off(chat: Chat, person: Person, company: str) -> None:
    """Put the reminders of a vacancy off beyond the story."""
    await _tap(chat, person, company, "sn", "type")
    await chat.send("2026-12-01 12:00")


async def _tap(chat: Chat, person: Person, company: str, kind: str, what: str) -> None:
    active = await chat.application.services.storage.vacancies.active(person.user_id)
    vacancy = next(one for one in active if one.company == company)
    await chat.tap(f"{kind}:{vacancy.id}:{vacancy.seq}:{what}")
