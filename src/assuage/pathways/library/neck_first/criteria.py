"""The criteria of `neck-first`: what we want to know, why, and on whose word."""

from assuage.instruments import INSTRUMENTS
from assuage.instruments.sources import SOURCES
from assuage.measures.criteria import Criterion
from assuage.measures.notation import (
    PATHWAY_START,
    PHASE_ENTRY,
    all_of,
    any_of,
    finding,
    medication,
    none_of,
    onset,
    percent,
    records,
    red_flags,
    score,
    symptom,
    time_in_phase,
)
from assuage.terms.conditions import (
    BLEEDING_DISORDER,
    FEVER,
    LA_ALLERGY,
    NSAID_HYPERSENSITIVITY,
    ON_ANTICOAGULANT,
    SKIN_INFECTION,
    VITD_UNKNOWN,
)
from assuage.terms.drugs import (
    AMITRIPTYLINE,
    APIXABAN,
    TIZANIDINE,
    WARFARIN,
)
from assuage.terms.publications import CASE, PUBLICATIONS
from assuage.terms.red_flags import NEURO_VASCULAR_CHECK
from assuage.terms.scales import ANXIETY, FATIGUE, NUMBNESS, PAIN, SLEEP, STIFFNESS
from assuage.terms.sites import NECK, OCCIPUT, SHOULDER_GIRDLE
from assuage.terms.sources import OURS
from assuage.terms.symptoms import (
    ANXIETY_FELT,
    FATIGUE_FELT,
    NUMBNESS_FELT,
    PAIN_FELT,
    SLEEP_PROBLEM,
    SPASMODIC_PAIN,
    STIFFNESS_FELT,
    WIDESPREAD_PAIN,
)
from assuage.terms.therapies import (
    DEEP_MASSAGE,
    EXERCISE,
    MECHANICAL,
)
from assuage.terms.times import days, weeks

IMMPACT = SOURCES["dworkin2008"]
GAD7 = INSTRUMENTS["gad7"].scale
ICHD3 = PUBLICATIONS["ICHD3"]

# --- measures: what we look at -------------------------------------------------------------------
this_week, two_weeks = days(7), weeks(2)
body = score(PAIN)
neck = score(PAIN).at(NECK, SHOULDER_GIRDLE)
neck_stiffness = score(STIFFNESS).at(NECK, SHOULDER_GIRDLE)
sleep = score(SLEEP)
anxiety = score(ANXIETY)

# --- criteria: what we want to know, why, and on whose word -----------------------------------------
NOT_SCORED = "without a score, what was said stands"
STATEMENT_STANDS = "without a diary, what was said at the visit stands"

