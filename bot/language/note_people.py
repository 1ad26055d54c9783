"""The people named in a chunk of a note."""

from collections.abc import Sequence

from bot.language.lexicon import table
from bot.language.morphology import may_be
from bot.language.note_chunks import Intro, joiners
from bot.language.note_kinds import Kind, is_listed_filler
from bot.language.note_roles import contact_role
from bot.language.note_words import Token

_NAMELIKE = Kind.NAME | Kind.PATRONYMIC | Kind.SURNAME | Kind.WEAK_NAME
_OF_COMPANIES = Kind.CLASS | Kind.LEGAL | Kind.BRAND


def find_people(
    tokens: Sequence[Token], intro: Intro, *, alone: bool, small_text: bool
) -> list[tuple[int, int]]:
    """Return the places (first, behind the last) of people; `small_text`: the user types no capitals."""
    people: list[tuple[int, int]] = []
    place = 0
    while place < len(tokens):
        end = _person(tokens, place, intro, alone=alone, small_text=small_text)
        if end > place:
            people.append((place, end))
        place = max(end, place + 1)
    return people


def _person(tokens: Sequence[Token], place: int, intro: Intro, *, alone: bool, small_text: bool) -> int:
    """Return where the person that begins at `place` ends; `place` itself when none begins."""
    end = place
    while (
        end < len(tokens) and end - place < 4 and _continues(tokens, place, end, intro, small_text=small_text)
    ):
        end += 1
    found = tokens[place:end]
    if not found or not _is_person(tokens, place, end, intro, alone=alone):
        return place
    if _names_a_company(tokens, place, end, intro):
        return place
    return end


def _continues(tokens: Sequence[Token], place: int, end: int, intro: Intro, *, small_text: bool) -> bool:
    """Tell whether the word at `end` can belong to the name begun at `place`."""
    token, kind = tokens[end], tokens[end].kind
    if (
        token.quoted
        or (
            Kind.FILLER in kind
            and not kind & (Kind.WEAK_NAME | Kind.TITLE)
            and not _leads_to_patronymic(tokens, end)
            and (end == place or is_listed_filler(token.key))
        )
        or not (token.capital or _known_small(token, small_text=small_text) or _is_titled(tokens, place, end))
    ):
        return False
    if Kind.TITLE in kind and end == place:
        return True
    if token.initial or (end == place and _leads_to_patronymic(tokens, end)):
        return True
    if end > place and (_is_role_mark(token) or _repeats(tokens, place, end)):
        return False
    if end == place and _follows_long_role(tokens, place):
        return not kind & (_OF_COMPANIES | Kind.HEAD | Kind.MODIFIER)
    if end == place and intro is Intro.CONTACT and _follows_role(tokens, place):
        return not kind & (_OF_COMPANIES | Kind.HEAD | Kind.MODIFIER)
    if kind & _NAMELIKE and not kind & (Kind.LEGAL | Kind.BRAND):
        return not (end > place and kind & (Kind.HEAD | Kind.CLASS) and not token.capital)
    after_name = end == place + 1 and Kind.NAME in tokens[place].kind and not kind & _OF_COMPANIES
    after_name = after_name or (end > place and tokens[end - 1].initial and not token.capital)
    surname_may_follow = 0 < end - place < 3 and (after_name or not kind & (_OF_COMPANIES | Kind.MODIFIER))
    if end == place and token.key in joiners("surnames_first") and place + 1 < len(tokens):
        return token.capital and tokens[place + 1].capital and not tokens[place + 1].kind & _OF_COMPANIES
    return (
        surname_may_follow
        and (token.capital or _is_titled(tokens, place, end))
        and token.text.isalpha() | ("-" in token.text) | ("'" in token.text)
    )


def _is_titled(tokens: Sequence[Token], place: int, end: int) -> bool:
    """Tell whether a surname in small letters stands behind a title: mr. chen."""
    title, kind = tokens[place], tokens[end].kind
    behind_initial = end == place + 2 and tokens[place + 1].initial
    plain = not kind & (_OF_COMPANIES | Kind.HEAD | Kind.MODIFIER | Kind.FILLER | Kind.NUMBER | Kind.ARTICLE)
    plain = plain or tokens[end].initial or behind_initial
    return (
        (end == place + 1 or behind_initial)
        and not title.capital
        and Kind.TITLE in title.kind
        and Kind.HEAD not in title.kind
        and plain
    )


