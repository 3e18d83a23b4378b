"""The 2016 criteria for fibromyalgia: painful sites, symptom severity, regions and duration."""

from __future__ import annotations

from msgspec.structs import replace

from assuage.catalogue.message import Message, Wording, message
from assuage.instruments.body import KEYS as BODY_KEYS
from assuage.instruments.body import Body, read_body
from assuage.instruments.completions import at_least
from assuage.instruments.criteria.parts import (
    ADULT_FROM,
    AGE,
    COMMON,
    GENERALISED,
    concluded,
    index_and_severity,
    months_message,
    or_null,
    part,
    read_months,
    regions_message,
    same,
    severity_values,
)
from assuage.instruments.model import Code, Criteria
from assuage.instruments.reading import InputReader, Span
from assuage.instruments.result import Scored, ScoredPart, Value, interval
from assuage.instruments.severity import KEYS as SEVERITY_KEYS
from assuage.instruments.severity import SSS_ITEMS, Severity, read_severity
from assuage.instruments.sources import sources_named
from assuage.instruments.texts import AN_ADULT, ANOTHER_DIAGNOSIS, note_wording, part_wording
from assuage.terms.answers import UNKNOWN

FM_2016 = Criteria(
    "fm_2016",
    "Fibromyalgia, 2016 revision of the ACR 2010/2011 criteria",
    rule="((WPI >= 7 and SSS >= 5) or (WPI 4 to 6 and SSS >= 9)) and pain in at least 4 of 5 regions "
    "(jaw, chest and abdomen never count) and symptoms generally present for at least 3 months",
    parts={
        "c1": "WPI 7 or more and SSS 5 or more, or WPI 4 to 6 and SSS 9 or more",
        "c2": "generalised pain: at least 4 of 5 regions (jaw, chest and abdomen never count)",
        "c3": "symptoms generally present for at least 3 months",
        "c4": "other diagnoses neither exclude it nor are needed",
    },
    inputs={
        "sites": "all painful sites",
        "wpi": "the widespread pain index, where the sites are not known",
        "sss": "the symptom severity scale, or its six items by name",
        "months": "for how many months",
        "age": "in years",
    },
    sources=sources_named("wolfe2016", "jrd2022_t4", "jrheum_regions"),
    naming="Often called '2016 EULAR criteria'; EULAR did not write them: its 2017 paper is on management.",
    scope="For adults. The self-report form is valid for research, not for diagnosing an individual.",
    look_back="past 7 days; headaches, lower abdominal pain and depression: past 6 months",
    codes=(
        Code("ICD-10", "M79.7", "fibromyalgia", "verified"),
        Code(
            "ICD-11", "MG30.01", "chronic widespread pain, of which fibromyalgia is an index term", "verified"
        ),
        Code("SNOMED CT", "203082005", "fibromyalgia", "verified"),
    ),
    from_record=("body", "severity", "months", "age"),
    called="the 2016 fibromyalgia criteria",
)

_KEYS = (*COMMON, "comorbidity", *BODY_KEYS, *SEVERITY_KEYS)
FLAT_ITEMS = tuple(key for item in SSS_ITEMS for key in (item.id, f"sss_item_{item.id}"))

_WPI_LOW, _WPI_HIGH, _REGIONS = 4, 7, 4
_SSS_LOW, _SSS_HIGH = 5, 9
_MONTHS = 3.0


def fm_2016_body_class(wpi: int, counting: int, regions: int, front: bool) -> tuple[int, bool]:
    """All that the rule can tell apart: the index below 4, 4 to 6, 7 or more; and whether pain is general."""
    return (wpi >= _WPI_LOW) + (wpi >= _WPI_HIGH), regions.bit_count() >= _REGIONS


def fm_2016_severity_class(sss: int) -> int:
    """All that the rule can tell apart of the severity: the scale below 5, 5 to 8, 9 or more."""
    return (sss >= _SSS_LOW) + (sss >= _SSS_HIGH)


