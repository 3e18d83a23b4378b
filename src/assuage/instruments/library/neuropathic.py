"""Screens: neuropathic pain, central sensitisation, fibromyalgia. A screen is not a diagnosis."""

from __future__ import annotations

from assuage.instruments.model import (
    Bands,
    Code,
    CutOff,
    Domain,
    Instrument,
    Item,
    Licence,
    Mcid,
    numbered_items,
)
from assuage.instruments.sources import sources_named
from assuage.terms.sources import Status

_SENSORY = numbered_items("sensory", 7, 0, 5)
_COURSE = Item("course", -1, 1, "the course pattern", values=(-1, 0, 1))
_RADIATION = Item("radiation", 0, 2, values=(0, 2))

PAINDETECT = Instrument(
    "paindetect",
    "painDETECT",
    -1,
    38,
    Licence("needs permission (Pfizer)", free=False),
    items=(*_SENSORY, _COURSE, _RADIATION),
    domains=(Domain("sensory", _SENSORY), Domain("course", (_COURSE,)), Domain("radiation", (_RADIATION,))),
    bands=(Bands("freynhagen2006", ((-1, 12, "unlikely"), (13, 18, "unclear"), (19, 38, "likely"))),),
    codes=(Code("LOINC", None, "total", "not_found"),),
    sources=sources_named("pmc7136290", "gauffin2013"),
    notes=("In fibromyalgia: sensitivity 79, specificity 53 percent; poor specificity.",),
)

_DN4_LICENCE = Licence("needs permission (Bouhassira, via MAPI)", free=False, status=Status.MEMORY)
_DN4_SOURCES = sources_named("bouhassira2005", "vanseventer2013", "timmerman2017")
_INTERVIEW = numbered_items("interview", 7, 0, 1)
_EXAMINATION = numbered_items("examination", 3, 0, 1)

DN4 = Instrument(
    "dn4",
    "DN4, neuropathic pain",
    0,
    10,
    _DN4_LICENCE,
    items=(*_INTERVIEW, *_EXAMINATION),
    domains=(Domain("interview", _INTERVIEW), Domain("examination", _EXAMINATION)),
    cuts=(
        CutOff("full", 4, "screen positive for neuropathic pain"),
        CutOff("interview", 3, "screen positive on the interview alone", of="interview"),
    ),
    answering="full",
    mcids=(Mcid(None, "points", "a screen, not an outcome"),),
    codes=(Code("LOINC", None, "total", "not_found"),),
    sources=_DN4_SOURCES,
    notes=("Dutch validation 2017: sensitivity 75, specificity 76 percent.",),
)

DN4_INTERVIEW = Instrument(
    "dn4_interview",
    "DN4, interview part alone",
    0,
    7,
    _DN4_LICENCE,
    items=_INTERVIEW,
    cuts=(CutOff("interview", 3, "screen positive on the interview alone"),),
    answering="interview",
    sources=_DN4_SOURCES,
)

FIRST = Instrument(
    "first",
    "FiRST, fibromyalgia screen",
    0,
    6,
    Licence("needs permission (registered name; Cedraf, MAPI)", free=False, status=Status.MEMORY),
    items=numbered_items("item", 6, 0, 1),
    cuts=(CutOff("screen", 5, "screen positive for fibromyalgia", sources=sources_named("perrot2010")),),
    answering="screen",
    codes=(Code("LOINC", None, "total", "not_found"),),
    sources=sources_named("perrot2010", "casanueva2016"),
    notes=(
        "Original study: sensitivity 90.5, specificity 85.7 percent; elsewhere specificity down to 61.6.",
    ),
)

CSI = Instrument(
    "csi",
    "Central Sensitization Inventory, part A",
    0,
    100,
    Licence("free for clinical use, copyright of its developers (PRIDE)", free=False, status=Status.MEMORY),
    items=numbered_items("item", 25, 0, 4),
    bands=(
        Bands(
            "neblett2017",
            (
                (0, 29, "subclinical"),
                (30, 39, "mild"),
                (40, 49, "moderate"),
                (50, 59, "severe"),
                (60, 100, "extreme"),
            ),
            sources=sources_named("neblett2017"),
        ),
    ),
    cuts=(CutOff("screen", 40, "screen positive", sources=sources_named("neblett2013")),),
    answering="screen",
    mcids=(Mcid(None, "points", "none verified"),),
    codes=(Code("LOINC", None, "total", "not_found"),),
    sources=sources_named("neblett2013", "neblett2015", "neblett2017"),
    notes=(
        "Part B, a list of diagnoses, is not scored.",
        "Against other pain patients: sensitivity 82.8, specificity 54.8 percent. It names a phenotype, "
        "not a mechanism.",
    ),
)

NEUROPATHIC = (PAINDETECT, DN4, DN4_INTERVIEW, FIRST, CSI)
