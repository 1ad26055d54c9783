"""The methods about messages: send, edit, delete, react, pin."""

from collections.abc import Callable
from datetime import timedelta

from telegram.constants import ChatAction, FileSizeLimit, ReactionEmoji

from bot.sandbox.chats import Chat, Posted
from bot.sandbox.checks import caption, check_upload, message_text
from bot.sandbox.contract import Upload
from bot.sandbox.entities import Marked
from bot.sandbox.files import StoredFile
from bot.sandbox.keyboards import inline_keyboard, reply_markup
from bot.sandbox.refusals import JSON, bad_request
from bot.sandbox.state import State

#: For so long after it was sent a message can be taken back.
_DELETABLE_FOR = timedelta(hours=48)


def send_message(state: State, parameters: JSON) -> JSON:
    """Send a text."""
    return _send(state, parameters, _content(message_text(parameters), "text", "entities"))


def send_document(state: State, parameters: JSON) -> JSON:
    """Send a file with an optional caption."""
    content = _content(caption(parameters), "caption", "caption_entities")
    stored = _stored(state, parameters.get("document"), "documents", FileSizeLimit.FILESIZE_UPLOAD)
    return _send(state, parameters, {"document": stored.as_document(), **content})


def send_photo(state: State, parameters: JSON) -> JSON:
    """Send a picture with an optional caption."""
    content = _content(caption(parameters), "caption", "caption_entities")
    stored = _stored(state, parameters.get("photo"), "photos", FileSizeLimit.PHOTOSIZE_UPLOAD)
    return _send(state, parameters, {"photo": stored.as_photo(), **content})


def send_contact(state: State, parameters: JSON) -> JSON:
    """Send a contact card."""
    for name in ("phone_number", "first_name"):
        if not parameters.get(name):
            raise bad_request(f"{name} is empty")
    names = ("phone_number", "first_name", "last_name", "vcard")
    card = {name: parameters[name] for name in names if parameters.get(name)}
    return _send(state, parameters, {"contact": card})


def send_chat_action(state: State, parameters: JSON) -> bool:
    """Show that the bot is typing."""
    chat = state.open_chat(parameters["chat_id"])
    if parameters["action"] not in list(ChatAction):
        raise bad_request("wrong parameter action in request")
    state.feed.publish("typing", chat_id=chat.id)
    return True


def edit_message_text(state: State, parameters: JSON) -> JSON:
    """Replace the text and the keyboard of the bot's own message; no keyboard given: it goes away."""
    chat, posted = _editable(state, parameters)
    content = _content(message_text(parameters), "text", "entities")
    if "text" not in posted.wire:
        raise bad_request("there is no text in the message to edit")
    return _edit(state, chat, posted, content, inline_keyboard(parameters))


def edit_message_caption(state: State, parameters: JSON) -> JSON:
    """Replace the caption and the keyboard of the bot's own document or picture."""
    chat, posted = _editable(state, parameters)
    content = _content(caption(parameters), "caption", "caption_entities")
    if "text" in posted.wire:
        raise bad_request("there is no caption in the message to edit")
    return _edit(state, chat, posted, content, inline_keyboard(parameters))


def edit_message_reply_markup(state: State, parameters: JSON) -> JSON:
    """Replace the keyboard of the bot's own message."""
    chat, posted = _editable(state, parameters)
    return _edit(state, chat, posted, {}, inline_keyboard(parameters))


def delete_message(state: State, parameters: JSON) -> bool:
    """Take a message back; in a private chat the user's own, too."""
    chat = state.open_chat(parameters["chat_id"])
    posted = _find(chat, parameters["message_id"], "message to delete not found")
    is_own = posted.wire["from"]["is_bot"]
    is_old = state.unix_time - posted.wire["date"] > _DELETABLE_FOR.total_seconds()
    if is_old or not (is_own or chat.is_private):
        raise bad_request("message can't be deleted for everyone")
    del chat.posted[parameters["message_id"]]
    chat.pinned = [message_id for message_id in chat.pinned if message_id in chat.posted]
    state.feed.publish("deleted", chat_id=chat.id, message_id=parameters["message_id"])
    return True


