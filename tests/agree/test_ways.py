"""A drug by one way or two: both engines say the same, and only two ways of one drug need the whole record."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assuage.pathways.registry import pathway
from assuage.record.read import parse_record
from tests.agree.both import assert_agreement, assert_same_alerts

NECK_FIRST = pathway("neck-first")
drugs = st.fixed_dictionaries(
    {
        "kind": st.just("medication"),
        "drug": st.sampled_from(
            ["ketoprofen", "Ketonal", "baclofen", "morphine", "fentanyl", "ibuprofen gel"]
        ),
        "do": st.sampled_from(["start", "start", "change", "stop"]),
    },
    optional={
        "route": st.sampled_from(["oral", "patch", "topical", "intradermal", "intrathecal", "transdermal"])
    },
)
told = st.lists(st.tuples(st.sampled_from([0, 1, 5, 29, 30]), drugs), max_size=6)


def _record(name, entries):
    timed = [{"day": day, "time": f"{at:02}:15", **entry} for at, (day, entry) in enumerate(entries)]
    return parse_record({"format": "assuage-record/2", "patient": {"id": name}, "entries": timed})


@given(st.lists(told, min_size=1, max_size=8))
def test_both_engines_say_the_same_of_drugs_by_several_ways(patients):
    records = [_record(f"p{number}", entries) for number, entries in enumerate(patients)]
    assert_agreement(NECK_FIRST, records, 30)
    assert_same_alerts(NECK_FIRST, records, 30)


def _by(*ways):
    """A record of one drug that is started by each of these ways, a day after the other."""
    return _record(
        "-".join(ways),
        [
            (day, {"kind": "medication", "drug": "ketoprofen", "do": "start", "route": way})
            for day, way in enumerate(ways)
        ],
    )


def test_only_who_has_one_drug_by_two_ways_goes_to_the_reference_engine():
    of_one, of_two = [_by("patch"), _by("topical"), _by("topical", "topical")], [_by("oral", "patch")]
    other = _record(
        "two-drugs",
        [
            (0, {"kind": "medication", "drug": "ketoprofen", "do": "start", "route": "topical"}),
            (0, {"kind": "medication", "drug": "ibuprofen", "do": "start", "route": "oral"}),
        ],
    )
    people = sorted((*of_one, *of_two, other), key=lambda one: one.patient.id)
    judged = assert_agreement(NECK_FIRST, people, 30)
    assert judged is not None
    assert [judged.names[at].as_py() for at in judged.records] == ["oral-patch"]
