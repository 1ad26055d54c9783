"""From an offer to the signature: a checklist, the day of the answer, and the others kept alive (R1, C12)."""

from datetime import date, datetime

import pytest
from chat_driver import Chat, Shown
from story import DAY, HOUR, Person, Scene, labels, local, tell, tell_fully

from bot.domain.vacancy import Channel, Outcome, Status, Technique, Vacancy

OTHERS = {"ru": ("Бета", "Гамма"), "en": ("Initech", "Globex")}
TODAY, FRIDAY, FIRST_DAY = date(2026, 7, 10), date(2026, 7, 17), date(2026, 8, 3)


@pytest.fixture
async def offered(scene: Scene, person: Person, chat: Chat) -> Chat:
    """The chat the day after three interviews; one of them has just brought an offer."""
    for company in (*OTHERS[person.language], person.company):
        await tell_fully(chat, person, company=company)
    scene.clock.advance(DAY)  # a Friday
    await chat.click(person.label("button.log"))
    await chat.click(person.label("outcome.offer"))
    return chat


async def test_from_the_first_interview_to_a_signed_contract_with_two_others_alive(
    scene: Scene, person: Person, offered: Chat
) -> None:
    """R1, R11, R12, R42, R87, R88, R120, C12."""
    first, second = OTHERS[person.language]
    titles = [f"{company} · {person.position}" for company in (first, second)]
    assert offered.last.text == _screen(
        person,
        person.text("report.logged", name=_title(person), what=person.label("outcome.offer")),
        person.text("report.kind.offered"),
        _checklist(person),
        f"{person.text('step.secure_offer', who=person.contact)}\n🕙 {_at(person, '2026-07-13 10:00')}\n"
        f"• {person.text('why.R1')}",
        "\n".join(
            [person.text("offer.others"), *(_silent(person, 1, title) for title in _listed(offered, titles))]
        ),
        person.text("offer.others_hint"),
    )

    await _the_others_are_told(offered, person, titles)
    touches = {one.company: one.touches for one in await _all(scene, person)}
    assert [(touch.technique, touch.channel) for touch in (*touches[first], *touches[second])] == [
        (Technique.LIGHT_PRESSURE, Channel.PHONE),
        (Technique.LIGHT_PRESSURE, Channel.EMAIL),
    ]
    await _all_is_settled(offered, person)
    await _leave_to_silence(offered, person, OTHERS[person.language])
    await _the_answer_is_given_in_time(scene, offered, person)

    # R1: only the signature closes it, and nothing else with it.
    await scene.next_reminder()
    assert (await _statuses(scene, person))[person.company] is Status.OFFERED
    await offered.click(person.label("outcome.signed"))
    assert (await _statuses(scene, person)) == {
        person.company: Status.SIGNED,
        first: Status.OPEN,
        second: Status.OPEN,
    }

    await _leave_is_taken(offered, person, titles)
    assert (await _statuses(scene, person)) == {
        person.company: Status.SIGNED,
        first: Status.WITHDRAWN,
        second: Status.RESERVE,
    }
    assert local(person, await _due(scene)) == "2026-10-26 10:00 Mon"  # H9: when a trial period ends


async def _the_others_are_told(chat: Chat, person: Person, titles: list[str]) -> None:
    """The employer wants an answer by next Friday, and that is what the others are told; R42: once a day."""
    await chat.click(person.label("button.answer_by"))
    await chat.click(person.label("day.in_a_week", day=FRIDAY))
    await chat.click(titles[0])
    press, letter = chat.messages[-2:]
    for said in (press, letter):
        assert {"ru": "до пятницы, 17 июля", "en": "by Friday, 17 July"}[person.language] in said.text
    assert press.buttons == [
        [person.label("button.said"), person.label("button.sent")],
        [person.label("button.change_words")],
        [person.label("button.others")],
    ]
    ways = ("button.copy_subject", "button.copy_email", "button.open_mail", "button.sign_phone")
    assert labels(letter) == [person.label(key) for key in (*ways, "button.change_words")]
    await chat.click_on(letter, person.label("button.open_mail"))  # a draft of the very letter
    assert chat.last.document == person.label("letter.file_name")
    await chat.click(person.label("button.said"))
    await chat.click(person.label("outcome.promised"))
    await chat.click(person.label("day.plain", day=date(2026, 7, 12)))

    await _open(chat, person, person.company)
    await chat.click(person.label("button.offer"))
    await chat.click(titles[0])
    when = _at(person, "2026-07-13 10:00")
    assert chat.last.text == person.text("press.too_soon", name=titles[0], when=when)
    await chat.click(person.label("button.others"))
    await chat.click(titles[1])
    await chat.click(person.label("button.sent"))
    await chat.click(person.label("button.others"))


