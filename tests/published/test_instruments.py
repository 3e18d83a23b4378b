"""Worked examples of the instruments: published, computed by third parties, or by the printed rule."""

from __future__ import annotations

import pytest

from assuage.instruments.scoring import score_answers
from assuage.terms.answers import Answer
from assuage.words.instruments import scored_to_json

TEN, NONE = [10], [0]


@pytest.mark.parametrize(
    ("function", "overall", "symptoms", "total"),
    [
        (TEN * 9, TEN * 2, TEN * 10, 100.0),
        (NONE * 9, NONE * 2, NONE * 10, 0.0),
        ([6, 4, 7, 8, 5, 3, 6, 7, 2], [6, 5], [7, 8, 6, 9, 3, 5, 4, 6, 7, 8], 58.5),  # 48/3 + 11 + 63/2
        (
            [6, None, 7, 8, 5, 3, 6, 7, 2],
            [6, 5],
            [7, 8, 6, 9, 3, 5, 4, 6, 7, 8],
            59.0,
        ),  # 44·9/8/3 + 11 + 63/2
    ],
)
def test_fiqr_totals_follow_the_scoring_guidelines(function, overall, symptoms, total):
    # Bennett RM et al. Arthritis Res Ther 2009;11:R120 and its authors' scoring guidelines.
    scored = score_answers("fiqr", {"function": function, "overall": overall, "symptoms": symptoms})
    assert scored.total == pytest.approx(total)


@pytest.mark.parametrize(
    ("total", "band"),
    [
        (23, "remission"),
        (23.5, "mild"),
        (40, "mild"),
        (63.4, "moderate"),
        (82, "severe"),
        (82.5, "very_severe"),
    ],
)
def test_fiqr_bands_round_first_and_give_83_to_very_severe(total, band):
    assert score_answers("fiqr", {"total": total}).band == band


# kind: MII example response; demo app (its text says moderate depression, the bands say otherwise)
@pytest.mark.parametrize(
    ("items", "total", "band"),
    [([3] * 9, 27, "severe"), ([2, 2, 3, 3, 1, 2, 2, 0, 0], 15, "moderately_severe")],
)
def test_phq9_third_party_examples(items, total, band):
    scored = score_answers("phq9", {"items": items})
    assert (scored.total, scored.band, scored.answer) == (total, band, Answer.YES)


# MII, PACIO and HL7 PHR example responses
@pytest.mark.parametrize(
    ("items", "total", "band"),
    [
        ([1, 1, 1, 2, 2, 0, 0], 7, "mild"),
        ([1, 1, 1, 1, 0, 1, 2], 7, "mild"),
        ([0, 0, 1, 1, 0, 1, 0], 3, "minimal"),
    ],
)
def test_gad7_third_party_examples(items, total, band):
    scored = score_answers("gad7", {"items": items})
    assert (scored.total, scored.band, scored.answer) == (total, band, Answer.NO)


@pytest.mark.parametrize(
    ("items", "total", "band", "anxiety", "depression"),
    [
        ([1, 2, 0, 0], 3, "mild", Answer.YES, Answer.NO),
        ([2, 2, 1, 1], 6, "moderate", Answer.YES, Answer.NO),
    ],
)
def test_phq4_scores_its_two_halves(items, total, band, anxiety, depression):
    scored = score_answers("phq4", {"items": items})
    assert (scored.total, scored.band) == (total, band)
    assert (scored.parts["anxiety"].answer, scored.parts["depression"].answer) == (anxiety, depression)


@pytest.mark.parametrize(
    ("items", "total", "band"),
    [
        ([1] * 7, 7, "none"),
        ([2, 1, 1, 1, 1, 1, 1], 8, "subthreshold"),
        ([4, 3, 3, 3, 3, 3, 3], 22, "severe"),
    ],
)
def test_isi_bands(items, total, band):
    scored = score_answers("isi", {"items": items})
    assert (scored.total, scored.band) == (total, band)


@pytest.mark.parametrize(
    ("raw", "answered", "percent", "band"),
    [
        (16, 10, 32.0, "moderate"),  # published scoring guide
        (16, 9, 35.6, "moderate"),  # published scoring guide, which truncates to 35.5
        (19, 10, 38.0, "moderate"),  # PACIO example 3
        (13, 10, 26.0, "mild"),  # PACIO example 5
        (35, 10, 70.0, "complete"),
    ],
)
def test_ndi_percentages(raw, answered, percent, band):
    scored = score_answers("ndi", {"raw": raw, "answered": answered})
    assert scored.values["percent"] == pytest.approx(percent, abs=0.05)
    assert scored.band == band


