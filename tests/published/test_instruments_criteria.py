"""Cases of the criteria: the published patient, boundary cases of the printed rules, third-party examples."""

from __future__ import annotations

import pytest

from assuage.errors import Problems
from assuage.instruments.scoring import score_answers
from assuage.terms.answers import Answer
from assuage.words.speak import ENGLISH

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
STATED = ["neck", "shoulder_girdle_left", "shoulder_girdle_right", "upper_back", "lower_back"]
SEVEN = [
    "neck",
    "lower_back",
    "shoulder_girdle_left",
    "upper_arm_left",
    "shoulder_girdle_right",
    "hip_left",
    "hip_right",
]
EIGHT = [
    "neck",
    "lower_back",
    "shoulder_girdle_left",
    "shoulder_girdle_right",
    "lower_arm_left",
    "lower_arm_right",
    "hip_left",
    "hip_right",
]
CASE = [1, 2, 2, 1, 0, 0]


def test_f01_the_published_case_is_unknown_because_generalised_pain_is_not_recorded():
    scored = score_answers("fm_2016", {"wpi": 8, "sss": 6, "months": 6})
    assert scored.answer is UNKNOWN
    assert "generalised pain not recorded" in ENGLISH.value(scored.because)
    assert scored.missing == ("sites",)
    assert "generalised pain not recorded" in ENGLISH.value(scored.asks[0])
    assert [scored.parts[key].answer for key in ("c1", "c2", "c3")] == [YES, UNKNOWN, YES]
    assert scored.values["fs"] == 14


# id, sites, symptom severity items, months -> index, severity, FS, regions, meets
F_CASES = [
    ("F02", [*STATED, "abdomen", "upper_leg_left", "upper_leg_right"], CASE, 6, (8, 6, 14, 5), YES),
    ("F03", STATED, CASE, 6, (5, 6, 11, 3), NO),
    ("F04", [*STATED, "abdomen"], CASE, 6, (6, 6, 12, 3), NO),
    (
        "F07",
        [*SEVEN[:5], "upper_arm_right", "hip_left"],
        [1, 1, 1, 1, 0, 0],
        12,
        (7, 4, 11, 4),
        NO,
    ),
    ("F08", [*STATED, "upper_arm_left", "upper_arm_right"], [2, 2, 1, 0, 0, 0], 12, (7, 5, 12, 3), NO),
    (
        "F10",
        ["neck", "lower_back", "shoulder_girdle_left", "shoulder_girdle_right", "hip_left", "hip_right"],
        [3, 3, 2, 0, 0, 0],
        6,
        (6, 8, 14, 5),
        NO,
    ),
    (
        "F11",
        ["neck", "shoulder_girdle_left", "shoulder_girdle_right", "hip_left"],
        [3, 3, 3, 0, 0, 0],
        6,
        (4, 9, 13, 4),
        YES,
    ),
    ("F13", ["neck", "shoulder_girdle_left", "hip_right"], [3, 3, 3, 1, 1, 1], 6, (3, 12, 15, 3), NO),
    ("F15", "ALL", [1, 1, 1, 1, 0, 0], 24, (19, 4, 23, 5), NO),
    ("F16", "ALL", [3, 3, 3, 1, 1, 1], 24, (19, 12, 31, 5), YES),
    ("F17", [], [0] * 6, 0, (0, 0, 0, 0), NO),
    ("F18", SEVEN, [3, 3, 2, 1, 0, 0], 2, (7, 9, 16, 5), NO),
    ("F19", SEVEN, [3, 3, 2, 1, 0, 0], 3, (7, 9, 16, 5), YES),
    (
        "F21",
        [
            "jaw_left",
            "jaw_right",
            "chest",
            "abdomen",
            "neck",
            "shoulder_girdle_left",
            "hip_left",
            "lower_leg_right",
        ],
        [3, 2, 2, 0, 0, 0],
        12,
        (8, 7, 15, 4),
        YES,
    ),
    (
        "F22",
        [
            "upper_arm_left",
            "lower_arm_left",
            "upper_arm_right",
            "lower_arm_right",
            "upper_leg_left",
            "lower_leg_left",
            "upper_leg_right",
        ],
        [2, 2, 1, 0, 0, 0],
        12,
        (7, 5, 12, 4),
        YES,
    ),
    ("F25", EIGHT, [2, 2, 2, 1, 0, 0], 24, (8, 7, 15, 5), YES),
    ("F26", EIGHT, [2, 2, 1, 0, 0, 0], 24, (8, 5, 13, 5), YES),
]


