"""A user's vacancies side by side: who shares an employer, and who still waits for an answer (R11, R42)."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.vacancy import Lesson, Outcome, Status, Vacancy


class Around(Struct, frozen=True):
    """What else the user has, beside one vacancy."""

    #: How many other vacancies are open.
    active: int = 0
    #: How many others have refused.
    refusals: int = 0
    #: What was learned last, wherever.
    lesson: Lesson | None = None


def is_same_company(one: str, other: str) -> bool:
    """Tell whether two names are one company's, however they are spaced and capitalised."""
    return _folded(one) == _folded(other)


def twins_of(vacancy: Vacancy, others: Iterable[Vacancy]) -> Iterator[Vacancy]:
    """Yield the other vacancies at the same employer."""
    return (
        other
        for other in others
        if other.id != vacancy.id and is_same_company(other.company, vacancy.company)
    )


def with_neighbours(vacancies: Iterable[Vacancy]) -> tuple[Vacancy, ...]:
    """Return the vacancies, each knowing when its employer was last reached about another one (R42)."""
    side_by_side = tuple(vacancies)
    return tuple(
        replace(vacancy, touched_beside_at=at) if (at := _reached_beside(vacancy, side_by_side)) else vacancy
        for vacancy in side_by_side
    )


def around(vacancy: Vacancy, vacancies: Iterable[Vacancy]) -> Around:
    """Return what there is beside a vacancy (R11); of closed ones as far as they are among `vacancies`."""
    known = tuple(vacancies)
    others = [other for other in known if other.id != vacancy.id]
    lessons = (lesson for one in known for lesson in one.lessons)
    return Around(
        active=sum(not other.is_closed for other in others),
        refusals=sum(any(answer.outcome is Outcome.REFUSAL for answer in other.answers) for other in others),
        lesson=max(lessons, key=lambda lesson: lesson.at, default=None),
    )


def still_waiting(vacancies: Iterable[Vacancy], beside: Vacancy, now: datetime) -> tuple[Vacancy, ...]:
    """Return the others whose employer owes a decision: an offer elsewhere is news to them (R88)."""
    return tuple(
        vacancy
        for vacancy in vacancies
        if vacancy.id != beside.id and vacancy.status is Status.OPEN and vacancy.silent_since(now)
    )


def to_be_told(vacancies: Iterable[Vacancy], signed: Vacancy) -> tuple[Vacancy, ...]:
    """Return the others that are open beside a signed one, less those put into reserve since (C12)."""
    return tuple(
        vacancy
        for vacancy in vacancies
        if vacancy.id != signed.id
        and not vacancy.is_closed
        and not (vacancy.status is Status.RESERVE and vacancy.status_since >= signed.status_since)
    )


def _reached_beside(vacancy: Vacancy, others: Iterable[Vacancy]) -> datetime | None:
    reached = (touch.at for twin in twins_of(vacancy, others) for touch in twin.touches if touch.counts)
    return max(reached, default=None)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
