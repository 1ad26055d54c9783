"""The check of message packs: every text, every language, every combination of known and unknown words."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from enum import StrEnum
from itertools import product
from pathlib import Path
from typing import get_args, get_type_hints

from msgspec import Struct

from bot.domain.users import Form, Tone
from bot.pack_filters import read_table
from bot.pack_flaws import flaws
from bot.pack_template import PackTemplate
from bot.packs import Fault, PackError, Packs, Words

#: More renderings than this mean a text with too many conditions to be read by anyone.
_MOST = 100_000
_SOME_DAY = date(2026, 7, 14)
#: How many different examples of a name or a day are tried.
_TURNS = 3
_DAYS: dict[object, tuple[object, ...]] = {
    date: (_SOME_DAY, date(2026, 12, 31), date(2027, 3, 3)),
    time: (time(9, 5), time(14, 30)),
    datetime: (datetime(2026, 7, 16, 11), datetime(2026, 12, 30, 9, 5), datetime(2027, 3, 3, 14, 30)),  # noqa: DTZ001 - a wall clock
}
#: Fields that are never unknown.
_VALUES: dict[str, tuple[object, ...]] = {"stage": (1, 2), "touch": (1, 2, 3, 5), "tone": tuple(Tone)}


def check(folder: Path | None = None) -> list[str]:
    """Return the problems of all packs in a folder of languages; none means they can be sent."""
    packs = Packs.load(folder)
    every = sorted({name for language in packs.languages for name in packs.names(language)})
    problems = [] if every else [f"no packs in {packs.folder}"]
    for language in packs.languages:
        problems += [f"{language}/_words: {problem}" for problem in packs.manner(language).problems()]
        problems += [f"{language}/_placeholders: {problem}" for problem in _mute(packs, language)]
        language_check = LanguageCheck.of(packs, language)
        for name in every:
            problems += [f"{language}/{name}: {problem}" for problem in language_check.problems(name)]
    return problems + [f"{name}: {problem}" for name in every for problem in _differences(packs, name)]


def _mute(packs: Packs, language: str) -> Iterator[str]:
    """Yield the placeholders that say nothing although all they say is known."""
    sample, placeholders = packs.sample(language, _SOME_DAY), packs.placeholders(language)
    for name, value in packs.values(language, sample).items():
        if value is None and all(
            getattr(sample, word, "") is not None for word in placeholders.said_by(name)
        ):
            yield f"[{name}] says nothing"


class LanguageCheck(Struct, frozen=True):
    """What the texts of one language are checked with: made-up examples and forbidden phrases."""

    packs: Packs
    language: str
    examples: Mapping[str, str]
    forbidden: tuple[str, ...]

    @classmethod
    def of(cls, packs: Packs, language: str) -> "LanguageCheck":
        """Read the tables of a language."""
        home = packs.folder / language / "pack"
        return cls(packs, language, read_table(home / "_sample.txt"), read_phrases(home / "_forbidden.txt"))

    def problems(self, name: str) -> Iterator[str]:
        """Yield the problems of one text, each kind once."""
        seen: set[str] = set()
        try:
            template = self.packs.template(name, self.language)
            for number, words in enumerate(combinations(template, self.examples)):
                if number == _MOST:
                    yield "too many conditions"
                    return
                for flaw in flaws(template.render(words), self.forbidden):
                    if flaw.kind not in seen:
                        seen.add(flaw.kind)
                        yield str(flaw)
        except PackError as error:
            yield str(error)


def read_phrases(path: Path) -> tuple[str, ...]:
    """Return the phrases of a list, one a line; `#` starts a comment line, a space at either end counts."""
    return tuple(line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#"))


def combinations(template: PackTemplate, examples: Mapping[str, str]) -> Iterator[Words]:
    """Yield words for a template: everything it uses known and unknown, everything it needs known.

    The second and later examples of names and days are tried with every name and day known; so is every
    manner, and also with as little known as can be.
    """
    used = sorted(template.uses)
    for turn in range(_TURNS):
        choices = [_choices(name, template, examples, turn) for name in used]
        for values in product(*choices):
            known: dict[str, object] = dict(zip(used, values, strict=True))
            yield Words(**known)  # type: ignore[arg-type]  # each value is made for its field
    if template.manners:
        choices = [_choices(name, template, examples, 0) for name in used]
        yield from _mannered(used, choices, examples, last=True)
        yield from _mannered(used, choices, examples, last=False)


def _mannered(
    used: list[str], choices: list[tuple[object, ...]], examples: Mapping[str, str], *, last: bool
) -> Iterator[Words]:
    """Yield words in every manner: tone, form of the user, name and form of the contact."""
    known = {name: values[-1 if last else 0] for name, values in zip(used, choices, strict=True)}
    names = [example.strip() for example in examples["contact_name"].split("|")]
    forms = (None, *Form)
    for tone, form, contact_form, name in product(Tone, forms, forms, (None, *names)):
        for formally in (None, examples["contact_formally"]) if name else (None,):
            manner = {"tone": tone, "form": form, "contact_form": contact_form, "contact_name": name}
            yield Words(**(known | manner | {"contact_formally": formally}))  # type: ignore[arg-type]  # as above


def _choices(name: str, template: PackTemplate, examples: Mapping[str, str], turn: int) -> tuple[object, ...]:
    """Return the values a field is tried with: unknown, an example, each value the template asks about."""
    if name in _VALUES:
        return _VALUES[name]
    kind = next(kind for kind in get_args(get_type_hints(Words)[name]) if kind is not type(None))
    known: tuple[object, ...]
    if name in examples:
        known = tuple(example.strip() for example in examples[name].split("|"))
    elif kind is bool:
        return (None, True, False)
    elif issubclass(kind, StrEnum):
        asked = tuple(value for value in kind if name == "form" or value.value in template.constants)
        return (None, *(asked or tuple(kind)[:1]))
    elif kind in _DAYS:
        known = _DAYS[kind]
    else:
        raise PackError(Fault.MISSING_WORD, placeholder=f"{name} in _sample.txt")
    example = known[turn % len(known)]
    return (example,) if turn or name in template.needs else (None, example)


def _differences(packs: Packs, name: str) -> Iterator[str]:
    """Yield how a text differs between languages: missing, a letter or not, in need of other words."""
    shapes = set()
    for language in packs.languages:
        if name not in packs.names(language):
            return  # reported by that language
        try:
            template = packs.template(name, language)
        except PackError:
            return  # reported by that language
        shapes.add((template.is_letter, frozenset(template.needs)))
    if len(shapes) > 1:
        yield "the languages differ in the subject line or in what the text needs"
