"""Chronic widespread pain: Wolfe 2019, its 2016 predecessor, and the ICD-11 definition."""

from __future__ import annotations

from assuage.catalogue.message import message
from assuage.instruments.body import AXIAL, read_body
from assuage.instruments.body import KEYS as BODY_KEYS
from assuage.instruments.completions import Input, any_flag, at_least, flag
from assuage.instruments.criteria.parts import (
    COMMON,
    concluded,
    months_message,
    or_null,
    part,
    read_months,
    regions_message,
    same,
)
from assuage.instruments.model import Code, Criteria
from assuage.instruments.reading import InputReader
from assuage.instruments.result import Scored, between_message, interval
from assuage.instruments.sources import sources_named

_SITES = {"sites": "all painful sites"}
_NO_DURATION = "The rule as we have it states no duration; chronic pain has lasted for more than 3 months."

CWP_2019 = Criteria(
    "cwp_2019",
    "Chronic widespread pain, Wolfe 2019",
    "4 or 5 regions and at least 7 of the 15 counting sites",
    {
        "regions": "pain in at least 4 of 5 regions",
        "counting": "at least 7 of the 15 counting sites (all but jaw, chest and abdomen)",
    },
    _SITES,
    sources_named("wolfe2019cwp"),
    notes=(_NO_DURATION,),
    from_record=("body",),
)

CWP_2016 = Criteria(
    "cwp_2016",
    "Generalised pain, Wolfe 2016",
    "at least 4 of 5 regions: the second of the 2016 criteria alone",
    {"regions": "pain in at least 4 of 5 regions"},
    _SITES,
    sources_named("wolfe2016"),
    notes=(_NO_DURATION,),
)

CWP_ICD11 = Criteria(
    "cwp_icd11",
    "Chronic widespread pain, ICD-11",
    "diffuse musculoskeletal pain in at least 4 of 5 regions, in at least 3 quadrants and the axis; more "
    "than 3 months; significant emotional distress or functional disability; not directly attributable to a "
    "nociceptive process",
    {
        "regions": "pain in at least 4 of 5 regions, in at least 3 quadrants and the axis",
        "duration": "more than 3 months",
        "burden": "significant emotional distress or functional disability",
        "process": "not directly attributable to a nociceptive process (a clinician's judgement)",
    },
    {
        **_SITES,
        "months": "for how many months",
        "emotional_distress": "true, false or null",
        "functional_disability": "true, false or null",
        "nociceptive_process": "true, false or null: judged, never computed",
    },
    sources_named("healthify_icd11"),
    codes=(Code("ICD-11", "MG30.01", "chronic widespread pain", "verified"),),
    notes=(
        "Whether a nociceptive process explains the pain is a clinician's judgement; it is never computed.",
        "The axis is neck, back, chest and abdomen, as the definition says; limbs are counted as in the 2016 criteria.",
    ),
    from_record=("body", "more than months"),
)


def _general(wpi: int, counting: int, regions: int, front: bool) -> bool:
    return regions.bit_count() >= 4


def cwp_2019_class(wpi: int, counting: int, regions: int, front: bool) -> tuple[bool, bool]:
    """All that the rule of 2019 can tell apart of a body: whether pain is general, and in 7 counting sites."""
    return regions.bit_count() >= 4, counting >= 7


def _first(body: tuple[bool, bool]) -> bool:
    return body[0]


def _second(body: tuple[bool, bool]) -> bool:
    return body[1]


def _both(body: tuple[bool, bool]) -> bool:
    return body[0] and body[1]


def icd11_class(wpi: int, counting: int, regions: int, front: bool) -> bool:
    """All that ICD-11 can tell apart of a body: whether it hurts in three quadrants and the axis."""
    # Three quadrants and the axis are four regions already. The axis of ICD-11 has a front, that of 2016 has none:
    # pain of the chest alone, beside three limbs, is widespread here and not generalised there.
    return (front or bool(regions & AXIAL)) and (regions & ~AXIAL).bit_count() >= 3


