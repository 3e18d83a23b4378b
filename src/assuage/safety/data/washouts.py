"""How long a stopped drug still counts, and for what is started after it."""

from __future__ import annotations

from assuage.safety.rules import Washout, drug, member_of
from assuage.terms.sources import Status

_MAOI_LABELS = ("AMI_CY", "AMI_45")
_NEVER_WITH_AN_MAOI = (
    member_of("tca"),
    member_of("snri"),
    member_of("ssri"),
    drug("tramadol"),
    drug("cyclobenzaprine"),
    drug("triptan"),
    drug("st_johns_wort"),
    drug("strong_opioid"),
)

ROWS: tuple[Washout, ...] = (
    Washout(
        "WO_MAOI",
        stopped=drug("maoi_irreversible"),
        before=_NEVER_WITH_AN_MAOI,
        days=14,
        because="14 days after an irreversible MAOI",
        sources=_MAOI_LABELS,
        status=Status.SEEN,
    ),
    Washout(
        "WO_MOCLOBEMIDE",
        stopped=drug("moclobemide"),
        before=_NEVER_WITH_AN_MAOI,
        days=1,
        because="1 day after moclobemide",
        sources=_MAOI_LABELS,
        status=Status.SEEN,
    ),
    Washout(
        "WO_TCA_MAOI",
        stopped=member_of("tca"),
        before=(member_of("maoi"),),
        days=14,
        because="14 days after a tricyclic, before an MAOI",
        sources=_MAOI_LABELS,
        status=Status.SEEN,
    ),
    Washout(
        "WO_FLUOXETINE",
        stopped=drug("fluoxetine"),
        before=(
            member_of("tca"),
            member_of("snri"),
            member_of("maoi"),
            drug("tramadol"),
            drug("cyclobenzaprine"),
        ),
        days=42,
        because="5 or 6 weeks after fluoxetine: its metabolite stays for weeks",
        sources=("SPS_SSRI",),
        status=Status.SEEN,
    ),
    Washout(
        "WO_SSRI_MAOI",
        stopped=member_of("ssri"),
        before=(member_of("maoi"),),
        days=14,
        because="14 days after an SSRI, before an MAOI",
        sources=("MEM",),
        status=Status.MEMORY,
    ),
    Washout(
        "WO_SNRI_MAOI",
        stopped=member_of("snri"),
        before=(member_of("maoi"),),
        days=14,
        because="14 days after an SNRI, before an MAOI",
        sources=("MEM",),
        status=Status.MEMORY,
    ),
    Washout(
        "WO_FLUVOXAMINE",
        stopped=drug("fluvoxamine"),
        before=(drug("tizanidine"), drug("duloxetine"), drug("melatonin")),
        days=4,
        because="4 days after fluvoxamine, which slows CYP1A2 (stated for agomelatine)",
        sources=("SPS_SSRI",),
        status=Status.DERIVED,
    ),
    Washout(
        "WO_OPIOID_NALTREXONE",
        stopped=member_of("opioid"),
        before=(drug("naltrexone_ld"),),
        days=10,
        because="7 to 10 days without an opioid before naltrexone, or it sets off withdrawal",
        sources=("NTX_LBL",),
        status=Status.MIXED,
    ),
)
