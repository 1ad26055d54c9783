"""Before an interview, and once something is agreed: the preparation, the letter that confirms it."""

from markupsafe import Markup

from bot.callbacks import Card, Go, Open
from bot.domain.courtesy import courtesy
from bot.domain.step import Step
from bot.domain.vacancy import Outcome, Technique, Vacancy
from bot.domain.working_time import WorkingTime
from bot.packs import Words
from bot.views import letters, parts
from bot.views.agreed import stands
from bot.views.letters import Letter
from bot.views.reader import Reader
from bot.views.screen import Screen, button, rows
from bot.views.wording import letter_aside, read, spoken, words_of

#: What is read and what is written about an agreement.
_READ = {Outcome.TEST_TASK: "test_task"}
_LETTERS = {Outcome.NEXT_STAGE: "stage_confirmation", Outcome.TEST_TASK: "test_task_letter"}


def preparation(reader: Reader, vacancy: Vacancy) -> Screen:
    """Show how to prepare for the interview of a vacancy."""
    texts = reader.texts
    heading = texts("push.title", what=texts("step.prepare"), name=parts.title(texts, vacancy))
    step = Step(technique=Technique.PREPARE, due=reader.now, anchor="on_demand")
    said = spoken(texts, words_of(reader, vacancy, step).said)
    card = button(texts.plain("button.card"), Open(vacancy.id))
    return parts.with_words((heading,), said, keyboard=((card,),))


def in_general(reader: Reader) -> Screen:
    """Show how to prepare for any interview."""
    texts = reader.texts
    body = reader.packs.render("prepare", reader.user.language, Words(tone=reader.user.tone)).body
    log = button(texts.plain("button.log_interview"), Go("interview"))
    return Screen(text=parts.joined(texts("prepare.any", body=body)), keyboard=((log,),))


def which(reader: Reader, vacancies: list[Vacancy]) -> Screen:
    """Ask which of several interviews to prepare for."""
    texts = reader.texts
    buttons = [button(parts.plain_title(texts, one), Card(one.id, "prepare")) for one in vacancies]
    return Screen(text=parts.joined(texts("prepare.which")), keyboard=rows(buttons, 1))


def confirmation(reader: Reader, vacancy: Vacancy, agreed: Outcome) -> tuple[Screen, ...]:
    """Return the words that confirm an interview or a task; none where there is none."""
    if not stands(vacancy, agreed, reader.now):
        return ()
    step = _step(reader, vacancy)
    notes = [read(reader, vacancy, step, _READ[agreed])] if agreed in _READ else []
    quoted = (Markup("<blockquote>{}</blockquote>").format(note) for note in notes)
    letter = letter_aside(reader, vacancy, step, _LETTERS[agreed])
    sent = (letters.screen(reader, letter),) if letter else ()
    return (*(Screen(text=str(note)) for note in quoted), *sent)


def confirming_letter(reader: Reader, vacancy: Vacancy, name: str) -> Letter | None:
    """Return the letter with this name that confirms what is agreed; None: nothing is, or another does."""
    agreed = next((agreed for agreed, letter in _LETTERS.items() if letter == name), None)
    if agreed is None or not stands(vacancy, agreed, reader.now):
        return None
    return letter_aside(reader, vacancy, _step(reader, vacancy), name)


def _step(reader: Reader, vacancy: Vacancy) -> Step:
    return courtesy(vacancy, WorkingTime.between(reader.user, vacancy), reader.now)