def decide_cwp_2019(given: dict[str, object], reading: InputReader) -> Scored:
    """The answer of the 2019 criteria, from where it hurts alone."""
    reading.unknown_keys("", given, (*COMMON, *BODY_KEYS), message("word.field-in", of="cwp_2019"))
    body = read_body(reading, given)
    hurts = body.to_input(cwp_2019_class)
    regions = body.region_count()
    counts = [state[1] for state in body.states]
    counting = min(counts), max(counts)
    text = CWP_2019.parts
    parts = {
        "regions": part(text["regions"], _first, hurts, regions=or_null(body.recorded, regions)),
        "counting": part(text["counting"], _second, hurts, sites=or_null(body.recorded, counting)),
    }
    sites = message("criteria.counting-sites", count=between_message(*counting))
    return concluded(
        CWP_2019,
        _both,
        (hurts,),
        parts,
        met=(regions_message(regions), sites),
        failing={
            "regions": message("criteria.fewer", what=regions_message(regions), than=4),
            "counting": message("criteria.fewer", what=sites, than=7),
        },
        values={
            "regions": or_null(body.recorded, regions),
            "counting_sites": or_null(body.recorded, counting),
        },
        body=body,
    )


def decide_cwp_2016(given: dict[str, object], reading: InputReader) -> Scored:
    """Whether pain is generalised in the sense of the 2016 criteria."""
    reading.unknown_keys("", given, (*COMMON, *BODY_KEYS), message("word.field-in", of="cwp_2016"))
    body = read_body(reading, given)
    hurts, regions = body.to_input(_general), body.region_count()
    shown = or_null(body.recorded, regions)
    return concluded(
        CWP_2016,
        same,
        (hurts,),
        {"regions": part(CWP_2016.parts["regions"], same, hurts, regions=shown)},
        met=(regions_message(regions),),
        failing={"regions": message("criteria.fewer", what=regions_message(regions), than=4)},
        values={"regions": shown},
        body=body,
    )


def _icd11(general: bool, lasting: bool, burden: bool, nociceptive: bool) -> bool:
    return general and lasting and burden and not nociceptive


def _not(state: bool) -> bool:
    return not state


def decide_cwp_icd11(given: dict[str, object], reading: InputReader) -> Scored:
    """The answer of the ICD-11 definition; two of its parts are judged and never computed."""
    burdens = ("emotional_distress", "functional_disability")
    allowed = (*COMMON, *BODY_KEYS, *burdens, "distress_or_disability", "nociceptive_process")
    reading.unknown_keys("", given, allowed, message("word.field-in", of="cwp_icd11"))
    body, months = read_body(reading, given), read_months(reading, given)
    either = reading.flag("distress_or_disability", given.get("distress_or_disability"))
    held = {name: reading.flag(name, given.get(name)) for name in burdens}
    reading.either("distress_or_disability", either, held)
    burden: Input = any_flag(held) if either is None else flag("distress_or_disability", either)
    process = flag(
        "nociceptive_process", reading.flag("nociceptive_process", given.get("nociceptive_process"))
    )
    hurts, lasting = body.to_input(icd11_class), at_least("months", months, 3, above=True)
    regions, text = body.region_count(with_front=True), CWP_ICD11.parts
    shown = or_null(body.recorded, regions)
    return concluded(
        CWP_ICD11,
        _icd11,
        (hurts, lasting, burden, process),
        {
            "regions": part(text["regions"], same, hurts, regions=shown),
            "duration": part(
                text["duration"], same, lasting, months=None if months is None else interval(*months)
            ),
            "burden": part(text["burden"], same, burden),
            "process": part(text["process"], _not, process),
        },
        met=(regions_message(regions), months_message(months), message("criteria.with-distress")),
        failing={
            "regions": message("criteria.not-in-quadrants", what=regions_message(regions)),
            "duration": message("criteria.not-more", what=months_message(months), than=3),
            "burden": message("criteria.no-distress"),
            "process": message("criteria.nociceptive"),
        },
        asks={
            "months": message("asks.more-than-three-months"),
            "emotional_distress": message("asks.distress"),
            "functional_disability": message("asks.disability"),
            "nociceptive_process": message("asks.nociceptive"),
        },
        values={"regions": shown, "months": None if months is None else interval(*months)},
        body=body,
    )
