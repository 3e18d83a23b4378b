"""The one reading of a record: what is added to it, and what it answers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from assuage.record.entries import KIND_OF, FindingEntry
from assuage.record.timeline import Timeline
from assuage.terms.conditions import CONDITIONS
from assuage.terms.scales import SCALES
from assuage.terms.symptoms import SYMPTOMS
from assuage.terms.therapies import THERAPIES
from tests.property.strategies import LAST, records_plain
from tests.record.strategies import records
from tests.spec.conftest import record


def all_answers(timeline: Timeline) -> dict[str, Any]:
    """What a timeline answers to every question there is: in its middle, on its last day and long after."""
    last = timeline.last_day if timeline.last_day is not None else 0
    answers: dict[str, Any] = {"last": timeline.last_day, "days": timeline.recorded_days()}
    for day in (last // 2, last, last + 1000):
        answers[f"entries on {day}"] = [
            list(entries(day))
            for entries in (
                timeline.symptoms,
                timeline.findings,
                timeline.medication,
                timeline.therapies,
                timeline.sessions,
                timeline.decisions,
                timeline.consents,
                timeline.checks,
                timeline.scores,
                timeline.answers,
            )
        ]
        answers[f"scales on {day}"] = [
            (timeline.day_values(scale, -1000, day), list(timeline.observations(scale.code)))
            for scale in SCALES.values()
        ]
        answers[f"therapies on {day}"] = [timeline.exposures(one, day) for one in THERAPIES.values()]
        answers[f"symptoms on {day}"] = [list(timeline.statements(one, None, day)) for one in SYMPTOMS]
        answers[f"findings on {day}"] = [timeline.finding(one, day) for one in CONDITIONS]
        answers[f"drugs on {day}"] = [timeline.episodes(drug, day) for drug in timeline.drugs()]
        answers[f"medication on {day}"] = timeline.active_medication(day)
        answers[f"patient to {day}"] = timeline.patient_days(-1000, day)
    return answers


@given(records_plain, records_plain)
def test_what_is_added_is_read_as_if_it_had_been_there_and_leaves_what_it_was_added_to_as_it_was(
    first, second
):
    later = [{**entry, "day": entry["day"] + LAST + 4} for entry in second]
    before = record(first)
    timeline = Timeline(before)
    asked_before = all_answers(timeline)
    longer = timeline.with_entries(record(later).entries)
    assert all_answers(longer) == all_answers(Timeline(record([*first, *later])))
    assert all_answers(timeline) == asked_before == all_answers(Timeline(before))


@given(records())
def test_every_current_entry_is_read_once_and_in_order(written):
    timeline = Timeline(written)
    kinds = (*(timeline.entries_of(kind) for kind in KIND_OF), timeline.histories())
    entries = sorted((entry for kind in kinds for entry in kind), key=lambda entry: entry.order)
    # What an allergy, an adverse event or a diagnosis states is a finding beside the entry itself.
    stated = {entry.place for entry in written.current if not isinstance(entry, FindingEntry)}
    entries = [each for each in entries if not (isinstance(each, FindingEntry) and each.place in stated)]
    assert tuple(entries) == written.current


def test_a_stop_and_a_start_on_one_day_are_no_break_and_a_stop_of_what_was_never_taken_is_none():
    def told(day: int, do: str, drug: str = "amitriptyline", time: str = "08:00") -> dict[str, object]:
        return {"day": day, "time": time, "kind": "medication", "drug": drug, "do": do}

    timeline = Timeline(
        record(
            [
                told(1, "start"),
                told(5, "stop"),
                told(5, "start", time="20:00"),
                told(9, "stop"),
                told(12, "start"),
                told(3, "stop", "tizanidine"),
            ]
        )
    )
    episodes = timeline.episodes("amitriptyline", 20)
    assert [(one.since, one.stopped and one.stopped.day) for one in episodes] == [(1, 9), (12, None)]
    assert timeline.episodes("tizanidine", 20) == []
    assert [one.since for one in timeline.active_medication(20)] == [12]
    assert timeline.active_medication(10) == ()


def drugs_on(entries: list[dict[str, object]], day: int) -> list[str | None]:
    told = [{"kind": "medication", "drug": "baclofen", **entry} for entry in entries]
    return [episode.latest.route for episode in Timeline(record(told)).active_medication(day)]


PUMP: dict[str, object] = {"day": 0, "do": "start", "route": "intrathecal pump"}
TABLETS: dict[str, object] = {"day": 2, "do": "start", "route": "oral"}


@pytest.mark.parametrize(
    ("more", "given"),
    [
        ([], ["intrathecal pump", "oral"]),
        ([{"day": 5, "do": "stop", "route": "by mouth"}], ["intrathecal pump"]),
        ([{"day": 5, "do": "stop", "route": "pump"}], ["oral"]),
        ([{"day": 5, "do": "stop"}], []),
        ([{"day": 5, "do": "stop", "route": "rectal"}], ["intrathecal pump", "oral"]),
        ([{"day": 5, "do": "start"}], ["intrathecal pump", None]),
        (
            [{"day": 5, "do": "stop", "route": "oral"}, {"day": 6, "do": "change", "route": "oral"}],
            ["intrathecal pump", "oral"],
        ),
        (
            [{"day": 5, "do": "change", "route": "patch"}],
            ["intrathecal pump", "oral", "patch"],
        ),
    ],
)
def test_one_drug_by_two_ways_is_two_treatments_until_each_is_stopped_or_all_is(more, given):
    assert drugs_on([PUMP, TABLETS, *more], 8) == given


def test_a_route_that_is_not_said_or_not_read_begins_no_second_treatment():
    assert drugs_on([{**PUMP, "route": None}, TABLETS], 8) == ["oral"]
    assert drugs_on([TABLETS, {"day": 5, "do": "start", "route": "after meals"}], 8) == ["after meals"]
    assert drugs_on([TABLETS, {"day": 5, "do": "start", "route": "tablets"}], 8) == ["tablets"]


def test_a_change_by_another_way_changes_the_only_one_that_runs():
    assert drugs_on([TABLETS, {"day": 5, "do": "change", "route": "i.v."}], 8) == ["i.v."]
