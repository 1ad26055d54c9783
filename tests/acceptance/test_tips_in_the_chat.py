"""Tips: one card at a time, at the moment it matters and in /tips, each dismissed for good."""

from datetime import date

import pytest
from chat_driver import Chat
from story import DAY, HOUR, Person, Scene, introduce, tell, tell_fully
from test_crawl import Crawler

from bot.packs import locales_folder
from bot.tips import Tips

TIPS = Tips.load(locales_folder())
IDS = [tip.id for tip in TIPS.all]


@pytest.fixture
async def reader(scene: Scene, person: Person) -> Chat:
    """The chat of somebody to whom tips come."""
    chat = scene.chat(person)
    await introduce(chat, person, tips=True)
    return chat


async def test_a_tip_comes_below_the_card_of_an_interview(scene: Scene, person: Person, reader: Chat) -> None:
    """R67, R71: a card of its own, without a sound."""
    await tell_fully(reader, person)

    card, tip = reader.messages[-2:]
    assert card.text.startswith(person.text("interview.saved"))
    assert tip.text == _said(person, "thanks_remembered")
    assert tip.buttons == [[person.label("button.tip_hide")], [person.label("button.tips")]]
    assert scene.telegram.called("sendMessage")[-1]["disable_notification"] is True


async def test_the_survey_is_told_honestly(scene: Scene, person: Person, reader: Chat) -> None:
    """R75, R76, R77."""
    await _called(scene, person, reader)

    await reader.click(person.label("outcome.no_answer"))

    assert reader.last.text == _said(person, "survey")
    assert "38" in reader.last.text


async def test_one_tip_a_day_and_never_the_same(scene: Scene, person: Person, reader: Chat) -> None:
    await tell(reader, person, company="One")
    first = reader.last.text
    scene.clock.advance(HOUR)
    await tell(reader, person, company="Two")
    assert reader.last.text.startswith(person.text("interview.saved"))

    scene.clock.advance(DAY)
    await tell(reader, person, company="Three")

    assert (first, reader.last.text) == (
        _said(person, "thanks_remembered"),
        _said(person, "thanks_custom"),
    )


@pytest.mark.parametrize("outcome", ["refusal", "signed"])
async def test_no_tip_after_a_refusal_or_a_signature(
    scene: Scene, person: Person, reader: Chat, outcome: str
) -> None:
    await _called(scene, person, reader)
    await reader.click(person.label("button.card"))
    await reader.click(person.label("button.close"))
    before = len(reader.messages)

    await reader.click(person.label(f"outcome.{outcome}"))

    assert len(reader.messages) == before


async def test_no_tip_after_a_tap_that_comes_too_late(scene: Scene, person: Person, reader: Chat) -> None:
    await _called(scene, person, reader)
    (vacancy,) = await scene.storage.vacancies.active(person.user_id)
    before = len(reader.messages)

    await reader.tap(f"re:{vacancy.id}:{vacancy.seq - 1}:vague:1")

    assert reader.toast
    assert reader.toast.text == person.label("stale.button")
    assert len(reader.messages) == before


async def test_a_tip_after_a_day_that_was_typed(scene: Scene, person: Person, reader: Chat) -> None:
    """R87: the only vacancy."""
    await _called(scene, person, reader)
    await reader.click(person.label("outcome.promised"))
    await reader.click(person.label("day.type"))

    await reader.send("2026-07-20")

    assert reader.last.text == _said(person, "keep_searching")


async def test_a_tip_after_a_reply_that_was_pasted(scene: Scene, person: Person, reader: Chat) -> None:
    """R87: the only vacancy."""
    await _called(scene, person, reader)
    said = {"ru": "Ответим до пятницы, 17 июля.", "en": "We will let you know by Friday, 17 July."}
    await reader.send(said[person.language])

    await reader.click(person.label("button.log_it"))

    assert reader.last.text == _said(person, "keep_searching")


async def test_nothing_comes_twice_with_an_update(scene: Scene, person: Person, reader: Chat) -> None:
    await _called(scene, person, reader)
    await reader.click(person.label("outcome.vague"))
    assert reader.last.text == _said(person, "evasive")

    await reader.redeliver()

    assert [message.text for message in reader.messages].count(_said(person, "evasive")) == 1


