"""Weights and heights that were measured apart: both engines say the same of what they come to."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from assuage.errors import Problems
from assuage.measures.notation import finding
from assuage.pathways.model import Pathway, Phase, gate
from assuage.pathways.registry import pathway
from assuage.record.read import parse_record
from assuage.terms.conditions import CONDITIONS
from tests.agree.both import assert_agreement, assert_same_alerts, one_each
from tests.small_pathway import example

ON = 100
OBESE = Pathway(
    "obese",
    1,
    "A pathway that asks for obesity",
    "An example.",
    (
        Phase(
            "first",
            "First",
            "An example.",
            leave=gate("on", "On", example("obese", finding(CONDITIONS["obesity"]).present)),
        ),
        Phase("second", "Second", "An example."),
    ),
)
MEASURED = {"kind": "measurement"}
WORDS = st.sampled_from(
    [
        *({**MEASURED, "what": "weight", "value": value, "unit": "kg"} for value in (70, 92, 92, 95)),
        *({**MEASURED, "what": "height", "value": value, "unit": "cm"} for value in (172, 180)),
        {**MEASURED, "what": "weight", "low": 80, "high": 100, "unit": "kg"},
        {**MEASURED, "what": "BMI", "value": 33, "unit": "kg/m²"},
        {"kind": "finding", "what": "weight 95 kg", "state": "present"},
        {"kind": "finding", "what": "obesity", "state": "absent"},
        {"kind": "symptom", "what": "pain", "state": "present"},
    ]
)
DAYS = st.sampled_from([-40, 0, 3, 10, 11, 60, 95, 100, 101])


@st.composite
def records(draw, name):
    who = {"id": name, **draw(st.sampled_from([{}, {"age": 17}, {"age": 44, "sex": "female"}]))}
    said = draw(st.lists(st.tuples(DAYS, WORDS), max_size=6))
    starts = {"day": 0, "kind": "medication", "drug": "amitriptyline", "do": "start"}
    entries = [starts, *({"day": day, **entry} for day, entry in said)]
    try:
        return parse_record({"format": "assuage-record/2", "patient": who, "entries": entries})
    except Problems:  # contradictions: no record
        return None


DRAWN = st.lists(st.integers(0, 9).flatmap(lambda at: records(f"p{at}")), min_size=1, max_size=4)


@given(DRAWN, st.sampled_from([None, 10, ON]))
def test_both_engines_say_the_same_of_a_weight_and_a_height(drawn, on):
    people = one_each(drawn)
    assume(people)
    assert_agreement(OBESE, people, on)


@given(DRAWN)
def test_alerts_of_a_weight_and_a_height_are_those_of_a_review(drawn):
    people = one_each(drawn)
    assume(people)
    assert_same_alerts(pathway("neck-first"), people, ON)
