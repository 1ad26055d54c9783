"""Call mode: what the other side says is a tap, the next line to say is there, the last tap logs the call."""

from datetime import date, datetime

import pytest
from chat_driver import Chat
from story import Person, Scene, local, tell, tell_fully

from bot.domain.users import Form
from bot.domain.vacancy import Channel, Outcome, Status, Technique, Touch, Vacancy
from bot.packs import Packs, Words
from bot.views.call_lines import LINES, OFFICE, START

PACKS = Packs.load()
WEDNESDAY, FRIDAY = date(2026, 7, 15), date(2026, 7, 17)


@pytest.fixture
async def called(scene: Scene, person: Person, chat: Chat) -> Chat:
    """The chat on the first card of call mode, opened from the push of the first call."""
    await tell_fully(chat, person)
    await scene.next_reminder()
    await chat.click(person.label("button.sent"))
    await scene.next_reminder()
    await chat.click(person.label("button.call_mode"))
    return chat


async def test_the_first_card(person: Person, called: Chat) -> None:
    """R46-R50, R79: number, name as addressed, the opening; what may be said is a button each."""
    name = {"ru": "Ольга Петровна", "en": "Jane"}[person.language]
    phone = {"ru": "+79001234567", "en": "+442079460958"}[person.language]
    card = called.last

    assert card.text.startswith(
        f"{person.text('talk.call', name=_title(person))}\n\n"
        f"{person.text('talk.whom', name=name)}\n{person.text('contact.phone', phone=phone)}\n\n"
        f"{person.text('talk.say')}\n1. "
    )
    greeting = {"ru": "Здравствуйте, Ольга Петровна!", "en": "Hello, Jane."}[person.language]
    assert greeting in card.text
    assert card.text.endswith(person.text("talk.and_they"))
    labels = [person.label(f"button.heard.{name}") for name in LINES[START].hear]
    assert card.buttons == [
        *(labels[start : start + 2] for start in range(0, len(labels), 2)),
        [person.label("button.copy_phone")],
        [person.label("button.card")],
    ]
    assert await called.click(person.label("button.copy_phone")) == phone


async def test_a_hedge(scene: Scene, person: Person, called: Chat) -> None:
    """R22-R25: opening position, the hedge given back, one wording after another, logged as vague."""
    message = called.last.message_id
    await _hear(called, person, "hedge")
    assert _said(person, "opening_position_a") in called.last.text

    await _hear(called, person, "hedge_general")
    assert (
        _said(person, "opening_position_a", hedge=person.label("talk.echo.hedge_general")) in called.last.text
    )
    await _hear(called, person, "hedge_again")
    assert _said(person, "opening_position_b") in called.last.text
    await _hear(called, person, "hedge_still")
    assert _said(person, "opening_position_c") in called.last.text
    assert called.last.message_id == message
    assert called.last.text.startswith(
        f"{person.text('talk.call', name=_title(person))}\n\n"
        f"{person.text('talk.heard', what=person.label('button.heard.hedge_still'))}\n\n"
    )
    await _log(called, person, "vague")

    assert called.last.text.startswith(_logged(person, person.label("outcome.vague")))
    assert person.text("report.say_now") not in called.last.text
    assert called.last.buttons == [[person.label("button.undo"), person.label("button.card")]]
    assert await _told(scene, person) == (Technique.OPENING_POSITION, True, Outcome.VAGUE, None)
    # The opening position has been used: what comes next is light pressure (R9).
    assert person.text("step.light_pressure.call", who=person.contact) in called.last.text


async def test_a_call_that_begins_with_a_technique(person: Person, called: Chat) -> None:
    """R22, C15: a greeting first; the opening position waits for an answer that is not clear."""
    await called.click(person.label("button.card"))
    await called.click(person.label("button.log"))
    await called.click(person.label("outcome.vague"))
    await called.click(person.label("button.card"))
    await called.click(person.label("button.call_mode"))

    greeted, _, unclear = called.last.text.partition(person.text("talk.if_unclear"))
    assert {"ru": "Есть ли уже результат?", "en": "Is there a result yet?"}[person.language] in greeted
    assert unclear == f"\n{_said(person, 'opening_position_a')}\n\n{person.text('talk.and_they')}"


