"""The texts of screens: the bot's own are in order, and the check sees whatever may be wrong with them."""

import json
from functools import cache
from pathlib import Path
from textwrap import dedent

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from bot import text_check
from bot.domain.vacancy import Technique
from bot.packs import locales_folder
from bot.text_check import COUNTS, check, deeds
from bot.text_flaws import Text, flaws, html_problems, read
from bot.text_uses import Emitted, Use, emitted, uses
from bot.texts import Catalogues

LANGUAGES = ("en", "ru")
PACKAGE = Path(text_check.__file__).parent


def test_the_texts_are_in_order() -> None:
    assert check() == []


def test_every_language_has_a_catalogue() -> None:
    assert Catalogues.load(locales_folder()).languages == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_is_worded_with_its_numbers(language: str) -> None:
    """Each with two values of its count, so that no plural form is left out."""
    texts = Catalogues.load(locales_folder()).texts(language)
    for reason in emitted(PACKAGE / "domain"):
        for n in (1, 3):
            values = dict.fromkeys({"days"} if reason.facts is None else reason.facts, n)
            is_counted = bool(values.keys() & COUNTS)
            key = f"why.{reason.rule}"
            said = texts.count(key, n, **values) if is_counted else texts(key, **values)
            assert "{" not in said


@pytest.mark.parametrize(
    ("form", "problems"),
    [
        ("plain <b>and <i>nested</i></b> &lt;3 &#8470;", []),
        (
            '<a href="{link}">a</a> <tg-time unix="1">now</tg-time> <blockquote expandable>x</blockquote>',
            [],
        ),
        ("2 < 3", []),
        ("<b>open", ["<b> is not closed"]),
        ("<b><i>crossed</b></i>", ["</b> closes what is not open", "</i> closes what is not open"]),
        ("shut</b>", ["</b> closes what is not open"]),
        ("<p>paragraph</p>", ["<p> is no tag of Telegram"]),
        ("line<br/>break", ["<br/> is no tag of Telegram"]),
        ("<a>nowhere</a>", ["<a> without an address"]),
        ("R&D", ["a bare &"]),
    ],
)
def test_html(form: str, problems: list[str]) -> None:
    assert html_problems(form) == problems


@pytest.mark.parametrize(
    ("key", "text", "language", "found"),
    [
        ("a.b", Text(("Hello, {name}!",), False), "en", []),
        ("a.b", Text(("one", "two"), True, "a.b"), "en", []),
        ("a.b", Text(("one", "few", "many"), True, "a.b"), "ru", []),
        ("a.b", Text(("one", "many"), True, "a.b"), "ru", ["2 plural forms instead of 3"]),
        ("a.b", Text(("one", "two"), True, "a.c"), "en", ["the plural has another key"]),
        ("a.b", Text((" ",), False), "en", ["empty"]),
        ("a.b", Text(("one", ""), True, "a.b"), "en", ["empty"]),
        ("a.b", Text(("word",), False, None, True), "en", ["fuzzy"]),
        ("a.b", Text(("{",), False), "en", ["Single '{' encountered in format string"]),
        ("a.b", Text(("{0}",), False), "en", ["{0} is no name of a value"]),
        ("a.b", Text(("<p>",), False), "en", ["<p> is no tag of Telegram", "<p> is not closed"]),
        ("button.a", Text(("<b>x</b>",), False), "en", ["HTML where Telegram takes none"]),
        ("button.a", Text(("x" * 40 + "{name}",), False), "en", []),
        ("button.a", Text(("x" * 41,), False), "en", ["41 characters, at most 40"]),
        ("stale.a", Text(("x" * 201,), False), "en", ["201 characters, at most 200"]),
    ],
)
def test_flaws_of_one_text(key: str, text: Text, language: str, found: list[str]) -> None:
    assert list(flaws(key, text, language)) == found


# Catalogues made wrong on purpose


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the bot's catalogues."""
    for path in (locales_folder() / "bot.pot", *locales_folder().glob("*/LC_MESSAGES/bot.po")):
        copy = tmp_path / path.relative_to(locales_folder())
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    return tmp_path


