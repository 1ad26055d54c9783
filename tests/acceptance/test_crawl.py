"""A crawler presses every button of every screen it can reach: each is handled, none leads to a dead end."""

import re
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime

import pytest
from chat_driver import Chat, Shown
from story import DAY, Person, Scene, labels, tell, tell_fully

#: Latin words that belong into a Russian screen: names, brands, abbreviations, commands, addresses.
_LATIN_ALLOWED = re.compile(
    r"/[a-z]+|https?://\S+|[\w.+-]+@[\w.-]+|@\w+|\bHR\b|\bPR\b|\bUTC\b|\bEnglish\b|\bJSON\b|\bTelegram\b"
    r"|\bLinkedIn\b|\bSkype\b|\bWhatsApp\b"
)
_CYRILLIC_ALLOWED = re.compile(r"“рад”|“рада”|Русский|Ольга|Петровна|Смирнова")
#: Two spaces that are meant: before the dots of a touch, and after the number of a question.
_SPACED = re.compile(r"  [●○]|(?m:^(?:Вопрос|Question) \d+ .*$)")
#: Taps in one crawl; enough for every screen of a state.
_MOST_TAPS = 160

State = Callable[[Scene, Chat, Person], Awaitable[None]]


async def nothing_yet(_scene: Scene, chat: Chat, _person: Person) -> None:
    await chat.send("/today")


async def an_interview_is_logged(_scene: Scene, chat: Chat, person: Person) -> None:
    await tell_fully(chat, person)


async def a_thank_you_is_pushed(scene: Scene, chat: Chat, person: Person) -> None:
    await tell_fully(chat, person)
    await scene.next_reminder()


async def a_letter_can_go_by_chat(scene: Scene, chat: Chat, person: Person) -> None:
    await tell_fully(chat, person)
    await chat.click(person.label("button.edit"))
    await chat.click(person.contact)
    await chat.click(person.label("field.contact_username"))
    await chat.send("@olga_hr")
    await scene.next_reminder()


async def a_letter_is_a_file(scene: Scene, chat: Chat, person: Person) -> None:
    await a_thank_you_is_pushed(scene, chat, person)
    await chat.click(person.label("button.open_mail"))


async def own_words_are_asked(scene: Scene, chat: Chat, person: Person) -> None:
    await a_thank_you_is_pushed(scene, chat, person)
    await chat.click(person.label("button.change_words"))


async def own_words_are_wrong(scene: Scene, chat: Chat, person: Person) -> None:
    await own_words_are_asked(scene, chat, person)
    await chat.send({"ru": "Рад встрече, [имо]!", "en": "Glad to meet you, [nam]!"}[person.language])


async def own_words_are_looked_at(scene: Scene, chat: Chat, person: Person) -> None:
    await own_words_are_asked(scene, chat, person)
    await chat.send({"ru": "Рад встрече, [имя]!", "en": "Glad to meet you, [name]!"}[person.language])


async def own_words_are_listed(_scene: Scene, chat: Chat, person: Person) -> None:
    await chat.send("/settings")
    await chat.click(person.label("setting.own_words"))


async def a_call_is_pushed(scene: Scene, chat: Chat, person: Person) -> None:
    await tell_fully(chat, person)
    await scene.next_reminder()
    await chat.click(person.label("button.sent"))
    await scene.next_reminder()


async def a_call_is_on(scene: Scene, chat: Chat, person: Person) -> None:
    await a_call_is_pushed(scene, chat, person)
    await chat.click(person.label("button.call_mode"))


async def a_call_is_rehearsed(_scene: Scene, chat: Chat, person: Person) -> None:
    await tell_fully(chat, person)
    await chat.click(person.label("button.rehearse"))


async def the_end_is_pushed(scene: Scene, chat: Chat, person: Person) -> None:
    await tell_fully(chat, person)
    await scene.next_reminder()
    await chat.click(person.label("button.sent"))
    for _ in range(3):
        await scene.next_reminder()


async def a_preparation_is_pushed(scene: Scene, chat: Chat, person: Person) -> None:
    await _invited(scene, chat, person)


async def a_debrief_is_pushed(scene: Scene, chat: Chat, person: Person) -> None:
    await _invited(scene, chat, person)
    await scene.next_reminder()


async def a_no_show_is_pushed(scene: Scene, chat: Chat, person: Person) -> None:
    await a_debrief_is_pushed(scene, chat, person)
    await chat.click(person.label("button.no_show"))
    await scene.next_reminder()


