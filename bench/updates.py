"""Updates handled per second: our whole bot against a bot that only echoes."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cryptography.fernet import Fernet

from bench.example import MONDAY
from bench.processes import client, telegram
from bench.report import Goal, Rate, faster, interleaved, rates
from bot.callbacks import Nav
from bot.domain.draft import Question
from bot.domain.weeks import Weekly

#: So many users go through a dialog before the clock starts: what is loaded on first use is loaded.
WARM_UP = 100

Update = dict[str, Any]


def measure(users: int, rounds: int, warm_up: int = WARM_UP) -> Iterator[str]:
    """Measure dialogs of so many users; yield the lines of the report."""
    steps = len(_STEPS)
    runs: dict[str, Callable[[], Rate]] = {
        "our bot, a step of a dialog each": partial(_ours, users, warm_up),
        "bare echo, python-telegram-bot's defaults": partial(_echo, "echo", users, warm_up),
        "bare echo, on our transport": partial(_echo, "echo_on_our_transport", users, warm_up),
    }
    yield f"updates: {users:,} dialogs of {steps} steps, the last one writes the event and its reminder"
    results = interleaved(rounds, runs)
    yield rates(results)
    ours, plain, transported = results.values()
    yield str(Goal(what="our bot / echo with the defaults", ratios=faster(ours, plain), at_least=1.0))
    yield str(Goal(what="our bot / echo on our transport", ratios=faster(ours, transported), at_least=0.4))


def _ours(users: int, warm_up: int) -> Rate:
    with TemporaryDirectory() as name:
        folder, key = Path(name), Fernet.generate_key().decode()
        file = folder / "bot.sqlite3"
        updates = dialogs(users, warm_up)
        rate = _run(folder, updates, warm_up * len(_STEPS), "our_bot", f"sqlite:///{file}", key)
        _verify(file, warm_up + users, len(updates))
        return rate


def _echo(program: str, users: int, warm_up: int) -> Rate:
    with TemporaryDirectory() as name:
        return _run(Path(name), echoes(warm_up + users), warm_up * len(_STEPS), program)


def _run(folder: Path, updates: list[Update], warm_up: int, program: str, *arguments: str) -> Rate:
    """Return the rate from the first update after the warm-up to the last reply."""
    with telegram(folder, updates, warm_up) as server:
        with client("bench.bots", program, server.url, *arguments, folder=folder) as bot:
            server.await_word("polled")
            server.await_word("start")
            start = bot.sample()
            server.await_word("end")
            end = bot.sample()
        if (replies := server.replies()) != len(updates):
            raise RuntimeError(f"{replies} replies to {len(updates)} updates")
    number = len(updates) - warm_up
    return Rate(number / (end.wall - start.wall), (end.cpu - start.cpu) / number * 1e6)


def dialogs(users: int, warm_up: int) -> list[Update]:
    """Return the updates of all users, step by step; those of the warm-up come first."""
    numbers = count(1)
    return [
        {"update_id": next(numbers), **step(user)}
        for group in (range(1, warm_up + 1), range(warm_up + 1, warm_up + users + 1))
        for step in _STEPS
        for user in group
    ]


def echoes(users: int) -> list[Update]:
    """Return texts, as many from each user as a dialog has steps."""
    numbers = count(1)
    return [
        {"update_id": next(numbers), **_text("3 days ago at 3 pm", user)}
        for _ in _STEPS
        for user in range(1, users + 1)
    ]


def _text(words: str, user: int) -> Update:
    sender = {"id": user, "is_bot": False, "first_name": f"User {user}", "language_code": "en"}
    message = {
        "message_id": user,
        "date": int(MONDAY.timestamp()),
        "chat": {"id": user, "type": "private", "first_name": f"User {user}"},
        "from": sender,
        "text": words.format(user=user),
    }
    if words.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(words)}]
    return {"message": message}


def _tap(data: str, user: int) -> Update:
    text = _text("What position is it?", user)["message"]
    shown = text | {"from": {"id": 7, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}}
    return {
        "callback_query": {
            "id": f"tap {user}",
            "chat_instance": "1",
            "from": text["from"],
            "message": shown,
            "data": data,
        }
    }


#: The shortest way through the interview dialog that answers in words what has to be read.
_STEPS: tuple[Callable[[int], Update], ...] = (
    partial(_text, "/interview"),
    partial(_text, "Company {user}"),
    partial(_text, "3 days ago at 3 pm"),
    partial(_tap, Nav(Question.POSITION, "enough").pack()),
    partial(_text, "nothing was promised"),
)


def _verify(file: Path, users: int, updates: int) -> None:
    """Raise unless every update is committed with all that it should have left behind."""
    expected = {
        "users": users,
        "vacancies WHERE seq = 1": users,
        "events WHERE seq = 1": users,
        "reminders WHERE state = 'pending' AND vacancy_id IS NOT NULL": users,
        "reminders WHERE state = 'pending' AND vacancy_id IS NULL": len(Weekly) * users,
        "conversations": 0,
        "handled_updates": updates,
    }
    with closing(sqlite3.connect(file)) as database:
        found = {what: database.execute(f"SELECT COUNT(*) FROM {what}").fetchone()[0] for what in expected}
    if found != expected:
        raise RuntimeError(f"the bot left {found}, not {expected}")
