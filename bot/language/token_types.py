"""One word, number or sign of a text, with everything it may mean."""

from msgspec import Struct

from bot.language.vocabulary import Senses


class Token(Struct):
    """A word, number or sign: `senses` maps a category to its value there."""

    text: str
    start: int
    end: int
    senses: Senses
    numbers: tuple[int, ...] = ()
    glued: bool = False
    guessed: bool = False

    def may(self, category: str) -> bool:
        """Tell whether the token may be of this category."""
        return category in self.senses
