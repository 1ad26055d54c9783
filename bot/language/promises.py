"""Answers that say that nothing was promised: "they didn't name a date", "they will call"."""

from itertools import pairwise

from bot.language.gaps import MERE_NOT
from bot.language.grammar import Piece
from bot.language.token_types import Token
from bot.language.vocabulary import DATE_WORDS

#: So many words may stand between "not" and "said".
_REACH = 6


def nothing_promised(found: list[Token], read: list[Piece]) -> bool:
    """Tell whether the text says that no date was named; a date after "but" stands."""
    dated = [piece for piece in read if not _is_empty(piece)]
    if not dated:
        return not _hints_after_but(found) and (_says_nothing(found) or _only_contact(found))
    before = found[: dated[0].first]
    after = found[dated[-1].last :]
    denied_before = _denies(before) and not any(token.may("but") for token in before)
    return denied_before or _denies(after)


def _is_empty(piece: Piece) -> bool:
    return piece.clue == type(piece.clue)()


def _is_vague(token: Token) -> bool:
    return token.may("vague")


def _hints_after_but(found: list[Token]) -> bool:
    """Tell whether a "but" takes the "nothing" back: no exact date, but in May."""
    first = next((index for index, token in enumerate(found) if token.may("but")), len(found))
    return any(
        token.may("weekday") or (token.may("month") and (before.may("in") or not token.may("weak")))
        for before, token in pairwise(found[first:])
    )


def _says_nothing(found: list[Token]) -> bool:
    if _denies(found):
        return True
    vague = any(map(_is_vague, found))
    phrase = any(
        token.may("nothing")
        and (token.senses.get("not") != MERE_NOT or " " in token.text or _is_all(token, found))
        for token in found
    )
    only_dashes = bool(found) and all(token.text == "-" for token in found)
    return (phrase and not vague) or only_dashes


def _is_all(token: Token, found: list[Token]) -> bool:
    """Tell whether a short "no" is the whole answer, but for filler words and signs."""
    rest = [other for other in found if other is not token and other.text.isalpha()]
    return all(other.may("filler") or other.may("nothing") for other in rest)


def _denies(found: list[Token]) -> bool:
    """Tell whether a "not" comes shortly before something said or agreed, or after it."""
    for index, token in enumerate(found):
        if token.may("not"):
            around = [*found[index + 1 : index + 1 + _REACH], *found[max(0, index - 2) : index]]
            if any(near.may("say") or near.may("term") for near in around):
                return True
        if token.may("nothing") and not token.may("not") and len(token.text.split()) > 1:
            return True
    return False


def _only_contact(found: list[Token]) -> bool:
    """Tell whether they will call, and nothing hints at a time."""
    hints = any(
        _is_vague(token) or (token.senses.keys() & DATE_WORDS and not token.may("filler")) for token in found
    )
    return any(token.may("contact") for token in found) and not hints
