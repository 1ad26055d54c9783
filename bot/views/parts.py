"""Lines that several screens share."""

import html
import re
from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.domain.offer import Offer
from bot.domain.step import TOUCH_LIMIT, Reason, Step
from bot.domain.vacancy import Channel, Contact, Interview, Promise, Technique, Vacancy
from bot.reporting import OFFER_DAYS
from bot.texts import Texts, live_moment
from bot.views.screen import Rows, Screen

#: A block of a screen: a paragraph, or lines below each other; an absent one is left out.
Block = list[Markup] | Markup | str | None
#: What one message holds, in UTF-16 units without the marks, and a little less.
_MESSAGE = 4000
#: More reasons than these are a wall of text.
_REASONS = 3
#: A lesson that is only to be remembered.
_LONGEST = 240


def title(texts: Texts, vacancy: Vacancy) -> Markup:
    """Return "Acme · analyst"."""
    if vacancy.position:
        return texts("vacancy.title", company=vacancy.company, position=vacancy.position)
    return texts("vacancy.title_bare", company=vacancy.company)


def plain_title(texts: Texts, vacancy: Vacancy) -> str:
    """Return the title for a button."""
    return " · ".join(part for part in (vacancy.company, vacancy.position) if part)


def contact_name(texts: Texts, contact: Contact | None) -> str:
    """Return the contact's name, or what the contact is when the name is not known."""
    if contact is None:
        return texts.plain("role.anyone")
    return contact.name or texts.plain(f"role.{contact.role}")


def contact_lines(texts: Texts, contact: Contact) -> list[Markup]:
    """Return a contact's name and addresses, a line each."""
    lines = [
        texts("contact.line", name=contact_name(texts, contact), role=texts.plain(f"role.{contact.role}"))
    ]
    if contact.phone:
        lines.append(texts("contact.phone", phone=contact.phone))
    if contact.email:
        lines.append(texts("contact.email", email=contact.email))
    if contact.username:
        lines.append(texts("contact.username", username=contact.username))
    return lines


def step_name(texts: Texts, vacancy: Vacancy, step: Step) -> Markup:
    """Return what is to be done, with whom, in one phrase."""
    who = contact_name(texts, vacancy.contact(step.contact_id))
    if step.technique is Technique.WAIT and step.rests_on("R64"):
        return texts("step.request_check")
    if step.technique is Technique.SECURE_OFFER and vacancy.offer and vacancy.offer.in_writing:
        return texts("step.settle_first_day", who=who)
    forms = {Channel.PHONE: ("call",), Channel.MESSENGER: ("chat", "letter"), None: ("start", "letter")}
    keys = (f"step.{step.technique}.{form}" for form in forms.get(step.channel, ("letter",)))
    return texts(next(filter(texts.has, keys), f"step.{step.technique}"), who=who)


def why(texts: Texts, step: Step) -> list[Markup]:
    """Return the reasons of a step, a line each; around an interview the words say them themselves."""
    if step.technique in {Technique.PREPARE, Technique.DEBRIEF}:
        return []
    return [texts("why.line", reason=_reason(texts, reason)) for reason in step.why[:_REASONS]]


def _reason(texts: Texts, reason: Reason) -> Markup:
    """Return a reason in words; its count, if it has one, chooses the plural form."""
    counts = [value for value in reason.facts.values() if isinstance(value, int)]
    if counts:
        return texts.count(f"why.{reason.rule}", counts[0], **reason.facts)
    return texts(f"why.{reason.rule}", **reason.facts)


def touch(texts: Texts, step: Step) -> Markup | None:
    """Return "touch 2 of 5 ●●○○○" for a touch."""
    if not step.touch:
        return None
    dots = "●" * step.touch + "○" * (TOUCH_LIMIT - step.touch)
    return texts("step.touch", n=step.touch, limit=TOUCH_LIMIT, dots=dots)


