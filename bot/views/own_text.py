"""One text on its way into the user's own words: as it is, as it was typed, as it will look."""

from collections.abc import Mapping

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from bot.callbacks import Answer, Nav, OwnText
from bot.domain.vacancy import Vacancy
from bot.pack_own import OWN_LIMIT
from bot.packs import Fault, PackError, Packs, Wording
from bot.texts import Texts
from bot.views import parts
from bot.views.filling import call_to_best, sample_words, words
from bot.views.own_words import copied
from bot.views.reader import Reader
from bot.views.screen import Screen, button

#: Words that are offered for every text.
_ALWAYS = frozenset({"contact_name", "company", "position", "interview_date", "user_name", "phone"})


class Shown(Struct, frozen=True):
    """A text as it looks for a vacancy, or for a made-up one where there is none."""

    name: str
    language: str
    wording: Wording
    #: What each placeholder says there; None: not known.
    values: Mapping[str, str | None]
    #: Which placeholder says what stands in the text, also what is made up there.
    literals: Mapping[str, str]
    #: The title of the vacancy.
    title: str | None
    #: The placeholder without which the text cannot be filled there: what it says is made up.
    lacks: str | None = None


def look(reader: Reader, name: str, language: str, vacancy: Vacancy | None, source: str | None) -> Shown:
    """Return how a text looks, without a source the pack's; raises PackError when it cannot be worded."""
    packs, title = reader.packs, parts.plain_title(reader.texts, vacancy) if vacancy else None
    made_up = known = sample_words(reader.user, packs, reader.now, language)
    if vacancy:
        known = words(reader.user, vacancy, call_to_best(vacancy, reader.now), reader.now, language)
        real = {
            field: value for field in known.__struct_fields__ if (value := getattr(known, field)) is not None
        }
        made_up = replace(made_up, **real)
    lacks = None
    try:
        wording = packs.render(name, language, known, source)
    except PackError as error:
        lacks = packs.placeholders(language).of_field(error.placeholder or "")
        wording = packs.render(name, language, made_up, source)
    literals = packs.literals(name, language, made_up)
    return Shown(name, language, wording, packs.values(language, known), literals, title, lacks)


def ask(reader: Reader, shown: Shown, step: str, own: str | None) -> Screen:
    """Show a text as it is, and ask for other words."""
    texts, placeholders = reader.texts, reader.packs.placeholders(shown.language)
    subject, has_subject = placeholders.subject, bool(own and placeholders.has_subject(own))
    reset = button(texts.plain("button.reset_words"), OwnText("reset", shown.language, shown.name))
    cancel = button(texts.plain("button.cancel"), Nav(step, "cancel"))
    how = Screen(
        text=parts.joined(
            texts("own.ask"),
            [texts("own.placeholders"), *_table(reader, shown)],
            texts("own.subject", word=subject) if shown.wording.subject else None,
        ),
        keyboard=((*((reset,) if own else ()), cancel),),
    )
    is_real = shown.title and not shown.lacks
    for_whom = texts("own.for_vacancy", name=shown.title) if is_real else texts("own.for_example")
    heading = [texts("own.heading", text=texts.plain(f"own.text.{shown.name}")), for_whom]
    block = _block(texts, shown.wording)
    if has_subject:  # it is copied along, or it would be lost
        block = copied(f"{subject}: {shown.wording.subject}\n\n{shown.wording.body}")
    return Screen(text=parts.joined(heading, block), more=(how,))


def preview(reader: Reader, shown: Shown, typed: str, step: str) -> Screen:
    """Show how a typed text will look, and ask whether to save it."""
    texts = reader.texts
    if shown.title is None:
        for_whom = texts("own.will_look_example")
    elif shown.lacks:
        for_whom = texts("own.will_look_lacks", name=shown.title, what=shown.lacks)
    else:
        for_whom = texts("own.will_look", name=shown.title)
    placeholders = reader.packs.placeholders(shown.language)
    used, left = placeholders.used(typed), placeholders.left_over(typed, shown.literals)
    names = ", ".join(filter(None, map(placeholders.of_field, ("contact_name", "company"))))
    save = button(texts.plain("button.save"), Answer(step, "save"))
    again = button(texts.plain("button.change_again"), Nav(step, "again"))
    cancel = button(texts.plain("button.cancel"), Nav(step, "cancel"))
    question = Screen(
        text=parts.joined(
            texts("own.left_over", what=", ".join(left), placeholders=names) if left else None,
            texts("own.fills", what=", ".join(used)) if used else None,
            texts("own.save"),
        ),
        keyboard=((save,), (again, cancel)),
    )
    return Screen(text=parts.joined(for_whom, _block(texts, shown.wording)), more=(question,))


