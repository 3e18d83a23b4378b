"""What an answer cannot reach is not worked out again, and nothing that is said of a question changes by that."""

from __future__ import annotations

import pytest

from assuage.pathways.registry import pathway
from assuage.record.read import read_record
from assuage.review import first_questions as asked
from assuage.review.make import review
from assuage.safety.check import conditions_deciding
from tests.docs.examples import ROOT
from tests.universe import PATIENTS


@pytest.mark.parametrize(("name", "day"), [("case", 48), ("dora", None), ("leo", None)])
def test_a_question_decides_as_much_as_where_every_answer_is_tried_on_everything(name, day, monkeypatch):
    record = read_record(str(ROOT / "examples" / "case.yaml")) if name == "case" else PATIENTS[name]()
    seen = review(record, pathway("neck-first"), day, effects=False)
    questions = asked.first_questions(seen)
    monkeypatch.setattr(asked, "changed_conditions", lambda here, then: None)
    assert asked.first_questions(seen) == questions


@pytest.mark.parametrize(
    ("alert", "conditions"),
    [
        ("CR_CRE_CRUNK", {"creatinine_unknown"}),
        ("BR_ACB", {"age_ge_65"}),
        ("BR_SERO", set()),
        ("ask-consent_missing", None),
    ],
)
def test_what_decides_an_alert_is_a_condition_or_what_is_taken_or_not_known(alert, conditions):
    assert conditions_deciding(alert) == conditions