def _change(path: Path, key: str, *, language: str | None, **forms: object) -> None:
    """Replace a text in a catalogue: `text`, `plural` (with forms) or neither, to take it out."""
    catalogue = Catalog(locale=language)
    for known, text in read(path, language).items():
        if known != key:
            catalogue.add((known, known) if text.is_plural else known, _string(text))
    if "text" in forms:
        catalogue.add(key, str(forms["text"]))
    if "plural" in forms:
        catalogue.add((key, key), tuple(forms["plural"]))  # type: ignore[call-overload]  # the table holds tuples
    with path.open("wb") as target:
        write_po(target, catalogue, width=0)


def _string(text: Text) -> str | tuple[str, ...]:
    return text.forms if text.is_plural else text.forms[0]


def _news(folder: Path) -> list[str]:
    return sorted(set(check(folder)) - _known_problems())


@cache
def _known_problems() -> set[str]:
    return set(check())


@pytest.mark.parametrize(
    ("key", "forms", "found"),
    [
        ("help.text", {}, ["en: help.text: asked for and not there", "en: help.text: missing"]),
        ("why.R13", {}, ["en: why.R13: asked for and not there", "en: why.R13: missing"]),
        ("role.hr", {}, ["en: role.hr: asked for and not there", "en: role.hr: missing"]),
        ("deed.keep", {}, ["en: deed.keep: asked for and not there", "en: deed.keep: missing"]),
        ("help.new", {"text": "x"}, ["en: help.new: not in bot.pot"]),
        (
            "snooze.done",
            {"text": "{name} {when} {who}"},
            ["en: snooze.done: who not given in views/report.py:", "snooze.done: who not in every language"],
        ),
        (
            "why.R7",
            {"text": "{heard}"},
            [
                "en: why.R7: heard, until either not said or not known",
                "why.R7: heard, until not in every language",
            ],
        ),
        (
            "push.digest",
            {"text": "{n}"},
            [
                "en: push.digest: no plural, but one is taken in views/push.py:",
                "push.digest: plural in one language only",
            ],
        ),
        (
            "card.ahead",
            {"plural": ("x", "y")},
            ["card.ahead: plural in one language only", "en: card.ahead: plural, but not in views/card.py:"],
        ),
        (
            "why.R5",
            {"plural": ("{last}", "{last}")},
            ["en: why.R5: plural, unlike the facts", "why.R5: plural in one language only"],
        ),
        (
            "resume.typing",
            {"text": "<b>x</b>"},
            ["en: resume.typing: HTML, and there is none in conversations/typing.py:"],
        ),
    ],
)
def test_a_wrong_catalogue_is_found_out(
    folder: Path, key: str, forms: dict[str, object], found: list[str]
) -> None:
    _change(folder / "en" / "LC_MESSAGES" / "bot.po", key, language="en", **forms)

    assert [_without_line(problem) for problem in _news(folder)] == sorted(found)


def test_a_text_that_nothing_asks_for_is_found_out(folder: Path) -> None:
    for language in (None, *LANGUAGES):
        path = folder / language / "LC_MESSAGES" / "bot.po" if language else folder / "bot.pot"
        _change(path, "help.new", language=language, text="x")

    assert _news(folder) == ["help.new: nothing asks for it"]


def test_a_step_without_a_phrase_is_found_out(folder: Path) -> None:
    path = folder / "en" / "LC_MESSAGES" / "bot.po"
    for key in ("step.call", "step.call.call", "step.call.letter"):
        _change(path, key, language="en")

    assert f"en: step.{Technique.CALL}: asked for and not there" in _news(folder)


def test_no_catalogues(tmp_path: Path) -> None:
    (tmp_path / "bot.pot").write_text('msgid "a"\nmsgstr ""\n')

    assert check(tmp_path) == [f"no catalogues in {tmp_path}"]


def _without_line(problem: str) -> str:
    return problem.rstrip("0123456789") if ".py:" in problem else problem


# What the code asks for


