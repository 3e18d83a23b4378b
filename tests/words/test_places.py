"""Where something is wrong is said in the reader's language; a path in a document is the same in every one."""

from __future__ import annotations

import pytest

from assuage.catalogue.message import message
from assuage.errors import Problem
from assuage.words.speak import catalogue


@pytest.mark.parametrize(
    ("place", "english", "lithuanian"),
    [
        ("the document", "the document: ", "visas dokumentas: "),
        ("row 14 date", "row 14 date: ", "14 eilutė date: "),
        ("entries[3].day", "entries[3].day: ", "entries[3].day: "),
        ("row of trees", "row of trees: ", "row of trees: "),
    ],
)
def test_a_place_is_named_in_the_language_of_what_is_wrong_there(place: str, english: str, lithuanian: str):
    problem = Problem(place, message("field.missing"))
    assert str(problem).startswith(english)
    assert problem.in_words(catalogue("lt")).startswith(lithuanian)
