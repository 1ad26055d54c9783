"""The table of a call: every line can be reached, leads to an end, and has its words (R22-R29, R47-R51)."""

import pytest

from bot.domain.vacancy import Outcome
from bot.packs import Packs, locales_folder
from bot.reporting import NO_ANSWER
from bot.texts import Catalogues
from bot.views import report
from bot.views.call_lines import BEFORE, FIRST, LINES, OFFICE, START, following

PACKS = Packs.load()
CATALOGUES = Catalogues.load(locales_folder())
LANGUAGES = ("en", "ru")

#: What the other side says, by the rules that speak of it: what is said next, and as what it is logged.
HEARD = [
    ("R80 H6", ["no_answer"], "retry", {NO_ANSWER}),
    ("R34", ["secretary"], "office_manager", {NO_ANSWER}),
    ("R61", ["hr_left"], "new_contact", {Outcome.HR_LEFT}),
    ("R61", ["secretary", "hr_left"], "new_contact", {Outcome.HR_LEFT}),
    ("R51", ["busy"], "agree_next_call", {Outcome.CALL_LATER}),
    ("R51", ["not_decided"], "agree_next_call", {Outcome.CALL_LATER, Outcome.ASKED_TO_WAIT}),
    ("R58", ["not_decided", "boss"], "boss_decides", {Outcome.CALL_LATER, Outcome.ASKED_TO_WAIT}),
    ("R59", ["security_check"], "security_check", {Outcome.SECURITY_CHECK}),
    ("R60", ["not_decided", "round"], "round", {Outcome.ROUND}),
    ("R7 R61", ["away"], "away", {Outcome.AWAY}),
    ("R22 R23", ["hedge"], "opening_position_a", {Outcome.VAGUE}),
    ("R23", ["hedge", "hedge_general"], "opening_position_a", {Outcome.VAGUE}),
    ("R24", ["hedge", "hedge_again"], "opening_position_b", {Outcome.VAGUE}),
    ("R25 R90", ["hedge", "hedge_again", "hedge_still"], "opening_position_c", {Outcome.VAGUE}),
    ("R29", ["hedge", "hedge_again", "hedge_still", "decided"], "trial_close", {Outcome.VAGUE}),
    ("R26 R27", ["hedge", "hesitate"], "light_pressure_a", {Outcome.UNDECIDED, Outcome.PROMISED}),
    ("R28 C16", ["soft_date", "read_back"], "read_back", {Outcome.PROMISED}),
    ("R28", ["soft_date", "read_back", "wavers"], "light_pressure_b", {Outcome.PROMISED, Outcome.UNDECIDED}),
    ("R2", ["yes"], "good_news", {Outcome.NEXT_STAGE, Outcome.TEST_TASK}),
    ("R1", ["yes", "offer"], "offer_call", {Outcome.OFFER}),
    ("R114 R117 R118", ["no"], "ask_reasons_call", {Outcome.REFUSAL, Outcome.RESERVE}),
    ("C5", ["no", "reasons"], None, {Outcome.REFUSAL, Outcome.RESERVE}),
]


@pytest.mark.parametrize(("rules", "way", "said", "logs"), HEARD)
def test_what_is_said_next(rules: str, way: list[str], said: str | None, logs: set[str]) -> None:
    for before, name in zip([START, *way], way, strict=False):
        assert name in following(before), rules
    assert (LINES[way[-1]].say, set(LINES[way[-1]].logs)) == (said, logs)


def test_the_first_card_hears_whatever_may_be_said() -> None:
    assert LINES[START].hear == (
        *("no_answer", "secretary", "busy", "not_decided", "hedge", "soft_date"),
        *("security_check", "away", "hr_left", "yes", "no"),
    )


def test_a_call_to_the_office_begins_with_whom_to_ask() -> None:
    """R34: a stranger, asked for somebody whom the call is put through to."""
    office = LINES[OFFICE]

    assert (office.say, office.stranger) == ("office_manager", True)
    assert office.hear == ("no_answer", "put_through", "busy", "away", "hr_left")


def test_the_day_that_is_named_is_a_tap() -> None:
    """R51, R58-R60, R7: these end with a day, which logs the call and plans the next one."""
    assert {name: line.day_logs for name, line in LINES.items() if line.day_logs} == {
        "busy": Outcome.CALL_LATER,
        "not_decided": Outcome.CALL_LATER,
        "boss": Outcome.CALL_LATER,
        "round": Outcome.ROUND,
        "security_check": Outcome.SECURITY_CHECK,
        "away": Outcome.AWAY,
    }


def test_every_line_can_be_reached() -> None:
    assert _from(START) | _from(OFFICE) == set(LINES)


@pytest.mark.parametrize("name", LINES)
def test_every_line_leads_to_an_end(name: str) -> None:
    """R2: there is no call that cannot be logged."""
    assert any(LINES[reached].logs for reached in _from(name))


@pytest.mark.parametrize("name", LINES)
def test_back_leads_to_the_beginning(name: str) -> None:
    way = [name]
    while way[-1] not in FIRST:
        way.append(BEFORE[way[-1]])
        assert len(way) <= len(LINES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LINES)
def test_every_line_has_words(name: str, language: str) -> None:
    """A pack, the opening of the step, or at least a hint; words that repeat a day follow a day."""
    line = LINES[name]
    hint = CATALOGUES.texts(language, "UTC").has(f"talk.hint.{name}")
    if line.say is None:
        assert line.opens or hint
        return
    template = PACKS.template(line.say, language)
    assert not template.is_letter
    assert line.dated == ("announced_day" in template.needs)
    assert set(template.needs) <= {"deadline", "decided_day", "announced_day"}


def test_a_day_is_named_before_it_is_repeated() -> None:
    for name, line in LINES.items():
        if line.dated and name in BEFORE:
            assert LINES[BEFORE[name]].dated or LINES[BEFORE[name]].day_leads_to == name


def test_what_is_logged_are_outcomes_with_their_labels() -> None:
    logged = {outcome for line in LINES.values() for outcome in line.logs}

    assert logged - {NO_ANSWER} <= set(Outcome)
    assert logged <= {NO_ANSWER, *report.COMMON, *report.RARER}


def _from(start: str) -> set[str]:
    """Return the lines that a call can come to from a line."""
    reached, todo = set[str](), [start]
    while todo:
        name = todo.pop()
        if name not in reached:
            reached.add(name)
            todo += following(name)
    return reached