def _follows_role(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a role in small letters stands before a word with a capital: the owner Gupta."""
    before = tokens[place - 1] if place else None
    return (
        before is not None
        and not before.capital
        and tokens[place].capital
        and contact_role(before.text) is not None
    )


def _follows_long_role(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a role of several small words stands before a capital: начальник цеха Ковтун."""
    if not tokens[place].capital or tokens[place].text.isascii() or place < 2:
        return False
    return any(
        not any(token.capital for token in tokens[first:place])
        and contact_role(" ".join(token.text for token in tokens[first:place])) is not None
        for first in range(max(0, place - 3), place - 1)
    )


def _leads_to_patronymic(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a name with a patronymic follows the word, which then is a surname: Kim Vera Pavlovna."""
    if (
        place + 2 >= len(tokens)
        or not tokens[place].capital
        or tokens[place].kind & (_OF_COMPANIES | Kind.HEAD)
    ):
        return False
    name, patronymic = tokens[place + 1 : place + 3]
    between = (name.gap + patronymic.gap).strip()
    return (
        not between and bool(name.kind & (Kind.NAME | Kind.WEAK_NAME)) and Kind.PATRONYMIC in patronymic.kind
    )


def _known_small(token: Token, *, small_text: bool) -> bool:
    """Tell whether a name in small letters is meant as one."""
    kind = token.kind
    if kind & (Kind.HEAD | Kind.WEAK_HEAD | Kind.CLASS | Kind.MODIFIER | Kind.BRAND):
        return False
    if not token.text.isascii() and not small_text and may_be(token.text, "NOUN", "inan"):
        return False  # полы, and not Paula's
    return bool(kind & (Kind.NAME | Kind.PATRONYMIC)) or (small_text and bool(kind & Kind.SURNAME)) or (
        Kind.TITLE in kind
    )  # fmt: skip


def _is_role_mark(token: Token) -> bool:
    """Tell whether capitals behind a name say what the person does: Ann HR."""
    return token.text.isupper() and contact_role(token.text) is not None


def _repeats(tokens: Sequence[Token], place: int, end: int) -> bool:
    """Tell whether a second given name begins another person: Saul Olga."""
    kind = tokens[end].kind
    two = Kind.NAME in kind and Kind.NAME in tokens[place].kind
    return two and not (kind & (Kind.PATRONYMIC | Kind.SURNAME) or end + 1 == len(tokens))


def _is_person(tokens: Sequence[Token], place: int, end: int, intro: Intro, *, alone: bool) -> bool:
    kinds = [token.kind for token in tokens[place:end]]
    if any(Kind.PATRONYMIC in kind for kind in kinds) and any(
        kind & (Kind.NAME | Kind.WEAK_NAME) for kind in kinds
    ):
        return True
    if any(Kind.NAME in kind for kind in kinds) or _has_title(kinds):
        return True
    if all(Kind.SURNAME in kind for kind in kinds) and place and contact_role(tokens[place - 1].text):
        return True
    expected = intro in (Intro.CONTACT, Intro.COMPANY_OR_CONTACT)
    if any(token.initial for token in tokens[place:end]) and any(
        Kind.SURNAME in kind or (token.text.isascii() and not token.initial)
        for token, kind in zip(tokens[place:end], kinds, strict=True)
    ):
        return True
    if len(kinds) == 1 and ((expected and _follows_role(tokens, place)) or _follows_long_role(tokens, place)):
        return True
    if Kind.WEAK_NAME in kinds[0]:
        if place and contact_role(tokens[place - 1].text):
            return True
        two = len(kinds) == 2 and Kind.SURNAME in kinds[1]
        return two or (expected and len(kinds) == 1)
    return expected and len(kinds) <= 2 and all(Kind.SURNAME in kind for kind in kinds)


def _has_title(kinds: Sequence[Kind]) -> bool:
    """Tell whether a title begins the name; a coach driver is none."""
    trade = (
        len(kinds) > 1 and Kind.HEAD in kinds[0] and bool(kinds[1] & (Kind.HEAD | Kind.MODIFIER | Kind.CLASS))
    )
    return Kind.TITLE in kinds[0] and len(kinds) > 1 and not trade


def _names_a_company(tokens: Sequence[Token], place: int, end: int, intro: Intro) -> bool:
    """Tell whether the name belongs to a company: Harper & Sons, Mary Jane Bakery."""
    after = tokens[end] if end < len(tokens) else None
    two = intro is Intro.CONTACT and end + 1 < len(tokens) and Kind.NAME in tokens[end + 1].kind
    if after is not None and (
        (after.text == "&" and not two) or (after.capital and after.kind & _OF_COMPANIES)
    ):
        return True
    if tokens[end - 1].key.endswith("'s"):
        return True
    before = tokens[place - 1] if place else None
    if _follows_long_role(tokens, place):
        return False
    if before is not None and before.key in joiners("named_after") | joiners("sole_traders"):
        return True
    if before is not None and place > 1 and before.key in joiners("particles") and tokens[place - 2].capital:
        return True  # Casa do Mar
    while before is not None and before.capital and Kind.MODIFIER in before.kind and tokens.index(before):
        before = tokens[tokens.index(before) - 1]
    full = any(Kind.PATRONYMIC in token.kind for token in tokens[place:end])
    if before is None or intro is Intro.CONTACT:
        return intro is Intro.COMPANY and not full
    leads = (
        not tokens[place].text.isascii() or before.key in table("capture", "en")["joiners"]["leading_class"]
    )
    return leads and not full and bool(before.kind & (Kind.CLASS | Kind.LEGAL)) and end - place == 1
