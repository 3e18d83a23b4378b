"""EULAR 2017: education and exercise first, then what is tailored to the patient, then rehabilitation.

The order and the therapies are the guideline's graduated approach. It gives no time limits and no cut-offs
for "no adequate response": those are ours, or IMMPACT's, and marked so.
"""

from assuage.instruments import INSTRUMENTS
from assuage.instruments.sources import SOURCES
from assuage.measures.criteria import Criterion
from assuage.measures.notation import (
    PATHWAY_START,
    PHASE_ENTRY,
    all_of,
    any_of,
    medication,
    none_of,
    percent,
    records,
    score,
    symptom,
    time_in_phase,
)
from assuage.pathways.actions import PlannedDose, perform, refer, start
from assuage.pathways.evidence import Claim, Mechanism
from assuage.pathways.facts import facts
from assuage.pathways.fibromyalgia import FIBROMYALGIA, MANUAL_WORK
from assuage.pathways.guideline import EULAR
from assuage.pathways.model import Limit, Pathway, Phase, Recommendation, Restriction, Role, gate
from assuage.terms.drugs import AMITRIPTYLINE, DULOXETINE, PREGABALIN
from assuage.terms.outcomes import NUMBNESS_OUTCOME, PAIN_OUTCOME
from assuage.terms.publications import PUBLICATIONS
from assuage.terms.scales import ANXIETY, PAIN, SLEEP
from assuage.terms.sources import OURS
from assuage.terms.symptoms import SLEEP_PROBLEM
from assuage.terms.therapies import (
    CBT,
    EDUCATION,
    EXERCISE,
    MANIPULATION,
    MULTIMODAL,
    PAIN_CLINIC,
    PSYCHOLOGY,
)
from assuage.terms.times import days, weeks

IMMPACT = SOURCES["dworkin2008"]
GUIDELINE = PUBLICATIONS["EULAR17_ABS"]
TABLE = PUBLICATIONS["EULAR17_T3"]
GAD7, PHQ9 = INSTRUMENTS["gad7"].scale, INSTRUMENTS["phq9"].scale

# --- criteria ------------------------------------------------------------------------------------
pain_now = score(PAIN).past(days(7), needing=4).mean

tried_long_enough = Criterion(
    "tried-long-enough",
    "Twelve weeks of education and exercise",
    all_of(time_in_phase >= weeks(12), records(EXERCISE).since(PHASE_ENTRY).count >= 12),
    because="A therapy that was hardly taken has not failed.",
    source=GUIDELINE,
    numbers=OURS,
)
no_adequate_response = Criterion(
    "no-adequate-response",
    "Pain has not fallen by 30 %",
    pain_now.fall_from(PATHWAY_START) < percent(30),
    because="30 % is the least fall that patients call much better.",
    source=GUIDELINE,
    numbers=IMMPACT,
)
still_no_adequate_response = Criterion(
    "still-no-adequate-response",
    "Pain has still not fallen by 30 % after twelve weeks of tailored treatment",
    all_of(time_in_phase >= weeks(12), pain_now.fall_from(PATHWAY_START) < percent(30)),
    because="Disability that stays needs the whole programme.",
    source=GUIDELINE,
    numbers=(IMMPACT, OURS),
)
mood_is_in_the_way = Criterion(
    "mood-is-in-the-way",
    "Anxiety or low mood is in the way",
    any_of(
        score(GAD7).past(weeks(4)).last >= 10,
        score(PHQ9).past(weeks(4)).last >= 10,
        score(ANXIETY).past(days(7), needing=4).mean >= 5,
    ),
    because="Psychological therapy is for mood disorder or unhelpful coping; 10 is the screening cut of both scales.",
    source=GUIDELINE,
    numbers=(PUBLICATIONS["GAD7_PHQ9_CUTS"], OURS),
)
sleeps_badly = Criterion(
    "sleeps-badly",
    "Sleep is badly disturbed",
    any_of(
        score(SLEEP).past(days(7), needing=4).mean >= 6,
        symptom(SLEEP_PROBLEM).past(weeks(2)).present,
    ),
    because="Low-dose amitriptyline and pregabalin are named for sleep.",
    source=GUIDELINE,
    numbers=OURS,
)
severe_pain = Criterion(
    "severe-pain",
    "Pain is severe",
    pain_now >= 7,
    because="Duloxetine is named for severe pain; 7 of 10 is the lower edge of severe on the conventional bands.",
    source=GUIDELINE,
    numbers=OURS,
)
severe_pain_without_amitriptyline = Criterion(
    "severe-pain-without-amitriptyline",
    "Pain is severe, and amitriptyline is not taken",
    all_of(pain_now >= 7, none_of(medication(AMITRIPTYLINE).taken)),
    because="One sedating drug at a time; the guideline names either for severe pain or sleep.",
    source=GUIDELINE,
    numbers=OURS,
)

# --- claims ----------------------------------------------------------------------------------------
TRAINING = Claim(
    Mechanism.PERIPHERAL_ENERGY,
    "endurance and strength come back",
    evidence_for=facts("EV_EX_1", "EV_EX_2"),
    evidence_against=facts("EV_EX_3", "EV_EX_5"),
)
SLEEP_CLAIM = Claim(
    Mechanism.CENTRAL,
    "better sleep lets the nervous system settle",
    evidence_for=facts("EV_AMI_1"),
    evidence_against=facts("EV_AMI_2"),
)

