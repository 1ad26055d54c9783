"""How a language greets, thanks and says goodbye in each tone, from its word table.

A line of the table is `<word>.<tone>`, with `.he` or `.she` where the name tells which, with `.nameless`
where no name is known. `{name}` in it is the contact as the tone addresses them.
"""

from collections.abc import Iterator, Mapping
from typing import Self

from msgspec import Struct

from bot.domain.users import Tone
from bot.pack_words import MANNERS, Words

_NAME = "{name}"
#: Words that address somebody, so that a line without a name is needed as well.
ADDRESSING = frozenset({"greeting", "hello"})


class Manner(Struct, frozen=True):
    """The lines of one language that depend on the tone."""

    table: Mapping[str, str]

    @classmethod
    def of(cls, table: Mapping[str, str]) -> Self:
        """Return the lines of a word table that say how; the others are of no interest here."""
        return cls({key: line for key, line in table.items() if key.partition(".")[0] in MANNERS})

    def values(self, words: Words) -> dict[str, str]:
        """Return what the tone makes of each word: "Dear Ms Roe", "Thank you", "Kind regards"."""
        name = (words.contact_formally if words.tone is Tone.FORMAL else None) or words.contact_name
        name = " ".join((name or "").split())
        known = any(map(str.isalnum, name))
        kind = (words.contact_form or "") if known else "nameless"
        return {word: _capital(self._line(word, words.tone, kind).replace(_NAME, name)) for word in MANNERS}

    def problems(self) -> Iterator[str]:
        """Yield what the table lacks or says too much."""
        for word in sorted(MANNERS):
            for tone in Tone:
                kinds = ("", "nameless") if word in ADDRESSING else ("",)
                yield from (
                    f"{key} is missing" for key in _keys(word, tone, kinds) if not self.table.get(key)
                )
        yield from (
            f"{key} names somebody"
            for key, line in self.table.items()
            if _NAME in line and (key.endswith(".nameless") or key.partition(".")[0] not in ADDRESSING)
        )

    def _line(self, word: str, tone: Tone, kind: str) -> str:
        particular = self.table.get(f"{word}.{tone}.{kind}")
        return particular or self.table.get(f"{word}.{tone}", "")


def _keys(word: str, tone: Tone, kinds: tuple[str, ...]) -> Iterator[str]:
    return (".".join(filter(None, (word, tone, kind))) for kind in kinds)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
