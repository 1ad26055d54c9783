"""Stage by stage: invitations, test tasks, what is put off and called off, long pauses, the preparation."""

from datetime import UTC, date, datetime

import pytest
from chat_driver import Chat
from story import HOUR, Person, Scene, labels, local, tell_ahead, tell_fully

from bot.domain.vacancy import Outcome, Technique, Vacancy

NEXT_WEEK = date(2026, 7, 16)
#: The next stage in one line, and as they write it.
ONE_LINE = {
    "ru": "Вектор, второе собеседование в четверг в 11",
    "en": "Acme, second interview on Thursday at 11",
}
INVITATION = {
    "ru": "Приглашаем вас на следующее собеседование с руководителем в четверг 16 июля в 15:00",
    "en": "We would like to invite you to the next interview with the manager on Thursday, 16 July at 3 pm",
}


@pytest.fixture
async def told(person: Person, chat: Chat) -> Chat:
    """The chat after an interview of today was logged."""
    await tell_fully(chat, person)
    return chat


@pytest.fixture
async def tasked(person: Person, told: Chat) -> Chat:
    """The chat after a test task of two weeks was logged."""
    await told.click(person.label("button.log"))
    await told.click(person.label("outcome.test_task"))
    await told.click(person.label("day.in_two_weeks", day=date(2026, 7, 23)))
    return told


async def test_an_invitation_from_the_card(scene: Scene, person: Person, told: Chat) -> None:
    """R98, R13: a day is a tap, its hour another one; the stage has its own preparation and letter."""
    await told.click(person.label("button.log"))
    await told.click(person.label("outcome.next_stage"))
    await told.click(person.label("day.in_a_week", day=NEXT_WEEK))
    assert told.last.buttons[:3] == [
        ["🕐 10:00", "🕐 11:00", "🕐 12:00"],
        ["🕐 14:00", "🕐 15:00", "🕐 16:00"],
        [person.label("button.hour")],
    ]
    await told.click("🕐 15:00")
    assert await _meetings(scene, person) == [
        (1, "2026-07-09 11:00 Thu", True),
        (2, "2026-07-16 15:00 Thu", True),
    ]
    await told.click(person.label("button.confirm"))

    confirmed = {
        "ru": "встречу в четверг, 16 июля, в 15:00",
        "en": "meeting on Thursday, 16 July, at 3:00 PM",
    }
    assert confirmed[person.language] in told.last.text
    assert person.label("button.sent") not in labels(told.last)  # it counts as nothing
    await told.click(person.label("button.open_mail"))
    assert told.last.document == person.label("letter.file_name")
    assert local(person, await scene.next_reminder()) == "2026-07-15 19:00 Wed"
    assert told.last.text.startswith(person.label("step.prepare"))


async def test_the_hour_can_be_typed(scene: Scene, person: Person, told: Chat) -> None:
    await told.click(person.label("button.log"))
    await told.click(person.label("outcome.next_stage"))
    await told.click(person.label("day.in_a_week", day=NEXT_WEEK))
    await told.click(person.label("button.hour"))
    await told.send({"ru": "скоро", "en": "soon"}[person.language])
    assert told.last.text.startswith("⚠️ ")
    await told.send({"ru": "в 16:45", "en": "at 16:45"}[person.language])

    assert (await _meetings(scene, person))[-1] == (2, "2026-07-16 16:45 Thu", True)
    assert person.label("button.hour") not in labels(told.last)


async def test_an_hour_that_was_not_told_is_not_made_up(scene: Scene, person: Person, told: Chat) -> None:
    """Noon stands in for it in the plan, never in words."""
    await told.click(person.label("button.log"))
    await told.click(person.label("outcome.next_stage"))
    await told.click(person.label("day.in_a_week", day=NEXT_WEEK))
    await told.click(person.label("button.card"))
    await told.click(person.label("button.confirm"))

    assert not any(noon in told.last.text for noon in ("12:00", "PM"))
    assert {"ru": "в котором часу мы встречаемся", "en": "What time shall we meet"}[
        person.language
    ] in told.last.text
    await scene.next_reminder()
    assert not any(noon in told.last.text for noon in ("12:00", "PM"))


async def test_day_and_hour_are_typed_at_once(scene: Scene, person: Person, told: Chat) -> None:
    await told.click(person.label("button.log"))
    await told.click(person.label("outcome.next_stage"))
    await told.click(person.label("day.type"))
    await told.send({"ru": "16 июля в 15:30", "en": "16 July at 15:30"}[person.language])

    day = f"{person.texts.day(NEXT_WEEK)}, 15:30"
    what = person.label("report.on_day", what=person.label("outcome.next_stage"), day=day)
    assert told.last.text.startswith(person.text("report.logged", name=_title(person), what=what))
    assert (await _meetings(scene, person))[-1] == (2, "2026-07-16 15:30 Thu", True)


