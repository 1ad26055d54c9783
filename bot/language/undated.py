"""A text with the words crossed out that only look like dates: Tom is no tomorrow, HR no hour."""

import re
from collections.abc import Iterable
from functools import cache
from itertools import zip_longest

from bot.language.lexicon import table
from bot.language.lexicon import words as words_of
from bot.language.note_chunks import parts
from bot.language.note_kinds import Kind, is_cyrillic
from bot.language.note_words import Token, numbers_a_company, split_tokens
from bot.language.phrases import Phrases, Word, split_words
from bot.language.vocabulary import languages, vocabulary

_NAMING = Kind.NAME | Kind.CLASS | Kind.BRAND | Kind.HEAD
#: Days of work and of rest: two on, two off.
_SHIFTS = re.compile(r"(?<![\d/.])[1-7]/[1-3](?![\d/.])")
_CROSS = "x"
_OF = frozenset({"of", "early", "mid", "late"})
#: No day and no hour has a higher number.
_LAST_DAY = 31


def without_names(text: str) -> str:
    """Return the text with names, titles and stages crossed out; every other letter keeps its place."""
    tokens = split_tokens(text)
    is_dated = sum(_names_a_day(token) for token in tokens) > 1
    spans = [
        (token.start, token.end)
        for before, token, after in zip_longest((None, *tokens), tokens, tokens[1:])
        if token is not None
        and (_is_naming(before, token, after) or _is_named_by_a_day(before, token, after, is_dated=is_dated))
    ]
    if is_cyrillic(text):
        spans += [match.span() for match in _SHIFTS.finditer(text)]
    words = split_words(text)
    spans += [
        (word.start, word.end) for word, after in zip_longest(words, words[1:]) if _looks_alike(word, after)
    ]
    spans += [(words[hit.first].start, words[hit.last].end) for hit in _stages().find(words)]
    return crossed(text, spans)


def crossed(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the text with these stretches crossed out, every other letter in its place."""
    for start, end in spans:
        text = text[:start] + _CROSS * (end - start) + text[end:]
    return text


def _is_naming(before: Token | None, token: Token, after: Token | None) -> bool:
    if Kind.NUMBER in token.kind:
        apart = after is None or (parts(after.gap) and (" " in after.gap or Kind.NUMBER not in after.kind))
        ends = apart or int(re.sub(r"\D", "", token.text) or 0) > _LAST_DAY
        if before is None or parts(token.gap):
            return False
        return (ends or not token.text.isdigit()) and numbers_a_company(before, token)
    if token.capital and token.text[0].isdigit():
        return True  # 7-Eleven
    if _leads_to_a_job(token, after):
        return True  # night porter
    if token.quoted or not token.capital or Kind.FILLER in token.kind or _is_month(before, token, after):
        return False
    abbreviation = token.text.isupper() and Kind.MODIFIER in token.kind and token.text.isalpha()
    begins = Kind.MODIFIER in token.kind and after is not None and after.capital and not after.gap.strip()
    return bool(token.kind & _NAMING) or abbreviation or begins


def _names_a_day(token: Token) -> bool:
    """Tell whether the word is a weekday or a month."""
    senses = [vocabulary(code).words.get(token.key, ()) for code in languages()]
    return any("weekday" in sense or "month" in sense for sense in senses)


def _is_named_by_a_day(before: Token | None, token: Token, after: Token | None, *, is_dated: bool) -> bool:
    """Tell whether an employer is called by a day: Friday Studios on Monday; in Russian days are small."""
    if token.quoted or not token.text.istitle() or not _names_a_day(token):
        return False
    if is_cyrillic(token.text):
        return before is not None and Kind.CLASS in before.kind and not parts(token.gap)
    called = after is not None and after.text.istitle() and Kind.CLASS in after.kind
    return is_dated and called and after is not None and not after.gap.strip()


def _leads_to_a_job(token: Token, after: Token | None) -> bool:
    small = after is not None and not token.capital and not after.gap.strip() and token.text.isalpha()
    return small and after is not None and Kind.MODIFIER in token.kind and Kind.HEAD in after.kind


def _is_month(before: Token | None, token: Token, after: Token | None) -> bool:
    """Tell whether a name stands for a month: 5 Jan, Jan 5, end of Jan."""
    if not any("month" in vocabulary(code).words.get(token.key, ()) for code in languages()):
        return False
    day = before is not None and not parts(token.gap) and (Kind.NUMBER in before.kind or before.key in _OF)
    return day or (after is not None and not after.gap.strip() and Kind.NUMBER in after.kind)


def _looks_alike(word: Word, after: Word | None) -> bool:
    """Tell whether the word is no day, as no figure follows it: "The Sun", but "sun 1pm"."""
    return word.text in _lookalikes() and not (
        after and after.text[0].isdigit() and after.start == word.end + 1
    )


@cache
def _lookalikes() -> frozenset[str]:
    return words_of("undated", "ru") | words_of("undated", "en")


@cache
def _stages() -> Phrases:
    """Return the phrases that only look like dates: the second interview, I sat with them, 24 hours on."""
    return Phrases(
        phrase
        for code in ("ru", "en")
        for phrases in (
            *table("capture", code)["stages"].values(),
            table("capture", code)["undated"]["words"],
        )
        for phrase in phrases
    )