async def a_new_time_is_asked(scene: Scene, chat: Chat, person: Person) -> None:
    await a_no_show_is_pushed(scene, chat, person)
    await scene.next_reminder()


async def a_no_show_is_typed(scene: Scene, chat: Chat, person: Person) -> None:
    await a_debrief_is_pushed(scene, chat, person)
    await chat.send({"ru": "Никто не позвонил", "en": "Nobody called"}[person.language])


async def a_preparation_is_asked_for(_scene: Scene, chat: Chat, person: Person) -> None:
    await _ahead(chat, person)
    await _ahead(chat, person, "2")
    await chat.send("/prepare")


async def an_interview_without_an_hour(_scene: Scene, chat: Chat, person: Person) -> None:
    await tell_fully(chat, person)
    await chat.click(person.label("button.log"))
    await chat.click(person.label("outcome.next_stage"))
    await chat.click(person.label("day.in_a_week", day=date(2026, 7, 16)))


async def a_long_task_is_halfway(scene: Scene, chat: Chat, person: Person) -> None:
    await a_call_is_pushed(scene, chat, person)
    await chat.click(person.label("outcome.test_task"))
    await chat.click(person.label("day.in_two_weeks", day=date(2026, 7, 28)))
    await scene.next_reminder()


async def the_office_is_rung(scene: Scene, chat: Chat, person: Person) -> None:
    await a_call_is_pushed(scene, chat, person)
    await chat.click(person.label("button.more"))
    await chat.click(person.label("outcome.hr_left"))
    await scene.next_reminder()
    await chat.click(person.label("button.call_mode"))


async def an_offer_is_pushed(scene: Scene, chat: Chat, person: Person) -> None:
    await a_call_is_pushed(scene, chat, person)
    await chat.click(person.label("outcome.offer"))
    await scene.next_reminder()


async def a_task_is_pushed(scene: Scene, chat: Chat, person: Person) -> None:
    await a_call_is_pushed(scene, chat, person)
    await chat.click(person.label("outcome.test_task"))
    await chat.click(person.label("day.none"))
    await scene.next_reminder()


async def a_refusal_is_pushed(scene: Scene, chat: Chat, person: Person) -> None:
    await a_call_is_pushed(scene, chat, person)
    await chat.click(person.label("outcome.refusal"))
    await scene.next_reminder()


async def an_offer_beside_another_vacancy(scene: Scene, chat: Chat, person: Person) -> None:
    await tell_fully(chat, person, company="2")
    await tell_fully(chat, person)
    scene.clock.advance(DAY)
    await chat.click(person.label("button.log"))
    await chat.click(person.label("outcome.offer"))
    await chat.click(person.label("button.answer_by"))
    await chat.click(person.label("day.in_a_week", day=date(2026, 7, 17)))


async def an_offer_is_told_of_elsewhere(scene: Scene, chat: Chat, person: Person) -> None:
    await an_offer_beside_another_vacancy(scene, chat, person)
    await chat.click(f"2 · {person.position}")


async def a_signature_is_due(scene: Scene, chat: Chat, person: Person) -> None:
    await an_offer_beside_another_vacancy(scene, chat, person)
    await chat.click(person.label("button.in_writing"))
    await chat.click(person.label("button.starts_on"))
    await chat.click(person.label("day.plain", day=date(2026, 7, 20)))
    for _ in range(3):
        await scene.next_reminder()


async def a_contract_is_signed_beside_another_vacancy(scene: Scene, chat: Chat, person: Person) -> None:
    await an_offer_beside_another_vacancy(scene, chat, person)
    await chat.click(person.label("outcome.signed"))


async def leave_is_taken(scene: Scene, chat: Chat, person: Person) -> None:
    await a_contract_is_signed_beside_another_vacancy(scene, chat, person)
    await chat.click(f"2 · {person.position}")
    await chat.click(person.label("button.stay"))


async def a_refusal_is_logged(scene: Scene, chat: Chat, person: Person) -> None:
    await a_call_is_pushed(scene, chat, person)
    await chat.click(person.label("outcome.refusal"))


async def a_lesson_is_asked_for(scene: Scene, chat: Chat, person: Person) -> None:
    await a_refusal_is_pushed(scene, chat, person)
    await chat.click(person.label("button.asked"))


async def a_lesson_is_learned(scene: Scene, chat: Chat, person: Person) -> None:
    await a_lesson_is_asked_for(scene, chat, person)
    await chat.send("14 %")