async def test_the_next_stage_in_one_line(scene: Scene, person: Person, told: Chat) -> None:
    await told.send(ONE_LINE[person.language])
    await told.click(person.label("same.same"))
    await told.click(person.label("button.save"))

    assert (await _meetings(scene, person))[-1] == (2, "2026-07-16 11:00 Thu", True)


async def test_the_next_stage_as_they_wrote_it(scene: Scene, person: Person, told: Chat) -> None:
    """The day and the hour are shown before they are saved."""
    await told.send(INVITATION[person.language])
    day = f"{person.texts.day(NEXT_WEEK)}, 15:00"
    assert person.label("report.on_day", what=person.label("outcome.next_stage"), day=day) in told.last.text
    await told.click(person.label("button.log_it"))

    assert (await _meetings(scene, person))[-1] == (2, "2026-07-16 15:00 Thu", True)


async def test_each_stage_has_its_own_plan_and_thank_you(scene: Scene, person: Person, told: Chat) -> None:
    """R15, R97, R98, C2: touches count anew; whoever is known is tapped, and nothing known is asked."""
    await scene.next_reminder()
    await told.click(person.label("button.sent"))
    await told.send(ONE_LINE[person.language])
    await told.click(person.label("same.same"))
    await told.click(person.label("button.save"))
    await scene.wait_until(datetime(2026, 7, 16, 13, tzinfo=UTC))
    await told.click(person.label("button.tell"))
    assert labels(told.last)[0] == person.label("button.contact", name=person.contact)
    await told.click(person.label("button.contact", name=person.contact))
    assert person.text("interview.tests") in told.last.text
    await told.click(person.label("button.no"))
    await told.click(person.label("promise_day.none"))

    assert person.text("step.thank_you", who=person.contact) in told.last.text
    assert person.text("step.touch", n=1, limit=5, dots="●○○○○") in told.last.text
    await scene.next_reminder()
    back = {"ru": "приглашение на новую встречу", "en": "inviting me back"}[person.language]
    assert back in told.last.text
    assert len((await _vacancy(scene, person)).contacts) == 1


@pytest.mark.parametrize("kind", ["rare", "senior"])
async def test_slow_hiring_is_not_stopped_at_two_weeks(
    scene: Scene, person: Person, chat: Chat, kind: str
) -> None:
    """R95, R4: three weeks on there is a touch to come, and no proposal to stop."""
    await tell_fully(chat, person, kind=kind)
    await scene.next_reminder()
    await chat.click(person.label("button.sent"))
    await scene.wait_until(datetime(2026, 7, 31, 12, tzinfo=UTC))
    await _open(chat, person)

    assert person.text("step.call.call", who=person.contact) in chat.last.text
    assert person.text("step.stop_and_move_on") not in "\n".join(message.text for message in chat.messages)


async def test_a_long_pause_before_the_next_stage_raises_a_call(
    scene: Scene, person: Person, told: Chat
) -> None:
    """R100: invited, and no day named."""
    await told.click(person.label("button.log"))
    await told.click(person.label("outcome.next_stage"))
    await told.click(person.label("day.none"))

    assert local(person, await scene.next_reminder()) == "2026-07-14 10:00 Tue"
    assert person.text("step.call.call", who=person.contact) in told.last.text
    assert person.text("why.R100", heard=date(2026, 7, 9)) in told.last.text


async def test_a_task_is_confirmed_at_once(person: Person, tasked: Chat) -> None:
    """R99: what to mind, and the letter that it has arrived."""
    assert person.text("step.do_test_task.start") in tasked.last.text
    await tasked.click(person.label("button.confirm"))

    note, letter = tasked.messages[-2:]
    due = {"ru": "к четвергу, 23 июля", "en": "by Thursday, 23 July"}[person.language]
    assert due in note.text
    assert due in letter.text
    assert person.label("button.copy_email") in labels(letter)


async def test_an_interview_and_a_task_at_once(scene: Scene, person: Person, tasked: Chat) -> None:
    """R98, R99: the card offers both, and each is confirmed by a letter of its own."""
    await tasked.send(ONE_LINE[person.language])
    await tasked.click(person.label("same.same"))
    await tasked.click(person.label("button.save"))
    assert labels(tasked.last).count(person.label("button.confirm")) == 2
    vacancy = await _vacancy(scene, person)

    await tasked.tap(f"ca:{vacancy.id}:confirm")
    assert {"ru": "Подтверждаю нашу встречу", "en": "I confirm our meeting"}[
        person.language
    ] in tasked.last.text
    await tasked.tap(f"ca:{vacancy.id}:confirm_task")
    assert {"ru": "за тестовое задание", "en": "for the assignment"}[person.language] in tasked.last.text


