"""The job title in a chunk of a note: its head (driver) and the words that belong to it (train)."""

from collections.abc import Sequence

from bot.language.lexicon import table, words
from bot.language.morphology import may_be
from bot.language.note_chunks import joiners
from bot.language.note_kinds import Kind
from bot.language.note_words import Token

_OF = frozenset({"of", "to"})


def find_job(tokens: Sequence[Token], *, expected: bool, small_text: bool) -> tuple[int, int, bool] | None:
    """Return the place (first, behind the last) of a job title and whether it is sure, or None."""
    whole = _known_title(tokens)
    if whole:
        return (*whole, True)
    heads = [(_weight(tokens, place, expected=expected), place) for place in range(len(tokens))]
    heads = [(weight, place) for weight, place in heads if weight > 0]
    if not heads:
        return None
    weight, head = max(heads)
    if tokens[head].text.isascii():
        end = _extended_right(tokens, head)
        return _extended_left(tokens, head, small_text=small_text), end, weight > 1
    head = min(place for other, place in heads if other >= weight - 2)
    return _russian_left(tokens, head), _russian_right(tokens, head), weight > 1


def _by() -> frozenset[str]:
    """Return the Russian prepositions that stand inside job titles."""
    return words("job_prepositions", "ru")


def _known_title(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Return the place of a whole title of the list: sous chef, head of marketing."""
    keys = [token.key for token in tokens]
    for place in range(len(keys)):
        for length in (4, 3, 2):
            if (
                " ".join(keys[place : place + length]) in words("positions", "en")
                and len(keys) >= place + length
            ):
                end = _behind_of(tokens, place + length)
                return _extended_left(tokens, place, small_text=True), end
    return None


def _behind_of(tokens: Sequence[Token], end: int) -> int:
    """Return the end of what follows "head of": all small words, or one with a capital."""
    if tokens[end - 1].key != "of":
        while end < len(tokens) and Kind.HEAD in tokens[end].kind:
            end += 1
        return end
    while end < len(tokens) and not tokens[end].kind & (Kind.NAME | Kind.BRAND) and end < len(tokens):
        end += 1
        if end < len(tokens) and tokens[end].capital != tokens[end - 1].capital:
            break
    return end


def _weight(tokens: Sequence[Token], place: int, *, expected: bool) -> int:
    """Return how likely the word heads a job title; 0: it does not."""
    token, kind = tokens[place], tokens[place].kind
    if (
        token.quoted
        or kind & Kind.FILLER
        or (place and token.key in joiners("tails") and tokens[place - 1].key in joiners("company"))
    ):
        return 0
    if Kind.HEAD not in kind:
        named = tokens[0].capital and place > 0 and Kind.MODIFIER in tokens[0].kind
        counted = place > 0 and tokens[place - 1].capital and Kind.FILLER in tokens[place - 1].kind
        sure = Kind.WEAK_HEAD in kind and not (named or counted or token.capital)
        return 1 if sure or (expected and Kind.WEAK_HEAD in kind) else 0
    if token.capital and (_within_a_company(tokens, place) or _behind_and(tokens, place)):
        return 0
    if token.capital and Kind.CLASS in kind and place and tokens[place - 1].capital and not expected:
        return 0
    if (
        token.text.isascii()
        and not token.capital
        and place == len(tokens) - 2
        and Kind.CLASS in tokens[-1].kind
    ):
        return 0 if not tokens[-1].kind & (Kind.HEAD | Kind.MODIFIER) or Kind.CLASS in kind else 1
    return 4 + (2 if not token.capital else 0) + (1 if place == len(tokens) - 1 else 0)


def _behind_and(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether the word is the second half of a company's name: Baker & Cook."""
    return place > 1 and tokens[place - 1].text == "&" and tokens[place - 2].capital


def _within_a_company(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a company's name goes on behind the word: Baker Street Café, Driver Logistics."""
    for token in tokens[place + 1 : place + 4]:
        if not token.capital and token.text != "&":
            return False
        if token.text == "&" or token.kind & (Kind.CLASS | Kind.LEGAL):
            return Kind.HEAD not in token.kind
    return False


def _extended_left(tokens: Sequence[Token], head: int, *, small_text: bool) -> int:
    first = head
    while first and _belongs(tokens, first - 1, head, small_text=small_text):
        first -= 1
    if _leads_title(tokens[:first]):
        first = 0
    run = tokens[first:head]
    capitals = [token for token in run if token.capital and not token.text.isupper()]
    if not tokens[head].capital and len(capitals) > 1 and Kind.CLASS in capitals[-1].kind:
        return first + run.index(capitals[-1]) + 1
    return first


def _leads_title(before: Sequence[Token]) -> bool:
    """Tell whether a title begins with a rank, and then has words of its own: jr bi dev."""
    ranked = bool(before) and before[0].key in joiners("ranks")
    return ranked and not any(other.capital or other.quoted or Kind.CLASS in other.kind for other in before)


def _belongs(tokens: Sequence[Token], place: int, head: int, *, small_text: bool) -> bool:
    """Tell whether the word before a job title is a part of it."""
    token, kind = tokens[place], tokens[place].kind
    if token.quoted or kind & (Kind.LEGAL | Kind.BRAND) or not token.text.isascii():
        return False
    named = len([other for other in tokens[max(0, place - 2) : place] if other.capital]) > 1
    both = named and Kind.MODIFIER in kind and not token.capital
    begins = not tokens[place - 1].kind & (Kind.MODIFIER | Kind.HEAD | Kind.BRAND)
    inside = place == 1 and not (small_text or token.capital or tokens[0].capital)  # bubble tea maker
    if Kind.CLASS in kind and place and begins and not (both or inside):
        return False
    if not token.capital:
        return bool(kind & (Kind.MODIFIER | Kind.HEAD)) or not (small_text or kind & Kind.NUMBER)
    if not kind & (Kind.MODIFIER | Kind.HEAD):
        return False
    if token.text.isupper() or tokens[head].capital:
        company_before = place and tokens[place - 1].capital and not tokens[place - 1].kind & Kind.MODIFIER
        return not (Kind.CLASS in kind and company_before)
    before = [other for other in tokens[:place] if not other.quoted]
    return all(other.kind & (Kind.MODIFIER | Kind.HEAD) for other in before)


def _extended_right(tokens: Sequence[Token], head: int) -> int:
    end = head + 1
    while end < len(tokens) and Kind.HEAD in tokens[end].kind and tokens[end].capital == tokens[head].capital:
        end += 1
    short = tokens[head].text.isupper() and len(tokens[head].text) < 5
    while short and end < len(tokens) and not tokens[end].capital and Kind.MODIFIER in tokens[end].kind:
        end += 1
    if end < len(tokens) - 1 and tokens[end].key in _OF and not tokens[end + 1].kind & Kind.BRAND:
        end += 2
        while end < len(tokens) and not tokens[end].capital and not tokens[end].kind & Kind.NAME:
            end += 1
    return end


def _russian_left(tokens: Sequence[Token], head: int) -> int:
    """Return where adjectives and foreign words before a Russian head begin."""
    first = head
    while first:
        token, kind = tokens[first - 1], tokens[first - 1].kind
        foreign = token.text.isascii() and (kind & (Kind.MODIFIER | Kind.HEAD)) and not kind & Kind.BRAND
        adjective = Kind.MODIFIER in kind and not (token.capital and not tokens[head].capital and first - 1)
        firm = Kind.CLASS in kind and (token.capital or not may_be(token.text, "ADJF"))
        if token.quoted or not (foreign or adjective) or firm or Kind.NAME in kind:
            break
        first -= 1
    return first


def _russian_right(tokens: Sequence[Token], head: int) -> int:
    """Return where the words governed by a Russian head end: head of sales, manager for purchases."""
    end = head + 1
    while end < len(tokens):
        token, kind = tokens[end], tokens[end].kind
        if token.quoted or kind & (Kind.NAME | Kind.PATRONYMIC | Kind.LEGAL | Kind.BRAND):
            break
        if _is_equipped(tokens, end):
            return end + 2
        if token.key in _by() or (token.key.isdigit() and end + 1 < len(tokens)):
            end += 1
            continue
        if (
            Kind.CLASS in kind
            and end + 1 < len(tokens)
            and (tokens[end + 1].capital or tokens[end + 1].quoted)
        ):
            break
        if not _governed(token, after_preposition=tokens[end - 1].key in _by()):
            break
        end += 1
    while end > head + 1 and (tokens[end - 1].key in _by() or tokens[end - 1].key.isdigit()):
        end -= 1
    return end


def _is_equipped(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether an abbreviation behind a preposition belongs to the title: machines with CNC."""
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    return after is not None and after.text.isupper() and tokens[place].key in table("endings", "ru")["with"]


def _governed(token: Token, *, after_preposition: bool) -> bool:
    if token.key in words("position_words", "ru"):
        return True
    if token.capital:
        return token.text.isupper() and len(token.text) < 5
    if token.text.isascii():
        return bool(token.kind & (Kind.MODIFIER | Kind.HEAD))
    if after_preposition or Kind.HEAD in token.kind:
        return True
    return may_be(token.text, "gent") or may_be(token.text, "ablt")
