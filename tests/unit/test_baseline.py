"""One form asks all of it once: answered, nothing that could forbid or grade a proposal is asked again."""

from __future__ import annotations

from pathlib import Path

import pytest

from assuage.cli import main
from assuage.engine.walk import walk
from assuage.errors import Problems
from assuage.pathways.registry import PATHWAY_IDS, pathway
from assuage.record.read import parse_record, read_text
from assuage.record.timeline import Timeline
from assuage.review.baseline import BaselineQuestion, baseline
from assuage.review.make import review

Plain = dict[str, object]
PHASES = [(name, phase.id) for name in PATHWAY_IDS for phase in pathway(name).phases]
ANSWERS: dict[str, Plain] = {
    "finding": {"state": "absent", "method": "history"},
    "measurement": {"state": "normal", "method": "laboratory"},
    "symptom": {"state": "present"},
    "consent": {"state": "given", "by": "patient"},
    "medication": {"state": "present", "method": "history"},
}


def entered(follows: str, phase: str, *entries: Plain) -> Timeline:
    first: Plain = {"day": 0, "kind": "decision", "do": "enter", "to": phase, "because": "an example"}
    who = {"id": "p", "sex": "female", "age": 48}
    plain = {"format": "assuage-record/1", "patient": who, "pathway": follows, "entries": [first, *entries]}
    return Timeline(parse_record(plain))


def answer(asked: BaselineQuestion) -> Plain:
    kind = "finding" if asked.kind in ("measurement", "medication") else asked.kind
    named = {"for": asked.what} if kind == "consent" else {"what": asked.what}
    return {"day": 0, "kind": kind, **named, **ANSWERS[asked.kind]}


def form(follows: str, timeline: Timeline, day: int = 0) -> tuple[BaselineQuestion, ...]:
    return baseline(walk(pathway(follows), timeline, day), day)


@pytest.mark.parametrize(("follows", "phase"), PHASES)
def test_a_form_that_was_filled_in_leaves_nothing_to_ask_and_no_question_of_safety(follows: str, phase: str):
    filled = [answer(asked) for asked in form(follows, entered(follows, phase))]
    assert filled
    timeline = entered(follows, phase, *filled)
    assert form(follows, timeline) == ()
    needs = [need.id for item in review(timeline.record, follows, 0).plan for need in item.needs]
    assert "need.contraindications" not in needs


@pytest.mark.parametrize(("follows", "phase"), PHASES)
def test_what_was_answered_is_not_asked_again_on_the_next_days(follows: str, phase: str):
    filled = [answer(asked) for asked in form(follows, entered(follows, phase))]
    assert form(follows, entered(follows, phase, *filled), day=5) == ()


def test_a_question_says_which_recommendations_it_settles():
    asked = {each.what: each.settles for each in form("neck-first", entered("neck-first", "settle"))}
    assert "start-amitriptyline" in asked["glaucoma_narrow"]
    assert "start-creatine" not in asked["glaucoma_narrow"]


@pytest.mark.parametrize(
    ("recorded", "asked"),
    [
        ([], True),
        ([{"day": 0, "kind": "finding", "what": "takes no medication", "state": "unknown"}], True),
        ([{"day": 0, "kind": "finding", "what": "takes no medication", "state": "absent"}], True),
        ([{"day": 0, "kind": "finding", "what": "nevartoja jokių vaistų", "state": "present"}], False),
        ([{"day": 0, "kind": "medication", "drug": "ramipril", "do": "start"}], False),
    ],
)
def test_whether_anything_is_taken_is_asked_until_drugs_or_their_absence_are_recorded(
    recorded: list[Plain], asked: bool
):
    whats = {
        each.what: each.settles for each in form("neck-first", entered("neck-first", "settle", *recorded))
    }
    assert ("takes no medication" in whats) is asked
    assert not asked or "start-amitriptyline" in whats["takes no medication"]


def test_the_printed_form_can_be_pasted_into_the_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    record = tmp_path / "record.yaml"
    text = "format: assuage-record/1\npatient: {id: p, sex: female, age: 48}\npathway: neck-first\nentries:\n"
    first = '- {day: 0, kind: decision, do: enter, to: settle, because: "an example"}\n'
    record.write_text(text + first, encoding="utf-8")
    assert main(["baseline", str(record)]) == 0
    printed = capsys.readouterr().out
    with pytest.raises(Problems):
        read_text(text + first + printed)  # what was not filled in is no answer
    filled = printed.replace("state: unknown", "state: absent")
    filled = "\n".join(
        line.replace('"?"', "given" if "consent" in line else "absent") for line in filled.splitlines()
    )
    assert len(read_text(text + first + filled).entries) == 1 + printed.count("\n- ")


def test_without_a_pathway_nothing_can_be_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    record = tmp_path / "record.yaml"
    record.write_text("format: assuage-record/1\npatient: {id: p}\nentries: []\n", encoding="utf-8")
    assert main(["baseline", str(record)]) == 2
    assert "--pathway neck-first" in capsys.readouterr().err
