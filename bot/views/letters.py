"""A letter as a message: a block that one tap copies, the ways to send it, and the tap that counts."""

from markupsafe import Markup
from msgspec import Struct

from bot.callbacks import Letter as Tap
from bot.callbacks import Setting
from bot.domain.step import Step
from bot.domain.vacancy import Channel, Technique, Vacancy
from bot.exports.chat_link import ChatLink, chat_link
from bot.exports.eml import draft
from bot.texts import Texts
from bot.views import own_words, parts
from bot.views.reader import Reader, Worded
from bot.views.screen import Document, Row, Rows, Screen, button, copy_button, link_button

#: What stands for a letter where it goes out in a chat.
IN_CHAT = {"thank_you": "thank_you_short", "email": "email_short"}
#: Letters that are marked as important (R57): thanks and what was asked for can wait.
_URGENT = frozenset(
    {Technique.EMAIL, Technique.OPENING_POSITION, Technique.LIGHT_PRESSURE, Technique.TRIAL_CLOSE}
)
#: Steps that are done by more than their letter, and an answer out of courtesy, which is no step.
_NOT_DONE_BY_LETTER = frozenset({Technique.TEST_TASK, Technique.WAIT})


class Letter(Struct, frozen=True):
    """A letter of a step, and its text for a chat."""

    vacancy: Vacancy
    step: Step
    worded: Worded
    in_chat: Worded
    language: str
    #: No step asks for it: what it is logged as stands beside it.
    is_aside: bool = False

    @property
    def is_mail(self) -> bool:
        """Whether it goes by e-mail; otherwise in a chat."""
        return self.step.channel is not Channel.MESSENGER

    @property
    def chat(self) -> ChatLink | None:
        """Where the contact's chat opens; None: the contact has none."""
        contact = self.vacancy.contact(self.step.contact_id)
        return (
            chat_link(contact.username, self.in_chat.wording.body) if contact and contact.username else None
        )


def is_letter(worded: Worded) -> bool:
    """Tell whether a text is written, not said."""
    return worded.wording.subject is not None or worded.name in IN_CHAT.values()


def is_urgent(step: Step) -> bool:
    """Tell whether a letter of this step is to be marked as important (R57)."""
    return step.technique in _URGENT and step.channel is not Channel.MESSENGER


def screen(reader: Reader, letter: Letter) -> Screen:
    """Show a letter with its ways to the employer; only the tap on "Sent" counts as a touch."""
    texts = reader.texts
    hints = [_about_chat(texts, letter), texts("letter.counts") if counts(letter) else None]
    return Screen(
        text=parts.joined(own_words.lacking(texts, letter.worded), _block(reader, letter), *hints),
        keyboard=(*_ways(reader, letter), *_sent(reader, letter), *_changes(reader, letter)),
    )


def sent(reader: Reader, letter: Letter, *, in_chat: bool) -> Screen:
    """Show a letter that is on its way, as it went out."""
    block = own_words.copied(letter.in_chat.wording.body) if in_chat else _block(reader, letter)
    return Screen(text=parts.joined(block, reader.texts("letter.is_sent", at=reader.now)))


def mail_draft(reader: Reader, letter: Letter) -> Screen:
    """Hand over a letter as a draft that a mail program opens."""
    texts, wording = reader.texts, letter.worded.wording
    contact = letter.vacancy.contact(letter.step.contact_id)
    address, name = (contact.email, contact.name) if contact else (None, None)
    content = draft(wording.subject or "", wording.body, address, name, urgent=is_urgent(letter.step))
    important = texts("letter.file_important") if is_urgent(letter.step) else None
    return Screen(
        text=parts.joined(texts("letter.file" if address else "letter.file_no_address"), important),
        keyboard=_sent(reader, letter),
        document=Document(texts.plain("letter.file_name"), content),
    )


def _about_chat(texts: Texts, letter: Letter) -> list[Markup]:
    """Return what is to be known before a chat is opened: a caution once, unless it is theirs (R45, C9)."""
    chat, is_short = letter.chat, letter.in_chat.name != letter.worded.name
    if chat is None:
        return []
    said = [
        None if letter.vacancy.chose_messenger else texts("letter.caution"),
        None if chat.has_draft else texts("letter.no_draft"),
        texts("letter.short_in_chat") if chat.has_draft and is_short else None,
        own_words.lacking(texts, letter.in_chat) if is_short else None,
    ]
    return [*filter(None, said)]


def _block(reader: Reader, letter: Letter) -> Markup:
    """Return the letter in a block that one tap copies, under its subject."""
    wording = letter.worded.wording
    body = own_words.copied(wording.body)
    if wording.subject is None or not letter.is_mail:
        return body
    return Markup("{}\n\n{}").format(reader.texts("words.subject", subject=wording.subject), body)


def _ways(reader: Reader, letter: Letter) -> Rows:
    """Return what takes the letter to the employer: copies of subject and address, mail program, chat."""
    texts, chat, wording = reader.texts, letter.chat, letter.worded.wording
    contact = letter.vacancy.contact(letter.step.contact_id)
    copies, opens = [], []
    if letter.is_mail:
        copies.append(copy_button(texts.plain("button.copy_subject"), wording.subject or ""))
        if contact and contact.email:
            copies.append(copy_button(texts.plain("button.copy_email"), contact.email))
        opens.append(button(texts.plain("button.open_mail"), _tap(letter, "file")))
    if chat:
        label = "button.open_chat_with_text" if chat.has_draft else "button.open_chat"
        opens.append(link_button(texts.plain(label), chat.url))
    return tuple(filter(None, (tuple(copies), *((way,) for way in opens))))


def _sent(reader: Reader, letter: Letter) -> Rows:
    """Return the taps that say what became of it; by which way, where there are two."""
    if not counts(letter):
        return ()
    texts = reader.texts
    not_sent = button(texts.plain("button.not_sent"), _tap(letter, "not_sent"))
    if letter.is_mail and letter.chat:
        by_mail = button(texts.plain("button.sent_by_mail"), _tap(letter, "sent"))
        in_chat = button(texts.plain("button.sent_in_chat"), _tap(letter, "in_chat"))
        return ((by_mail, in_chat), (not_sent,))
    return ((button(texts.plain("button.sent"), _tap(letter, "sent")), not_sent),)


def _changes(reader: Reader, letter: Letter) -> Rows:
    """Return what changes the text: other words, and the signature that letters close with (R55, R70)."""
    texts, vacancy = reader.texts, letter.vacancy
    signing: tuple[Row, ...] = tuple(
        (button(texts.plain(f"button.sign_{name}"), Setting(name, "type")),)
        for name in ("name", "phone")
        if getattr(reader.user, name) is None
    )
    names = dict.fromkeys((letter.worded.name, *((letter.in_chat.name,) if letter.chat else ())))
    return (*signing, *own_words.change_row(texts, tuple(names), letter.language, vacancy.id))


def counts(letter: Letter) -> bool:
    """Tell whether a letter, once sent, is what its step asks for."""
    return not letter.is_aside and letter.step.technique not in _NOT_DONE_BY_LETTER


def _tap(letter: Letter, deed: str) -> Tap:
    return Tap(letter.vacancy.id, letter.vacancy.seq, letter.worded.name, deed)
