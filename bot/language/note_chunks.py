"""A note cut into chunks: neighbouring words that belong to one value, with the word that introduces them."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from itertools import zip_longest

from msgspec import Struct
from msgspec.structs import replace

from bot.language.lexicon import fold, table, words
from bot.language.note_kinds import Kind, is_listed_filler
from bot.language.note_words import Token, language_of

_PARTING = frozenset(",;:\n!?()[]{}|—–•→/=*<>+")
_LANGUAGES = ("ru", "en")
_OF_WORK = Kind.HEAD | Kind.MODIFIER | Kind.CLASS


class Intro(StrEnum):
    """What the word before a chunk makes of it."""

    NONE = "none"
    COMPANY = "company"
    POSITION = "position"
    CONTACT = "contact"
    AGENCY = "agency"
    COMPANY_OR_POSITION = "company_or_position"
    COMPANY_OR_ROLE = "company_or_role"
    COMPANY_OR_CONTACT = "company_or_contact"
    #: Somebody is looked for: needs a welder.
    WANTED = "wanted"
    PLACE = "place"


class Chunk(Struct, frozen=True):
    """Words of one value or of a few; `word` is the introducing word itself.

    `alone`: nothing else stands between the two commas. `plain`: no small words stand there either,
    so that it reads as a note and not as a sentence.
    """

    tokens: tuple[Token, ...]
    intro: Intro = Intro.NONE
    word: str = ""
    segment: int = 0
    alone: bool = False
    plain: bool = True
    position_follows: bool = False
    #: The small word that ends it: Jess *from* Hireline.
    ended_by: str = ""


def split_chunks(tokens: Sequence[Token]) -> tuple[Chunk, ...]:
    """Return the chunks of a note in their order."""
    chunks: list[Chunk] = []
    for number, segment in enumerate(_segments(tokens)):
        plain = not any(_is_talk(token, after) for token, after in zip_longest(segment, segment[1:]))
        found = [chunk for chunk in _pieces(segment, number, plain=plain) if chunk.tokens]
        chunks += [replace(chunk, alone=len(found) == 1) for chunk in found]
    return tuple(chunks)


def _segments(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the words between two commas, brackets, dashes or full stops."""
    segment: list[Token] = []
    for token in tokens:
        if segment and parts(token.gap) and not _leads_on(segment[-1], token.gap):
            yield segment
            segment = []
        segment.append(token)
    if segment:
        yield segment


def _is_talk(token: Token, after: Token | None) -> bool:
    """Tell whether the word belongs to a sentence, and to no name and no title: Three Pines, shift lead."""
    if Kind.FILLER not in token.kind or _intro(token) is not None:
        return False
    of_name = token.capital and bool(token.start) and not parts(token.gap)
    title = Kind.MODIFIER in token.kind and after is not None and Kind.HEAD in after.kind
    return not (of_name or title)


def _leads_on(token: Token, gap: str) -> bool:
    """Tell whether the word belongs to what follows in spite of the sign behind it: Company: …, St. …"""
    if gap.startswith("."):
        short = token.key in joiners("abbreviations")
        return gap.strip() == "." and (Kind.TITLE in token.kind or short)
    return ":" in gap and ";" not in gap and (_intro(token) is not None or token.key in _labels())


def parts(gap: str) -> bool:
    """Tell whether the text between two words parts them."""
    return bool(_PARTING & set(gap)) or " - " in gap or ". " in gap or gap.endswith(" -")


def _pieces(segment: list[Token], number: int, *, plain: bool) -> Iterator[Chunk]:
    """Yield the stretches of a segment between introducing words and small words; some are empty."""
    tokens: list[Token] = []
    intro, word = Intro.NONE, ""
    for index, token in enumerate(segment):
        after = segment[index + 1] if index + 1 < len(segment) else None
        leads = _leading(token, after)
        inside = bool(tokens) or (after is not None and _goes_on(after))
        if leads is None and _is_in_a_title(segment, index):
            tokens.append(token)
            continue
        if leads is None and not _is_small(token, inside=inside):
            tokens.append(token)
            continue
        if _joins(segment, index):
            tokens.append(token)
            continue
        if leads is Intro.COMPANY_OR_POSITION and intro is Intro.CONTACT and not tokens:
            continue  # ask for Duke, talk to Jane
        follows = token.key in _after()
        kin = token.key in words("kin", language_of(token))
        if tokens or leads is not None or kin:
            tokens = _without_their_job(tokens) if kin else tokens
            yield Chunk(
                tuple(tokens), intro, word, number,
                plain=plain, position_follows=follows, ended_by="" if parts(token.gap) else token.key,
            )  # fmt: skip
            introduced = kin or (leads is not None and not (follows and tokens))
            intro, word = (leads or Intro.NONE, token.key) if introduced else (Intro.NONE, "")
            tokens = []
    yield Chunk(tuple(tokens), intro, word, number, plain=plain)


