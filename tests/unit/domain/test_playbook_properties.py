"""What holds for every history: one step, at a decent hour, never too many touches, and an end."""

from datetime import datetime, timedelta

from histories import histories, working_times
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.facts import Event, Touched, Undone
from bot.domain.history import apply, fold
from bot.domain.playbook import next_step
from bot.domain.step import TOUCH_LIMIT, Step
from bot.domain.users import Pace
from bot.domain.vacancy import CLOSED, TOUCHES, Channel, Outcome, Status, Technique, Vacancy
from bot.domain.working_time import WorkingTime

paces = st.sampled_from(Pace)
waits = st.sampled_from([timedelta(0), timedelta(minutes=50), timedelta(hours=11)]) | st.integers(0, 40).map(
    lambda days: timedelta(days=days)
)


AFTER_A_REFUSAL = {Technique.ASK_REASONS, Technique.LESSON}


def _is_kept_after_a_refusal(vacancy: Vacancy) -> bool:
    """Tell whether the user keeps in touch with somebody who has refused (R114, R115)."""
    last = [answer.outcome for answer in vacancy.answers[-2:]]
    return vacancy.status is Status.RESERVE and last == [Outcome.REFUSAL, Outcome.RESERVE]


def _vacancy(events: tuple[Event, ...]) -> Vacancy:
    return fold(1, 1, events)


def _is_waking(working_time: WorkingTime, moment: datetime) -> bool:
    return working_time.next_letter_moment(moment) == moment


def _calls_fit(working_time: WorkingTime, moment: datetime) -> bool:
    return working_time.next_call_moment(moment) is not None


@given(histories, working_times, paces, waits)
def test_an_open_vacancy_has_one_next_step(
    events: tuple[Event, ...], working_time: WorkingTime, pace: Pace, wait: timedelta
) -> None:
    """R2, R31; C3, C13, R62 and R113: only a refusal is reacted to as one."""
    vacancy = _vacancy(events)
    step = next_step(vacancy, working_time, events[-1].at + wait, pace)
    if vacancy.status not in CLOSED:
        assert step is not None
        assert step.technique not in AFTER_A_REFUSAL or _is_kept_after_a_refusal(vacancy)
    elif vacancy.status is Status.REFUSED:
        assert step is None or step.technique in {*AFTER_A_REFUSAL, Technique.WAIT}
    else:
        assert step is None


@given(histories, working_times, paces, waits)
def test_a_step_falls_into_the_allowed_hours(
    events: tuple[Event, ...], working_time: WorkingTime, pace: Pace, wait: timedelta
) -> None:
    """H1, H2, H3, H10."""
    now = events[-1].at + wait
    step = next_step(_vacancy(events), working_time, now, pace)
    if step is None:
        return
    assert step.due >= now
    if step.channel is Channel.PHONE and _calls_fit(working_time, step.due):
        assert working_time.next_call_moment(step.due) == step.due
    if step.channel is not Channel.PHONE or _calls_fit(working_time, step.due):
        assert _is_waking(working_time, step.due)


@given(histories, working_times, paces, waits)
def test_no_step_falls_into_a_pause(
    events: tuple[Event, ...], working_time: WorkingTime, pace: Pace, wait: timedelta
) -> None:
    """H3: while the user is off nothing is due, whatever was planned for then."""
    step = next_step(_vacancy(events), working_time, events[-1].at + wait, pace)
    assert step is None or not working_time.is_off(step.due)


@given(histories, working_times, paces, waits, st.none() | st.integers(0, 72))
def test_touches_are_spaced_and_limited(
    events: tuple[Event, ...], working_time: WorkingTime, pace: Pace, wait: timedelta, beside: int | None
) -> None:
    """R21, R42, C1; R42 also where the employer was reached about another vacancy, so many hours ago."""
    now = events[-1].at + wait
    reached = [] if beside is None else [now - timedelta(hours=beside)]
    vacancy = replace(_vacancy(events), touched_beside_at=next(iter(reached), None))
    step = next_step(vacancy, working_time, now, pace)
    if step is None or step.technique not in TOUCHES:
        assert step is None or step.touch == 0
        return
    assert 1 <= step.touch <= TOUCH_LIMIT
    for at in (*reached, *(touch.at for touch in vacancy.touches if touch.counts)):
        assert working_time.user_day(step.due) != working_time.user_day(at)
        assert working_time.employer_day(step.due) != working_time.employer_day(at)


