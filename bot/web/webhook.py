"""The webhook: updates delivered by Telegram, answered 200 only after their effects are committed."""

import logging
from hmac import compare_digest

import msgspec
from aiohttp import web

from bot.config import Webhook
from bot.intake import Intake

logger = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of the header, not a secret


def webhook_routes(webhook: Webhook, intake: Intake) -> list[web.RouteDef]:
    """Return the route that takes updates.

    Telegram keeps the updates of a chat in order and repeats one until it gets a 2xx. So an answer other than
    200 jams that chat: only a database that is down is worth it (503), an unreadable update is not.
    """
    secret = webhook.secret.encode()

    async def take(request: web.Request) -> web.Response:
        # Bytes on both sides: compare_digest refuses text outside ASCII, and a forger may send any.
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not compare_digest(given, secret):
            raise web.HTTPForbidden
        try:
            update = intake.parse(msgspec.json.decode(await request.read()))
        except (msgspec.DecodeError, RecursionError):
            logger.error("a delivery of Telegram is set aside: it is not JSON")  # noqa: TRY400 - the error may quote it
            return web.Response()
        if update is None or await intake.take(update):
            return web.Response()
        raise web.HTTPServiceUnavailable

    return [web.post(webhook.path, take)]
