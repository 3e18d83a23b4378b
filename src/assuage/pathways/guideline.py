"""What the EULAR 2017 recommendations say of each therapy: strength and direction, or "not addressed".

Rows against a therapy are from memory (the table of the paper lists only what it recommends) and say so.
"""

from __future__ import annotations

from functools import partial

from assuage.pathways.evidence import Advice, Guideline
from assuage.terms.publications import cited
from assuage.terms.sources import Status

EULAR_2017 = Guideline("eular-2017", "EULAR 2017")
_advice = partial(Advice, EULAR_2017)


def silent_on(therapy: str) -> Advice:
    """The word of the guideline on what it does not address: an order that no pathway recommends."""
    return _advice("GR_ORDER", therapy, "not addressed", None, (), Status.POLICY)


EULAR: dict[str, Advice] = {
    advice.id: advice
    for advice in (
        _advice(
            "GR_EXERCISE",
            "Aerobic and strengthening exercise",
            "for",
            "strong",
            cited("EULAR17_T3", "EULAR17_ABS"),
            Status.SEEN,
            level="Ia A",
            agreement="100 %",
        ),
        _advice(
            "GR_CBT",
            "Cognitive behavioural therapies",
            "for",
            "weak",
            cited("EULAR17_T3"),
            Status.SEEN,
            level="Ia A",
            agreement="100 %",
        ),
        _advice(
            "GR_MULTI",
            "Multicomponent therapies",
            "for",
            "weak",
            cited("EULAR17_T3"),
            Status.SEEN,
            level="Ia A",
            agreement="93 %",
        ),
        _advice(
            "GR_ACU",
            "Acupuncture (defined physical therapies)",
            "for",
            "weak",
            cited("EULAR17_T3"),
            Status.SEEN,
            level="Ia A",
            agreement="93 %",
        ),
        _advice(
            "GR_HYDRO",
            "Hydrotherapy or spa (defined physical therapies)",
            "for",
            "weak",
            cited("EULAR17_T3"),
            Status.SEEN,
            level="Ia A",
            agreement="93 %",
        ),
        _advice(
            "GR_MEDMOVE",
            "Meditative movement (qigong, yoga, tai chi)",
            "for",
            "weak",
            cited("EULAR17_T3", "EULAR17_MEM"),
            Status.MIXED,
            level="Ia A",
            agreement="71-73 %",
        ),
        _advice(
            "GR_MBSR",
            "Mindfulness-based stress reduction",
            "for",
            "weak",
            cited("EULAR17_T3", "EULAR17_MEM"),
            Status.MIXED,
            level="Ia A",
            agreement="71-73 %",
        ),
        _advice(
            "GR_AMI",
            "Amitriptyline, low dose",
            "for",
            "weak",
            cited("EULAR17_T3"),
            Status.SEEN,
            level="Ia A",
            agreement="100 %",
        ),
        _advice(
            "GR_SNRI",
            "Duloxetine or milnacipran",
            "for",
            "weak",
            cited("EULAR17_T3"),
            Status.SEEN,
            level="Ia A",
            agreement="100 %",
        ),
        _advice(
            "GR_TRA",
            "Tramadol",
            "for",
            "weak",
            cited("EULAR17_T3"),
            Status.SEEN,
            level="Ib A",
            agreement="100 %",
        ),
        _advice(
            "GR_PGB",
            "Pregabalin",
            "for",
            "weak",
            cited("EULAR17_T3"),
            Status.SEEN,
            level="Ia A",
            agreement="94 %",
        ),
        _advice(
            "GR_CYC",
            "Cyclobenzaprine",
            "for",
            "weak",
            cited("EULAR17_T3"),
            Status.SEEN,
            level="Ia A",
            agreement="75 %",
        ),
        _advice("GR_MASSAGE", "Massage", "against", "weak", cited("EULAR17_MEM"), Status.MEMORY),
        _advice("GR_CHIRO", "Chiropractic", "against", "strong", cited("EULAR17_MEM"), Status.MEMORY),
        _advice(
            "GR_HYPNO", "Hypnotherapy", "against", "weak", cited("EULAR17_MEM", "LAUCHE15"), Status.MEMORY
        ),
        _advice("GR_BIOF", "Biofeedback", "against", "weak", cited("EULAR17_MEM", "LAUCHE15"), Status.MEMORY),
        _advice("GR_CAPS", "Capsaicin", "against", "weak", cited("EULAR17_MEM"), Status.MEMORY),
        _advice("GR_SAME", "S-adenosyl methionine", "against", "weak", cited("EULAR17_MEM"), Status.MEMORY),
        _advice("GR_NSAID", "NSAIDs", "against", "weak", cited("EULAR17_MEM"), Status.MEMORY),
        _advice("GR_SSRI", "SSRIs", "against", "weak", cited("EULAR17_MEM"), Status.MEMORY),
        _advice("GR_MAOI", "MAOIs", "against", "weak", cited("EULAR17_MEM"), Status.MEMORY),
        _advice("GR_GH", "Growth hormone", "against", "strong", cited("EULAR17_MEM"), Status.MEMORY),
        _advice("GR_OXY", "Sodium oxybate", "against", "strong", cited("EULAR17_MEM"), Status.MEMORY),
        _advice("GR_OPIOID", "Strong opioids", "against", "strong", cited("EULAR17_MEM"), Status.MEMORY),
        _advice(
            "GR_STEROID", "Systemic corticosteroids", "against", "strong", cited("EULAR17_MEM"), Status.MEMORY
        ),
        _advice("GR_TIZ", "Tizanidine", "not addressed", None, cited("EULAR17_T3"), Status.SEEN),
        _advice("GR_MESO", "Mesotherapy", "not addressed", None, cited("EULAR17_T3"), Status.SEEN),
        _advice("GR_CRE", "Creatine", "not addressed", None, cited("EULAR17_T3"), Status.SEEN),
        _advice("GR_SIL", "Silexan", "not addressed", None, cited("EULAR17_T3"), Status.SEEN),
        _advice("GR_VITD", "Vitamin D", "not addressed", None, cited("EULAR17_T3"), Status.SEEN),
        _advice(
            "GR_EDUCATION",
            "Patient education",
            "for",
            None,
            cited("EULAR17_ABS"),
            Status.SEEN,
            level="first step of the graduated approach, not graded in the table",
        ),
        _advice(
            "GR_REFERRAL",
            "Referral to a pain clinic",
            "not addressed",
            None,
            cited("EULAR17_T3"),
            Status.SEEN,
        ),
        _advice("GR_DIARY", "Symptom diary", "not addressed", None, cited("EULAR17_T3"), Status.SEEN),
    )
}