# --- phases ----------------------------------------------------------------------------------------
FOUNDATION = Phase(
    "foundation",
    "Understand and move",
    aim="Knowing what it is; graded exercise as the base.",
    leave=gate("foundation-not-enough", "Not enough", tried_long_enough, no_adequate_response),
    recommend=(
        Recommendation(
            "education",
            perform(EDUCATION, every=weeks(2), times=3),
            Role.PHYSICIAN,
            because="Prompt diagnosis and information come first.",
            source=GUIDELINE,
            advice=EULAR["GR_EDUCATION"],
            numbers=OURS,
        ),
        Recommendation(
            "graded-exercise",
            perform(EXERCISE, every=days(3), how="aerobic and strengthening, low load first"),
            Role.PHYSIOTHERAPIST,
            because="The only strong recommendation for a therapy.",
            source=TABLE,
            advice=EULAR["GR_EXERCISE"],
            claim=TRAINING,
            numbers=OURS,
        ),
    ),
    limit=Limit(
        "foundation-too-long",
        26,
        Recommendation(
            "rethink-foundation",
            refer(PAIN_CLINIC),
            Role.PHYSICIAN,
            because="Half a year without an adequate response: look again at diagnosis and adherence.",
            source=GUIDELINE,
            advice=EULAR["GR_REFERRAL"],
            numbers=OURS,
            when=no_adequate_response,
        ),
    ),
)
TAILOR = Phase(
    "tailor",
    "Tailor",
    aim="Psychological therapy, medication, or both, for what stands in the way.",
    leave=gate("tailoring-not-enough", "Still not enough", still_no_adequate_response),
    recommend=(
        Recommendation(
            "go-on-with-exercise",
            perform(EXERCISE, every=days(3), how="as before"),
            Role.PHYSIOTHERAPIST,
            because="Tailoring adds to exercise and does not replace it.",
            source=TABLE,
            advice=EULAR["GR_EXERCISE"],
            claim=TRAINING,
            numbers=OURS,
        ),
        Recommendation(
            "cognitive-behavioural-therapy",
            perform(CBT, every=weeks(1), times=8),
            Role.PSYCHOLOGIST,
            because="For mood disorder or unhelpful coping.",
            source=TABLE,
            advice=EULAR["GR_CBT"],
            numbers=OURS,
            when=mood_is_in_the_way,
        ),
        Recommendation(
            "amitriptyline-for-sleep",
            start(AMITRIPTYLINE, PlannedDose(10, "mg", "at night")),
            Role.PHYSICIAN,
            because="For sleep.",
            source=TABLE,
            advice=EULAR["GR_AMI"],
            claim=SLEEP_CLAIM,
            numbers=PUBLICATIONS["AMI_UK"],
            when=sleeps_badly,
        ),
        Recommendation(
            "pregabalin-for-pain",
            start(PREGABALIN, PlannedDose(75, "mg", "at night")),
            Role.PHYSICIAN,
            because="For severe pain or sleep, if amitriptyline is not taken.",
            source=TABLE,
            advice=EULAR["GR_PGB"],
            numbers=OURS,
            when=severe_pain_without_amitriptyline,
        ),
        Recommendation(
            "duloxetine-for-pain",
            start(DULOXETINE, PlannedDose(30, "mg", "in the morning")),
            Role.PHYSICIAN,
            because="For severe pain; not together with another serotonergic drug without a check.",
            source=TABLE,
            advice=EULAR["GR_SNRI"],
            numbers=OURS,
            when=severe_pain,
        ),
        Recommendation(
            "see-a-psychologist",
            refer(PSYCHOLOGY),
            Role.PHYSICIAN,
            because="For mood disorder or unhelpful coping.",
            source=GUIDELINE,
            advice=EULAR["GR_CBT"],
            when=mood_is_in_the_way,
        ),
    ),
)
REHABILITATE = Phase(
    "rehabilitate",
    "Rehabilitate",
    aim="A multimodal programme for severe disability.",
    recommend=(
        Recommendation(
            "multimodal-programme",
            perform(MULTIMODAL, every=weeks(1), times=12),
            Role.PHYSIOTHERAPIST,
            because="Multicomponent therapies for severe disability.",
            source=TABLE,
            advice=EULAR["GR_MULTI"],
            numbers=OURS,
        ),
    ),
)

PATHWAY = Pathway(
    "eular-2017",
    1,
    "Fibromyalgia by the EULAR 2017 graduated approach: understand and move, tailor, rehabilitate",
    notice=(
        "This pathway follows the graduated approach of the EULAR 2017 recommendations. The guideline gives no "
        "time limits and no cut-offs for an adequate response: those are marked ours or IMMPACT's."
    ),
    phases=(FOUNDATION, TAILOR, REHABILITATE),
    restrictions=(
        Restriction(
            "no-manipulation",
            MANIPULATION,
            until=None,
            because="Chiropractic is the one manual therapy the guideline is strongly against, for safety.",
            source=PUBLICATIONS["EULAR17_MEM"],
            ask_after=(PAIN_OUTCOME, NUMBNESS_OUTCOME),
        ),
    ),
    sources=(GUIDELINE, TABLE, PUBLICATIONS["EULAR17_MEM"], IMMPACT, OURS),
    diagnosis=FIBROMYALGIA,
    suspects=MANUAL_WORK,
    from_age=18,
    from_months=3,
)
