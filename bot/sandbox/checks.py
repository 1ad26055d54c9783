"""Telegram's limits on texts, files and commands; each refusal in Telegram's words."""

import re

from telegram.constants import (
    BotCommandLimit,
    CallbackQueryLimit,
    FileSizeLimit,
    MessageLimit,
)

from bot.sandbox.contract import Upload
from bot.sandbox.detected import with_detected
from bot.sandbox.entities import Marked, parse_html, trimmed, utf16_length
from bot.sandbox.refusals import JSON, ApiError, bad_request

_COMMAND = re.compile(rf"[a-z0-9_]{{{BotCommandLimit.MIN_COMMAND:d},{BotCommandLimit.MAX_COMMAND:d}}}")


def message_text(parameters: JSON) -> Marked:
    """Return the text of a message as it will be shown, refusing an empty and a long one."""
    marked = _marked(parameters, "text", "entities")
    if not marked.text:
        raise bad_request("message text is empty")
    if utf16_length(marked.text) > MessageLimit.MAX_TEXT_LENGTH:
        raise bad_request("message is too long")
    return marked


def caption(parameters: JSON) -> Marked:
    """Return the caption of a document or a picture; it may be empty."""
    marked = _marked(parameters, "caption", "caption_entities")
    if utf16_length(marked.text) > MessageLimit.CAPTION_LENGTH:
        raise bad_request("message caption is too long")
    return marked


def _marked(parameters: JSON, text_name: str, entities_name: str) -> Marked:
    text, mode = parameters.get(text_name, ""), parameters.get("parse_mode", "")
    if mode.lower() not in {"", "html"}:
        # Telegram knows Markdown too; this project writes HTML only, so anything else is a slip.
        raise bad_request("unsupported parse_mode")
    marked = parse_html(text) if mode else Marked(text, parameters.get(entities_name, []))
    if len(marked.entities) > MessageLimit.MESSAGE_ENTITIES:
        raise bad_request("ENTITIES_TOO_LONG")
    return with_detected(trimmed(marked))


def check_answer(text: str) -> None:
    """Refuse an answer to a tap that is too long for the toast."""
    if len(text) > CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH:
        raise bad_request("MESSAGE_TOO_LONG")


def check_commands(commands: list[JSON]) -> None:
    """Refuse commands that clients cannot list."""
    if len(commands) > BotCommandLimit.MAX_COMMAND_NUMBER:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        length = len(command["description"].strip())
        if not BotCommandLimit.MIN_DESCRIPTION <= length <= BotCommandLimit.MAX_DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")


def check_length(text: str, limit: int, name: str) -> None:
    """Refuse a text of the bot's profile that is too long."""
    if len(text) > limit:
        raise bad_request(f"{name} is too long")


def check_upload(upload: Upload, limit: int = FileSizeLimit.FILESIZE_UPLOAD) -> None:
    """Refuse an empty file and a big one."""
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > limit:
        raise ApiError(413, "Request Entity Too Large")