async def _all_is_settled(chat: Chat, person: Person) -> None:
    """The terms come, the first day is typed: what is left is to answer in time, and to sign."""
    await chat.click(person.label("button.in_writing"))
    await chat.click(person.label("button.starts_on"))
    await chat.click(person.label("day.type"))
    await chat.send({"ru": "3 августа", "en": "3 August"}[person.language])
    assert _checklist(person, terms=True, starts_on=FIRST_DAY, answer_by=FRIDAY) in chat.last.text


async def _the_answer_is_given_in_time(scene: Scene, chat: Chat, person: Person) -> None:
    """H4: the working day before it is due; then the first day is what comes."""
    assert local(person, await scene.next_reminder()) == "2026-07-16 10:00 Thu"
    push, letter = chat.messages[-2:]
    assert push.text.startswith(person.text("step.sign_offer", who=person.contact))
    assert person.text("why.H4", by=FRIDAY) in push.text
    ready = {"ru": "Готова выйти 3 августа", "en": "I can start on 3 August"}
    assert ready[person.language] in letter.text
    await chat.click(person.label("button.did.sign_offer"))
    assert local(person, await _due(scene)) == "2026-08-03 10:00 Mon"


async def _leave_is_taken(chat: Chat, person: Person, titles: list[str]) -> None:
    """C12: each of the others is left, or kept in touch with, by a tap of its own."""
    shown = next(m for m in reversed(chat.messages) if titles[0] in labels(m))
    assert person.text("report.kind.signed") in shown.text
    assert person.text("signed.others_hint") in shown.text
    await chat.click_on(shown, titles[0])
    assert [row[0] for row in chat.message(shown.message_id).buttons] == [
        person.label(key) for key in ("button.leave", "button.stay", "button.keep_open")
    ]
    await _tap_on(chat, shown, person.label("button.leave"))
    assert {"ru": "больше не участвую", "en": "withdrawing"}[person.language] in chat.last.text
    for tap in (person.label("button.sent"), person.label("button.others"), titles[1]):
        await _tap_on(chat, shown, tap)
    for key in ("button.stay", "button.sent", "button.others"):
        await _tap_on(chat, shown, person.label(key))
    assert person.text("signed.nobody") in chat.message(shown.message_id).text


async def test_who_stays_open_stays_as_it_was(scene: Scene, person: Person, offered: Chat) -> None:
    """C12: nothing is closed without a tap."""
    first, second = OTHERS[person.language]
    await offered.click(person.label("outcome.signed"))
    before = await scene.snapshot("events", "vacancies", "reminders")

    await offered.click(f"{first} · {person.position}")
    await offered.click(person.label("button.leave"))
    await offered.click(person.label("button.others"))
    await offered.click(f"{first} · {person.position}")
    await offered.click(person.label("button.keep_open"))

    assert await scene.snapshot("events", "vacancies", "reminders") == before
    assert (await _statuses(scene, person))[second] is Status.OPEN


async def test_the_questions_are_about_what_is_open(scene: Scene, person: Person, offered: Chat) -> None:
    """R1, R12: terms, then the first day; the words ask for nothing that is known."""
    await _leave_to_silence(offered, person, OTHERS[person.language])
    await _open(offered, person, person.company)
    await offered.click(person.label("button.offer"))
    await offered.click(person.label("button.in_writing"))
    first_day = person.text("step.settle_first_day", who=person.contact)
    assert first_day in offered.last.text

    await scene.next_reminder()

    push, letter = offered.messages[-2:]
    assert push.text.startswith(first_day)
    assert _checklist(person, terms=True) in push.text
    for said in (push, letter):
        assert {"ru": "пришлите", "en": "send me"}[person.language] not in said.text
        assert {"ru": "с какого числа", "en": "which day"}[person.language] in said.text.lower()
    assert labels(push)[2:8] == [
        person.label(key)
        for key in (
            *("button.did.secure_offer", "button.not_in_writing", "button.starts_on"),
            *("button.answer_by", "button.signs_on", "outcome.signed"),
        )
    ]


async def test_what_was_asked_is_asked_again_in_three_working_days(
    scene: Scene, person: Person, offered: Chat
) -> None:
    """R1: the answer may come later, so none is asked for at once."""
    await _leave_to_silence(offered, person, OTHERS[person.language])
    await scene.next_reminder()
    push = offered.messages[-2]
    await offered.click_on(push, person.label("button.did.secure_offer"))

    assert offered.message(push.message_id).text.startswith(
        person.text("report.logged", name=_title(person), what=person.label("deed.did"))
    )
    assert local(person, await _due(scene)) == "2026-07-16 10:00 Thu"