def set_message_reaction(state: State, parameters: JSON) -> bool:
    """React with one emoji, or with none."""
    chat = state.open_chat(parameters["chat_id"])
    posted = _find(chat, parameters["message_id"], "message to react not found")
    reactions = parameters.get("reaction", [])
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    posted.reaction = reactions[0].get("emoji", "") if reactions else ""
    if reactions and posted.reaction not in list(ReactionEmoji):
        raise bad_request("REACTION_INVALID")
    state.refresh(chat, parameters["message_id"])
    return True


def pin_chat_message(state: State, parameters: JSON) -> bool:
    """Keep a message at the top of the chat."""
    chat = state.open_chat(parameters["chat_id"])
    _find(chat, parameters["message_id"], "message to pin not found")
    _unpin(chat, parameters["message_id"])
    chat.pinned.append(parameters["message_id"])
    return _show_pinned(state, chat)


def unpin_chat_message(state: State, parameters: JSON) -> bool:
    """Stop keeping a message at the top; none named: the latest one."""
    chat = state.open_chat(parameters["chat_id"])
    message_id = parameters.get("message_id", chat.pinned[-1] if chat.pinned else None)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    _unpin(chat, message_id)
    return _show_pinned(state, chat)


def _content(marked: Marked, text_name: str, entities_name: str) -> JSON:
    content: JSON = {text_name: marked.text} if marked.text else {}
    return {**content, entities_name: marked.entities} if marked.entities else content


def _send(state: State, parameters: JSON, content: JSON) -> JSON:
    chat = state.open_chat(parameters["chat_id"])
    markup = reply_markup(parameters)
    return state.post(chat, state.bot_user, {**content, **_reply(chat, parameters)}, markup)


def _reply(chat: Chat, parameters: JSON) -> JSON:
    asked: JSON = parameters.get("reply_parameters", {})
    if not asked:
        return {}
    posted = chat.posted.get(asked["message_id"])
    if posted is None and not asked.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    if posted is None:
        return {}
    answered = {name: value for name, value in posted.wire.items() if name != "reply_to_message"}
    return {"reply_to_message": answered}


def _stored(state: State, given: Upload | str | None, folder: str, limit: int) -> StoredFile:
    if isinstance(given, Upload):
        check_upload(given, limit)
        return state.files.keep(given, folder)
    if not given:
        raise bad_request(f"there is no {folder.removesuffix('s')} in the request")
    return state.files.get(given)


def _find(chat: Chat, message_id: int, problem: str) -> Posted:
    if message_id not in chat.posted:
        raise bad_request(problem)
    return chat.posted[message_id]


def _editable(state: State, parameters: JSON) -> tuple[Chat, Posted]:
    if "chat_id" not in parameters or "message_id" not in parameters:
        raise bad_request("message identifier is not specified")
    chat = state.open_chat(parameters["chat_id"])
    posted = _find(chat, parameters["message_id"], "message to edit not found")
    has_reply_keyboard = posted.markup and "inline_keyboard" not in posted.markup
    if has_reply_keyboard or not posted.wire["from"]["is_bot"]:
        raise bad_request("message can't be edited")
    return chat, posted


def _edit(state: State, chat: Chat, posted: Posted, content: JSON, markup: JSON | None) -> JSON:
    names = ("text", "entities") if "text" in posted.wire else ("caption", "caption_entities")
    before = {name: posted.wire[name] for name in names if name in posted.wire}
    after = content or before
    if after == before and markup == posted.markup:
        same = "specified new message content and reply markup are exactly the same as a current content"
        raise bad_request(f"message is not modified: {same} and reply markup of the message")
    kept = {name: value for name, value in posted.wire.items() if name not in names}
    posted.wire = {**kept, **after, "edit_date": state.unix_time}
    posted.markup = markup
    state.refresh(chat, posted.wire["message_id"])
    return posted.wire


def _unpin(chat: Chat, message_id: int) -> None:
    chat.pinned = [pinned for pinned in chat.pinned if pinned != message_id]


def _show_pinned(state: State, chat: Chat) -> bool:
    state.feed.publish("pinned", chat_id=chat.id, pinned=chat.pinned)
    return True


METHODS: dict[str, Callable[[State, JSON], object]] = {
    "sendMessage": send_message,
    "sendDocument": send_document,
    "sendPhoto": send_photo,
    "sendContact": send_contact,
    "sendChatAction": send_chat_action,
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "setMessageReaction": set_message_reaction,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
}
