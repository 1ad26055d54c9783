"""What a handler works with: the services, and the session of one update.

An update's session is loaded under the user's lock, collects everything the handler changes and shows,
is committed in one transaction, and only then shown.
"""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

import msgspec
from telegram.ext import CallbackContext, ExtBot

from bot import planning, weekly
from bot.clock import Clock
from bot.domain.facts import Fact
from bot.domain.step import Step
from bot.domain.users import User
from bot.domain.vacancy import Vacancy
from bot.domain.working_time import WorkingTime
from bot.errors import NotFound, StaleButton
from bot.packs import Packs
from bot.planning import Reported
from bot.storage import Storage
from bot.storage.reminders import WeeklyPlans
from bot.storage.session import Conversation, Record, Replan, Work
from bot.texts import Catalogues, Texts
from bot.tips import Tips
from bot.views.reader import Reader
from bot.views.screen import Screen

D = TypeVar("D")

#: Databases keep identifiers in 64 bits.
_MOST = 2**63


async def _tell_nobody(_error: BaseException) -> None:
    """Leave an error to the log: no owner is known."""


@dataclass(frozen=True)
class Services:
    """Everything a handler may use, built once in the composition root."""

    storage: Storage
    catalogues: Catalogues
    packs: Packs
    tips: Tips
    clock: Clock
    #: Tells the dispatcher that plans have changed.
    wake: Callable[[], None] = lambda: None
    #: Reports an unexpected error to the bot's owner.
    tell_owner: Callable[[BaseException], Awaitable[None]] = _tell_nobody


class Dialog(msgspec.Struct, frozen=True):
    """Where the user stands in a multi-step dialog; one that was interrupted waits in `paused`."""

    name: str
    step: str
    draft: msgspec.Raw = msgspec.Raw(b"null")
    paused: "Dialog | None" = None

    def read(self, shape: type[D]) -> D:
        """Return the draft."""
        return msgspec.json.decode(self.draft, type=shape)


@dataclass
class Session:
    """One update: who sent it, what is to be changed, what is to be shown."""

    user: User
    now: datetime
    dialog: Dialog | None
    update_id: int | None = None
    is_new: bool = False
    #: The effects of this update are committed already.
    is_repeated: bool = False
    #: What made the handler fail in a way that asks for the update to come again.
    failure: BaseException | None = None
    shown: list[tuple[Screen, bool]] = field(default_factory=list)
    toast: str | None = None
    records: list[Record] = field(default_factory=list)
    replans: list[Replan] = field(default_factory=list)
    erase: bool = False
    _user_before: User | None = None
    _dialog_before: Dialog | None = None

    def __post_init__(self) -> None:
        """Remember what was loaded, to save only what has changed."""
        self._user_before = self.user
        self._dialog_before = self.dialog

    def step(self, name: str) -> str | None:
        """Return the step of the dialog with this name, None when the user is not in it."""
        return self.dialog.step if self.dialog and self.dialog.name == name else None

    def keep(self, name: str, draft: object) -> None:
        """Save the draft of a dialog; entering one puts another that is under way aside."""
        raw = msgspec.Raw(msgspec.json.encode(draft))
        if self.dialog and self.dialog.name == name:
            self.dialog = msgspec.structs.replace(self.dialog, draft=raw)
        else:
            self.dialog = Dialog(name, "", raw, paused=_without(self.dialog, name))

    def move(self, name: str, step: str) -> None:
        """Go to a step of a dialog."""
        if not (self.dialog and self.dialog.name == name):
            self.keep(name, None)
        if self.dialog:
            self.dialog = msgspec.structs.replace(self.dialog, step=step)

    def leave(self, name: str) -> None:
        """End a dialog; the one it interrupted is under way again."""
        if self.dialog and self.dialog.name == name:
            self.dialog = self.dialog.paused

    def discard(self) -> None:
        """Forget every change and screen: the handler failed."""
        self.shown.clear()
        self.records.clear()
        self.replans.clear()
        self.toast = None
        self.erase = False
        self.dialog = self._dialog_before
        if self._user_before:
            self.user = self._user_before

    def work(self) -> Work:
        """Return what is to be committed; a stranger is stored together with the first thing told."""
        is_met = self.is_new and bool(self.dialog or self.records)
        return Work(
            update_id=self.update_id,
            user_id=self.user.id,
            user=self.user if is_met or self.user != self._user_before else None,
            conversation=_stored(self.dialog, self.now),
            conversation_changed=self.dialog != self._dialog_before,
            records=self.records,
            replans=self.replans,
            weekly=self._weekly(),
            erase=self.erase,
        )

    def _weekly(self) -> WeeklyPlans | None:
        """Return the weekly messages to come, where a report or a setting may have changed them."""
        before = self._user_before or self.user
        anew = any(getattr(before, name) != getattr(self.user, name) for name in weekly.SETTINGS)
        return weekly.weekly_plans(self.user, self.now, anew=anew) if anew or self.records else None


