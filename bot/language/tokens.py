"""A text -> tokens with everything each of them may mean."""

import re
from functools import cache
from itertools import islice, pairwise

from bot.language.compounds import compounds
from bot.language.spelling import Plain, known, likely, other_layouts, plain
from bot.language.token_types import Token
from bot.language.vocabulary import Phrases, Senses, languages, vocabulary

#: Addresses and telephone numbers hold no dates.
_MASKED = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}|https?://\S+|www\.\S+"
    r"|(?<![\d.:/-])(?!\d{4}-\d\d-\d\d)\+?\(?\d(?:[ ()-]{0,2}\d){9,14}(?![\d.:/])"
)
_SHAPES = re.compile(
    r"""
      (?P<iso>\d{4}([-./])\d{1,2}\2\d{1,2}(?!\d))
    | (?P<triple>\d{1,2}(\s?[./-]\s?)\d{1,2}\4(?:\d{4}|\d{2})(?![\d:]))
    | (?P<clock>\d{1,2}\s?:\s?\d{2}(?::\d{2})?(?!\d))
    | (?P<pair>\d{1,2}(?:\s?[./-]\s?|,)\d{1,2}(?!\d|\s?:\s?\d\d))
    | (?P<compact>20\d{6}(?!\d))
    | (?P<year>'\d{2}(?!\d))
    | (?P<offset>(?:\b(?:gmt|utc)\s?(?=[+-])|(?<=:\d\d)(?=\+\d\d))
        (?P<ahead>[+-]\s?(?:0?\d|1[0-2]))(?::?00)?(?![\d:]))
    | (?P<arrow>[-=~]{1,3}>|→)
    | (?P<zulu>(?<=[:\d]\d\d)z\b)
    | (?P<number>\d+)
    | (?P<meridiem>[ap]\.\s?m\b\.?)
    | (?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)
    | (?P<sign>[^\w\s])
    """,
    re.VERBOSE,
)
#: 24-Aug-2026: these hyphens are no ranges.
_HYPHENS = re.compile(r"(?<![\d-])(\d{1,2})[-/]([^\W\d_]{3,9})[-/](\d{4}|\d{2})(?![\d-])")
_NUMBERS = re.compile(r"\d+")
_LONGEST_FIGURES = 20
#: More than 4,096 characters have, unless they are all figures and signs.
_MOST_TOKENS = 900
_MOST_GUESSES = 24
_LONGEST_ANSWER = 200


def tokens(text: str, language: str, *, guess: bool = True) -> list[Token]:
    """Return the tokens of a text, phrases and compound numbers as one token each.

    With `guess`, words that are nearly the vocabulary's are taken for slips of the finger.
    """
    shown = plain(text)
    found = _read(shown, language)
    if not guess:
        return compounds(found)
    if len(text) <= _LONGEST_ANSWER and _unknown(found) > 0:
        found = min([found, *_turned(shown, language)], key=_unknown)
    return compounds(_guess(found, language))


def _turned(shown: Plain, language: str) -> list[list[Token]]:
    """Return the readings of the text on other keyboard layouts, if they make sense throughout."""
    readings = [_read(Plain(turned, shown.offsets), language) for turned in other_layouts(shown.text)]
    return [reading for reading in readings if _unknown(reading) == 0]


def _unknown(found: list[Token]) -> int:
    return sum(1 for token in found if not token.senses and token.text.isalpha())


def _read(shown: Plain, language: str) -> list[Token]:
    masked = _HYPHENS.sub(r"\1 \2 \3", _MASKED.sub(_mask, shown.text))
    raw = [_token(match) for match in islice(_SHAPES.finditer(masked), _MOST_TOKENS)]
    for left, right in pairwise(raw):
        right.glued = left.end == right.start
    found = _phrases(raw, language)
    for token in found:
        if not token.senses and token.text.isalpha():
            token.senses = known(token.text, language)
        token.start, token.end = shown.origin(token.start), shown.origin(token.end - 1) + 1
    return found


