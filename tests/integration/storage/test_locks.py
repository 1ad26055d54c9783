"""One user's updates one at a time, within a process and across replicas; one dispatcher among workers."""

import asyncio
from contextlib import AsyncExitStack, suppress

import asyncpg
import pytest
from storage_stories import ANNA, BORIS, commit

from bot.errors import StorageError
from bot.storage import Storage, open_storage
from bot.storage.crypto import Cipher
from bot.storage.locks import LocalLocks, UserLocks

CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"


async def cut_connections(url: str) -> None:
    """End every other connection to the database, as a restart of the server would."""
    connection = await asyncpg.connect(url)
    await connection.fetch(f"{CUT} AND datname = current_database()")
    await connection.close()


async def overlap(locks: list[UserLocks], users: list[int]) -> int:
    """Return how many holders were inside at once, at most."""
    inside = most = 0

    async def visit(lock: UserLocks, user_id: int) -> None:
        nonlocal inside, most
        async with lock.user(user_id):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(visit(lock, user) for lock in locks for user in users))
    return most


async def test_a_user_is_let_in_alone(storage: Storage) -> None:
    assert await overlap([storage.locks], [ANNA] * 20) == 1


async def test_different_users_do_not_wait_for_each_other(storage: Storage) -> None:
    async with storage.locks.user(ANNA), asyncio.timeout(5), storage.locks.user(BORIS):
        pass


@pytest.mark.postgres
async def test_a_user_is_let_in_alone_across_replicas(two_storages: tuple[Storage, Storage]) -> None:
    assert await overlap([storage.locks for storage in two_storages], [ANNA] * 20) == 1


async def test_the_order_of_arrival_is_kept(storage: Storage) -> None:
    order: list[int] = []

    async def visit(number: int) -> None:
        async with storage.locks.user(ANNA):
            order.append(number)

    await asyncio.gather(*(visit(number) for number in range(10)))
    assert order == list(range(10))


async def test_a_lock_is_free_again_after_an_error_and_after_a_cancelled_wait(storage: Storage) -> None:
    with pytest.raises(LookupError):
        async with storage.locks.user(ANNA):
            raise LookupError

    async def wait() -> None:
        async with storage.locks.user(ANNA):
            pytest.fail("the lock is held")

    async with storage.locks.user(ANNA):
        waiting = asyncio.ensure_future(wait())
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    async with asyncio.timeout(5), storage.locks.user(ANNA):
        pass


@pytest.mark.postgres
async def test_a_replica_that_gave_up_waiting_holds_nothing(two_storages: tuple[Storage, Storage]) -> None:
    one, two = two_storages
    async with one.locks.user(ANNA):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05), two.locks.user(ANNA):
                pytest.fail("the lock is held by the other replica")
    async with asyncio.timeout(5), two.locks.user(ANNA):
        pass


async def test_locks_nobody_uses_are_dropped() -> None:
    locks = LocalLocks()
    async with locks.user(ANNA):
        assert dict(locks._locks).keys() == {ANNA}
    assert dict(locks._locks) == {}


async def test_a_single_worker_is_elected(storage: Storage) -> None:
    assert await storage.election.elected()
    assert await storage.election.elected()


@pytest.mark.postgres
async def test_one_of_two_workers_is_elected_and_the_other_takes_over(
    postgres_url: str, cipher: Cipher
) -> None:
    async with AsyncExitStack() as stack:
        second = await stack.enter_async_context(open_storage(postgres_url, cipher))
        async with open_storage(postgres_url, cipher) as first:
            assert await first.election.elected()
            assert not await second.election.elected()
            assert await first.election.elected()
        assert await second.election.elected()


@pytest.mark.postgres
async def test_a_leader_without_connection_stands_for_election_again(
    two_storages: tuple[Storage, Storage], postgres_url: str
) -> None:
    first, second = two_storages
    assert await first.election.elected()
    await cut_connections(postgres_url)
    with pytest.raises(StorageError):
        await first.election.elected()
    assert await second.election.elected()
    assert not await first.election.elected()


@pytest.mark.postgres
async def test_a_storage_gets_over_cut_connections(
    two_storages: tuple[Storage, Storage], postgres_url: str
) -> None:
    storage, _ = two_storages
    await cut_connections(postgres_url)
    with suppress(StorageError):  # unless the pool has noticed first
        await commit(storage, update_id=1)
    await commit(storage, update_id=2)
    assert (await storage.sessions.open(ANNA, 2)).handled


@pytest.mark.postgres
async def test_a_cut_connection_sets_its_lock_free(
    two_storages: tuple[Storage, Storage], postgres_url: str
) -> None:
    one, two = two_storages
    async with one.locks.user(ANNA):
        await cut_connections(postgres_url)
        async with asyncio.timeout(5), two.locks.user(ANNA):
            pass
