"""Contact cards of several versions."""

import pytest

from bot.domain.vacancy import Role
from bot.errors import InvalidAnswer
from bot.language.capture import Capture
from bot.language.cards import read_card

CARD = """BEGIN:VCARD\r
VERSION:3.0\r
N:Roe;Jane;;;\r
FN:Jane Roe\r
ORG:Heatworks;Sales\r
TITLE:HR Manager\r
item1.TEL;TYPE=WORK:(303) 555-0101\r
EMAIL;TYPE=INTERNET:jane@heat\r
 works.example\r
URL:https://t.me/jane_roe\r
END:VCARD\r
BEGIN:VCARD\r
FN:Somebody Else\r
END:VCARD\r
"""
OLD = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=A1=D0=BC=D0=B8=D1=80=D0=BD=D0=BE=
=D0=B2=D0=B0;=D0=9E=D0=BB=D1=8C=D0=B3=D0=B0
TEL;CELL:8 900 000 20 01
END:VCARD
"""


def test_the_first_card_is_read() -> None:
    assert read_card(CARD, language="en", country="US") == Capture(
        company="Heatworks",
        contact_name="Jane Roe",
        contact_role=Role.HR,
        phone="+13035550101",
        email="jane@heatworks.example",
        username="jane_roe",
    )


def test_an_old_card_is_decoded() -> None:
    assert read_card(OLD, language="ru") == Capture(contact_name="Ольга Смирнова", phone="+79000002001")


@pytest.mark.parametrize("text", ["", "hello", "BEGIN:VCARD\nEND:VCARD", "\0\0"])
def test_a_file_without_a_card_is_refused(text: str) -> None:
    with pytest.raises(InvalidAnswer) as refusal:
        read_card(text, language="en")

    assert refusal.value.key == "invalid.card"
