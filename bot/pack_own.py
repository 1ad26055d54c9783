"""A text in the user's own words: plain, with placeholders in square brackets, as people fill in forms.

`[name]` stands for a piece of the template language, from the language's table of placeholders; the template
language itself is taken as well. A literal name or day can be turned back into its placeholder.
"""

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from difflib import get_close_matches

from msgspec import Struct

from bot.pack_manner import ADDRESSING
from bot.pack_words import Fault, PackError

#: Longest text that can be typed, and longest with the names in place: it has to fit one message.
OWN_LIMIT, WORDED_LIMIT = 3000, 3300
#: A template's own tags are left alone; brackets around no letter are only brackets.
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\[(?P<name>[^\[\]\n]*[^\W\d_][^\[\]\n]*)\]", re.DOTALL)
_FIELD = re.compile(r"\{\{ (\w+)")
#: What tells the same words of two languages apart.
_QUOTING = re.compile(r"\|(?:quoted|name)\b")
_SUBJECT = "Subject:"
_WORD = re.compile(r"[^\W\d_]+")
_NAMES = frozenset({"contact_name", "company"})
_THANKS = frozenset({"gratitude", "thanks"})


class Placeholders(Struct, frozen=True):
    """The placeholders of one language, by the name that people write."""

    table: Mapping[str, str]
    #: The word before the subject of a letter.
    subject: str

    def compiled(self, text: str, *, is_letter: bool) -> str:
        """Return the text in the template language; raises PackError that names an unknown placeholder."""
        if is_letter and self.has_subject(text):
            text = _SUBJECT + text.partition(":")[2]
        return _PLACEHOLDER.sub(self._template, text)

    def has_subject(self, text: str) -> bool:
        """Tell whether a text begins with a line for the subject."""
        word, colon, _ = text.partition("\n")[0].partition(":")
        return bool(colon) and word.strip().casefold() == self.subject.casefold()

    def of_field(self, field: str) -> str | None:
        """Return the placeholder that says a word of the template language."""
        return next((f"[{name}]" for name in self.table if field in self.said_by(name)), None)

    def meanings(self, others: "Placeholders") -> dict[str, str]:
        """Return what the placeholders are called in another language, where it has the same ones."""
        names = {_QUOTING.sub("", template): name for name, template in others.table.items()}
        known = {name: names.get(_QUOTING.sub("", template)) for name, template in self.table.items()}
        return {name: meaning for name, meaning in known.items() if meaning}

    def nearest(self, placeholder: str) -> str | None:
        """Return the placeholder that was probably meant."""
        meant = get_close_matches(placeholder.strip("[]").casefold(), self.table, 1, 0.5)
        return f"[{meant[0]}]" if meant else None

    def said_by(self, name: str) -> frozenset[str]:
        """Return the words of the template language that a placeholder says."""
        return frozenset(_FIELD.findall(self.table[name]))

    def literals(self, values: Mapping[str, str | None], wanted: AbstractSet[str]) -> dict[str, str]:
        """Return which placeholder says each value: one that says a wanted word, else the first.

        Thanks are left out: people thank in many places, and mean those words.
        """
        known = [name for name in values if not self.said_by(name) & _THANKS]
        found: dict[str, str] = {}
        for name in sorted(known, key=lambda name: not self.said_by(name) & wanted):
            if value := values[name]:
                found.setdefault(value, name)
        return found

    def generalised(self, text: str, literals: Mapping[str, str]) -> str:
        """Return the text with placeholders for what they say."""
        names = {_capital(value): _capital(name) for value, name in literals.items()} | dict(literals)
        if not names:
            return text
        longest_first = "|".join(self._literal(value, names[value]) for value in sorted(names, key=len)[::-1])
        found = re.compile(rf"{_PLACEHOLDER.pattern}|(?<!\w)(?P<value>{longest_first})(?!\w)", re.DOTALL)
        return found.sub(lambda match: f"[{names[match['value']]}]" if match["value"] else match[0], text)

    def left_over(self, text: str, literals: Mapping[str, str]) -> tuple[str, ...]:
        """Return the words of a text that look like a name in another case: they would reach everybody."""
        names = (value for value, name in literals.items() if self.said_by(name) & _NAMES)
        stems = tuple(
            {word.casefold()[:-1] for value in names for word in _WORD.findall(value) if len(word) > 3}
        )
        found = (word for word in _WORD.findall(_PLACEHOLDER.sub("", text)) if word[0].isupper())
        return tuple(dict.fromkeys(word for word in found if word.casefold().startswith(stems)))

    def used(self, text: str) -> tuple[str, ...]:
        """Return the placeholders of a text, each once, as they are written in the table."""
        names = [self._named(match["name"]) for match in _PLACEHOLDER.finditer(text) if match["name"]]
        return tuple(f"[{name}]" for name in dict.fromkeys(filter(None, names)))

    def _named(self, written: str) -> str | None:
        """Return the placeholder that is written like this."""
        return next((name for name in self.table if _folded(name) == _folded(written)), None)

    def _literal(self, value: str, name: str) -> str:
        """Return the pattern of a literal; a greeting is one only where it greets."""
        greets = self.said_by(self._named(name) or name) & ADDRESSING
        return re.escape(value) + ("(?=[!,.])" if greets else "")

    def _template(self, match: re.Match[str]) -> str:
        name = match["name"]
        if name is None:
            return match[0]
        known = self._named(name)
        if known is None:
            raise PackError(Fault.UNKNOWN_WORD, placeholder=match[0])
        template = self.table[known]
        return template.replace("}}", "|capital }}", 1) if name.strip()[:1].isupper() else template


def _folded(name: str) -> str:
    """Return a name as people may write it: small letters, single spaces, Russian yo with or without dots."""
    return " ".join(name.casefold().replace("\u0451", "\u0435").split())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
