"""The pack in Assuage's own words: rows become a record, a question a test, phases a pathway."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assuage.instruments import INSTRUMENTS
from assuage.measures.criteria import Criterion
from assuage.measures.notation import (
    PATHWAY_START,
    PHASE_ENTRY,
    all_of,
    any_of,
    finding,
    medication,
    none_of,
    percent,
    records,
    score,
)
from assuage.pathways.model import FallBack, Gate, Pathway, Phase, Watch
from assuage.record.entries import Record
from assuage.record.read import parse_record
from assuage.terms.conditions import CONDITIONS
from assuage.terms.drugs import DRUGS
from assuage.terms.publications import CASE
from assuage.terms.scales import SCALES
from assuage.terms.sources import OURS
from assuage.terms.therapies import DEEP_MASSAGE, MESOTHERAPY
from assuage.terms.times import days

FOLDER = Path(__file__).parent
CASES: dict[str, dict[str, Any]] = {
    case["id"]: {**case, "file": file.stem}
    for file in sorted((FOLDER / "cases").glob("*.json"))
    for case in json.loads(file.read_text(encoding="utf-8"))
}
ANCHORS = {"start": PATHWAY_START, "entry": PHASE_ENTRY}
THERAPIES = {"mesotherapy": MESOTHERAPY, "deep_massage": DEEP_MASSAGE}
ASKED = "asked"


# --- rows -----------------------------------------------------------------------------------------


def record(case: dict[str, Any]) -> Record:
    """The rows of a case as a record."""
    entries: list[dict[str, Any]] = []
    answers: dict[tuple[int, str], dict[str, Any]] = {}
    for row in case["rows"]:
        common = {name: row[name] for name in ("day", "time", "by") if name in row}
        match row["kind"]:
            case "score" if row.get("value", row.get("low")) is None:
                continue  # a blank in the diary: nothing was said
            case "score":
                value = {name: row[name] for name in ("value", "low", "high") if name in row}
                entries.append({**common, "kind": "score", "scale": row["what"], **value})
            case "answer":
                items = answers.setdefault((row["day"], row["what"]), {})
                if not items:
                    entries.append({**common, "kind": "answers", "instrument": row["what"], "items": items})
                items[row["item"]] = row["value"]
            case "session" if row["what"] == "deep_massage":
                pressure = {"pressure": "deep"} if row.get("sure", True) else {}
                entries.append({**common, "kind": "therapy", "what": "massage", **pressure})
            case "session":
                entries.append({**common, "kind": "therapy", "what": row["what"]})
            case "finding":
                entries.append({**common, "kind": "finding", "what": row["what"], "state": row["state"]})
            case "medication":
                entries.append({**common, "kind": "medication", "drug": row["what"], "do": row["do"]})
            case other:
                raise ValueError(f"no such kind of row: {other}")
    return parse_record({"format": "assuage-record/1", "patient": {"id": case["id"]}, "entries": entries})


# --- questions ------------------------------------------------------------------------------------


def test_of(ask: dict[str, Any]) -> Any:
    """A question as a test of the notation."""
    match ask:
        case {"compare": measure, "is": op, "to": bound}:
            return compared(measure_of(measure), op, percent(bound) if "fall" in measure else bound)
        case {"known": measure}:
            return measure_of(measure).known
        case {"all": tests}:
            return all_of(*map(test_of, tests))
        case {"any": tests}:
            return any_of(*map(test_of, tests))
        case {"none": tests}:
            return none_of(*map(test_of, tests))
        case {"assume": test, "unknown_is": read_as}:
            return test_of(test).assumed(read_as == "yes", because="The question says so.")
        case {"found": what}:
            return finding(CONDITIONS[what]).present
        case {"taken": drug}:
            return medication(DRUGS[drug]).taken
        case other:
            raise ValueError(f"no such question: {other}")


def compared(measure: Any, op: str, bound: Any) -> Any:
    """The comparison, written with the operator itself."""
    match op:
        case "<=":
            return measure <= bound
        case "<":
            return measure < bound
        case ">=":
            return measure >= bound
        case ">":
            return measure > bound
        case _:
            return measure.equals(bound)


def measure_of(measure: dict[str, Any]) -> Any:
    """A measure of the notation."""
    if "fall" in measure:
        return measure_of(measure["fall"]).fall_from(ANCHORS[measure["since"]])
    (how, what), window = next(iter(measure.items())), measure["window"]
    source: Any = (
        records(THERAPIES[what])
        if how == "count"
        else score(INSTRUMENTS[what].scale if what in INSTRUMENTS else SCALES[what])
    )
    if "since" in window:
        return getattr(source.since(ANCHORS[window["since"]]), how)
    return getattr(source.past(days(window["past"]), needing=window.get("needing", 1)), how)


# --- pathways -------------------------------------------------------------------------------------


@dataclass
class _Names:
    """Ids for the criteria and gates of a case, none of them twice."""

    criteria: dict[Any, Criterion] = field(default_factory=dict)
    gates: int = 0

    def criterion(self, test: Any) -> Criterion:
        if test not in self.criteria:
            name = f"criterion-{len(self.criteria)}"
            self.criteria[test] = Criterion(
                name, "Of the pack", test, because="A case of the pack.", source=CASE, numbers=OURS
            )
        return self.criteria[test]

    def gate(self, asks: list[dict[str, Any]] | None) -> Gate | None:
        if not asks:
            return None
        self.gates += 1
        return Gate(f"gate-{self.gates}", "Of the pack", tuple(self.criterion(test_of(ask)) for ask in asks))


def pathway(case: dict[str, Any]) -> Pathway:
    """The phases of a case; for a question without phases a single one, in which it is watched."""
    ask, names = case["ask"], _Names()
    if "in_phase" not in ask:
        asked = Criterion(ASKED, "Of the pack", test_of(ask), because=case["why"], source=CASE, numbers=OURS)
        return Pathway(
            "pack", 1, "Of the pack", "A test.", (Phase("all", "All", "None."),), watch=(Watch(asked, "-"),)
        )
    phases: dict[str, Phase] = {}
    for plain in ask["phases"]:
        backs = [(phases[back["to"]], names.gate(back["when"])) for back in plain.get("back", ())]
        phases[plain["id"]] = Phase(
            plain["id"],
            plain["id"],
            "None.",
            enter=names.gate(plain.get("enter")),
            leave=names.gate(plain.get("leave")),
            fall_back=tuple(FallBack(to, gate) for to, gate in backs if gate),
        )
    return Pathway("pack", 1, "Of the pack", "A test.", tuple(phases.values()))
