"""What stories are played on: the whole bot on one database over one in-memory Telegram, and its people."""

import logging
import re
from contextlib import AsyncExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from chat_driver import ANNA, EMMA, Chat, Shown
from msgspec import Struct

from bot.application import BotApplication, build_application
from bot.clock import SettableClock
from bot.config import Settings
from bot.delivery.pacing import Pacing
from bot.packs import locales_folder
from bot.sandbox.request import SandboxRequest
from bot.sandbox.telegram import InMemoryTelegram
from bot.storage import Storage, open_storage
from bot.storage.crypto import Cipher
from bot.texts import Catalogues, Texts

#: A Thursday: three in the afternoon in Moscow, one in London.
NOW = datetime(2026, 7, 9, 12, 0, tzinfo=UTC)
CATALOGUES = Catalogues.load(locales_folder())

#: Every kind of thing that belongs to a user, and how its rows are told.
TABLES = ("users", "vacancies", "events", "reminders", "conversations", "handled_updates")


class Person(Struct, frozen=True):
    """Somebody who talks to the bot, in one language."""

    user_id: int
    language: str
    name: str
    zone: str
    city: str
    company: str
    position: str
    contact: str
    phone: str

    @property
    def texts(self) -> Texts:
        """The catalogue in the person's language and zone."""
        return CATALOGUES.texts(self.language, self.zone)

    def text(self, key: str, **values: object) -> str:
        """Return a text of a screen as it is read: without its HTML."""
        return re.sub(r"<[^>]+>", "", self.texts.plain(key, **values))

    def label(self, key: str, **values: object) -> str:
        """Return the label of a button."""
        return self.texts.plain(key, **values)


RUSSIAN = Person(
    user_id=ANNA,
    language="ru",
    name="Анна Ковалёва",
    zone="Europe/Moscow",
    city="Москва",
    company="Вектор",
    position="аналитик",
    contact="Ольга Петровна Смирнова",
    phone="+7 900 123-45-67",
)
ENGLISH = Person(
    user_id=EMMA,
    language="en",
    name="Emma Clarke",
    zone="Europe/London",
    city="London",
    company="Acme",
    position="sales manager",
    contact="Jane Roe",
    phone="+44 20 7946 0958",
)
PEOPLE = {person.language: person for person in (RUSSIAN, ENGLISH)}


class Errors(logging.Handler):
    """Keeps what the bot logs as an error: a story has none unless it is about one."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(self.format(record))

    def take(self) -> list[str]:
        """Return what was logged and forget it: it was expected."""
        found, self.found = self.found, []
        return [entry.partition("\n")[0] for entry in found]


class Scene:
    """The bot, its Telegram and its clock; `restart` is a new process on the same database."""

    def __init__(
        self, telegram: InMemoryTelegram, clock: SettableClock, errors: Errors, url: str, cipher: Cipher
    ) -> None:
        self.telegram = telegram
        self.clock = clock
        self.errors = errors
        self._url = url
        self._cipher = cipher
        self._chats: list[Chat] = []
        self._running = AsyncExitStack()
        self.storage: Storage
        self.application: BotApplication

    async def start(self) -> None:
        """Start the bot."""
        self.storage = await self._running.enter_async_context(open_storage(self._url, self._cipher))
        settings = Settings(bot_token="1:sandbox", database_url=self._url, key_file=Path("unused"))
        request = SandboxRequest(self.telegram)
        self.application = build_application(settings, self.storage, self.clock, request, unhurried())
        await self._running.enter_async_context(self.application)
        await self.application.post_init(self.application)
        for chat in self._chats:
            chat.application = self.application

    async def stop(self) -> None:
        """Stop the bot."""
        await self._running.aclose()

    async def restart(self) -> None:
        """End the process and start another one."""
        await self.stop()
        await self.start()

    def chat(self, person: Person, chat_id: int | None = None) -> Chat:
        """Return a person's chat with the bot."""
        chat = Chat(self.telegram, self.application, person.user_id, chat_id)
        self._chats.append(chat)
        return chat

    async def dispatch(self) -> int:
        """Let the dispatcher do what is due at this moment."""
        return await self.application.dispatcher.run_once(self.clock.now())

    async def next_reminder(self) -> datetime:
        """Move the clock to the next reminder that is really sent; return its moment."""
        before = len(self.telegram.called("sendMessage"))
        while len(self.telegram.called("sendMessage")) == before:
            due = await self.application.dispatcher.next_due()
            assert due is not None, "no reminder is pending"
            self.clock.move_to(due)
            await self.dispatch()
        return self.clock.now()

    async def wait_until(self, moment: datetime) -> int:
        """Let the bot run until a moment; return how many messages it sent meanwhile."""
        before = len(self.telegram.called("sendMessage"))
        while (due := await self.application.dispatcher.next_due()) and due <= moment:
            self.clock.move_to(due)
            await self.dispatch()
        self.clock.move_to(moment)
        return len(self.telegram.called("sendMessage")) - before

    async def rows(self, table: str) -> list[tuple[object, ...]]:
        """Return every row of a table, as it stands in the database."""
        rows = await self.storage.database._run(
            lambda connection: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
        )
        return [tuple(row) for row in rows]

    async def snapshot(self, *tables: str) -> dict[str, list[tuple[object, ...]]]:
        """Return the rows of the tables, by default of all that belong to users."""
        return {table: await self.rows(table) for table in tables or TABLES}


