"""The texts of screens: catalogues read from `.po` files, and `Texts` that speak to one user.

Catalogue strings are Telegram HTML with named placeholders; values are escaped where they enter.
"""

import gettext
import io
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from markupsafe import Markup, escape

DEFAULT_LANGUAGE = "en"


class MissingText(KeyError):
    """No catalogue has this key."""


class Catalogues:
    """The catalogues of every language, compiled in memory."""

    def __init__(self, translations: Mapping[str, gettext.GNUTranslations]) -> None:
        self._translations = translations

    @classmethod
    def load(cls, folder: Path) -> "Catalogues":
        """Read `<language>/LC_MESSAGES/bot.po` for every language in the folder."""
        paths = sorted(folder.glob("*/LC_MESSAGES/bot.po"))
        return cls({path.parent.parent.name: _compiled(path) for path in paths})

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages there are."""
        return tuple(self._translations)

    def guess(self, code: str | None) -> str:
        """Return the language nearest to Telegram's `language_code`."""
        language = (code or DEFAULT_LANGUAGE).split("-")[0].lower()
        return language if language in self._translations else DEFAULT_LANGUAGE

    def texts(self, language: str, zone: str | None = None) -> "Texts":
        """Return the texts for a user of this language in this zone (UTC when unknown)."""
        language = self.guess(language)
        return Texts(self._translations[language], language, zone or "UTC")


class Texts:
    """What is said to one user, in their language and their zone."""

    def __init__(self, translations: gettext.GNUTranslations, language: str, zone: str) -> None:
        self._translations = translations
        self.language = language
        self.zone = zone

    def __call__(self, key: str, **values: object) -> Markup:
        """Return the text as Telegram HTML; dates are worded, strings escaped."""
        return Markup(self._found(key).format(**self._escaped(values)))  # noqa: S704 - catalogues are ours

    def count(self, key: str, n: int, **values: object) -> Markup:
        """Return the text in the plural form of `n`, as Telegram HTML."""
        found = self._translations.ngettext(key, key, n)
        if found == key:
            raise MissingText(key)
        return Markup(found.format(n=n, **self._escaped(values)))  # noqa: S704 - catalogues are ours

    def plain(self, key: str, **values: object) -> str:
        """Return the text for where Telegram takes no HTML: buttons, toasts, commands."""
        return self._found(key).format(**self._worded(values))

    def has(self, key: str) -> bool:
        """Tell whether there is such a text."""
        return self._translations.gettext(key) != key

    def day(self, day: date) -> str:
        """Return a day with its weekday in words, without a year."""
        return _worded_day(day, self._found("format.day"), self.language)

    def days(self, first: date, last: date) -> str:
        """Return a stretch of days: its month is said once where it is one."""
        month = "d MMMM" if first.month != last.month else "d"
        start, end = (
            format_date(day, pattern, locale=self.language)
            for day, pattern in ((first, month), (last, "d MMMM"))
        )
        return f"{start}\N{EN DASH}{end}" if month == "d" else f"{start} \N{EN DASH} {end}"

    def moment(self, moment: datetime) -> str:
        """Return a moment on the user's clock: weekday, day and hour."""
        local = moment.astimezone(ZoneInfo(self.zone))
        return f"{self.day(local.date())}, {self.clock(local.time())}"

    def clock(self, at: time) -> str:
        """Return an hour of the day."""
        return format_time(at, "HH:mm", locale=self.language)

    def _found(self, key: str) -> str:
        found = self._translations.gettext(key)
        if found == key:
            raise MissingText(key)
        return found

    def _escaped(self, values: Mapping[str, object]) -> dict[str, Markup]:
        """Return the values as HTML; `Markup.format` would do so too, eight times slower."""
        return {name: escape(self._word(value)) for name, value in values.items()}

    def _worded(self, values: Mapping[str, object]) -> dict[str, object]:
        return {name: self._word(value) for name, value in values.items()}

    def _word(self, value: object) -> object:
        match value:
            case datetime():
                return self.moment(value)
            case date():
                return self.day(value)
            case time():
                return self.clock(value)
        return value


def live_moment(texts: Texts, moment: datetime) -> Markup:
    """Return a moment that the reader's client shows in its own zone, with ours as the fallback."""
    return Markup('<tg-time unix="{}" format="wDt">{}</tg-time>').format(
        int(moment.timestamp()), texts.moment(moment)
    )


@lru_cache(maxsize=1024)
def _worded_day(day: date, pattern: str, language: str) -> str:
    return format_date(day, pattern, locale=language)


@cache
def language_name(language: str) -> str:
    """Return what a language calls itself."""
    return (Locale.parse(language).get_display_name(language) or language).capitalize()


@cache
def _compiled(path: Path) -> gettext.GNUTranslations:
    with path.open("rb") as source:
        catalogue = read_po(source, locale=path.parent.parent.name)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
