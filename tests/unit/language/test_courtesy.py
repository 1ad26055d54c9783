"""What a name tells for a formal letter; where it does not tell for certain, nothing is guessed."""

import pytest

from bot.domain.users import Form
from bot.language.courtesy import form_of, formal_name

HE, SHE = Form.HE, Form.SHE


@pytest.mark.parametrize(
    ("name", "form", "formally"),
    [
        # the patronymic tells, then the given name, then the surname
        ("Ольга Петровна Смирнова", SHE, "Ольга Петровна"),
        ("Никита Сергеевич", HE, "Никита Сергеевич"),
        ("Илья Кузьмич", HE, "Илья Кузьмич"),
        ("Смирнова Ольга", SHE, "Ольга"),
        ("Екатерина Ким", SHE, "Екатерина"),
        ("Саша Смирнова", SHE, "Саша"),
        ("Саша Иванов", HE, "Саша"),
        ("г-жа Белова", SHE, "г-жа Белова"),
        # names that both bear
        ("Саша", None, "Саша"),
        ("Женя", None, "Женя"),
        ("Слава", None, "Слава"),
        ("отдел кадров", None, "отдел кадров"),
        # an English name: the title that was told, or the given name
        ("Jane Roe", SHE, "Ms Roe"),
        ("jane roe", SHE, "Ms Roe"),
        ("Roe, Jane", SHE, "Ms Roe"),
        ("Jane Roe, PhD", SHE, "Ms Roe"),
        ("Jane van Dyke", SHE, "Ms van Dyke"),
        ("John Smith", HE, "Mr Smith"),
        ("Mrs Roe", SHE, "Mrs Roe"),
        ("Dr Jane Roe", None, "Dr Roe"),
        ("Jane", SHE, "Jane"),
        ("Alex Doe", None, "Alex Doe"),
        ("Andrea Rossi", None, "Andrea Rossi"),
        ("Robin", None, "Robin"),
        ("", None, ""),
    ],
)
def test_what_a_name_tells(name: str, form: Form | None, formally: str) -> None:
    assert (form_of(name), formal_name(name, "en")) == (form, formally)


@pytest.mark.parametrize(
    ("name", "formally"),
    [("Jane Roe", "Jane Roe"), ("Ольга Петровна Смирнова", "Ольга Петровна"), ("Jane", "Jane")],
)
def test_a_name_in_a_russian_letter(name: str, formally: str) -> None:
    assert formal_name(name, "ru") == formally
