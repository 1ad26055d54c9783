"""Parts of a note that only tell where the work is: a kind of place, a town, a family beside its name."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.language.morphology import is_known, readings
from bot.language.names import cases_after
from bot.language.note_chunks import Intro, joiners
from bot.language.note_kinds import Kind, lemmas
from bot.language.note_parts import Part, PartKind

#: What is named for certain.
_LABELLED = 4
#: A title and a name.
_TITLED = 2


def without_explained(parts: Sequence[Part]) -> list[Part]:
    """Leave out what only says of which kind the company before it is: Puzzle, a children's centre."""
    found: list[Part] = []
    for part in parts:
        before = found[-1] if found else None
        if before is not None and _explains(part, before):
            found[-1] = replace(before, kind=PartKind.COMPANY, weight=_LABELLED)
        else:
            found.append(part)
    return found


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
        and len(part.tokens) == _TITLED
        and Kind.TITLE in part.tokens[0].kind
        and not name.text.isascii()
        and not name.kind & (Kind.NAME | Kind.WEAK_NAME | Kind.SURNAME | Kind.PATRONYMIC)
        and is_known(name.text)
    )


def without_places(parts: Sequence[Part]) -> list[Part]:
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


def family(part: Part) -> Part:
    """Return a family as who employs: a nanny to the Larins (к Лариным)."""
    cases = cases_after(part.chunk.word)
    if part.kind is not PartKind.PERSON or len(part.tokens) > 1 or not cases:
        return part
    forms = [(r.tag.number, r.tag.case) for r in readings(part.tokens[0].text) if "Surn" in r.tag]
    numbers = {number for number, case in forms if case in cases}
    return replace(part, kind=PartKind.COMPANY, weight=3) if numbers == {"plur"} else part