async def a_letter_about_the_finalist_is_out(scene: Scene, chat: Chat, person: Person) -> None:
    await tell(chat, person, name=person.contact, email="hr@vector.example")
    await chat.click(person.label("button.close"))
    await chat.click(person.label("outcome.refusal"))
    await scene.next_reminder()
    await chat.click(person.label("button.sent"))
    await scene.next_reminder()


async def a_formal_request_is_shown(scene: Scene, chat: Chat, person: Person) -> None:
    await a_refusal_is_logged(scene, chat, person)
    await chat.click(person.label("button.ask_grounds"))
    await chat.click(person.label("button.show_letter"))


async def a_formal_request_is_due(scene: Scene, chat: Chat, person: Person) -> None:
    await a_refusal_is_pushed(scene, chat, person)
    await chat.click(person.label("button.card"))
    await chat.click(person.label("button.ask_grounds"))
    await chat.click(person.label("button.show_letter"))
    await chat.click(person.label("button.sent"))
    await scene.next_reminder()


async def the_lessons_are_open(_scene: Scene, chat: Chat, _person: Person) -> None:
    await chat.send("/lessons")


async def a_reply_is_logged(_scene: Scene, chat: Chat, person: Person) -> None:
    await tell_fully(chat, person)
    await chat.send({"ru": "Потерпите, мы ещё думаем.", "en": "Please be patient."}[person.language])
    await chat.click(person.label("button.log_it"))
    await chat.click(person.label("button.answer_words"))


async def one_is_closed(_scene: Scene, chat: Chat, person: Person) -> None:
    await tell_fully(chat, person)
    await chat.click(person.label("button.close"))
    await chat.click(person.label("button.give_up"))
    await chat.click(person.label("button.card"))


async def several_are_due(scene: Scene, chat: Chat, person: Person) -> None:
    for company in (person.company, "2"):
        await tell_fully(chat, person, company=company, promise=date(2026, 7, 10))
    scene.clock.move_to(scene.clock.now().replace(day=14))
    await scene.dispatch()
    await scene.next_reminder()


async def a_dialog_is_open(_scene: Scene, chat: Chat, person: Person) -> None:
    await chat.send("/interview")
    await chat.send(person.company)
    await chat.send("/today")


async def the_settings_are_open(_scene: Scene, chat: Chat, _person: Person) -> None:
    await chat.send("/settings")


async def a_sweep_is_pushed(scene: Scene, chat: Chat, person: Person) -> None:
    await _weekly(chat, person, "sweep")
    for company in (person.company, "2"):
        await tell_fully(chat, person, company=company, when="2026-07-06 11:00")
    await scene.wait_until(datetime(2026, 7, 24, 18, tzinfo=UTC))


async def a_review_is_pushed(scene: Scene, chat: Chat, person: Person) -> None:
    await _weekly(chat, person, "review")
    await tell_fully(chat, person)
    await scene.wait_until(datetime(2026, 7, 12, 20, tzinfo=UTC))


async def a_pause_covers_an_interview(scene: Scene, chat: Chat, person: Person) -> None:
    await _invited(scene, chat, person)
    await chat.send("/pause")
    await chat.click(chat.last.buttons[1][1])


async def a_promise_is_put_off(scene: Scene, chat: Chat, person: Person) -> None:
    await tell_fully(chat, person, promise=date(2026, 7, 17))
    await scene.next_reminder()
    await chat.click_on(chat.messages[-2], person.label("button.later"))


async def the_deletion_is_asked(_scene: Scene, chat: Chat, _person: Person) -> None:
    await chat.send("/delete")


STATES: list[State] = [
    nothing_yet,
    an_interview_is_logged,
    a_thank_you_is_pushed,
    a_letter_can_go_by_chat,
    a_letter_is_a_file,
    own_words_are_asked,
    own_words_are_wrong,
    own_words_are_looked_at,
    own_words_are_listed,
    a_call_is_pushed,
    a_call_is_on,
    a_call_is_rehearsed,
    the_end_is_pushed,
    a_preparation_is_pushed,
    a_debrief_is_pushed,
    a_no_show_is_pushed,
    a_new_time_is_asked,
    a_no_show_is_typed,
    a_preparation_is_asked_for,
    an_interview_without_an_hour,
    a_long_task_is_halfway,
    the_office_is_rung,
    an_offer_is_pushed,
    a_task_is_pushed,
    a_refusal_is_pushed,
    an_offer_beside_another_vacancy,
    an_offer_is_told_of_elsewhere,
    a_signature_is_due,
    a_contract_is_signed_beside_another_vacancy,
    leave_is_taken,
    a_refusal_is_logged,
    a_lesson_is_asked_for,
    a_lesson_is_learned,
    a_letter_about_the_finalist_is_out,
    a_formal_request_is_shown,
    a_formal_request_is_due,
    the_lessons_are_open,
    a_reply_is_logged,
    one_is_closed,
    several_are_due,
    a_dialog_is_open,
    the_settings_are_open,
    a_sweep_is_pushed,
    a_review_is_pushed,
    a_pause_covers_an_interview,
    a_promise_is_put_off,
    the_deletion_is_asked,
]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
async def test_every_button_is_handled(scene: Scene, person: Person, chat: Chat, state: State) -> None:
    await state(scene, chat, person)

    await Crawler(chat, person).run()


