"""The diagnostic criteria a pathway shows, fed from the record: what was last recorded, and nothing inferred.

The index comes from the painful sites where they were recorded, from its total where only that is known.
Symptoms told in words are not turned into sites or scores. Duration counts from the day on which widespread
pain (or else pain) was called new, in whole months of 30.44 days, up to the day of the index.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from assuage.catalogue.message import message
from assuage.errors import Problems
from assuage.instruments.criteria.from_record import BODY_INDEX, BURDEN_ITEMS, SEVERITY_SCALE, nine_sites
from assuage.instruments.model import Criteria, RecordFact
from assuage.instruments.result import Scored
from assuage.instruments.scoring import score_answers
from assuage.pathways.model import Pathway
from assuage.record.entries import AnswersEntry, Record, ScoreEntry, SymptomEntry
from assuage.record.timeline import Timeline
from assuage.review.model import Diagnosis
from assuage.terms.answers import UNKNOWN
from assuage.terms.symptoms import GONE_STATES, PAIN_FELT, WIDESPREAD_PAIN

DAYS_A_MONTH = 30.44
LASTING, LIFETIME = 3, 1200  # the criteria's three months; a hundred years stand for no upper end


def shown_criteria(pathway: Pathway) -> tuple[Criteria, ...]:
    """The sets of criteria a review on this pathway shows; none where it presumes no diagnosis."""
    return () if pathway.diagnosis is None else pathway.diagnosis.show


def diagnosis(
    record: Record, timeline: Timeline, day: int, shown: Iterable[Criteria]
) -> dict[str, Diagnosis]:
    """Each set of criteria by its id, decided from what was recorded up to `day`."""
    answers, scores = timeline.answers(day), timeline.scores(day)
    body, body_day = body_of(answers, scores)
    severity, severity_day = severity_of(answers, scores)
    known = [fact_day for fact_day in (body_day, severity_day) if fact_day is not None]
    as_of = min(known) if known else None
    months = months_of(timeline, day if body_day is None else body_day)
    facts = facts_of(body, severity, months, record.patient.age)
    return {criteria.id: Diagnosis(decide(criteria, facts), as_of) for criteria in shown}


def facts_of(
    body: dict[str, object], severity: dict[str, object], months: tuple[object, object], age: int | None
) -> dict[RecordFact, Mapping[str, object]]:
    """What a record can give to criteria."""
    whole, exact = months
    return {
        "body": body,
        "sites": {"items": nine_sites(cast("list[str]", body["sites"]))} if "sites" in body else {},
        "severity": severity,
        "burden": {key: severity[key] for key in BURDEN_ITEMS if key in severity},
        "months": {} if whole is None else {"months": whole},
        "more than months": {} if exact is None else {"months": exact},
        "age": {} if age is None else {"age": age},
    }


def decide(criteria: Criteria, facts: Mapping[RecordFact, Mapping[str, object]]) -> Scored:
    """The criteria; unknown, with the reason, where what was recorded contradicts itself."""
    given = {key: value for fact in criteria.from_record for key, value in facts[fact].items()}
    try:
        return score_answers(criteria.id, given)
    except Problems as error:
        told = tuple(
            message("problem.at", place=problem.place, text=problem.message) for problem in error.problems
        )
        return Scored(
            criteria.id, message("diagnosis.contradicts", problems=told), criteria.wording, answer=UNKNOWN
        )


def body_of(
    answers: Iterable[AnswersEntry], scores: Iterable[ScoreEntry]
) -> tuple[dict[str, object], int | None]:
    """The painful sites of the latest day that has them or the total, and that day. Sites say more.

    Of answers and scores in the order in which they happened.
    """
    sites: list[tuple[int, dict[str, object]]] = []
    for entry in answers:
        if entry.instrument == BODY_INDEX:
            if entry.sites is not None:
                sites.append((entry.day, {"sites": list(entry.sites)}))
            elif entry.items:
                sites.append((entry.day, {"items": dict(entry.items)}))
    totals = [(entry.day, {BODY_INDEX: _given(entry)}) for entry in scores if entry.scale == BODY_INDEX]
    if sites and (not totals or sites[-1][0] >= totals[-1][0]):
        return sites[-1][1], sites[-1][0]
    return (totals[-1][1], totals[-1][0]) if totals else ({}, None)


def severity_of(
    answers: Iterable[AnswersEntry], scores: Iterable[ScoreEntry]
) -> tuple[dict[str, object], int | None]:
    """The items and the total of the symptom severity scale, both of the latest day that has either.

    Of answers and scores in the order in which they happened.
    """
    by_day: dict[int, dict[str, object]] = {}
    for entry in answers:
        if entry.instrument == SEVERITY_SCALE:
            by_day.setdefault(entry.day, {}).update(entry.items)
    for entry in scores:
        if entry.scale == SEVERITY_SCALE:
            by_day.setdefault(entry.day, {})[SEVERITY_SCALE] = _given(entry)
    latest = max(by_day, default=None)
    return ({}, None) if latest is None else (by_day[latest], latest)


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


def lasted(timeline: Timeline, day: int) -> tuple[float | None, float | None]:
    """For how many months pain has lasted by a day, at least and at most; None where that is not known."""
    exact = months_of(timeline, day)[1]
    if isinstance(exact, dict):
        within = cast("dict[str, float]", exact)
        return within["low"], None
    return (None, None) if exact is None else (cast("float", exact), cast("float", exact))


def _given(entry: ScoreEntry) -> object:
    """The value of a score as criteria take it: a number, or its range."""
    return entry.value if entry.value is not None else {"low": entry.low, "high": entry.high}
