"""The playbook, case by case: each row of timelines.jsonl is a vacancy at a moment and its next step.

`expect` is technique, due (the user's clock), channel, contact, number of the touch and the rules that speak
for it; null means that nothing is left to do. `rules` names what the row covers.
"""

import json
from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bench.scores.timeline_cases import Case, read
from bot.domain.playbook import next_step
from bot.domain.working_time import WorkingTime

CASES: list[Case] = [
    json.loads(line) for line in Path(__file__).with_name("timelines.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['title']} [{' '.join(case['rules'])}]")
def test_next_step(case: Case) -> None:
    timeline = read(case)
    vacancy, user = timeline.vacancy, timeline.user

    step = next_step(vacancy, WorkingTime.between(user, vacancy), timeline.now, user.pace)

    if step is None:
        assert case["expect"] is None
        return
    contact = vacancy.contact(step.contact_id)
    assert step.due.tzinfo is UTC
    assert [
        step.technique,
        step.due.astimezone(ZoneInfo(user.zone or "UTC")).strftime("%Y-%m-%dT%H:%M"),
        step.channel,
        contact and contact.role,
        step.touch,
        " ".join(reason.rule for reason in step.why),
    ] == case["expect"]
