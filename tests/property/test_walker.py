"""A walk that is stepped, with what is recorded as it comes, is the walk of the whole record."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from assuage.engine.walk import Walk, Walker, walk
from assuage.errors import InputError, Problems
from assuage.record.entries import AnyEntry, Patient, Record
from assuage.record.timeline import Timeline
from assuage.safety.active_flags import active_flags
from tests.property.strategies import LAST, clock, records_plain, tests
from tests.small_pathway import SMALL
from tests.spec.conftest import record

EMPTY = Record(Patient("p"), ())

decisions = st.fixed_dictionaries(
    {
        "day": st.integers(-2, LAST),
        "kind": st.just("decision"),
        "time": clock,
        "because": st.just("the patient asked"),
    }
).flatmap(
    lambda entry: st.sampled_from(
        [
            {"do": "enter", "to": "rest"},
            {"do": "enter", "to": "treat"},
            {"do": "advance"},
            {"do": "override", "to": "go"},
            {"do": "return", "to": "rest"},
            {"do": "hold"},
            {"do": "leave"},
        ]
    ).map(lambda act: {**entry, **act})
)


@st.composite
def written(draw: st.DrawFn) -> list[tuple[int, AnyEntry]]:
    """Entries in the order in which they are written down, each with the day of that; some late, some corrections."""
    rated = draw(st.lists(st.none() | st.integers(0, 10), min_size=LAST, max_size=LAST))
    diary = [
        {"day": day, "kind": "score", "scale": "pain", "value": value, "by": "patient"}
        for day, value in enumerate(rated)
        if value is not None
    ]
    plain = [*diary, *draw(records_plain)]
    days_decided: dict[int, Any] = {one["day"]: one for one in draw(st.lists(decisions, max_size=4))}
    try:
        entries = record([*plain, *days_decided.values()]).entries
    except Problems:
        assume(False)
        raise
    punctual = draw(st.booleans())  # as most are, so that what happened last is mostly written last
    delays = st.sampled_from([0] if punctual else [0, 0, 0, 1, 5])
    late = draw(st.lists(delays, min_size=len(entries), max_size=len(entries)))
    dated = sorted(
        ((entry.day + delay, entry) for delay, entry in zip(late, entries, strict=True)),
        key=lambda pair: (pair[0], pair[1].order),
    )
    named: list[tuple[int, AnyEntry]] = []
    for number, (day, entry) in enumerate(dated):
        corrects = not punctual and number > 0 and draw(st.integers(0, 9)) == 0
        replaces = f"e{draw(st.integers(0, number - 1))}" if corrects else None
        named.append((day, replace(entry, place=number, id=f"e{number}", replaces=replaces)))
    return named


def whole(pairs: list[tuple[int, AnyEntry]], until: int) -> Walk:
    entries = tuple(entry for day, entry in pairs if day <= until)
    try:
        return walk(SMALL, Timeline(replace(EMPTY, entries=entries)), until)
    except Problems:
        assume(False)
        raise


def state(walked: Walk) -> tuple[object, ...]:
    return (walked.until, walked.stays, walked.starts, walked.held, walked.ended)


def stepped(pairs: list[tuple[int, AnyEntry]], days: list[int]) -> Walker:
    """A walker taken from day to day, given on each what was written since the last."""
    walker, given_so_far = Walker.begin(SMALL, EMPTY), 0
    for day in days:
        due = [entry for written_on, entry in pairs[given_so_far:] if written_on <= day]
        walker, given_so_far = walker.step(day, due), given_so_far + len(due)
    return walker


@given(written(), tests, st.data())
def test_stepping_with_entries_as_they_are_written_is_the_walk_of_the_whole_record(pairs, test, data):
    days = sorted(data.draw(st.sets(st.integers(-3, LAST), min_size=4)))
    for day in days:
        whole(pairs, day)  # a decision that cannot be followed is refused by both; tested elsewhere
    walker, expected = stepped(pairs, days), whole(pairs, days[-1])
    assert state(walker.walk) == state(expected)
    for day in range(days[0], days[-1] + 1):
        assert walker.walk.view(day).truth(test) is expected.view(day).truth(test)
        assert active_flags(walker.walk.timeline, day) == active_flags(expected.timeline, day)
        assert walker.walk.timeline.active_medication(day) == expected.timeline.active_medication(day)


@given(written(), records_plain, tests, st.integers(0, LAST - 1))
def test_what_if_this_were_written_today_leaves_the_walker_it_is_asked_of_as_it_was(pairs, more, test, day):
    for until in range(day, day + 2):
        whole(pairs, until)
    origin = stepped(pairs, [day])
    before = state(origin.walk), origin.walk.view(day).truth(test)
    supposed = [entry for entry in record(more).entries if entry.day <= day]
    with suppress(Problems):  # what is supposed can lead to where a decision cannot be followed any more
        origin.step(day, supposed)
    assert (state(origin.walk), origin.walk.view(day).truth(test)) == before
    due = [entry for written_on, entry in pairs if day < written_on <= day + 1]
    assert state(origin.step(day + 1, due).walk) == state(whole(pairs, day + 1))


@given(written(), st.integers(-3, LAST), st.integers(-3, LAST))
def test_a_walk_taken_back_to_an_earlier_day_is_the_walk_to_that_day(pairs, day, until):
    entries = [(entry.day, entry) for _, entry in pairs]
    whole(entries, min(day, until))
    assert state(whole(entries, max(day, until)).back_to(min(day, until))) == state(
        replace(walk(SMALL, whole(entries, max(day, until)).timeline, min(day, until)))
    )


def test_a_walker_refuses_to_go_back_and_to_know_what_comes_later():
    (pain,) = record([{"day": 9, "kind": "score", "scale": "pain", "value": 3}]).entries
    walker = Walker.begin(SMALL, EMPTY).step(5)
    with pytest.raises(InputError, match="Day 4 lies before day 5"):
        walker.step(4)
    with pytest.raises(InputError, match="An entry of day 9 is not known on day 6"):
        walker.step(6, [pain])


def test_a_step_with_a_decision_that_leads_nowhere_is_refused_and_the_walker_goes_on_without_it():
    (decision,) = record([{"day": 3, "kind": "decision", "do": "enter", "to": "nowhere"}]).entries
    walker = Walker.begin(SMALL, EMPTY).step(2)
    with pytest.raises(Problems, match="nowhere"):
        walker.step(3, [decision])
    assert walker.step(3).walk.phase_on(3) == SMALL.phases[0]


def test_what_is_written_gets_the_place_it_has_at_the_end_of_the_record():
    entries = record(
        [{"day": day, "kind": "therapy", "what": "massage", "by": "patient"} for day in (1, 2)]
    ).entries
    walker = Walker.begin(SMALL, EMPTY).step(1, entries[:1]).step(2, [replace(entries[1], place=0)])
    assert [session.place for session in walker.walk.timeline.sessions()] == [0, 1]
