"""Short screens: help, privacy, what was cancelled, what is to be typed, what went wrong."""

from markupsafe import escape

from bot.callbacks import Answer, Erase, Go, Nav
from bot.language.readings import Ask
from bot.texts import Texts
from bot.views import parts
from bot.views.days import labelled
from bot.views.screen import Document, Row, Screen, button, rows

#: The commands in their order in the menu.
COMMANDS = (
    "interview",
    "today",
    "vacancies",
    "prepare",
    "lessons",
    "tips",
    "pause",
    "settings",
    "help",
    "cancel",
    "privacy",
    "export",
    "delete",
)


def help_screen(texts: Texts) -> Screen:
    """Say what the bot does and which commands it has."""
    listed = [texts("help.command", name=name, what=texts.plain(f"command.{name}")) for name in COMMANDS]
    return Screen(text=parts.joined(texts("help.text"), listed), keyboard=(_likely(texts),))


def ask_typed(texts: Texts, key: str, step: str, problem: str | None = None) -> Screen:
    """Ask for something to be typed."""
    cancel = button(texts.plain("button.cancel"), Nav(step, "cancel"))
    trouble = texts("invalid", problem=problem) if problem else None
    return Screen(text=parts.joined(trouble, texts(key)), keyboard=((cancel,),))


def which_day(texts: Texts, step: str, ask: Ask) -> Screen:
    """Ask which of a few days was meant; another can be typed."""
    buttons = [button(label, Answer(step, value)) for value, label in labelled(texts, ask.candidates)]
    cancel = button(texts.plain("button.cancel"), Nav(step, "cancel"))
    return Screen(text=parts.joined(texts(ask.key)), keyboard=(*rows(buttons, 1), (cancel,)))


def cancelled(texts: Texts) -> Screen:
    """Say that the dialog is over and nothing of it was saved."""
    return Screen(text=parts.joined(texts("cancel.done")), keyboard=(_likely(texts),))


def nothing_to_cancel(texts: Texts) -> Screen:
    """Say that nothing is under way."""
    return Screen(text=parts.joined(texts("cancel.nothing")), keyboard=(_likely(texts),))


def unknown(texts: Texts, resume: str | None) -> Screen:
    """Offer what was probably meant."""
    going_on = ((button(texts.plain("button.resume", what=resume), Nav("any", "resume")),),) if resume else ()
    return Screen(text=parts.joined(texts("unknown.text")), keyboard=(*going_on, _likely(texts)))


def unreadable(texts: Texts, problem: str) -> Screen:
    """Say that a file could not be read, and why."""
    return Screen(text=parts.joined(texts("invalid", problem=problem)), keyboard=(_likely(texts),))


def only_private(texts: Texts, username: str) -> Screen:
    """Say in a group that the bot talks in private."""
    return Screen(text=parts.joined(texts("group.text", link=f"https://t.me/{username}")))


def declined(texts: Texts, why: str) -> Screen:
    """Say why something that was typed cannot be taken any more."""
    return Screen(text=parts.joined(escape(why)), keyboard=(_likely(texts),))


def sorry(texts: Texts) -> Screen:
    """Say that something failed on our side."""
    return Screen(text=parts.joined(texts("error.text")), keyboard=(_likely(texts),))


def privacy(texts: Texts) -> Screen:
    """Say what is stored, why, how long, and how to get and delete it."""
    return Screen(text=parts.joined(texts("privacy.text")))


def exported(texts: Texts, content: bytes) -> Screen:
    """Hand over everything that is stored about the user."""
    return Screen(text=parts.joined(texts("export.text")), document=Document("five-touches.json", content))


def ask_erase(texts: Texts, vacancies: int) -> Screen:
    """Ask once before everything is deleted."""
    yes = button(texts.plain("button.erase"), Erase("yes"))
    no = button(texts.plain("button.keep_all"), Erase("no"))
    return Screen(text=parts.joined(texts.count("delete.ask", vacancies)), keyboard=((yes,), (no,)))


def erased(texts: Texts) -> Screen:
    """Say that everything is deleted."""
    return Screen(text=parts.joined(texts("delete.done")))


def kept(texts: Texts) -> Screen:
    """Say that nothing was deleted."""
    return Screen(text=parts.joined(texts("delete.kept")), keyboard=(_likely(texts),))


def _likely(texts: Texts) -> Row:
    return (
        button(texts.plain("button.log_interview"), Go("interview")),
        button(texts.plain("button.today"), Go("today")),
    )
