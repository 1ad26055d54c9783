"""What the rules ask of each text, in both languages: a table by rule id."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace

from bot.domain.users import Form, Tone
from bot.domain.vacancy import Channel, Role, Who
from bot.packs import Packs, Wording, Words

PACKS = Packs.load()
KNOWN = {
    "ru": Words(
        user_name="Анна Иванова",
        form=Form.SHE,
        phone="+7 900 000-00-01",
        contact_name="Ольга Петровна",
        contact_formally="Ольга Петровна",
        contact_form=Form.SHE,
        contact_role=Role.HR,
        company="Вектор",
        position="аналитик",
        interview_date=date(2026, 7, 14),
        tests=True,
        hedge="в целом",
        deadline=date(2026, 7, 29),
        decided_day=date(2026, 7, 28),
        announced_day=date(2026, 7, 29),
        letter_sent=date(2026, 7, 21),
        email="olga@vector.example",
        due_day=date(2026, 7, 20),
        meeting_day=date(2026, 7, 15),
        meeting_time=time(14, 30),
        missed_day=date(2026, 7, 14),
        missed_time=time(14, 0),
        slot_one=datetime(2026, 7, 15, 14),  # noqa: DTZ001 - a wall clock, as the packs take it
        slot_two=datetime(2026, 7, 16, 11),  # noqa: DTZ001
        slot_three=datetime(2026, 7, 17, 15),  # noqa: DTZ001
        country="RU",
    )
}
KNOWN["en"] = replace(
    KNOWN["ru"],
    user_name="Anna Smith",
    form=None,
    contact_name="Olivia",
    contact_formally="Ms Brown",
    company="Vector",
    position="Data Analyst",
    hedge="on the whole",
    country="GB",
)
#: How each tone greets by name, in a letter and in speech, thanks and says goodbye: formal, neutral, warm.
GREETING_RU = r"(?:Уважаемая Ольга Петровна|Здравствуйте, Ольга Петровна|Ольга Петровна, добрый день)!"
GREETING_EN = r"(?:Dear Ms Brown|Dear Olivia|Hi Olivia),"
HELLO_RU = r"(?:Здравствуйте, Ольга Петровна|Ольга Петровна, добрый день)!"
HELLO_EN = r"(?:Hello, Ms Brown|Hello, Olivia|Hi Olivia)"
GRATITUDE_RU = r"(?:Благодарю Вас|Спасибо Вам|Большое Вам спасибо) за"
GRATITUDE_EN = r"(?:I would like to thank you|Thank you|Thank you so much)(?: again)? for"
THANKS_RU = r"(?:Благодарю|Спасибо|Большое спасибо)"
THANKS_EN = r"(?:Thank you very much|Thank you|Thank you so much)"
CLOSING_RU = r"(?:С искренним уважением|С уважением|С наилучшими пожеланиями)"
CLOSING_EN = r"(?:Yours sincerely|Kind regards|Warm regards)"
PROMISED = {"promised_day": date(2026, 7, 22)}
AGREED_CALL = {"next_call_day": date(2026, 7, 24)}


class Row(NamedTuple):
    """Parts that a text must have, in this order, and must not have, as regular expressions."""

    rules: str
    pack: str
    ru: tuple[str, ...]
    en: tuple[str, ...]
    words: Mapping[str, Any] = MappingProxyType({})
    ru_not: str | None = None
    en_not: str | None = None


ROWS = [
    Row(
        "R15 R70 the thank-you",
        "thank_you",
        (
            GREETING_RU,
            GRATITUDE_RU + " приглашение",
            r"внимание",
            r"время",
            r"14 июля",
            r"приятной",
            r"интерес к позиции «аналитик» только вырос",
            r"[Бб]уду ждать результата",
            CLOSING_RU + r",\nАнна Иванова\nКандидат на позицию «аналитик»\n\+7 900 000-00-01$",
        ),
        (
            GREETING_EN,
            GRATITUDE_EN + " inviting me",
            r"14 July",
            r"time and attention",
            r"enjoyed our conversation",
            r"even more interested in the Data Analyst position",
            r"I look forward to hearing the result",
            CLOSING_EN + r",\nAnna Smith\nCandidate for the Data Analyst position\n\+7 900 000-00-01$",
        ),
    ),
    Row(
        "R66 nothing promised: the request for the result",
        "thank_you",
        (r"Подскажите, пожалуйста, когда и как я смогу о нём узнать\?",),
        (r"Could you let me know when to expect it",),
    ),
    Row(
        "R66 a day promised: no request",
        "thank_you",
        (r"Как мы и договорились, буду ждать результата к среде, 22 июля\.",),
        (r"hearing the result by Wednesday, 22 July, as we agreed\.",),
        PROMISED,
        r"\?",
        r"\?",
    ),
    Row(
        "R66 the user has promised to call",
        "thank_you",
        (r"Как мы и договорились, позвоню Вам в среду, 22 июля\.",),
        (r"As we agreed, I will call you on Wednesday, 22 July\.",),
        {**PROMISED, "promised_by": Who.CANDIDATE, "channel": Channel.PHONE},
        r"\?",
        r"\?",
    ),
    Row(
        "R98 the thank-you of a later stage",
        "thank_you",
        (r"приглашение на новую встречу",),
        (r"inviting me back",),
        {"stage": 2},
    ),
    Row(
        "R101 an agency is told which company",
        "thank_you",
        (r"позиции «аналитик» в компании «Вектор»",),
        (r"Data Analyst position with Vector",),
        {"contact_role": Role.AGENCY},
    ),
    Row(
        "R6 R66 the short thank-you",
        "thank_you_short",
        (
            r"Ольга Петровна",
            GRATITUDE_RU,
            r"интерес",
            r"когда можно узнать о результате\?",
            r"Анна Иванова$",
        ),
        (HELLO_EN, GRATITUDE_EN, r"more interested", r"when to expect the result\?", r"Anna Smith$"),
    ),
    Row(
        "R6 R47 R48 R49 R50 R51 R79 C7 the call",
        "call",
        (
            HELLO_RU,
            r"удобно",
            r"двух минут",
            r"Анна Иванова",
            r"14 июля",
            r"«аналитик»",
            r"ещё больше захотелось",
            r"увлечены своим делом",
            r"результат: мне рассчитывать на положительный ответ или продолжать поиск\?",
            r"В какой день и в котором часу мне лучше перезвонить\?$",
        ),
        (
            HELLO_EN,
            r"good moment",
            r"two minutes",
            r"Anna Smith",
            r"Data Analyst",
            r"14 July",
            r"even keener",
            r"your people enjoy what they do",
            r"result yet: can I count on a yes, or should I keep looking\?",
            r"Which day and what time would be best for me to call again\?$",
        ),
    ),
    Row(
        "R51 the call with the next one in mind",
        "call",
        (r"я позвоню вам в пятницу, 24 июля\. Договорились\?$",),
        (r"Shall I call you on Friday, 24 July\?$",),
        AGREED_CALL,
    ),
    Row(
        "R72 R81 R84 the promised day has passed",
        "call",
        (r"к среде, 22 июля; понимаю, что решает не один человек", r"или продолжать поиск\?"),
        (r"by Wednesday, 22 July, and I know several people have a say", r"keep looking\?"),
        PROMISED,
        r"обещал",
        r"promise",
    ),
    Row(
        "R81 R84 the day has slipped twice",
        "promise_slipped_twice",
        (r"22 июля", r"не один человек", r"без всяких обид", r"уже есть или .+ откладывается\?"),
        (r"22 July", r"several people", r"If the answer is no", r"decided, or is it still open\?"),
        PROMISED,
        r"обещал",
        r"promise",
    ),
    Row(
        "R55 R56 R82 the e-mail",
        "email",
        (
            GREETING_RU,
            r"Меня зовут Анна Иванова",
            r"14 июля 2026 года",
            r"«аналитик»",
            GRATITUDE_RU,
            r"я по-прежнему хочу работать",
            r"В течение трёх дней я позвоню Вам",
            r"буду ждать ответа и заранее благодарю",
            r"Принято ли решение по итогам собеседования и тестирования\?",
            r"Могу ли я надеяться на продолжение, например на встречу с будущим руководителем\?",
            CLOSING_RU + r",\nАнна Иванова\n\+7 900 000-00-01$",
        ),
        (
            GREETING_EN,
            r"My name is Anna Smith",
            r"Data Analyst",
            r"14 July 2026",
            GRATITUDE_EN,
            r"I would still very much like",
            r"I will call you within three days",
            r"I look forward to your answer, and thank you in advance",
            r"Has a decision been made after the interview and the tests\?",
            r"May I hope to go on to the next stage, such as meeting my future manager\?",
            CLOSING_EN + r",\nAnna Smith\n\+7 900 000-00-01$",
        ),
    ),
    Row(
        "R55 no tests: none mentioned",
        "email",
        (r"по итогам собеседования\?",),
        (r"after the interview\?",),
        {"tests": None},
        r"тест",
        r"\btests?\b",
    ),
    Row(
        "R56 only an e-mail is welcome: three days all the same",
        "email",
        (r"В течение трёх дней я напишу Вам",),
        (r"I will write again within three days",),
        {"channel": Channel.EMAIL},
    ),
    Row(
        "R17 R48 R82 the e-mail in short, for a chat",
        "email_short",
        (
            HELLO_RU,
            r"Анна Иванова",
            r"14 июля",
            r"«аналитик»",
            GRATITUDE_RU + " разговор",
            r"по-прежнему очень интересна",
            r"решение уже принято\?$",
        ),
        (
            HELLO_EN,
            r"Anna Smith",
            r"Data Analyst",
            r"14 July",
            GRATITUDE_EN + " the conversation",
            r"would still very much like the job",
            r"has a decision been made yet\?$",
        ),
    ),
    Row("R57 the tip is not in the letter", "email", (), (), {}, r"важн|приоритет", r"importan|priority"),
    Row(
        "R54 R79 the check call",
        "email_check_call",
        (
            r"удобно",
            r"Во вторник, 21 июля, я отправила вам письмо на адрес olga@vector\.example",
            r"оно дошло\?",
        ),
        (r"good moment", r"e-mail to olga@vector\.example on Tuesday, 21 July; did it reach you\?"),
    ),
    Row(
        "R80 H6 nobody answers",
        "retry",
        (r"Голосовое сообщение не оставляйте", r"хотя бы час", r"двух-трёх попыток, напишите письмо"),
        (r"Leave no voicemail", r"at least an hour", r"two or three attempts, write an e-mail"),
    ),
    Row(
        "R18 R23 opening position a",
        "opening_position_a",
        (r"Вы сказали: «в целом»\.", r"без обид", r"Что именно вас беспокоит\?$"),
        (r"You said “on the whole”\.", r"no hard feelings", r"What is it that worries you\?$"),
    ),
    Row(
        "R18 R24 opening position b",
        "opening_position_b",
        (
            r"«в целом»",
            r"сомнения",
            r"Спешить некуда",
            r"и вам, и мне",
            r"взвесить последствия",
            r"обид не",
            r"откровенно",
        ),
        (r"“on the whole”", r"doubts", r"no hurry", r"we both", r"weigh", r"no hard feelings", r"Frankly"),
    ),
    Row(
        "R9 R18 R25 R90 opening position c",
        "opening_position_c",
        (r"не хочу навязываться", r"Если я вам не подхожу, так и скажите", r"никаких обид", r"друзьями"),
        (r"do not want to force myself", r"If I am not the right person, please say so", r"friends"),
    ),
    Row(
        "R25 opening position in writing",
        "opening_position_letter",
        (r"«в целом»", r"сомнения", r"не хочу навязываться", r"обид не", r"Скажите откровенно: .+\?"),
        (r"“on the whole”", r"doubts", r"force myself", r"no hard feelings", r"Frankly, .+\?"),
    ),
    Row(
        "R18 R27 C7 light pressure a",
        "light_pressure_a",
        (r"до среды, 29 июля, включительно", r"другими предложениями", r"Договорились\?$"),
        (r"until the end of Wednesday, 29 July", r"other offers", r"Agreed\?$"),
    ),
    Row(
        "R18 R28 light pressure b",
        "light_pressure_b",
        (r"во вторник, 28 июля", r"в среду, 29 июля", r"другими предложениями", r"Верно\?$"),
        (r"on Tuesday, 28 July", r"on Wednesday, 29 July", r"other offers", r"Is that right\?$"),
    ),
    Row(
        "R27 light pressure in writing",
        "light_pressure_letter",
        (r"до среды, 29 июля, включительно", r"другими предложениями", r"Вас это устроит\?"),
        (r"until the end of Wednesday, 29 July", r"other offers", r"Does that suit you\?"),
    ),
    Row(
        "R28 C16 a soft date read back",
        "read_back",
        (r"во вторник, 28 июля, решение будет принято", r"в среду, 29 июля, .+ сообщите\?$"),
        (r"decision will be made on Tuesday, 28 July", r"let me know on Wednesday, 29 July\?$"),
    ),
    Row(
        "R25 R29 R47 R79 R96 trial close, when it opens the call",
        "trial_close_call",
        (
            HELLO_RU,
            r"удобно",
            r"Меня зовут Анна Иванова",
            r"14 июля",
            r"в том числе отказ",
            r"решение уже принято\?$",
        ),
        (
            HELLO_EN,
            r"good moment",
            r"My name is Anna Smith",
            r"14 July",
            r"a no included",
            r"decision been made\?$",
        ),
    ),
    Row("R29 trial close", "trial_close", (r"решение уже принято\?$",), (r"has it already been decided\?$",)),
    Row("R29 in writing", "trial_close_letter", (r"решение уже принято\?",), (r"already been decided\?",)),
    Row(
        "R3 an answer that came is thanked for",
        "opening_position_letter",
        (GRATITUDE_RU + " ответ",),
        (GRATITUDE_EN + " your reply",),
        {"answered": True},
    ),
    *(
        Row(
            "R3 no thanks for an answer that never came",
            name,
            (),
            (),
            {},
            "ответ(?:\\.|,|ы)",
            "repl|you write",
        )
        for name in ("opening_position_letter", "light_pressure_letter", "trial_close_letter")
    ),
    Row(
        "R13 R14 R40 the debrief",
        "how_did_it_go",
        (r"кто с кем", r"к какому дню", r"по телефону или по почте", r"телефон и почту", r"\?$"),
        (
            r"who gets in touch with whom",
            r"by which day",
            r"by phone or by e-mail",
            r"phone number and an",
            r"\?$",
        ),
    ),
    Row(
        "R103 R104 R105 R106 R109 R110 R112 before the interview",
        "prepare",
        (
            r"историю, культуру, стратегию",
            r"в цифрах",
            r"курсы",
            r"начальнику и команде",
            r"темпе",
            r"вопросам",
            r"реакцию",
        ),
        (
            r"history, culture and strategy",
            r"figures",
            r"course",
            r"boss and a team",
            r"pace",
            r"questions",
            r"react",
        ),
    ),
    Row(
        "R107 R108 R111 C14 the order of questions",
        "prepare",
        (
            r"1\. .*обязанности, цели и задачи",
            r"2\. .*руководит компанией, .*стиль управления",
            r"3\. Как принимаются решения",
            r"4\. В каком темпе",
            r"5\. Как взаимодействуют отделы: .*правила обмена и сроки, .*системе ставят и проверяют задачи",
            r"6\. .*зарплата и график",
        ),
        (
            r"1\. .*duties, goals and tasks",
            r"2\. Who heads the company, .*management style",
            r"3\. How are decisions made",
            r"4\. What is the pace of work",
            r"5\. How do departments work together: .*rules and deadlines, .*tasks set and checked",
            r"6\. .*pay and working hours",
        ),
        {},
        r"7\.",
        r"7\.",
    ),
    Row(
        "R13 R14 R39 R40 before saying goodbye",
        "prepare",
        (
            r"телефонами и адресами электронной почты",
            r"кто с кем",
            r"Спасибо за ваше время\. Когда и как .+ можно вам позвонить\?",
        ),
        (
            r"phone numbers and e-mail",
            r"who contacts whom",
            r"Thank you for your time\. When and how .+ may I call",
        ),
    ),
    Row(
        "R34 R79 the office",
        "office_manager",
        (
            r"удобно",
            r"собеседование на позицию «аналитик»",
            r"к кому мне обратиться",
            r"как лучше связаться .+\?$",
        ),
        (
            r"good moment",
            r"for the Data Analyst position",
            r"Who should I speak to",
            r"best way to reach .+\?$",
        ),
    ),
    Row(
        "R61 somebody new",
        "new_contact",
        (r"могло потеряться", r"пришлю его ещё раз", r"\?$"),
        (r"may have been lost", r"send it again", r"\?$"),
    ),
    Row(
        "R58 HR does not decide alone",
        "boss_decides",
        (r"не один человек", r"\?$"),
        (r"not for one person", r"\?$"),
    ),
    Row("R59 security check", "security_check", (r"до недели", r"\?$"), (r"up to a week", r"\?$")),
    Row(
        "R60 the round",
        "round",
        (r"последние встречи", r"следующий рабочий день\?$"),
        (r"last interviews", r"\?$"),
    ),
    Row("R7 R61 away", "away", (r"в какой день ждать возвращения",), (r"Which day can I expect them back",)),
    Row(
        "R51 the next call",
        "agree_next_call",
        (r"В какой день .+ перезвонить\?$",),
        (r"Which day .+ again\?$",),
    ),
    Row(
        "R51 the next call, a day in mind",
        "agree_next_call",
        (r"в пятницу, 24 июля\. В котором часу вам удобно\?$",),
        (r"on Friday, 24 July\. What time suits you\?$",),
        AGREED_CALL,
    ),
    Row(
        "R114 R117 R118 the finalist's strengths, in writing",
        "ask_reasons",
        (GRATITUDE_RU, r"сильные стороны .+ выбранного кандидата\?"),
        (GRATITUDE_EN, r"which strengths .+ the person you chose\?"),
    ),
    Row(
        "R114 R117 R118 the finalist's strengths, by phone",
        "ask_reasons_call",
        (THANKS_RU, r"сильные стороны .+ выбранного кандидата\?$"),
        (THANKS_EN, r"which strengths .+ the person you chose\?$"),
    ),
    Row(
        "R91 R93 R115 the reserve, in writing",
        "reserve_check_in",
        (r"14 июля 2026 года", r"вернуться к моей кандидатуре", r"Есть ли сейчас вакансия, .+\?"),
        (r"14 July 2026", r"coming back to me", r"do you have an opening now .+\?"),
    ),
    Row(
        "R91 R93 R115 the reserve, by phone",
        "reserve_check_in_call",
        (r"удобно", r"вернуться", r"Есть ли сейчас вакансия, .+\?$"),
        (r"good moment", r"come back to me", r"is there an opening now .+\?$"),
    ),
    Row(
        "R1 R12 the offer",
        "secure_offer",
        (
            GRATITUDE_RU + " предложение",
            r"условия письменно",
            r"с какого числа мне выходить",
            r"подписываем договор\?",
        ),
        (GRATITUDE_EN, r"terms in writing", r"Which day would I start", r"sign the contract\?"),
    ),
    Row(
        "R1 the terms are there, the days are open",
        "secure_offer",
        (r"Спасибо и за условия", r"с какого числа мне выходить и в какой день мы подписываем договор\?"),
        (r"Thank you for sending the terms", r"Which day would I start, and when do we sign"),
        {"in_writing": True},
        r"письменно",
        r"in writing",
    ),
    Row(
        "R1 H4 only the terms are open, and the answer is due",
        "secure_offer",
        (
            r"Окончательный ответ дам Вам до среды, 22 июля\.",
            r"условия письменно",
            r"договор мы подписываем 29 июля, а выходить мне 3 августа\?",
        ),
        (
            r"my final answer by Wednesday, 22 July\.",
            r"terms in writing",
            r"we sign the contract on 29 July and that I start on 3 August\?",
        ),
        {
            "start_day": date(2026, 8, 3),
            "signing_day": date(2026, 7, 29),
            "answer_day": date(2026, 7, 22),
        },
        r"с какого числа|в какой день",
        r"Which day|when do we",
    ),
    Row(
        "R1 the first day is agreed, by phone",
        "offer_call",
        (r"условия письменно", r"Выходить мне 3 августа, верно\?", r"в какой день мы подписываем договор\?$"),
        (r"terms in writing", r"I start on 3 August, is that right\?", r"when do we sign the contract\?$"),
        {"start_day": date(2026, 8, 3)},
    ),
    Row(
        "R1 saying yes",
        "accept_offer",
        (GRATITUDE_RU, r"письменные условия", r"принимаю", r"выйти 3 августа", r"подписываем"),
        (GRATITUDE_EN, r"written terms", r"accept", r"start on 3 August", r"sign"),
        {"in_writing": True, "start_day": date(2026, 8, 3)},
    ),
    Row(
        "R1 saying yes, the day of the signature is known",
        "accept_offer",
        (r"подписываем 29 июля\.", r"[Кк]акие документы .+\?"),
        (r"sign the contract on 29 July\.", r"Which documents .+\?"),
        {"signing_day": date(2026, 7, 29)},
        r"В какой день",
        r"When do we",
    ),
    Row(
        "R11 R21 R93 R96 stop",
        "stop",
        (r"пять обращений", r"скорее всего, выбрали не вас", r"ещё не отказ", r"другим", r"вернуть"),
        (
            r"five times",
            r"most likely they have chosen someone else",
            r"not a refusal yet",
            r"others",
            r"opens it again",
        ),
        {"touch": 5},
    ),
    Row("R21 fewer than five", "stop", (), (), {"touch": 3}, r"пять", r"five"),
    Row(
        "R2 the test task",
        "test_task_letter",
        (GRATITUDE_RU, r"Пришлю работу к понедельнику, 20 июля", r"когда после этого можно ждать ответа\?"),
        (GRATITUDE_EN, r"by Monday, 20 July", r"When may I expect your answer after that\?"),
    ),
    Row(
        "R17 R99 the test task, done",
        "test_task_handed_in",
        (GRATITUDE_RU + " задание", r"во вложении", r"в какой день можно ждать ответа\?"),
        (GRATITUDE_EN + " the assignment", r"attached", r"which day may I expect your answer\?"),
    ),
    Row(
        "R6 R17 H11 they did not come: other hours, no reproach",
        "no_show",
        (
            GREETING_RU,
            r"Во вторник, 14 июля, в 14:00 у меня было назначено собеседование на позицию «аналитик»",
            r"случиться что-то срочное\.",
            GRATITUDE_RU + " приглашение",
            r"\n• в среду, 15 июля, в 14:00\n• в четверг, 16 июля, в 11:00\n• в пятницу, 17 июля, в 15:00\n",
            r"Какое время удобно Вам\?",
            CLOSING_RU + r",\nАнна Иванова\n\+7 900 000-00-01$",
        ),
        (
            r"My interview for the Data Analyst position, planned for Tuesday, 14 July, at 2:00 PM,",
            r"something urgent may well have come up\.",
            GRATITUDE_EN + " the invitation",
            r"\n• on Wednesday, 15 July, at 2:00 PM\n• on Thursday, 16 July, at 11:00 AM\n• on Friday,",
            r"Which time is best for you\?",
            CLOSING_EN + r",\nAnna Smith\n\+7 900 000-00-01$",
        ),
        {"letter_sent": None},
        r"[Пп]очему|забыли|обещали|ещё раз",
        r"why|forgot|promised|again",
    ),
    Row(
        "R56 H11 they did not come and did not answer",
        "no_show",
        (r"Пишу ещё раз", r"в течение трёх дней позвоню Вам\."),
        (r"I am writing again", r"I will call you within three days\."),
    ),
    Row(
        "H11 nobody's hours are known to fit",
        "no_show",
        (r"найду время для разговора\.\n\nКакое время удобно Вам\?",),
        (r"make time to talk\.\n\nWhich time is best for you\?",),
        {"slot_one": None, "slot_two": None, "slot_three": None},
    ),
    Row(
        "R79 H11 they did not come: by phone",
        "no_show_call",
        (
            HELLO_RU,
            r"удобно",
            r"Анна Иванова",
            r"Во вторник, 14 июля, в 14:00 у меня было назначено собеседование",
            r"я всё понимаю\.",
            r"в среду, 15 июля, в 14:00 или в четверг, 16 июля, в 11:00\. Какое время подойдёт вам\?",
        ),
        (
            HELLO_EN,
            r"good moment",
            r"Anna Smith",
            r"planned for Tuesday, 14 July, at 2:00 PM, did not take place",
            r"I quite understand\.",
            r"on Wednesday, 15 July, at 2:00 PM, or on Thursday, 16 July, at 11:00 AM\. Which time",
        ),
    ),
    Row(
        "H11 the last touch after a no-show",
        "trial_close_letter",
        (r"14 июля 2026 года у меня было назначено собеседование", r"пока не получилось", r"принято\?"),
        (r"planned for 14 July 2026, has not taken place so far", r"Has it already been decided\?"),
    ),
    Row(
        "R55 R56 R61 somebody else has taken over, in writing",
        "new_contact_letter",
        (
            GREETING_RU,
            r"14 июля 2026 года у меня было собеседование",
            r"теперь этим занимаетесь Вы",
            GRATITUDE_RU,
            r"Резюме при передаче дел могло потеряться, поэтому прикладываю его ещё раз",
            r"В течение трёх дней",
            r"в какой день можно ждать результата\?",
        ),
        (
            r"had an interview",
            r"14 July 2026",
            r"you are the person to write to now",
            GRATITUDE_EN,
            r"CV may have been lost in the handover, so I attach it again",
            r"within three days",
            r"Which day may I expect the result\?",
        ),
    ),
    Row(
        "R2 the test task, note",
        "test_task",
        (r"к понедельнику, 20 июля", r"подтвердите срок"),
        (r"20 July", r"deadline"),
    ),
    Row(
        "R47 R48 R79 the beginning of a call that goes on with a technique",
        "introduction",
        (
            HELLO_RU,
            r"удобно",
            r"двух минут",
            r"Анна Иванова",
            r"14 июля",
            r"«аналитик»",
        ),
        (HELLO_EN, r"good moment", r"two minutes", r"Anna Smith", r"Data Analyst", r"14 July"),
    ),
    Row(
        "R2 R17 good news by phone",
        "good_news",
        (
            THANKS_RU,
            r"в какой день\?",
        ),
        (THANKS_EN, r"which day .+\?"),
    ),
    Row(
        "R1 R6 an offer by phone",
        "offer_call",
        (THANKS_RU + " за предложение", r"условия письменно", r"выходить", r"подписываем договор\?"),
        (THANKS_EN + " for the offer", r"terms in writing", r"start", r"sign the contract\?"),
    ),
    Row("R2 R17 more information", "send_info", (r"в какой день .+\?",), (r"which day .+\?",)),
    Row(
        "R2 R6 the next stage",
        "stage_confirmation",
        (GRATITUDE_RU + " приглашение", r"встречу в среду, 15 июля, в 14:30", r"\?"),
        (GRATITUDE_EN + " inviting", r"on Wednesday, 15 July, at 2:30 PM", r"\?"),
    ),
    Row(
        "R28 R72 C16 the promised day is noted",
        "answer_promise",
        (
            GRATITUDE_RU + r" ответ\. Записала: Вы сообщите решение к среде, 22 июля\.",
            r"позвонить Вам на следующий\?",
        ),
        (
            GRATITUDE_EN + r" your answer\. I have noted .+ by Wednesday, 22 July\.",
            r"may I call you the day after\?",
        ),
        PROMISED,
    ),
    Row(
        "R51 H8 a call that was agreed",
        "answer_promise",
        (r"Как договорились, позвоню Вам в среду, 22 июля\.", r"\?"),
        (r"As agreed, I will call you on Wednesday, 22 July\.", r"\?"),
        {**PROMISED, "promised_by": Who.CANDIDATE},
    ),
    Row(
        "R3 R17 R58 asked to wait: no hurry, and when to come back",
        "answer_wait",
        (GRATITUDE_RU + " ответ", r"не хочу Вас торопить", r"В какой день мне вернуться .+\?"),
        (GRATITUDE_EN + " your answer", r"do not want to hurry you", r"Which day shall I come back .+\?"),
    ),
    Row(
        "R7 R61 somebody is away: when, and who else knows",
        "answer_away",
        (r"14 июля у меня было собеседование", r"когда можно будет узнать решение и кто ещё .+\?"),
        (r"on 14 July", r"When can I learn the decision, and is there anyone else .+\?"),
    ),
    Row(
        "R91 R93 R115 kept in reserve: the door stays open",
        "answer_reserve",
        (GRATITUDE_RU + " прямой ответ", r"буду рада вернуться к разговору", r"через месяц-полтора\?"),
        (GRATITUDE_EN + " being open with me", r"take up our conversation again", r"in a month or so\?"),
    ),
    Row("R6 withdrawing", "withdraw", (GRATITUDE_RU, r"больше не участвую"), (GRATITUDE_EN, r"withdrawing")),
    Row(
        "R18 R88 R120 another offer",
        "parallel_offer",
        (r"предложение в другой компании", r"до среды, 29 июля", r"до этого срока\?"),
        (r"another company has made me an offer", r"by Wednesday, 29 July", r"before then\?"),
    ),
    Row(
        "R18 R88 R120 another offer, by phone",
        "parallel_offer_call",
        (HELLO_RU, r"«аналитик»", r"до среды, 29 июля", r"до этого срока\?$"),
        (HELLO_EN, r"Data Analyst", r"by Wednesday, 29 July", r"before then\?$"),
    ),
    Row(
        "R18 R88 another offer, without a deadline",
        "parallel_offer_call",
        (r"в ближайшие дни",),
        (r"within the next few days",),
        {"deadline": None},
        r"до среды",
        r"by Wednesday",
    ),
    Row(
        "R6 R93 staying in touch after a contract elsewhere",
        "stay_in_touch",
        (GRATITUDE_RU, r"договор с другой компанией подписан", r"вернусь к разговору", CLOSING_RU),
        (GRATITUDE_EN, r"signed a contract with another company", r"gladly talk again", CLOSING_EN),
    ),
    Row(
        "R65 the warning",
        "formal_request_warning",
        (r"повредить", r"стать. 64 Трудового кодекса", r"семь рабочих дней", r"Показать письмо\?$"),
        (r"hurt you", r"Article 64", r"seven working days", r"\?$"),
        {"country": "RU"},
    ),
    Row(
        "R65 C10 the warning elsewhere: no right is asserted",
        "formal_request_warning",
        (r"повредить", r"зависит от законов вашей страны", r"Показать письмо\?$"),
        (r"hurt you", r"depends on the law", r"cannot promise", r"\?$"),
        {"country": "GB"},
        r"вправе|кодекс|обязаны вам",
        r"right|Article|Code|have to answer within",
    ),
    Row(
        "R63 R64 C10 the formal request",
        "formal_request",
        (r"стать. 64 Трудового кодекса", r"письменно", r"причину отказа", r"семи рабочих дней"),
        (r"Article 64 of the Labour Code", r"grounds", r"in writing", r"seven working days"),
        {"country": "RU"},
    ),
    Row(
        "C10 elsewhere no right is asserted",
        "formal_request",
        (r"письменно", r"семи дней"),
        (r"in writing", r"seven days"),
        {"country": "GB"},
        r"стать|кодекс|прав[оа]",
        r"Article|Code|right|entitled",
    ),
]


def text(wording: Wording) -> str:
    return "\n".join(filter(None, (wording.subject, wording.body)))


@pytest.mark.parametrize("tone", Tone)
@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.pack}: {row.rules}")
def test_what_a_rule_asks_of_a_text(row: Row, language: str, tone: Tone) -> None:
    wording = PACKS.render(row.pack, language, replace(KNOWN[language], tone=tone, **row.words))

    parts, banned = (row.ru, row.ru_not) if language == "ru" else (row.en, row.en_not)
    at = 0
    for part in parts:
        found = re.compile(part, re.MULTILINE).search(wording.body, at)
        assert found, f"{part} is missing, or out of order, in:\n{wording.body}"
        at = found.end()
    assert not (banned and re.search(banned, text(wording))), wording.body


def test_every_text_has_a_row() -> None:
    assert {row.pack for row in ROWS} == set(PACKS.names("ru")) == set(PACKS.names("en"))
