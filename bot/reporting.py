"""What a tap or a typed day reports: the facts of an outcome, of a deed, of a wish to be reminded later."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import convert
from msgspec.structs import replace

from bot.domain.facts import (
    Answered,
    Closed,
    ContactNamed,
    ContactRemoved,
    Fact,
    InterviewCancelled,
    InterviewSet,
    Kept,
    NoShow,
    OfferTold,
    Reopened,
    Skipped,
    Snoozed,
    Touched,
)
from bot.domain.no_show import is_untold, next_stage
from bot.domain.step import Step
from bot.domain.vacancy import Channel, Contact, Interview, Outcome, Role, Status, Technique, Vacancy
from bot.errors import NotFound, StaleButton
from bot.language.readings import AtTime, OnDate, Reading

#: A dial nobody answered: the one outcome that is no answer (C1).
NO_ANSWER = "no_answer"
#: What is told of an offer by a day: logged like an outcome that names one.
OFFER_DAYS = ("starts_on", "answer_by", "signs_on")
#: And whether its terms have come in writing.
OFFER_TERMS = ("in_writing", "not_in_writing")
#: When only the day of an interview is known.
_NOON = time(12)
_LUNCH_IS_OVER = time(14)
_MORNING = time(10)


def outcome_facts(
    vacancy: Vacancy, step: Step | None, outcome: str, on: date | None = None, at: time | None = None
) -> list[Fact]:
    """Return the facts of an outcome; with a step, a call of that step led to it."""
    if outcome in (*OFFER_DAYS, *OFFER_TERMS):
        return [_told_of_offer(vacancy, outcome, on)]
    contact_id = step.contact_id if step else None
    facts: list[Fact] = []
    if step:
        touched = Touched(
            technique=step.technique,
            channel=Channel.PHONE,
            contact_id=contact_id,
            reached=outcome not in {NO_ANSWER, Outcome.HR_LEFT},
        )
        facts.append(touched)
    if outcome == NO_ANSWER:
        if step is None:
            raise StaleButton(outcome)
        return facts
    try:
        answer = Answered(outcome=Outcome(outcome), on=on, at=at, contact_id=contact_id)
    except ValueError as error:
        raise StaleButton(outcome) from error
    if answer.outcome is Outcome.HR_LEFT:
        return [*facts, replace(answer, contact_id=None), *_removal(vacancy, contact_id)]
    return [*facts, answer]


def _told_of_offer(vacancy: Vacancy, what: str, on: date | None) -> OfferTold:
    """Return the fact that tells one thing of an offer; raises StaleButton where none stands any more."""
    if vacancy.status is not Status.OFFERED:
        raise StaleButton(what)
    if what in OFFER_TERMS:
        return OfferTold(fields=("in_writing",), in_writing=what == "in_writing")
    return convert({"type": "offer", "fields": (what,), what: on}, OfferTold)


def _removal(vacancy: Vacancy, contact_id: int | None) -> list[Fact]:
    """Return the fact that takes out a contact who has left: whoever was rung for, otherwise HR (R61)."""
    hr = next((contact.id for contact in vacancy.contacts if contact.role in {Role.HR, Role.AGENCY}), None)
    gone = contact_id if contact_id is not None else hr
    return [] if gone is None else [ContactRemoved(gone)]


def next_stage_fact(vacancy: Vacancy, on: date, at: time | None, zone: str | None) -> InterviewSet:
    """Return the interview that an invitation to the next stage sets."""
    stage, last = next_stage(vacancy), vacancy.interview
    people = last.contact_ids if last and last.stage == stage else ()
    return InterviewSet(
        Interview(
            stage=stage,
            starts_at=moment_on(on, at, zone),
            timed=at is not None,
            contact_ids=people,
            told=False,
        )
    )


def deed_facts(deed: str, step: Step | None) -> list[Fact]:
    """Return the facts of a deed; raises StaleButton for one that does not fit the step."""
    match deed:
        case "withdraw":
            return [Closed(Status.WITHDRAWN)]
        case "give_up":
            return [Closed(Status.GIVEN_UP)]
        case "keep":
            return [Kept()]
        case "reopen":
            return [Reopened()]
        case "to_reserve":
            return [Answered(outcome=Outcome.RESERVE)]
        case "skip" if step:
            return [Skipped(step.technique)]
        case "did" if step:
            return [_done(step.technique, step)]
    raise StaleButton(deed)


def letter_fact(step: Step, *, in_chat: bool) -> Touched:
    """Return the fact that the letter of a step went out, by e-mail or in a chat."""
    in_chat = in_chat or step.channel is Channel.MESSENGER
    channel = Channel.MESSENGER if in_chat else Channel.EMAIL
    return Touched(technique=step.technique, channel=channel, contact_id=step.contact_id)


def agreed_facts(deed: str, vacancy: Vacancy, step: Step | None, now: datetime) -> list[Fact]:
    """Return the facts of a deed about what was agreed, an interview or a task; raises StaleButton."""
    meeting = vacancy.interview
    match deed:
        case "no_show" if meeting and is_untold(meeting, now):
            return [NoShow(meeting.stage)]
        case "interview_off" if meeting and not meeting.told:
            return [InterviewCancelled(meeting.stage)]
        case "no_new_time":
            return [Skipped(Technique.NEW_TIME)]
        case "handed_in":
            return [_done(Technique.TEST_TASK, step)]
        case "under_way" if step and step.until:
            return [Snoozed(step.until)]
    raise StaleButton(deed)


def _done(technique: Technique, step: Step | None) -> Touched:
    channel = step.channel if step else None
    contact_id = step.contact_id if step else None
    return Touched(technique=technique, channel=channel or Channel.EMAIL, contact_id=contact_id)


def snoozed_until(choice: str, vacancy: Vacancy, now: datetime, zone: str | None) -> datetime:
    """Return the moment of a wish, read from the user's clock; raises StaleButton for one that is over."""
    local = now.astimezone(ZoneInfo(zone or "UTC"))
    day, clock = local.date(), _MORNING
    match choice:
        case "hour":
            return now + timedelta(hours=1)
        case "lunch":
            day, clock = day + timedelta(days=local.time() >= _LUNCH_IS_OVER), _LUNCH_IS_OVER
        case "tomorrow":
            day += timedelta(days=1)
        case "monday":
            day += timedelta(days=7 - day.weekday())
        case "week":
            day += timedelta(days=7)
        case "promised" if vacancy.promise and vacancy.promise.by and vacancy.promise.by > day:
            day = vacancy.promise.by
        case _:
            raise StaleButton(choice)
    return datetime.combine(day, clock, local.tzinfo).astimezone(UTC)


