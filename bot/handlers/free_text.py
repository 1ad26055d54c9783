"""A message that answers no question: a note about an interview, an employer's reply, a contact, a file."""

from typing import Any

from telegram import Message, MessageOriginHiddenUser, MessageOriginUser, Update
from telegram.ext import BaseHandler, MessageHandler, filters

from bot.context import Context
from bot.conversations import answers, interview, reply
from bot.conversations.notes import draft_of_capture, read_note
from bot.domain.draft import draft_read
from bot.errors import InvalidAnswer
from bot.handlers import agreed
from bot.handlers.resuming import under_way
from bot.language.capture import Capture
from bot.views import notices

#: Calendar invitations and contact cards are small.
_LARGEST_FILE = 256 * 1024


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Return the handlers of this module."""
    return [
        MessageHandler(filters.FORWARDED & filters.TEXT, take_forwarded),
        MessageHandler(filters.TEXT & ~filters.COMMAND, take_text),
        MessageHandler(filters.CONTACT, take_contact),
        MessageHandler(filters.Document.ALL, take_file),
    ]


async def take_text(update: Update, context: Context) -> None:
    """Take a text for what it reads like, or offer what was probably meant."""
    said = (update.message.text if update.message else None) or ""
    if await agreed.take_no_show(context, said):
        return
    note = read_note(said, context.user, context.now)
    is_plain = note and note.company and note.starts_at  # a reply, too, may name a company or a day
    if not is_plain and await reply.begin(context, said):
        return
    if note:
        await interview.begin(context, note)
    else:
        context.show(notices.unknown(context.texts, under_way(context)))


async def take_forwarded(update: Update, context: Context) -> None:
    """Take a forwarded message as an employer's reply, or its author as a contact."""
    message = update.message
    if message is None or await reply.begin(context, message.text or ""):
        return
    name, username = _author(message)
    if name is None:
        await take_text(update, context)
        return
    await interview.begin(context, draft_read(name=name, username=username))


async def take_contact(update: Update, context: Context) -> None:
    """Take a shared contact card as the contact of a new interview."""
    contact = update.message.contact if update.message else None
    if contact is None:
        return
    name = " ".join(part for part in (contact.first_name, contact.last_name) if part)
    phone = answers.phone(contact.phone_number, context.user)
    await interview.begin(context, draft_read(name=name, phone=phone))


async def take_file(update: Update, context: Context) -> None:
    """Take a calendar invitation or a contact card."""
    document = update.message.document if update.message else None
    name = ((document.file_name if document else None) or "").lower()
    if document is None or not name.endswith((".ics", ".vcf")) or (document.file_size or 0) > _LARGEST_FILE:
        context.show(notices.unknown(context.texts, under_way(context)))
        return
    content = bytes(await (await document.get_file()).download_as_bytearray())
    try:
        capture = _read(name, content, context)
    except InvalidAnswer as error:
        context.show(notices.unreadable(context.texts, context.texts(error.key, **error.values)))
        return
    await interview.begin(context, draft_of_capture(capture, context.user))


def _read(name: str, content: bytes, context: Context) -> Capture:
    user = context.user
    if name.endswith(".ics"):
        from bot.language.calendar_files import read_invitation

        return read_invitation(content, zone=user.zone or "UTC", now=context.now)
    from bot.language.cards import read_card

    return read_card(content.decode("utf-8", "replace"), language=user.language, country=user.country)


def _author(message: Message) -> tuple[str | None, str | None]:
    match message.forward_origin:
        case MessageOriginUser(sender_user=user):
            return user.full_name, user.username
        case MessageOriginHiddenUser(sender_user_name=name):
            return name, None
    return None, None
