"""How each tone greets, thanks and says goodbye, whatever is known of the name, in every text."""

from collections.abc import Iterable
from itertools import product

import pytest

from bot.domain.users import Form, Tone
from bot.pack_check import LanguageCheck, combinations
from bot.pack_flaws import flaws
from bot.pack_manner import Manner
from bot.packs import Packs, Words

PACKS = Packs.load()
FORMS = (None, *Form)
#: The name as it is addressed, the name in a formal letter, he or she.
PEOPLE = {
    "ru": [("Ольга Петровна", "Ольга Петровна", Form.SHE), ("Пётр", "Пётр", Form.HE), ("Саша", "Саша", None)],
    "en": [("Jane", "Ms Roe", Form.SHE), ("John", "Mr Roe", Form.HE), ("Alex", "Alex Roe", None)],
}
SAID = ("greeting", "hello", "gratitude", "thanks", "closing")


@pytest.mark.parametrize(
    ("language", "tone", "person", "said"),
    [
        (
            *("ru", Tone.FORMAL, 0),
            ("Уважаемая Ольга Петровна", "Здравствуйте, Ольга Петровна", "Благодарю Вас", "Благодарю"),
        ),
        (
            *("ru", Tone.FORMAL, 1),
            ("Уважаемый Пётр", "Здравствуйте, Пётр", "Благодарю Вас", "Благодарю"),
        ),
        (
            *("ru", Tone.FORMAL, 2),
            ("Здравствуйте, Саша", "Здравствуйте, Саша", "Благодарю Вас", "Благодарю"),
        ),
        (*("ru", Tone.FORMAL, None), ("Здравствуйте", "Здравствуйте", "Благодарю Вас", "Благодарю")),
        (
            *("ru", Tone.NEUTRAL, 0),
            ("Здравствуйте, Ольга Петровна", "Здравствуйте, Ольга Петровна", "Спасибо Вам", "Спасибо"),
        ),
        (*("ru", Tone.NEUTRAL, None), ("Здравствуйте", "Здравствуйте", "Спасибо Вам", "Спасибо")),
        (
            *("ru", Tone.WARM, 0),
            (
                *("Ольга Петровна, добрый день", "Ольга Петровна, добрый день"),
                *("Большое Вам спасибо", "Большое спасибо"),
            ),
        ),
        (*("ru", Tone.WARM, None), ("Добрый день", "Добрый день", "Большое Вам спасибо", "Большое спасибо")),
        (
            *("en", Tone.FORMAL, 0),
            ("Dear Ms Roe", "Hello, Ms Roe", "I would like to thank you", "Thank you very much"),
        ),
        (
            *("en", Tone.FORMAL, 2),
            ("Dear Alex Roe", "Hello, Alex Roe", "I would like to thank you", "Thank you very much"),
        ),
        (
            *("en", Tone.FORMAL, None),
            ("Dear Hiring Team", "Hello", "I would like to thank you", "Thank you very much"),
        ),
        (*("en", Tone.NEUTRAL, 0), ("Dear Jane", "Hello, Jane", "Thank you", "Thank you")),
        (*("en", Tone.NEUTRAL, None), ("Hello", "Hello", "Thank you", "Thank you")),
        (*("en", Tone.WARM, 0), ("Hi Jane", "Hi Jane", "Thank you so much", "Thank you so much")),
        (*("en", Tone.WARM, None), ("Hello", "Hello", "Thank you so much", "Thank you so much")),
    ],
)
def test_what_a_tone_says(language: str, tone: Tone, person: int | None, said: tuple[str, ...]) -> None:
    values = PACKS.manner(language).values(_addressed(language, person, tone=tone))

    assert tuple(values[word] for word in SAID[:4]) == said


@pytest.mark.parametrize(
    ("language", "closings"),
    [
        ("ru", ["С искренним уважением", "С уважением", "С наилучшими пожеланиями"]),
        ("en", ["Yours sincerely", "Kind regards", "Warm regards"]),
    ],
)
def test_how_a_tone_says_goodbye(language: str, closings: list[str]) -> None:
    manner = PACKS.manner(language)

    assert [manner.values(Words(tone=tone))["closing"] for tone in Tone] == closings


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("name", PACKS.names("ru"))
def test_every_text_in_every_manner(name: str, language: str) -> None:
    """R3, R6, R10: nothing is wrong with it, and the tones differ only in what they say for themselves."""
    check = LanguageCheck.of(PACKS, language)
    template = PACKS.template(name, language)
    known, bare = _fullest(name, language), _barest(name, language)
    for form, person in product(FORMS, (None, 0, 1, 2)):
        for words in (known, bare):
            shared = set()
            for tone in Tone:
                manner = _addressed(language, person, tone=tone, form=form)
                wording = template.render(_merged(words, manner))
                assert [*flaws(wording, check.forbidden)] == [], wording.body
                said = template.manner.values(manner)
                shared.add(_without(wording.body, (said[word] for word in template.manners)))
            assert len(shared) == 1, shared


def test_a_table_that_lacks_a_line() -> None:
    table = dict(PACKS.manner("en").table)
    del table["closing.warm"]
    table["greeting.warm.nameless"] = "Hi {name}"

    assert list(Manner(table).problems()) == [
        "closing.warm is missing",
        "greeting.warm.nameless names somebody",
    ]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_name_without_letters_is_no_name(language: str) -> None:
    values = PACKS.manner(language).values(Words(contact_name=" … "))

    assert values["greeting"] == {"ru": "Здравствуйте", "en": "Hello"}[language]


def _addressed(language: str, person: int | None, **words: object) -> Words:
    if person is None:
        return Words(**words)  # type: ignore[arg-type]  # each value is made for its field
    name, formally, form = PEOPLE[language][person]
    return Words(contact_name=name, contact_formally=formally, contact_form=form, **words)  # type: ignore[arg-type]


def _fullest(name: str, language: str) -> Words:
    """Return words of which as many are known as the text can use."""
    every = combinations(PACKS.template(name, language), LanguageCheck.of(PACKS, language).examples)
    return max(every, key=lambda words: sum(value is not None for value in _values(words)))


def _barest(name: str, language: str) -> Words:
    every = combinations(PACKS.template(name, language), LanguageCheck.of(PACKS, language).examples)
    return min(every, key=lambda words: sum(value is not None for value in _values(words)))


def _values(words: Words) -> list[object]:
    return [getattr(words, name) for name in words.__struct_fields__]


def _merged(words: Words, manner: Words) -> Words:
    """Return the words in the manner of others."""
    spoken = ("tone", "form", "contact_name", "contact_formally", "contact_form")
    return Words(
        **{field: getattr(manner if field in spoken else words, field) for field in words.__struct_fields__}
    )


def _without(body: str, said: Iterable[str]) -> str:
    """Return a text without what its tone says for itself."""
    for words in sorted(said, key=len, reverse=True):
        body = body.replace(words, "…")
    return body
