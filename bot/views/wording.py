"""The words for a step: which packs speak, filled from the vacancy and its user."""

from markupsafe import Markup

from bot.callbacks import Setting
from bot.domain.step import Step
from bot.domain.vacancy import Channel, Role, Technique, Vacancy
from bot.packs import Packs, Wording, Words
from bot.texts import Texts
from bot.views.filling import words
from bot.views.reader import Reader
from bot.views.screen import Screen, button, copy_button

#: What is said; the texts of one technique are variants to choose from.
_SPOKEN = {
    Technique.CALL: ("call",),
    Technique.CHECK_CALL: ("email_check_call",),
    Technique.OPENING_POSITION: ("opening_position_a", "opening_position_b", "opening_position_c"),
    Technique.LIGHT_PRESSURE: ("light_pressure_a", "light_pressure_b"),
    Technique.TRIAL_CLOSE: ("trial_close",),
    Technique.ASK_REASONS: ("ask_reasons_call",),
    Technique.RESERVE_CHECK_IN: ("reserve_check_in_call",),
}
#: What is sent.
_WRITTEN = {
    Technique.THANK_YOU: ("thank_you",),
    Technique.EMAIL: ("email",),
    Technique.CALL: ("email",),
    Technique.OPENING_POSITION: ("opening_position_letter",),
    Technique.LIGHT_PRESSURE: ("light_pressure_letter",),
    Technique.TRIAL_CLOSE: ("trial_close_letter",),
    Technique.ASK_REASONS: ("ask_reasons",),
    Technique.RESERVE_CHECK_IN: ("reserve_check_in",),
    Technique.SECURE_OFFER: ("secure_offer",),
    Technique.TEST_TASK: ("test_task_letter",),
    Technique.SEND_INFO: ("send_info",),
}
#: What the user reads, in the language of the screens.
_READ = {Technique.PREPARE: "prepare", Technique.DEBRIEF: "how_did_it_go", Technique.STOP: "stop"}

#: What is said in the same talk, by what the other side has just said.
_AT_ONCE = {
    "promised": "read_back",
    "vague": "opening_position_a",
    "undecided": "light_pressure_a",
}
#: The same where it asks for a day, so only as long as none was named.
_AT_ONCE_UNDATED = {
    "call_later": "agree_next_call",
    "asked_to_wait": "agree_next_call",
    "security_check": "security_check",
    "round": "round",
    "away": "away",
}


def words_of(reader: Reader, vacancy: Vacancy, step: Step) -> tuple[tuple[Screen, ...], Markup | None]:
    """Return the letters of a step, a message each, and what is to be said or read."""
    user = reader.user
    is_read = step.technique in _READ
    names = (_READ[step.technique],) if is_read else pack_names(vacancy, step)
    language = user.language if is_read else reader.language_of(vacancy)
    filled = words(user, vacancy, step, reader.now, language)
    known = (name for name in names if _fits(reader.packs, name, language, filled))
    wordings = [reader.packs.render(name, language, filled) for name in known]
    letters = tuple(_letter(reader, vacancy, step, one) for one in wordings if one.subject is not None)
    return letters, _spoken(reader.texts, [one for one in wordings if one.subject is None])


def words_screens(reader: Reader, vacancy: Vacancy, step: Step) -> tuple[Screen, ...]:
    """Return the words for a step as messages of their own."""
    letters, spoken = words_of(reader, vacancy, step)
    return (*letters, Screen(text=str(spoken))) if spoken else letters


def said_at_once(
    reader: Reader, vacancy: Vacancy, step: Step | None, outcome: str, *, dated: bool
) -> Markup | None:
    """Return what to say in the talk that is still going on, after this outcome (R22, R26, R28, R51)."""
    name = _AT_ONCE.get(outcome) or (None if dated else _AT_ONCE_UNDATED.get(outcome))
    if name is None or step is None:
        return None
    language = reader.language_of(vacancy)
    filled = words(reader.user, vacancy, step, reader.now, language)
    if not _fits(reader.packs, name, language, filled):
        return None
    said = _spoken(reader.texts, [reader.packs.render(name, language, filled)])
    return Markup("{}\n{}").format(reader.texts("report.say_now"), said)


def pack_names(vacancy: Vacancy, step: Step) -> tuple[str, ...]:
    """Return the packs that word a step."""
    if step.channel is Channel.MESSENGER and step.technique is Technique.THANK_YOU:
        return ("thank_you_short",)
    if step.channel is not Channel.PHONE:
        return _WRITTEN.get(step.technique, ())
    contact = vacancy.contact(step.contact_id)
    if step.technique is Technique.CALL and (contact is None or contact.role is Role.OFFICE):
        return ("office_manager",)
    if step.technique is Technique.CALL and any(reason.rule == "R81" for reason in step.why):
        return ("promise_slipped_twice",)
    packs = _SPOKEN if step.technique in _SPOKEN else _WRITTEN  # some steps have a letter only
    return packs.get(step.technique, ())


def _fits(packs: Packs, name: str, language: str, filled: Words) -> bool:
    """Tell whether everything a pack cannot do without is known."""
    return all(getattr(filled, need) is not None for need in packs.template(name, language).needs)


def _letter(reader: Reader, vacancy: Vacancy, step: Step, wording: Wording) -> Screen:
    """Return a letter in a block that one tap copies, with its subject and address as copy buttons."""
    texts = reader.texts
    contact = vacancy.contact(step.contact_id)
    buttons = [copy_button(texts.plain("button.copy_subject"), wording.subject or "")]
    if contact and contact.email:
        buttons.append(copy_button(texts.plain("button.copy_email"), contact.email))
    signing = [
        (button(texts.plain(f"button.sign_{name}"), Setting(name, "type")),)
        for name in ("name", "phone")
        if getattr(reader.user, name) is None  # letters close with both (R55, R70)
    ]
    heading = texts("words.subject", subject=wording.subject or "")
    body = Markup("<pre>{}</pre>").format(wording.body)
    return Screen(text=f"{heading}\n\n{body}", keyboard=(tuple(buttons), *signing))


def _spoken(texts: Texts, wordings: list[Wording]) -> Markup | None:
    """Return what is to be said or read; several texts are variants to choose from."""
    if len(wordings) <= 1:
        return Markup("<blockquote>{}</blockquote>").format(wordings[0].body) if wordings else None
    variants = [
        Markup("{}\n<blockquote>{}</blockquote>").format(texts("words.variant", n=number), wording.body)
        for number, wording in enumerate(wordings, 1)
    ]
    return Markup("\n").join(variants)
