"""Killed again and again in the middle of a backlog, the bot loses no update and takes none twice."""

import signal
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

from bot_api import TOKEN, BotApi, bot_process, serving

from bot.sandbox.chats import Person

PEOPLE = range(5000, 5200)
#: The process is killed when it has sent so many messages, over all its lives.
KILLS = (10, 45, 90, 130, 180)
#: Processed at once, so at most so many answers can be sent again after a kill.
AT_ONCE = 64


def backlog(api: BotApi) -> list[int]:
    """Let everybody write once; return the numbers of the updates."""
    for number in PEOPLE:
        api.telegram.state.add_person(Person(id=number, first_name="P"))
    return [api.telegram.people.say(number, "/start")["update_id"] for number in PEOPLE]


def ignore(_method: str) -> None:
    """Let calls pass."""


async def live_until(api: BotApi, folder: Path, messages: int) -> None:
    """Run the bot until it has sent so many messages in all; then kill it, as a power cut would."""
    async with bot_process(folder, "run", BOT_TOKEN=TOKEN, TELEGRAM_API_URL=api.url) as bot:

        def count(_method: str) -> None:
            if len(api.telegram.called("sendMessage")) >= messages:
                api.then = ignore
                bot.kill()

        api.then = count
        code, _, _ = await bot.ended()
    assert code == -signal.SIGKILL


async def test_no_update_is_lost_or_taken_twice_over_five_kills(tmp_path: Path) -> None:
    async with serving() as api:
        updates = backlog(api)
        for messages in KILLS:
            await live_until(api, tmp_path, messages)
        async with bot_process(tmp_path, "run", BOT_TOKEN=TOKEN, TELEGRAM_API_URL=api.url) as bot:
            await api.acknowledged()
            bot.signal(signal.SIGTERM)
            code, _, _ = await bot.ended()
    assert code == 0
    with closing(sqlite3.connect(tmp_path / ".local/share/five-touches/five-touches.sqlite3")) as database:
        handled = database.execute(
            "SELECT update_id, user_id FROM handled_updates ORDER BY update_id"
        ).fetchall()
        users = database.execute("SELECT id FROM users ORDER BY id").fetchall()
    assert handled == list(zip(updates, PEOPLE, strict=True))
    assert users == [(number,) for number in PEOPLE]
    answers = Counter(call["chat_id"] for call in api.telegram.called("sendMessage"))
    assert set(answers) == set(PEOPLE)
    assert answers.total() <= len(PEOPLE) + len(KILLS) * AT_ONCE
