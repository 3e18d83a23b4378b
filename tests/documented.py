"""A patient of whom everything was asked that could forbid or grade a treatment: what is unknown is not in the way."""

from __future__ import annotations

from assuage.terms.conditions import CONDITIONS

Plain = dict[str, object]
# What a clinician asks of everybody once: nothing that forbids or grades anything is there, and all was measured.
GAPS = {
    "lft_unknown",
    "creatinine_unknown",
    "vitd_unknown",
    "consent_missing",
    "central_sensitisation_active",
}
BASELINE: list[Plain] = [
    *(
        {"day": 0, "kind": "finding", "what": condition, "state": "absent", "method": "history"}
        for condition in CONDITIONS
        if condition not in GAPS
    ),
    {"day": 0, "kind": "finding", "what": "ALT and AST", "state": "normal", "method": "laboratory"},
    {"day": 0, "kind": "finding", "what": "creatinine", "state": "normal", "method": "laboratory"},
    {"day": 0, "kind": "finding", "what": "vitd_unknown", "state": "present", "method": "history"},
    {"day": 0, "kind": "consent", "for": "treatment", "state": "given", "by": "patient"},
]


def no_fever(day: int) -> Plain:
    """What is asked again on the day of a session: that somebody has no fever holds for that day."""
    return {"day": day, "kind": "finding", "what": "fever_systemic", "state": "absent", "method": "history"}


# A medication list that has been asked for: silence about a drug on it means that it is not taken.
LISTED: Plain = {"day": 0, "kind": "medication", "drug": "paracetamol", "do": "start"}
PROBLEMS: list[Plain] = [
    {"day": 0, "kind": "symptom", "what": what, "state": "present"}
    for what in ("sleep problem", "spasmodic pain", "anxiety", "fatigue")
]
