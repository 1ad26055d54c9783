"""A letter as a draft for a mail program (RFC 5322): opened there, it only waits to be sent."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8

#: Outlook and others open a message with it for editing instead of reading.
_UNSENT = "X-Unsent"


def draft(
    subject: str, body: str, recipient: str | None = None, name: str | None = None, *, urgent: bool = False
) -> bytes:
    """Return the draft; `urgent` marks it as important (R57). The program fills in who it is from, and when.

    An address that is none is left out: a draft without one can still be opened, a broken one cannot.
    """
    address = _address(recipient or "", name or "")
    is_ascii = address is None or address.addr_spec.isascii()
    message = EmailMessage(policy=SMTP if is_ascii else SMTPUTF8)
    message[_UNSENT] = "1"
    if address:
        message["To"] = address
    message["Subject"] = _line(subject)
    if urgent:
        message["Importance"] = "High"
        message["X-Priority"] = "1"
    message.set_content(body, charset="utf-8", cte="quoted-printable")
    return message.as_bytes()


def _address(address: str, name: str) -> Address | None:
    """Return the recipient; names of hosts in other scripts as the mail carries them."""
    local, at, host = _line(address).rpartition("@")
    if not (local and at and host) or any(map(str.isspace, address)):
        return None
    try:
        host = host.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    return Address(display_name=_line(name), username=local, domain=host)


def _line(text: str) -> str:
    """Return the text as one line of what can be printed."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
