"""From an offer to the signature: what is still open, the day of the answer, the contract (R1, C12)."""

from collections.abc import Iterator
from datetime import date, datetime

from msgspec import Struct

from bot.domain.endings import pause, quiet
from bot.domain.ladder import attempt, best_contact
from bot.domain.meetings import before_interview, interview_comes_first
from bot.domain.offer import Offer
from bot.domain.silence import Silence, stamp
from bot.domain.situation import Situation
from bot.domain.step import Reason, Step
from bot.domain.vacancy import Answer, Outcome, Status, Technique

#: Working days between two reminders that something about an offer is still open.
_GAP = 3


class _Occasion(Struct, frozen=True, kw_only=True):
    """A working day on which the offer is brought up, if nothing is reported before the next one."""

    day: date
    anchor: str
    #: The moment from which dials belong to it.
    begins: datetime
    why: tuple[Reason, ...] = (Reason("R1"),)
    contact_id: int | None = None
    #: An answer is due: leaving the questions out does not leave this out.
    presses: bool = False


def secure_offer(s: Situation) -> Step | None:
    """An offer counts when the contract is signed: get what is open, answer in time, sign (R1)."""
    offer = s.vacancy.offer
    if s.vacancy.status is not Status.OFFERED or offer is None:
        return None
    occasions = _occasions(s, offer)
    moments = [s.time.employer_moment(occasion.day) for occasion in occasions]
    number = max((n for n, moment in enumerate(moments) if moment <= s.now), default=0)
    if interview_comes_first(s, moments[number]):
        return None
    until = before_interview(s, next(iter(moments[number + 1 :]), None))
    return _brought_up(s, offer, occasions[number], until)


def _brought_up(s: Situation, offer: Offer, occasion: _Occasion, until: datetime | None) -> Step:
    """Return the step of an occasion: ask for what is open, otherwise answer and sign."""
    opens = s.time.employer_moment(occasion.day)
    if not offer.is_settled:
        silence = Silence(
            anchor=occasion.anchor,
            since=s.time.employer_day(occasion.begins),
            begins=occasion.begins,
            opens=opens,
            why=occasion.why,
            contact_id=occasion.contact_id or offer.contact_id,
        )
        if step := attempt(s, Technique.SECURE_OFFER, silence, until):
            return step
    if s.is_skipped(Technique.SIGN_OFFER) or not (offer.is_settled or occasion.presses):
        return pause(s, occasion.begins, until)
    contact_id = best_contact(s, occasion.contact_id or offer.contact_id)
    return quiet(
        s, Technique.SIGN_OFFER, opens, occasion.anchor, *occasion.why, contact_id=contact_id, until=until
    )


def _occasions(s: Situation, offer: Offer) -> list[_Occasion]:
    """Return when the offer is brought up, soonest first; the day of the answer goes before the usual."""
    usual = _signing(s, offer) if offer.is_settled else _asking(s, offer)
    pressing = list(_pressing(s, offer, usual.begins))
    if pressing and pressing[0].day <= usual.day <= pressing[-1].day:
        return pressing
    return sorted((usual, *pressing), key=lambda occasion: occasion.day)


def _asking(s: Situation, offer: Offer) -> _Occasion:
    """The terms in writing, the first day: the next morning, then every few days, or when they said."""
    done = s.last_done_since(Technique.SECURE_OFFER, offer.made_at)
    begins = done.at if done else offer.made_at
    if s.answer and s.answer.outcome is not Outcome.OFFER and s.answer.received_at >= begins:
        return _occasion(_as_they_said(s, s.answer), s.answer.received_at, s.answer.contact_id)
    day = s.time.employer_day(begins)
    return _occasion(s.time.add_working_days(day, _GAP if done else 1), begins)


def _as_they_said(s: Situation, answer: Answer) -> date:
    """Return when to come back to an answer about the offer: on an agreed day, after a promised one."""
    if answer.on is None:
        return s.time.add_working_days(s.time.employer_day(answer.received_at), _GAP)
    is_call = answer.outcome is Outcome.CALL_LATER
    return s.time.working_day_from(answer.on) if is_call else s.time.next_working_day(answer.on)


def _signing(s: Situation, offer: Offer) -> _Occasion:
    """Everything is settled: on the day of the signature, or else on the first working day."""
    done = s.last_done_since(Technique.SIGN_OFFER, offer.made_at)
    target = offer.signs_on or offer.starts_on
    if target and not (done and target <= s.time.employer_day(done.at)):
        day, begins = s.time.working_day_from(target), done.at if done else offer.made_at
        return _Occasion(day=day, anchor=f"signing:{target}", begins=begins)
    begins = done.at if done else offer.made_at
    return _occasion(s.time.add_working_days(s.time.employer_day(begins), _GAP), begins)


def _pressing(s: Situation, offer: Offer, done: datetime) -> Iterator[_Occasion]:
    """The working day before the answer is due (H4), and the one after it; neither once it is seen to."""
    told_at = offer.answer_told_at or offer.made_at
    if offer.answer_by is None or s.last_done_since(Technique.SIGN_OFFER, told_at):
        return
    told = s.time.employer_day(max(done, told_at))
    before = s.time.previous_working_day(offer.answer_by)
    day = before if before > told else offer.answer_by
    if day <= told:
        return
    why = (Reason("H4", {"by": offer.answer_by}), Reason("R1"))
    yield _Occasion(day=day, anchor=f"answer:{day}", begins=done, why=why, presses=True)
    over = s.time.next_working_day(offer.answer_by)
    yield _Occasion(day=over, anchor=f"answered:{offer.answer_by}", begins=done, presses=True)


def _occasion(day: date, begins: datetime, contact_id: int | None = None) -> _Occasion:
    return _Occasion(day=day, anchor=f"offer:{stamp(begins)}", begins=begins, contact_id=contact_id)
