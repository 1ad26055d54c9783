"""The text of a note made ready for its dates: what looks like a day, or holds no more, is crossed out."""

import re
from collections.abc import Iterator, Sequence

from bot.language.note_phrases import Said
from bot.language.phrases import Word, split_words
from bot.language.undated import crossed, without_names
from bot.language.vocabulary import languages, vocabulary

_DAYS = frozenset({"day", "weekday", "month", "ordinal"})
_LONG_UNITS = ("day", "week", "fortnight", "month")
#: Words that place a term in time: two weeks ago, this week, in three days.
_PLACED = frozenset({"ago", "in", "which", "strict", "weekday", "month", "day", "ordinal"})
#: What a word that parts two dates may say of dates itself.
_OF_TENSE = frozenset({"tense", "say", "filler", "common", "ignored"})


#: A day said twice: on Monday (17th).
_AGAIN = re.compile(r"\((\d{1,2}(?:[^\W\d]{2}|-?[^\W\d]{1,2}|[./-]\d{1,2})?(?:\s[^\W\d]{3,9}\.?)?)\)")

#: The hour of one sentence is not that of the day in the next.
_ENDED = re.compile(r"(?<=\d[ap]m)\.(?=\s[^\W\d])|(?<=:\d\d)\.(?=\s[^\W\d])", re.IGNORECASE)


def prepared(text: str, said: Said) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the text for the dates, every letter in its place, and where days stand that hold no more."""
    replaced = tuple(_replaced(said))
    text = crossed(_parted(without_names(text), said), [*replaced, *_asides(text, said)])
    return _ENDED.sub(";", _AGAIN.sub(r" \1 ", text)), replaced


def is_term(text: str) -> bool:
    """Tell whether the words say how long something takes: two weeks, a week or so."""
    found = [_senses(word.text) for word in split_words(text)]
    return any(senses.get("unit") in _LONG_UNITS for senses in found) and not any(
        _PLACED & senses.keys() for senses in found
    )


def _asides(text: str, said: Said) -> Iterator[tuple[int, int]]:
    """Yield what only explains the day before it: (day after Labor Day)."""
    for first, last in said.spans("aside"):
        end = text.find(")", last)
        if end > 0 and text[first - 1 : first] == "(":
            yield first, end


def _parted(text: str, said: Said) -> str:
    """Return the text with the words that tell what a day is crossed out: no date goes on across them."""
    told = [
        said.span(hit)
        for name in ("caller", "past")
        for hit in said.hits(name)
        if hit.first == hit.last and _senses(said.words[hit.first].text).keys() <= _OF_TENSE
    ]
    return crossed(text, said.spans("promise", "from_then") + told)


def _replaced(said: Said) -> Iterator[tuple[int, int]]:
    """Yield the days that others have taken the place of: instead of Friday, moved from 5 May."""
    words = said.words
    names = ("instead", "before_now") if "now" in said else ("instead",)
    for hit in (hit for name in names for hit in said.hits(name)):
        days = list(_day_in(said.text, words[hit.last + 1 : hit.last + 4], words[hit.last]))
        yield from [said.span(hit), *days] if days else []
    for hit in said.hits("instead_behind"):
        yield from _day_in(said.text, words[max(0, hit.first - 3) : hit.first][::-1], words[hit.first])


def _day_in(text: str, words: Sequence[Word], beside: Word) -> Iterator[tuple[int, int]]:
    """Yield where the day or the hour stands that the words begin with: Mon 5, 10:30."""
    seen: set[bool] = set()
    last = beside
    for word in words:
        figure = word.text[:1].isdigit()
        between = text[min(word.end, last.end) : max(word.start, last.start)]
        one_hour = figure and last is not beside and between in (":", ".")
        apart = bool(between.strip(" :./-")) or (figure in seen and not one_hour)
        if apart or not (figure or _is_day(word.text)):
            break
        yield (min(word.start, last.start), max(word.end, last.end)) if one_hour else (word.start, word.end)
        seen.add(figure)
        last = word


def _is_day(word: str) -> bool:
    """Tell whether the word alone names a day or a month."""
    return bool(_DAYS & _senses(word).keys())


def _senses(word: str) -> dict[str, object]:
    return {key: value for code in languages() for key, value in vocabulary(code).words.get(word, {}).items()}
