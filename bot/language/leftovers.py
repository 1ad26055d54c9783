"""Words about dates that no rule took: then the answer was not understood as a whole."""

from bot.language.gaps import AFTER_EVENT
from bot.language.grammar import Piece
from bot.language.token_types import Token

#: A token of these left over means that a part of the date was not understood.
_TELLING = (
    "number",
    "ordinal",
    "unit",
    "pair",
    "clock",
    "month",
    "doubt",
    "half",
    "quarter",
    "strict",
    "duration",
    "after",
    "after_day",
    "one_after",
    "named_day",
)


def is_left_over(found: list[Token], read: list[Piece], *, named_hour: bool) -> bool:
    """Tell whether words about dates are left that no rule took; `named_hour`: besides a day."""
    covered = {index for piece in read for index in range(piece.first, piece.last)}
    left = [index for index in range(len(found)) if index not in covered]
    behind = found[max(covered) + 1 :]
    is_alternative = any(token.may("or") and token.text.isalpha() for token in behind)  # the 5th or ...
    if is_alternative or _is_refused(behind) or _hangs_on_holiday([found[index] for index in left], read):
        return True
    return any(
        _is_minus(found, index)
        or (
            _tells(found[index])
            and not (named_hour and _is_harmless(found, index))
            and not _is_second_name(found, index, read)
        )
        for index in left
    )


def _is_refused(behind: list[Token]) -> bool:
    """Tell whether a "not" is the last word behind the date: on Friday surely not."""
    words = [token for token in behind if token.text.isalpha()]
    return bool(words) and words[-1].may("not")


def _hangs_on_holiday(left: list[Token], read: list[Piece]) -> bool:
    """Tell whether a day without a figure is counted from a holiday: the Monday after Easter."""
    return not any(map(_is_sure_day, read)) and any(token.may("holiday") for token in left)


def _is_sure_day(piece: Piece) -> bool:
    """Tell whether the day is named by its figure, or as tomorrow."""
    clue = piece.clue
    is_counted = piece.last - piece.first > 1 or clue.exact is None
    return clue.dom is not None or clue.figures is not None or not is_counted


def _is_second_name(found: list[Token], index: int, read: list[Piece]) -> bool:
    """Tell whether a day named by its figure only gets another name: the 3rd, day before the fireworks."""
    token, days = found[index], [piece for piece in read if piece.clue.dom is not None]
    if not days or any(piece.first == index + 1 for piece in read):
        return False
    if token.may("after_day") or token.may("beside"):
        return index >= days[0].last
    return token.may("named_day") or _names_day(found, index)


def _names_day(found: list[Token], index: int) -> bool:
    """Tell whether the word "day" belongs to a name: assessment day."""
    around = [found[at] for at in (index - 1, index + 1) if 0 <= at < len(found)]
    has_name = any(not word.senses and word.text.isalpha() for word in around)
    return has_name and found[index].senses.get("unit") == "day" and not found[index].may("plural")


def _is_minus(found: list[Token], index: int) -> bool:
    """Tell whether minutes are taken off an hour that was read without them."""
    after = found[index + 1] if index + 1 < len(found) else None
    return found[index].may("minus") and after is not None and (after.may("number") or after.may("quarter"))


def _is_harmless(found: list[Token], index: int) -> bool:
    """Tell whether the word says nothing new beside a day and an hour."""
    return _is_house(found, index) or _is_after_event(found, index) or _names_day(found, index)


def _is_house(found: list[Token], index: int) -> bool:
    """Tell whether a number follows a word that is no date: the house of a street."""
    before = found[index - 1] if index and found[index].may("number") else None
    return (
        before is not None
        and before.text.isalpha()
        and not before.senses.keys() - {"common", "ignored", "place"}
    )


def _is_after_event(found: list[Token], index: int) -> bool:
    """Tell whether an hour only happens to lie after something: at 3, after school."""
    if found[index].senses.get("after") != AFTER_EVENT or index + 1 == len(found):
        return False
    return not (index and found[index - 1].may("or"))


def _tells(token: Token) -> bool:
    if token.senses.get("number") in {1, 0} and not token.may("digits"):
        return False
    if token.may("filler") or (token.may("weak") and token.may("month")):
        return False
    return any(token.may(category) for category in _TELLING)
