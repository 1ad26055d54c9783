"""Calendar invitations: single, repeated, cancelled, damaged."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InvalidAnswer
from bot.language.calendar_files import read_invitation
from bot.language.capture import Capture

NOW = datetime(2026, 8, 12, 8, tzinfo=UTC)
MOSCOW = ZoneInfo("Europe/Moscow")


def invitation(*lines: str, method: str = "REQUEST") -> bytes:
    event = "\r\n".join(("BEGIN:VEVENT", "UID:1", *lines, "END:VEVENT"))
    head = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nMETHOD:{method}\r\n"
    return f"{head}{event}\r\nEND:VCALENDAR\r\n".encode()


def read(*lines: str, method: str = "REQUEST") -> Capture:
    return read_invitation(invitation(*lines, method=method), zone="Europe/Moscow", now=NOW)


def test_a_whole_invitation() -> None:
    capture = read(
        "SUMMARY:Interview at Heatworks for plumber",
        "DTSTART:20260819T100000Z",
        "DTEND:20260819T104500Z",
        "LOCATION:12 Elm Street",
        "ORGANIZER;CN=Jane Roe:mailto:jane@heatworks.example",
    )

    assert capture == Capture(
        company="Heatworks",
        position="plumber",
        contact_name="Jane Roe",
        email="jane@heatworks.example",
        interview_at=datetime(2026, 8, 19, 13, tzinfo=MOSCOW),
        lasts_for=timedelta(minutes=45),
        place="12 Elm Street",
    )


@pytest.mark.parametrize(
    ("lines", "starts"),
    [
        (("DTSTART;TZID=Asia/Tokyo:20260819T180000",), datetime(2026, 8, 19, 12, tzinfo=MOSCOW)),
        (("DTSTART:20260819T180000",), datetime(2026, 8, 19, 18, tzinfo=MOSCOW)),
        (("DTSTART;VALUE=DATE:20260819",), date(2026, 8, 19)),
        (
            ("DTSTART:20260803T100000Z", "RRULE:FREQ=WEEKLY;COUNT=5"),
            datetime(2026, 8, 17, 13, tzinfo=MOSCOW),
        ),
        (
            ("DTSTART:20260803T100000Z", "RRULE:FREQ=WEEKLY;UNTIL=20260811T000000Z"),
            datetime(2026, 8, 10, 13, tzinfo=MOSCOW),
        ),
    ],
)
def test_the_moment_is_the_users(lines: tuple[str, ...], starts: date) -> None:
    assert read(*lines).interview_at == starts


def test_a_series_that_is_not_followed_is_to_be_confirmed() -> None:
    assert read("DTSTART:20260103T100000Z", "RRULE:FREQ=MONTHLY").doubtful == ("interview_at",)


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (invitation("DTSTART:20260819T100000Z", "STATUS:CANCELLED"), "invalid.calendar_cancelled"),
        (invitation("DTSTART:20260819T100000Z", method="CANCEL"), "invalid.calendar_cancelled"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR", "invalid.calendar"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT", "invalid.calendar"),
        (invitation("SUMMARY:no start"), "invalid.calendar"),
        (invitation("DTSTART:nonsense"), "invalid.calendar"),
        (b"\xff\xfe\x00", "invalid.calendar"),
        (b"", "invalid.calendar"),
    ],
)
def test_what_is_no_interview_is_refused(content: bytes, key: str) -> None:
    with pytest.raises(InvalidAnswer) as refusal:
        read_invitation(content, zone="Europe/Moscow", now=NOW)

    assert refusal.value.key == key


@given(
    cut=st.integers(0, 200),
    noise=st.binary(max_size=30),
)
def test_a_damaged_file_is_refused_or_read(cut: int, noise: bytes) -> None:
    whole = invitation("SUMMARY:Interview", "DTSTART:20260819T100000Z", "RRULE:FREQ=DAILY;COUNT=3")
    try:
        capture = read_invitation(whole[:cut] + noise + whole[cut:], zone="Europe/Moscow", now=NOW)
    except InvalidAnswer:
        return
    assert isinstance(capture.interview_at, date)
