"""Point 5 of the story: one tap logs what happened, and one tap takes it back."""

from datetime import date, datetime

import pytest
from chat_driver import Chat
from story import Person, Scene, labels, local, tell_fully

from bot.domain.vacancy import Outcome, Status

#: Outcomes that are one tap, with the step after them: its technique and the moment it is due.
AT_ONCE = [
    ("no_answer", Status.OPEN, "call.call", "2026-07-14 16:00 Tue"),
    ("vague", Status.OPEN, "opening_position.call", "2026-07-15 10:00 Wed"),  # R22
    ("undecided", Status.OPEN, "light_pressure.call", "2026-07-15 10:00 Wed"),  # R26
    ("refusal", Status.REFUSED, "ask_reasons.call", "2026-07-15 10:00 Wed"),  # R117, R118
    ("reserve", Status.RESERVE, "reserve_check_in.call", "2026-08-25 10:00 Tue"),  # R91, H9
    ("offer", Status.OFFERED, "secure_offer", "2026-07-15 10:00 Wed"),  # R1
]
#: The rarer ones, behind "Something else…".
BEHIND_MORE = [
    ("asked_to_wait", Status.OPEN, "opening_position.call", None),
    ("asks_for_info", Status.OPEN, "send_info", "2026-07-14 10:00 Tue"),
    ("hr_left", Status.OPEN, None, None),  # R61: see test_stages.py
    ("frozen", Status.RESERVE, "reserve_check_in.call", "2026-08-25 10:00 Tue"),
    ("signed", Status.SIGNED, None, None),  # R1: only the contract closes it
]
#: Outcomes that name a day, the day they name here, and when the next step is due.
WITH_A_DAY = [
    ("call_later", "call.call", "2026-07-16 10:00 Thu"),  # R51, H8: that very day
    ("promised", "call.call", "2026-07-17 10:00 Fri"),  # R72: the working day after
    ("next_stage", "prepare", "2026-07-15 19:00 Wed"),  # R13: the evening before
    ("test_task", "do_test_task", "2026-07-15 10:00 Wed"),  # R99: the working day before
    ("security_check", "call.call", "2026-07-17 10:00 Fri"),  # R59
    ("round", "call.call", "2026-07-17 10:00 Fri"),  # R60
    ("away", "call.call", "2026-07-17 10:00 Fri"),  # R7
]
NAMED = date(2026, 7, 16)
#: What else can be done after some outcomes.
OWN_BUTTONS = {
    "refusal": [
        ["button.thanks", "button.lesson"],
        ["button.may_call"],
        ["button.ask_grounds"],
        ["button.note_off"],
    ],
    "offer": [
        ["button.in_writing", "button.starts_on"],
        ["button.answer_by", "button.signs_on"],
        ["outcome.signed"],
    ],
}


@pytest.fixture
async def called(scene: Scene, person: Person, chat: Chat) -> Chat:
    """The chat after the push of the first call."""
    await tell_fully(chat, person)
    await scene.next_reminder()
    await chat.click(person.label("button.sent"))
    await scene.next_reminder()
    return chat


@pytest.mark.parametrize(("outcome", "status", "step", "due"), AT_ONCE)
async def test_an_outcome_is_one_tap(
    *, scene: Scene, person: Person, called: Chat, outcome: str, status: Status, step: str, due: str
) -> None:
    push = called.last.message_id

    await called.click(person.label(f"outcome.{outcome}"))

    shown = called.message(push)
    assert shown.text.startswith(_logged(person, f"outcome.{outcome}"))
    assert f"\n\n{person.text(f'step.{step}', who=person.contact)}\n🕙 " in shown.text
    own = [[person.label(key) for key in row] for row in OWN_BUTTONS.get(outcome, [])]
    assert shown.buttons == [*own, [person.label("button.undo"), person.label("button.card")]]
    (vacancy,) = await scene.storage.vacancies.all(person.user_id)
    assert vacancy.status is status
    assert local(person, await _due(scene)) == due


