"""How fast what people type is read: python bench/language_speed.py."""

import json
import resource
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

NOW = datetime(2026, 8, 12, 9, tzinfo=UTC)
ZONE = "Europe/Moscow"
_SYLLABLES = tuple(a + b for a in "бвгдклмнпрст" for b in ("а", "ен", "ил"))
#: What nobody types by hand, each of about the length of the longest message.
LONG = {
    "a word": "a" * 4096,
    "days": "завтра в 15:00 или " * 216,
    "no word twice": " ".join(a + b + c for a, b, c in product(("про", "за"), _SYLLABLES, _SYLLABLES))[:4096],
    "prose": "мы вам обязательно позвоним когда-нибудь " * 100,
    "notes": "Ольга Петровна из Вектора, аналитик, +7 900 123-45-67, " * 74,
    "figures": "1-" * 2048,
    "emoji": "\N{FIRE}" * 4096,
    "right to left": "\N{RIGHT-TO-LEFT OVERRIDE}שלום " * 600,
    "controls": "\0\1" * 2048,
}
Reader = Callable[[str, str], object]


def main() -> None:
    """Print the cost of loading, of a line, of 4,096 characters, and the memory."""
    lines = {kind: [*_lines(kind)] for kind in ("dates", "capture", "replies")}
    before, started = _resident(), perf_counter()
    readers = dict(_readers())
    for read in readers.values():
        read("завтар в 15:00", "ru"), read("tommorow at 3", "en")
    print(
        f"import and first lines: {(perf_counter() - started) * 1000:.0f} ms, {_resident() - before:.0f} MB"
    )
    for kind, read in readers.items():
        _times(read, lines[kind])  # what is loaded on first use is there now
        times = sorted(_times(read, lines[kind]))
        print(f"{kind:>8}: {len(times)} lines, median {median(times):.2f} ms, slowest {times[-1]:.1f} ms")
        for name, text in LONG.items():
            first, *again = _times(read, [(text, "ru")] * 4)
            print(f"{'':>8}  {name}, {len(text)} characters: {first:.1f} ms, then {min(again):.1f} ms")
    print(f"resident: {_resident() - before:.1f} MB more than before")


def _readers() -> Iterator[tuple[str, Reader]]:
    from bot.language.capture import read_capture
    from bot.language.dates import Question, read_date
    from bot.language.replies import read_reply

    yield (
        "dates",
        lambda text, language: read_date(
            text, language=language, question=Question.PROMISE, now=NOW, zone=ZONE
        ),
    )
    yield "capture", lambda text, language: read_capture(text, language=language, now=NOW, zone=ZONE)
    yield "replies", lambda text, language: read_reply(text, language=language, now=NOW, zone=ZONE)


def _times(read: Reader, lines: list[tuple[str, str]]) -> list[float]:
    """Return the milliseconds that each line takes."""
    times = []
    for text, language in lines:
        began = perf_counter()
        read(text, language)
        times.append((perf_counter() - began) * 1000)
    return times


def _lines(kind: str) -> Iterator[tuple[str, str]]:
    for language in ("ru", "en"):
        path = ROOT / "tests" / "corpora" / f"{kind}_{language}.jsonl"
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["text"], language


def _resident() -> float:
    """Return the most memory this process has held, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
