"""Random pathways on random records: the cohort engine says what the reference engine says, every day."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from assuage.errors import Problems
from assuage.record.read import parse_record
from tests.agree.both import assert_agreement
from tests.agree.strategies import documents, pathways


def read(number, entries, follows):
    plain = {"format": "assuage-record/2", "patient": {"id": f"p{number}"}, "entries": entries}
    if follows:
        plain["pathway"] = follows
    try:
        return parse_record(plain)
    except Problems:  # two entries that contradict each other: no record, so nothing to agree on
        return None


follows = st.sampled_from([None, None, None, "random", "neck-first"])


days = st.sampled_from([-2, 0, 3, 12, 24, 26, 26])


@given(pathways(), st.lists(st.tuples(documents(), follows), min_size=1, max_size=4), days)
def test_both_engines_say_the_same_on_every_day(pathway, drawn, on):
    records = [read(at, entries, other) for at, (entries, other) in enumerate(drawn)]
    records = [record for record in records if record is not None]
    assume(records)
    assert_agreement(pathway, records, on)


@given(pathways(), st.lists(documents(), min_size=1, max_size=4))
def test_both_engines_say_the_same_up_to_the_last_day_of_each_record(pathway, drawn):
    records = [record for at, one in enumerate(drawn) if (record := read(at, one, None))]
    assume(records)
    assert_agreement(pathway, records)