def _scores(body: tuple[int, bool], severity: int) -> bool:
    return (body[0] == 2 and severity >= 1) or (body[0] == 1 and severity == 2)


def _general(body: tuple[int, bool]) -> bool:
    return body[1]


def _meets(body: tuple[int, bool], severity: int, lasting: bool) -> bool:
    return _scores(body, severity) and body[1] and lasting


def decide_fm_2016(given: dict[str, object], reading: InputReader) -> Scored:
    """The answer with WPI, SSS, FS, regions and months; exact over everything that is unknown."""
    reading.unknown_keys("", given, (*_KEYS, *FLAT_ITEMS), message("word.field-in", of="fm_2016"))
    body, severity = read_body(reading, given), read_severity(reading, given)
    months, age = read_months(reading, given), reading.number("age", given.get("age"), AGE)
    hurts, severe = body.to_input(fm_2016_body_class), severity.to_input(fm_2016_severity_class)
    lasting = at_least("months", months, _MONTHS)
    wpi, regions, sss = body.wpi(), body.region_count(), severity.span()
    text = FM_2016.parts
    scores = index_and_severity(body, severity)
    parts = {
        "c1": part(
            text["c1"], _scores, hurts, severe, wpi=or_null(body.recorded, wpi), sss=severity_values(severity)
        ),
        "c2": part(text["c2"], _general, hurts, regions=or_null(body.recorded, regions)),
        "c3": part(text["c3"], same, lasting, months=None if months is None else interval(*months)),
        "c4": ScoredPart(part_wording(text["c4"])),
    }
    scored = concluded(
        FM_2016,
        _meets,
        (hurts, severe, lasting),
        parts,
        met=(scores, regions_message(regions), months_message(months)),
        failing={
            "c1": message("criteria.too-low", scores=scores),
            "c2": message("criteria.fewer", what=regions_message(regions), than=4),
            "c3": message("criteria.less", what=months_message(months), than=3),
        },
        asks=_asks(body, months),
        values={
            "scope": "in_scope",
            "wpi": or_null(body.recorded, wpi),
            "sss": severity_values(severity),
            "fs": _fs(body, severity, wpi, sss),
            "regions": or_null(body.recorded, regions),
            "months": None if months is None else interval(*months),
        },
        body=body,
        notes=_age_notes(age, given),
    )
    return _scoped(scored, age)


def _asks(body: Body, months: Span | None) -> dict[str, Message]:
    """Where only a total is known, what is missing is whether the pain is generalised."""
    asks = {"months": message("asks.months" if months is None else "asks.three-months")}
    if body.total is not None:
        asks["sites"] = GENERALISED
    return asks


def _fs(body: Body, severity: Severity, wpi: Span, sss: Span) -> Value:
    return or_null(body.recorded and severity.recorded, (wpi[0] + sss[0], wpi[1] + sss[1]))


def _age_notes(age: Span | None, given: dict[str, object]) -> tuple[Wording, ...]:
    notes = (AN_ADULT if age is None else "", ANOTHER_DIAGNOSIS if given.get("comorbidity") else "")
    return tuple(map(note_wording, filter(None, notes)))


def _scoped(scored: Scored, age: Span | None) -> Scored:
    """The result withheld for a minor, or where it is open whether the patient is one."""
    if age is None or age[0] >= ADULT_FROM:
        return scored
    if age[1] < ADULT_FROM:
        reason = message("criteria.out-of-scope", age=age[1])
        scope, missing, asks = "out_of_scope", tuple[str, ...](), tuple[Message, ...]()
    else:
        reason = message("criteria.age-open")
        scope, missing, asks = "unknown", ("age",), (message("asks.age"),)
    return replace(
        scored,
        answer=UNKNOWN,
        because=reason,
        missing=missing,
        asks=asks,
        values={**scored.values, "scope": scope},
    )