def _source(package: Path, code: str) -> None:
    (package / "module.py").write_text(dedent(code), encoding="utf-8")


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('texts("a.b", name=1)', [Use("a.b", "module.py:1", frozenset({"name"}))]),
        ('context.texts("a.b")', [Use("a.b", "module.py:1", frozenset())]),
        ('texts.plain("a.b")', [Use("a.b", "module.py:1", frozenset(), is_plain=True)]),
        ('texts.count("a.b", 3)', [Use("a.b", "module.py:1", frozenset({"n"}), is_plural=True)]),
        ('texts.has("a.b")', [Use("a.b", "module.py:1", is_mention=True)]),
        ('texts("a.b", **values)', [Use("a.b", "module.py:1")]),
        ('texts(f"role.{who.role}")', [Use("role.*", "module.py:1", frozenset())]),
        ('texts("a.b" if x else "a.c")', [Use(f"a.{x}", "module.py:1", frozenset()) for x in "bc"]),
        ('[texts(f"a.{x}") for x in ("b", "c")]', [Use(f"a.{x}", "module.py:1", frozenset()) for x in "bc"]),
        ('raise InvalidAnswer("a.b", limit=3)', [Use("a.b", "module.py:1", frozenset({"limit"}))]),
        ('Invalid("a.b", "32 May")', [Use("a.b", "module.py:1", frozenset({"why"}))]),
        ('Ask("a.b")', [Use("a.b", "module.py:1", frozenset())]),
        ('catalogues.texts(language)', []),
        ('names.count("a.b")', []),
        ('open("words.toml")', []),
        ('"""See a.b."""', []),
        ('"a.b"', []),
        ('x = "a.b"', []),
    ],
)  # fmt: skip
def test_calls_that_ask_for_a_text(tmp_path: Path, code: str, found: list[Use]) -> None:
    _source(tmp_path, code)

    assert [use for use in uses(tmp_path) if not use.is_mention or "has" in code] == [
        use for use in found for _ in range(1 + ("has" in code))
    ]


@pytest.mark.parametrize(
    ("code", "keys"),
    [
        ('x = {"a.b": 1, "c": "d.e"}', ["a.b", "d.e"]),
        ('KEYS = ("b", "c")\ndef f():\n    return [f"a.{x}" for x in KEYS]', ["a.b", "a.c"]),
        ('def f(own):\n    return [f"a.{x}" for x in (*own, "c")]', ["a.*", "a.c"]),
        ('def f(days):\n    x = "b"\n    return [f"a.{x}" for x, _ in days]', ["a.*", "a.b"]),
        ('"""See a.b."""', []),
        ('x = "words.toml"', []),
        ('x = "A sentence. And one more."', []),
    ],
)
def test_keys_named_apart(tmp_path: Path, code: str, keys: list[str]) -> None:
    _source(tmp_path, code)

    assert sorted({use.key for use in uses(tmp_path) if use.is_mention}) == keys


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('x = Reason("R1")', {Emitted("R1", frozenset())}),
        ('def f():\n    return Reason("R1", {"days": 3})', {Emitted("R1", frozenset({"days"}))}),
        (
            'def f(b):\n    return Reason("R1" if b else "R2")',
            {Emitted(f"R{n}", frozenset()) for n in (1, 2)},
        ),
        ('def f():\n    x = {"a": 1}\n    return Reason("R1", x)', {Emitted("R1", frozenset({"a"}))}),
        ('def f(other):\n    return Reason("R1", other.facts)', {Emitted("R1", None)}),
        (
            """
            def f(rule, fact="heard"):
                return Reason(rule, {fact: 1})
            def g():
                return f("R1"), f("R2", "until"), f(rule="R3")
            """,
            {
                Emitted("R1", frozenset({"heard"})),
                Emitted("R2", frozenset({"until"})),
                Emitted("R3", frozenset({"heard"})),
            },
        ),
    ],
)
def test_reasons_with_their_facts(tmp_path: Path, code: str, found: set[Emitted]) -> None:
    _source(tmp_path, code)

    assert emitted(tmp_path) == found


def test_the_playbook_gives_no_reason_that_the_check_does_not_see() -> None:
    lines = (Path(__file__).parent / "domain" / "timelines.jsonl").read_text("utf-8").splitlines()
    given = {rule for line in lines for rule in ((json.loads(line)["expect"] or [""])[-1]).split()}

    assert given <= {reason.rule for reason in emitted(PACKAGE / "domain")}


def test_deeds() -> None:
    assert deeds() == [
        *("withdraw", "give_up", "keep", "reopen", "to_reserve", "skip", "did"),
        *("no_show", "interview_off", "no_new_time", "handed_in", "under_way"),
    ]
