"""The diagnostic criteria, fed from the record: what was last recorded, as of which day, and nothing inferred.

The index comes from the painful sites where they were recorded, from its total where only that is known.
Symptoms told in words are not turned into sites or scores. Duration counts from the day on which widespread
pain (or else pain) was called new, in whole months of 30.44 days, up to the day of the index.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from assuage.errors import Problems
from assuage.instruments.criteria.aapt_2019 import AAPT_OF, AAPT_SITES
from assuage.instruments.result import Scored
from assuage.instruments.scoring import score
from assuage.record.entries import AnswersEntry, Record, ScoreEntry, SymptomEntry
from assuage.record.timeline import Timeline
from assuage.review.model import Diagnosis
from assuage.terms.answers import UNKNOWN
from assuage.terms.symptoms import GONE_STATES, PAIN_FELT, WIDESPREAD_PAIN

DAYS_A_MONTH = 30.44
LASTING, LIFETIME = 3, 1200  # the criteria's three months; a hundred years stand for no upper end

# Which facts of the record each set of criteria takes. What needs a clinician's judgement is asked for by the
# criteria themselves. acr_2010 wants the physician's own estimate of somatic burden and is left to `score`.
TAKES: dict[str, tuple[str, ...]] = {
    "fm_2016": ("body", "severity", "months", "age"),
    "acr_2011": ("body", "severity", "months"),
    "aapt_2019": ("sites", "burden", "months"),
    "cwp_2019": ("body",),
    "cwp_icd11": ("body", "more than months"),
    "acr_1990": ("body", "more than months"),
    "nociplastic_iasp_2021": ("more than months",),
}


def diagnosis(record: Record, timeline: Timeline, day: int) -> dict[str, Diagnosis]:
    """Each set of criteria, decided from what was recorded up to `day`."""
    body, body_day = body_of(record, day)
    severity, severity_day = severity_of(record, day)
    known = [one for one in (body_day, severity_day) if one is not None]
    as_of = min(known) if known else None
    months = months_of(timeline, day if body_day is None else body_day)
    facts = facts_of(body, severity, months, record.patient.age)
    return {name: Diagnosis(decide(name, facts), as_of) for name in TAKES}


def facts_of(
    body: dict[str, object], severity: dict[str, object], months: tuple[object, object], age: int | None
) -> dict[str, Mapping[str, object]]:
    """What criteria can be given, by the names in `TAKES`."""
    whole, exact = months
    return {
        "body": body,
        "sites": _aapt_sites(body),
        "severity": severity,
        "burden": {key: severity[key] for key in ("fatigue", "waking_unrefreshed") if key in severity},
        "months": {} if whole is None else {"months": whole},
        "more than months": {} if exact is None else {"months": exact},
        "age": {} if age is None else {"age": age},
    }


def decide(name: str, facts: Mapping[str, Mapping[str, object]]) -> Scored:
    """The criteria; unknown, with the reason, where what was recorded contradicts itself."""
    given = {key: value for fact in TAKES[name] for key, value in facts[fact].items()}
    try:
        return score(name, given)
    except Problems as error:
        told = "; ".join(str(problem) for problem in error.problems)
        return Scored(name, f"Not decided: what was recorded contradicts itself ({told}).", answer=UNKNOWN)


def body_of(record: Record, day: int) -> tuple[dict[str, object], int | None]:
    """The painful sites of the latest day that has them or the total, and that day. Sites say more."""
    sites: list[tuple[int, dict[str, object]]] = []
    totals: list[tuple[int, dict[str, object]]] = []
    for entry in record.current:
        if entry.day > day:
            break
        if isinstance(entry, AnswersEntry) and entry.instrument == "wpi":
            if entry.sites is not None:
                sites.append((entry.day, {"sites": list(entry.sites)}))
            elif entry.items:
                sites.append((entry.day, {"items": dict(entry.items)}))
        elif isinstance(entry, ScoreEntry) and entry.scale == "wpi":
            totals.append((entry.day, {"wpi": _given(entry)}))
    if sites and (not totals or sites[-1][0] >= totals[-1][0]):
        return sites[-1][1], sites[-1][0]
    return (totals[-1][1], totals[-1][0]) if totals else ({}, None)


def severity_of(record: Record, day: int) -> tuple[dict[str, object], int | None]:
    """The items and the total of the symptom severity scale, both of the latest day that has either."""
    found: dict[int, dict[str, object]] = {}
    for entry in record.current:
        if entry.day > day:
            break
        if isinstance(entry, AnswersEntry) and entry.instrument == "sss":
            found.setdefault(entry.day, {}).update(entry.items)
        elif isinstance(entry, ScoreEntry) and entry.scale == "sss":
            found.setdefault(entry.day, {})["sss"] = _given(entry)
    latest = max(found, default=None)
    return ({}, None) if latest is None else (found[latest], latest)


def months_of(timeline: Timeline, day: int) -> tuple[object, object]:
    """For how many months widespread pain (or else pain of no particular place) has lasted by a day.

    In whole months, and to two decimals for the criteria that want more than three; both None if nobody said. A
    beginning is known only where somebody called it new. Pain that was merely there on its first mention may be
    older: from three months on that is a range without an upper end, below that it is unknown. Pain at a place of
    its own says nothing about when it all began, nor does its end.
    """
    for symptom in (WIDESPREAD_PAIN, PAIN_FELT):
        first: SymptomEntry | None = None
        for entry in timeline.statements(symptom.id, None, day):
            if entry.site not in (None, "widespread"):
                continue
            if entry.state in GONE_STATES:
                first = None
            elif first is None:
                first = entry
        if first is None:
            continue
        months = (day - first.day) / DAYS_A_MONTH
        if first.state == "new":
            return int(months), round(months, 2)
        if months < LASTING:
            return None, None
        return {"low": int(months), "high": LIFETIME}, {"low": round(months, 2), "high": LIFETIME}
    return None, None


def _aapt_sites(body: dict[str, object]) -> dict[str, object]:
    """The AAPT's nine sites from the painful sites of the body map: yes, no, or null where the map does not ask.

    The index has no head, hand or foot, so without a mark there the head and an unmarked limb stay open.
    """
    if "sites" not in body:
        return {}
    marked = {aapt for site in cast("list[str]", body["sites"]) for aapt in AAPT_OF.get(site, ())}
    unasked = {"head", "left_arm", "right_arm", "left_leg", "right_leg"}
    return {
        "items": {one: True if one in marked else None if one in unasked else False for one in AAPT_SITES}
    }


def _given(entry: ScoreEntry) -> object:
    """The value of a score as criteria take it: a number, or its range."""
    return entry.value if entry.value is not None else {"low": entry.low, "high": entry.high}
