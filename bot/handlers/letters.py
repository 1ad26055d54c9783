"""What is done with a letter: taken to a mail program, logged as sent, left for later."""

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.callbacks import Card
from bot.callbacks import Letter as Tap
from bot.context import Context
from bot.conversations.asides import aside
from bot.errors import StaleButton
from bot.reporting import letter_fact
from bot.taps import data_of, is_text
from bot.views import letters, report
from bot.views.answering import answering
from bot.views.wording import letter_of


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Return the handlers of this module."""
    return [
        CallbackQueryHandler(answer, Card.pattern(side="answer")),
        CallbackQueryHandler(hand_over, Tap.pattern(deed="file")),
        CallbackQueryHandler(log_sent, Tap.pattern(deed="sent")),
        CallbackQueryHandler(log_sent, Tap.pattern(deed="in_chat")),
        CallbackQueryHandler(leave, Tap.pattern(deed="not_sent")),
    ]


async def answer(update: Update, context: Context) -> None:
    """Show the words that answer what the employer wrote last."""
    vacancy = await context.vacancy(Card.unpack(data_of(update)).vacancy)
    screens = answering(context.reader, vacancy, context.step_of(vacancy))
    if not screens:
        raise StaleButton("answer")
    for screen in screens:
        context.say(screen)


async def hand_over(update: Update, context: Context) -> None:
    """Hand the letter over as a draft for a mail program; nothing is logged by that."""
    pressed = Tap.unpack(data_of(update))
    vacancy = await context.vacancy(pressed.vacancy)
    letter = letter_of(context.reader, vacancy, context.step_of(vacancy), pressed.name)
    letter = letter or await aside(context, vacancy, pressed.name)
    if letter is None or not letter.is_mail:
        raise StaleButton(pressed.name)
    context.say(letters.mail_draft(context.reader, letter))


async def log_sent(update: Update, context: Context) -> None:
    """Log the letter as a touch; its text stays in the chat, with no buttons any more."""
    pressed = Tap.unpack(data_of(update))
    vacancy = await context.vacancy(pressed.vacancy, pressed.seq)
    step = context.step_of(vacancy)
    letter = letter_of(context.reader, vacancy, step, pressed.name)
    if step is None or letter is None or not letters.counts(letter):
        raise StaleButton(pressed.name)
    in_chat = pressed.deed == "in_chat"
    reported = context.report(vacancy, letter_fact(step, in_chat=in_chat))
    if update.callback_query and is_text(update.callback_query.message):  # a file stays as it is
        context.show(letters.sent(context.reader, letter, in_chat=in_chat))
    what = context.texts.plain("letter.sent_in_chat" if in_chat or not letter.is_mail else "letter.sent")
    context.say(report.logged(context.texts, reported.vacancy, reported.step, what, context.now))


async def leave(update: Update, context: Context) -> None:
    """Log nothing, and ask when to remind."""
    pressed = Tap.unpack(data_of(update))
    vacancy = await context.vacancy(pressed.vacancy, pressed.seq)
    context.say(report.snooze_menu(context.texts, vacancy, context.today, context.texts("letter.not_sent")))
