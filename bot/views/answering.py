"""The words that answer what the employer wrote, once it is logged.

Some answers are the next step itself, done at once: they are its letters, and count as it. The others are
mere courtesy: they settle a day, confirm a meeting, keep a door open.
"""

from collections.abc import Mapping

from bot.callbacks import Card
from bot.domain.courtesy import courtesy
from bot.domain.step import Step
from bot.domain.vacancy import Outcome, Vacancy
from bot.domain.working_time import WorkingTime
from bot.texts import Texts
from bot.views import letters
from bot.views.letters import Letter
from bot.views.reader import Reader
from bot.views.screen import Rows, Screen, button
from bot.views.wording import letter_aside, words_screens

#: What is written back where nothing else is to be done.
_COURTESY: Mapping[Outcome, str] = {
    Outcome.PROMISED: "answer_promise",
    Outcome.CALL_LATER: "answer_promise",
    Outcome.ASKED_TO_WAIT: "answer_wait",
    Outcome.SECURITY_CHECK: "answer_wait",
    Outcome.ROUND: "answer_wait",
    Outcome.AWAY: "answer_away",
    Outcome.RESERVE: "answer_reserve",
    Outcome.FROZEN: "answer_reserve",
    Outcome.NEXT_STAGE: "stage_confirmation",
    Outcome.TEST_TASK: "test_task_letter",
}


def answering(reader: Reader, vacancy: Vacancy, step: Step | None) -> tuple[Screen, ...]:
    """Return the words that answer the employer's last word; none when there is nothing to answer."""
    letter = courtesy_letter(reader, vacancy)
    if letter:
        return (letters.screen(reader, letter),)
    return words_screens(reader, vacancy, step) if step and vacancy.answers else ()


def courtesy_letter(reader: Reader, vacancy: Vacancy, name: str | None = None) -> Letter | None:
    """Return the courteous answer to the last word; None: there is none, or not with this name."""
    answer = vacancy.answers[-1] if vacancy.answers else None
    pack = _COURTESY.get(answer.outcome) if answer else None
    if answer is None or pack is None or name not in (None, pack):
        return None
    time = WorkingTime.between(reader.user, vacancy)
    back = time.next_working_day(answer.on) if answer.on else None  # who is away is asked for again then (R7)
    return letter_aside(reader, vacancy, courtesy(vacancy, time, reader.now), pack, next_call_day=back)


def answer_row(texts: Texts, vacancy: Vacancy) -> Rows:
    """Return the button that shows the words to answer with."""
    return ((button(texts.plain("button.answer_words"), Card(vacancy.id, "answer")),),)
