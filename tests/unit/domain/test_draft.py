"""The questions about an interview: which are asked, in which order, and what a finished draft reports."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.draft import REQUIRED, InterviewDraft, Question, draft_of, facts_of
from bot.domain.facts import ContactNamed, Edited, Event, Fact, InterviewSet, Opened, PromiseMade
from bot.domain.history import fold
from bot.domain.vacancy import Channel, Contact, Interview, Promise, Role, RoleType, Vacancy, Who

NOW = datetime(2026, 8, 4, 9, tzinfo=UTC)
YESTERDAY = NOW - timedelta(days=1)
TOMORROW = NOW + timedelta(days=1)
Q = Question

#: An answer to every question, as the dialog takes it; None: it is skipped.
ANSWERS: dict[Question, list[dict[str, object]]] = {
    Q.COMPANY: [{"company": "Acme"}, {"company": "Acme", "twin_id": 3, "twin_stage": 2}],
    Q.SAME: [{"vacancy_id": 3, "stage": 3}, {"vacancy_id": None}],
    Q.WHEN: [{"starts_at": YESTERDAY}, {"starts_at": TOMORROW}, {"starts_at": TOMORROW, "hour_open": True}],
    Q.HOUR: [{"starts_at": TOMORROW}],
    Q.POSITION: [{"position": "fitter"}],
    Q.ROLE: [{"role": role} for role in Role],
    Q.NAME: [{"name": "Jane Roe"}],
    Q.PHONE: [{"phone": "+12025550101"}],
    Q.EMAIL: [{"email": "jane@example.org"}],
    Q.STAGE: [{"stage": 1}, {"stage": 2}],
    Q.KIND: [{"kind": kind} for kind in RoleType],
    Q.TESTS: [{"tests": True}, {"tests": False}],
    Q.PROMISE: [{"promise_by": date(2026, 8, 10)}, {"nothing_promised": True}],
    Q.WHO: [{"who": who} for who in Who],
    Q.CHANNEL: [{"channel": Channel.EMAIL}],
}
choices = st.fixed_dictionaries({asked: st.sampled_from([{}, *values]) for asked, values in ANSWERS.items()})


def _asked(draft: InterviewDraft, answers: dict[Question, dict[str, object]]) -> list[Question]:
    """Answer whatever is asked; return the questions in their order."""
    asked = []
    while (question := draft.open_question(NOW)) is not None:
        asked.append(question)
        assert len(asked) <= len(Question)
        draft = draft.answered(question, **answers.get(question, {}))
    return asked


@given(choices)
def test_questions_end_and_none_comes_twice(answers: dict[Question, dict[str, object]]) -> None:
    asked = _asked(InterviewDraft(), answers)

    assert asked == sorted(set(asked), key=list(Question).index)
    assert asked[0] is Q.COMPANY


@given(choices, st.integers(0, len(Question)))
def test_going_back_asks_the_last_question_again(
    answers: dict[Question, dict[str, object]], steps: int
) -> None:
    draft = InterviewDraft()
    for _ in range(steps):
        question = draft.open_question(NOW)
        if question is None:
            break
        following = draft.answered(question, **answers[question])
        assert following.back().open_question(NOW) in {question, Q.SAME, Q.HOUR}
        draft = following


@given(choices)
def test_progress_never_passes_its_end(answers: dict[Question, dict[str, object]]) -> None:
    draft, numbers = InterviewDraft(), []
    while (question := draft.open_question(NOW)) is not None:
        number, total = draft.progress(NOW)
        assert 1 <= number <= total <= len(Question)
        numbers.append(number)
        draft = draft.answered(question, **answers[question])
    assert numbers == sorted(set(numbers))
    assert draft.progress(NOW)[0] == draft.progress(NOW)[1]


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        # R13, R14, R40: an interview that is over, everything left out that can be
        ({}, "COMPANY WHEN POSITION ROLE STAGE KIND TESTS PROMISE WHO CHANNEL"),
        # R14: a contact's addresses
        (
            {Q.ROLE: {"role": Role.HR}},
            "COMPANY WHEN POSITION ROLE NAME PHONE EMAIL STAGE KIND TESTS PROMISE WHO CHANNEL",
        ),
        # one that is still to come: nothing has been agreed yet
        ({Q.WHEN: {"starts_at": TOMORROW}}, "COMPANY WHEN POSITION ROLE STAGE KIND"),
        (
            {Q.WHEN: {"starts_at": TOMORROW, "hour_open": True}},
            "COMPANY WHEN HOUR POSITION ROLE STAGE KIND",
        ),
        # an hour that has passed does not matter
        (
            {Q.WHEN: {"starts_at": YESTERDAY, "hour_open": True}, Q.PROMISE: {"nothing_promised": True}},
            "COMPANY WHEN POSITION ROLE STAGE KIND TESTS PROMISE",
        ),
        # a vacancy that is known already
        (
            {Q.COMPANY: {"twin_id": 3}, Q.SAME: {"vacancy_id": 3}},
            "COMPANY SAME WHEN ROLE STAGE TESTS PROMISE WHO CHANNEL",
        ),
    ],
)
def test_questions(answers: dict[Question, dict[str, object]], asked: str) -> None:
    assert _asked(InterviewDraft(), answers) == [Question[name] for name in asked.split()]


def test_required_questions() -> None:
    assert {Q.COMPANY, Q.PROMISE} == REQUIRED


def test_no_channel_is_a_paper_letter() -> None:
    """R44."""
    assert {Channel.PHONE, Channel.EMAIL, Channel.MESSENGER, Channel.IN_PERSON} == set(Channel)


TOLD = InterviewDraft(
    company="Acme",
    position="fitter",
    starts_at=YESTERDAY,
    role=Role.MANAGER,
    name="Jane Roe",
    phone="+12025550101",
    tests=True,
    promise_by=date(2026, 8, 10),
    promise_at=time(15),
    who=Who.CANDIDATE,
    channel=Channel.PHONE,
)
JANE = Contact(id=1, role=Role.MANAGER, name="Jane Roe", phone="+12025550101")


@pytest.mark.parametrize(
    ("draft", "facts"),
    [
        (
            TOLD,
            [
                Opened("Acme", "fitter"),
                ContactNamed(JANE),
                InterviewSet(Interview(starts_at=YESTERDAY, contact_ids=(1,), tests=True)),
                PromiseMade(
                    Promise(
                        by=date(2026, 8, 10),
                        at=time(15),
                        who=Who.CANDIDATE,
                        channel=Channel.PHONE,
                        contact_id=1,
                    )
                ),
            ],
        ),
        # R66: nothing promised, and said so
        (
            InterviewDraft(company="Acme", starts_at=YESTERDAY, nothing_promised=True),
            [Opened("Acme"), InterviewSet(Interview(starts_at=YESTERDAY)), PromiseMade(None)],
        ),
        # no moment told: it has just ended
        (
            InterviewDraft(company="Acme", nothing_promised=True),
            [
                Opened("Acme"),
                InterviewSet(Interview(starts_at=NOW - timedelta(hours=1))),
                PromiseMade(None),
            ],
        ),
        # still to come: how it went is asked later
        (
            InterviewDraft(company="Acme", starts_at=TOMORROW, kind=RoleType.SENIOR),
            [
                Opened("Acme"),
                Edited(fields=("role_type",), role_type=RoleType.SENIOR),
                InterviewSet(Interview(starts_at=TOMORROW, told=False)),
            ],
        ),
        # an address makes a contact, of HR unless said otherwise (R32)
        (
            InterviewDraft(company="Acme", starts_at=TOMORROW, email="jane@example.org"),
            [
                Opened("Acme"),
                ContactNamed(Contact(id=1, role=Role.HR, email="jane@example.org")),
                InterviewSet(Interview(starts_at=TOMORROW, contact_ids=(1,), told=False)),
            ],
        ),
    ],
)
def test_what_a_draft_reports(draft: InterviewDraft, facts: list[Fact]) -> None:
    assert facts_of(draft, None, NOW) == facts


@pytest.fixture
def vacancy() -> Vacancy:
    """A vacancy whose second stage is over and not told of."""
    interview = Interview(
        stage=2, starts_at=YESTERDAY, lasts_for=timedelta(hours=2), contact_ids=(1,), told=False
    )
    facts = (Opened("Acme", "fitter"), ContactNamed(JANE), InterviewSet(interview))
    return fold(7, 1, [Event(1, YESTERDAY - timedelta(days=5), facts)])


def test_telling_how_it_went_begins_with_what_is_known(vacancy: Vacancy) -> None:
    assert draft_of(vacancy) == InterviewDraft(
        done=(Q.COMPANY, Q.WHEN, Q.STAGE, Q.ROLE, Q.NAME, Q.PHONE),
        known=6,
        vacancy_id=7,
        company="Acme",
        position="fitter",
        starts_at=YESTERDAY,
        contact_id=1,
        role=Role.MANAGER,
        name="Jane Roe",
        phone="+12025550101",
        stage=2,
    )


def test_telling_how_it_went_asks_only_the_rest(vacancy: Vacancy) -> None:
    """R13, R14, R40."""
    assert _asked(draft_of(vacancy), {}) == [Q.EMAIL, Q.TESTS, Q.PROMISE, Q.WHO, Q.CHANNEL]


def test_what_was_noted_since_the_interview_began_is_not_asked(vacancy: Vacancy) -> None:
    """R13, R14, R40: the day agreed, and whether there were tests."""
    promise = Promise(by=date(2026, 8, 10), at=time(15))
    (meeting,) = vacancy.interviews
    noted = replace(vacancy, promise=promise, promised_at=NOW, interviews=(replace(meeting, tests=True),))

    assert _asked(draft_of(noted), {}) == [Q.EMAIL, Q.WHO, Q.CHANNEL]
    assert facts_of(draft_of(noted), noted, NOW)[-1] == PromiseMade(replace(promise, contact_id=1))
    before = replace(noted, promised_at=YESTERDAY - timedelta(hours=1))
    assert Q.PROMISE in _asked(draft_of(before), {})


def test_whoever_is_known_there_is_tapped(vacancy: Vacancy) -> None:
    """R14: only what is missing is asked of them; somebody else is asked for in full."""
    (meeting,) = vacancy.interviews
    draft = draft_of(replace(vacancy, interviews=(replace(meeting, contact_ids=()),)))
    assert draft.contacts == (JANE,)
    assert draft.open_question(NOW) is Q.ROLE

    assert _asked(draft.met(JANE), {}) == [Q.EMAIL, Q.TESTS, Q.PROMISE, Q.WHO, Q.CHANNEL]
    assert facts_of(draft.met(JANE), vacancy, NOW)[0] == ContactNamed(JANE)
    anew = draft.met(JANE).back().met_somebody(Role.DIRECTOR)
    assert _asked(anew, {})[:3] == [Q.NAME, Q.PHONE, Q.EMAIL]
    assert facts_of(anew, vacancy, NOW)[0] == ContactNamed(Contact(id=2, role=Role.DIRECTOR))


def test_what_is_told_goes_into_the_vacancy(vacancy: Vacancy) -> None:
    draft = replace(draft_of(vacancy), email="jane@example.org", tests=True, nothing_promised=True)

    assert facts_of(draft, vacancy, NOW) == [
        ContactNamed(replace(JANE, email="jane@example.org")),
        InterviewSet(
            Interview(
                stage=2, starts_at=YESTERDAY, lasts_for=timedelta(hours=2), contact_ids=(1,), tests=True
            )
        ),
        PromiseMade(None),
    ]


def test_another_contact_gets_a_number_of_its_own(vacancy: Vacancy) -> None:
    draft = InterviewDraft(vacancy_id=7, company="Acme", starts_at=TOMORROW, stage=3, name="Ann Poe")

    assert facts_of(draft, vacancy, NOW) == [
        ContactNamed(Contact(id=2, role=Role.HR, name="Ann Poe")),
        InterviewSet(Interview(stage=3, starts_at=TOMORROW, contact_ids=(2,), told=False)),
    ]


@pytest.mark.parametrize(
    ("starts_at", "ahead"), [(TOMORROW, True), (NOW, False), (YESTERDAY, False), (None, False)]
)
def test_ahead(starts_at: datetime | None, *, ahead: bool) -> None:
    assert InterviewDraft(starts_at=starts_at).is_ahead(NOW) is ahead
