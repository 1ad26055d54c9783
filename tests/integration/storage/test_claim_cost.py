"""A claim reads the due rows alone, however many others there are."""

import sqlite3
from contextlib import closing

import asyncpg
import pytest

from bot.storage import migrate
from bot.storage.engine import load_queries

VALUES = {"now": 5, "lease_until": 6, "token": "t", "users": 100}


async def test_sqlite_claims_along_the_index(tmp_path: object) -> None:
    await migrate(f"sqlite:///{tmp_path}/bot.db")
    queries = load_queries("sqlite", "sqlite3")
    with closing(sqlite3.connect(f"{tmp_path}/bot.db")) as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {queries.claim_reminders.sql}", VALUES).fetchall()
        wake = connection.execute(f"EXPLAIN QUERY PLAN {queries.next_wake.sql}").fetchall()
    assert [row[3] for row in plan] == [
        "SEARCH reminders USING INTEGER PRIMARY KEY (rowid=?)",
        "LIST SUBQUERY 2",
        "SEARCH theirs USING INDEX reminders_to_wake_of_user (user_id=? AND wake_at>? AND wake_at<?)",
        "LIST SUBQUERY 1",
        "SEARCH reminders USING INDEX reminders_to_wake (wake_at>? AND wake_at<?)",
    ]
    assert [row[3] for row in wake] == ["SEARCH reminders USING INDEX reminders_to_wake (wake_at>?)"]


@pytest.mark.parametrize(
    "name", ["plan_weekly", "drop_weekly", "pause_weekly", "resume_weekly", "load_weekly", "erase_weekly"]
)
async def test_weekly_messages_are_found_by_their_user(tmp_path: object, name: str) -> None:
    await migrate(f"sqlite:///{tmp_path}/bot.db")
    statement = getattr(load_queries("sqlite", "sqlite3"), name).sql
    values = {"id": 1, "user_id": 1, "key": "sweep:2027-W09", "due_at": 1, "kind": "sweep:%"}
    with closing(sqlite3.connect(f"{tmp_path}/bot.db")) as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
    searches = [row[3] for row in plan if "reminders" in row[3] or "known" in row[3]]
    assert searches
    assert all("INDEX weekly_of_user (user_id=?" in search for search in searches)


@pytest.mark.postgres
async def test_postgres_claims_along_the_index(postgres_url: str) -> None:
    queries = load_queries("postgresql", "asyncpg")
    connection = await asyncpg.connect(postgres_url)
    try:
        await connection.execute(
            "INSERT INTO vacancies VALUES (1, 1, 'open', 0, 1, 0);"
            "INSERT INTO reminders (id, user_id, vacancy_id, key, due_at, wake_at, state, planned_by)"
            "SELECT n, n / 2, 1, n, n, n, 'pending', 1 FROM generate_series(1, 20000) AS n;"
            "ANALYZE reminders;"
            "SET plan_cache_mode = force_generic_plan"
        )
        many_due = VALUES | {"now": 15000}
        values = [many_due[name] for name in queries.driver_adapter.var_sorted["claim_reminders"]]
        explained = await connection.fetch(f"EXPLAIN {queries.claim_reminders.sql}", *values)
    finally:
        await connection.close()
    plan = "\n".join(row[0] for row in explained)
    assert "Index Scan using reminders_to_wake on" in plan
    assert "using reminders_to_wake_of_user on" in plan
    assert "Seq Scan" not in plan
