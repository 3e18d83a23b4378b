"""Body maps: the patient's own sides, every site, and what changed told without colour."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from assuage.report import atlas
from assuage.report.atlas.shapes import HEIGHT, MIDLINE, SHAPES, VIEWS, WIDTH, screen_side
from assuage.report.atlas.visits import drawn_places
from assuage.terms.sites import SITES, WPI_SITES
from tests.report.records import example, written


def pain(day: int, *sites: str, value: float = 5) -> dict[str, object]:
    return {"day": day, "kind": "score", "scale": "pain", "value": value, "sites": list(sites)}


def index(day: int, *sites: str) -> dict[str, object]:
    return {"day": day, "kind": "answers", "instrument": "wpi", "sites": list(sites)}


def states(record: object) -> list[dict[str, str]]:
    return [dict(visit.places) for visit in atlas.visits(record)]


# --- sides -------------------------------------------------------------------------------------------


def test_from_the_front_the_patients_left_is_at_the_viewers_right_and_from_behind_at_the_left():
    assert [screen_side("left", view) for view in VIEWS] == [1, -1]
    assert [screen_side("right", view) for view in VIEWS] == [-1, 1]


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape.side != "middle"])
def test_every_shape_lies_on_its_side_of_the_midline(shape):
    sign = screen_side(shape.side, shape.view)
    assert all((x - MIDLINE) * sign >= 0 for x, _ in shape.points)


def test_the_view_from_behind_is_the_mirror_of_the_view_from_the_front():
    front = {shape.site: shape.points for shape in SHAPES if shape.view == "front" and shape.side != "middle"}
    back = {shape.site: shape.points for shape in SHAPES if shape.view == "back" and shape.side != "middle"}
    both = [site for site in ("upper_leg_left", "hand_right", "lower_arm_left") if site in front]
    assert len(both) == 3
    for site in both:
        assert back[site] == tuple((2 * MIDLINE - x, y) for x, y in front[site])


def test_the_letters_on_the_picture_stand_on_the_sides_they_name(tmp_path):
    drawn = atlas.svg(written(tmp_path, pain(0, "neck")))
    letters = re.findall(r'<text x="([\d.]+)"[^>]*data-side="(left|right)"[^>]*>([LR])<', drawn)
    placed = [(letter, float(x) > MIDLINE) for x, _, letter in letters]
    assert placed == [("R", False), ("L", True), ("R", True), ("L", False)]


# --- sites -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("site", SITES)
def test_every_site_is_drawn_somewhere(site):
    assert drawn_places(site)


@pytest.mark.parametrize("site", WPI_SITES)
def test_every_index_site_marks_places_of_its_own_side_only(site):
    side = site.rpartition("_")[2]
    other = {"left": "_right", "right": "_left"}.get(side, "nowhere")
    assert not [place for place in drawn_places(site) if place.endswith(other)]


def test_every_shape_is_a_known_site_and_lies_on_the_picture():
    assert {shape.site for shape in SHAPES} <= set(SITES)
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for shape in SHAPES for x, y in shape.points)


def test_a_sore_head_is_not_a_sore_jaw():
    assert "jaw_left" not in drawn_places("head")
    assert "occiput_left" in drawn_places("head")


# --- changes -----------------------------------------------------------------------------------------


def test_first_same_gone_and_new_are_told_from_the_last_word_on_a_place(tmp_path):
    record = written(
        tmp_path,
        *(pain(0, "hand_left"), pain(1, "hand_left"), pain(2, "hand_left", value=0), pain(3, "hand_left")),
    )
    assert [said["hand_left"] for said in states(record)] == ["first", "same", "gone", "new"]


def test_what_nobody_spoke_of_on_a_day_is_not_carried_over(tmp_path):
    record = written(tmp_path, pain(0, "hand_left"), pain(1, "foot_right"))
    assert states(record)[1] == {"foot_right": "first"}


def test_a_complete_list_says_that_the_other_index_sites_are_free(tmp_path):
    (said,) = states(written(tmp_path, index(0, "neck")))
    assert said["neck_left"] == "first"
    assert said["upper_leg_right"] == "free"
    assert "hand_left" not in said


def test_a_finer_place_in_a_list_leaves_its_neighbours_open(tmp_path):
    (said,) = states(written(tmp_path, index(0, "interscapular")))
    assert said["interscapular"] == "first"
    assert "shoulder_blade_left" not in said


def test_a_range_that_begins_at_none_says_neither(tmp_path):
    ranged = {"day": 0, "kind": "score", "scale": "pain", "low": 0, "high": 3, "sites": ["neck"]}
    assert atlas.visits(written(tmp_path, ranged)) == ()


def test_a_total_without_places_marks_none_and_is_told():
    (first,) = [visit for visit in atlas.visits(example("case")) if visit.day == 0]
    assert first.total == "8"
    assert set(first.places) == {"costal_arch_right"}


def test_the_occiput_of_the_published_case_is_new_on_day_47_and_gone_on_day_58():
    found = {visit.day: visit.places.get("occiput_left") for visit in atlas.visits(example("case"))}
    assert (found[47], found[58]) == ("new", "gone")


def test_all_symptoms_gone_speaks_for_every_place_that_hurt(tmp_path):
    gone = {"day": 5, "kind": "symptom", "what": "all symptoms", "state": "resolved"}
    record = written(tmp_path, pain(0, "hand_left"), pain(1, "foot_right", value=0), gone)
    assert states(record)[-1] == {"hand_left": "gone"}


# --- the picture -------------------------------------------------------------------------------------


def test_new_same_and_gone_differ_in_pattern_and_not_in_colour_alone(tmp_path):
    record = written(
        tmp_path,
        *(index(0, "neck", "hip_left"), index(1, "neck", "foot_left", "chest")),
    )
    drawn = atlas.svg(record)
    assert {f"url(#atlas-{change})" for change in ("new", "same", "gone")} <= set(
        re.findall(r'fill="([^"]*)"', drawn)
    )


def test_the_picture_is_well_formed_has_words_for_it_and_needs_nothing(tmp_path):
    for record in (example("case"), written(tmp_path)):
        root = ElementTree.fromstring(atlas.svg(record))
        assert root.find("{http://www.w3.org/2000/svg}desc").text
        assert not [one for one in root.iter() if one.tag.endswith(("script", "image", "style"))]


def test_a_long_diary_keeps_the_first_and_the_latest_maps(tmp_path):
    record = written(tmp_path, *(pain(day, "neck", value=day % 2) for day in range(100)))
    shown = atlas.chosen(atlas.visits(record))
    assert [shown[0].day, shown[-1].day, len(shown)] == [0, 99, 8]
    assert "92 more days are in the table" in atlas.svg(record)
