"""Texts for one user: keys, plurals, days and hours in their words and their zone, escaping."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from bot.packs import locales_folder
from bot.texts import Catalogues, MissingText, Texts, language_name, live_moment

ENGLISH = r"""
msgid ""
msgstr ""
"Language: en\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"Content-Type: text/plain; charset=utf-8\n"

msgid "format.day"
msgstr "EEE, d MMMM"

msgid "hello"
msgstr "<b>Hello</b>, {name}"

msgid "when"
msgstr "{day} / {moment} / {hour}"

msgid "days"
msgid_plural "days"
msgstr[0] "{n} day for {name}"
msgstr[1] "{n} days for {name}"

msgid "obsolete"
msgstr ""
"""
RUSSIAN = r"""
msgid ""
msgstr ""
"Language: ru\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\n"
"Content-Type: text/plain; charset=utf-8\n"

msgid "format.day"
msgstr "EEE, d MMMM"

msgid "when"
msgstr "{day} / {moment} / {hour}"

msgid "days"
msgid_plural "days"
msgstr[0] "{n} день"
msgstr[1] "{n} дня"
msgstr[2] "{n} дней"
"""  # noqa: E501 - the plural rule of a catalogue is one line
NIGHT = datetime(2026, 8, 7, 22, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Catalogues:
    folder = tmp_path_factory.mktemp("locales")
    for language, source in (("en", ENGLISH), ("ru", RUSSIAN)):
        path = Path(folder, language, "LC_MESSAGES", "bot.po")
        path.parent.mkdir(parents=True)
        path.write_text(source, encoding="utf-8")
    return Catalogues.load(folder)


@pytest.fixture(scope="module")
def english(catalogues: Catalogues) -> Texts:
    return catalogues.texts("en", "Europe/London")


@pytest.fixture(scope="module")
def russian(catalogues: Catalogues) -> Texts:
    return catalogues.texts("ru", "Europe/Moscow")


def test_languages(catalogues: Catalogues) -> None:
    assert catalogues.languages == ("en", "ru")


@pytest.mark.parametrize(
    ("code", "language"),
    [("ru", "ru"), ("ru-RU", "ru"), ("RU", "ru"), ("en-GB", "en"), ("de", "en"), ("", "en"), (None, "en")],
)
def test_the_nearest_language(catalogues: Catalogues, code: str | None, language: str) -> None:
    assert catalogues.guess(code) == language


def test_a_user_whose_language_is_gone_reads_english(catalogues: Catalogues) -> None:
    texts = catalogues.texts("de")

    assert (texts.language, texts.zone) == ("en", "UTC")


def test_html_and_plain(english: Texts) -> None:
    assert english("hello", name="R&D <Acme>") == Markup("<b>Hello</b>, R&amp;D &lt;Acme&gt;")
    assert english("hello", name=Markup("<i>Acme</i>")) == Markup("<b>Hello</b>, <i>Acme</i>")
    assert english.plain("hello", name="R&D <Acme>") == "<b>Hello</b>, R&D <Acme>"


@given(st.text())
def test_no_value_becomes_html(catalogues: Catalogues, name: str) -> None:
    said = str(catalogues.texts("en")("hello", name=name))

    assert Markup(said.removeprefix("<b>Hello</b>, ")).unescape() == name
    assert (said.count("<"), said.count(">")) == (2, 2)


def test_a_value_is_not_read_as_a_text(english: Texts) -> None:
    assert english("hello", name="{day} %(x)s") == Markup("<b>Hello</b>, {day} %(x)s")


@pytest.mark.parametrize(
    ("language", "n", "said"),
    [
        ("en", 1, "1 day for &lt;me&gt;"),
        ("en", 0, "0 days for &lt;me&gt;"),
        ("en", 11, "11 days for &lt;me&gt;"),
        ("ru", 1, "1 день"),
        ("ru", 2, "2 дня"),
        ("ru", 5, "5 дней"),
        ("ru", 11, "11 дней"),
        ("ru", 21, "21 день"),
        ("ru", 114, "114 дней"),
    ],
)
def test_plurals(catalogues: Catalogues, language: str, n: int, said: str) -> None:
    assert catalogues.texts(language).count("days", n, name="<me>") == Markup(said)


@pytest.mark.parametrize(
    ("language", "zone", "said"),
    [
        ("en", "Europe/London", "Fri, 7 August / Fri, 7 August, 23:30 / 09:05"),
        ("en", None, "Fri, 7 August / Fri, 7 August, 22:30 / 09:05"),
        ("ru", "Europe/Moscow", "пт, 7 августа / сб, 8 августа, 01:30 / 09:05"),
    ],
)
def test_days_and_hours_in_words(catalogues: Catalogues, language: str, zone: str | None, said: str) -> None:
    texts = catalogues.texts(language, zone)

    assert texts.plain("when", day=date(2026, 8, 7), moment=NIGHT, hour=time(9, 5)) == said
    assert texts("when", day=date(2026, 8, 7), moment=NIGHT, hour=time(9, 5)) == Markup(said)


def test_a_moment_in_the_readers_own_zone(russian: Texts) -> None:
    assert live_moment(russian, NIGHT) == Markup(
        '<tg-time unix="1786141800" format="wDt">сб, 8 августа, 01:30</tg-time>'
    )


@pytest.mark.parametrize("key", ["nothing.like.it", "obsolete"])
def test_a_missing_text_is_a_bug(english: Texts, key: str) -> None:
    """The empty string is one, too: gettext would hand out the header of the catalogue for it."""
    with pytest.raises(MissingText):
        english(key)
    with pytest.raises(MissingText):
        english.plain(key)
    with pytest.raises(MissingText):
        english.count(key, 2)


def test_has(english: Texts, russian: Texts) -> None:
    assert (english.has("hello"), russian.has("hello")) == (True, False)


@pytest.mark.parametrize(("language", "name"), [("en", "English"), ("ru", "Русский")])
def test_what_a_language_calls_itself(language: str, name: str) -> None:
    assert language_name(language) == name


def test_the_bots_own_catalogues_can_be_read() -> None:
    own = Catalogues.load(locales_folder())

    assert [own.texts(language).plain("button.back") != "" for language in own.languages] == [True, True]
