"""The other vacancies, when one has an offer or is signed: told of it, or taken leave of (R11, R88, C12)."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.callbacks import Beside, Card
from bot.domain.neighbours import Around
from bot.domain.step import Step
from bot.domain.vacancy import Technique, Vacancy
from bot.texts import Texts, live_moment
from bot.views import letters, own_words, parts
from bot.views.card import back_row, undo_row
from bot.views.home import PAGE, listed
from bot.views.letters import Letter
from bot.views.reader import Reader
from bot.views.report import outcome_rows
from bot.views.screen import Rows, Screen, button, rows
from bot.views.wording import letter_aside, said_aside

#: What is said to another employer on the phone.
_SAID = "parallel_offer_call"
#: The letters that take leave, by what is done with the vacancy.
LEAVING = {"leave": "withdraw", "stay": "stay_in_touch"}
#: What a letter that was sent is reported as.
_SENT = {"leave": "left", "stay": "stayed"}


def lines(texts: Texts, others: Sequence[Vacancy], now: datetime, heading: str) -> list[Markup] | None:
    """Return the other vacancies, a line each, below a heading; None without any."""
    if not others:
        return None
    more = [texts.count("today.more", len(others) - PAGE)] if len(others) > PAGE else []
    return [texts(heading), *(listed(texts, other, now) for other in others[:PAGE]), *more]


def buttons(texts: Texts, vacancy: Vacancy, others: Sequence[Vacancy], deed: str) -> Rows:
    """Return a button for each of the other vacancies."""
    offered = (
        button(parts.plain_title(texts, other), Beside(vacancy.id, other.id, other.seq, deed))
        for other in others[:PAGE]
    )
    return rows(offered, 1)


def note(texts: Texts, step: Step, around: Around) -> Markup | None:
    """Return what a push says of everything else: how many vacancies are left, what was learned last."""
    if step.technique in {Technique.STOP, Technique.TRIAL_CLOSE}:
        return remaining(texts, around)
    if step.technique is Technique.PREPARE and around.lesson:
        return texts("push.lesson", words=parts.shortened(around.lesson.words))
    return None


def remaining(texts: Texts, around: Around) -> Markup:
    """Return how many other vacancies are open (R11)."""
    return texts.count("beside.active", around.active) if around.active else texts("beside.none")


# An offer elsewhere


def press(reader: Reader, vacancy: Vacancy, other: Vacancy, ways: tuple[Step, Step]) -> Screen:
    """Show what to say or to write to another employer: there is an offer, and a day to answer it."""
    texts, (call, by_mail) = reader.texts, ways
    deadline = still_to_come(reader, vacancy)
    letter = letter_aside(reader, other, by_mail, "parallel_offer", deadline=deadline)
    contact = other.contact(call.contact_id)
    whom = parts.contact_lines(texts, contact) if contact else None
    hour = texts("press.hour", when=live_moment(texts, call.due)) if call.due > reader.now else None
    heading = texts("press.title", name=parts.title(texts, other))
    did = (
        button(texts.plain("button.said"), Beside(vacancy.id, other.id, other.seq, "said")),
        button(texts.plain("button.sent"), Beside(vacancy.id, other.id, other.seq, "wrote")),
    )
    change = own_words.change_row(texts, (_SAID,), reader.language_of(other), other.id)
    return parts.with_words(
        (heading, parts.why(texts, call), whom),
        said_aside(reader, other, call, _SAID, deadline=deadline),
        (hour, texts("press.letter")),
        keyboard=(did, *change, *_back(texts, vacancy)),
        more=_screens(reader, letter),
    )


def too_soon(texts: Texts, vacancy: Vacancy, other: Vacancy, call: Step) -> Screen:
    """Say that the employer was reached today already, and when it can be again (R42)."""
    when = live_moment(texts, call.due)
    return Screen(
        text=parts.joined(texts("press.too_soon", name=parts.title(texts, other), when=when)),
        keyboard=_back(texts, vacancy),
    )


def told(texts: Texts, vacancy: Vacancy, other: Vacancy) -> Screen:
    """Show that another employer was called about the offer, and ask what they said."""
    what = texts.plain(f"technique.{Technique.LIGHT_PRESSURE}")
    heading = texts("report.logged", name=parts.title(texts, other), what=what)
    return Screen(
        text=parts.joined(heading, texts("press.and_they")),
        keyboard=(*outcome_rows(texts, other, None), *_back(texts, vacancy), *undo_row(texts, other)),
    )


# A signed contract


def signed(
    reader: Reader, vacancy: Vacancy, others: Sequence[Vacancy], *, note: list[Markup] | None = None
) -> Screen:
    """Show a signed vacancy, and those who are still to be told: nothing closes by itself (C12)."""
    texts = reader.texts
    starts_on = vacancy.offer.starts_on if vacancy.offer else None
    blocks = [
        *(note or [texts("card.title", name=parts.title(texts, vacancy))]),
        texts("report.kind.signed"),
        texts("offer.starts_on", day=starts_on) if starts_on else None,
        lines(texts, others, reader.now, "signed.others"),
        texts("signed.others_hint") if others else texts("signed.nobody"),
    ]
    way_out = undo_row(texts, vacancy) if note else back_row(texts, vacancy)
    return Screen(text=parts.joined(*blocks), keyboard=(*buttons(texts, vacancy, others, "end"), *way_out))


def ways_to_end(texts: Texts, vacancy: Vacancy, other: Vacancy) -> Screen:
    """Ask what becomes of another vacancy now that the contract is signed."""
    offered = [
        button(texts.plain(f"button.{deed}"), Beside(vacancy.id, other.id, other.seq, deed))
        for deed in ("leave", "stay")
    ]
    going_on = button(texts.plain("button.keep_open"), Card(vacancy.id, "offer"))
    return Screen(
        text=parts.joined(texts("signed.ask", name=parts.title(texts, other))),
        keyboard=rows([*offered, going_on], 1),
    )


def leaving(reader: Reader, vacancy: Vacancy, other: Vacancy, step: Step, deed: str) -> Screen:
    """Show the letter that takes leave; only what was sent changes anything."""
    texts = reader.texts
    contact = other.contact(step.contact_id)
    whom = parts.contact_lines(texts, contact) if contact else None
    sent = button(texts.plain("button.sent"), Beside(vacancy.id, other.id, other.seq, _SENT[deed]))
    return Screen(
        text=parts.joined(texts(f"signed.{deed}", name=parts.title(texts, other)), whom),
        keyboard=((sent,), *_back(texts, vacancy)),
        more=_screens(reader, letter_aside(reader, other, step, LEAVING[deed])),
    )


def reported(reader: Reader, vacancy: Vacancy, other: Vacancy, step: Step | None, what: str) -> Screen:
    """Show what was reported of another vacancy, what comes next there, and the way back to the list."""
    texts = reader.texts
    heading = texts("report.logged", name=parts.title(texts, other), what=what)
    following = parts.next_step_lines(texts, other, step, reader.now) if step else None
    return Screen(
        text=parts.joined(heading, following), keyboard=(*_back(texts, vacancy), *undo_row(texts, other))
    )


def still_to_come(reader: Reader, vacancy: Vacancy) -> date | None:
    """Return the day by which an offer is to be answered, unless it is over."""
    answer_by = vacancy.offer.answer_by if vacancy.offer else None
    today = reader.now.astimezone(ZoneInfo(reader.texts.zone)).date()
    return answer_by if answer_by and answer_by >= today else None


def _screens(reader: Reader, letter: Letter | None) -> tuple[Screen, ...]:
    return (letters.screen(reader, letter),) if letter else ()


def _back(texts: Texts, vacancy: Vacancy) -> Rows:
    return ((button(texts.plain("button.others"), Card(vacancy.id, "offer")),),)
