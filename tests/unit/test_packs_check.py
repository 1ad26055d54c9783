"""The check of packs: what comes with the bot passes, and each kind of fault is caught."""

import shutil
from pathlib import Path

import pytest

from bot.pack_check import LanguageCheck, check, combinations
from bot.pack_flaws import flaws
from bot.packs import Packs, Wording, Words

PACKS = Packs.load()
FORBIDDEN = {language: LanguageCheck.of(PACKS, language).forbidden for language in ("ru", "en")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two languages with their tables and one text each."""
    for language in ("ru", "en"):
        home = tmp_path / language / "pack"
        home.mkdir(parents=True)
        for table in ("_words.txt", "_placeholders.txt", "_sample.txt", "_forbidden.txt"):
            shutil.copy(PACKS.folder / language / "pack" / table, home)
        (home / "note.txt").write_text("Ок.\n" if language == "ru" else "Fine.\n", "utf-8")
    return tmp_path


def test_the_packs_that_come_with_the_bot() -> None:
    assert check() == []


def test_an_empty_folder_is_a_problem(tmp_path: Path) -> None:
    assert check(tmp_path) == [f"no packs in {tmp_path}"]


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("Компания {{ company|name }}.", "ru/note: missing word in line 1: company"),
        ("Компания{% if company %} {{ company|name }} {% endif %}.", "a space before punctuation"),
        ("Да{% if company %},{% endif %}", "a comma at the end"),
        ("Ваш ответ {% if position %}нужен{% endif %} мне.", "a double space"),
        ("Привет, {% if contact_name %}{{ contact_name }}{% endif %}, да.", "a space before punctuation"),
        ("{% if company %}Вот{% endif %}", "ru/note: blank"),
        ("{% if company %}Первое.{% endif %} второе.", "a sentence without a capital"),
        ("Был{{ he_she('', 'а', '(а)') }} рад.", "forbidden: “(а)”"),
        ("Почему вы не звоните?", "forbidden: “почему вы не”"),
        ("Я жду {{ deadline|day }}.", "ru/note: missing word in line 1: deadline"),
        ("Я {{ salary }}.", "ru/note: unknown word in line 1: salary"),
        ("Я {% if company %}.", "ru/note: syntax in line 1"),
        ("Needs: deadline\n\nЖду {{ deadline|day }}.", "note: the languages differ"),
        ("Subject: Тема\n\nЖду.", "note: the languages differ"),
    ],
)
def test_a_faulty_template_is_caught(folder: Path, source: str, problem: str) -> None:
    (folder / "ru" / "pack" / "note.txt").write_text(source, "utf-8")

    problems = check(folder)

    assert problems
    assert problem in "\n".join(problems)


def test_a_text_missing_in_one_language_is_caught(folder: Path) -> None:
    (folder / "en" / "pack" / "extra.txt").write_text("More.", "utf-8")

    assert check(folder) == ["ru/extra: no pack: ru/extra"]


def test_a_table_that_lacks_a_tone_is_caught(folder: Path) -> None:
    words = folder / "ru" / "pack" / "_words.txt"
    words.write_text(words.read_text("utf-8").replace("closing.warm", "closing.cold"), "utf-8")

    assert check(folder) == ["ru/_words: closing.warm is missing"]


@pytest.mark.parametrize("template", ["{{ salary }}", "{{ company|upper }}", "{{ company"])
def test_a_placeholder_that_says_nothing_is_caught(folder: Path, template: str) -> None:
    (folder / "ru" / "pack" / "_placeholders.txt").write_text(f"компания = {template}\n", "utf-8")

    assert check(folder) == ["ru/_placeholders: [компания] says nothing"]


def test_an_example_missing_from_the_table_is_caught(folder: Path) -> None:
    (folder / "ru" / "pack" / "note.txt").write_text("Ок{% if company %}, {{ company }}{% endif %}.", "utf-8")
    (folder / "ru" / "pack" / "_sample.txt").write_text("phone = 1\n", "utf-8")

    assert check(folder) == ["ru/note: missing word: company in _sample.txt"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("Нас None.", "a hole"),
        ("Нас {{ company }}.", "a hole"),
        ("Два  пробела.", "a double space"),
        ("Пробел .", "a space before punctuation"),
        ("Пробел « внутри».", "a space before punctuation"),
        ("Точка,.", "doubled punctuation"),
        ("Позиция «» наша.", "empty quotes"),
        ("Слово.\n, и ещё.", "a line that starts with punctuation"),
        ("Слово. \nЕщё.", "a line that ends with a space"),
        ("Это в в среду.", "a word twice"),
        ("Слово. ещё слово.", "a sentence without a capital"),
        ("Слово", None),
        ("\nСлово", "a blank edge"),
        ("Раз.\n\n\nДва.", "too many blank lines"),
        ("С уважением,", "a comma at the end"),
        ("Позиция «аналитик.", "quotes or brackets do not match"),
        ("Позиция „аналитик.", "quotes or brackets do not match"),
        ("Я " * 1951, "the text is too long"),
        ("Я ещё жду ответа.", None),
        ("Позиция «менеджер „Ключевые клиенты“».", None),
    ],
)
def test_a_flaw_is_named(body: str, kind: str | None) -> None:
    found = {flaw.kind for flaw in flaws(Wording(None, body), ())}

    assert found >= {kind} if kind else not found


def test_a_long_subject_is_a_flaw() -> None:
    assert [flaw.kind for flaw in flaws(Wording("Я" * 257, "Да."), ())] == ["the subject is too long"]


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("ru", "Вы обещали позвонить."),  # R81
        ("ru", "Что я сделала не так?"),  # R118
        ("ru", "Я рад(а) знакомству."),
        ("ru", "Прошу дать обратную связь."),
        ("ru", "Жду еще день."),
        ("ru", "Спасибо!!"),
        ("en", "I was just checking in."),  # R3
        ("en", "What did I do wrong?"),  # R118
        ("en", "You promised to call."),  # R81
        ("en", "It is unusual to say thanks."),  # R83
        ("en", "Sorry to bother you."),
    ],
)
def test_a_forbidden_phrase_is_a_flaw(language: str, body: str) -> None:
    assert {flaw.kind for flaw in flaws(Wording(None, body), FORBIDDEN[language])} == {"forbidden"}


def test_combinations_know_and_do_not_know_every_word() -> None:
    template = PACKS.template("light_pressure_letter", "ru")
    examples = LanguageCheck.of(PACKS, "ru").examples

    made = list(combinations(template, examples))

    assert template.uses == {
        *("answered", "contact_name", "contact_role", "company", "deadline"),
        *("interview_date", "phone", "position", "user_name"),
    }
    assert len(set(made)) > 2**7
    assert all(words.deadline for words in made)  # R27: needed
    for field in template.uses - {"deadline"}:
        assert {getattr(words, field) is None for words in made} == {True, False}, field
    assert Words(deadline=made[0].deadline) in made
