"""What a record may say, and how it is understood."""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path

import pytest
import yaml

from assuage.errors import Problems
from assuage.record.decided_entries import RedFlagEntry
from assuage.record.entries import AnswersEntry, Record, ScoreEntry, TherapyEntry
from assuage.record.read import load_record, read_record, read_text
from assuage.record.write import to_yaml

CASE = Path("examples/case.yaml")


def record(*entries: str, top: str = "") -> Record:
    rows = "".join(f"- {entry}\n" for entry in entries) or "  []\n"
    return read_text(f"format: assuage-record/1\npatient: {{id: ana}}\n{top}entries:\n{rows}")


def problem_of(*entries: str, top: str = "") -> str:
    with pytest.raises(Problems) as raised:
        record(*entries, top=top)
    assert len(raised.value.problems) == 1
    return str(raised.value.problems[0])


def test_a_record_with_nothing_in_it_yet_is_a_record() -> None:
    assert record().entries == ()
    assert record().first_day is None


@pytest.mark.parametrize(
    ("written", "minute"),
    [("morning", 480), ("noon", 720), ("evening", 1140), ("night", 1350), ("00:00", 0), ("23:59", 1439)],
)
def test_a_time_is_kept_as_written_and_has_a_minute(written: str, minute: int) -> None:
    entry = record(f"{{day: 0, time: {written}, kind: note, text: a}}").entries[0]
    assert (entry.time, entry.minute) == (written, minute)


def test_words_and_times_that_yaml_1_1_would_change_stay_what_they_look_like() -> None:
    entries = record(
        *(
            f"{{day: 0, kind: note, text: {said}}}"
            for said in ("yes", "no", "on", "12:30", "2026-01-05", "0x10")
        )
    ).entries
    assert [entry.text for entry in entries] == ["yes", "no", "on", "12:30", "2026-01-05", "0x10"]  # type: ignore[union-attr]


def test_a_date_is_counted_from_day_0() -> None:
    found = record("{date: 2026-01-01, kind: note, text: a}", top="starts_on: 2026-01-05\n")
    assert (found.entries[0].day, found.entries[0].dated) == (-4, True)


def test_entries_of_one_day_are_in_the_order_of_their_times_and_untimed_ones_come_last() -> None:
    found = record(
        "{day: 1, kind: note, text: untimed}",
        "{day: 1, time: evening, kind: note, text: evening}",
        "{day: 1, time: 07:00, kind: note, text: early}",
        "{day: 1, time: evening, kind: note, text: evening too}",
        "{day: 0, kind: note, text: before}",
    )
    said = [entry.text for entry in found.current]  # type: ignore[union-attr]
    assert said == ["before", "early", "evening", "evening too", "untimed"]


def test_one_site_and_a_list_of_one_site_are_the_same() -> None:
    one, two = record(
        "{day: 0, kind: score, scale: pain, value: 4, site: neck}",
        "{day: 1, kind: score, scale: pain, value: 4, sites: [neck]}",
    ).entries
    assert isinstance(one, ScoreEntry)
    assert isinstance(two, ScoreEntry)
    assert one.sites == two.sites == ("neck",)


def test_a_response_is_one_percentage_or_a_range() -> None:
    one, two = record(
        "{day: 0, kind: therapy, what: mesotherapy, response_percent: 80}",
        "{day: 7, kind: therapy, what: mesotherapy, response_percent: [80, 100]}",
    ).entries
    assert isinstance(one, TherapyEntry)
    assert isinstance(two, TherapyEntry)
    assert (one.response_percent, two.response_percent) == ((80, 80), (80, 100))


def test_no_painful_site_is_an_answer_and_no_word_about_sites_is_none() -> None:
    none, unsaid = record(
        "{day: 0, kind: answers, instrument: wpi, sites: []}",
        "{day: 1, kind: answers, instrument: sss, items: {fatigue: 1}}",
    ).entries
    assert isinstance(none, AnswersEntry)
    assert isinstance(unsaid, AnswersEntry)
    assert (none.sites, unsaid.sites) == ((), None)


