"""The parts of a note settled into one company, one position and one person."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.vacancy import Role
from bot.language.lexicon import table
from bot.language.morphology import is_known, may_be
from bot.language.names import cases_after, nominative
from bot.language.note_chunks import Intro, joiners
from bot.language.note_kinds import Kind
from bot.language.note_parts import Part, PartKind
from bot.language.note_roles import contact_role
from bot.language.note_sifting import sifted
from bot.language.note_words import Token

_LONGEST_GUESS = 4
#: A part of this weight is named as what it is: "at", "position", quotes, a legal form.
_LABELLED = 4


class Named(Struct, frozen=True, kw_only=True):
    """Who and what a note names; `doubtful` fields rest on a guess."""

    company: str | None = None
    position: str | None = None
    person: str | None = None
    role: Role | None = None
    doubtful: tuple[str, ...] = ()


def settle(parts: Sequence[Part], language: str, *, letter: bool = False) -> Named:
    """Return the likeliest company, position and person; a guess is made only where the note reads as one.

    `letter`: the employer speaks, so that only what is beyond doubt is taken.
    """
    parts = sifted([part for part in parts if not _is_doubtful(part, letter=letter)])
    company = _best(parts, PartKind.COMPANY)
    position = _best(parts, PartKind.POSITION)
    person = _best(parts, PartKind.PERSON)
    role = _best(parts, PartKind.ROLE)
    either = _best(parts, PartKind.ROLE_OR_POSITION)
    if either:
        position, role = (position, role or either) if position else (either, role)
    guessed = _Guesses(parts, {"company": company, "position": position, "person": person})
    chosen = guessed.fill()
    if chosen["position"] and not chosen["company"]:
        chosen |= _named_by_a_trade(parts, chosen["position"])
    agency = any(part.chunk.intro is Intro.AGENCY for part in parts)
    return Named(
        company=_company(chosen["company"], language),
        position=_position(chosen["position"], language),
        person=_person(chosen["person"], language),
        role=(contact_role(_text(role.tokens)) if role else None) or (Role.AGENCY if agency else None),
        doubtful=tuple(name for name, part in chosen.items() if part and part in guessed.open),
    )


def _named_by_a_trade(parts: Sequence[Part], first: Part) -> dict[str, Part | None]:
    """Return the company that is called by a trade, where another is the position: Boatman, mechanic."""
    others = [part for part in parts if part.kind is PartKind.POSITION and part is not first]
    named = first.capital and len(first.tokens) == 1 and first.chunk.alone and first.chunk.plain
    if named and others and not any(part.capital for part in others):
        return {"company": first, "position": others[0]}
    return {}


def _is_doubtful(part: Part, *, letter: bool) -> bool:
    """Tell whether a part of running text is too weak to be taken."""
    mentioned = contact_role(_text(part.tokens)) is not None and part.kind is PartKind.POSITION
    if len(part.tokens) > 1 and part.chunk.ended_by in joiners("of_jobs"):
        mentioned = False  # sales manager interview
    if mentioned and not part.chunk.plain and part.chunk.intro is Intro.NONE and part.weight < _LABELLED:
        return True
    if not letter:
        return False
    full_name = part.kind is PartKind.PERSON and len(part.tokens) > 1
    return not full_name and part.weight < _LABELLED


class _Guesses:
    """Open parts put into the fields that are still empty."""

    def __init__(self, parts: Sequence[Part], chosen: dict[str, Part | None]) -> None:
        self.chosen = chosen
        self.open = [part for part in parts if part.kind is PartKind.OPEN and _may_be_data(part)]

    def fill(self) -> dict[str, Part | None]:
        """Return the fields, filled as far as the open parts allow."""
        for part in [part for part in self.open if part.capital]:
            self._take_capital(part)
        for part in [part for part in self.open if not part.capital]:
            self._take_small(part)
        return self.chosen

    def _take_capital(self, part: Part) -> None:
        others = [other for other in self.open if other is not part and other.capital]
        expected = (part.chunk.intro is Intro.CONTACT and _is_declined(part)) or all(
            token.kind & (Kind.NAME | Kind.WEAK_NAME | Kind.SURNAME) for token in part.tokens
        )
        person = self.chosen["company"] or (expected and others)
        if not self.chosen["person"] and person and _may_be_person(part) and not self._leads_to_a_job(part):
            self.chosen["person"] = part
        elif not self.chosen["company"]:
            self.chosen["company"] = part
        elif not self.chosen["position"] and self.chosen["person"] and part.chunk.alone and part.chunk.plain:
            self.chosen["position"] = part

    def _leads_to_a_job(self, part: Part) -> bool:
        """Tell whether a job title follows in the same chunk: Sail loft apprentice."""
        job = self.chosen["position"]
        return job is not None and job.chunk == part.chunk and part.tokens[0].start < job.tokens[0].start

    def _take_small(self, part: Part) -> None:
        job = part.chunk.intro is Intro.COMPANY_OR_POSITION and Kind.MODIFIER in part.tokens[0].kind
        if job and len(part.tokens) > 1 and not self.chosen["position"] and self.chosen["company"]:
            self.chosen["position"] = part
        if not part.chunk.plain or len(part.tokens) > _LONGEST_GUESS or part.chunk.intro is not Intro.NONE:
            return
        known = [name for name in ("company", "position", "person") if self.chosen[name]]
        if not known:
            return
        of_work = Kind.MODIFIER in part.tokens[0].kind and Kind.CLASS not in part.tokens[-1].kind
        if not self.chosen["company"] and part.chunk.alone and not (of_work and not self.chosen["position"]):
            self.chosen["company"] = part
        elif not self.chosen["position"]:
            self.chosen["position"] = part


def _best(parts: Sequence[Part], kind: PartKind) -> Part | None:
    """Return the part of this kind with the highest weight, of equal ones the first."""
    return max((part for part in parts if part.kind is kind), key=lambda part: part.weight, default=None)


def _is_declined(part: Part) -> bool:
    """Tell whether a name after a preposition ends as a person's does; a foreign firm's does not."""
    cases = cases_after(part.chunk.word)
    words = [token.text for token in part.tokens]
    return len(words) == 1 or not cases or any(may_be(word, case) for word in words for case in cases)


def _may_be_data(part: Part) -> bool:
    """Tell whether an open part can be a value at all."""
    first = part.tokens[0]
    begins = first.start == 0 or bool(set(".!?\n") & set(first.gap))
    alone = len(part.chunk.tokens) == 1 and part.chunk.ended_by not in joiners("of_companies")
    if begins and first.capital and not part.chunk.plain and alone:
        return False
    if Kind.TITLE in first.kind and len(part.tokens) == 1:
        return False
    street = (
        part.chunk.intro is Intro.COMPANY_OR_POSITION
        and Kind.MODIFIER in first.kind
        and len(part.tokens) == 1
    )
    return (
        not street
        and part.chunk.intro not in (Intro.PLACE, Intro.AGENCY)
        and any(token.text[:1].isalpha() or token.capital for token in part.tokens)
    )


def _may_be_person(part: Part) -> bool:
    if part.chunk.intro not in (Intro.NONE, Intro.CONTACT, Intro.COMPANY_OR_CONTACT):
        return False
    return (
        len(part.tokens) <= 3
        and not all(map(_is_thing, part.tokens))
        and all(
            token.capital
            and not token.quoted
            and Kind.BRAND not in token.kind
            and not (token.text.isupper() and len(token.text) < 4 and not token.initial)
            for token in part.tokens
        )
    )


def _is_thing(token: Token) -> bool:
    """Tell whether the word is a thing of the dictionary, or no word at all: Параллель, Танк&Ко."""
    if not token.text.replace("-", "").replace("'", "").replace(".", "").isalpha():
        return True
    namelike = Kind.NAME | Kind.WEAK_NAME | Kind.SURNAME | Kind.PATRONYMIC
    return not token.text.isascii() and is_known(token.text) and not token.kind & namelike


def _company(part: Part | None, language: str) -> str | None:
    if part is None:
        return None
    tokens = part.tokens
    weak = {word for code in ("ru", "en") for word in table("capture", code)["joiners"]["weak_class"]}
    if len(tokens) > 1 and tokens[0].key in weak and (tokens[1].capital or tokens[1].quoted):
        tokens = tokens[1:]
    if len(tokens) == 1 and tokens[0].quoted:
        return tokens[0].text
    if tokens[0].key in joiners("sole_traders"):
        return _text((tokens[0], *(_owner(token, part) for token in tokens[1:])))
    cases = cases_after(part.chunk.word) if tokens[0] is part.chunk.tokens[0] else ()
    if part.chunk.intro is Intro.CONTACT:
        cases = (*cases, "gent")  # behind the role of its owner, or where somebody is from
    return nominative(_text(tokens), language, cases=cases) if cases else _text(tokens)


def _owner(token: Token, part: Part) -> Token:
    """Return the owner's name in the nominative, where it stands in another case."""
    if may_be(token.text, "Surn", "nomn"):
        return token
    cases = cases_after(part.chunk.word)
    return replace(token, text=nominative(token.text, "ru", cases=cases, person=True))


