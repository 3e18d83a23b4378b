"""Which substances belong to a class that is only remembered, and that no rule which forbids is about."""

from __future__ import annotations

from assuage.safety.rules import Membership
from assuage.terms.sources import Status

ROWS: tuple[Membership, ...] = (
    # What is remembered to warn of QT in its label, and of which nobody has read it.
    Membership(
        "qt_remembered",
        (
            "apomorphine",
            "artemether",
            "atazanavir",
            "bosutinib",
            "crizotinib",
            "dasatinib",
            "degarelix",
            "deutetrabenazine",
            "dolasetron",
            "efavirenz",
            "fingolimod",
            "granisetron",
            "hydroxyzine",
            "lapatinib",
            "lenvatinib",
            "leuprorelin",
            "lofexidine",
            "lopinavir",
            "lumefantrine",
            "mefloquine",
            "mifepristone",
            "nilotinib",
            "osimertinib",
            "pasireotide",
            "pazopanib",
            "pitolisant",
            "ponesimod",
            "posaconazole",
            "quinine",
            "ranolazine",
            "relugolix",
            "ribociclib",
            "rilpivirine",
            "siponimod",
            "sunitinib",
            "tetrabenazine",
            "toremifene",
            "tropisetron",
            "valbenazine",
            "voriconazole",
        ),
        sources=("MEM",),
        status=Status.MEMORY,
    ),
    Membership(
        "serotonin_precursor",
        (
            "ademetionine",
            "oxitriptan",
            "tryptophan",
        ),
        sources=("MEM",),
        status=Status.MEMORY,
    ),
    Membership(
        "vmat2_inhibitor",
        (
            "deutetrabenazine",
            "tetrabenazine",
            "valbenazine",
        ),
        sources=("MEM",),
        status=Status.MEMORY,
    ),
)
