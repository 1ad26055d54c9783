"""Clues in the order of the text -> the moments meant: joined, corrected, denied, or one of several."""

from msgspec import Struct, structs

from bot.language.ambiguous_numbers import settled
from bot.language.clues import Clue, Context, beside, clashes, clock_of, day_of, has_clock, has_day, merged
from bot.language.gaps import Gap
from bot.language.grammar import Piece
from bot.language.token_types import Token


class Moment(Struct):
    """What is known of one moment, and how the sentence puts it."""

    clue: Clue
    spans: list[tuple[int, int]]  # tokens
    deadline: bool = False
    open_ended: bool = False
    denied: bool = False
    passed: bool = False  # after Monday: it has to be over
    lent: bool = False  # its hour is that of the day it replaced


def moments(found: list[Token], pieces: list[Piece], context: Context, *, apart: bool) -> list[Moment]:
    """Return the moments of the text; `apart` lets ordinary words separate them."""
    read: list[Moment] = []
    previous = 0
    for piece in (piece for piece in pieces if piece.clue != Clue()):
        gap = Gap(tuple(found[previous : piece.first]))
        starts_anew = not read or (apart and gap.has_words)
        moment = _moment(piece, gap, None if starts_anew else read[-1])
        if starts_anew or moment.denied or read[-1].denied:
            read.append(moment)
        else:
            _add(read, moment, gap, context)
        previous = piece.last
    return read


def _moment(piece: Piece, gap: Gap, current: Moment | None) -> Moment:
    """Return the moment that the piece alone would be."""
    in_range = gap.has("till") and current is not None and _same_group(current.clue, piece.clue)
    clue = piece.clue
    if gap.is_muddled:
        clue = structs.replace(clue, doubt=clue.doubt or "dates.not_understood")
    return Moment(
        clue,
        [(piece.first, piece.last)],
        deadline=gap.has("by") and has_day(clue) and not in_range,
        open_ended=gap.opens(clue),
        denied=gap.denies or piece.refused,
        passed=gap.passes(clue),
    )


def _add(read: list[Moment], moment: Moment, gap: Gap, context: Context) -> None:
    """Join the moment to the last one, or put it in its place, or beside it."""
    current = read[-1]
    if _is_end_of_range(current.clue, moment.clue, gap) or (
        moment.clue.length and moment.clue.at and has_day(current.clue)
    ):
        current.spans += moment.spans  # from 3 to 5; or how long it lasts
        return
    if current.clue.length and current.clue.at and has_day(moment.clue):
        current.clue = Clue()
    if _is_stray(current.clue, moment.clue, gap):
        current.clue.doubt = current.clue.doubt or "dates.not_understood"
    if current.lent and not gap.has("or") and (has_clock(moment.clue) or moment.clue.bare is not None):
        current.clue, current.lent = day_of(current.clue), False
    current.clue, clue = settled(current.clue, moment.clue, context)
    moment.clue, _ = settled(clue, current.clue, context)
    same = _same_group(current.clue, moment.clue)
    if gap.corrects and same:
        _correct(read, moment)
    elif (gap.has("or") and same) or clashes(current.clue, moment.clue):
        read.append(moment)
    else:
        current.clue = merged(current.clue, moment.clue)
        current.spans += moment.spans
        current.deadline |= moment.deadline
        current.open_ended |= moment.open_ended
        current.passed |= moment.passed


def _is_stray(current: Clue, clue: Clue, gap: Gap) -> bool:
    """Tell whether a bare number stands apart from the rest, or is one too many."""
    one_too_many = has_day(current) and has_clock(current) and not (gap.has("or") or gap.corrects)
    apart = not gap.is_slight and "at" not in {clue.prep, current.prep}
    return (clue.bare is not None and (one_too_many or apart)) or (current.bare is not None and apart)


def _is_end_of_range(current: Clue, clue: Clue, gap: Gap) -> bool:
    """Tell whether this is the 5 of "from 3 to 5": the beginning counts."""
    if not gap.has("till") or gap.has("or"):
        return False
    if clue.bare is not None:
        return current.bare is not None or current.hour is not None
    is_hour = (clue.hour is not None and not has_day(clue)) or clue.figures is not None
    return is_hour and current.hour is not None


def _same_group(one: Clue, other: Clue) -> bool:
    both_days = has_day(one) and has_day(other)
    both_hours = (has_clock(one) or one.bare is not None) and (has_clock(other) or other.bare is not None)
    return both_days or both_hours or bool(_half_of_day(one) and _half_of_day(other))


def _half_of_day(clue: Clue) -> str | None:
    return clue.part or clue.meridiem


def _is_half_of_day(clue: Clue) -> bool:
    """Tell whether the clue is only "in the morning", or "pm"."""
    return structs.replace(clue, part=None, meridiem=None, doubt=None) == Clue()


def _is_weekday_of(clue: Clue, day: Clue) -> bool:
    """Tell whether the clue says which weekday it is: tomorrow, that is Friday."""
    return clue.weekday is not None and day.exact is not None and day.exact.weekday() == clue.weekday


def _correct(read: list[Moment], moment: Moment) -> None:
    """Put the correction in the place of what it corrects; the rest stays."""
    wrong = read.pop()
    moment.clue = beside(moment.clue, wrong.clue, sure=True)
    if moment.clue.bare is not None and has_clock(wrong.clue):
        moment.clue = Clue(hour=moment.clue.bare)  # at 3, no, at 4
    kept = Clue()
    if _is_half_of_day(moment.clue):
        kept = structs.replace(wrong.clue, part=None, meridiem=None)  # ten in the evening, no, the morning
    elif not has_day(moment.clue) or _is_weekday_of(moment.clue, wrong.clue):
        kept = day_of(wrong.clue)
    elif not (has_clock(moment.clue) or moment.clue.part):
        kept = clock_of(wrong.clue)
        moment.lent = True
    moment.clue = merged(moment.clue, kept)
    moment.spans = [*wrong.spans, *moment.spans]
    moment.deadline |= wrong.deadline
    read.append(moment)
