"""A pause: until when, what it covers, how it ends."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from markupsafe import Markup

from bot.callbacks import Away, Go
from bot.domain.absence import Covered, Kind
from bot.domain.users import Pause, User
from bot.domain.working_time import WorkingTime
from bot.texts import Texts
from bot.views import parts
from bot.views.screen import Button, Row, Screen, button, rows


def ask(texts: Texts, user: User, now: datetime) -> Screen:
    """Ask until when the user is off; whoever is off already may be back."""
    today = WorkingTime.of(user).user_day(now)
    offered = [button(label, Away(day.isoformat())) for day, label in _days(texts, today)]
    offered.append(button(texts.plain("day.type"), Away("type")))
    banner = banner_of(texts, user, now)
    back = ((back_button(texts),),) if banner else ()
    leave = button(texts.plain("button.settings"), Go("settings"))
    return Screen(text=parts.joined(banner, texts("pause.ask")), keyboard=(*back, *rows(offered), (leave,)))


def begun(texts: Texts, pause: Pause, matters: Sequence[Covered], earlier: Pause | None) -> Screen:
    """Show until when it is quiet, what falls into that time, and the way to be back for an interview."""
    lines = [_covered(texts, one) for one in matters]
    covered = [texts("pause.covers"), *lines] if lines else None
    keyboard: tuple[Row, ...] = ()
    if earlier:
        evening = f"{earlier.until.isoformat()}T{earlier.hour:%H:%M}"
        keyboard = ((button(texts.plain("button.back_on", day=earlier.until), Away(evening)),),)
    home = button(texts.plain("button.today"), Go("today"))
    return Screen(
        text=parts.joined(texts("pause.begun", day=end_of(texts, pause)), covered),
        keyboard=(*keyboard, (back_button(texts), home)),
    )


def ended(texts: Texts) -> Screen:
    """Say that reminders come again."""
    home = button(texts.plain("button.today"), Go("today"))
    return Screen(text=parts.joined(texts("pause.ended")), keyboard=((home,),))


def banner_of(texts: Texts, user: User, now: datetime) -> Markup | None:
    """Return the line that says until when the user is off; None: they are not."""
    if user.pause is None or not WorkingTime.of(user).is_off(now):
        return None
    return texts("pause.banner", day=end_of(texts, user.pause))


def welcome(texts: Texts, user: User, now: datetime) -> Markup | None:
    """Return the line that greets on the day on which a pause is over; None on every other day."""
    is_back = user.pause is not None and user.pause.until == WorkingTime.of(user).user_day(now)
    return texts("pause.welcome") if is_back else None


def back_button(texts: Texts) -> Button:
    """Return the button that ends the pause."""
    return button(texts.plain("button.back_already"), Away("end"))


def end_of(texts: Texts, pause: Pause) -> str:
    """Return the day on which the user is back, and the hour where it is not the morning."""
    day = texts.day(pause.until)
    return day if pause.hour == time() else f"{day}, {texts.clock(pause.hour)}"


def _covered(texts: Texts, one: Covered) -> Markup:
    name = parts.title(texts, one.vacancy)
    if one.kind is Kind.INTERVIEW and one.interview:
        return texts("pause.covers.interview", name=name, when=parts.when(texts, one.interview))
    return texts(f"pause.covers.{one.kind}", name=name, day=one.on)


def _days(texts: Texts, today: date) -> list[tuple[date, str]]:
    """Return the days that a pause often ends on, soonest first, with their labels."""
    days = {
        today + timedelta(days=14): "day.in_two_weeks",
        today + timedelta(days=7): "day.in_a_week",
        today + timedelta(days=7 - today.weekday()): "day.plain",
        today + timedelta(days=1): "day.tomorrow",
    }
    return [(day, texts.plain(days[day], day=day)) for day in sorted(days)]
