"""The card of a vacancy and its other sides: history, contacts, edit, close."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import singledispatch
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.callbacks import Act, Card, Choose, Edit, Go, Open, Report, Undo
from bot.domain import history
from bot.domain.history import Event, Fact
from bot.domain.step import Step
from bot.domain.vacancy import Interview, Promise, Role, RoleType, Status, Vacancy
from bot.texts import Texts, language_name
from bot.views import call_mode, parts
from bot.views.screen import Rows, Screen, button, rows
from bot.views.settings import place_label, zone_label

#: Fields with a few values to choose from; every other field is typed.
CHOSEN = frozenset({"role_type", "stages_total", "letter_language", "contact_role", "tests"})
#: Fields of the vacancy itself.
_FIELDS = ("company", "position", "role_type", "stages_total", "letter_language", "zone", "promise")
#: The latest events shown in a timeline.
TIMELINE = 15


def card(
    texts: Texts, vacancy: Vacancy, step: Step | None, now: datetime, note: Markup | None = None
) -> Screen:
    """Show everything about a vacancy; `note` stands on top, e.g. what was just saved."""
    facts = [
        *(_interview_line(texts, interview, now) for interview in vacancy.interviews),
        *([_promise_line(texts, vacancy.promise)] if vacancy.promise else []),
        *_kind_lines(texts, vacancy),
    ]
    contacts = [line for contact in vacancy.contacts for line in parts.contact_lines(texts, contact)]
    heading = [texts("card.title", name=parts.title(texts, vacancy)), _status(texts, vacancy, now)]
    return Screen(
        text=parts.joined(note, heading, facts, contacts, parts.next_step_lines(texts, vacancy, step, now)),
        keyboard=_closed_keyboard(texts, vacancy) if vacancy.is_closed else _keyboard(texts, vacancy, step),
    )


def timeline(texts: Texts, vacancy: Vacancy, events: Sequence[Event]) -> Screen:
    """Show what has been reported, oldest first."""
    undone = {fact.seq for event in events for fact in event.facts if isinstance(fact, history.Undone)}
    lines = [
        texts("history.line", day=_local_day(texts, event), what=Markup("; ").join(said))
        for event in events
        if event.seq not in undone
        and (said := [line for fact in event.facts if (line := _said(fact, texts))])
    ]
    heading = texts("history.title", name=parts.title(texts, vacancy))
    return Screen(text=parts.joined(heading, lines[-TIMELINE:]), keyboard=_back(texts, vacancy))


def edit_menu(texts: Texts, vacancy: Vacancy) -> Screen:
    """Offer every field that can be changed."""
    plain = [button(texts.plain(f"field.{field}"), Edit(vacancy.id, field)) for field in _FIELDS]
    interviews = [
        button(
            texts.plain("field.interview", stage=interview.stage),
            Edit(vacancy.id, "interview", interview.stage),
        )
        for interview in vacancy.interviews
    ]
    contacts = [
        button(parts.contact_name(texts, contact), Edit(vacancy.id, "contact", contact.id))
        for contact in vacancy.contacts
    ]
    new = button(texts.plain("button.new_contact"), Edit(vacancy.id, "new_contact"))
    return Screen(
        text=parts.joined(texts("edit.title", name=parts.title(texts, vacancy))),
        keyboard=(*rows([*plain, *interviews, *contacts, new]), *_back(texts, vacancy)),
    )


def edit_contact(texts: Texts, vacancy: Vacancy, contact_id: int) -> Screen:
    """Offer what can be changed about a contact."""
    contact = vacancy.contact(contact_id)
    lines = parts.contact_lines(texts, contact) if contact else []
    fields = ("contact_name", "contact_role", "contact_phone", "contact_email", "contact_username")
    buttons = [button(texts.plain(f"field.{field}"), Edit(vacancy.id, field, contact_id)) for field in fields]
    removal = button(
        texts.plain("button.remove_contact"), Choose(vacancy.id, "contact_removed", contact_id, "yes")
    )
    return Screen(
        text=parts.joined(lines), keyboard=(*rows([*buttons, removal]), *_back(texts, vacancy, "edit"))
    )


def edit_interview(texts: Texts, vacancy: Vacancy, stage: int, now: datetime) -> Screen:
    """Offer what can be changed about an interview."""
    interview = next(i for i in vacancy.interviews if i.stage == stage)
    buttons = [button(texts.plain("field.starts_at"), Edit(vacancy.id, "starts_at", stage))]
    buttons.append(button(texts.plain("field.tests"), Edit(vacancy.id, "tests", stage)))
    if len(vacancy.interviews) > 1:
        cancel = Choose(vacancy.id, "interview_cancelled", stage, "yes")
        buttons.append(button(texts.plain("button.interview_off"), cancel))
    return Screen(
        text=parts.joined(_interview_line(texts, interview, now)),
        keyboard=(*rows(buttons), *_back(texts, vacancy, "edit")),
    )


def choices(texts: Texts, vacancy: Vacancy, field: str, item: int | None, languages: Sequence[str]) -> Screen:
    """Offer the values a field can take."""
    values: dict[str, Sequence[tuple[str, str]]] = {
        "role_type": [(kind, texts.plain(f"role_type.{kind}")) for kind in RoleType],
        "stages_total": [(str(n), str(n)) for n in range(1, 7)],
        "letter_language": [(language, language_name(language)) for language in languages],
        "contact_role": [(role, texts.plain(f"role.{role}")) for role in Role],
        "tests": [("yes", texts.plain("button.yes")), ("no", texts.plain("button.no"))],
    }
    buttons = [button(label, Choose(vacancy.id, field, item, value)) for value, label in values[field]]
    return Screen(
        text=parts.joined(texts(f"edit.ask_{field}")),
        keyboard=(*rows(buttons), *_back(texts, vacancy, "edit")),
    )


def zones(texts: Texts, vacancy: Vacancy, found: Sequence[str], now: datetime) -> Screen:
    """Ask which of a few places the employer is in."""
    buttons = [button(zone_label(texts, zone, now), Choose(vacancy.id, "zone", None, zone)) for zone in found]
    return Screen(
        text=parts.joined(texts("welcome.which_zone")),
        keyboard=(*rows(buttons, 1), *_back(texts, vacancy, "edit")),
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
        keyboard=(*rows(buttons, 1), *_back(texts, vacancy)),
    )


def _status(texts: Texts, vacancy: Vacancy, now: datetime) -> Markup:
    if vacancy.status is not Status.OPEN:
        return texts(f"status.{vacancy.status}")
    since = vacancy.silent_since(now)
    if since is None:
        return texts("card.ahead")
    days = (now - since) // timedelta(days=1)
    return texts.count("card.silent", days) if days else texts("card.fresh")


def _interview_line(texts: Texts, interview: Interview, now: datetime) -> Markup:
    key = "card.interview_ahead" if interview.starts_at > now else "card.interview"
    line = texts(key, stage=interview.stage, when=parts.when(texts, interview))
    return line + texts("card.tests") if interview.tests else line


def _promise_line(texts: Texts, promise: Promise) -> Markup:
    who = texts.plain(f"promise.{promise.who}")
    channel = texts.plain(f"promise.by_{promise.channel}") if promise.channel else ""
    day = promise.by or ""
    key = "card.promise" if promise.by else "card.promise_undated"
    return texts(key, who=who, day=day, channel=channel)


def _kind_lines(texts: Texts, vacancy: Vacancy) -> list[Markup]:
    lines = []
    if vacancy.zone:
        lines.append(texts("card.zone", place=place_label(texts, vacancy.zone)))
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


def _back(texts: Texts, vacancy: Vacancy, side: str | None = None) -> Rows:
    target = Card(vacancy.id, side) if side else Open(vacancy.id)
    return ((button(texts.plain("button.back"), target),),)


def undo_row(texts: Texts, vacancy: Vacancy) -> Rows:
    """Return the row that takes back the last report and opens the card."""
    return (
        (
            button(texts.plain("button.undo"), Undo(vacancy.id, vacancy.seq)),
            button(texts.plain("button.card"), Open(vacancy.id)),
        ),
    )


def _local_day(texts: Texts, event: Event) -> str:
    return texts.day(event.at.astimezone(ZoneInfo(texts.zone)).date())


@singledispatch
def _said(_fact: Fact, _texts: Texts) -> Markup | None:
    """Return a fact in words; corrections of plain fields are not worth a line."""
    return None


@_said.register
def _(_fact: history.Opened, texts: Texts) -> Markup:
    return texts("history.opened")


@_said.register
def _(fact: history.InterviewSet, texts: Texts) -> Markup:
    return texts("history.interview", stage=fact.interview.stage, when=parts.when(texts, fact.interview))


@_said.register
def _(fact: history.InterviewCancelled, texts: Texts) -> Markup:
    return texts("history.interview_off", stage=fact.stage)


@_said.register
def _(fact: history.PromiseMade, texts: Texts) -> Markup | None:
    return _promise_line(texts, fact.promise) if fact.promise else None


@_said.register
def _(fact: history.Touched, texts: Texts) -> Markup:
    what = texts.plain(f"technique.{fact.technique}")
    return texts("history.touched" if fact.reached else "history.unanswered", what=what)


@_said.register
def _(fact: history.Answered, texts: Texts) -> Markup:
    what = texts.plain(f"outcome.{fact.outcome}")
    return (
        texts("history.answered_on", what=what, day=fact.on)
        if fact.on
        else texts("history.answered", what=what)
    )


@_said.register
def _(fact: history.Snoozed, texts: Texts) -> Markup:
    return texts("history.snoozed", until=fact.until)


@_said.register
def _(fact: history.Skipped, texts: Texts) -> Markup:
    return texts("history.skipped", what=texts.plain(f"technique.{fact.technique}"))


@_said.register
def _(_fact: history.Kept, texts: Texts) -> Markup:
    return texts("history.kept")


@_said.register
def _(fact: history.Closed, texts: Texts) -> Markup:
    return texts("history.closed", status=texts.plain(f"status.{fact.status}"))


@_said.register
def _(_fact: history.Reopened, texts: Texts) -> Markup:
    return texts("history.reopened")
