"""What is published on the technique of mesotherapy, and what has to be written down of a session."""

from __future__ import annotations

from fractions import Fraction

from assuage.terms.sources import Status

# Every statement: what it is about, its words, its sources, how far it was checked.
TECHNIQUE: tuple[tuple[str, str, tuple[str, ...], Status], ...] = (
    ("needle", "4 mm 27G, or 13 mm 30G or 32G, at 30-45 degrees (Italian Society wording); trial use 30G 4 mm and 6 mm", ("MAMM12", "MESO_NCT"), Status.SEEN),
    ("depth", "dermis; 1-3 mm point by point in a neck-pain trial; 2 mm historical", ("MESO_NCT", "MAMM20"), Status.SEEN),
    ("volume per point", "0.1 to 0.2 ml", ("MAMM12", "MESO_NCT"), Status.SEEN),
    ("spacing", "2 to 3 cm; 1-2 cm also used in practice (memory)", ("MAMM12",), Status.SEEN),
    ("dilution", "dilute for large areas; dilution lowers the dose per point, so more points or sessions", ("MAMM12", "LID_IE"), Status.SEEN),
    ("volume per session", "2-5 ml in published neck protocols (3 ml; 5 ml), 10 ml in the case; no upper limit seen", ("MESO_NCT", "RANIERI24", "CASE"), Status.SEEN),
    ("interval", "weekly, 1-9 sessions in reviews, commonly 3-6; stop if no change after 2-3 sessions (heuristic)", ("PAOLUCCI19", "SCATURRO24", "RANIERI24", "DERIVED"), Status.MIXED),
    ("drugs", "NSAID (ketoprofen, diclofenac, piroxicam, tenoxicam), lidocaine, mepivacaine, thiocolchicoside, saline or sterile water; keep to the fewest drugs, each with its own injectable licence", ("MESO_NCT", "RANIERI24", "SCATURRO24", "PAOLUCCI19", "MEM"), Status.MIXED),
    ("drugs in one syringe", "2 actives plus diluent: consensus wording on the number was not seen; a conservative default", ("MEM",), Status.MEMORY),
    ("adverse events", "needle pain, bruising, bleeding, nausea, fatigue, sweating, headache, local reaction, numbness; three groups: needle trauma, drug, asepsis failure", ("FAETANI21", "MAMM25", "PLACH19"), Status.SEEN),
    ("infection", "423 patients in 30 reports of NTM infection; onset 1-12 weeks (mean 3 weeks), diagnosis at about 10 weeks; outbreak 17 of 77 from multi-dose vials", ("NTM22", "NTM_ES", "NTM_CN"), Status.SEEN),
    ("asepsis", "single-dose ampoules, skin antisepsis, new needle per patient and area, gloves, no tap water, discard leftovers, batch number recorded", ("NTM_ES", "MEM"), Status.MIXED),
    ("scope of the consensus", "2025 guideline answers 23 questions, 2026 statement lists 49 recommendations with 92.6% agreement; only headings and abstracts were visible, their wording on limits, drug number and contraindications is unverified", ("MAMM25", "MAMM26", "MAMM11"), Status.MIXED),
)  # fmt: skip

ML_PER_POINT = (Fraction(1, 10), Fraction(1, 5))
SPACING_CM = (2, 3)
MOST_ACTIVES = 2
SESSION_INTERVAL_DAYS = 7
REVIEW_AFTER_SESSIONS = 3  # "stop if no change after 2-3 sessions (heuristic)"
USUAL_SESSION_ML = (2, 5)
DEPTH_MM = (1, 3)
NEEDLE_MM = (4, 13)
NEEDLE_GAUGE = (27, 32)

CONTRAINDICATIONS: tuple[str, ...] = (
    "skin_infection_site",
    "fever_systemic",
    "bleeding_disorder",
    "la_allergy",
    "nsaid_hypersensitivity",
    "pregnancy_t1",
    "pregnancy_ge20w",
    "consent_missing",
)
RECORD_SOURCES = ("MAMM25", "MAMM20", "DERIVED")
RECORD_FIELDS: tuple[str, ...] = (
    "date_session_number",
    "operator",
    "indication_and_site_map",
    "pain_score_before",
    "pain_score_after",
    "function_score",
    "neuro_check",
    "skin_check",
    "drugs_brand_batch_expiry",
    "concentration_and_volume_each",
    "total_volume_prepared",
    "total_volume_injected",
    "points_number",
    "volume_per_point",
    "needle_gauge_length",
    "depth_and_angle",
    "spacing",
    "immediate_adverse_events",
    "adverse_events_since_last",
    "other_drugs_today_incl_NSAID",
    "manual_therapy_since_last",
    "consent_reference",
    "next_date",
)

# What a 2 ml ampoule of the Ketonal type brings along, in mg (KET_EXC). Other brands differ; the brand decides.
KETONAL_EXCIPIENTS_MG: tuple[tuple[str, int], ...] = (
    ("propylene_glycol", 800),
    ("ethanol", 200),
    ("benzyl_alcohol", 40),
)
KETONAL_AMPOULE_ML = 2
# Sodium chloride 0.9 % holds 9 mg per ml.
SALINE_MG_PER_ML = 9
