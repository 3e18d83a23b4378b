"""The other criteria: judgements are never computed, and unknown stays unknown where it matters."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assuage.errors import Problems
from assuage.instruments import CRITERIA
from assuage.instruments.criteria.nociplastic import GROUPS, grade_of
from assuage.instruments.scoring import score_answers
from assuage.terms.answers import Answer
from assuage.terms.sites import WPI_SITES

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
EVERYWHERE = {"sites": "all", "sss": 12, "months": 12}


@pytest.mark.parametrize("criteria", CRITERIA)
def test_nothing_known_is_unknown_with_what_is_missing(criteria):
    scored = score_answers(criteria, {})
    assert scored.answer is UNKNOWN
    assert scored.missing
    assert len(scored.asks) <= len(scored.missing)
    assert scored.sources
    assert set(scored.parts) == set(CRITERIA[criteria].parts)


@pytest.mark.parametrize(
    ("criteria", "judgement", "explained"),
    [("acr_2010", "other_disorder_explains", True), ("acr_2011", "other_disorder_explains", True)],
)
def test_exclusion_of_other_disorders_is_judged_never_computed(criteria, judgement, explained):
    assert score_answers(criteria, EVERYWHERE).missing == (judgement,)
    assert score_answers(criteria, {**EVERYWHERE, judgement: not explained}).answer is YES
    assert score_answers(criteria, {**EVERYWHERE, judgement: explained}).answer is NO


def test_a_judgement_is_not_asked_for_where_it_cannot_matter():
    assert score_answers("acr_2011", {"sites": [], "sss": 12, "months": 12}).answer is NO
    assert score_answers("acr_2011", {"sites": [], "sss": 12, "months": 12}).missing == ()


def test_2010_takes_the_physicians_estimate_of_somatic_symptoms():
    given = {"wpi": 3, "fatigue": 3, "waking_unrefreshed": 3, "cognitive": 3, "months": 3}
    assert score_answers("acr_2010", {**given, "somatic": 3}).parts["scores"].answer is YES
    with pytest.raises(Problems, match='unknown field of acr_2010 "headaches"'):
        score_answers("acr_2010", {**given, "headaches": 1})


def test_icd11_needs_the_axis_more_than_three_months_and_two_judgements():
    judged = {"emotional_distress": True, "nociceptive_process": False}
    assert score_answers("cwp_icd11", {"sites": "all", "months": 3, **judged}).answer is NO
    assert score_answers("cwp_icd11", {"sites": "all", "months": 3.5, **judged}).answer is YES
    limbs = ["upper_arm", "upper_leg"]
    assert score_answers("cwp_2016", {"sites": limbs}).answer is YES
    assert score_answers("cwp_icd11", {"sites": limbs, "months": 4, **judged}).answer is NO
    asked = score_answers("cwp_icd11", {"sites": "all", "months": 4, "emotional_distress": False})
    assert asked.missing == ("functional_disability", "nociceptive_process")


@pytest.mark.parametrize("front", ["chest", "abdomen"])
def test_the_axis_of_icd11_has_a_front_and_the_regions_of_2016_have_none(front: str):
    judged = {"months": 4, "emotional_distress": True, "nociceptive_process": False}
    sites = ["upper_arm_left", "upper_arm_right", "upper_leg_left", front]
    assert score_answers("cwp_icd11", {"sites": sites, **judged}).answer is YES
    assert score_answers("cwp_icd11", {"sites": [*sites[:2], front], **judged}).answer is NO
    assert score_answers("cwp_2016", {"sites": sites}).answer is NO
    assert score_answers("cwp_icd11", {"sites": [*sites[:3], "jaw_left"], **judged}).answer is NO


def test_icd11_asks_for_the_chest_where_nothing_else_of_the_axis_could_hurt():
    items = dict.fromkeys(WPI_SITES, 0) | {"upper_arm_left": 1, "upper_arm_right": 1, "upper_leg_left": 1}
    judged = {"months": 4, "emotional_distress": True, "nociceptive_process": False}
    asked = score_answers("cwp_icd11", {"items": {**items, "chest": None}, **judged})
    assert (asked.answer, asked.missing) == (UNKNOWN, ("chest",))


def test_1990_is_unknown_until_the_tender_points_are_counted():
    given = {"sites": ["neck", "shoulder_girdle_left", "hip_right"], "months": 4}
    assert score_answers("acr_1990", given).missing == ("tender_points",)
    assert score_answers("acr_1990", {**given, "tender_points": 10}).answer is NO
    assert score_answers("acr_1990", {**given, "tender_points": 11}).answer is YES
    assert score_answers("acr_1990", {**given, "tender_points": 11, "months": 3}).answer is YES
    assert score_answers("acr_1990", {**given, "tender_points": 11, "months": 2.9}).answer is NO


@pytest.mark.parametrize(
    ("sites", "widespread"),
    [
        (["shoulder_girdle", "lower_back"], YES),  # low back counts as below the waist and as the axis
        (["shoulder_girdle_left", "lower_back"], NO),
        (["upper_arm", "upper_leg"], NO),
        (["wrist_left", "knee_right", "neck"], YES),
    ],
)
def test_widespread_pain_of_1990(sites, widespread):
    assert score_answers("acr_1990", {"sites": sites, "months": 4}).parts["widespread"].answer is widespread


@pytest.mark.parametrize(("wpi", "answer"), [(0, NO), (2, NO), (3, UNKNOWN), (18, YES), (19, YES)])
def test_a_total_alone_settles_widespread_pain_only_at_its_ends(wpi, answer):
    scored = score_answers("acr_1990", {"wpi": wpi, "months": 4})
    assert scored.parts["widespread"].answer is answer


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(sorted(WPI_SITES)), unique=True),
    st.lists(st.sampled_from(sorted(WPI_SITES)), max_size=4),
)
def test_the_counts_of_2019_are_those_of_every_completion(painful, unknown):
    items = {site: int(site in painful) for site in WPI_SITES} | dict.fromkeys(unknown)
    found = set()
    open_sites = [site for site, value in items.items() if value is None]
    for filled in product([0, 1], repeat=len(open_sites)):
        at = {**items, **dict(zip(open_sites, filled, strict=True))}
        counting = [WPI_SITES[site] for site, hurts in at.items() if hurts and WPI_SITES[site].counts]
        found.add(len({site.region for site in counting}) >= 4 and len(counting) >= 7)
    expected = UNKNOWN if len(found) == 2 else YES if True in found else NO
    assert score_answers("cwp_2019", {"items": items}).answer is expected


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([True, False, None]), min_size=16, max_size=16))
def test_the_nociplastic_grade_is_that_of_every_completion(flags):
    lists = {group: flags[4 * n : 4 * n + 4] for n, group in enumerate(GROUPS)}
    reach = {
        "c1": {all(f is not False for f in lists["c1"]), all(f is True for f in lists["c1"])},
        **{
            g: {any(f is True for f in lists[g]), any(f is not False for f in lists[g])}
            for g in ("c2", "c3", "c4")
        },
    }
    grades = {grade_of(*states) for states in product(*reach.values())}
    scored = score_answers("nociplastic_iasp_2021", lists)
    assert scored.values["grade"] == (grades.pop() if len(grades) == 1 else "unknown")
    assert bool(scored.missing) is (scored.values["grade"] == "unknown")


def test_nociplastic_names_what_would_decide_the_grade():
    given = {"months": 6, "1b": True, "1c": True, "1d": None, "touch": True, "fatigue": True, "c4": True}
    scored = score_answers("nociplastic_iasp_2021", given)
    assert scored.missing == ("1d",)
    assert scored.values["possible_grades"] == ["none", "probable"]
    assert score_answers("nociplastic_iasp_2021", {**given, "1d": True}).values["grade"] == "probable"
    assert score_answers("nociplastic_iasp_2021", {**given, "months": 3}).values["grade"] == "none"


@pytest.mark.parametrize(
    ("burden", "answer"),
    [
        ({"fatigue": 2}, YES),
        ({"fatigue": 1, "waking_unrefreshed": 1}, NO),
        ({"fatigue": 1}, UNKNOWN),
        ({"sleep_moderate_severe": True}, YES),
    ],
)
def test_aapt_reads_severity_items_of_two_or_more_as_moderate(burden, answer):
    assert score_answers("aapt_2019", {"sites": "all", "months": 3, **burden}).answer is answer


def test_aapt_takes_its_own_sites_and_those_of_the_body_map():
    given = {"sites": ["head", "left_arm", "wrist_right", "lower_back", "hip_left", "knee"]}
    assert score_answers("aapt_2019", given).values["sites"] == 6
    partial = {
        "items": {**dict.fromkeys(["head", "left_arm", "right_arm", "chest", "abdomen"], 1), "left_leg": None}
    }
    scored = score_answers("aapt_2019", {**partial, "fatigue": 3, "months": 3})
    assert scored.answer is UNKNOWN
    assert "left_leg" in scored.missing


@pytest.mark.parametrize(
    ("criteria", "wrong", "says"),
    [
        ("aapt_2019", {"sites": ["nek"]}, 'did you mean "neck"'),
        ("aapt_2019", {"sites": 10}, "scored 0 to 9"),
        ("aapt_2019", {"sleep_moderate_severe": False, "waking_unrefreshed": 3}, "contradicts"),
        ("acr_1990", {"tender_points": 19}, "is 0 to 18"),
        ("acr_2011", {"other_disorder_explains": "no"}, "neither true nor false"),
        ("nociplastic_iasp_2021", {"c1": [True]}, "has 1 values; write 4"),
        ("nociplastic_iasp_2021", {"c1": "yes"}, "neither true nor false"),
        ("nociplastic_iasp_2021", {"months": 2, "1a": True}, "contradicts 1a"),
        ("nociplastic_iasp_2021", {"c2": True, "touch": False}, "as a whole and by its parts"),
        ("cwp_2019", {"sss": 3}, "unknown field"),
    ],
)
def test_problems_of_the_other_criteria(criteria, wrong, says):
    with pytest.raises(Problems, match=says):
        score_answers(criteria, wrong)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("acr_1990", {"widespread_pain": True, "sites": ["nonsense"], "months": 6, "tender_points": 12}),
        ("acr_1990", {"widespread_pain": True, "sites": ["neck"], "months": 6, "tender_points": 12}),
        (
            "aapt_2019",
            {
                "sites": 6,
                "months": 3,
                "sleep_or_fatigue_mod_severe": True,
                "sleep_moderate_severe": False,
                "fatigue_moderate_severe": False,
            },
        ),
        (
            "cwp_icd11",
            {"distress_or_disability": True, "emotional_distress": False, "functional_disability": False},
        ),
        ("cwp_icd11", {"distress_or_disability": False, "emotional_distress": True}),
    ],
)
def test_a_whole_that_contradicts_its_parts_is_a_problem(name, given):
    with pytest.raises(Problems):
        score_answers(name, given)