@given(histories, working_times, paces, waits)
def test_a_no_show_is_written_about_once_and_never_thanked_for(
    events: tuple[Event, ...], working_time: WorkingTime, pace: Pace, wait: timedelta
) -> None:
    """H11: one shot, no touch; then one question; no thank-you for what did not take place."""
    vacancy = _vacancy(events)
    step = next_step(vacancy, working_time, events[-1].at + wait, pace)
    missed = {interview.stage: interview.missed_at for interview in vacancy.interviews if interview.missed_at}
    if step is None or not missed:
        assert step is None or step.technique not in {Technique.NO_SHOW, Technique.NEW_TIME}
        return
    if step.technique is Technique.THANK_YOU:
        assert int(step.anchor.split(":")[1]) not in missed
    if step.technique is Technique.NO_SHOW:
        missed_at = missed[vacancy.stage]
        assert step.touch == 0
        assert not any(
            touch.reached and touch.technique is Technique.NO_SHOW and touch.at >= missed_at
            for touch in vacancy.touches
        )


@given(histories, working_times, paces, waits, st.floats(0, 1))
def test_the_advice_stays_until_it_is_due(
    events: tuple[Event, ...], working_time: WorkingTime, pace: Pace, wait: timedelta, share: float
) -> None:
    now = events[-1].at + wait
    vacancy = _vacancy(events)
    step = next_step(vacancy, working_time, now, pace)
    if step:
        later = now + (step.due - now) * share
        again = next_step(vacancy, working_time, later, pace)
        assert again is not None
        assert (again.key, again.channel, again.contact_id) == (step.key, step.channel, step.contact_id)


@given(histories, working_times, paces, waits)
def test_the_plan_ends_when_nothing_is_reported(
    events: tuple[Event, ...], working_time: WorkingTime, pace: Pace, wait: timedelta
) -> None:
    """R37: a silent case never hangs."""
    vacancy, now = _vacancy(events), events[-1].at + wait
    plan: list[Step] = []
    step = next_step(vacancy, working_time, now, pace)
    while step:
        plan.append(step)
        assert len(plan) <= 10
        if step.until is None:
            break
        assert step.until > now
        now = step.until
        step = next_step(vacancy, working_time, now, pace)
    keys = [step.key for step in plan if step.technique in TOUCHES]
    assert sorted(set(keys)) == sorted(keys)


@given(histories, working_times, paces, waits)
def test_undoing_the_last_report_brings_the_step_back(
    events: tuple[Event, ...], working_time: WorkingTime, pace: Pace, wait: timedelta
) -> None:
    now = events[-1].at + wait
    undone = (*events, Event(events[-1].seq + 1, events[-1].at, (Undone(events[-1].seq),)))
    before, after = _vacancy(events[:-1]), _vacancy(undone)
    assert next_step(after, working_time, now, pace) == next_step(before, working_time, now, pace)


@settings(max_examples=60)
@given(histories, working_times, paces)
def test_a_user_who_always_does_it_and_hears_nothing_is_done_in_time(
    events: tuple[Event, ...], working_time: WorkingTime, pace: Pace
) -> None:
    """R21, R37: doing every touch leads to the proposal to stop, or to a step that is no touch."""
    vacancy, now = _vacancy(events), events[-1].at
    for done in range(TOUCH_LIMIT + 2):
        step = next_step(vacancy, working_time, now, pace)
        if step is None or step.technique not in TOUCHES:
            return
        assert done <= TOUCH_LIMIT
        assert step.channel is not None
        now = step.due
        touched = Touched(technique=step.technique, channel=step.channel, contact_id=step.contact_id)
        vacancy = apply(vacancy, Event(vacancy.seq + 1, now, (touched,)))
    raise AssertionError(vacancy.touches)
