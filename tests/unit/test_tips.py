"""Tips: each rule has its card with its figures in every language, and the right one comes at its moment."""

import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.step import Step
from bot.domain.users import User
from bot.domain.vacancy import Contact, Interview, Outcome, Promise, Role, RoleType, Technique, Vacancy
from bot.packs import locales_folder
from bot.reporting import NO_ANSWER
from bot.tip_check import LIMIT, RULES, check
from bot.tips import INTERVIEW, Moment, Tips, When, moment_of, tip_for

TIPS = Tips.load(locales_folder())
NOW = datetime(2026, 7, 9, 12, 0, tzinfo=UTC)

#: A rule, the tip that carries it, and what it must say in Russian and in English.
SAID = [
    ("R4", "weighty_post", "осторожность, а не равнодушие", "caution, not indifference"),
    ("R5", "forgetting", "никто не подталкивает", "nobody nudges does not move"),
    ("R6", "appreciation", "чувствовать, что его участие ценят", "feel that their part in it is valued"),
    ("R7", "circumstances", "Это ещё не отказ", "That is no refusal"),
    ("R8", "evasive", "70–80\u00a0%", "70–80%"),
    ("R9", "easy_no", "избегают отказов, но и «да» не говорят", "avoid saying no, and do not say yes"),
    ("R35", "usual_time", "от двух дней до двух недель", "from two days to two weeks"),
    ("R36", "usual_time", "за 2–5 дней", "within 2–5 days"),
    ("R37", "week_limit", "об отказе не сообщают никогда", "never announce a refusal"),
    ("R38", "week_limit", "дольше недели", "longer than a week"),
    ("R41", "call_anyway", "побеждает более сильное резюме", "beats the stronger CV"),
    ("R52", "letter_is_weaker", "прочтут и забудут", "read and forgotten"),
    ("R53", "letter_is_weaker", "среди спама", "among the spam"),
    ("R67", "thanks_remembered", "через пять лет", "in five years"),
    ("R71", "thanks_remembered", "стоит всегда", "always worth sending"),
    ("R73", "certainty", "тревога закончится", "the worry ends"),
    ("R75", "survey", "почти половина", "almost half"),
    ("R76", "survey", "14\u00a0%", "14%"),
    ("R77", "survey", "38\u00a0%", "38%"),
    ("R78", "call_anyway", "энергию и интерес", "drive and interest"),
    ("R83", "thanks_custom", "пока не прижилось", "still catching on"),
    ("R84", "several_decide", "директором или его заместителем", "the CEO or a deputy"),
    ("R85", "sales_calls", "достаточно двух дней", "two days after the interview"),
    ("R86", "forgetting", "без упрёка", "without reproach"),
    ("R87", "keep_searching", "Пока нет предложения", "Until there is an offer"),
    ("R88", "late_call", "появился выбор", "you have a choice"),
    ("R89", "not_an_offer", "ничего не гарантирует", "guarantees nothing"),
    ("R90", "easy_no", "сообщать плохую новость", "bad news is hard to deliver"),
    ("R94", "only_the_hired", "не сообщают ничего", "mostly hears nothing"),
    ("R100", "short_pauses", "паузы между этапами короткие", "pauses between stages are short"),
    ("R101", "agency", "сначала к его консультанту", "to its consultant first"),
    ("R102", "mixed_impression", "держат в запасе", "kept in reserve"),
    ("R103", "courses", "коллекцию сертификатов", "a collection of certificates"),
    ("R104", "fit", "с этим руководителем и этой командой", "with this manager and this team"),
    ("R105", "tempo", "судят о скорости работы", "how fast you work"),
    ("R106", "numbers", "в каждом — число", "a number in each"),
    ("R109", "off_putting", "смотрит, как вы это примете", "watch how you take it"),
    ("R110", "own_questions", "уже думает о деле", "already thinking about the work"),
    ("R111", "own_questions", "сначала обязанности, цели и задачи", "duties, goals and tasks first"),
    ("R112", "research", "история, культура, стратегия", "history, culture, strategy"),
    ("R120", "dragging", "забирают другие", "others take the good people"),
    ("R121", "manners", "о культуре компании", "a company’s culture"),
]

PAST = Moment(logged=INTERVIEW, technique=Technique.THANK_YOU)
SILENT = Moment(logged=NO_ANSWER, technique=Technique.CALL)


@pytest.mark.parametrize(("rule", "tip", "russian", "english"), SAID, ids=lambda value: value)
def test_a_rule_is_said_in_every_language(rule: str, tip: str, russian: str, english: str) -> None:
    found = TIPS.find(tip)

    assert found
    assert rule in found.rules
    for language, words in (("ru", russian), ("en", english)):
        assert words in TIPS.words[language][tip].text


