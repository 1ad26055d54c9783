"""The processes of a measurement: the fake Telegram pinned to one core, its client to another one (Linux)."""

import http.client
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from typing import Any, NamedTuple

from msgspec import Struct

PROJECT = Path(__file__).parents[1]
TOKEN = "123456789:" + "AAHd-4_xyz" * 3 + "AAHd4"
_CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, CLIENT_CORE = _CORES[0], _CORES[-1]
_TICK = os.sysconf("SC_CLK_TCK")
#: Seconds for a process to end when asked to.
_GRACE = 20


class Sample(NamedTuple):
    """A moment, and the CPU time of a process up to then; both in seconds."""

    wall: float
    cpu: float


class Client(Struct):
    """A process that is measured."""

    process: Popen[str]

    def sample(self) -> Sample:
        """Return where the process stands."""
        # Behind the name, which may hold anything: field 14 is user time, 15 system time.
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return Sample(time.perf_counter(), (int(fields[11]) + int(fields[12])) / _TICK)

    def resident(self) -> float:
        """Return the resident memory in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        (line,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) / 1024

    def result(self) -> Any:
        """Wait for the end; return the JSON that the process printed."""
        said, _ = self.process.communicate()
        if self.process.returncode:
            raise RuntimeError(f"{self.process.args!r} ended with {self.process.returncode}")
        return json.loads(said)


class Server(Struct):
    """The fake Telegram."""

    process: Popen[str]
    port: int

    @property
    def url(self) -> str:
        """The address that takes the place of Telegram's."""
        return f"http://127.0.0.1:{self.port}"

    def await_word(self, word: str) -> None:
        """Wait until the server says this next."""
        if (said := self._line()) != word:
            raise RuntimeError(f"the fake Telegram said {said!r} instead of {word!r}")

    def replies(self) -> int:
        """Return how many messages have come."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request("GET", "/replies")
        number = int(connection.getresponse().read())
        connection.close()
        return number

    def _line(self) -> str:
        return self.process.stdout.readline().strip() if self.process.stdout else ""


@contextmanager
def telegram(folder: Path, updates: Sequence[object] = (), warm_up: int = 0) -> Iterator[Server]:
    """Serve the updates for the length of the block, those of the warm-up first."""
    script = folder / "updates.jsonl"
    script.write_text("".join(f"{json.dumps(update)}\n" for update in updates))
    with _process("bench.fake_telegram", str(script), str(warm_up), core=SERVER_CORE, cwd=PROJECT) as process:
        word, _, port = process.stdout.readline().partition(" ") if process.stdout else ("", "", "")
        if word != "listening":
            raise RuntimeError("the fake Telegram did not start")
        yield Server(process, int(port))


@contextmanager
def client(module: str, *arguments: str, folder: Path, **environ: str) -> Iterator[Client]:
    """Run a module, in a folder of its own, for the length of the block at most."""
    with _process(module, *arguments, core=CLIENT_CORE, cwd=folder, HOME=str(folder), **environ) as process:
        yield Client(process)


@contextmanager
def _process(module: str, *arguments: str, core: int, cwd: Path, **environ: str) -> Iterator[Popen[str]]:
    process = Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=cwd,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT), **environ},
        stdin=DEVNULL,
        stdout=PIPE,
        text=True,
        preexec_fn=partial(os.sched_setaffinity, 0, {core}),  # noqa: PLW1509 - this process has one thread
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        try:
            process.communicate(timeout=_GRACE)
        except Exception:
            process.kill()
            process.communicate()
            raise
