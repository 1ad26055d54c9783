"""Point 4 of the story: the reminder comes at the right moment, with the words and the buttons."""

from datetime import UTC, date, datetime, timedelta

import pytest
from chat_driver import Chat, Shown
from story import DAY, HOUR, RUSSIAN, Person, Scene, local, tell, tell_fully

OUTCOMES = (
    "no_answer",
    "call_later",
    "promised",
    "vague",
    "undecided",
    "next_stage",
    "test_task",
    "refusal",
    "reserve",
    "offer",
)

#: Two hours after an interview that began at eleven; in Moscow it is later than that already.
THANKS_AT = {"ru": "2026-07-09 15:00 Thu", "en": "2026-07-09 14:00 Thu"}
THANKS_RU = """\
Тема: Спасибо за встречу: позиция «аналитик»

Здравствуйте, Ольга Петровна!

Спасибо Вам за приглашение на собеседование, за внимание и за время, которое Вы уделили мне 9 июля. Была \
рада с Вами поговорить: встреча получилась приятной и содержательной.

После неё мой интерес к позиции «аналитик» только вырос: задачи, о которых шла речь, мне близки, и за них \
хочется взяться.

Буду ждать результата. Подскажите, пожалуйста, когда и как я смогу о нём узнать?

С уважением,
Анна Ковалёва
Кандидат на позицию «аналитик»

Отправите — нажмите «Отправлено»: только тогда я это запишу."""
THANKS_EN = """\
Subject: Thank you for the interview: sales manager

Dear Jane,

Thank you for inviting me to the interview on 9 July, and for the time and attention you gave me. I really \
enjoyed our conversation.

It has made me even more interested in the sales manager position: what I heard is close to what I do best, \
and I would gladly take it on.

I look forward to hearing the result. Could you let me know when to expect it, and how it will reach me?

Kind regards,
Emma Clarke
Candidate for the sales manager position

Once it is on its way, tap “Sent”: only then will I log it."""

CALL_RU = """\
📞 Позвонить: Ольга Петровна Смирнова
Вектор · аналитик

• Обычно отвечают за 2–5 дней, здесь пройдёт 5 дней.
обращение 2 из 5  ●●○○○

👤 Ольга Петровна Смирнова (HR)
📞 +79001234567
✉️ hr@vector.example

1. Поздоровайтесь
— Здравствуйте, Ольга Петровна! Вам удобно сейчас говорить? Я займу не больше двух минут.

2. Представьтесь
— Меня зовут Анна Ковалёва. 9 июля у меня было собеседование на позицию «аналитик».

3. Покажите интерес
— После собеседования мне ещё больше захотелось работать у вас: чувствуется, что люди здесь увлечены своим \
делом.

4. Спросите о результате
— Подскажите, пожалуйста, есть ли уже результат: мне рассчитывать на положительный ответ или продолжать \
поиск?

5. Если решения ещё нет, условьтесь о следующем звонке и прощайтесь
— Понимаю, спасибо, что сказали. В какой день и в котором часу мне лучше перезвонить?"""
CALL_EN = """\
📞 Call: Jane Roe
Acme · sales manager

• An answer usually takes 2–5 days; here it will be 5 days.
touch 2 of 5  ●●○○○

👤 Jane Roe (HR)
📞 +442079460958
✉️ hr@vector.example

1. Greet
Hello, Jane. Is this a good moment to talk? I only need two minutes.

2. Say who you are
This is Emma Clarke. I had an interview for the sales manager position on 9 July.

3. Show your interest
The interview made me even keener to work with you; it is clear that your people enjoy what they do.

4. Ask about the result
Is there a result yet: can I count on a yes, or should I keep looking?

5. If there is no decision, agree the next call and say goodbye
I understand, thank you for telling me. Which day and what time would be best for me to call again?"""


