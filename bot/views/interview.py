"""The questions about an interview: one a message, with progress and a way back, past and out."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.callbacks import Answer, Nav
from bot.domain.draft import REQUIRED, InterviewDraft, Question
from bot.domain.vacancy import Channel, Role, RoleType, Who
from bot.texts import Texts
from bot.views import parts
from bot.views.days import HOURS
from bot.views.screen import Button, Rows, Screen, button, rows
from bot.views.settings import place_label

_FRIDAY = 4


def question(texts: Texts, draft: InterviewDraft, now: datetime, problem: str | None = None) -> Screen:
    """Ask the open question; `problem` says why the last answer could not be taken."""
    asked = draft.open_question(now) or Question.PROMISE
    number, total = draft.progress(now)
    heading: Markup | list[Markup] = texts(
        "interview.progress", number=number, total=total, company=draft.company or ""
    ).strip()
    if draft.read:
        heading = understood(texts, draft)
    today = now.astimezone(ZoneInfo(texts.zone)).date()
    text = texts(f"interview.{asked}", company=draft.company or "", name=draft.name or "")
    return Screen(
        text=parts.joined(texts("invalid", problem=problem) if problem else None, heading, text),
        keyboard=(
            *_people(texts, draft, asked),
            *_choices(texts, asked, today),
            *_moves(texts, draft, asked),
        ),
    )


#: What one message can tell, in the order it is shown.
UNDERSTOOD = (
    "company",
    "position",
    "starts_at",
    "role",
    "name",
    "phone",
    "email",
    "username",
    "stage",
    "promise_by",
)


def understood(texts: Texts, draft: InterviewDraft) -> list[Markup]:
    """Show what one message told, a line each, moments with their day and zone."""
    shown: dict[str, object] = {
        "starts_at": _told(texts, draft),
        "role": texts.plain(f"role.{draft.role}") if draft.role else None,
        "stage": draft.stage if draft.stage > 1 else None,
    }
    zone = place_label(texts, texts.zone) if draft.starts_at else ""
    values = {name: shown.get(name, getattr(draft, name)) for name in UNDERSTOOD}
    told = {name: value for name, value in values.items() if value is not None}
    lines = [texts(f"understood.{name}", value=value, zone=zone) for name, value in told.items()]
    return [texts("understood.title"), *lines]


def _told(texts: Texts, draft: InterviewDraft) -> datetime | date | None:
    """Return the moment of the interview, or its day while the hour is open."""
    if draft.starts_at is None or not draft.hour_open:
        return draft.starts_at
    return draft.starts_at.astimezone(ZoneInfo(texts.zone)).date()


def unfinished(texts: Texts, draft: InterviewDraft, asked: str) -> Screen:
    """Offer to go on with the interview that was being told, or to begin anew."""
    name = draft.company or texts.plain("interview.nameless")
    going_on = button(texts.plain("button.go_on"), Nav("any", "resume"))
    anew = button(texts.plain("button.begin_anew"), Nav(asked, "anew"))
    return Screen(text=parts.joined(texts("interview.unfinished", name=name)), keyboard=((going_on, anew),))


#: Questions answered by one tap, with their answers: the value and the text that labels it.
_ANSWERS: dict[Question, list[tuple[str, str]]] = {
    Question.SAME: [("same", "same.same"), ("other", "same.other")],
    Question.WHEN: [(key, f"when.{key}") for key in ("now", "today", "yesterday", "ahead")],
    Question.ROLE: [(role, f"role.{role}") for role in Role if role is not Role.OFFICE],
    Question.KIND: [(kind, f"role_type.{kind}") for kind in RoleType],
    Question.TESTS: [("yes", "button.yes"), ("no", "button.no")],
    Question.WHO: [(who, f"who.{who}") for who in Who],
    Question.CONFIRM: [("save", "button.save")],
    Question.CHANNEL: [(way, f"channel.{way}") for way in Channel if way is not Channel.IN_PERSON],
}
#: The same, where the label is the value.
_FIGURES = {
    Question.STAGE: ("1", "2", "3", "4", "5"),
    Question.HOUR: HOURS,
}


def _choices(texts: Texts, asked: Question, today: date) -> Rows:
    """Return the answers that are one tap."""
    if asked is Question.PROMISE:
        return rows(_promise_days(texts, today))
    if asked in _FIGURES:
        return rows((button(value, Answer(asked, value)) for value in _FIGURES[asked]), 3)
    answers = _ANSWERS.get(asked, [])
    return rows(button(texts.plain(label), Answer(asked, value)) for value, label in answers)


def _people(texts: Texts, draft: InterviewDraft, asked: Question) -> Rows:
    """Return who is known at the employer's already."""
    if asked is not Question.ROLE or draft.vacancy_id is None:
        return ()
    named = ((parts.contact_name(texts, contact), str(contact.id)) for contact in draft.contacts)
    return rows(
        (button(texts.plain("button.contact", name=name), Answer(asked, value)) for name, value in named), 1
    )


def _promise_days(texts: Texts, today: date) -> list[Button]:
    monday = today + timedelta(days=7 - today.weekday())
    days = {"tomorrow": today + timedelta(days=1)}
    if today.weekday() < _FRIDAY - 1:
        days["this_week"] = monday - timedelta(days=3)
    days |= {"next_week": monday + timedelta(days=4), "two_weeks": today + timedelta(days=14)}
    buttons = [
        button(texts.plain(f"promise_day.{key}", day=day), Answer(Question.PROMISE, day.isoformat()))
        for key, day in days.items()
    ]
    return [*buttons, button(texts.plain("promise_day.none"), Answer(Question.PROMISE, "none"))]


def _moves(texts: Texts, draft: InterviewDraft, asked: Question) -> Rows:
    first = [button(texts.plain("button.back_step"), Nav(asked, "back"))] if draft.can_go_back else []
    if asked not in REQUIRED | {Question.SAME, Question.CONFIRM}:
        first.append(button(texts.plain("button.skip"), Nav(asked, "skip")))
    second = [button(texts.plain("button.cancel"), Nav(asked, "cancel"))]
    if not draft.read and asked not in REQUIRED | {Question.SAME, Question.WHO, Question.CHANNEL}:
        second.append(button(texts.plain("button.enough"), Nav(asked, "enough")))
    return tuple(tuple(row) for row in (first, second) if row)
