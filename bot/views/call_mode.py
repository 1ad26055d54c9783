"""Call mode: one message that goes along with a call, line by line; its rehearsal logs nothing."""

from datetime import date
from zoneinfo import ZoneInfo

from markupsafe import Markup
from msgspec.structs import replace

from bot.callbacks import CALLED, TALKED, Edit, OnDay, Open, Talk, Told
from bot.domain.step import Step
from bot.domain.vacancy import Channel, Outcome, Technique, Vacancy
from bot.domain.working_time import WorkingTime
from bot.language.names import address
from bot.pack_words import Words
from bot.texts import Texts
from bot.views import days, parts
from bot.views.call_lines import BEFORE, FIRST, LINES, OFFICE, START, Line
from bot.views.filling import call_to_best, words
from bot.views.reader import Reader
from bot.views.screen import Button, Row, Rows, Screen, button, copy_button, rows
from bot.views.wording import is_to_office, particular_packs, spoken, usual_packs

#: Steps on the phone that are a talk about the result; a refusal's one question needs no guide.
_TALKS = frozenset(
    {
        *(Technique.CALL, Technique.CHECK_CALL, Technique.RESERVE_CHECK_IN),
        *(Technique.OPENING_POSITION, Technique.LIGHT_PRESSURE, Technique.TRIAL_CLOSE),
    }
)
#: Their packs greet and introduce by themselves.
_GREETING = frozenset(
    {Technique.CALL, Technique.CHECK_CALL, Technique.RESERVE_CHECK_IN, Technique.TRIAL_CLOSE}
)


def is_talk(step: Step | None) -> bool:
    """Tell whether call mode goes along with a step."""
    return step is not None and step.channel is Channel.PHONE and step.technique in _TALKS


def entry(texts: Texts, vacancy: Vacancy, step: Step) -> Rows:
    """Return the button that begins a call, if the step is one to be gone along with."""
    if not is_talk(step):
        return ()
    begins = OFFICE if is_to_office(vacancy, step) else START
    return ((button(texts.plain("button.call_mode"), Talk(vacancy.id, vacancy.seq, begins, 0)),),)


def entries(texts: Texts, vacancy: Vacancy, step: Step | None) -> Rows:
    """Return the buttons that begin a call and a rehearsal, where there is something to ask already."""
    if step is None or step.technique in {Technique.PREPARE, Technique.DEBRIEF}:
        return ()
    rehearse = button(texts.plain("button.rehearse"), Talk(vacancy.id, vacancy.seq, START, 1))
    return ((*(begin for row in entry(texts, vacancy, step) for begin in row), rehearse),)


def rehearsed(vacancy: Vacancy, step: Step | None, reader: Reader) -> Step:
    """Return the call to rehearse: the one that is next, or the first call to whoever is known best."""
    if step is not None and is_talk(step):
        return step
    return call_to_best(vacancy, reader.now, step)


def line(reader: Reader, vacancy: Vacancy, step: Step, talk: Talk) -> Screen:
    """Show what to say at this line, and what may be heard."""
    texts, at = reader.texts, LINES[talk.line]
    mode = "talk.rehearsal" if talk.rehearsal else "talk.call"
    before = (
        texts(mode, name=parts.title(texts, vacancy)),
        _whom(reader, vacancy, step) if talk.line in FIRST else _heard(texts, talk.line),
        texts(f"talk.hint.{talk.line}") if texts.has(f"talk.hint.{talk.line}") else None,
    )
    after = (
        _would_log(texts, at) if talk.rehearsal else None,
        texts("talk.and_they") if at.hear else None,
        texts("talk.day_named") if at.day_logs and not talk.rehearsal else None,
    )
    keyboard = _keyboard(reader, vacancy, step, talk)
    return parts.with_words(before, _said(reader, vacancy, step, talk), after, keyboard=keyboard)


# What is said


def _whom(reader: Reader, vacancy: Vacancy, step: Step) -> list[Markup]:
    """Return who is called: as they are to be addressed, and their number (R46, R47)."""
    texts, contact = reader.texts, vacancy.contact(step.contact_id)
    named = address(contact.name, reader.language_of(vacancy)) if contact and contact.name else None
    lines = [texts("talk.whom", name=named or parts.contact_name(texts, contact))]
    phone = contact.phone if contact else None
    return [*lines, texts("contact.phone", phone=phone) if phone else texts("push.no_phone")]


def _heard(texts: Texts, name: str) -> Markup:
    return texts("talk.heard", what=texts.plain(f"button.heard.{name}"))


def _said(reader: Reader, vacancy: Vacancy, step: Step, talk: Talk) -> list[Markup]:
    """Return the words of a line; a step's own wording after a greeting is for an unclear answer (C15)."""
    at, texts = LINES[talk.line], reader.texts
    names = _opening(vacancy, step) if at.opens else (at.say,)
    language = texts.language if at.advice else reader.language_of(vacancy)
    filled = _filled(reader, vacancy, step, talk, language)
    worded = (reader.worded(name, language, filled) for name in names if name)
    said = [block for one in worded if one for block in spoken(texts, (one,))]
    if at.advice:
        return said
    prompts = (texts("talk.say"), texts("talk.if_unclear"))
    return [Markup("{}\n{}").format(*prompted) for prompted in zip(prompts, said, strict=False)]


def _opening(vacancy: Vacancy, step: Step) -> tuple[str, ...]:
    """Return what opens the talk: a script that greets, or a greeting and the step's first wording."""
    if particular := particular_packs(vacancy, step):
        return particular
    names = usual_packs(step)
    return names if step.technique in _GREETING else ("introduction", *names[:1])


