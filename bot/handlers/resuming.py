"""Going on with a dialog that was interrupted: every dialog's open question, by the dialog's name."""

from bot.context import Context, Dialog
from bot.conversations import interview, lesson, own_words, reply, typing, welcome

_RESUME = {
    interview.NAME: interview.resume,
    typing.NAME: typing.resume,
    reply.NAME: reply.resume,
    own_words.NAME: own_words.resume,
    lesson.NAME: lesson.resume,
    welcome.NAME: welcome.resume,
}
_TITLES = {
    interview.NAME: interview.title,
    typing.NAME: typing.title,
    reply.NAME: reply.title,
    own_words.NAME: own_words.title,
    lesson.NAME: lesson.title,
    welcome.NAME: welcome.title,
}


def resume(context: Context) -> bool:
    """Show the open question of the dialog under way; tell whether there is one."""
    dialog = context.session.dialog
    if dialog is None:
        return False
    _RESUME[dialog.name](context)
    return True


def under_way(context: Context) -> str | None:
    """Return what the dialog under way is about, for the button that goes on with it."""
    dialog: Dialog | None = context.session.dialog
    return _TITLES[dialog.name](context) if dialog else None
