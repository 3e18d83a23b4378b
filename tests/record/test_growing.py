"""A map that grows is the map of all its pairs, and growing copies next to nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assuage.record.append import append
from assuage.record.entries import Record
from assuage.record.growing import GrowingMap, growing
from assuage.record.read import parse_record
from assuage.record.standing import StandingIndex


@given(
    st.dictionaries(st.integers(0, 30), st.integers()),
    st.lists(st.dictionaries(st.integers(0, 30), st.integers())),
)
def test_it_holds_what_a_map_of_all_its_pairs_holds(first: dict[int, int], more: list[dict[int, int]]):
    grown, whole = growing(first), dict(first)
    for pairs in more:
        before, held = grown, dict(grown)
        grown = grown.followed_by(pairs)
        whole |= pairs
        assert dict(before) == held  # what was there is as it was
        assert (grown, len(grown), set(grown)) == (whole, len(whole), set(whole))
        assert all((key in grown) == (key in whole) for key in range(31))


def test_a_pair_is_copied_as_often_as_the_map_doubles():
    grown, copied = growing(dict[int, int]()), 0
    for key in range(4096):
        grown = grown.followed_by({key: key})
        copied += len(grown.layers[-1])
    assert len(grown.layers) <= 13
    assert copied <= 4096 * 13


def test_entries_that_follow_each_other_share_the_index_of_those_before():
    record = parse_record({"format": "assuage-record/2", "patient": {"id": "x"}, "entries": []})
    layers: set[int] = set()
    kept: list[object] = []
    for at in range(300):
        longer = append(
            record, {"id": f"e{at}", "day": at, "kind": "score", "scale": "pain", "value": at % 11}
        )
        assert isinstance(longer, Record)
        ids = longer.index.ids
        assert isinstance(ids, GrowingMap)
        layers |= {id(layer) for layer in ids.layers}
        kept += ids.layers  # an address is not given away twice
        record = longer
    assert record.index == StandingIndex.of(record.entries)
    assert len(layers) <= 2 * 300  # one new layer an entry, and those that it lies on as they were
