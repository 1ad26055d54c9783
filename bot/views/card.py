"""The card of a vacancy, and the ways it ends."""

from datetime import datetime, timedelta

from markupsafe import Markup

from bot.callbacks import Act, Card, Go, Open, Report, Undo
from bot.domain.step import Step
from bot.domain.vacancy import RoleType, Status, Vacancy
from bot.texts import Texts, language_name
from bot.views import call_mode, parts
from bot.views.screen import Rows, Screen, button, rows
from bot.views.settings import place_label


def card(
    texts: Texts, vacancy: Vacancy, step: Step | None, now: datetime, note: Markup | None = None
) -> Screen:
    """Show everything about a vacancy; `note` stands on top, e.g. what was just saved."""
    facts = [
        *(parts.interview_line(texts, interview, now) for interview in vacancy.interviews),
        *([parts.promise_line(texts, vacancy.promise)] if vacancy.promise else []),
        *_kind_lines(texts, vacancy),
    ]
    contacts = [line for contact in vacancy.contacts for line in parts.contact_lines(texts, contact)]
    heading = [texts("card.title", name=parts.title(texts, vacancy)), _status(texts, vacancy, now)]
    return Screen(
        text=parts.joined(note, heading, facts, contacts, parts.next_step_lines(texts, vacancy, step, now)),
        keyboard=_closed_keyboard(texts, vacancy) if vacancy.is_closed else _keyboard(texts, vacancy, step),
    )


def close_menu(texts: Texts, vacancy: Vacancy) -> Screen:
    """Offer the ways a vacancy ends."""
    buttons = (
        button(texts.plain("button.withdraw"), Act(vacancy.id, vacancy.seq, "withdraw")),
        button(texts.plain("button.give_up"), Act(vacancy.id, vacancy.seq, "give_up")),
        button(texts.plain("outcome.refusal"), Report(vacancy.id, vacancy.seq, "refusal", 0)),
        button(texts.plain("outcome.signed"), Report(vacancy.id, vacancy.seq, "signed", 0)),
    )
    return Screen(
        text=parts.joined(texts("close.title", name=parts.title(texts, vacancy))),
        keyboard=(*rows(buttons, 1), *back_row(texts, vacancy)),
    )


def _status(texts: Texts, vacancy: Vacancy, now: datetime) -> Markup:
    if vacancy.status is not Status.OPEN:
        return texts(f"status.{vacancy.status}")
    since = vacancy.silent_since(now)
    if since is None:
        return texts("card.ahead")
    days = (now - since) // timedelta(days=1)
    return texts.count("card.silent", days) if days else texts("card.fresh")


def _kind_lines(texts: Texts, vacancy: Vacancy) -> list[Markup]:
    lines = []
    if vacancy.zone:
        lines.append(texts("card.zone", place=place_label(texts, vacancy.zone)))
    if vacancy.letter_language:
        lines.append(texts("card.letter_language", language=language_name(vacancy.letter_language)))
    if vacancy.tone:
        lines.append(texts("card.tone", tone=texts.plain(f"tone.{vacancy.tone}")))
    if vacancy.role_type is not RoleType.ORDINARY:
        lines.append(texts("card.role_type", kind=texts.plain(f"role_type.{vacancy.role_type}")))
    if vacancy.stages_total:
        lines.append(texts("card.stages", stage=vacancy.stage, total=vacancy.stages_total))
    return lines


def _keyboard(texts: Texts, vacancy: Vacancy, step: Step | None) -> Rows:
    words = (button(texts.plain("button.words"), Card(vacancy.id, "words")),) if step else ()
    return (
        (button(texts.plain("button.log"), Card(vacancy.id, "log")), *words),
        *call_mode.entries(texts, vacancy, step),
        (
            button(texts.plain("button.history"), Card(vacancy.id, "history")),
            button(texts.plain("button.edit"), Card(vacancy.id, "edit")),
        ),
        (
            button(texts.plain("button.close"), Card(vacancy.id, "close")),
            button(texts.plain("button.today"), Go("today")),
        ),
    )


def _closed_keyboard(texts: Texts, vacancy: Vacancy) -> Rows:
    return (
        (button(texts.plain("button.reopen"), Act(vacancy.id, vacancy.seq, "reopen")),),
        (
            button(texts.plain("button.history"), Card(vacancy.id, "history")),
            button(texts.plain("button.today"), Go("today")),
        ),
    )


def undo_row(texts: Texts, vacancy: Vacancy) -> Rows:
    """Return the row that takes back the last report and opens the card."""
    return (
        (
            button(texts.plain("button.undo"), Undo(vacancy.id, vacancy.seq)),
            button(texts.plain("button.card"), Open(vacancy.id)),
        ),
    )


def back_row(texts: Texts, vacancy: Vacancy, side: str | None = None) -> Rows:
    """Return the row that leads back to the card, or to one of its sides."""
    target = Card(vacancy.id, side) if side else Open(vacancy.id)
    return ((button(texts.plain("button.back"), target),),)
