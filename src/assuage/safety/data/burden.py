"""Sums over a regimen, what to measure, and pairs known not to interact.

The file gives these rows no status; it is taken from their sources: memory where none but memory and
arithmetic stands behind them, mixed where some does.
"""

from __future__ import annotations

from assuage.safety.rules import BurdenRule, MonitoringRule, Negative, drug, member_of
from assuage.terms.sources import Status

BURDEN: tuple[BurdenRule, ...] = (
    BurdenRule(
        "BR_SED",
        rule="sum of sedation scores 4 or more, or 3 or more CNS depressants",
        severity="major",
        action="review need, night dosing, fall and driving advice",
        sources=("DERIVED", "MEM"),
        status=Status.MEMORY,
    ),
    BurdenRule(
        "BR_ACB",
        rule="sum of anticholinergic scores 3 or more",
        severity="moderate",
        action="reduce load; major at age 65+",
        sources=("DERIVED", "MEM"),
        status=Status.MEMORY,
    ),
    BurdenRule(
        "BR_SERO",
        rule="2 or more serotonergic agents",
        severity="moderate",
        action="see pair rows; educate; avoid third",
        sources=("DERIVED", "MEM"),
        status=Status.MEMORY,
    ),
    BurdenRule(
        "BR_QT",
        rule="2 or more agents with QT flag other than none or unknown",
        severity="moderate",
        action="ECG, potassium, magnesium",
        sources=("DERIVED", "MEM"),
        status=Status.MEMORY,
    ),
    BurdenRule(
        "BR_NSAID_DOSE",
        rule="ketoprofen all routes above 200 mg/day",
        severity="contraindicated",
        action="reduce",
        sources=("KET_ME", "KET_EE"),
        status=Status.SEEN,
    ),
    BurdenRule(
        "BR_LA_DOSE",
        rule="lidocaine above 200 mg or 4.5 mg/kg per session (plain)",
        severity="contraindicated",
        action="reduce",
        sources=("LID_IE",),
        status=Status.SEEN,
    ),
    BurdenRule(
        "BR_VITD_UL",
        rule="vitamin D above 100 mcg/day all sources",
        severity="major",
        action="reduce",
        sources=("EFSA23",),
        status=Status.SEEN,
    ),
    BurdenRule(
        "BR_DOSE_MAX",
        rule="any substance above its max_per_day in this file",
        severity="major",
        action="reduce or justify",
        sources=("DERIVED",),
        status=Status.DERIVED,
    ),
)

MONITORING: tuple[MonitoringRule, ...] = (
    MonitoringRule(
        "MN_TIZ_LFT",
        drug("tizanidine"),
        test="ALT, AST, bilirubin",
        when="before start; 1 month after top dose; on symptoms",
        gap="lft_unknown",
        sources=("TIZ_US", "TIZ_UK"),
        status=Status.SEEN,
    ),
    MonitoringRule(
        "MN_TIZ_BP",
        drug("tizanidine"),
        test="BP and pulse sitting and standing",
        when="before, first dose week, each step",
        gap="",
        sources=("TIZ_IE", "TIZ_US"),
        status=Status.SEEN,
    ),
    MonitoringRule(
        "MN_TCA_ECG",
        member_of("tca"),
        test="ECG",
        when="before if age 50+, cardiac history, QT drug, syncope or electrolyte risk",
        gap="",
        sources=("AMI_CY",),
        status=Status.SEEN,
    ),
    MonitoringRule(
        "MN_TCA_MOOD",
        member_of("tca"),
        test="mood and suicidality, weight, bowel, bladder",
        when="2-4 weeks",
        gap="",
        sources=("AMI_45",),
        status=Status.SEEN,
    ),
    MonitoringRule(
        "MN_VITD",
        drug("vitamin_d3"),
        test="25-OH-D, calcium",
        when="before if possible; 3 months",
        gap="vitd_unknown",
        sources=("EFSA23",),
        status=Status.SEEN,
    ),
    MonitoringRule(
        "MN_CRE",
        drug("creatine"),
        test="creatinine, cystatin C if it rises",
        when="before; 4-8 weeks",
        gap="creatinine_unknown",
        sources=("CREAT23", "CREAT20"),
        status=Status.SEEN,
    ),
    MonitoringRule(
        "MN_NSAID",
        member_of("nsaid"),
        test="creatinine, BP, Hb, GI symptoms",
        when="before a repeated course; after 4 sessions",
        gap="creatinine_unknown",
        sources=("KET_INT",),
        status=Status.SEEN,
    ),
    MonitoringRule(
        "MN_SIL",
        drug("silexan"),
        test="anxiety score, LFT if liver disease",
        when="2 weeks",
        gap="lft_unknown",
        sources=("LASEA_IL",),
        status=Status.SEEN,
    ),
    MonitoringRule(
        "MN_LA",
        member_of("amide_la"),
        test="symptoms of toxicity",
        when="30 min after",
        gap="",
        sources=("LID_IE",),
        status=Status.SEEN,
    ),
    MonitoringRule(
        "MN_SNRI",
        member_of("snri"),
        test="BP, pulse, sodium",
        when="before; 2-4 weeks",
        gap="",
        sources=("MIL_US", "DUL_UK"),
        status=Status.SEEN,
    ),
    MonitoringRule(
        "MN_MTX",
        drug("methotrexate_low_dose"),
        test="FBC, LFT, creatinine",
        when="monthly",
        gap="",
        sources=("DEXK_INT",),
        status=Status.SEEN,
    ),
    MonitoringRule(
        "MN_LI",
        drug("lithium"),
        test="level",
        when="5-7 days after NSAID change",
        gap="",
        sources=("DEXK_INT",),
        status=Status.SEEN,
    ),
)

NEGATIVE: tuple[Negative, ...] = (
    Negative(
        "NI_SIL_COC",
        ("silexan", "combined_oral_contraceptive"),
        finding="Silexan 160 mg/day did not change EE or LNG exposure (AUC ratios 0.97 and 0.94) in 24 women",
        sources=("HEGER14",),
        status=Status.SEEN,
    ),
    Negative(
        "NI_SIL_TIZ",
        ("silexan", "tizanidine"),
        finding="pharmacokinetic only: 160 mg/day Silexan had no relevant CYP1A2 effect, so tizanidine exposure should not rise",
        sources=("DOROSH13", "LAVPHLX_SE"),
        status=Status.SEEN,
    ),
    Negative(
        "NI_SIL_AMI",
        ("silexan", "amitriptyline"),
        finding="pharmacokinetic only: no relevant CYP2D6 or 3A4 effect and near-unity omeprazole (2C19) metrics",
        sources=("DOROSH13", "LAVPHLX_SE"),
        status=Status.SEEN,
    ),
)
