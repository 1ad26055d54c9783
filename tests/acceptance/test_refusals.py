"""After a refusal: thanks, one question, the lesson, the reserve; a formal request for whoever insists."""

from datetime import UTC, date, datetime

import pytest
from chat_driver import Chat
from story import DAY, HOUR, Person, Scene, labels, local, tell, tell_fully

from bot.domain.vacancy import Channel, Status, Technique, Vacancy

#: What the employer answered, with signs that Telegram's HTML takes for its own.
LEARNED = {
    "ru": "Финалист внедрял SAP,\nсэкономил >12 % & знал <отрасль>.",
    "en": "Knew <SAP>,\nsaved >12% & more.",
}


@pytest.fixture
async def refused(scene: Scene, person: Person, chat: Chat) -> Chat:
    """The chat after a call that brought a refusal, with one other vacancy open."""
    await tell(chat, person, company="2", name="A B", kind="rare")
    await chat.click(person.label("button.log"))
    await chat.click(person.label("outcome.reserve"))
    await tell_fully(chat, person)
    await scene.next_reminder()
    await chat.click(person.label("button.sent"))
    await scene.next_reminder()
    await chat.click(person.label("outcome.refusal"))
    scene.clock.advance(HOUR)
    return chat


async def test_from_the_first_interview_to_a_refusal_with_lesson_and_reserve(
    scene: Scene, person: Person, refused: Chat
) -> None:
    """R114, R117, R118, R119, C5, R91, R93, R115, H9, R10, R11, R62."""
    ask = person.text("step.ask_reasons.call", who=person.contact)
    blocks = [
        person.text("report.logged", name=_title(person), what=person.label("outcome.refusal")),
        person.text("note.match"),
        str(person.texts.count("beside.active", 1)),
        f"{ask}\n🕙 {_at(person, '2026-07-15 10:00')}\n• {person.text('why.R118')}",
    ]
    assert refused.last.text == "\n\n".join(blocks)

    # Thanks and one question; what they answer is kept word for word.
    assert local(person, await scene.next_reminder()) == "2026-07-15 10:00 Wed"
    finalist = {"ru": "какие сильные стороны", "en": "which strengths"}
    assert finalist[person.language] in refused.last.text
    await refused.click(person.label("button.asked"))
    assert refused.last.text == person.text("lesson.ask", company=person.company)
    await refused.send(LEARNED[person.language])
    assert refused.last.text.endswith(LEARNED[person.language])
    assert _learned(await _mine(scene, person)) == [LEARNED[person.language]]
    assert _asked(await _mine(scene, person)) == 1

    # They may call later: kept in reserve, with a check-in weeks later, and nothing is asked twice.
    await refused.click(person.label("button.card"))
    assert f"📓 {' '.join(LEARNED[person.language].split())}" in refused.last.text
    await refused.click(person.label("button.may_call"))
    assert (await _mine(scene, person)).status is Status.RESERVE
    assert person.text("report.kind.reserve") in refused.last.text
    assert person.text("step.reserve_check_in.call", who=person.contact) in refused.last.text
    assert _at(person, "2026-08-26 10:00") in refused.last.text

    # They do call (R93): the next interview is told of, and the lesson can be reread before it.
    await refused.click(person.label("button.card"))
    await refused.click(person.label("button.log"))
    await refused.click(person.label("outcome.next_stage"))
    await refused.click(person.label("day.type"))
    await refused.send("2026-07-22 15:00")
    assert (await _mine(scene, person)).status is Status.OPEN
    assert local(person, await scene.next_reminder()) == "2026-07-21 19:00 Tue"
    assert " ".join(LEARNED[person.language].split()) in refused.last.text
    await refused.send("/lessons")
    assert LEARNED[person.language] in refused.last.text


