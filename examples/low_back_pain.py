"""Chronic low back pain by two guidelines: stay active, combine, then a programme. An example, tested by nobody.

It names all that is of low back pain: the diagnosis it presumes, the guidelines behind its advice, what it suspects,
where it hurts, what is to be left alone and why. Nothing else of Assuage knows the disease:

    assuage review examples/low_back_pain.yaml --pathway examples/low_back_pain.py

Neither guideline was read whole. What is marked "checked in part" was seen as others reproduce it: the WHO
recommendations in the summary of guidelinecentral.com, those of NICE as quoted by the Federation of Holistic
Therapists (2016), by independentpharmacist.co.uk and in the press release of the draft. Check them against the
originals before anybody relies on them. Windows, counts and intervals are ours.
"""

from assuage.instruments import INSTRUMENTS
from assuage.instruments.sources import SOURCES
from assuage.measures.criteria import Criterion
from assuage.measures.notation import (
    PATHWAY_START,
    PHASE_ENTRY,
    all_of,
    percent,
    records,
    score,
    time_in_phase,
)
from assuage.pathways.actions import perform, refer
from assuage.pathways.clinic import PresumedDiagnosis, Suspicion
from assuage.pathways.evidence import Advice, Guideline
from assuage.pathways.model import FallBack, Limit, Pathway, Phase, Recommendation, Restriction, Role, gate
from assuage.terms.outcomes import PAIN_OUTCOME
from assuage.terms.scales import PAIN
from assuage.terms.sites import LOWER_BACK
from assuage.terms.sources import OURS, Fact, Source, Status
from assuage.terms.therapies import (
    CBT,
    EDUCATION,
    EXERCISE,
    MANIPULATION,
    MASSAGE,
    MULTIMODAL,
    PAIN_CLINIC,
    Therapy,
)
from assuage.terms.times import days, weeks

# --- on whose word ----------------------------------------------------------------------------------
WHO_TEXT = Source(
    "WHO23_LBP",
    "WHO guideline for non-surgical management of chronic primary low back pain in adults in primary and community "
    "care settings. Geneva: World Health Organization; 2023",
    status=Status.MIXED,
)
NICE_TEXT = Source(
    "NICE_NG59",
    "NICE. Low back pain and sciatica in over 16s: assessment and management. NG59, 30 November 2016",
    status=Status.MIXED,
)
IMMPACT = SOURCES["dworkin2008"]
WHO, NICE = Guideline("who-2023", "WHO 2023"), Guideline("nice-ng59", "NICE NG59")

WHO_EDUCATION = Advice(
    WHO, "WHO_EDUCATION", "Structured education and advice", "for", "weak", (WHO_TEXT,), Status.MIXED,
    level="conditional, very low certainty",
)  # fmt: skip
WHO_EXERCISE = Advice(
    WHO, "WHO_EXERCISE", "Structured exercise", "for", "weak", (WHO_TEXT,), Status.MIXED,
    level="conditional, low certainty",
)  # fmt: skip
NICE_MANUAL = Advice(
    NICE, "NICE_MANUAL", "Manual therapy, only in a package that includes exercise (1.2.7)", "for", "weak",
    (NICE_TEXT,), Status.MIXED,
)  # fmt: skip
NICE_CBT = Advice(
    NICE, "NICE_CBT", "Psychological therapy beside exercise", "for", "weak", (NICE_TEXT,), Status.MIXED
)
NICE_PROGRAMME = Advice(
    NICE,
    "NICE_PROGRAMME",
    "Combined physical and psychological programme",
    "for",
    "weak",
    (NICE_TEXT,),
    Status.MIXED,
)
NICE_REFERRAL = Advice(
    NICE, "NICE_REFERRAL", "Referral to a pain clinic", "not addressed", None, (NICE_TEXT,), Status.MEMORY
)

DISAGREE = Fact(
    "LBP_ACUPUNCTURE",
    "the two guidelines disagree on acupuncture: WHO 2023 lets it be offered, NG59 no longer recommends it",
    (WHO_TEXT, NICE_TEXT),
    Status.MIXED,
    caveat="this pathway leaves it out",
)
WEAK = Fact(
    "LBP_CERTAINTY",
    "WHO 2023 rests its advice on low certainty (exercise) and very low certainty (education, manual therapy)",
    (WHO_TEXT,),
    Status.MIXED,
)

# --- criteria ---------------------------------------------------------------------------------------
back_pain = score(PAIN).at(LOWER_BACK).past(days(7), needing=4).mean
PHQ9 = INSTRUMENTS["phq9"].scale
MANUAL_THERAPY = Therapy("manual_therapy", "manual therapy", "patient", parts=(MASSAGE, MANIPULATION))