async def test_a_deadline_that_is_over_is_not_told(scene: Scene, person: Person, offered: Chat) -> None:
    """R88: an honest word, as far as it is still true."""
    await offered.click(person.label("button.answer_by"))
    await offered.click(person.label("day.tomorrow", day=date(2026, 7, 11)))
    scene.clock.advance(3 * DAY)
    await offered.click(f"{OTHERS[person.language][0]} · {person.position}")

    press, letter = offered.messages[-2:]
    soon = {"ru": "в ближайшие дни", "en": "within the next few days"}[person.language]
    assert soon in press.text
    assert soon in letter.text


async def test_first_days_are_mondays_or_the_first_of_a_month(person: Person, offered: Chat) -> None:
    await offered.click(person.label("button.starts_on"))

    days = [date(2026, 7, 13), date(2026, 7, 20), date(2026, 7, 27), date(2026, 8, 3), date(2026, 8, 10)]
    assert labels(offered.last)[:5] == [person.label("day.plain", day=day) for day in days]


async def test_each_answer_of_the_checklist_is_taken_back(
    scene: Scene, person: Person, offered: Chat
) -> None:
    for name in ("starts_on", "answer_by", "signs_on"):
        before = await _offer(scene, person)
        await offered.click(person.label(f"button.{name}"))
        assert offered.last.text == person.text(f"report.ask_day.{name}", name=_title(person))
        await offered.click(person.label("day.plain", day=date(2026, 7, 13)))
        assert getattr(await _offer(scene, person), name) == date(2026, 7, 13)

        await offered.click(person.label("button.undo"))

        assert await _offer(scene, person) == before
        await offered.click(person.label("button.offer"))


async def test_a_day_is_corrected_and_forgotten(scene: Scene, person: Person, offered: Chat) -> None:
    for tap, by in (("day.tomorrow", date(2026, 7, 11)), ("day.in_a_week", FRIDAY), ("day.none", None)):
        await offered.click(person.label("button.answer_by"))
        await offered.click(person.label(tap, **({"day": by} if by else {})))
        assert (await _offer(scene, person)).answer_by == by

    await offered.click(person.label("button.answer_by"))
    await offered.click(person.label("day.type"))
    await offered.send({"ru": "вчера", "en": "yesterday"}[person.language])
    assert (await _offer(scene, person)).answer_by is None  # asked again, and nothing is lost
    await offered.send("2026-07-21")
    assert (await _offer(scene, person)).answer_by == date(2026, 7, 21)


async def test_what_they_say_about_the_terms_leaves_the_offer_standing(
    scene: Scene, person: Person, offered: Chat
) -> None:
    """R1: the terms were promised by Monday, so the questions wait until Tuesday."""
    await offered.click(person.label("button.card"))
    await offered.click(person.label("button.log"))
    await offered.click(person.label("outcome.promised"))
    await offered.click(person.label("day.plain", day=date(2026, 7, 13)))

    assert (await _statuses(scene, person))[person.company] is Status.OFFERED
    assert person.text("step.secure_offer", who=person.contact) in offered.last.text
    assert _at(person, "2026-07-14 10:00") in offered.last.text


async def test_an_offer_that_is_over_asks_nothing(scene: Scene, person: Person, offered: Chat) -> None:
    old = offered.last
    await offered.click(person.label("button.card"))
    await offered.click(person.label("button.close"))
    await offered.click(person.label("button.withdraw"))
    (vacancy,) = [one for one in await _all(scene, person) if one.company == person.company]
    (other, _) = [one for one in await _all(scene, person) if one.company != person.company]

    for data in (
        f"ca:{vacancy.id}:offer",
        f"re:{vacancy.id}:{vacancy.seq}:in_writing:0",
        f"on:{vacancy.id}:{vacancy.seq}:answer_by:0:2026-07-17",
        f"bs:{vacancy.id}:{other.id}:{other.seq}:press",
        f"bs:{vacancy.id}:{other.id}:{other.seq}:said",
        f"bs:{vacancy.id}:{other.id}:{other.seq}:leave",
        f"bs:{vacancy.id}:{vacancy.id}:{vacancy.seq}:said",
        f"bs:{vacancy.id}:{other.id}:{other.seq}:fly",
    ):
        before = await scene.snapshot("events")
        await offered.tap(data, old)
        assert offered.toast, data
        assert offered.toast.text == person.label("stale.button"), data
        assert await scene.snapshot("events") == before


