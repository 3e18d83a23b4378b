"""From a record to the situation of one day: what is known by then of conditions, allergies, flags and consent.

Only the record is read, in the order in which things happened. What nobody recorded stays unknown, with one
exception: a measurement nobody recorded counts as not measured, and a consent nobody recorded as missing, since that
is what their rules ask.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import assert_never

from assuage.record.entries import (
    AnswersEntry,
    AnyEntry,
    ConsentEntry,
    DecisionEntry,
    FindingEntry,
    MedicationEntry,
    NoteEntry,
    RedFlagEntry,
    ScoreEntry,
    SymptomEntry,
    TherapyEntry,
)
from assuage.record.timeline import Timeline
from assuage.safety.active_flags import CONDITION_OF_FLAG, active_flags
from assuage.safety.formulary import SUBSTANCES
from assuage.safety.situation import Situation, line_of, lines_of, substance_id
from assuage.terms.answers import NO, UNKNOWN, YES, Answer
from assuage.terms.symptoms import GONE_STATES, WORSE_STATES

_STATE: dict[str, Answer] = {"present": YES, "abnormal": YES, "absent": NO, "normal": NO, "unknown": UNKNOWN}

# Findings that say a measurement was made, whatever it showed, and what a normal one rules out (ours).
# Normal transaminases do not rule out impairment of the liver, so that stays unknown.
MEASURED: tuple[tuple[str, frozenset[str], tuple[str, ...]], ...] = (
    (
        "lft_unknown",
        frozenset(
            {"alt", "ast", "alt and ast", "transaminases", "lft", "liver function tests", "liver enzymes"}
        ),
        ("lft_raised_gt3uln",),
    ),
    (
        "creatinine_unknown",
        frozenset({"creatinine", "egfr", "renal function", "kidney function", "creatinine clearance"}),
        ("ckd_30_59", "ckd_lt30"),
    ),
    (
        "vitd_unknown",
        frozenset({"25-oh-d", "25-oh vitamin d", "25-hydroxyvitamin d", "vitamin d", "vitamin d level"}),
        (),
    ),
)
_ECG = frozenset({"ecg", "electrocardiogram"})
_RULED_OUT_BY_ECG = ("heart_block", "long_qt", "arrhythmia")
NEEDLE = "mesotherapy"
# Whose words document a consent to the needle (ours). `care` is the record's word for consent to treatment.
CONSENT_TO_A_NEEDLE = frozenset({"care", "treatment", "mesotherapy", "procedure", "injection", "injections"})
_NEURO_SYMPTOMS = frozenset({"numbness", "weakness"})
_NEURO_DEFICIT = "neuro_deficit_new"
# Conditions on which more than one thing has a word; of all others the latest finding alone decides.
INTERWOVEN: frozenset[str] = frozenset(
    {
        *(gap for gap, _, _ in MEASURED),
        *(condition for _, _, ruled_out in MEASURED for condition in ruled_out),
        *_RULED_OUT_BY_ECG,
        _NEURO_DEFICIT,
    }
)

# Condition central_sensitisation_active names "a recent flare"; DI_MESO_MASSAGE "a recently injected region".
# How recent is ours: two weeks for a flare, and the week between two sessions.
FLARE_DAYS, RECENT_DAYS = 14, 7
_PAINS = frozenset({"pain", "widespread_pain", "spasmodic_pain", "pain_after_massage"})

_ALLERGY = re.compile(
    r"(?:allergy|allergic|hypersensitivity|anaphylaxis)\s+(?:to|against|after)\s+(?P<after>.+)"
    r"|(?P<before>.+?)\s+(?:allergy|hypersensitivity|anaphylaxis)"
)


def situation(timeline: Timeline, day: int, unstable: Answer = UNKNOWN) -> Situation:
    """What is to be checked at the end of a day: the active medication, that day's therapies, what is known by then.

    `unstable` says whether the pathway's phase is one of active central sensitisation. A flare within 14 days
    says so too.
    """
    record = timeline.record
    past = [entry for entry in record.current if entry.day <= day]
    today = [
        line
        for entry in past
        if isinstance(entry, TherapyEntry) and entry.day == day
        for line in lines_of(entry)
    ]
    flags = active_flags(timeline, day)
    conditions = known_conditions(past)
    for active in flags:
        condition = CONDITION_OF_FLAG.get(active.flag.id)
        if condition:
            conditions[condition] = YES
    if "central_sensitisation_active" not in conditions:
        flared = any(is_flare(entry) and day - entry.day <= FLARE_DAYS for entry in past)
        conditions["central_sensitisation_active"] = YES if flared else unstable
    procedures = tuple(line for line in today if line.route == "procedure")
    injected = tuple(line for line in today if line.route != "procedure")
    if any(line.substance == NEEDLE for line in procedures) and "consent_missing" not in conditions:
        conditions["consent_missing"] = NO if consent_given(past) else YES
    return Situation(
        regimen=(*(line_of(episode.latest) for episode in timeline.active_medication(day)), *injected),
        procedures=procedures,
        recent=tuple(
            line
            for entry in past
            if isinstance(entry, TherapyEntry) and 0 < day - entry.day <= RECENT_DAYS
            for line in lines_of(entry)
            if line.route == "procedure" and line.sure
        ),
        conditions=conditions,
        red_flags=flags,
        allergies=recorded_allergies(past),
        age=None if record.patient.age is None else record.patient.age + max(day, 0) // 365,
        sex=record.patient.sex,
    )


def known_conditions(entries: Sequence[AnyEntry]) -> dict[str, Answer]:
    """The conditions that findings and symptoms speak of; the latest word counts."""
    known: dict[str, Answer] = {}
    measured: set[str] = set()
    neuro: set[tuple[str, str | None]] = set()
    for entry in entries:
        match entry:
            case FindingEntry(what=what, state=state):
                plain = " ".join(what.lower().split())
                if entry.condition is not None:
                    known[entry.condition.id] = _STATE[state]
                for gap, names, ruled_out in MEASURED:
                    if plain in names and state != "unknown":
                        measured.add(gap)
                        known[gap] = NO
                        if state == "normal":
                            known.update(dict.fromkeys(ruled_out, NO))
                if plain in _ECG and state == "normal":
                    known.update({out: NO for out in _RULED_OUT_BY_ECG if known.get(out) is not YES})
            case SymptomEntry() if entry.symptom is not None:
                symptom = entry.symptom.id
                if symptom in _NEURO_SYMPTOMS and entry.state in WORSE_STATES:
                    neuro.add((symptom, entry.site))
                elif entry.state in GONE_STATES and symptom == "all_symptoms":
                    neuro.clear()
                elif entry.state in GONE_STATES:
                    neuro -= {
                        (what, site) for what, site in neuro if what == symptom and entry.site in (None, site)
                    }
            case SymptomEntry() | ScoreEntry() | AnswersEntry() | MedicationEntry() | TherapyEntry():
                pass
            case DecisionEntry() | ConsentEntry() | RedFlagEntry() | NoteEntry():
                pass
            case _:
                assert_never(entry)
    for gap, _, _ in MEASURED:
        if gap not in measured:
            known.setdefault(gap, YES)
    if any(what == "weakness" for what, _ in neuro):
        # Numbness is a red flag with a way of being cleared; weakness stays until it is gone.
        known[_NEURO_DEFICIT] = YES
    return known


def is_interwoven(entry: AnyEntry) -> bool:
    """Whether an entry has a word on an interwoven condition, or on an allergy."""
    match entry:
        case FindingEntry(what=what, condition=condition):
            plain = " ".join(what.lower().split())
            named = any(plain in names for _, names, _ in MEASURED) or plain in _ECG
            interwoven = condition is not None and condition.id in INTERWOVEN
            return named or interwoven or allergy_in(what) is not None
        case SymptomEntry() if entry.symptom is not None:
            symptom = entry.symptom.id
            return symptom in _NEURO_SYMPTOMS or (entry.state in GONE_STATES and symptom == "all_symptoms")
        case SymptomEntry() | ScoreEntry() | AnswersEntry() | MedicationEntry() | TherapyEntry():
            return False
        case DecisionEntry() | ConsentEntry() | RedFlagEntry() | NoteEntry():
            return False
        case _:
            assert_never(entry)


def is_flare(entry: AnyEntry) -> bool:
    """Whether an entry says that a pain is new or worse."""
    return (
        isinstance(entry, SymptomEntry)
        and entry.state in WORSE_STATES
        and entry.symptom is not None
        and entry.symptom.id in _PAINS
    )


def consent_given(entries: Sequence[AnyEntry]) -> bool:
    """Whether a consent that covers the needle is documented and was not taken back."""
    states = {
        entry.purpose.lower(): entry.state
        for entry in entries
        if isinstance(entry, ConsentEntry) and entry.purpose.lower() in CONSENT_TO_A_NEEDLE
    }
    given = [purpose for purpose, state in states.items() if state == "given"]
    refused = {purpose for purpose, state in states.items() if state != "given"}
    # A refusal of the needle itself outweighs a consent to care as a whole.
    return bool(given) and not (refused - {"care", "treatment"})


def recorded_allergies(entries: Sequence[AnyEntry]) -> tuple[str, ...]:
    """The substances with a recorded allergy: `allergy to tizanidine`, `ibuprofen allergy`."""
    present_of: dict[str, bool] = {}
    for entry in entries:
        if isinstance(entry, FindingEntry):
            substance = allergy_in(entry.what)
            if substance is not None:
                present_of[substance] = _STATE[entry.state] is YES
    return tuple(substance for substance, present in present_of.items() if present)


def allergy_in(words: str) -> str | None:
    """The substance whose allergy these words name; None if they name none that is known."""
    match = _ALLERGY.fullmatch(" ".join(words.lower().replace("_", " ").split()))
    if match is None:
        return None
    substance = substance_id(match["after"] or match["before"])
    return substance if substance in SUBSTANCES else None
