"""Message packs: the wording of every touch in every language, found, compiled once, rendered.

A pack is a folder `<language>/pack`: one `<name>.txt` a text, and tables whose names start with `_`.
"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Self

from bot.pack_flaws import SUBJECT_LIMIT
from bot.pack_own import WORDED_LIMIT, Placeholders
from bot.pack_words import FACTS, Fault, PackError, Wording, Words

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

    from bot.pack_manner import Manner
    from bot.pack_template import PackTemplate

__all__ = ["FACTS", "Fault", "PackError", "Packs", "Wording", "Words", "locales_folder"]

#: A company's name that is shorter might be any word.
_SHORTEST = 3


def locales_folder() -> Path:
    """Return the folder of texts: packaged beside this module, or at the root of the repository."""
    packaged = Path(__file__).parent / "locales"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "locales"


class Packs:
    """The packs of one folder; templates are read when first asked for and kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._languages: dict[str, tuple[SandboxedEnvironment, Manner]] = {}
        self._templates: dict[tuple[str, str], PackTemplate] = {}
        self._placeholders: dict[str, Placeholders] = {}

    @classmethod
    def load(cls, folder: Path | None = None) -> Self:
        """Return the packs of a folder of languages, by default the ones that come with the bot."""
        return cls(folder or locales_folder())

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages there is a pack for."""
        return tuple(sorted(path.parent.name for path in self.folder.glob("*/pack")))

    def names(self, language: str) -> tuple[str, ...]:
        """Return the names of the texts of a language."""
        return tuple(sorted(path.stem for path in (self.folder / language / "pack").glob("[!_]*.txt")))

    def source(self, name: str, language: str) -> str:
        """Return the template of a text as it stands in its file, for a user who wants to change it."""
        try:
            return (self.folder / language / "pack" / f"{name}.txt").read_text("utf-8")
        except FileNotFoundError as error:
            raise PackError(Fault.NO_PACK, placeholder=f"{language}/{name}") from error

    def template(self, name: str, language: str) -> "PackTemplate":
        """Return the compiled template of a text: what it uses, what it needs, whether it is a letter."""
        key = (language, name)
        if key not in self._templates:
            self._templates[key] = self._read(self.source(name, language), language)
        return self._templates[key]

    def render(self, name: str, language: str, words: Words, source: str | None = None) -> Wording:
        """Return the text with the words in place; `source` is a user's own wording instead of the pack's.

        An own wording without a subject line keeps the pack's subject. Raises PackError.
        """
        template = self.template(name, language)
        if source is None:
            return template.render(words)
        own = self.placeholders(language).compiled(source, is_letter=template.is_letter)
        wording = self._read(own, language).render(words)
        if wording.subject is None and template.is_letter:
            wording = Wording(template.render(words).subject, wording.body)
        if len(wording.body) > WORDED_LIMIT or len(wording.subject or "") > SUBJECT_LIMIT:
            raise PackError(Fault.TOO_LONG)
        return wording

    def placeholders(self, language: str) -> Placeholders:
        """Return what may stand in brackets in a text of the user's own."""
        if language not in self._placeholders:
            subject = self._table(language, "_words")["subject"]
            self._placeholders[language] = Placeholders(self._table(language, "_placeholders"), subject)
        return self._placeholders[language]

    def values(self, language: str, words: Words) -> dict[str, str | None]:
        """Return what each placeholder says with these words; None where nothing is known."""
        table = self.placeholders(language).table
        return {name: self._value(template, language, words) for name, template in table.items()}

    def literals(self, name: str, language: str, words: Words) -> dict[str, str]:
        """Return which placeholder says what in a text with these words; a company also without quotes."""
        template, placeholders = self.template(name, language), self.placeholders(language)
        found = placeholders.literals(self.values(language, words), template.uses | template.manners)
        bare = words.company or ""
        company = placeholders.of_field("company") if len(bare) >= _SHORTEST else None
        return {bare: company.strip("[]"), **found} if company else found

    def sample(self, language: str, today: date) -> Words:
        """Return a made-up vacancy in which everything is known."""
        from bot.pack_sample import sample

        return sample(self._table(language, "_sample"), today)

    def manner(self, language: str) -> "Manner":
        """Return how a language greets, thanks and says goodbye."""
        return self._language(language)[1]

    def _read(self, source: str, language: str) -> "PackTemplate":
        from bot.pack_template import PackTemplate

        return PackTemplate.read(source, *self._language(language))

    def _language(self, language: str) -> "tuple[SandboxedEnvironment, Manner]":
        if language not in self._languages:
            from bot.pack_filters import filters
            from bot.pack_manner import Manner
            from bot.pack_template import environment

            table = self._table(language, "_words")
            self._languages[language] = environment(filters(language, table)), Manner.of(table)
        return self._languages[language]

    def _table(self, language: str, name: str) -> dict[str, str]:
        from bot.pack_filters import read_table

        return read_table(self.folder / language / "pack" / f"{name}.txt")

    def _value(self, template: str, language: str, words: Words) -> str | None:
        try:
            return self._read(template, language).render(words).body
        except PackError:
            return None
