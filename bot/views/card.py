"""The card of a vacancy, and the ways it ends."""

from datetime import datetime, timedelta

from markupsafe import Markup

from bot.callbacks import Act, Card, Go, Open, Report, Undo
from bot.domain.no_show import is_unmet
from bot.domain.refusals import may_request, standing_refusal
from bot.domain.step import Step
from bot.domain.vacancy import RoleType, Status, Technique, Vacancy
from bot.texts import Texts, language_name
from bot.views import call_mode, parts
from bot.views.agreed import agreed_rows
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
        *(texts("card.lesson", words=parts.shortened(lesson.words)) for lesson in vacancy.lessons[-1:]),
    ]
    offer = parts.offer_lines(texts, vacancy.offer) if vacancy.offer and not vacancy.is_closed else None
    contacts = [line for contact in vacancy.contacts for line in parts.contact_lines(texts, contact)]
    heading = [texts("card.title", name=parts.title(texts, vacancy)), _status(texts, vacancy, now)]
    return Screen(
        text=parts.joined(
            note, heading, facts, offer, contacts, parts.next_step_lines(texts, vacancy, step, now)
        ),
        keyboard=(
            _closed_keyboard(texts, vacancy, step)
            if vacancy.is_closed
            else _keyboard(texts, vacancy, step, now)
        ),
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
        return texts("card.unmet" if is_unmet(vacancy) else "card.ahead")
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
    if vacancy.pace:
        lines.append(texts("card.pace", pace=texts.plain(f"pace.{vacancy.pace}")))
    if vacancy.stages_total:
        lines.append(texts("card.stages", stage=vacancy.stage, total=vacancy.stages_total))
    return lines


def _keyboard(texts: Texts, vacancy: Vacancy, step: Step | None, now: datetime) -> Rows:
    words = (button(texts.plain("button.words"), Card(vacancy.id, "words")),) if step else ()
    offer = button(texts.plain("button.offer"), Card(vacancy.id, "offer"))
    lesson = button(texts.plain("button.lesson"), Card(vacancy.id, "lesson"))
    return (
        *agreed_rows(texts, vacancy, now),
        (button(texts.plain("button.log"), Card(vacancy.id, "log")), *words),
        *(((offer,),) if vacancy.status is Status.OFFERED else ()),
        *(((lesson,),) if standing_refusal(vacancy) else ()),
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


def _closed_keyboard(texts: Texts, vacancy: Vacancy, step: Step | None) -> Rows:
    others = button(texts.plain("button.others"), Card(vacancy.id, "offer"))
    return (
        *(refusal_rows(texts, vacancy, step) if standing_refusal(vacancy) else ()),
        *(((others,),) if vacancy.status is Status.SIGNED else ()),
        (button(texts.plain("button.reopen"), Act(vacancy.id, vacancy.seq, "reopen")),),
        (
            button(texts.plain("button.history"), Card(vacancy.id, "history")),
            button(texts.plain("button.today"), Go("today")),
        ),
    )


def refusal_rows(texts: Texts, vacancy: Vacancy, step: Step | None) -> Rows:
    """Return what can be done after a refusal: the words, the lesson, the reserve, the formal request."""
    offered = [
        button(texts.plain("button.lesson"), Card(vacancy.id, "lesson")),
        button(texts.plain("button.may_call"), Act(vacancy.id, vacancy.seq, "to_reserve")),
    ]
    if step and step.technique is Technique.ASK_REASONS:
        offered.insert(0, button(texts.plain("button.thanks"), Card(vacancy.id, "step")))
    grounds = button(texts.plain("button.ask_grounds"), Card(vacancy.id, "grounds"))
    return (*rows(offered), *(((grounds,),) if may_request(vacancy) else ()))


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
