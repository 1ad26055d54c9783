"""What both weekly messages share: the button under them that ends them, and what follows a tap on it."""

from bot.callbacks import Go, Switch
from bot.domain.weeks import Weekly
from bot.texts import Texts
from bot.views import parts
from bot.views.screen import Button, Screen, button


def off_button(texts: Texts, weekly: Weekly) -> Button:
    """Return the button that lets a weekly message come no more."""
    return button(texts.plain("button.weekly_off"), Switch(weekly, "off"))


def switched_off(texts: Texts, weekly: Weekly) -> Screen:
    """Say that a weekly message comes no more, and how it can come again."""
    on = button(texts.plain("button.weekly_on"), Switch(weekly, "on"))
    return Screen(text=parts.joined(texts(f"weekly.off.{weekly}")), keyboard=((on,),))


def switched_on(texts: Texts, weekly: Weekly) -> Screen:
    """Say that a weekly message comes again."""
    home = button(texts.plain("button.today"), Go("today"))
    return Screen(text=parts.joined(texts(f"weekly.on.{weekly}")), keyboard=((home,),))
