"""Rules for days by their names: tomorrow, Friday next week, the 21st of August, the end of the month."""

from datetime import timedelta

from msgspec import structs

from bot.language.clues import Clue, Context
from bot.language.grammar import Match, rules
from bot.language.readings import WISHES, Question

#: A year farther off is an hour: 2030.
_YEARS = 3
_HOURS = 24
#: Until this hour "just now" may have been yesterday.
_SMALL_HOURS = 3
_AFTER_HOURS = ("meridiem", "oclock")
_OFFSETS = {"this": 0, "next": 1, "last": -1, "coming": 1, "gone": -1, "after_next": 2, "before_last": -2}


def steps(which: str | None, context: Context) -> int:
    """Return how many weeks, months or years from this one."""
    if which == "that":
        return -1 if context.tense == "past" else 1
    return _OFFSETS[which or "this"]


def _day(match: Match) -> Clue | None:
    return Clue(exact=match.context.today + timedelta(match["day"] + (match.value("after_day") or 0)))


def _day_part(match: Match) -> Clue | None:
    offset, part = match["day_part"].split()
    return Clue(exact=match.context.today + timedelta(int(offset)), part=part)


def _this_part(match: Match) -> Clue | None:
    offset = 0 if match["which"] == "this" else -1
    return Clue(exact=match.context.today + timedelta(offset), part=match["part"])


def _weekday(match: Match) -> Clue | None:
    return Clue(weekday=match["weekday"], which=match.value("which"))


def _weekday_of_week(match: Match) -> Clue | None:
    return Clue(weekday=match["weekday"], week=steps(match["which"], match.context))


def _week(match: Match) -> Clue | None:
    return Clue(week=steps(match["which"], match.context))


def _months(match: Match) -> Clue | None:
    return Clue(months=steps(match["which"], match.context))


def _day_of_month(match: Match) -> Clue | None:
    dom = match["ordinal"] if "ordinal" in match else match["number"]
    year = year_of(match)
    if match.tokens[0].may("month") and match.after is not None and match.after.may("month"):
        return None  # March, 6 October: a person and a day
    if match.tokens[-1].may("year") and "year" not in match:
        return None  # August 2027
    if match.tokens[-1].may("digits") and match.after is not None and any(map(match.after.may, _AFTER_HOURS)):
        return None  # in August, 10 am
    if not isinstance(dom, int) or (year and abs(year - match.context.today.year) > _YEARS):
        return None
    clue = Clue(dom=dom, month=match.value("month"), year=year)
    if "this_year" in match:
        clue.year = match.context.today.year
    if "which" in match:
        offset = steps(match["which"], match.context)
        if match["unit"] == "year":
            clue.year = match.context.today.year + offset
        else:
            clue.months = offset
    return clue


def _short_year(match: Match) -> Clue | None:
    """2 December 26: no hour, so a year."""
    numbers = match.values["number"]
    year = 2000 + numbers[-1] if isinstance(numbers[-1], int) else 0
    if (
        match.tokens[-1].senses.get("digits") != 2
        or year not in _near(match.context)
        or numbers[-1] <= _HOURS
    ):
        return None
    dom = match["ordinal"] if "ordinal" in match else numbers[0]
    return Clue(dom=dom, month=match["month"], year=year) if isinstance(dom, int) else None


def _near(context: Context) -> range:
    return range(context.today.year - 1, context.today.year + 2)


def year_of(match: Match) -> int | None:
    """Return the year that stands last: 2027, or 27th before the word for year."""
    if "year" in match:
        return int(match["year"])
    numbers = match.values.get("ordinal") or match.values.get("number")
    if match.value("unit") != "year" or "which" in match or not numbers:
        return None
    year = int(numbers[-1])
    return year if year >= 2000 else 2000 + year


def _ordinal(match: Match) -> Clue | None:
    """The 21st; a second interview is none."""
    if match.tokens[0].may("nth") and not match.follows("by", "at", "after", "from"):
        return None
    return Clue(dom=match["ordinal"])


