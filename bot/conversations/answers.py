"""Typed answers, read and checked; InvalidAnswer carries the text that asks again."""

import re
from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.users import User
from bot.domain.working_time import WorkingTime
from bot.errors import BotError, InvalidAnswer
from bot.language.readings import Ask, AtTime, Invalid, NothingPromised, OnDate, Question, Reading

#: Long enough for any name of a company or a post.
_LONGEST = 120
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}\.[^@\s.]{2,}")
_USERNAME = re.compile(r"(?:https?://)?(?:t\.me/|@)?([A-Za-z]\w{3,31})", re.ASCII)
#: What parts a name from a number and an address.
_AROUND_A_NAME = " ,;:()·–—-"


class SeveralDays(BotError):
    """More than one day may be meant; `ask` holds them."""

    def __init__(self, ask: Ask) -> None:
        super().__init__(ask.key)
        self.ask = ask


def line(typed: str) -> str:
    """Return a name of something: one line, spaces folded."""
    folded = " ".join(typed.split())
    if not folded:
        raise InvalidAnswer("invalid.empty")
    if len(folded) > _LONGEST:
        raise InvalidAnswer("invalid.too_long", limit=_LONGEST)
    return folded


def email(typed: str) -> str:
    """Return an e-mail address."""
    found = line(typed)
    if not _EMAIL.fullmatch(found):
        raise InvalidAnswer("invalid.email")
    return found


def phone(typed: str, user: User) -> str:
    """Return a phone number, E.164 where it can be read."""
    from bot.language.phones import normalised

    found = normalised(line(typed), user.language, user.country, user.zone)
    if not any(sign.isdigit() for sign in found):
        raise InvalidAnswer("invalid.phone")
    return found


def person(typed: str, user: User) -> tuple[str, str | None, str | None]:
    """Return a name with the phone number and the e-mail address that stand beside it, if they do."""
    from bot.language.phones import find_phones

    said = line(typed)
    address = _EMAIL.search(said)
    if address:
        said = said.replace(address[0], " ")
    numbers = find_phones(said, user.language, user.country)
    if numbers:
        said = f"{said[: numbers[0].start]} {said[numbers[0].end :]}"
    name = line(said.strip(_AROUND_A_NAME))
    return name, numbers[0].number if numbers else None, address[0].rstrip(".,;") if address else None


def username(typed: str) -> str:
    """Return a Telegram username without what stands before it."""
    match = _USERNAME.fullmatch(line(typed))
    if not match:
        raise InvalidAnswer("invalid.username")
    return match[1]


def day(typed: str, user: User, now: datetime, question: Question) -> Reading:
    """Read a day; raises SeveralDays when only the user can tell, InvalidAnswer when there is no such day."""
    from bot.language.dates import read_date

    working_time = WorkingTime(user.zone, None, user.country, user.quiet)
    reading = read_date(
        typed,
        language=user.language,
        question=question,
        now=now,
        zone=user.zone or "UTC",
        country=user.country,
        is_working_day=working_time.is_working_day,
    )
    match reading:
        case Invalid():
            raise InvalidAnswer(reading.key, why=reading.why)
        case Ask() if reading.candidates:
            raise SeveralDays(reading)
        case Ask():
            raise InvalidAnswer(reading.key)
    return reading


def hour_on(on: date, typed: str, user: User, now: datetime, question: Question) -> Reading:
    """Read an hour of a day that is known; a day typed with the hour takes its place."""
    try:
        return day(f"{on.isoformat()} {typed}", user, now, question)
    except (InvalidAnswer, SeveralDays):
        return day(typed, user, now, question)


def dated(reading: Reading, user: User, hour: Callable[[date], datetime]) -> tuple[datetime, bool]:
    """Return the moment of a reading in UTC and whether its hour was told; `hour` fills it in otherwise."""
    match reading:
        case AtTime():
            return reading.moment(user.zone or "UTC").astimezone(ZoneInfo("UTC")), True
        case OnDate():
            return hour(reading.date), False
        case NothingPromised():
            raise InvalidAnswer("invalid.no_day")
    raise InvalidAnswer("dates.not_understood")
