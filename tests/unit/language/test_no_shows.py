"""Short messages that they did not come, and those that only sound like it (H11)."""

import pytest

from bot.language.no_shows import is_no_show

NO_SHOWS = {
    "ru": [
        "не позвонили",
        "Не позвонили!",
        "мне так и не позвонили",
        "Они не пришли",
        "Вектор не вышли на связь",
        "никто не пришёл",
        "HR не подключился",
        "в 14:00 никто не позвонил",
        "собеседование не состоялось",
        "встреча так и не состоялась",
    ],
    "en": [
        "they didn't call",
        "They didn’t call.",
        "They did not show up",
        "nobody called",
        "no one joined the meeting",
        "Acme never called",
        "no-show",
        "they haven't turned up",
        "the interview didn't happen",
        "They stood me up",
    ],
}
OTHERS = {
    "ru": [
        "",
        "не перезвонили",
        "обещали позвонить и не позвонили",
        "не позвонили, но написали письмо",
        "не пришли к решению",
        "я не пришёл",
        "ответ пока не пришёл",
        "почему не позвонили?",
        "не позвонили после собеседования",
        "перенесли на завтра",
        "собеседование состоялось",
        "вчера было собеседование в Векторе, всё прошло хорошо, никто из отдела кадров не пришёл на него",
    ],
    "en": [
        "they didn't call back",
        "they promised to call and didn't call",
        "they did not call but wrote an e-mail",
        "I did not come",
        "they didn't call yet",
        "why didn't they call?",
        "they never called after the interview",
        "it was moved to Thursday",
        "the interview took place",
        "I had an interview at Acme yesterday, it went well, and the manager did not come to it",
    ],
}


@pytest.mark.parametrize(
    ("language", "said"), [(code, said) for code, some in NO_SHOWS.items() for said in some]
)
def test_a_no_show(language: str, said: str) -> None:
    assert is_no_show(said, language)


@pytest.mark.parametrize(
    ("language", "said"), [(code, said) for code, some in OTHERS.items() for said in some]
)
def test_something_else(language: str, said: str) -> None:
    assert not is_no_show(said, language)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_long_text_is_no_short_message(language: str) -> None:
    assert not is_no_show(f"{NO_SHOWS[language][0]} " * 5000, language)
