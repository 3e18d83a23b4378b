"""Pain intensity, pain interference, and the patient's global impression of change."""

from __future__ import annotations

from assuage.instruments.model import Bands, Code, CutOff, Instrument, Item, Licence, Mcid, Prorating
from assuage.instruments.sources import sources_named
from assuage.terms.sources import Status

_FREE = Licence("free", free=True)
_NRS_ITEM = (Item("pain", 0, 10, "pain"),)

PAIN_NRS = Instrument(
    "pain_nrs",
    "Pain, numeric rating 0-10",
    0,
    10,
    _FREE,
    items=_NRS_ITEM,
    bands=(
        Bands(
            "conventional",
            ((0, 0, "none"), (1, 3, "mild"), (4, 6, "moderate"), (7, 10, "severe")),
            Status.MEMORY,
        ),
        Bands("serlin1995", ((1, 4, "mild"), (5, 6, "moderate"), (7, 10, "severe"))),
        Bands(
            "boonstra2016_chronic_msk",
            ((0, 5, "mild"), (6, 7, "moderate"), (8, 10, "severe")),
            sources=sources_named("boonstra2016"),
        ),
        Bands("fejer2005_neck", ((1, 4, "mild"), (5, 7, "moderate"), (8, 10, "severe"))),
    ),
    mcids=(
        Mcid(2, "points", "chronic pain, much or very much improved", sources=sources_named("farrar2001")),
        Mcid(30, "percent", "chronic pain, much or very much improved", sources=sources_named("farrar2001")),
        Mcid(34, "percent", "duloxetine trials, average pain", sources=sources_named("farrar2010")),
    ),
    codes=(Code("LOINC", "72514-3", "pain severity 0-10 verbal numeric rating", "verified"),),
    sources=sources_named("farrar2001", "farrar2010"),
    anchors="0 no pain, 10 worst imaginable pain",
)

PAIN_VAS = Instrument(
    "pain_vas_100mm",
    "Pain, visual analogue scale 0-100 mm",
    0,
    100,
    _FREE,
    items=(Item("pain", 0, 100, "pain in millimetres", whole=False),),
    bands=(
        Bands(
            "jensen2003",
            ((0, 4, "none"), (5, 44, "mild"), (45, 74, "moderate"), (75, 100, "severe")),
            Status.MEMORY,
        ),
        Bands(
            "boonstra2014_verbal",
            ((0, 34, "mild"), (35, 74, "moderate"), (75, 100, "severe")),
            sources=sources_named("boonstra2014"),
            warning="printed in centimetres (3.4, 7.4)",
        ),
        Bands(
            "boonstra2014_interference",
            ((0, 34, "mild"), (35, 64, "moderate"), (65, 100, "severe")),
            sources=sources_named("boonstra2014"),
            warning="printed in centimetres (3.4, 6.4)",
        ),
    ),
    codes=(Code("LOINC", "38214-3", "pain severity, visual analogue score", "verified"),),
    sources=sources_named("boonstra2014"),
    anchors="0 no pain, 100 worst imaginable pain",
)

_BPI_LICENCE = Licence(
    "needs permission (MD Anderson; no charge for non-funded academic or clinical use)",
    free=False,
    status=Status.MEMORY,
)

BPI_SEVERITY = Instrument(
    "bpi_severity",
    "Brief Pain Inventory, severity",
    0,
    10,
    _BPI_LICENCE,
    items=tuple(Item(name, 0, 10, f"pain: {name}") for name in ("worst", "least", "average", "now")),
    scoring="mean",
    recall="past 24 hours (some versions: past week)",
    recall_days=1,
    mcids=(
        Mcid(2.2, "points", "fibromyalgia, severity", sources=sources_named("mease2011")),
        Mcid(34.2, "percent", "fibromyalgia, severity", sources=sources_named("mease2011")),
        Mcid(2.1, "points", "fibromyalgia, average-pain item", sources=sources_named("mease2011")),
        Mcid(32.3, "percent", "fibromyalgia, average-pain item", sources=sources_named("mease2011")),
    ),
    sources=sources_named("mease2011"),
)

