"""The patients show what the drawing says they show, and everything that is done to a record is done to them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assuage.pathways.registry import PATHWAY_IDS, pathway
from assuage.record.decided_entries import DecisionEntry
from assuage.record.entries import Record, ScoreEntry
from assuage.record.read import read_text
from assuage.record.timeline import Timeline
from assuage.record.write import to_json, to_yaml
from assuage.review.make import review
from assuage.review.model import Review
from assuage.safety.active_flags import active_flags
from tests.universe import FILES, PATIENTS, drawing, everybody

YEAR = 365


def phase(number: int) -> Callable[[Review], bool]:
    return lambda seen: (
        number < len(seen.pathway.phases)
        and any(stay.phase is seen.pathway.phases[number] for stay in seen.stays)
    )


def moved(by: str) -> Callable[[Review], bool]:
    """Onwards, from one phase to the next: not where the pathway was begun, not back."""
    return lambda seen: any(
        after.by == by and seen.pathway.comes_before(before.phase, after.phase)
        for before, after in zip(seen.stays, seen.stays[1:], strict=False)
    )


def decided(act: str) -> Callable[[Review], bool]:
    return lambda seen: any(
        isinstance(entry, DecisionEntry) and entry.do == act for entry in seen.record.current
    )


def diary_on_most_days(seen: Review) -> bool:
    days = {entry.day for entry in seen.record.current if isinstance(entry, ScoreEntry) and entry.day >= 0}
    return len(days) > seen.on / 2


def longest_silence(record: Record) -> int:
    days = sorted({entry.day for entry in record.current if entry.day >= 0})
    return max((after - before for before, after in zip(days, days[1:], strict=False)), default=0)


def flagged(seen: Review) -> bool:
    return any(active_flags(Timeline(seen.record), day) for day in range(seen.on + 1))


SHOWS: dict[str, Callable[[Review], bool]] = {
    "follows neck-first": lambda seen: seen.pathway.id == "neck-first",
    "follows eular-2017": lambda seen: seen.pathway.id == "eular-2017",
    "was in the first phase": phase(0),
    "was in the second phase": phase(1),
    "was in the third phase": phase(2),
    "was in the fourth phase": phase(3),
    "moved on by a gate": moved("gate"),
    "moved on by a decision": moved("decision"),
    "went back": lambda seen: any(
        seen.pathway.comes_before(after.phase, before.phase)
        for before, after in zip(seen.stays, seen.stays[1:], strict=False)
    ),
    "override": decided("override"),
    "hold": decided("hold"),
    "left": lambda seen: seen.current is None and bool(seen.stays),
    "stayed beyond a limit": lambda seen: any(
        stay.phase.limit and stay.phase.limit.id == alert.id for alert in seen.alerts for stay in seen.stays
    ),
    "a gate nobody can answer": lambda seen: any(
        str(gate.reading.answer) == "unknown" for gate in seen.gates
    ),
    "a diary on most days": diary_on_most_days,
    "nothing for a year": lambda seen: longest_silence(seen.record) > YEAR,
    "breach of a restriction": lambda seen: any(
        breach.sure for state in seen.restrictions for breach in state.breaches
    ),
    "perhaps a breach": lambda seen: any(
        not breach.sure for state in seen.restrictions for breach in state.breaches
    ),
    "red flag on some day": flagged,
    "advice withheld": lambda seen: bool(seen.withheld),
    "two drugs that should not meet": lambda seen: any(
        alert.id.startswith("DI_") and alert.tier != "note" for alert in seen.alerts
    ),
    "a value as a range": lambda seen: any(
        isinstance(entry, ScoreEntry) and entry.low is not None for entry in seen.record.current
    ),
    "an entry corrected": lambda seen: len(seen.record.current) < len(seen.record.entries),
    "words no rule reads": lambda seen: bool(seen.not_checked),
    "all that is indicated is now": lambda seen: (
        bool(seen.plan) and all(item.state == "now" for item in seen.plan)
    ),
    "calendar dates": lambda seen: seen.record.starts_on is not None,
}


def reviewed(record: Record, name: str | None = None) -> Review:
    return review(record, pathway(name or record.pathway or ""))


def test_the_drawing_has_a_row_for_everything_that_is_looked_for_and_a_column_for_everybody():
    assert list(drawing()) == list(SHOWS)
    assert all(list(row) == list(PATIENTS) for row in drawing().values())
    assert sorted(FILES) == list(PATIENTS)


@pytest.mark.parametrize("name", PATIENTS)
def test_everybody_shows_what_is_drawn(name: str):
    seen = reviewed(PATIENTS[name]())
    assert {what: shows(seen) for what, shows in SHOWS.items()} == {
        what: row[name] for what, row in drawing().items()
    }


def test_every_phase_of_every_pathway_has_somebody_in_it():
    everywhere = {
        (seen.pathway.id, stay.phase.id) for seen in map(reviewed, everybody()) for stay in seen.stays
    }
    assert everywhere == {(name, phase.id) for name in PATHWAY_IDS for phase in pathway(name).phases}


def test_everybody_has_a_story_and_a_name_of_their_own():
    stories = [read.__doc__ for read in PATIENTS.values()]
    assert len(set(stories)) == len(PATIENTS) == 15
    assert len({record.patient.id for record in everybody()}) == 15


@pytest.mark.parametrize("name", PATIENTS)
def test_everybody_can_be_written_and_read_again(name: str):
    record = PATIENTS[name]()
    assert read_text(to_yaml(record)) == record
    assert read_text(to_json(record), form="json") == record


@pytest.mark.parametrize("other", PATHWAY_IDS)
@pytest.mark.parametrize("name", PATIENTS)
def test_everybody_can_be_read_against_every_pathway(name: str, other: str):
    seen = reviewed(PATIENTS[name](), other)
    assert seen.pathway.id == other
    assert all(stay.by == "gate" for stay in seen.stays) or seen.record.pathway == other


# --- fully documented and eligible, one a phase and pathway: a plan of nothing but questions is no plan -------------

INDICATED = {
    "ida": {"start-amitriptyline", "start-silexan", "start-creatine", "start-vitamin-d"},
    "jon": {"weekly-mesotherapy"},
    "kira": {"active-kinesiotherapy", "maintain-mesotherapy"},
    "leo": {"keep-moving"},
    "mila": {"education", "graded-exercise"},
    "nora": {
        "go-on-with-exercise",
        "cognitive-behavioural-therapy",
        "amitriptyline-for-sleep",
        "see-a-psychologist",
    },
    "omar": {"multimodal-programme"},
}


@pytest.mark.parametrize("name", INDICATED)
def test_who_is_documented_and_eligible_has_every_indicated_start_session_and_exercise_as_now(name: str):
    seen = reviewed(PATIENTS[name]())
    assert {item.recommendation.id: item.state for item in seen.plan} == dict.fromkeys(INDICATED[name], "now")


def test_there_is_one_of_them_in_every_phase_of_every_pathway():
    here = [
        (seen.pathway.id, seen.stays[-1].phase.id)
        for seen in (reviewed(PATIENTS[name]()) for name in INDICATED)
    ]
    assert sorted(here) == sorted((name, phase.id) for name in PATHWAY_IDS for phase in pathway(name).phases)
