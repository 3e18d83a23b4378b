"""From a record to the situation of one day: what is known by then of conditions, allergies, flags and consent.

Only the record is read, in the order in which things happened. What nobody recorded stays unknown, with one
exception: a measurement nobody recorded counts as not measured, and a consent nobody recorded as missing, since that
is what their rules ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assuage.record.entries import SymptomEntry
from assuage.record.timeline import Timeline
from assuage.safety.active_flags import CONDITION_OF_FLAG, active_flags
from assuage.safety.formulary import SUBSTANCES
from assuage.safety.situation import Situation, line_of, lines_of, substance_id
from assuage.terms.answers import ANSWER_OF_STATE, NO, UNKNOWN, YES, Answer
from assuage.terms.symptoms import GONE_STATES, WORSE_STATES

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
    patient = timeline.record.patient
    sessions = timeline.sessions(day)
    today = [line for session in sessions if session.day == day for line in lines_of(session)]
    flags = active_flags(timeline, day)
    conditions = known_conditions(timeline, day)
    for active in flags:
        condition = CONDITION_OF_FLAG.get(active.flag.id)
        if condition:
            conditions[condition] = YES
    if "central_sensitisation_active" not in conditions:
        flared = any(is_flare(entry) and day - entry.day <= FLARE_DAYS for entry in timeline.symptoms(day))
        conditions["central_sensitisation_active"] = YES if flared else unstable
    procedures = tuple(line for line in today if line.route == "procedure")
    injected = tuple(line for line in today if line.route != "procedure")
    if any(line.substance == NEEDLE for line in procedures) and "consent_missing" not in conditions:
        conditions["consent_missing"] = NO if consent_given(timeline, day) else YES
    return Situation(
        regimen=(*(line_of(episode.latest) for episode in timeline.active_medication(day)), *injected),
        procedures=procedures,
        recent=tuple(
            line
            for session in sessions
            if 0 < day - session.day <= RECENT_DAYS
            for line in lines_of(session)
            if line.route == "procedure" and line.sure
        ),
        conditions=conditions,
        red_flags=flags,
        allergies=recorded_allergies(timeline, day),
        age=None if patient.age is None else patient.age + max(day, 0) // 365,
        sex=patient.sex,
    )


def known_conditions(timeline: Timeline, until: int | None = None) -> dict[str, Answer]:
    """The conditions that findings and symptoms up to a day (None: all) speak of; the latest word counts."""
    known: dict[str, Answer] = {}
    measured: set[str] = set()
    for finding in timeline.findings(until):
        words, state = _plain(finding.what), finding.state
        if finding.condition is not None:
            known[finding.condition.id] = ANSWER_OF_STATE[state]
        for gap, names, ruled_out in MEASURED:
            if words in names and state != "unknown":
                measured.add(gap)
                known[gap] = NO
                if state == "normal":
                    known.update(dict.fromkeys(ruled_out, NO))
        if words in _ECG and state == "normal":
            known.update({out: NO for out in _RULED_OUT_BY_ECG if known.get(out) is not YES})
    for gap, _, _ in MEASURED:
        if gap not in measured:
            known.setdefault(gap, YES)
    if any(symptom == "weakness" for symptom, _ in _neurological(timeline.symptoms(until))):
        # Numbness is a red flag with a way of being cleared; weakness stays until it is gone.
        known[_NEURO_DEFICIT] = YES
    return known


def _neurological(statements: Iterable[SymptomEntry]) -> set[tuple[str, str | None]]:
    """The neurological symptoms that were new or worse and are not said to be gone, each with its place."""
    there: set[tuple[str, str | None]] = set()
    for entry in statements:
        symptom = entry.symptom.id if entry.symptom else ""
        if symptom in _NEURO_SYMPTOMS and entry.state in WORSE_STATES:
            there.add((symptom, entry.site))
        elif entry.state in GONE_STATES and symptom == "all_symptoms":
            there.clear()
        elif entry.state in GONE_STATES:
            there -= {(what, site) for what, site in there if what == symptom and entry.site in (None, site)}
    return there


def has_interwoven(timeline: Timeline) -> bool:
    """Whether anything recorded has a word on an interwoven condition, or on an allergy."""
    for finding in timeline.findings():
        words = _plain(finding.what)
        named = any(words in names for _, names, _ in MEASURED) or words in _ECG
        interwoven = finding.condition is not None and finding.condition.id in INTERWOVEN
        if named or interwoven or allergy_in(finding.what) is not None:
            return True
    return any(
        entry.symptom is not None
        and (
            entry.symptom.id in _NEURO_SYMPTOMS
            or (entry.state in GONE_STATES and entry.symptom.id == "all_symptoms")
        )
        for entry in timeline.symptoms()
    )


def is_flare(entry: SymptomEntry) -> bool:
    """Whether a statement says that a pain is new or worse."""
    return entry.state in WORSE_STATES and entry.symptom is not None and entry.symptom.id in _PAINS


def consent_given(timeline: Timeline, until: int | None = None) -> bool:
    """Whether a consent that covers the needle is documented up to a day (None: at all) and was not taken back."""
    states = {
        consent.purpose.lower(): consent.state
        for consent in timeline.consents(until)
        if consent.purpose.lower() in CONSENT_TO_A_NEEDLE
    }
    given = [purpose for purpose, state in states.items() if state == "given"]
    refused = {purpose for purpose, state in states.items() if state != "given"}
    # A refusal of the needle itself outweighs a consent to care as a whole.
    return bool(given) and not (refused - {"care", "treatment"})


def recorded_allergies(timeline: Timeline, until: int | None = None) -> tuple[str, ...]:
    """The substances with an allergy recorded up to a day (None: all): `allergy to tizanidine`, `ibuprofen allergy`."""
    present_of: dict[str, bool] = {}
    for finding in timeline.findings(until):
        substance = allergy_in(finding.what)
        if substance is not None:
            present_of[substance] = ANSWER_OF_STATE[finding.state] is YES
    return tuple(substance for substance, present in present_of.items() if present)


def _plain(words: str) -> str:
    return " ".join(words.lower().split())


def allergy_in(words: str) -> str | None:
    """The substance whose allergy these words name; None if they name none that is known."""
    match = _ALLERGY.fullmatch(" ".join(words.lower().replace("_", " ").split()))
    if match is None:
        return None
    substance = substance_id(match["after"] or match["before"])
    return substance if substance in SUBSTANCES else None