async def test_indecision(scene: Scene, person: Person, called: Chat) -> None:
    """R26, R27: light pressure with a real day; a day they agree to is a promise."""
    for heard in ("not_decided", "hesitate"):
        await _hear(called, person, heard)
    assert _said(person, "light_pressure_a", deadline=FRIDAY) in called.last.text
    await _log(called, person, "promised")
    assert called.last.text == person.text("report.ask_day.promised", name=_title(person))
    await called.click(person.label("day.plain", day=FRIDAY))

    assert person.text("report.say_now") not in called.last.text
    assert await _told(scene, person) == (Technique.CALL, True, Outcome.PROMISED, FRIDAY)


async def test_by_wednesday_perhaps(scene: Scene, person: Person, called: Chat) -> None:
    """R28, C16, R72: the day is read back as decided the day before; the promise stays on the day."""
    await _hear(called, person, "soft_date")
    await called.click(person.label("day.plain", day=FRIDAY))
    days = {"decided_day": date(2026, 7, 16), "announced_day": FRIDAY}
    assert _said(person, "read_back", **days) in called.last.text
    await _hear(called, person, "wavers")
    assert _said(person, "light_pressure_b", **days) in called.last.text
    await called.click(person.label("button.back"))
    await _log(called, person, "promised")

    logged = person.label("report.on_day", what=person.label("outcome.promised"), day=FRIDAY)
    assert called.last.text.startswith(_logged(person, logged))
    assert await _told(scene, person) == (Technique.CALL, True, Outcome.PROMISED, FRIDAY)
    assert local(person, await _due(scene)) == "2026-07-20 10:00 Mon"


async def test_a_soft_day_is_typed(scene: Scene, person: Person, called: Chat) -> None:
    """R28: logged at once, with what to say while they are still on the line."""
    await _hear(called, person, "soft_date")
    await called.click(person.label("day.type"))
    await called.send({"ru": "в пятницу", "en": "on Friday"}[person.language])

    days = {"decided_day": date(2026, 7, 16), "announced_day": FRIDAY}
    assert _said(person, "read_back", **days) in called.last.text
    assert await _told(scene, person) == (Technique.CALL, True, Outcome.PROMISED, FRIDAY)


async def test_nobody_answers(scene: Scene, person: Person, called: Chat) -> None:
    """C1, H6: a dial is no touch, and is repeated at another time of the day."""
    await _hear(called, person, "no_answer")
    assert PACKS.render("retry", person.language, Words()).body in called.last.text
    await _log(called, person, "no_answer")

    assert await _told(scene, person) == (Technique.CALL, False, None, None)
    assert local(person, await _due(scene)) == "2026-07-14 16:00 Tue"


async def test_the_secretary_puts_one_through(scene: Scene, person: Person, called: Chat) -> None:
    """R34: whom to ask and how, not addressed by the contact's name; then the call begins anew."""
    opening = called.last.text.partition(person.text("talk.say"))[2]
    await _hear(called, person, "secretary")
    greeting = {"ru": "— Здравствуйте! ", "en": "\nHello. "}[person.language]
    assert greeting in called.last.text
    assert person.label("button.new_contact") in _labels(called)

    await _hear(called, person, "put_through")
    assert called.last.text.endswith(opening)
    await _hear(called, person, "busy")
    assert called.last.text.endswith(person.text("talk.day_named"))
    await _log_day(called, person, "day.tomorrow", WEDNESDAY)

    assert await _told(scene, person) == (Technique.CALL, True, Outcome.CALL_LATER, WEDNESDAY)


async def test_hr_has_left(scene: Scene, person: Person, called: Chat) -> None:
    """R61: the words for whoever has taken over, and their contact."""
    for heard in ("secretary", "hr_left"):
        await _hear(called, person, heard)
    offer = {"ru": "Предложите прислать резюме", "en": "Offer your CV"}[person.language]
    assert offer in called.last.text
    assert person.contact.split()[0] not in called.last.text
    assert called.last.buttons[:2] == [
        [person.label("button.log_outcome", what=person.label("outcome.hr_left"))],
        [person.label("button.new_contact"), person.label("button.this_contact", name=person.contact)],
    ]
    await _log(called, person, "hr_left")
    assert person.text("step.call.call", who=person.label("role.anyone")) in called.last.text
    await called.click(person.label("button.new_contact"))
    await called.send(
        {"ru": "Ирина Львовна Белова, 8 900 765-43-21", "en": "Mary Poe, 020 7946 0123"}[person.language]
    )

    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    assert [(contact.name, contact.phone) for contact in vacancy.contacts] == [
        {"ru": ("Ирина Львовна Белова", "+79007654321"), "en": ("Mary Poe", "+442079460123")}[person.language]
    ]
    assert local(person, await scene.next_reminder()) == "2026-07-15 10:00 Wed"
    name = {"ru": "Ирина Львовна", "en": "Mary"}[person.language]
    assert called.last.text.endswith(_said(person, "new_contact", **_introduced(person), contact_name=name))


