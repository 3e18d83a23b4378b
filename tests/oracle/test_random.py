"""The oracle and both engines say the same of random records, of every day and every criterion."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.oracle.drawn import readable, record, smallest
from tests.oracle.engines import by_oracle, disagreements
from tests.oracle.neck_first import BACK, CRITERIA, GATES, PHASES
from tests.property.strategies import records_plain

TABLE = 8  # records in one table
TABLES = -(-settings().max_examples // 16)


def shown(records: list[dict[str, Any]], found: list[str]) -> str:
    """What was found, and the first record of which it was, cut down to what matters."""
    if not found:
        return ""
    name = found[0].partition(",")[0]
    culprit = next(one for one in records if one["patient"]["id"] == name)
    little = smallest(culprit, lambda fewer: bool(disagreements([fewer])))
    entries = [json.dumps(entry) for entry in little["entries"]]
    return "\n".join([*(disagreements([little]) or found), *entries])


# Hypothesis chooses seeds only; what a record can do without is found by leaving out entries.
@settings(max_examples=TABLES, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.integers(0, 2**32 - 1))
def test_the_oracle_and_both_engines_say_the_same_of_long_records(seed: int):
    seeds = Random(seed)
    records = [record(seeds.getrandbits(32), f"p{number}") for number in range(TABLE)]
    records = [one for one in records if one["entries"]]
    found = disagreements(records)
    assert not found, shown(records, found)


@settings(max_examples=TABLES)
@given(st.lists(records_plain.filter(bool), min_size=1, max_size=4))
def test_the_oracle_and_both_engines_say_the_same_of_short_records_of_every_kind(drawn: list[Any]):
    records = [
        readable({"format": "assuage-record/2", "patient": {"id": f"p{number}"}, "entries": entries})
        for number, entries in enumerate(drawn)
    ]
    assert disagreements([one for one in records if one["entries"]]) == []


# --- the records drawn are rich enough --------------------------------------------------------------


def reached(record: dict[str, Any]) -> Iterator[object]:
    """What happens to a record."""
    walked = by_oracle(record)
    if walked is None:
        yield "refused"
        return
    yield from ["held"] * walked.held + ["left"] * walked.ended
    yield from ((phase, by) for phase, _, by in walked.stays)
    for (here, _, _), (there, _, by) in zip(walked.stays, walked.stays[1:], strict=False):
        yield here, there, by
    for day in walked.days.values():
        yield from day.criteria.items()
        yield from day.gates.items()
        yield from (("breach", sure) for _, sure in day.breaches)
        yield "in force", day.in_force
        yield "red flag", bool(day.flags)


def test_drawn_records_reach_every_phase_every_answer_and_every_way_on_and_back():
    wanted: set[object] = {"refused", "held", "left"}
    wanted |= {(phase, by) for phase in PHASES for by in ("gate", "decision")}
    wanted |= {(PHASES[at], PHASES[at + 1], "gate") for at in range(3)}
    wanted |= {(here, to, "gate") for here, backs in BACK.items() for to in backs.values()}
    wanted |= {(criterion, answer) for criterion in CRITERIA for answer in ("yes", "no", "unknown")}
    wanted |= {(gate, state) for gate in GATES for state in ("open", "shut")}
    wanted |= {(what, is_so) for what in ("breach", "in force", "red flag") for is_so in (True, False)}
    for seed in range(1500):
        wanted -= set(reached(record(seed)))
        if not wanted:
            break
    assert wanted == set()
