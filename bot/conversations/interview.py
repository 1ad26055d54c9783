"""Logging an interview: the questions, each answer saved as it is given, a card in the end."""

from msgspec.structs import replace
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.callbacks import Act, Answer, Go, Nav
from bot.context import Context
from bot.conversations.answers import SeveralDays
from bot.conversations.base import StoredConversationHandler
from bot.conversations.interview_answers import chosen, typed
from bot.conversations.notes import read_note
from bot.conversations.tip_offers import offer_tip
from bot.domain.draft import InterviewDraft, Question, draft_of, facts_of
from bot.domain.neighbours import is_same_company
from bot.domain.no_show import next_stage
from bot.domain.vacancy import Vacancy
from bot.errors import InvalidAnswer, StaleButton
from bot.planning import opened, report
from bot.storage.vacancies import new_id
from bot.taps import data_of
from bot.tips import INTERVIEW
from bot.views import card, interview, notices

NAME = "interview"
END = StoredConversationHandler.END


def conversation() -> StoredConversationHandler:
    """Return the dialog."""
    text = filters.TEXT & ~filters.COMMAND
    return StoredConversationHandler(
        name=NAME,
        entry_points=[
            CommandHandler("interview", start),
            CallbackQueryHandler(start, Go.pattern(place="interview")),
            CallbackQueryHandler(tell, Act.pattern(deed="tell")),
        ],
        states={
            asked: [
                MessageHandler(text, take_text),
                CallbackQueryHandler(take_choice, Answer.pattern(step=asked)),
                CallbackQueryHandler(skip, Nav.pattern(step=asked, move="skip")),
                CallbackQueryHandler(back, Nav.pattern(step=asked, move="back")),
                CallbackQueryHandler(again, Nav.pattern(step=asked, move="again")),
                CallbackQueryHandler(enough, Nav.pattern(step=asked, move="enough")),
                CallbackQueryHandler(begin_anew, Nav.pattern(step=asked, move="anew")),
                CallbackQueryHandler(cancel, Nav.pattern(step=asked, move="cancel")),
            ]
            for asked in Question
        },
        fallbacks=[CommandHandler("cancel", cancel)],
    )


async def start(_update: Update, context: Context) -> str | int | None:
    """Ask for the company, or offer to go on with what was begun."""
    dialog = context.session.dialog
    if dialog and dialog.paused and dialog.paused.name == NAME:  # what interrupted it gives way
        context.session.leave(dialog.name)
        dialog = context.session.dialog
    if dialog and dialog.name == NAME and dialog.read(InterviewDraft).done:
        context.show(interview.unfinished(context.texts, context.draft(InterviewDraft), dialog.step))
        return None
    return await begin_anew(_update, context)


async def begin_anew(_update: Update, context: Context) -> str | int | None:
    """Ask for the company of a new interview."""
    return _go_on(context, InterviewDraft())


async def tell(update: Update, context: Context) -> str | int | None:
    """Ask how the interview of a vacancy went, with what is known already."""
    pressed = Act.unpack(data_of(update))
    vacancy = await context.vacancy(pressed.vacancy)
    if vacancy.interview is None or vacancy.interview.told:
        raise StaleButton
    return await _next(context, draft_of(vacancy))


async def take_text(update: Update, context: Context) -> str | int | None:
    """Take a typed answer."""
    draft, asked = _question(context)
    said = (update.message.text if update.message else None) or ""
    if asked is Question.COMPANY and (told := read_note(said, context.user, context.now)):
        await begin(context, told)
        return None
    try:
        draft = typed(draft, asked, said, context.user, context.now)
    except InvalidAnswer as error:
        problem = context.texts(error.key, **error.values)
        context.show(interview.question(context.texts, draft, context.now, problem))
        return None
    except SeveralDays as error:
        context.show(notices.which_day(context.texts, asked, error.ask))
        return None
    if asked is Question.COMPANY:
        draft = await _with_twin(context, draft)
    return await _next(context, draft)


async def begin(context: Context, draft: InterviewDraft) -> None:
    """Go on with what one message told: show what was understood, ask for what is missing."""
    draft = await _with_twin(context, draft)
    context.session.keep(NAME, draft)
    context.session.move(NAME, draft.open_question(context.now) or Question.CONFIRM)
    context.show(interview.question(context.texts, draft, context.now))


async def take_choice(update: Update, context: Context) -> str | int | None:
    """Take a tapped answer."""
    draft, asked = _question(context)
    value = Answer.unpack(data_of(update)).value
    if asked is Question.WHEN and value == "ahead":
        context.show(notices.ask_typed(context.texts, "interview.when_ahead", asked))
        return None
    return await _next(context, chosen(draft, asked, value, context.user, context.now))


async def skip(_update: Update, context: Context) -> str | int | None:
    """Leave the question out."""
    draft, asked = _question(context)
    return await _next(context, draft.skipped(asked))


async def back(_update: Update, context: Context) -> str | int | None:
    """Ask the last question again."""
    return _go_on(context, context.draft(InterviewDraft).back())


async def again(_update: Update, context: Context) -> str | int | None:
    """Ask this question again."""
    return _go_on(context, context.draft(InterviewDraft))


async def enough(_update: Update, context: Context) -> str | int | None:
    """Leave out everything up to what was promised."""
    draft = context.draft(InterviewDraft)
    while (asked := draft.open_question(context.now)) not in {None, Question.PROMISE}:
        draft = draft.answered(Question(asked))
    return await _next(context, draft)


async def cancel(_update: Update, context: Context) -> int:
    """Throw the draft away."""
    context.show(notices.cancelled(context.texts))
    return END


def resume(context: Context) -> None:
    """Show the open question of the draft under way."""
    context.show(interview.question(context.texts, context.draft(InterviewDraft), context.now))


def title(context: Context) -> str:
    """Return which interview is being told."""
    return context.draft(InterviewDraft).company or context.texts.plain("interview.nameless")


def _go_on(context: Context, draft: InterviewDraft) -> str:
    context.session.keep(NAME, draft)
    context.show(interview.question(context.texts, draft, context.now))
    return draft.open_question(context.now) or Question.PROMISE


async def _next(context: Context, draft: InterviewDraft) -> str | int | None:
    """Ask the next question, or save the interview and show its card."""
    if draft.open_question(context.now):
        return _go_on(context, draft)
    stores = context.services.storage
    user, now = context.user, context.now
    vacancy: Vacancy | None = None
    if draft.vacancy_id:
        vacancy = await stores.vacancies.load(user.id, draft.vacancy_id)
    facts = facts_of(draft, vacancy, now)
    reported = report(vacancy, user, now, *facts) if vacancy else opened(new_id(), user, now, *facts)
    context.session.records.append(reported.record)
    note = context.texts("interview.saved")
    context.show(card.card(context.texts, reported.vacancy, reported.step, now, note))
    await offer_tip(context, reported.vacancy, reported.step, INTERVIEW)
    return END


def _question(context: Context) -> tuple[InterviewDraft, Question]:
    draft = context.draft(InterviewDraft)
    asked = draft.open_question(context.now)
    if asked is None:
        raise StaleButton
    return draft, asked


async def _with_twin(context: Context, draft: InterviewDraft) -> InterviewDraft:
    """Note an open vacancy at the same company: it may be the one that is meant."""
    active = await context.services.storage.vacancies.active(context.user.id)
    twin = next((v for v in active if is_same_company(v.company, draft.company or "")), None)
    if twin is None:
        return replace(draft, twin_id=None)
    return replace(draft, twin_id=twin.id, twin_stage=next_stage(twin) - 1, contacts=twin.contacts)
