"""One message about an interview, read into a draft."""

from datetime import UTC, date, datetime

from bot.domain.draft import InterviewDraft, draft_read
from bot.domain.users import User
from bot.language.capture import Capture, read_capture
from bot.reporting import moment_on

#: A line that tells less than this besides a company is its name.
_LEAST = 2


def read_note(said: str, user: User, now: datetime) -> InterviewDraft | None:
    """Return the draft of a note about an interview, None for anything else."""
    capture = read_capture(
        said, language=user.language, now=now, zone=user.zone or "UTC", country=user.country
    )
    told = (
        capture.company,
        capture.position,
        capture.contact_name,
        capture.interview_at,
        capture.promised_on,
    )
    if sum(value is not None for value in told) < _LEAST:
        return None
    if capture.company is None and capture.interview_at is None:
        return None
    return draft_of_capture(capture, user)


def draft_of_capture(capture: Capture, user: User) -> InterviewDraft:
    """Return the draft that asks only for what a capture lacks."""
    starts_at, hour_open = _moment(capture.interview_at, user.zone)
    return draft_read(
        company=capture.company,
        position=capture.position,
        starts_at=starts_at,
        hour_open=hour_open,
        lasts_for=capture.lasts_for,
        role=capture.contact_role,
        name=capture.contact_name,
        phone=f"{capture.phone}x{capture.extension}" if capture.extension else capture.phone,
        email=capture.email,
        username=capture.username,
        stage=capture.stage or 1,
        kind=capture.role_type,
        tests=capture.tests,
        promise_by=capture.promised_on,
        promise_at=capture.promised_at,
        who=capture.who_contacts,
        channel=capture.channel,
    )


def _moment(told: date | datetime | None, zone: str | None) -> tuple[datetime | None, bool]:
    """Return the moment in UTC, and whether its hour is still to be asked."""
    if told is None:
        return None, False
    if isinstance(told, datetime):
        return told.astimezone(UTC), False
    return moment_on(told, None, zone), True
