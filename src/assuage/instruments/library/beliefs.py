"""What a person thinks of pain and movement, mood in hospital, alcohol: PCS, TSK-11, PSEQ, HADS, AUDIT-C.

Items go by number, without wording: each answer is the number that the form prints beside it, so an item that the form
reverses is already reversed.
"""

from __future__ import annotations

from assuage.instruments.model import Bands, CutOff, Domain, Instrument, Licence, Mcid, numbered_items
from assuage.instruments.sources import sources_named
from assuage.terms.sources import Status

_PCS = numbered_items("item", 13, 0, 4)

PCS = Instrument(
    "pcs",
    "Pain Catastrophizing Scale",
    0,
    52,
    Licence(
        "copyright M. J. L. Sullivan; no cost, permission route not checked", free=False, status=Status.MIXED
    ),
    items=_PCS,
    domains=(
        Domain("helplessness", (*_PCS[0:5], _PCS[11])),
        Domain("magnification", (_PCS[5], _PCS[6], _PCS[12])),
        Domain("rumination", _PCS[7:11]),
    ),
    cuts=(CutOff("relevant", 31, "clinically relevant catastrophizing", note="the manual says: above 30"),),
    answering="relevant",
    mcids=(Mcid(None, "points", "none verified"),),
    sources=sources_named("pcs_rehab"),
    notes=("Items 1-5 and 12 are helplessness, 6, 7 and 13 magnification, 8-11 rumination.",),
)

TSK11 = Instrument(
    "tsk11",
    "Tampa Scale for Kinesiophobia, 11 items",
    11,
    44,
    Licence("terms not checked; wording not shipped", free=False, status=Status.MEMORY),
    items=numbered_items("item", 11, 1, 4),
    mcids=(Mcid(4, "points", "chronic low back pain", sources=sources_named("woby2005")),),
    sources=sources_named("woby2005", "tsk_tutors"),
    notes=("No item is reversed. No band is published that we have seen.",),
)

PSEQ = Instrument(
    "pseq",
    "Pain Self-Efficacy Questionnaire",
    0,
    60,
    Licence("copyright M. K. Nicholas; terms not checked", free=False, status=Status.MEMORY),
    items=numbered_items("item", 10, 0, 6),
    higher_is="better",
    bands=(
        Bands(
            "eppoc",
            ((0, 19, "severe"), (20, 30, "moderate"), (31, 40, "mild"), (41, 60, "minimal")),
            sources=sources_named("pseq_eppoc"),
            warning="bands of impairment, as the Australasian collaboration names them",
        ),
    ),
    mcids=(
        Mcid(7, "points", "with a move to another band", sources=sources_named("pseq_eppoc")),
        Mcid(
            11.52,
            "points",
            "minimal detectable change, the highest of four studies",
            sources=sources_named("pseq_eppoc"),
        ),
    ),
    sources=sources_named("pseq_eppoc", "nicholas2007"),
)

_HADS = numbered_items("item", 14, 0, 3)

HADS = Instrument(
    "hads",
    "Hospital Anxiety and Depression Scale",
    0,
    42,
    Licence("needs a licence (GL Assessment)", free=False, status=Status.MEMORY),
    items=_HADS,
    domains=(Domain("anxiety", _HADS[0::2]), Domain("depression", _HADS[1::2])),
    recall="past week",
    recall_days=7,
    cuts=(
        CutOff("anxiety_possible", 8, "possible case of anxiety", of="anxiety"),
        CutOff("anxiety", 11, "probable case of anxiety", of="anxiety"),
        CutOff("depression_possible", 8, "possible case of depression", of="depression"),
        CutOff("depression", 11, "probable case of depression", of="depression"),
    ),
    mcids=(Mcid(None, "points", "none verified"),),
    sources=sources_named("hads_protocol", "hads_form"),
    notes=("Odd items are anxiety, even items depression. The two are read apart; the sum has no band.",),
)

AUDIT_C = Instrument(
    "audit_c",
    "AUDIT-C, alcohol",
    0,
    12,
    Licence(
        "AUDIT is of the World Health Organization; free use, terms not checked",
        free=False,
        status=Status.MEMORY,
    ),
    items=numbered_items("item", 3, 0, 4),
    cuts=(
        CutOff("men", 4, "positive screen in men (sensitivity 86, specificity 72 percent)"),
        CutOff("women", 3, "positive screen in women (sensitivity 80, specificity 87 percent)"),
    ),
    mcids=(Mcid(None, "points", "none verified"),),
    sources=sources_named("audit_c_key"),
    notes=("The cut-off depends on sex, so no answer is given: read the line that applies.",),
)

BELIEFS = (PCS, TSK11, PSEQ, HADS, AUDIT_C)
