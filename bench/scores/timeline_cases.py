"""Timelines: a vacancy at a moment, written as one JSON object, and read into domain values.

A case has the keys of `DEFAULTS`; those it leaves out keep their default. Whatever has happened becomes an
event, as if the user had reported it then. A time without an offset is the user's. `reports` takes events as
they are stored, for what the other keys cannot say.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct, convert

from bot.domain.facts import (
    Answered,
    Closed,
    ContactNamed,
    Edited,
    Event,
    Fact,
    InterviewSet,
    Opened,
    PromiseMade,
    Touched,
)
from bot.domain.history import fold
from bot.domain.users import Pace, User
from bot.domain.vacancy import (
    Channel,
    Contact,
    Interview,
    Outcome,
    Promise,
    Role,
    RoleType,
    Status,
    Technique,
    Vacancy,
    Who,
)
from bot.language.replies import Reply, read_reply
from bot.views import reply

Case = Mapping[str, Any]
E = TypeVar("E", bound=StrEnum)

DEFAULTS: Case = {
    "lang": "ru",
    "tz": "Europe/Moscow",
    "employer_tz": None,
    "country": "RU",
    "position": None,
    "role_type": "specialist",
    "stage": 1,
    "stages_total": None,
    "contacts": [{"role": "hr", "has": ["phone", "email"]}],
    "interview_at": "2026-08-04T10:00",
    "promised_date": None,
    "promised_time": None,
    "who_contacts": None,
    "agreed_call_at": None,
    "touches": [],
    "last_signal": None,
    "signal_text": None,
    "user_wish": None,
    # Beyond the samples:
    "told": None,
    "interviewers": [],
    "opened_at": None,
    "pace": "normal",
    "reports": [],
}

#: What is stored when a contact "has" something.
_ADDRESSES = {"phone": "+12025550101", "email": "someone@example.org", "username": "someone"}
_ROLE_TYPES = {
    "pr": RoleType.SALES,
    "marketing": RoleType.SALES,
    "manager": RoleType.SENIOR,
    "executive": RoleType.SENIOR,
    "top": RoleType.SENIOR,
    "rare_specialist": RoleType.RARE,
}
_ROLES = {
    "agency_consultant": Role.AGENCY,
    "consultant": Role.AGENCY,
    "recruiter": Role.HR,
    "hiring_manager": Role.MANAGER,
    "boss": Role.MANAGER,
    "ceo": Role.DIRECTOR,
    "office_manager": Role.OFFICE,
    "secretary": Role.OFFICE,
}
_WRITTEN = {"email", "thank_you"}
#: Touches that only come after such a signal.
_AFTER = {
    "ask_reasons": {Outcome.REFUSAL},
    "formal_request": {Outcome.REFUSAL},
    "reserve_check_in": {Outcome.RESERVE, Outcome.FROZEN},
    "secure_offer": {Outcome.OFFER},
    "do_test_task": {Outcome.TEST_TASK},
    "send_info": {Outcome.ASKS_INFO},
}
#: Wishes that end the matter.
_WISHED_OVER = {"closed", "stop_and_move_on", "give_up", "not_interested", "withdraw"}

#: How touches end and what employers say, as outcomes; the outcomes themselves are understood, too.
_SIGNALS = {
    "answered_vague": Outcome.VAGUE,
    "answered_wait": Outcome.ASKED_TO_WAIT,
    "answered_promise": Outcome.PROMISED,
    "answered_promised": Outcome.PROMISED,
    "answered_refusal": Outcome.REFUSAL,
    "undecided": Outcome.UNDECIDED,
    "indecision": Outcome.UNDECIDED,
    "promised_date": Outcome.PROMISED,
    "polite_refusal": Outcome.REFUSAL,
    "direct_refusal": Outcome.REFUSAL,
    "reserve_other_position": Outcome.RESERVE,
    "position_frozen": Outcome.FROZEN,
    "no_decision_maker": Outcome.AWAY,
    "auto_reply": Outcome.AWAY,
}
#: Nobody has answered: the touch was made, or only dialled.
_MADE, _DIALLED = "sent", "no_answer"


class Timeline(Struct, frozen=True):
    """What a case describes."""

    vacancy: Vacancy
    user: User
    now: datetime


def read(case: Case) -> Timeline:
    """Return the vacancy, the user and the moment of one case."""
    case = {**DEFAULTS, **case}
    now = _moment(case, "now")
    reports = sorted(_reports(case, now), key=lambda report: report[0])
    events = [Event(seq, at, facts) for seq, (at, facts) in enumerate(reports, start=1)]
    user = User(
        id=1,
        language=case["lang"],
        zone=case["tz"],
        country="" if case["country"] == "none" else case["country"],
        pace=Pace(case["pace"]),
    )
    return Timeline(fold(1, 1, events), user, now)


def _reports(case: Case, now: datetime) -> Iterator[tuple[datetime, tuple[Fact, ...]]]:
    """Yield what was reported and when; the first report opens the vacancy."""
    touches = [{"channel": None, "contact": "hr", "outcome": _MADE, **touch} for touch in case["touches"]]
    moments = [_moment(touch, "at", case["tz"]) for touch in touches]
    starts_at = _moment(case, "interview_at") if case["interview_at"] else now
    opened_at = _moment(case, "opened_at") if case["opened_at"] else min([starts_at, now, *moments])
    yield min([opened_at, *moments]), (Opened(company="Acme", position=case["position"]),)
    yield opened_at, tuple(_setting(case))
    if case["interview_at"]:
        later_stage = (case["stage"] or 1) > 1 and not case[
            "opened_at"
        ]  # touches before it were an earlier one's
        yield min(starts_at, now) if later_stage else opened_at, (_interview(case, starts_at, now),)
    if promise := _promise(case):
        talked = (at + timedelta(seconds=1) for at in _talked(case, touches, moments))
        yield max(opened_at, min(starts_at, now), *talked), (PromiseMade(promise),)
    answered = bool(touches) and touches[-1]["outcome"] not in {_MADE, _DIALLED}
    for index, (at, touch) in enumerate(zip(moments, touches, strict=True), start=1):
        said = case["last_signal"] if answered and index == len(touches) else None
        yield at, tuple(_touch(case, touch, said))
    if case["last_signal"] and not answered:
        yield _heard_at(case, touches, moments, now), tuple(_answer(case, case["last_signal"]))
    for report in case["reports"]:
        yield _moment(report, "at", case["tz"]), tuple(convert(report["facts"], list[Fact]))
    is_offer = _one_of(Outcome, _SIGNALS, case["last_signal"]) is Outcome.OFFER
    if case["user_wish"] in _WISHED_OVER and not is_offer:  # an offer is no end yet, whatever is wished (R1)
        yield now, (Closed(Status.GIVEN_UP),)


def _talked(case: Case, touches: list[dict[str, Any]], moments: list[datetime]) -> Iterator[datetime]:
    """Yield when somebody was reached: a call is agreed upon in the last talk."""
    if case["agreed_call_at"]:
        yield from (
            at
            for at, touch in zip(moments, touches, strict=True)
            if touch["outcome"] not in {_MADE, _DIALLED} and at < _moment(case, "agreed_call_at")
        )


def _heard_at(case: Case, touches: list[dict[str, Any]], moments: list[datetime], now: datetime) -> datetime:
    """Return when the last signal came: now, or right before the first touch that answers it."""
    outcome = _one_of(Outcome, _SIGNALS, case["last_signal"])
    answering = (
        at for at, touch in zip(moments, touches, strict=True) if outcome in _AFTER.get(touch["kind"], ())
    )
    return min((at - timedelta(minutes=1) for at in answering), default=now)


def _setting(case: Case) -> Iterator[Fact]:
    yield Edited(
        fields=("role_type", "stages_total", "zone"),
        role_type=_one_of(RoleType, _ROLE_TYPES, case["role_type"]) or RoleType.ORDINARY,
        stages_total=case["stages_total"],
        zone=case["employer_tz"],
    )
    for number, contact in enumerate(case["contacts"], start=1):
        addresses = {kind: _ADDRESSES[kind] for kind in contact["has"] if kind in _ADDRESSES}
        role = _one_of(Role, _ROLES, contact["role"]) or Role.INTERVIEWER
        yield ContactNamed(Contact(id=number, role=role, **addresses))


def _interview(case: Case, starts_at: datetime, now: datetime) -> InterviewSet:
    told = starts_at <= now if case["told"] is None else case["told"]
    return InterviewSet(
        Interview(
            stage=case["stage"] or 1,
            starts_at=starts_at,
            contact_ids=tuple(case["interviewers"]),
            told=told,
        )
    )


def _promise(case: Case) -> Promise | None:
    if case["agreed_call_at"]:
        at = _moment(case, "agreed_call_at").astimezone(ZoneInfo(case["employer_tz"] or case["tz"]))
        return Promise(by=at.date(), at=at.time(), who=Who.CANDIDATE)
    if case["promised_date"] is None:
        return None
    return Promise(
        by=date.fromisoformat(case["promised_date"]),
        at=time.fromisoformat(case["promised_time"]) if case["promised_time"] else None,
        who=Who.CANDIDATE if case["who_contacts"] == "candidate_calls" else Who.EMPLOYER,
    )


def _touch(case: Case, touch: Case, said: str | None) -> Iterator[Fact]:
    """Yield the touch and, if somebody answered, the answer; the last one's is the last signal."""
    ids = {contact["role"]: number for number, contact in enumerate(case["contacts"], start=1)}
    usual = Channel.EMAIL if touch["kind"] in _WRITTEN else Channel.PHONE
    yield Touched(
        technique=Technique(touch["kind"]),
        channel=_one_of(Channel, {}, touch["channel"]) or usual,
        contact_id=ids.get(touch["contact"]),
        reached=touch["outcome"] != _DIALLED,
    )
    of_reasons = touch["kind"] == Technique.ASK_REASONS and not said  # vague ones leave the refusal as it is
    if touch["outcome"] not in {_MADE, _DIALLED} and not of_reasons:
        yield from _answer(case, said or touch["outcome"], ids.get(touch["contact"]))


