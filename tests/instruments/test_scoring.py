"""Totals, intervals, bands and cut-offs: by example and as laws that hold for every instrument."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assuage.errors import InputError, Problems
from assuage.instruments import INSTRUMENTS
from assuage.instruments.scoring import score_answers
from assuage.terms.answers import Answer
from assuage.words.instruments import scored_to_json
from assuage.words.speak import ENGLISH

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
WITH_ITEMS = [i.id for i in INSTRUMENTS.values() if i.items]
NUMBERED = [i for i in WITH_ITEMS if INSTRUMENTS[i].reader == "plain"]


def allowed(item):
    return st.sampled_from(item.values) if item.values else st.integers(item.low, item.high)


@st.composite
def answered(draw, unanswered=True):
    """An instrument and its items, some of them unanswered."""
    instrument = INSTRUMENTS[draw(st.sampled_from(WITH_ITEMS))]
    value = st.one_of(*[st.none()] * unanswered, st.integers(0, 1))
    values = {}
    for item in instrument.items:
        open_item = unanswered and draw(value) is None
        values[item.id] = None if open_item else draw(allowed(item))
    return instrument, values


@given(answered())
def test_totals_lie_within_the_range_of_the_instrument(case):
    instrument, values = case
    scored = score_answers(instrument.id, {"items": values})
    assert instrument.low <= scored.low <= scored.high <= instrument.high
    if scored.total is not None:
        assert scored.low <= scored.total + 1e-9
        assert scored.total <= scored.high + 1e-9


@given(answered(unanswered=False), st.data())
def test_totals_grow_with_every_item(case, data):
    instrument, values = case
    item = data.draw(st.sampled_from(instrument.items))
    more = data.draw(allowed(item).filter(lambda value: value >= values[item.id]))
    before = score_answers(instrument.id, {"items": values})
    after = score_answers(instrument.id, {"items": {**values, item.id: more}})
    assert after.total >= before.total


@given(answered(), st.data())
def test_filling_in_an_item_shrinks_intervals_and_turns_no_answer_around(case, data):
    instrument, values = case
    open_items = [item for item in instrument.items if values[item.id] is None]
    if not open_items:
        return
    item = data.draw(st.sampled_from(open_items))
    before = score_answers(instrument.id, {"items": values})
    after = score_answers(instrument.id, {"items": {**values, item.id: data.draw(allowed(item))}})
    assert before.low - 1e-9 <= after.low <= after.high <= before.high + 1e-9
    if before.answer is not UNKNOWN:
        assert after.answer is before.answer
    for key, part in before.parts.items():
        assert part.answer in (None, UNKNOWN, after.parts[key].answer)
    for then, now in zip(before.bands, after.bands, strict=True):
        assert set(now.possible) <= set(then.possible)
        assert then.band in (None, now.band)
    assert set(after.missing) < set(before.missing)


@given(st.sampled_from(["fiqr", "paindetect", "phq9", "peg", "ndi", "bpi_interference"]), st.data())
def test_the_possible_bands_are_those_of_every_completion(instrument_id, data):
    instrument = INSTRUMENTS[instrument_id]
    values = {item.id: data.draw(allowed(item)) for item in instrument.items}
    open_items = data.draw(st.lists(st.sampled_from(instrument.items), max_size=2, unique=True))
    choices = [item.values or range(item.low, item.high + 1) for item in open_items]
    scored = score_answers(instrument_id, {"items": {**values, **{item.id: None for item in open_items}}})
    bands, totals = [set() for _ in instrument.bands], set()
    for filled in product(*choices):
        ids = [item.id for item in open_items]
        one = score_answers(instrument_id, {"items": {**values, **dict(zip(ids, filled, strict=True))}})
        totals.add(one.total)
        for n, banded in enumerate(one.bands):
            bands[n].add(banded.band)
    assert (scored.low, scored.high) == (pytest.approx(min(totals)), pytest.approx(max(totals)))
    for banded, expected in zip(scored.bands, bands, strict=True):
        assert set(banded.possible) == expected


@given(answered())
def test_a_total_that_can_only_be_a_whole_number_is_one_whatever_was_answered(case):
    instrument, values = case
    scored = score_answers(instrument.id, {"items": values})
    if instrument.totals_are_whole and scored.total is not None:
        assert scored.total == int(scored.total)


@pytest.mark.parametrize("instrument_id", ["peg", "bpi_severity", "ndi", "phq9"])
def test_a_mean_and_a_total_with_a_rule_for_unanswered_items_may_have_a_fraction(instrument_id):
    instrument = INSTRUMENTS[instrument_id]
    first, *_, last = instrument.items
    values = {item.id: int(item is first) for item in instrument.items}
    total = score_answers(
        instrument_id, {"items": values | ({last.id: None} if instrument.prorating else {})}
    ).total
    assert total != int(total)
    assert not instrument.totals_are_whole


@pytest.mark.parametrize("instrument_id", INSTRUMENTS)
def test_every_instrument_can_be_scored_from_nothing_and_says_so(instrument_id):
    given_nothing = {"coding": "guy_farrar"} if instrument_id == "pgic" else {}
    scored = score_answers(instrument_id, given_nothing)
    assert scored.total is None
    assert scored.missing
    assert scored.band is None
    assert scored.answer in (None, UNKNOWN)


@pytest.mark.parametrize("instrument_id", INSTRUMENTS)
def test_every_instrument_is_a_scale_and_takes_its_ends(instrument_id):
    instrument = INSTRUMENTS[instrument_id]
    scale = instrument.scale
    assert (scale.code, scale.low, scale.high, scale.daily) == (
        instrument_id,
        instrument.low,
        instrument.high,
        "last",
    )
    for end in (scale.low, scale.high):
        coding = {"coding": "guy_farrar"} if instrument_id == "pgic" else {}
        assert score_answers(instrument_id, {"total": end, **coding}).total == end


@pytest.mark.parametrize("instrument_id", WITH_ITEMS)
def test_the_range_of_an_instrument_is_that_of_its_items(instrument_id):
    instrument = INSTRUMENTS[instrument_id]
    for end, values in (("low", min), ("high", max)):
        items = {item.id: values(item.values or (item.low, item.high)) for item in instrument.items}
        assert score_answers(instrument_id, {"items": items}).total == getattr(instrument, end)


@pytest.mark.parametrize(
    "scheme", [(i, b) for i in INSTRUMENTS.values() for b in i.bands], ids=lambda p: p[1].scheme
)
def test_no_total_falls_between_two_bands(scheme):
    instrument, bands = scheme
    first, last = bands.bands[0][0], bands.bands[-1][1]
    for tenth in range(int(first * 10), int(last * 10) + 1):
        if instrument.whole and tenth % 10:
            continue
        coded = score_answers(instrument.id, {"total": tenth / 10})
        assert next(b for b in coded.bands if b.scheme == bands.scheme).band


# --- missing items -----------------------------------------------------------------------------------


def test_an_item_without_an_answer_makes_an_interval_not_a_zero():
    scored = score_answers("gad7", [3, 3, 3, None, 0, 0, 0])
    assert (scored.total, scored.low, scored.high) == (None, 9, 12)
    assert (scored.answer, scored.missing) == (UNKNOWN, ("relax",))
    assert scored_to_json(scored)["possible_bands"] == {"standard": ["mild", "moderate"]}


def test_an_answer_that_every_completion_gives_is_known():
    assert score_answers("gad7", [3, 3, 3, 1, None, None, None]).answer is YES
    assert score_answers("gad7", [0, 0, 0, 0, None, None, None]).answer is NO


def test_two_unanswered_items_of_the_phq9_are_prorated_and_three_are_not():
    two = score_answers("phq9", [1, 1, 1, 1, 1, 1, 1, None, None])
    assert (two.total, two.prorated, two.low, two.high) == (9, True, 7, 13)
    assert two.bands[0].band is None
    assert two.bands[0].prorated == "mild"
    assert any("from memory" in ENGLISH.value(note) for note in two.notes)
    three = score_answers("phq9", [1, 1, 1, 1, 1, 1, None, None, None])
    assert (three.total, three.prorated, three.low, three.high) == (None, False, 6, 15)


def test_one_section_of_the_ndi_may_be_skipped():
    one = score_answers("ndi", {"items": [2, 2, 2, 2, 2, 2, 2, None, 2, 2]})
    assert (one.total, one.values["percent"], one.low, one.high) == (20, 40, 18, 23)
    assert score_answers("ndi", {"items": [2, 2, 2, 2, 2, 2, 2, None, None, 2]}).total is None
    assert score_answers("ndi", {"raw": 16, "answered": 8}).total is None


def test_bpi_interference_needs_four_of_seven():
    assert score_answers("bpi_interference", [2, 4, 6, 8, None, None, None]).total == 5
    assert score_answers("bpi_interference", [2, 4, 6, None, None, None, None]).total is None


def test_a_whole_domain_of_the_fiqr_unanswered_is_not_scorable():
    scored = score_answers("fiqr", {"function": [5] * 9, "overall": None, "symptoms": [5] * 10})
    assert (scored.total, scored.low, scored.high) == (None, 40, 60)


# --- safety, codings, chosen activities, halves ------------------------------------------------------


@pytest.mark.parametrize(
    ("given_items", "says"),
    [
        ([0] * 8 + [1], "answered above 0"),
        ([0] * 8 + [None], "is not known"),
        ({"total": 5}, "is not known"),
        ({"total": 25}, "answered above 0"),
        ({}, "is not known"),
    ],
)
def test_item_9_of_the_phq9_is_asked_about_whatever_the_total(given_items, says):
    assert says in ENGLISH.value(score_answers("phq9", given_items).notes[0])


@pytest.mark.parametrize("given_items", [[3] * 8 + [0], {"total": 0}])
def test_item_9_answered_with_0_is_silent(given_items):
    assert not any("Item 9" in note for note in score_answers("phq9", given_items).notes)


def test_the_two_codings_of_the_pgic_run_in_opposite_directions():
    assert score_answers("pgic", {"value": 2, "coding": "guy_farrar"}).answer is YES
    assert score_answers("pgic", {"value": 2, "coding": "hurst_bolton"}).answer is NO
    assert score_answers("pgic", {"value": 2, "coding": "guy_farrar"}).band == "moderate"
    with pytest.raises(Problems, match="coding: is not given; write guy_farrar or hurst_bolton"):
        score_answers("pgic", {"value": 2})


@pytest.mark.parametrize(("activities", "mean"), [([3, 4, 5], 4), ([3, 4, 5, 8], 5), ([1, 2, 3, 4, 5], 3)])
def test_the_psfs_is_the_mean_of_the_activities_chosen(activities, mean):
    assert score_answers("psfs", activities).total == mean
    assert INSTRUMENTS["psfs"].scale.higher_is == "better"
    assert INSTRUMENTS["psfs_2_0"].scale.higher_is == "worse"


def test_the_interview_part_of_the_dn4_has_its_own_cut_off():
    scored = score_answers("dn4", {"interview": [1, 1, 1, 0, 0, 0, 0], "examination": None})
    assert (scored.answer, scored.parts["interview"].answer) == (UNKNOWN, YES)
    assert score_answers("dn4_interview", [1, 1, 0, 0, 0, 0, 0]).answer is NO


def test_zero_pain_has_no_band_where_a_scheme_starts_at_one():
    bands = scored_to_json(score_answers("pain_nrs", 0))["bands"]
    assert (bands["conventional"], bands["serlin1995"], bands["boonstra2016_chronic_msk"]) == (
        "none",
        None,
        "mild",
    )


def test_every_band_carries_the_name_of_its_scheme():
    told = scored_to_json(score_answers("fs", {"wpi": 8, "sss": 6}))
    assert (told["total"], told["band"]) == (14, "severe")
    assert told["bands"] == {"wolfe2015": "severe", "salaffi2021": "mild"}


def test_the_index_tells_regions_and_what_did_not_count():
    scored = score_answers("wpi", {"sites": ["neck", "shoulder_girdle", "wrist"]})
    assert (scored.total, scored.values["regions"]) == (3, 3)
    assert any("wrist" in ENGLISH.value(note) for note in scored.notes)
    assert score_answers("wpi", ["neck"]).total == 1
    assert score_answers("wpi", {"neck": 1, "chest": None}).low == 1


def test_an_unknown_instrument_names_the_nearest():
    with pytest.raises(InputError, match='did you mean "gad7"'):
        score_answers("gda7", {})
