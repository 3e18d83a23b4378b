"""Eighteen invented patients, no two alike: every phase of both pathways, none at all, and what a practice meets."""

from __future__ import annotations

from assuage.record.entries import Record
from assuage.record.read import parse_record

Plain = dict[str, object]


def _pain(*values: tuple[int, float], site: str | None = "neck") -> list[Plain]:
    place: Plain = {} if site is None else {"site": site}
    return [
        {"day": day, "kind": "score", "scale": "pain", "value": value, "by": "patient", **place}
        for day, value in values
    ]


def _score(scale: str, *values: tuple[int, float]) -> list[Plain]:
    return [
        {"day": day, "kind": "score", "scale": scale, "value": value, "by": "patient"}
        for day, value in values
    ]


def _enter(phase: str, day: int = 0) -> Plain:
    return {"day": day, "kind": "decision", "do": "enter", "to": phase, "because": "an example"}


def _drug(
    drug: str, amount: float, unit: str = "mg", when: str = "night", day: int = 0, **more: object
) -> Plain:
    doses = [{"amount": amount, "unit": unit, "when": when}]
    return {"day": day, "kind": "medication", "drug": drug, "do": "start", "doses": doses, **more}


def _therapy(day: int, what: str, **more: object) -> Plain:
    return {"day": day, "kind": "therapy", "what": what, **more}


def _symptom(day: int, what: str, state: str = "present", **more: object) -> Plain:
    return {"day": day, "kind": "symptom", "what": what, "state": state, "by": "patient", **more}


def _finding(day: int, what: str, state: str = "present", **more: object) -> Plain:
    return {"day": day, "kind": "finding", "what": what, "state": state, **more}


def _consent(day: int, what: str, state: str) -> Plain:
    return {"day": day, "kind": "consent", "for": what, "state": state, "by": "patient"}


