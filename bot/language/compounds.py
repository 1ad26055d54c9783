"""Numbers of several words, twenty-first, and digits with an ending, 21st, as one token each."""

from bot.language.token_types import Token
from bot.language.vocabulary import Senses

_TENS = (20, 30, 40, 50)
_LAST_DAY = 31


def compounds(found: list[Token]) -> list[Token]:
    """Return the tokens with compound numbers joined."""
    joined: list[Token] = []
    for index, token in enumerate(found):
        if token.glued and joined and token.may("glued_meridiem") and joined[-1].numbers:
            token.senses = {"meridiem": token.senses["glued_meridiem"]}  # 3p
        if _is_mere_hyphen(token, found[index + 1 : index + 2]):
            continue
        if token.may("article") and _is_tied(found[index + 1 : index + 4]):
            token.senses = {"filler": 1}  # a 10-day window
        if not _with_ending(joined, token, found[index + 1 : index + 3]) and not _with_tens(
            joined, token, found[index + 1 : index + 3]
        ):
            joined.append(token)
    return joined


def _is_mere_hyphen(token: Token, following: list[Token]) -> bool:
    """Tell whether it is the hyphen of "10-ish"."""
    is_tied = token.text == "-" and token.glued and bool(following) and following[0].glued
    return is_tied and following[0].senses.keys() == {"filler"}


def _begins_month(following: list[Token]) -> bool:
    """Tell whether a month comes next, or "of" a month."""
    rest = following[1:] if following and following[0].may("of") else following[:1]
    return any(token.may("month") for token in rest)


def _is_tied(following: list[Token]) -> bool:
    """Tell whether a number with a hyphen and a unit comes next."""
    if len(following) < 3 or following[1].text != "-" or not (following[1].glued and following[2].glued):
        return False
    return following[0].may("number") and following[2].senses.get("unit") in {
        "day",
        "workday",
        "week",
        "month",
    }


def _with_ending(joined: list[Token], token: Token, following: list[Token]) -> bool:
    """Join 21 and st, 21 - st, 21 st August; tell whether it was done."""
    ties = token.glued or _begins_month(following)
    if not (token.may("suffix") and ties and joined):
        return False
    used = 2 if joined[-1].text == "-" and joined[-1].glued and len(joined) > 1 else 1
    number = joined[-used]
    if not number.may("digits"):
        return False
    del joined[-used:]
    senses: Senses = {str(token.senses["suffix"]): number.senses["number"]}
    joined.append(Token(number.text + token.text, number.start, token.end, senses, glued=number.glued))
    return True


def _with_tens(joined: list[Token], token: Token, rest: list[Token]) -> bool:
    """Join twenty and one; tell whether it was done. "Without twenty three" is 2:40: they stay apart."""
    hyphen = len(joined) > 1 and joined[-1].text == "-" and joined[-1].glued and token.glued
    used = 2 if hyphen else 1
    if len(joined) < used or token.may("digits") or token.may("article"):
        return False
    tens = joined[-used]
    if tens.may("digits") or tens.senses.get("number") not in _TENS:
        return False
    is_without = len(joined) > used and joined[-used - 1].may("minus")
    senses = _sum(int(tens.senses["number"]), token)
    if not senses or (is_without and not any(following.may("number") for following in rest)):
        return False
    del joined[-used:]
    joined.append(Token(f"{tens.text} {token.text}", tens.start, token.end, senses, glued=tens.glued))
    return True


def _sum(tens: int, token: Token) -> Senses:
    ones = {category: token.senses.get(category) for category in ("number", "ordinal")}
    joined = {
        category: tens + one for category, one in ones.items() if isinstance(one, int) and 1 <= one <= 9
    }
    if joined.get("ordinal", 0) > _LAST_DAY:
        del joined["ordinal"]  # twelve thirty, on the fifth
    return dict(joined)
