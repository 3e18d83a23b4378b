"""The timeline as a picture: what is the same is called the same, nothing is cut, nothing lies on anything else."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import date
from xml.etree import ElementTree

import pypdf
import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from assuage.cli import main
from assuage.errors import Problems
from assuage.record.read import read_record
from assuage.report import timeline
from assuage.report.svg.shapes import SvgLine, SvgPath
from assuage.report.svg.time_scale import TimeScale
from assuage.report.timeline.files import course_picture
from assuage.report.timeline.labels import LabelWish, placed_labels
from assuage.report.timeline.look import MOST_LANES
from assuage.report.timeline.panels import panels_of
from assuage.report.timeline.weeks import drawn_rows
from assuage.words.speak import catalogue
from tests.report.pictures import lettering, outside, overlapping, painted
from tests.report.records import EXAMPLES, example, reviewed, written

SVG = "{http://www.w3.org/2000/svg}"
LOOKS = ("wide", "phone")


def score(day: int, value: float, time: str | None = None, scale: str = "pain") -> dict[str, object]:
    entry = {"day": day, "kind": "score", "scale": scale, "value": value}
    return entry if time is None else {**entry, "time": time}


def symptom(day: int, what: str, state: str) -> dict[str, object]:
    return {"day": day, "kind": "symptom", "what": what, "state": state}


def massage(day: int, what: str = "massage") -> dict[str, object]:
    return {"day": day, "kind": "therapy", "what": what, "pressure": "deep", "by": "patient"}


def texts(drawn) -> list[str]:
    return [each.text for each in lettering(drawn.shapes)]


def titles(drawn: str) -> list[str]:
    return [each.text or "" for each in ElementTree.fromstring(drawn).iter(f"{SVG}title")]


# --- both looks, every language ----------------------------------------------------------------------


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("language", ["en", "lt"])
@pytest.mark.parametrize("name", ["case", "diary"])
def test_no_text_leaves_the_picture_and_none_lies_on_another(name, language, look):
    record = example(name)
    drawn = course_picture(record, reviewed(record), catalogue(language), look=look)
    assert (outside(drawn), overlapping(drawn)) == ([], [])


@pytest.mark.parametrize("look", LOOKS)
def test_every_row_of_the_case_is_a_mark_with_the_sentence_of_its_row(look):
    record = example("case")
    review = reviewed(record)
    said = " | ".join(titles(timeline.svg(record, review, look=look)))
    # On a phone gates are in the table only.
    missing = [row.sentence for row in timeline.rows(record, review) if row.sentence not in said]
    gates = [row.sentence for row in timeline.rows(record, review) if row.panel == "gate"]
    assert missing == (gates if look == "phone" else [])


def test_the_same_picture_is_written_the_same_way():
    record = example("case")
    review = reviewed(record)
    assert timeline.svg(record, review) == timeline.svg(record, review)


def test_a_page_holds_both_looks_in_its_own_colours_and_no_id_twice():
    record = example("case")
    page = timeline.on_a_page(timeline.rows(record), record, None)
    assert page.count("<svg") == 2
    assert "var(--medication,#" in page
    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


# --- labels ------------------------------------------------------------------------------------------


def test_two_equal_massages_have_equal_labels():
    record = example("case")
    written_beside = Counter(texts(course_picture(record, reviewed(record))))
    assert written_beside["deep, breach"] == 2
    assert written_beside["breach"] == 0


def test_where_one_label_has_no_room_all_are_shortened():
    wishes = [LabelWish(x, ("deep massage of the neck, breach", "breach", "")) for x in (20, 90, 160)]
    assert {label.text for label in placed_labels(wishes, 11, 0, 230, 1)} == {"breach"}


def test_a_label_below_its_mark_is_better_than_a_shorter_one():
    wishes = [LabelWish(x, ("deep, breach", "breach", "")) for x in (100, 130)]
    assert [label.text for label in placed_labels(wishes, 11, 0, 300, 3)] == ["deep, breach"] * 2


@pytest.mark.parametrize("name", ["Settle the nervous system", "Quieten the neck", "Move"])
def test_the_names_of_phases_are_never_cut(name):
    record = example("case")
    for on in (31, 67, 79):
        words = " ".join(texts(course_picture(record, reviewed(record, on))))
        wanted = name in [row.label for row in timeline.rows(record, reviewed(record, on))]
        assert all(word in words for word in name.split()) or not wanted


# --- symptoms ----------------------------------------------------------------------------------------


def test_a_symptom_nobody_called_gone_stays_open_to_the_last_day(tmp_path):
    record = written(tmp_path, symptom(3, "headache", "new"), score(20, 4))
    (row,) = [row for row in timeline.rows(record) if row.panel == "symptom"]
    assert (row.until, row.ongoing, row.text) == (20, True, "new; not recorded as gone")
    lines = [
        shape
        for shape in course_picture(record).shapes
        if isinstance(shape, SvgLine | SvgPath) and not shape.says
    ]
    ends = [max(x for x, _ in shape.points) for shape in lines if isinstance(shape, SvgPath)]
    assert len(ends) == 1  # the point of its arrow


def test_all_symptoms_gone_closes_the_open_ones(tmp_path):
    record = written(
        tmp_path, symptom(3, "headache", "new"), symptom(9, "all symptoms", "resolved"), score(20, 4)
    )
    row = next(row for row in timeline.rows(record) if row.lane == "headache")
    assert (row.until, row.ongoing, row.text) == (9, False, "new")


def test_no_line_of_a_symptom_goes_through_the_word_before_its_end(tmp_path):
    record = written(tmp_path, symptom(3, "headache", "present"), symptom(60, "headache", "resolved"))
    drawn = course_picture(record)
    (word,) = [each for each in lettering(drawn.shapes) if each.text == "resolved"]
    across = [line for line in drawn.shapes if isinstance(line, SvgLine) and line.y1 == line.y2]
    assert not [line for line in across if word.top < line.y1 < word.bottom and line.x2 > word.left]


def test_a_symptom_that_went_is_a_mark_of_one_day(tmp_path):
    record = written(tmp_path, symptom(3, "headache", "new"), symptom(9, "headache", "resolved"))
    assert [(row.day, row.until) for row in timeline.rows(record)] == [(3, None), (9, None)]


# --- long courses ------------------------------------------------------------------------------------


def test_up_to_120_days_every_value_is_drawn_and_beyond_them_weeks(tmp_path):
    short = timeline.rows(written(tmp_path, *(score(day, 4) for day in range(120))))
    assert drawn_rows(short) == short
    long = timeline.rows(written(tmp_path, *(score(day, 4) for day in range(121))))
    assert {row.what for row in drawn_rows(long)} == {"week"}


def test_a_week_is_its_median_within_its_range_morning_and_evening_apart(tmp_path):
    first_week = [score(day, value, "morning") for day, value in enumerate((1, 2, 6))]
    first_week += [score(day, 8, "evening") for day in range(3)]
    later = [score(day, 4, "morning") for day in range(150, 200)]
    shown = drawn_rows(timeline.rows(written(tmp_path, *first_week, *later)))
    weeks = {(row.time, row.day): (row.low, row.middle, row.high) for row in shown}
    assert weeks[("morning", 0)] == (1, (2, 2), 6)
    assert weeks[("evening", 0)] == (8, (8, 8), 8)
    assert weeks[("morning", 196)] == (4, (4, 4), 4)


def test_a_few_values_in_a_long_course_stay_values(tmp_path):
    shown = drawn_rows(timeline.rows(written(tmp_path, score(0, 3), score(400, 5))))
    assert [row.what for row in shown] == ["value", "value"]


def test_a_week_of_ranges_has_a_range_as_its_median(tmp_path):
    ranges = [
        {"day": day, "kind": "score", "scale": "pain", "low": low, "high": high}
        for day, (low, high) in enumerate([(1, 3), (2, 4), (3, 9)])
    ]
    later = [score(day, 4) for day in range(150, 200)]
    first = drawn_rows(timeline.rows(written(tmp_path, *ranges, *later)))[0]
    assert (first.low, first.middle, first.high) == (1, (2, 4), 9)


def test_a_week_without_a_value_is_a_gap(tmp_path):
    record = written(tmp_path, *(score(day, 4) for day in range(200) if not 70 <= day < 91))
    days = [row.day for row in drawn_rows(timeline.rows(record))]
    assert not {70, 77, 84} & set(days)
    lines = [
        shape for shape in course_picture(record).shapes if isinstance(shape, SvgPath) and not shape.says
    ]
    assert len(lines) == 2


def a_diary_of_88_factors(days: int = 150) -> list[dict[str, object]]:
    factors = [massage(day, f"factor {n}") for day in range(0, days, 9) for n in range(88)]
    return [*factors, *(score(day, day % 7) for day in range(days))]


@pytest.mark.parametrize("look", LOOKS)
def test_88_factors_are_folded_counted_and_all_in_the_table(tmp_path, look):
    record = written(tmp_path, *a_diary_of_88_factors())
    drawn = course_picture(record, look=look)
    assert drawn.height < (1000 if look == "wide" else 1500)
    assert len({row.lane for row in timeline.rows(record)}) == 89
    shown = 88 - (MOST_LANES["therapy"] if look == "wide" else 4)
    assert any(text.startswith(f"{shown} more in the table") for text in texts(drawn))


def test_on_a_phone_what_has_no_column_has_no_words_either(tmp_path):
    names = [f"factor {n}" for n in range(30)]
    record = written(tmp_path, *(massage(9 * n, name) for n, name in enumerate(names)), score(1, 4))
    drawn = course_picture(record, look="phone")
    assert (
        sum(text.removesuffix(", deep") in names for text in texts(drawn)) == 2 * 4
    )  # over its column, and on its day


def test_of_too_many_lanes_a_breach_and_pain_are_kept(tmp_path):
    scales = ("pain", "sleep", "fatigue", "anxiety", "stiffness", "stress", "numbness")
    values = [score(day, 4, scale=scale) for day in range(9) for scale in scales[1:]]
    record = written(tmp_path, *values, score(3, 4))
    (panel,) = panels_of(timeline.rows(record), {**MOST_LANES, "score": 2})
    assert "pain" in [lane.name for lane in panel.lanes]
    assert len(panel.folded) == 5


# --- days and dates ----------------------------------------------------------------------------------


def test_where_day_0_is_a_date_the_axis_has_dates(tmp_path):
    path = tmp_path / "record.json"
    document = {"format": "assuage-record/1", "patient": {"id": "x"}, "starts_on": "2026-03-12"}
    path.write_text(json.dumps({**document, "entries": [score(day, 4) for day in range(60)]}))
    written_on_it = texts(course_picture(read_record(str(path))))
    assert "2026-03-12" in written_on_it
    assert "14" not in written_on_it


def test_without_a_date_the_axis_has_days(tmp_path):
    assert {"0", "7"} <= set(texts(course_picture(written(tmp_path, *(score(day, 4) for day in range(60))))))


@pytest.mark.parametrize(
    ("last", "ticks"),
    [
        (59, ["2026-03-12", "2026-03-26", "2026-04-09", "2026-04-23", "2026-05-07"]),
        (700, ["2026-07", "2027-01", "2027-07", "2028-01"]),
        (9000, ["2030", "2035", "2040", "2045", "2050"]),
    ],
)
def test_dates_are_days_then_months_then_years(last, ticks):
    scale = TimeScale(0, last, 0, 600, date(2026, 3, 12))
    assert [tick.text for tick in scale.ticks(110)] == ticks


@given(
    first=st.integers(-40000, 40000),
    long=st.integers(1, 40000),
    starts=st.none() | st.dates(),
    least=st.floats(20, 200),
)
def test_ticks_lie_on_the_scale_and_keep_their_distance(first, long, starts, least):
    scale = TimeScale(first, first + long, 0, 640, starts)
    places = [scale.at(tick.day) for tick in scale.ticks(least)]
    assert all(-0.01 <= place <= 640.01 for place in places)
    assert all(b - a >= least * 0.9 for a, b in zip(places, places[1:], strict=False))


# --- what is not known -------------------------------------------------------------------------------


def test_what_nobody_recorded_is_said_in_one_line(tmp_path):
    assert "Not recorded: medication, therapy and symptoms." in texts(
        course_picture(written(tmp_path, score(0, 5)))
    )


def test_a_drug_whose_start_nobody_recorded_is_hatched_before_it(tmp_path):
    entries = ({"day": 9, "kind": "medication", "drug": "tizanidine", "do": "change"}, score(0, 4))
    drawn = timeline.svg(written(tmp_path, *entries))
    assert "url(#timeline-hatch-0)" in drawn
    assert "Hatched: not known" in drawn or "hatched: not known" in drawn


def test_days_at_the_end_of_which_nothing_was_recorded_are_hatched_and_said():
    record = example("case")
    words = texts(course_picture(record, reviewed(record, 120)))
    assert "nothing recorded since day 79" in words
    assert "nothing recorded since day 79" not in texts(course_picture(record, reviewed(record, 85)))


# --- what it costs -----------------------------------------------------------------------------------


def test_an_svg_is_drawn_without_any_library_of_pictures_or_pages():
    program = (
        "import sys; from assuage.cli import main; main(['timeline', sys.argv[1], '-o', sys.argv[2]]);"
        "print(sorted({'altair', 'vl_convert', 'typst', 'jinja2', 'rich'} & set(sys.modules)))"
    )
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", program, str(EXAMPLES / "case.yaml"), f"{folder}/course.svg"]
        assert subprocess.run(command, check=True, capture_output=True, text=True).stdout == "[]\n"


@pytest.mark.parametrize("command", ["timeline", "bodymap"])
def test_the_pdf_of_a_figure_is_tagged_and_has_a_title_a_language_and_words_for_those_who_cannot_see(
    tmp_path, command
):
    out = tmp_path / "figure.pdf"
    assert main([command, str(EXAMPLES / "case.yaml"), "-o", str(out), "--lang", "lt"]) == 0
    document = pypdf.PdfReader(out)
    assert document.metadata is not None
    assert document.metadata.title
    root = document.trailer["/Root"]
    assert root["/Lang"] == "lt"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert "/Alt" in str(root["/StructTreeRoot"]["/K"].get_object()) or b"/Alt" in out.read_bytes()


# --- any record --------------------------------------------------------------------------------------

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80).filter(str.strip)
DAYS = st.integers(-800, 1500)
ENTRIES = st.one_of(
    st.builds(score, DAYS, st.integers(0, 10), st.sampled_from([None, "morning", "evening", "night"])),
    st.builds(symptom, DAYS, WORDS, st.sampled_from(["present", "new", "worse", "better", "resolved"])),
    st.builds(massage, DAYS, WORDS),
    st.fixed_dictionaries(
        {
            "day": DAYS,
            "kind": st.just("medication"),
            "drug": WORDS,
            "do": st.sampled_from(["start", "change", "stop"]),
            "because": WORDS,
        }
    ),
    st.fixed_dictionaries(
        {
            "day": DAYS,
            "kind": st.just("score"),
            "scale": st.just("sleep"),
            "low": st.just(2),
            "high": st.integers(2, 9),
        }
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(entries=st.lists(ENTRIES, max_size=60))
@pytest.mark.parametrize("look", LOOKS)
def test_any_record_gives_a_whole_picture_of_bounded_height(tmp_path, look, entries):
    try:
        record = written(tmp_path, *entries)
    except Problems:
        reject()  # entries that contradict each other are no record
    drawn = course_picture(record, look=look)
    ElementTree.fromstring(timeline.svg(record, look=look))
    assert drawn.height < 5000
    assert outside(drawn) == []
    said = " | ".join(says for says, _ in painted(drawn.shapes))
    if look == "wide" and all(not panel.folded for panel in panels_of(timeline.rows(record), MOST_LANES)):
        assert all(row.sentence in said for row in drawn_rows(timeline.rows(record)))
