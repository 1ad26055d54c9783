"""A letter or a script in the user's own words: shown as it is, typed, looked at, saved."""

from msgspec import Struct
from msgspec.structs import replace
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.callbacks import Answer, Nav, OwnText
from bot.context import Context
from bot.conversations.base import StoredConversationHandler
from bot.domain.users import own_key
from bot.domain.vacancy import Vacancy
from bot.errors import NotFound, StaleButton
from bot.pack_own import OWN_LIMIT
from bot.packs import Fault, PackError
from bot.taps import data_of
from bot.views import notices, own_text, own_words
from bot.views.own_text import Shown
from bot.views.wording import pack_names, words_screens

NAME = "own_words"
TYPE, CHECK = "own_type", "own_check"
END = StoredConversationHandler.END
#: So many texts are kept in own words.
MOST = 20


class OwnDraft(Struct, frozen=True, omit_defaults=True):
    """Which text is to be put into own words, for which vacancy it is looked at, and what was typed."""

    name: str
    language: str
    vacancy: int | None = None
    typed: str = ""
    #: What placeholders said when the text was shown: typed again, it becomes the placeholder.
    literals: dict[str, str] = {}


def conversation() -> StoredConversationHandler:
    """Return the dialog."""
    text = MessageHandler(filters.TEXT & ~filters.COMMAND, take_text)
    return StoredConversationHandler(
        name=NAME,
        entry_points=[CallbackQueryHandler(ask, OwnText.pattern(deed="change"))],
        states={
            TYPE: [
                text,
                CallbackQueryHandler(fix, Answer.pattern(step=TYPE, value="fix")),
                CallbackQueryHandler(cancel, Nav.pattern(step=TYPE, move="cancel")),
            ],
            CHECK: [
                text,
                CallbackQueryHandler(save, Answer.pattern(step=CHECK, value="save")),
                CallbackQueryHandler(again, Nav.pattern(step=CHECK, move="again")),
                CallbackQueryHandler(cancel, Nav.pattern(step=CHECK, move="cancel")),
            ],
        },
        fallbacks=[CommandHandler("cancel", cancel)],
    )


async def ask(update: Update, context: Context) -> str:
    """Show the text as it is, and ask for other words."""
    pressed = OwnText.unpack(data_of(update))
    if pressed.name not in own_words.TEXTS or pressed.language not in context.services.packs.languages:
        raise StaleButton(pressed.name)
    draft = OwnDraft(pressed.name, pressed.language, pressed.vacancy)
    own = context.user.own_words.get(own_key(draft.name, draft.language))
    vacancy = await _vacancy(context, draft)
    try:
        shown = own_text.look(context.reader, draft.name, draft.language, vacancy, own)
    except PackError:  # it was fine once; the original is shown, and can be changed again
        shown = own_text.look(context.reader, draft.name, draft.language, vacancy, None)
    context.session.keep(NAME, replace(draft, literals=dict(shown.literals)))
    context.say(own_text.ask(context.reader, shown, TYPE, own))
    return TYPE


async def take_text(update: Update, context: Context) -> str:
    """Take what was typed, and show how it will look."""
    said = (update.message.text if update.message else None) or ""
    draft = context.draft(OwnDraft)
    typed = context.services.packs.placeholders(draft.language).generalised(said.strip(), draft.literals)
    return await _look(context, replace(draft, typed=typed))


async def fix(_update: Update, context: Context) -> str:
    """Put the placeholder that was probably meant in the place of one that there is not."""
    draft, packs = context.draft(OwnDraft), context.services.packs
    try:
        await _looked(context, draft)
    except PackError as error:
        meant = own_text.nearest_to(packs, error, draft.language)
        if meant is None:
            raise StaleButton from error
        typed = draft.typed.replace(error.placeholder or "", meant)
        return await _look(context, replace(draft, typed=typed))
    raise StaleButton


async def again(_update: Update, context: Context) -> str:
    """Give the typed text back to be corrected."""
    context.show(own_text.again(context.texts, context.draft(OwnDraft).typed, TYPE))
    return TYPE


async def save(_update: Update, context: Context) -> str | int:
    """Keep the typed text in the user's settings; from here on it is said and sent."""
    draft, user = context.draft(OwnDraft), context.user
    key = own_key(draft.name, draft.language)
    if key not in user.own_words and len(user.own_words) >= MOST:
        context.show(own_text.full(context.texts, MOST, CHECK))
        return CHECK
    context.session.user = replace(user, own_words={**user.own_words, key: draft.typed})
    context.show(own_words.saved(context.texts, draft.name, draft.language))
    await _show_in_use(context, draft)
    return END


async def cancel(_update: Update, context: Context) -> int:
    """Change nothing."""
    context.show(notices.cancelled(context.texts))
    return END


def resume(context: Context) -> None:
    """Ask again for the text, with what was typed so far."""
    draft = context.draft(OwnDraft)
    context.show(own_text.waiting(context.texts, draft.name, draft.typed, TYPE))
    context.session.move(NAME, TYPE)


def title(context: Context) -> str:
    """Return which text is being changed."""
    return context.texts.plain(f"own.text.{context.draft(OwnDraft).name}")


async def _look(context: Context, draft: OwnDraft) -> str:
    """Show how a typed text will look, or what is wrong with it; either way it is kept."""
    context.session.keep(NAME, draft)
    try:
        shown = await _looked(context, draft)
    except PackError as error:
        nearest = own_text.nearest_to(context.services.packs, error, draft.language)
        context.show(own_text.mistake(context.texts, error, draft.typed, nearest, TYPE))
        return TYPE
    context.show(own_text.preview(context.reader, shown, draft.typed, CHECK))
    return CHECK


async def _looked(context: Context, draft: OwnDraft) -> Shown:
    if len(draft.typed) > OWN_LIMIT:
        raise PackError(Fault.TOO_LONG)
    vacancy = await _vacancy(context, draft)
    return own_text.look(context.reader, draft.name, draft.language, vacancy, draft.typed)


async def _vacancy(context: Context, draft: OwnDraft) -> Vacancy | None:
    """Return the vacancy that the text is looked at for: the one it belongs to, or the latest."""
    if draft.vacancy is not None:
        try:
            return await context.vacancy(draft.vacancy)
        except NotFound:  # taken out meanwhile
            return None
    active = await context.services.storage.vacancies.active(context.user.id)
    return max(active, key=lambda vacancy: vacancy.opened_at, default=None)


async def _show_in_use(context: Context, draft: OwnDraft) -> None:
    """Show the words of the step that the text was changed from, now that they are the user's own."""
    vacancy = await _vacancy(context, draft) if draft.vacancy is not None else None
    step = context.step_of(vacancy) if vacancy else None
    if vacancy and step and draft.name in pack_names(vacancy, step):
        for screen in words_screens(context.reader, vacancy, step):
            context.say(screen)