def test_every_rule_is_in_the_table() -> None:
    assert {rule for rule, *_ in SAID} == RULES
    assert sorted((rule, tip) for rule, tip, *_ in SAID) == sorted(
        (rule, tip.id) for tip in TIPS.all for rule in tip.rules
    )


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_tip_is_no_wall_of_text(language: str) -> None:
    for tip in TIPS.all:
        sentences = re.findall(r"[.!?](?:\s|$)", TIPS.words[language][tip.id].text)
        assert 2 <= len(sentences) <= 4, tip.id


@pytest.mark.parametrize(
    ("moment", "tip"),
    [
        (Moment(logged=INTERVIEW, ahead=True, technique=Technique.PREPARE), "research"),
        (Moment(logged="next_stage", ahead=True, technique=Technique.PREPARE), "research"),
        (Moment(logged="next_stage", ahead=True, stage=2), "short_pauses"),
        (PAST, "thanks_remembered"),
        (msgspec.structs.replace(PAST, kind=RoleType.SALES), "sales_calls"),
        (msgspec.structs.replace(PAST, technique=Technique.CALL), "usual_time"),
        (msgspec.structs.replace(PAST, technique=Technique.CALL, promised=True), "survey"),
        (msgspec.structs.replace(PAST, technique=None, promised=True), "several_decide"),
        (msgspec.structs.replace(PAST, technique=None, promised=True, alone=True), "keep_searching"),
        (SILENT, "survey"),
        (
            msgspec.structs.replace(
                SILENT, technique=Technique.EMAIL, contacts=frozenset({Role.HR, Role.AGENCY})
            ),
            "agency",
        ),
        (msgspec.structs.replace(SILENT, technique=Technique.EMAIL), "letter_is_weaker"),
        (msgspec.structs.replace(SILENT, silent_days=2), "survey"),
        (msgspec.structs.replace(SILENT, silent_days=3), "survey"),
        (msgspec.structs.replace(SILENT, silent_days=3, technique=Technique.TRIAL_CLOSE), "forgetting"),
        (
            msgspec.structs.replace(SILENT, kind=RoleType.SENIOR, technique=Technique.OPENING_POSITION),
            "weighty_post",
        ),
        (Moment(logged="vague", technique=Technique.OPENING_POSITION), "evasive"),
        (Moment(logged="undecided", technique=Technique.LIGHT_PRESSURE), "dragging"),
        (Moment(logged="undecided", technique=Technique.LIGHT_PRESSURE, alone=True), "evasive"),
        (Moment(logged="away", technique=Technique.CALL), "circumstances"),
        (Moment(logged="promised", technique=Technique.CALL), "several_decide"),
        (Moment(logged="call_later", technique=Technique.CALL, alone=True), "keep_searching"),
        (Moment(logged="call_later", technique=Technique.CALL), "appreciation"),
        (Moment(logged="test_task", technique=Technique.TEST_TASK), "short_pauses"),
        (Moment(logged="reserve"), "mixed_impression"),
        (Moment(logged="offer"), "late_call"),
        (Moment(logged="refusal"), None),
        (Moment(logged="signed"), None),
    ],
)
def test_the_tip_of_a_moment(moment: Moment, tip: str | None) -> None:
    found = tip_for(TIPS.all, moment, ())

    assert (found.id if found else None) == tip


def test_silence_brings_one_tip_after_the_other_and_then_none() -> None:
    moment = msgspec.structs.replace(SILENT, silent_days=8)
    seen: list[str] = []
    while found := tip_for(TIPS.all, moment, seen):
        seen.append(found.id)

    assert seen == ["survey", "forgetting", "week_limit", "only_the_hired", "call_anyway", "certainty"]


MOMENTS = st.builds(
    Moment,
    logged=st.sampled_from([*Outcome, NO_ANSWER, INTERVIEW]),
    ahead=st.booleans(),
    promised=st.booleans(),
    alone=st.booleans(),
    kind=st.sampled_from(RoleType),
    contacts=st.frozensets(st.sampled_from(Role)),
    technique=st.none() | st.sampled_from(Technique),
    silent_days=st.integers(0, 60),
    stage=st.integers(1, 5),
)


@given(MOMENTS, st.sets(st.sampled_from([tip.id for tip in TIPS.all])))
def test_a_tip_that_was_seen_never_comes_again(moment: Moment, seen: set[str]) -> None:
    found = tip_for(TIPS.all, moment, seen)

    assert found == tip_for(TIPS.all, moment, sorted(seen))
    assert found is None or found.id not in seen
    assert moment.logged not in {Outcome.REFUSAL, Outcome.SIGNED} or found is None


