"""The one user and vacancy that every measurement is about: an interview last Friday, a call on Wednesday."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.facts import ContactNamed, InterviewSet, Opened
from bot.domain.users import User
from bot.domain.vacancy import Contact, Interview
from bot.planning import Reported, opened
from bot.views.screen import Screen

#: A Monday morning that is still far off: nothing is due where our bot lives by the system's clock.
MONDAY = datetime(2037, 3, 2, 9, tzinfo=UTC)

USER = User(id=1, zone="Europe/Berlin", country="DE", name="Ann Poe", welcomed=True)


def told() -> Reported:
    """Return what the user's report leads to: an event, the next step, the reminder of it."""
    facts: tuple[Any, ...] = (
        Opened("Example Ltd", "Analyst"),
        ContactNamed(Contact(id=1, name="Jane Roe", phone="+4930123456", email="jane@example.org")),
        InterviewSet(Interview(starts_at=MONDAY - timedelta(days=3), contact_ids=(1,))),
    )
    return opened(1, USER, MONDAY, *facts)


def pushed() -> Screen:
    """Return the message that the reminder sends."""
    from bot.packs import Packs, locales_folder
    from bot.texts import Catalogues
    from bot.views.push import push
    from bot.views.reader import Reader

    reported = told()
    if reported.step is None:
        raise RuntimeError("the playbook has no step")
    texts = Catalogues.load(locales_folder()).texts(USER.language, USER.zone)
    reader = Reader(USER, texts, Packs.load(), reported.step.due)
    return push(reader, reported.vacancy, reported.step, late=False, repeat=False)
