"""The check of the texts of screens: alike in every language, and just those that the code asks for."""

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from bot import reporting
from bot.conversations import typed_fields, typed_settings, welcome
from bot.domain import absence, draft, review
from bot.domain.users import Form, Pace, Tone
from bot.domain.vacancy import Channel, Outcome, Role, RoleType, Status, Technique, Who
from bot.domain.weeks import Weekly
from bot.language.replies import ReplyTechnique
from bot.packs import locales_folder
from bot.text_flaws import Text, flaws, read
from bot.text_uses import Emitted, Use, emitted, uses
from bot.views import (
    beside,
    call_lines,
    editing,
    interview,
    notices,
    own_words,
    refusal,
    report,
    settings,
)

#: What stands for "*" in the keys that the code builds.
EXPANSIONS: Mapping[str, Iterable[str]] = {
    "button.heard.*": call_lines.BEFORE,
    "channel.*": set(Channel) - {Channel.IN_PERSON},
    "command.*": notices.COMMANDS,
    "edit.ask_*": editing.CHOSEN,
    "button.*": (*reporting.OFFER_DAYS, *reporting.OFFER_TERMS, *beside.LEAVING),
    "form.*": Form,
    "interview.*": draft.Question,
    "own.group.*": own_words.GROUPS,
    "own.text.*": own_words.TEXTS,
    "note.*": set(refusal.NOTES) - {"remaining"},
    "notes.*": settings.NOTES,
    "offer.*": reporting.OFFER_DAYS,
    "offer.no_*": reporting.OFFER_DAYS,
    "outcome.*": (*Outcome, reporting.NO_ANSWER),
    "pace.*": Pace,
    "promise.*": Who,
    "promise.by_*": Channel,
    "promise_day.*": ("tomorrow", "this_week", "next_week", "two_weeks"),
    "reply.advice.*": ReplyTechnique,
    "report.ask_day.*": report.DATED,
    "pause.covers.*": set(absence.Kind) - {absence.Kind.INTERVIEW},
    "review.closing.*": review.Closing,
    "role.*": Role,
    "role_type.*": RoleType,
    "signed.*": beside.LEAVING,
    "settings.ask_*": (
        *("language", "letter_language", "form", "tone", "pace", "quiet", "notes"),
        *("zone", "country", *Weekly),
    ),
    "status.*": Status,
    "switch.*": ("on", "off"),
    "tone.*": Tone,
    "technique.*": Technique,
    "type.*": (*report.DATED, *typed_fields.FIELDS, *typed_settings.SETTINGS),
    "weekly.off.*": Weekly,
    "weekly.on.*": Weekly,
    "understood.*": interview.UNDERSTOOD,
    "welcome.*": welcome.Question,
    "who.*": Who,
}
#: The same for keys that are looked for and may be missing.
OPTIONAL: Mapping[str, Iterable[str]] = {
    "button.did.*": Technique,
    "talk.echo.*": call_lines.LINES,
    "talk.hint.*": call_lines.LINES,
    "push.no_*": Channel,
    "report.kind.*": Status,
    "step.*": Technique,  # unless there is one for a call and one for a letter: see `_steps`
    "step.*.call": Technique,
    "step.*.chat": Technique,
    "step.*.letter": Technique,
    "step.*.start": (Technique.TEST_TASK,),
}
#: Built keys whose values are checked apart.
_APART = {"deed.*", "step.*.*", "why.*"}
#: Facts of a reason that are counted: they choose the plural form of its text, as its `n`.
COUNTS = frozenset({"days", "working_days", "dials", "touches", "stage"})
_DEEDS = frozenset({"deed_facts", "agreed_facts"})
#: Keys named apart from the call that words them.
_MENTIONED = ("channel.", "dates.", "format.", "same.", "type.", "when.", "who.")

Texts = Mapping[str, Mapping[str, Text]]


def check(folder: Path | None = None) -> list[str]:
    """Return the problems of the catalogues in a folder; none means that every screen can be worded."""
    folder = folder or locales_folder()
    texts: dict[str, Mapping[str, Text]] = {}
    problems = []
    try:
        template = read(folder / "bot.pot")
        for path in sorted(folder.glob("*/LC_MESSAGES/bot.po")):
            language = path.parent.parent.name
            texts[language] = read(path, language)
    except ValueError as error:
        return [str(error)]
    if not texts:
        return [f"no catalogues in {folder}"]
    for language, known in texts.items():
        for key, text in known.items():
            problems += [f"{language}: {key}: {flaw}" for flaw in flaws(key, text, language)]
    asked_for, reasons = _demand()
    return [
        *problems,
        *_differences(texts, template),
        *_demands(texts, template, asked_for, reasons),
        *(problem for language in texts for problem in _calls(language, texts[language], asked_for)),
        *(problem for language in texts for problem in _reasons(language, texts[language], reasons)),
        *_unknown_patterns(asked_for),
    ]


@cache
def _demand() -> tuple[list[Use], set[Emitted]]:
    """Return what the program asks for; its source stays as it is while it runs."""
    package = Path(__file__).parent
    return uses(package), emitted(package / "domain")


