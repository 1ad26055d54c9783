"""A Bot API on the loopback address, fast and ignorant: a process of its own that hands out prepared updates.

It speaks just enough HTTP for the clients measured here. What it sees it tells on stdout, a word a line:
`listening <port>`, `polled` at the first request for updates, `start` when the replies to the warm-up are all
there and the rest is handed out, `end` when the replies to the rest are. GET returns how many messages came.
"""

import asyncio
import json
import sys
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

ME = {"id": 7, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
#: What shows a message to a user, and thus answers an update.
_REPLIES = {"sendMessage", "editMessageText"}
_WITH_NUMBER = b'{"ok":true,"result":%s}'


def say(*words: object) -> None:
    """Tell whoever started this process."""
    print(*words, flush=True)


class Feed:
    """The updates, in two parts: the second is handed out when every reply to the first has come."""

    def __init__(self, updates: list[bytes], warm_up: int) -> None:
        self._updates = updates
        self._gate = warm_up
        self.replies = 0
        self._confirmed = 0
        self._waiting: list[tuple[Connection, int, asyncio.TimerHandle]] = []
        self._polled = False

    def ask(self, connection: "Connection", asked: dict[str, Any]) -> None:
        """Answer a request for updates, now or when there are some; an offset confirms those before it."""
        if not self._polled:
            self._polled = True
            say("polled")
        self._confirmed = max(self._confirmed, int(asked.get("offset") or 1) - 1)
        limit, hold = int(asked.get("limit") or 100), int(asked.get("timeout") or 0)
        if batch := self._batch(limit):
            connection.answer(_WITH_NUMBER % batch)
        else:
            timer = asyncio.get_running_loop().call_later(hold, self._nothing, connection)
            self._waiting.append((connection, limit, timer))

    def replied(self) -> None:
        """Count a reply; open the gate, or tell that this was the last."""
        self.replies += 1
        if self.replies == self._gate < len(self._updates):
            self._gate = len(self._updates)
            say("start")
            waiting, self._waiting = self._waiting, []
            for connection, limit, timer in waiting:
                timer.cancel()
                connection.answer(_WITH_NUMBER % self._batch(limit))
        elif self.replies == len(self._updates):
            say("end")

    def _batch(self, limit: int) -> bytes:
        batch = self._updates[self._confirmed : min(self._confirmed + limit, self._gate)]
        return b"[%s]" % b",".join(batch) if batch else b""

    def _nothing(self, connection: "Connection") -> None:
        self._waiting = [one for one in self._waiting if one[0] is not connection]
        connection.answer(_WITH_NUMBER % b"[]")


class Connection(asyncio.Protocol):
    """One connection of a client: requests in, answers out, in their order."""

    def __init__(self, feed: Feed, numbers: "count[int]") -> None:
        self._feed = feed
        self._numbers = numbers
        self._read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        self._transport: Any = transport

    def data_received(self, data: bytes) -> None:
        """Take every request that is complete."""
        self._read += data
        while (end := self._read.find(b"\r\n\r\n")) >= 0:
            head, start = self._read[:end].lower(), end + 4
            _, _, length = head.partition(b"content-length:")
            stop = start + int(length.partition(b"\r\n")[0] or 0)
            if len(self._read) < stop:
                return
            path, body = self._read.split(b" ", 2)[1], self._read[start:stop]
            self._read = self._read[stop:]
            self._take(path.decode().rpartition("/")[2], body, is_json=b"application/json" in head)

    def answer(self, body: bytes) -> None:
        """Write an answer."""
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        self._transport.write(head % len(body) + body)

    def _take(self, method: str, body: bytes, *, is_json: bool) -> None:
        if method == "replies":
            self.answer(str(self._feed.replies).encode())
            return
        asked = json.loads(body) if is_json else dict(parse_qsl(body.decode()))
        if method.lower() == "getupdates":
            self._feed.ask(self, asked)
            return
        result = self._message(asked) if method in _REPLIES else ME if method == "getMe" else True
        self.answer(json.dumps({"ok": True, "result": result}).encode())
        if method in _REPLIES:
            self._feed.replied()

    def _message(self, asked: dict[str, Any]) -> dict[str, Any]:
        chat = int(asked["chat_id"])
        markup = asked.get("reply_markup")
        return {
            "message_id": int(asked.get("message_id") or next(self._numbers)),
            "date": 1_800_000_000,
            "chat": {"id": chat, "type": "private", "first_name": f"User {chat}"},
            "from": ME,
            "text": asked["text"],
            **({"reply_markup": json.loads(markup) if isinstance(markup, str) else markup} if markup else {}),
        }


async def serve(feed: Feed) -> None:
    """Serve until the process is ended."""
    numbers = count(1_000_000)
    server = await asyncio.get_running_loop().create_server(lambda: Connection(feed, numbers), "127.0.0.1", 0)
    say("listening", server.sockets[0].getsockname()[1])
    await server.serve_forever()


if __name__ == "__main__":
    script, warm_up = sys.argv[1:]
    asyncio.run(serve(Feed(Path(script).read_bytes().splitlines(), int(warm_up))))