async def test_the_same_company_is_not_told_twice_on_a_day(
    scene: Scene, person: Person, offered: Chat
) -> None:
    """R42: also about another vacancy, and however its name is spelled."""
    first, _ = OTHERS[person.language]
    await tell(offered, person, company="Z", position="x", name="X Y")
    await offered.click(person.label("button.edit"))
    await offered.click(person.label("field.company"))
    await offered.send(first.upper())
    await _open(offered, person, person.company)
    await offered.click(person.label("button.offer"))
    await offered.click(f"{first} · {person.position}")
    await offered.click(person.label("button.said"))
    await offered.click(person.label("button.others"))

    await offered.click(f"{first.upper()} · x")

    when = _at(person, "2026-07-13 10:00")
    soon = person.text("press.too_soon", name=f"{first.upper()} · x", when=when)
    assert soon in [message.text for message in offered.messages[-2:]]  # the letter stands below it


async def test_only_those_who_owe_an_answer_are_told(scene: Scene, person: Person, chat: Chat) -> None:
    """R88: neither who has refused nor who has not met the user yet."""
    await tell(chat, person, company="Refused", name="A B")
    await chat.click(person.label("button.log"))
    await chat.click(person.label("outcome.refusal"))
    await chat.send("/interview")
    for typed in ("Ahead", "2026-07-20 15:00", "x"):
        await chat.send(typed)
    await chat.click(person.label("button.enough"))
    await tell_fully(chat, person)
    scene.clock.advance(HOUR)

    await chat.click(person.label("button.log"))
    await chat.click(person.label("outcome.offer"))

    assert person.text("offer.others") not in chat.last.text
    assert [label for label in labels(chat.last) if "·" in label] == []


async def test_an_offer_that_was_pasted_has_the_same_screen(scene: Scene, person: Person, chat: Chat) -> None:
    """R1: whichever way it was logged."""
    await tell_fully(chat, person)
    await chat.send(
        {"ru": "Мы рады сделать вам предложение о работе!", "en": "We are happy to make you a job offer!"}[
            person.language
        ]
    )
    await chat.click(person.label("button.log_it"))

    assert _checklist(person) in chat.last.text
    (vacancy,) = await _all(scene, person)
    assert [answer.outcome for answer in vacancy.answers] == [Outcome.OFFER]


def _title(person: Person) -> str:
    return f"{person.company} · {person.position}"


def _screen(person: Person, *blocks: str) -> str:
    return "\n\n".join(blocks)


def _checklist(
    person: Person,
    *,
    terms: bool = False,
    starts_on: date | None = None,
    answer_by: date | None = None,
    signs_on: date | None = None,
) -> str:
    days = {"starts_on": starts_on, "answer_by": answer_by, "signs_on": signs_on}
    lines = [person.text("offer.in_writing" if terms else "offer.not_in_writing")]
    lines += [
        person.text(f"offer.{name}", day=day) if day else person.text(f"offer.no_{name}")
        for name, day in days.items()
    ]
    return "\n".join([*lines, person.text("offer.unsigned")])


def _silent(person: Person, days: int, title: str) -> str:
    return str(person.texts.count("vacancies.line_silent", days, name=title))


def _listed(chat: Chat, titles: list[str]) -> list[str]:
    """Return these titles in the order of the buttons."""
    return [label for label in labels(chat.last) if label in titles]


def _at(person: Person, clock: str) -> str:
    """Return a moment on the person's clock as a screen shows it."""
    moment = datetime.fromisoformat(clock)
    return f"{person.texts.day(moment.date())}, {person.texts.clock(moment.time())}"


async def _tap_on(chat: Chat, shown: Shown, label: str) -> None:
    """Tap a button of a message as it is by now."""
    await chat.click_on(chat.message(shown.message_id), label)


async def _open(chat: Chat, person: Person, company: str) -> None:
    await chat.send("/today")
    await chat.click(f"{company} · {person.position}")


async def _leave_to_silence(chat: Chat, person: Person, companies: tuple[str, ...]) -> None:
    """Put the reminders of these off beyond the story."""
    for vacancy in await chat.application.services.storage.vacancies.all(person.user_id):
        if vacancy.company in companies:
            await chat.tap(f"sn:{vacancy.id}:{vacancy.seq}:type")
            await chat.send("2026-12-01 12:00")


async def _all(scene: Scene, person: Person) -> tuple[Vacancy, ...]:
    return await scene.storage.vacancies.all(person.user_id)


async def _offer(scene: Scene, person: Person) -> object:
    (offer,) = [one.offer for one in await _all(scene, person) if one.company == person.company]
    return offer


async def _statuses(scene: Scene, person: Person) -> dict[str, Status]:
    return {vacancy.company: vacancy.status for vacancy in await _all(scene, person)}


async def _due(scene: Scene) -> datetime:
    due = await scene.application.dispatcher.next_due()
    assert due
    return due
