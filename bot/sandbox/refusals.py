"""How the in-memory Telegram says no: the code and the description that Telegram would send."""

from typing import Any

from bot.errors import BotError

#: What travels between a bot and Telegram: a JSON object.
JSON = dict[str, Any]


class ApiError(BotError):
    """A refused call; `parameters` is Telegram's ResponseParameters (retry_after, …)."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(code, description, parameters)
        self.code = code
        self.description = description
        self.parameters = parameters

    def payload(self) -> JSON:
        """Return the body of the answer."""
        body: JSON = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(reason: str) -> ApiError:
    """Return the error for a call that Telegram cannot make sense of."""
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    """Return the error for a call that the other side does not allow."""
    return ApiError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> ApiError:
    """Return the error for two ways of taking updates that exclude each other."""
    return ApiError(409, f"Conflict: {reason}")