@pytest.mark.parametrize(
    ("sites", "sss", "months", "numbers", "meets"),
    [case[1:] for case in F_CASES],
    ids=[case[0] for case in F_CASES],
)
def test_fm_2016_cases(sites, sss, months, numbers, meets):
    scored = score_answers("fm_2016", {"sites": sites, "sss": sss, "months": months})
    assert scored.answer is meets
    assert tuple(scored.values[key] for key in ("wpi", "sss", "fs", "regions")) == numbers


def test_f13_passes_the_thresholds_of_2011():
    given = {"sites": ["neck", "shoulder_girdle_left", "hip_right"], "sss": [3, 3, 3, 1, 1, 1], "months": 6}
    assert score_answers("acr_2011", given).parts["scores"].answer is YES


def test_f25_another_diagnosis_changes_nothing():
    given = {"sites": EIGHT, "sss": [2, 2, 2, 1, 0, 0], "months": 24, "comorbidity": "rheumatoid arthritis"}
    assert score_answers("fm_2016", given).answer is YES


def test_f27_totals_with_the_number_of_regions():
    scored = score_answers(
        "fm_2016", {"wpi": 12, "regions": 5, "sss_items": [3, 3, 2, 1, 1, 1], "months": 24}
    )
    assert (scored.answer, scored.values["sss"], scored.values["fs"]) == (YES, 11, 23)


def test_f30_a_minor_is_out_of_scope():
    scored = score_answers("fm_2016", {"age": 15})
    assert (scored.answer, scored.values["scope"]) == (UNKNOWN, "out_of_scope")


def test_f31_an_impossible_item_is_a_problem():
    with pytest.raises(Problems, match="fatigue is scored 0 to 3, so 4 cannot be right"):
        score_answers("fm_2016", {"sss_item_fatigue": 4})


@pytest.mark.parametrize(("sites", "months", "meets"), [(6, 3, YES), (5, 12, NO), (6, 2, NO)])
def test_aapt_2019_boundaries(sites, months, meets):
    given = {"sites": sites, "sleep_or_fatigue_mod_severe": True, "months": months}
    assert score_answers("aapt_2019", given).answer is meets


ALL_FOUR = [True, True, True, True]


@pytest.mark.parametrize(
    ("c1", "c2", "c3", "c4", "grade"),
    [
        (ALL_FOUR, True, True, True, "probable"),
        (ALL_FOUR, False, True, True, "possible"),
        (ALL_FOUR, True, True, False, "none"),
        ([False, True, True, True], True, True, True, "none"),
        ([True, True, False, True], True, True, True, "none"),
        ([True, True, True, False], True, True, True, "none"),
    ],
)
def test_nociplastic_grades(c1, c2, c3, c4, grade):
    # Kosek E et al. Pain 2021;162(11):2629-2634.
    given = {"c1": c1, "c2": c2, "c3": c3, "c4": c4}
    assert score_answers("nociplastic_iasp_2021", given).values["grade"] == grade


def test_the_published_case_by_the_other_criteria():
    full = [*STATED, "abdomen", "upper_leg_left", "upper_leg_right"]
    assert score_answers("acr_2011", {"sites": full, "sss": CASE, "months": 6}).missing == (
        "other_disorder_explains",
    )
    assert score_answers("acr_1990", {"sites": STATED, "months": 6}).missing == ("tender_points",)
    assert score_answers("cwp_2019", {"sites": full}).answer is YES
    assert score_answers("cwp_2019", {"sites": STATED}).answer is NO
    head = [*STATED, "head"]
    assert score_answers("aapt_2019", {"sites": head, "months": 6}).values["sites"] == 5
    assert score_answers("aapt_2019", {"sites": [*head, "abdomen"], "months": 6}).values["sites"] == 6
    assert score_answers("aapt_2019", {"sites": [*head, *full], "months": 6}).values["sites"] == 8
