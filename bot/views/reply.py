"""An employer's reply as it was read, for the user to confirm or correct."""

from collections.abc import Sequence

from bot.callbacks import Answer, Card, Nav
from bot.domain.vacancy import Outcome, Vacancy
from bot.language.replies import Label, Reply, ReplyTechnique
from bot.texts import Texts
from bot.views import parts
from bot.views.screen import Screen, button, rows

_OUTCOMES = {
    Label.VAGUE: Outcome.VAGUE,
    Label.PROMISED_DATE: Outcome.PROMISED,
    Label.ASKED_TO_WAIT: Outcome.ASKED_TO_WAIT,
    Label.POLITE_REFUSAL: Outcome.REFUSAL,
    Label.DIRECT_REFUSAL: Outcome.REFUSAL,
    Label.RESERVE: Outcome.RESERVE,
    Label.NEXT_STAGE: Outcome.NEXT_STAGE,
    Label.TEST_TASK: Outcome.TEST_TASK,
    Label.OFFER: Outcome.OFFER,
    Label.ASKS_FOR_INFO: Outcome.ASKS_INFO,
    Label.POSITION_FROZEN: Outcome.FROZEN,
    Label.AUTO_REPLY: Outcome.AWAY,
    Label.NO_DECISION_MAKER: Outcome.AWAY,
}


def outcome_of(read: Reply) -> Outcome | None:
    """Return the outcome that a reply is logged as; None when it is of no kind we know."""
    if read.label is Label.VAGUE and read.technique is ReplyTechnique.LIGHT_PRESSURE:
        return Outcome.UNDECIDED  # mere indecision, not a hedge (R26)
    return Outcome.HR_LEFT if read.left else _OUTCOMES.get(read.label)


def proposal(texts: Texts, vacancy: Vacancy, read: Reply, step: str) -> Screen:
    """Say what a reply reads as, on which words that rests, and what answers it."""
    outcome = outcome_of(read)
    other = button(texts.plain("button.other_outcome"), Card(vacancy.id, "log"))
    cancel = button(texts.plain("button.cancel"), Nav(step, "cancel"))
    name = parts.title(texts, vacancy)
    if outcome is None:
        return Screen(text=parts.joined(texts("reply.unclear", name=name)), keyboard=((other,), (cancel,)))
    what = parts.dated(texts, texts.plain(f"outcome.{outcome}"), read.on, read.at)
    yes = button(texts.plain("button.log_it"), Answer(step, "yes"))
    quoted = texts("reply.quote", quote=read.quote) if read.quote else None
    advice = texts(f"reply.advice.{read.technique}")
    return Screen(
        text=parts.joined(texts("reply.reads_as", name=name, what=what), quoted, advice),
        keyboard=((yes,), (other, cancel)),
    )


def whose(texts: Texts, vacancies: Sequence[Vacancy], step: str) -> Screen:
    """Ask which employer wrote it."""
    buttons = [
        button(parts.plain_title(texts, vacancy), Answer(step, str(vacancy.id))) for vacancy in vacancies
    ]
    cancel = button(texts.plain("button.cancel"), Nav(step, "cancel"))
    return Screen(text=parts.joined(texts("reply.whose")), keyboard=(*rows(buttons, 1), (cancel,)))