body_settled = Criterion(
    "body-settled",
    "Pain in the whole body has settled",
    any_of(
        body.past(this_week, needing=4).worst <= 2,
        body.past(this_week, needing=4).mean.fall_from(PATHWAY_START) >= percent(50),
        all_of(
            symptom(WIDESPREAD_PAIN).past(two_weeks).gone,
            (body.past(days(3)).worst <= 4).assumed(True, because=STATEMENT_STANDS),
        ),
    ),
    because="Local treatment waits until the amplified pain of the whole body is down.",
    source=CASE,
    numbers=(IMMPACT, OURS),
)
sleep_settled = Criterion(
    "sleep-settled",
    "Sleep has settled",
    any_of(
        sleep.past(this_week, needing=4).mean <= 3,
        all_of(
            symptom(SLEEP_PROBLEM).past(two_weeks).gone,
            (sleep.past(days(3)).worst <= 5).assumed(True, because=STATEMENT_STANDS),
        ),
    ),
    because="Broken sleep keeps pain amplified.",
    source=CASE,
    numbers=OURS,
)
anxiety_settled = Criterion(
    "anxiety-settled",
    "Anxiety has settled",
    any_of(
        score(GAD7).past(two_weeks).last <= 4,
        anxiety.past(this_week, needing=4).mean <= 3,
        all_of(
            symptom(ANXIETY_FELT).past(two_weeks).gone,
            (anxiety.past(days(3)).worst <= 5).assumed(True, because=STATEMENT_STANDS),
        ),
    ),
    because="Anxiety keeps pain amplified. A GAD-7 of 4 or less is in its band 'minimal'; the rest is ours.",
    source=CASE,
    numbers=(PUBLICATIONS["GAD7_PHQ9_CUTS"], OURS),
)
# The problems that the drugs of the first phase are for, each as the case names it; how much counts is ours.
sleep_is_broken = Criterion(
    "sleep-is-broken",
    "Sleep is broken",
    any_of(
        symptom(SLEEP_PROBLEM).past(two_weeks).present,
        (sleep.past(two_weeks).mean > 3).assumed(False, because=NOT_SCORED),
    ),
    because="The case gave amitriptyline for sleep.",
    source=CASE,
    numbers=OURS,
)
muscles_are_tense = Criterion(
    "muscles-are-tense",
    "Muscles are tense",
    any_of(
        symptom(SPASMODIC_PAIN).past(two_weeks).present,
        symptom(STIFFNESS_FELT).past(two_weeks).present,
        (score(STIFFNESS).past(two_weeks).mean > 3).assumed(False, because=NOT_SCORED),
    ),
    because="The case gave tizanidine for muscle tension.",
    source=CASE,
    numbers=OURS,
)
anxiety_is_there = Criterion(
    "anxiety-is-there",
    "Anxiety is there",
    any_of(
        symptom(ANXIETY_FELT).past(two_weeks).present,
        (anxiety.past(two_weeks).mean > 3).assumed(False, because=NOT_SCORED),
        (score(GAD7).past(two_weeks).last >= 5).assumed(False, because=NOT_SCORED),
    ),
    because="The case gave Silexan for anxiety. A GAD-7 of 5 is the lower edge of its band 'mild'.",
    source=CASE,
    numbers=(PUBLICATIONS["GAD7_PHQ9_CUTS"], OURS),
)
fatigue_is_there = Criterion(
    "fatigue-is-there",
    "Fatigue is there",
    any_of(
        symptom(FATIGUE_FELT).past(two_weeks).present,
        (score(FATIGUE).past(two_weeks).mean > 3).assumed(False, because=NOT_SCORED),
    ),
    because="The case gave creatine for peripheral energy; that fatigue is what is felt of it is our reading.",
    source=CASE,
    numbers=OURS,
)
vitamin_d_unmeasured = Criterion(
    "vitamin-d-unmeasured",
    "The level of vitamin D was not measured",
    finding(VITD_UNKNOWN).present,
    because="The case gave vitamin D3 as prophylaxis, the level being unknown; a measured level decides for itself.",
    source=CASE,
)
neck_still_hurts = Criterion(
    "neck-still-hurts",
    "Neck and shoulders still hurt",
    any_of(neck.past(this_week).worst >= 4, neck_stiffness.past(this_week).worst >= 4),
    because="Injections answer a local remainder, not pain everywhere; the case began them at 4 to 5 of 10.",
    source=CASE,
    numbers=(CASE, OURS),
)
safe_to_inject = Criterion(
    "safe-to-inject",
    "Nothing asked here speaks against injections",
    none_of(
        medication(WARFARIN, APIXABAN).taken,
        finding(ON_ANTICOAGULANT).present,
        finding(BLEEDING_DISORDER).present,
        finding(SKIN_INFECTION).present,
        finding(FEVER).present,
        finding(LA_ALLERGY).present,
        finding(NSAID_HYPERSENSITIVITY).present,
    ),
    because="Every session is many skin punctures with a local anaesthetic and an anti-inflammatory drug. Pregnancy "
    "and consent are checked by the safety rules on the day. Which conditions stand here is ours.",
    source=OURS,
)
neck_quiet = Criterion(
    "neck-quiet",
    "Neck and shoulders have been quiet for 7 days",
    neck.past(this_week, needing=7).worst <= 1,
    because="The case used the relief after the injections as the window in which exercise could begin.",
    source=CASE,
    numbers=OURS,
)
no_deep_work = Criterion(
    "no-deep-work",
    "No mechanical therapy in these 7 days",
    records(MECHANICAL).past(this_week, needing=7).absent,
    because="A quiet week with a massage in it has not been tested by rest. A day with a diary entry and no massage "
    "in it counts as a day without one.",
    source=CASE,
    numbers=OURS,
)
touch_is_safe = Criterion(
    "touch-is-safe",
    "Touch is likely to be tolerated",
    neck.past(two_weeks, needing=10).worst <= 2,
    because="Each massage taken before the neck was quiet was followed by a relapse.",
    source=CASE,
    numbers=OURS,
)
spread_to_occiput = Criterion(
    "spread-to-occiput",
    "Pain or numbness has reached the back of the head, and a nerve or vessel cause was looked for",
    all_of(
        any_of(
            symptom(PAIN_FELT).at(OCCIPUT).past(two_weeks).present,
            symptom(NUMBNESS_FELT).at(OCCIPUT).past(two_weeks).present,
            (score(PAIN).at(OCCIPUT).past(this_week).worst >= 3).assumed(False, because=NOT_SCORED),
            (score(NUMBNESS).at(OCCIPUT).past(this_week).worst >= 1).assumed(False, because=NOT_SCORED),
        ),
        red_flags(*NEURO_VASCULAR_CHECK).since(onset(PAIN_FELT, NUMBNESS_FELT, at=(OCCIPUT,))).clear,
    ),
    because="The case injected the occiput without a recorded examination; new numbness there has a differential.",
    source=ICHD3,
    numbers=OURS,
)
massage_backfired = Criterion(
    "massage-backfired",
    "Pain rose after the latest deep massage",
    any_of(
        neck.rise_after(DEEP_MASSAGE, within=days(3)) >= 2,
        symptom(PAIN_FELT).worse_after(DEEP_MASSAGE, within=days(3)),
    ),
    because="In the case both massages were followed by worse pain, within days and at a new place.",
    source=CASE,
    numbers=OURS,
)
still_sleeps_badly = Criterion(
    "still-sleeps-badly",
    "Sleep is neither good nor getting better",
    all_of(
        sleep.past(two_weeks, needing=8).mean > 4,
        sleep.past(two_weeks, needing=8).slope > -0.5,
        medication(AMITRIPTYLINE).time_on >= weeks(2),
    ),
    because="Two weeks show whether a dose works; half a point a week is progress.",
    source=OURS,
    numbers=OURS,
)
tizanidine_useless = Criterion(
    "tizanidine-useless",
    "Four weeks of tizanidine have not helped the neck",
    all_of(
        medication(TIZANIDINE).time_on >= weeks(4),
        neck.past(this_week, needing=4).mean.fall_from(PATHWAY_START) < percent(30),
    ),
    because="A sedating drug without benefit is only a burden; the case stopped it as ineffective after a month.",
    source=CASE,
    numbers=(CASE, IMMPACT, OURS),
)
body_pain_is_back = Criterion(
    "body-pain-is-back",
    "Pain in the whole body is back",
    any_of(
        body.past(this_week, needing=4).mean >= 5,
        symptom(WIDESPREAD_PAIN).past(this_week).appeared,
    ),
    because="Local treatment cannot carry a general flare.",
    source=CASE,
    numbers=OURS,
)
neck_relapse = Criterion(
    "neck-relapse",
    "The neck hurts again",
    neck.past(days(3), needing=2).best >= 4,
    because="Two or three days at 4 or more are a relapse, not a bad evening.",
    source=CASE,
    numbers=OURS,
)
moving_well = Criterion(
    "moving-well",
    "Six weeks of movement, at least eight sessions",
    all_of(time_in_phase >= weeks(6), records(EXERCISE).since(PHASE_ENTRY).count >= 8),
    because="Endurance takes weeks; the case does not say how many.",
    source=CASE,
    numbers=OURS,
)
quiet_while_moving = Criterion(
    "quiet-while-moving",
    "The neck stays quiet under load",
    neck.past(two_weeks, needing=8).worst <= 3,
    because="Exercise that keeps the neck quiet can go on without the clinic.",
    source=CASE,
    numbers=OURS,
)
