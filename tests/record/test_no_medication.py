"""That nothing is taken can be said, on its own day, and contradicted."""

from __future__ import annotations

from typing import Any

import pytest

from assuage.errors import Problems
from assuage.record.read import parse_record
from assuage.record.timeline import Timeline
from assuage.terms.answers import NO, UNKNOWN, YES
from assuage.terms.drugs import DRUGS
from assuage.terms.no_medication import WORDS

Plain = dict[str, Any]
TIZANIDINE = DRUGS["tizanidine"]
NOTHING: Plain = {"day": 5, "kind": "finding", "what": "takes no medication", "state": "present"}
START: Plain = {"kind": "medication", "drug": "tizanidine", "do": "start"}


def timeline(*entries: Plain) -> Timeline:
    plain = {"format": "assuage-record/2", "patient": {"id": "ana"}, "entries": list(entries)}
    return Timeline(parse_record(plain))


@pytest.mark.parametrize("words", [*WORDS, "Takes_no medication"])
def test_from_its_day_on_what_is_not_named_is_not_taken(words: str):
    told = timeline(NOTHING | {"what": words})
    assert (told.takes(TIZANIDINE, 4), told.takes(TIZANIDINE, 5)) == (UNKNOWN, NO)
    assert told.record.not_checked == ()


@pytest.mark.parametrize("state", ["absent", "unknown"])
def test_that_something_is_taken_or_nobody_knows_is_no_word_on_any_drug(state: str):
    assert timeline(NOTHING | {"state": state}).takes(TIZANIDINE, 9) is UNKNOWN


def test_what_was_taken_before_and_never_stopped_is_in_doubt_until_somebody_says_more():
    before = START | {"day": 1}
    assert timeline(before, NOTHING).takes(TIZANIDINE, 4) is YES
    assert timeline(before, NOTHING).takes(TIZANIDINE, 5) is UNKNOWN
    assert timeline(before, NOTHING, START | {"day": 7, "do": "change"}).takes(TIZANIDINE, 8) is YES
    assert timeline(before, NOTHING, START | {"day": 7, "do": "stop"}).takes(TIZANIDINE, 8) is NO
    assert timeline(NOTHING, START | {"day": 7}).takes(TIZANIDINE, 8) is YES


def test_a_start_of_the_same_moment_contradicts_it():
    with pytest.raises(Problems, match="contradicts"):
        timeline(NOTHING, START | {"day": 5})
    assert timeline(NOTHING, START | {"day": 5, "do": "stop"}).takes(TIZANIDINE, 5) is NO
    assert (
        timeline(NOTHING | {"time": "08:00"}, START | {"day": 5, "time": "20:00"}).takes(TIZANIDINE, 5) is YES
    )