@pytest.mark.parametrize("written", ["RF_NEW_NUMBNESS", "new_numbness", "rf_new_numbness", "New_Numbness"])
def test_a_red_flag_may_be_written_with_or_without_its_prefix_in_any_case(written: str) -> None:
    entry = record(f"{{day: 0, kind: red_flag_check, flags: {{{written}: absent}}}}").entries[0]
    assert isinstance(entry, RedFlagEntry)
    assert entry.flags == {"RF_NEW_NUMBNESS": "absent"}


def test_unknown_drugs_therapies_findings_and_symptoms_are_kept_and_named() -> None:
    found = record(
        "{day: 0, kind: medication, drug: miracle drops, do: start}",
        "{day: 0, kind: therapy, what: humming}",
        "{day: 0, kind: finding, what: blood count, state: normal}",
        "{day: 0, kind: symptom, what: restless ears, state: present}",
        "{day: 0, kind: therapy, what: massage}",
    )
    assert [word for _, word in found.not_checked] == [
        "miracle drops",
        "humming",
        "blood count",
        "restless ears",
    ]


def test_a_corrected_entry_stays_readable_and_no_longer_contradicts() -> None:
    found = record(
        "{day: 0, id: a, kind: score, scale: pain, value: 4}",
        "{day: 0, replaces: a, kind: score, scale: pain, value: 5}",
    )
    assert len(found.entries) == 2
    assert [entry.place for entry in found.current] == [1]


@pytest.mark.parametrize(
    "pair",
    [
        ("{day: 0, kind: score, scale: pain, value: 4}", "{day: 0, kind: score, scale: pain, value: 4}"),
        (
            "{day: 0, kind: score, scale: pain, value: 4}",
            "{day: 0, time: noon, kind: score, scale: pain, value: 5}",
        ),
        (
            "{day: 0, kind: score, scale: pain, value: 4}",
            "{day: 0, by: patient, kind: score, scale: pain, value: 5}",
        ),
        (
            "{day: 0, kind: score, scale: pain, value: 4}",
            "{day: 0, kind: score, scale: pain, value: 5, site: neck}",
        ),
        (
            "{day: 0, kind: medication, drug: ketoprofen, do: stop, route: oral}",
            "{day: 0, kind: medication, drug: ketoprofen, do: start, route: topical}",
        ),
        (
            "{day: 0, kind: finding, what: asthma, state: absent, method: history}",
            "{day: 0, kind: finding, what: asthma, state: present, method: examination}",
        ),
        (
            "{day: 0, kind: symptom, what: pain, state: new}",
            "{day: 0, kind: symptom, what: pain, state: worse}",
        ),
        ("{day: 0, kind: decision, do: hold}", "{day: 0, kind: decision, do: hold}"),
    ],
)
def test_what_can_both_be_true_is_no_contradiction(pair: tuple[str, str]) -> None:
    assert len(record(*pair).entries) == 2


def test_a_stop_without_a_route_contradicts_a_start_by_any_route() -> None:
    start = "{day: 0, kind: medication, drug: ketoprofen, do: start, route: oral}"
    stop = "{day: 0, kind: medication, drug: ketoprofen, do: stop}"
    assert "contradicts entries[0]" in problem_of(start, stop)
    assert "contradicts entries[0]" in problem_of(stop, start)


# ---------------------------------------------------------------- text with commas


def test_an_unquoted_comma_in_text_is_read_as_text_with_a_remark(tmp_path: Path) -> None:
    unquoted = tmp_path / "case.yaml"
    unquoted.write_text(CASE.read_text(encoding="utf-8").replace('"', ""), encoding="utf-8")
    document = load_record(unquoted)
    case = read_record(unquoted)
    assert case.entries[2].note == (
        "pressing and squeezing; neck, shoulder girdles, interscapular region, lower back"
    )
    assert [str(one.place) for one in document.remarks][:2] == ["entries[2].note", "entries[3].note"]
    assert case == read_record(CASE)


