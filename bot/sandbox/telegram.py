"""An in-memory Telegram: checks each call of a bot, carries it out, and remembers it."""

import inspect
from collections import deque
from collections.abc import Awaitable, Callable
from pathlib import Path

from msgspec import Struct

from bot.clock import Clock
from bot.sandbox import messages, profile, service
from bot.sandbox.contract import Contract
from bot.sandbox.description import DescriptionContract
from bot.sandbox.failures import Failures
from bot.sandbox.library import LibraryContract
from bot.sandbox.people import People
from bot.sandbox.refusals import JSON, ApiError, bad_request
from bot.sandbox.state import State

_METHODS: dict[str, Callable[[State, JSON], object | Awaitable[object]]] = {
    **messages.METHODS,
    **profile.METHODS,
    **service.METHODS,
}
#: How many calls are remembered; a sandbox may run for weeks.
_REMEMBERED = 10_000


class Call(Struct, frozen=True):
    """A call that was carried out."""

    method: str
    parameters: JSON
    result: object


class Refusal(Struct, frozen=True):
    """A call that was refused."""

    method: str
    parameters: JSON
    description: str


class InMemoryTelegram:
    """Telegram's side of a bot: `call` is for the bot, `people` acts for its users.

    `description` is the path of a machine-readable description of the Bot API to check calls against as well.
    """

    def __init__(self, clock: Clock, *, description: Path | None = None) -> None:
        self.state = State(clock)
        self.people = People(self.state)
        self.failures = Failures()
        self.calls: deque[Call] = deque(maxlen=_REMEMBERED)
        self.refusals: deque[Refusal] = deque(maxlen=_REMEMBERED)
        self._contracts: list[Contract] = [LibraryContract()]
        if description:
            self._contracts.append(DescriptionContract(description))

    def called(self, method: str) -> list[JSON]:
        """Return the parameters of every carried-out call of a method, oldest first."""
        return [call.parameters for call in self.calls if call.method == method]

    async def call(self, method: str, parameters: JSON) -> object:
        """Carry out one call of the bot and return its result.

        Raises:
            ApiError: Telegram refuses.
            telegram.error.NetworkError: a planned failure of the network.
        """
        failure = self.failures.take(method)
        if failure and not failure.after_effect:
            raise failure.error()
        try:
            result = await self._carry_out(method, parameters)
        except ApiError as error:
            self.refusals.append(Refusal(method, parameters, error.description))
            raise
        self.calls.append(Call(method, parameters, result))
        if failure:
            raise failure.error()
        return result

    async def _carry_out(self, method: str, parameters: JSON) -> object:
        if self._contracts[0].method(method) is None:
            raise ApiError(404, "Not Found: method not found")
        for contract in self._contracts:
            problem = contract.problem(method, parameters)
            if problem:
                raise bad_request(problem)
        if method not in _METHODS:
            raise ApiError(501, f"Not Implemented: the sandbox does not know {method}")
        result = _METHODS[method](self.state, parameters)
        return await result if inspect.isawaitable(result) else result
