"""Interactions that are only remembered: what lengthens QT by its label, serotonin precursors, and pitolisant.

Nobody has read their sources, so each makes the review ask and none forbids.
"""

from __future__ import annotations

from assuage.safety.rules import Interaction, drug, member_of
from assuage.terms.sources import Status

ROWS: tuple[Interaction, ...] = (
    Interaction(
        "DI_TCA_QTR",
        (member_of("tca"), member_of("qt_remembered")),
        "major",
        mechanism="additive repolarisation delay",
        effect="torsades de pointes",
        action="avoid; else ECG and electrolytes",
        sources=("MEM",),
        status=Status.MEMORY,
    ),
    Interaction(
        "DI_QT_QTR",
        (member_of("qt_known"), member_of("qt_remembered")),
        "major",
        mechanism="additive repolarisation delay",
        effect="torsades de pointes",
        action="avoid; else ECG and electrolytes",
        sources=("MEM",),
        status=Status.MEMORY,
    ),
    Interaction(
        "DI_TIZ_QTR",
        (drug("tizanidine"), member_of("qt_remembered")),
        "moderate",
        mechanism="additive QT effect",
        effect="arrhythmia",
        action="ECG, correct potassium and magnesium, or avoid",
        sources=("MEM",),
        status=Status.MEMORY,
    ),
    Interaction(
        "DI_SER_PRE",
        (member_of("serotonin_precursor"), member_of("serotonergic_antidepressant")),
        "major",
        mechanism="more serotonin is made while its uptake is blocked",
        effect="serotonin toxicity",
        action="do not combine; stop the supplement first",
        sources=("MEM",),
        status=Status.MEMORY,
    ),
    Interaction(
        "DI_SER_PRE_MAOI",
        (member_of("serotonin_precursor"), member_of("maoi")),
        "major",
        mechanism="more serotonin is made while its breakdown is blocked",
        effect="serotonin toxicity",
        action="do not combine; stop the supplement first",
        sources=("MEM",),
        status=Status.MEMORY,
    ),
    Interaction(
        "DI_SER_PRE_OPI",
        (member_of("serotonin_precursor"), drug("tramadol")),
        "major",
        mechanism="more serotonin is made while its uptake is blocked",
        effect="serotonin toxicity",
        action="do not combine; stop the supplement first",
        sources=("MEM",),
        status=Status.MEMORY,
    ),
    Interaction(
        "DI_TCA_PIT",
        (member_of("tca"), drug("pitolisant")),
        "major",
        mechanism="the tricyclic blocks the receptor through which pitolisant works; both may lengthen QT",
        effect="loss of wakefulness, arrhythmia",
        action="another drug instead of the tricyclic; else ECG",
        sources=("MEM",),
        status=Status.MEMORY,
        supersedes=("DI_TCA_QTR",),
    ),
    Interaction(
        "DI_TCA_TER",
        (member_of("tca"), drug("terbinafine")),
        "major",
        mechanism="strong CYP2D6 inhibition for weeks, also after terbinafine was stopped",
        effect="raised TCA level",
        action="wait, or half the dose with an ECG",
        sources=("MEM",),
        status=Status.MEMORY,
        supersedes=("DI_TCA_2D6",),
        whole_body=(drug("terbinafine"),),
    ),
    Interaction(
        "DI_TCA_TBZ",
        (member_of("tca"), member_of("vmat2_inhibitor")),
        "major",
        mechanism="one empties the stores of the amines whose uptake the other blocks; both may lengthen QT",
        effect="low mood, agitation, arrhythmia",
        action="ask who treats the movements; ECG",
        sources=("MEM",),
        status=Status.MEMORY,
        supersedes=("DI_TCA_QTR",),
    ),
)
