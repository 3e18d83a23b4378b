"""What the patient can do: neck disability and the activities the patient chose."""

from __future__ import annotations

from assuage.instruments.model import Bands, Code, Instrument, Item, Licence, Mcid, Prorating, numbered_items
from assuage.instruments.sources import sources_named
from assuage.terms.sources import Status

_SECTIONS = (
    "pain_intensity",
    "personal_care",
    "lifting",
    "reading",
    "headaches",
    "concentration",
    "work",
    "driving",
    "sleeping",
    "recreation",
)

NDI = Instrument(
    "ndi",
    "Neck Disability Index",
    0,
    50,
    Licence("copyright H. Vernon; permission route via MAPI", free=False, status=Status.MEMORY),
    items=tuple(Item(section, 0, 5) for section in _SECTIONS),
    bands=(
        Bands(
            "vernon_raw",
            ((0, 4, "none"), (5, 14, "mild"), (15, 24, "moderate"), (25, 34, "severe"), (35, 50, "complete")),
            sources=sources_named("vernon_chiro"),
            warning="bands are of the raw sum, not of the percentage",
        ),
    ),
    prorating=Prorating("one section may be skipped; it takes the mean of the rest", 1, Status.SEEN),
    percent_of=50,
    mcids=(
        Mcid(5, "points", "Vernon", sources=sources_named("vernon_chiro")),
        Mcid(7.0, "points", "cervical radiculopathy", sources=sources_named("cleland2006")),
        Mcid(7.5, "points", "mechanical neck pain", sources=sources_named("young2009")),
        Mcid(
            10.2,
            "points",
            "minimal detectable change, larger than the MCIDs",
            sources=sources_named("young2009"),
        ),
        Mcid(10, "points", "recommended by Young", sources=sources_named("young2009")),
    ),
    codes=(Code("LOINC", None, "panel and total", "unverified", "the codes were not seen"),),
    sources=sources_named("vernon_chiro", "cleland2006", "young2009"),
    notes=("Driving is often not applicable.",),
)

_FREE = Licence("free", free=True)
_ACTIVITIES = numbered_items("activity", 5, 0, 10)
_MCIDS = (
    Mcid(2.0, "points", "cervical radiculopathy, mean", sources=sources_named("cleland2006")),
    Mcid(
        2.1,
        "points",
        "cervical radiculopathy, minimal detectable change",
        sources=sources_named("cleland2006"),
    ),
    Mcid(3, "points", "a single activity", Status.MEMORY),
)

PSFS = Instrument(
    "psfs",
    "Patient-Specific Functional Scale",
    0,
    10,
    _FREE,
    items=_ACTIVITIES,
    scoring="mean",
    fewest=3,
    higher_is="better",
    mcids=_MCIDS,
    codes=(Code("LOINC", None, "mean", "not_found"),),
    sources=sources_named("cleland2006"),
    notes=("The mean of 3 to 5 activities the patient chose; a higher number is better.",),
)

PSFS_2 = Instrument(
    "psfs_2_0",
    "Patient-Specific Functional Scale 2.0",
    0,
    10,
    _FREE,
    items=_ACTIVITIES,
    scoring="mean",
    fewest=3,
    mcids=(
        Mcid(1.1, "points", "smallest detectable change, neck pain", sources=sources_named("thoomes2024")),
    ),
    codes=(Code("LOINC", None, "mean", "not_found"),),
    sources=sources_named("thoomes2024"),
    notes=("The mean of 3 to 5 activities the patient chose; higher is worse, unlike in the first version.",),
)

FUNCTION = (NDI, PSFS, PSFS_2)
