"""E-mail addresses in the forms people type."""

import pytest

from bot.language.emails import Email, find_email


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("write to jo@cafe.example.", Email("jo@cafe.example", (9, 24))),
        ("mika dot ross at inkhouse dot example, Inkhouse", Email("mika.ross@inkhouse.example", (0, 37))),
        ("ask jo [at] firm [dot] example", Email("jo@firm.example", (4, 30))),
        ("почта zina.k(собака)stroy.example", Email("zina.k@stroy.example", (6, 33))),
        ("ира собака почта точка example", Email("ира@почта.example", (0, 30))),
        # a place and an hour are no address
        ("Interview at Heatworks at 9.30 in St. Paul", None),
        ("see you at St.Mary at 5", None),
        ("собака у входа", None),
    ],
)
def test_an_address_is_found(text: str, found: Email | None) -> None:
    assert find_email(text) == found
