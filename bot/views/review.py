"""The Sunday review: the week in counts, the next one day by day, a line to end with."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.callbacks import Go
from bot.domain.review import Ahead, Review
from bot.domain.weeks import Weekly
from bot.texts import Texts
from bot.views import parts
from bot.views.screen import Screen, button
from bot.views.weekly import off_button

_WEEK, _SUNDAY = timedelta(weeks=1), timedelta(days=6)
#: More lines would bury what matters.
_MOST = 12


def review(texts: Texts, found: Review, *, repeat: bool = False) -> Screen:
    """Show the week that ends and the one that begins."""
    monday = found.monday
    again = texts("push.repeat") if repeat else None
    heading = texts("review.title", days=texts.days(monday, monday + _SUNDAY))
    waiting = [texts("review.waiting"), *_lines(texts, found.waiting)] if found.waiting else None
    ahead = []
    if found.ahead:
        following = monday + _WEEK
        ahead = [texts("review.ahead", days=texts.days(following, following + _SUNDAY))]
    home = button(texts.plain("button.today"), Go("today"))
    return Screen(
        text=parts.joined(
            again,
            [heading, *_counts(texts, found)],
            waiting,
            ahead,
            *_days(texts, found.ahead[:_MOST]),
            _more(texts, found.ahead),
            texts(f"review.closing.{found.closing}"),
        ),
        keyboard=((home,), (off_button(texts, Weekly.REVIEW),)),
        silent=True,
    )


def _counts(texts: Texts, found: Review) -> list[Markup]:
    counts = [
        *([texts.count("review.touches", found.touches)] if found.touches else []),
        *([texts.count("review.answers", found.answers)] if found.answers else []),
        *([texts.count("review.interviews", found.interviews)] if found.interviews else []),
    ]
    return counts or [texts("review.quiet")]


def _days(texts: Texts, ahead: Sequence[Ahead]) -> Iterator[list[Markup]]:
    """Yield the lines of each day under its name."""
    for day, theirs in groupby(ahead, key=lambda one: _day(texts, one)):
        yield [texts("review.day", day=day), *_lines(texts, [*theirs])]


def _lines(texts: Texts, ahead: Sequence[Ahead]) -> list[Markup]:
    return [_line(texts, one) for one in ahead[:_MOST]]


def _line(texts: Texts, one: Ahead) -> Markup:
    company = one.vacancy.company
    if one.step:
        return texts("review.step", what=parts.step_name(texts, one.vacancy, one.step), company=company)
    if one.interview and one.interview.timed:
        at = texts.clock(one.at.astimezone(ZoneInfo(texts.zone)).time())
        return texts("review.interview", at=at, company=company)
    return texts("review.interview_some_time", company=company)


def _more(texts: Texts, ahead: Sequence[Ahead]) -> Markup | None:
    left = len(ahead[_MOST:])
    return texts.count("review.more", left) if left else None


def _day(texts: Texts, one: Ahead) -> date:
    return one.at.astimezone(ZoneInfo(texts.zone)).date()