def _without(dialog: Dialog | None, name: str) -> Dialog | None:
    """Return the dialogs under way less the one of this name: it is begun anew, so they never pile up."""
    if dialog is None or dialog.name == name:
        return dialog.paused if dialog else None
    return msgspec.structs.replace(dialog, paused=_without(dialog.paused, name))


def _stored(dialog: Dialog | None, now: datetime) -> Conversation | None:
    if dialog is None:
        return None
    return Conversation(name=dialog.name, step=dialog.step, draft=msgspec.json.encode(dialog), updated_at=now)


def restored(conversation: Conversation | None) -> Dialog | None:
    """Return the dialog as it was saved."""
    return msgspec.json.decode(conversation.draft, type=Dialog) if conversation else None


#: The session of the update that is being handled in this task.
CURRENT: ContextVar[Session] = ContextVar("session")


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """What every handler gets: typed services, the session, and the two verbs `show` and `say`."""

    @property
    def services(self) -> Services:
        """The services of the application."""
        return self.application.services  # type: ignore[attr-defined, no-any-return] # set by application.py

    @property
    def session(self) -> Session:
        """The session of this update."""
        return CURRENT.get()

    @property
    def user(self) -> User:
        """The user as this update leaves them."""
        return self.session.user

    @property
    def now(self) -> datetime:
        """The moment this update is handled at."""
        return self.session.now

    @property
    def today(self) -> date:
        """The day it is for the user."""
        return WorkingTime.of(self.user).user_day(self.now)

    @property
    def texts(self) -> Texts:
        """The texts in the user's language and zone."""
        return self.services.catalogues.texts(self.user.language, self.user.zone)

    def draft(self, shape: type[D]) -> D:
        """Return the draft of the dialog under way."""
        if self.session.dialog is None:
            raise LookupError("no dialog is under way")
        return self.session.dialog.read(shape)

    @property
    def reader(self) -> Reader:
        """The user as the reader of a screen."""
        return Reader(self.user, self.texts, self.services.packs, self.now)

    async def vacancy(self, vacancy_id: int, seq: int | None = None) -> Vacancy:
        """Return a vacancy of this user; raises StaleButton when its history has moved on from `seq`."""
        if not 0 < vacancy_id < _MOST:  # it came from a button, and no database takes it
            raise NotFound
        vacancy = await self.services.storage.vacancies.load(self.user.id, vacancy_id)
        if seq is not None and vacancy.seq != seq:
            raise StaleButton
        return vacancy

    def report(self, vacancy: Vacancy, *facts: Fact) -> Reported:
        """Log what the user reports about a vacancy; it is committed after the handler."""
        reported = planning.report(vacancy, self.user, self.now, *facts)
        self.session.records.append(reported.record)
        return reported

    def step_of(self, vacancy: Vacancy) -> Step | None:
        """Return the next step of a vacancy at this moment."""
        return planning.step_of(vacancy, self.user, self.now)

    def show(self, screen: Screen) -> None:
        """Show a screen in the place of the tapped message, or as a new one."""
        self.session.shown.append((screen, True))

    def say(self, screen: Screen) -> None:
        """Show a screen as a new message."""
        self.session.shown.append((screen, False))
