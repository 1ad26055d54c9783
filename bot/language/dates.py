"""Reading dates as people type them: "in a week on Tuesday, half past three".

read_date() is for an answer to a question about a date, find_dates() for dates inside other text.
Text -> tokens (tokens.py) -> clues (dates_grammar.py) -> moments (moments.py) -> a reading (resolving.py).
"""

from collections.abc import Callable
from datetime import date, datetime

from msgspec import structs

from bot.language.clues import Clue, Context, beside, clock_of, day_of, has_clock, has_day, merged
from bot.language.date_context import Circumstances, context_of
from bot.language.dates_grammar import pieces
from bot.language.finding import found_dates
from bot.language.grammar import Piece
from bot.language.leftovers import is_left_over
from bot.language.moments import Moment, moments
from bot.language.other_clocks import name_places, near, on_users_clock
from bot.language.promises import nothing_promised
from bot.language.readings import (
    WISHES,
    Ask,
    AtTime,
    Found,
    Invalid,
    NothingPromised,
    OnDate,
    Question,
    Reading,
)
from bot.language.refusals import read_pieces
from bot.language.resolving import one_of, possible, resolve
from bot.language.token_types import Token
from bot.language.tokens import tokens
from bot.language.wishes import granted, without_beginnings

__all__ = [
    "Ask",
    "AtTime",
    "Found",
    "Invalid",
    "NothingPromised",
    "OnDate",
    "Question",
    "Reading",
    "find_dates",
    "read_date",
]

_LONGEST = 4096
#: Nobody needs more to name a date: what is longer is asked about.
_LONGEST_ANSWER = 400


def read_date(  # noqa: PLR0913 - each is named by the caller, and none can be left out
    text: str,
    *,
    language: str,
    question: Question,
    now: datetime,
    zone: str,
    country: str | None = None,
    is_working_day: Callable[[date], bool] | None = None,
) -> Reading:
    """Read an answer to a question about a date; never guess between two meanings, ask."""
    known = Circumstances(language, question, now, zone, country, is_working_day)
    found = name_places(tokens(text[:_LONGEST_ANSWER], language), text, language, now)
    context = context_of(found, known)
    read = read_pieces(found, context)
    meant = moments(found, read, context, apart=False)
    silent = question == Question.PROMISE and nothing_promised(found, read)
    if not meant:
        return _without_date(found, silent=silent)
    reading = on_users_clock(_chosen(meant, context), found, context)
    if question == Question.PROMISE and any(token.may("overdue") for token in found):
        reading = _overdue(reading, found, read, context)
    if silent and not isinstance(reading, Invalid):
        return Ask("dates.which_of", possible(reading)) if possible(reading) else NothingPromised()
    if question in WISHES:
        found = without_beginnings(found)
    if isinstance(reading, OnDate | AtTime) and (
        len(text) > _LONGEST_ANSWER or is_left_over(found, read, named_hour=isinstance(reading, AtTime))
    ):
        return Ask("dates.not_understood", (reading,))
    return reading


def find_dates(  # noqa: PLR0913 - the same arguments as read_date()
    text: str,
    *,
    language: str,
    question: Question,
    now: datetime,
    zone: str,
    country: str | None = None,
    is_working_day: Callable[[date], bool] | None = None,
) -> tuple[Found, ...]:
    """Find the dates in a longer text, in their order; words that are no dates stand outside.

    An hour that stands apart from its day belongs to the day before it: see Found.parts.
    """
    known = Circumstances(language, question, now, zone, country, is_working_day)
    found = tokens(text[:_LONGEST], language, guess=False)
    context = context_of(found, known)
    dates = found_dates(found, moments(found, pieces(found, context), context, apart=True), context)
    zones = [token for token in found if token.may("zone")]
    return tuple(
        structs.replace(one, reading=on_users_clock(one.reading, near(one, zones), context)) for one in dates
    )


def _without_date(found: list[Token], *, silent: bool) -> Reading:
    if silent:
        return NothingPromised()
    vague = any(token.may("vague") for token in found)
    return Ask("dates.vague" if vague else "dates.not_understood")


def _overdue(reading: Reading, found: list[Token], read: list[Piece], context: Context) -> Reading:
    """Ask whether the day that was promised is over: they should have called on Monday."""
    if not isinstance(reading, OnDate | AtTime) or sum(has_day(piece.clue) for piece in read) > 1:
        return reading
    over = structs.replace(context, tense="past")
    before = possible(_chosen(moments(found, read, over, apart=False), over))
    return Ask("dates.which_of", (*before, reading)) if before and reading not in before else reading


def _chosen(meant: list[Moment], context: Context) -> Reading:
    """Return what is left when denied moments are dropped; several are alternatives."""
    kept = [moment for moment in meant if not moment.denied]
    if not kept:
        return Ask(
            "dates.which_day", possible(one_of((resolve(m, context) for m in meant), "dates.which_day"))
        )
    for moment in kept:
        for aside in (moment for moment in meant if moment.denied):
            moment.clue = beside(moment.clue, aside.clue, sure=False)
    _share(kept)
    read = granted if context.question in WISHES else resolve
    reading = one_of((read(moment, context) for moment in kept), "dates.which_of")
    return _without(reading, [resolve(moment, context) for moment in meant if moment.denied])


def _without(reading: Reading, put_off: list[Reading]) -> Reading:
    """Drop the day that was put off from two in question: not this Friday, next Friday."""
    if not isinstance(reading, Ask) or reading.key != "dates.which_of" or len(reading.candidates) > 2:
        return reading
    days = {one.date for one in put_off if isinstance(one, OnDate | AtTime)}
    left = [candidate for candidate in reading.candidates if candidate.date not in days]
    return left[0] if len(left) == 1 and len(reading.candidates) > 1 else reading


def _share(kept: list[Moment]) -> None:
    """Let alternatives share what only one of them names: Tuesday or Wednesday at three."""
    for moment in kept:
        if len(kept) > 1 and _is_only_hour(moment.clue):
            moment.clue = Clue(hour=moment.clue.bare)  # the 24th, not the 25th, at 11
    with_clock = next((moment.clue for moment in kept if moment.clue.hour is not None), None)
    with_day = next((moment.clue for moment in kept if has_day(moment.clue)), None)
    for moment in kept:
        if with_clock and not has_clock(moment.clue) and moment.clue.bare is None:
            moment.clue = merged(moment.clue, clock_of(with_clock))
        if with_day and not has_day(moment.clue):
            moment.clue = merged(moment.clue, day_of(with_day))
        if len(kept) > 1 and moment.clue.bare is not None and has_day(moment.clue):
            number = moment.clue.bare
            moment.clue.bare = None
            moment.clue = merged(moment.clue, Clue(hour=number))


def _is_only_hour(clue: Clue) -> bool:
    """Tell whether nothing but "at 11" is known."""
    return clue == Clue(bare=clue.bare, prep="at") and clue.bare in range(25)
