"""A problem is a place and a message, said when it is shown, in the language of who sees it."""

from __future__ import annotations

import pickle

import pytest

from assuage.catalogue.message import message
from assuage.errors import Problem, Problems, unknown_word
from assuage.record.entries import KIND_OF
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
    assert str(Problem("", unknown_word("zz", ["b", "a"], "letter"))) == 'unknown letter "zz"; known: a, b'
    assert str(Problem("", unknown_word("zz", map(str, range(100, 120)), "number"))) == 'unknown number "zz"'


# --- one cause, one line --------------------------------------------------------------------------------


def slips(count: int) -> list[Problem]:
    """The same slip in so many rows, each with what was written there."""
    return [
        Problem(f"row {row}.site", message("unknown-word", kind="site", word=f"nek{row}"), row + 1)
        for row in range(1, count + 1)
    ]


def test_a_slip_that_was_made_a_hundred_times_is_told_once_with_its_count_and_three_places() -> None:
    told = str(Problems("a.csv", [*slips(100), Problem("row 7.day", "is missing")])).splitlines()
    assert told == [
        "a.csv: 101 problems, not used",
        '  row 1.site (line 2): unknown site "nek1"; alike 99 times more: row 2.site (line 3); row 3.site (line 4); …',
        "  row 7.day: is missing",
    ]
    assert len(Problems("a.csv", slips(100)).problems) == 100


def test_few_slips_are_told_one_by_one() -> None:
    assert len(str(Problems("a.csv", slips(10))).splitlines()) == 11
    assert len(str(Problems("a.csv", slips(11))).splitlines()) == 2


def test_the_same_word_in_two_columns_is_two_causes() -> None:
    other = [
        Problem(f"row {row}.region", message("unknown-word", kind="site", word="nek")) for row in range(19)
    ]
    assert len(str(Problems("a.csv", [*slips(19), *other])).splitlines()) == 3


def test_many_slips_are_counted_in_lithuanian() -> None:
    assert "taip pat dar 21 kartą: " in Problems("a.csv", slips(22)).in_words(catalogue("lt"))


@pytest.mark.parametrize("kind", KIND_OF.values())
def test_a_kind_of_entry_has_its_article(kind: str) -> None:
    said = catalogue("en").say(message("what.entry-of", kind=kind))
    assert said == f"{'an' if kind[0] in 'aeiou' else 'a'} {kind} entry"
