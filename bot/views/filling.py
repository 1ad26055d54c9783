"""What is known about a step, as the words that fill the packs."""

from collections.abc import Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.domain.no_show import is_unmet, other_hours
from bot.domain.step import Step
from bot.domain.users import User
from bot.domain.vacancy import Channel, Interview, Outcome, Technique, Touch, Vacancy
from bot.domain.working_time import WorkingTime
from bot.language.courtesy import form_of, formal_name
from bot.language.names import address
from bot.packs import Packs, Words

#: Working days that light pressure leaves for a decision (R27).
_DECISION_DAYS = 3


def words(user: User, vacancy: Vacancy, step: Step, now: datetime, language: str) -> Words:
    """Return everything the packs may say about a step."""
    working_time = WorkingTime.between(user, vacancy)
    day = working_time.employer_day(max(step.due, now))
    contact = vacancy.contact(step.contact_id)
    name = contact.name if contact else None
    meant = [interview for interview in vacancy.interviews if interview.missed_at is None]
    ahead = next((i for i in meant if i.starts_at > now), None)
    held = next((i for i in reversed(meant) if i.starts_at <= now), None)
    spoken_of = ahead or held
    missed = vacancy.interview if is_unmet(vacancy) else None
    slots = [*_slots(working_time, missed, now)] if missed else []
    letter = _last(vacancy, Channel.EMAIL, missed)
    promised = vacancy.promise.by if vacancy.promise else None
    offer = vacancy.offer
    return Words(
        user_name=user.name,
        form=user.form,
        phone=user.phone,
        tone=vacancy.tone or user.tone,
        contact_name=address(name, language) if name else None,
        contact_formally=formal_name(name, language) if name else None,
        contact_form=form_of(name) if name else None,
        contact_role=contact.role if contact else None,
        company=vacancy.company,
        position=vacancy.position,
        interview_date=_day(spoken_of.starts_at, user) if spoken_of else None,
        stage=vacancy.stage,
        tests=held.tests if held else None,
        promised_day=promised,
        promised_by=vacancy.promise.who if vacancy.promise else None,
        channel=vacancy.promise.channel if vacancy.promise else None,
        answered=any(answer.stage == vacancy.stage for answer in vacancy.answers),
        hedge=_hedge(vacancy),
        deadline=working_time.add_working_days(day, _DECISION_DAYS),
        decided_day=working_time.previous_working_day(promised) if promised else None,
        announced_day=promised,
        touch=step.touch or len([touch for touch in vacancy.touches if touch.reached]) or 1,
        letter_sent=_day(letter.at, user) if letter else None,
        email=contact.email if contact and letter else None,
        due_day=_deadline(vacancy),
        meeting_day=_day(ahead.starts_at, user) if ahead else None,
        meeting_time=_clock(ahead, user),
        in_writing=offer.in_writing if offer else None,
        start_day=offer.starts_on if offer else None,
        signing_day=offer.signs_on if offer else None,
        answer_day=offer.answer_by if offer else None,
        missed_day=working_time.employer_day(missed.starts_at) if missed else None,
        missed_time=working_time.employer_time(missed.starts_at) if missed and missed.timed else None,
        slot_one=slots[0] if slots else None,
        slot_two=slots[1] if len(slots) > 1 else None,
        slot_three=slots[2] if len(slots) > 2 else None,
        country=user.country,
    )


def call_to_best(vacancy: Vacancy, now: datetime, step: Step | None = None) -> Step:
    """Return a first call to the contact of a step, or to whoever is known best: what nobody has planned."""
    known = vacancy.contact(step.contact_id) if step else None
    contact = known or next(iter(vacancy.contacts), None)
    return Step(
        technique=Technique.CALL,
        due=now,
        channel=Channel.PHONE,
        contact_id=contact.id if contact else None,
        touch=1,
        anchor="rehearsal",
    )


def sample_words(user: User, packs: Packs, now: datetime, language: str) -> Words:
    """Return a made-up vacancy in which everything is known, with the user as they are known."""
    made_up = packs.sample(language, _day(now, user))
    own = {"user_name": user.name, "phone": user.phone, "country": user.country}
    known = {name: value for name, value in own.items() if value}
    return replace(made_up, form=user.form, tone=user.tone, **known)


def _last(vacancy: Vacancy, channel: Channel, missed: Interview | None) -> Touch | None:
    """Return the last letter; of those about an interview they did not come to, where that is the matter."""
    touch = next((touch for touch in reversed(vacancy.touches) if touch.channel is channel), None)
    before = missed and touch and missed.missed_at and touch.at < missed.missed_at
    return None if before else touch


def _hedge(vacancy: Vacancy) -> str | None:
    answer = vacancy.answers[-1] if vacancy.answers else None
    return answer.words if answer and answer.outcome in {Outcome.VAGUE, Outcome.UNDECIDED} else None


def _deadline(vacancy: Vacancy) -> date | None:
    answer = vacancy.answers[-1] if vacancy.answers else None
    return answer.on if answer and answer.outcome is Outcome.TEST_TASK else None


def _slots(working_time: WorkingTime, missed: Interview, now: datetime) -> Iterator[datetime]:
    """Yield the hours to offer instead of a missed interview, as the employer's clock shows them."""
    for moment in other_hours(working_time, missed, now):
        day, clock = working_time.employer_day(moment), working_time.employer_time(moment)
        yield datetime.combine(day, clock)


def _clock(ahead: Interview | None, user: User) -> time | None:
    """Return the hour of an interview to come, where it was told."""
    if ahead is None or not ahead.timed:
        return None
    return ahead.starts_at.astimezone(ZoneInfo(user.zone or "UTC")).time()


def _day(moment: datetime, user: User) -> date:
    return moment.astimezone(ZoneInfo(user.zone or "UTC")).date()
