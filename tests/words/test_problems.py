"""A problem is a place and a message, said when it is shown, in the language of who sees it."""

from __future__ import annotations

import pickle

from assuage.catalogue.message import message
from assuage.errors import Problem, Problems, nearest, unknown_word
from assuage.words.speak import catalogue

UNKNOWN_DRUG = unknown_word("tizanidin", ["tizanidine", "silexan"], "drug")


def test_a_problem_says_its_place_and_its_message() -> None:
    assert str(Problem("entries[3].drug", UNKNOWN_DRUG, 12)) == (
        'entries[3].drug (line 12): unknown drug "tizanidin"; did you mean "tizanidine"?'
    )


def test_without_a_line_or_a_place_neither_is_said() -> None:
    assert (
        str(Problem("dose", message("unknown-word", kind="unit", word="mgg"))) == 'dose: unknown unit "mgg"'
    )
    assert str(Problem("", message("unknown-word", kind="unit", word="mgg"))) == 'unknown unit "mgg"'


def test_a_program_reads_code_and_values() -> None:
    problem = Problem("entries[3].drug", UNKNOWN_DRUG)
    assert (problem.code, problem.values) == (
        "unknown-word.near",
        {"kind": "drug", "near": "tizanidine", "word": "tizanidin"},
    )


def test_equal_problems_are_equal_and_hash_alike() -> None:
    assert {Problem("dose", UNKNOWN_DRUG, 3), Problem("dose", UNKNOWN_DRUG, 3)} == {
        Problem("dose", UNKNOWN_DRUG, 3)
    }
    assert Problem("dose", UNKNOWN_DRUG) != Problem("drug", UNKNOWN_DRUG)


def test_a_braced_text_of_a_document_is_kept_as_it_is() -> None:
    assert str(Problem("place", message("unknown-word", kind="drug", word="{place}"), 1)) == (
        'place (line 1): unknown drug "{place}"'
    )


def test_a_document_tells_all_its_problems_and_what_follows() -> None:
    problems = Problems(
        "a.yaml", [Problem("dose", "is missing"), Problem("day", "is missing")], "not checked"
    )
    assert str(problems) == "a.yaml: 2 problems, not checked\n  dose: is missing\n  day: is missing"


def test_problems_survive_the_way_to_another_process() -> None:
    problems = Problems("a.yaml", [Problem("drug", UNKNOWN_DRUG, 4)])
    again = pickle.loads(pickle.dumps(problems))
    assert (str(again), again.problems) == (str(problems), problems.problems)


def test_the_same_problem_is_said_in_lithuanian() -> None:
    problem = Problem("entries[3].drug", UNKNOWN_DRUG, 12)
    assert problem.in_words(catalogue("lt")) == (
        "entries[3].drug (12 eilutė): nežinomas žodis „tizanidin“ (drug); gal „tizanidine“?"
    )


def test_few_known_words_are_all_named() -> None:
    assert nearest("zz", ["b", "a"], "letter") == 'unknown letter "zz"; known: a, b'
    assert nearest("zz", map(str, range(100, 120)), "number") == 'unknown number "zz"'
