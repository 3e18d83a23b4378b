"""What each treatment of `neck-first` is given for, and what speaks for that and against it."""

from assuage.pathways.evidence import Claim, Mechanism
from assuage.pathways.facts import FACTS, facts

# --- what each treatment is given for, and what speaks against that ----------------------------------
CENTRAL_AMI = Claim(
    Mechanism.CENTRAL,
    "better sleep lets the nervous system settle",
    evidence_for=facts("EV_AMI_1"),
    evidence_against=facts("EV_AMI_2", "DX09"),
)
CENTRAL_SILEXAN = Claim(
    Mechanism.CENTRAL,
    "less presynaptic calcium inflow, less glutamate and substance P (as the report puts it)",
    evidence_for=facts("EV_SIL_1", "EV_SIL_2", "EV_SIL_5"),
    evidence_against=facts("DX06", "DX07"),
)
CENTRAL_TIZANIDINE = Claim(
    Mechanism.CENTRAL,
    "less muscle tension",
    evidence_for=facts("EV_TIZ_1"),
    evidence_against=facts("EV_TIZ_3", "DX08"),
)
ENERGY = Claim(
    Mechanism.PERIPHERAL_ENERGY,
    "more phosphocreatine in the muscle",
    evidence_for=facts("EV_CRE_1", "EV_CRE_2"),
    evidence_against=facts("EV_CRE_3", "DX05"),
)
IMMUNE = Claim(
    Mechanism.INFLAMMATION,
    "fewer pro-inflammatory cytokines",
    evidence_for=facts("EV_VITD_1", "EV_VITD_2"),
    evidence_against=facts("EV_VITD_3", "DX10"),
)
LOCAL = Claim(
    Mechanism.LOCAL_CYCLE,
    "a superficial depot interrupts pain, spasm and ischaemia",
    evidence_for=facts("EV_MESO_1", "EV_MESO_5"),
    evidence_against=(*facts("EV_MESO_4", "DX11", "DX17", "DX18"), FACTS["LANCET21_INJECTIONS"]),
)
TRAINING = Claim(
    Mechanism.PERIPHERAL_ENERGY,
    "endurance and strength come back",
    evidence_for=facts("EV_EX_1", "EV_EX_2"),
    evidence_against=facts("EV_EX_3", "EV_EX_5"),
)
