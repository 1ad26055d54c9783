"""Users: loading, blocking, exporting and forgetting."""

from pathlib import Path

import msgspec
import pytest
from storage_stories import ANNA, BORIS, HOUR, NOW, Rows, claim_one, commit, opened, record, undo_of

from bot.domain.facts import ContactNamed, Event
from bot.domain.users import Form, User
from bot.domain.vacancy import Contact
from bot.storage import Storage, is_postgres, open_storage, sqlite_path
from bot.storage.crypto import Cipher
from bot.storage.reminders import Plan, Reminder
from bot.storage.session import Conversation

USER = User(id=ANNA, language="ru", name="Anna", form=Form.SHE, zone="Europe/Moscow")
TALK = Conversation("interview", "company", b'{"company":"Hooli"}', NOW)


async def fill(storage: Storage, user_id: int, vacancy_id: int) -> None:
    """Leave something of a user in every table."""
    user = msgspec.structs.replace(USER, id=user_id)
    await commit(storage, user_id, update_id=user_id, user=user, conversation=TALK, conversation_changed=True)
    await record(storage, vacancy_id, opened(), Plan("prepare:1", NOW), user_id)
    named = Event(2, NOW, (ContactNamed(Contact(id=1, name="Olga", phone="+12125550123")),))
    await record(storage, vacancy_id, named, Plan("call:1", NOW), user_id)


async def test_a_user_comes_back_as_saved(storage: Storage) -> None:
    assert await storage.users.load(ANNA) is None
    for user in (USER, User(id=ANNA), msgspec.structs.replace(USER, blocked_at=NOW)):
        await commit(storage, user=user)
        assert await storage.users.load(ANNA) == user


async def test_the_first_moment_of_blocking_is_kept(storage: Storage) -> None:
    await commit(storage, user=USER)
    await storage.users.block(ANNA, NOW)
    await storage.users.block(ANNA, NOW + HOUR)
    assert await storage.users.load(ANNA) == msgspec.structs.replace(USER, blocked_at=NOW)
    await storage.users.unblock(ANNA)
    assert await storage.users.load(ANNA) == USER


async def test_an_export_holds_everything_in_plain_words(storage: Storage) -> None:
    await fill(storage, ANNA, 1)
    await fill(storage, BORIS, 2)
    reminder = await claim_one_of(storage, ANNA)
    await storage.reminders.sent(reminder, 9, NOW)
    await record(storage, 1, undo_of(2, by=3))

    export = await storage.users.export(ANNA)

    assert export["settings"] == msgspec.json.decode(msgspec.json.encode(USER))
    assert export["conversation"] == {
        "name": "interview",
        "step": "company",
        "draft": {"company": "Hooli"},
        "updated_at": "2027-03-01T09:00:00.123456Z",
    }
    history = msgspec.json.encode(await storage.vacancies.history(ANNA, 1))
    assert export["vacancies"] == [{"id": 1, "events": msgspec.json.decode(history)}]
    assert [(row["key"], row["state"], row["message_id"]) for row in export["reminders"]] in (
        [("prepare:1", "pending", None), ("call:1", "sent", 9)],
        [("call:1", "sent", 9), ("prepare:1", "pending", None)],
    )
    assert msgspec.json.decode(msgspec.json.encode(export)) == export


async def claim_one_of(storage: Storage, user_id: int) -> Reminder:
    claimed = await storage.reminders.claim(NOW, HOUR, 10)
    return next(reminder for reminder in claimed if reminder.user_id == user_id)


async def test_a_stranger_exports_nothing(storage: Storage) -> None:
    nothing = {"settings": None, "conversation": None, "vacancies": [], "reminders": []}
    assert await storage.users.export(ANNA) == nothing


@pytest.mark.parametrize("how", ["store", "work"])
async def test_nothing_of_an_erased_user_is_left_in_any_table(
    storage: Storage, rows: Rows, database_url: str, how: str
) -> None:
    tables = await tables_of_users(rows, database_url)
    assert tables == {
        "users": "id",
        "vacancies": "user_id",
        "events": "user_id",
        "reminders": "user_id",
        "conversations": "user_id",
        "handled_updates": "user_id",
    }, "a new table has to be exported (UserStore.export) and erased (ERASURE)"
    await fill(storage, ANNA, 1)
    await fill(storage, BORIS, 2)
    for table, column in tables.items():
        assert await rows(f"SELECT 1 FROM {table} WHERE {column} = {ANNA}"), table
    kept = [await rows(f"SELECT * FROM {t} WHERE {c} = {BORIS} ORDER BY 1, 2") for t, c in tables.items()]

    if how == "store":
        await storage.users.erase(ANNA)
    else:
        await commit(storage, update_id=77, user=USER, conversation=TALK, erase=True)

    for table, column in tables.items():
        assert await rows(f"SELECT 1 FROM {table} WHERE {column} = {ANNA}") == [], table
    assert kept == [
        await rows(f"SELECT * FROM {t} WHERE {c} = {BORIS} ORDER BY 1, 2") for t, c in tables.items()
    ]
    assert (await storage.sessions.open(ANNA, ANNA)).handled  # a repeated update still does nothing


async def tables_of_users(rows: Rows, database_url: str) -> dict[str, str]:
    """Return the tables that hold something of users, with the column that says whose it is."""
    if is_postgres(database_url):
        columns = await rows(
            'SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns '
            "WHERE table_schema = current_schema()"
        )
    else:
        columns = await rows(
            'SELECT tables.name AS "table", columns.name AS "column" '
            "FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns "
            "WHERE tables.type = 'table'"
        )
    owned = {row["table"]: "user_id" for row in columns if row["column"] == "user_id"}
    return owned | {"users": "id"}


async def test_the_files_hold_no_plain_text_nor_anything_erased(tmp_path: Path, cipher: Cipher) -> None:
    url = f"sqlite:///{tmp_path}/bot.db"
    async with open_storage(url, cipher) as storage:
        await fill(storage, ANNA, 1)
        await claim_one(storage)
        assert not found(tmp_path, b"Anna", b"Initech", b"Olga", b"+1212555", b"Hooli", b"Moscow")
        assert found(tmp_path, b"call:1")

        await storage.users.erase(ANNA)
        assert not found(tmp_path, b"call:1", b"prepare:1", b"company")
    assert sqlite_path(url).exists()


def found(folder: Path, *words: bytes) -> set[bytes]:
    content = b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())
    return {word for word in words if word in content}