def when(texts: Texts, interview: Interview) -> Markup | str:
    """Return the moment of an interview, or only its day when no hour was told."""
    if interview.timed:
        return live_moment(texts, interview.starts_at)
    return texts.day(interview.starts_at.astimezone(ZoneInfo(texts.zone)).date())


def dated(texts: Texts, what: str, on: date | None, at: time | None = None) -> str:
    """Return what was reported with the day and the hour it names."""
    if on is None:
        return what
    named = texts.plain("report.on_day", what=what, day=on)
    return texts.plain("report.on_day", what=named, day=texts.clock(at)) if at else named


def interview_line(texts: Texts, interview: Interview, now: datetime) -> Markup:
    """Return which interview it is or was, and when."""
    key = "card.interview_ahead" if interview.starts_at > now else "card.interview"
    key = "card.interview_missed" if interview.missed_at else key
    line = texts(key, stage=interview.stage, when=when(texts, interview))
    return line + texts("card.tests") if interview.tests else line


def promise_line(texts: Texts, promise: Promise) -> Markup:
    """Return who is to make contact, by when and how."""
    who = texts.plain(f"promise.{promise.who}")
    channel = texts.plain(f"promise.by_{promise.channel}") if promise.channel else ""
    day = promise.by or ""
    key = "card.promise" if promise.by else "card.promise_undated"
    return texts(key, who=who, day=day, channel=channel)


def offer_lines(texts: Texts, offer: Offer) -> list[Markup]:
    """Return what is known of an offer and what is still open, a line each."""
    lines = [offer_line(texts, field, getattr(offer, field)) for field in ("in_writing", *OFFER_DAYS)]
    return [*lines, texts("offer.unsigned")]


def offer_line(texts: Texts, field: str, value: date | bool | None) -> Markup:
    """Return one thing about an offer: known, or still open."""
    if isinstance(value, bool):
        return texts("offer.in_writing" if value else "offer.not_in_writing")
    return texts(f"offer.{field}", day=value) if value else texts(f"offer.no_{field}")


def shortened(words: str) -> str:
    """Return the beginning of a longer text, on one line."""
    folded = " ".join(words.split())
    return folded if len(folded) <= _LONGEST else f"{folded[:_LONGEST].rstrip()}…"


def next_step_lines(texts: Texts, vacancy: Vacancy, step: Step | None, now: datetime) -> list[Markup]:
    """Return the next step with its moment and its reasons."""
    if step is None:
        return [texts("step.none")]
    what = step_name(texts, vacancy, step)
    when = texts("step.now") if step.due <= now else live_moment(texts, step.due)
    lines = [texts("step.next", what=what, when=when), *why(texts, step)]
    counted = touch(texts, step)
    return [*lines, counted] if counted else lines


def with_words(
    before: Sequence[Block],
    said: Sequence[Markup],
    after: Sequence[Block] = (),
    *,
    keyboard: Rows = (),
    more: Sequence[Screen] = (),
) -> Screen:
    """Return a screen with words to say in their place; where they are too long for it, they follow it."""
    text = joined(*before, Markup("\n").join(said), *after)
    if fits(text):
        return Screen(text=text, keyboard=keyboard, more=(*more,))
    text, *behind = [*filter(None, [joined(*before, *after)]), *map(str, said)]
    return Screen(text=text, keyboard=keyboard, more=(*(Screen(text=words) for words in behind), *more))


def fits(text: str) -> bool:
    """Tell whether one message holds a text."""
    if len(text) * 2 <= _MESSAGE:  # no character takes more than two units
        return True
    shown = html.unescape(re.sub(r"<[^>]+>", "", text))
    return len(shown.encode("utf-16-le")) // 2 <= _MESSAGE


def joined(*blocks: Block) -> str:
    """Return the blocks as paragraphs; lines of a list stand below each other, absent ones are left out."""
    paragraphs = [
        Markup("\n").join(block) if isinstance(block, list) else Markup(block)  # noqa: S704 - escaped by Texts
        for block in blocks
        if block
    ]
    return "\n\n".join(paragraphs)
