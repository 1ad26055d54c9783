"""What the bot says about itself: name, descriptions, commands, each in several languages."""

from collections.abc import Callable
from functools import partial

from telegram.constants import BotDescriptionLimit, BotNameLimit

from bot.sandbox.checks import check_commands, check_length
from bot.sandbox.refusals import JSON, bad_request
from bot.sandbox.state import State

_LIMITS = {
    "name": BotNameLimit.MAX_NAME_LENGTH,
    "description": BotDescriptionLimit.MAX_DESCRIPTION_LENGTH,
    "short_description": BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH,
}


def get_me(state: State, _: JSON) -> JSON:
    """Describe the bot."""
    return {
        **state.bot,
        "first_name": state.profile_text("name", ""),
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _set_text(name: str, state: State, parameters: JSON) -> bool:
    text = parameters.get(name, "")
    check_length(text, _LIMITS[name], name)
    state.profile_texts[name, parameters.get("language_code", "")] = text
    state.feed.publish("profile")
    return True


def _get_text(name: str, state: State, parameters: JSON) -> JSON:
    return {name: state.profile_text(name, parameters.get("language_code", ""))}


def set_my_commands(state: State, parameters: JSON) -> bool:
    """List the commands for a scope and a language."""
    check_commands(parameters["commands"])
    state.commands[_slot(state, parameters)] = parameters["commands"]
    state.feed.publish("profile")
    return True


def get_my_commands(state: State, parameters: JSON) -> list[JSON]:
    """Return the commands of exactly this scope and language."""
    return state.commands.get(_slot(state, parameters), [])


def delete_my_commands(state: State, parameters: JSON) -> bool:
    """Forget the commands of a scope and a language."""
    state.commands.pop(_slot(state, parameters), None)
    state.feed.publish("profile")
    return True


def _slot(state: State, parameters: JSON) -> tuple[str, str]:
    scope = parameters.get("scope", {"type": "default"})
    if "chat_id" in scope:
        return f"chat:{state.find_chat(scope['chat_id']).id}", parameters.get("language_code", "")
    return scope["type"], parameters.get("language_code", "")


def set_chat_menu_button(state: State, parameters: JSON) -> bool:
    """Say what the button beside the input field opens; the chat page knows commands only."""
    kind = parameters.get("menu_button", {"type": "default"})["type"]
    if kind not in {"default", "commands"}:
        raise bad_request("BUTTON_TYPE_INVALID")
    if "chat_id" in parameters:
        state.find_chat(parameters["chat_id"])
    return True


METHODS: dict[str, Callable[[State, JSON], object]] = {
    "getMe": get_me,
    "setMyName": partial(_set_text, "name"),
    "getMyName": partial(_get_text, "name"),
    "setMyDescription": partial(_set_text, "description"),
    "getMyDescription": partial(_get_text, "description"),
    "setMyShortDescription": partial(_set_text, "short_description"),
    "getMyShortDescription": partial(_get_text, "short_description"),
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setChatMenuButton": set_chat_menu_button,
}
