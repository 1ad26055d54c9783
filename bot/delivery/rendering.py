"""Makes the screen of what is due: a push, or a digest of several that came due together."""

import gc
from collections.abc import Sequence

from bot.clock import Clock
from bot.delivery.decisions import Due
from bot.delivery.weekly import WeeklyDue
from bot.domain.review import Review
from bot.domain.sweep import Sweep
from bot.domain.users import User
from bot.domain.working_time import load_holidays
from bot.packs import Packs
from bot.texts import Catalogues, Texts
from bot.views import pause
from bot.views.beside import note
from bot.views.home import Item
from bot.views.push import digest, push
from bot.views.reader import Reader
from bot.views.review import review
from bot.views.screen import Screen
from bot.views.sweep import sweep


class Renderer:
    """Renders reminders for the dispatcher, with the facts of the moment."""

    def __init__(self, catalogues: Catalogues, packs: Packs, clock: Clock) -> None:
        self._catalogues = catalogues
        self._packs = packs
        self._clock = clock

    def warm_up(self) -> None:
        """Load all that is loaded on first use: done in a thread, it keeps nobody waiting.

        What is there by then stays, so the garbage collector need not look at it over and over: its rounds
        would hold up everybody for longer than anything here.
        """
        gc.freeze()
        today = self._clock.now().date()
        load_holidays()
        for language in self._catalogues.languages:
            self._catalogues.texts(language).day(today)
        for language in self._packs.languages:
            for name in self._packs.names(language):
                self._packs.template(name, language)
        gc.freeze()

    async def __call__(self, user: User, dues: Sequence[Due | WeeklyDue]) -> Screen:
        """Return the screen of one due step or weekly message, or the digest of several steps."""
        texts = self._catalogues.texts(user.language, user.zone)
        if len(dues) > 1:
            items = [Item(due.vacancy, due.step) for due in dues if isinstance(due, Due)]
            return digest(texts, items, pause.welcome(texts, user, self._clock.now()))
        (due,) = dues
        if isinstance(due, WeeklyDue):
            return _weekly(texts, due)
        reader = Reader(user, texts, self._packs, self._clock.now())
        said = note(texts, due.step, due.around)
        return push(reader, due.vacancy, due.step, late=due.late, repeat=due.repeat, note=said)


def _weekly(texts: Texts, due: WeeklyDue) -> Screen:
    match due.content:
        case Sweep():
            return sweep(texts, due.content, repeat=due.repeat)
        case Review():
            return review(texts, due.content, repeat=due.repeat)