def test_a_field_without_its_value_is_not_taken_for_text() -> None:
    said = problem_of("{day: 0, kind: symptom, what: headache, approximate, state: present}")
    assert said.startswith("entries[0].approximate (line 4): has no value")


def test_words_after_a_number_are_not_taken_for_text() -> None:
    with pytest.raises(Problems, match=r"entries\[0\]\.or so .*has no value"):
        record("{day: 0, or so, kind: note, text: a}")


# ---------------------------------------------------------------- merge keys, encodings, input


def test_merge_keys_add_what_a_map_does_not_say_itself() -> None:
    found = record(
        "&a {day: 0, kind: therapy, what: mesotherapy, number: 1}",
        "&b {day: 1, kind: therapy, what: mesotherapy, sites: [neck], points: 5}",
        "{<<: [*a, *b], day: 7}",
    ).entries[2]
    assert isinstance(found, TherapyEntry)
    assert (found.day, found.number, found.sites, found.points) == (7, 1, ("neck",), 5)


def test_a_byte_order_mark_does_no_harm() -> None:
    assert read_text(b"\xef\xbb\xbf" + to_yaml(record()).encode()) == record()


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(CASE.read_bytes())))
    assert read_record("-") == read_record(CASE)


def test_without_the_c_parser_a_record_is_read_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    case, remarks = read_record(CASE), load_record(CASE).remarks
    monkeypatch.delattr(yaml, "CSafeLoader")
    assert read_record(CASE) == case
    assert load_record(CASE).remarks == remarks


def test_a_long_diary_is_read_in_reasonable_time() -> None:
    rows = "".join(
        f"- {{day: {day}, time: {at}, kind: score, scale: pain, value: {day % 11}, by: patient}}\n"
        for day in range(365)
        for at in ("07:00", "10:00", "13:00", "16:00", "19:00", "22:00")
    )
    text = f"format: assuage-record/1\npatient: {{id: ana}}\nentries:\n{rows}"
    before = time.process_time()
    assert len(read_text(text).entries) == 2190
    # Measured at a tenth of this; the bound only catches a slip into quadratic time.
    assert time.process_time() - before < 3


# ---------------------------------------------------------------- names, control characters, whole points


def test_a_name_is_the_same_with_spaces_hyphens_or_underscores() -> None:
    for what in ("deep_massage", "Deep massage", "deep-massage"):
        entry = record(f"{{day: 0, kind: therapy, what: {what}}}").entries[0]
        assert "deep_tissue_massage" in entry.certainly


def test_a_control_character_is_refused_before_it_reaches_a_terminal() -> None:
    said = problem_of('{day: 0, kind: medication, drug: "foo\\e[31m", do: start}')
    assert said.endswith("holds a control character (\\x1b); take it out")


def test_a_mark_that_turns_our_words_around_is_refused_and_right_to_left_writing_is_not() -> None:
    said = problem_of('{day: 0, kind: medication, drug: "foo\u202e", do: start}')
    assert said.endswith("holds a control character (\\u202e); take it out")
    assert record('{day: 0, kind: note, text: "\u2067כאב\u2069"}').entries


@pytest.mark.parametrize(
    "patient", ["{age: 48}", "{id: 3, age: 48}", '{id: "", age: 48}', '{id: "a\\e[31m", age: 48}']
)
def test_an_age_beside_a_name_that_cannot_be_used_is_a_problem_of_the_name_alone(patient: str) -> None:
    with pytest.raises(Problems) as refused:
        read_text(f"format: assuage-record/1\npatient: {patient}\nentries: []\n")
    assert [problem.place for problem in refused.value.problems] == ["patient.id"]


def test_a_sum_of_whole_points_has_no_fraction() -> None:
    assert "scored in whole points, so 8.5 cannot be right; write the total as it was counted" in problem_of(
        "{day: 0, kind: score, scale: wpi, value: 8.5}"
    )
