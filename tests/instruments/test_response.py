"""The pain response: percent and points, unknown ends, and a baseline of nothing."""

from __future__ import annotations

import pytest

from assuage.instruments.scoring import score_answers
from assuage.terms.answers import Answer
from assuage.words.speak import ENGLISH

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


@pytest.mark.parametrize(
    ("baseline", "follow", "answer", "missing"),
    [
        (7, 4, YES, ()),
        (7, 5, NO, ()),
        (None, 8, NO, ()),  # even from 10 that is 20 percent
        (None, 6, UNKNOWN, ("baseline",)),
        (5, None, UNKNOWN, ("follow",)),
        (0, None, NO, ()),
        ({"low": 6, "high": 8}, 4, YES, ()),
        ({"low": 5, "high": 8}, 4, UNKNOWN, ("baseline",)),
        (None, None, UNKNOWN, ("baseline", "follow")),
    ],
)
def test_an_answer_is_given_where_every_completion_agrees(baseline, follow, answer, missing):
    scored = score_answers("immpact", {"baseline": baseline, "follow": follow})
    assert (scored.answer, scored.missing) == (answer, missing)


def test_a_baseline_of_nothing_has_no_percentage():
    scored = score_answers("immpact", {"baseline": 0, "follow": 0})
    assert (scored.values["percent"], scored.answer) == (None, NO)


def test_percent_and_points_that_disagree_are_both_told():
    assert any(
        "disagree" in ENGLISH.value(note)
        for note in score_answers("immpact", {"baseline": 7, "follow": 5}).notes
    )
    assert any(
        "baseline of at least 4" in ENGLISH.value(note)
        for note in score_answers("immpact", {"baseline": 3, "follow": 1}).notes
    )
