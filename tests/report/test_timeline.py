"""The timeline shows what was recorded, all of it, and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from assuage.report import timeline
from assuage.report.look.tokens import GROUND
from assuage.report.timeline.axis import axis_of
from assuage.report.timeline.files import course_picture, timeline_in_words
from assuage.report.timeline.scores import joined_values
from assuage.review.model import Breach
from tests.report.pictures import painted
from tests.report.records import a_year_of_six_series, example, reviewed, written

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def case():
    record = example("case")
    return record, reviewed(record)


@pytest.fixture(scope="module")
def drawn(case):
    return timeline.svg(*case)


def texts(drawn: str) -> list[str]:
    """Every text that is written in a picture."""
    return [each.text or "" for each in ElementTree.fromstring(drawn).iter(f"{SVG}text")]


def score(day: int, value: float, time: str | None = None, **more: object) -> dict[str, object]:
    said = {"day": day, "kind": "score", "scale": "pain", "value": value, **more}
    return said if time is None else {**said, "time": time}


# --- the published case ------------------------------------------------------------------------------


def test_the_published_case_has_five_drugs_eight_sessions_two_massages_and_three_phases(case):
    shown = timeline.rows(*case)
    assert len({row.lane for row in shown if row.panel == "medication"}) == 5
    assert sum(row.what == "session" and row.lane == "mesotherapy" for row in shown) == 8
    assert sum(row.what == "exposure" and row.lane == "massage" for row in shown) == 2
    assert [row.lane for row in shown if row.what == "stay"] == [
        "Settle the nervous system",
        "Quieten the neck",
        "Move",
    ]


def test_both_massages_are_marked_as_breaches_on_their_days(case):
    marked = [(row.day, row.breach) for row in timeline.rows(*case) if row.what == "exposure"]
    assert marked == [(40, "breach"), (47, "breach")]


def test_the_picture_holds_every_row_of_the_table_as_the_title_of_a_mark(case, drawn):
    titles = Counter(one.text for one in ElementTree.fromstring(drawn).iter(f"{SVG}title"))
    rows = Counter(row.sentence for row in timeline.rows(*case))
    assert {sentence: titles[sentence] for sentence in rows} == dict(rows)


def test_tizanidine_ends_on_an_inferred_day_with_its_reason_and_the_others_go_on(case):
    bars = {row.lane: row for row in timeline.rows(*case) if row.panel == "medication"}
    stopped = bars.pop("tizanidine")
    assert (stopped.day, stopped.until, stopped.until_approximate, stopped.ongoing) == (0, 30, True, False)
    assert stopped.remark == "stopped: ineffective"
    assert all(row.ongoing for row in bars.values())


def test_the_range_of_day_30_stays_a_range(case):
    (row,) = [row for row in timeline.rows(*case) if row.lane == "pain, neck and shoulder girdle"]
    assert (row.low, row.high, row.label, row.approximate) == (4, 5, "4–5", True)


def test_pain_of_the_first_day_is_kept_apart_by_time_of_day(case):
    pain = [row for row in timeline.rows(*case) if row.lane == "pain"]
    assert [(row.time, row.low) for row in pain] == [("morning", 4), ("evening", 7)]


def test_an_inferred_day_is_hollow_and_a_stated_one_is_filled(case):
    paints = dict(painted(course_picture(*case).shapes))
    for row in timeline.rows(*case):
        if row.what in ("session", "exposure", "state"):
            assert (paints[row.sentence].fill == GROUND) is row.approximate, row.sentence


def test_nothing_after_the_day_of_the_review_is_shown():
    record = example("case")
    assert max(row.day for row in timeline.rows(record, reviewed(record, 44))) <= 44


SURE, UNSURE, NEITHER = True, False, None


@pytest.mark.parametrize(
    ("by_the_first", "by_the_second", "mark"),
    [
        (NEITHER, NEITHER, ""),
        (UNSURE, NEITHER, "possible-breach"),
        (NEITHER, UNSURE, "possible-breach"),
        (UNSURE, UNSURE, "possible-breach"),
        (SURE, NEITHER, "breach"),
        (SURE, UNSURE, "breach"),
        (UNSURE, SURE, "breach"),
        (SURE, SURE, "breach"),
    ],
)
def test_a_session_that_surely_breached_one_of_two_restrictions_is_a_breach(
    by_the_first, by_the_second, mark, tmp_path
):
    massage = {"kind": "therapy", "what": "massage", "by": "patient"}
    record = written(tmp_path, {"day": 1, **massage}, {"day": 2, **massage})
    other, entry = record.current
    review = reviewed(record)
    states = [
        replace(review.restrictions[0], breaches=() if sure is NEITHER else (Breach(entry, sure),))
        for sure in (by_the_first, by_the_second)
    ]
    shown = timeline.rows(record, replace(review, restrictions=tuple(states)))
    marks = {row.places[0]: row.breach for row in shown if row.what == "exposure"}
    assert marks == {other.place: "", entry.place: mark}


def test_without_a_review_there_are_no_phases_gates_or_breaches():
    shown = timeline.rows(example("case"))
    assert not [row for row in shown if row.panel in ("phase", "gate") or row.breach]


def test_gates_are_open_on_the_days_on_which_the_diary_moves_the_patient():
    record = example("diary")
    review = reviewed(record)
    moved = {stay.entered for stay in review.stays[1:]}
    open_days = {row.until for row in timeline.rows(record, review) if row.panel == "gate"}
    assert moved <= open_days


# --- gaps --------------------------------------------------------------------------------------------


def test_a_line_joins_neighbouring_days_of_one_time_of_day_only(tmp_path):
    record = written(
        tmp_path,
        *(score(day, 3, "morning") for day in (0, 1, 3)),
        *(score(day, 5, "evening") for day in (1, 2)),
    )
    days = [[(row.time, row.day) for row in run] for run in joined_values(timeline.rows(record))]
    assert sorted(days) == [
        [("evening", 1), ("evening", 2)],
        [("morning", 0), ("morning", 1)],
        [("morning", 3)],
    ]


def test_a_range_breaks_the_line(tmp_path):
    ranged = {"day": 1, "kind": "score", "scale": "pain", "low": 2, "high": 6}
    record = written(tmp_path, score(0, 3), ranged, score(2, 3))
    assert [[row.day for row in run] for run in joined_values(timeline.rows(record))] == [[0], [2]]


def test_a_day_alone_among_many_keeps_its_symbol(tmp_path):
    record = written(tmp_path, *(score(day, 4) for day in [*range(100), 110]))
    titles = re.findall("<title>(Day 110[^<]*)", timeline.svg(record))
    assert titles == ["Day 110: pain, 4"]


# --- odd records -------------------------------------------------------------------------------------


def test_an_empty_record_says_so(tmp_path):
    record = written(tmp_path)
    assert timeline.rows(record) == ()
    assert "Nothing that could be drawn was recorded." in timeline.svg(record)
    assert "nothing that could be drawn" in timeline_in_words(())


@pytest.mark.parametrize("days", [[0], [-400, -3, -2], [500, 501], [-1000, 0, 5], [0, 364]])
def test_every_mark_lies_on_the_axis(tmp_path, days):
    shown = timeline.rows(written(tmp_path, *(score(day, 4) for day in days)))
    axis = axis_of(shown)
    scale = axis.laid(0, 600)
    assert all(0 < scale.at(row) < 600 for row in shown)
    assert all(0 <= scale.days.at(tick.day) <= 600 for tick in scale.days.ticks(30))


def test_what_lay_long_before_stands_in_the_margin_with_its_day(case, drawn):
    axis = axis_of(timeline.rows(*case))
    assert (axis.first, axis.earlier) == (0, True)
    assert "day −183" in drawn


def test_two_long_names_that_begin_alike_stay_two_lanes(tmp_path):
    names = [f"a preparation with a name far too long for the margin, number {n}" for n in (1, 2)]
    record = written(
        tmp_path, *({"day": 0, "kind": "medication", "drug": name, "do": "start"} for name in names)
    )
    assert {"number 1", "number 2"} <= set(re.findall(r"number \d", "".join(texts(timeline.svg(record)))))


def test_words_of_a_record_are_text_and_never_markup(tmp_path):
    wicked = '<script>alert(1)</script>&"quoted"'
    record = written(
        tmp_path,
        {"day": 0, "kind": "medication", "drug": wicked, "do": "start"},
        {"day": 0, "kind": "symptom", "what": wicked, "state": "new"},
    )
    drawn = timeline.svg(record)
    assert "<script" not in drawn
    assert any(wicked in (one.text or "") for one in ElementTree.fromstring(drawn).iter(f"{SVG}title"))


def test_a_stop_without_a_start_and_a_change_without_a_start_are_kept(tmp_path):
    record = written(
        tmp_path,
        {"day": 1, "kind": "medication", "drug": "tizanidine", "do": "stop"},
        {"day": 2, "kind": "medication", "drug": "amitriptyline", "do": "change"},
    )
    assert [(row.lane, row.what, row.text) for row in timeline.rows(record)] == [
        ("tizanidine", "stop", "stopped"),
        ("amitriptyline", "course", "taken, start not recorded; not recorded as stopped"),
    ]


# --- files -------------------------------------------------------------------------------------------


def test_a_year_of_six_series_stays_under_300_kilobytes(tmp_path):
    record = written(tmp_path, *a_year_of_six_series())
    assert len(timeline.svg(record).encode()) < 300_000


def test_the_svg_needs_no_script_and_no_address_and_says_what_it_is(drawn):
    assert "<script" not in drawn
    addresses = set(re.findall(r'(?:href|src|url)[=(]"?([^")\s>]*)', drawn))
    assert all(address.startswith(("#", "data:")) for address in addresses)
    assert "3 phases, 5 medicines, 8 therapy sessions, 2 exposures, 2 of them breaches" in drawn


def test_png_and_pdf_are_what_they_say(case):
    assert timeline.png(*case, scale=1).startswith(b"\x89PNG")
    assert timeline.pdf(*case).startswith(b"%PDF")
