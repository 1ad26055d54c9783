"""The tags of Telegram's HTML: which entity each stands for."""

import re
from collections.abc import Callable, Mapping

from bot.sandbox.refusals import JSON

Attributes = Mapping[str, str]
_TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")
_LINK = re.compile(r"(https?|tg)://\S+", re.IGNORECASE)
_LANGUAGE = "language-"


def entity_of(tag: str, attributes: Attributes) -> JSON | None:
    """Return the entity a start tag asks for, None for a link that Telegram silently leaves out.

    Raises:
        ValueError: no such tag, or not with these attributes.
    """
    if tag in _SIMPLE:
        return {"type": _SIMPLE[tag]}
    if tag not in _WITH_ATTRIBUTES:
        raise ValueError(f'Unsupported start tag "{tag}"')
    return _WITH_ATTRIBUTES[tag](attributes)


def _link(attributes: Attributes) -> JSON | None:
    url = attributes.get("href", "")
    return {"type": "text_link", "url": url} if _LINK.fullmatch(url) else None


def _code(attributes: Attributes) -> JSON:
    language = attributes.get("class", "")
    if not language.startswith(_LANGUAGE):
        return {"type": "code"}
    return {"type": "code", "language": language.removeprefix(_LANGUAGE)}


def _span(attributes: Attributes) -> JSON:
    if attributes.get("class") != "tg-spoiler":
        raise ValueError('Tag "span" must have class "tg-spoiler"')
    return {"type": "spoiler"}


def _quotation(attributes: Attributes) -> JSON:
    return {"type": "expandable_blockquote" if "expandable" in attributes else "blockquote"}


def _emoji(attributes: Attributes) -> JSON:
    if not attributes.get("emoji-id", "").isdecimal():
        raise ValueError("Invalid custom emoji identifier specified")
    return {"type": "custom_emoji", "custom_emoji_id": attributes["emoji-id"]}


def _moment(attributes: Attributes) -> JSON:
    unix, shown = attributes.get("unix", ""), attributes.get("format", "")
    if not unix.isdecimal():
        raise ValueError('Tag "tg-time" must have a valid attribute "unix"')
    if not _TIME_FORMAT.fullmatch(shown):
        raise ValueError('Tag "tg-time" has an invalid attribute "format"')
    moment: JSON = {"type": "date_time", "unix_time": int(unix)}
    return {**moment, "date_time_format": shown} if shown else moment


_SIMPLE = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    "pre": "pre",
    "tg-spoiler": "spoiler",
}
_WITH_ATTRIBUTES: dict[str, Callable[[Attributes], JSON | None]] = {
    "a": _link,
    "blockquote": _quotation,
    "code": _code,
    "span": _span,
    "tg-emoji": _emoji,
    "tg-time": _moment,
}
