"""Tips: short cards with the figures behind the rules, and which of them matters at a moment.

`tips.toml` in the folder of texts holds their order, rules and moments, `<language>/tips.toml` their words.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from bot.domain.step import Step
from bot.domain.vacancy import Role, RoleType, Technique, Vacancy

#: What has been logged when it is no outcome.
INTERVIEW = "interview"


class When(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A moment at which a tip matters; everything that is said has to hold."""

    #: What has just been logged: INTERVIEW, or outcomes.
    after: tuple[str, ...]
    ahead: bool | None = None
    promised: bool | None = None
    alone: bool | None = None
    kinds: tuple[RoleType, ...] | None = None
    contacts: tuple[Role, ...] | None = None
    techniques: tuple[Technique, ...] | None = None
    silent_days: int | None = None
    from_stage: int | None = None


class Tip(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One tip: the rules it carries, and the moments it comes at by itself, any of them."""

    id: str
    rules: tuple[str, ...]
    when: tuple[When, ...]


class TipWords(Struct, frozen=True, forbid_unknown_fields=True):
    """A tip in one language, as plain text."""

    title: str
    text: str


class Moment(Struct, frozen=True, kw_only=True):
    """What there is to know about a vacancy when something has just been logged about it."""

    logged: str
    ahead: bool = False
    promised: bool = False
    alone: bool = False
    kind: RoleType = RoleType.ORDINARY
    contacts: frozenset[Role] = frozenset()
    technique: Technique | None = None
    silent_days: int = 0
    stage: int = 1


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    tip: tuple[Tip, ...]


class Tips:
    """Every tip, in the order in which they are read, and its words in every language."""

    def __init__(self, tips: Iterable[Tip], words: Mapping[str, Mapping[str, TipWords]]) -> None:
        self._tips = {tip.id: tip for tip in tips}
        self._words = words

    @classmethod
    def load(cls, folder: Path) -> "Tips":
        """Read the tips of a folder of languages; raises ValueError for a file of another shape."""
        tips = msgspec.toml.decode((folder / "tips.toml").read_bytes(), type=_File).tip
        words = {
            path.parent.name: msgspec.toml.decode(path.read_bytes(), type=dict[str, TipWords])
            for path in sorted(folder.glob("*/tips.toml"))
        }
        return cls(tips, words)

    @property
    def all(self) -> tuple[Tip, ...]:
        """The tips in their order."""
        return tuple(self._tips.values())

    @property
    def words(self) -> Mapping[str, Mapping[str, TipWords]]:
        """The words by language and by the tip's id."""
        return self._words

    def find(self, tip_id: str) -> Tip | None:
        """Return the tip with this id."""
        return self._tips.get(tip_id)


def moment_of(vacancy: Vacancy, step: Step | None, logged: str, now: datetime, others: int) -> Moment:
    """Return the moment of a vacancy that something was logged about; `others` are open beside it."""
    silent_since = vacancy.silent_since(now)
    return Moment(
        logged=logged,
        ahead=vacancy.interview is not None and vacancy.interview.starts_at > now,
        promised=vacancy.promise is not None,
        alone=not others,
        kind=vacancy.role_type,
        contacts=frozenset(contact.role for contact in vacancy.contacts),
        technique=step.technique if step else None,
        silent_days=(now - silent_since).days if silent_since else 0,
        stage=vacancy.stage,
    )


def tip_for(tips: Iterable[Tip], moment: Moment, seen: Collection[str]) -> Tip | None:
    """Return the tip that says most about a moment, the first of equals; one that was seen is left out."""
    fits = [(_weight(tip, moment), tip) for tip in tips if tip.id not in seen]
    weight, best = max(fits, key=lambda fit: fit[0], default=(0, None))
    return best if weight else None


def _weight(tip: Tip, moment: Moment) -> int:
    """Return how much a tip says about a moment; 0: it does not fit."""
    return max((_said(when) for when in tip.when if _holds(when, moment)), default=0)


def _said(when: When) -> int:
    return sum(value is not None for value in msgspec.structs.astuple(when))


def _holds(when: When, moment: Moment) -> bool:
    return (
        moment.logged in when.after
        and when.ahead in {None, moment.ahead}
        and when.promised in {None, moment.promised}
        and when.alone in {None, moment.alone}
        and (when.kinds is None or moment.kind in when.kinds)
        and (when.contacts is None or not moment.contacts.isdisjoint(when.contacts))
        and (when.techniques is None or moment.technique in when.techniques)
        and moment.silent_days >= (when.silent_days or 0)
        and moment.stage >= (when.from_stage or 1)
    )
