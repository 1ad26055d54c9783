"""A vacancy's card and its other sides."""

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.callbacks import Card, Choose, Edit, Open
from bot.context import Context
from bot.conversations.logged import around_of
from bot.domain.facts import ContactRemoved, Edited, Fact, InterviewCancelled
from bot.domain.users import Pace, Tone
from bot.domain.vacancy import Role, RoleType, Vacancy
from bot.errors import NotFound, StaleButton
from bot.reporting import changed_contact, changed_interview
from bot.taps import data_of
from bot.views import beside, card, editing, push, report, timeline
from bot.views.welcome import known_zone
from bot.views.wording import words_screens


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Return the handlers of this module."""
    return [
        CallbackQueryHandler(show_card, Open.pattern()),
        CallbackQueryHandler(show_side, Card.pattern()),
        CallbackQueryHandler(show_choices, Edit.pattern()),
        CallbackQueryHandler(take_choice, Choose.pattern()),
    ]


async def show_card(update: Update, context: Context) -> None:
    """Show the card."""
    vacancy = await context.vacancy(Open.unpack(data_of(update)).vacancy)
    context.show(card.card(context.texts, vacancy, context.step_of(vacancy), context.now))


async def show_side(update: Update, context: Context) -> None:
    """Show another side of the card."""
    pressed = Card.unpack(data_of(update))
    vacancy = await context.vacancy(pressed.vacancy)
    texts, step = context.texts, context.step_of(vacancy)
    match pressed.side:
        case "history":
            events = await context.services.storage.vacancies.history(context.user.id, vacancy.id)
            context.show(timeline.timeline(texts, vacancy, events))
        case "edit":
            context.show(editing.edit_menu(texts, vacancy))
        case "close":
            context.show(card.close_menu(texts, vacancy))
        case "log":
            context.show(report.menu(texts, vacancy, step))
        case "more":
            context.show(report.more_menu(texts, vacancy, step))
        case "later":
            context.show(report.snooze_menu(texts, vacancy, context.today))
        case "words" if step:
            # A step that nothing is said in, such as waiting, is shown itself.
            for screen in words_screens(context.reader, vacancy, step) or (
                push.push(context.reader, vacancy, step),
            ):
                context.say(screen)
        case "step" if step:
            note = beside.note(texts, step, await around_of(context, vacancy))
            context.say(push.listed(texts, push.push(context.reader, vacancy, step, note=note)))
        case _:
            raise StaleButton(pressed.side)


async def show_choices(update: Update, context: Context) -> None:
    """Offer the values of a field that is chosen, or the fields of a contact or an interview."""
    pressed = Edit.unpack(data_of(update))
    vacancy = await context.vacancy(pressed.vacancy)
    if pressed.field == "contact" and vacancy.contact(pressed.item):
        context.show(editing.edit_contact(context.texts, vacancy, pressed.item or 0))
    elif pressed.field == "interview" and _has_stage(vacancy, pressed.item):
        context.show(editing.edit_interview(context.texts, vacancy, pressed.item or 0, context.now))
    elif pressed.field in editing.CHOSEN:
        languages = context.services.catalogues.languages
        context.show(editing.choices(context.texts, vacancy, pressed.field, pressed.item, languages))
    else:
        raise StaleButton(pressed.field)


async def take_choice(update: Update, context: Context) -> None:
    """Take a chosen value."""
    pressed = Choose.unpack(data_of(update))
    vacancy = await context.vacancy(pressed.vacancy)
    try:
        fact = _fact(vacancy, pressed, context.services.catalogues.languages)
    except ValueError as error:
        raise StaleButton(pressed.value) from error
    reported = context.report(vacancy, fact)
    note = context.texts("edit.saved")
    context.show(card.card(context.texts, reported.vacancy, reported.step, context.now, note))


def _fact(vacancy: Vacancy, chosen: Choose, languages: tuple[str, ...]) -> Fact:
    match chosen.field:
        case "contact_role":
            return changed_contact(vacancy, chosen.item, role=Role(chosen.value))
        case "tests":
            return changed_interview(vacancy, chosen.item, tests=chosen.value == "yes")
        case "contact_removed" if vacancy.contact(chosen.item):
            return ContactRemoved(chosen.item or 0)
        case "interview_cancelled" if _has_stage(vacancy, chosen.item) and len(vacancy.interviews) > 1:
            return InterviewCancelled(chosen.item or 0)
    return _edited(chosen, languages)


def _edited(chosen: Choose, languages: tuple[str, ...]) -> Edited:
    """Return the change of a plain field; a value that follows the settings again is none of its own."""
    match chosen.field:
        case "role_type":
            return Edited(fields=("role_type",), role_type=RoleType(chosen.value))
        case "stages_total":
            return Edited(fields=("stages_total",), stages_total=int(chosen.value))
        case "letter_language" | "tone" | "pace" if chosen.value == editing.AS_SET:
            return Edited(fields=(chosen.field,))
        case "letter_language" if chosen.value in languages:
            return Edited(fields=("letter_language",), letter_language=chosen.value)
        case "tone":
            return Edited(fields=("tone",), tone=Tone(chosen.value))
        case "pace":
            return Edited(fields=("pace",), pace=Pace(chosen.value))
        case "zone":
            return Edited(fields=("zone",), zone=known_zone(chosen.value))
    raise NotFound


def _has_stage(vacancy: Vacancy, stage: int | None) -> bool:
    return any(interview.stage == stage for interview in vacancy.interviews)
