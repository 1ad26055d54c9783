"""The next step of a vacancy: what, when, to whom, how, and why."""

from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct

from bot.domain.vacancy import Channel, Technique

#: How many touches a stage has before the playbook proposes to stop (R21, C1).
TOUCH_LIMIT = 5


class Reason(Struct, frozen=True):
    """One rule that speaks for a step, with the facts it rests on.

    `facts` fill the text `why.<rule>` and carry values only: dates, moments, counts.
    """

    rule: str
    facts: Mapping[str, date | datetime | int | str] = {}


class Step(Struct, frozen=True, kw_only=True):
    """The one next step of a vacancy."""

    technique: Technique
    #: When it is to be done and the reminder comes; aware, UTC, within the allowed hours, never before `now`.
    due: datetime
    #: When the advice changes if nothing is reported until then; None: it stays.
    until: datetime | None = None
    channel: Channel | None = None
    contact_id: int | None = None
    #: Number of this touch in the stage, 1…TOUCH_LIMIT; 0 for a step that is not a touch.
    touch: int = 0
    why: tuple[Reason, ...] = ()
    #: What the step counts from (the promised day, …): with the technique it names one silence.
    anchor: str

    @property
    def key(self) -> str:
        """The name of this step within its vacancy: one reminder is pushed for each."""
        return f"{self.technique}:{self.anchor}"

    def rests_on(self, rule: str) -> bool:
        """Tell whether a rule is among the reasons."""
        return any(reason.rule == rule for reason in self.why)
