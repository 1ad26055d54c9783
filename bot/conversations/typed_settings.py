"""Typed values for the settings, and what follows from a change: plans are made anew."""

from msgspec.structs import replace

from bot.context import Context
from bot.conversations import answers
from bot.domain.users import User
from bot.errors import InvalidAnswer
from bot.language.places import countries_named, country_of, zones_of
from bot.planning import replanned
from bot.views import settings

SETTINGS = ("name", "phone", "zone", "country")
#: Changes that move reminders.
_OF_PLANS = ("zone", "country", "quiet", "pace", "pause")


async def take(context: Context, name: str, said: str) -> None:
    """Save a typed setting and show the settings; raises InvalidAnswer."""
    if name == "zone":
        zones = zones_of(said, context.user.language, context.now)
        if not zones:
            raise InvalidAnswer("invalid.zone")
        if len(zones) > 1:
            context.show(settings.zones(context.texts, zones, context.now))
            return
        await save(context, with_zone(context.user, zones[0]))
        return
    await save(context, _changed(context.user, name, said))


async def save(context: Context, user: User) -> None:
    """Save the settings and show them."""
    await change(context, user)
    context.show(settings.menu(context.texts, user, context.now, saved=True))


async def change(context: Context, user: User) -> None:
    """Save the settings, and make the plans anew where they depend on them."""
    before, context.session.user = context.user, user
    if any(getattr(before, name) != getattr(user, name) for name in _OF_PLANS):
        for vacancy in await context.services.storage.vacancies.active(user.id):
            context.session.replans.append(replanned(vacancy, user, context.now))


def with_zone(user: User, zone: str) -> User:
    """Return the user in a zone; the country of its holidays follows."""
    return replace(user, zone=zone, country=country_of(zone) or user.country)


def _changed(user: User, name: str, said: str) -> User:
    match name:
        case "name":
            return replace(user, name=answers.line(said))
        case "phone":
            return replace(user, phone=answers.phone(said, user))
    countries = countries_named(said, user.language)
    if not countries:
        raise InvalidAnswer("invalid.country")
    return replace(user, country=countries[0])
