"""Point 6 of the story: the user's own data, and what becomes of it when the user leaves."""

import json
from datetime import date

from chat_driver import Chat
from story import PEOPLE, TABLES, Person, Scene, introduce, tell_fully


async def test_export_is_everything_as_json(scene: Scene, person: Person, chat: Chat) -> None:
    await tell_fully(chat, person, promise=date(2026, 7, 17))
    await scene.next_reminder()
    await chat.click(person.label("button.sent"))
    await chat.send("/interview")
    await chat.send("Beta")

    await chat.send("/export")

    assert chat.last.text == person.text("export.text")
    assert chat.last.document == "five-touches.json"
    exported = json.loads(chat.last.content)
    assert sorted(exported) == ["conversation", "reminders", "settings", "vacancies"]
    assert exported["settings"]["name"] == person.name
    assert exported["conversation"]["draft"]["draft"]["company"] == "Beta"
    (vacancy,) = exported["vacancies"]
    assert [[fact["type"] for fact in event["facts"]] for event in vacancy["events"]] == [
        ["opened", "edited", "contact", "interview", "promise"],
        ["touched"],
    ]
    standing = [row for row in exported["reminders"] if not row["replaced_by_event"]]
    assert [(row["key"].partition(":")[0], row["state"]) for row in standing] == [
        ("thank_you", "sent"),
        ("call", "pending"),
    ]


async def test_delete_asks_once_and_can_be_refused(scene: Scene, person: Person, chat: Chat) -> None:
    await tell_fully(chat, person)
    before = await scene.snapshot("users", "vacancies", "events", "reminders")

    await chat.send("/delete")
    assert chat.last.text == person.texts.count("delete.ask", 1)
    assert chat.last.buttons == [[person.label("button.erase")], [person.label("button.keep_all")]]
    await chat.click(person.label("button.keep_all"))

    assert chat.last.text == person.text("delete.kept")
    assert await scene.snapshot("users", "vacancies", "events", "reminders") == before


async def test_delete_leaves_nothing_of_the_user(scene: Scene, person: Person, chat: Chat) -> None:
    stranger = next(one for one in PEOPLE.values() if one is not person)
    other = scene.chat(stranger)
    await introduce(other, stranger)
    await tell_fully(other, stranger)
    await tell_fully(chat, person)
    await scene.next_reminder()
    await chat.send("/interview")
    await chat.send("Beta")

    await chat.send("/delete")
    await chat.click(person.label("button.erase"))

    assert chat.last.text == person.text("delete.done")
    for table in TABLES:
        assert not [row for row in await scene.rows(table) if person.user_id in row], table
    assert len(await scene.rows("users")) == 1
    assert len(await scene.rows("vacancies")) == 1  # the other user's
    await scene.wait_until(scene.clock.now().replace(month=12))
    assert chat.last.text == person.text("delete.done")


async def test_leaving_after_the_deletion_stores_nothing_again(
    scene: Scene, person: Person, chat: Chat
) -> None:
    await chat.send("/delete")
    await chat.click(person.label("button.erase"))

    await chat.block()

    assert await scene.rows("users") == []


async def test_a_new_beginning_after_the_deletion(person: Person, chat: Chat) -> None:
    await chat.send("/delete")
    await chat.click(person.label("button.erase"))

    await chat.send("/start")

    assert chat.last.text.startswith(person.text("welcome.greeting"))


async def test_who_blocks_the_bot_loses_nothing(scene: Scene, person: Person, chat: Chat) -> None:
    await tell_fully(chat, person, promise=date(2026, 7, 10))
    before = await scene.snapshot("vacancies", "events")
    await chat.block()
    messages = len(chat.messages)
    assert await scene.application.dispatcher.next_due() is None
    scene.clock.move_to(scene.clock.now().replace(day=15))
    assert await scene.dispatch() == 0

    await chat.unblock()
    await chat.send("/start")

    assert chat.last.text == person.text("welcome.back", name=person.name)
    assert await scene.snapshot("vacancies", "events") == before
    await scene.dispatch()
    assert chat.last.text.startswith(
        (person.text("push.late"), person.text("step.call.call", who=person.contact))
    )
    assert len(chat.messages) == messages + 3


async def test_a_403_pauses_and_start_takes_it_up_again(scene: Scene, person: Person, chat: Chat) -> None:
    await tell_fully(chat, person)
    scene.telegram.state.chats[person.user_id].blocked = True  # and the bot is not told
    due = await scene.application.dispatcher.next_due()
    assert due
    scene.clock.move_to(due)
    await scene.dispatch()
    assert [refusal.description for refusal in scene.telegram.refusals] == [
        "Forbidden: bot was blocked by the user"
    ]
    scene.telegram.refusals.clear()
    user = await scene.storage.users.load(person.user_id)
    assert user
    assert user.blocked_at
    assert await scene.application.dispatcher.next_due() is None

    scene.telegram.state.chats[person.user_id].blocked = False
    await chat.send("/start")
    user = await scene.storage.users.load(person.user_id)
    assert user
    assert user.blocked_at is None
    await scene.next_reminder()
    assert "<pre>" in chat.last.html


async def test_any_word_of_a_paused_user_takes_the_pushes_up_again(
    scene: Scene, person: Person, chat: Chat
) -> None:
    await tell_fully(chat, person)
    await scene.storage.users.block(person.user_id, scene.clock.now())

    await chat.send("/today")

    assert await scene.application.dispatcher.next_due() is not None
