"""Message packs: the wording of every touch in every language, found, compiled once, rendered.

A pack is a folder `<language>/pack`: one `<name>.txt` a text, and tables whose names start with `_`.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Self

from bot.pack_words import FACTS, Fault, PackError, Wording, Words

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

    from bot.pack_manner import Manner
    from bot.pack_template import PackTemplate

__all__ = ["FACTS", "Fault", "PackError", "Packs", "Wording", "Words", "locales_folder"]


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
        if source is None:
            return self.template(name, language).render(words)
        wording = self._read(source, language).render(words)
        if wording.subject is None and self.template(name, language).is_letter:
            return Wording(self.template(name, language).render(words).subject, wording.body)
        return wording

    def manner(self, language: str) -> "Manner":
        """Return how a language greets, thanks and says goodbye."""
        return self._language(language)[1]

    def _read(self, source: str, language: str) -> "PackTemplate":
        from bot.pack_template import PackTemplate

        return PackTemplate.read(source, *self._language(language))

    def _language(self, language: str) -> "tuple[SandboxedEnvironment, Manner]":
        if language not in self._languages:
            from bot.pack_filters import filters, read_table
            from bot.pack_manner import Manner
            from bot.pack_template import environment

            table = read_table(self.folder / language / "pack" / "_words.txt")
            self._languages[language] = environment(filters(language, table)), Manner.of(table)
        return self._languages[language]
