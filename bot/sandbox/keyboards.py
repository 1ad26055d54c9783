"""Telegram's limits on keyboards; each refusal in Telegram's words."""

import re
from urllib.parse import urlsplit

from telegram.constants import InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit, ReplyLimit

from bot.sandbox.refusals import JSON, ApiError, bad_request

_ACTIONS = {
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
}


def reply_markup(parameters: JSON) -> JSON | None:
    """Return the keyboard that comes with a message, refusing what Telegram cannot show."""
    markup: JSON | None = parameters.get("reply_markup")
    if markup is None:
        return None
    if "inline_keyboard" in markup:
        return inline_keyboard(parameters)
    _check_size(markup.get("keyboard", []))
    placeholder = markup.get("input_field_placeholder")
    if placeholder is not None and not 1 <= len(placeholder) <= ReplyLimit.MAX_INPUT_FIELD_PLACEHOLDER:
        raise bad_request("REPLY_MARKUP_PLACEHOLDER_INVALID")
    return markup


def inline_keyboard(parameters: JSON) -> JSON | None:
    """Return the inline keyboard of a message; None where there is none or none is left."""
    markup: JSON | None = parameters.get("reply_markup")
    if markup is None:
        return None
    rows = [row for row in markup["inline_keyboard"] if row]
    _check_size(rows)
    for row in rows:
        for button in row:
            _check_button(button)
    return {"inline_keyboard": rows} if rows else None


def _check_size(rows: list[list[JSON]]) -> None:
    too_wide = any(len(row) > InlineKeyboardMarkupLimit.BUTTONS_PER_ROW for row in rows)
    if too_wide or sum(map(len, rows)) > InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER:
        raise bad_request("REPLY_MARKUP_TOO_LONG")


def _check_button(button: JSON) -> None:
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    actions = _ACTIONS & button.keys()
    if not actions:
        raise bad_request("text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request("inline keyboard button must have exactly one action")
    if "callback_data" in button:
        _check_callback_data(button["callback_data"])
    if "copy_text" in button:
        _check_copy_text(button["copy_text"]["text"])
    if "url" in button:
        _check_url(button["url"])


def _check_callback_data(data: object) -> None:
    limit = InlineKeyboardButtonLimit
    is_valid = (
        isinstance(data, str) and limit.MIN_CALLBACK_DATA <= len(data.encode()) <= limit.MAX_CALLBACK_DATA
    )
    if not is_valid:
        raise bad_request("BUTTON_DATA_INVALID")


def _check_copy_text(text: str) -> None:
    if not InlineKeyboardButtonLimit.MIN_COPY_TEXT <= len(text) <= InlineKeyboardButtonLimit.MAX_COPY_TEXT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme.lower() not in {"http", "https", "tg"}:
        raise _bad_url(url, "Unsupported URL protocol")
    if not parts.netloc or re.search(r"\s", url):
        raise _bad_url(url, "Wrong HTTP URL")


def _bad_url(url: str, reason: str) -> ApiError:
    return bad_request(f"inline keyboard button URL '{url}' is invalid: {reason}")