def _position(part: Part | None, language: str) -> str | None:
    if part is None:
        return None
    text = _text(part.tokens)
    first_of_sentence = part.tokens[0].text.istitle() and not any(token.capital for token in part.tokens[1:])
    text = text[:1].lower() + text[1:] if first_of_sentence else text
    return nominative(text, language, cases=_position_cases(part), person=True)


def _position_cases(part: Part) -> tuple[str, ...]:
    return ("accs", "gent") if part.chunk.intro is Intro.COMPANY_OR_POSITION else ()


def _person(part: Part | None, language: str) -> str | None:
    if part is None:
        return None
    names = [token.text.title() if token.text.islower() else token.text for token in part.tokens]
    return nominative(_joined(part.tokens, names), language, cases=cases_after(part.chunk.word), person=True)


def _text(tokens: Sequence[Token]) -> str:
    """Return the words as typed, quotes kept where something stands outside them."""
    quoted = len(tokens) > 1
    return _joined(tokens, [f"«{token.text}»" if token.quoted and quoted else token.text for token in tokens])


def _joined(tokens: Sequence[Token], words: Sequence[str]) -> str:
    """Return the words with spaces between them, and the full stop of a short form: St. Mary's."""
    stops = (". " if token.gap.startswith(".") else " " for token in tokens[1:])
    return words[0] + "".join(stop + word for stop, word in zip(stops, words[1:], strict=True))