@pytest.mark.parametrize(("tip", "when"), [(tip.id, when) for tip in TIPS.all for when in tip.when], ids=str)
def test_every_tip_comes_once_the_others_were_seen(tip: str, when: When) -> None:
    moment = Moment(
        logged=when.after[0],
        ahead=bool(when.ahead),
        promised=bool(when.promised),
        alone=bool(when.alone),
        kind=when.kinds[0] if when.kinds else RoleType.ORDINARY,
        contacts=frozenset(when.contacts or ()),
        technique=when.techniques[0] if when.techniques else None,
        silent_days=when.silent_days or 0,
        stage=when.from_stage or 1,
    )

    found = tip_for(TIPS.all, moment, {other.id for other in TIPS.all} - {tip})

    assert found == TIPS.find(tip)


def test_a_vacancy_at_a_moment() -> None:
    met = NOW - timedelta(days=6, hours=1)
    vacancy = Vacancy(
        id=1,
        owner_id=2,
        opened_at=met,
        company="Acme",
        role_type=RoleType.SENIOR,
        status_since=met,
        contacts=(Contact(id=1, role=Role.AGENCY), Contact(id=2, role=Role.MANAGER)),
        interviews=(Interview(stage=2, starts_at=met - timedelta(hours=1)),),
        promise=Promise(),
    )
    step = Step(technique=Technique.CALL, due=NOW, anchor="")

    assert moment_of(vacancy, step, NO_ANSWER, NOW, 0) == Moment(
        logged=NO_ANSWER,
        promised=True,
        alone=True,
        kind=RoleType.SENIOR,
        contacts=frozenset({Role.AGENCY, Role.MANAGER}),
        technique=Technique.CALL,
        silent_days=6,
        stage=2,
    )


def test_the_moment_before_an_interview() -> None:
    ahead = (Interview(starts_at=NOW + timedelta(days=1), told=False),)
    vacancy = Vacancy(id=1, owner_id=2, opened_at=NOW, company="Acme", status_since=NOW, interviews=ahead)

    assert moment_of(vacancy, None, INTERVIEW, NOW, 3) == Moment(logged=INTERVIEW, ahead=True)


def test_users_stored_before_there_were_tips_can_be_read() -> None:
    assert msgspec.json.decode(b'{"id":1,"language":"ru"}', type=User) == User(id=1, language="ru")


# The check


def test_the_tips_are_in_order() -> None:
    assert check() == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the bot's texts."""
    return Path(shutil.copytree(locales_folder(), tmp_path / "locales"))


@pytest.mark.parametrize(
    ("file", "old", "new", "found"),
    [
        ("tips.toml", '["R120"]', '["R1"]', ["R120: no tip"]),
        ("tips.toml", '["R120"]', "[]", ["tip dragging: carries no rule", "R120: no tip"]),
        ("tips.toml", '"away", "frozen"', '"gone"', ["tip circumstances: after gone?"]),
        ("tips.toml", '[{ after = ["away", "frozen"] }]', "[]", ["tip circumstances: never comes"]),
        (
            "tips.toml",
            '"evasive"',
            '"e:"',
            [
                "tip e:: an id of other letters than a-z and _, or too long for a button",
                "en/tip evasive: no such tip",
                "en/tip e:: missing",
                "ru/tip evasive: no such tip",
                "ru/tip e:: missing",
            ],
        ),
        ("en/tips.toml", "[survey]", "[poll]", ["en/tip poll: no such tip", "en/tip survey: missing"]),
        ("en/tips.toml", "So six in ten", "You promised", ["en/tip survey: forbidden: “you promised”"]),
        (
            "ru/tips.toml",
            "Значит, шестеро",
            "Значит , шестеро",
            ["ru/tip survey: a space before punctuation"],
        ),
        ("ru/tips.toml", "Решает не один человек", "А" * LIMIT, ["ru/tip several_decide: 8"]),
    ],
)
def test_a_wrong_file_is_found_out(folder: Path, file: str, old: str, new: str, found: list[str]) -> None:
    path = folder / file
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")

    problems = check(folder)

    assert len(problems) == len(found)
    for problem, beginning in zip(problems, found, strict=True):
        assert problem.startswith(beginning)


@pytest.mark.parametrize("file", ["tips.toml", "ru/tips.toml"])
def test_a_file_of_another_shape_is_found_out(folder: Path, file: str) -> None:
    (folder / file).write_text("survey = 38", "utf-8")

    (problem,) = check(folder)
    assert problem.startswith("tips: ")


def test_a_language_without_tips_is_found_out(folder: Path) -> None:
    (folder / "ru" / "tips.toml").unlink()

    assert check(folder) == [f"ru/tip {tip.id}: missing" for tip in TIPS.all]
