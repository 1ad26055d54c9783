"""Whom a screen is for, and the words that are theirs."""

from dataclasses import dataclass
from datetime import datetime

from msgspec import Struct

from bot.domain.users import User, own_key
from bot.domain.vacancy import Vacancy
from bot.packs import PackError, Packs, Wording, Words
from bot.texts import Texts


class Worded(Struct, frozen=True):
    """A text ready to say or send; `name` is its pack."""

    name: str
    wording: Wording
    #: Why it is not in the user's own words although there are some: the placeholder that cannot be filled,
    #: or nothing in particular.
    lacks: str | None = None


@dataclass(frozen=True)
class Reader:
    """A user at a moment, with the texts and the packs that speak to them."""

    user: User
    texts: Texts
    packs: Packs
    now: datetime

    def language_of(self, vacancy: Vacancy) -> str:
        """Return the language of the letters and scripts of a vacancy."""
        return vacancy.letter_language or self.user.letters_in

    def worded(self, name: str, language: str, filled: Words) -> Worded | None:
        """Return a text in the user's own words, the pack's where theirs cannot be filled; None: neither can.

        Everything that is to be said or sent is worded here.
        """
        own, lacks = self.user.own_words.get(own_key(name, language)), None
        if own is not None:
            try:
                return Worded(name, self.packs.render(name, language, filled, own))
            except PackError as error:
                lacks = self.packs.placeholders(language).of_field(error.placeholder or "") or ""
        if any(getattr(filled, need) is None for need in self.packs.template(name, language).needs):
            return None
        return Worded(name, self.packs.render(name, language, filled), lacks)
