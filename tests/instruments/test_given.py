"""The shapes in which answers may be given, and how every problem is told with its place and remedy."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assuage.errors import AssuageError, Problems
from assuage.instruments import CRITERIA, INSTRUMENTS
from assuage.instruments.given import answers_problems, item_ids
from assuage.instruments.scoring import score_answers
from assuage.words.instruments import scored_to_json

GAD7 = ["nervous", "control", "worry", "relax", "restless", "irritable", "afraid"]


@pytest.mark.parametrize(
    "shape",
    [
        [1, 1, 1, 2, 2, 0, 0],
        {"items": [1, 1, 1, 2, 2, 0, 0]},
        {"items": dict(zip(GAD7, [1, 1, 1, 2, 2, 0, 0], strict=True))},
        dict(zip(GAD7, [1, 1, 1, 2, 2, 0, 0], strict=True)),
        {str(n): value for n, value in enumerate([1, 1, 1, 2, 2, 0, 0], 1)},
        {f"q{n}": value for n, value in enumerate([1, 1, 1, 2, 2, 0, 0], 1)},
        {f"item_{n}": value for n, value in enumerate([1, 1, 1, 2, 2, 0, 0], 1)},
        {1: 1, 2: 1, 3: 1, 4: 2, 5: 2, 6: 0, 7: 0},
        {"total": 7},
        7,
        {"total": 7, "items": [1, 1, 1, 2, 2, 0, None]},
    ],
)
def test_one_questionnaire_in_every_shape(shape):
    assert score_answers("gad7", shape).total == 7


@pytest.mark.parametrize(
    ("instrument", "shape", "total"),
    [
        ("fs", {"wpi": 8, "sss": 6}, 14),
        ("fs", [8, 6], 14),
        ("fs", {"items": {"wpi": 8, "sss": 6}}, 14),
        ("fs", {"sites": ["neck"], "sss": [1, 0, 0, 0, 0, 0]}, 2),
        ("wpi", {"total": 8}, 8),
        ("wpi", 8, 8),
        ("wpi", {"items": ["neck", "hip"]}, 3),
        ("pain_nrs", 4, 4),
        ("pain_nrs", {"value": 4}, 4),
        ("pain_nrs", [4], 4),
        ("pain_vas_100mm", 44.5, 44.5),
        (
            "sss",
            {
                "headaches": True,
                "fatigue": 0,
                "waking_unrefreshed": 0,
                "cognitive": 0,
                "lower_abdominal_pain_or_cramps": False,
                "depression": 0,
            },
            1,
        ),
        ("ndi", {"raw": 16}, 16),
        ("fiq", {"total": 58.99}, 58.99),
    ],
)
def test_other_instruments_in_their_own_shapes(instrument, shape, total):
    assert score_answers(instrument, shape).total == total


@pytest.mark.parametrize(
    ("instrument", "wrong", "says"),
    [
        ("gad7", [4, 0, 0, 0, 0, 0, 0], r"\[0\]: nervous is scored 0 to 3, so 4 cannot be right"),
        ("gad7", [-1, 0, 0, 0, 0, 0, 0], "so -1 cannot be right"),
        ("gad7", [True, 0, 0, 0, 0, 0, 0], "true is not a number"),
        ("gad7", ["1", 0, 0, 0, 0, 0, 0], '"1" is not a number'),
        ("gad7", [float("nan"), 0, 0, 0, 0, 0, 0], "nan is not a number"),
        ("gad7", [float("inf"), 0, 0, 0, 0, 0, 0], "inf is not a number"),
        ("gad7", [1.5, 0, 0, 0, 0, 0, 0], "in whole numbers"),
        ("gad7", [1, 2], "has 2 values; gad7 has 7"),
        ("gad7", {"nervus": 1}, 'did you mean "nervous"'),
        ("gad7", {"8": 1}, 'unknown item of gad7 "8"'),
        ("gad7", {"nervous": 1, "q1": 1}, "nervous is given twice"),
        (
            "gad7",
            {"items": [0, 0, 0, 0, 0, 0, 0], "total": 3},
            "total: 3 disagrees with the items, which give 0",
        ),
        ("gad7", {"total": 22}, "scored 0 to 21, so 22 cannot be right"),
        ("gad7", {"total": 10**400}, "cannot be right"),
        ("gad7", {"items": "none"}, 'items: "none" is not an object'),
        ("gad7", "high", '"high" is not a number'),
        ("gad7", {"instrument": "phq9"}, "is not gad7"),
        ("fiq", [1, 2], "scoring key of fiq is not shipped"),
        ("mfi20", {"items": {"1": 2}}, "scoring key of mfi20 is not shipped"),
        ("fiqr", {"function": [1, 2]}, "function: has 2 values; function has 9"),
        ("paindetect", {"radiation": 1}, "radiation is scored 0 or 2, so 1 cannot be right"),
        ("ndi", {"raw": 46, "answered": 9}, "more than 9 sections can give, which is 45"),
        ("ndi", {"raw": 16, "answered": 11}, "is 1 to 10"),
        ("psfs", [1, 2], "psfs has 3 to 5"),
        ("pgic", {"value": 2, "coding": "guy"}, "is not known; write guy_farrar or hurst_bolton"),
        ("wpi", {"sites": ["neck"], "wpi": 2}, "disagrees with the sites"),
        ("immpact", {"baseline": 11, "follow": 2}, "pain at baseline is scored 0 to 10"),
        ("immpact", {"basline": 7}, 'did you mean "baseline"'),
        ("pain_nrs", {"low": 5, "high": 4}, "low 5 is above high 4"),
    ],
)
def test_what_cannot_be_right_is_told_with_its_place_and_remedy(instrument, wrong, says):
    with pytest.raises(Problems, match=says):
        score_answers(instrument, wrong)


def test_all_problems_of_a_questionnaire_come_at_once():
    with pytest.raises(Problems) as raised:
        score_answers("phq9", [9, "x", True, -1, None, 0, 0, 0, 0])
    assert [problem.place for problem in raised.value.problems] == ["[0]", "[1]", "[2]", "[3]"]


loose = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just("neck"),
    lambda inner: (
        st.lists(inner, max_size=9)
        | st.dictionaries(
            st.sampled_from(
                ["items", "total", "sites", "wpi", "sss", "months", "c1", "low", "high", "raw", "value", "q1"]
            )
            | st.text(max_size=5),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.sampled_from([*INSTRUMENTS, *CRITERIA, "immpact"]), loose)
def test_nothing_that_can_be_given_ends_in_anything_but_a_result_or_problems(instrument, anything):
    with suppress(AssuageError):
        scored_to_json(score_answers(instrument, anything))


# --- the answers of a record -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("instrument", "items", "sites", "says"),
    [
        (
            "sss",
            {"fatigue": 4},
            None,
            "entries[3].items.fatigue: fatigue is scored 0 to 3, so 4 cannot be right",
        ),
        (
            "sss",
            {"fatige": 1},
            None,
            'entries[3].items.fatige: unknown item of sss "fatige"; did you mean "fatigue"?',
        ),
        ("wpi", {}, ["nek"], 'entries[3].sites[0]: unknown site "nek"; did you mean "neck"?'),
        ("gad", {}, None, 'entries[3].instrument: unknown instrument "gad"; did you mean "gad7"?'),
        ("gad7", {}, ["neck"], "entries[3].sites: gad7 has no sites; write its items"),
        ("fiq", {"1": 2}, None, "entries[3].items: only the total of fiq can be given: write a score entry"),
    ],
)
def test_the_answers_of_a_record_are_checked_in_place(instrument, items, sites, says):
    assert [str(problem) for problem in answers_problems(instrument, items, sites, "entries[3]")] == [says]


@pytest.mark.parametrize(
    ("instrument", "items", "sites"),
    [
        ("sss", {"fatigue": 1, "depression": None}, None),
        ("wpi", {}, ["neck", "occiput", "costal_arch_right"]),
        ("wpi", {}, []),
        ("wpi", {"neck": 1, "chest": None}, None),
        ("pgic", {"value": 2, "coding": "guy_farrar"}, None),
        ("fiqr", {"function_1": 3}, None),
    ],
)
def test_usable_answers_have_no_problems(instrument, items, sites):
    assert answers_problems(instrument, items, sites, "entries[0]") == []


def test_items_are_known_by_id():
    assert item_ids("gad7") == tuple(GAD7)
    assert item_ids("fiq") == ()
    assert len(item_ids("wpi")) == 19
