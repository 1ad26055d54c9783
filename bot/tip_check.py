"""The check of the tips: alike in every language, short, well worded, and every rule has its card."""

import re
from collections.abc import Iterator
from pathlib import Path

from bot.domain.vacancy import Outcome
from bot.pack_check import read_phrases
from bot.pack_flaws import flaws
from bot.packs import Wording, locales_folder
from bot.reporting import NO_ANSWER
from bot.tips import INTERVIEW, Tip, Tips, TipWords

#: More is a wall of text.
LIMIT = 600
#: Rules whose figures and advice reach the user as tips.
RULES = frozenset(
    f"R{number}"
    for number in (
        *range(4, 10),
        *range(35, 39),
        *(41, 52, 53, 67, 71, 73),
        *range(75, 79),
        *range(83, 91),
        94,
        *range(100, 107),
        *range(109, 113),
        *(120, 121),
    )
)
_LOGGED = frozenset({*Outcome, NO_ANSWER, INTERVIEW})
_ID = re.compile("[a-z_]{1,40}")


def check(folder: Path | None = None) -> list[str]:
    """Return the problems of the tips in a folder of languages; none means that each can be shown."""
    folder = folder or locales_folder()
    try:
        tips = Tips.load(folder)
    except (OSError, ValueError) as error:
        return [f"tips: {error}"]
    problems = [f"tip {tip.id}: {problem}" for tip in tips.all for problem in _problems(tip)]
    covered = {rule for tip in tips.all for rule in tip.rules}
    problems += [f"{rule}: no tip" for rule in sorted(RULES - covered)]
    for language in sorted(path.parent.name for path in folder.glob("*/pack")):
        words = tips.words.get(language, {})
        forbidden = read_phrases(folder / language / "pack" / "_forbidden.txt")
        problems += [f"{language}/tip {name}: no such tip" for name in words if tips.find(name) is None]
        for tip in tips.all:
            found = _flaws(words.get(tip.id), forbidden)
            problems += [f"{language}/tip {tip.id}: {flaw}" for flaw in found]
    return problems


def _problems(tip: Tip) -> Iterator[str]:
    if not _ID.fullmatch(tip.id):
        yield "an id of other letters than a-z and _, or too long for a button"
    if not tip.rules:
        yield "carries no rule"
    if not tip.when:
        yield "never comes"
    yield from (f"after {name}?" for when in tip.when for name in when.after if name not in _LOGGED)


def _flaws(words: TipWords | None, forbidden: tuple[str, ...]) -> Iterator[str]:
    if words is None:
        yield "missing"
        return
    if (length := len(words.title) + len(words.text)) > LIMIT:
        yield f"{length} characters, at most {LIMIT}"
    yield from (str(flaw) for flaw in flaws(Wording(None, f"{words.title}\n{words.text}"), forbidden))
