"""A value to be typed: the day of an outcome, when to remind, the end of a pause, a field, a setting."""

from datetime import timedelta

from msgspec import Struct
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.callbacks import CALLED, Answer, Away, Edit, Nav, OnDay, Setting, Snooze
from bot.context import Context
from bot.conversations import answers, pauses, typed_fields, typed_settings
from bot.conversations.answers import SeveralDays
from bot.conversations.base import StoredConversationHandler
from bot.conversations.logged import show_logged
from bot.domain.facts import Snoozed
from bot.domain.vacancy import Outcome
from bot.domain.working_time import MORNING, WorkingTime
from bot.errors import InvalidAnswer, StaleButton
from bot.language import readings
from bot.language.readings import AtTime, OnDate, Reading
from bot.reporting import next_stage_fact, outcome_facts
from bot.taps import data_of
from bot.views import notices, report
from bot.views.days import parsed
from bot.views.wording import said_at_once

NAME = "typing"
STEP = "typed"
END = StoredConversationHandler.END
#: What is to be reminded of today, and no hour named.
_LATER_TODAY = timedelta(hours=2)
_WISHES = {"snooze": readings.Question.REMIND, "pause": readings.Question.RETURN}


class Wanted(Struct, frozen=True, omit_defaults=True):
    """What is to be typed, and for what."""

    #: "outcome", "snooze", "pause", "field" or "setting".
    what: str
    #: The text that asks for it.
    ask: str
    vacancy: int = 0
    seq: int = 0
    name: str = ""
    touched: int = 0
    item: int | None = None


def conversation() -> StoredConversationHandler:
    """Return the dialog."""
    fields, settings = "|".join(typed_fields.FIELDS), "|".join(typed_settings.SETTINGS)
    return StoredConversationHandler(
        name=NAME,
        entry_points=[
            CallbackQueryHandler(want_day, OnDay.pattern(day="type")),
            CallbackQueryHandler(want_snooze, Snooze.pattern(choice="type")),
            CallbackQueryHandler(want_pause, Away.pattern(choice="type")),
            CallbackQueryHandler(want_field, rf"^{Edit.prefix}:\d+:({fields}):\d*$"),
            CallbackQueryHandler(want_setting, rf"^{Setting.prefix}:({settings}):type$"),
        ],
        states={
            STEP: [
                MessageHandler(filters.TEXT & ~filters.COMMAND, take_text),
                CallbackQueryHandler(take_candidate, Answer.pattern(step=STEP)),
                CallbackQueryHandler(cancel, Nav.pattern(step=STEP, move="cancel")),
            ]
        },
        fallbacks=[CommandHandler("cancel", cancel)],
    )


async def want_day(update: Update, context: Context) -> str:
    """Ask for the day of an outcome."""
    pressed = OnDay.unpack(data_of(update))
    if pressed.outcome not in report.DATED:
        raise StaleButton
    ask = f"type.{pressed.outcome}"
    return _want(
        context, Wanted("outcome", ask, pressed.vacancy, pressed.seq, pressed.outcome, pressed.touched)
    )


async def want_snooze(update: Update, context: Context) -> str:
    """Ask when to remind."""
    pressed = Snooze.unpack(data_of(update))
    return _want(context, Wanted("snooze", "type.snooze", pressed.vacancy, pressed.seq))


async def want_pause(_update: Update, context: Context) -> str:
    """Ask until when the user is off."""
    return _want(context, Wanted("pause", "type.pause"))


async def want_field(update: Update, context: Context) -> str:
    """Ask for the new value of a field of a vacancy."""
    pressed = Edit.unpack(data_of(update))
    ask = f"type.{pressed.field}"
    return _want(context, Wanted("field", ask, pressed.vacancy, name=pressed.field, item=pressed.item))


async def want_setting(update: Update, context: Context) -> str:
    """Ask for the new value of a setting."""
    name = Setting.unpack(data_of(update)).name
    return _want(context, Wanted("setting", f"type.{name}", name=name))


async def take_text(update: Update, context: Context) -> int | None:
    """Take what was typed."""
    said = (update.message.text if update.message else None) or ""
    wanted = context.draft(Wanted)
    try:
        await _take(context, wanted, said)
    except InvalidAnswer as error:
        problem = context.texts(error.key, **error.values)
        context.show(notices.ask_typed(context.texts, wanted.ask, STEP, problem))
        return None
    except SeveralDays as error:
        context.show(notices.which_day(context.texts, STEP, error.ask))
        return None
    return END