def changed_contact(vacancy: Vacancy, contact_id: int | None, **changes: object) -> ContactNamed:
    """Return the fact that corrects a contact; raises NotFound when there is no such contact."""
    contact = vacancy.contact(contact_id)
    if contact is None:
        raise NotFound
    return ContactNamed(replace(contact, **changes))


def new_contact(
    vacancy: Vacancy, name: str, phone: str | None = None, email: str | None = None
) -> ContactNamed:
    """Return the fact that names one more contact."""
    taken = max((contact.id for contact in vacancy.contacts), default=0)
    return ContactNamed(Contact(id=taken + 1, name=name, phone=phone, email=email))


def changed_interview(vacancy: Vacancy, stage: int | None, **changes: object) -> InterviewSet:
    """Return the fact that corrects an interview; raises NotFound when there is no such stage."""
    return InterviewSet(replace(_interview(vacancy, stage), **changes))


def interview_day(vacancy: Vacancy, stage: int | None, zone: str | None) -> date:
    """Return the user's day of an interview; raises NotFound when there is no such stage."""
    return _interview(vacancy, stage).starts_at.astimezone(ZoneInfo(zone or "UTC")).date()


def _interview(vacancy: Vacancy, stage: int | None) -> Interview:
    interview = next((interview for interview in vacancy.interviews if interview.stage == stage), None)
    if interview is None:
        raise NotFound
    return interview


def moment_of(reading: Reading, zone: str | None) -> datetime | None:
    """Return the moment of a reading in UTC, noon where no hour was told; None when it names no day."""
    match reading:
        case AtTime():
            return moment_on(reading.date, reading.time, zone)
        case OnDate():
            return moment_on(reading.date, None, zone)
    return None


def moment_on(day: date, at: time | None, zone: str | None) -> datetime:
    """Return the moment of a day and an hour on the user's clock, in UTC; noon for no hour."""
    return datetime.combine(day, at or _NOON, ZoneInfo(zone or "UTC")).astimezone(UTC)