async def test_the_thank_you(scene: Scene, person: Person, chat: Chat) -> None:
    """R6, R15, R66, R69, R70: within two days, by e-mail, with the letter in a block of its own."""
    await tell_fully(chat, person)

    assert local(person, await scene.next_reminder()) == THANKS_AT[person.language]
    push, letter = chat.messages[-2:]
    assert push.text.startswith(_step(person, "thank_you", who=person.contact))
    assert letter.text == {"ru": THANKS_RU, "en": THANKS_EN}[person.language]
    assert "<pre>" in letter.html
    assert letter.buttons == [
        [person.label("button.copy_subject"), person.label("button.copy_email")],
        [person.label("button.open_mail")],
        [person.label("button.sent"), person.label("button.not_sent")],
        [person.label("button.sign_phone")],
        [person.label("button.change_words")],
    ]
    assert await chat.click_on(letter, person.label("button.copy_email")) == "hr@vector.example"
    assert (
        await chat.click_on(letter, person.label("button.copy_subject"))
        == (letter.text.partition("\n")[0].partition(": ")[2])
    )
    assert push.buttons == [
        [person.label("button.sent")],
        [person.label("button.they_answered"), person.label("button.later")],
        [person.label("button.skip_step"), person.label("button.card")],
    ]
    assert _reasons(push) == [
        person.text("why.R15"),
        person.text("why.R69", until=date(2026, 7, 11)),
        person.text("why.R66"),
    ]


async def test_a_promise_leaves_the_request_out_of_the_thank_you(
    scene: Scene, person: Person, chat: Chat
) -> None:
    """R66: with a promised day the letter does not ask for one."""
    await tell_fully(chat, person, promise=date(2026, 7, 17))

    await scene.next_reminder()

    assert person.text("why.R66") not in _reasons(chat.messages[-2])
    asked = {"ru": "Подскажите, пожалуйста, когда", "en": "Could you let me know when"}[person.language]
    assert asked not in chat.last.text
    agreed = {"ru": "к пятнице, 17 июля", "en": "by Friday, 17 July"}[person.language]
    assert agreed in chat.last.text


async def test_the_first_call_without_a_promise(scene: Scene, person: Person, chat: Chat) -> None:
    """R16, R32, R36, R46, R47-R51, R79: five days later, by phone, HR, with a script."""
    await tell_fully(chat, person)
    await _thanked(scene, person, chat)

    assert local(person, await scene.next_reminder()) == "2026-07-14 10:00 Tue"
    assert chat.last.text == {"ru": CALL_RU, "en": CALL_EN}[person.language]
    labels = [person.label(f"outcome.{outcome}") for outcome in OUTCOMES]
    assert chat.last.buttons == [
        [person.label("button.copy_phone"), person.label("button.change_words")],
        [person.label("button.call_mode")],
        *(labels[start : start + 2] for start in range(0, 10, 2)),
        [person.label("button.more")],
        [person.label("button.later"), person.label("button.did_call")],
        [person.label("button.skip_step"), person.label("button.card")],
    ]
    copied = {"ru": "+79001234567", "en": "+442079460958"}[person.language]
    assert await chat.click(person.label("button.copy_phone")) == copied


async def test_the_first_call_after_a_broken_promise(scene: Scene, person: Person, chat: Chat) -> None:
    """R72, H4: the working day after the promised one, which the script names without reproach (R81)."""
    await tell_fully(chat, person, promise=date(2026, 7, 17))
    await _thanked(scene, person, chat)

    assert local(person, await scene.next_reminder()) == "2026-07-20 10:00 Mon"
    why = person.texts.count("why.R72", 1, promised=date(2026, 7, 17))
    assert _reasons(chat.last) == [str(why)]
    said = {
        "ru": "Речь шла об ответе к пятнице, 17 июля; понимаю, что решает не один человек.",
        "en": "We spoke of an answer by Friday, 17 July, and I know several people have a say.",
    }
    assert said[person.language] in chat.last.text


