"""What holds for every text and every day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date, format_time
from hypothesis import example, given
from hypothesis import strategies as st

from bot.language.dates import Ask, AtTime, OnDate, Question, find_dates, read_date
from bot.language.grammar import longest
from bot.language.tokens import tokens
from bot.language.vocabulary import languages, vocabulary

NOW = datetime(2026, 8, 12, 8, tzinfo=UTC)
ZONE = "Europe/Moscow"
LANGUAGES = st.sampled_from(["ru", "en"])
QUESTIONS = st.sampled_from(list(Question))
WORDS = sorted(word for language in languages() for word in vocabulary(language).words)
#: Sentences made of words that mean something: the hardest ones to survive.
DENSE = st.lists(
    st.one_of(st.sampled_from(WORDS), st.integers(0, 9999).map(str), st.sampled_from("-/.:,'")), max_size=25
).map(" ".join)
ANY_TEXT = st.text(max_size=300)
DAYS = st.dates(date(2026, 8, 13), date(2027, 4, 30))
DATE_FORMATS = ["d MMMM y", "d MMMM", "d MMM y", "EEEE, d MMMM y", "d MMMM, EEEE", "dd.MM.y", "y-MM-dd"]
ENGLISH_FORMATS = ["MMMM d, y", "MMMM d", "MMM d y", "EEEE, MMMM d", "MM/dd/y"]


@given(text=st.one_of(ANY_TEXT, DENSE), language=LANGUAGES, question=QUESTIONS)
@example(text="\N{RIGHT-TO-LEFT OVERRIDE}\0 ١٥:٣٠", language="ru", question=Question.PROMISE)
@example(text="29.02.0001 99999999999999999999", language="en", question=Question.PROMISE)
@example(text="до декабря, года через два", language="ru", question=Question.PROMISE)
@example(text="часу полтора", language="ru", question=Question.PROMISE)
@example(text="вчера в десять, часа полтора", language="ru", question=Question.INTERVIEW_PAST)
def test_any_text_has_a_reading(text: str, language: str, question: Question) -> None:
    circumstances = {"language": language, "question": question, "now": NOW, "zone": ZONE}

    reading = read_date(text, **circumstances)
    found = find_dates(text, **circumstances)

    assert len(reading.candidates if isinstance(reading, Ask) else ()) <= 3
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert all(one.start <= start < end <= one.end for start, end in one.parts)


@given(text=st.one_of(ANY_TEXT, DENSE), language=LANGUAGES)
def test_what_is_offered_lies_ahead_when_the_future_is_asked_about(text: str, language: str) -> None:
    reading = read_date(
        text, language=language, question=Question.INTERVIEW_FUTURE, now=NOW, zone=ZONE, country="RU"
    )

    if isinstance(reading, OnDate | AtTime):
        assert reading.date >= NOW.date()


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(
    "word", ["завтра ", "a week on ", "mon or ", "1-", "not ", "a@", "через 3 ", "е\u0301"]
)
def test_the_work_grows_with_the_text_and_no_faster(
    language: str, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = 0

    def counted(*arguments: object) -> object:
        nonlocal calls
        calls += 1
        return longest(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("bot.language.dates_grammar.longest", counted)
    text = (word * 4096)[:4096]
    find_dates(text, language=language, question=Question.PROMISE, now=NOW, zone=ZONE)

    assert calls <= len(tokens(text, language, guess=False)) <= len(text)


@pytest.mark.parametrize("pattern", DATE_FORMATS)
@pytest.mark.parametrize("language", ["ru", "en"])
@given(day=DAYS)
def test_reads_back_a_day_as_babel_writes_it(language: str, pattern: str, day: date) -> None:
    text = format_date(day, pattern, locale=language)

    assert _read(text, language, zone="Europe/London") == OnDate(day)


@pytest.mark.parametrize("pattern", ENGLISH_FORMATS)
@given(day=DAYS)
def test_reads_back_a_day_as_americans_write_it(pattern: str, day: date) -> None:
    text = format_date(day, pattern, locale="en_US")

    assert _read(text, "en", zone="America/New_York") == OnDate(day)


@pytest.mark.parametrize(("language", "pattern"), [("ru", "HH:mm"), ("en", "h:mm a"), ("en", "HH:mm")])
@given(day=DAYS, hour=st.integers(8, 23), minute=st.integers(0, 59))
def test_reads_back_an_hour(language: str, pattern: str, day: date, hour: int, minute: int) -> None:
    at = time(hour, minute)
    written = format_date(day, "d MMMM y", locale=language), format_time(at, pattern, locale=language)

    assert _read(", ".join(written), language) == AtTime(day, at)
    assert _read(" ".join(reversed(written)), language) == AtTime(day, at)


@given(day=DAYS, language=LANGUAGES)
def test_a_weekday_that_does_not_fit_is_asked_about(day: date, language: str) -> None:
    text = f"{format_date(day + timedelta(1), 'EEEE', locale=language)}, " + format_date(
        day, "d MMMM y", locale=language
    )

    reading = _read(text, language)

    assert isinstance(reading, Ask)
    assert reading.key == "dates.mismatch"
    assert OnDate(day) in reading.candidates


@given(
    hours=st.integers(0, 24 * 600),
    zone=st.sampled_from(["America/New_York", "Europe/London", "Asia/Vladivostok", "Australia/Lord_Howe"]),
    days=st.integers(1, 60),
)
def test_days_are_counted_on_the_calendar_also_when_the_clocks_change(
    hours: int, zone: str, days: int
) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    expected = now.astimezone(ZoneInfo(zone)).date() + timedelta(days)

    for language, text in (("en", f"in {days} days"), ("ru", f"через {days} дн")):
        reading = read_date(text, language=language, question=Question.PROMISE, now=now, zone=zone)
        assert reading == OnDate(expected)


def _read(text: str, language: str, zone: str = ZONE) -> object:
    return read_date(text, language=language, question=Question.PROMISE, now=NOW, zone=zone)
