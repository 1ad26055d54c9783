"""Correcting a vacancy: its fields, its contacts, its interviews, and the values each can take."""

from collections.abc import Sequence
from datetime import datetime

from bot.callbacks import Choose, Edit
from bot.domain.users import Pace, Tone
from bot.domain.vacancy import Role, RoleType, Vacancy
from bot.texts import Texts, language_name
from bot.views import parts
from bot.views.card import back_row
from bot.views.screen import Screen, button, rows
from bot.views.settings import zone_label

#: Fields with a few values to choose from; every other field is typed.
CHOSEN = frozenset({"role_type", "pace", "stages_total", "letter_language", "tone", "contact_role", "tests"})
#: The value of a field that follows the settings again.
AS_SET = "as_set"
#: Fields of the vacancy itself.
_FIELDS = (
    *("company", "position", "role_type", "stages_total", "letter_language", "tone", "zone", "promise"),
    "pace",
)


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
        keyboard=(*rows([*plain, *interviews, *contacts, new]), *back_row(texts, vacancy)),
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
        text=parts.joined(lines), keyboard=(*rows([*buttons, removal]), *back_row(texts, vacancy, "edit"))
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
        text=parts.joined(parts.interview_line(texts, interview, now)),
        keyboard=(*rows(buttons), *back_row(texts, vacancy, "edit")),
    )


def choices(texts: Texts, vacancy: Vacancy, field: str, item: int | None, languages: Sequence[str]) -> Screen:
    """Offer the values a field can take."""
    as_set = (AS_SET, texts.plain("button.as_set"))
    values: dict[str, Sequence[tuple[str, str]]] = {
        "role_type": [(kind, texts.plain(f"role_type.{kind}")) for kind in RoleType],
        "pace": [*((pace, texts.plain(f"pace.{pace}")) for pace in Pace), as_set],
        "stages_total": [(str(n), str(n)) for n in range(1, 7)],
        "letter_language": [*((language, language_name(language)) for language in languages), as_set],
        "tone": [*((tone, texts.plain(f"tone.{tone}")) for tone in Tone), as_set],
        "contact_role": [(role, texts.plain(f"role.{role}")) for role in Role],
        "tests": [("yes", texts.plain("button.yes")), ("no", texts.plain("button.no"))],
    }
    buttons = [button(label, Choose(vacancy.id, field, item, value)) for value, label in values[field]]
    return Screen(
        text=parts.joined(texts(f"edit.ask_{field}")),
        keyboard=(*rows(buttons), *back_row(texts, vacancy, "edit")),
    )


def zones(texts: Texts, vacancy: Vacancy, found: Sequence[str], now: datetime) -> Screen:
    """Ask which of a few places the employer is in."""
    buttons = [button(zone_label(texts, zone, now), Choose(vacancy.id, "zone", None, zone)) for zone in found]
    return Screen(
        text=parts.joined(texts("welcome.which_zone")),
        keyboard=(*rows(buttons, 1), *back_row(texts, vacancy, "edit")),
    )
