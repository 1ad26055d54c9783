"""The first talk: language, name, form, time zone; each can be skipped, none is asked twice."""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.callbacks import Answer, Nav
from bot.context import Context
from bot.conversations import answers
from bot.conversations.base import StoredConversationHandler
from bot.conversations.typed_settings import with_zone
from bot.domain.users import Form, User
from bot.errors import InvalidAnswer, StaleButton
from bot.language.places import zones_of
from bot.taps import data_of
from bot.views import home, welcome

NAME = "welcome"
END = StoredConversationHandler.END


class Question(StrEnum):
    """The questions in their order; stored, so a new name is a migration."""

    NAME = "name"
    FORM = "form"
    ZONE = "zone"


class WelcomeDraft(Struct, frozen=True, omit_defaults=True):
    """What has been asked; the answers are in the user's settings."""

    done: tuple[Question, ...] = ()

    def open_question(self, user: User) -> Question | None:
        """Return what is to be asked next."""
        return next((q for q in Question if q not in self.done and _applies(q, user)), None)


def conversation() -> StoredConversationHandler:
    """Return the dialog."""
    return StoredConversationHandler(
        name=NAME,
        entry_points=[CommandHandler("start", start)],
        states={
            asked: [
                MessageHandler(filters.TEXT & ~filters.COMMAND, take_text),
                CallbackQueryHandler(switch_language, Answer.pattern(step="language")),
                CallbackQueryHandler(take_choice, Answer.pattern(step=asked)),
                CallbackQueryHandler(skip, Nav.pattern(step=asked, move="skip")),
                CallbackQueryHandler(again, Nav.pattern(step=asked, move="again")),
            ]
            for asked in Question
        },
        fallbacks=[CommandHandler("cancel", finish)],
    )


async def start(_update: Update, context: Context) -> str | int | None:
    """Begin, go on, or show the home screen to whom we know."""
    if context.user.welcomed:
        context.show(welcome.welcome_back(context.texts, context.user))
        return None
    dialog = context.session.dialog
    draft = context.draft(WelcomeDraft) if dialog and dialog.name == NAME else WelcomeDraft()
    return _ask(context, draft)


async def take_text(update: Update, context: Context) -> str | int | None:
    """Take a typed answer."""
    said = (update.message.text if update.message else None) or ""
    draft, asked = _question(context)
    try:
        if asked is Question.ZONE:
            _offer_zones(context, said)
            return None
        context.session.user = _with_typed(context.user, asked, said)
    except InvalidAnswer as error:
        problem = context.texts(error.key, **error.values)
        _show(context, asked, problem)
        return None
    return _next(context, draft, asked)


async def take_choice(update: Update, context: Context) -> str | int | None:
    """Take a tapped answer."""
    value = Answer.unpack(data_of(update)).value
    draft, asked = _question(context)
    try:
        match asked:
            case Question.NAME:
                context.session.user = replace(context.user, name=_own_name(update))
            case Question.FORM:
                context.session.user = replace(context.user, form=Form(value))
            case Question.ZONE:
                context.session.user = with_zone(context.user, welcome.known_zone(value))
    except ValueError as error:
        raise StaleButton from error
    return _next(context, draft, asked)


async def switch_language(update: Update, context: Context) -> str | int | None:
    """Speak the other language from here on."""
    language = Answer.unpack(data_of(update)).value
    if language not in context.services.catalogues.languages:
        raise StaleButton
    context.session.user = replace(context.user, language=language)
    return _ask(context, context.draft(WelcomeDraft))


async def skip(_update: Update, context: Context) -> str | int | None:
    """Leave the question out."""
    draft, asked = _question(context)
    return _next(context, draft, asked)


async def again(_update: Update, context: Context) -> str | int | None:
    """Ask this question again."""
    return _ask(context, context.draft(WelcomeDraft))


async def finish(_update: Update, context: Context) -> int:
    """Ask no more."""
    return _end(context)


def resume(context: Context) -> None:
    """Show the open question."""
    _, asked = _question(context)
    _show(context, asked)


def title(context: Context) -> str:
    """Return what the dialog is about."""
    return context.texts.plain("resume.welcome")


def _applies(question: Question, user: User) -> bool:
    match question:
        case Question.NAME:
            return user.name is None
        case Question.FORM:  # only Russian asks how it speaks of the user
            return user.form is None and user.letters_in == "ru"
        case Question.ZONE:
            return user.zone is None


def _question(context: Context) -> tuple[WelcomeDraft, Question]:
    draft = context.draft(WelcomeDraft)
    asked = draft.open_question(context.user)
    if asked is None:
        raise StaleButton
    return draft, asked


def _ask(context: Context, draft: WelcomeDraft) -> str | int:
    asked = draft.open_question(context.user)
    if asked is None:
        return _end(context)
    context.session.keep(NAME, draft)
    _show(context, asked)
    return asked


def _next(context: Context, draft: WelcomeDraft, asked: Question) -> str | int:
    return _ask(context, replace(draft, done=(*draft.done, asked)))


def _show(context: Context, asked: Question, problem: str | None = None) -> None:
    languages = context.services.catalogues.languages
    context.show(welcome.question(context.texts, asked, languages, problem))


def _with_typed(user: User, asked: Question, said: str) -> User:
    if asked is Question.FORM:
        raise InvalidAnswer("invalid.use_buttons")
    return replace(user, name=answers.line(said))


def _offer_zones(context: Context, said: str) -> None:
    zones = zones_of(said, context.user.language, context.now)
    if not zones:
        raise InvalidAnswer("invalid.zone")
    context.show(welcome.confirm_zone(context.texts, zones, context.now))


def _end(context: Context) -> int:
    context.session.user = replace(context.user, welcomed=True)
    context.show(home.invitation(context.texts, context.user))
    return END


def _own_name(update: Update) -> str | None:
    return update.effective_user.full_name if update.effective_user else None
