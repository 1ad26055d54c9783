"""The parts of a process: they end together, a dead or stalled one ends them all, no wait outlives that."""

import asyncio
from collections.abc import Iterator

import pytest
from telegram.error import BadRequest, EndPointNotFound, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.errors import ConfigError, StorageError
from bot.patience import backoff, delay_after, insist
from bot.supervision import Died, Ending, Pulse, supervise, watch


async def until_the_end(ending: Ending) -> None:
    await ending.wait()


async def at_once(_ending: Ending) -> None:
    """End without having been asked to."""


async def for_ever(_ending: Ending) -> None:
    await asyncio.Event().wait()


async def test_the_parts_run_until_the_end_is_requested() -> None:
    ending = Ending()
    steps: list[str] = []

    async def part(ending: Ending) -> None:
        steps.append("begun")
        ending.request()
        await ending.wait()
        await asyncio.sleep(0)
        steps.append("finished")

    await supervise(ending, {"part": part, "other": until_the_end})
    assert steps == ["begun", "finished"]


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (StorageError("down"), Died, "poller failed"),
        (ValueError("a bug"), Died, "poller failed"),
        (ConfigError("BOT_TOKEN was refused"), ConfigError, "BOT_TOKEN was refused"),
    ],
)
async def test_a_part_that_fails_ends_the_process(
    error: Exception, kind: type[Exception], words: str
) -> None:
    async def poller(_ending: Ending) -> None:
        raise error

    with pytest.raises(kind) as end:
        await supervise(Ending(), {"poller": poller, "other": until_the_end})
    assert str(end.value) == words
    assert error in (end.value, end.value.__cause__)


async def test_a_part_that_just_ends_is_dead_too() -> None:
    with pytest.raises(Died, match=r"^poller ended by itself$"):
        await supervise(Ending(), {"poller": at_once, "other": until_the_end})


async def test_a_part_that_does_not_end_is_not_waited_for(caplog: pytest.LogCaptureFixture) -> None:
    ending = Ending()
    ending.request()
    await supervise(ending, {"slow": for_ever}, grace=0)
    assert caplog.messages == ["ended with work in hand after 0 seconds; it will be taken up again"]


async def test_a_failure_after_the_request_is_a_failure_still() -> None:
    async def part(ending: Ending) -> None:
        await ending.wait()
        raise StorageError("down")

    ending = Ending()
    ending.request()
    with pytest.raises(Died, match=r"^part failed$"):
        await supervise(ending, {"part": part})


@pytest.mark.parametrize("first", [True, False])
async def test_the_request_cuts_every_wait_short(first: bool) -> None:
    ending = Ending()
    if first:
        ending.request()
    else:
        asyncio.get_running_loop().call_soon(ending.request)
    async with asyncio.timeout(5):
        await ending.pause(3600)
        async with ending.interrupt():
            await asyncio.Event().wait()
    assert ending.requested


async def test_a_timeout_of_the_work_itself_is_not_swallowed() -> None:
    with pytest.raises(TimeoutError):
        async with Ending().interrupt():
            raise TimeoutError


def ticking(*moments: float) -> Pulse:
    """Return a pulse whose clock shows these moments one after the other."""
    clock: Iterator[float] = iter(moments)
    return Pulse(120, lambda: next(clock))


def test_a_pulse_is_alive_until_its_limit() -> None:
    pulse = ticking(0, 120, 120.5, 130, 131)
    assert [pulse.alive, pulse.alive] == [True, False]
    pulse.beat()
    assert pulse.age == 1


async def test_a_stalled_part_ends_the_process() -> None:
    pulses = {"poller": ticking(0, 10), "dispatcher": ticking(0, 121, 121)}
    with pytest.raises(Died, match=r"^dispatcher has not moved for 121 seconds$"):
        await watch(pulses, Ending())


def test_the_pauses_grow_up_to_half_a_minute() -> None:
    assert [backoff(failures) for failures in (1, 2, 3, 4, 5, 6, 7, 10_000)] == [1, 2, 4, 8, 16, 30, 30, 30]


@pytest.mark.parametrize(
    ("error", "seconds"),
    [(NetworkError("down"), 4), (BadRequest("odd"), 4), (RetryAfter(70), 70), (TelegramError("odd"), 4)],
)
def test_how_long_to_wait_after_an_error(error: TelegramError, seconds: float) -> None:
    assert delay_after(error, 3) == seconds


@pytest.mark.parametrize("error", [InvalidToken("`1:token` was rejected"), EndPointNotFound("getUpdates")])
def test_a_refused_token_is_a_wrong_setting(error: TelegramError) -> None:
    with pytest.raises(ConfigError) as refusal:
        delay_after(error, 1)
    assert str(refusal.value) == "BOT_TOKEN was refused by Telegram: it may have been revoked or mistyped"


async def test_a_call_is_repeated_until_it_gets_through() -> None:
    ending = Ending()
    pauses: list[float] = []
    errors: list[Exception] = [
        NetworkError("down"),
        RetryAfter(7),
        BadRequest("not yet"),
        NetworkError("down"),
    ]

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    async def call() -> None:
        if errors:
            raise errors.pop(0)

    ending.pause = pause  # type: ignore[method-assign] # without waiting
    await insist("getMe", call, ending)
    assert (errors, pauses) == ([], [1, 7, 4, 8])


async def test_a_call_is_given_up_when_the_process_ends() -> None:
    ending = Ending()

    async def call() -> None:
        ending.request()
        await asyncio.Event().wait()

    async with asyncio.timeout(5):
        await insist("getMe", call, ending)
