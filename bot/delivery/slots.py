"""How many messages may be under way at once: the most copies that a crash can cost."""

import asyncio

#: Seconds to wait for more free slots once there is one, so that one claim serves several.
GATHER = 0.01


class Slots:
    """A counted number of slots."""

    def __init__(self, number: int) -> None:
        self._free = number
        self._half = (number + 1) // 2
        self._one_is_free = asyncio.Event()
        self._half_is_free = asyncio.Event()
        self._tell()

    async def some(self) -> int:
        """Wait for free slots; return how many there are, and take none."""
        await self._one_is_free.wait()
        if not self._half_is_free.is_set():
            try:
                async with asyncio.timeout(GATHER):
                    await self._half_is_free.wait()
            except TimeoutError:
                """A few are enough."""
        return self._free

    def take(self) -> None:
        """Take one."""
        self._free -= 1
        self._tell()

    def give_back(self) -> None:
        """Give one back."""
        self._free += 1
        self._tell()

    def _tell(self) -> None:
        for event, least in ((self._one_is_free, 1), (self._half_is_free, self._half)):
            if self._free >= least:
                event.set()
            else:
                event.clear()
