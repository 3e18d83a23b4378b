"""`causality`, `triggers` and `review` say the same of one record, and their scales never say more than the verdict."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assuage.cli import main
from benchmarks.verdict_cells import CELLS, diaries_of_cell

LINKED = ("likely", "possible")
AGAINST = ("helps", "no difference of a point")
EXPOSED, OUTCOME = "massage", "pain"


def record_of(diary, sessions: str = EXPOSED) -> dict[str, Any]:
    """A simulated diary as a record: a score on each rated day, a session on each exposed one."""
    (exposure,) = diary.exposures.values()
    entries: list[dict[str, Any]] = []
    for day, (rating,) in enumerate(diary.ratings):
        if rating == rating:
            entries.append({"day": day, "kind": "score", "scale": "pain", "value": float(rating)})
        if exposure.days[day] > 0:
            entries.append({"day": day, "kind": "therapy", "what": sessions, "by": "patient"})
    return {"format": "assuage-record/2", "patient": {"id": "Ana"}, "entries": entries}


def said_by_all(record: dict[str, Any], folder: Path, capsys, *options: str) -> tuple[dict, dict, dict]:
    """What the three commands say of massage and pain, each with these options."""
    file = folder / "record.json"
    file.write_text(json.dumps(record))
    answers = []
    for arguments in (
        ["review", str(file)],
        ["triggers", str(file)],
        ["causality", str(file), "--exposure", EXPOSED, "--outcome", OUTCOME],
    ):
        assert main([*arguments, *options, "--json"]) == 0, capsys.readouterr().err
        answers.append(json.loads(capsys.readouterr().out))
    (suspected,) = (
        each
        for each in answers[0]["suspected_triggers"]
        if (each["exposure"], each["outcome"]) == (EXPOSED, OUTCOME)
    )
    (trigger,) = (each for each in answers[1]["triggers"] if each["exposure"] == EXPOSED)
    return suspected, trigger, answers[2]


def agree(suspected: dict, trigger: dict, causality: dict, events: bool = False) -> None:
    """Nothing that one says is denied by another; `events` says that a person's word answers items too."""
    assert suspected["standing"] == trigger["headline"]
    assert suspected["doubts"] == trigger["reasons"]
    scale = causality["naranjo"]
    answers = {item["id"]: item["answer"] for item in scale["items"]}
    assert suspected["naranjo"]["answers"] == answers
    assert (suspected["naranjo"]["score"], suspected["who_umc"]) == (scale["score"], causality["who_umc"])
    counted = ("exposed", "flared", "unanswered", "unexposed", "unexposed_flared")
    assert [suspected[key] for key in counted] == [trigger["counts"][key] for key in counted]
    word = trigger["verdict"]
    if word in AGAINST:
        assert answers["NQ2"] != "yes"
        assert answers["NQ3"] != "yes"
        assert answers["NQ4"] != "yes"
        assert scale["category"] in ("doubtful", "possible")
        assert causality["who_umc"] in ("unlikely", "unassessable", "conditional_unclassified")
    if word in LINKED:
        assert answers["NQ2"] == "yes"
        assert answers["NQ4"] != "no"
        assert causality["who_umc"] not in ("unlikely", "unassessable")
    if word not in LINKED and not events:
        assert "yes" not in (answers["NQ2"], answers["NQ3"], answers["NQ4"])
        assert scale["category"] in ("doubtful", "possible")
    if answers["NQ4"] == "yes" and not events:
        assert word == "likely"


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(
    "cell", ["plain", "sought", "quiet", "+2", "+2 sought", "+1", "-2", "-2 sought", "rare"]
)
def test_the_three_commands_agree_on_diaries_whose_truth_is_known(cell, seed, tmp_path, capsys):
    agree(*said_by_all(record_of(diaries_of_cell(CELLS[cell], 1, seed)[0]), tmp_path, capsys))