async def test_in_sales_the_call_comes_sooner(scene: Scene, person: Person, chat: Chat) -> None:
    """R85."""
    await tell_fully(chat, person, kind="sales")
    await _thanked(scene, person, chat)

    assert local(person, await scene.next_reminder()) == "2026-07-13 10:00 Mon"  # D+2 is a Saturday
    assert _reasons(chat.last)[0] == str(person.texts.count("why.R85", 4))


async def test_the_user_who_is_to_call_is_reminded_on_the_day(
    scene: Scene, person: Person, chat: Chat
) -> None:
    """R51, H8."""
    await tell_fully(chat, person, promise=date(2026, 7, 16), who="candidate")
    await _thanked(scene, person, chat)

    assert local(person, await scene.next_reminder()) == "2026-07-16 10:00 Thu"
    assert _reasons(chat.last) == [person.text("why.R51", agreed=date(2026, 7, 16))]


async def test_the_whole_ladder(scene: Scene, person: Person, chat: Chat) -> None:
    """H6, R80, R54-R57, R22-R25, R26-R28, R21, R29: each touch follows from what the one before brought."""
    await tell_fully(chat, person)
    seen = [await _push(scene, person, chat)]
    taps = (
        "button.sent",  # the thank-you
        "outcome.no_answer",
        "outcome.no_answer",
        "button.sent",  # the e-mail
        "outcome.vague",
        "outcome.undecided",
        "outcome.undecided",
    )
    for tap in taps:
        await chat.click(person.label(tap))
        seen.append(await _push(scene, person, chat))

    who = person.contact
    assert seen == [
        (THANKS_AT[person.language], _step(person, "thank_you", who=who)),
        ("2026-07-14 10:00 Tue", _step(person, "call.call", who=who)),
        ("2026-07-14 16:00 Tue", _step(person, "call.call", who=who)),  # another time of the day (H6)
        ("2026-07-14 16:00 Tue", _step(person, "email", who=who)),  # R80
        ("2026-07-15 10:00 Wed", _step(person, "email_check_call", who=who)),  # R54, within three days (R56)
        ("2026-07-16 10:00 Thu", _step(person, "opening_position.call", who=who)),  # R22
        ("2026-07-17 10:00 Fri", _step(person, "light_pressure.call", who=who)),  # R26
        ("2026-07-21 10:00 Tue", _step(person, "stop_and_move_on")),  # five touches (R21)
    ]


async def test_the_email_after_unanswered_dials(scene: Scene, person: Person, chat: Chat) -> None:
    """R55, R56, R57, R82: all its parts, the tip to flag it, the check call."""
    await tell_fully(chat, person, tests="yes")
    await _thanked(scene, person, chat)
    for _ in range(2):
        await scene.next_reminder()
        await chat.click(person.label("outcome.no_answer"))

    await scene.next_reminder()

    push, letter = chat.messages[-2:]
    assert person.text("push.high_priority") in push.text
    assert _reasons(push)[0] == str(person.texts.count("why.R80", 2))
    needed = {
        "ru": ("Ольга Петровна", "Анна Ковалёва", "9 июля 2026 года", "аналитик", "Спасибо", "тестирования"),
        "en": ("Jane", "Emma Clarke", "9 July 2026", "sales manager", "Thank you", "tests"),
    }
    three_days = {"ru": "В течение трёх дней", "en": "within three days"}
    for part in (*needed[person.language], three_days[person.language], "?"):
        assert part in letter.text


async def test_three_variants_of_the_opening_position(scene: Scene, person: Person, chat: Chat) -> None:
    """R18, R22-R25: doubt named, no rush, permission to refuse."""
    await _heard(scene, person, chat, "vague")

    await scene.next_reminder()

    assert [line for line in chat.last.text.split("\n") if line in _variants(person, 3)] == _variants(
        person, 3
    )
    permission = {"ru": "расстанемся друзьями", "en": "no hard feelings"}[person.language]
    assert permission in chat.last.text


