"""Body maps: the patient's own sides, every site, and what changed told without colour."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from assuage.record.read import parse_record
from assuage.report import atlas
from assuage.report.atlas.figure import maps_in_words, svg
from assuage.report.atlas.shapes import HEIGHT, MIDLINE, SHAPES, VIEWS, WIDTH, screen_side
from assuage.report.atlas.visits import Change, drawn_places, fewest_sites, visits
from assuage.report.look.figures import drawn_width
from assuage.terms.sites import SITES, WPI_SITES
from assuage.terms.symptoms import STATES
from assuage.words.speak import catalogue
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


def test_places_are_named_by_the_fewest_sites_that_say_exactly_them():
    for site in SITES:
        named = fewest_sites(drawn_places(site))
        assert {place for each in named for place in drawn_places(each.id)} == set(drawn_places(site)), site
    assert [site.id for site in fewest_sites(("neck_left", "hand_left", "neck_right"))] == [
        "neck",
        "hand_left",
    ]


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


def symptom(day: int, state: str, site: str = "hand_left") -> dict[str, object]:
    return {"day": day, "kind": "symptom", "what": "pain", "site": site, "state": state}


def test_a_person_who_says_worse_or_better_is_taken_at_their_word(tmp_path):
    record = written(tmp_path, symptom(0, "present"), symptom(5, "worse"), symptom(9, "better"))
    assert [said["hand_left"] for said in states(record)] == ["first", "worse", "better"]


def test_the_day_of_the_first_massage_is_a_day_of_change_in_the_published_case():
    shown = {visit.day: visit for visit in atlas.chosen(atlas.visits(example("case")))}
    assert shown[40].places == {"neck_left": "worse", "neck_right": "worse"}


@pytest.mark.parametrize(
    ("days", "changes"),
    [
        ([(0, 4), (1, 7)], ["first", "worse"]),
        ([(0, 7), (1, 4)], ["first", "better"]),
        ([(0, 4), (1, 4)], ["first", "same"]),
        ([(0, 4), (0, 7), (1, 5)], ["first", "same"]),  # within what the day before spanned
        ([(0, 4), (0, 5), (1, 6), (1, 8)], ["first", "worse"]),
        ([(0, 4), (1, 0), (2, 9)], ["first", "gone", "new"]),
    ],
)
def test_numbers_say_worse_or_better_only_where_the_days_do_not_overlap(tmp_path, days, changes):
    record = written(tmp_path, *(pain(day, "hand_left", value=value) for day, value in days))
    assert [said["hand_left"] for said in states(record)] == changes


def test_a_word_after_a_number_leaves_open_how_much_it_hurts(tmp_path):
    record = written(
        tmp_path, pain(0, "hand_left", value=4), symptom(3, "worse"), pain(6, "hand_left", value=6)
    )
    assert [said["hand_left"] for said in states(record)] == ["first", "worse", "same"]


def test_what_is_called_new_where_it_hurt_already_is_still_a_change(tmp_path):
    record = written(tmp_path, symptom(0, "present"), symptom(4, "new"))
    assert states(record)[-1] == {"hand_left": "new"}


def test_new_pain_at_a_wider_place_is_new_only_where_it_did_not_hurt(tmp_path):
    record = written(tmp_path, symptom(0, "present", "neck_left"), symptom(4, "new", "neck"))
    assert states(record)[-1] == {"neck_left": "same", "neck_right": "new"}


def test_resolved_says_that_it_hurt_though_nobody_had_written_it_down(tmp_path):
    record = written(tmp_path, symptom(0, "resolved"), symptom(1, "absent"))
    assert [said["hand_left"] for said in states(record)] == ["gone", "free"]


def test_another_total_of_the_index_is_a_change(tmp_path):
    totals = (
        {"day": n, "kind": "score", "scale": "wpi", "value": value} for n, value in enumerate((8, 8, 12))
    )
    assert [visit.day for visit in atlas.chosen(atlas.visits(written(tmp_path, *totals)))] == [0, 2]


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


def test_the_five_states_differ_in_their_sign_and_in_grey_and_not_in_hue_alone():
    drawn = atlas.patterns("p")
    signs = {
        state: re.sub(r"#[0-9a-f]{6}", "", drawn.partition(f'id="p-{state}"')[2].partition("</pattern>")[0])
        for state in ("new", "worse", "better", "same", "gone")
    }
    assert all(signs.values())
    assert len(set(signs.values())) == 5


def test_each_state_has_its_word_in_the_key():
    words = [says for _, says in atlas.key_of_maps()]
    assert {"new", "worse", "better", "same as before", "gone"} <= set(map(str, words))


def test_the_picture_is_well_formed_has_words_for_it_and_needs_nothing(tmp_path):
    for record in (example("case"), written(tmp_path)):
        root = ElementTree.fromstring(atlas.svg(record))
        assert root.find("{http://www.w3.org/2000/svg}desc").text
        assert not [one for one in root.iter() if one.tag.endswith(("script", "image", "style"))]


def test_of_a_long_diary_every_day_of_change_is_drawn(tmp_path):
    record = written(tmp_path, *(pain(day, "neck", value=day % 2) for day in range(100)))
    assert [visit.day for visit in atlas.chosen(atlas.visits(record))] == [*range(100)]
    assert len(re.findall(r">Day \d+<", atlas.svg(record))) == 100


def test_days_on_which_nothing_changed_are_counted_and_stand_in_the_table(tmp_path):
    record = written(tmp_path, *(pain(day, "hand_left") for day in range(5)))
    assert [visit.day for visit in atlas.chosen(atlas.visits(record))] == [0]
    assert "4 more days are in the table" in atlas.svg(record)
    assert [row[0] for row in atlas.map_rows(record)] == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize("language", ["en", "lt"])
def test_the_key_and_what_is_written_below_stay_inside_the_picture(language):
    root = ElementTree.fromstring(atlas.svg(example("case"), speaking=catalogue(language)))
    for text in root.iter("{http://www.w3.org/2000/svg}text"):
        if text.get("text-anchor") is None:
            wide = drawn_width(text.text or "", float(text.attrib["font-size"]))
            assert float(text.attrib["x"]) + wide <= float(root.attrib["width"])
            assert float(text.attrib["y"]) <= float(root.attrib["height"])


sayings = some.lists(
    some.tuples(
        some.integers(0, 40),
        some.sampled_from(["hand_left", "neck", "foot_right"]),
        some.one_of(some.integers(0, 10), some.sampled_from(STATES)),
    ),
    max_size=12,
    unique_by=lambda saying: saying[:2],
)


@given(sayings)
@settings(deadline=None)
def test_no_day_of_change_is_dropped_and_the_table_has_the_facts_of_the_maps(said):
    entries = [
        {"day": day, "kind": "symptom", "what": "pain", "site": site, "state": word}
        if isinstance(word, str)
        else pain(day, site, value=word)
        for day, site, word in said
    ]
    record = parse_record({"format": "assuage-record/1", "patient": {"id": "x"}, "entries": entries})
    spoken, shown = atlas.visits(record), atlas.chosen(atlas.visits(record))
    rows = atlas.map_rows(record)
    for visit in spoken:
        changed = any(change not in ("same", "free") for change in visit.places.values())
        assert not changed or visit in shown
        assert len([row for row in rows if row[0] == visit.day_in_words]) == len(visit.places)
    names = {
        "first": "first",
        "same": "same",
        "gone": "gone",
        "new": "new",
        "worse": "worse",
        "better": "better",
    }
    told = [names.get(change, "") for visit in spoken for change in visit.places.values()]
    assert [str(row[3]) for row in rows] == told


# --- two words of one day, and places nobody spoke of ---------------------------------------------------


def of_neck(*states: str) -> Change:
    """What the neck is drawn as where it hurt before and these words were said of it on one day."""
    said = [(5, f"{9 + number:02}:00", state) for number, state in enumerate(states)]
    entries = [
        {"day": day, "kind": "symptom", "what": "pain", "site": "neck", "state": state, "time": time}
        for day, time, state in [(0, "08:00", "present"), *said]
    ]
    last = visits(parse_record({"format": "assuage-record/2", "patient": {"id": "p"}, "entries": entries}))[
        -1
    ]
    return last.places["neck_left"]


@pytest.mark.parametrize(
    ("first", "second", "drawn"),
    [
        ("worse", "better", "worse"),
        ("better", "present", "better"),
        ("worse", "resolved", "worse"),
        ("better", "resolved", "better"),
        ("new", "better", "new"),
    ],
)
def test_of_two_words_of_one_day_the_worse_is_drawn_in_whichever_order(first: str, second: str, drawn: str):
    assert of_neck(first, second) == of_neck(second, first) == drawn


def of_words(*said: tuple[int, str, str]) -> str:
    """The maps in words of symptoms said in words, after pain at the neck and the lower back on day 0."""
    entries: list[dict[str, object]] = [
        {"day": 0, "kind": "symptom", "what": "pain", "site": site, "state": "present"}
        for site in ("neck", "lower_back")
    ]
    entries += [{"day": day, "kind": "symptom", "what": what, "state": state} for day, what, state in said]
    record = parse_record({"format": "assuage-record/2", "patient": {"id": "p"}, "entries": entries})
    return maps_in_words(visits(record)[1:])


@pytest.mark.parametrize(
    "words",
    ["low back pain", "pain in the lower back", "juosmens skausmas", "Kreuzschmerzen", "Lower-back pain"],
)
def test_pain_that_names_its_place_is_drawn_there(words: str):
    assert of_words((5, words, "worse")) == "Day 5: worse at lower back; nothing said of the other places."


@pytest.mark.parametrize("words", ["back pain", "leg pain", "belly trouble"])
def test_words_that_name_no_one_place_are_drawn_nowhere(words: str):
    assert of_words((5, words, "worse")) == "Nobody said where it hurts."


@pytest.mark.parametrize(("state", "told"), [("worse", "worse"), ("better", "better"), ("resolved", "gone")])
def test_a_word_on_all_symptoms_speaks_for_every_place_that_hurts_and_for_no_other(state: str, told: str):
    words = of_words((5, "all symptoms", state))
    assert words == f"Day 5: {told} at neck, lower back; nothing said of the other places."


def test_what_nobody_spoke_of_is_apart_from_what_does_not_hurt_in_picture_key_and_words():
    entries = [
        {"day": 0, "kind": "symptom", "what": "pain", "site": site, "state": state}
        for site, state in (("neck", "present"), ("lower_back", "absent"))
    ]
    record = parse_record({"format": "assuage-record/2", "patient": {"id": "p"}, "entries": entries})
    drawn = svg(record)
    assert 'data-site="sacrum" fill="url(#atlas-free)"' in drawn
    assert 'data-site="knee_left"' not in drawn
    assert drawn.count('stroke-dasharray="1 3"') > 10  # the places nobody spoke of, and the key
    assert "nothing said on that day" in drawn
    words = maps_in_words(visits(record))
    assert words == ("Day 0: hurts at neck; does not hurt at lower back; nothing said of the other places.")


def test_a_whole_list_says_in_one_word_where_it_does_not_hurt():
    listed = {"day": 0, "kind": "answers", "instrument": "wpi", "sites": ["neck"]}
    record = parse_record({"format": "assuage-record/2", "patient": {"id": "p"}, "entries": [listed]})
    words = maps_in_words(visits(record))
    assert re.fullmatch(
        r"Day 0: hurts at neck; does not hurt at \d+ places that were asked about; "
        r"nothing said of the other places\.",
        words,
    )