BPI_INTERFERENCE = Instrument(
    "bpi_interference",
    "Brief Pain Inventory, interference",
    0,
    10,
    _BPI_LICENCE,
    items=tuple(
        Item(title.rsplit(maxsplit=1)[1], 0, 10, title)
        for title in (
            *("interference with activity", "interference with mood", "interference with walking"),
            *("interference with work", "interference with relations", "interference with sleep"),
            "interference with enjoyment",
        )
    ),
    scoring="mean",
    recall="past 24 hours (some versions: past week)",
    recall_days=1,
    prorating=Prorating("the mean of the answered items if at least 4 of 7 are answered", 3, Status.MEMORY),
    mcids=(Mcid(1.0, "points", "generic, interference", sources=sources_named("dworkin2008")),),
    codes=(Code("LOINC", "77565-0", "BPI-SF interference", "verified"),),
    sources=sources_named("dworkin2008"),
)

PEG = Instrument(
    "peg",
    "PEG: pain, enjoyment, general activity",
    0,
    10,
    Licence("free (public domain)", free=True),
    items=(
        Item("pain", 0, 10, wording="What number best describes your pain on average in the past week?"),
        Item(
            "enjoyment",
            0,
            10,
            wording="What number best describes how, during the past week, pain has interfered with your "
            "enjoyment of life?",
        ),
        Item(
            "activity",
            0,
            10,
            "general activity",
            wording="What number best describes how, during the past week, pain has interfered with your "
            "general activity?",
        ),
    ),
    scoring="mean",
    recall="past week",
    recall_days=7,
    mcids=(
        Mcid(1.0, "points", "suggested", sources=sources_named("reed2024")),
        Mcid((1.0, 1.75), "points", "anchor-based range", sources=sources_named("reed2024")),
        Mcid((0.6, 1.1), "points", "0.35 standard deviations", sources=sources_named("reed2024")),
        Mcid((0.78, 1.22), "points", "one standard error of measurement", sources=sources_named("reed2024")),
        Mcid(30, "percent", "in common use", sources=sources_named("reed2024")),
    ),
    codes=(
        Code("LOINC", "91148-7", "PEG panel", "verified"),
        Code("LOINC", "91147-9", "PEG mean score", "verified"),
        Code("LOINC", "91145-3", "PEG item: enjoyment of life or general activity", "verified"),
        Code("LOINC", "91146-1", "PEG item: enjoyment of life or general activity", "verified"),
    ),
    sources=sources_named("krebs2009", "reed2024", "ktc"),
    wording=Status.MEMORY,
)

_CODED = "Two published codings run in opposite directions: the coding is part of the value."
_PGIC_ITEM = (Item("change", 1, 7, "the global impression of change"),)

PGIC = Instrument(
    "pgic",
    "Patient Global Impression of Change",
    1,
    7,
    _FREE,
    reader="coded",
    scoring="total only",
    codings=("guy_farrar", "hurst_bolton"),
    sources=sources_named("farrar2001"),
    notes=(_CODED,),
    anchors="depends on the coding: 1 is the best answer in guy_farrar and the worst in hurst_bolton",
)

PGIC_GUY_FARRAR = Instrument(
    "pgic_guy_farrar",
    "Patient Global Impression of Change (Guy, Farrar: 1 best)",
    1,
    7,
    _FREE,
    items=_PGIC_ITEM,
    bands=(
        Bands(
            "immpact",
            (
                (1, 1, "substantial"),
                (2, 2, "moderate"),
                (3, 3, "minimal"),
                (4, 4, "no_change"),
                (5, 7, "worse"),
            ),
            sources=sources_named("dworkin2008"),
            warning="5 to 7 as worse is read off the anchors 4 (no change) and 7 (very much worse)",
        ),
    ),
    cuts=(
        CutOff(
            "responder", 2, "much or very much improved", operator="<=", sources=sources_named("farrar2001")
        ),
    ),
    answering="responder",
    sources=sources_named("farrar2001"),
    notes=(_CODED,),
    anchors="1 very much improved, 2 much improved, 3 minimally improved, 4 no change, 7 very much worse",
)

PGIC_HURST_BOLTON = Instrument(
    "pgic_hurst_bolton",
    "Patient Global Impression of Change (Hurst, Bolton: 7 best)",
    1,
    7,
    _FREE,
    items=_PGIC_ITEM,
    higher_is="better",
    cuts=(CutOff("responder", 6, "better, or a great deal better", status=Status.MEMORY),),
    answering="responder",
    status=Status.MEMORY,
    notes=(_CODED,),
    anchors="1 no change or worse, 7 a great deal better",
)

PAIN = (PAIN_NRS, PAIN_VAS, BPI_SEVERITY, BPI_INTERFERENCE, PEG, PGIC, PGIC_GUY_FARRAR, PGIC_HURST_BOLTON)
