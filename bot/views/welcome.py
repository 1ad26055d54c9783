"""The screens of the first talk."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.callbacks import Answer, Go, Nav
from bot.domain.users import Form, User
from bot.language.places import LIKELY_ZONES
from bot.texts import Texts, language_name
from bot.views import parts
from bot.views.screen import Rows, Screen, button, rows
from bot.views.settings import place_label, zone_label


def question(texts: Texts, asked: str, languages: Sequence[str], problem: str | None = None) -> Screen:
    """Ask a question; the first one greets and offers the other languages."""
    greeting = texts("welcome.greeting") if asked == "name" else None
    trouble = texts("invalid", problem=problem) if problem else None
    skip = (button(texts.plain("button.skip"), Nav(asked, "skip")),)
    return Screen(
        text=parts.joined(trouble, greeting, texts(f"welcome.{asked}")),
        keyboard=(*_choices(texts, asked), skip, *_languages(texts, asked, languages)),
    )


def confirm_zone(texts: Texts, zones: Sequence[str], now: datetime) -> Screen:
    """Ask whether it is this time at the user's place, or which of a few places it is."""
    again = button(texts.plain("button.other_city"), Nav("zone", "again"))
    if len(zones) == 1:
        local = texts.clock(now.astimezone(ZoneInfo(zones[0])).time())
        yes = button(texts.plain("button.right"), Answer("zone", zones[0]))
        place = place_label(texts, zones[0])
        return Screen(
            text=parts.joined(texts("welcome.confirm_zone", place=place, time=local)),
            keyboard=((yes,), (again,)),
        )
    buttons = [button(zone_label(texts, zone, now), Answer("zone", zone)) for zone in zones]
    return Screen(text=parts.joined(texts("welcome.which_zone")), keyboard=(*rows(buttons, 1), (again,)))


def welcome_back(texts: Texts, user: User) -> Screen:
    """Greet somebody who is known."""
    text = texts("welcome.back", name=user.name) if user.name else texts("welcome.back_nameless")
    log = button(texts.plain("button.log_interview"), Go("interview"))
    home = button(texts.plain("button.today"), Go("today"))
    return Screen(text=parts.joined(text), keyboard=((log,), (home,)))


def known_zone(value: str) -> str:
    """Return the zone that a button carries; raises ValueError for anything else."""
    if value not in _known_zones():
        raise ValueError(value)
    return value


@cache
def _known_zones() -> frozenset[str]:
    """Return every IANA name; finding them reads the disk."""
    return frozenset(available_timezones())


def _choices(texts: Texts, asked: str) -> Rows:
    match asked:
        case "name":
            return ((button(texts.plain("button.telegram_name"), Answer(asked, "telegram")),),)
        case "form":
            return rows(button(texts.plain(f"form.{form}"), Answer(asked, form)) for form in Form)
    likely = LIKELY_ZONES.get(texts.language, ())
    return rows(button(place_label(texts, zone), Answer(asked, zone)) for zone in likely)


def _languages(texts: Texts, asked: str, languages: Sequence[str]) -> Rows:
    if asked != "name":
        return ()
    others = [language for language in languages if language != texts.language]
    return rows(button(language_name(language), Answer("language", language)) for language in others)
