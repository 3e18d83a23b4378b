"""The 2016 criteria against a brute-force oracle, and what unknown sites, totals and ages mean."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assuage.errors import Problems
from assuage.instruments.scoring import score_answers
from assuage.terms.answers import Answer
from assuage.terms.sites import WPI_SITES
from assuage.words.speak import ENGLISH

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
NOT_COUNTING = {"jaw_left", "jaw_right", "chest", "abdomen"}
ITEMS = {
    "fatigue": 3,
    "waking_unrefreshed": 3,
    "cognitive": 3,
    "headaches": 1,
    "lower_abdominal_pain_or_cramps": 1,
    "depression": 1,
}


def meets(sites: dict[str, int], items: dict[str, int], months: int) -> bool:
    """The printed rule, read literally."""
    wpi, sss = sum(sites.values()), sum(items.values())
    regions = {WPI_SITES[site].region for site, hurts in sites.items() if hurts and site not in NOT_COUNTING}
    scores = (wpi >= 7 and sss >= 5) or (4 <= wpi <= 6 and sss >= 9)
    return scores and len(regions) >= 4 and months >= 3


def oracle(sites: dict[str, int | None], items: dict[str, int | None], months: int | None):
    """The answer and the deciding inputs by trying every completion."""
    choices = {site: [0, 1] for site, value in sites.items() if value is None}
    choices |= {item: list(range(ITEMS[item] + 1)) for item, value in items.items() if value is None}
    choices |= {"months": [0, 3]} if months is None else {}
    found: dict[tuple[int, ...], bool] = {}
    for filled in product(*choices.values()):
        at = dict(zip(choices, filled, strict=True))
        found[filled] = meets(
            {site: at.get(site, value) for site, value in sites.items()},
            {item: at.get(item, value) for item, value in items.items()},
            at.get("months", months),
        )
    if len(set(found.values())) == 1:
        return (YES if next(iter(found.values())) else NO), set()
    deciding = {
        name
        for n, name in enumerate(choices)
        for filled, outcome in found.items()
        if any(found[(*filled[:n], other, *filled[n + 1 :])] != outcome for other in choices[name])
    }
    return UNKNOWN, deciding


@st.composite
def partly_known(draw):
    """Sites, items and months of which at most four are unknown, near the boundaries more often than not."""
    likely = draw(st.sampled_from([0.3, 0.5, 0.8]))
    sites = {site: int(draw(st.floats(0, 1)) < likely) for site in WPI_SITES}
    items = {item: draw(st.integers(0, top)) for item, top in ITEMS.items()}
    months = draw(st.sampled_from([2, 3, 12, None]))
    for name in draw(st.lists(st.sampled_from([*sites, *items]), max_size=4, unique=True)):
        (sites if name in sites else items)[name] = None
    return sites, items, months


@settings(max_examples=150, deadline=None)
@given(partly_known())
def test_the_answer_and_the_deciding_items_are_those_of_every_completion(known):
    sites, items, months = known
    scored = score_answers("fm_2016", {"items": sites, **items, "months": months})
    answer, deciding = oracle(sites, items, months)
    assert scored.answer is answer
    assert set(scored.missing) == deciding


@settings(max_examples=60, deadline=None)
@given(partly_known(), st.data())
def test_filling_in_what_is_missing_never_turns_a_known_answer_around(known, data):
    sites, items, months = known
    before = score_answers("fm_2016", {"items": sites, **items, "months": months})
    filled = {site: data.draw(st.integers(0, 1)) if value is None else value for site, value in sites.items()}
    after = score_answers("fm_2016", {"items": filled, **items, "months": months})
    assert before.answer in (UNKNOWN, after.answer)
    assert set(after.missing) <= set(before.missing)


def test_only_a_total_known_gives_exactly_the_regions_it_allows():
    severe = {"sss": 9, "months": 6}
    table = {
        0: (0, NO),
        3: (3, NO),
        4: (4, UNKNOWN),
        8: (5, UNKNOWN),
        13: (5, UNKNOWN),
        14: (5, YES),
        19: (5, YES),
    }
    for wpi, (most, answer) in table.items():
        scored = score_answers("fm_2016", {"wpi": wpi, **severe})
        regions = scored.values["regions"]
        assert scored.answer is answer
        assert (regions["high"] if isinstance(regions, dict) else regions) == most


@pytest.mark.parametrize("total", range(20))
def test_the_regions_of_a_total_are_those_of_some_set_of_sites(total):
    # Up to 4 sites count for no region and each of 5 regions has 3 that count.
    possible = {
        sum(hit > 0 for hit in hits) for hits in product(range(4), repeat=5) if 0 <= total - sum(hits) <= 4
    }
    regions = score_answers("fm_2016", {"wpi": total}).values["regions"]
    low, high = (regions["low"], regions["high"]) if isinstance(regions, dict) else (regions, regions)
    assert (low, high) == (min(possible), max(possible))


@pytest.mark.parametrize(
    ("site", "wpi"),
    [("shoulder_girdle", 2), ("interscapular", 1), ("occiput", 0), ("wrist", 0), ("costal_arch_right", 1)],
)
def test_coarser_and_finer_sites_mark_the_index_sites_they_belong_to(site, wpi):
    scored = score_answers("fm_2016", {"sites": [site]})
    assert scored.values["wpi"] == wpi
    assert any("not counted" in ENGLISH.value(note) for note in scored.notes) is (wpi == 0)


def test_pain_all_over_names_no_site_and_frees_none():
    scored = score_answers("fm_2016", {"sites": ["widespread"], "sss": 9, "months": 6})
    assert scored.answer is UNKNOWN
    assert scored.values["wpi"] is None


@pytest.mark.parametrize(
    "sss",
    [
        [1, 2, 2, 1, 0, 0],
        {"items": [1, 2, 2, 1, 0, 0]},
        {"fatigue": 1, "waking_unrefreshed": 2, "cognitive": 2, "headaches": True},
    ],
)
def test_the_severity_scale_is_read_in_every_shape(sss):
    values = score_answers("fm_2016", {"sss": sss}).values
    assert values["sss"] in (6, {"low": 6, "high": 8})


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"sites": ["nek"]}, 'did you mean "neck"'),
        ({"sites": "neck"}, "write the painful sites as a list"),
        ({"sites": ["neck"], "wpi": 9}, "disagrees with the sites, which give 1"),
        ({"wpi": 3, "regions": 4}, "no set of sites"),
        ({"wpi": 14, "regions": 3}, "no set of sites"),
        ({"sites": ["neck"], "regions": 2}, "disagrees with the sites"),
        ({"sites": ["neck"], "items": {"neck": 0}}, "contradicts the list of sites"),
        ({"sss": 9, "sss_items": [0, 0, 0, 0, 0, 0]}, "disagrees with its items, which give 0"),
        ({"fatigue": True}, "true is not a number"),
        ({"fatigue": "2"}, "is not a number"),
        ({"months": -1}, "the duration in months is 0 to 1200"),
        ({"months": float("nan")}, "not a number"),
        ({"wpi": 20}, "so 20 cannot be right"),
        ({"wpi": 7.5}, "whole numbers"),
        ({"depresion": 1}, 'did you mean "depression"'),
        ([], "is not an object"),
    ],
)
def test_what_cannot_be_right_is_a_problem_with_its_remedy(wrong, says):
    with pytest.raises(Problems, match=says):
        score_answers("fm_2016", wrong)


def test_all_problems_come_at_once():
    with pytest.raises(Problems) as raised:
        score_answers("fm_2016", {"sites": ["nek", 3], "fatigue": 4, "months": "six", "wuh": 1})
    assert len(raised.value.problems) == 5


def test_a_minor_is_out_of_scope_even_when_the_rule_is_met():
    met = {"sites": "all", "sss": 12, "months": 24}
    assert score_answers("fm_2016", {**met, "age": 17}).answer is UNKNOWN
    assert score_answers("fm_2016", {**met, "age": 18}).answer is YES
    assert any("adult is assumed" in ENGLISH.value(note) for note in score_answers("fm_2016", met).notes)


def test_ranges_are_read_as_every_number_they_hold():
    given_range = {"sites": "all", "months": 6, "sss": {"low": 4, "high": 6}}
    assert score_answers("fm_2016", given_range).missing == ("sss",)
    assert score_answers("fm_2016", {**given_range, "sss": {"low": 5, "high": 6}}).answer is YES


def test_the_published_case_is_named_for_what_it_is():
    assert any("EULAR did not write" in ENGLISH.value(note) for note in score_answers("fm_2016", {}).notes)
