"""Telegram's limits hold for whatever is asked, on a virtual clock."""

import asyncio
from contextlib import nullcontext
from datetime import timedelta
from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import NetworkError, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.delivery.outcomes import NotThere, judge, pause_of
from bot.delivery.pacing import BURST, PATIENCE, SECOND, Pacing, reminding
from bot.transport import NotSent
from tests.unit.delivery.virtual import run


class Ask(NamedTuple):
    """A request of one of the stories below."""

    at: float
    chat: int | None
    push: bool = False
    patience: float = 1e6
    #: What Telegram answers the first time: 429 with so many seconds.
    refusal: int = 0


class Sent(NamedTuple):
    """A request that reached Telegram."""

    at: float
    ask: Ask


class Telegram:
    """Notes what arrives, and ends a 429 only when its time is over."""

    def __init__(self, pacing: Pacing) -> None:
        self.pacing = pacing
        self.sent: list[Sent] = []
        self.pauses: list[tuple[float, float]] = []
        self.ends: list[tuple[Ask, float, TelegramError | None]] = []

    async def ask(self, ask: Ask) -> None:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(ask.at - loop.time())
        refused = False

        async def callback() -> bool:
            nonlocal refused
            self.sent.append(Sent(loop.time(), ask))
            await asyncio.sleep(0.05)
            if ask.refusal and not refused:
                refused = True
                self.pauses.append((loop.time(), loop.time() + ask.refusal))
                raise RetryAfter(ask.refusal)
            return True

        data = {} if ask.chat is None else {"chat_id": ask.chat}
        mark = reminding(ask.at + ask.patience) if ask.push else nullcontext()
        error: TelegramError | None = None
        try:
            with mark:
                await self.pacing.process_request(callback, (), {}, "sendMessage", data, None)
        except TelegramError as raised:
            error = raised
        self.ends.append((ask, loop.time(), error))


def story(*asks: Ask, per_second: int = 30) -> Telegram:
    async def play() -> Telegram:
        telegram = Telegram(Pacing(per_second))
        async with asyncio.TaskGroup() as group:
            for ask in asks:
                group.create_task(telegram.ask(ask))
        return telegram

    return run(play())


ASKS = st.lists(
    st.builds(
        Ask,
        at=st.floats(0, 20, allow_subnormal=False).map(lambda at: round(at, 2)),
        chat=st.none() | st.integers(1, 4),
        push=st.booleans(),
        patience=st.sampled_from([0.5, 30.0, 1e6]),
        refusal=st.sampled_from([0] * 12 + [1, 3, 90]),
    ),
    max_size=60,
)


@given(asks=ASKS, per_second=st.sampled_from([3, 5, 30]))
def test_the_limits_hold_for_whatever_is_asked(asks: list[Ask], per_second: int) -> None:
    telegram = story(*asks, per_second=per_second)
    messages = [sent for sent in telegram.sent if sent.ask.chat is not None]

    for first, last in zip(messages, messages[per_second:], strict=False):
        assert last.at - first.at > 1  # so a second, closed at both ends, never holds more
    for start, end in telegram.pauses:
        assert [sent for sent in telegram.sent if start < sent.at < end] == []
    for chat in range(1, 5):
        in_chat = [sent for sent in messages if sent.ask.chat == chat]
        assert [b for a, b in pairwise(in_chat) if b.ask.push and b.at - a.at <= 1] == []
        for first, last in zip(in_chat, in_chat[BURST:], strict=False):
            assert last.at - first.at > 1
        for first, last in zip(in_chat, in_chat[BURST + 10 :], strict=False):
            assert last.at - first.at > 10
    for sent in telegram.sent:
        assert sent.at < sent.ask.at + (sent.ask.patience if sent.ask.push else PATIENCE)
    assert len(telegram.ends) == len(asks)


@given(asks=ASKS)
def test_whatever_was_not_sent_is_known_to_be_unsent(asks: list[Ask]) -> None:
    telegram = story(*asks, per_second=3)
    tries = [sent.ask for sent in telegram.sent]

    for ask, _, error in telegram.ends:
        if isinstance(error, RetryAfter):
            assert pause_of(error) > timedelta()
        elif error:
            assert (type(error), type(error.__cause__)) == (NetworkError, NotSent)
            assert judge(error) == NotThere()
        else:
            assert ask in tries


def test_a_herd_of_reminders_goes_at_the_full_rate() -> None:
    telegram = story(*(Ask(at=0, chat=user, push=True) for user in range(600)))

    assert len(telegram.sent) / telegram.sent[-1].at >= 29


def test_answers_go_before_a_herd_of_reminders() -> None:
    herd = [Ask(at=0, chat=user, push=True) for user in range(300)]
    answers = [Ask(at=1 + second, chat=1000 + second) for second in range(8)]
    telegram = story(*herd, *answers)

    waits = [sent.at - sent.ask.at for sent in telegram.sent if not sent.ask.push]
    assert len(waits) == 8
    assert max(waits) <= 2 * SECOND / 30


def test_a_flood_of_answers_lets_reminders_pass() -> None:
    flood = [Ask(at=0, chat=user) for user in range(600)]
    reminders = [Ask(at=0.5, chat=1000 + user, push=True) for user in range(8)]
    telegram = story(*flood, *reminders)

    assert max(sent.at for sent in telegram.sent if sent.ask.push) < 10


