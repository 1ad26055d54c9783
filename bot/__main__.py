"""The command line: run | web | worker | migrate | check | backup.

Exit codes: 0 ended well, 1 a failure, 2 a wrong setting or argument (told in one line), 130 interrupted.
"""

import argparse
import asyncio
import logging
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from bot.clock import SystemClock
from bot.config import Settings, environment
from bot.errors import BotError, ConfigError
from bot.logs import redact, set_up_logs
from bot.supervision import Died

logger = logging.getLogger("bot")


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command; return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except ConfigError as error:
        _say(str(error), sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 128 + signal.SIGINT  # before or after the time in which the bot itself takes it
    except BotError as error:
        # Most say all there is to say; a part of the process that died does so for a reason of its own.
        logger.critical(
            "the bot ends: %s", error, exc_info=error.__cause__ if isinstance(error, Died) else None
        )
    except Exception:
        logger.critical("the bot ends by a bug", exc_info=True)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="Five Touches, a Telegram bot for job seekers."
    )
    commands = parser.add_subparsers(required=True, metavar="command")

    run = commands.add_parser(
        "run", help="poll and send reminders; without BOT_TOKEN, the sandbox in the browser"
    )
    run.set_defaults(command=_run)

    web = commands.add_parser("web", help="take updates by webhook, any number of these on PostgreSQL")
    web.add_argument(
        "--dispatch", action="store_true", help="send reminders too, as always on SQLite: no worker needed"
    )
    web.set_defaults(command=_web)

    worker = commands.add_parser("worker", help="send reminders, for `web` processes; a second one stands by")
    worker.set_defaults(command=_worker)

    migrate = commands.add_parser("migrate", help="bring the database's schema up to date")
    migrate.set_defaults(command=_migrate)

    check = commands.add_parser(
        "check", help="check that texts, letters and tips are complete in every language"
    )
    check.set_defaults(command=_check)

    backup = commands.add_parser("backup", help="copy the SQLite database, also while the bot runs")
    backup.add_argument(
        "file", nargs="?", type=Path, help="where to; by default beside the database, named by the time"
    )
    backup.set_defaults(command=_backup)
    return parser


def _settings() -> Settings:
    settings = Settings.load(environment())
    set_up_logs(settings.log_level, settings.secrets)
    return settings


# What a command needs is imported with it: `backup` needs no Telegram, and `run` has to be polling soon.


def _run(_options: argparse.Namespace) -> int:
    settings = _settings()
    from bot import runtime

    asyncio.run(runtime.run(settings) if settings.bot_token else runtime.sandbox(settings))
    return 0


def _web(options: argparse.Namespace) -> int:
    settings = _settings()
    from bot import runtime

    asyncio.run(runtime.web(settings, dispatch=options.dispatch))
    return 0


def _worker(_options: argparse.Namespace) -> int:
    settings = _settings()
    from bot import runtime

    asyncio.run(runtime.worker(settings))
    return 0


def _migrate(_options: argparse.Namespace) -> int:
    settings = _settings()
    from bot.storage import migrate

    asyncio.run(migrate(settings.database_url))
    _say("the database has the newest schema")
    return 0


def _check(_options: argparse.Namespace) -> int:
    from bot import pack_check, text_check, tip_check

    problems = [*text_check.check(), *pack_check.check(), *tip_check.check()]
    for problem in problems:
        _say(problem)
    _say(f"texts, letters and tips: {len(problems) or 'no'} problems")
    return 1 if problems else 0


def _backup(options: argparse.Namespace) -> int:
    settings = _settings()
    from bot.storage import is_postgres, sqlite_path
    from bot.storage.datafile import backup

    if is_postgres(settings.database_url):
        raise ConfigError("DATABASE_URL names a PostgreSQL database: back it up with pg_dump")
    source = sqlite_path(settings.database_url)
    target = options.file or source.with_name(f"{source.name}.{SystemClock().now():%Y%m%d-%H%M%S}.backup")
    backup(source, target)
    _say(f"copied to {target}; keep the key elsewhere, the copy cannot be read without it")
    return 0


def _say(line: str, stream: TextIO = sys.stdout) -> None:
    stream.write(f"{redact(line)}\n")


if __name__ == "__main__":
    sys.exit(main())
