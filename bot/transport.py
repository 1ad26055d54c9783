"""The way to Telegram: python-telegram-bot's requests over one aiohttp session.

A failure says whether the request may have reached Telegram: the `__cause__` of the telegram error is
NotSent or Unanswered. aiohttp's own errors stay out of it, some of them spell the URL, which holds the token.
"""

import json
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData


class NotSent(ConnectionError):
    """The request certainly did not reach Telegram."""


class Unanswered(ConnectionError):
    """The request may have reached Telegram; no whole answer came back."""


class Timeouts(NamedTuple):
    """Seconds to wait where a call names none; None waits for ever."""

    pool: float | None = 5
    connect: float | None = 5
    write: float | None = 10
    read: float | None = 20


def system_proxy(url: str) -> str | None:
    """Return the proxy that the machine's settings (HTTPS_PROXY, NO_PROXY, …) name for this URL.

    Asked once: aiohttp's own `trust_env` asks in a thread before each request and triples its cost.
    """
    target = urlsplit(url)
    return None if proxy_bypass(target.netloc) else getproxies().get(target.scheme)


class AiohttpRequest(BaseRequest):
    """Requests to the Bot API, through a proxy where one is given."""

    def __init__(
        self, *, connections: int = 256, proxy: str | None = None, timeouts: Timeouts | None = None
    ) -> None:
        self._connections = connections
        self._proxy = proxy
        self._timeouts = timeouts or Timeouts()
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer where a call names none."""
        return self._timeouts.read

    async def initialize(self) -> None:
        """Open the session; a second call changes nothing, for two bots may share this object."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                proxy=self._proxy,
            )

    async def shutdown(self) -> None:
        """Close the session and its connections."""
        session, self._session = self._session, None
        if session:
            await session.close()

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
        """Send one request; return the status and the body of its answer.

        Raises TimedOut or NetworkError, from NotSent or Unanswered.
        """
        if self._session is None:
            raise RuntimeError("the transport is not initialized")
        given = (pool_timeout, connect_timeout, write_timeout, read_timeout)
        body, headers = _encoded(request_data)
        try:
            async with self._session.request(
                method,
                url,
                data=body,
                headers=headers,
                allow_redirects=False,  # the URL is a secret: it goes to nobody else
                timeout=_timeout(self._timeouts, given),
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            kind = TimedOut if isinstance(error, TimeoutError) else NetworkError
            cause = NotSent if isinstance(error, _NEVER_CONNECTED) else Unanswered
            raise kind(type(error).__name__) from cause(_reason(error))


_NEVER_CONNECTED = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
)


def _encoded(
    request: RequestData | None,
) -> tuple[bytes | aiohttp.FormData | None, dict[str, str] | None]:
    """Return the parameters as a JSON body, or as a form of several parts where files go with them."""
    if request is None:
        return None, None
    if not request.contains_files:
        return json.dumps(request.parameters).encode(), {"Content-Type": "application/json"}
    form = aiohttp.FormData(quote_fields=False)  # file names as they are: Telegram shows %D0%B7 literally
    for name, value in request.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mimetype) in request.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mimetype)
    return form, None


@lru_cache(maxsize=64)
def _timeout(default: Timeouts, given: tuple[object, ...]) -> aiohttp.ClientTimeout:
    """Return aiohttp's limits; whatever is no number and not None was not given by the caller."""
    pool, connect, write, read = (
        one if one is None or isinstance(one, float | int) else usual
        for one, usual in zip(given, default, strict=True)
    )
    connected = _sum(pool, connect)
    # aiohttp has no limit for writing: only the whole exchange bounds a stalled upload.
    return aiohttp.ClientTimeout(total=_sum(connected, write, read), connect=connected, sock_read=read)


def _sum(*seconds: float | None) -> float | None:
    return None if None in seconds else sum(one for one in seconds if one is not None)


def _reason(error: BaseException) -> str:
    """Name the failure without its message, which may spell the URL."""
    reason = f": {error.os_error}" if isinstance(error, aiohttp.ClientConnectorError) else ""
    return f"{type(error).__name__}{reason}"