def _answer(case: Case, signal: str, contact_id: int | None = None) -> Iterator[Fact]:
    """Yield the answer; a promised day is what it has named, its words say what the signal leaves open."""
    outcome = _one_of(Outcome, _SIGNALS, signal)
    words = case["signal_text"] if signal == case["last_signal"] else None
    read = _read(case, words) if words else None
    if read and outcome in {None, Outcome.VAGUE, Outcome.ASKED_TO_WAIT, Outcome.AWAY}:
        outcome = reply.outcome_of(read) if outcome is None else _refined(outcome, read)
    if outcome is None:
        return
    promise = _promise(case) if outcome in {Outcome.PROMISED, Outcome.CALL_LATER} else None
    on, at = (promise.by, promise.at) if promise else (read.on, read.at) if read else (None, None)
    yield Answered(outcome=outcome, on=on, at=at, contact_id=contact_id, words=words)


def _refined(outcome: Outcome, read: Reply) -> Outcome:
    """Return mere indecision where the words say no more than that (R26), and who has left for good (R61)."""
    finer = reply.outcome_of(read)
    return finer if finer in {Outcome.UNDECIDED, Outcome.HR_LEFT} else outcome


def _read(case: Case, words: str) -> Reply:
    now = _moment(case, "now")
    return read_reply(words, language=case["lang"], now=now, zone=case["tz"])


def role_of(name: str) -> Role | None:
    """Return the role that a name of a contact stands for."""
    return _one_of(Role, _ROLES, name)


def _one_of(kind: type[E], others: Mapping[str, E], name: str | None) -> E | None:
    """Return the member a name stands for; None for a name nobody knows."""
    known = {str(member): member for member in kind}
    return known.get(name or "") or others.get(name or "")


def _moment(values: Case, key: str, zone: str | None = None) -> datetime:
    moment = datetime.fromisoformat(values[key])
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone or values["tz"]))
