"""What to answer: once a pasted reply is logged, the words for it are a tap away."""

import pytest
from chat_driver import Chat
from story import Person, Scene, labels, tell_fully

#: What was pasted, in both languages; what the answer says.
COURTESY = [
    (
        {"ru": "Сообщим вам решение до пятницы.", "en": "We will let you know our decision by Friday."},
        {"ru": "Вы сообщите решение к пятнице, 10 июля.", "en": "your decision by Friday, 10 July."},
    ),
    (
        {"ru": "Потерпите ещё немного, мы думаем.", "en": "Please be patient, we need a little more time."},
        {"ru": "не хочу Вас торопить", "en": "I do not want to hurry you"},
    ),
    (
        {"ru": "Директор в отпуске до понедельника.", "en": "The director is on holiday until Monday."},
        {"ru": "Я вернусь с вопросом во вторник, 14 июля.", "en": "come back to you on Tuesday, 14 July."},
    ),
    (
        {
            "ru": "Внесли вас в кадровый резерв, вернёмся осенью.",
            "en": "You are on our reserve list for another post.",
        },
        {"ru": "через месяц-полтора?", "en": "in a month or so?"},
    ),
]


@pytest.mark.parametrize(("pasted", "answer"), COURTESY)
async def test_a_courteous_answer(
    *, person: Person, chat: Chat, pasted: dict[str, str], answer: dict[str, str]
) -> None:
    await tell_fully(chat, person)
    await chat.send(pasted[person.language])
    await chat.click(person.label("button.log_it"))

    await chat.click(person.label("button.answer_words"))

    assert answer[person.language] in chat.last.text
    assert person.label("button.open_mail") in labels(chat.last)
    assert person.label("button.sent") not in labels(chat.last)  # a courtesy is no touch: nothing to log


async def test_its_draft_opens_in_the_mail_program(person: Person, chat: Chat) -> None:
    await tell_fully(chat, person)
    await chat.send(COURTESY[1][0][person.language])
    await chat.click(person.label("button.log_it"))
    await chat.click(person.label("button.answer_words"))

    await chat.click(person.label("button.open_mail"))

    assert chat.last.document.endswith(".eml")
    assert b"hr@vector.example" in chat.last.content


async def test_an_answer_that_is_the_next_step_counts_as_it(person: Person, chat: Chat, scene: Scene) -> None:
    await tell_fully(chat, person, phone=None)  # an address is all there is
    await chat.send({"ru": "В целом пока посмотрим.", "en": "In general, we'll see."}[person.language])
    await chat.click(person.label("button.log_it"))

    await chat.click(person.label("button.answer_words"))  # R22: the opening position, as a letter
    await chat.click(person.label("button.sent"))

    (vacancy,) = await scene.storage.vacancies.all(person.user_id)
    assert [touch.technique for touch in vacancy.touches] == ["opening_position"]


async def test_on_the_phone_the_words_are_said_at_once(person: Person, chat: Chat, scene: Scene) -> None:
    await tell_fully(chat, person)
    await scene.next_reminder()
    await chat.click(person.label("button.sent"))
    await scene.next_reminder()

    await chat.click(person.label("outcome.vague"))

    assert person.label("button.answer_words") not in labels(chat.last)
