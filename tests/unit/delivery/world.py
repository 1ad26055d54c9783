"""A small world around a dispatcher: a real storage, a real bot, and a Telegram that does as it is told."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from telegram.ext import ExtBot
from telegram.request import BaseRequest, RequestData

from bot.delivery.courier import Render
from bot.delivery.decisions import Due
from bot.delivery.dispatcher import Dispatcher, Options
from bot.delivery.outbox import Outbox
from bot.delivery.pacing import Pacing
from bot.delivery.weekly import WeeklyDue
from bot.domain.facts import ContactNamed, InterviewSet, Opened
from bot.domain.step import Step
from bot.domain.users import User
from bot.domain.vacancy import Contact, Interview, Vacancy
from bot.planning import opened
from bot.storage import Storage
from bot.storage.session import Work
from bot.views.screen import Button, Screen

#: A Monday morning in Berlin; the interview was on the Friday before.
TOLD = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
INTERVIEW = TOLD - timedelta(days=3)
#: When the first reminder of `told` is due, and the one after it.
DUE = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)
NEXT_DUE = datetime(2027, 3, 12, 9, 0, tzinfo=UTC)
CALL = "call:interview:1:20270226T100000"
TRIAL_CLOSE = "trial_close:closing:2027-03-12"


class FakeTelegram(BaseRequest):
    """Notes the messages it takes; `before` and `after` may raise, before and after a message is taken."""

    def __init__(self) -> None:
        self.taken: list[tuple[int, str]] = []
        self.asked: list[dict[str, Any]] = []
        self.before: Callable[[dict[str, Any]], None] = lambda message: None
        self.after: Callable[[dict[str, Any]], None] = lambda message: None

    @property
    def read_timeout(self) -> float | None:
        return 5

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(  # noqa: PLR0917 - the base class names these parameters
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = None,
        write_timeout: object = None,
        connect_timeout: object = None,
        pool_timeout: object = None,
    ) -> tuple[int, bytes]:
        assert (method, url.rpartition("/")[2]) == ("POST", "sendMessage")
        assert request_data
        message: dict[str, Any] = request_data.parameters
        self.asked.append(message)
        self.before(message)
        self.taken.append((message["chat_id"], message["text"]))
        self.after(message)
        chat = {"id": message["chat_id"], "type": "private"}
        result = {"message_id": len(self.taken), "date": 0, "chat": chat, "text": message["text"]}
        return 200, json.dumps({"ok": True, "result": result}).encode()

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.taken]


class World:
    """A dispatcher with everything around it, and Telegram's limits out of the way.

    `told` holds what the owner was told.
    """

    def __init__(
        self, storage: Storage, options: Options | None = None, warm_up: Callable[[], None] | None = None
    ) -> None:
        self.storage = storage
        self.telegram = FakeTelegram()
        self.pacing = Pacing(second=0)
        self.told: list[str] = []
        bot = ExtBot("1:A", request=self.telegram, rate_limiter=self.pacing)
        self.render: Render = self.lines
        outbox = Outbox(bot, self.pacing, self.report)
        self.dispatcher = Dispatcher(storage, outbox, self._render, options, warm_up)

    async def report(self, text: str) -> None:
        self.told.append(text)

    async def _render(self, user: User, due: Sequence[Due | WeeklyDue]) -> Screen:
        return await self.render(user, due)

    async def lines(self, user: User, due: Sequence[Due | WeeklyDue]) -> Screen:
        """Return a screen that says what it was made of."""
        steps = [one for one in due if isinstance(one, Due)]
        lines = sorted(f"{one.vacancy.company}{' late' * one.late}{' again' * one.repeat}" for one in steps)
        keyboard = ((Button("Done", data="done"),),)
        return Screen(text=f"<b>{user.id}</b>: {', '.join(lines)}", keyboard=keyboard)

    async def told_of(self, company: str, user: User, vacancy_id: int, now: datetime = TOLD) -> Vacancy:
        """Let a user tell of an interview on Friday: a call is due on Wednesday."""
        facts = (
            Opened(company),
            ContactNamed(Contact(id=1, name="Ann", phone="+4930123456", email="ann@example.org")),
            InterviewSet(Interview(starts_at=INTERVIEW, contact_ids=(1,))),
        )
        reported = opened(vacancy_id, user, now, *facts)
        assert isinstance(reported.step, Step)
        work = Work(update_id=None, user_id=user.id, user=user, records=[reported.record])
        await self.storage.sessions.commit(work, now)
        return reported.vacancy

    async def rows(self) -> list[tuple[str, str, int, int]]:
        """Return key, state, attempt and ambiguous of every reminder that stands."""
        (rows,) = [await self.storage.users.export(1)]
        return [
            (row["key"], row["state"], row["attempt"], row["ambiguous"])
            for row in rows["reminders"]
            if row["replaced_by_event"] is None
        ]


def user(user_id: int = 1) -> User:
    return User(id=user_id, zone="Europe/Berlin", country="DE", welcomed=True)
