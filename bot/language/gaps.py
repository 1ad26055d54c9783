"""What stands between two clues: "or", "no", "from ... to", or words that say nothing of dates."""

from itertools import pairwise

from msgspec import Struct

from bot.language.clues import Clue, has_day
from bot.language.token_types import Token

#: A mere "not" denies what follows; "nothing" and "nobody" are an answer by themselves.
MERE_NOT = 1
#: "after" may open what follows, or tell of an event: after work, at six.
AFTER_EVENT = 2
_SIGNS = frozenset(",.;:!()")


class Gap(Struct, frozen=True):
    """What stands between two clues."""

    tokens: tuple[Token, ...]

    def has(self, *categories: str) -> bool:
        """Tell whether one of the tokens may be one of these."""
        return any(token.may(category) for token in self.tokens for category in categories)

    @property
    def denies(self) -> bool:
        """Tell whether a "not" stands directly before the next clue."""
        for index in reversed(range(len(self.tokens))):
            token = self.tokens[index]
            if token.senses.get("not") == MERE_NOT and not token.may("correction"):
                return not (index and self.tokens[index - 1].may("if"))  # or, if not, the 16th
            if not any(token.may(category) for category in ("at", "by", "filler", "till")):
                return False
        return False

    @property
    def is_muddled(self) -> bool:
        """Tell whether a "not" and an unknown word stand before the next clue: not sozner than Monday."""
        signs = [index for index, token in enumerate(self.tokens) if token.text in _SIGNS]
        near = self.tokens[signs[-1] + 1 if signs else 0 :]
        return (
            any(token.may("not") and not token.may("correction") for token in near)
            and any(not token.senses and token.text.isalpha() for token in near)
            and not any(token.may("but") for token in near)
        )

    @property
    def corrects(self) -> bool:
        """Tell whether what came before is taken back."""
        takes_back = any(token.may("correction") for token in self.tokens)
        dismissed = any(
            token.may("not") and following.text == "," for token, following in pairwise(self.tokens)
        )
        return (takes_back or dismissed) and not self.has("if")

    @property
    def is_slight(self) -> bool:
        """Tell whether there is nothing but prepositions, commas and filler words."""
        slight = ("at", "by", "filler", "or", "till", "correction", "from", "not", "but", "after")
        return all(token.text in _SIGNS or any(map(token.may, slight)) for token in self.tokens)

    @property
    def has_words(self) -> bool:
        """Tell whether there are words that have nothing to do with dates."""
        return any(
            (not token.senses or token.senses.keys() <= {"common", "ignored", "place"})
            and token.text not in {",", "."}
            for token in self.tokens
        )

    @property
    def _starts(self) -> bool:
        """Tell whether a "from" stands directly before the next clue."""
        meaningful = [token for token in self.tokens if token.senses.keys() != {"filler"}]
        return bool(meaningful) and meaningful[-1].may("from")

    def _follows_after(self) -> bool:
        """Tell whether an "after" belongs to the next clue, and not to an event before a comma."""
        for index, token in enumerate(self.tokens):
            behind = self.tokens[index + 1 :]
            is_event = token.senses.get("after") == AFTER_EVENT and any(
                not word.may("filler") and word.text.isalpha() and sign.text == ","
                for word, sign in pairwise(behind)
            )
            if token.may("after") and not is_event:
                return True
        return False

    def passes(self, clue: Clue) -> bool:
        """Tell whether the clue has to be over: after Monday, and not from Monday on."""
        return has_day(clue) and any(token.senses.get("after") == AFTER_EVENT for token in self.tokens)

    def opens(self, clue: Clue) -> bool:
        """Tell whether the clue is only the beginning: after Monday, from Monday on."""
        return self._follows_after() or (has_day(clue) and self._starts)
