"""Rules for hours in words: half past five, a quarter to six, at three, from 3 to 5."""

from typing import Any

from bot.language.clues import Clue
from bot.language.grammar import Match, rules
from bot.language.lengths import is_hour_of_day, is_length
from bot.language.token_types import Token

_YEARS = range(2024, 2030)
_HOURS = range(25)
_DAY_HOURS = 24
_MINUTES = range(60)
_AFTER_NUMBERS = ("month", "dom", "oclock", "unit", "meridiem", "part")


def _at(match: Match, hour: int, minute: int | None = None) -> Clue:
    return Clue(hour=hour, minute=minute, meridiem=match.value("meridiem"), part=match.value("part"))


def _is_hundreds(token: Token) -> bool:
    return token.senses.get("digits") in {3, 4}


def _hour(match: Match) -> Clue | None:
    """Three o'clock; fifteen hours thirty; 930 am."""
    hour, minute = match["number"], match.value("number", 1)
    is_hundreds = _is_hundreds(match.token("number"))
    if not isinstance(hour, int) or isinstance(minute, float) or not (is_hundreds or _is_hour(match)):
        return None
    if is_hundreds:
        hour, minute = divmod(hour, 100)
    clue = _at(match, hour, minute)
    may_be_days = len(match.tokens) == 2 and match.tokens[1].may("unit") and match.tokens[1].may("part")
    if may_be_days and not match.follows("at", "by"):
        clue.doubt = "dates.which_of"
    return clue


def _is_hour(match: Match) -> bool:
    """Tell whether "10 hours" stands for ten o'clock and no span."""
    if is_length(match):
        return False
    if match["number"] >= _DAY_HOURS and match.tokens[1].may("unit") and not match.follows("at", "by"):
        return False  # 48 hours
    is_at = match.follows("at") and match["number"] in _HOURS
    return len(match.tokens) > 2 or "unit" not in match or is_at or is_hour_of_day(match)


def _one(match: Match) -> Clue | None:
    """One o'clock, where the word for an hour means it."""
    minute = match.value("number")
    if isinstance(minute, float) or (len(match.tokens) == 1 and not match.follows("at", "by")):
        return None
    return _at(match, 1, minute)


def _four_digits(match: Match) -> Clue | None:
    number = match["number"]
    hour, minute = divmod(number, 100)
    if match.tokens[0].senses.get("digits") != 4 or number in _YEARS:
        return None
    return (
        Clue(hour=hour, minute=minute, written="literal") if hour in _HOURS and minute in _MINUTES else None
    )


def _hour_minute(match: Match) -> Clue | None:
    """Three thirty; 15 30."""
    hour, minute = match.values["number"][:2]
    first, second = match.tokens[:2]
    if first.may("article") or hour not in _HOURS or minute not in _MINUTES:
        return None
    is_adjacent = second.start - first.end <= 1
    is_minute = second.senses.get("digits", 2) == 2 and (second.may("digits") or minute == 0 or minute >= 10)
    return _at(match, hour, minute) if is_adjacent and is_minute and not _is_hundreds(first) else None


def _hour_zero_minute(match: Match) -> Clue | None:
    """Ten oh five."""
    numbers = [number for number in match.values["number"] if number]
    if len(numbers) == 1 and len(match.values["number"]) == 3:
        numbers.append(0)  # oh nine hundred
    is_said = not any(token.may("digits") or token.may("article") for token in match.tokens)
    if len(numbers) != 2 or not is_said or numbers[0] not in _HOURS or numbers[1] not in range(10):
        return None
    return _at(match, numbers[0], numbers[1])


def _half_of_day(match: Match) -> Clue | None:
    """Am, after a correction: 10 pm, no, am."""
    is_new = match.before is not None and match.before.may("correction")
    return Clue(meridiem=match["meridiem"]) if is_new else None


def _hour_name(match: Match) -> Clue | None:
    """Noon, midnight."""
    hour = int(match["hour_name"].partition(":")[0])
    minute = match.value("number") or (30 if "half" in match else 15 if "quarter" in match else 0)
    if len(match.tokens) == 2 and minute not in _MINUTES[10:]:
        return None
    return Clue(hour=hour, minute=minute, written="literal")


def _before_hour(match: Match, hour: Any, minutes: Any) -> Clue | None:
    if hour not in _HOURS or minutes not in _MINUTES or not (hour and minutes):
        return None
    return _at(match, hour - 1 if hour > 1 else 12, 60 - minutes)


def _half_of(match: Match) -> Clue | None:
    """Half of the sixth hour: 5:30."""
    return _before_hour(match, match["ordinal"] if "ordinal" in match else match["half_to"], 30)


def _part_of(match: Match) -> Clue | None:
    """A quarter, or ten minutes, of the sixth hour: 5:15, 5:10."""
    minutes = 15 if "quarter" in match else match["number"]
    return _before_hour(match, match["ordinal"], 60 - minutes)


def _past(match: Match) -> Clue | None:
    """Half past five, half five, ten past five."""
    minutes, hour = _minutes_and_hour(match)
    if any(token.may("article") for token in match.tokens) and "quarter" not in match:
        return None  # half a month
    if not hour or hour not in _HOURS or minutes not in _MINUTES:
        return None
    return _at(match, hour, minutes)


