"""A pattern of hints is only passed over for a text in which it could not be found."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assuage.terms.hints import HINTS
from assuage.terms.must_hold import letters_held, may_be_in

GROUPS = sorted({group for hint in HINTS for group in hint.groups})


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        ("goitre", {"goitre"}),
        ("goitre|struma", {"goitre", "struma"}),
        (r"\b(?:goit(?:re|er)|tsh (?:is )?low)(?!\w)", {"goit", "tsh "}),
        (r"k[ūu]dik\w*", {"dik"}),
        ("bruises? easily", {" easily"}),
        ("abcx?", {"abc"}),
        ("(?:wish|want) (?:to )?die", {"die"}),
        ("(?:no|never) .", {"no", "never"}),
        ("(?:low )?x", None),
        (r"\d+|tsh", None),
        ("(?!low)x", None),
        ("a|tsh", None),
        (r"[|(]tsh\)", {"tsh"}),
        (r"(?:mmse|mmst)\D{0,20}\d", {"mmse", "mmst"}),  # the bounds of a count are no letters
        (r"tsh\d{10}", {"tsh"}),
    ],
)
def test_every_match_of_a_pattern_holds_one_of_these_runs(pattern: str, letters: set[str] | None):
    assert letters_held(pattern) == letters


@given(some.sampled_from(GROUPS).flatmap(lambda group: some.tuples(some.just(group), some.from_regex(group))))
def test_a_text_in_which_a_hint_is_found_is_never_passed_over(drawn: tuple[str, str]):
    group, text = drawn
    assert may_be_in(group, text)


def test_a_text_of_other_words_is_passed_over_by_nearly_every_pattern_of_hints():
    words = "lumbar disc disease"
    tried = [group for group in GROUPS if may_be_in(group, words) and not re.search(group, words)]
    assert len(tried) * 10 <= len(GROUPS)
