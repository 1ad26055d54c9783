"""How people are addressed, and words brought back to the nominative."""

import pytest

from bot.language.names import address, nominative


@pytest.mark.parametrize(
    ("name", "language", "addressed"),
    [
        # name and patronymic, whichever way round the surname stands
        ("Ольга Петровна Смирнова", "ru", "Ольга Петровна"),
        ("Смирнова Ольга Петровна", "ru", "Ольга Петровна"),
        ("Ринат Ильдарович", "ru", "Ринат Ильдарович"),
        ("ольга петровна", "ru", "Ольга Петровна"),
        # a given name alone or beside a surname
        ("Ольга", "ru", "Ольга"),
        ("Оля Смирнова", "ru", "Оля"),
        ("Смирнова Оля", "ru", "Оля"),
        ("Шамиль Гараев", "ru", "Шамиль"),
        # shapes that tell no given name stay as they are
        ("О. П. Смирнова", "ru", "О. П. Смирнова"),
        ("г-жа Смирнова", "ru", "г-жа Смирнова"),
        ("Иванов", "ru", "Иванов"),
        # English: first name, or title and surname
        ("Jane Roe", "en", "Jane"),
        ("Jane", "en", "Jane"),
        ("Dr Jane Roe", "en", "Dr Roe"),
        ("Dr. Jane Roe", "en", "Dr. Roe"),
        ("Ms Roe", "en", "Ms Roe"),
        ("Jane Roe, PhD", "en", "Jane"),
        ("Roe, Jane", "en", "Jane"),
        ("Mary-Ann O'Neil", "en", "Mary-Ann"),
        ("J. Roe", "en", "J. Roe"),
        ("", "en", ""),
        # the script of the name counts, not the language of the letter
        ("Jane Roe", "ru", "Jane"),
        ("Ольга Петровна Смирнова", "en", "Ольга Петровна"),
        ("Olga Petrovna Smirnova", "en", "Olga Petrovna"),
    ],
)
def test_people_are_addressed_by_name(name: str, language: str, addressed: str) -> None:
    assert address(name, language) == addressed


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("с Ольгой Петровной", "Ольга Петровна"),
        ("у Кирилла Смирнова", "Кирилл Смирнов"),
        ("с Любовью Ивановной", "Любовь Ивановна"),
        ("в Яндексе", "Яндекс"),
        ("в Икее", "Икея"),
        ("в Теплосети", "Теплосеть"),
        ("в Северной звезде", "Северная звезда"),
        ("на фабрике Снежок", "фабрика Снежок"),
        ("в Рогах и Копытах", "Рога и Копыта"),
        ("на аналитика", "аналитик"),
        ("на менеджера по продажам", "менеджер по продажам"),
        ("на ведущего инженера-конструктора", "ведущий инженер-конструктор"),
        # what is in the nominative, foreign or unknown is left alone
        ("Клавдия", "Клавдия"),
        ("музей Слово", "музей Слово"),
        ("в ВТБ", "ВТБ"),
        ("в Вайлдберриз", "Вайлдберриз"),
        ("в ООО «Ромашка»", "ООО «Ромашка»"),
        ("Acme Ltd", "Acme Ltd"),
    ],
)
def test_words_come_back_to_the_nominative(phrase: str, expected: str) -> None:
    assert nominative(phrase, "ru") == expected


def test_a_person_is_told_from_a_trade() -> None:
    assert (nominative("аналитика", "ru", person=True), nominative("аналитика", "ru")) == (
        "аналитик",
        "аналитика",
    )
