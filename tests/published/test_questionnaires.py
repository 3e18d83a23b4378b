"""Scored examples and published ranges of the questionnaires without wording."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assuage.errors import Problems
from assuage.instruments import INSTRUMENTS
from assuage.instruments.scoring import score_answers
from assuage.terms.answers import NO, UNKNOWN, YES
from assuage.words.speak import ENGLISH

# The range that is published for the total when every item is at its lowest and at its highest.
RANGES = [
    ("pcs", 0, 52),  # Rehabilitation Measures Database
    ("hads", 0, 42),  # bio-protocol 9706213
    ("tsk11", 11, 44),  # Physiotutors
    ("pseq", 0, 60),  # Nicholas 2007
    ("hit6", 36, 78),  # Physiotutors
    ("psqi", 0, 21),  # bio-protocol 8724295
    ("stop_bang", 0, 8),
    ("audit_c", 0, 12),  # eMentalHealth.ca
]


@pytest.mark.parametrize(("instrument", "low", "high"), RANGES)
def test_the_total_runs_from_the_lowest_to_the_highest_that_is_published(
    instrument: str, low: int, high: int
):
    items = INSTRUMENTS[instrument].items
    assert score_answers(instrument, [item.low for item in items]).total == low
    assert score_answers(instrument, [item.high for item in items]).total == high


def test_the_subscales_of_pcs_are_by_item_number():
    # Rumination 8-11 of 0-16, magnification 6, 7, 13 of 0-12, helplessness 1-5, 12 of 0-24.
    scored = score_answers("pcs", {str(n): 4 if n in (8, 9, 10, 11) else 0 for n in range(1, 14)})
    assert [scored.parts[key].values["value"] for key in ("rumination", "magnification", "helplessness")] == [
        16,
        0,
        0,
    ]
    scored = score_answers("pcs", {str(n): 4 if n in (6, 7, 13) else 0 for n in range(1, 14)})
    assert [scored.parts[key].values["value"] for key in ("rumination", "magnification", "helplessness")] == [
        0,
        12,
        0,
    ]


@pytest.mark.parametrize(("total", "answer"), [(30, NO), (31, YES), (52, YES)])
def test_catastrophizing_is_relevant_above_30(total: int, answer: Any):
    assert score_answers("pcs", {"total": total}).answer is answer


@pytest.mark.parametrize(
    ("anxiety", "depression", "answers"),
    [(7, 0, (NO, NO, NO)), (8, 0, (YES, NO, NO)), (10, 11, (YES, NO, YES)), (11, 7, (YES, YES, NO))],
)
def test_hads_reads_its_two_halves_apart(anxiety: int, depression: int, answers: tuple[Any, ...]):
    # Odd items are anxiety, even items depression; 0-7 no case, 8-10 possible, 11-21 probable.
    halves = [[min(3, max(0, total - 3 * n)) for n in range(7)] for total in (anxiety, depression)]
    scored = score_answers("hads", [answer for pair in zip(*halves, strict=True) for answer in pair])
    parts = ("anxiety_possible", "anxiety", "depression")
    assert tuple(scored.parts[part].answer for part in parts) == answers


@pytest.mark.parametrize(("total", "band"), [(19, "severe"), (20, "moderate"), (31, "mild"), (41, "minimal")])
def test_bands_of_pseq(total: int, band: str):
    assert score_answers("pseq", total).bands[0].band == band


@pytest.mark.parametrize(
    ("total", "band"), [(49, "little"), (50, "some"), (55, "some"), (56, "substantial"), (60, "severe")]
)
def test_bands_of_hit6(total: int, band: str):
    assert score_answers("hit6", total).bands[0].band == band


def test_an_answer_of_hit6_has_one_of_five_weights():
    assert score_answers("hit6", [6, 8, 10, 11, 13, 6]).total == 54
    with pytest.raises(Problems, match="6, 8, 10, 11 or 13"):
        score_answers("hit6", [7, 8, 10, 11, 13, 6])


@pytest.mark.parametrize(
    ("given", "percent", "band"),
    [
        ({"raw": 16}, 32, "moderate"),  # 16 of 50 is 32 percent
        ({"raw": 16, "answered": 9}, 35.6, "moderate"),  # 16 of 45 is 35.5 percent
        ([2] * 8 + [0, None], 35.6, "moderate"),
        ([1] * 10, 20, "minimal"),
        ([1] * 9 + [2], 22, "moderate"),
        ([5] * 10, 100, "bed_bound"),
    ],
)
def test_the_percentage_of_odi_with_sections_left_out(given: Any, percent: float, band: str):
    scored = score_answers("odi", given)
    assert scored.values["percent"] == pytest.approx(percent, abs=0.05)
    assert band in (scored.bands[0].band, scored.bands[0].prorated)


def test_odi_with_three_sections_left_out_has_no_percentage_but_an_interval():
    scored = score_answers("odi", [2] * 7 + [None] * 3)
    assert (scored.total, scored.low, scored.high) == (None, 14, 29)


@pytest.mark.parametrize(("total", "men", "women"), [(2, NO, NO), (3, NO, YES), (4, YES, YES)])
def test_audit_c_has_a_cut_off_for_each_sex_and_gives_no_answer_of_its_own(total: int, men: Any, women: Any):
    scored = score_answers("audit_c", total)
    assert (scored.parts["men"].answer, scored.parts["women"].answer, scored.answer) == (men, women, None)


@pytest.mark.parametrize(
    ("total", "band"), [(2, "low"), (3, "intermediate"), (4, "intermediate"), (5, "high")]
)
def test_bands_of_stop_bang(total: int, band: str):
    assert score_answers("stop_bang", total).bands[0].band == band


def test_tsk11_has_no_reversed_item():
    for number in range(11):
        answers = [1] * 11
        answers[number] = 4
        assert score_answers("tsk11", answers).total == 14


# --- EQ-5D-5L ------------------------------------------------------------------------------------------------


def test_a_profile_is_its_levels_in_order_and_no_index():
    scored = score_answers("eq5d5l", [2, 1, 2, 3, 2])
    assert scored.values == {"profile": "21232"}
    assert any("no index" in ENGLISH.value(note) for note in scored.notes)


@pytest.mark.parametrize("given", ["21232", 21232, {"profile": "21232"}, [2, 1, 2, 3, 2]])
def test_a_profile_may_be_written_as_its_digits(given: Any):
    assert score_answers("eq5d5l", given).values["profile"] == "21232"


def test_a_level_that_is_not_known_is_9():
    assert score_answers("eq5d5l", [2, None, 2, 3, 2]).values["profile"] == "29232"
    assert score_answers("eq5d5l", "29232").missing == ("self_care",)


def test_there_is_no_sixth_level():
    with pytest.raises(Problems, match="1 to 5"):
        score_answers("eq5d5l", "21262")


# --- PSQI ----------------------------------------------------------------------------------------------------

NIGHT: dict[str, Any] = {
    "q1": "23:00", "q2": 20, "q3": "07:00", "q4": 6, "q5a": 2, **{f"q5{letter}": 1 for letter in "bcdefghij"},
    "q6": 1, "q7": 0, "q8": 1, "q9": 1,
}  # fmt: skip


def components(**changed: Any) -> list[float]:
    from assuage.instruments.psqi import components_of
    from assuage.instruments.reading import InputReader

    scored = components_of(InputReader(), {**NIGHT, **changed})
    return [-1 if span is None or span[0] != span[1] else span[0] for span in scored.values()]


@pytest.mark.parametrize(
    ("changed", "component", "points"),
    [
        # The table of the Korean version (Sohn 2012), each line at its boundaries.
        ({"q2": 15, "q5a": 0}, 1, 0),
        ({"q2": 16, "q5a": 0}, 1, 1),
        ({"q2": 30, "q5a": 1}, 1, 1),
        ({"q2": 31, "q5a": 1}, 1, 2),
        ({"q2": 60, "q5a": 2}, 1, 2),
        ({"q2": 61, "q5a": 2}, 1, 3),
        ({"q4": 7}, 2, 0),
        ({"q4": 6.9}, 2, 1),
        ({"q4": 6}, 2, 1),
        ({"q4": 5.5}, 2, 2),
        ({"q4": 5}, 2, 2),
        ({"q4": 4.9}, 2, 3),
        ({"q4": 6.8}, 3, 0),  # 6.8 of 8 hours is 85 percent
        ({"q4": 6.7}, 3, 1),
        ({"q4": 6}, 3, 1),  # 75 percent
        ({"q4": 5.9}, 3, 2),
        ({"q4": 5.2}, 3, 2),  # 65 percent
        ({"q4": 5.1}, 3, 3),
        ({f"q5{letter}": 0 for letter in "bcdefghij"}, 4, 0),
        ({}, 4, 1),  # nine answers of 1 are 9
        ({"q5b": 2}, 4, 2),
        ({f"q5{letter}": 2 for letter in "bcdefghij"}, 4, 2),
        ({f"q5{letter}": 2 for letter in "bcdefghi"} | {"q5j": 3}, 4, 3),
        ({"q8": 0, "q9": 0}, 6, 0),
        ({"q8": 1, "q9": 1}, 6, 1),
        ({"q8": 1, "q9": 2}, 6, 2),
        ({"q8": 2, "q9": 3}, 6, 3),
    ],
)
def test_each_component_by_the_published_table(changed: dict[str, Any], component: int, points: int):
    assert components(**changed)[component] == points


def test_a_night_is_scored_over_midnight():
    # quality 1, latency 1+2=3 -> 2, duration 6 h -> 1, efficiency 75 % -> 1, disturbances 9 -> 1, none, 2 -> 1.
    scored = score_answers("psqi", NIGHT)
    assert (scored.total, scored.answer) == (7, YES)
    assert score_answers("psqi", [1, 2, 1, 1, 1, 0, 1]).total == 7
    named = {"bed_time": "23:00", "minutes_to_sleep": 20, "rise_time": "07:00", "hours_asleep": 6}
    rest = {key: value for key, value in NIGHT.items() if key not in ("q1", "q2", "q3", "q4")}
    assert score_answers("psqi", {**named, **rest}).total == 7


@pytest.mark.parametrize(("total", "answer"), [(5, NO), (6, YES)])
def test_sleep_is_poor_above_5(total: int, answer: Any):
    assert score_answers("psqi", total).answer is answer


def test_an_unanswered_disturbance_is_not_filled():
    scored = score_answers("psqi", {**NIGHT, "q5j": None})
    assert (scored.low, scored.high) == (7, 8)  # eight answers of 1, and one of 0 to 3
    assert score_answers("psqi", {"q4": 3}).answer is UNKNOWN


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"q1": "25:00"}, "not a time of day"),
        ({"q1": 23}, "not a time of day"),
        ({"q3": "23:00"}, "is the time of going to bed"),
        ({"q4": 9}, "9 hours of sleep in 8 hours of bed"),
        ({"q10": 1}, "q10"),
        ({"q6": 4}, "0 to 3"),
    ],
)
def test_what_cannot_be_right_is_a_problem(changed: dict[str, Any], problem: str):
    with pytest.raises(Problems, match=problem):
        score_answers("psqi", {**NIGHT, **changed})


@given(
    st.fixed_dictionaries({key: st.none() | st.integers(0, 3) for key in NIGHT if key > "q4"}),
    st.integers(0, 3),
)
def test_no_answer_moves_a_known_component(answers: dict[str, Any], filled: int):
    from assuage.instruments.psqi import components_of
    from assuage.instruments.reading import InputReader

    before = components_of(InputReader(), {**NIGHT, **answers})
    after = components_of(
        InputReader(),
        {**NIGHT, **{key: filled if value is None else value for key, value in answers.items()}},
    )
    for key, span in before.items():
        low, high = span or (0, 3)
        now = after[key]
        assert now is not None
        assert low <= now[0] <= now[1] <= high
