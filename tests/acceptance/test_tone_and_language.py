"""The manner of letters: their tone and their language, in the settings and for one employer alone."""

import pytest
from chat_driver import Chat
from story import Person, Scene, tell_fully

#: How the thank-you opens, thanks and closes in each tone.
OPENED = {
    "ru": {
        "formal": ("Уважаемая Ольга Петровна!", "Благодарю Вас за", "С искренним уважением,"),
        "neutral": ("Здравствуйте, Ольга Петровна!", "Спасибо Вам за", "С уважением,"),
        "warm": ("Ольга Петровна, добрый день!", "Большое Вам спасибо за", "С наилучшими пожеланиями,"),
    },
    "en": {
        "formal": ("Dear Ms Roe,", "I would like to thank you for", "Yours sincerely,"),
        "neutral": ("Dear Jane,", "Thank you for", "Kind regards,"),
        "warm": ("Hi Jane,", "Thank you so much for", "Warm regards,"),
    },
}
#: How a call opens.
HELLO = {
    "ru": {"formal": "— Здравствуйте, Ольга Петровна!", "warm": "— Ольга Петровна, добрый день!"},
    "en": {"formal": "Hello, Ms Roe.", "warm": "Hi Jane."},
}


@pytest.mark.parametrize("tone", ["formal", "neutral", "warm"])
async def test_the_tone_of_all_letters(scene: Scene, person: Person, chat: Chat, tone: str) -> None:
    """R6, R70: respectful in every tone, and gratitude in each."""
    await chat.send("/settings")
    await chat.click(person.label("setting.tone"))
    assert chat.last.text == person.text("settings.ask_tone")
    await chat.click(person.label(f"tone.{tone}"))
    await tell_fully(chat, person)

    await scene.next_reminder()

    for part in OPENED[person.language][tone]:
        assert part in chat.last.text


@pytest.mark.parametrize("tone", ["formal", "warm"])
async def test_the_tone_of_one_employer(scene: Scene, person: Person, chat: Chat, tone: str) -> None:
    await tell_fully(chat, person)
    await chat.click(person.label("button.edit"))
    await chat.click(person.label("field.tone"))
    assert chat.last.text == person.text("edit.ask_tone")
    await chat.click(person.label(f"tone.{tone}"))
    assert person.text("card.tone", tone=person.label(f"tone.{tone}")) in chat.last.text

    await scene.next_reminder()
    assert OPENED[person.language][tone][0] in chat.last.text
    await chat.click(person.label("button.sent"))
    await scene.next_reminder()
    assert HELLO[person.language][tone] in chat.last.text

    await chat.click(person.label("button.call_mode"))
    assert HELLO[person.language][tone] in chat.last.text


async def test_one_employer_as_all_others_again(scene: Scene, person: Person, chat: Chat) -> None:
    await tell_fully(chat, person)
    other = {"ru": "English", "en": "Русский"}[person.language]
    for field, value in (("tone", person.label("tone.warm")), ("letter_language", other)):
        await chat.click(person.label("button.edit"))
        await chat.click(person.label(f"field.{field}"))
        await chat.click(value)
        await chat.click(person.label("button.edit"))
        await chat.click(person.label(f"field.{field}"))
        await chat.click(person.label("button.as_set"))
        assert value not in chat.last.text

    await scene.next_reminder()

    for part in OPENED[person.language]["neutral"]:
        assert part in chat.last.text


async def test_the_language_of_one_employer(scene: Scene, person: Person, chat: Chat) -> None:
    """Letters, scripts and what is said at once; the screens around them keep speaking to the user."""
    other, closing, hello, at_once = {
        "ru": (
            "English",
            "Kind regards,\nАнна Ковалёва",
            "Is this a good moment to talk?",
            "Let me make sure",
        ),
        "en": (
            "Русский",
            "С уважением,\nEmma Clarke",
            "Вам удобно сейчас говорить?",
            "Правильно ли я понимаю",
        ),
    }[person.language]
    await tell_fully(chat, person)
    await chat.click(person.label("button.edit"))
    await chat.click(person.label("field.letter_language"))
    assert chat.last.text == person.text("edit.ask_letter_language")
    await chat.click(other)
    assert person.text("card.letter_language", language=other) in chat.last.text

    await chat.click(person.label("button.words"))
    assert closing in chat.last.text
    await scene.next_reminder()
    push, letter = chat.messages[-2:]
    assert push.text.startswith(person.text("step.thank_you", who=person.contact))
    assert closing in letter.text

    await chat.click(person.label("button.sent"))
    await scene.next_reminder()
    assert hello in chat.last.text
    await chat.click(person.label("button.call_mode"))
    assert hello in chat.last.text
    await chat.click(person.label("button.card"))
    await chat.click(person.label("button.log"))
    await chat.click(person.label("outcome.promised"))
    await chat.click(chat.last.buttons[0][0])
    assert at_once in chat.last.text