async def test_the_reserve_at_once_still_leaves_the_thanks_to_be_said(
    scene: Scene, person: Person, refused: Chat
) -> None:
    """R114, R115: one tap, and the question about the finalist is not lost."""
    await refused.click(person.label("button.may_call"))
    assert person.text("step.ask_reasons.call", who=person.contact) in refused.last.text

    assert local(person, await scene.next_reminder()) == "2026-07-15 10:00 Wed"
    await refused.click(person.label("button.asked"))
    await refused.click(person.label("button.not_now"))
    assert refused.last.text == person.text("lesson.later")
    await scene.next_reminder()  # the other vacancy's
    assert local(person, await scene.next_reminder()) == "2026-08-25 10:00 Tue"
    check_in = person.text("step.reserve_check_in.call", who=person.contact)
    assert refused.last.text.startswith(check_in)


async def test_a_letter_is_answered_days_later(scene: Scene, person: Person, chat: Chat) -> None:
    """R118, R119, C5: the bot asks then what they wrote; no answer is an end, too."""
    await tell(chat, person, name=person.contact, email="hr@vector.example")
    scene.clock.advance(DAY)
    await chat.click(person.label("button.log"))
    await chat.click(person.label("outcome.refusal"))
    assert local(person, await scene.next_reminder()) == "2026-07-13 10:00 Mon"
    push = chat.messages[-2]
    assert labels(push) == [
        person.label(key)
        for key in ("button.sent", "button.later", "button.more", "button.skip_step", "button.card")
    ]
    await chat.click(person.label("button.sent"))
    assert person.text("step.lesson") in chat.last.text

    assert local(person, await scene.next_reminder()) == "2026-07-16 10:00 Thu"
    assert person.text("why.R119", asked=date(2026, 7, 13)) in chat.last.text
    assert labels(chat.last) == [
        person.label(key)
        for key in ("button.write_down", "button.not_answered", "button.later", "button.card")
    ]
    await chat.click(person.label("button.not_answered"))
    assert await scene.application.dispatcher.next_due() is None


async def test_what_is_learned_in_call_mode_is_asked_for_at_once(
    scene: Scene, person: Person, chat: Chat
) -> None:
    """R118, R119: the question was asked in the very talk that brought the refusal."""
    await tell_fully(chat, person)
    await scene.next_reminder()
    await chat.click(person.label("button.sent"))
    await scene.next_reminder()
    await chat.click(person.label("button.call_mode"))
    await chat.click(person.label("button.heard.no"))
    await chat.click(person.label("button.heard.reasons"))
    await chat.click(person.label("button.log_outcome", what=person.label("outcome.refusal")))

    assert chat.last.text == person.text("lesson.ask", company=person.company)
    await chat.send("14 %")
    assert _learned(await _mine(scene, person)) == ["14 %"]
    assert await scene.application.dispatcher.next_due() is None  # C5: asked once


async def test_a_lesson_can_wait_and_goes_on_after_an_interruption(
    scene: Scene, person: Person, refused: Chat
) -> None:
    await refused.click(person.label("button.lesson"))
    await refused.send("/today")
    resume = person.label("button.resume", what=person.label("resume.lesson", company=person.company))
    await refused.click(resume)
    assert refused.last.text == person.text("lesson.ask", company=person.company)
    for too_long in ("x" * 3001, "🙂" * 1501):  # Telegram counts some signs twice
        await refused.send(too_long)
        assert refused.last.text.startswith(f"⚠️ {person.label('invalid.too_long', limit=3000)}")
    await scene.restart()
    await refused.send("x" * 3000)

    assert _learned(await _mine(scene, person)) == ["x" * 3000]
    await refused.click(person.label("button.undo"))
    assert _learned(await _mine(scene, person)) == []


