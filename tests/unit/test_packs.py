"""Packs: found, rendered, a user's own text refused with its line and placeholder."""

import subprocess
import sys
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.users import Form
from bot.domain.vacancy import Role
from bot.packs import Fault, PackError, Packs, Wording, Words

PACKS = Packs.load()
DAY = date(2026, 7, 14)  # a Tuesday


def own(source: str, language: str = "ru", **words: object) -> str:
    """Return the body of a user's own text."""
    return PACKS.render("trial_close", language, Words(**words), source).body


def test_a_whole_letter_in_russian() -> None:
    words = Words(
        user_name="Анна Иванова",
        form=Form.SHE,
        phone="+7 900 000-00-01",
        contact_name="Ольга Петровна",
        company="Вектор",
        position="аналитик",
        interview_date=DAY,
    )

    assert PACKS.render("thank_you", "ru", words) == Wording(
        subject="Спасибо за встречу: позиция «аналитик»",
        body="""Здравствуйте, Ольга Петровна!

Спасибо Вам за приглашение на собеседование, за внимание и за время, которое Вы уделили мне 14 июля. \
Была рада с Вами поговорить: встреча получилась приятной и содержательной.

После неё мой интерес к позиции «аналитик» только вырос: задачи, о которых шла речь, мне близки, \
и за них хочется взяться.

Буду ждать результата. Подскажите, пожалуйста, когда и как я смогу о нём узнать?

С уважением,
Анна Иванова
Кандидат на позицию «аналитик»
+7 900 000-00-01""",
    )


def test_a_whole_letter_in_english_with_nothing_known() -> None:
    assert PACKS.render("email", "en", Words()) == Wording(
        subject="My interview",
        body="""Hello,

I recently had an interview. Thank you again for your time and attention.

I would still very much like the job, and working with your team is something I would truly enjoy.

I will call you within three days. Meanwhile I look forward to your answer, and thank you in advance. \
Has a decision been made after the interview? May I hope to go on to the next stage, \
such as meeting my future manager?

Kind regards""",
    )


@pytest.mark.parametrize(
    ("language", "source", "words", "expected"),
    [
        ("ru", "{{ deadline|on }}, {{ deadline|day }}", {"deadline": DAY}, "во вторник, 14 июля"),
        ("ru", "{{ deadline|by }}", {"deadline": DAY}, "ко вторнику"),
        ("ru", "{{ deadline|until }}", {"deadline": date(2026, 7, 15)}, "до среды"),
        ("ru", "{{ deadline|on|capital }}", {"deadline": date(2026, 7, 15)}, "В среду"),
        ("ru", "{{ deadline|full_day }}", {"deadline": DAY}, "14 июля 2026 года"),
        ("en", "{{ deadline|on }}, {{ deadline|full_day }}", {"deadline": DAY}, "on Tuesday, 14 July 2026"),
        ("ru", "{{ meeting_time|clock }}", {"meeting_time": time(14, 30)}, "14:30"),
        ("en", "{{ meeting_time|clock }}", {"meeting_time": time(14, 30)}, "2:30 PM"),
        # names are quoted once, foreign ones not at all
        ("ru", "{{ company|name }}", {"company": "Вектор"}, "«Вектор»"),
        ("ru", "{{ company|name }}", {"company": "«Вектор»"}, "«Вектор»"),
        ("ru", "{{ company|name }}", {"company": 'ООО "Вектор"'}, "ООО «Вектор»"),
        ("ru", "{{ company|name }}", {"company": "Acme Inc."}, "Acme Inc"),
        ("en", "{{ company|name }}", {"company": "Acme Inc."}, "Acme Inc"),
        ("ru", "{{ position|quoted }}", {"position": "«аналитик»"}, "«аналитик»"),
        (
            "ru",
            "{{ position|quoted }}",
            {"position": 'менеджер "Ключевые клиенты"'},
            "«менеджер „Ключевые клиенты“»",
        ),
        ("ru", "{{ hedge|quoted }}", {"hedge": " пока  да. "}, "«пока да»"),
        # a tag on a line of its own leaves no line, one inside a line leaves the line alone
        ("ru", "а\n{% if company %}\nб\n{% endif %}\nв", {}, "а\nв"),
        ("ru", "а{% if company %}, б{% endif %}\nв", {}, "а\nв"),
        ("ru", "а\n\n{% if company %}б{% endif %}\n\nв", {}, "а\n\nв"),
        # what a user typed is no template, and stays on one line
        ("ru", "{{ company }}", {"company": "{{ phone }}\n\nх"}, "{{ phone }} х"),
        ("ru", "{% if company %}есть{% else %}нет{% endif %}", {"company": " . "}, "нет"),
        ("en", "Yours, {{ user_name }}.", {"user_name": "John Smith Jr."}, "Yours, John Smith Jr."),
        (
            "en",
            "{% if contact_role == 'agency' %}a{% else %}b{% endif %}",
            {"contact_role": Role.AGENCY},
            "a",
        ),
    ],
)
def test_placeholders(language: str, source: str, words: dict[str, object], expected: str) -> None:
    assert own(source, language, **words) == expected


@pytest.mark.parametrize(
    ("form", "expected"), [(Form.HE, "рад вам"), (Form.SHE, "рада вам"), (None, "приятно видеть вас")]
)
def test_the_speakers_form(form: Form | None, expected: str) -> None:
    assert own("{{ he_she('рад вам', 'рада вам', 'приятно видеть вас') }}", form=form) == expected


