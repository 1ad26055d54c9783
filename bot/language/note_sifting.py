"""What the parts of a note say of each other: the trade of an acquaintance, an agency beside its client."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.domain.vacancy import Role
from bot.language.note_chunks import Intro, joiners
from bot.language.note_contacts import (
    is_bracketed,
    is_from,
    role_of,
    speech,
    with_led_by,
    with_people_of,
    with_senders,
    without_speakers,
)
from bot.language.note_kinds import Kind, lemmas
from bot.language.note_parts import Part, PartKind
from bot.language.note_places import family, without_explained, without_places

_FROM = (Intro.COMPANY_OR_ROLE, Intro.COMPANY)
_LABELLED = 4


def sifted(parts: Sequence[Part]) -> list[Part]:
    """Return the parts as their neighbours show them to be meant."""
    found = [family(part) for part in without_places(without_explained(with_senders(parts)))]
    found = _with_whole_names(_without_mentioned(found))
    return _without_agencies(without_speakers(with_people_of(with_led_by(found))))


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
    return bool(behind) and part.tokens == part.chunk.tokens and is_from(part, behind[0])


def _speaks(part: Part, behind: Sequence[Part]) -> bool:
    """Tell whether a name follows the trade directly, and then where they are from or that they speak."""
    if not behind or behind[0].kind is not PartKind.PERSON or behind[0].chunk != part.chunk:
        return False
    if part.chunk.ended_by in speech():
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
    named = part.kind in (PartKind.COMPANY, PartKind.OPEN)
    if not named or not part.capital:
        return named and part.chunk.intro is Intro.AGENCY
    words = {lemma for token in part.chunk.tokens for lemma in lemmas(token.text)}
    if words & (joiners("agencies") | joiners("agency_names")):
        return True
    sent = (part.chunk.intro in _FROM and part.chunk.word != "at") or is_bracketed(part)
    return sent and any(
        other.kind is PartKind.ROLE
        and other.chunk.segment in (part.chunk.segment, part.chunk.segment - is_bracketed(part))
        and (role_of(other) is Role.AGENCY or other.tokens[-1].key in joiners("recruiters"))
        for other in before
    )
