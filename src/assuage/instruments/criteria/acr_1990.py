"""The 1990 classification criteria: widespread pain by their own rule, and counted tender points."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache

from assuage.catalogue.message import Message, message
from assuage.instruments.body import KEYS as BODY_KEYS
from assuage.instruments.body import Body, read_body, read_sites, whole_body_note
from assuage.instruments.completions import Input, at_least, flag, one_of
from assuage.instruments.criteria.parts import COMMON, concluded, months_message, part, read_months, same
from assuage.instruments.model import Criteria, Item
from assuage.instruments.reading import InputReader
from assuage.instruments.result import Scored, between_message, interval
from assuage.instruments.sources import sources_named
from assuage.terms.sites import REGIONS, SITES, WPI_SITES

ACR_1990 = Criteria(
    "acr_1990",
    "Fibromyalgia, ACR 1990 classification criteria",
    "widespread pain (left and right, above and below the waist, axial) for at least 3 months and at least "
    "11 of 18 tender points on palpation at about 4 kg",
    {
        "widespread": "pain left and right, above and below the waist, and in the axis",
        "duration": "at least 3 months",
        "tender_points": "at least 11 of 18 tender points",
    },
    {
        "sites": "all painful sites",
        "widespread_pain": "true, false or null, where the sites are not known",
        "months": "for how many months",
        "tender_points": "how many of 18, counted by palpation",
    },
    sources_named("wolfe1990", "bellato2012"),
    notes=(
        "Shoulder and buttock pain count for the side; low back pain counts as below the waist.",
        "The jaw counts as above the waist, the abdomen for no part: our choice, no publication.",
        "Sensitivity 88.4, specificity 81.1 percent (n = 558).",
    ),
    from_record=("body", "months"),
)

TENDER_POINTS = Item("tender_points", 0, 18, "the number of tender points", verb="is")
_LEFT, _RIGHT, _ABOVE, _BELOW, _AXIAL = 1, 2, 4, 8, 16
_ALL = _LEFT | _RIGHT | _ABOVE | _BELOW | _AXIAL
_SIDES = {"left": _LEFT, "right": _RIGHT, "": _LEFT | _RIGHT}

# What pain at a place counts for, beside its side. Places that are not here count for nothing.
_LIMBS_ABOVE = ("jaw", "shoulder_girdle", "trapezius", "upper_arm", "elbow", "lower_arm", "wrist", "hand")
_LIMBS_BELOW = ("hip", "buttock", "upper_leg", "knee", "lower_leg", "ankle", "foot")
_AXIS_ABOVE = ("neck", "upper_back", "interscapular", "shoulder_blade", "chest", "breastbone")
_AXIS_BELOW = ("lower_back", "sacrum")


def _counts_for(site: str) -> int:
    stem, _, side = site.rpartition("_")
    if side not in ("left", "right"):
        stem, side = site, ""
    if stem in _LIMBS_ABOVE or stem in _LIMBS_BELOW:
        return _SIDES[side] | (_ABOVE if stem in _LIMBS_ABOVE else _BELOW)
    # One-sided pain of the back is pain of that side; the midline is of none.
    side_bit = _SIDES[side] if side else 0
    if stem in _AXIS_ABOVE:
        return side_bit | _AXIAL | _ABOVE
    if stem in _AXIS_BELOW:
        return side_bit | _AXIAL | _BELOW
    return 0


# For each site the bits of what its pain counts for by the rule of 1990.
COUNTS_IN_1990 = {site: _counts_for(site) for site in SITES}


def _everywhere(mask: int) -> bool:
    return mask == _ALL


def _meets(widespread: bool, lasting: bool, tender: bool) -> bool:
    return widespread and lasting and tender


def decide_acr_1990(given: dict[str, object], reading: InputReader) -> Scored:
    """The answer; unknown while the tender points were not counted."""
    keys = (*COMMON, *BODY_KEYS, "widespread_pain", "tender_points")
    reading.unknown_keys("", given, keys, message("word.field-in", of="acr_1990"))
    months = read_months(reading, given)
    tender = reading.number("tender_points", given.get("tender_points"), TENDER_POINTS)
    widespread, notes = _widespread(given, reading)
    lasting, enough = at_least("months", months, 3), at_least("tender_points", tender, 11)
    text = ACR_1990.parts
    shown = None if tender is None else interval(*tender)
    counted = message("criteria.tender-points-not-counted")
    if tender is not None:
        counted = message("criteria.tender-points", count=between_message(*tender))
    return concluded(
        ACR_1990,
        _meets,
        (widespread, lasting, enough),
        {
            "widespread": part(text["widespread"], same, widespread),
            "duration": part(
                text["duration"], same, lasting, months=None if months is None else interval(*months)
            ),
            "tender_points": part(text["tender_points"], same, enough, tender_points=shown),
        },
        met=(message("criteria.widespread", months=months_message(months)), counted),
        failing={
            "widespread": message("criteria.not-widespread-1990"),
            "duration": message("criteria.less", what=months_message(months), than=3),
            "tender_points": message("criteria.fewer", what=counted, than=11),
        },
        asks={
            "tender_points": message("asks.tender-points"),
            "months": message("asks.months" if months is None else "asks.three-months"),
            "widespread_pain": message("asks.sites"),
        },
        values={"tender_points": shown, "months": None if months is None else interval(*months)},
        notes=notes,
    )


def widespread_class(given: dict[str, object], reading: InputReader) -> Hashable:
    """All that the rule can tell apart of where it hurts: whether pain can be widespread, and whether it can not."""
    return _by_sites(given, reading)[0].states


def _widespread(given: dict[str, object], reading: InputReader) -> tuple[Input, tuple[Message, ...]]:
    stated = reading.flag("widespread_pain", given.get("widespread_pain"))
    by_sites, notes = _by_sites(given, reading)
    if stated is None:
        return by_sites, notes
    if (not stated) in by_sites.states and stated not in by_sites.states:
        reading.wrong("widespread_pain", message("answers.contradicts", what=message("answers.the-sites")))
    return flag("widespread_pain", stated), ()


def _by_sites(given: dict[str, object], reading: InputReader) -> tuple[Input, tuple[Message, ...]]:
    body = read_body(reading, given)
    notes = whole_body_note(body)
    if body.total is not None or body.regions is not None:
        joint = _joint(body.painful, body.unknown)
        fitting = {mask for count, regions, mask in joint if _fits(body, count, regions)}
        return one_of("sites", (_everywhere(mask) for mask in fitting)), notes
    sites = (
        read_sites(InputReader(), "sites", given["sites"])
        if isinstance(given.get("sites"), list | tuple)
        else []
    )
    start = 0
    for site in {*body.painful, *sites}:
        start |= COUNTS_IN_1990[site]
    reached = _reached(start, body.unknown)
    if len(body.unknown) == len(WPI_SITES):
        return one_of("sites", (_everywhere(mask) for mask in reached)), notes
    moves: dict[str, frozenset[tuple[object, object]]] = {}
    for site in (site for site in WPI_SITES if site in body.unknown):
        rest = _reached(start, body.unknown - {site})
        pairs = {(_everywhere(mask), _everywhere(mask | COUNTS_IN_1990[site])) for mask in rest}
        moves[site] = frozenset(pair for pair in pairs if pair[0] != pair[1])
    return Input(frozenset(_everywhere(mask) for mask in reached), moves), notes


def _fits(body: Body, count: int, regions: int) -> bool:
    total, number = body.total or (0, len(WPI_SITES)), body.regions or (0, len(REGIONS))
    return total[0] <= count <= total[1] and number[0] <= regions.bit_count() <= number[1]


@lru_cache(maxsize=64)
def _joint(painful: frozenset[str], unknown: frozenset[str]) -> frozenset[tuple[int, int, int]]:
    """Every (index, regions, places of 1990) some completion has: a total says how many, not which."""
    states = {(0, 0, 0)}
    for site in painful | unknown:
        here = WPI_SITES[site]
        region = 1 << REGIONS.index(here.region) if here.counts else 0
        hurting = {
            (count + 1, regions | region, mask | COUNTS_IN_1990[site]) for count, regions, mask in states
        }
        states = hurting if site in painful else states | hurting
    return frozenset(states)


def _reached(start: int, unknown: frozenset[str]) -> set[int]:
    masks = {start}
    for site in unknown:
        masks |= {mask | COUNTS_IN_1990[site] for mask in masks}
    return masks
