"""A review without effects: the same values but for what is fitted to a diary, and no model is loaded for it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from msgspec.structs import replace

from assuage.pathways.registry import pathway
from assuage.record.read import parse_record
from assuage.review.make import review
from benchmarks.__main__ import patient
from tests.universe import PATIENTS

NECK_FIRST = pathway("neck-first")


def unjudged(suspect):
    """What a diary may change left out: the scales rest on the judgement."""
    scales = {"naranjo": None, "who_umc": None, "answer": None, "text": None}
    return replace(suspect, standing=None, effect=None, doubts=(), **scales)


@pytest.mark.parametrize("name", PATIENTS)
def test_all_but_the_judgement_of_suspects_is_that_of_the_whole_review(name):
    record = PATIENTS[name]()
    whole, short = review(record, NECK_FIRST), review(record, NECK_FIRST, effects=False)
    same = [name for name in whole.__struct_fields__ if name not in ("suspects", "timeline", "walk")]
    for name in same:
        assert getattr(short, name) == getattr(whole, name), name
    assert short.stays == whole.stays
    assert [*map(unjudged, short.suspects)] == [*map(unjudged, whole.suspects)]
    assert all((each.standing, each.effect, each.doubts) == (None, None, ()) for each in short.suspects)


def test_no_numerical_library_is_loaded_for_it():
    code = (
        "import sys; from benchmarks.__main__ import patient; from assuage.record.read import parse_record;"
        "from assuage import review, standing; record = parse_record(patient(3, 365));"
        "seen = review(record, 'neck-first', effects=False); stands = standing(record, 'neck-first');"
        "print(len(seen.suspects), stands.plan == seen.plan, len(stands.alerts) == len(seen.alerts));"
        "print('numba' in sys.modules, 'numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "True", "True", "False", "False"]


def test_a_diary_of_a_year_has_the_suspect_that_no_model_was_asked_of():
    short = review(parse_record(patient(3, 365)), NECK_FIRST, effects=False)
    assert [(suspect.standing, suspect.effect) for suspect in short.suspects] == [(None, None)]