async def take_candidate(update: Update, context: Context) -> int:
    """Take a day that was offered because more than one could be meant."""
    value = Answer.unpack(data_of(update)).value
    await _take_day(context, context.draft(Wanted), parsed(value))
    return END


async def cancel(_update: Update, context: Context) -> int:
    """Ask no more."""
    context.show(notices.cancelled(context.texts))
    return END


def resume(context: Context) -> None:
    """Ask again for what is to be typed."""
    context.show(notices.ask_typed(context.texts, context.draft(Wanted).ask, STEP))


def title(context: Context) -> str:
    """Return what is being asked for."""
    return context.texts.plain("resume.typing")


def _want(context: Context, wanted: Wanted) -> str:
    context.session.keep(NAME, wanted)
    context.show(notices.ask_typed(context.texts, wanted.ask, STEP))
    return STEP


async def _take(context: Context, wanted: Wanted, said: str) -> None:
    """Take a typed value; raises InvalidAnswer or SeveralDays."""
    match wanted.what:
        case "setting":
            await typed_settings.take(context, wanted.name, said)
        case "field" if wanted.name == "hour":
            await typed_fields.take_hour(context, wanted.vacancy, wanted.item, said)
        case "field" if wanted.name not in typed_fields.DATED:
            await typed_fields.take(context, wanted.vacancy, wanted.name, wanted.item, said)
        case _:
            await _take_day(context, wanted, answers.day(said, context.user, context.now, _question(wanted)))


def _question(wanted: Wanted) -> readings.Question:
    if wanted.what in _WISHES:
        return _WISHES[wanted.what]
    if wanted.name == "promise" or (wanted.what == "outcome" and wanted.name != Outcome.NEXT_STAGE):
        return readings.Question.PROMISE
    return (
        readings.Question.INTERVIEW_ANY if wanted.name == "starts_at" else readings.Question.INTERVIEW_FUTURE
    )


async def _take_day(context: Context, wanted: Wanted, reading: Reading) -> None:
    if wanted.what == "field":
        await typed_fields.take_day(context, wanted.vacancy, wanted.name, wanted.item, reading)
    elif wanted.what == "snooze":
        await _snooze(context, wanted, reading)
    elif wanted.what == "pause":
        await _pause(context, reading)
    else:
        await _log(context, wanted, reading)


async def _snooze(context: Context, wanted: Wanted, reading: Reading) -> None:
    vacancy = await context.vacancy(wanted.vacancy, wanted.seq)
    clock = WorkingTime.of(context.user)
    until, has_hour = answers.dated(reading, context.user, lambda day: clock.user_moment(day, MORNING))
    if not has_hour and clock.user_day(until) == clock.user_day(context.now):
        until = max(until, context.now + _LATER_TODAY)
    if until <= context.now:
        raise InvalidAnswer("invalid.past")
    reported = context.report(vacancy, Snoozed(until))
    context.show(report.snoozed(context.texts, reported.vacancy, reported.step, context.now))


async def _pause(context: Context, reading: Reading) -> None:
    match reading:
        case AtTime():
            await pauses.begin(context, reading.date, reading.time)
        case OnDate():
            await pauses.begin(context, reading.date)
        case _:
            raise InvalidAnswer("invalid.no_day")


async def _log(context: Context, wanted: Wanted, reading: Reading) -> None:
    vacancy = await context.vacancy(wanted.vacancy, wanted.seq)
    on = reading.date if isinstance(reading, OnDate | AtTime) else None
    at = reading.time if isinstance(reading, AtTime) else None
    if on is None and not report.DATED[wanted.name]:
        raise InvalidAnswer("invalid.no_day")
    step = context.step_of(vacancy) if wanted.touched else None
    facts = outcome_facts(vacancy, step, wanted.name, on, at)
    if on and wanted.name == Outcome.NEXT_STAGE:
        facts.append(next_stage_fact(vacancy, on, at, context.user.zone))
    reported = context.report(vacancy, *facts)
    say = None
    if wanted.touched == CALLED:
        say = said_at_once(context.reader, reported.vacancy, reported.step, wanted.name, dated=on is not None)
    await show_logged(context, reported, wanted.name, on=on, at=at, say=say)