async def test_light_pressure_names_a_day(scene: Scene, person: Person, chat: Chat) -> None:
    """R26, R27: a calendar day, other offers, agreed?"""
    await _heard(scene, person, chat, "undecided")

    assert local(person, await scene.next_reminder()) == "2026-07-15 10:00 Wed"
    named = {"ru": "20 июля", "en": "20 July"}[person.language]
    other = {"ru": "другими предложениями", "en": "other offers"}[person.language]
    agreed = {"ru": "Договорились?", "en": "Agreed?"}[person.language]
    for part in (named, other, agreed):
        assert part in chat.last.text


async def test_two_weeks_of_silence_end_with_one_last_question(
    scene: Scene, person: Person, chat: Chat
) -> None:
    """R29, R35, R37, R96: nothing reported, so the last clarifying touch, then the proposal to stop."""
    await tell_fully(chat, person)
    await _thanked(scene, person, chat)
    assert await _push(scene, person, chat) == (
        ("2026-07-14 10:00 Tue", _step(person, "call.call", who=person.contact))
    )

    assert await _push(scene, person, chat) == (
        ("2026-07-23 10:00 Thu", _step(person, "trial_close.call", who=person.contact))
    )
    question = {"ru": "решение уже принято?", "en": "Has the decision been made?"}[person.language]
    assert question in chat.last.text
    assert chat.last.text.count("?") == 2  # R79 asks whether it is a good moment, R29 about the decision
    assert await _push(scene, person, chat) == ("2026-07-30 10:00 Thu", _step(person, "stop_and_move_on"))
    assert chat.last.buttons == [
        [person.label("button.give_up")],
        [person.label("button.keep")],
        [person.label("button.to_reserve")],
        [person.label("button.later"), person.label("button.card")],
    ]
    assert await scene.wait_until(scene.clock.now() + 60 * DAY) == 0  # never twice for one silence


async def test_a_weekend_a_night_and_a_holiday_are_left_alone(scene: Scene, anna: Chat) -> None:
    """H1, H2, H5: promised by Friday 31 December; the first working day of 2027 in Russia follows."""
    scene.clock.move_to(datetime(2026, 12, 21, 9, 0, tzinfo=UTC))
    await tell_fully(anna, RUSSIAN, when="2026-12-21 11:00", promise=date(2026, 12, 30))
    await _thanked(scene, RUSSIAN, anna)

    due = await scene.next_reminder()

    assert local(RUSSIAN, due) == "2027-01-11 10:00 Mon"


async def test_a_reminder_due_while_the_bot_was_down_is_decided_anew(
    scene: Scene, person: Person, chat: Chat
) -> None:
    """Days of downtime, into a night: one push of what is right by then, at the next allowed hour."""
    await tell_fully(chat, person)
    before = len(chat.messages)
    await scene.stop()
    scene.clock.move_to(datetime(2026, 7, 17, 23, 30, tzinfo=UTC))  # a Friday night
    await scene.start()

    assert await scene.dispatch() == 1
    assert len(chat.messages) == before  # neither the thank-you, which is too late, nor a call at night

    assert local(person, await scene.next_reminder()) == "2026-07-20 10:00 Mon"
    assert len(chat.messages) == before + 1
    assert chat.last.text.startswith(_step(person, "call.call", who=person.contact))


async def test_a_reminder_that_comes_late_says_so(scene: Scene, person: Person, chat: Chat) -> None:
    await tell_fully(chat, person)
    await _thanked(scene, person, chat)
    await scene.stop()
    scene.clock.move_to(datetime(2026, 7, 14, 13, 0, tzinfo=UTC))
    await scene.start()

    await scene.dispatch()

    assert chat.last.text.startswith(person.text("push.late"))
    assert await scene.dispatch() == 0