@pytest.mark.parametrize(("outcome", "status", "step", "due"), BEHIND_MORE)
async def test_a_rarer_outcome_is_two_taps(
    *,
    scene: Scene,
    person: Person,
    called: Chat,
    outcome: str,
    status: Status,
    step: str | None,
    due: str | None,
) -> None:
    await called.click(person.label("button.more"))

    await called.click(person.label(f"outcome.{outcome}"))

    assert called.last.text.startswith(_logged(person, f"outcome.{outcome}"))
    (vacancy,) = await scene.storage.vacancies.all(person.user_id)
    assert vacancy.status is status
    if due:
        assert person.text(f"step.{step}", who=person.contact) in called.last.text
        assert local(person, await _due(scene)) == due
    if status is Status.SIGNED:
        assert person.text("report.kind.signed") in called.last.text
        assert await scene.application.dispatcher.next_due() is None


@pytest.mark.parametrize(("outcome", "step", "due"), WITH_A_DAY)
@pytest.mark.parametrize("typed", [False, True])
async def test_an_outcome_that_names_a_day(
    *, scene: Scene, person: Person, called: Chat, outcome: str, step: str, due: str, typed: bool
) -> None:
    if person.label(f"outcome.{outcome}") not in labels(called.last):
        await called.click(person.label("button.more"))
    await called.click(person.label(f"outcome.{outcome}"))
    assert called.last.text == person.text(f"report.ask_day.{outcome}", name=_title(person))
    assert called.last.buttons[0] == [
        person.label("day.tomorrow", day=date(2026, 7, 15)),
        person.label("day.plain", day=NAMED),
    ]

    if typed:
        await called.click(person.label("day.type"))
        assert called.last.text == person.text(f"type.{outcome}")
        await called.send({"ru": "в четверг", "en": "on Thursday"}[person.language])
    else:
        await called.click(person.label("day.plain", day=NAMED))

    logged = person.label("report.on_day", what=person.label(f"outcome.{outcome}"), day=NAMED)
    assert called.last.text.startswith(person.text("report.logged", name=_title(person), what=logged))
    assert person.text(f"step.{step}", who=person.contact) in called.last.text
    assert local(person, await _due(scene)) == due


@pytest.mark.parametrize(
    "outcome", ["call_later", "next_stage", "test_task", "security_check", "round", "away"]
)
async def test_a_day_need_not_be_known(scene: Scene, person: Person, called: Chat, outcome: str) -> None:
    """R2: an open vacancy always has a next step."""
    if person.label(f"outcome.{outcome}") not in labels(called.last):
        await called.click(person.label("button.more"))
    await called.click(person.label(f"outcome.{outcome}"))

    await called.click(person.label("day.none"))

    assert called.last.text.startswith(_logged(person, f"outcome.{outcome}"))
    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    assert vacancy.answers[-1].on is None
    assert await scene.application.dispatcher.next_due() is not None


async def test_a_promise_without_a_day_is_asked_again(person: Person, called: Chat) -> None:
    await called.click(person.label("outcome.promised"))
    assert person.label("day.none") not in labels(called.last)
    await called.click(person.label("day.type"))

    await called.send({"ru": "не договорились", "en": "nothing agreed"}[person.language])

    assert called.last.text == f"⚠️ {person.label('invalid.no_day')}\n\n{person.text('type.promised')}"
    await called.send("2026-07-17")
    assert called.last.text.startswith("✅ ")


#: Ways to report something from a push, as the labels that are tapped.
REPORTS = [
    *([f"outcome.{outcome}"] for outcome, *_ in AT_ONCE),
    *(["button.more", f"outcome.{outcome}"] for outcome, *_ in BEHIND_MORE),
    *([f"outcome.{outcome}", "day.none"] for outcome in ("call_later", "next_stage", "test_task")),
    *(
        [f"outcome.{outcome}", "day.tomorrow"]
        for outcome in ("call_later", "promised", "next_stage", "test_task")
    ),
    *(
        ["button.more", f"outcome.{outcome}", "day.tomorrow"]
        for outcome in ("security_check", "round", "away")
    ),
    ["button.later", "snooze.tomorrow"],
    ["button.skip_step"],
    ["button.more", "button.withdraw"],
]


