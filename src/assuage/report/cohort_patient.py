"""One patient of a cohort in words: the course, and what each criterion said, read from the panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assuage.terms.answers import Answer

_MARK = {"yes": "✓", "no": "✗", "unknown": "?"}
_LABEL = 14

Json = dict[str, Any]


def gates_asked(manifest: Mapping[str, Any], phase: str | None) -> list[dict[str, Any]]:
    """The gates that are asked of a patient in a phase (None: outside): ways back first, as they are asked."""
    number = {phase_["id"]: at for at, phase_ in enumerate(manifest["phases"])}
    asked = [gate for gate in manifest["gates"] if gate["from"] == phase]
    return sorted(asked, key=lambda gate: phase is not None and number[gate["to"]] > number[phase])


def to_json(
    manifest: Mapping[str, Any],
    patient: str,
    day: int,
    phase: str | None,
    answers: Mapping[str, Answer],
    course: Sequence[Json],
    spans: Mapping[str, Sequence[Json]],
) -> Json:
    """A day of a patient, and the course that led to it, ready for JSON."""
    titles = manifest["titles"]
    gates: list[Json] = []
    for gate in gates_asked(manifest, phase):
        answer_of = {name: answers[name].value for name in gate["criteria"]}
        gates.append(
            {
                "id": gate["id"],
                "title": gate["title"],
                "to": gate["to"],
                "criteria": answer_of,
                "met": all(answer == "yes" for answer in answer_of.values()),
            }
        )
    return {
        "patient": patient,
        "pathway": manifest["pathway"],
        "day": day,
        "phase": phase,
        "gates": gates,
        "answers": {name: answer.value for name, answer in answers.items()},
        "course": list(course),
        "spans": {name: list(of_criterion) for name, of_criterion in spans.items()},
        "titles": titles,
        "phases": {phase_["id"]: phase_["title"] for phase_ in manifest["phases"]},
    }


def patient_text(patient: Json) -> str:
    """The same in plain lines, at most a hundred columns wide."""
    pathway = patient["pathway"]
    lines = [
        f"{patient['patient']} on {pathway['id']}@{pathway['version']}, day {patient['day']}",
        "",
        f"{'Where':<{_LABEL}}{_phase(patient, patient['phase'])}",
    ]
    label = "Course"
    for span in patient["course"]:
        lines.append(f"{label:<{_LABEL}}{_days(span):<14}{_phase(patient, span['value'])}")
        label = ""
    for gate in patient["gates"]:
        to = _phase(patient, gate["to"])
        state = "met" if gate["met"] else "not met"
        lines += ["", f"Gate to {to}: {gate['title']} [{gate['id']}], {state}"]
        lines += [
            f"  {_MARK[answer]} {_title(patient, name)}: {answer}"
            for name, answer in gate["criteria"].items()
        ]
    lines += ["", "What each criterion said, day by day"]
    for name, spans in patient["spans"].items():
        lines.append(f"  {_title(patient, name)}")
        lines += _wrapped([f"{span['value']} {_days(span)}" for span in spans])
    lines += [
        "",
        "A gate that is met can still be shut by a red flag or a decision; the record and `assuage review` say so.",
    ]
    return "\n".join(lines) + "\n"


def _title(patient: Json, name: str) -> str:
    return f"{patient['titles'].get(name, name)} [{name}]"


def _phase(patient: Json, phase: str | None) -> str:
    return "outside the pathway" if phase is None else f"{patient['phases'].get(phase, phase)} [{phase}]"


def _days(span: Json) -> str:
    first, last = span["first"], span["last"]
    return f"day {first}" if first == last else f"day {first} to {last}"


def _wrapped(words: Sequence[str]) -> list[str]:
    """Words joined by commas, broken where a line is full."""
    lines: list[str] = []
    line = ""
    for at, word in enumerate(words):
        piece = f"{word}{'' if at == len(words) - 1 else ', '}"
        if line and len(line) + len(piece) > 92:
            lines.append(f"      {line.rstrip()}")
            line = ""
        line += piece
    return [*lines, f"      {line}"] if line else lines
