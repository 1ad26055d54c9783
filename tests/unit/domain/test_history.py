"""Folding a history: what each report changes, and what an undo leaves."""

from datetime import UTC, datetime, timedelta

import pytest
from histories import histories
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

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
    OfferTold,
    Opened,
    PromiseMade,
    Reopened,
    Skipped,
    Snoozed,
    Touched,
    Undone,
)
from bot.domain.history import fold
from bot.domain.offer import Offer
from bot.domain.vacancy import (
    Channel,
    Contact,
    Interview,
    Lesson,
    Outcome,
    Promise,
    Status,
    Technique,
    Vacancy,
)

START = datetime(2026, 8, 3, 9, tzinfo=UTC)


def _at(seq: int) -> datetime:
    return START + timedelta(hours=seq)


def _story(*reports: Fact) -> Vacancy:
    events = [Event(1, _at(1), (Opened("Acme", "fitter"),))]
    events += [Event(seq, _at(seq), (fact,)) for seq, fact in enumerate(reports, start=2)]
    return fold(7, 1, events)


def test_opening() -> None:
    assert _story() == Vacancy(
        id=7,
        owner_id=1,
        company="Acme",
        position="fitter",
        opened_at=_at(1),
        status_since=_at(1),
        seq=1,
    )


def test_a_history_begins_with_its_opening() -> None:
    with pytest.raises(TypeError):
        fold(7, 1, [Event(1, START, (Kept(),))])


def test_only_named_fields_are_edited() -> None:
    vacancy = _story(Edited(fields=("position", "zone"), position="welder", zone="Europe/Berlin"))
    assert (vacancy.company, vacancy.position, vacancy.zone) == ("Acme", "welder", "Europe/Berlin")


def test_contacts_are_replaced_by_id_and_removed() -> None:
    first, second = Contact(id=1, name="Jane"), Contact(id=2, name="Ann")
    corrected = Contact(id=1, name="Janet")
    assert _story(ContactNamed(second), ContactNamed(first), ContactNamed(corrected)).contacts == (
        corrected,
        second,
    )
    assert _story(ContactNamed(first), ContactNamed(second), ContactRemoved(1)).contacts == (second,)


def test_a_new_stage_drops_the_promise_of_the_last() -> None:
    """C2."""
    vacancy = _story(
        InterviewSet(Interview(starts_at=START)),
        PromiseMade(Promise(by=START.date())),
        Skipped(Technique.CALL),
        InterviewSet(Interview(stage=2, starts_at=START)),
    )
    assert (vacancy.stage, vacancy.promise, vacancy.promised_at, vacancy.skipped) == (2, None, None, ())


def test_a_cancelled_interview_starts_the_count_anew() -> None:
    vacancy = _story(InterviewSet(Interview(starts_at=START)), InterviewCancelled(1))
    assert (vacancy.interviews, vacancy.kept_at) == ((), _at(3))


def test_an_answer_supersedes_what_was_agreed_and_left_out_but_not_keep_going() -> None:
    """C1."""
    vacancy = _story(
        Kept(),
        PromiseMade(Promise(by=START.date())),
        Skipped(Technique.CALL),
        Answered(outcome=Outcome.VAGUE),
    )
    assert (vacancy.promise, vacancy.skipped, vacancy.kept_at) == (None, (), _at(2))


@pytest.mark.parametrize(("hours", "told"), [(-3, True), (-1, True), (0, False), (5, False)])
def test_what_they_say_after_an_interview_tells_of_it(hours: int, *, told: bool) -> None:
    """R13: nothing is asked that is known; an interview of an hour that is not over stays open."""
    meeting = Interview(starts_at=_at(3) + timedelta(hours=hours), told=False)

    answered = _story(InterviewSet(meeting), Answered(outcome=Outcome.VAGUE))

    assert [interview.told for interview in answered.interviews] == [told]


def test_a_promised_day_becomes_the_promise() -> None:
    vacancy = _story(Answered(outcome=Outcome.PROMISED, on=START.date(), contact_id=1))
    assert (vacancy.promise, vacancy.promised_at) == (Promise(by=START.date(), contact_id=1), _at(2))


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (Outcome.OFFER, Status.OFFERED),
        (Outcome.SIGNED, Status.SIGNED),
        (Outcome.REFUSAL, Status.REFUSED),
        (Outcome.RESERVE, Status.RESERVE),
        (Outcome.FROZEN, Status.RESERVE),
        (Outcome.VAGUE, Status.OPEN),
    ],
)
def test_answers_move_the_status(outcome: Outcome, status: Status) -> None:
    """R1, R91."""
    vacancy = _story(Answered(outcome=outcome))
    assert (vacancy.status, vacancy.is_closed) == (status, status in {Status.SIGNED, Status.REFUSED})


