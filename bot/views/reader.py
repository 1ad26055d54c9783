"""Whom a screen is for."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.users import User
from bot.domain.vacancy import Vacancy
from bot.packs import Packs
from bot.texts import Texts


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
