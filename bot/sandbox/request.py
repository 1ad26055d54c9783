"""The way of a genuine bot to the in-memory Telegram: the library's transport without a network."""

from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec
from telegram.request import BaseRequest, RequestData

from bot.sandbox.contract import Upload
from bot.sandbox.refusals import JSON, ApiError
from bot.sandbox.telegram import InMemoryTelegram


class SandboxRequest(BaseRequest):
    """Carries calls and downloads to an in-memory Telegram; any token will do."""

    def __init__(self, telegram: InMemoryTelegram) -> None:
        self._telegram = telegram

    @property
    def read_timeout(self) -> float | None:
        """There is nothing to wait for."""
        return None

    async def initialize(self) -> None:
        """Need nothing."""

    async def shutdown(self) -> None:
        """Hold nothing."""

    async def do_request(  # noqa: PLR0913, PLR0917 - the base class names these parameters
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Answer a call of the Bot API (POST) or a download (GET) with a status and a body."""
        path = unquote(urlsplit(url).path)
        if method == "GET":
            return self._download(path)
        try:
            result = await self._telegram.call(path.rpartition("/")[2], _parameters(request_data))
        except ApiError as error:
            return error.code, msgspec.json.encode(error.payload())
        return 200, msgspec.json.encode({"ok": True, "result": result})

    def _download(self, path: str) -> tuple[int, bytes]:
        # /file/bot<token>/<folder>/<name>
        stored = self._telegram.state.files.at("/".join(path.split("/")[3:]))
        if stored is None:
            return 404, msgspec.json.encode(ApiError(404, "Not Found").payload())
        return 200, stored.upload.content


def _parameters(data: RequestData | None) -> JSON:
    """Return the parameters as they would arrive: plain JSON, and files by the name of their part."""
    if data is None:
        return {}
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(data.parameters))
    for part, (name, content, mime_type) in data.multipart_data.items():
        plain[part] = Upload(name, content if isinstance(content, bytes) else content.read(), mime_type)
    return plain
