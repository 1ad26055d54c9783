"""What the garbage collector is spared."""

import gc
from collections.abc import Iterator

import pytest

from bot.memory import settle


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


def test_what_is_there_is_looked_at_no_more_and_what_comes_is() -> None:
    early: list[object] = []
    settle()
    late: list[object] = []
    looked_at = [*map(id, gc.get_objects())]
    assert (id(early) in looked_at, id(late) in looked_at) == (False, True)


def test_a_cycle_among_what_comes_is_still_found() -> None:
    settle()
    gc.collect()
    cycle: list[object] = []
    cycle.append(cycle)
    del cycle
    assert gc.collect() >= 1
