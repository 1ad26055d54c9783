"""The home screen and the lists of vacancies."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from markupsafe import Markup
from msgspec import Struct

from bot.callbacks import Go, Nav, Open, Page
from bot.domain.no_show import is_unmet
from bot.domain.step import Step
from bot.domain.users import User
from bot.domain.vacancy import Vacancy
from bot.texts import Texts, live_moment
from bot.views import parts, pause
from bot.views.reader import Reader
from bot.views.screen import Rows, Screen, button, rows
from bot.views.settings import place_label

#: Vacancies on one page of a list.
PAGE = 8
_OVERDUE = timedelta(hours=1)


class Item(Struct, frozen=True):
    """A vacancy with its next step."""

    vacancy: Vacancy
    step: Step | None
    #: When the step was first due.
    since: datetime | None = None


def today(
    reader: Reader, items: Sequence[Item], resume: str | None = None, heading: str = "today.title"
) -> Screen:
    """Show what is overdue, due today and waited for, most urgent first; `resume`: an unfinished dialog."""
    texts, now = reader.texts, reader.now
    banner = pause.banner_of(texts, reader.user, now)
    back: Rows = ((pause.back_button(texts),),) if banner else ()
    menu = (*back, *_menu(texts, resume))
    if not items:
        return Screen(text=parts.joined(texts(heading), banner, texts("today.empty")), keyboard=menu)
    ordered = sorted(items, key=lambda item: (item.step is None, _since(item, now)))
    left, ordered = len(ordered[PAGE:]), ordered[:PAGE]  # more would not fit one message
    groups: dict[str, list[Markup]] = {"today.overdue": [], "today.due": [], "today.waiting": []}
    for item in ordered:
        groups[_urgency(item, now)].append(_line(texts, item, now))
    blocks = [[texts(key), Markup("\n\n").join(lines)] for key, lines in groups.items() if lines]
    hint = texts("today.only_one") if len(items) == 1 else None  # R11: run several
    if left:
        hint = texts.count("today.more", left)
    opening = rows((button(parts.plain_title(texts, i.vacancy), Open(i.vacancy.id)) for i in ordered), 1)
    return Screen(text=parts.joined(texts(heading), banner, *blocks, hint), keyboard=(*opening, *menu))


def invitation(texts: Texts, user: User) -> Screen:
    """Invite to log the first interview."""
    zone = (
        texts("invitation.zone", place=place_label(texts, user.zone))
        if user.zone
        else texts("invitation.no_zone")
    )
    log = button(texts.plain("button.log_interview"), Go("interview"))
    settings = button(texts.plain("button.settings"), Go("settings"))
    return Screen(text=parts.joined(texts("invitation.text"), zone), keyboard=((log,), (settings,)))


def vacancies(texts: Texts, items: Sequence[Item], now: datetime, page: int, *, closed: bool) -> Screen:
    """Show one page of the active or the closed vacancies, each with the silence so far."""
    pages = max(1, -(-len(items) // PAGE))
    page = min(max(page, 0), pages - 1)
    part = items[page * PAGE : (page + 1) * PAGE]
    heading = texts("vacancies.closed" if closed else "vacancies.active", n=len(items))
    lines = [listed(texts, item.vacancy, now) for item in part] or [texts("vacancies.none")]
    opening = rows((button(parts.plain_title(texts, i.vacancy), Open(i.vacancy.id)) for i in part), 1)
    turning = tuple(
        button(texts.plain(key), Page(int(closed), target))
        for key, target in (("button.previous", page - 1), ("button.next", page + 1))
        if 0 <= target < pages
    )
    other = button(
        texts.plain("button.active_ones" if closed else "button.closed_ones"), Page(int(not closed), 0)
    )
    home = button(texts.plain("button.today"), Go("today"))
    lessons = ((button(texts.plain("button.lessons"), Go("lessons")),),) if closed else ()
    keyboard = (*opening, *((turning,) if turning else ()), *lessons, (other, home))
    return Screen(text=parts.joined(heading, lines), keyboard=keyboard)


def _urgency(item: Item, now: datetime) -> str:
    if item.step is None or item.step.due > now + timedelta(hours=12):
        return "today.waiting"
    return "today.due" if _since(item, now) > now - _OVERDUE else "today.overdue"


def _since(item: Item, now: datetime) -> datetime:
    return item.since or (item.step.due if item.step else now)


def _line(texts: Texts, item: Item, now: datetime) -> Markup:
    name = parts.title(texts, item.vacancy)
    if item.step is None:
        return texts("today.line_done", name=name)
    what = parts.step_name(texts, item.vacancy, item.step)
    when = texts("step.now") if item.step.due <= now else live_moment(texts, item.step.due)
    return texts("today.line", name=name, what=what, when=when)


def listed(texts: Texts, vacancy: Vacancy, now: datetime) -> Markup:
    """Return a vacancy as a line of a list, with the silence so far."""
    name = parts.title(texts, vacancy)
    if vacancy.is_closed:
        return texts("vacancies.line_closed", name=name, status=texts.plain(f"status.{vacancy.status}"))
    silent = silence_of(vacancy, now)
    if silent is None:
        key = "vacancies.line_unmet" if is_unmet(vacancy) else "vacancies.line_ahead"
        return texts(key, name=name)
    if silent == 0:
        return texts("vacancies.line_fresh", name=name)
    return texts.count("vacancies.line_silent", silent, name=name)


def silence_of(vacancy: Vacancy, now: datetime) -> int | None:
    """Return the whole days since the employer was last heard; None before the first interview."""
    since = vacancy.silent_since(now)
    return None if since is None else max(0, (now - since).days)


def _menu(texts: Texts, resume: str | None) -> Rows:
    going_on = ((button(texts.plain("button.resume", what=resume), Nav("any", "resume")),),) if resume else ()
    return (
        *going_on,
        (button(texts.plain("button.log_interview"), Go("interview")),),
        (
            button(texts.plain("button.vacancies"), Go("vacancies")),
            button(texts.plain("button.settings"), Go("settings")),
        ),
    )
