"""What leaves the chat: drafts that mail programs open, links that Telegram takes, whatever is in them."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.conversations import answers
from bot.errors import InvalidAnswer
from bot.exports.chat_link import MOST, chat_link
from bot.exports.eml import draft

BODY = "Здравствуйте, Ольга Петровна!\n\nСпасибо Вам за приглашение.\n\nС уважением,\nАнна"
SUBJECT = "Спасибо за встречу: позиция «аналитик»"
#: What a subject or a body can be: a line, and text without control characters.
lines = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=300)
bodies = st.lists(lines).map("\n".join)


def opened(content: bytes, *, utf8: bool = False) -> EmailMessage:
    """Return the message as a mail program reads it."""
    return message_from_bytes(content, policy=SMTPUTF8 if utf8 else SMTP)  # type: ignore[arg-type, return-value]


def test_a_draft_holds_the_letter() -> None:
    message = opened(draft(SUBJECT, BODY, "hr@vector.example", "Ольга Петровна Смирнова"))

    assert dict(message.items()) == {
        "X-Unsent": "1",
        "To": "Ольга Петровна Смирнова <hr@vector.example>",
        "Subject": SUBJECT,
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
        "MIME-Version": "1.0",
    }
    assert message.get_content().replace("\r\n", "\n") == BODY + "\n"


def test_a_follow_up_is_important() -> None:
    """R57."""
    message = opened(draft(SUBJECT, BODY, "hr@vector.example", urgent=True))

    assert (message["Importance"], message["X-Priority"]) == ("High", "1")


def test_the_bytes_are_what_every_server_carries() -> None:
    content = draft(SUBJECT, BODY, "hr@vector.example", "Ольга")

    assert content.isascii()
    assert b"\r\n" in content
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, content.split(b"\r\n"))) <= 78


@pytest.mark.parametrize(
    ("address", "to"),
    [
        ("hr@вектор.рф", "hr@xn--b1agpqkk.xn--p1ai"),
        ("o'neil+jobs@example.com", "o'neil+jobs@example.com"),
        ("a,b@example.com", '"a,b"@example.com'),
        (None, None),
        ("not an address", None),
        ("@example.com", None),
        (f"hr@{'x' * 70}.com", None),
    ],
)
def test_the_recipient(address: str | None, to: str | None) -> None:
    assert opened(draft(SUBJECT, BODY, address))["To"] == to


def test_an_address_in_another_script() -> None:
    assert opened(draft(SUBJECT, BODY, "ольга@example.com"), utf8=True)["To"] == "ольга@example.com"


@given(subject=lines, body=bodies, name=lines, urgent=st.booleans())
@example(subject="a\r\nBcc: x@y.z", body="", name="b\nBcc: x@y.z", urgent=True)
def test_any_letter_comes_back_as_it_was(subject: str, body: str, name: str, *, urgent: bool) -> None:
    message = opened(draft(subject, body, "hr@vector.example", name, urgent=urgent))

    assert (message["Subject"] or "") == " ".join(subject.split())
    assert message["To"].addresses[0].addr_spec == "hr@vector.example"
    assert message["Bcc"] is None
    assert message.get_content().replace("\r\n", "\n").rstrip("\n") == body.rstrip("\n")


@given(st.text())
def test_any_address_that_can_be_typed_makes_a_draft(typed: str) -> None:
    try:
        address = answers.email(typed)
    except InvalidAnswer:
        address = typed

    message = opened(draft(SUBJECT, BODY, address), utf8=True)

    assert message["Subject"] == SUBJECT


def test_a_link_types_the_draft_in() -> None:
    link = chat_link("olga_hr", "Добрый день & до встречи?\n100% = #1")

    assert link
    assert link.has_draft
    parts = urlsplit(link.url)
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "t.me", "/olga_hr")
    assert parse_qs(parts.query) == {"text": ["Добрый день & до встречи?\n100% = #1"]}


@given(st.text(min_size=1))
@example("я" * 325)
@example("я" * 330)
@example("a" * MOST)
def test_any_draft_makes_a_link_that_is_short_enough(text: str) -> None:
    """R45: either with the whole draft, or without."""
    link = chat_link("olga_hr", text)

    assert link
    assert len(link.url) <= MOST
    assert link.url.isascii()
    assert not any(map(str.isspace, link.url))
    typed = parse_qs(urlsplit(link.url).query, keep_blank_values=True).get("text")
    assert typed == ([text] if link.has_draft else None)


@pytest.mark.parametrize(
    "username", ["", "olg", "1olga", "ольга_hr", "olga hr", "olga/../x", "a" * 33, "olga\n"]
)
def test_no_link_to_what_is_no_username(username: str) -> None:
    assert chat_link(username, "Hi") is None