def _mask(match: re.Match[str]) -> str:
    return "_" * len(match.group())


def _token(match: re.Match[str]) -> Token:
    kind, text = match.lastgroup or "sign", match.group()
    numbers = tuple(int(digits) for digits in _NUMBERS.findall(text[:_LONGEST_FIGURES]))
    if kind == "compact":
        kind, numbers = "iso", (int(text[:4]), int(text[4:6]), int(text[6:]))
    senses: Senses = {}
    if kind in {"iso", "triple", "clock", "pair"}:
        senses = {kind: text}
    elif kind == "number":
        senses = {"number": numbers[0], "digits": len(text)}
        if len(text) == 4 and text.startswith("20"):
            senses["year"] = numbers[0]
    elif kind == "year":
        senses = {"year": 2000 + numbers[0]}
    elif kind in {"offset", "zulu"}:
        senses = {"zone": _zone(match["ahead"] or "0"), "filler": 1}
    elif kind == "meridiem":
        senses = {"meridiem": f"{text[0]}m"}
    return Token("→" if kind == "arrow" else text, match.start(), match.end(), senses, numbers)


def _zone(ahead: str) -> str:
    """Return the zone of GMT+3, which the database of zones counts the other way round."""
    hours = int(ahead.replace(" ", ""))
    return f"Etc/GMT{-hours:+d}"


def _phrases(raw: list[Token], language: str) -> list[Token]:
    """Join the tokens of the longest phrases."""
    found: list[Token] = []
    position = 0
    while position < len(raw):
        senses, used = _phrase_at(raw, position, language)
        if used:
            last = raw[position + used - 1]
            text = " ".join(token.text for token in raw[position : position + used])
            found.append(Token(text, raw[position].start, last.end, senses, glued=raw[position].glued))
        else:
            used = 1
            found.append(raw[position])
        position += used
    return found


def _phrase_at(raw: list[Token], position: int, language: str) -> tuple[Senses, int]:
    first = raw[position].text
    for phrases, signs in _books(language):
        for words, senses in phrases.get(first, ()):
            if used := _follows(raw, position, words):
                return senses, used
        if (single := signs.get(first)) is not None:
            return single, 1
    return {}, 0


@cache
def _books(language: str) -> tuple[tuple[Phrases, dict[str, Senses]], ...]:
    """Return the phrases and the signs ("/", "@", "+-") of the language, then those of the others."""
    ordered = (language, *(other for other in languages() if other != language))
    books = [vocabulary(one) for one in ordered]
    return tuple(
        (book.phrases, {word: senses for word, senses in book.words.items() if not word.isalnum()})
        for book in books
    )


def _follows(raw: list[Token], position: int, words: tuple[str, ...]) -> int:
    """Return how many tokens the phrase takes here, hyphens and the points of abbreviations included."""
    index = position
    for count, word in enumerate(words):
        sign = raw[index] if count and index < len(raw) else None
        if sign and sign.glued and sign.text in {"-", "."} and word != sign.text:
            index += 1
        if index >= len(raw) or raw[index].text != word:
            return 0
        index += 1
    return index - position


def _guess(found: list[Token], language: str) -> list[Token]:
    """Give the unknown words of an answer the meaning of the word they resemble."""
    unknown = [token for token in found if not token.senses and token.text.isalpha()]
    if len(unknown) > _MOST_GUESSES:
        return found
    for token in unknown:
        meant, senses = likely(token.text, language)
        if senses:
            token.text, token.senses, token.guessed = meant, senses, True
    for left, right in pairwise(found):
        for number, name in ((left, right), (right, left)):
            if right.glued and number.may("digits") and name in unknown and not name.senses:
                number.senses = {}  # a name: 2GIS, B2B
    return _phrases(found, language) if any(token.guessed for token in unknown) else found
