"""The weekly messages on their way: like reminders, once a week and user, and only with something to say."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from telegram.error import BadRequest, TimedOut

from bot.delivery.decisions import Due
from bot.delivery.weekly import WeeklyDue
from bot.domain.facts import Closed, Touched
from bot.domain.sweep import Sweep
from bot.domain.users import Pause, User
from bot.domain.vacancy import Channel, Status, Technique
from bot.planning import report
from bot.storage import Storage
from bot.storage.session import Work
from bot.views.screen import Screen
from bot.weekly import weekly_plans
from tests.unit.delivery.world import DUE, TOLD, World, user

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
#: In Berlin: Friday at four, Sunday at six.
FRIDAY = datetime(2027, 3, 5, 15, tzinfo=UTC)
SUNDAY = datetime(2027, 3, 7, 17, tzinfo=UTC)
#: The first Friday on which Initech has been silent for two weeks.
QUIET = FRIDAY + WEEK
NOBODY = replace(user(), sweep_off=True, review_off=True)


async def lines(user: User, due: Sequence[Due | WeeklyDue]) -> Screen:
    """Return a screen that says what it was made of."""
    (first, *_) = due
    if isinstance(first, Due):
        return Screen(text="step")
    again = " again" if first.repeat else ""
    if isinstance(first.content, Sweep):
        return Screen(text=f"sweep of {len(first.content.quiet)}{again}", silent=True)
    return Screen(text=f"review of {first.content.touches}{again}", silent=True)


@pytest.fixture
async def weekly(world: World) -> World:
    """Let somebody be told of: Initech is open, and both weekly messages are planned."""
    await begin(world, user())
    return world


async def begin(world: World, user: User) -> None:
    world.render = lines
    await world.told_of("Initech", user, 1)
    await plan(world.storage, user, TOLD)


async def reach_out(world: World) -> None:
    """Let the user thank for the interview, on the Monday."""
    vacancy = await world.storage.vacancies.load(1, 1)
    thanks = Touched(technique=Technique.THANK_YOU, channel=Channel.EMAIL)
    record = report(vacancy, user(), TOLD + HOUR, thanks).record
    await world.storage.sessions.commit(Work(update_id=None, user_id=1, records=[record]), TOLD + HOUR)


async def plan(storage: Storage, user: User, now: datetime, *, anew: bool = False) -> None:
    work = Work(update_id=None, user_id=user.id, user=user, weekly=weekly_plans(user, now, anew=anew))
    await storage.sessions.commit(work, now)


async def live(world: World, start: datetime, end: datetime) -> list[tuple[datetime, str]]:
    """Let the dispatcher run from one due moment to the next; return what weekly messages came when."""
    came: list[tuple[datetime, str]] = []
    while (due := await world.dispatcher.next_due()) and due <= end:
        before = len(world.telegram.texts)
        await world.dispatcher.run_once(max(due, start))
        came += [(max(due, start), text) for text in world.telegram.texts[before:] if text != "step"]
    return came


async def weekly_rows(storage: Storage, user_id: int = 1) -> list[tuple[str, str]]:
    reminders = (await storage.users.export(user_id))["reminders"]
    return [(row["key"], row["state"]) for row in reminders if row["vacancy_id"] is None]


async def test_each_comes_in_its_week_if_there_is_something_to_say(weekly: World) -> None:
    await reach_out(weekly)

    came = await live(weekly, TOLD, TOLD + 5 * WEEK)

    assert came == [
        (SUNDAY, "review of 1"),  # nothing is done after that
        (QUIET, "sweep of 1"),
        (QUIET + WEEK, "sweep of 1"),
        (QUIET + 2 * WEEK, "sweep of 1"),
        (QUIET + 3 * WEEK - HOUR, "sweep of 1"),  # the clocks have changed
    ]
    assert await weekly_rows(weekly.storage) == [
        ("review:2027-W09", "sent"),
        ("sweep:2027-W10", "sent"),
        ("sweep:2027-W11", "sent"),
        ("sweep:2027-W12", "sent"),
        ("sweep:2027-W13", "sent"),
        ("sweep:2027-W14", "pending"),
        ("review:2027-W14", "pending"),
    ]


async def test_they_come_without_a_sound(weekly: World) -> None:
    await reach_out(weekly)
    await live(weekly, TOLD, QUIET)

    weeklies = [asked for asked in weekly.telegram.asked if asked["text"] != "step"]
    assert [asked["disable_notification"] for asked in weeklies] == [True, True]


async def test_steps_of_the_same_moment_come_in_a_message_of_their_own(world: World) -> None:
    await begin(world, user())
    await world.dispatcher.run_once(QUIET + HOUR)  # down for days: both the step and the sweep are due

    assert sorted(world.telegram.texts) == ["step", "sweep of 1"]


async def test_a_weekly_message_that_cannot_be_made_keeps_no_step(world: World) -> None:
    await begin(world, user())

    async def render(user: User, due: Sequence[Due | WeeklyDue]) -> Screen:
        if isinstance(due[0], Due):
            return await lines(user, due)
        raise RuntimeError

    world.render = render
    await world.dispatcher.run_once(QUIET + HOUR)

    assert world.telegram.texts == ["step"]
    assert ("sweep:2027-W10", "pending") in await weekly_rows(world.storage)


@pytest.mark.parametrize(
    ("back", "came"),
    [
        (QUIET + 2 * HOUR, [(QUIET + 2 * HOUR, "sweep of 1")]),
        (QUIET + 8 * HOUR, [(QUIET + 18 * HOUR, "sweep of 1")]),  # H3: at midnight nobody is disturbed
        (QUIET + 4 * DAY, []),  # the week is over
    ],
)
async def test_after_a_time_away_the_sweep_comes_late_or_not_at_all(
    world: World, back: datetime, came: list[tuple[datetime, str]]
) -> None:
    await begin(world, replace(user(), review_off=True))

    assert await live(world, back, back + 2 * DAY) == came


async def test_without_anything_open_they_end(weekly: World) -> None:
    vacancy = await weekly.storage.vacancies.load(1, 1)
    closing = report(vacancy, user(), TOLD, Closed(Status.GIVEN_UP)).record
    await weekly.storage.sessions.commit(Work(update_id=None, user_id=1, records=[closing]), TOLD)

    assert await live(weekly, TOLD, TOLD + 2 * WEEK) == []
    assert await weekly_rows(weekly.storage) == []
    assert await weekly.dispatcher.next_due() is None


async def test_who_switches_them_off_in_the_meantime_gets_none(weekly: World) -> None:
    await weekly.storage.sessions.commit(Work(update_id=None, user_id=1, user=NOBODY), TOLD)

    assert await live(weekly, TOLD, TOLD + 2 * WEEK) == []
    assert await weekly_rows(weekly.storage) == []


async def test_a_pause_covers_them(world: World) -> None:
    paused = replace(user(), pause=Pause(TOLD, date(2027, 3, 15)))
    await begin(world, user())
    await plan(world.storage, paused, TOLD, anew=True)

    assert await live(world, TOLD, QUIET + WEEK) == [(QUIET + WEEK, "sweep of 1")]


async def test_an_answer_in_doubt_is_repeated_and_said_to_be(weekly: World) -> None:
    def lose_it(message: dict[str, Any]) -> None:
        if message["text"] == "review of 1":
            raise TimedOut

    await reach_out(weekly)
    weekly.telegram.after = lose_it

    came = await live(weekly, TOLD, SUNDAY + DAY)

    assert [text for _, text in came] == ["review of 1", "review of 1 again"]
    assert ("review:2027-W09", "sent") in await weekly_rows(weekly.storage)


async def test_a_message_in_doubt_each_time_is_given_up_and_the_next_one_comes(weekly: World) -> None:
    def lose_it(message: dict[str, Any]) -> None:
        if message["text"].startswith("sweep"):
            raise TimedOut

    weekly.telegram.after = lose_it
    came = await live(weekly, TOLD, QUIET + DAY)

    assert [text for _, text in came if text.startswith("sweep")] == [
        "sweep of 1",
        "sweep of 1 again",
        "sweep of 1 again",
    ]
    rows = await weekly_rows(weekly.storage)
    assert ("sweep:2027-W10", "parked") in rows
    assert ("sweep:2027-W11", "pending") in rows


async def test_a_message_that_is_refused_for_ever_is_given_up_and_the_next_one_comes(weekly: World) -> None:
    def refuse(message: dict[str, Any]) -> None:
        if message["text"].startswith("sweep"):
            raise BadRequest("something new")

    weekly.telegram.before = refuse
    await live(weekly, TOLD, QUIET + WEEK - HOUR)

    rows = await weekly_rows(weekly.storage)
    assert ("sweep:2027-W10", "parked") in rows
    assert ("sweep:2027-W11", "pending") in rows


async def test_users_of_an_older_database_are_planned_at_the_first_look(world: World) -> None:
    """The migration leaves rows with no week; they say nothing and make way for the real ones."""
    await begin(world, user())
    await world.storage.database._run(  # type: ignore[attr-defined] # a SQLite file
        lambda connection: connection.execute(
            "UPDATE reminders SET key = substr(key, 1, instr(key, ':')), due_at = 0, wake_at = 0"
            " WHERE vacancy_id IS NULL"
        )
    )

    await world.dispatcher.run_once(TOLD)

    assert world.telegram.texts == []
    assert await weekly_rows(world.storage) == [
        ("sweep:2027-W09", "pending"),
        ("review:2027-W09", "pending"),
    ]
    assert await world.dispatcher.next_due() == DUE
