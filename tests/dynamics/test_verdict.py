"""One function from numbers to a word: the word never contradicts the numbers that stand below it."""

from __future__ import annotations

from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assuage.dynamics.verdict import DiaryEvidence, LagEvidence, adjusted, combined_chance, verdict_word


def lag(estimate: float, sd: float) -> LagEvidence:
    """What a diary with normal doubt says of one lag."""
    of = NormalDist(estimate, sd)
    return LagEvidence(estimate - 1.96 * sd, estimate + 1.96 * sd, 1 - of.cdf(0), 1 - of.cdf(1), of.cdf(-1))


def evidence(*pairs: tuple[float, float], same_day_open: bool = False) -> DiaryEvidence:
    return DiaryEvidence(tuple(lag(estimate, sd) for estimate, sd in pairs), same_day_open=same_day_open)


@pytest.mark.parametrize(
    ("of", "word"),
    [
        (evidence((2.0, 0.5), (0.0, 0.5), (0.0, 0.5)), "likely"),
        (evidence((0.0, 0.5), (0.0, 0.5), (2.0, 0.5)), "likely"),
        (evidence((1.35, 0.5), (0.0, 0.5), (0.0, 0.5)), "possible"),
        (evidence((0.5, 0.5), (0.0, 0.5), (0.0, 0.5)), "cannot tell"),
        (evidence((0.1, 0.3), (0.0, 0.3), (-0.1, 0.3)), "no difference of a point"),
        (evidence((-1.6, 0.1), (0.0, 0.1), (0.0, 0.1)), "helps"),
        (evidence((-1.5, 0.5), (1.7, 0.5), (0.0, 0.5)), "cannot tell"),
        (evidence((-1.1, 0.5), (4.0, 0.5), (0.0, 0.5)), "likely"),
        (evidence((-1.2, 0.75), (-0.3, 0.7), (-1.2, 0.7)), "cannot tell"),
        (evidence((0.1, 0.3), (0.0, 0.3), (-0.1, 0.3), same_day_open=True), "cannot tell"),
        (evidence((2.0, 0.5), (0.0, 0.5), (0.0, 0.5), same_day_open=True), "likely"),
        (DiaryEvidence(), "cannot tell"),
    ],
)
def test_numbers_become_a_word(of, word):
    assert verdict_word(of) == word


some_lags = st.lists(st.tuples(st.floats(-4, 4), st.floats(0.05, 3)), min_size=1, max_size=4).map(
    lambda pairs: evidence(*pairs)
)


@given(some_lags)
def test_a_word_never_contradicts_the_numbers_below_it(of):
    match verdict_word(of):
        case "likely" | "possible":
            assert any(each.p_worse > 0.95 for each in of.lags)
        case "helps":
            assert any(each.high < 0 for each in of.lags)
        case "no difference of a point":
            assert all(each.low <= 0 <= each.high for each in of.lags)
            assert all(max(each.p_point_worse, each.p_point_better) <= 0.05 for each in of.lags)
        case _:
            pass


@given(some_lags)
def test_what_is_mirrored_is_never_worse_and_never_both(of):
    mirrored = DiaryEvidence(
        tuple(
            LagEvidence(-each.high, -each.low, 1 - each.p_worse, each.p_point_better, each.p_point_worse)
            for each in of.lags
        )
    )
    if verdict_word(of) == "helps":
        assert verdict_word(mirrored) == "likely"


@given(st.lists(st.floats(1e-9, 1), min_size=1, max_size=30))
def test_looking_at_more_never_makes_a_link_surer(chances):
    assert all(after >= before for before, after in zip(chances, adjusted(chances), strict=True))


def test_corrected_chances_are_those_of_r():
    # p.adjust(c(.01, .02, .03, .5), "BH")
    assert adjusted([0.01, 0.02, 0.03, 0.5]) == pytest.approx([0.04, 0.04, 0.04, 0.5])


def test_an_average_over_equal_chances_is_that_chance():
    assert combined_chance(evidence((1, 0.5), (1, 0.5)), worse=True) == pytest.approx(
        combined_chance(evidence((1, 0.5)), worse=True)
    )
