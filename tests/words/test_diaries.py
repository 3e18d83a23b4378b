"""What is wrong in a plain diary, and in the plan or the diary of a re-challenge, is said in the reader's language."""

from __future__ import annotations

import ast

import pytest

from assuage.dynamics.reading import diary_of_text
from assuage.errors import Problems
from assuage.nof1.plan_file import plan_of
from assuage.words.speak import ENGLISH, catalogue
from tests.words.source import modules, name_of

LITHUANIAN = catalogue("lt", "clinician")


@pytest.mark.parametrize(
    ("text", "english", "lithuanian"),
    [
        (
            "day,pain\n0,11\n",
            "row 2 pain: must be 0 to 10, so 11 cannot be right",
            "2 eilutė pain: turi būti nuo 0 iki 10, todėl 11 negali būti teisinga",
        ),
        (
            "day,mood\n0,1\n",
            'columns: "pain" is missing; there are: day, mood',
            "columns: nėra stulpelio „pain“; yra: day, mood",
        ),
        (
            "day,pain\n0,1\n90000,1\n",
            "the file: spans 90000 days; look for a slip in a date",
            "the file: apima 90000 dienų; ieškokite klaidos datoje",
        ),
    ],
)
def test_a_problem_of_a_diary_is_said_in_both_languages(text: str, english: str, lithuanian: str):
    with pytest.raises(Problems) as raised:
        diary_of_text(text, "diary.csv")
    (problem,) = raised.value.problems
    assert str(problem.in_words(ENGLISH)) == english
    assert str(problem.in_words(LITHUANIAN)) == lithuanian


def test_an_unknown_key_of_a_plan_is_said_in_both_languages():
    with pytest.raises(Problems) as raised:
        plan_of({"format": "assuage-nof1/1", "gapp": 8}, "plan.json")
    said = [problem for problem in raised.value.problems if problem.place == "gapp"]
    assert [str(problem.in_words(ENGLISH)) for problem in said] == [
        'gapp: unknown key "gapp"; did you mean "gap"?'
    ]
    assert [problem.code for problem in said] == ["unknown-word.near"]
    assert "raktas" in str(said[0].in_words(LITHUANIAN))


def test_no_problem_of_a_diary_or_a_trial_is_a_text():
    texts = [
        f"{path.name}: {ast.unparse(call.args[1])}"
        for path, tree in modules("dynamics", "nof1")
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and name_of(call) == "Problem"
        and isinstance(call.args[1], ast.Constant | ast.JoinedStr)
    ]
    assert texts == []