@pytest.mark.parametrize(
    ("sensory", "course", "radiation", "total", "band"),
    [
        ([0] * 7, -1, 0, -1, "unlikely"),
        ([5] * 7, 1, 2, 38, "likely"),
        ([2, 2, 2, 2, 2, 1, 1], 1, 0, 13, "unclear"),
        ([3, 3, 3, 2, 2, 2, 1], 1, 2, 19, "likely"),
    ],
)
def test_paindetect_totals(sensory, course, radiation, total, band):
    scored = score_answers("paindetect", {"sensory": sensory, "course": course, "radiation": radiation})
    assert (scored.total, scored.band) == (total, band)


@pytest.mark.parametrize(
    ("instrument", "items", "total", "positive"),
    [
        ("dn4", [0, 0, 0, 1, 0, 1, 0, 0, 0, 0], 2, Answer.NO),
        ("dn4", [0, 0, 1, 1, 0, 1, 0, 1, 0, 0], 4, Answer.YES),
        ("first", [1, 1, 1, 1, 1, 0], 5, Answer.YES),
        ("first", [1, 1, 1, 1, 0, 0], 4, Answer.NO),
    ],
)
def test_screens_of_yes_and_no(instrument, items, total, positive):
    scored = score_answers(instrument, {"items": items})
    assert (scored.total, scored.answer) == (total, positive)


@pytest.mark.parametrize(
    ("total", "band", "positive"),
    [(39, "mild", Answer.NO), (40, "moderate", Answer.YES), (60, "extreme", Answer.YES)],
)
def test_csi_levels(total, band, positive):
    # Neblett R et al. Pain Pract 2017;17(2):166-175; the cut-off of 40: J Pain 2013;14(5):438-445.
    scored = score_answers("csi", {"total": total})
    assert (scored.band, scored.answer) == (band, positive)


@pytest.mark.parametrize(("items", "mean"), [([6, 7, 5], 6.0), ([4, 4, 5], 4.33)])
def test_peg_is_a_mean(items, mean):
    assert scored_to_json(score_answers("peg", {"items": items}))["total"] == mean


@pytest.mark.parametrize(
    ("fs", "wolfe2015", "salaffi2021"),
    [
        (3, "none", "remission"),
        (4, "mild", "remission"),
        (8, "moderate", "mild"),
        (11, "moderate", "mild"),
        (14, "severe", "mild"),
        (19, "severe", "moderate"),
        (31, "very_severe", "very_severe"),
    ],
)
def test_the_two_published_bands_of_the_fs_score_contradict_each_other(fs, wolfe2015, salaffi2021):
    # Wolfe F et al. J Rheumatol 2015;42(8):1494-1501; Salaffi F et al. Rheumatology (Oxford) 2021.
    told = scored_to_json(score_answers("fs", {"total": fs}))
    assert told["bands"] == {"wolfe2015": wolfe2015, "salaffi2021": salaffi2021}


@pytest.mark.parametrize(
    ("baseline", "follow", "points", "percent", "by_percent", "by_points"),
    [
        (7, 7, 0, 0.0, "none", "none"),
        (7, 6, 1, 14.3, "minimal", "minimal"),
        (7, 5, 2, 28.6, "minimal", "moderate"),
        (7, 4, 3, 42.9, "moderate", "moderate"),
        (7, 4.9, 2.1, 30.0, "moderate", "moderate"),
        (7, 3.5, 3.5, 50.0, "substantial", "moderate"),
        (4, 2, 2, 50.0, "substantial", "moderate"),
        (4, 5, -1, -25.0, "worse", "worse"),
    ],
)
def test_immpact_thresholds(baseline, follow, points, percent, by_percent, by_points):
    # Dworkin RH et al. J Pain 2008;9:105-121. 7 to 5 and 7 to 4 are the published case's evening peaks.
    values = score_answers("immpact", {"baseline": baseline, "follow": follow}).values
    assert values["points"] == pytest.approx(points)
    assert values["percent"] == pytest.approx(percent, abs=0.05)
    assert (values["by_percent"], values["by_points"]) == (by_percent, by_points)
