"""How the texts speak, whatever is known: a closing question, the polite you, the speaker's form."""

import re
from functools import cache

import pytest

from bot.domain.users import Form
from bot.pack_check import LanguageCheck, combinations
from bot.packs import Packs, Words

PACKS = Packs.load()
#: Texts to which the employer is to give a definite answer (R17).
FOLLOW_UPS = (
    *(
        "call",
        "promise_slipped_twice",
        "email",
        "email_short",
        "email_check_call",
        "office_manager",
        "new_contact",
    ),
    *("opening_position_a", "opening_position_b", "opening_position_c", "opening_position_letter"),
    *("light_pressure_a", "light_pressure_b", "light_pressure_letter", "read_back"),
    *(
        "trial_close",
        "trial_close_call",
        "trial_close_letter",
        "boss_decides",
        "security_check",
        "round",
        "away",
    ),
    *("agree_next_call", "ask_reasons", "ask_reasons_call", "reserve_check_in", "reserve_check_in_call"),
    *("secure_offer", "offer_call", "accept_offer", "parallel_offer", "parallel_offer_call"),
    *("test_task_letter", "test_task_handed_in", "send_info", "stage_confirmation"),
    *("answer_promise", "answer_wait", "answer_away", "answer_reserve"),
    *("no_show", "no_show_call", "new_contact_letter"),
)
#: Texts that speak to the user, not to the employer.
NOTES = ("retry", "how_did_it_go", "prepare", "stop", "test_task", "formal_request_warning")
#: Written although there is no subject line: for a messenger.
WRITTEN = ("thank_you_short", "email_short")
#: What stands before the signature, in each tone.
SIGN_OFF = {
    "ru": r"\n\n(?:С искренним уважением|С уважением|С наилучшими пожеланиями)",
    "en": r"\n\n(?:Yours sincerely|Kind regards|Warm regards)",
}
THANKS = r"[Сс]пасибо|[Бб]лагодар|[Tt]hank you"


@cache
def bodies(name: str, language: str) -> frozenset[str]:
    """Return a text in every combination of known and unknown words."""
    template = PACKS.template(name, language)
    examples = LanguageCheck.of(PACKS, language).examples
    return frozenset(template.render(words).body for words in combinations(template, examples))


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("name", FOLLOW_UPS)
def test_a_follow_up_ends_with_a_question(name: str, language: str) -> None:  # R17
    assert {re.split(SIGN_OFF[language], body)[0][-1] for body in bodies(name, language)} == {"?"}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_one_question_closes_the_trial(language: str) -> None:  # R29
    assert {body.count("?") for body in bodies("trial_close", language)} == {1}


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("name", PACKS.names("ru"))
def test_two_exclamation_marks_at_most(name: str, language: str) -> None:
    assert max(body.count("!") for body in bodies(name, language)) <= 2


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("name", ["thank_you", "thank_you_short", "call", "email", "email_short"])
def test_gratitude_or_recognition(name: str, language: str) -> None:  # R6
    assert all(re.search(THANKS, body) for body in bodies(name, language))


@pytest.mark.parametrize("name", PACKS.names("ru"))
def test_the_polite_you_is_capital_in_writing_and_small_in_speech(name: str) -> None:
    is_written = PACKS.template(name, "ru").is_letter or name in WRITTEN
    wrong = r"\b(?:вы|вас|вам|вами|ваш\w*)\b" if is_written else r"(?<=[а-яё,] )(?:Вы|Вас|Вам|Вами|Ваш\w*)\b"

    own_words = (re.sub("«.*?»", "«»", body) for body in bodies(name, "ru"))  # the employer's are echoed
    assert [found for body in own_words for found in re.findall(wrong, body)] == []


@pytest.mark.parametrize("name", [name for name in PACKS.names("ru") if name not in NOTES])
def test_the_speaker_is_of_no_guessed_gender(name: str) -> None:
    """Without the user's form no verb or adjective of the first person shows one."""
    source = re.sub(r"he_she\('[^']*', '[^']*', ", "(", PACKS.source(name, "ru"))
    gendered = r"\b(?:рад|рада|благодар(?:ен|на)|я [а-яё]+(?:л|ла|лся|лась)|готов|готова|уверен|уверена)\b"

    assert re.findall(gendered, source) == []


@pytest.mark.parametrize(
    "name",
    [
        *("email_check_call", "formal_request", "secure_offer", "stage_confirmation", "thank_you"),
        *("withdraw", "stay_in_touch"),
    ],
)
def test_he_and_she_speak_differently(name: str) -> None:
    template = PACKS.template(name, "ru")

    forms = [template.render(Words(form=form)).body for form in (*Form, None)]

    assert len(set(forms)) == 3


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("name", NOTES)
def test_notes_to_the_user_promise_no_job(name: str, language: str) -> None:  # R89
    promises = "обязательно возьмут|получите работу|гарант|you will get the job|guarantee"

    assert not any(re.search(promises, body) for body in bodies(name, language))