@pytest.mark.parametrize(
    ("source", "fault", "line", "placeholder"),
    [
        ("а\nб {{ salary }}", Fault.UNKNOWN_WORD, 2, "salary"),
        ("а\n{% if salary %}\nб\n{% endif %}", Fault.UNKNOWN_WORD, 2, "salary"),
        ("{{ company|upper }}", Fault.UNKNOWN_WORD, 1, "upper"),
        ("{{ deadline|day(1) }}", Fault.UNKNOWN_WORD, 1, "day"),
        ("{{ form }}", Fault.UNKNOWN_WORD, 1, "form"),
        ("{{ he_she }}", Fault.UNKNOWN_WORD, 1, "he_she"),
        ("{{ he_she('рад', 'рада') }}", Fault.UNKNOWN_WORD, 1, "he_she"),
        ("{{ range(9) }}", Fault.UNKNOWN_WORD, 1, "range"),
        ("{{ ''.format() }}", Fault.UNKNOWN_WORD, 1, "()"),
        (
            "а\n\n{{ company",
            Fault.SYNTAX,
            3,
            "unexpected end of template, expected 'end of print statement'.",
        ),
        ("а\n\n{% if company %}б", Fault.SYNTAX, 3, None),
        ("{{ company.__class__ }}", Fault.NOT_SIMPLE, 1, "getattr"),
        ("{% for letter in company %}{% endfor %}", Fault.NOT_SIMPLE, 1, "for"),
        ("а\n{{ 'а' * 1000000000 }}", Fault.NOT_SIMPLE, 2, "mul"),
        ("{% include 'call' %}", Fault.NOT_SIMPLE, 1, "include"),
        ("{% if company %}" * 30 + "а" + "{% endif %}" * 30, Fault.NOT_SIMPLE, 1, "if"),
        ("{{ " + "(" * 3500 + "company" + ")" * 3500 + " }}", Fault.NOT_SIMPLE, None, None),
        ("а\n{% if not deadline %}\n\n{{ deadline|day }}{% endif %}", Fault.MISSING_WORD, 4, "deadline"),
        ("а {{ phone }}", Fault.MISSING_WORD, 1, "phone"),
        ("Needs: deadline\n\nа", Fault.MISSING_WORD, 1, "deadline"),
        ("Needs: salary\n\nа", Fault.UNKNOWN_WORD, 1, "salary"),
        ("а\n{{ company|day }}", Fault.WRONG_KIND, 2, None),
        ("{% if company > 1 %}а{% endif %}", Fault.WRONG_KIND, 1, None),
        ("а" * 8001, Fault.TOO_LONG, None, None),
        ("", Fault.BLANK, None, None),
        ("Subject:\n\nа", Fault.BLANK, None, None),
    ],
)
def test_an_own_text_that_cannot_be_worded(
    source: str, fault: Fault, line: int | None, placeholder: str | None
) -> None:
    with pytest.raises(PackError) as error:
        own(source, company="Вектор")

    assert (error.value.fault, error.value.line) == (fault, line)
    if placeholder:
        assert error.value.placeholder == placeholder


def test_an_error_reads_well() -> None:
    assert (
        str(PackError(Fault.UNKNOWN_WORD, line=2, placeholder="salary")) == "unknown word in line 2: salary"
    )
    assert str(PackError(Fault.BLANK)) == "blank"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Спасибо!", Wording("Спасибо за встречу", "Спасибо!")),  # the pack's subject stays
        ("Subject: Привет\n\nСпасибо!", Wording("Привет", "Спасибо!")),
        ("\ufeffSubject: Привет\r\n\r\nСпасибо!\r\n", Wording("Привет", "Спасибо!")),
    ],
)
def test_an_own_letter(source: str, expected: Wording) -> None:
    assert PACKS.render("thank_you", "ru", Words(), source) == expected


@settings(deadline=None)  # the first rendering compiles
@given(
    language=st.sampled_from(["ru", "en"]),
    name=st.sampled_from(["call", "email", "opening_position_letter", "thank_you"]),
    typed=st.fixed_dictionaries(
        {},
        optional={
            field: st.text() for field in ("company", "position", "hedge", "contact_name", "user_name")
        },
    ),
)
def test_whatever_is_typed_can_be_worded(language: str, name: str, typed: dict[str, str]) -> None:
    wording = PACKS.render(name, language, Words(contact_role=Role.AGENCY, **typed))

    assert len((wording.subject or "").splitlines()) <= 1
    assert wording.body.count("\n") <= PACKS.source(name, language).count("\n")


def test_a_pack_that_is_not_there() -> None:
    with pytest.raises(PackError, match="no pack: ru/poem"):
        PACKS.render("poem", "ru", Words())


@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_a_text_cannot_do_without(language: str) -> None:
    needs = {name: PACKS.template(name, language).needs for name in PACKS.names(language)}

    assert {name: fields for name, fields in needs.items() if fields} == {
        "light_pressure_a": ("deadline",),  # R27
        "light_pressure_b": ("decided_day", "announced_day"),  # R28
        "light_pressure_letter": ("deadline",),  # R27
        "read_back": ("decided_day", "announced_day"),  # R28
    }


def test_the_source_of_a_text_renders_as_the_text() -> None:
    source = PACKS.source("call", "ru")

    assert PACKS.render("call", "ru", Words(), source) == PACKS.render("call", "ru", Words())


def test_start_up_does_not_load_the_engine() -> None:
    program = "import sys, bot.packs; bot.packs.Packs.load(); print({'jinja2', 'babel'} & set(sys.modules))"

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout == "set()\n"
