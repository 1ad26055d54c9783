"""Vacancies come back as their histories leave them, and to their owners alone."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from storage_stories import ANNA, BORIS, HOUR, NOW, commit, opened, record

from bot.domain.facts import Closed, Event, Fact, Kept, Reopened, Touched, Undone
from bot.domain.history import fold
from bot.domain.vacancy import CLOSED, Channel, Status, Technique
from bot.errors import NotFound
from bot.storage import Storage
from bot.storage.session import Record, Work
from bot.storage.vacancies import new_id


async def test_a_history_comes_back_in_order(storage: Storage) -> None:
    events = (opened(), Event(2, NOW + HOUR, (Kept(),)), Event(3, NOW + 2 * HOUR, (Kept(), Reopened())))
    await commit(storage, records=[Record(1, event, Status.OPEN) for event in events])

    assert await storage.vacancies.history(ANNA, 1) == events
    assert await storage.vacancies.load(ANNA, 1) == fold(1, ANNA, events)


async def test_a_foreign_or_unknown_vacancy_is_not_found(storage: Storage) -> None:
    await record(storage, 1, opened())
    for user_id, vacancy_id in ((BORIS, 1), (ANNA, 2)):
        with pytest.raises(NotFound):
            await storage.vacancies.load(user_id, vacancy_id)
        with pytest.raises(NotFound):
            await storage.vacancies.history(user_id, vacancy_id)
    assert await storage.vacancies.active(BORIS) == ()
    assert await storage.vacancies.all(BORIS) == ()


async def test_vacancies_are_listed_from_the_oldest(storage: Storage) -> None:
    later = Event(1, NOW + HOUR, opened("Hooli").facts)
    await record(storage, 1, later)
    await record(storage, 2, opened("Initech"))
    await record(storage, 3, opened("Globex"), user_id=BORIS)

    assert [vacancy.company for vacancy in await storage.vacancies.active(ANNA)] == ["Initech", "Hooli"]
    assert await storage.vacancies.all(ANNA) == (fold(2, ANNA, [opened()]), fold(1, ANNA, [later]))


@pytest.mark.parametrize("status", Status)
async def test_a_closed_vacancy_is_not_active(storage: Storage, status: Status) -> None:
    await record(storage, 1, opened())
    await record(storage, 1, Event(2, NOW, (Closed(status),)), status=status)

    active = [vacancy.id for vacancy in await storage.vacancies.active(ANNA)]
    assert active == ([] if status in CLOSED else [1])
    assert [vacancy.status for vacancy in await storage.vacancies.all(ANNA)] == [status]

    await record(storage, 1, Event(3, NOW, (Reopened(),)), status=Status.OPEN)
    assert [vacancy.id for vacancy in await storage.vacancies.active(ANNA)] == [1]


CALLED = Touched(technique=Technique.CALL, channel=Channel.PHONE)


async def test_what_was_done_about_another_vacancy_of_the_employer_is_known(storage: Storage) -> None:
    """R42: also when that one is closed by now, and not when it is long ago."""
    await record(storage, 1, opened())
    await record(storage, 2, opened("INITECH"))
    await record(storage, 2, Event(2, NOW, (CALLED, Closed(Status.REFUSED))), status=Status.REFUSED)
    await record(storage, 3, opened("Initech"), user_id=BORIS)

    assert (await storage.vacancies.load(ANNA, 1)).touched_beside_at == NOW
    assert [vacancy.touched_beside_at for vacancy in await storage.vacancies.active(ANNA)] == [NOW]
    assert (await storage.vacancies.load(BORIS, 3)).touched_beside_at is None

    later = Work(update_id=None, user_id=ANNA, records=[Record(4, opened("Hooli"), Status.OPEN)])
    await storage.sessions.commit(later, NOW + 49 * HOUR)

    assert (await storage.vacancies.load(ANNA, 1)).touched_beside_at is None


MOMENTS = st.datetimes(timezones=st.just(NOW.tzinfo))
FACT = st.from_type(Fact).filter(lambda fact: not isinstance(fact, Undone))
FACTS = st.lists(FACT | st.builds(Undone, st.integers(1, 9)), min_size=1, max_size=4).map(tuple)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(at=MOMENTS, facts=FACTS)
async def test_any_event_comes_back_as_it_was(storage: Storage, at: object, facts: tuple[Fact, ...]) -> None:
    vacancy_id, event = new_id(), Event(1, at, facts)
    await record(storage, vacancy_id, event)
    assert await storage.vacancies.history(ANNA, vacancy_id) == (event,)
