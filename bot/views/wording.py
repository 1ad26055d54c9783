"""The words for a step: which packs speak, as letters to send and as words to say."""

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from bot.domain.no_show import is_unmet
from bot.domain.step import Step
from bot.domain.vacancy import TOUCHES, Channel, Outcome, Role, Technique, Vacancy
from bot.packs import Words
from bot.texts import Texts
from bot.views import letters, own_words, parts
from bot.views.filling import words
from bot.views.letters import IN_CHAT, Letter
from bot.views.reader import Reader, Worded
from bot.views.screen import Screen

#: What is said; the texts of one technique are variants to choose from.
_SPOKEN = {
    Technique.CALL: ("call",),
    Technique.CHECK_CALL: ("email_check_call",),
    Technique.OPENING_POSITION: ("opening_position_a", "opening_position_b", "opening_position_c"),
    Technique.LIGHT_PRESSURE: ("light_pressure_a", "light_pressure_b"),
    Technique.TRIAL_CLOSE: ("trial_close_call",),
    Technique.ASK_REASONS: ("ask_reasons_call",),
    Technique.RESERVE_CHECK_IN: ("reserve_check_in_call",),
    Technique.SECURE_OFFER: ("offer_call", "secure_offer"),
    Technique.NO_SHOW: ("no_show_call",),
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
    Technique.SIGN_OFFER: ("accept_offer",),
    Technique.TEST_TASK: ("test_task_handed_in",),
    Technique.SEND_INFO: ("send_info",),
    Technique.NO_SHOW: ("no_show",),
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


class StepWords(Struct, frozen=True):
    """Everything there is to send, to say or to read for a step; what is said may be variants."""

    letters: tuple[Letter, ...]
    said: tuple[Worded, ...]
    language: str

    @property
    def said_names(self) -> list[str]:
        """The packs of what is said."""
        return [one.name for one in self.said]


def words_of(reader: Reader, vacancy: Vacancy, step: Step) -> StepWords:
    """Return the words for a step."""
    is_read = step.technique in _READ
    names = (_READ[step.technique],) if is_read else pack_names(vacancy, step)
    language = reader.user.language if is_read else reader.language_of(vacancy)
    filled = words(reader.user, vacancy, step, reader.now, language)

    def worded(name: str) -> Worded | None:
        return reader.worded(name, language, filled)

    known = [*filter(None, map(worded, names))]
    sent = tuple(
        Letter(vacancy, step, one, worded(IN_CHAT.get(one.name, one.name)) or one, language)
        for one in known
        if letters.is_letter(one)
    )
    return StepWords(sent, tuple(one for one in known if not letters.is_letter(one)), language)


def words_screens(reader: Reader, vacancy: Vacancy, step: Step) -> tuple[Screen, ...]:
    """Return the words for a step as messages of their own."""
    found = words_of(reader, vacancy, step)
    sent = tuple(letters.screen(reader, letter) for letter in found.letters)
    if not found.said:
        return sent
    change = own_words.change_row(reader.texts, found.said_names, found.language, vacancy.id)
    return (*sent, parts.with_words((), spoken(reader.texts, found.said), keyboard=change))


def letter_aside(reader: Reader, vacancy: Vacancy, step: Step, name: str, **told: object) -> Letter | None:
    """Return a letter that the user sends of their own accord, as if for this step.

    `told` is what the vacancy itself does not know. None: it cannot be worded.
    """
    language = reader.language_of(vacancy)
    worded = reader.worded(name, language, _filled(reader, vacancy, step, language, **told))
    return Letter(vacancy, step, worded, worded, language, is_aside=True) if worded else None


def said_aside(reader: Reader, vacancy: Vacancy, step: Step, name: str, **told: object) -> list[Markup]:
    """Return what the user says of their own accord, on the phone."""
    language = reader.language_of(vacancy)
    worded = reader.worded(name, language, _filled(reader, vacancy, step, language, **told))
    return spoken(reader.texts, (worded,)) if worded else []


def read(reader: Reader, vacancy: Vacancy, step: Step, name: str) -> str:
    """Return a text that is for the user, in the language of the screens."""
    language = reader.user.language
    return reader.packs.render(name, language, words(reader.user, vacancy, step, reader.now, language)).body


def _filled(reader: Reader, vacancy: Vacancy, step: Step, language: str, **told: object) -> Words:
    return replace(words(reader.user, vacancy, step, reader.now, language), **told)


def letter_of(reader: Reader, vacancy: Vacancy, step: Step | None, name: str) -> Letter | None:
    """Return the letter of a step with this name; None: it belongs to another step."""
    found = words_of(reader, vacancy, step).letters if step else ()
    return next((letter for letter in found if letter.worded.name == name), None)


def said_at_once(
    reader: Reader, vacancy: Vacancy, step: Step | None, outcome: str, *, dated: bool
) -> Markup | None:
    """Return what to say in the talk that is still going on, after this outcome (R22, R26, R28, R51)."""
    name = _AT_ONCE.get(outcome) or (None if dated else _AT_ONCE_UNDATED.get(outcome))
    if name is None or step is None:
        return None
    language = reader.language_of(vacancy)
    worded = reader.worded(name, language, words(reader.user, vacancy, step, reader.now, language))
    if worded is None:
        return None
    return Markup("\n").join((reader.texts("report.say_now"), *spoken(reader.texts, (worded,))))


def pack_names(vacancy: Vacancy, step: Step) -> tuple[str, ...]:
    """Return the packs that word a step."""
    if step.technique is Technique.TEST_TASK and step.channel is None:  # it is under way
        return ()
    if is_to_office(vacancy, step):
        return ("office_manager",)
    names = particular_packs(vacancy, step) or usual_packs(step)
    if step.channel is not Channel.MESSENGER:
        return names
    return tuple(IN_CHAT.get(name, name) for name in names)


def is_to_office(vacancy: Vacancy, step: Step) -> bool:
    """Tell whether a step asks a stranger at the office whom to talk to about the result (R34)."""
    contact = vacancy.contact(step.contact_id)
    asks = step.technique in TOUCHES and not is_unmet(vacancy)
    return asks and step.channel is Channel.PHONE and (contact is None or contact.role is Role.OFFICE)


def particular_packs(vacancy: Vacancy, step: Step) -> tuple[str, ...]:
    """Return the packs of a touch that cannot simply ask for a result; none: it can.

    Either no interview has taken place yet, or somebody else has taken the matter over (R61).
    """
    by_phone = step.channel is Channel.PHONE
    if step.technique in TOUCHES and is_unmet(vacancy):
        last = vacancy.interview is not None and step.technique is Technique.TRIAL_CLOSE
        return ("no_show_call",) if by_phone else ("trial_close_letter" if last else "no_show",)
    heard = vacancy.answers[-1].outcome if vacancy.answers else None
    if heard is Outcome.HR_LEFT and step.technique in {Technique.CALL, Technique.EMAIL}:
        return ("new_contact",) if by_phone else ("new_contact_letter",)
    return ()


def usual_packs(step: Step) -> tuple[str, ...]:
    """Return the packs that word a step whoever it goes to."""
    if step.channel is not Channel.PHONE:
        return _WRITTEN.get(step.technique, ())
    if step.technique is Technique.CALL and any(reason.rule == "R81" for reason in step.why):
        return ("promise_slipped_twice",)
    packs = _SPOKEN if step.technique in _SPOKEN else _WRITTEN  # some steps have a letter only
    return packs.get(step.technique, ())


def spoken(texts: Texts, said: tuple[Worded, ...]) -> list[Markup]:
    """Return what is to be said or read; several texts are variants to choose from."""
    blocks = []
    for number, one in enumerate(said, 1):
        heading = texts("words.variant", n=number) if len(said) > 1 else None
        quoted = Markup("<blockquote>{}</blockquote>").format(one.wording.body)
        blocks.append(Markup("\n").join(filter(None, (heading, own_words.lacking(texts, one), quoted))))
    return blocks
