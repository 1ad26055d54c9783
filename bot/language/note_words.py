"""The words of a note in their order, quoted ones as one."""

import re
from collections.abc import Sequence

from msgspec import Struct

from bot.language.lexicon import fold, table
from bot.language.note_kinds import Kind, is_cyrillic, is_figured, kind_of

_TOKEN = re.compile(
    r"[«“„\"](?P<quoted>[^«»“”„\"\n]{1,60})[»”“\"]"
    r"|\b(?i:number|\u043d\u043e\u043c\u0435\u0440) \d{1,5}\b"
    r"|[^\W_](?:[^\W_]|[-'’.&+#_](?=[^\W_]))*(?:\+\+|#)?"
    r"|(?:№\s?|#)\d{1,5}"
    r"|[&@]"
)
_INITIAL = re.compile(r"[A-Z\u0410-\u042f\u0401](?:\.[A-Z\u0410-\u042f\u0401])*\.?")

#: What stands where a value was read already.
_MASKED = ";;"

#: Employers with a number have few digits behind few capitals.
_LONGEST_NUMBER = 5
_LONGEST_SHORT = 5


class Token(Struct, frozen=True):
    """A word, or words in quotes; `gap` is the text between the word before and this one."""

    text: str
    start: int
    end: int
    gap: str = ""
    quoted: bool = False

    @property
    def key(self) -> str:
        """The word as the lists hold it."""
        return fold(self.text)

    @property
    def capital(self) -> bool:
        """Tell whether it begins with a capital letter."""
        return self.text[:1].isupper() or is_figured(self.text)

    @property
    def initial(self) -> bool:
        """Tell whether it is initials: J, A.B."""
        return bool(_INITIAL.fullmatch(self.text)) or (len(self.text) == 2 and self.text[1] == ".")

    @property
    def kind(self) -> Kind:
        """What it may be."""
        return Kind.NONE if self.quoted else kind_of(self.text)


def split_tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text in their order."""
    tokens: list[Token] = []
    last = 0
    parting = ""
    for match in _TOKEN.finditer(text):
        quoted, gap, typed = match["quoted"], parting + text[last : match.start()], match[0]
        if quoted and is_speech(quoted):
            parting, last = ";", match.end()
            continue
        parting = ""
        if text[match.end() : match.end() + 1] == "." and _is_shortened(typed, tokens):
            typed += "."
        last = match.start() + len(typed)
        tokens.append(Token(quoted or typed, match.start(), last, gap, quoted is not None))
    return tuple(tokens)


def is_speech(quoted: str) -> bool:
    """Tell whether words in quotes are what somebody said, and no name: "we will call you"."""
    if _MASKED in quoted:
        return True
    words = quoted.split()
    return len(words) > 1 and quoted[0].islower() and any(Kind.FILLER in kind_of(word) for word in words)


def _is_shortened(word: str, before: Sequence[Token]) -> bool:
    """Tell whether a full stop behind the word belongs to it: A. Petrov, dr. l. park, the Chekhov library."""
    if _INITIAL.fullmatch(word) or word in table("capture", "ru")["joiners"]["named_after"]:
        return True
    return len(word) == 1 and word.isalpha() and bool(before) and Kind.TITLE in before[-1].kind


def language_of(token: Token) -> str:
    """Return the language whose lists know the word."""
    return "ru" if is_cyrillic(token.text) else "en"


def numbers_a_company(before: Token, token: Token) -> bool:
    """Tell whether a number belongs to the word before it: school 114, PS 88, library №7, depot number 4."""
    if " " in token.text:
        return Kind.CLASS in before.kind
    if Kind.NUMBER not in token.kind or len(token.text) > _LONGEST_NUMBER or not token.text[-1].isdigit():
        return False
    if not token.text.isdigit() or Kind.CLASS in before.kind:
        return token.text[0] in "№#" or token.text.isdigit()
    short = before.text.isupper() and before.text.isalpha() and 1 < len(before.text) <= _LONGEST_SHORT
    return short and not before.kind & (Kind.FILLER | Kind.HEAD | Kind.MODIFIER | Kind.LEGAL | Kind.ARTICLE)
