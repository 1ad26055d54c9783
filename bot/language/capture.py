"""One line about an interview, in any order and with gaps, to its fields; what is not there stays empty."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache

from msgspec import Struct

from bot.domain.vacancy import Channel, Role, RoleType, Who
from bot.language.emails import find_email
from bot.language.lexicon import fold, table
from bot.language.note_dates import read_appointment
from bot.language.note_kinds import Kind
from bot.language.note_parts import find_parts
from bot.language.note_roles import role_type
from bot.language.note_settling import Named, settle
from bot.language.note_spent import address_spans, spent_spans
from bot.language.note_words import Token, split_tokens
from bot.language.phones import find_phones
from bot.language.phrases import split_words

_LINK = re.compile(r"(?:https?://|www\.)\S{1,2000}")
_USERNAME = re.compile(r"(?:(?:https?://)?t\.me/|(?<![\w@])@)([A-Za-z]\w{3,31})\b")

#: What somebody said is no letter.
_SPEECH = re.compile(r"[«“„\"][^«»“”„\"\n]{1,99}[»”“\"]")

#: What stands in place of a value already read: it parts its neighbours as a comma does.
_MASK = ";"
#: A note is a line or a few; what lies behind is not read.
_LONGEST = 800


class Capture(Struct, frozen=True, kw_only=True):
    """What a note says; `doubtful` names the fields to confirm."""

    company: str | None = None
    position: str | None = None
    #: In the nominative, with capitals.
    contact_name: str | None = None
    contact_role: Role | None = None
    #: E.164 where it could be read.
    phone: str | None = None
    #: The digits to dial behind it.
    extension: str | None = None
    email: str | None = None
    #: Telegram username without "@".
    username: str | None = None
    #: The day of the interview, or the moment: aware, in the user's zone.
    interview_at: date | datetime | None = None
    #: How long the interview takes, and where, as an invitation says.
    lasts_for: timedelta | None = None
    place: str | None = None
    #: The day by which an answer is promised, and its hour where one was named.
    promised_on: date | None = None
    promised_at: time | None = None
    who_contacts: Who | None = None
    channel: Channel | None = None
    stage: int | None = None
    tests: bool | None = None
    role_type: RoleType | None = None
    doubtful: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was found."""
        return self == Capture()


def read_capture(
    text: str, *, language: str, now: datetime, zone: str, country: str | None = None
) -> Capture:
    """Read a note about an interview; never raises, never invents."""
    text = text[:_LONGEST]
    email, link, username = find_email(text), _LINK.search(text), None
    spans = ([email.span] if email else []) + ([link.span()] if link else [])
    rest = _masked(text, spans)
    if handle := _USERNAME.search(rest):
        username = handle[1]
        rest = _masked(rest, [handle.span()])
    phones = find_phones(rest, language, country, zone)
    rest = _masked(rest, [(phone.start, phone.end) for phone in phones[:3]])
    appointment = read_appointment(rest, language=language, now=now, zone=zone, country=country)
    rest = _masked(rest, appointment.spans)
    rest = _masked(rest, address_spans(rest))
    tokens = split_tokens(rest)
    named = _named(rest, tokens, language, letter=_is_letter(text))
    elsewhere = appointment.idle or not (named.person or appointment.spoken or not _says_more(tokens))
    sure = {name for name in ("company", "position") if getattr(named, name)} - set(named.doubtful)
    guessed = () if appointment.idle else named.doubtful
    if elsewhere and not (sure or guessed or phones or email):
        return Capture()
    return Capture(
        company=named.company,
        position=named.position,
        contact_name=named.person,
        contact_role=named.role,
        phone=phones[0].number if phones else None,
        extension=(phones[0].extension or None) if phones else None,
        email=email.address if email else None,
        username=username,
        interview_at=appointment.interview_at,
        promised_on=appointment.promised_on,
        promised_at=appointment.promised_at,
        who_contacts=appointment.who,
        channel=appointment.channel,
        stage=appointment.stage,
        tests=appointment.tests,
        role_type=role_type(named.position) if named.position else None,
        doubtful=(*named.doubtful, *appointment.doubtful),
    )


def _named(text: str, tokens: Sequence[Token], language: str, *, letter: bool) -> Named:
    """Return whom a note names; an employer set aside for another counts only where no other is named."""
    if spent := spent_spans(text, tokens):
        others = settle(find_parts(split_tokens(_masked(text, spent))), language, letter=letter)
        if others.company:
            return others
    return settle(find_parts(tokens), language, letter=letter)


def _says_more(tokens: Iterable[Token]) -> bool:
    """Tell whether a note holds a word of weight besides its dates."""
    light = Kind.FILLER | Kind.ARTICLE | Kind.NUMBER
    return any(token.quoted or not token.kind & light for token in tokens)


def _is_letter(text: str) -> bool:
    """Tell whether somebody else addresses the user: a pasted reply, not a note."""
    said = _SPEECH.sub("", text)
    return any(word.text in _letter_words() for word in split_words(said if said.strip() else text))


@cache
def _letter_words() -> frozenset[str]:
    lists = (table("capture", code)["letter"]["words"] for code in ("ru", "en"))
    return frozenset(fold(word) for words in lists for word in words)


def _masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the text with these stretches blotted out, every other character in its place."""
    for start, end in spans:
        text = text[:start] + _MASK * (end - start) + text[end:]
    return text
