"""The phases of a record are those of its walk, for everybody who asks: review, triggers, diaries and tables."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assuage.cli import main
from assuage.dynamics.reading import diary_of_record
from assuage.dynamics.stays import OwnPhases, decided, stays_of, table_walker, walked
from assuage.engine.phases import PhaseDays, decided_phases, phases_of
from assuage.engine.walk import walk
from assuage.pathways import registry
from assuage.record.decided_entries import DecisionEntry
from assuage.record.entries import Patient, Record
from assuage.record.read import read_record
from assuage.record.table import to_frame
from assuage.record.timeline import Timeline

# An `advance` that names no phase on day 20, a `leave` on day 40; massages on days 5, 30 and 50.
ADVANCED = Path(__file__).parents[1] / "fixtures" / "phases" / "advance_without_to.yaml"
STAYS = (PhaseDays("settle", 0, 20), PhaseDays("quieten", 20, 40))


def test_an_advance_that_names_no_phase_leads_to_the_next_one_and_a_leave_ends_it():
    assert phases_of(Timeline(read_record(ADVANCED)), 60) == STAYS


def test_the_walk_says_the_phase_of_a_day():
    walked = walk(registry.pathway("neck-first"), Timeline(read_record(ADVANCED)), 60)
    ids = [phase and phase.id for phase in map(walked.phase_on, (-1, 0, 19, 20, 39, 40, 60))]
    assert ids == [None, "settle", "settle", "quieten", "quieten", None, None]


def test_triggers_counts_an_exposure_in_the_phase_it_lies_in_and_one_outside_in_none(capsys):
    assert main(["triggers", str(ADVANCED), "--json"]) == 0
    (massage,) = json.loads(capsys.readouterr().out)["triggers"]
    assert massage["counts"]["exposed"] == 3
    assert massage["by_phase"] == [
        {"phase": "settle", "exposed": 1, "days": 20},
        {"phase": "quieten", "exposed": 1, "days": 20},
    ]


def test_a_diary_has_the_phases_of_the_walk_as_steps():
    diary = diary_of_record(read_record(ADVANCED))
    days = {phase: [*(inside.nonzero()[0] + diary.first_day)] for phase, inside in diary.phases.items()}
    assert days == {"settle": [*range(20)], "quieten": [*range(20, 40)]}


def test_a_review_holds_no_doubt_that_every_occasion_lies_in_one_phase_where_they_lie_in_two(capsys):
    assert main(["review", str(ADVANCED), "--json"]) == 0
    massage = json.loads(capsys.readouterr().out)["suspected_triggers"][0]
    assert not [doubt for doubt in massage["doubts"] if "Every occasion" in doubt]


def test_a_table_has_the_phases_of_the_walk_too():
    stays = walked(to_frame([read_record(ADVANCED)]), table_walker(registry.pathway("neck-first")))
    assert [PhaseDays(*row) for row in stays.select("phase", "entered", "left").rows()] == [*STAYS]


@pytest.mark.parametrize(
    "pathways", [("neck-first",), ("eular-2017", "eular-2017"), ("neck-first", "eular-2017")]
)
def test_each_patient_of_a_cohort_has_the_phases_of_the_pathway_that_the_record_names(pathways):
    names = [f"p{at}" for at in range(len(pathways))]
    records = [
        Record(
            Patient(name),
            (DecisionEntry(place=0, day=0, do="enter", to=registry.pathway(pathway).phases[0].id),),
            None,
            pathway,
        )
        for name, pathway in zip(names, pathways, strict=True)
    ]
    known = stays_of(to_frame(records), OwnPhases()).source_of
    assert known == {
        name: f"walk of {pathway}@{registry.pathway(pathway).version}"
        for name, pathway in zip(names, pathways, strict=True)
    }


# --- a record that names no pathway: all that is known of phases is what its decisions name ------------------------


def decision(day: int, do: str, to: str | None = None) -> DecisionEntry:
    return DecisionEntry(place=day, day=day, do=do, to=to)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("decisions", "stays"),
    [
        ([decision(1, "enter", "a"), decision(4, "enter", "b")], [("a", 1, 4), ("b", 4, None)]),
        ([decision(1, "enter", "a"), decision(4, "leave")], [("a", 1, 4)]),
        ([decision(1, "enter", "a"), decision(4, "hold")], [("a", 1, None)]),
        # Where an advance leads, only a pathway could say: from then on the phase is unknown.
        ([decision(1, "enter", "a"), decision(4, "advance")], [("a", 1, 4)]),
        ([decision(1, "enter", "a"), decision(4, "override", "a")], [("a", 1, None)]),
        ([decision(2, "hold")], []),
    ],
)
def test_without_a_pathway_each_phase_lasts_until_the_next_decision_that_moves_the_patient(decisions, stays):
    assert decided_phases(decisions) == tuple(PhaseDays(*stay) for stay in stays)


acts = st.sampled_from(
    [("enter", "a"), ("enter", "b"), ("advance", None), ("advance", "b"), ("hold", None), ("leave", None)]
)


@given(st.dictionaries(st.integers(-5, 30), acts, max_size=8))
def test_a_table_without_a_pathway_has_the_phases_of_its_decisions(by_day):
    record = Record(Patient("p"), tuple(decision(day, *act) for day, act in by_day.items()))
    stays = [PhaseDays(*row) for row in decided(to_frame([record])).select("phase", "entered", "left").rows()]
    expected = phases_of(Timeline(record), 40)
    for day in range(-5, 41):
        assert [stay.phase for stay in stays if stay.holds(day)] == [
            stay.phase for stay in expected if stay.holds(day)
        ]
