"""A lesson: what the employer answered about the finalist, typed and kept word for word (R119)."""

from msgspec import Struct
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.callbacks import Act, Card, Nav
from bot.context import Context
from bot.conversations.base import StoredConversationHandler
from bot.domain.facts import LessonLearned
from bot.domain.refusals import standing_refusal
from bot.domain.vacancy import Technique, Vacancy
from bot.errors import StaleButton
from bot.reporting import deed_facts
from bot.taps import data_of
from bot.views import lessons, report

NAME = "lesson"
WORDS = "lesson_words"
END = StoredConversationHandler.END


class LessonDraft(Struct, frozen=True):
    """Where the lesson was learned."""

    vacancy: int
    company: str


def conversation() -> StoredConversationHandler:
    """Return the dialog."""
    return StoredConversationHandler(
        name=NAME,
        entry_points=[
            CallbackQueryHandler(ask, Card.pattern(side="lesson")),
            CallbackQueryHandler(ask_after_call, Act.pattern(deed="asked")),
        ],
        states={
            WORDS: [
                MessageHandler(filters.TEXT & ~filters.COMMAND, take_words),
                CallbackQueryHandler(cancel, Nav.pattern(step=WORDS, move="cancel")),
            ]
        },
        fallbacks=[CommandHandler("cancel", cancel)],
    )


async def ask(update: Update, context: Context) -> str:
    """Ask what there is to learn; only after a refusal (R113)."""
    vacancy = await context.vacancy(Card.unpack(data_of(update)).vacancy)
    if standing_refusal(vacancy) is None:
        raise StaleButton
    begin(context, vacancy)
    return WORDS


async def ask_after_call(update: Update, context: Context) -> str:
    """Log that the question was asked on the phone, and ask what they answered."""
    pressed = Act.unpack(data_of(update))
    vacancy = await context.vacancy(pressed.vacancy, pressed.seq)
    step = context.step_of(vacancy)
    if step is None or step.technique is not Technique.ASK_REASONS:
        raise StaleButton
    reported = context.report(vacancy, *deed_facts("did", step))
    what = context.texts.plain("deed.asked")
    context.show(report.logged(context.texts, reported.vacancy, reported.step, what, context.now))
    begin(context, vacancy)
    return WORDS


def begin(context: Context, vacancy: Vacancy) -> None:
    """Ask in a message of its own what they answered."""
    context.session.keep(NAME, LessonDraft(vacancy.id, vacancy.company))
    context.session.move(NAME, WORDS)
    context.say(lessons.ask(context.texts, vacancy.company, WORDS))


async def take_words(update: Update, context: Context) -> int | None:
    """Keep what was typed, word for word."""
    words = ((update.message.text if update.message else None) or "").strip()
    draft = context.draft(LessonDraft)
    if lessons.length(words) > lessons.PAGE:
        problem = context.texts.plain("invalid.too_long", limit=lessons.PAGE)
        context.show(lessons.ask(context.texts, draft.company, WORDS, problem))
        return None
    vacancy = await context.vacancy(draft.vacancy)
    reported = context.report(vacancy, LessonLearned(words))
    context.show(lessons.saved(context.texts, reported.vacancy))
    return END


async def cancel(_update: Update, context: Context) -> int:
    """Write nothing down now."""
    context.show(lessons.later(context.texts, context.draft(LessonDraft).vacancy))
    return END


def resume(context: Context) -> None:
    """Ask again what they answered."""
    context.show(lessons.ask(context.texts, context.draft(LessonDraft).company, WORDS))


def title(context: Context) -> str:
    """Return what is being asked for."""
    return context.texts.plain("resume.lesson", company=context.draft(LessonDraft).company)
