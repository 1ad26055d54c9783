"""Whether a short message says that they did not come to an interview, or did not ring for it."""

from functools import cache

from bot.language.lexicon import table
from bot.language.phrases import Phrases, split_words

#: Whoever says more than this says more than that they did not come.
_MOST_WORDS = 10


def is_no_show(said: str, language: str) -> bool:
    """Tell whether a message says so and nothing else; a question does not."""
    words = split_words(said[:400])
    if not words or len(words) > _MOST_WORDS or "?" in said:
        return False
    says, unless = _phrases(language)
    return any(says.find(words)) and not any(unless.find(words))


@cache
def _phrases(language: str) -> tuple[Phrases, Phrases]:
    listed = table("no_show", language)
    return Phrases(listed["says"]), Phrases(listed["unless"])
