"""Answers to the questions about an interview, typed or tapped, taken into its draft."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.conversations import answers
from bot.domain.draft import InterviewDraft, Question
from bot.domain.users import User
from bot.domain.vacancy import Channel, Role, RoleType, Who
from bot.errors import InvalidAnswer, StaleButton
from bot.language import readings
from bot.reporting import moment_on
from bot.views.days import parsed

_MOST_STAGES = 20


def typed(draft: InterviewDraft, asked: Question, said: str, user: User, now: datetime) -> InterviewDraft:
    """Return the draft with a typed answer; raises InvalidAnswer or SeveralDays."""
    match asked:
        case Question.COMPANY | Question.POSITION | Question.NAME:
            return draft.answered(asked, **{asked.value: answers.line(said)})
        case Question.WHEN:
            question = readings.Question.INTERVIEW_ANY
            return _at(draft, asked, answers.day(said, user, now, question), user)
        case Question.HOUR:
            hour = answers.hour_on(_day(draft, user), said, user, now, readings.Question.INTERVIEW_ANY)
            return _at(draft, asked, hour, user)
        case Question.PROMISE:
            return _promised(draft, answers.day(said, user, now, readings.Question.PROMISE))
        case Question.PHONE:
            return draft.answered(asked, phone=answers.phone(said, user))
        case Question.EMAIL:
            return draft.answered(asked, email=answers.email(said))
        case Question.STAGE if said.strip().isdecimal() and 1 <= int(said) <= _MOST_STAGES:
            return draft.answered(asked, stage=int(said))
    raise InvalidAnswer("invalid.use_buttons")


def chosen(draft: InterviewDraft, asked: Question, value: str, user: User, now: datetime) -> InterviewDraft:
    """Return the draft with a tapped answer; a value no button carries is stale."""
    taken: dict[Question, Callable[[], InterviewDraft]] = {
        Question.SAME: lambda: _same(draft, value),
        Question.WHEN: lambda: _when(draft, value, user, now),
        Question.HOUR: lambda: _hour(draft, value, user),
        Question.ROLE: lambda: _whom(draft, value),
        Question.STAGE: lambda: draft.answered(asked, stage=int(value)),
        Question.KIND: lambda: draft.answered(asked, kind=RoleType(value)),
        Question.TESTS: lambda: draft.answered(asked, tests=value == "yes"),
        Question.PROMISE: lambda: _promised(draft, parsed(value)),
        Question.WHO: lambda: draft.answered(asked, who=Who(value)),
        Question.CHANNEL: lambda: draft.answered(asked, channel=Channel(value)),
        Question.CONFIRM: lambda: draft.answered(asked),
    }
    try:
        return taken[asked]()
    except (KeyError, ValueError) as error:
        raise StaleButton from error


def _whom(draft: InterviewDraft, value: str) -> InterviewDraft:
    """Take somebody who is known by their number, anybody else by what they do."""
    if not value.isdecimal():
        return draft.met_somebody(Role(value))
    known = {contact.id: contact for contact in draft.contacts}
    return draft.met(known[int(value)])


def _same(draft: InterviewDraft, value: str) -> InterviewDraft:
    if value == "same":
        stage = draft.twin_stage + 1
        known = draft.answered(Question.STAGE, stage=stage)  # before SAME: Back asks that again
        return known.answered(Question.SAME, vacancy_id=draft.twin_id)
    done = tuple(asked for asked in draft.done if asked is not Question.STAGE)
    return replace(draft, done=done, stage=1).answered(Question.SAME, vacancy_id=None)


def _when(draft: InterviewDraft, value: str, user: User, now: datetime) -> InterviewDraft:
    today = now.astimezone(ZoneInfo(user.zone or "UTC")).date()
    match value:
        case "now":
            return draft.answered(Question.WHEN, starts_at=now - timedelta(hours=1), hour_open=False)
        case "today":
            noon = min(moment_on(today, None, user.zone), now - timedelta(hours=1))
            return draft.answered(Question.WHEN, starts_at=noon, hour_open=False)
        case "yesterday":
            return _at(draft, Question.WHEN, readings.OnDate(today - timedelta(days=1)), user)
    return _at(draft, Question.WHEN, parsed(value), user)


def _at(draft: InterviewDraft, asked: Question, reading: readings.Reading, user: User) -> InterviewDraft:
    moment, told = answers.dated(reading, user, lambda day: moment_on(day, None, user.zone))
    return draft.answered(asked, starts_at=moment, hour_open=not told)


def _hour(draft: InterviewDraft, value: str, user: User) -> InterviewDraft:
    if "-" in value:  # a day that was offered because more than one could be meant
        return _at(draft, Question.HOUR, parsed(value), user)
    hour = readings.AtTime(_day(draft, user), time.fromisoformat(value.zfill(5)))
    return _at(draft, Question.HOUR, hour, user)


def _day(draft: InterviewDraft, user: User) -> date:
    if draft.starts_at is None:
        raise StaleButton
    return draft.starts_at.astimezone(ZoneInfo(user.zone or "UTC")).date()


def _promised(draft: InterviewDraft, reading: readings.Reading) -> InterviewDraft:
    match reading:
        case readings.OnDate():
            return draft.answered(Question.PROMISE, promise_by=reading.date, nothing_promised=False)
        case readings.AtTime():
            return draft.answered(
                Question.PROMISE, promise_by=reading.date, promise_at=reading.time, nothing_promised=False
            )
    return draft.answered(Question.PROMISE, promise_by=None, promise_at=None, nothing_promised=True)
