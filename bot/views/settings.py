"""The settings: what is set, and the values each can take."""

from collections.abc import Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from babel import Locale
from markupsafe import Markup

from bot.callbacks import Away, Callback, Go, OwnGroup, Setting
from bot.domain.users import Form, Pace, QuietHours, Tone, User
from bot.domain.weeks import Weekly, is_switched_off
from bot.domain.working_time import WorkingTime
from bot.language.places import place_name
from bot.texts import Texts, language_name
from bot.views import parts, pause
from bot.views.screen import Screen, button, rows

#: Quiet hours to choose from: start and end.
QUIET = ((22, 8), (21, 9), (23, 7), (20, 10))
#: Whether a kind word comes after a refusal.
NOTES = ("on", "off")
#: Whether a weekly message comes.
SWITCH = ("on", "off")
#: Settings in their order.
_NAMES = (
    *("language", "letter_language", "name", "form", "phone", "tone", "own_words"),
    *("zone", "country", "quiet", "pace", "notes", "sweep", "review", "pause"),
)
_PEACE = frozenset({"sweep", "review", "pause"})
_TYPED = frozenset({"name", "phone"})


def menu(texts: Texts, user: User, now: datetime, *, saved: bool = False) -> Screen:
    """Show every setting with its value."""
    lines = [
        texts("settings.line", name=texts.plain(f"setting.{name}"), value=_value(texts, user, name, now))
        for name in _NAMES
    ]
    buttons = [button(texts.plain(f"setting.{name}"), _leads_to(user, name)) for name in _NAMES]
    note = texts("settings.saved") if saved else None
    home = button(texts.plain("button.today"), Go("today"))
    back = ((pause.back_button(texts),),) if WorkingTime.of(user).is_off(now) else ()
    return Screen(
        text=parts.joined(note, texts("settings.title"), lines), keyboard=(*back, *rows(buttons), (home,))
    )


def _leads_to(user: User, name: str) -> Callback:
    """Return where a setting is changed."""
    if name == "own_words":
        return OwnGroup(user.letters_in)
    if name == "pause":
        return Away("ask")
    return Setting(name, "type" if name in _TYPED else None)


def values(texts: Texts, name: str, languages: Sequence[str]) -> Screen:
    """Offer the values of a setting."""
    offered: dict[str, list[tuple[str, str]]] = {
        "language": [(language, language_name(language)) for language in languages],
        "letter_language": [(language, language_name(language)) for language in languages],
        "form": [(form, texts.plain(f"form.{form}")) for form in Form],
        "tone": [(tone, texts.plain(f"tone.{tone}")) for tone in Tone],
        "pace": [(pace, texts.plain(f"pace.{pace}")) for pace in Pace],
        "quiet": [(f"{start}-{end}", f"{start}:00–{end}:00") for start, end in QUIET],
        "notes": [(value, texts.plain(f"notes.{value}")) for value in NOTES],
        "sweep": _switch(texts),
        "review": _switch(texts),
        "zone": [("type", texts.plain("button.type_city"))],
        "country": [("none", texts.plain("country.none")), ("type", texts.plain("button.type_country"))],
    }
    buttons = [button(label, Setting(name, value)) for value, label in offered[name]]
    back = button(texts.plain("button.back"), Go("settings"))
    return Screen(text=parts.joined(texts(f"settings.ask_{name}")), keyboard=(*rows(buttons, 1), (back,)))


def zones(texts: Texts, found: Sequence[str], now: datetime) -> Screen:
    """Ask which of a few places is meant, each with the time it is there."""
    buttons = [button(zone_label(texts, zone, now), Setting("zone", zone)) for zone in found]
    back = button(texts.plain("button.back"), Go("settings"))
    return Screen(text=parts.joined(texts("welcome.which_zone")), keyboard=(*rows(buttons, 1), (back,)))


def place_label(texts: Texts, zone: str) -> str:
    """Return the city that stands for a zone."""
    return place_name(zone, texts.language)


def zone_label(texts: Texts, zone: str, now: datetime) -> str:
    """Return a place with the time it is there now."""
    local = texts.clock(now.astimezone(ZoneInfo(zone)).time())
    return f"{place_name(zone, texts.language)} · {local}"


def _value(texts: Texts, user: User, name: str, now: datetime) -> str | Markup:
    return _peace(texts, user, name, now) if name in _PEACE else _known(texts, user, name, now)


def _known(texts: Texts, user: User, name: str, now: datetime) -> str | Markup:
    unknown = texts.plain("settings.unknown")
    match name:
        case "language" | "letter_language":
            return language_name(user.language if name == "language" else user.letters_in)
        case "form" | "tone" | "pace" | "notes":
            return _chosen(texts, user, name) or unknown
        case "own_words":
            changed = len(user.own_words)
            return (
                texts.count("settings.own_words", changed) if changed else texts.plain("settings.originals")
            )
        case "quiet":
            return _hours(texts, user.quiet)
        case "zone":
            return zone_label(texts, user.zone, now) if user.zone else unknown
        case "country":
            return _country(texts, user.country)
    return getattr(user, name) or unknown


def _chosen(texts: Texts, user: User, name: str) -> str | None:
    """Return the label of a value that was chosen from a few; None: none was yet."""
    chosen: dict[str, str | None] = {
        "form": f"form.{user.form}" if user.form else None,
        "tone": f"tone.{user.tone}",
        "pace": f"pace.{user.pace}",
        "notes": "notes.off" if user.notes_off else "notes.on",
    }
    key = chosen[name]
    return texts.plain(key) if key else None


def _peace(texts: Texts, user: User, name: str, now: datetime) -> str:
    """Return whether a weekly message comes, or until when there is a pause."""
    if name != "pause":
        return texts.plain("switch.off" if is_switched_off(Weekly(name), user) else "switch.on")
    if user.pause is None or not WorkingTime.of(user).is_off(now):
        return texts.plain("setting.no_pause")
    return texts.plain("setting.pause_until", day=pause.end_of(texts, user.pause))


def _switch(texts: Texts) -> list[tuple[str, str]]:
    return [(value, texts.plain(f"switch.{value}")) for value in SWITCH]


def _hours(texts: Texts, quiet: QuietHours) -> str:
    return f"{texts.clock(quiet.start)}–{texts.clock(quiet.end)}"


def quiet_hours(value: str) -> QuietHours:
    """Return the quiet hours that a button carries; raises ValueError for others."""
    start, end = (int(hour) for hour in value.split("-"))
    if (start, end) not in QUIET:
        raise ValueError(value)
    return QuietHours(time(start), time(end))


def _country(texts: Texts, country: str | None) -> str:
    if country is None:
        return texts.plain("settings.unknown")
    return Locale.parse(texts.language).territories[country] if country else texts.plain("country.none")