def test_answers_in_one_chat_come_at_once_up_to_a_few() -> None:
    telegram = story(*(Ask(at=0, chat=1) for _ in range(BURST + 2)))

    assert [sent.at for sent in telegram.sent] == pytest.approx([*[0] * BURST, SECOND, 2 * SECOND])


def test_reminders_in_one_chat_are_spaced() -> None:
    telegram = story(*(Ask(at=0, chat=1, push=True) for _ in range(3)))

    assert [sent.at for sent in telegram.sent] == pytest.approx([0, SECOND, 2 * SECOND])


def test_calls_without_a_chat_are_not_spaced() -> None:
    telegram = story(*(Ask(at=0, chat=None) for _ in range(100)))

    assert {sent.at for sent in telegram.sent} == {0}


def test_nothing_lifts_a_pause_early() -> None:
    """A request that was under way when the pause began ends inside it and changes nothing."""
    telegram = story(
        Ask(at=0, chat=1, refusal=10),
        Ask(at=0.04, chat=2),  # under way when the 429 comes
        Ask(at=1, chat=3, push=True),
        Ask(at=2, chat=None),
        Ask(at=3, chat=4),
    )

    assert [sent.at for sent in telegram.sent][:2] == [0, 0.04]
    assert min(sent.at for sent in telegram.sent[2:]) == pytest.approx(10.05)
    assert [error for _, _, error in telegram.ends] == [None] * 5


def test_a_shorter_pause_does_not_shorten_a_longer_one() -> None:
    telegram = story(Ask(at=0, chat=1, refusal=20), Ask(at=0, chat=2, refusal=1), Ask(at=0.2, chat=3))

    assert [sent.at for sent in telegram.sent if sent.ask.chat == 3] == [pytest.approx(20.05)]


def test_a_pause_too_long_fails_whoever_cannot_wait() -> None:
    telegram = story(
        Ask(at=0, chat=1, refusal=300),
        Ask(at=1, chat=2),
        Ask(at=2, chat=3, push=True, patience=30),
        Ask(at=3, chat=4, push=True),
    )

    ends = {ask.chat: (at, str(error)) for ask, at, error in telegram.ends}
    assert ends == {
        1: (0.05, "Flood control exceeded. Retry in 0:05:00"),
        2: (1, "Flood control exceeded. Retry in 0:04:59.050000"),
        3: (2, "Flood control exceeded. Retry in 0:04:58.050000"),
        4: (pytest.approx(300.1), "None"),
    }


def test_a_refused_reminder_is_not_tried_again_here() -> None:
    telegram = story(Ask(at=0, chat=1, push=True, refusal=2), Ask(at=1, chat=2, refusal=0))

    assert [(sent.ask.chat, sent.at) for sent in telegram.sent] == [(1, 0), (2, pytest.approx(2.05))]
    assert isinstance(telegram.ends[0][2], RetryAfter)


def test_a_cancelled_request_leaves_its_place() -> None:
    async def play() -> list[float]:
        pacing, loop, sent = Pacing(per_second=1), asyncio.get_running_loop(), list[float]()

        async def callback() -> None:
            sent.append(loop.time())

        def ask(chat: int) -> asyncio.Future[object]:
            return asyncio.ensure_future(
                pacing.process_request(callback, (), {}, "sendMessage", {"chat_id": chat}, None)
            )

        first, second, third = ask(1), ask(2), ask(3)
        await first
        second.cancel()
        await third
        return sent

    assert run(play()) == [0, pytest.approx(SECOND)]


def test_shutting_down_cancels_whoever_waits() -> None:
    async def play() -> bool:
        pacing = Pacing(per_second=1)
        await pacing.initialize()

        async def callback() -> None:
            """Arrives."""

        asks = [
            asyncio.ensure_future(pacing.process_request(callback, (), {}, "x", {"chat_id": 1}, None))
            for _ in range(BURST + 1)
        ]
        await asks[0]
        await pacing.shutdown()
        await asyncio.wait(asks)
        return asks[-1].cancelled()

    assert run(play())


def test_reminders_that_wait_are_given_back_when_the_process_ends() -> None:
    async def play() -> Telegram:
        telegram = Telegram(Pacing())
        async with asyncio.TaskGroup() as group:
            for user in range(3):
                group.create_task(telegram.ask(Ask(at=0, chat=1, push=user > 0)))
            await asyncio.sleep(0.5)
            telegram.pacing.send_no_more_reminders()
        return telegram

    telegram = run(play())
    ends = [(ask.push, at, error and judge(error)) for ask, at, error in telegram.ends]
    assert ends == [(False, 0.05, None), (True, 0.5, NotThere()), (True, 0.5, NotThere())]


def test_the_pause_can_be_asked_for() -> None:
    async def play() -> list[timedelta]:
        pacing = Pacing()
        before = pacing.pause

        async def callback() -> None:
            raise RetryAfter(300)

        with pytest.raises(RetryAfter):
            await pacing.process_request(callback, (), {}, "x", {"chat_id": 1}, None)
        return [before, pacing.pause]

    assert run(play()) == [timedelta(), timedelta(seconds=300)]


async def test_a_bot_takes_it_as_its_rate_limiter() -> None:
    assert isinstance(ExtBot("1:A", rate_limiter=Pacing()).rate_limiter, Pacing)
