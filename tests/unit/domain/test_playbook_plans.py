"""Whole steps and whole plans: reasons with their numbers, keys, and what follows if nothing is reported."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from bench.scores.timeline_cases import Case, Timeline, read
from bot.domain.playbook import next_step
from bot.domain.step import Reason, Step
from bot.domain.users import User
from bot.domain.vacancy import Channel, Technique
from bot.domain.working_time import WorkingTime

THANKED = {"kind": "thank_you", "at": "2026-08-04T18:00"}
PROMISED: Case = {"touches": [THANKED], "promised_date": "2026-08-12", "now": "2026-08-10T12:00"}
AGREED: Case = {"touches": [THANKED], "agreed_call_at": "2026-08-12T15:30", "now": "2026-08-10T12:00"}


def _answered(outcome: str, hour: str) -> Case:
    return {"at": f"2026-08-10T{hour}:00", "facts": [{"type": "answered", "outcome": outcome}]}


def _offered(*told: tuple[str, object]) -> Case:
    """Return an offer made on a Monday, and what was told of it at once."""
    more = {"type": "offer", "fields": [name for name, _ in told], **dict(told)}
    reports = [_answered("offer", "10"), {"at": "2026-08-10T11:00", "facts": [more]}]
    return {"touches": [THANKED], "now": "2026-08-10T12:00", "reports": reports}


def _step(timeline: Timeline, now: datetime | None = None) -> Step | None:
    vacancy, user = timeline.vacancy, timeline.user
    return next_step(vacancy, WorkingTime.between(user, vacancy), now or timeline.now, user.pace)


def _plan(case: Case) -> list[tuple[str, str]]:
    """Return technique and due (the user's clock) of every step until nothing changes any more."""
    timeline = read(case)
    step, plan = _step(timeline), []
    while step:
        due = step.due + timedelta(hours=3)  # Moscow has no other time
        plan.append((step.technique.value, f"{due:%m-%d %H:%M}"))
        step = _step(timeline, step.until) if step.until else None
    return plan


def test_a_step_says_everything() -> None:
    """R72, R81, H4."""
    assert _step(read(PROMISED)) == Step(
        technique=Technique.CALL,
        due=datetime(2026, 8, 13, 7, tzinfo=UTC),
        until=datetime(2026, 8, 25, 21, tzinfo=UTC),
        channel=Channel.PHONE,
        contact_id=1,
        touch=2,
        why=(Reason("R72", {"promised": date(2026, 8, 12), "working_days": 1}),),
        anchor="promise:2026-08-12",
    )


def test_reasons_count_up_while_the_call_is_not_made() -> None:
    step = _step(read({**PROMISED, "now": "2026-08-18T12:00"}))

    assert step is not None
    assert step.why == (Reason("R72", {"promised": date(2026, 8, 12), "working_days": 4}),)
    assert step.key == "call:promise:2026-08-12"


@pytest.mark.parametrize(
    ("case", "plan"),
    [
        # R69, R36, R96: silence from the start
        (
            {"now": "2026-08-04T11:30"},
            [
                ("thank_you", "08-04 13:00"),
                ("call", "08-10 10:00"),
                ("trial_close", "08-18 10:00"),
                ("stop_and_move_on", "08-25 10:00"),
            ],
        ),
        # R13: from the evening before to the question how it went
        (
            {"interview_at": "2026-08-07T10:00", "now": "2026-08-05T12:00"},
            [("prepare", "08-06 19:00"), ("debrief", "08-07 11:30")],
        ),
        # H8: an agreed call turns into a missed one
        (
            AGREED,
            [
                ("call", "08-12 15:30"),
                ("call", "08-13 10:00"),
                ("trial_close", "08-26 10:00"),
                ("stop_and_move_on", "09-02 10:00"),
            ],
        ),
        # R97: slow hiring has no end of its own
        ({"touches": [THANKED], "stages_total": 3, "now": "2026-08-05T12:00"}, [("call", "08-10 10:00")]),
        # R54, R96
        (
            {
                "touches": [THANKED, {"kind": "email", "at": "2026-08-12T10:00"}],
                "now": "2026-08-12T12:00",
            },
            [
                ("email_check_call", "08-13 10:00"),
                ("trial_close", "08-19 10:00"),
                ("stop_and_move_on", "08-26 10:00"),
            ],
        ),
        # R1, H4: an offer to be answered by Friday, then signed on the first day
        (
            _offered(("answer_by", "2026-08-14")),
            [
                ("secure_offer", "08-11 10:00"),
                ("secure_offer", "08-13 10:00"),
                ("secure_offer", "08-17 10:00"),
            ],
        ),
        (
            _offered(("in_writing", True), ("starts_on", "2026-09-01"), ("answer_by", "2026-08-14")),
            [("sign_offer", "08-13 10:00"), ("sign_offer", "08-17 10:00"), ("sign_offer", "09-01 10:00")],
        ),
        # R114, R115, R119: kept in touch with after a refusal
        (
            {
                "now": "2026-08-10T12:00",
                "reports": [_answered("refusal", "10"), _answered("reserve", "11")],
            },
            [("ask_reasons", "08-11 10:00"), ("reserve_check_in", "09-21 10:00")],
        ),
        # C5: a refusal is let go
        ({"last_signal": "direct_refusal", "now": "2026-08-10T12:00"}, [("ask_reasons", "08-11 10:00")]),
    ],
)
def test_plan_if_nothing_is_reported(case: Case, plan: list[tuple[str, str]]) -> None:
    assert _plan(case) == plan


def test_a_missed_call_is_pushed_again() -> None:
    """H8: another key, for each is pushed once."""
    timeline = read(AGREED)
    agreed = _step(timeline)
    assert agreed is not None
    missed = _step(timeline, agreed.until)
    assert missed is not None
    assert (agreed.key, missed.key) == ("call:agreed:2026-08-12", "call:missed:2026-08-12")


def test_a_snoozed_step_is_pushed_again() -> None:
    timeline = read(PROMISED)
    until = datetime(2026, 8, 14, 12, tzinfo=UTC)
    snoozed = Timeline(replace(timeline.vacancy, snoozed_until=until), timeline.user, timeline.now)

    step = _step(snoozed)

    assert step is not None
    assert (step.due, step.key) == (until, "call:promise:2026-08-12@20260814T120000")


def test_a_user_without_settings_is_planned_for_in_utc() -> None:
    """H1: weekends only."""
    timeline = read(PROMISED)

    step = _step(Timeline(timeline.vacancy, User(id=1), timeline.now))

    assert step is not None
    assert step.due == datetime(2026, 8, 13, 10, tzinfo=UTC)
