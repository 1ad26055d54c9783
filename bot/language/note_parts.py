"""What the chunks of a note may be: company, position, person, role; the rest is left open."""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from msgspec import Struct

from bot.domain.vacancy import Role
from bot.language.morphology import is_known, may_be
from bot.language.note_chunks import Chunk, Intro, joiners, split_chunks
from bot.language.note_jobs import find_job
from bot.language.note_kinds import Kind, lemmas
from bot.language.note_people import find_people
from bot.language.note_roles import contact_role
from bot.language.note_words import Token, numbers_a_company

_COMPANYLIKE = Kind.CLASS | Kind.LEGAL | Kind.BRAND


class PartKind(StrEnum):
    """What a part of a note is taken for."""

    COMPANY = "company"
    POSITION = "position"
    PERSON = "person"
    ROLE = "role"
    #: Beside a name: the contact's role if another position is named, else the position.
    ROLE_OR_POSITION = "role_or_position"
    OPEN = "open"


class Part(Struct, frozen=True):
    """Neighbouring words taken for one thing; of two the higher weight wins."""

    kind: PartKind
    tokens: tuple[Token, ...]
    chunk: Chunk
    weight: int = 0

    @property
    def capital(self) -> bool:
        """Tell whether it begins as a name does."""
        return self.tokens[0].capital or self.tokens[0].quoted


def find_parts(tokens: Sequence[Token]) -> list[Part]:
    """Return the parts of a note in their order."""
    small_text = not any(token.capital and not token.kind & (Kind.NAME | Kind.WEAK_NAME) for token in tokens)
    found: list[Part] = []
    for chunk in split_chunks(tokens):
        found += _parts_of(chunk, small_text=small_text, after=found[-1] if found else None)
    return found


def _parts_of(chunk: Chunk, *, small_text: bool, after: Part | None) -> Iterator[Part]:
    tokens = chunk.tokens
    role = contact_role(_text(tokens))
    if role and _stands_for_contact(chunk, after):
        yield Part(PartKind.ROLE, tokens, chunk, 2)
        return
    if chunk.intro is Intro.PLACE and not any(Kind.PATRONYMIC in token.kind for token in tokens):
        return
    if chunk.intro is Intro.CONTACT and len(tokens) > 1 and _is_their_role(tokens):
        yield Part(PartKind.ROLE, tokens[:1], chunk, 2)
        yield Part(PartKind.COMPANY, tokens[1:], chunk, 3)
        return
    people = find_people(tokens, chunk.intro, alone=chunk.alone, small_text=small_text)
    last = 0
    for first, behind in (*people, (len(tokens), len(tokens))):
        beside = behind > first or last > 0
        if first > last:
            yield from _run(
                tokens[last:first], chunk, beside=beside, small_text=small_text, before_name=behind > first
            )
        if behind > first:
            weight = (2 if chunk.intro is Intro.CONTACT else 0) + min(behind - first, 2)
            yield Part(PartKind.PERSON, tokens[first:behind], chunk, weight)
        last = behind


def _is_their_role(tokens: tuple[Token, ...]) -> bool:
    """Tell whether a role is followed by the company: with the owner of Rusty Spoon."""
    first, second = tokens[0], tokens[1]
    namelike = Kind.NAME | Kind.PATRONYMIC | Kind.SURNAME | Kind.WEAK_NAME
    if first.capital or not second.capital or second.kind & namelike or not is_known(second.text):
        return False
    return contact_role(first.text) is not None


def _stands_for_contact(chunk: Chunk, after: Part | None) -> bool:
    """Tell whether a chunk that names a role names the contact by it: with the director, Jane (HR)."""
    if chunk.position_follows:
        return False  # to talk about the sales manager job
    if chunk.intro in (Intro.CONTACT, Intro.COMPANY_OR_ROLE, Intro.COMPANY_OR_CONTACT):
        return True
    if contact_role(_text(chunk.tokens)) is Role.HR and not any(
        Kind.HEAD in token.kind for token in chunk.tokens
    ):
        return True
    if chunk.word == "to" and not chunk.plain:
        return True
    if after is None or after.kind is not PartKind.PERSON:
        return False
    return "(" in chunk.tokens[0].gap


def _run(
    tokens: tuple[Token, ...], chunk: Chunk, *, beside: bool, small_text: bool, before_name: bool = False
) -> Iterator[Part]:
    """Yield the parts of neighbouring words with no name among them; `beside`: a name stands next to them."""
    role = _role_at(tokens, chunk) if beside else None
    if role and before_name and role[1] == len(tokens) and not tokens[role[0]].capital:
        role = (*role[:2], True)
    if role:
        first, behind, sure = role
        kind = PartKind.ROLE if sure else PartKind.ROLE_OR_POSITION
        yield from _run(tokens[:first], chunk, beside=False, small_text=small_text) if first else ()
        yield Part(kind, tokens[first:behind], chunk, 1)
        yield from (
            _run(tokens[behind:], chunk, beside=False, small_text=small_text) if behind < len(tokens) else ()
        )
        return
    if chunk.intro is Intro.AGENCY:
        yield from _rest(tokens, chunk)
        return
    expected = chunk.intro in (Intro.POSITION, Intro.WANTED) or chunk.position_follows
    job = find_job(tokens, expected=expected, small_text=small_text)
    named = _is_named_there(tokens, chunk, job)
    if job is None or (named and tokens[job[0]].capital):
        yield from _rest(tokens, chunk)
        return
    first, behind, sure = job
    yield from _rest(tokens[:first], chunk)
    weight = (
        (4 if expected else 0) + (2 if sure else 0) + (1 if chunk.intro is Intro.COMPANY_OR_POSITION else 0)
    )
    weight -= 2 if chunk.intro in (Intro.CONTACT, Intro.COMPANY) or (beside and behind == len(tokens)) else 0
    yield Part(PartKind.POSITION, tokens[first:behind], chunk, weight)
    yield from _rest(tokens[behind:], chunk)