@pytest.mark.parametrize(
    ("way", "logged"),
    [
        (["yes", "offer"], ("offer", Status.OFFERED)),  # R1
        (["no"], ("refusal", Status.REFUSED)),  # R114, R117, R118
        (["no"], ("reserve", Status.RESERVE)),  # R91
    ],
)
async def test_yes_and_no(
    scene: Scene, person: Person, called: Chat, way: list[str], logged: tuple[str, Status]
) -> None:
    outcome, status = logged
    for heard in way:
        await _hear(called, person, heard)
    assert _said(person, str(LINES[way[-1]].say)) in called.last.text
    await _log(called, person, outcome)

    assert await _told(scene, person) == (Technique.CALL, True, Outcome(outcome), None)
    (vacancy,) = await scene.storage.vacancies.all(person.user_id)
    assert vacancy.status is status


async def test_yes_to_the_next_stage(scene: Scene, person: Person, called: Chat) -> None:
    """R98: the day they name is the next interview's."""
    await _hear(called, person, "yes")
    await _log(called, person, "next_stage")
    await called.click(person.label("day.plain", day=FRIDAY))

    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    assert vacancy.stage == 2
    assert person.text("step.prepare") in called.last.text


async def test_reasons_are_asked_once(scene: Scene, person: Person, called: Chat) -> None:
    """C5, R118: asked in the call, they are not asked again."""
    for heard in ("no", "reasons"):
        await _hear(called, person, heard)
    await _log(called, person, "refusal")

    assert await _told(scene, person) == (Technique.ASK_REASONS, True, Outcome.REFUSAL, None)
    assert person.text("step.ask_reasons.call", who=person.contact) not in called.last.text
    assert await _due(scene) is None


async def test_undo(scene: Scene, person: Person, called: Chat) -> None:
    before = await scene.snapshot("reminders")
    await _hear(called, person, "hedge")
    await _log(called, person, "vague")
    await called.click(person.label("button.undo"))

    assert called.last.text.startswith(person.text("report.undone"))
    assert await scene.snapshot("reminders") == before
    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    assert vacancy.answers == ()


async def test_a_rehearsal_logs_nothing(scene: Scene, person: Person, chat: Chat) -> None:
    """Every line is shown, marked as a rehearsal, with no button that would change anything."""
    await tell_fully(chat, person)
    before = await scene.snapshot("vacancies", "events", "reminders")
    await chat.click(person.label("button.rehearse"))
    seen = {START}
    todo = [(START, chat.last)]
    marked = person.text("talk.rehearsal", name=_title(person))
    while todo:
        name, shown = todo.pop()
        assert shown.text.startswith(marked), shown
        assert not any(label.startswith(("✅", "➕", "✏️")) for row in shown.buttons for label in row), shown
        for heard in LINES[name].hear:
            if heard not in seen:
                seen.add(heard)
                await chat.tap(_data(await _vacancy(scene, person), heard, LINES[heard].dated))
                todo.append((heard, chat.last))
    assert seen == set(LINES) - {"read_back", "wavers", OFFICE}
    await chat.tap(_data(await _vacancy(scene, person), "soft_date", dated=False))
    await chat.click(person.label("day.in_two_weeks", day=date(2026, 7, 23)))
    assert chat.last.text.startswith(marked)
    assert person.text("talk.would_log", what=person.label("outcome.promised")) in chat.last.text

    assert await scene.snapshot("vacancies", "events", "reminders") == before


async def test_only_a_call_is_gone_along_with(scene: Scene, person: Person, chat: Chat) -> None:
    """The card offers the rehearsal before there is anything to call about, and call mode with the call."""
    await tell_fully(chat, person)
    assert person.label("button.call_mode") not in _labels(chat)
    vacancy = await _vacancy(scene, person)
    await chat.tap(f"ta:{vacancy.id}:{vacancy.seq}:start:0:")
    assert chat.toast
    assert chat.toast.text == person.label("stale.button")

    await scene.next_reminder()
    await chat.click(person.label("button.sent"))
    await chat.send("/today")
    await chat.click(_title(person))
    assert [person.label("button.call_mode"), person.label("button.rehearse")] in chat.last.buttons