async def test_undo_restores_the_card_and_the_plan_exactly(
    scene: Scene, person: Person, called: Chat
) -> None:
    card = await _card(called, person)
    before = await scene.snapshot("reminders", "vacancies")
    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    for taps in REPORTS:
        await called.tap(f"ca:{vacancy.id}:step")  # the push once more
        for tap in (*taps, "button.undo"):
            named = {"day": date(2026, 7, 15)} if tap == "day.tomorrow" else {}
            await called.click(person.label(tap, **named))

        assert called.last.text == f"{person.text('report.undone')}\n\n{card[0]}", taps
        assert called.last.buttons == card[1]
        after = await scene.snapshot("reminders", "vacancies")
        assert after["reminders"] == before["reminders"], taps
        assert [row[:4] for row in after["vacancies"]] == [row[:4] for row in before["vacancies"]]
        assert await _card(called, person) == card


async def test_undo_brings_a_reminder_back_that_had_not_come(
    scene: Scene, person: Person, called: Chat
) -> None:
    await called.click(person.label("outcome.no_answer"))
    before = await scene.rows("reminders")
    due = await _due(scene)

    await called.click(person.label("button.card"))
    await called.click(person.label("button.log"))
    await called.click(person.label("outcome.refusal"))
    assert await _due(scene) != due
    await called.click(person.label("button.undo"))

    assert await scene.rows("reminders") == before
    assert await _due(scene) == due
    await scene.next_reminder()
    assert called.last.text.startswith(person.text("step.call.call", who=person.contact))


async def test_only_the_last_report_can_be_taken_back(person: Person, called: Chat) -> None:
    push = called.last.message_id
    await called.click(person.label("outcome.vague"))
    first = called.message(push)
    await called.send("/today")
    await called.click(_title(person))
    await called.click(person.label("button.log"))
    await called.click(person.label("outcome.undecided"))

    await called.click_on(first, person.label("button.undo"))

    assert called.toast
    assert called.toast.text == person.label("stale.button")
    assert called.message(push).text == first.text


async def test_undo_of_undo_is_stale(scene: Scene, person: Person, called: Chat) -> None:
    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    await called.click(person.label("outcome.vague"))
    await called.click(person.label("button.undo"))

    await called.tap(f"un:{vacancy.id}:{vacancy.seq + 1}")

    assert called.toast
    assert called.toast.text == person.label("stale.button")


async def test_a_vacancy_is_given_up_and_reopened(scene: Scene, person: Person, called: Chat) -> None:
    """R93."""
    await called.click(person.label("button.card"))
    await called.click(person.label("button.close"))
    assert called.last.text == person.text("close.title", name=_title(person))
    assert [row[0] for row in called.last.buttons] == [
        person.label(key)
        for key in ("button.withdraw", "button.give_up", "outcome.refusal", "outcome.signed", "button.back")
    ]
    await called.click(person.label("button.give_up"))
    assert called.last.text.startswith(_logged(person, "deed.give_up"))
    assert person.text("report.kind.given_up") in called.last.text
    assert await scene.application.dispatcher.next_due() is None

    await called.click(person.label("button.card"))
    assert person.text("status.given_up") in called.last.text
    assert called.last.buttons == [
        [person.label("button.reopen")],
        [person.label("button.history"), person.label("button.today")],
    ]
    await called.click(person.label("button.reopen"))
    assert called.last.text.startswith(_logged(person, "deed.reopen"))
    assert await scene.application.dispatcher.next_due() is not None


