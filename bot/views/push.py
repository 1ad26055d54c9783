"""The push: who, what, why now, how to reach them, the words ready, and buttons for what came of it."""

from collections.abc import Sequence

from markupsafe import Markup
from msgspec.structs import replace

from bot.callbacks import Act, Card, Edit, Go, Open
from bot.domain.step import Step
from bot.domain.vacancy import Channel, Technique, Vacancy
from bot.texts import Texts
from bot.views import call_mode, letters, offer, own_words, parts, refusal
from bot.views.agreed import push_rows
from bot.views.home import Item
from bot.views.reader import Reader
from bot.views.report import is_call, outcome_rows
from bot.views.screen import Button, Rows, Screen, button, copy_button, rows
from bot.views.wording import StepWords, spoken, words_of

#: Steps of an offer: its checklist stands in the push.
_OF_OFFERS = frozenset({Technique.SECURE_OFFER, Technique.SIGN_OFFER})


def push(  # noqa: PLR0913 - the parts of one screen
    reader: Reader,
    vacancy: Vacancy,
    step: Step,
    *,
    late: bool = False,
    repeat: bool = False,
    note: Markup | None = None,
) -> Screen:
    """Show a step that is due; `note` says what there is beside the vacancy."""
    texts = reader.texts
    heading = texts(
        "push.title", what=parts.step_name(texts, vacancy, step), name=parts.title(texts, vacancy)
    )
    notes = [texts(key) for key, said in (("push.late", late), ("push.repeat", repeat)) if said]
    reasons = [*parts.why(texts, step), *filter(None, [parts.touch(texts, step)])]
    found = words_of(reader, vacancy, step)
    change = own_words.change_row(texts, found.said_names, found.language, vacancy.id)
    known = _known(reader, vacancy, step)
    return parts.with_words(
        ([*notes, heading], reasons, known, _address(texts, vacancy, step), _to_mind(texts, step, found)),
        spoken(texts, found.said),
        (note,),
        keyboard=(*_beside(_copies(texts, vacancy, step), change), *_deeds(texts, vacancy, step)),
        more=[letters.screen(reader, letter) for letter in found.letters],
    )


def listed(texts: Texts, shown: Screen) -> Screen:
    """Return a push with the way back to the list of what is due."""
    back = button(texts.plain("button.back_to_list"), Go("due"))
    return replace(shown, keyboard=(*shown.keyboard, (back,)))


def _to_mind(texts: Texts, step: Step, found: StepWords) -> Markup | None:
    """Return what to mind when a letter is sent: importance (R57), hours that may not be free."""
    if not found.letters:
        return None
    if step.technique is Technique.NO_SHOW:
        return texts("push.check_hours")
    return texts("push.high_priority") if letters.is_urgent(step) else None


def digest(texts: Texts, items: Sequence[Item], note: Markup | None = None) -> Screen:
    """Show several steps that came due together, each a tap away; `note` stands on top."""
    blocks = [
        texts("push.digest_line", name=parts.title(texts, item.vacancy), what=_what(texts, item))
        for item in items
    ]
    buttons = [
        button(parts.plain_title(texts, item.vacancy), Card(item.vacancy.id, "step")) for item in items
    ]
    home = button(texts.plain("button.today"), Go("today"))
    heading = texts.count("push.digest", len(items))
    return Screen(text=parts.joined(note, heading, *blocks), keyboard=(*rows(buttons, 1), (home,)))


def _what(texts: Texts, item: Item) -> Markup | str:
    return parts.step_name(texts, item.vacancy, item.step) if item.step else ""


def _known(reader: Reader, vacancy: Vacancy, step: Step) -> list[Markup] | None:
    """Return what a step about an offer or a formal request has to be seen with."""
    if step.technique in _OF_OFFERS and vacancy.offer:
        return parts.offer_lines(reader.texts, vacancy.offer)
    return refusal.unanswered_request(reader.texts, reader.user) if step.rests_on("R64") else None


def _address(texts: Texts, vacancy: Vacancy, step: Step) -> list[Markup]:
    contact = vacancy.contact(step.contact_id)
    if step.channel is None:
        return []
    if contact and contact.reachable_by(step.channel):
        return parts.contact_lines(texts, contact)
    return [texts(f"push.no_{step.channel}")] if texts.has(f"push.no_{step.channel}") else []


def _copies(texts: Texts, vacancy: Vacancy, step: Step) -> Rows:
    contact = vacancy.contact(step.contact_id)
    if step.channel is Channel.PHONE and contact and contact.phone:
        return ((copy_button(texts.plain("button.copy_phone"), contact.phone),),)
    if step.channel is Channel.PHONE and contact:
        return ((button(texts.plain("button.add_phone"), Edit(vacancy.id, "contact_phone", contact.id)),),)
    return ()


def _beside(first: Rows, second: Rows) -> Rows:
    """Return two rows of one button each as one row."""
    buttons = tuple(button for row in (*first, *second) for button in row)
    return (buttons,) if buttons else ()


def _deeds(texts: Texts, vacancy: Vacancy, step: Step) -> Rows:
    """Return the buttons under a push: what came of it, later, done, skip, card."""
    later = button(texts.plain("button.later"), Card(vacancy.id, "later"))
    card = button(texts.plain("button.card"), Open(vacancy.id))
    skip = button(texts.plain("button.skip_step"), Act(vacancy.id, vacancy.seq, "skip"))
    match step.technique:
        case Technique.PREPARE:
            return ((card, later),)
        case Technique.STOP:
            return (*_ending(texts, vacancy), (later, card))
        case Technique.SECURE_OFFER | Technique.SIGN_OFFER:
            return offer.deeds(texts, vacancy, step)
        case Technique.ASK_REASONS | Technique.LESSON:
            return refusal.deeds(texts, vacancy, step)
        case Technique.WAIT if step.rests_on("R64"):
            return refusal.deeds(texts, vacancy, step)
    if agreed := push_rows(texts, vacancy, step):
        return (*agreed, (later, card))
    if is_call(step):
        did = button(texts.plain("button.did_call"), Act(vacancy.id, vacancy.seq, "did"))
        return (
            *call_mode.entry(texts, vacancy, step),
            *outcome_rows(texts, vacancy, step),
            (later, did),
            (skip, card),
        )
    answered = button(texts.plain("button.they_answered"), Card(vacancy.id, "log"))
    return ((_did(texts, vacancy, step),), (answered, later), (skip, card))


def _did(texts: Texts, vacancy: Vacancy, step: Step) -> Button:
    key = f"button.did.{step.technique}"
    return button(texts.plain(key if texts.has(key) else "button.sent"), Act(vacancy.id, vacancy.seq, "did"))


def _ending(texts: Texts, vacancy: Vacancy) -> Rows:
    return (
        (button(texts.plain("button.give_up"), Act(vacancy.id, vacancy.seq, "give_up")),),
        (button(texts.plain("button.keep"), Act(vacancy.id, vacancy.seq, "keep")),),
        (button(texts.plain("button.to_reserve"), Act(vacancy.id, vacancy.seq, "to_reserve")),),
    )
