"""What a contact does at the employer's, and which kind of post a title names."""

from functools import cache, lru_cache

from bot.domain.vacancy import Role, RoleType
from bot.language.lexicon import fold, table
from bot.language.names import nominative
from bot.language.phrases import Phrases, split_words

_LANGUAGES = ("ru", "en")


@lru_cache(maxsize=4096)
def contact_role(phrase: str) -> Role | None:
    """Return the role that the words name, in any Russian case; None when they name none."""
    roles = _roles()
    typed = fold(phrase)
    if typed in roles or typed.isascii():
        return roles.get(typed)
    forms = (fold(nominative(typed, "ru", person=True)), fold(nominative(typed, "ru")))
    return next((roles[form] for form in forms if form in roles), None)


def role_type(position: str) -> RoleType | None:
    """Return the kind of post that changes the pace; None for an ordinary one."""
    kinds, phrases = _types()
    found = {kinds[hit.key] for hit in phrases.find(split_words(position))}
    return next((kind for kind in (RoleType.SENIOR, RoleType.RARE, RoleType.SALES) if kind in found), None)


@cache
def _roles() -> dict[str, Role]:
    return {
        fold(word): Role(name)
        for code in _LANGUAGES
        for name, entries in table("roles", code)["contact"].items()
        for word in entries
    }


@cache
def _types() -> tuple[list[RoleType], Phrases]:
    rows = [
        (RoleType(name), entry)
        for code in _LANGUAGES
        for name, entries in table("roles", code)["type"].items()
        for entry in entries
    ]
    return [kind for kind, _ in rows], Phrases(entry for _, entry in rows)
