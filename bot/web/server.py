"""The HTTP server of the process."""

import logging
from collections.abc import Iterable

from aiohttp import web

from bot.errors import ConfigError
from bot.supervision import Ending

logger = logging.getLogger(__name__)

#: No update of Telegram's comes near it.
LARGEST_BODY = 1024**2
#: Seconds that a delivery in hand has to be finished when the server closes.
PATIENCE = 6.0


async def serve(routes: Iterable[web.RouteDef], port: int, ending: Ending, host: str | None = None) -> None:
    """Serve the routes, on all interfaces unless one is named; at the end deliveries in hand are finished.

    Raises ConfigError when the port is taken.
    """
    app = web.Application(client_max_size=LARGEST_BODY)
    app.add_routes(routes)
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=PATIENCE)
    await runner.setup()
    try:
        await _listen(web.TCPSite(runner, host, port), port)
        logger.info("serving on port %s", port)
        await ending.wait()
    finally:
        await runner.cleanup()


async def _listen(site: web.TCPSite, port: int) -> None:
    try:
        await site.start()
    except OSError as error:
        raise ConfigError(f"PORT {port} cannot be used: {error.strerror or error}") from None