async def test_several_due_together_come_as_one(scene: Scene, person: Person, chat: Chat) -> None:
    companies = ["Альфа", "Бета", "Гамма"]
    for company in companies:
        await tell(chat, person, company=company, promise=date(2026, 7, 15))
        await _skip_thanks(chat, person, company)
    scene.clock.move_to(datetime(2026, 7, 16, 5, 0, tzinfo=UTC))
    before = len(chat.messages)

    assert local(person, await scene.next_reminder()) == "2026-07-16 10:00 Thu"

    assert len(chat.messages) == before + 1
    assert chat.last.text.startswith(_bare(person.texts.count("push.digest", 3)))
    titles = [f"{company} · {person.position}" for company in companies]
    assert sorted(row[0] for row in chat.last.buttons[:3]) == titles
    assert chat.last.buttons[3] == [person.label("button.today")]
    await chat.click(titles[1])
    assert chat.last.text.startswith(person.label("step.call.call", who="").rstrip())
    assert titles[1] in chat.last.text


async def test_nothing_is_pushed_twice_for_one_silence(scene: Scene, person: Person, chat: Chat) -> None:
    await tell_fully(chat, person)
    await _thanked(scene, person, chat)
    await scene.next_reminder()
    sent = len(chat.messages)

    for _ in range(3):
        await scene.restart()
        scene.clock.advance(HOUR)
        await scene.dispatch()

    assert len(chat.messages) == sent


@pytest.mark.parametrize(
    ("choice", "again"),
    [
        ("hour", "2026-07-14 11:00 Tue"),
        ("lunch", "2026-07-14 14:00 Tue"),
        ("tomorrow", "2026-07-15 10:00 Wed"),
        ("monday", "2026-07-20 10:00 Mon"),
    ],
)
async def test_each_way_to_be_reminded_later(
    scene: Scene, person: Person, chat: Chat, choice: str, again: str
) -> None:
    await tell_fully(chat, person)
    await _thanked(scene, person, chat)
    await scene.next_reminder()
    push = chat.last.text
    await chat.click(person.label("button.later"))
    assert chat.last.text == person.text("snooze.title", name=_title(person))
    choices = [person.label(f"snooze.{one}") for one in ("hour", "lunch", "tomorrow", "monday", "type")]
    assert chat.last.buttons == [choices[:2], choices[2:4], choices[4:], [person.label("button.back")]]

    await chat.click(person.label(f"snooze.{choice}"))

    assert chat.last.text.startswith(person.text("snooze.done", name=_title(person), when="").rstrip())
    assert chat.last.buttons == [[person.label("button.undo"), person.label("button.card")]]
    assert local(person, await scene.next_reminder()) == again
    if choice != "monday":
        assert chat.last.text.partition("\n")[0] == push.partition("\n")[0]


@pytest.mark.parametrize(
    ("said", "again"),
    [
        ({"ru": "через два часа", "en": "in two hours"}, "2026-07-14 12:00 Tue"),
        ({"ru": "в пятницу в 9:30", "en": "Friday 9:30"}, "2026-07-17 09:30 Fri"),
        ({"ru": "послезавтра", "en": "in two days"}, "2026-07-16 10:00 Thu"),
    ],
)
async def test_when_to_be_reminded_can_be_typed(
    scene: Scene, person: Person, chat: Chat, said: dict[str, str], again: str
) -> None:
    await tell_fully(chat, person)
    await _thanked(scene, person, chat)
    await scene.next_reminder()
    await chat.click(person.label("button.later"))
    await chat.click(person.label("snooze.type"))
    assert chat.last.text == person.text("type.snooze")

    await chat.send({"ru": "никогда", "en": "whenever"}[person.language])
    assert chat.last.text.startswith("⚠️")
    await chat.send(said[person.language])

    assert local(person, await scene.next_reminder()) == again


async def test_already_done(scene: Scene, person: Person, chat: Chat) -> None:
    """ "I already called" asks what came of it."""
    await tell_fully(chat, person)
    await _thanked(scene, person, chat)
    await scene.next_reminder()

    await chat.click(person.label("button.did_call"))

    assert chat.last.text == person.text("report.title", name=_title(person))
    await chat.click(person.label("outcome.vague"))
    assert chat.last.text.startswith(_logged(person, "outcome.vague"))
    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    assert len(vacancy.touches) == 2


