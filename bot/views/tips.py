"""Tips: a card among all of them, and the same card when it comes by itself."""

from bot.callbacks import Go, TipCard
from bot.domain.users import User
from bot.texts import Texts
from bot.tips import Tip, Tips
from bot.views import parts
from bot.views.screen import Row, Screen, button


def card(texts: Texts, tips: Tips, tip: Tip, user: User) -> Screen:
    """Show one tip among all of them."""
    number = tips.all.index(tip) + 1
    notes = [texts("tips.place", n=number, total=len(tips.all))]
    if user.tips_off:
        notes.append(texts("tips.are_off"))
    elif tip.id in user.tips_seen:
        notes.append(texts("tips.comes_no_more"))
    hide = button(texts.plain("button.tip_hide"), TipCard("hide", tip.id))
    switch = (
        button(texts.plain("button.tips_are_off"), TipCard("on", tip.id))
        if user.tips_off
        else button(texts.plain("button.tips_are_on"), TipCard("off", tip.id))
    )
    keyboard = [_neighbours(texts, tips, tip), (switch,), (button(texts.plain("button.today"), Go("today")),)]
    if tip.id not in user.tips_seen:
        keyboard.insert(1, (hide,))
    return Screen(text=parts.joined(_said(texts, tips, tip), notes), keyboard=tuple(keyboard))


def offered(texts: Texts, tips: Tips, tip: Tip) -> Screen:
    """Show a tip that comes by itself, without a sound."""
    hide = button(texts.plain("button.tip_hide"), TipCard("drop", tip.id))
    more = button(texts.plain("button.tips"), TipCard("show", tip.id))
    return Screen(text=parts.joined(_said(texts, tips, tip)), keyboard=((hide,), (more,)), silent=True)


def dropped(texts: Texts, tips: Tips, tip: Tip) -> Screen:
    """Say in the place of a tip that it is gone, and where it can be found."""
    title = tips.words[texts.language][tip.id].title
    more = button(texts.plain("button.tips"), TipCard("show", tip.id))
    return Screen(text=parts.joined(texts("tips.dropped", title=title)), keyboard=((more,),))


def _said(texts: Texts, tips: Tips, tip: Tip) -> str:
    words = tips.words[texts.language][tip.id]
    return str(texts("tips.card", title=words.title, text=words.text))


def _neighbours(texts: Texts, tips: Tips, tip: Tip) -> Row:
    """Return the way to the tips beside this one; after the last comes the first."""
    number = tips.all.index(tip)
    before, after = tips.all[number - 1], tips.all[(number + 1) % len(tips.all)]
    return (
        button(texts.plain("button.previous"), TipCard("show", before.id)),
        button(texts.plain("button.next"), TipCard("show", after.id)),
    )
