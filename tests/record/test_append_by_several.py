"""Many appends by several authors, of every kind, with withdrawals and corrections of each other: nothing is lost."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assuage.engine.append import append_on_pathway
from assuage.engine.walk import walk
from assuage.pathways.registry import pathway
from assuage.record.append import Appended, Disputed, Refused, append
from assuage.record.entries import Record
from assuage.record.read import examine, parse_record
from assuage.record.standing import StandingIndex
from assuage.record.timeline import Timeline
from assuage.record.trusted import trusted
from assuage.record.write import to_plain
from tests.care_examples import CARE_ENTRIES

NECK = pathway("neck-first")
Plain = dict[str, Any]
BASE: Plain = {"format": "assuage-record/2", "patient": {"id": "ana"}, "entries": []}

# Few things and few moments, so that entries meet: what each says may be said otherwise by the next.
SAID: tuple[tuple[Plain, str, tuple[object, ...]], ...] = (
    ({"kind": "score", "scale": "pain"}, "value", (2, 9)),
    ({"kind": "answers", "instrument": "sss"}, "items", ({"fatigue": 1}, {"fatigue": 2})),
    ({"kind": "symptom", "what": "numbness"}, "state", ("present", "absent", "worse")),
    ({"kind": "finding", "what": "long_qt"}, "state", ("present", "absent")),
    ({"kind": "finding", "what": "allergy to tizanidine"}, "state", ("present", "absent", "unknown")),
    ({"kind": "medication", "drug": "tizanidine"}, "do", ("start", "stop")),
    ({"kind": "consent", "for": "care"}, "state", ("given", "refused", "withdrawn")),
    ({"kind": "red_flag_check"}, "flags", ({"stroke": "present"}, {"stroke": "absent"})),
    ({"kind": "allergy", "substance": "tizanidine"}, "certainty", ("confirmed", "suspected", "refuted")),
    ({"kind": "diagnosis", "what": "long QT syndrome"}, "certainty", ("confirmed", "refuted")),
    ({"kind": "decision", "because": "x"}, "do", ("advance", "hold", "leave")),
    ({"kind": "decision", "because": "x", "to": "settle"}, "do", ("enter", "return", "advance", "override")),
    ({"kind": "decision", "because": "x", "to": "move"}, "do", ("enter", "return", "advance", "override")),
    ({"kind": "note"}, "text", ("well", "unwell")),
    *(
        ({name: value for name, value in entry.items() if name != "day"}, "note", ("a", "b"))
        for entry in CARE_ENTRIES
    ),
)
WRITERS: tuple[Plain, ...] = (
    {},
    {"by": "patient"},
    {"role": "physician", "author": "a"},
    {"role": "physician", "author": "b"},
    {"role": "patient", "author": "a", "by": "patient"},
    {"role": "relative", "author": "c"},
    {"role": "import"},
)
OFTEN = 3  # how many names of the newest entries another is drawn from: chains of what was written just now


@st.composite
def one_entry(draw: st.DrawFn, number: int) -> Plain:
    """One entry more, with a name, that may correct, withdraw, dispute or answer some of those before it."""
    names = [f"e{each}" for each in range(number)]
    of = st.sampled_from(names[-OFTEN:] or ["nobody"]) | st.sampled_from(names or ["nobody"])
    day: Plain = {"day": draw(st.integers(0, 2)), "id": f"e{number}"} | draw(st.sampled_from(WRITERS))
    if draw(st.integers(0, 2)) == 0:
        return day | {"kind": "void", "of": draw(of), "because": "x"}
    what, field, values = draw(st.sampled_from(SAID))
    entry = what | day | {field: draw(st.sampled_from(values))}
    for name in ("replaces", "replaces", "disputed_with", "about"):
        if draw(st.integers(0, 3)) == 0:
            entry[name] = draw(of)
    if draw(st.integers(0, 7)) == 0:
        del entry["id"]
    return entry


ENTRIES = st.integers(2, 9).flatmap(lambda size: st.tuples(*map(one_entry, range(size))))


def longer(before: Record, appended: Appended) -> Record:
    match appended:
        case Record():
            return appended
        case Disputed():
            return appended.record
        case Refused():
            return before


@settings(deadline=None, max_examples=300)
@given(ENTRIES)
def test_whoever_appends_what_the_stored_record_reads_as_it_would_from_its_beginning(
    entries: tuple[Plain, ...],
):
    record = parse_record(BASE)
    for entry in entries:
        plain = to_plain(record)
        whole, problems = examine({**plain, "entries": [*plain["entries"], entry]})
        appended = append(record, entry)
        if isinstance(appended, Record):
            assert appended == whole
        assert problems or not isinstance(appended, Refused)
        record = longer(record, appended)
        assert parse_record(to_plain(record)) == record == trusted(to_plain(record))
        anew = Record(record.patient, record.entries)
        assert (record.current, record.disputes) == (anew.current, anew.disputes)
        assert record.index == StandingIndex.of(record.entries)


@settings(deadline=None, max_examples=100)
@given(ENTRIES)
def test_a_pathway_can_follow_whatever_was_appended_on_it(entries: tuple[Plain, ...]):
    record = parse_record(BASE)
    for entry in entries:
        record = longer(record, append_on_pathway(record, entry, NECK))
        walked = walk(NECK, parse_record(to_plain(record)), 5)
        assert walked.stays == walk(NECK, Timeline(record), 5).stays