async def test_a_step_can_be_left_out(scene: Scene, person: Person, chat: Chat) -> None:
    """R42: what is skipped is no touch, and something else takes its place."""
    await tell_fully(chat, person)
    await scene.next_reminder()

    await chat.click(person.label("button.skip_step"))

    message = next(m for m in reversed(chat.messages) if m.buttons and m.is_edited)
    assert message.text.startswith(_logged(person, "deed.skip"))
    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    assert vacancy.touches == ()
    assert local(person, await scene.next_reminder()) == "2026-07-14 10:00 Tue"


async def test_without_a_number_the_push_asks_for_one(scene: Scene, person: Person, chat: Chat) -> None:
    """R46."""
    await tell(chat, person, name=person.contact, promise=date(2026, 7, 15))
    await _skip_thanks(chat, person)

    await scene.next_reminder()

    assert person.text("push.no_phone") in chat.last.text
    if chat.last.buttons[0] == [person.label("button.add_phone")]:
        await chat.click(person.label("button.add_phone"))
        await chat.send(person.phone)
        assert chat.last.text.startswith(person.label("edit.saved"))


async def test_no_contact_leads_to_the_office(scene: Scene, person: Person, chat: Chat) -> None:
    """R34: explain, and ask whom to turn to."""
    await tell(chat, person, role=None, promise=date(2026, 7, 15))
    await _skip_thanks(chat, person)

    await scene.next_reminder()

    assert chat.last.text.startswith(_step(person, "call.call", who=person.label("role.anyone")))
    assert person.text("why.R34") in chat.last.text
    script = {"ru": "к кому мне обратиться", "en": "Who should I speak to"}[person.language]
    assert script in chat.last.text


async def test_a_push_waits_while_telegram_asks_for_a_pause_and_survives_its_errors(
    scene: Scene, chat: Chat, person: Person
) -> None:
    await tell_fully(chat, person)
    due = await scene.application.dispatcher.next_due()
    assert due
    scene.clock.move_to(due)
    scene.telegram.failures.break_down("sendMessage")
    before = len(chat.messages)

    await scene.dispatch()
    assert len(chat.messages) == before

    await scene.next_reminder()
    assert len(chat.messages) == before + 2
    assert scene.clock.now() - due < timedelta(minutes=30)


def _step(person: Person, key: str, **values: object) -> str:
    return person.text(f"step.{key}", **values)


def _title(person: Person) -> str:
    return f"{person.company} · {person.position}"


def _logged(person: Person, key: str) -> str:
    return person.text("report.logged", name=_title(person), what=person.label(key))


def _variants(person: Person, count: int) -> list[str]:
    return [person.text("words.variant", n=n) for n in range(1, count + 1)]


def _reasons(push: Shown) -> list[str]:
    return [line.removeprefix("• ") for line in push.text.split("\n") if line.startswith("• ")]


def _bare(html: str) -> str:
    return str(html).replace("<b>", "").replace("</b>", "")


async def _push(scene: Scene, person: Person, chat: Chat) -> tuple[str, str]:
    """Return when the next push comes and its first line."""
    moment = await scene.next_reminder()
    push = next(m for m in reversed(chat.messages) if m.from_bot and not m.html.count("<pre>"))
    return local(person, moment), push.text.partition("\n")[0]


async def _thanked(scene: Scene, person: Person, chat: Chat) -> None:
    await scene.next_reminder()
    await chat.click(person.label("button.sent"))


async def _skip_thanks(chat: Chat, person: Person, company: str | None = None) -> None:
    """Leave the thank-you out before it comes."""
    active = await chat.application.services.storage.vacancies.active(person.user_id)
    vacancy = next(one for one in active if one.company == (company or person.company))
    await chat.tap(f"ac:{vacancy.id}:{vacancy.seq}:skip")


async def _heard(scene: Scene, person: Person, chat: Chat, outcome: str) -> None:
    """Come to the answer of the first call."""
    await tell_fully(chat, person)
    await _thanked(scene, person, chat)
    await scene.next_reminder()
    await chat.click(person.label(f"outcome.{outcome}"))
