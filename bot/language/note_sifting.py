"""What the parts of a note say of each other: the trade of an acquaintance, an agency beside its client."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise, zip_longest

from msgspec.structs import replace

from bot.domain.vacancy import Role
from bot.language.lexicon import fold, table
from bot.language.morphology import is_known, readings
from bot.language.names import cases_after
from bot.language.note_chunks import Intro, joiners
from bot.language.note_kinds import Kind, lemmas
from bot.language.note_parts import Part, PartKind
from bot.language.note_roles import contact_role

_FROM = (Intro.COMPANY_OR_ROLE, Intro.COMPANY)
_LABELLED = 4
#: A first name and a surname.
_LONGEST_NAME = 2


def sifted(parts: Sequence[Part]) -> list[Part]:
    """Return the parts as their neighbours show them to be meant."""
    found = [_family(part) for part in _without_places(_without_explained(_with_senders(parts)))]
    found = _with_whole_names(_without_mentioned(found))
    return _without_agencies(_without_speakers(_with_people_of(_with_led_by(found))))


def _with_senders(parts: Sequence[Part]) -> list[Part]:
    """Take whoever a bracket tells the employer of for a person: a call from Foster (Riverfleet)."""
    found = list(parts)
    for place, (part, behind) in enumerate(pairwise(parts)):
        if _is_sender(part) and _is_bracketed(behind):
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


def _is_bracketed(part: Part) -> bool:
    return part.kind in (PartKind.OPEN, PartKind.COMPANY) and part.capital and "(" in part.tokens[0].gap


def _with_led_by(parts: Sequence[Part]) -> list[Part]:
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
    led = part.kind is PartKind.POSITION and not part.capital and _role(part) in (Role.MANAGER, Role.DIRECTOR)
    named = behind.kind is PartKind.OPEN and behind.capital and len(behind.tokens) == 1
    return led and named and part.chunk == behind.chunk and part.chunk.tokens == part.tokens + behind.tokens


def _without_explained(parts: Sequence[Part]) -> list[Part]:
    """Leave out what only says of which kind the company before it is: Puzzle, a children's centre."""
    found: list[Part] = []
    for part in parts:
        before = found[-1] if found else None
        if before is not None and _explains(part, before):
            found[-1] = replace(before, kind=PartKind.COMPANY, weight=_LABELLED)
        else:
            found.append(part)
    return found


def _without_places(parts: Sequence[Part]) -> list[Part]:
    """Leave out where the work is, a family or a town, beside the name of who employs."""
    found = [part for part in parts if not _is_place(part)]
    named = any(part.kind in (PartKind.COMPANY, PartKind.OPEN) and part.capital for part in found)
    return found if named else list(parts)


def _is_place(part: Part) -> bool:
    if part.kind not in (PartKind.COMPANY, PartKind.OPEN) or part.tokens[0].quoted:
        return False
    if part.chunk.intro not in (Intro.COMPANY, Intro.CONTACT, Intro.COMPANY_OR_ROLE):
        return False
    *before, token = part.tokens
    generic = not token.capital and bool(lemmas(token.text) & joiners("generic_class"))
    if before:
        return generic and all(one.kind is Kind.MODIFIER and not one.capital for one in before)
    return generic or (Kind.TOWN in token.kind and not token.kind & (Kind.NAME | Kind.WEAK_NAME | Kind.BRAND))


def _family(part: Part) -> Part:
    """Return a family as who employs: a nanny to the Larins (к Лариным)."""
    cases = cases_after(part.chunk.word)
    if part.kind is not PartKind.PERSON or len(part.tokens) > 1 or not cases:
        return part
    forms = [(r.tag.number, r.tag.case) for r in readings(part.tokens[0].text) if "Surn" in r.tag]
    numbers = {number for number, case in forms if case in cases}
    return replace(part, kind=PartKind.COMPANY, weight=3) if numbers == {"plur"} else part


def _explains(part: Part, before: Part) -> bool:
    kind_of_place = part.kind is PartKind.COMPANY and not any(
        token.capital or token.quoted or Kind.NUMBER in token.kind for token in part.tokens
    )
    whole = all(one.tokens == one.chunk.tokens and one.chunk.intro is Intro.NONE for one in (part, before))
    near = part.chunk.segment == before.chunk.segment + 1
    named = before.kind is PartKind.OPEN and before.capital
    return kind_of_place and whole and near and (named or _is_mock_title(before))


def _is_mock_title(part: Part) -> bool:
    """Tell whether a thing stands behind a title, as no person's name does: Доктор Плюш."""
    name = part.tokens[-1]
    return (
        part.kind is PartKind.PERSON
        and len(part.tokens) == _LONGEST_NAME
        and Kind.TITLE in part.tokens[0].kind
        and not name.text.isascii()
        and not name.kind & (Kind.NAME | Kind.WEAK_NAME | Kind.SURNAME | Kind.PATRONYMIC)
        and is_known(name.text)
    )


