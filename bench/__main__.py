"""python -m bench: everything in one run on the loopback address, as ratios with the goals beside them.

Absolute rates depend on the machine and its neighbours; each ratio is taken within one round, and what counts
is the median over the rounds. No TLS and no distance: with a real Telegram every rate is lower.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.fernet import Fernet
from msgspec import Struct

from bench import idle, reminders, startup, updates
from bench.filling import fill
from bench.report import machine

PARTS = ("updates", "reminders", "startup", "idle")


class Sizes(Struct, frozen=True, kw_only=True):
    """How much is measured."""

    rounds: int
    users: int
    warm_up: int = updates.WARM_UP
    due: int
    pending: int
    few: int
    loop: int = reminders.LOOP
    jobs: int = reminders.JOBS
    polls: int = 2_000


FULL = Sizes(rounds=5, users=500, due=10_000, pending=1_000_000, few=1_000)
QUICK = Sizes(rounds=3, users=200, due=1_000, pending=50_000, few=1_000, loop=2_000, jobs=500, polls=500)


def lines(sizes: Sizes, parts: tuple[str, ...]) -> Iterator[str]:
    """Measure the named parts; yield the lines of the report."""
    yield machine()
    if "updates" in parts:
        yield from updates.measure(sizes.users, sizes.rounds, sizes.warm_up)
    if parts == ("updates",):
        return
    with TemporaryDirectory() as name:
        folder, key = Path(name), Fernet.generate_key().decode()
        many = fill(folder, key, sizes.pending, sizes.due)
        if "reminders" in parts:
            yield from reminders.measure(many, sizes.rounds, sizes.loop, sizes.jobs)
        if "startup" in parts:
            # Nothing is due in a start: that would be sent.
            future = fill(folder, key, 0, 0)
            yield from startup.measure(future, many, sizes.rounds)
        if "idle" in parts:
            yield from idle.measure(fill(folder, key, sizes.few, 0), many, sizes.rounds, sizes.polls)


def main() -> None:
    """Print the report of a full or a quick run."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller sizes, a minute instead of many")
    parser.add_argument("parts", nargs="*", help=f"all of them by default: {', '.join(PARTS)}")
    for field in Sizes.__struct_fields__:
        parser.add_argument(
            f"--{field.replace('_', '-')}", type=int, metavar="N", help=f"{getattr(FULL, field):,} by default"
        )
    options = parser.parse_args()
    usual = QUICK if options.quick else FULL
    sizes = Sizes(
        **{field: getattr(options, field) or getattr(usual, field) for field in Sizes.__struct_fields__}
    )
    for line in lines(sizes, tuple(options.parts) or PARTS):
        print(line, flush=True)


if __name__ == "__main__":
    main()