def _is_named_there(tokens: tuple[Token, ...], chunk: Chunk, job: tuple[int, int, bool] | None) -> bool:
    """Tell whether the words behind "at" or "from" are a company's name: from Tech Mahindra."""
    if chunk.intro not in (Intro.COMPANY, Intro.COMPANY_OR_ROLE) or not tokens[0].capital:
        return False
    goes_on = job is not None and job[0] == 0 and job[1] < len(tokens) and tokens[job[1]].capital
    return goes_on or (chunk.intro is Intro.COMPANY and not tokens[0].text.isascii())


def _role_at(tokens: tuple[Token, ...], chunk: Chunk) -> tuple[int, int, bool] | None:
    """Return the place of a role beside a name and whether nothing else can be meant."""
    for length in range(min(4, len(tokens)), 0, -1):
        for first in (0, len(tokens) - length):
            role = contact_role(_text(tokens[first : first + length]))
            if role:
                sure = chunk.intro is Intro.CONTACT or role in ("hr", "agency", "office", "interviewer")
                return first, first + length, sure
    return None


def _rest(tokens: tuple[Token, ...], chunk: Chunk) -> Iterator[Part]:
    """Yield what is left as a company where something says so, else as open."""
    tokens = _trimmed(tokens)
    if not tokens:
        return
    weight = 0
    weight += 5 if any(token.quoted for token in tokens) else 0
    weight += 4 if any(token.kind & (Kind.LEGAL | Kind.BRAND) for token in tokens) else 0
    weight += 3 if any(Kind.CLASS in token.kind for token in tokens) else 0
    weight += 3 if not weight and _is_numbered(tokens) else 0
    weight += 4 if chunk.intro is Intro.COMPANY else 0
    weight += 2 if not weight and _names_a_kind(tokens) and chunk.intro is not Intro.CONTACT else 0
    weight = max(weight, 3) if chunk.intro is Intro.COMPANY_OR_ROLE and tokens[0].capital else weight
    bare = len(tokens) == 1 and not tokens[0].capital and not tokens[0].quoted
    if (chunk.intro is Intro.COMPANY_OR_ROLE or bare) and (agency := _agency(tokens)):
        yield Part(PartKind.ROLE, (agency,), chunk, 0)
        return
    small = not any(token.capital or token.quoted for token in tokens)
    leads = tokens[0].key in joiners("leading_class")
    if small and tokens[0].text.isascii() and Kind.CLASS not in tokens[-1].kind and weight == 3 and not leads:
        weight = 0
    if small and chunk.position_follows and _tells_of_work(tokens[-1]):
        yield Part(PartKind.POSITION, tokens, chunk, 3)
        return
    if small and not chunk.plain and (weight == 3 or all(_is_generic(token) for token in tokens)):
        return
    weight += 1 if weight and (tokens[0].capital or tokens[-1].capital) else 0
    if chunk.intro is Intro.POSITION or chunk.position_follows:
        yield Part(PartKind.OPEN if weight else PartKind.POSITION, tokens, chunk, 3)
        return
    yield Part(PartKind.COMPANY if weight else PartKind.OPEN, tokens, chunk, weight)


def _tells_of_work(token: Token) -> bool:
    """Tell whether a word before "gig" or "job" says which: the scaffolding gig."""
    return bool(token.kind & (Kind.MODIFIER | Kind.HEAD | Kind.WEAK_HEAD)) or token.key.endswith("ing")


def _agency(tokens: Sequence[Token]) -> Token | None:
    """Return the word that says that a company sends people to others."""
    return next((token for token in tokens if lemmas(token.text) & joiners("agencies")), None)


def _is_generic(token: Token) -> bool:
    """Tell whether the word names no company by itself: office, crew, or no kind of company at all."""
    return Kind.CLASS not in token.kind or bool(lemmas(token.text) & joiners("generic_class"))


def _names_a_kind(tokens: Sequence[Token]) -> bool:
    """Tell whether a thing in small letters is followed by its name: lighthouse Thunder."""
    first, last = tokens[0], tokens[-1]
    return (
        not first.text.isascii() and not first.capital and last.capital and may_be(first.text, "NOUN", "inan")
    )


def _trimmed(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the tokens without small words, numbers and articles at the ends."""
    while tokens and _is_dust(tokens[0]):
        tokens = tokens[1:]
    while tokens and _is_dust(tokens[-1]) and not _is_numbered(tokens):
        tokens = tokens[:-1]
    return tokens


def _is_numbered(tokens: Sequence[Token]) -> bool:
    """Tell whether the last word is the number of a company."""
    return len(tokens) > 1 and numbers_a_company(tokens[-2], tokens[-1])


def _is_dust(token: Token) -> bool:
    kind = token.kind
    if token.quoted or token.capital:
        return token.text == "&"
    return bool(kind & (Kind.FILLER | Kind.ARTICLE | Kind.NUMBER)) or len(token.text) < 2


def _text(tokens: Sequence[Token]) -> str:
    return " ".join(token.text for token in tokens)
