"""The 2010 criteria (by a physician) and their 2011 survey form; one rule, two ways to score symptoms."""

from __future__ import annotations

from assuage.catalogue.message import message
from assuage.instruments.body import KEYS as BODY_KEYS
from assuage.instruments.body import read_body
from assuage.instruments.completions import at_least, flag
from assuage.instruments.criteria.parts import (
    COMMON,
    OTHER_DISORDER,
    concluded,
    index_and_severity,
    months_message,
    or_null,
    part,
    read_months,
    same,
    severity_values,
)
from assuage.instruments.model import Criteria, Item
from assuage.instruments.reading import InputReader
from assuage.instruments.result import Scored, interval
from assuage.instruments.severity import KEYS as SEVERITY_KEYS
from assuage.instruments.severity import SSS_ITEMS, SSS_ITEMS_2010, read_severity
from assuage.instruments.sources import sources_named

_RULE = (
    "(WPI >= 7 and SSS >= 5) or (WPI 3 to 6 and SSS >= 9), at a similar level for at least 3 months, and no "
    "other disorder that would explain the pain"
)
_PARTS = {
    "scores": "WPI 7 or more and SSS 5 or more, or WPI 3 to 6 and SSS 9 or more",
    "duration": "at a similar level for at least 3 months",
    "exclusion": "no other disorder that would sufficiently explain the pain (a clinician's judgement)",
}
_INPUTS = {
    "sites": "all painful sites, or wpi",
    "sss": "the symptom severity scale, or its items by name",
    "months": "for how many months",
    OTHER_DISORDER: "true, false or null: judged, never computed",
}
_JUDGED = "Whether another disorder explains the pain is a clinician's judgement; it is never computed."

ACR_2011 = Criteria(
    "acr_2011",
    "Fibromyalgia, modified ACR 2010 criteria (2011 survey form)",
    _RULE,
    _PARTS,
    _INPUTS,
    sources_named("wolfe2011", "jrd2022_t4"),
    assessor="A self-report survey, made for research.",
    look_back="past 7 days; headaches, lower abdominal pain and depression: past 6 months",
    notes=(_JUDGED,),
    from_record=("body", "severity", "months"),
)

ACR_2010 = Criteria(
    "acr_2010",
    "Fibromyalgia, ACR 2010 preliminary criteria",
    _RULE,
    _PARTS,
    _INPUTS,
    sources_named("wolfe2010"),
    assessor="Scored by a physician; the somatic item, 0 to 3, is the physician's estimate.",
    look_back="past 7 days",
    notes=(_JUDGED,),
)


def acr_body_class(wpi: int, counting: int, regions: int, front: bool) -> int:
    """All that the rule can tell apart of a body: the index below 3, 3 to 6, 7 or more."""
    return (wpi >= 3) + (wpi >= 7)


def acr_severity_class(sss: int) -> int:
    """All that the rule can tell apart of the severity: the scale below 5, 5 to 8, 9 or more."""
    return (sss >= 5) + (sss >= 9)


def _scores(body: int, severity: int) -> bool:
    return (body == 2 and severity >= 1) or (body == 1 and severity == 2)


def _excluded(explained: bool) -> bool:
    return not explained


def _meets(body: int, severity: int, lasting: bool, explained: bool) -> bool:
    return _scores(body, severity) and lasting and not explained


def decide_acr_2011(given: dict[str, object], reading: InputReader) -> Scored:
    """The answer of the 2011 survey form."""
    return _decide(ACR_2011, SSS_ITEMS, given, reading)


def decide_acr_2010(given: dict[str, object], reading: InputReader) -> Scored:
    """The answer of the 2010 criteria."""
    return _decide(ACR_2010, SSS_ITEMS_2010, given, reading)


def _decide(
    criteria: Criteria, items: tuple[Item, ...], given: dict[str, object], reading: InputReader
) -> Scored:
    flat = (key for item in items for key in (item.id, f"sss_item_{item.id}"))
    allowed = (*COMMON, *BODY_KEYS, *SEVERITY_KEYS, OTHER_DISORDER, *flat)
    reading.unknown_keys("", given, allowed, message("word.field-in", of=criteria.id))
    body, severity = read_body(reading, given), read_severity(reading, given, items)
    months = read_months(reading, given)
    explained = flag(OTHER_DISORDER, reading.flag(OTHER_DISORDER, given.get(OTHER_DISORDER)))
    hurts, severe = body.to_input(acr_body_class), severity.to_input(acr_severity_class)
    lasting = at_least("months", months, 3)
    wpi = body.wpi()
    scores = index_and_severity(body, severity)
    shown = {"wpi": or_null(body.recorded, wpi), "sss": severity_values(severity)}
    shown_months = None if months is None else interval(*months)
    parts = {
        "scores": part(_PARTS["scores"], _scores, hurts, severe, **shown),
        "duration": part(_PARTS["duration"], same, lasting, months=shown_months),
        "exclusion": part(_PARTS["exclusion"], _excluded, explained),
    }
    return concluded(
        criteria,
        _meets,
        (hurts, severe, lasting, explained),
        parts,
        met=(scores, months_message(months), message("criteria.no-other-disorder")),
        failing={
            "scores": message("criteria.too-low", scores=scores),
            "duration": message("criteria.less", what=months_message(months), than=3),
            "exclusion": message("criteria.other-disorder"),
        },
        values={**shown, "months": shown_months},
        body=body,
    )
