"""Sleep and fatigue. Instruments whose scoring key we do not have take a total only."""

from __future__ import annotations

from assuage.instruments.model import Bands, Code, CutOff, Instrument, Item, Licence, Mcid, numbered_items
from assuage.instruments.sources import sources_named
from assuage.terms.sources import Status

ISI = Instrument(
    "isi",
    "Insomnia Severity Index",
    0,
    28,
    Licence("needs permission (C. M. Morin; via MAPI ePROVIDE)", free=False, status=Status.MEMORY),
    items=numbered_items("item", 7, 0, 4),
    recall="past 2 weeks (original) or month (some versions)",
    recall_days=14,
    bands=(
        Bands("morin", ((0, 7, "none"), (8, 14, "subthreshold"), (15, 21, "moderate"), (22, 28, "severe"))),
    ),
    cuts=(
        CutOff("clinical", 15, "insomnia case in clinical samples", sources=sources_named("morin2011")),
        CutOff("community", 10, "insomnia case in the community", sources=sources_named("morin2011")),
    ),
    answering="clinical",
    mcids=(
        Mcid(6, "points", "", sources=sources_named("yang2009")),
        Mcid(8.4, "points", "moderate improvement", sources=sources_named("morin2011")),
    ),
    codes=(Code("LOINC", None, "total", "rejected", "the codes that circulate fail the LOINC check digit"),),
    sources=sources_named("morin2011", "yang2009"),
    notes=(
        "The answer uses the clinical cut-off, 15; that choice is ours.",
        "Remission is a total below 8.",
    ),
)

SLEEP_NRS = Instrument(
    "sleep_nrs",
    "Sleep, numeric rating 0-10",
    0,
    10,
    Licence("free generic format", free=True),
    items=(Item("sleep", 0, 10),),
    recall="past night, daily diary",
    recall_days=1,
    mcids=(Mcid(None, "points", "none verified; 2 points or 30 percent would be policy", Status.POLICY),),
    sources=sources_named("cappelleri2009"),
    anchors="0 best possible sleep, 10 worst possible sleep",
)

FATIGUE_NRS = Instrument(
    "fatigue_nrs",
    "Fatigue, numeric rating 0-10",
    0,
    10,
    Licence("free", free=True),
    items=(Item("fatigue", 0, 10),),
    mcids=(Mcid(None, "points", "none verified"),),
    anchors="0 none, 10 worst imaginable",
)

FSS = Instrument(
    "fss",
    "Fatigue Severity Scale",
    1,
    7,
    Licence("needs permission (L. Krupp)", free=False, status=Status.MEMORY),
    items=numbered_items("item", 9, 1, 7),
    scoring="mean",
    cuts=(
        CutOff("severe", 4, "severe fatigue"),
        CutOff("severe_alternative", 5, "severe fatigue, alternative cut-off"),
    ),
    answering="severe",
    mcids=(Mcid(None, "points", "none verified"),),
)

FACIT_F = Instrument(
    "facit_f",
    "FACIT-Fatigue",
    0,
    52,
    Licence("needs licence (FACIT.org)", free=False, status=Status.MEMORY),
    scoring="total only",
    higher_is="better",
    bands=(
        Bands(
            "sarcoidosis_table",
            ((0, 11, "severe"), (12, 23, "moderate"), (24, 36, "mild")),
            warning="made in sarcoidosis; the table ends at 36, above it there is no band",
        ),
    ),
    mcids=(Mcid((3, 4), "points", "", Status.MEMORY),),
    notes=("Total only: which of its 13 items are reversed is not shipped. A higher number is better.",),
)

MFI20 = Instrument(
    "mfi20",
    "MFI-20, general fatigue subscale",
    4,
    20,
    Licence("needs permission", free=False, status=Status.MEMORY),
    scoring="total only",
    cuts=(CutOff("severe", 13, "severe general fatigue"),),
    answering="severe",
    notes=(
        "Total only: which of its 20 items belong to which of its five subscales is not shipped. The total "
        "here is the general fatigue subscale, the one with a published cut-off.",
    ),
)

SLEEP_FATIGUE = (ISI, SLEEP_NRS, FATIGUE_NRS, FSS, FACIT_F, MFI20)