async def test_withdrawing_closes_the_vacancy(scene: Scene, person: Person, called: Chat) -> None:
    await called.click(person.label("button.more"))
    await called.click(person.label("button.withdraw"))

    assert called.last.text.startswith(_logged(person, "deed.withdraw"))
    (vacancy,) = await scene.storage.vacancies.all(person.user_id)
    assert vacancy.status is Status.WITHDRAWN


async def test_keep_going_after_the_end_of_the_plan(scene: Scene, person: Person, called: Chat) -> None:
    """C1: the user may override the stop."""
    for _ in range(2):
        await scene.next_reminder()
    assert called.last.text.startswith(person.text("step.stop_and_move_on"))

    await called.click(person.label("button.keep"))

    assert called.last.text.startswith(_logged(person, "deed.keep"))
    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    assert vacancy.kept_at == scene.clock.now()


async def test_an_offer_keeps_the_vacancy_open_until_the_contract_is_signed(
    scene: Scene, person: Person, called: Chat
) -> None:
    """R1."""
    await called.click(person.label("outcome.offer"))
    assert person.text("report.kind.offered") in called.last.text
    await scene.next_reminder()
    push = next(m for m in reversed(called.messages) if person.label("outcome.signed") in labels(m))

    await called.click_on(push, person.label("outcome.signed"))

    (vacancy,) = await scene.storage.vacancies.all(person.user_id)
    assert vacancy.status is Status.SIGNED


async def test_undo_after_the_next_push_leaves_something_to_come(
    scene: Scene, person: Person, called: Chat
) -> None:
    """R2, R31: what the undo brings back was pushed meanwhile, so the reminder behind it comes."""
    await called.click(person.label("button.undo"))  # of the thank-you, while the call has been pushed

    due = await _due(scene)
    assert due
    assert local(person, due) == "2026-07-23 10:00 Thu"  # R96: two weeks of silence


async def test_the_history_is_a_timeline(scene: Scene, person: Person, called: Chat) -> None:
    await called.click(person.label("outcome.no_answer"))
    await scene.next_reminder()
    await called.click(person.label("outcome.promised"))
    await called.click(person.label("day.tomorrow", day=date(2026, 7, 15)))
    await called.click(person.label("button.card"))

    await called.click(person.label("button.history"))

    day = person.texts.day
    call = person.label("technique.call")
    told, call_day = day(date(2026, 7, 9)), day(date(2026, 7, 14))
    lines = called.last.text.partition("\n\n")[2].split("\n")
    assert called.last.text.startswith(person.text("history.title", name=_title(person)))
    assert lines[0].startswith(f"{told}: {person.label('history.opened')}")
    assert lines[1:] == [
        f"{told}: {person.label('history.touched', what=person.label('technique.thank_you'))}",
        f"{call_day}: {person.label('history.unanswered', what=call)}",
        (
            f"{call_day}: {person.label('history.touched', what=call)}; "
            + person.label(
                "history.answered_on", what=person.label("outcome.promised"), day=date(2026, 7, 15)
            )
        ),
    ]
    assert called.last.buttons == [[person.label("button.back")]]


def test_every_outcome_is_covered() -> None:
    told = {outcome for outcome, *_ in (*AT_ONCE, *BEHIND_MORE)} | {outcome for outcome, *_ in WITH_A_DAY}

    assert told == {*Outcome, "no_answer"} - {Outcome.TASK_OFF}  # it is offered where there is a task


def _title(person: Person) -> str:
    return f"{person.company} · {person.position}"


def _logged(person: Person, key: str) -> str:
    return person.text("report.logged", name=_title(person), what=person.label(key))


async def _due(scene: Scene) -> datetime | None:
    return await scene.application.dispatcher.next_due()


async def _card(chat: Chat, person: Person) -> tuple[str, list[list[str]]]:
    """Return the card as it is shown now, opened from the home screen."""
    await chat.send("/today")
    await chat.click(_title(person))
    return chat.last.text, chat.last.buttons
