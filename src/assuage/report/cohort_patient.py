"""One patient of a cohort in words: the course, and what each criterion said, read from the panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assuage.terms.answers import Answer

_MARK = {"yes": "✓", "no": "✗", "unknown": "?"}
_LABEL = 14

Plain = dict[str, Any]


def gates_asked(manifest: Mapping[str, Any], phase: str | None) -> list[dict[str, Any]]:
    """The gates that are asked of a patient in a phase (None: outside): ways back first, as they are asked."""
    number = {one["id"]: at for at, one in enumerate(manifest["phases"])}
    asked = [gate for gate in manifest["gates"] if gate["from"] == phase]
    return sorted(asked, key=lambda gate: phase is not None and number[gate["to"]] > number[phase])


def plain(
    manifest: Mapping[str, Any],
    patient: str,
    day: int,
    phase: str | None,
    answers: Mapping[str, Answer],
    course: Sequence[Plain],
    spans: Mapping[str, Sequence[Plain]],
) -> Plain:
    """A day of a patient, and the course that led to it, ready for JSON."""
    titles = manifest["titles"]
    gates: list[Plain] = []
    for gate in gates_asked(manifest, phase):
        said = {name: answers[name].value for name in gate["criteria"]}
        gates.append(
            {
                "id": gate["id"],
                "title": gate["title"],
                "to": gate["to"],
                "criteria": said,
                "met": all(one == "yes" for one in said.values()),
            }
        )
    return {
        "patient": patient,
        "pathway": manifest["pathway"],
        "day": day,
        "phase": phase,
        "gates": gates,
        "answers": {name: one.value for name, one in answers.items()},
        "course": list(course),
        "spans": {name: list(own) for name, own in spans.items()},
        "titles": titles,
        "phases": {one["id"]: one["title"] for one in manifest["phases"]},
    }


def text(found: Plain) -> str:
    """The same in plain lines, at most a hundred columns wide."""
    pathway = found["pathway"]
    lines = [
        f"{found['patient']} on {pathway['id']}@{pathway['version']}, day {found['day']}",
        "",
        f"{'Where':<{_LABEL}}{_phase(found, found['phase'])}",
    ]
    label = "Course"
    for span in found["course"]:
        lines.append(f"{label:<{_LABEL}}{_days(span):<14}{_phase(found, span['said'])}")
        label = ""
    for gate in found["gates"]:
        to = _phase(found, gate["to"])
        state = "met" if gate["met"] else "not met"
        lines += ["", f"Gate to {to}: {gate['title']} [{gate['id']}], {state}"]
        lines += [f"  {_MARK[said]} {_title(found, name)}: {said}" for name, said in gate["criteria"].items()]
    lines += ["", "What each criterion said, day by day"]
    for name, spans in found["spans"].items():
        lines.append(f"  {_title(found, name)}")
        lines += _wrapped([f"{span['said']} {_days(span)}" for span in spans])
    lines += [
        "",
        "A gate that is met can still be shut by a red flag or a decision; the record and `assuage review` say so.",
    ]
    return "\n".join(lines) + "\n"


def _title(found: Plain, name: str) -> str:
    return f"{found['titles'].get(name, name)} [{name}]"


def _phase(found: Plain, phase: str | None) -> str:
    return "outside the pathway" if phase is None else f"{found['phases'].get(phase, phase)} [{phase}]"


def _days(span: Plain) -> str:
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