@pytest.mark.parametrize("cell", ["plain", "+2"])
def test_without_slow_waves_the_three_commands_agree_and_say_that_they_were_taken_out(cell, tmp_path, capsys):
    record = record_of(diaries_of_cell(CELLS[cell], 1, 1)[0])
    suspected, trigger, causality = said_by_all(record, tmp_path, capsys, "--slow-waves")
    agree(suspected, trigger, causality)
    for told in (" ".join(suspected["doubts"]), " ".join(trigger["reasons"]), causality["slow_waves"]):
        assert "Slow waves of pain, over weeks and months, were taken out" in told
    assert said_by_all(record, tmp_path, capsys)[2]["slow_waves"] is None


def test_an_exposure_is_judged_beside_the_others_of_the_record_by_all_three(tmp_path, capsys):
    record = record_of(diaries_of_cell(CELLS["+2"], 1, 5)[0])
    days = [entry["day"] for entry in record["entries"] if entry["kind"] == "therapy"]
    beside = [{"day": day - day % 2, "kind": "therapy", "what": "yoga", "by": "patient"} for day in days]
    record["entries"] = sorted([*record["entries"], *beside], key=lambda entry: entry["day"])
    suspected, trigger, causality = said_by_all(record, tmp_path, capsys)
    assert trigger["tests"] == 2
    agree(suspected, trigger, causality)


def test_a_person_who_suspects_what_helps_by_the_diary_is_not_answered_for(tmp_path, capsys):
    record = record_of(diaries_of_cell(CELLS["-2"], 1, 3)[0])
    day = next(entry["day"] for entry in record["entries"] if entry["kind"] == "therapy") + 1
    event = {"day": day, "kind": "adverse_event", "what": "pain", "suspected": [EXPOSED]}
    record["entries"] = sorted([*record["entries"], event], key=lambda entry: entry["day"])
    suspected, trigger, causality = said_by_all(record, tmp_path, capsys)
    assert trigger["verdict"] == "helps"
    second = causality["naranjo"]["items"][1]
    assert (second["answer"], "a person must judge" in second["because"]) == ("unknown", True)
    agree(suspected, trigger, causality, events=True)


day = st.integers(0, 60)
entry = st.one_of(
    st.builds(lambda d, v: {"day": d, "kind": "score", "scale": "pain", "value": v}, day, st.integers(0, 10)),
    st.builds(
        lambda d, state: {"day": d, "kind": "symptom", "what": "pain", "state": state},
        day,
        st.sampled_from(["new", "worse", "better", "present", "resolved"]),
    ),
    st.builds(lambda d: {"day": d, "kind": "therapy", "what": EXPOSED, "by": "patient"}, day),
    st.builds(lambda d: {"day": d, "kind": "therapy", "what": EXPOSED, "do": "stop", "by": "patient"}, day),
    st.builds(lambda d: {"day": d, "kind": "therapy", "what": "yoga", "by": "patient"}, day),
    st.builds(
        lambda d, end: {
            "day": d, "kind": "adverse_event", "what": "pain", "suspected": [EXPOSED], "action": "stopped",
            "outcome": "recovered", "end": d + end,
        },
        day, st.integers(0, 9),
    ),
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(entry, max_size=70), st.lists(st.integers(0, 10), max_size=61), day)
def test_the_three_commands_agree_on_any_record(tmp_path, capsys, drawn, pain, massage):
    rated = [{"day": at, "kind": "score", "scale": "pain", "value": value} for at, value in enumerate(pain)]
    entries = [*rated, *drawn, {"day": massage, "kind": "therapy", "what": EXPOSED, "by": "patient"}]
    entries.sort(key=lambda one: one["day"])
    record = {"format": "assuage-record/2", "patient": {"id": "Ana"}, "entries": entries}
    events = any(one["kind"] == "adverse_event" for one in entries)
    agree(*said_by_all(record, tmp_path, capsys), events)
