"""An employer's reply: what it means for the vacancy, by when, and which technique answers it.

The reading was learned from examples (`learning/`): each word, pair of words and idea speaks for or against
each label, so that "unfortunately" weighs little beside an invitation (R7, R84, R116).
"""

from datetime import date, datetime, time
from enum import StrEnum
from math import exp

from msgspec import Struct

from bot.language.phrases import Word, split_words
from bot.language.reply_dates import day_of
from bot.language.reply_features import NOWHERE, features
from bot.language.reply_ideas import Ideas
from bot.language.reply_text import letter_itself
from bot.language.weights import Score, weights

#: A reply is one message, and says what it has to say on its first page.
_LONGEST, _PAGE = 4096, 1600
#: How sharply a lead over the other labels turns into confidence.
_SHARPNESS = 3.0
#: Another label with at least this share of the confidence of the first has a claim.
_CLAIM = 1 / 3
#: A quote is a sentence, cut where it is longer.
_QUOTED = 300


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
    #: Whoever was asked has left the company, for good (R61).
    left: bool = False
    #: From 0 to 1: how far the label stands out from the others.
    confidence: float = 0.0
    #: Other labels with a claim, the strongest first.
    alternatives: tuple[Label, ...] = ()


def read_reply(text: str, *, language: str, now: datetime, zone: str, country: str | None = None) -> Reply:
    """Read an employer's reply, or the user's note of a call; never raises."""
    letter = letter_itself(text[:_LONGEST])[:_PAGE]
    words = split_words(letter)
    ideas = Ideas(letter, words)
    days = day_of(letter, language=language, now=now, zone=zone, country=country)
    score = weights("replies").score(features(letter, words, ideas, days.places(words)))
    first, *others = sorted(score.totals, key=lambda label: -score.totals[label])
    chances = _chances(score.totals)
    label = Label(first)
    place = _decisive(score, first, words)
    dated = label in _DATED or (label in _DATED_BY_RETURN and ideas.has("returning"))
    on, at = days.nearest(words[place].start, label) if dated and words else (None, None)
    return Reply(
        label=label,
        technique=_technique(label, ideas),
        on=on,
        at=at,
        quote=_sentence(letter, words, place),
        hedge=ideas.words_of("hedge"),
        left=label in _NOBODY_THERE and on is None and ideas.has("gone"),
        confidence=round(chances[first], 2),
        alternatives=tuple(Label(one) for one in others if chances[one] > chances[first] * _CLAIM),
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
#: Nobody is there who could tell.
_NOBODY_THERE = frozenset({Label.NO_DECISION_MAKER, Label.AUTO_REPLY})


def _chances(totals: dict[str, float]) -> dict[str, float]:
    """Return the shares of the labels, which add up to 1."""
    raised = {label: exp(_SHARPNESS * total) for label, total in totals.items()}
    return {label: value / sum(raised.values()) for label, value in raised.items()}


def _decisive(score: Score, label: str, words: tuple[Word, ...]) -> int:
    """Return the place of the word that speaks loudest, in the sentence that speaks most for the label."""
    by_word, by_sentence = [0] * len(words), [0] * (words[-1].sentence + 1 if words else 0)
    for place, weight in score.parts(label):
        if place != NOWHERE:
            by_word[place] += weight
            by_sentence[words[place].sentence] += weight
    places = range(len(words))
    return max(places, key=lambda at: (by_sentence[words[at].sentence], by_word[at]), default=0)


def _sentence(letter: str, words: tuple[Word, ...], place: int) -> str:
    """Return the sentence that a word belongs to, as typed; all of a reply without words."""
    if not words:
        return letter.strip()[:_QUOTED]
    sentence = [word for word in words if word.sentence == words[place].sentence]
    return letter[sentence[0].start : min(sentence[-1].end, sentence[0].start + _QUOTED)]


def _technique(label: Label, ideas: Ideas) -> ReplyTechnique:
    """Return what answers it; indecision takes light pressure (R26), a decision made a trial close (R29)."""
    if label is Label.VAGUE and ideas.has("indecision"):
        return ReplyTechnique.LIGHT_PRESSURE
    if label is Label.VAGUE and ideas.has("decided"):
        return ReplyTechnique.TRIAL_CLOSE
    return _ANSWERS[label]
