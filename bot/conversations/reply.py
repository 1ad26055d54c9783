"""What the employer wrote or said, pasted or forwarded: read, proposed, logged only when confirmed."""

from datetime import date, time

from msgspec import Struct
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.callbacks import Answer, Card, Nav
from bot.context import Context
from bot.conversations.base import StoredConversationHandler
from bot.conversations.logged import show_logged
from bot.domain.facts import Answered
from bot.domain.vacancy import Outcome, Vacancy
from bot.errors import StaleButton
from bot.language.replies import Reply, read_reply
from bot.reporting import next_stage_fact
from bot.taps import data_of
from bot.views import notices, reply

NAME = "reply"
PASTE, WHOSE, CONFIRM = "paste", "whose", "confirm"
END = StoredConversationHandler.END


class ReplyDraft(Struct, frozen=True, omit_defaults=True):
    """A reply under way: whose it is, what it says, what it was read as."""

    vacancy: int | None = None
    seq: int = 0
    text: str = ""
    outcome: Outcome | None = None
    on: date | None = None
    at: time | None = None
    words: str | None = None


def conversation() -> StoredConversationHandler:
    """Return the dialog."""
    text = filters.TEXT & ~filters.COMMAND
    return StoredConversationHandler(
        name=NAME,
        entry_points=[CallbackQueryHandler(ask, Card.pattern(side="reply"))],
        states={
            PASTE: [
                MessageHandler(text, take_text),
                CallbackQueryHandler(cancel, Nav.pattern(step=PASTE, move="cancel")),
            ],
            WHOSE: [
                CallbackQueryHandler(take_vacancy, Answer.pattern(step=WHOSE)),
                CallbackQueryHandler(cancel, Nav.pattern(step=WHOSE, move="cancel")),
            ],
            CONFIRM: [
                CallbackQueryHandler(confirm, Answer.pattern(step=CONFIRM)),
                CallbackQueryHandler(cancel, Nav.pattern(step=CONFIRM, move="cancel")),
            ],
        },
        fallbacks=[CommandHandler("cancel", cancel)],
    )


async def ask(update: Update, context: Context) -> str:
    """Ask for the reply of one vacancy."""
    vacancy = await context.vacancy(Card.unpack(data_of(update)).vacancy)
    context.session.keep(NAME, ReplyDraft(vacancy.id))
    context.show(notices.ask_typed(context.texts, "reply.paste", PASTE))
    return PASTE


async def take_text(update: Update, context: Context) -> str:
    """Read what was pasted and propose what it means."""
    said = (update.message.text if update.message else None) or ""
    vacancy = await context.vacancy(context.draft(ReplyDraft).vacancy or 0)
    return _propose(context, vacancy, said)


async def take_vacancy(update: Update, context: Context) -> str:
    """Take whose reply it is."""
    value = Answer.unpack(data_of(update)).value
    if not value.isdecimal():
        raise StaleButton
    return _propose(context, await context.vacancy(int(value)), context.draft(ReplyDraft).text)


async def confirm(_update: Update, context: Context) -> int:
    """Log the reply as it was read."""
    draft = context.draft(ReplyDraft)
    if draft.outcome is None:
        raise StaleButton
    vacancy = await context.vacancy(draft.vacancy or 0, draft.seq)
    answered = Answered(outcome=draft.outcome, on=draft.on, at=draft.at, words=draft.words)
    invited = draft.outcome is Outcome.NEXT_STAGE and draft.on
    facts = [next_stage_fact(vacancy, draft.on, draft.at, context.user.zone)] if invited and draft.on else []
    reported = context.report(vacancy, answered, *facts)
    await show_logged(context, reported, draft.outcome, on=draft.on, at=draft.at, written=True)
    return END


async def cancel(_update: Update, context: Context) -> int:
    """Log nothing."""
    context.show(notices.cancelled(context.texts))
    return END


async def begin(context: Context, said: str) -> bool:
    """Take a free text as a reply if it reads like one; tell whether it does."""
    vacancies = await context.services.storage.vacancies.active(context.user.id)
    if not vacancies or reply.outcome_of(_read(context, said)) is None:
        return False
    if len(vacancies) == 1:
        step = _propose(context, vacancies[0], said)
    else:
        context.session.keep(NAME, ReplyDraft(text=said))
        context.show(reply.whose(context.texts, vacancies, WHOSE))
        step = WHOSE
    context.session.move(NAME, step)
    return True


def resume(context: Context) -> None:
    """Ask again for the reply."""
    context.show(notices.ask_typed(context.texts, "reply.paste", PASTE))
    context.session.move(NAME, PASTE)


def title(context: Context) -> str:
    """Return what the dialog is about."""
    return context.texts.plain("resume.reply")


def _propose(context: Context, vacancy: Vacancy, said: str) -> str:
    read = _read(context, said)
    draft = ReplyDraft(
        vacancy.id, vacancy.seq, said, reply.outcome_of(read), read.on, read.at, read.hedge or read.quote
    )
    context.session.keep(NAME, draft)
    context.show(reply.proposal(context.texts, vacancy, read, CONFIRM))
    return CONFIRM


def _read(context: Context, said: str) -> Reply:
    user = context.user
    return read_reply(
        said, language=user.language, now=context.now, zone=user.zone or "UTC", country=user.country
    )
