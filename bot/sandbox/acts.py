"""What the page lets a person do, from the JSON that the browser sends."""

from base64 import b64decode
from collections.abc import Callable

from bot.sandbox.files import upload
from bot.sandbox.people import People
from bot.sandbox.refusals import JSON

Act = Callable[[People, JSON], object]


def _say(people: People, body: JSON) -> object:
    return people.say(body["user_id"], body["text"], body["chat_id"], body.get("reply_to"))


def _press(people: People, body: JSON) -> object:
    return people.press(body["user_id"], body["chat_id"], body["message_id"], body["row"], body["column"])


def _forward(people: People, body: JSON) -> object:
    origin = {"type": "hidden_user", "sender_user_name": body["name"]}
    return people.forward(body["user_id"], body["text"], origin, body["chat_id"])


def _contact(people: People, body: JSON) -> object:
    return people.share_contact(body["user_id"], body["contact"], body["chat_id"])


def _attach(people: People, body: JSON) -> object:
    attached = upload(body["name"], b64decode(body["content"], validate=True))
    return people.attach(body["user_id"], attached, body.get("caption", ""), body["chat_id"])


def _block(people: People, body: JSON) -> object:
    return people.block(body["user_id"]) if body["blocked"] else people.unblock(body["user_id"])


ACTS: dict[str, Act] = {
    "say": _say,
    "press": _press,
    "forward": _forward,
    "contact": _contact,
    "attach": _attach,
    "block": _block,
}