async def test_without_a_contact_the_office_is_rung(scene: Scene, person: Person, chat: Chat) -> None:
    """R34."""
    await tell(chat, person, role=None)
    await chat.click(person.label("button.rehearse"))

    whom = person.text("talk.whom", name=person.label("role.anyone"))
    assert f"\n\n{whom}\n{person.text('push.no_phone')}\n\n" in chat.last.text


STALE = [
    "ta:{id}:{old}:start:0:",
    "ta:{id}:{seq}:nowhere:0:",
    "ta:{id}:{seq}:read_back:0:",
    "ta:{id}:{seq}:read_back:0:someday",
    "ta:{id}:{seq}:read_back:0:0001-01-01",
    "ta:{id}:{seq}:read_back:0:9999-12-31",
    "to:{id}:{old}:hedge:vague:",
    "to:{id}:{seq}:hedge:signed:",
    "to:{id}:{seq}:nowhere:vague:",
    "to:{id}:{seq}:read_back:promised:",
]


@pytest.mark.parametrize("data", STALE)
async def test_a_stale_tap_changes_nothing(scene: Scene, person: Person, called: Chat, data: str) -> None:
    vacancy = await _vacancy(scene, person)
    before = await scene.snapshot("vacancies", "events", "reminders")

    await called.tap(data.format(id=vacancy.id, seq=vacancy.seq, old=vacancy.seq - 1))

    assert called.toast
    assert called.toast.text == person.label("stale.button")
    assert await scene.snapshot("vacancies", "events", "reminders") == before


async def test_a_call_belongs_to_its_owner(scene: Scene, anna: Chat, emma: Chat) -> None:
    from story import ENGLISH, RUSSIAN

    await tell_fully(anna, RUSSIAN)
    vacancy = await _vacancy(scene, RUSSIAN)
    await emma.tap(_data(vacancy, START, dated=False))

    assert emma.toast
    assert emma.toast.text == ENGLISH.label("stale.gone")


def _introduced(person: Person) -> dict[str, object]:
    form = {"ru": Form.SHE, "en": None}[person.language]
    position, day = person.position, date(2026, 7, 9)
    return {"user_name": person.name, "form": form, "position": position, "interview_date": day}


async def _log_day(chat: Chat, person: Person, key: str, day: date) -> None:
    await chat.click_on(chat.last, person.label("button.log_day", day=person.label(key, day=day)))


def _labels(chat: Chat) -> list[str]:
    return [label for row in chat.last.buttons for label in row]


async def _hear(chat: Chat, person: Person, name: str) -> None:
    await chat.click_on(chat.last, person.label(f"button.heard.{name}"))


async def _log(chat: Chat, person: Person, outcome: str) -> None:
    await chat.click_on(
        chat.last, person.label("button.log_outcome", what=person.label(f"outcome.{outcome}"))
    )


async def _told(scene: Scene, person: Person) -> tuple[Technique, bool, Outcome | None, date | None]:
    """Return what was logged: the touch, whether it reached somebody, the answer and its day."""
    (vacancy,) = await scene.storage.vacancies.all(person.user_id)
    touch: Touch = vacancy.touches[-1]
    assert (touch.channel, touch.contact_id, touch.at) == (Channel.PHONE, 1, scene.clock.now())
    answer = vacancy.answers[-1] if vacancy.answers else None
    return touch.technique, touch.reached, answer and answer.outcome, answer and answer.on


def _said(person: Person, pack: str, **words: object) -> str:
    return PACKS.render(pack, person.language, Words(**words)).body  # type: ignore[arg-type]  # each fits its field


def _data(vacancy: Vacancy, line: str, dated: bool) -> str:
    return f"ta:{vacancy.id}:{vacancy.seq}:{line}:1:{FRIDAY if dated else ''}"


async def _vacancy(scene: Scene, person: Person) -> Vacancy:
    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    return vacancy


def _title(person: Person) -> str:
    return f"{person.company} · {person.position}"


def _logged(person: Person, what: str) -> str:
    return person.text("report.logged", name=_title(person), what=what)


async def _due(scene: Scene) -> datetime | None:
    return await scene.application.dispatcher.next_due()