async def test_a_tip_that_came_is_waved_off(person: Person, reader: Chat) -> None:
    await tell_fully(reader, person)
    tip = reader.last.message_id

    await reader.click(person.label("button.tip_hide"))

    shown = reader.message(tip)
    title = TIPS.words[person.language]["thanks_remembered"].title
    assert shown.text == person.text("tips.dropped", title=title)
    assert shown.buttons == [[person.label("button.tips")]]
    await reader.click(person.label("button.tips"))
    assert reader.message(tip).text.startswith(_said(person, "thanks_remembered"))
    assert reader.message(tip).text.endswith(person.text("tips.comes_no_more"))


async def test_the_tips_are_turned_like_pages(person: Person, reader: Chat) -> None:
    """R4–R9, R35–R38, R83–R90, R100–R112: every tip can be read at any time."""
    await reader.send("/tips")
    page = reader.last.message_id
    assert reader.last.text == _page(person, 1)
    assert reader.last.buttons == [
        [person.label("button.previous"), person.label("button.next")],
        [person.label("button.tip_hide")],
        [person.label("button.tips_are_on")],
        [person.label("button.today")],
    ]

    for number in range(2, len(IDS) + 1):
        await reader.click(person.label("button.next"))
        assert reader.message(page).text == _page(person, number)

    await reader.click(person.label("button.next"))
    assert reader.message(page).text == _page(person, 1)
    await reader.click(person.label("button.previous"))
    assert reader.message(page).text == _page(person, len(IDS))


async def test_a_tip_that_was_dismissed_stays_in_the_list_and_never_comes(
    scene: Scene, person: Person, reader: Chat
) -> None:
    await reader.send("/tips")
    for _ in range(IDS.index("thanks_remembered")):
        await reader.click(person.label("button.next"))
    await reader.click(person.label("button.tip_hide"))
    assert reader.last.text.startswith(_said(person, "thanks_remembered"))
    assert reader.last.text.endswith(person.text("tips.comes_no_more"))
    assert [person.label("button.tip_hide")] not in reader.last.buttons

    await scene.restart()
    await tell_fully(reader, person)

    assert reader.last.text == _said(person, "thanks_custom")


async def test_tips_are_switched_off_and_on(scene: Scene, person: Person, reader: Chat) -> None:
    await reader.send("/tips")
    await reader.click(person.label("button.tips_are_on"))
    assert reader.last.text.endswith(person.text("tips.are_off"))
    await tell(reader, person)
    assert reader.last.text.startswith(person.text("interview.saved"))

    await reader.send("/tips")
    await reader.click(person.label("button.tips_are_off"))
    assert reader.last.text == _page(person, 1)
    await tell(reader, person, company="Two")

    assert reader.last.text == _said(person, "thanks_remembered")


async def test_tips_before_an_interview_in_the_middle_of_a_dialog(person: Person, reader: Chat) -> None:
    """R112, R106: preparation; /tips interrupts nothing."""
    await reader.send("/interview")
    await reader.send(person.company)
    await reader.send("2026-07-14 15:00")
    await reader.send("/tips")
    assert reader.last.text == _page(person, 1)
    await reader.send(person.position)

    await reader.click(person.label("button.enough"))

    assert reader.last.text == _said(person, "research")


@pytest.mark.parametrize("data", ["tp:show:gone", "tp:hide:gone", "tp:off:", "tp:dance:survey"])
async def test_a_tip_there_is_no_more(person: Person, reader: Chat, data: str) -> None:
    await reader.tap(data)

    assert reader.toast
    assert reader.toast.text == person.label("stale.button")


async def test_every_button_of_the_tips_is_handled(person: Person, reader: Chat) -> None:
    await tell_fully(reader, person, promise=date(2026, 7, 17))
    await reader.send("/tips")

    await Crawler(reader, person).run()


async def _called(scene: Scene, person: Person, chat: Chat) -> None:
    """Bring the story to the push of the first call, a few days after the first tip."""
    await tell_fully(chat, person)
    await scene.next_reminder()
    await chat.click(person.label("button.sent"))
    await scene.next_reminder()


def _said(person: Person, tip: str) -> str:
    words = TIPS.words[person.language][tip]
    return f"💡 {words.title}\n\n{words.text}"


def _page(person: Person, number: int) -> str:
    place = person.text("tips.place", n=number, total=len(IDS))
    return f"{_said(person, IDS[number - 1])}\n\n{place}"
