"""Lessons: what was learned from refusals, in the user's own words (R119)."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.callbacks import Go, Lessons, Nav, Open
from bot.domain.vacancy import Lesson, Vacancy
from bot.texts import Texts
from bot.views import parts
from bot.views.card import undo_row
from bot.views.screen import Screen, button, rows

#: As much of lessons as fits one message together with their headings, counted as Telegram does.
PAGE = 3000

#: A lesson and the vacancy it was learned at.
Learned = tuple[Vacancy, Lesson]


def ask(texts: Texts, company: str, step: str, problem: str | None = None) -> Screen:
    """Ask what a company answered; `problem` says why the last answer could not be taken."""
    trouble = texts("invalid", problem=problem) if problem else None
    cancel = button(texts.plain("button.not_now"), Nav(step, "cancel"))
    return Screen(
        text=parts.joined(trouble, texts("lesson.ask", company=company)),
        keyboard=((cancel,),),
    )


def later(texts: Texts, vacancy_id: int) -> Screen:
    """Say that it can be written down at any time."""
    card = button(texts.plain("button.card"), Open(vacancy_id))
    return Screen(text=parts.joined(texts("lesson.later")), keyboard=((card,),))


def saved(texts: Texts, vacancy: Vacancy) -> Screen:
    """Show the lesson as it was written down."""
    heading = texts("lesson.saved", name=parts.title(texts, vacancy))
    every = button(texts.plain("button.lessons"), Go("lessons"))
    return Screen(
        text=parts.joined([heading, _quoted(vacancy.lessons[-1])]),
        keyboard=((every,), *undo_row(texts, vacancy)),
    )


def screen(texts: Texts, vacancies: Sequence[Vacancy], page: int) -> Screen:
    """Show one page of all lessons, the latest first."""
    learned = [(vacancy, lesson) for vacancy in vacancies for lesson in vacancy.lessons]
    pages = _pages(sorted(learned, key=lambda one: one[1].at, reverse=True))
    page = min(max(page, 0), len(pages) - 1)
    blocks = [_learned(texts, vacancy, lesson) for vacancy, lesson in pages[page]]
    shown = {vacancy.id: vacancy for vacancy, _ in pages[page]}
    opening = rows((button(parts.plain_title(texts, one), Open(one.id)) for one in shown.values()), 1)
    turning = tuple(
        button(texts.plain(key), Lessons(target))
        for key, target in (("button.previous", page - 1), ("button.next", page + 1))
        if 0 <= target < len(pages)
    )
    home = button(texts.plain("button.today"), Go("today"))
    return Screen(
        text=parts.joined(texts("lessons.title"), *(blocks or [[texts("lessons.none")]])),
        keyboard=(*opening, *((turning,) if turning else ()), (home,)),
    )


def _pages(learned: Sequence[Learned]) -> list[list[Learned]]:
    """Return the lessons in pages, none of them longer than a message; there is one page at least."""
    pages: list[list[Learned]] = [[]]
    for one in learned:
        if pages[-1] and sum(length(lesson.words) for _, lesson in [*pages[-1], one]) > PAGE:
            pages.append([])
        pages[-1].append(one)
    return pages


def length(words: str) -> int:
    """Return how long Telegram finds a text: in UTF-16 units."""
    return len(words.encode("utf-16-le")) // 2


def _learned(texts: Texts, vacancy: Vacancy, lesson: Lesson) -> list[Markup]:
    day = lesson.at.astimezone(ZoneInfo(texts.zone)).date()
    return [texts("lessons.line", name=parts.title(texts, vacancy), day=day), _quoted(lesson)]


def _quoted(lesson: Lesson) -> Markup:
    return Markup("<blockquote>{}</blockquote>").format(lesson.words)
