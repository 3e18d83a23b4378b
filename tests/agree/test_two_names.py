"""One substance under two names: the cohort asks of a patient what a review of that patient asks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assuage.record.read import parse_record
from assuage.review.make import review
from tests.agree.test_safety import NECK_FIRST, reviewed

# Three names of one substance, one it is in with another, and one that stands alone.
NAMES = ["Panadol", "paracetamol", "Paracetamolis", "co-codamol", "ibuprofen", "calcitriol", "Rocaltrol"]
drug = st.fixed_dictionaries(
    {
        "kind": st.just("medication"),
        "drug": st.sampled_from(NAMES),
        "do": st.sampled_from(["start", "start", "start", "change", "stop"]),
    }
)
needle = st.fixed_dictionaries(
    {
        "kind": st.just("therapy"),
        "what": st.just("mesotherapy"),
        "do": st.just("session"),
        "mixture": st.sampled_from(
            [[{"drug": "Ketonal"}], [{"drug": "ketoprofen"}], [{"drug": "paracetamol"}]]
        ),
    }
)
told = st.lists(st.tuples(st.sampled_from([0, 1, 2, 5, 30]), st.one_of(drug, drug, drug, needle)), max_size=7)


@given(st.lists(told, min_size=1, max_size=12))
def test_a_cohort_asks_about_two_names_where_a_review_does(patients):
    records = [
        parse_record(
            {
                "format": "assuage-record/2",
                "patient": {"id": f"p{number}"},
                "entries": [
                    {"day": day, "time": f"{at // 4:02}:{at % 4 * 15:02}", **entry}
                    for at, (day, entry) in enumerate(entries)
                ],
            }
        )
        for number, entries in enumerate(patients)
    ]
    frames, expected = reviewed(records, 30)
    got = dict(zip(frames["state"]["patient"], frames["state"]["alerts"].to_list(), strict=True))
    for name, record in expected.items():
        asked = "same-substance" in {alert.id for alert in review(record, NECK_FIRST, 30).alerts}
        assert ("same-substance" in got[name]) is asked


@pytest.mark.parametrize(
    "drug", ["hydrocortisone cream", "hydrocortisone", "Protopic", "tacrolimus", "tobramycin eye drops"]
)
@pytest.mark.parametrize("sex", ["male", "female"])
def test_a_cohort_raises_of_a_local_form_and_of_a_contradiction_what_a_review_does(drug: str, sex: str):
    entries = [
        {"day": 0, "kind": "medication", "drug": drug, "do": "start"},
        {"day": 0, "kind": "medication", "drug": "ibuprofen", "do": "start"},
        {"day": 1, "kind": "finding", "what": "lactation", "state": "present"},
    ]
    record = parse_record(
        {"format": "assuage-record/2", "patient": {"id": "p", "sex": sex}, "entries": entries}
    )
    frames, expected = reviewed([record], 2)
    told = {alert.id for alert in review(next(iter(expected.values())), NECK_FIRST, 2).alerts}
    raised = set(frames["state"]["alerts"].to_list()[0])
    assert {"contradicted", "DI_NSAID_CS", "DI_NSAID_CNI", "DI_NSAID_NEP"} & (told ^ raised) == set()
    assert ("contradicted" in told) is (sex == "male")
