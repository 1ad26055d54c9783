"""The methods about taking updates, answering taps, chats and files."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from telegram.constants import PollingLimit

from bot.sandbox.checks import check_answer
from bot.sandbox.refusals import JSON, bad_request, conflict
from bot.sandbox.state import QUERY_LIFETIME, State


async def get_updates(state: State, parameters: JSON) -> list[JSON]:
    """Give out updates by long polling."""
    if state.webhook["url"]:
        reason = "can't use getUpdates method while webhook is active"
        raise conflict(f"{reason}; use deleteWebhook to delete the webhook first")
    if "allowed_updates" in parameters:
        state.updates.allow(parameters["allowed_updates"])
    limit = parameters.get("limit", PollingLimit.MAX_LIMIT)
    bounded = min(max(limit, PollingLimit.MIN_LIMIT), PollingLimit.MAX_LIMIT)
    return await state.updates.fetch(parameters.get("offset", 0), bounded, parameters.get("timeout", 0))


def set_webhook(state: State, parameters: JSON) -> bool:
    """Remember where updates are to be pushed; the sandbox itself pushes nothing."""
    if parameters["url"] and urlsplit(parameters["url"]).scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    _take_subscription(state, parameters)
    state.webhook = {"url": parameters["url"]}
    return True


def delete_webhook(state: State, parameters: JSON) -> bool:
    """Go back to polling."""
    _take_subscription(state, parameters)
    state.webhook = {"url": ""}
    return True


def get_webhook_info(state: State, _: JSON) -> JSON:
    """Tell where updates go and how many wait."""
    waiting = {"has_custom_certificate": False, "pending_update_count": len(state.updates.pending)}
    return {**state.webhook, **waiting}


def _take_subscription(state: State, parameters: JSON) -> None:
    if "allowed_updates" in parameters:
        state.updates.allow(parameters["allowed_updates"])
    if parameters.get("drop_pending_updates"):
        state.updates.drop()


def answer_callback_query(state: State, parameters: JSON) -> bool:
    """Answer a tap; a second answer is accepted and not shown."""
    check_answer(parameters.get("text", ""))
    query = state.queries.get(parameters["callback_query_id"])
    if query is None or state.clock.now() - query.at > QUERY_LIFETIME:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if query.answer is None:
        query.answer = {
            "text": parameters.get("text", ""),
            "show_alert": parameters.get("show_alert", False),
        }
        state.feed.publish("answer", query_id=parameters["callback_query_id"], **query.answer)
    return True


def get_chat(state: State, parameters: JSON) -> JSON:
    """Describe a chat."""
    chat = state.find_chat(parameters["chat_id"])
    kinds = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    return {
        **chat.wire,
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(kinds, False),
    }


def get_file(state: State, parameters: JSON) -> JSON:
    """Tell where a file can be downloaded."""
    stored = state.files.get(parameters["file_id"])
    return {**stored.wire, "file_path": stored.path}


METHODS: dict[str, Callable[[State, JSON], object | Awaitable[object]]] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "answerCallbackQuery": answer_callback_query,
    "getChat": get_chat,
    "getFile": get_file,
}
