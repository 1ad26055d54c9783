"""Logging an outcome: what happened, on which day, what was logged and what comes next."""

from datetime import date, datetime, time

from markupsafe import Markup

from bot.callbacks import Act, Card, OnDay, Open, Report, Snooze
from bot.domain.step import Step
from bot.domain.vacancy import Channel, Technique, Vacancy
from bot.reporting import NO_ANSWER, OFFER_DAYS
from bot.texts import Texts, live_moment
from bot.views import days, parts
from bot.views.agreed import at_once_rows
from bot.views.card import undo_row
from bot.views.screen import Row, Rows, Screen, button, rows

#: Offered first; the others stand behind "More".
COMMON = (
    "call_later",
    "promised",
    "vague",
    "undecided",
    "next_stage",
    "test_task",
    "refusal",
    "reserve",
    "offer",
)
RARER = ("asked_to_wait", "security_check", "round", "away", "hr_left", "asks_for_info", "frozen", "signed")
#: Outcomes that name a day, and whether they can come without one.
DATED = {
    "call_later": True,
    "promised": False,
    "next_stage": True,
    "test_task": True,
    "security_check": True,
    "round": True,
    "away": True,
    **dict.fromkeys(OFFER_DAYS, True),
}
#: Steps after which the employer may have said something there and then.
_TALKS = frozenset({Channel.PHONE})
#: Steps that put a question.
_QUESTIONS = frozenset({Technique.SECURE_OFFER, Technique.ASK_REASONS})


def outcome_rows(texts: Texts, vacancy: Vacancy, step: Step | None) -> Rows:
    """Return the buttons that log an outcome of the step, or of whatever happened."""
    touched = int(is_call(step))
    first = [NO_ANSWER] if touched else []
    buttons = [
        button(texts.plain(f"outcome.{name}"), Report(vacancy.id, vacancy.seq, name, touched))
        for name in (*first, *COMMON)
    ]
    more = button(texts.plain("button.more"), Card(vacancy.id, "more"))
    return rows([*buttons, more])


def menu(texts: Texts, vacancy: Vacancy, step: Step | None) -> Screen:
    """Ask what happened."""
    paste = button(texts.plain("button.paste_reply"), Card(vacancy.id, "reply"))
    return Screen(
        text=parts.joined(texts("report.title", name=parts.title(texts, vacancy))),
        keyboard=((paste,), *outcome_rows(texts, vacancy, step), _back(texts, vacancy)),
    )


def more_menu(texts: Texts, vacancy: Vacancy, step: Step | None) -> Screen:
    """Ask what happened, the rarer outcomes."""
    touched = int(is_call(step))
    buttons = [
        button(texts.plain(f"outcome.{name}"), Report(vacancy.id, vacancy.seq, name, touched))
        for name in RARER
    ]
    withdraw = button(texts.plain("button.withdraw"), Act(vacancy.id, vacancy.seq, "withdraw"))
    return Screen(
        text=parts.joined(texts("report.title", name=parts.title(texts, vacancy))),
        keyboard=(*rows([*buttons, withdraw]), _back(texts, vacancy)),
    )


def ask_day(texts: Texts, vacancy: Vacancy, outcome: str, touched: int, today: date) -> Screen:
    """Ask for the day that an outcome names."""
    offered = days.first_days(texts, today) if outcome == "starts_on" else days.ahead(texts, today)
    buttons = [button(label, _on_day(vacancy, outcome, touched, day.isoformat())) for day, label in offered]
    buttons.append(button(texts.plain("day.type"), _on_day(vacancy, outcome, touched, "type")))
    if DATED[outcome]:
        buttons.append(button(texts.plain("day.none"), _on_day(vacancy, outcome, touched, "none")))
    return Screen(
        text=parts.joined(texts(f"report.ask_day.{outcome}", name=parts.title(texts, vacancy))),
        keyboard=(*rows(buttons), _back(texts, vacancy)),
    )


def logged(  # noqa: PLR0913 - the parts of one screen
    texts: Texts,
    vacancy: Vacancy,
    step: Step | None,
    what: str,
    now: datetime,
    *,
    on: date | None = None,
    at: time | None = None,
    say: Markup | None = None,
    above: Rows = (),
) -> Screen:
    """Show what was logged, the day it named, what to say at once, what comes next, and the way back.

    `above`: rows of buttons that come first.
    """
    kind = texts(f"report.kind.{vacancy.status}") if texts.has(f"report.kind.{vacancy.status}") else None
    following = None if vacancy.is_closed and step is None else step
    lines = parts.next_step_lines(texts, vacancy, following, now) if following else None
    return parts.with_words(
        (heading(texts, vacancy, what, on, at),),
        [say] if say else [],
        (kind, lines),
        keyboard=(
            *above,
            *at_once_rows(texts, vacancy, now, confirms=not above),
            *undo_row(texts, vacancy),
        ),
    )


def heading(
    texts: Texts, vacancy: Vacancy, what: str, on: date | None = None, at: time | None = None
) -> Markup:
    """Return what was logged, with the day and the hour it named."""
    return texts("report.logged", name=parts.title(texts, vacancy), what=parts.dated(texts, what, on, at))


def snoozed(texts: Texts, vacancy: Vacancy, step: Step | None, now: datetime) -> Screen:
    """Show when the reminder comes again."""
    due = step.due if step else now
    said = texts("snooze.done", name=parts.title(texts, vacancy), when=live_moment(texts, due))
    return Screen(text=parts.joined(said), keyboard=undo_row(texts, vacancy))


def snooze_menu(texts: Texts, vacancy: Vacancy, today: date, note: Markup | None = None) -> Screen:
    """Ask when to remind again; a promised day to come is offered as well, `note` says what led to it."""
    buttons = [
        button(texts.plain(f"snooze.{choice}"), Snooze(vacancy.id, vacancy.seq, choice))
        for choice in ("hour", "lunch", "tomorrow", "monday")
    ]
    promised = vacancy.promise.by if vacancy.promise else None
    if promised and promised > today:
        label = texts.plain("snooze.promised", day=promised)
        buttons.append(button(label, Snooze(vacancy.id, vacancy.seq, "promised")))
    buttons.append(button(texts.plain("snooze.type"), Snooze(vacancy.id, vacancy.seq, "type")))
    return Screen(
        text=parts.joined(note, texts("snooze.title", name=parts.title(texts, vacancy))),
        keyboard=(*rows(buttons), _back(texts, vacancy)),
    )


def is_call(step: Step | None) -> bool:
    """Tell whether the step is a talk on the phone, whose outcome is an outcome of this touch."""
    return step is not None and step.channel in _TALKS and step.technique is not Technique.PREPARE


def has_outcome(step: Step | None) -> bool:
    """Tell whether what a step has led to is asked: of a question that was put, the answer may come later."""
    return is_call(step) and step is not None and step.technique not in _QUESTIONS


def _on_day(vacancy: Vacancy, outcome: str, touched: int, day: str) -> OnDay:
    return OnDay(vacancy.id, vacancy.seq, outcome, touched, day)


def _back(texts: Texts, vacancy: Vacancy) -> Row:
    return (button(texts.plain("button.back"), Open(vacancy.id)),)
