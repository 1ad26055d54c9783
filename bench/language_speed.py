"""How fast the reader of dates is: python bench/language_speed.py."""

import resource
import sys
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

NOW = datetime(2026, 8, 12, 9, tzinfo=UTC)
LONG = {
    "a word": "a" * 4096,
    "days": "завтра в 15:00 или " * 220,
    "prose": "мы вам обязательно позвоним когда-нибудь " * 100,
    "figures": "1-" * 2048,
    "emoji": "\N{FIRE}" * 4096,
    "right to left": "\N{RIGHT-TO-LEFT OVERRIDE}שלום " * 600,
    "controls": "\0\1" * 2048,
}


def main() -> None:
    """Print the cost of loading, of a line, of 4,096 characters, and the memory."""
    before, started = _resident(), perf_counter()
    from bot.language.dates import Question, find_dates, read_date

    def read(text: str, language: str) -> float:
        began = perf_counter()
        read_date(text, language=language, question=Question.PROMISE, now=NOW, zone="Europe/Moscow")
        return (perf_counter() - began) * 1000

    def find(text: str) -> float:
        began = perf_counter()
        find_dates(text, language="ru", question=Question.PROMISE, now=NOW, zone="Europe/Moscow")
        return (perf_counter() - began) * 1000

    read("завтар в 15:00", "ru"), read("tommorow at 3", "en")
    print(
        f"import and first lines: {(perf_counter() - started) * 1000:.0f} ms, {_resident() - before:.0f} MB"
    )
    lines = [(text, language) for language in ("ru", "en") for text in _texts(language)]
    for line in lines:
        read(*line)
    times = sorted(read(*line) for line in lines)
    print(f"{len(lines)} lines: median {median(times):.2f} ms, slowest {times[-1]:.1f} ms")
    for name, text in LONG.items():
        answer, longer = min(read(text, "ru") for _ in range(3)), min(find(text) for _ in range(3))
        print(f"{name:>14}, {len(text)} characters: read {answer:.1f} ms, find {longer:.1f} ms")
    print(f"resident: {_resident():.0f} MB")


def _texts(language: str) -> list[str]:
    import json

    path = ROOT / "tests" / "corpora" / f"dates_{language}.jsonl"
    return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]


def _resident() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