def _to(match: Match) -> Clue | None:
    """Ten to six."""
    minutes, hour = _minutes_and_hour(match)
    is_mere = "unit" not in match and "minus" not in match
    if is_mere and minutes in _HOURS and minutes % 5:
        return _from_to(match)  # nine to five
    exact = _before_hour(match, hour, minutes)
    may_be_range = exact is not None and match.tokens[0].may("digits") and minutes == hour - 1
    return Clue(choices=(_at(match, minutes), exact)) if exact and may_be_range else exact  # 10 to 11 am


def _minutes_and_hour(match: Match) -> tuple[Any, Any]:
    named = [30] if "half" in match else [15] if "quarter" in match else []
    numbers = [*named, *match.values.get("number", []), *match.values.get("one", [])]
    return (numbers[0], numbers[1]) if len(numbers) == 2 else (None, None)


def _number(match: Match) -> Clue | None:
    """At 3: perhaps an hour, perhaps a day; what stands beside it tells."""
    number, token = match["number"], match.tokens[0]
    if not isinstance(number, int) or number < 0 or (number == 0 and not token.may("digits")):
        return None
    prep = _preposition(match)
    if _is_hundreds(token):
        hour, minute = divmod(number, 100)
        return Clue(hour=hour, minute=minute) if prep and hour in _HOURS and minute in _MINUTES else None
    is_house = match.before is not None and not match.before.senses and match.before.text.isalpha()
    is_long = token.may("digits") and int(token.senses["digits"]) > 2
    if is_house or is_long or token.may("article"):
        return None
    return Clue(bare=number, prep=prep or (None if token.may("digits") else "word"))


def _preposition(match: Match) -> str | None:
    if match.follows("at") and not match.follows("till"):
        return "at"
    return "by" if match.follows("by") else None


def _from_to(match: Match) -> Clue | None:
    """From 3 to 5: the beginning counts."""
    numbers = [*match.numbers(), *(match.token("clock").numbers if "clock" in match else ())]
    start, end = numbers[:2]
    if len(numbers) == 3 and not ("clock" in match or numbers[2] in _MINUTES[10:]):
        return None
    if start not in _HOURS or end not in _HOURS:
        return None
    clue = _at(match, start)
    crosses_noon = start > end or end == 12
    if clue.meridiem == "pm" and crosses_noon and start != 12:
        clue.meridiem = "am"
    is_told = clue.meridiem or clue.part or "oclock" in match
    return clue if is_told or start < end or end <= 12 else None


def _part(match: Match) -> Clue | None:
    return Clue(part=match["part"])


def _counted(match: Match) -> Clue | None:
    """The second round, five people; "at 11, room ..." is an hour and a room."""
    number, thing = match.tokens
    at_hour = match.follows("at", "by") and "ignored" in match
    return None if at_hour or thing.start - number.end > 1 else Clue()


def _in_place(match: Match) -> Clue | None:
    """Room 12; not "at the office 12 March"."""
    is_date = match.after is not None and any(map(match.after.may, _AFTER_NUMBERS))
    is_day = "ordinal" in match and match.token("ordinal").text[0].isdigit()
    return None if is_date or is_day else Clue()


RULES = [
    *rules(
        """
        number oclock meridiem|part?
        number oclock number unit=minute? part?
        number unit=hour number unit=minute? part?
        number meridiem|part
        oclock at|by number meridiem|part?
        oclock number meridiem|part?
        number unit=hour part?
        """,
        _hour,
    ),
    *rules(
        """
        one part|meridiem?
        one number unit=minute? part?
        """,
        _one,
    ),
    *rules("number", _four_digits),
    *rules(
        """
        number number meridiem|part?
        number number=0 unit=hour
        """,
        _hour_minute,
    ),
    *rules(
        """
        number number=0 number meridiem|part?
        number=0 number number=0 number meridiem|part?
        number=0 number number=0 unit=hour?
        """,
        _hour_zero_minute,
    ),
    *rules("meridiem", _half_of_day),
    *rules(
        """
        hour_name
        hour_name number
        half|quarter past hour_name
        """,
        _hour_name,
    ),
    *rules(
        """
        half till? ordinal oclock|one? part|meridiem?
        half_to part|meridiem?
        """,
        _half_of,
    ),
    *rules(
        """
        quarter ordinal part|meridiem?
        number unit=minute ordinal part|meridiem?
        """,
        _part_of,
    ),
    *rules(
        """
        quarter to number oclock? meridiem|part?
        number unit=minute? to number oclock? meridiem|part?
        minus quarter|number unit=minute? number|one oclock? meridiem|part?
        """,
        _to,
    ),
    *rules(
        """
        half|quarter past? number oclock? meridiem|part?
        number unit=minute? past number oclock? meridiem|part?
        """,
        _past,
    ),
    *rules("number", _number),
    *rules(
        """
        from? number till number oclock|meridiem|part
        from? number till number oclock part
        from number till number
        from? number till clock meridiem|part?
        from? number till number number meridiem|part?
        pair oclock|meridiem|part
        """,
        _from_to,
    ),
    *rules("part", _part),
    *rules("nth|ordinal|number ignored|place", _counted),
    *rules("place number|pair|ordinal of? number?", _in_place),
]
