"""A contact card (.vcf, versions 2.1 to 4.0) to the fields of a capture."""

import re
from collections.abc import Iterator
from quopri import decodestring

from msgspec import Struct

from bot.errors import InvalidAnswer
from bot.language.capture import Capture
from bot.language.note_roles import contact_role
from bot.language.phones import normalised

_FOLD = re.compile(r"\r?\n[ \t]")
_SOFT_BREAK = re.compile(r"=\r?\n")
_ESCAPED = re.compile(r"\\([,;:\\nN])")
_TELEGRAM = re.compile(r"(?:t\.me/|telegram:|tg://resolve\?domain=|@)([A-Za-z]\w{3,31})", re.IGNORECASE)
#: A card is one person; a whole address book is not read to its end.
_LONGEST = 64_000


class _Line(Struct, frozen=True):
    """One property of a card: TEL;TYPE=work:+7…"""

    name: str
    value: str


def read_card(text: str, *, language: str, country: str | None = None) -> Capture:
    """Read the first card of a file; a file without one raises `InvalidAnswer`."""
    lines = list(_lines(text[:_LONGEST]))
    if not any(line.name == "BEGIN" and line.value.upper() == "VCARD" for line in lines):
        raise InvalidAnswer("invalid.card")
    phone = _first(lines, "TEL")
    title = _first(lines, "TITLE") or _first(lines, "ROLE")
    organisation = _first(lines, "ORG")
    capture = Capture(
        company=organisation.split(";")[0].strip() or None if organisation else None,
        contact_name=_first(lines, "FN") or _name(_first(lines, "N")),
        contact_role=contact_role(title) if title else None,
        phone=normalised(phone.removeprefix("tel:"), language, country) if phone else None,
        email=_first(lines, "EMAIL"),
        username=_username(lines),
    )
    if capture.is_empty:
        raise InvalidAnswer("invalid.card")
    return capture


def _lines(text: str) -> Iterator[_Line]:
    """Yield the properties up to the end of the first card, unfolded and decoded."""
    text = _FOLD.sub("", text.replace("\r\r", "\r"))
    if "QUOTED-PRINTABLE" in text.upper():
        text = _SOFT_BREAK.sub("", text)
    for line in text.splitlines():
        head, colon, value = line.partition(":")
        if not colon:
            continue
        name, *parameters = head.strip().split(";")
        if any("QUOTED-PRINTABLE" in parameter.upper() for parameter in parameters):
            value = decodestring(value.encode()).decode("utf-8", "replace")
        yield _Line(name.rpartition(".")[2].upper(), value.strip())
        if name.upper() == "END":
            return


def _first(lines: list[_Line], name: str) -> str | None:
    value = next((line.value for line in lines if line.name == name and line.value), None)
    return _ESCAPED.sub(lambda match: " " if match[1] in "nN" else match[1], value) if value else None


def _name(structured: str | None) -> str | None:
    """Return "given additional family" of a name that a card holds as family;given;additional."""
    family, given, middle, *_ = [*(structured or "").split(";"), "", "", ""]
    return " ".join(part.strip() for part in (given, middle, family) if part.strip()) or None


def _username(lines: list[_Line]) -> str | None:
    for line in lines:
        if line.name in ("IMPP", "URL", "X-TELEGRAM", "X-SOCIALPROFILE"):
            match = _TELEGRAM.search(line.value)
            if match or line.name == "X-TELEGRAM":
                return match[1] if match else line.value.lstrip("@") or None
    return None