async def test_a_task_is_reminded_of_halfway_and_the_day_before(
    scene: Scene, person: Person, tasked: Chat
) -> None:
    """R99: ten working days are long enough for both."""
    assert local(person, await scene.next_reminder()) == "2026-07-16 10:00 Thu"
    assert tasked.last.text.startswith(person.text("step.do_test_task.start"))
    assert tasked.last.buttons == [
        [person.label("button.did.do_test_task")],
        [person.label("button.deadline_moved"), person.label("button.task_off")],
        [person.label("button.under_way")],
        [person.label("button.later"), person.label("button.card")],
    ]
    await tasked.click(person.label("button.under_way"))
    assert tasked.last.text.startswith(_logged(person, "deed.under_way"))

    assert local(person, await scene.next_reminder()) == "2026-07-22 10:00 Wed"
    push, letter = tasked.messages[-2:]
    assert push.text.startswith(person.text("step.do_test_task", who=person.contact))
    assert {"ru": "во вложении", "en": "attached"}[person.language] in letter.text
    await tasked.click(person.label("button.did.do_test_task"))
    assert tasked.message(push.message_id).text.startswith(_logged(person, "deed.handed_in"))
    assert await _next(scene, person) == "2026-07-27 10:00 Mon"  # R36: as after an interview


async def test_a_task_is_handed_in_from_the_card(scene: Scene, person: Person, tasked: Chat) -> None:
    await scene.wait_until(scene.clock.now() + HOUR)
    await tasked.click(person.label("button.card"))
    await tasked.click(person.label("button.did.do_test_task"))

    assert tasked.last.text.startswith(_logged(person, "deed.handed_in"))
    vacancy = await _vacancy(scene, person)
    assert [touch.technique for touch in vacancy.touches] == [Technique.TEST_TASK]
    await tasked.click(person.label("button.card"))
    assert person.label("button.task_off") not in labels(tasked.last)


async def test_the_deadline_moves(scene: Scene, person: Person, tasked: Chat) -> None:
    """R99: the reminder is the working day before the new one."""
    await tasked.click(person.label("button.card"))
    await tasked.click(person.label("button.deadline_moved"))
    assert tasked.last.text == person.text("report.ask_day.test_task", name=_title(person))
    await tasked.click(person.label("day.in_a_week", day=NEXT_WEEK))

    assert await _next(scene, person) == "2026-07-15 10:00 Wed"
    assert (await _vacancy(scene, person)).answers[-1].on == NEXT_WEEK


async def test_the_task_is_called_off(scene: Scene, person: Person, tasked: Chat) -> None:
    """R36: the waiting begins anew, without a word of a task."""
    await tasked.click(person.label("button.card"))
    await tasked.click(person.label("button.task_off"))

    assert tasked.last.text.startswith(_logged(person, "outcome.task_off"))
    assert (await _vacancy(scene, person)).answers[-1].outcome is Outcome.TASK_OFF
    assert await _next(scene, person) == "2026-07-14 10:00 Tue"


async def test_an_interview_is_called_off(scene: Scene, person: Person, told: Chat) -> None:
    """The stage before is waited on again; a first interview leaves the vacancy open all the same (R2)."""
    await told.send(ONE_LINE[person.language])
    await told.click(person.label("same.same"))
    await told.click(person.label("button.save"))
    await told.click(person.label("button.interview_off"))
    assert told.last.text.startswith(_logged(person, "deed.interview_off"))
    assert await _meetings(scene, person) == [(1, "2026-07-09 11:00 Thu", True)]

    await told.click(person.label("button.undo"))
    assert len(await _meetings(scene, person)) == 2


async def test_the_only_interview_is_called_off(scene: Scene, person: Person, chat: Chat) -> None:
    """R2: asked about by whatever is known, never as if it had been held."""
    await tell_ahead(chat, person, when="2026-07-16 15:00", phone=person.phone)
    await chat.click(person.label("button.interview_off"))
    await chat.click(person.label("button.card"))
    assert person.text("card.unmet") in chat.last.text

    assert local(person, await scene.next_reminder()) == "2026-07-14 10:00 Tue"
    planned = {
        "ru": "у меня было назначено собеседование",
        "en": "My interview for the sales manager position",
    }
    assert planned[person.language].lower() in chat.last.text.lower()


async def _open(chat: Chat, person: Person) -> None:
    await chat.send("/today")
    await chat.click(_title(person))


async def _vacancy(scene: Scene, person: Person) -> Vacancy:
    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    return vacancy


async def _meetings(scene: Scene, person: Person) -> list[tuple[int, str, bool]]:
    """Return each interview's stage, moment, and whether its hour was told."""
    vacancy = await _vacancy(scene, person)
    return [(i.stage, local(person, i.starts_at), i.timed) for i in vacancy.interviews]


async def _next(scene: Scene, person: Person) -> str:
    due = await scene.application.dispatcher.next_due()
    assert due
    return local(person, due)


def _title(person: Person) -> str:
    return f"{person.company} · {person.position}"


def _logged(person: Person, key: str) -> str:
    return person.text("report.logged", name=_title(person), what=person.label(key))
