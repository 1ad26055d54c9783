"""Texts in the user's own words: placeholders in brackets, literal names and days turned back into them."""

import re
from datetime import date, time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.users import Form, Tone
from bot.pack_own import OWN_LIMIT, WORDED_LIMIT
from bot.packs import Fault, PackError, Packs, Wording, Words
from bot.views.own_words import TEXTS

PACKS = Packs.load()
LANGUAGES = ("ru", "en")
TODAY = date(2026, 7, 14)
#: Another vacancy in which everything is known: no name, no day, no weekday is the same.
OTHER = {
    "ru": Words(
        user_name="Пётр Белов",
        form=Form.SHE,
        phone="+7 911 222-33-44",
        contact_name="Иван Сергеевич",
        contact_formally="Иван Сергеевич",
        company="Альфа",
        position="бухгалтер",
        hedge="пока рано",
        email="ivan@alfa.example",
    ),
    "en": Words(
        user_name="Peter White",
        form=Form.SHE,
        phone="+44 1632 960111",
        contact_name="John",
        contact_formally="Mr Fox",
        company="Alpha",
        position="accountant",
        hedge="for now",
        email="john@alpha.example",
    ),
}


def own(source: str, language: str = "ru", name: str = "trial_close", **words: object) -> str:
    return PACKS.render(name, language, Words(**words), source).body


@pytest.mark.parametrize(
    ("source", "words", "expected"),
    [
        ("Здравствуйте, [имя]!", {"contact_name": "Ольга"}, "Здравствуйте, Ольга!"),
        ("[Имя], добрый день!", {"contact_name": "Ольга"}, "Ольга, добрый день!"),
        ("[мое имя], [моё имя]", {"user_name": "Анна"}, "Анна, Анна"),
        ("[ Имя ] и [ИМЯ]", {"contact_name": "Ольга"}, "Ольга и Ольга"),
        ("В [компания]", {"company": "Вектор"}, "В «Вектор»"),
        ("[день собеседования]", {"interview_date": TODAY}, "14 июля"),
        ("[дата собеседования]", {"interview_date": TODAY}, "14 июля 2026 года"),
        ("[к обещанному дню]", {"promised_day": TODAY}, "ко вторнику, 14 июля"),
        ("[В обещанный день] жду.", {"promised_day": TODAY}, "Во вторник, 14 июля жду."),
        ("[приветствие]!", {"contact_name": "Ольга", "tone": Tone.WARM}, "Ольга, добрый день!"),
        # brackets that are only brackets, and the template language itself
        ("Файл [1] и [].", {}, "Файл [1] и []."),
        ("{{ contact_name }} и [имя]", {"contact_name": "Ольга"}, "Ольга и Ольга"),
        ("{% if company %}[компания]{% else %}нет{% endif %}", {}, "нет"),
        # what was filled in is no placeholder
        ("[имя]", {"contact_name": "[зарплата]"}, "[зарплата]"),
    ],
)
def test_a_placeholder_says_what_is_known(source: str, words: dict[str, object], expected: str) -> None:
    assert own(source, **words) == expected


@pytest.mark.parametrize(
    ("language", "source", "fault", "placeholder", "nearest"),
    [
        ("ru", "Ждём [зарплата].", Fault.UNKNOWN_WORD, "[зарплата]", None),
        ("ru", "[кампания]", Fault.UNKNOWN_WORD, "[кампания]", "[компания]"),
        ("ru", "[день собеседавания]", Fault.UNKNOWN_WORD, "[день собеседавания]", "[день собеседования]"),
        ("en", "[compny]", Fault.UNKNOWN_WORD, "[compny]", "[company]"),
        ("en", "{{ salary }}", Fault.UNKNOWN_WORD, "salary", None),
        ("en", "{{ company", Fault.SYNTAX, None, None),
        ("en", "[company]", Fault.MISSING_WORD, "company", None),
        ("en", "a" * (WORDED_LIMIT + 1), Fault.TOO_LONG, None, None),
        ("en", " \n ", Fault.BLANK, None, None),
    ],
)
def test_a_mistake_is_named(
    language: str, source: str, fault: Fault, placeholder: str | None, nearest: str | None
) -> None:
    with pytest.raises(PackError) as error:
        own(source, language)

    assert error.value.fault is fault
    if placeholder:
        assert error.value.placeholder == placeholder
        assert PACKS.placeholders(language).nearest(placeholder if "[" in placeholder else "") == nearest


