"""Names of pathways, ids in texts and days long ago in a record without identifiers."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assuage.deidentify.identifiers import Policy
from assuage.deidentify.record import Hidden, hide_record
from assuage.record.read import parse_record

Plain = dict[str, Any]


def hidden(*entries: Plain, **top: Any) -> Hidden:
    base: Plain = {"format": "assuage-record/2", "patient": {"id": "ana"}}
    return hide_record(parse_record(base | top | {"entries": list(entries)}), Policy())


DECIDED: Plain = {"day": 0, "kind": "decision", "do": "enter", "to": "settle"}


def test_a_pathway_that_is_shipped_and_its_phases_keep_their_names():
    kept = hidden(DECIDED | {"pathway": "neck-first"}, pathway="neck-first@1")
    assert (kept.value.pathway, kept.value.entries[0].pathway, kept.value.entries[0].to) == (
        "neck-first@1",
        "neck-first",
        "settle",
    )
    assert {change.rule.id for change in kept.changes} == {"patient-id"}


def test_a_foreign_pathway_and_its_phases_get_other_names_the_same_everywhere():
    released = hidden(
        DECIDED | {"pathway": "dr-jonaitis-plan", "to": "onos-etapas"},
        DECIDED | {"day": 3, "pathway": "klinika-9", "to": "onos-etapas"},
        DECIDED | {"day": 4, "pathway": "neck-first@Ona"},
        pathway="dr-jonaitis-plan",
    )
    first, second, third = released.value.entries
    assert released.value.pathway == first.pathway
    assert first.to == second.to
    names = [first.pathway, second.pathway, third.pathway, first.to]
    assert len(set(names)) == 4
    assert not any(word in name.lower() for name in names for word in ("jonait", "klinika", "ona", "onos"))
    assert {"pathway", "phase"} <= {change.rule.id for change in released.changes}


def test_an_id_that_a_text_names_is_renamed_with_its_entry():
    note: Plain = {"day": 0, "kind": "note", "text": "first look", "id": "ona-visit-7"}
    released = hidden(
        note, {"day": 1, "kind": "note", "text": "as said at ona-visit-7, and not in ona-visit-71"}
    )
    first, second = released.value.entries
    assert second.text.startswith(f"as said at {first.id}, ")
    assert any(
        change.rule.id == "entry-id" and change.place == "entries[1].text" for change in released.changes
    )


def test_an_id_that_is_a_word_or_a_number_is_put_to_a_person_where_a_text_has_it():
    for name in ("pain", "1234"):
        note: Plain = {"day": 0, "kind": "note", "text": "first look", "id": name}
        released = hidden(note, {"day": 1, "kind": "note", "text": f"more {name} than before"})
        assert {(each.place.partition(",")[0], each.word) for each in released.unjudged} == {
            ("entries[1].text", name)
        }


def test_a_code_that_is_somebodys_own_words_is_read_like_a_text():
    diagnosis: Plain = {"day": 0, "kind": "diagnosis", "system": "local", "code": "ona@example.org"}
    assert "example" not in hidden(diagnosis).value.entries[0].code
    assert "example" not in hidden(diagnosis | {"system": "icd-10"}).value.entries[0].code
    assert hidden(diagnosis | {"system": "icd-10", "code": "M79.7"}).value.entries[0].code == "M79.7"


days = st.lists(st.integers(-4000, 30), min_size=1, max_size=30)


@given(days, st.lists(st.booleans(), min_size=30, max_size=30))
def test_days_long_ago_keep_their_order_and_stay_apart(drawn: list[int], approximate: list[bool]):
    entries = [
        {"day": day, "kind": "note", "text": "a"} | ({"approximate": True} if about else {})
        for day, about in zip(drawn, approximate, strict=False)
    ]
    became = [entry.day for entry in hidden(*entries).value.entries]
    for first, after in zip(drawn, became, strict=True):
        for second, later in zip(drawn, became, strict=True):
            assert (first < second) == (after < later)
        assert after == first or first <= -60


def test_a_start_and_a_stop_that_round_to_one_day_do_not_contradict_each_other():
    drug: Plain = {"kind": "medication", "drug": "tizanidine"}
    released = hidden(drug | {"day": -75, "do": "start"}, drug | {"day": -70, "do": "stop"})
    start, stop = released.value.entries
    assert start.day < stop.day
    assert start.approximate
