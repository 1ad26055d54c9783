"""Bad days of the network and of Telegram, ordered by a test: the next calls of a method go wrong."""

from collections import deque
from collections.abc import Callable

from msgspec import Struct
from telegram.error import NetworkError, TimedOut

from bot.sandbox.refusals import ApiError


class Failure(Struct, frozen=True):
    """One call to go wrong; `after_effect`: Telegram does the work and only its answer is lost."""

    error: Callable[[], Exception]
    after_effect: bool = False


class Failures:
    """The failures still to come, by method; each is used once."""

    def __init__(self) -> None:
        self._planned: dict[str, deque[Failure]] = {}

    def take(self, method: str) -> Failure | None:
        """Return the failure of this call, if one is planned."""
        planned = self._planned.get(method)
        return planned.popleft() if planned else None

    def flood(self, method: str, retry_after: int, *, times: int = 1) -> None:
        """Answer 429: too many requests, come back after so many seconds."""
        description = f"Too Many Requests: retry after {retry_after}"
        self._plan(method, Failure(lambda: ApiError(429, description, retry_after=retry_after)), times)

    def refuse(self, method: str, code: int, description: str, *, times: int = 1, **parameters: int) -> None:
        """Answer with an error of Telegram's; `parameters` may hold migrate_to_chat_id."""
        self._plan(method, Failure(lambda: ApiError(code, description, **parameters)), times)

    def break_down(self, method: str, code: int = 502, *, times: int = 1) -> None:
        """Answer 5xx without having done anything."""
        self._plan(method, Failure(lambda: ApiError(code, "Bad Gateway")), times)

    def time_out(self, method: str, *, after_effect: bool = False, times: int = 1) -> None:
        """Let no answer come; with `after_effect` the work was done, which the bot cannot know."""
        self._plan(method, Failure(TimedOut, after_effect), times)

    def disconnect(self, method: str, *, after_effect: bool = False, times: int = 1) -> None:
        """Break the connection."""
        self._plan(method, Failure(lambda: NetworkError("connection lost"), after_effect), times)

    def _plan(self, method: str, failure: Failure, times: int) -> None:
        self._planned.setdefault(method, deque()).extend([failure] * times)