def _differences(texts: Texts, template: Mapping[str, Text]) -> Iterator[str]:
    """Yield how the languages differ from the template and from each other."""
    for language, known in texts.items():
        yield from (f"{language}: {key}: missing" for key in sorted(template.keys() - known.keys()))
        yield from (f"{language}: {key}: not in bot.pot" for key in sorted(known.keys() - template.keys()))
    for key in sorted(template):
        there = [known[key] for known in texts.values() if key in known]
        if len({text.is_plural for text in (template[key], *there)}) > 1:
            yield f"{key}: plural in one language only"
        names = [text.placeholders for text in there]
        if (
            odd := frozenset[str]()
            .union(*names)
            .difference(*[frozenset.intersection(*names)] if names else [])
        ):
            yield f"{key}: {_listed(odd)} not in every language"


def _demands(
    texts: Texts, template: Mapping[str, Text], asked_for: Iterable[Use], reasons: Iterable[Emitted]
) -> Iterator[str]:
    """Yield the texts that the code asks for and that are not there, and those that nothing asks for."""
    needed = _needed(asked_for) | {f"why.{reason.rule}" for reason in reasons}
    for language, known in texts.items():
        missing = {*(needed - known.keys()), *_steps(known)}
        yield from (f"{language}: {key}: asked for and not there" for key in sorted(missing))
    allowed = needed | {key for pattern in OPTIONAL for key in _expanded(pattern, OPTIONAL)}
    yield from (f"{key}: nothing asks for it" for key in sorted(template.keys() - allowed))


def _needed(asked_for: Iterable[Use]) -> set[str]:
    """Return every key that the code words."""
    said = [use for use in asked_for if not use.is_mention or _is_mentioned_text(use)]
    keys = {use.key for use in said} | {f"deed.{deed}" for deed in deeds()}
    beginnings = {key.partition(".")[0] for key in keys}
    mentioned = {use.key for use in asked_for if not use.where.startswith("language/")}
    keys |= {key for key in mentioned if key.partition(".")[0] in beginnings}
    full = {full for key in keys for full in _expanded(key, EXPANSIONS)}
    return full | {key for key in keys if "*" not in key}


def _is_mentioned_text(use: Use) -> bool:
    """Tell whether a mention is a key, and not the name of a table of what people type."""
    return use.key.startswith("dates." if use.where.startswith("language/") else _MENTIONED)


def _steps(known: Collection[str]) -> Iterator[str]:
    """Yield the steps without a phrase; a formal request is no step of the playbook's own accord."""
    for technique in set(Technique) - {Technique.FORMAL_REQUEST}:
        if f"step.{technique}" not in known and not {
            f"step.{technique}.call",
            f"step.{technique}.letter",
        } <= set(known):
            yield f"step.{technique}"


def _expanded(pattern: str, table: Mapping[str, Iterable[str]]) -> Iterator[str]:
    return (pattern.replace("*", value) for value in table.get(pattern, ()))


def deeds() -> list[str]:
    """Return what a button can do, as the functions `_DEEDS` of `reporting` tell it apart."""
    tree = ast.parse(Path(reporting.__file__).read_text("utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name in _DEEDS]
    cases = (node for function in functions for node in ast.walk(function))
    values = [node.value for node in cases if isinstance(node, ast.MatchValue)]
    return [str(value.value) for value in values if isinstance(value, ast.Constant)]


def _calls(language: str, known: Mapping[str, Text], asked_for: Iterable[Use]) -> Iterator[str]:
    """Yield the calls that do not fit their text: a placeholder left empty, HTML or a plural unexpected."""
    for use in asked_for:
        if use.is_mention or use.key == "why.*":
            continue
        for key in (use.key, *_expanded(use.key, {**EXPANSIONS, **OPTIONAL})):
            if text := known.get(key):
                yield from (f"{language}: {key}: {problem} in {use.where}" for problem in _misfits(use, text))


def _misfits(use: Use, text: Text) -> Iterator[str]:
    if text.is_plural != use.is_plural:
        yield "plural, but not" if text.is_plural else "no plural, but one is taken"
    if use.is_plain and any("<" in form for form in text.forms):
        yield "HTML, and there is none"
    if use.given is not None and (empty := text.placeholders - use.given):
        yield f"{_listed(empty)} not given"


def _reasons(language: str, known: Mapping[str, Text], reasons: Iterable[Emitted]) -> Iterator[str]:
    """Yield the reasons whose text does not say exactly the facts that the playbook passes."""
    for reason in sorted(reasons, key=lambda reason: reason.rule):
        text = known.get(f"why.{reason.rule}")
        if text is None or reason.facts is None:
            continue
        counted = reason.facts & COUNTS
        if text.is_plural != bool(counted):
            yield f"{language}: why.{reason.rule}: {_plural(text)}, unlike the facts"
        said = text.placeholders - {"n"} | (counted if "n" in text.placeholders else frozenset())
        if odd := said ^ reason.facts:
            yield f"{language}: why.{reason.rule}: {_listed(odd)} either not said or not known"


def _unknown_patterns(asked_for: Iterable[Use]) -> Iterator[str]:
    """Yield the built keys that this check has no table for: without one it would check nothing."""
    known = {*EXPANSIONS, *OPTIONAL, *_APART}
    for use in asked_for:
        if not use.is_mention and "*" in use.key and use.key not in known:
            yield f"{use.where}: text_check.EXPANSIONS does not say what stands for * in {use.key}"


def _plural(text: Text) -> str:
    return "plural" if text.is_plural else "no plural"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
