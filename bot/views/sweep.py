"""The Friday sweep: where it has been quiet for long, and what the user has made of it."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from bot.callbacks import Go, Open, Sort
from bot.clock import stamp
from bot.domain.sweep import Sweep
from bot.domain.vacancy import Vacancy
from bot.domain.weeks import Weekly
from bot.texts import Texts
from bot.views import parts
from bot.views.screen import Button, Rows, Screen, button, rows
from bot.views.weekly import off_button


def sweep(texts: Texts, found: Sweep, *, repeat: bool = False, note: Markup | None = None) -> Screen:
    """Ask what to close and what to keep; `note` stands on top."""
    again = texts("push.repeat") if repeat else None
    text = texts("sweep.one" if len(found.quiet) == 1 else "sweep.several")
    lines = [
        texts.count("vacancies.line_silent", one.days, name=parts.title(texts, one.vacancy))
        for one in found.quiet
    ]
    more = texts.count("sweep.more", found.more) if found.more else None
    return Screen(
        text=parts.joined(again, note, texts("sweep.title"), text, lines, more),
        keyboard=(*_deeds(texts, found), (off_button(texts, Weekly.SWEEP),)),
        silent=True,
    )


def choosing(texts: Texts, found: Sweep, chosen: int) -> Screen:
    """Let the user mark what to close, one tap each."""
    marks = [
        button(
            f"{'☑' if chosen >> place & 1 else '☐'} {parts.plain_title(texts, one.vacancy)}",
            _tap(found, "choose", chosen ^ 1 << place),
        )
        for place, one in enumerate(found.quiet)
    ]
    close = _sort(texts, "button.sweep_close_chosen", found, "settle", chosen, n=chosen.bit_count())
    back = _sort(texts, "button.back", found, "list", 0)
    return Screen(
        text=parts.joined(texts("sweep.title"), texts("sweep.choose")),
        keyboard=(*rows(marks, 1), *(((close,),) if chosen else ()), (back,)),
    )


def settled(
    texts: Texts, closed: Sequence[Vacancy], kept: Sequence[Vacancy], undo: Sort, more: int
) -> Screen:
    """Show what was closed and what was kept, and the way back."""
    lines = [
        *([texts("sweep.closed", names=_names(texts, closed))] if closed else []),
        *([texts("sweep.kept", names=_names(texts, kept))] if kept else []),
    ]
    words = [
        *([texts("sweep.after_closing")] if closed else []),
        *([texts("sweep.after_keeping")] if kept else []),
    ]
    following = Sort("list", undo.at)
    others = ((button(texts.plain("button.sweep_more", n=more), following),),) if more else ()
    back = (button(texts.plain("button.undo"), undo), button(texts.plain("button.today"), Go("today")))
    return Screen(text=parts.joined(lines, words), keyboard=(*others, back))


def nothing(texts: Texts) -> Screen:
    """Say that nothing of it is left to decide."""
    home = button(texts.plain("button.today"), Go("today"))
    return Screen(text=parts.joined(texts("sweep.nothing")), keyboard=((home,),))


def _deeds(texts: Texts, found: Sweep) -> Rows:
    everything = (1 << len(found.quiet)) - 1
    if len(found.quiet) == 1:
        card = button(texts.plain("button.card"), Open(found.quiet[0].vacancy.id))
        close = _sort(texts, "button.sweep_close", found, "settle", everything)
        return ((close, _sort(texts, "button.sweep_keep", found, "settle", 0)), (card,))
    close = _sort(texts, "button.sweep_close_all", found, "settle", everything)
    keep = _sort(texts, "button.sweep_keep_all", found, "settle", 0)
    return ((close, keep), (_sort(texts, "button.sweep_choose", found, "choose", 0),))


def _names(texts: Texts, vacancies: Iterable[Vacancy]) -> Markup:
    return Markup("; ").join(parts.title(texts, vacancy) for vacancy in vacancies)


def _sort(texts: Texts, key: str, found: Sweep, deed: str, chosen: int, **values: object) -> Button:
    return button(texts.plain(key, **values), _tap(found, deed, chosen))


def _tap(found: Sweep, deed: str, chosen: int) -> Sort:
    return Sort(deed, stamp(found.at), found.fingerprint, chosen)
