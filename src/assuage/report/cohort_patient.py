"""One patient of a cohort in words: the course, and what each criterion said, read from the panel."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from assuage.catalogue.message import Wording
from assuage.catalogue.read import Catalogue
from assuage.catalogue.sentence import Sentence
from assuage.report.cohort import WIDTH, CohortWords
from assuage.terms.answers import Answer
from assuage.words.speak import ENGLISH, translation_note

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


def patient_text(patient: Json, speaking: Catalogue = ENGLISH) -> str:
    """The same in plain lines, at most a hundred columns wide."""
    words = CohortWords(replace(speaking, marked=True), patient["titles"], patient["pathway"]["id"])
    say, pathway = words.say, patient["pathway"]
    named = f"{pathway['id']}@{pathway['version']}"
    where, course = say("cohort.patient-where"), say("cohort.patient-course")
    wide = max(_LABEL, len(where) + 1, len(course) + 1)
    lines: list[str] = [
        say("cohort.patient-head", patient=patient["patient"], pathway=named, day=patient["day"]),
        "",
        f"{where:<{wide}}{_phase(patient, patient['phase'], words)}",
    ]
    days = [_days(span, words) for span in patient["course"]]
    for at, (told, span) in enumerate(zip(days, patient["course"], strict=True)):
        label = "" if at else course
        lines.append(f"{label:<{wide}}{told:<{max(map(len, days))}}  {_phase(patient, span['value'], words)}")
    for gate in patient["gates"]:
        state = "cohort.gate-met" if gate["met"] else "cohort.gate-not-met"
        phase, title = _phase(patient, gate["to"], words), words.speaking.word(_gate(gate))
        lines += ["", say(state, phase=phase, gate=title, id=gate["id"])]
        lines += [
            f"  {_MARK[answer]} {words.titled(name)}: {_said(answer, words)}"
            for name, answer in gate["criteria"].items()
        ]
    lines += ["", say("cohort.each-criterion")]
    for name, spans in patient["spans"].items():
        lines.append(f"  {words.titled(name)}")
        lines += _wrapped([f"{_said(span['value'], words)} {_days(span, words)}" for span in spans])
    note = translation_note(speaking)
    foot = " ".join(filter(None, [note, say("cohort.patient-foot")]))
    return "\n".join([*lines, "", *textwrap.wrap(foot, WIDTH)]) + "\n"


def _gate(gate: Json) -> Wording:
    return Wording(f"gate.{gate['id']}.title", gate["title"])


def _said(answer: str, words: CohortWords) -> Sentence:
    return words.speaking.value(Answer(answer))


def _phase(patient: Json, phase: str | None, words: CohortWords) -> str:
    if phase is None:
        return words.say("cohort.outside")
    title = patient["phases"].get(phase, phase)
    return f"{words.phase({'id': phase, 'title': title})} [{phase}]"


def _days(span: Json, words: CohortWords) -> Sentence:
    first, last = span["first"], span["last"]
    return (
        words.say("cohort.on-day", day=first)
        if first == last
        else words.say("cohort.days-from-to", first=first, last=last)
    )


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