def _filled(reader: Reader, vacancy: Vacancy, step: Step, talk: Talk, language: str) -> Words:
    """Return the words of a line: what was said in an earlier talk is not what is being said now."""
    at = LINES[talk.line]
    known = words(reader.user, vacancy, step, reader.now, language)
    if at.opens:
        return known
    known = replace(known, hedge=_echo(reader.texts, talk.line, language))
    if at.stranger:
        known = replace(known, contact_name=None, contact_role=None)
    if at.dated and talk.day:
        announced = date.fromisoformat(talk.day)
        decided = WorkingTime.between(reader.user, vacancy).previous_working_day(announced)
        known = replace(known, decided_day=decided, announced_day=announced)
    return known


def _echo(texts: Texts, name: str, language: str) -> str | None:
    """Return the hedge that was heard, to be given back (R23), when it is in the language of the talk."""
    key = f"talk.echo.{name}"
    return texts.plain(key) if language == texts.language and texts.has(key) else None


def _would_log(texts: Texts, at: Line) -> Markup | None:
    if not at.logs:
        return None
    return texts("talk.would_log", what=", ".join(texts.plain(f"outcome.{name}") for name in at.logs))


# What can be tapped


def _keyboard(reader: Reader, vacancy: Vacancy, step: Step, talk: Talk) -> Rows:
    texts, at = reader.texts, LINES[talk.line]
    heard = [
        button(
            texts.plain(f"button.heard.{name}"),
            _to(talk, name, talk.day if LINES[name].dated else None),
        )
        for name in at.hear
    ]
    named = _days(reader, talk, at.day_leads_to) if at.day_leads_to else []
    own = () if talk.rehearsal else (*_logs(reader, talk, at), *_contact(texts, vacancy, step, talk))
    return (*rows([*heard, *named]), *own, _ways_out(texts, talk))


def _days(reader: Reader, talk: Talk, target: str) -> list[Button]:
    """Return the days that may have been named; another one is typed, and the call is logged with it."""
    texts = reader.texts
    today = reader.now.astimezone(ZoneInfo(texts.zone)).date()
    named = [button(label, _to(talk, target, day.isoformat())) for day, label in days.ahead(texts, today)]
    if not talk.rehearsal:
        other = OnDay(talk.vacancy, talk.seq, Outcome.PROMISED, CALLED, "type")
        named.append(button(texts.plain("day.type"), other))
    return named


def _to(talk: Talk, name: str, day: str | None) -> Talk:
    return Talk(talk.vacancy, talk.seq, name, talk.rehearsal, day)


def _logs(reader: Reader, talk: Talk, at: Line) -> Rows:
    """Return the taps that log the call and plan what comes next; where a day is named, a tap for each."""
    texts, by_day = reader.texts, at.day_logs
    plain = [outcome for outcome in at.logs if outcome != by_day]
    logs = [(texts.plain("button.log_outcome", what=texts.plain(f"outcome.{name}")), name) for name in plain]
    day = talk.day if at.dated else None
    taps = tuple((button(label, Told(*_at(talk), outcome, day)),) for label, outcome in logs)
    return (*rows(_named_days(reader, talk, by_day)), *taps) if by_day else taps


def _named_days(reader: Reader, talk: Talk, outcome: str) -> list[Button]:
    """Return the taps that log an outcome with its day: those named most often, another one, none."""
    texts = reader.texts
    today = reader.now.astimezone(ZoneInfo(texts.zone)).date()
    taps = [
        button(texts.plain("button.log_day", day=label), Told(*_at(talk), outcome, day.isoformat()))
        for day, label in days.ahead(texts, today)
    ]
    typed = OnDay(talk.vacancy, talk.seq, outcome, TALKED, "type")
    taps.append(button(texts.plain("day.type"), typed))
    return [*taps, button(texts.plain("day.none"), Told(*_at(talk), outcome, "none"))]


def _at(talk: Talk) -> tuple[int, int, str]:
    return talk.vacancy, talk.seq, talk.line


def _contact(texts: Texts, vacancy: Vacancy, step: Step, talk: Talk) -> Rows:
    """Return what helps to reach somebody: the number to copy or to add, the new contact (R34, R46, R61)."""
    contact = vacancy.contact(step.contact_id)
    if LINES[talk.line].stranger:
        new = button(texts.plain("button.new_contact"), Edit(vacancy.id, "new_contact"))
        return ((new, *_old(texts, vacancy, step)),)
    if talk.line not in FIRST or contact is None:
        return ()
    if contact.phone:
        return ((copy_button(texts.plain("button.copy_phone"), contact.phone),),)
    return ((button(texts.plain("button.add_phone"), Edit(vacancy.id, "contact_phone", contact.id)),),)


def _old(texts: Texts, vacancy: Vacancy, step: Step) -> tuple[Button, ...]:
    contact = vacancy.contact(step.contact_id)
    if contact is None:
        return ()
    label = texts.plain("button.this_contact", name=parts.contact_name(texts, contact))
    return (button(label, Edit(vacancy.id, "contact", contact.id)),)


def _ways_out(texts: Texts, talk: Talk) -> Row:
    card = button(texts.plain("button.card"), Open(talk.vacancy))
    if talk.line in FIRST:
        return (card,)
    before = BEFORE[talk.line]
    back = _to(talk, before, talk.day if LINES[before].dated else None)
    return (button(texts.plain("button.back"), back), card)
