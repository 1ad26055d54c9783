"""Health: whether this process works, for container hosts and load balancers."""

import logging
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from bot.errors import StorageError
from bot.supervision import Pulse

logger = logging.getLogger(__name__)


def health_routes(
    database_answers: Callable[[], Awaitable[object]], pulses: Mapping[str, Pulse]
) -> list[web.RouteDef]:
    """Return the routes: /health/live, every part moves; /health, and the database answers too."""

    async def live(_request: web.Request) -> web.Response:
        return _report({name: pulse.alive for name, pulse in pulses.items()})

    async def ready(_request: web.Request) -> web.Response:
        try:
            await database_answers()
            database = True
        except (StorageError, OSError):
            logger.exception("the database does not answer")
            database = False
        return _report({"database": database, **{name: pulse.alive for name, pulse in pulses.items()}})

    return [web.get("/health/live", live), web.get("/health", ready)]


def _report(checks: Mapping[str, bool]) -> web.Response:
    return web.json_response({"checks": checks}, status=200 if all(checks.values()) else 503)
