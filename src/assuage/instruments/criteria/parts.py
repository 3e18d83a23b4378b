"""What the criteria share: common inputs, plain words for what is missing, and the shape of a result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from assuage.instruments.body import Body, site_notes
from assuage.instruments.completions import Input, answer_of_rule, deciding
from assuage.instruments.model import Criteria, Item
from assuage.instruments.reading import InputReader, Span
from assuage.instruments.result import Scored, ScoredPart, Value, interval, span_in_words
from assuage.instruments.severity import SSS_ITEMS as SSS_ITEMS
from assuage.instruments.severity import SSS_ITEMS_2010, Severity
from assuage.terms.answers import NO, UNKNOWN, YES, Answer
from assuage.terms.sites import SITES, WPI_SITES

MONTHS = Item("months", 0, 1200, "the duration in months", whole=False, verb="is")
AGE = Item("age", 0, 130, "the age in years", whole=False, verb="is")
COMMON = ("instrument", "age", "months")
OTHER_DISORDER = "other_disorder_explains"
ADULT_FROM = 18.0

# Plain words for the ids that may be missing.
_ASKS: dict[str, str] = {
    **{site: f"whether the {SITES[site].title} hurts" for site in WPI_SITES},
    **{item.id: f"how severe: {item.name}" for item in SSS_ITEMS_2010 if item.high == 3},
    **{item.id: f"whether there were {item.name}" for item in SSS_ITEMS if item.high == 1},
    "depression": "whether there was depression in the past 6 months",
    "somatic": "the physician's estimate of somatic symptoms",
    "sites": "which sites hurt",
    "sss": "the symptom severity scale",
    "months": "for how many months",
    OTHER_DISORDER: "whether another disorder explains the pain (a clinician's judgement)",
}


def missing_in_words(missing: str, words: Mapping[str, str]) -> str:
    """What a missing id asks for, in plain words."""
    return words.get(missing) or _ASKS.get(missing) or missing.replace("_", " ")


def read_months(reading: InputReader, given: Mapping[str, object]) -> Span | None:
    """For how many months, as a span."""
    return reading.number("months", given.get("months"), MONTHS)


def part(text: str, rule: Callable[..., bool], *inputs: Input, **values: Value) -> ScoredPart:
    """A part with its own answer over its own inputs."""
    return ScoredPart(text, answer_of_rule(rule, *inputs), values)


def same(state: Any) -> bool:
    """The rule that an input which is yes or no already is the answer."""
    return bool(state)


def or_null(recorded: bool, span: Span) -> Value:
    """A number or an interval; null where nothing was recorded."""
    return interval(*span) if recorded else None


def months_in_words(months: Span | None) -> str:
    """`for 6 months`, or that the duration is not recorded."""
    return "duration not recorded" if months is None else f"for {span_in_words(*months)} months"


def concluded(
    criteria: Criteria,
    rule: Callable[..., bool],
    inputs: tuple[Input, ...],
    parts: Mapping[str, ScoredPart],
    *,
    met: str,
    failing: Mapping[str, str],
    asks: Mapping[str, str] | None = None,
    values: Mapping[str, Value] | None = None,
    body: Body | None = None,
    notes: tuple[str, ...] = (),
) -> Scored:
    """The result of a rule: its answer over all completions, why, and which open items would decide it.

    `met` says why it is met; `failing` says, for each part, what it means that the part is not.
    """
    answer = answer_of_rule(rule, *inputs)
    missing = deciding(rule, *inputs) if answer is UNKNOWN else ()
    words = tuple(dict.fromkeys(missing_in_words(key, asks or {}) for key in missing))
    return Scored(
        criteria.id,
        _because(answer, parts, met, failing, _shortened(missing, words)),
        title=criteria.title,
        answer=answer,
        parts=parts,
        missing=missing,
        asks=words,
        sources=criteria.sources,
        notes=(*notes, *(site_notes(body) if body else ()), *remarks_on(criteria)),
        values=values or {},
    )


def remarks_on(criteria: Criteria) -> tuple[str, ...]:
    """What must be said beside every answer: the name, for whom, by whom, and how far it was checked."""
    caution = criteria.status.caution
    remarks = (criteria.naming, criteria.scope, criteria.assessor, f"Criteria {caution}." if caution else "")
    return (*filter(None, remarks), *criteria.notes)


def _shortened(missing: tuple[str, ...], words: tuple[str, ...]) -> tuple[str, ...]:
    """The words with many open sites told as their number."""
    sites = [_ASKS[key] for key in missing if key in WPI_SITES]
    if len(sites) < 4:
        return words
    return (f"whether {len(sites)} sites hurt", *(word for word in words if word not in sites))


def _because(
    answer: Answer,
    parts: Mapping[str, ScoredPart],
    met: str,
    failing: Mapping[str, str],
    words: tuple[str, ...],
) -> str:
    if answer is YES:
        return f"Met: {met}."
    if answer is NO:
        reasons = [failing[key] for key, part in parts.items() if part.answer is NO and key in failing]
        return f"Not met: {'; '.join(reasons) or 'no completion of what is unknown meets the rule'}."
    first, more = words[:4], len(words) - 4
    rest = f" and {more} more" if more > 0 else ""
    opening = "Not decided" if "not recorded" in words[0] else "Not decided, not recorded"
    return f"{opening}: {'; '.join(first)}{rest}."


def severity_values(severity: Severity) -> Value:
    """The symptom severity scale as a result shows it."""
    return or_null(severity.recorded, severity.span())


def regions_in_words(span: Span) -> str:
    """`pain in 4 of 5 regions`."""
    return f"pain in {span_in_words(*span)} of 5 regions"


def score_in_words(name: str, recorded: bool, span: Span) -> str:
    """`WPI 8`, or that it is not recorded."""
    return f"{name} {span_in_words(*span)}" if recorded else f"{name} not recorded"