async def test_many_lessons_have_pages(scene: Scene, person: Person, refused: Chat) -> None:
    """R119: the latest first, each whole."""
    for number in range(3):
        scene.clock.advance(HOUR)
        await refused.click(person.label("button.lesson"))
        await refused.send(f"{number} " + "y" * 1400)
        await refused.click(person.label("button.card"))
    await refused.send("/vacancies")
    await refused.click(person.label("button.closed_ones"))
    await refused.click(person.label("button.lessons"))

    assert [line[0] for line in refused.last.text.split("\n") if line[1:3] == " y"] == ["2", "1"]
    assert refused.last.buttons == [
        [_title(person)],
        [person.label("button.next")],
        [person.label("button.today")],
    ]
    await refused.click(person.label("button.next"))
    assert [line[0] for line in refused.last.text.split("\n") if line[1:3] == " y"] == ["0"]


async def test_the_kind_words_differ_from_refusal_to_refusal(
    scene: Scene, person: Person, chat: Chat
) -> None:
    """R11, R10: how many are left, in the right form; the second note says so itself."""
    titles = [f"Firm {number} · {person.position}" for number in range(6)]
    for title in titles:
        await tell(chat, person, company=title.partition(" ·")[0], name="A B")

    said = []
    for title in titles:
        await chat.send("/today")
        await chat.click(title)
        await chat.click(person.label("button.log"))
        await chat.click(person.label("outcome.refusal"))
        said.append(chat.last.text.split("\n\n")[1:3])

    left = [str(person.texts.count("beside.active", n)) if n else "" for n in (5, 4, 3, 2, 1)]
    assert [words[0] for words in said] == [
        person.text("note.match"),
        str(person.texts.count("note.remaining", 4)),
        person.text("note.clarity"),
        person.text("note.effort"),
        person.text("note.match"),
        person.text("note.match"),  # nothing is left to be counted
    ]
    assert [said[number][1] for number in (0, 2, 3, 4, 5)] == [
        *(left[number] for number in (0, 2, 3, 4)),
        person.text("beside.none"),
    ]


async def test_the_kind_words_are_switched_off_for_good(scene: Scene, person: Person, refused: Chat) -> None:
    await refused.click(person.label("button.note_off"))

    assert refused.last.text.split("\n\n")[:3] == [
        _title(person),
        person.text("note.switched_off"),
        str(person.texts.count("beside.active", 1)),
    ]
    assert person.label("button.note_off") not in labels(refused.last)
    await tell(refused, person, company="Third", name="A B")
    await refused.click(person.label("button.log"))
    await refused.click(person.label("outcome.refusal"))
    assert person.text("note.match") not in refused.last.text
    assert refused.last.text.split("\n\n")[1] == str(person.texts.count("beside.active", 1))

    await refused.send("/settings")
    await refused.click(person.label("setting.notes"))
    await refused.click(person.label("notes.on"))
    user = await scene.storage.users.load(person.user_id)
    assert user
    assert user.notes_off is False


async def test_the_formal_request_after_the_warning(scene: Scene, person: Person, refused: Chat) -> None:
    """R63, R64, R65, C10, C11: on the user's wish alone, and logged only when it was sent."""
    before = await scene.snapshot("events", "reminders")
    await refused.click(person.label("button.ask_grounds"))
    warned = {"ru": "слава неуживчивого", "en": "a name for being difficult"}[person.language]
    assert warned in refused.last.text
    assert refused.last.buttons == [
        [person.label("button.show_letter")],
        [person.label("button.no_request")],
    ]
    await refused.click(person.label("button.no_request"))
    await refused.click(person.label("button.ask_grounds"))
    await refused.click(person.label("button.show_letter"))
    law = {"ru": "статьи 64 Трудового кодекса", "en": "within seven days"}[person.language]
    assert law in refused.last.text
    assert ("64" in refused.last.text) is (person.language == "ru")  # elsewhere no right is asserted
    await refused.click(person.label("button.no_request"))
    assert await scene.snapshot("events", "reminders") == before

    await refused.click(person.label("button.ask_grounds"))
    await refused.click(person.label("button.show_letter"))
    await refused.click(person.label("button.sent"))

    touch = (await _mine(scene, person)).touches[-1]
    assert (touch.technique, touch.channel) == (Technique.FORMAL_REQUEST, Channel.EMAIL)
    assert local(person, await scene.next_reminder()) == "2026-07-23 10:00 Thu"  # seven working days
    assert refused.last.text.startswith(person.text("step.request_check"))
    assert person.text("request.unanswered") in refused.last.text
    inspection = person.text("request.labour_inspection")
    assert (inspection in refused.last.text) is (person.language == "ru")

    await refused.click(person.label("button.another_week"))
    assert local(person, await scene.next_reminder()) == "2026-07-30 10:00 Thu"
    await refused.click(person.label("button.let_rest"))
    assert local(person, await _due(scene)) == "2026-08-20 10:00 Thu"  # the other vacancy's