def test_a_closed_vacancy_is_taken_up_again() -> None:
    """R93."""
    vacancy = _story(Closed(Status.GIVEN_UP), Reopened())
    assert (vacancy.status, vacancy.status_since, vacancy.kept_at) == (Status.OPEN, _at(3), _at(3))


TOLD = OfferTold(fields=("in_writing", "starts_on"), in_writing=True, starts_on=START.date())


def test_an_offer_is_known_bit_by_bit() -> None:
    """R1: only what is told is taken over; a better offer keeps it."""
    by = START.date() + timedelta(days=4)
    first = Answered(outcome=Outcome.OFFER, on=by, contact_id=1)
    offer = Offer(made_at=_at(2), contact_id=1, answer_by=by, answer_told_at=_at(2))
    assert _story(first).offer == offer
    assert _story(first, TOLD).offer == replace(offer, in_writing=True, starts_on=START.date())
    assert _story(first, TOLD, Answered(outcome=Outcome.OFFER)).offer == replace(
        offer, made_at=_at(4), in_writing=True, starts_on=START.date()
    )
    later = OfferTold(fields=("answer_by", "signs_on"), answer_by=by, signs_on=by)
    forgotten = OfferTold(fields=("answer_by",))
    assert _story(first, later, forgotten).offer == replace(
        offer, answer_by=None, answer_told_at=_at(3), signs_on=by
    )


def test_of_an_offer_that_nobody_made_nothing_is_known() -> None:
    assert _story(TOLD).offer is None


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        # R1: they are about its terms and papers
        (Outcome.PROMISED, Status.OFFERED),
        (Outcome.CALL_LATER, Status.OFFERED),
        (Outcome.ASKED_TO_WAIT, Status.OFFERED),
        (Outcome.SECURITY_CHECK, Status.OFFERED),
        (Outcome.AWAY, Status.OFFERED),
        (Outcome.ASKS_INFO, Status.OFFERED),
        (Outcome.SIGNED, Status.SIGNED),
        # it is none any more
        (Outcome.VAGUE, Status.OPEN),
        (Outcome.UNDECIDED, Status.OPEN),
        (Outcome.ROUND, Status.OPEN),
        (Outcome.NEXT_STAGE, Status.OPEN),
        (Outcome.TEST_TASK, Status.OPEN),
        (Outcome.REFUSAL, Status.REFUSED),
        (Outcome.RESERVE, Status.RESERVE),
        (Outcome.FROZEN, Status.RESERVE),
    ],
)
def test_what_becomes_of_an_offer(outcome: Outcome, status: Status) -> None:
    vacancy = _story(Answered(outcome=Outcome.OFFER), TOLD, Answered(outcome=outcome))
    stands = status in {Status.OFFERED, Status.SIGNED}
    assert (vacancy.status, vacancy.offer is not None) == (status, stands)


@pytest.mark.parametrize("end", [Closed(Status.WITHDRAWN), Reopened()])
def test_whoever_leaves_or_begins_anew_has_no_offer(end: Fact) -> None:
    assert _story(Answered(outcome=Outcome.OFFER), TOLD, end).offer is None


def test_lessons_are_kept_word_for_word() -> None:
    """R119."""
    first, second = "He knew  the figures.", "«Опыт» & <b>"
    vacancy = _story(Answered(outcome=Outcome.REFUSAL), LessonLearned(first), LessonLearned(second))
    assert vacancy.lessons == (Lesson(first, _at(3)), Lesson(second, _at(4)))


def test_any_later_report_ends_a_snooze() -> None:
    snoozed = Snoozed(_at(9))
    called = Touched(technique=Technique.CALL, channel=Channel.PHONE, reached=False)
    assert _story(snoozed).snoozed_until == _at(9)
    assert _story(snoozed, called).snoozed_until is None
    assert _story(called, snoozed, Undone(2)).snoozed_until == _at(9)


@given(histories)
def test_undoing_the_last_report_is_as_if_it_had_not_been(events: tuple[Event, ...]) -> None:
    undone = (*events, Event(events[-1].seq + 1, events[-1].at, (Undone(events[-1].seq),)))
    before, after = fold(1, 1, events[:-1]), fold(1, 1, undone)
    assert {**_values(after), "seq": 0} == {**_values(before), "seq": 0}


@given(histories, st.data())
def test_undoing_any_report_is_as_if_it_had_not_been(events: tuple[Event, ...], data: st.DataObject) -> None:
    undone = data.draw(st.integers(2, len(events)))
    with_undo = (*events, Event(len(events) + 1, events[-1].at, (Undone(undone),)))
    without = [event for event in events if event.seq != undone]
    assert {**_values(fold(1, 1, with_undo)), "seq": 0} == {**_values(fold(1, 1, without)), "seq": 0}


def _values(vacancy: Vacancy) -> dict[str, object]:
    return {name: getattr(vacancy, name) for name in vacancy.__struct_fields__}