fair_try = Criterion(
    "fair-try",
    "Six weeks of exercise, twelve sessions or more",
    all_of(time_in_phase >= weeks(6), records(EXERCISE).since(PHASE_ENTRY).count >= 12),
    because="What was hardly taken has not failed.",
    source=WHO_TEXT,
    numbers=OURS,
)
not_better = Criterion(
    "back-not-better",
    "Pain at the lower back has not fallen by 30 %",
    back_pain.fall_from(PATHWAY_START) < percent(30),
    because="30 % is the least fall that patients call much better.",
    source=NICE_TEXT,
    numbers=(IMMPACT, OURS),
)
combined_long_enough = Criterion(
    "combined-long-enough",
    "Eight weeks of combined treatment",
    time_in_phase >= weeks(8),
    because="A package needs time, and then a decision.",
    source=NICE_TEXT,
    numbers=OURS,
)
exercise_under_way = Criterion(
    "exercise-under-way",
    "Exercise is under way",
    records(EXERCISE).past(weeks(2)).count >= 2,
    because="Manual therapy is meant as part of a package that includes exercise.",
    source=NICE_TEXT,
    numbers=OURS,
)
low_mood = Criterion(
    "low-mood",
    "Low mood is in the way",
    score(PHQ9).past(weeks(4)).last >= 10,
    because="10 is the screening cut of the scale.",
    source=NICE_TEXT,
    numbers=(INSTRUMENTS["phq9"].sources[0], OURS),
)
flare = Criterion(
    "back-flare",
    "The back has flared",
    score(PAIN).at(LOWER_BACK).past(days(3), needing=2).best >= 7,
    because="Two of three days at 7 or more, and no day lower, are a flare and no bad evening.",
    source=NICE_TEXT,
    numbers=OURS,
)

# --- phases -----------------------------------------------------------------------------------------
ACTIVE = Phase(
    "stay-active",
    "Understand and stay active",
    aim="Knowing what it is; moving in spite of it.",
    leave=gate("active-not-enough", "Staying active was not enough", fair_try, not_better),
    recommend=(
        Recommendation(
            "back-education",
            perform(EDUCATION, every=weeks(2), times=3),
            Role.PHYSICIAN,
            because="What it is, and that moving is safe.",
            source=WHO_TEXT,
            advice=WHO_EDUCATION,
            numbers=OURS,
        ),
        Recommendation(
            "back-exercise",
            perform(EXERCISE, every=days(3), how="of a kind the patient likes"),
            Role.PHYSIOTHERAPIST,
            because="Exercise is what both guidelines begin with.",
            source=WHO_TEXT,
            advice=WHO_EXERCISE,
            numbers=OURS,
        ),
    ),
)
COMBINE = Phase(
    "combine",
    "Combine",
    aim="Exercise with manual or psychological therapy.",
    leave=gate("combining-not-enough", "Combining was not enough", combined_long_enough, not_better),
    recommend=(
        Recommendation(
            "back-exercise-goes-on",
            perform(EXERCISE, every=days(3), how="as before"),
            Role.PHYSIOTHERAPIST,
            because="What is added does not replace it.",
            source=WHO_TEXT,
            advice=WHO_EXERCISE,
            numbers=OURS,
        ),
        Recommendation(
            "back-massage",
            perform(MASSAGE, at=(LOWER_BACK,), every=weeks(1), times=6),
            Role.PHYSIOTHERAPIST,
            because="As part of a package with exercise.",
            source=NICE_TEXT,
            advice=NICE_MANUAL,
            numbers=OURS,
            when=exercise_under_way,
        ),
        Recommendation(
            "back-cbt",
            perform(CBT, every=weeks(1), times=8),
            Role.PSYCHOLOGIST,
            because="For what stands in the way of moving.",
            source=NICE_TEXT,
            advice=NICE_CBT,
            numbers=OURS,
            when=low_mood,
        ),
    ),
    fall_back=(FallBack(ACTIVE, gate("back-flared", "A flare: back to what is known to be safe", flare)),),
    limit=Limit(
        "combine-too-long",
        16,
        Recommendation(
            "back-refer",
            refer(PAIN_CLINIC),
            Role.PHYSICIAN,
            because="Four months without an answer.",
            source=NICE_TEXT,
            advice=NICE_REFERRAL,
        ),
    ),
)
PROGRAMME = Phase(
    "programme",
    "A programme",
    aim="A combined physical and psychological programme.",
    recommend=(
        Recommendation(
            "back-programme",
            perform(MULTIMODAL, every=weeks(1), times=8),
            Role.PHYSIOTHERAPIST,
            because="For those whom earlier treatments have not helped.",
            source=NICE_TEXT,
            advice=NICE_PROGRAMME,
            numbers=OURS,
        ),
    ),
)

PATHWAY = Pathway(
    "low-back-pain",
    1,
    "Chronic low back pain by WHO 2023 and NICE NG59: stay active, combine, a programme",
    notice=(
        "This pathway is an example. It arranges what two guidelines recommend, seen only as others reproduce them; "
        "the order, every window and every count are ours, and nobody has tested it."
    ),
    phases=(ACTIVE, COMBINE, PROGRAMME),
    restrictions=(
        Restriction(
            "no-manual-therapy-alone",
            MANUAL_THERAPY,
            until=exercise_under_way,
            because="NG59 considers manual therapy only as part of a package that includes exercise.",
            source=NICE_TEXT,
            ask_after=(PAIN_OUTCOME,),
        ),
    ),
    doubts=(DISAGREE, WEAK),
    sources=(WHO_TEXT, NICE_TEXT, IMMPACT, OURS),
    complaint=(LOWER_BACK,),
    # No set of criteria decides it: it is what is left when nothing else explains the pain.
    diagnosis=PresumedDiagnosis("low-back-pain", "chronic primary low back pain", show=()),
    suspects=(Suspicion(MANIPULATION, PAIN_OUTCOME),),
)