_DIARY = [(day, 6 - day // 7) for day in range(28)]

_PATIENTS: dict[str, tuple[Plain, str | None, list[Plain]]] = {
    "settle, with a diary": (
        {"sex": "female", "age": 44},
        "neck-first",
        [
            _enter("settle"),
            *_pain(*_DIARY),
            *_score("sleep", (0, 8), (14, 6), (27, 4)),
            _drug("amitriptyline", 10),
        ],
    ),
    "quieten, with injections": (
        {"sex": "female", "age": 51},
        "neck-first",
        [
            _enter("quieten"),
            _consent(0, "mesotherapy", "given"),
            *_pain(*_DIARY),
            *[_therapy(day, "mesotherapy", number=1 + day // 7, sites=["neck"]) for day in (0, 7, 14, 21)],
            _therapy(16, "massage", pressure="deep", by="patient"),
        ],
    ),
    "move": (
        {"sex": "male", "age": 38},
        "neck-first",
        [
            _enter("move"),
            *_pain(*[(day, day % 3) for day in range(28)]),
            *[_therapy(day, "kinesiotherapy", minutes=20) for day in range(2, 27, 3)],
        ],
    ),
    "keep": (
        {"sex": "female", "age": 60},
        "neck-first",
        [_enter("keep"), *_pain(*[(day, 1) for day in range(0, 60, 5)]), _drug("silexan", 80)],
    ),
    "the guideline, begun": (
        {"sex": "male", "age": 29},
        "eular-2017",
        [
            _enter("foundation"),
            *_pain(*_DIARY, site=None),
            _therapy(1, "patient education"),
            _therapy(4, "aerobic exercise"),
        ],
    ),
    "the guideline, tailored": (
        {"sex": "female", "age": 47},
        "eular-2017",
        [
            _enter("tailor"),
            *_pain((0, 7), (3, 7), (6, 8), site=None),
            _drug("duloxetine", 30),
            _symptom(5, "anxiety"),
        ],
    ),
    "the guideline, rehabilitation": (
        {"sex": "female", "age": 55},
        "eular-2017",
        [
            _enter("rehabilitate"),
            *_pain((0, 8), (20, 7), site=None),
            _therapy(10, "physical rehabilitation", do="start"),
        ],
    ),
    "no pathway": (
        {"sex": "female", "age": 33},
        None,
        [*_pain((0, 5), (8, 4)), _symptom(0, "fatigue"), _drug("tizanidine", 2)],
    ),
    "everything stops": (
        {"sex": "female", "age": 70},
        "neck-first",
        [
            _enter("quieten"),
            *_pain((0, 8), (5, 9)),
            _drug("warfarin", 5),
            _drug("ibuprofen", 400, when="morning"),
            _drug("tramadol", 100),
            _drug("sertraline", 100, when="morning"),
            _therapy(3, "mesotherapy", number=1, sites=["neck"]),
            _symptom(4, "numbness", "new", site="occiput"),
        ],
    ),
    "two accounts that differ": (
        {"sex": "male", "age": 50},
        "neck-first",
        [
            _enter("settle"),
            _symptom(10, "sleep problem", "resolved", time="09:00"),
            {
                "day": 10,
                "kind": "symptom",
                "what": "sleep problem",
                "state": "worse",
                "by": "clinician",
                "time": "11:00",
            },
            _drug("pregabalin", 75),
            {"day": 9, "kind": "medication", "drug": "pregabalin", "do": "stop", "by": "patient"},
            {**_drug("pregabalin", 150, day=10), "do": "change", "by": "clinician"},
        ],
    ),
    "silent for a year": (
        {"sex": "female", "age": 42},
        "neck-first",
        [
            _enter("settle"),
            *_pain((0, 6), (2, 7), (4, 6)),
            _drug("amitriptyline", 10),
            {"day": 370, "kind": "note", "text": "came back", "by": "clinician"},
        ],
    ),
    "pregnant": (
        {"sex": "female", "age": 31},
        "neck-first",
        [
            _enter("settle"),
            _finding(2, "pregnancy"),
            *_pain((2, 5), (9, 6)),
            _drug("pregabalin", 75),
            _drug("topiramate", 50),
        ],
    ),
    "a child": (
        {"sex": "female", "age": 11},
        "eular-2017",
        [_enter("foundation"), *_pain((0, 6), (4, 5), site=None), _symptom(1, "headache")],
    ),
    "consent refused": (
        {"sex": "female", "age": 49},
        "neck-first",
        [
            _enter("quieten"),
            _consent(0, "mesotherapy", "refused"),
            *_pain((0, 6), (6, 7)),
            _therapy(6, "mesotherapy", number=1, sites=["neck"]),
        ],
    ),
    "nothing but a drug no list has": (
        {"sex": "male", "age": 63},
        None,
        [_drug("zzyzxamol", 10), _finding(3, "a shadow on the film", "unknown", method="imaging")],
    ),
    "frail, with many drugs": (
        {"sex": "male", "age": 84},
        "neck-first",
        [
            _enter("settle"),
            *_pain((0, 5), (10, 5), site="lower_back"),
            *[
                _drug(name, amount, when=when)
                for name, amount, when in (
                    ("amitriptyline", 25, "night"),
                    ("zopiclone", 7.5, "night"),
                    ("ramipril", 5, "morning"),
                    ("furosemide", 40, "morning"),
                    ("naproxen", 500, "evening"),
                    ("citalopram", 20, "morning"),
                )
            ],
            _symptom(8, "fall", "new"),
        ],
    ),
    "sent back": (
        {"sex": "female", "age": 36},
        "neck-first",
        [
            _enter("move"),
            *_pain(*[(day, 2) for day in range(10)], *[(day, 7) for day in range(10, 20)]),
            {"day": 20, "kind": "decision", "do": "return", "to": "quieten", "because": "the neck is back"},
        ],
    ),
    "suicidal thoughts": (
        {"sex": "male", "age": 40},
        "neck-first",
        [
            _enter("settle"),
            {"day": 6, "kind": "answers", "instrument": "phq9", "items": {"self_harm": 2}},
            {"day": 6, "kind": "red_flag_check", "flags": {"suicide": "present"}},
            *_pain((0, 7), (6, 8)),
        ],
    ),
}


def names() -> tuple[str, ...]:
    """What each patient is there for."""
    return tuple(_PATIENTS)


def record_of(name: str) -> Record:
    """The record of a patient."""
    person, pathway, entries = _PATIENTS[name]
    head: Plain = {} if pathway is None else {"pathway": pathway}
    known = {"id": name.replace(" ", "-").replace(",", ""), **person}
    return parse_record({"format": "assuage-record/2", "patient": known, **head, "entries": entries})
