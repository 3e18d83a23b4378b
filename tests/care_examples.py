"""An entry of each kind that came with the second format, as a document has it: drawn wherever records are drawn."""

from __future__ import annotations

from typing import Any

CARE_ENTRIES: tuple[dict[str, Any], ...] = (
    {"kind": "measurement", "what": "weight", "value": 70.5, "unit": "kg", "by": "patient"},
    {"kind": "measurement", "what": "CRP", "high": 5, "unit": "mg/L", "range": {"high": 5}, "time": "08:00"},
    {
        "kind": "allergy",
        "substance": "tizanidine",
        "reaction": "rash",
        "severity": "mild",
        "certainty": "confirmed",
    },
    {"kind": "allergy", "substance": "birch pollen", "certainty": "suspected"},
    {
        "kind": "adverse_event",
        "what": "drowsiness",
        "grade": 2,
        "onset": 1,
        "end": 2,
        "suspected": ["amitriptyline", "deep massage"],
        "action": "stopped",
        "outcome": "recovered",
    },
    {
        "kind": "diagnosis",
        "what": "bleeding disorder",
        "code": "D69.9",
        "system": "icd-10",
        "certainty": "possible",
    },
    {"kind": "diagnosis", "what": "pregnancy", "certainty": "refuted"},
    {"kind": "adherence", "drug": "tizanidine", "taken": False, "asked": "count", "by": "patient"},
    {"kind": "adherence", "drug": "amitriptyline", "taken": 0.5},
    {"kind": "intake", "drug": "tizanidine", "doses": [{"amount": 2, "unit": "mg"}], "route": "oral"},
    {"kind": "offer", "what": "mesotherapy", "chosen": True, "chance": 0.5, "because": "an example"},
    {"kind": "exposure", "name": "coffee", "amount": 2.5, "unit": "cup", "by": "patient"},
    {"kind": "exposure", "name": "night shift", "state": "not_asked"},
    {"kind": "rating", "name": "brain fog", "value": 3, "lowest": 0, "highest": 5, "unit": "points"},
    {"kind": "goal", "what": "walk to the market", "target": "daily", "due": 60, "reached": False},
    {"kind": "appointment", "on": 42, "whom": "physiotherapist", "kept": True},
)