async def test_the_answer_to_a_formal_request_is_a_lesson(
    scene: Scene, person: Person, refused: Chat
) -> None:
    """R64, R119."""
    await _request(refused, person)
    await scene.next_reminder()
    await refused.click(person.label("button.write_down"))
    await refused.send("§ 3")

    assert _learned(await _mine(scene, person)) == ["§ 3"]
    assert local(person, await _due(scene)) == "2026-08-20 10:00 Thu"


async def test_a_formal_request_is_made_once_and_taken_back(
    scene: Scene, person: Person, refused: Chat
) -> None:
    await _request(refused, person)
    shown = next(m for m in reversed(refused.messages) if person.label("button.undo") in labels(m))
    await refused.click_on(shown, person.label("button.card"))
    assert person.label("button.ask_grounds") not in labels(refused.message(shown.message_id))

    vacancy = await _mine(scene, person)
    await refused.tap(f"un:{vacancy.id}:{vacancy.seq}")

    assert person.label("button.ask_grounds") in labels(refused.last)


@pytest.mark.parametrize("side", ["lesson", "note_off", "grounds", "grounds_letter"])
async def test_nothing_of_this_on_mere_silence(scene: Scene, person: Person, chat: Chat, side: str) -> None:
    """R113, R20, R62: not even for a button made by hand."""
    await tell_fully(chat, person)
    scene.clock.move_to(datetime(2026, 8, 3, 12, 0, tzinfo=UTC))
    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    await chat.click(person.label("button.close"))
    await chat.click(person.label("button.give_up"))
    await chat.click(person.label("button.card"))
    offered = {person.label(f"button.{key}") for key in ("lesson", "ask_grounds", "thanks", "may_call")}
    assert offered & set(labels(chat.last)) == set()

    before = await scene.snapshot("events", "users")
    for data in (
        f"ca:{vacancy.id}:{side}",
        f"ac:{vacancy.id}:{vacancy.seq + 1}:requested",
        f"ac:{vacancy.id}:{vacancy.seq + 1}:asked",
    ):
        await chat.tap(data)
        assert chat.toast
        assert chat.toast.text == person.label("stale.button")
    assert await scene.snapshot("events", "users") == before


async def _request(chat: Chat, person: Person) -> None:
    for key in ("button.ask_grounds", "button.show_letter", "button.sent"):
        await chat.click(person.label(key))


def _title(person: Person) -> str:
    return f"{person.company} · {person.position}"


def _at(person: Person, clock: str) -> str:
    """Return a moment on the person's clock as a screen shows it."""
    moment = datetime.fromisoformat(clock)
    return f"{person.texts.day(moment.date())}, {person.texts.clock(moment.time())}"


def _learned(vacancy: Vacancy) -> list[str]:
    return [lesson.words for lesson in vacancy.lessons]


def _asked(vacancy: Vacancy) -> int:
    return sum(touch.technique is Technique.ASK_REASONS for touch in vacancy.touches)


async def _mine(scene: Scene, person: Person) -> Vacancy:
    vacancies = await scene.storage.vacancies.all(person.user_id)
    return next(vacancy for vacancy in vacancies if vacancy.company == person.company)


async def _due(scene: Scene) -> datetime:
    due = await scene.application.dispatcher.next_due()
    assert due
    return due
