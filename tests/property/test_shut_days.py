"""A walk that passes over the days on which no gate can open moves as one that looks at every day."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings

from assuage.engine import walk as walking
from assuage.engine.shut_days import ShutDays
from assuage.engine.trace import is_open
from assuage.engine.walk import walk
from assuage.errors import Problems
from assuage.record.read import parse_record
from assuage.record.timeline import Timeline
from tests.agree.strategies import documents, pathways


class EveryDay(ShutDays):
    """Looks again tomorrow, whatever it sees."""

    def opening(self, view, gates):
        return view.day if all(is_open(view, gate) for gate in gates) else view.day + 1


@settings(max_examples=30)
@given(pathways(), documents())
def test_no_day_is_passed_over_on_which_a_gate_opens(pathway, entries):
    try:
        record = parse_record({"format": "assuage-record/2", "patient": {"id": "p"}, "entries": entries})
        passed = walk(pathway, Timeline(record), 40)
    except Problems:
        assume(False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(walking, "ShutDays", EveryDay)
        looked = walk(pathway, Timeline(record), 40)
    assert passed.stays == looked.stays