async def test_every_button_of_the_first_questions(scene: Scene, person: Person) -> None:
    chat = scene.chat(person)
    await chat.send("/start")

    await Crawler(chat, person).run()


class Crawler:
    """Walks breadth-first; a screen is known by its buttons, so that each kind is pressed once."""

    def __init__(self, chat: Chat, person: Person) -> None:
        self._chat = chat
        self._person = person
        self._pressed: set[tuple[str, ...]] = set()
        #: The screens speak another language now, or letters do.
        self._switched = False

    async def run(self) -> None:
        """Press what has not been pressed yet on the newest screens, until nothing is new."""
        self._check_all()
        for _ in range(_MOST_TAPS):
            if not await self._press_something_new():
                return

    async def _press_something_new(self) -> bool:
        for shown in self._fresh():
            for label in (label for row in shown.buttons for label in row):
                # A label that was tapped on a screen of this kind is known.
                kind = (_kind(shown), label)
                if kind not in self._pressed:
                    self._pressed.add(kind)
                    await self._press(shown, label)
                    return True
        return False

    def _fresh(self) -> deque[Shown]:
        """Return the newest message and what came with it: what a person would press."""
        mine = [message for message in self._chat.messages if message.from_bot and message.buttons]
        return deque(reversed(mine[-3:]))

    async def _press(self, shown: Shown, label: str) -> None:
        before = [(m.message_id, m.html, m.buttons) for m in self._chat.messages]
        latest = self._chat.last.message_id == shown.message_id
        self._switched = self._switched or any(name in label for name in ("English", "Русский"))
        copied = await self._chat.click_on(shown, label)
        if copied:
            return
        assert self._chat.toast is not None
        if latest:
            stale = (self._person.label("stale.button"), self._person.label("stale.gone"))
            assert self._chat.toast.text not in stale, f"{label!r} is stale on a fresh screen:\n{shown}"
        after = [(m.message_id, m.html, m.buttons) for m in self._chat.messages]
        assert after != before or self._chat.toast.text, f"{label!r} does nothing on\n{shown}"
        self._check_all()

    def _check_all(self) -> None:
        for shown in self._chat.messages[-4:]:
            if shown.from_bot:
                self._check(shown)

    def _check(self, shown: Shown) -> None:
        assert self._person.text("error.text") not in shown.text, shown
        assert "  " not in _SPACED.sub("", shown.text), shown
        assert not re.search(r"\{\w*\}|None|\bTrue\b|\bFalse\b", shown.text), shown
        said = "\n".join([shown.text, *(label for row in shown.buttons for label in row)])
        if self._switched:
            return
        if self._person.language == "ru":
            assert not re.findall(r"[A-Za-z]{2,}", _LATIN_ALLOWED.sub("", said)), shown
        else:
            assert not re.findall(r"[А-Яа-я]{2,}", _CYRILLIC_ALLOWED.sub("", said)), shown


def _kind(shown: Shown) -> str:
    """Return what a screen is about: its first line and its buttons, whatever they say about days."""
    return shown.text.partition("\n")[0] + "|" + "|".join(labels(shown))


async def _weekly(chat: Chat, person: Person, name: str) -> None:
    await chat.send("/settings")
    await chat.click(person.label(f"setting.{name}"))
    await chat.click(person.label("switch.on"))


async def _invited(scene: Scene, chat: Chat, person: Person) -> None:
    await _ahead(chat, person)
    await scene.next_reminder()


async def _ahead(chat: Chat, person: Person, company: str | None = None) -> None:
    await chat.send("/interview")
    await chat.send(company or person.company)
    await chat.send("2026-07-14 15:00")
    await chat.send(person.position)
    await chat.click(person.label("button.enough"))
