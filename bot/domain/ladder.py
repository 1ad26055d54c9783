"""The ladder of channels: by which one and to whom a touch goes, and what comes after unanswered dials.

Phone first (C4, R16), a letter when dialling fails (R80), then somebody else, then the office (R34).
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from msgspec import Struct

from bot.domain.silence import Silence, stamp
from bot.domain.situation import Situation
from bot.domain.step import Reason, Step
from bot.domain.vacancy import TOUCHES, Channel, Contact, Role, Technique, Touch

#: Whom to ask, best first (R32, R33, R101); the office manager only when nobody else is left (R34).
_ROLES = (Role.AGENCY, Role.HR, Role.INTERVIEWER, Role.MANAGER, Role.DIRECTOR)

#: Dials nobody answered before another way is tried (R80).
_PATIENCE_WITH_DIALS = 2
#: Calls the follow-up letter stands in for.
_LETTER_INSTEAD = frozenset({Technique.CALL, Technique.OPENING_POSITION, Technique.LIGHT_PRESSURE})
#: A dial is not repeated sooner (H6), and rather at the other time of the day.
_NOT_SOONER = timedelta(hours=1)
_NOON, _AFTERNOON = time(13), time(16)


class Route(Struct, frozen=True, kw_only=True):
    """How a touch goes out, and what that makes of it."""

    technique: Technique
    channel: Channel
    contact_id: int | None = None
    #: The moment before which it is not to go out; None: whenever the touch may.
    opens: datetime | None = None
    why: tuple[Reason, ...] = ()


def attempt(
    s: Situation, technique: Technique, silence: Silence, until: datetime | None = None
) -> Step | None:
    """Return the step that breaks the silence with this technique; None: there is no way to do it."""
    dials = s.dials_since(silence.begins)
    route = _route(s, technique, silence, dials)
    if route is None or s.is_skipped(route.technique):
        return None
    is_touch = route.technique in TOUCHES
    opens = route.opens or (dials[-1].at if dials else silence.opens)  # once dialled, the waiting is over
    moments = (s.now, opens, s.next_touch_day if is_touch else None)
    return Step(
        technique=route.technique,
        due=_due(s, route.channel, max(moment for moment in moments if moment)),
        until=until,
        channel=route.channel,
        contact_id=route.contact_id,
        touch=len(s.touches) + 1 if is_touch else 0,
        why=(*route.why, *silence.why),
        anchor=f"dial:{stamp(dials[-1].at)}:{silence.anchor}" if dials else silence.anchor,
    )


def written(s: Situation, preferred: int | None = None) -> Route | None:
    """Return how a letter goes: by e-mail, or in the messenger the employer itself chose (C9)."""
    for channel in (Channel.EMAIL, Channel.MESSENGER):
        if channel is Channel.EMAIL or s.vacancy.chose_messenger:
            contact = _first(_people(s, preferred), channel)
            if contact:
                return Route(technique=Technique.EMAIL, channel=channel, contact_id=contact.id)
    return None


def best_contact(s: Situation, preferred: int | None = None) -> int | None:
    """Return whom a matter belongs to, whatever is known of them (C8)."""
    return next((contact.id for contact in _people(s, preferred)), None)


def _route(s: Situation, technique: Technique, silence: Silence, dials: tuple[Touch, ...]) -> Route | None:
    letter = written(s, silence.contact_id)
    if technique is Technique.EMAIL:
        return letter
    if letter and s.time.next_call_moment(max(s.now, silence.opens)) is None:
        return _in_writing(s, technique, letter, Reason("H2"))
    if len(dials) >= _PATIENCE_WITH_DIALS:
        instead = letter and _in_writing(
            s, _after_dials(s, technique), letter, Reason("R80", {"dials": len(dials)})
        )
        return instead or _somebody_else(s, technique, silence, dials)
    contact = _first(_people(s, silence.contact_id), Channel.PHONE)
    if contact is None and not silence.only_call:
        return (letter and _in_writing(s, technique, letter)) or _office(s, technique, dials)
    contact_id = contact.id if contact else best_contact(s, silence.contact_id)
    return _dialled(s, technique, contact_id, dials)


def _after_dials(s: Situation, technique: Technique) -> Technique:
    """Return what is written after dialling in vain: the first time the follow-up letter (R55, R80)."""
    fresh = not s.has_done(Technique.EMAIL) and not s.is_skipped(Technique.EMAIL) and s.touches_left > 1
    return Technique.EMAIL if fresh and technique in _LETTER_INSTEAD else technique


def _in_writing(s: Situation, technique: Technique, letter: Route, *why: Reason) -> Route | None:
    """Return the letter that takes the place of a call; None: it asks after a letter, or is skipped."""
    if technique is Technique.CALL:
        technique = Technique.EMAIL
    if technique is Technique.CHECK_CALL or s.is_skipped(technique):
        return None
    return Route(technique=technique, channel=letter.channel, contact_id=letter.contact_id, why=why)


def _dialled(s: Situation, technique: Technique, contact_id: int | None, dials: tuple[Touch, ...]) -> Route:
    """Return a call; after a dial nobody answered, at another time of the day (H6)."""
    if not dials:
        return Route(technique=technique, channel=Channel.PHONE, contact_id=contact_id)
    at = dials[-1].at
    day = s.time.employer_day(at)
    other = s.time.employer_moment(s.time.next_working_day(day))
    if s.time.employer_time(at) < _NOON:
        other = s.time.employer_moment(day, _AFTERNOON)
    return Route(
        technique=technique,
        channel=Channel.PHONE,
        contact_id=contact_id,
        opens=max(other, at + _NOT_SOONER),
        why=(Reason("H6", {"dials": len(dials)}),),
    )


def _somebody_else(s: Situation, technique: Technique, silence: Silence, dials: tuple[Touch, ...]) -> Route:
    """Return a call to somebody not dialled in vain yet, then to the office; then the round starts anew."""
    in_vain = Counter(dial.contact_id for dial in dials)
    people = [
        c for c in _people(s, silence.contact_id, everyone=True) if in_vain[c.id] < _PATIENCE_WITH_DIALS
    ]
    contact = _first(people, Channel.PHONE)
    if contact is None and in_vain[_office_id(s)] < _PATIENCE_WITH_DIALS:
        return _office(s, technique, dials)
    contact = contact or _first(_people(s, silence.contact_id), Channel.PHONE)
    return _dialled(s, technique, contact.id if contact else _office_id(s), dials)


def _office(s: Situation, technique: Technique, dials: tuple[Touch, ...]) -> Route:
    """Return a call to the company itself: whom to ask, and how (R34)."""
    call = _dialled(s, technique, _office_id(s), dials)
    return Route(
        technique=call.technique,
        channel=call.channel,
        contact_id=call.contact_id,
        opens=call.opens,
        why=(*call.why, Reason("R34")),
    )


def _office_id(s: Situation) -> int | None:
    return next((contact.id for contact in s.vacancy.contacts if contact.role is Role.OFFICE), None)


def _people(s: Situation, preferred: int | None, *, everyone: bool = False) -> list[Contact]:
    """Return whom to ask, best first: who promised or answered last (C8), then by role; never who has left.

    An agency's consultant is not passed over as long as they can be reached (R101).
    """
    answered = (answer.contact_id for answer in reversed(s.vacancy.answers) if answer.contact_id is not None)
    first = s.vacancy.contact(preferred if preferred is not None else next(answered, None))
    there = [contact for contact in s.vacancy.contacts if contact.id not in s.gone]
    there = there or [*s.vacancy.contacts]  # at a number that is all there is, a successor may answer
    people = [contact for role in _ROLES for contact in there if contact.role is role]
    if people and people[0].role is Role.AGENCY and not everyone:
        people = [contact for contact in people if contact.role is Role.AGENCY]
    if first not in there or first.role is Role.OFFICE:
        return people
    return [first, *(contact for contact in people if contact.id != first.id)]


def _first(people: Iterable[Contact], channel: Channel) -> Contact | None:
    return next((contact for contact in people if contact.reachable_by(channel)), None)


def _due(s: Situation, channel: Channel, earliest: datetime) -> datetime:
    """Return when it may go out; a call that never fits both clocks goes by the employer's."""
    if channel is not Channel.PHONE:
        return s.time.next_letter_moment(earliest)
    return s.time.next_call_moment(earliest) or s.time.next_office_moment(earliest)
