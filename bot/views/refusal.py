"""After a refusal, and only then (R113): a kind word, what is left to do, the formal request (C11)."""

from markupsafe import Markup

from bot.callbacks import Act, Card, Open, Report, Snooze
from bot.domain.neighbours import Around
from bot.domain.step import Step
from bot.domain.users import User
from bot.domain.vacancy import Technique, Vacancy
from bot.reporting import NO_ANSWER
from bot.texts import Texts
from bot.views import beside, letters, parts
from bot.views.card import refusal_rows, undo_row
from bot.views.reader import Reader
from bot.views.report import is_call
from bot.views.screen import Rows, Screen, button
from bot.views.wording import letter_aside, read

#: The kind words, one after the other from refusal to refusal; the second one says how many are left.
NOTES = ("match", "remaining", "clarity", "effort")


def screen(
    reader: Reader,
    vacancy: Vacancy,
    step: Step | None,
    around: Around,
    *,
    note: list[Markup] | None = None,
) -> Screen:
    """Show a refused vacancy: a kind word, how many are left, what comes next; `note`: what was logged."""
    texts, user = reader.texts, reader.user
    heading = note or [texts("card.title", name=parts.title(texts, vacancy))]
    following = parts.next_step_lines(texts, vacancy, step, reader.now) if step else None
    silence = ((button(texts.plain("button.note_off"), Card(vacancy.id, "note_off")),),)
    return Screen(
        text=parts.joined(*heading, *_words(texts, user, around), following),
        keyboard=(
            *refusal_rows(texts, vacancy, step),
            *(() if user.notes_off else silence),
            *undo_row(texts, vacancy),
        ),
    )


def _words(texts: Texts, user: User, around: Around) -> list[Markup]:
    """Return the kind words of this refusal and how many vacancies are left; nobody is consoled unasked."""
    name = NOTES[around.refusals % len(NOTES)]
    if user.notes_off:
        return [beside.remaining(texts, around)]
    if name == "remaining" and around.active:
        return [texts.count("note.remaining", around.active)]
    kind = "match" if name == "remaining" else name
    return [texts(f"note.{kind}"), beside.remaining(texts, around)]


# Pushes


def deeds(texts: Texts, vacancy: Vacancy, step: Step) -> Rows:
    """Return the buttons under a push after a refusal."""
    later = button(texts.plain("button.later"), Card(vacancy.id, "later"))
    card = button(texts.plain("button.card"), Open(vacancy.id))
    skip = button(texts.plain("button.skip_step"), Act(vacancy.id, vacancy.seq, "skip"))
    other = button(texts.plain("button.more"), Card(vacancy.id, "log"))
    answered = button(texts.plain("button.write_down"), Card(vacancy.id, "lesson"))
    match step.technique:
        case Technique.ASK_REASONS if is_call(step):
            asked = button(texts.plain("button.asked"), Act(vacancy.id, vacancy.seq, "asked"))
            missed = button(
                texts.plain(f"outcome.{NO_ANSWER}"), Report(vacancy.id, vacancy.seq, NO_ANSWER, 1)
            )
            return ((asked, missed), (later, other), (skip, card))
        case Technique.ASK_REASONS:
            sent = button(texts.plain("button.sent"), Act(vacancy.id, vacancy.seq, "did"))
            return ((sent,), (later, other), (skip, card))
        case Technique.LESSON:
            silent = button(texts.plain("button.not_answered"), Act(vacancy.id, vacancy.seq, "skip"))
            return ((answered,), (silent,), (later, card))
    week = button(texts.plain("button.another_week"), Snooze(vacancy.id, vacancy.seq, "week"))
    rest = button(texts.plain("button.let_rest"), Act(vacancy.id, vacancy.seq, "skip"))
    return ((answered,), (week, rest), (card,))


def unanswered_request(texts: Texts, user: User) -> list[Markup]:
    """Return what can be done about a formal request that nobody answers (R64); the office is Russian."""
    advice = [texts("request.unanswered")]
    return [*advice, texts("request.labour_inspection")] if user.country == "RU" else advice


# The formal request


def warning(reader: Reader, vacancy: Vacancy, step: Step) -> Screen:
    """Warn before the letter is shown (R65)."""
    texts = reader.texts
    show = button(texts.plain("button.show_letter"), Card(vacancy.id, "grounds_letter"))
    cancel = button(texts.plain("button.no_request"), Open(vacancy.id))
    said = Markup("<blockquote>{}</blockquote>").format(read(reader, vacancy, step, "formal_request_warning"))
    return Screen(
        text=parts.joined(texts("card.title", name=parts.title(texts, vacancy)), said),
        keyboard=((show,), (cancel,)),
    )


def letter(reader: Reader, vacancy: Vacancy, step: Step) -> Screen:
    """Show the formal request; it is logged only when the user says that it was sent."""
    texts = reader.texts
    request = letter_aside(reader, vacancy, step, "formal_request")
    sent = button(texts.plain("button.sent"), Act(vacancy.id, vacancy.seq, "requested"))
    cancel = button(texts.plain("button.no_request"), Open(vacancy.id))
    return Screen(
        text=parts.joined(texts("request.how", name=parts.title(texts, vacancy))),
        keyboard=((sent,), (cancel,)),
        more=(letters.screen(reader, request),) if request else (),
    )
