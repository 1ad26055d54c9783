"""A calendar invitation (.ics) to the fields of a capture."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.errors import InvalidAnswer
from bot.language.capture import Capture
from bot.language.note_parts import find_parts
from bot.language.note_roles import role_type
from bot.language.note_settling import settle
from bot.language.note_words import split_tokens
from bot.language.phones import find_phones

if TYPE_CHECKING:
    from icalendar import Event

_STEPS = {"DAILY": timedelta(days=1), "WEEKLY": timedelta(weeks=1)}
_MAILTO = "mailto:"


def read_invitation(content: bytes, *, zone: str, now: datetime) -> Capture:
    """Read the next interview of a calendar file, or the last one if all are over.

    A damaged file and one whose meetings are all cancelled raise `InvalidAnswer`.
    """
    try:
        return _next(_events(content), zone, now)
    except (ValueError, LookupError, AttributeError, TypeError, OverflowError) as error:
        raise InvalidAnswer("invalid.calendar") from error


def _next(events: list["Event"], zone: str, now: datetime) -> Capture:
    if not events:
        raise InvalidAnswer("invalid.calendar")
    held = [event for event in events if str(event.get("STATUS", "")).upper() != "CANCELLED"]
    if not held:
        raise InvalidAnswer("invalid.calendar_cancelled")
    moments = [(_start(event, zone, now), event) for event in held]
    ahead = [pair for pair in moments if _aware(pair[0], zone) >= now]
    ordered = sorted(ahead or moments, key=lambda pair: _aware(pair[0], zone))
    start, event = ordered[0] if ahead else ordered[-1]
    return _capture(event, start)


def _events(content: bytes) -> list["Event"]:
    """Return the meetings of the file; a cancelling one marks them all as cancelled."""
    from icalendar import Calendar, Event

    calendar = Calendar.from_ical(content)
    meetings = [event for event in calendar.walk("VEVENT") if isinstance(event, Event)]
    events = [event for event in meetings if isinstance(event.start, date)]
    if str(calendar.get("METHOD", "")).upper() == "CANCEL":
        for event in events:
            event["STATUS"] = "CANCELLED"
    return events


def _start(event: "Event", zone: str, now: datetime) -> date | datetime:
    """Return when the meeting begins in the user's zone: of a series, the next time."""
    start: date | datetime = event.start
    if isinstance(start, datetime):
        start = start.astimezone(ZoneInfo(zone)) if start.tzinfo else start.replace(tzinfo=ZoneInfo(zone))
    rule = event.get("RRULE")
    step = _STEPS.get(str(_one(rule, "FREQ"))) if rule else None
    if step is None or _aware(start, zone) >= now:
        return start
    step *= int(_one(rule, "INTERVAL") or 1)
    times = -((_aware(start, zone) - now) // step)
    count = _one(rule, "COUNT")
    until = _one(rule, "UNTIL")
    if count:
        times = min(times, int(count) - 1)
    if until:
        times = min(times, (_aware(until, zone) - _aware(start, zone)) // step)
    return start + step * max(times, 0)


def _one(rule: Any, name: str) -> Any:
    values = rule.get(name)
    return values[0] if values else None


def _aware(moment: date | datetime, zone: str) -> datetime:
    if isinstance(moment, datetime):
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return datetime.combine(moment, time(12), ZoneInfo(zone))


def _capture(event: "Event", start: date | datetime) -> Capture:
    summary = str(event.get("SUMMARY", ""))
    described = f"{event.get('DESCRIPTION', '')}\n{event.get('LOCATION', '')}"[:4096]
    named = settle(find_parts(split_tokens(summary[:300])), "en")
    organizer = event.get("ORGANIZER")
    address = str(organizer or "")
    phones = find_phones(described, "en")
    return Capture(
        company=named.company,
        position=named.position,
        contact_name=named.person or _common_name(organizer),
        contact_role=named.role,
        phone=phones[0].written if phones else None,
        email=address[len(_MAILTO) :] if address.lower().startswith(_MAILTO) else None,
        interview_at=start,
        lasts_for=_length(event),
        place=str(event.get("LOCATION", "")).strip() or None,
        role_type=role_type(named.position) if named.position else None,
        doubtful=(*named.doubtful, *_open_series(event)),
    )


def _common_name(organizer: Any) -> str | None:
    name = str(organizer.params.get("CN", "")).strip() if organizer is not None else ""
    return name if name and "@" not in name else None


def _length(event: "Event") -> timedelta | None:
    """Return how long it lasts; None where the file does not say, or says nonsense."""
    try:
        length = event.duration
    except (ValueError, TypeError, AttributeError):
        return None
    return length if timedelta() < length < timedelta(days=1) else None


def _open_series(event: "Event") -> Sequence[str]:
    """Return the field to confirm where a series repeats in a way that is not followed here."""
    rule = event.get("RRULE")
    return ("interview_at",) if rule and str(_one(rule, "FREQ")) not in _STEPS else ()
