"""Who of the people in a note is the contact, as the words around the names show."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise, zip_longest

from msgspec.structs import replace

from bot.domain.vacancy import Role
from bot.language.lexicon import fold, table, words
from bot.language.note_chunks import Intro, joiners
from bot.language.note_kinds import Kind
from bot.language.note_parts import Part, PartKind
from bot.language.note_roles import contact_role
from bot.language.note_words import language_of

_FROM = (Intro.COMPANY_OR_ROLE, Intro.COMPANY)
_LABELLED = 4
#: A first name and a surname.
_LONGEST_NAME = 2


def with_senders(parts: Sequence[Part]) -> list[Part]:
    """Take whoever a bracket tells the employer of for a person: a call from Foster (Riverfleet)."""
    found = list(parts)
    for place, (part, behind) in enumerate(pairwise(parts)):
        if _is_sender(part) and is_bracketed(behind):
            found[place] = replace(part, kind=PartKind.PERSON, weight=2)
            found[place + 1] = replace(behind, kind=PartKind.COMPANY, weight=_LABELLED)
        elif part.kind is behind.kind is PartKind.PERSON and behind.chunk.word in joiners("from"):
            found[place + 1] = replace(behind, kind=PartKind.COMPANY, weight=1)
    return found


def _is_sender(part: Part) -> bool:
    token = part.tokens[0]
    firm = Kind.CLASS | Kind.LEGAL | Kind.BRAND
    surname = token.text.isascii() or Kind.SURNAME in token.kind
    alone = len(part.chunk.tokens) == 1 and token.capital and not token.quoted
    from_whom = part.kind is PartKind.COMPANY and part.chunk.intro is Intro.COMPANY_OR_ROLE
    return from_whom and alone and surname and not token.kind & firm


def is_bracketed(part: Part) -> bool:
    """Tell whether a name stands in brackets."""
    return part.kind in (PartKind.OPEN, PartKind.COMPANY) and part.capital and "(" in part.tokens[0].gap


def with_led_by(parts: Sequence[Part]) -> list[Part]:
    """Take a name behind a superior for a person where employer and trade stand elsewhere: shift lead Dre."""
    found = list(parts)
    for place, (part, behind) in enumerate(pairwise(parts)):
        others = [other for other in parts if other.chunk != part.chunk]
        told = any(other.kind is PartKind.POSITION for other in others) and any(
            other.kind in (PartKind.COMPANY, PartKind.OPEN) and other.capital for other in others
        )
        if told and _leads(part, behind):
            found[place] = replace(part, kind=PartKind.ROLE)
            found[place + 1] = replace(behind, kind=PartKind.PERSON, weight=2)
    return found


def _leads(part: Part, behind: Part) -> bool:
    led = (
        part.kind is PartKind.POSITION and not part.capital and role_of(part) in (Role.MANAGER, Role.DIRECTOR)
    )
    named = behind.kind is PartKind.OPEN and behind.capital and len(behind.tokens) == 1
    return led and named and part.chunk == behind.chunk and part.chunk.tokens == part.tokens + behind.tokens


def with_people_of(parts: Sequence[Part]) -> list[Part]:
    """Take for people whoever the words around show to be one: Zed from Heatworks, ask for Zed, Zed ji."""
    return [
        replace(part, kind=PartKind.PERSON, weight=3 if _is_asked_for(part) else 1)
        if _may_be_named(part) and (_is_asked_for(part) or is_from(part, behind))
        else part
        for part, behind in zip_longest(parts, parts[1:])
    ]


def _may_be_named(part: Part) -> bool:
    whole = part.tokens == part.chunk.tokens and part.chunk.intro in (Intro.NONE, Intro.CONTACT)
    names = not any(token.quoted or Kind.NUMBER in token.kind for token in part.tokens)
    return (
        part.kind is PartKind.OPEN and part.capital and len(part.tokens) <= _LONGEST_NAME and whole and names
    )


def _is_asked_for(part: Part) -> bool:
    asked = part.chunk.intro is Intro.CONTACT and part.chunk.word in joiners("asks")
    expects = part.chunk.ended_by in joiners("interviews") and Kind.WEAK_NAME in part.tokens[0].kind
    kin = part.chunk.word in words("kin", language_of(part.tokens[0]))  # aunt Zina
    return asked or expects or kin or part.chunk.ended_by in joiners("honorifics")


def is_from(part: Part, behind: Part | None) -> bool:
    """Tell whether the next part says directly where this one is from."""
    return (
        behind is not None
        and part.chunk.ended_by == behind.chunk.word
        and behind.chunk.intro in _FROM
        and behind.chunk.segment == part.chunk.segment
        and behind.capital
    )


def without_speakers(parts: Sequence[Part]) -> list[Part]:
    """Leave out who only tells of the interviewer, and raise who interviews: Mike says Jenna expects me."""
    found = [
        replace(part, weight=part.weight + 3)
        if part.kind is PartKind.PERSON and part.chunk.ended_by in joiners("interviews")
        else part
        for part in parts
    ]
    people = [part for part in found if part.kind is PartKind.PERSON]
    return [
        part
        for part in found
        if not (
            part.kind is PartKind.PERSON
            and part.chunk.ended_by in speech()
            and any(other.tokens[0].start > part.tokens[0].start for other in people)
        )
    ]


def role_of(part: Part) -> Role | None:
    """Return what the words of the part say a contact does."""
    return contact_role(" ".join(token.text for token in part.tokens))


@cache
def speech() -> frozenset[str]:
    """Return the words for speaking: whoever speaks only tells of the work."""
    return frozenset(
        fold(word) for code in ("ru", "en") for word in table("capture", code)["speech"]["words"]
    )
