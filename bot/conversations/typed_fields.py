"""Typed values for the fields of a vacancy."""

from bot.context import Context
from bot.conversations import answers
from bot.domain.facts import Edited, Fact, PromiseMade
from bot.domain.vacancy import Promise, Vacancy
from bot.errors import InvalidAnswer, NotFound
from bot.language import readings
from bot.language.places import zones_of
from bot.language.readings import AtTime, NothingPromised, OnDate, Reading
from bot.reporting import changed_contact, changed_interview, interview_day, moment_of, new_contact
from bot.views import card, editing

#: Fields that are typed; these are days. A new time is one to come, of an interview that was fixed before.
DATED = frozenset({"promise", "starts_at", "new_time"})
FIELDS = (
    "company",
    "position",
    "contact_name",
    "contact_phone",
    "contact_email",
    "contact_username",
    "new_contact",
    "zone",
    "hour",
    *sorted(DATED),
)


async def take(context: Context, vacancy_id: int, field: str, item: int | None, said: str) -> None:
    """Save a typed field and show the card; raises InvalidAnswer."""
    vacancy = await context.vacancy(vacancy_id)
    if field == "zone":
        _take_zone(context, vacancy, said)
        return
    _save(context, vacancy, _fact(context, vacancy, field, item, said))


async def take_day(context: Context, vacancy_id: int, field: str, item: int | None, reading: Reading) -> None:
    """Save a typed day: when an interview is, or by when an answer was promised."""
    vacancy = await context.vacancy(vacancy_id)
    if field != "promise":
        starts_at = moment_of(reading, context.user.zone)
        if starts_at is None:
            raise InvalidAnswer("invalid.no_day")
        if field == "new_time" and starts_at <= context.now:
            raise InvalidAnswer("invalid.past")
        changes = {
            "starts_at": starts_at,
            "timed": isinstance(reading, AtTime),
            "told": starts_at <= context.now,
            "missed_at": None,
        }
        _save(context, vacancy, changed_interview(vacancy, item, **changes))
    else:
        _save(context, vacancy, _promise(vacancy, reading))


async def take_hour(context: Context, vacancy_id: int, stage: int | None, said: str) -> None:
    """Save a typed hour of an interview whose day is known; raises InvalidAnswer or SeveralDays."""
    vacancy = await context.vacancy(vacancy_id)
    day = interview_day(vacancy, stage, context.user.zone)
    question = readings.Question.INTERVIEW_FUTURE
    reading = answers.hour_on(day, said, context.user, context.now, question)
    if not isinstance(reading, AtTime):
        raise InvalidAnswer("invalid.no_hour")
    await take_day(context, vacancy_id, "new_time", stage, reading)


def _fact(context: Context, vacancy: Vacancy, field: str, item: int | None, said: str) -> Fact:
    match field:
        case "company":
            return Edited(fields=("company",), company=answers.line(said))
        case "position":
            return Edited(fields=("position",), position=answers.line(said))
        case "new_contact":
            return new_contact(vacancy, *answers.person(said, context.user))
        case "contact_name":
            return changed_contact(vacancy, item, name=answers.line(said))
        case "contact_phone":
            return changed_contact(vacancy, item, phone=answers.phone(said, context.user))
        case "contact_email":
            return changed_contact(vacancy, item, email=answers.email(said))
        case "contact_username":
            return changed_contact(vacancy, item, username=answers.username(said))
    raise NotFound(field)


def _take_zone(context: Context, vacancy: Vacancy, said: str) -> None:
    """Save the employer's zone, or offer the places that may be meant."""
    zones = zones_of(said, context.user.language, context.now)
    if not zones:
        raise InvalidAnswer("invalid.zone")
    if len(zones) > 1:
        context.show(editing.zones(context.texts, vacancy, zones, context.now))
        return
    _save(context, vacancy, Edited(fields=("zone",), zone=zones[0]))


def _promise(vacancy: Vacancy, reading: Reading) -> PromiseMade:
    known = vacancy.promise or Promise()
    match reading:
        case NothingPromised():
            return PromiseMade(None)
        case OnDate():
            on, at = reading.date, None
        case AtTime():
            on, at = reading.date, reading.time
        case _:
            raise InvalidAnswer("invalid.no_day")
    return PromiseMade(
        Promise(by=on, at=at, who=known.who, channel=known.channel, contact_id=known.contact_id)
    )


def _save(context: Context, vacancy: Vacancy, fact: Fact) -> None:
    reported = context.report(vacancy, fact)
    note = context.texts("edit.saved")
    context.show(card.card(context.texts, reported.vacancy, reported.step, context.now, note))
