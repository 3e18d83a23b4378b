"""A name that rests on memory may make a check ask; it decides nothing, and it clears nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from assuage.record.read import parse_record
from assuage.record.timeline import Timeline
from assuage.safety.alerts import Alert
from assuage.safety.check import check
from assuage.safety.formulary import (
    CONDITION_RULES,
    INTERACTIONS,
    MEMBERS_FROM_MEMORY,
    SUBSTANCES,
    members,
    membership_status,
)
from assuage.safety.known import alerts_of, situation
from assuage.safety.situation import Situation, lines_named
from assuage.terms.answers import YES
from assuage.terms.conditions import CONDITIONS
from assuage.terms.drug_index import indexed_names
from assuage.terms.drug_names import find_drug, read_drug
from assuage.terms.sources import Status

LISTED = {name: row.substances for name, row in indexed_names() if row.checked == "memory"}
REMEMBERED = sorted(name for name in LISTED if (read := read_drug(name)) is not None and read.how == "memory")
SURE = sorted(key for key, row in SUBSTANCES.items() if row.kind in ("drug", "herbal"))
TOGETHER = 60


def _stops(alerts: tuple[Alert, ...]) -> set[tuple[str, str]]:
    return {(alert.id, alert.subject) for alert in alerts if alert.tier == "stop"}


def _told(alerts: tuple[Alert, ...]) -> set[str]:
    """What is told at all, but for the questions about what nobody recorded: those are put together anew."""
    return {alert.id for alert in alerts if not alert.id.startswith("ask-")}


def test_a_name_that_rests_on_memory_is_read_as_such_unless_it_sounds_like_one_that_does_not():
    assert len(REMEMBERED) > 500
    by_sound = {name: read_drug(name) for name in LISTED.keys() - set(REMEMBERED)}
    assert all(read is not None and read.drug.id in LISTED[name] for name, read in by_sound.items())
    assert len(by_sound) < len(LISTED) / 50


@settings(max_examples=300)
@given(
    some.sampled_from(REMEMBERED),
    some.lists(some.sampled_from(SURE), max_size=3, unique=True),
    some.lists(some.sampled_from(sorted(CONDITIONS)), max_size=4, unique=True),
)
def test_a_remembered_name_stops_nothing_and_silences_nothing(name: str, beside: list[str], there: list[str]):
    known = dict.fromkeys(there, YES)
    sure = tuple(line for drug in beside for line in lines_named(drug, (), "oral"))
    without = check(Situation(sure, conditions=known))
    with_it = check(Situation((*sure, *lines_named(name, (), "oral")), conditions=known))
    assert _stops(with_it) == _stops(without)
    assert _told(with_it) >= _told(without)
    assert "not-checked" in _told(with_it)


@pytest.mark.parametrize("at", range(0, len(REMEMBERED), TOGETHER))
def test_a_stop_under_a_remembered_name_stops_nothing_that_is_taken(at: int):
    for name in REMEMBERED[at : at + TOGETHER]:
        read = read_drug(name)
        assert read is not None
        for part in read.drug.substances:
            known = find_drug(part.id)
            if known is None or known.id != part.id:
                continue  # the substance itself is only remembered, or counts as a salt
            taken = {"day": 0, "kind": "medication", "drug": part.id, "do": "start"}
            stop = {"day": 1, "kind": "medication", "drug": name, "do": "stop"}
            plain = {"format": "assuage-record/2", "patient": {"id": "p"}, "entries": [taken, stop]}
            here = situation(Timeline(parse_record(plain)), 1)
            assert part.id in {line.substance for line in here.regimen if line.sure or line.by_class}


def test_nothing_that_forbids_rests_on_a_membership_that_is_only_remembered():
    """Of classes that are remembered as a whole `MEMBERS_FROM_MEMORY` makes every alert a question."""
    rules = [
        *((row, row.parties) for row in INTERACTIONS),
        *((row, (row.target,)) for row in CONDITION_RULES),
    ]
    decided_from_memory = {
        (row.id, substance)
        for row, parties in rules
        if row.severity == "contraindicated"
        for party in parties
        for substance in members(party) - MEMBERS_FROM_MEMORY
        if membership_status(substance, party) is Status.MEMORY
    }
    assert decided_from_memory == set()


def test_an_alert_of_a_record_that_names_it_asks_at_most():
    entries = [
        {"day": 0, "kind": "medication", "drug": "oxycodone", "do": "start"},
        {"day": 0, "kind": "medication", "drug": "Adepend", "do": "start"},
    ]
    timeline = Timeline(
        parse_record({"format": "assuage-record/2", "patient": {"id": "p"}, "entries": entries})
    )
    found = {alert.id: alert.tier for alert in alerts_of(timeline, situation(timeline, 0))}
    assert found["DI_OPI_LDN"] == "ask"


def test_no_condition_forbids_a_drug_or_a_needle_by_what_is_only_remembered():
    forbidding = [rule for rule in CONDITION_RULES if rule.severity == "contraindicated"]
    assert [rule.id for rule in forbidding if rule.status is Status.MEMORY] == []
    assert [rule.id for rule in forbidding if set(rule.sources) <= {"MEM"}] == []