def test_long_names_do_not_make_a_message_too_long() -> None:
    with pytest.raises(PackError) as error:
        own("[company] " * (OWN_LIMIT // 10), "en", company="A very long name of a company")

    assert error.value.fault is Fault.TOO_LONG


@pytest.mark.parametrize(
    ("language", "source", "expected"),
    [
        ("ru", "Тема: Привет\n\nСпасибо!", Wording("Привет", "Спасибо!")),
        ("ru", "тема : Привет, [имя]\nСпасибо!", Wording("Привет, Ольга", "Спасибо!")),
        ("en", "Subject: Hi\n\nThanks!", Wording("Hi", "Thanks!")),
        ("en", "Thanks!", Wording("Thank you for the interview", "Thanks!")),
        ("ru", "Темы: две", Wording("Спасибо за встречу", "Темы: две")),
    ],
)
def test_the_subject_of_a_letter(language: str, source: str, expected: Wording) -> None:
    assert PACKS.render("thank_you", language, Words(contact_name="Ольга"), source) == expected


def test_a_script_has_no_subject() -> None:
    assert PACKS.render("call", "ru", Words(), "Тема: одна") == Wording(None, "Тема: одна")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_placeholder_says_something(language: str) -> None:
    values = PACKS.values(language, PACKS.sample(language, TODAY))

    assert [name for name, value in values.items() if not value] == []
    assert all(name == name.casefold() == " ".join(name.split()) for name in values)


def test_both_languages_have_the_same_words() -> None:
    said = {
        language: {
            word
            for name in PACKS.placeholders(language).table
            for word in PACKS.placeholders(language).said_by(name)
        }
        for language in LANGUAGES
    }

    assert said["ru"] == said["en"]


def test_what_placeholders_mean_in_another_language() -> None:
    meanings = PACKS.placeholders("en").meanings(PACKS.placeholders("ru"))

    assert (meanings["company"], meanings["by the promised day"]) == ("компания", "к обещанному дню")
    assert "answer day" not in meanings  # Russian says it with a preposition


def test_every_text_for_an_employer_can_be_put_into_own_words() -> None:
    notes = {"retry", "how_did_it_go", "prepare", "stop", "test_task", "formal_request_warning"}

    assert sorted(TEXTS) == sorted({*PACKS.names("ru")} - notes)


@pytest.mark.parametrize("tone", Tone)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TEXTS)
def test_a_text_sent_back_as_it_is_fits_every_vacancy(name: str, language: str, tone: Tone) -> None:
    """Names and days of the one vacancy do not reach another: sent back as it is, a text fits them all."""
    words = replace(PACKS.sample(language, TODAY), tone=tone, form=Form.SHE)
    shown = PACKS.render(name, language, words)
    typed = _generalised(name, language, words, _whole(shown, language))

    assert PACKS.render(name, language, words, typed) == shown
    other = _moved(words, OTHER[language])
    assert PACKS.render(name, language, other, typed) == PACKS.render(name, language, other)


@pytest.mark.parametrize(
    ("typed", "expected", "left"),
    [
        ("Ольга Петровна, здравствуйте!", "[имя], здравствуйте!", ()),
        ("Здравствуйте, Ольга Петровна!", "[обращение]!", ()),
        ("Здравствуйте, Ольга Петровна и все!", "Здравствуйте, [имя] и все!", ()),
        ("Хочу в «Вектор». Вектор — лучший.", "Хочу в [компания]. [компания] — лучший.", ()),
        ("Мне понравилось в Векторе у Ольги Петровны", None, ("Векторе", "Ольги", "Петровны")),
        ("вектор развития", None, ()),
        ("Жду 9 июля 2026 года.", "Жду [дата собеседования].", ()),
        ("Во вторник, 14 июля, и во вторник, 14 июля", "[В обещанный день], и [в обещанный день]", ()),
        ("Уже стоит [имя], {{ company }} Вектора", None, ("Вектора",)),
        ("Спасибо Вам", None, ()),
    ],
)
def test_a_name_typed_as_it_is(typed: str, expected: str | None, left: tuple[str, ...]) -> None:
    words = Words(
        contact_name="Ольга Петровна",
        company="Вектор",
        interview_date=date(2026, 7, 9),
        promised_day=TODAY,
        user_name="Анна",
    )
    placeholders, literals = PACKS.placeholders("ru"), PACKS.literals("thank_you", "ru", words)

    assert placeholders.generalised(typed, literals) == (expected or typed)
    assert placeholders.left_over(placeholders.generalised(typed, literals), literals) == left


@settings(deadline=None)  # the first rendering compiles
@given(
    text=st.text(max_size=200), language=st.sampled_from(LANGUAGES), name=st.sampled_from(["call", "email"])
)
@example(text="[имя", language="ru", name="email")
@example(text="{{ [имя] }}", language="ru", name="email")
@example(text="[{{ x }}]", language="ru", name="email")
@example(text="Тема:", language="ru", name="email")
@example(text="Needs: x", language="en", name="call")
def test_whatever_is_typed_is_worded_or_refused(text: str, language: str, name: str) -> None:
    words = PACKS.sample(language, TODAY)
    typed = _generalised(name, language, words, text)

    try:
        wording = PACKS.render(name, language, words, typed)
    except PackError:
        return
    assert wording.body.strip()


def _generalised(name: str, language: str, words: Words, text: str) -> str:
    return PACKS.placeholders(language).generalised(text, PACKS.literals(name, language, words))


def _whole(wording: Wording, language: str) -> str:
    if wording.subject is None:
        return wording.body
    return f"{PACKS.placeholders(language).subject}: {wording.subject}\n\n{wording.body}"


def _moved(words: Words, other: Words) -> Words:
    """Return the words with other names and later days."""
    days = {
        field: value.replace(month=9, day=value.day % 27 + 1)
        for field in words.__struct_fields__
        if isinstance(value := getattr(words, field), date)
    }
    names = {
        field: value
        for field in other.__struct_fields__
        if isinstance(value := getattr(other, field), str) and not re.search("tone|form$", field)
    }
    return replace(words, **(days | names | {"meeting_time": time(16)}))