def _without_speakers(parts: Sequence[Part]) -> list[Part]:
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
            and part.chunk.ended_by in _speech()
            and any(other.tokens[0].start > part.tokens[0].start for other in people)
        )
    ]


def _without_mentioned(parts: Sequence[Part]) -> list[Part]:
    """Leave out the trade of whoever speaks: clerk Ruth from Heatworks says."""
    return [
        part
        for place, part in enumerate(parts)
        if not (
            part.kind is PartKind.POSITION
            and part.weight < _LABELLED
            and (
                _speaks(part, parts[place + 1 : place + 3])
                or (_is_theirs(part, parts[place + 1 : place + 2]) and len(_trades(parts)) > 1)
            )
        )
    ]


def _trades(parts: Sequence[Part]) -> list[Part]:
    return [part for part in parts if part.kind is PartKind.POSITION]


def _is_theirs(part: Part, behind: Sequence[Part]) -> bool:
    """Tell whether the trade stands for somebody from a company: a rep from Heatworks."""
    return bool(behind) and part.tokens == part.chunk.tokens and _is_from(part, behind[0])


def _speaks(part: Part, behind: Sequence[Part]) -> bool:
    """Tell whether a name follows the trade directly, and then where they are from or that they speak."""
    if not behind or behind[0].kind is not PartKind.PERSON or behind[0].chunk != part.chunk:
        return False
    if part.chunk.ended_by in _speech():
        return True
    same = len(behind) > 1 and behind[1].chunk.segment == part.chunk.segment
    return same and behind[1].chunk.intro is Intro.COMPANY_OR_ROLE


def _with_whole_names(parts: Sequence[Part]) -> list[Part]:
    """Give a company the word at its end that could be a trade where another trade is named: Titan Guard."""
    trades = _trades(parts)
    found: list[Part] = []
    for part in parts:
        before = found[-1] if found else None
        if before is not None and len(trades) > 1 and _ends_the_name(before, part):
            found[-1] = replace(
                before,
                kind=PartKind.COMPANY,
                tokens=before.tokens + part.tokens,
                weight=max(before.weight, 3),
            )
        else:
            found.append(part)
    return found


def _ends_the_name(before: Part, part: Part) -> bool:
    begun = before.tokens[-1].capital or Kind.CLASS in before.tokens[-1].kind
    named = before.kind in (PartKind.OPEN, PartKind.COMPANY) and begun
    touching = not part.tokens[0].gap.strip() and before.chunk == part.chunk
    whole = before.chunk.tokens == before.tokens + part.tokens
    return named and touching and whole and part.kind is PartKind.POSITION and part.capital


def _with_people_of(parts: Sequence[Part]) -> list[Part]:
    """Take for people whoever the words around show to be one: Zed from Heatworks, ask for Zed, Zed ji."""
    return [
        replace(part, kind=PartKind.PERSON, weight=3 if _is_asked_for(part) else 1)
        if _may_be_named(part) and (_is_asked_for(part) or _is_from(part, behind))
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
    return asked or expects or part.chunk.ended_by in joiners("honorifics")


def _is_from(part: Part, behind: Part | None) -> bool:
    return (
        behind is not None
        and part.chunk.ended_by == behind.chunk.word
        and behind.chunk.intro in _FROM
        and behind.chunk.segment == part.chunk.segment
        and behind.capital
    )


def _without_agencies(parts: Sequence[Part]) -> list[Part]:
    """Leave out an agency where its client is named."""
    agencies = [
        part for place, part in enumerate(parts) if _is_agency(part, parts[max(0, place - 2) : place])
    ]
    person = any(part.kind is PartKind.PERSON for part in parts)
    clients = [
        part
        for part in parts
        if part not in agencies
        and (part.kind is PartKind.COMPANY or (part.kind is PartKind.OPEN and part.capital and person))
    ]
    return [part for part in parts if part not in agencies] if clients else list(parts)


def _is_agency(part: Part, before: Sequence[Part]) -> bool:
    if part.kind not in (PartKind.COMPANY, PartKind.OPEN) or not part.capital:
        return False
    if part.chunk.intro is Intro.AGENCY:
        return True
    words = {lemma for token in part.chunk.tokens for lemma in lemmas(token.text)}
    if words & (joiners("agencies") | joiners("agency_names")):
        return True
    sent = (part.chunk.intro in _FROM and part.chunk.word != "at") or _is_bracketed(part)
    return sent and any(
        other.kind is PartKind.ROLE
        and other.chunk.segment in (part.chunk.segment, part.chunk.segment - _is_bracketed(part))
        and (_role(other) is Role.AGENCY or other.tokens[-1].key in joiners("recruiters"))
        for other in before
    )


def _role(part: Part) -> Role | None:
    return contact_role(" ".join(token.text for token in part.tokens))


@cache
def _speech() -> frozenset[str]:
    return frozenset(
        fold(word) for code in ("ru", "en") for word in table("capture", code)["speech"]["words"]
    )