def _week_of_day(match: Match) -> Clue | None:
    """The week of October 12."""
    if "pair" in match:
        return Clue(doubt="dates.which_day")
    clue = _day_of_month(match)
    return clue and structs.replace(clue, doubt="dates.which_day")


def _month(match: Match) -> Clue | None:
    is_wish = match.context.question in WISHES and match.before is not None
    if match.tokens[-1].may("weak") and len(match.tokens) == 1 and not (is_wish or match.follows("in")):
        return None  # a person's name
    return Clue(month=match["month"], year=year_of(match))


def _repeated(_match: Match) -> Clue | None:
    return Clue(doubt="dates.vague")  # every Tuesday


def _in_weekday(match: Match) -> Clue | None:
    """In Monday, as some speak English; the Russian word for "in" skips one."""
    return Clue(doubt="dates.vague") if match.token("in").may("strict") else Clue(weekday=match["weekday"])


def _just_over(match: Match) -> Clue | None:
    """Just walked out: today, but right after midnight nobody knows."""
    is_sure = match.context.question == Question.INTERVIEW_PAST and match.context.now.hour >= _SMALL_HOURS
    return Clue(exact=match.context.today) if is_sure else None


def _weekday_over(match: Match) -> Clue | None:
    """Wednesday has passed, and they have not called."""
    is_promise = match.context.question == Question.PROMISE
    return Clue(weekday=match["weekday"], which="gone") if is_promise else None


def _nth_day(match: Match) -> Clue | None:
    """The first day of next month; of the winter says nothing new."""
    nth, of = match.values["ordinal" if "ordinal" in match else "nth"][0], match.value("unit", 1)
    if nth < 0 or of in {"day", "workday", "week", "year"}:
        return None
    if "month" in match:
        return Clue(dom=nth, month=match["month"])
    return Clue(dom=nth, months=steps(match.value("which"), match.context)) if of else Clue()


RULES = [
    *rules("after_day? day unit=day?", _day),
    *rules("day_part", _day_part),
    *rules("which=this|which=last part", _this_part),
    *rules(
        """
        which? weekday
        weekday which
        weekday unit=day
        """,
        _weekday,
    ),
    *rules(
        """
        weekday at|in? which unit=week
        weekday at|in? unit=week which=after_next|which=before_last|which=next
        which unit=week at|in? weekday
        unit=week which=after_next|which=before_last at|in? weekday
        """,
        _weekday_of_week,
    ),
    *rules(
        """
        which unit=week
        unit=week which=after_next|which=before_last|which=next
        """,
        _week,
    ),
    *rules("which unit=month", _months),
    *rules("unit=month which=after_next|which=before_last", _months),
    *rules(
        """
        ordinal|number month
        ordinal|number dom month
        dom ordinal|number month
        month ordinal|number
        ordinal|number dom
        dom ordinal|number
        ordinal|number dom? at|in? which unit=month
        ordinal|number month which unit=year
        ordinal|number month this_year
        ordinal|number month year unit=year?
        ordinal dom? of? unit=month
        month ordinal|number year unit=year?
        ordinal|number month number thousand? ordinal|number unit=year
        ordinal|number month ordinal|number unit=year
        """,
        _day_of_month,
    ),
    *rules(
        """
        unit=week ordinal|number month
        unit=week month ordinal|number
        unit=week ordinal
        week_of ordinal|number month
        week_of ordinal
        week_of pair
        """,
        _week_of_day,
    ),
    *rules(
        """
        ordinal|number month number
        month ordinal|number number
        """,
        _short_year,
    ),
    *rules("ordinal", _ordinal),
    *rules("month year? unit=year?", _month),
    *rules(
        """
        repeat weekday?
        repeat unit|weekend
        """,
        _repeated,
    ),
    *rules("in weekday", _in_weekday),
    *rules("just over", _just_over),
    *rules("weekday over", _weekday_over),
    *rules(
        """
        nth|ordinal unit=day vague
        nth|ordinal unit=day month
        nth|ordinal unit=day at|in? which? unit=month
        """,
        _nth_day,
    ),
]
