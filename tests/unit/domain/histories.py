"""Random histories of a vacancy, for properties that hold for every one of them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from bot.domain.facts import (
    Answered,
    Closed,
    ContactNamed,
    ContactRemoved,
    Edited,
    Event,
    Fact,
    InterviewCancelled,
    InterviewSet,
    Kept,
    LessonLearned,
    NoShow,
    OfferTold,
    Opened,
    PromiseMade,
    Reopened,
    Skipped,
    Snoozed,
    Touched,
)
from bot.domain.users import Pause, QuietHours
from bot.domain.vacancy import (
    TOUCHES,
    Channel,
    Contact,
    Interview,
    Outcome,
    Promise,
    Role,
    RoleType,
    Status,
    Technique,
    Who,
)
from bot.domain.working_time import WorkingTime

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
ZONES = [
    "Europe/Moscow",
    "Asia/Vladivostok",
    "Europe/London",
    "America/New_York",
    "America/Los_Angeles",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Africa/Cairo",
    "Pacific/Apia",
    "Australia/Lord_Howe",
]

zones = st.sampled_from(ZONES)
quiet_hours = st.builds(
    QuietHours,
    start=st.sampled_from([time(18), time(20, 30), time(22), time(23)]),
    end=st.sampled_from([time(6), time(8), time(9, 30)]),
)
#: Begun before anything is asked, as every pause that stands; most reports fall into it or come after it.
pauses = st.builds(
    lambda days, hour: Pause(START - timedelta(hours=3), START.date() + timedelta(days=days), hour),
    st.integers(0, 90),
    st.sampled_from([time(), time(19)]),
)
working_times = st.builds(
    WorkingTime,
    zones,
    st.none() | zones,
    st.sampled_from(["", "RU", "US", "XX", None]),
    quiet_hours,
    st.none() | pauses,
)

_gaps = st.sampled_from([timedelta(minutes=5), timedelta(hours=3)]) | st.integers(1, 20).map(
    lambda days: timedelta(days=days, hours=1)
)
_contact_ids = st.sampled_from([None, 1, 2, 3])
_clocks = st.sampled_from([None, time(8), time(11, 30), time(19, 45)])
#: Days from the report on, if one is named.
_days = st.sampled_from([None, -3, 0, 1, 2, 3, 5, 8, 13, 20])

#: What one report says, given its moment.
Report = Callable[[datetime], tuple[Fact, ...]]


def _day(at: datetime, days: int | None) -> date | None:
    return None if days is None else (at + timedelta(days=days)).date()


def _answered(outcome: Outcome, days: int | None, clock: time | None, contact_id: int | None) -> Report:
    return lambda at: (Answered(outcome=outcome, on=_day(at, days), at=clock, contact_id=contact_id),)


def _interview(stage: int, hours: int, contact_ids: tuple[int, ...], told: bool) -> Report:
    """Return an interview at so many hours from the report on; one to come cannot have been told."""
    told = told and hours <= 0
    return lambda at: (
        InterviewSet(
            Interview(stage=stage, starts_at=at + timedelta(hours=hours), contact_ids=contact_ids, told=told)
        ),
    )


def _promise(days: int | None, who: Who, channel: Channel | None, contact_id: int | None) -> Report:
    return lambda at: (
        PromiseMade(Promise(by=_day(at, days), who=who, channel=channel, contact_id=contact_id)),
    )


def _offer(fields: list[str], in_writing: bool, days: tuple[int | None, int | None, int | None]) -> Report:
    names = ("starts_on", "answer_by", "signs_on")
    return lambda at: (
        OfferTold(
            fields=tuple(fields),
            in_writing=in_writing,
            **{name: _day(at, number) for name, number in zip(names, days, strict=True)},
        ),
    )


def _snoozed(hours: int) -> Report:
    return lambda at: (Snoozed(at + timedelta(hours=hours)),)


def _both(first: Report, second: Report) -> Report:
    return lambda at: (*first(at), *second(at))


def _plain(fact: Fact) -> Report:
    return lambda _at: (fact,)


_touches = st.builds(
    Touched,
    technique=st.sampled_from([*sorted(TOUCHES), *sorted(Technique)]),
    channel=st.sampled_from(Channel),
    contact_id=_contact_ids,
    reached=st.booleans(),
).map(_plain)
_answers = st.builds(
    _answered, st.sampled_from(sorted(set(Outcome) - {Outcome.SIGNED})), _days, _clocks, _contact_ids
)
_others = st.one_of(
    st.builds(
        _interview, st.integers(1, 4), st.integers(-100, 300), st.sampled_from([(), (1,)]), st.booleans()
    ),
    st.builds(_promise, _days, st.sampled_from(Who), st.sampled_from([None, *Channel]), _contact_ids),
    st.builds(_snoozed, st.integers(1, 200)),
    st.builds(NoShow, st.integers(1, 3)).map(_plain),
    st.builds(
        _offer,
        st.lists(
            st.sampled_from(["in_writing", "starts_on", "answer_by", "signs_on"]), min_size=1, unique=True
        ),
        st.booleans(),
        st.tuples(_days, _days, _days),
    ),
    st.builds(
        Contact,
        id=st.integers(1, 3),
        role=st.sampled_from(Role),
        phone=st.sampled_from([None, "+12025550101"]),
        email=st.sampled_from([None, "someone@example.org"]),
        username=st.sampled_from([None, "someone"]),
    ).map(lambda contact: _plain(ContactNamed(contact))),
    st.sampled_from(
        [
            PromiseMade(None),
            *(InterviewCancelled(stage) for stage in (1, 2, 3)),
            *(ContactRemoved(number) for number in (1, 2)),
            *(Skipped(technique) for technique in Technique),
            Kept(),
            LessonLearned("figures"),
            Reopened(),
            Closed(Status.GIVEN_UP),
            *(Edited(fields=("role_type",), role_type=role_type) for role_type in RoleType),
            *(Edited(fields=("stages_total",), stages_total=total) for total in (None, 1, 4)),
        ]
    ).map(_plain),
)
_reports = st.one_of(_touches, _answers, st.builds(_both, _touches, _answers), _others)

_CONTACT = Contact(id=1, role=Role.HR, phone="+12025550101", email="someone@example.org")
_INTERVIEW = Interview(starts_at=START - timedelta(hours=2))
_OPENED = Event(1, START, (Opened("Acme"), ContactNamed(_CONTACT), InterviewSet(_INTERVIEW)))


def _history(reports: list[tuple[timedelta, Report]]) -> tuple[Event, ...]:
    events, at = [_OPENED], START
    for seq, (gap, report) in enumerate(reports, start=2):
        at += gap
        events.append(Event(seq, at, report(at)))
    return tuple(events)


#: Opened after an interview, then up to a dozen reports over some weeks.
histories = st.lists(st.tuples(_gaps, _reports), min_size=1, max_size=12).map(_history)
