"""The user's own words: which texts can be put into them, which are, and why one is not used."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from bot.callbacks import Go, OwnGroup, OwnText
from bot.domain.users import User, own_key
from bot.texts import Texts, language_name
from bot.views import parts
from bot.views.reader import Worded
from bot.views.screen import Rows, Screen, button, rows

#: What is said or sent to an employer, by technique.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "thanks": ("thank_you", "thank_you_short"),
    "call": (
        *("call", "introduction", "promise_slipped_twice", "office_manager", "new_contact"),
        "no_show_call",
    ),
    "letter": ("email", "email_short", "email_check_call", "new_contact_letter", "no_show"),
    "opening": ("opening_position_a", "opening_position_b", "opening_position_c", "opening_position_letter"),
    "pressure": ("light_pressure_a", "light_pressure_b", "light_pressure_letter"),
    "decision": ("trial_close_call", "trial_close", "trial_close_letter"),
    "answers": (
        *("agree_next_call", "boss_decides", "round", "security_check", "away", "read_back", "good_news"),
        "offer_call",
    ),
    "refusal": ("ask_reasons", "ask_reasons_call", "formal_request"),
    "reserve": ("reserve_check_in", "reserve_check_in_call"),
    "stages": ("stage_confirmation", "test_task_letter", "test_task_handed_in", "send_info"),
    "courtesy": ("answer_promise", "answer_wait", "answer_away", "answer_reserve"),
    "ending": (
        *("secure_offer", "accept_offer", "parallel_offer", "parallel_offer_call"),
        *("withdraw", "stay_in_touch"),
    ),
}
TEXTS = tuple(name for names in GROUPS.values() for name in names)


def lacking(texts: Texts, worded: Worded) -> Markup | None:
    """Say why a text is not in the user's own words, if there are some."""
    if worded.lacks is None:
        return None
    return texts("own.lacks", what=worded.lacks) if worded.lacks else texts("own.broken")


def change_row(texts: Texts, names: Sequence[str], language: str, vacancy_id: int) -> Rows:
    """Return the button that changes the words of a step; several texts are chosen from."""
    known = [name for name in names if name in TEXTS]
    if not known:
        return ()
    if len(known) == 1:
        change = OwnText("change", language, known[0], vacancy_id)
        return ((button(texts.plain("button.change_words"), change),),)
    group = OwnGroup(language, _group_of(known[0]), vacancy_id)
    return ((button(texts.plain("button.change_words"), group),),)


def groups(texts: Texts, user: User, language: str, languages: Sequence[str]) -> Screen:
    """Offer the groups of texts of a language; those with own words are marked."""
    buttons = [
        button(
            _marked(texts, f"own.group.{group}", _any_own(user, names, language)), OwnGroup(language, group)
        )
        for group, names in GROUPS.items()
    ]
    others = [
        button(texts.plain("button.own_language", language=language_name(other)), OwnGroup(other))
        for other in languages
        if other != language
    ]
    back = button(texts.plain("button.back"), Go("settings"))
    return Screen(
        text=parts.joined(texts("own.title", language=language_name(language)), texts("own.about")),
        keyboard=(*rows(buttons), *rows(others), (back,)),
    )


def group(texts: Texts, user: User, asked: OwnGroup) -> Screen:
    """Offer the texts of a group; those in own words are marked."""
    names = GROUPS[asked.group or ""]
    buttons = [
        button(
            _marked(texts, f"own.text.{name}", _any_own(user, (name,), asked.language)),
            OwnText("change", asked.language, name, asked.vacancy),
        )
        for name in names
    ]
    back = button(texts.plain("button.back"), OwnGroup(asked.language))
    heading = texts("own.choose", group=texts.plain(f"own.group.{asked.group}"))
    return Screen(text=parts.joined(heading), keyboard=(*rows(buttons, 1), (back,)))


def saved(texts: Texts, name: str, language: str) -> Screen:
    """Say that a text is in the user's own words from now on."""
    return _done(texts, texts("own.saved", text=texts.plain(f"own.text.{name}")), None, language)


def was_reset(texts: Texts, name: str, language: str, own: str) -> Screen:
    """Say that the original is back, and give the user's own text back."""
    return _done(texts, texts("own.reset", text=texts.plain(f"own.text.{name}")), own, language)


def copied(text: str) -> Markup:
    """Return a text in a block that one tap copies."""
    return Markup("<pre>{}</pre>").format(text)


def _done(texts: Texts, what: Markup, own: str | None, language: str) -> Screen:
    others = button(texts.plain("button.own_words"), OwnGroup(language))
    home = button(texts.plain("button.today"), Go("today"))
    return Screen(text=parts.joined(what, copied(own) if own else None), keyboard=((others, home),))


def _marked(texts: Texts, key: str, is_own: bool) -> str:
    label = texts.plain(key)
    return texts.plain("own.changed", text=label) if is_own else label


def _any_own(user: User, names: Sequence[str], language: str) -> bool:
    return any(own_key(name, language) in user.own_words for name in names)


def _group_of(name: str) -> str:
    return next(group for group, names in GROUPS.items() if name in names)
