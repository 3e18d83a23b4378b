"""One entry more: the same answer as reading the whole, and no way to make a stored record unreadable."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from assuage.engine.append import append_on_pathway
from assuage.engine.reference import View
from assuage.engine.walk import Walker, walk
from assuage.measures.notation import finding, medication
from assuage.pathways.registry import pathway
from assuage.record.append import Disputed, Refused, append
from assuage.record.entries import Record
from assuage.record.read import examine, parse_record, read_text
from assuage.record.standing import StandingIndex
from assuage.record.timeline import Range, Timeline
from assuage.record.write import entry_to_plain, to_plain, to_yaml
from assuage.report.page.pages import review_page
from assuage.report.review_json import to_json
from assuage.report.text import print_review
from assuage.review.make import review
from assuage.review.visit import visit_page
from assuage.safety.consent import consent_given
from assuage.terms.answers import UNKNOWN
from assuage.terms.conditions import CONDITIONS
from assuage.terms.drugs import TIZANIDINE
from assuage.terms.scales import PAIN
from tests.record.strategies import entries, records

NECK = pathway("neck-first")


def a_record(*given: dict[str, Any]) -> Record:
    plain = [{"day": 0, "id": f"e{at}", **entry} for at, entry in enumerate(given)]
    return parse_record({"format": "assuage-record/2", "patient": {"id": "ana"}, "entries": plain})


def disputed(record: Record, entry: dict[str, Any]) -> Disputed:
    appended = append(record, {"day": 0, **entry})
    assert isinstance(appended, Disputed), appended
    assert read_text(to_yaml(appended.record)) == appended.record
    return appended


# --- the same answer as reading the whole -----------------------------------------------------------

OTHERWISE: dict[str, tuple[object, ...]] = {
    "value": (0, 1),
    "state": ("present", "absent", "given", "refused", "resolved", "normal", "abnormal"),
    "do": ("start", "stop", "hold", "leave", "advance"),
    "certainty": ("confirmed", "refuted"),
    "taken": (True, False),
    "chosen": (True, False),
    "reached": (True, False),
    "kept": (True, False),
}


@st.composite
def one_more(draw: st.DrawFn) -> tuple[Record, dict[str, Any]]:
    """A record, and an entry that is new to it, repeats one of it, contradicts one, or changes one."""
    record = draw(records())
    plain: dict[str, Any] = entry_to_plain(draw(entries(has_start=record.starts_on is not None)), record)
    if record.entries and draw(st.booleans()):
        plain = entry_to_plain(draw(st.sampled_from(record.entries)), record)
        for name, values in OTHERWISE.items():
            if name in plain:
                plain[name] = draw(st.sampled_from(values))
        for name in ("replaces", "id"):
            plain.pop(name, None)
    names = [entry.id for entry in record.entries if entry.id is not None]
    for field in ("id", "replaces", "about"):
        if draw(st.integers(0, 3)) == 0:
            plain[field] = draw(st.sampled_from([*names, "new", "nobody"]))
    if names and draw(st.integers(0, 5)) == 0:
        plain = {
            "day": draw(st.integers(0, 9)),
            "kind": "void",
            "of": draw(st.sampled_from(names)),
            "because": "x",
        }
    return record, plain


@settings(deadline=None)
@given(one_more())
def test_an_entry_is_added_refused_or_disputed_as_reading_the_whole_record_would_have_it(
    drawn: tuple[Record, dict[str, Any]],
) -> None:
    record, entry = drawn
    plain = to_plain(record)
    whole, problems = examine({**plain, "entries": [*plain["entries"], entry]})
    appended = append(record, entry)
    match appended:
        case Record():
            assert appended == whole
            assert appended.index == StandingIndex.of(appended.entries)
            assert appended.current == Record(appended.patient, appended.entries).current
        case Refused():
            assert problems
        case Disputed():
            # What somebody else would take back is in dispute without a word of it in the document.
            assert problems or appended.record == whole
            assert parse_record(to_plain(appended.record)) == appended.record


# --- what two people wrote against each other --------------------------------------------------------


def test_a_score_in_dispute_is_the_range_of_both_until_one_is_withdrawn():
    pain = {"kind": "score", "scale": "pain", "value": 2, "time": "08:00"}
    both = disputed(a_record(pain), pain | {"value": 9, "id": "mine"})
    assert both.with_entry.id == "e0"
    assert Timeline(both.record).day_values(PAIN, 0, 0) == {0: Range(2, 9)}
    settled = append(
        both.record, {"day": 1, "kind": "void", "of": "e0", "because": "read off the wrong line"}
    )
    assert isinstance(settled, Record)
    assert Timeline(settled).day_values(PAIN, 0, 0) == {0: Range(9, 9)}


def test_a_drug_in_dispute_is_possibly_taken():
    start = {"kind": "medication", "drug": "tizanidine", "do": "start"}
    timeline = Timeline(disputed(a_record(start), start | {"do": "stop"}).record)
    assert View(timeline, 3, started=0, entered=0).truth(medication(TIZANIDINE).taken) is UNKNOWN
    assert [each.drug for each in timeline.active_medication(3)] == ["tizanidine"]


def test_a_condition_in_dispute_is_unknown():
    found = {"kind": "finding", "what": "bleeding_disorder", "state": "present"}
    timeline = Timeline(disputed(a_record(found), found | {"state": "absent"}).record)
    asked = finding(CONDITIONS["bleeding_disorder"]).present
    assert View(timeline, 3, started=0, entered=0).truth(asked) is UNKNOWN


def test_a_consent_in_dispute_is_not_given():
    consent = {"kind": "consent", "for": "care", "state": "given"}
    timeline = Timeline(disputed(a_record(consent), consent | {"state": "refused"}).record)
    assert not consent_given(timeline, 0)


def test_a_flag_that_one_person_saw_stands():
    check = {"kind": "red_flag_check", "flags": {"new_numbness": "present", "dissection": "absent"}}
    other = {"kind": "red_flag_check", "flags": {"new_numbness": "absent", "dissection": "absent"}}
    timeline = Timeline(disputed(a_record(check), other).record)
    assert [dict(each.flags) for each in timeline.checks()] == [
        {"RF_NEW_NUMBNESS": "present", "RF_DISSECTION": "unknown"},
        {"RF_NEW_NUMBNESS": "unknown", "RF_DISSECTION": "unknown"},
    ]


def test_an_entry_may_be_in_dispute_with_two():
    pain = {"kind": "score", "scale": "pain", "time": "08:00"}
    first = disputed(a_record(pain | {"value": 2}), pain | {"value": 5, "id": "b"})
    second = disputed(first.record, pain | {"value": 9, "id": "c"})
    assert second.record.entries[-1].disputed_with == ("e0", "b")
    assert Timeline(second.record).day_values(PAIN, 0, 0) == {0: Range(2, 9)}


def test_a_contradiction_of_an_entry_without_an_id_is_refused_and_leaves_the_record_as_it_was():
    consent = {"day": 0, "kind": "consent", "for": "care", "state": "given"}
    plain = {"format": "assuage-record/2", "patient": {"id": "ana"}, "entries": [consent]}
    assert isinstance(append(parse_record(plain), consent | {"state": "refused"}), Refused)


# --- a stored record never becomes unreadable ---------------------------------------------------------


def readable(record: Record) -> None:
    walk(NECK, parse_record(to_plain(record)), 60)


ENTER = {"kind": "decision", "do": "enter", "to": "settle"}
ADVANCE = {"kind": "decision", "do": "advance", "to": "quieten", "because": "ready"}


def test_an_advance_and_a_hold_of_two_people_on_one_day_hold():
    appended = append_on_pathway(
        a_record(ENTER, ADVANCE | {"day": 5}), {"day": 5, "kind": "decision", "do": "hold", "id": "h"}, NECK
    )
    assert isinstance(appended, Disputed)
    walked = walk(NECK, appended.record, 9)
    assert walked.current is not None
    assert (walked.current.phase.id, walked.held is not None) == ("settle", True)


def test_two_corrections_of_one_entry_are_in_dispute():
    pain = {"kind": "score", "scale": "pain", "value": 2}
    twice = disputed(
        a_record(pain, pain | {"value": 5, "replaces": "e0"}), pain | {"value": 9, "replaces": "e0"}
    )
    assert Timeline(twice.record).day_values(PAIN, 0, 0) == {0: Range(5, 9)}


def test_a_withdrawal_that_would_let_two_corrections_of_one_entry_stand_is_refused():
    pain = {"kind": "score", "scale": "pain", "value": 2}
    record = a_record(
        pain,
        pain | {"value": 5, "replaces": "e0"},
        {"kind": "void", "of": "e1", "because": "another patient's"},
        pain | {"value": 9, "replaces": "e0"},
    )
    appended = append(record, {"day": 1, "kind": "void", "of": "e2", "because": "it was hers"})
    assert isinstance(appended, Refused)
    assert [problem.place for problem in appended.problems] == ["entries[3].replaces"]


def test_what_an_entry_says_itself_of_a_dispute_is_not_said_twice():
    pain = {"kind": "score", "scale": "pain", "value": 2}
    record = a_record(pain, pain | {"replaces": "e0"})
    appended = append(record, {"day": 0, **pain, "replaces": "e0", "disputed_with": "e1"})
    assert isinstance(appended, Record)
    assert appended.entries[-1].disputed_with == ("e1",)


def test_a_back_dated_advance_past_a_later_one_is_in_dispute_with_it():
    later = a_record(
        ENTER, {"day": 9, "kind": "decision", "do": "advance", "to": "quieten", "because": "ready"}
    )
    back_dated = {"day": 5, "kind": "decision", "do": "advance", "to": "move", "because": "told by telephone"}
    appended = append_on_pathway(later, back_dated, NECK)
    assert isinstance(appended, Disputed)
    readable(appended.record)


def test_a_decision_that_the_pathway_does_not_know_is_refused():
    assert isinstance(
        append_on_pathway(a_record(ENTER), ADVANCE | {"day": 3, "to": "nowhere"}, NECK), Refused
    )


@pytest.mark.parametrize("until", [-1, 4])
def test_a_walk_can_go_on_from_where_it_came_to(until: int):
    record = a_record(ENTER, {"day": 2, "kind": "note", "text": "slept badly"})
    walker = Walker.begin(NECK, record).step(until)
    appended = append_on_pathway(record, ADVANCE | {"day": 4}, NECK, walker)
    assert isinstance(appended, Record)
    assert isinstance(append_on_pathway(record, ADVANCE | {"day": 4, "to": "nowhere"}, NECK, walker), Refused)


def test_a_dispute_is_shown_in_the_review_as_text_and_as_page(capsys: pytest.CaptureFixture[str]):
    consent = {"kind": "consent", "for": "care", "state": "given"}
    both = disputed(a_record(ENTER, consent), consent | {"state": "refused"})
    page = visit_page(review(both.record, NECK, 3))
    print_review(page, Console(width=200), everything=True)
    shown = " ".join(capsys.readouterr().out.split())
    for output in (shown, review_page(page)):
        assert "consent (day 0) and consent (day 0): read on the cautious side" in output


def test_what_is_in_dispute_and_what_was_withdrawn_are_named_by_their_places_in_the_review_as_json():
    consent = {"kind": "consent", "for": "care", "state": "given", "day": 1}
    both = disputed(a_record(ENTER, consent), consent | {"state": "refused", "id": "mine"})
    what = "consent (day 1) and consent (day 1): read on the cautious side"
    shown = to_json(review(both.record, NECK, 3))
    assert (shown["disputed"], shown["withdrawn"]) == ([{"entries": [1, 2], "what": what}], [])
    assert to_json(review(both.record, NECK, 0))["disputed"] == []

    void = {"day": 2, "kind": "void", "of": "mine", "because": "misheard"}
    settled = append(both.record, void)
    assert isinstance(settled, Record)
    shown = to_json(review(settled, NECK, 3))
    withdrawn = {"entry": 2, "day": 1, "by": 3, "because": "misheard"}
    assert (shown["disputed"], shown["withdrawn"]) == ([], [withdrawn])
    assert to_json(review(settled, NECK, 0))["withdrawn"] == []