def _without_their_job(tokens: list[Token]) -> list[Token]:
    """Return the words without a trade at their end: the plumber in "plumber uncle Ramesh" is no position."""
    end = len(tokens)
    while end and not tokens[end - 1].capital and tokens[end - 1].kind & (Kind.HEAD | Kind.MODIFIER):
        end -= 1
    return tokens[:end]


def _goes_on(after: Token) -> bool:
    """Tell whether a name goes on with this word."""
    return after.capital and not parts(after.gap) and Kind.FILLER not in after.kind


def _leading(token: Token, after: Token | None) -> Intro | None:
    """Return what the word introduces, unless it begins a title or a name: building manager, Post Office."""
    if after is not None and Kind.NUMBER in after.kind and token.key in joiners("numbered_places"):
        return Intro.PLACE  # gate 3
    if after is not None and ":" in after.gap and (label := _labels().get(token.key)):
        return label
    leads = _intro(token)
    if leads is None or after is None or parts(after.gap):
        return leads
    if leads is Intro.PLACE and Kind.MODIFIER in token.kind and Kind.HEAD in after.kind:
        return None
    if leads is Intro.CONTACT and token.key in joiners("calls") and after.kind & _OF_WORK:
        return None  # call center agent
    firm = leads is Intro.CONTACT and after.kind & (Kind.CLASS | Kind.LEGAL | Kind.BRAND)
    named = leads is Intro.POSITION or firm  # Post Office, Contact Plus
    return None if named and token.capital and after.capital else leads


def _is_in_a_title(segment: Sequence[Token], index: int) -> bool:
    """Tell whether a small word belongs to a job title: call center agent, stage technician, lunch lady."""
    token, before, after = segment[index], segment[index - 1 : index], segment[index + 1 : index + 2]
    if before and not parts(token.gap) and f"{before[0].key} {token.key}" in words("positions", "en"):
        return True
    if not after or parts(after[0].gap):
        return False
    return Kind.MODIFIER in token.kind and bool(after[0].kind & (Kind.HEAD | Kind.MODIFIER))


def _is_small(token: Token, *, inside: bool) -> bool:
    """Tell whether the word parts values: a capital inside a value makes it a part of the value."""
    kind = token.kind
    if Kind.ARTICLE in kind and not (token.capital and inside):
        return True
    if Kind.NUMBER in kind and not inside:
        return True
    if Kind.FILLER not in kind or not token.capital:
        return Kind.FILLER in kind
    if "'" in token.key and is_listed_filler(token.key):
        return True  # That's Omar
    return not inside if is_listed_filler(token.key) else token.start == 0 and not inside


def _joins(segment: Sequence[Token], index: int) -> bool:
    """Tell whether the word stands inside a name or a title: Bank of America, head of sales."""
    if not 0 < index < len(segment) - 1:
        return False
    token, before, after = segment[index], segment[index - 1], segment[index + 1]
    if parts(after.gap) or parts(token.gap):
        return False
    if (
        after.text.isupper()
        and len(after.text) < 5
        and not after.kind & Kind.NAME
        and token.key in table("endings", "ru")["with"]
    ):
        return any(Kind.HEAD in other.kind for other in segment[:index])
    if token.key in joiners("position") and Kind.HEAD in before.kind and not after.capital:
        return token.key not in ("for", "to") or after.key == "the" or Kind.HEAD in after.kind
    if token.key in joiners("company") and before.capital and after.key in joiners("tails"):
        return True
    if any(Kind.NAME in other.kind for other in segment[max(0, index - 2) : index]):
        return False
    if (
        token.key in joiners("company") | joiners("particles")
        and before.capital
        and (after.capital or after.key == "the")
    ):
        named = Kind.NAME in after.kind and token.key not in joiners("particles")
        return Kind.HEAD not in after.kind and not named
    return False


@cache
def joiners(what: str) -> frozenset[str]:
    """Return the words of that name that may stand inside a name or a title."""
    return frozenset(fold(w) for code in _LANGUAGES for w in table("capture", code)["joiners"][what])


@cache
def _intros() -> dict[str, Intro]:
    return {
        fold(word): Intro(name)
        for code in _LANGUAGES
        for name, entries in table("capture", code)["before"].items()
        for word in entries
    }


@cache
def _labels() -> dict[str, Intro]:
    """Return what words introduce with a colon only: Who: Nell Barlow."""
    return {
        fold(word): Intro(name)
        for code in _LANGUAGES
        for name, entries in table("capture", code)["labels"].items()
        for word in entries
    }


@cache
def _after() -> frozenset[str]:
    return frozenset(
        fold(word) for code in _LANGUAGES for word in table("capture", code)["after"]["position"]
    )


def _intro(token: Token) -> Intro | None:
    """Return what the word introduces; None when it is no such word."""
    if token.quoted or (token.capital and token.start and not parts(token.gap)):
        return None
    return _intros().get(token.key)
