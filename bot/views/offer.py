"""An offer on its way to the signature: the checklist, and who else still decides (R1, R88)."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.callbacks import Act, Card, Open, Report
from bot.domain.step import Step
from bot.domain.vacancy import Technique, Vacancy
from bot.reporting import OFFER_DAYS
from bot.texts import Texts
from bot.views import beside, parts
from bot.views.card import back_row, undo_row
from bot.views.reader import Reader
from bot.views.screen import Rows, Screen, button, rows


def screen(
    reader: Reader,
    vacancy: Vacancy,
    step: Step | None,
    others: Sequence[Vacancy],
    *,
    note: list[Markup] | None = None,
) -> Screen:
    """Show an offer: what is known and open, what comes next, whom to tell of it; `note`: what was logged."""
    texts, now = reader.texts, reader.now
    heading = note or [texts("card.title", name=parts.title(texts, vacancy))]
    known = parts.offer_lines(texts, vacancy.offer) if vacancy.offer else None
    following = parts.next_step_lines(texts, vacancy, step, now) if step else None
    deciding = beside.lines(texts, others, now, "offer.others")
    hint = texts("offer.others_hint") if others else None
    return Screen(
        text=parts.joined(*heading, known, following, deciding, hint),
        keyboard=(
            *_answers(texts, vacancy),
            *beside.buttons(texts, vacancy, others, "press"),
            *(undo_row(texts, vacancy) if note else back_row(texts, vacancy)),
        ),
    )


def deeds(texts: Texts, vacancy: Vacancy, step: Step) -> Rows:
    """Return the buttons under a push about an offer: what was done, what has become known, how it ended."""
    done = button(texts.plain(f"button.did.{step.technique}"), Act(vacancy.id, vacancy.seq, "did"))
    skip = button(texts.plain("button.skip_step"), Act(vacancy.id, vacancy.seq, "skip"))
    answered = button(texts.plain("button.they_answered"), Card(vacancy.id, "log"))
    declined = button(texts.plain("button.withdraw"), Act(vacancy.id, vacancy.seq, "withdraw"))
    later = button(texts.plain("button.later"), Card(vacancy.id, "later"))
    card = button(texts.plain("button.card"), Open(vacancy.id))
    other = declined if step.technique is Technique.SIGN_OFFER else skip
    return ((done,), *_answers(texts, vacancy), (answered, other), (later, card))


def _answers(texts: Texts, vacancy: Vacancy) -> Rows:
    """Return the buttons that fill the checklist; the last one completes it."""
    has_terms = vacancy.offer is not None and vacancy.offer.in_writing
    terms = "not_in_writing" if has_terms else "in_writing"
    filling = [button(texts.plain(f"button.{terms}"), Report(vacancy.id, vacancy.seq, terms, 0))]
    filling += [
        button(texts.plain(f"button.{day}"), Report(vacancy.id, vacancy.seq, day, 0)) for day in OFFER_DAYS
    ]
    signed = button(texts.plain("outcome.signed"), Report(vacancy.id, vacancy.seq, "signed", 0))
    return (*rows(filling), (signed,))
