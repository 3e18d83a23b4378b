"""The widespread pain index, the symptom severity scale, their sum, and the FIQ with its revision."""

from __future__ import annotations

from assuage.instruments.model import (
    Bands,
    Code,
    Domain,
    Instrument,
    Item,
    Licence,
    Mcid,
    Prorating,
    numbered_items,
)
from assuage.instruments.severity import SSS_ITEMS
from assuage.instruments.sources import sources_named
from assuage.terms.sites import SITES, WPI_SITES
from assuage.terms.sources import Status

_CRITERIA = sources_named("wolfe2016", "jrd2022_t4")
_IN_CRITERIA = Licence("part of the published criteria", free=True)

WPI = Instrument(
    "wpi",
    "Widespread Pain Index",
    0,
    19,
    _IN_CRITERIA,
    items=tuple(Item(site, 0, 1, SITES[site].title) for site in WPI_SITES),
    reader="sites",
    recall="past 7 days",
    recall_days=7,
    codes=(Code("LOINC", None, "total", "not_found"),),
    sources=_CRITERIA,
    notes=("One point for each painful site, whatever the intensity.",),
)

SSS = Instrument(
    "sss",
    "Symptom Severity Scale",
    0,
    12,
    _IN_CRITERIA,
    items=SSS_ITEMS,
    recall="past 7 days; headaches, lower abdominal pain and depression: past 6 months",
    recall_days=7,
    codes=(Code("LOINC", None, "total", "not_found"),),
    sources=_CRITERIA,
    anchors="0 no problem, 1 slight or mild or intermittent, 2 moderate, 3 severe, continuous",
)

FS = Instrument(
    "fs",
    "Fibromyalgia Severity score (WPI + SSS)",
    0,
    31,
    _IN_CRITERIA,
    items=(Item("wpi", 0, 19, "Widespread Pain Index"), Item("sss", 0, 12, "Symptom Severity Scale")),
    reader="fs",
    recall="as its two parts",
    recall_days=7,
    bands=(
        Bands(
            "wolfe2015",
            (
                (0, 3, "none"),
                (4, 7, "mild"),
                (8, 11, "moderate"),
                (12, 19, "severe"),
                (20, 31, "very_severe"),
            ),
            sources=sources_named("wolfe2015psd"),
            warning="a score of 12 to 15 is severe here and mild in salaffi2021",
        ),
        Bands(
            "salaffi2021",
            (
                (0, 5, "remission"),
                (6, 15, "mild"),
                (16, 20, "moderate"),
                (21, 25, "severe"),
                (26, 31, "very_severe"),
            ),
            sources=sources_named("salaffi2021"),
            warning="made within diagnosed fibromyalgia; 12 to 15 is mild here and severe in wolfe2015",
        ),
    ),
    codes=(Code("LOINC", None, "total", "not_found"),),
    sources=_CRITERIA,
    notes=("Also called FS, PSD, PDS or fibromyalginess.",),
)

_FUNCTION = numbered_items("function", 9, 0, 10)
_OVERALL = numbered_items("overall", 2, 0, 10)
_SYMPTOMS = numbered_items("symptoms", 10, 0, 10)

FIQR = Instrument(
    "fiqr",
    "Revised Fibromyalgia Impact Questionnaire",
    0,
    100,
    Licence(
        "additional file of a CC BY 2.0 article; its authors and MAPI handle permissions: check before use; "
        "wording not shipped",
        free=False,
    ),
    items=(*_FUNCTION, *_OVERALL, *_SYMPTOMS),
    domains=(Domain("function", _FUNCTION, 3), Domain("overall", _OVERALL), Domain("symptoms", _SYMPTOMS, 2)),
    recall="past 7 days",
    recall_days=7,
    bands=(
        Bands(
            "salaffi2021",
            (
                (0, 23, "remission"),
                (24, 40, "mild"),
                (41, 63, "moderate"),
                (64, 82, "severe"),
                (83, 100, "very_severe"),
            ),
            sources=sources_named("salaffi2021"),
            warning="the paper prints 64-82 and above 83; rounding, and 83 as very severe, are our policy",
        ),
    ),
    prorating=Prorating(
        "each domain's answered sum times its items over its answered items; a whole domain unanswered is "
        "not scorable (our policy)",
        None,
        Status.SEEN,
    ),
    mcids=(Mcid(None, "percent", "no verified FIQR value; the FIQ's 14 percent is often borrowed"),),
    codes=(Code("LOINC", None, "total", "not_found"),),
    sources=sources_named("bennett2009fiqr", "fiqr_scoring"),
)

FIQ = Instrument(
    "fiq",
    "Fibromyalgia Impact Questionnaire",
    0,
    100,
    Licence("needs permission (academic licence agreement; queries to MAPI)", free=False),
    scoring="total only",
    bands=(
        Bands(
            "bennett2009",
            ((0, 38.99, "mild"), (39, 58.99, "moderate"), (59, 100, "severe")),
            Status.MEMORY,
            rounded=False,
        ),
    ),
    mcids=(
        Mcid(14.1, "percent", "total", sources=sources_named("bennett2009mcid")),
        Mcid(13.2, "percent", "stiffness item", sources=sources_named("bennett2009mcid")),
    ),
    sources=sources_named("bennett2009mcid"),
    notes=("Total only: the key of its 20 items is not shipped.",),
)

FIBROMYALGIA = (WPI, SSS, FS, FIQR, FIQ)