def again(texts: Texts, typed: str, step: str) -> Screen:
    """Give a typed text back to be corrected."""
    cancel = button(texts.plain("button.cancel"), Nav(step, "cancel"))
    return Screen(text=parts.joined(texts("own.again"), copied(typed)), keyboard=((cancel,),))


def waiting(texts: Texts, name: str, typed: str, step: str) -> Screen:
    """Ask again for a text, with what was typed so far."""
    cancel = button(texts.plain("button.cancel"), Nav(step, "cancel"))
    asked = texts("own.waiting", text=texts.plain(f"own.text.{name}"))
    return Screen(text=parts.joined(asked, copied(typed) if typed else None), keyboard=((cancel,),))


def mistake(texts: Texts, error: PackError, typed: str, nearest: str | None, step: str) -> Screen:
    """Say what is wrong with a typed text, kindly, and give it back."""
    cancel = button(texts.plain("button.cancel"), Nav(step, "cancel"))
    if error.fault is Fault.TOO_LONG:  # it would not fit here either; it still stands in the chat
        return Screen(text=parts.joined(texts("own.too_long", limit=OWN_LIMIT)), keyboard=((cancel,),))
    instead = ((button(texts.plain("button.use", what=nearest), Answer(step, "fix")),),) if nearest else ()
    return Screen(
        text=parts.joined(_fault(texts, error), [texts("own.not_lost"), copied(typed)]),
        keyboard=(*instead, (cancel,)),
    )


def nearest_to(packs: Packs, error: PackError, language: str) -> str | None:
    """Return the placeholder that was probably meant by one that there is not."""
    unknown = error.placeholder or ""
    return packs.placeholders(language).nearest(unknown) if unknown.startswith("[") else None


def full(texts: Texts, limit: int, step: str) -> Screen:
    """Say that no more texts are kept; the typed one waits."""
    save = button(texts.plain("button.save"), Answer(step, "save"))
    cancel = button(texts.plain("button.cancel"), Nav(step, "cancel"))
    return Screen(text=parts.joined(texts("own.full", limit=limit)), keyboard=((save, cancel),))


def _block(texts: Texts, wording: Wording) -> Markup:
    body = copied(wording.body)
    if wording.subject is None:
        return body
    return Markup("{}\n\n{}").format(texts("words.subject", subject=wording.subject), body)


def _table(reader: Reader, shown: Shown) -> list[Markup]:
    """Return the placeholders that this text can use with what they say here, a line each."""
    texts, packs = reader.texts, reader.packs
    template, placeholders = packs.template(shown.name, shown.language), packs.placeholders(shown.language)
    wanted = template.uses | template.manners | _ALWAYS
    foreign = shown.language != texts.language and texts.language in packs.languages
    meanings = placeholders.meanings(packs.placeholders(texts.language)) if foreign else {}
    lines = []
    for name, value in shown.values.items():
        if placeholders.said_by(name) & wanted:
            said = value or texts.plain("own.unknown")
            lines.append(_line(texts, name, meanings.get(name), said))
    return lines


def _line(texts: Texts, name: str, meaning: str | None, said: str) -> Markup:
    """Return a placeholder with what it says; one in another language also with what it means."""
    if meaning is None:
        return texts("own.placeholder", name=f"[{name}]", value=said)
    return texts("own.placeholder_foreign", name=f"[{name}]", meaning=meaning, value=said)


def _fault(texts: Texts, error: PackError) -> Markup:
    unknown = error.placeholder or ""
    match error.fault:
        case Fault.UNKNOWN_WORD:
            what = unknown if unknown.startswith("[") else f"{{{{ {unknown} }}}}"
            return texts("own.unknown_placeholder", what=what)
        case Fault.BLANK:
            return texts("own.blank")
    return texts("own.braces")
