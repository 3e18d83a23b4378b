"""A pathway that was sent to another process is the same pathway there."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest

from assuage.measures.criteria import Criterion
from assuage.pathways import registry
from assuage.record.read import parse_record, read_record
from assuage.review.make import review

_ELSEWHERE = (
    "import pickle, sys; from assuage.pathways import registry; "
    "sent = pickle.load(sys.stdin.buffer); here = list(registry.pathway(sys.argv[1]).criteria()); "
    "assert sent == here; assert {one.test: 1 for one in sent} == {one.test: 1 for one in here}"
)


@pytest.mark.parametrize("name", ["neck-first", "eular-2017"])
def test_a_copy_of_a_pathway_reviews_a_record_the_same(name: str) -> None:
    pathway, record = registry.pathway(name), read_record("examples/case.yaml")
    copy = pickle.loads(pickle.dumps(pathway))
    for day in (20, 40, 47, 48, 79):
        ours, theirs = review(record, pathway, day), review(record, copy, day)
        assert [(one.id, one.tier) for one in theirs.alerts] == [(one.id, one.tier) for one in ours.alerts]
        assert [one.text for one in theirs.plan] == [one.text for one in ours.plan]


def test_a_copy_of_a_restriction_still_says_what_is_sensitised() -> None:
    massage = {"day": 0, "kind": "therapy", "what": "massage", "pressure": "deep", "by": "patient"}
    record = parse_record({"format": "assuage-record/1", "patient": {"id": "a"}, "entries": [massage]})
    copy = pickle.loads(pickle.dumps(registry.pathway("neck-first")))
    assert "CR_MASS_CS" in {alert.id for alert in review(record, copy, 0).alerts}


def test_questions_are_found_again_in_another_process() -> None:
    criteria: list[Criterion] = list(registry.pathway("neck-first").criteria())
    assert all(hash(one.test) for one in criteria)  # remembered here, and not to be believed there
    sent = pickle.dumps(criteria)
    subprocess.run([sys.executable, "-c", _ELSEWHERE, "neck-first"], input=sent, check=True)