def unhurried() -> Pacing:
    """Return a pacing without waits: Telegram's limits a second are of no interest to a story."""
    return Pacing(second=0)


async def introduce(chat: Chat, person: Person, *, tips: bool = False, weekly: bool = False) -> None:
    """Answer the first questions; a tip or a weekly message would be in the way of most stories."""
    await chat.send("/start")
    await chat.send(person.name)
    if person.language == "ru":
        await chat.click("рада встрече (она)")
    await chat.send(person.city)
    await chat.click(person.label("button.right"))
    if not tips:
        await chat.send("/tips")
        await chat.click(person.label("button.tips_are_on"))
        await chat.click(person.label("button.today"))
    if not weekly:
        await chat.send("/settings")
        for name in ("sweep", "review"):
            await chat.click(person.label(f"setting.{name}"))
            await chat.click(person.label("switch.off"))
        await chat.click(person.label("button.today"))


async def tell(
    chat: Chat,
    person: Person,
    *,
    company: str | None = None,
    position: str | None = None,
    when: str = "2026-07-09 11:00",
    role: str | None = "hr",
    name: str | None = None,
    phone: str | None = None,
    email: str | None = None,
    stage: int = 1,
    kind: str = "ordinary",
    tests: str | None = None,
    promise: date | None = None,
    who: str = "employer",
    channel: str = "phone",
) -> None:
    """Log an interview that is over, answering every question; what is None is skipped."""
    skip = person.label("button.skip")
    await chat.send("/interview")
    await chat.send(company or person.company)
    await chat.send(when)
    await chat.send(position or person.position)
    if role is None:
        await chat.click(skip)
    else:
        await chat.click(person.label(f"role.{role}"))
        for typed in (name, phone, email):
            await (chat.send(typed) if typed else chat.click(skip))
    await chat.click(str(stage))
    await chat.click(person.label(f"role_type.{kind}"))
    await chat.click(person.label(f"button.{tests}") if tests else skip)
    if promise is None:
        await chat.click(person.label("promise_day.none"))
        return
    await chat.send(promise.isoformat())
    await chat.click(person.label(f"who.{who}"))
    await chat.click(person.label(f"channel.{channel}"))


async def tell_fully(chat: Chat, person: Person, **answers: object) -> None:
    """Log an interview with a contact who has a name, a number and an address."""
    known = {"name": person.contact, "phone": person.phone, "email": "hr@vector.example"}
    await tell(chat, person, **(known | answers))


async def tell_ahead(
    chat: Chat,
    person: Person,
    *,
    company: str | None = None,
    when: str = "2026-07-14 15:00",
    phone: str | None = None,
    email: str | None = None,
) -> None:
    """Log an interview to come, with somebody of HR whose name is known and what is given here."""
    await chat.send("/interview")
    for typed in (company or person.company, when, person.position):
        await chat.send(typed)
    await chat.click(person.label("role.hr"))
    for known in (person.contact, phone, email):
        await (chat.send(known) if known else chat.click(person.label("button.skip")))
    await chat.click(person.label("button.enough"))


def labels(shown: Shown) -> list[str]:
    """Return the labels of all buttons of a message."""
    return [label for row in shown.buttons for label in row]


def local(person: Person, moment: datetime) -> str:
    """Return a moment on the person's clock, to be compared: "2026-07-09 17:00 Thu"."""
    return f"{moment.astimezone(ZoneInfo(person.zone)):%Y-%m-%d %H:%M %a}"


HOUR, DAY = timedelta(hours=1), timedelta(days=1)
