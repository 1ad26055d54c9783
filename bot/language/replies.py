"""An employer's reply: what it means for the vacancy, by when, and which technique answers it.

Phrases of the data files are weighed clause by clause: what follows "but" counts more than what precedes it,
what stands under "if" or "although" less, a negation turns an offer round (R116, R7, R84).
"""

from datetime import date, datetime, time
from enum import StrEnum

from msgspec import Struct

from bot.domain.vacancy import Channel
from bot.language.phrases import split_words
from bot.language.reply_clauses import Clauses, letter_itself
from bot.language.reply_dates import day_of
from bot.language.reply_phrases import NAMES, Evidence, gather, words_of

#: A reply is one message, and says what it has to say on its first page.
_LONGEST, _PAGE = 4096, 2000
#: So many words in an e-mail are wrapping around a "no".
_A_LETTER = 10
#: With less evidence the reply is of no kind we know.
_LEAST = 1.2


class Label(StrEnum):
    """What a reply means."""

    VAGUE = "vague"
    PROMISED_DATE = "promised_date"
    ASKED_TO_WAIT = "asked_to_wait"
    POLITE_REFUSAL = "polite_refusal"
    DIRECT_REFUSAL = "direct_refusal"
    RESERVE = "reserve_other_position"
    NEXT_STAGE = "next_stage"
    TEST_TASK = "test_task"
    OFFER = "offer"
    ASKS_FOR_INFO = "asks_for_info"
    POSITION_FROZEN = "position_frozen"
    AUTO_REPLY = "auto_reply"
    NO_DECISION_MAKER = "no_decision_maker"
    OTHER = "other"


class ReplyTechnique(StrEnum):
    """What answers a reply."""

    OPENING_POSITION = "opening_position"
    LIGHT_PRESSURE = "light_pressure"
    TRIAL_CLOSE = "trial_close"
    CONFIRM_DATE = "confirm_date"
    AGREE_NEXT_CALL = "agree_next_call"
    ASK_MERITS = "ask_merits"
    KEEP_IN_TOUCH = "reserve_keep_in_touch"
    CONFIRM_STAGE = "confirm_stage"
    TEST_TASK = "do_test_task"
    HANDLE_OFFER = "handle_offer"
    SEND_INFO = "send_info"
    FIND_CONTACT = "find_contact"
    WAIT_AND_CALL = "wait_and_call"
    FORMAL_REQUEST = "formal_request"
    NONE = "none"


_ANSWERS = {
    Label.VAGUE: ReplyTechnique.OPENING_POSITION,
    Label.PROMISED_DATE: ReplyTechnique.CONFIRM_DATE,
    Label.ASKED_TO_WAIT: ReplyTechnique.AGREE_NEXT_CALL,
    Label.POLITE_REFUSAL: ReplyTechnique.ASK_MERITS,
    Label.DIRECT_REFUSAL: ReplyTechnique.ASK_MERITS,
    Label.RESERVE: ReplyTechnique.KEEP_IN_TOUCH,
    Label.NEXT_STAGE: ReplyTechnique.CONFIRM_STAGE,
    Label.TEST_TASK: ReplyTechnique.TEST_TASK,
    Label.OFFER: ReplyTechnique.HANDLE_OFFER,
    Label.ASKS_FOR_INFO: ReplyTechnique.SEND_INFO,
    Label.POSITION_FROZEN: ReplyTechnique.KEEP_IN_TOUCH,
    Label.AUTO_REPLY: ReplyTechnique.WAIT_AND_CALL,
    Label.NO_DECISION_MAKER: ReplyTechnique.FIND_CONTACT,
    Label.OTHER: ReplyTechnique.NONE,
}


class Reply(Struct, frozen=True, kw_only=True):
    """The reading of a reply; `quote` and `hedge` are words of the text itself."""

    label: Label
    technique: ReplyTechnique
    #: The day and hour it names: of the answer, the stage, the deadline, the return.
    on: date | None = None
    at: time | None = None
    quote: str = ""
    #: "for now", "in general": to be echoed (R23).
    hedge: str | None = None
    #: From 0 to 1.
    confidence: float = 0.0
    #: Other labels with a claim, the strongest first.
    alternatives: tuple[Label, ...] = ()


def read_reply(  # noqa: PLR0913 - each is named by the caller
    text: str,
    *,
    language: str,
    now: datetime,
    zone: str,
    channel: Channel | None = None,
    country: str | None = None,
) -> Reply:
    """Read an employer's reply, or the user's note of a call; never raises."""
    letter = letter_itself(text[:_LONGEST])[:_PAGE]
    words = split_words(letter)
    days = day_of(letter, language=language, now=now, zone=zone, country=country)
    named = [place for place, word in enumerate(words) if days.names(word.start)]
    evidence = gather(Clauses(letter, words), days=named, channel=channel)
    scores = {name: evidence.score(name) for name in NAMES}
    name, *others = sorted(NAMES, key=lambda one: -scores[one])
    if scores[name] < _LEAST:
        return _unclear(letter, evidence)
    label = _label(name, evidence, scores)
    best = evidence.best(name)
    dated = label in _DATED or (label in _DATED_BY_RETURN and evidence.has("returns"))
    on, at = days.nearest(best.start, label) if dated else (None, None)
    return Reply(
        label=label,
        technique=_technique(label, evidence),
        on=on,
        at=at,
        quote=evidence.clauses.around(best.start),
        hedge=words_of(evidence, "hedges"),
        confidence=round(scores[name] / (scores[name] + scores[others[0]]), 2),
        alternatives=tuple(_label(one, evidence, scores) for one in others if scores[one] > scores[name] / 3),
    )


#: Labels whose day means something.
_DATED = frozenset(
    {
        Label.PROMISED_DATE,
        Label.NEXT_STAGE,
        Label.TEST_TASK,
        Label.AUTO_REPLY,
        Label.OFFER,
        Label.ASKS_FOR_INFO,
    }
)
#: These name a day only by saying until when: "back on Monday", not "fishing this week".
_DATED_BY_RETURN = frozenset({Label.NO_DECISION_MAKER, Label.ASKED_TO_WAIT})


def _unclear(letter: str, evidence: Evidence) -> Reply:
    """Return a reply without enough evidence: a hedge makes it vague, nothing makes it other."""
    hedge = words_of(evidence, "hedges")
    label = Label.VAGUE if hedge else Label.OTHER
    return Reply(label=label, technique=_technique(label, evidence), quote=letter.strip()[:200], hedge=hedge)


def _label(name: str, evidence: Evidence, scores: dict[str, float]) -> Label:
    """Return the label of a group of phrases: a refusal is polite or direct (R114, R117)."""
    if name != "refusal":
        return Label(name)
    clauses = evidence.clauses
    cushioned = clauses.turn is not None and 0 < clauses.turn <= evidence.best(name).last
    courteous = evidence.has("polite") or cushioned or (evidence.written and len(clauses.words) >= _A_LETTER)
    return Label.POLITE_REFUSAL if courteous else Label.DIRECT_REFUSAL


def _technique(label: Label, evidence: Evidence) -> ReplyTechnique:
    """Return what answers it; indecision takes light pressure (R26), a decision made a trial close (R29)."""
    if label is Label.VAGUE and evidence.has("indecision"):
        return ReplyTechnique.LIGHT_PRESSURE
    if label is Label.VAGUE and evidence.has("decided"):
        return ReplyTechnique.TRIAL_CLOSE
    return _ANSWERS[label]
