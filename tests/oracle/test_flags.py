"""The red flags of random records: what the chapter says, read literally, and what the package says."""

from __future__ import annotations

import pytest

from assuage.errors import Problems
from assuage.record.read import parse_record
from assuage.record.timeline import Timeline
from assuage.safety.active_flags import active_flags, shutting_flags
from tests.oracle.drawn import of_flags
from tests.oracle.flags import active, standing
from tests.oracle.moment import Moment, Patient
from tests.oracle.record import entries_of


@pytest.mark.parametrize("first", range(0, 300, 30))
def test_the_flags_of_random_records_are_those_of_the_chapter(first):
    for seed in range(first, first + 30):
        record = of_flags(seed)
        try:
            timeline = Timeline(parse_record(record))
        except Problems:
            continue  # two of its entries contradict each other
        patient = Patient(entries_of(record))
        for day in range(13):
            now = Moment(patient, day, None, None)
            flags = {each.flag.id for each in active_flags(timeline, day)}
            assert flags == active(now), (seed, day, record)
            assert {active.flag.id for active in shutting_flags(timeline, day)} == standing(now), (seed, day)


def test_the_random_records_hold_flags_that_are_told_of_and_flags_that_are_cleared():
    told = cleared = 0
    for seed in range(240):
        try:
            timeline = Timeline(parse_record(of_flags(seed)))
        except Problems:
            continue
        days = [{flag.flag.id for flag in active_flags(timeline, day)} for day in range(13)]
        told += any(days)
        cleared += any(before - after for before, after in zip(days, days[1:], strict=False))
    assert told > 40
    assert cleared > 10
