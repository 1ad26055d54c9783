"""The history of a vacancy, as a timeline in words."""

from collections.abc import Sequence
from functools import singledispatch
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.domain import facts
from bot.domain.facts import Event, Fact
from bot.domain.vacancy import Vacancy
from bot.texts import Texts
from bot.views import parts
from bot.views.card import back_row
from bot.views.screen import Screen

#: The latest events shown in a timeline.
TIMELINE = 15


def timeline(texts: Texts, vacancy: Vacancy, events: Sequence[Event]) -> Screen:
    """Show what has been reported, oldest first."""
    undone = {fact.seq for event in events for fact in event.facts if isinstance(fact, facts.Undone)}
    lines = [
        texts("history.line", day=_local_day(texts, event), what=Markup("; ").join(said))
        for event in events
        if event.seq not in undone
        and (said := [line for fact in event.facts if (line := _said(fact, texts))])
    ]
    heading = texts("history.title", name=parts.title(texts, vacancy))
    return Screen(text=parts.joined(heading, lines[-TIMELINE:]), keyboard=back_row(texts, vacancy))


def _local_day(texts: Texts, event: Event) -> str:
    return texts.day(event.at.astimezone(ZoneInfo(texts.zone)).date())


@singledispatch
def _said(_fact: Fact, _texts: Texts) -> Markup | None:
    """Return a fact in words; corrections of plain fields are not worth a line."""
    return None


@_said.register
def _(_fact: facts.Opened, texts: Texts) -> Markup:
    return texts("history.opened")


@_said.register
def _(fact: facts.InterviewSet, texts: Texts) -> Markup:
    return texts("history.interview", stage=fact.interview.stage, when=parts.when(texts, fact.interview))


@_said.register
def _(fact: facts.InterviewCancelled, texts: Texts) -> Markup:
    return texts("history.interview_off", stage=fact.stage)


@_said.register
def _(fact: facts.NoShow, texts: Texts) -> Markup:
    return texts("history.no_show", stage=fact.stage)


@_said.register
def _(fact: facts.PromiseMade, texts: Texts) -> Markup | None:
    return parts.promise_line(texts, fact.promise) if fact.promise else None


@_said.register
def _(fact: facts.Touched, texts: Texts) -> Markup:
    what = texts.plain(f"technique.{fact.technique}")
    return texts("history.touched" if fact.reached else "history.unanswered", what=what)


@_said.register
def _(fact: facts.Answered, texts: Texts) -> Markup:
    what = texts.plain(f"outcome.{fact.outcome}")
    return (
        texts("history.answered_on", what=what, day=fact.on)
        if fact.on
        else texts("history.answered", what=what)
    )


@_said.register
def _(fact: facts.OfferTold, texts: Texts) -> Markup:
    lines = (parts.offer_line(texts, field, getattr(fact, field)) for field in fact.fields)
    return Markup(", ").join(lines)


@_said.register
def _(_fact: facts.LessonLearned, texts: Texts) -> Markup:
    return texts("history.lesson")


@_said.register
def _(fact: facts.Snoozed, texts: Texts) -> Markup:
    return texts("history.snoozed", until=fact.until)


@_said.register
def _(fact: facts.Skipped, texts: Texts) -> Markup:
    return texts("history.skipped", what=texts.plain(f"technique.{fact.technique}"))


@_said.register
def _(_fact: facts.Kept, texts: Texts) -> Markup:
    return texts("history.kept")


@_said.register
def _(fact: facts.Closed, texts: Texts) -> Markup:
    return texts("history.closed", status=texts.plain(f"status.{fact.status}"))


@_said.register
def _(_fact: facts.Reopened, texts: Texts) -> Markup:
    return texts("history.reopened")
