"""The phases of `neck-first`, read from top to bottom: where the patient is, what opens the next gate."""

from assuage.instruments.sources import SOURCES
from assuage.pathways.actions import PlannedDose, extend, perform, refer, start, stop, titrate
from assuage.pathways.clinic import (
    FATIGUE_RATED,
    FUNCTION_RATED,
    PAIN_OVERALL,
    SLEEP_RATED,
    Follow,
    Injectate,
)
from assuage.pathways.facts import facts
from assuage.pathways.fibromyalgia import FIBROMYALGIA, MANUAL_WORK
from assuage.pathways.guideline import EULAR
from assuage.pathways.library.neck_first.claims import (
    CENTRAL_AMI,
    CENTRAL_SILEXAN,
    CENTRAL_TIZANIDINE,
    ENERGY,
    IMMUNE,
    LOCAL,
    TRAINING,
)
from assuage.pathways.library.neck_first.criteria import (
    anxiety_is_there,
    anxiety_settled,
    body_pain_is_back,
    body_settled,
    fatigue_is_there,
    massage_backfired,
    moving_well,
    muscles_are_tense,
    neck_quiet,
    neck_relapse,
    neck_still_hurts,
    no_deep_work,
    quiet_while_moving,
    safe_to_inject,
    sleep_is_broken,
    sleep_settled,
    spread_to_occiput,
    still_sleeps_badly,
    tizanidine_useless,
    touch_is_safe,
    vitamin_d_unmeasured,
)
from assuage.pathways.model import (
    FallBack,
    Limit,
    Pathway,
    Phase,
    Recommendation,
    Restriction,
    Role,
    Watch,
    gate,
)
from assuage.terms.conditions import SENSITISED
from assuage.terms.drugs import (
    AMITRIPTYLINE,
    CREATINE,
    KETOPROFEN,
    LIDOCAINE,
    SILEXAN,
    TIZANIDINE,
    VITAMIN_D3,
)
from assuage.terms.outcomes import NUMBNESS_OUTCOME, PAIN_OUTCOME
from assuage.terms.publications import CASE, PUBLICATIONS
from assuage.terms.scales import ANXIETY, PAIN
from assuage.terms.sites import NECK, OCCIPUT, SHOULDER_GIRDLE
from assuage.terms.sources import OURS
from assuage.terms.symptoms import ANXIETY_FELT, PAIN_FELT
from assuage.terms.therapies import (
    EXERCISE,
    KINESIOTHERAPY,
    MECHANICAL,
    MESOTHERAPY,
    PAIN_CLINIC,
)
from assuage.terms.times import days, weeks

# What a session carries into the skin, by the case.
INJECTED = Injectate((KETOPROFEN, LIDOCAINE), "intradermal")

# What is looked at beside pain as a whole while the nervous system settles, and once only the neck is left.
ANXIETY_RATED = Follow("anxiety", "anxiety", (ANXIETY,), symptom=ANXIETY_FELT)
NECK_PAIN = Follow(
    "neck-pain", "pain, neck and shoulders", (PAIN,), (NECK, SHOULDER_GIRDLE), symptom=PAIN_FELT
)
ONCE_LOCAL = (NECK_PAIN, SLEEP_RATED, FATIGUE_RATED, FUNCTION_RATED)

# --- phases: where the patient is, what opens the next gate -------------------------------------------
SETTLE = Phase(
    "settle",
    "Settle the nervous system",
    aim="Sleep, anxiety and widespread pain under control.",
    follow=(PAIN_OVERALL, SLEEP_RATED, ANXIETY_RATED, FATIGUE_RATED),
    leave=gate("settled", "The nervous system has settled", body_settled, sleep_settled, anxiety_settled),
    recommend=(
        Recommendation(
            "start-amitriptyline",
            start(AMITRIPTYLINE, PlannedDose(5, "mg", "at night")),
            Role.PHYSICIAN,
            because="Sleep.",
            source=CASE,
            advice=EULAR["GR_AMI"],
            claim=CENTRAL_AMI,
            numbers=CASE,
            treats=sleep_is_broken,
        ),
        Recommendation(
            "raise-amitriptyline",
            titrate(
                AMITRIPTYLINE,
                by=PlannedDose(5, "mg", "at night"),
                every=weeks(2),
                up_to=PlannedDose(25, "mg", "at night"),
            ),
            Role.PHYSICIAN,
            because="The first dose is a starting dose, below every trial dose (25 to 50 mg).",
            source=PUBLICATIONS["MOORE15"],
            advice=EULAR["GR_AMI"],
            claim=CENTRAL_AMI,
            numbers=OURS,
            when=still_sleeps_badly,
        ),
        Recommendation(
            "start-tizanidine",
            start(TIZANIDINE, PlannedDose(2, "mg", "in the morning"), PlannedDose(4, "mg", "in the evening")),
            Role.PHYSICIAN,
            because="Muscle tension. In the case it did not help and was stopped after a month.",
            source=CASE,
            advice=EULAR["GR_TIZ"],
            claim=CENTRAL_TIZANIDINE,
            numbers=CASE,
            treats=muscles_are_tense,
        ),
        Recommendation(
            "start-silexan",
            start(SILEXAN, PlannedDose(80, "mg", "in the morning"), PlannedDose(80, "mg", "in the evening")),
            Role.PHYSICIAN,
            because="Anxiety.",
            source=CASE,
            advice=EULAR["GR_SIL"],
            claim=CENTRAL_SILEXAN,
            numbers=CASE,
            treats=anxiety_is_there,
        ),
        Recommendation(
            "start-creatine",
            start(CREATINE, PlannedDose(5, "g", "in the morning")),
            Role.PATIENT,
            because="Peripheral energy.",
            source=CASE,
            advice=EULAR["GR_CRE"],
            claim=ENERGY,
            numbers=CASE,
            treats=fatigue_is_there,
        ),
        Recommendation(
            "start-vitamin-d",
            start(VITAMIN_D3, PlannedDose(50, "mcg", "in the morning")),
            Role.PATIENT,
            because="Prophylaxis, the level being unknown; the report gives no interval, read as daily.",
            source=CASE,
            advice=EULAR["GR_VITD"],
            claim=IMMUNE,
            numbers=CASE,
            treats=vitamin_d_unmeasured,
        ),
    ),
    limit=Limit(
        "settle-too-long",
        8,
        Recommendation(
            "refer-from-settle",
            refer(PAIN_CLINIC),
            Role.PHYSICIAN,
            because="Two months without settling.",
            source=CASE,
            advice=EULAR["GR_REFERRAL"],
            numbers=OURS,
        ),
    ),
)

QUIETEN = Phase(
    "quieten",
    "Quieten the neck",
    aim="Break pain, spasm and ischaemia where they remain.",
    follow=ONCE_LOCAL,
    enter=gate("local-remainder", "A local remainder that may be injected", neck_still_hurts, safe_to_inject),
    leave=gate("window-open", "The window for movement is open", neck_quiet, no_deep_work),
    recommend=(
        Recommendation(
            "weekly-mesotherapy",
            perform(
                MESOTHERAPY,
                at=(NECK, SHOULDER_GIRDLE),
                every=weeks(1),
                times=8,
                how="10 ml of ketoprofen 100 mg, lidocaine 40 mg and saline, needle 30G 4 mm",
                injects=INJECTED,
            ),
            Role.PHYSICIAN,
            because="Local relief as a bridge to movement.",
            source=CASE,
            advice=EULAR["GR_MESO"],
            safe=safe_to_inject,
            claim=LOCAL,
            numbers=CASE,
            caution="Half the daily ceiling of ketoprofen each time: systemic sparing is not shown (DX11).",
        ),
        Recommendation(
            "stop-tizanidine",
            stop(TIZANIDINE),
            Role.PHYSICIAN,
            because="No benefit after a month.",
            source=CASE,
            advice=EULAR["GR_TIZ"],
            when=tizanidine_useless,
        ),
        Recommendation(
            "extend-to-occiput",
            extend(MESOTHERAPY, to=OCCIPUT, injects=INJECTED),
            Role.PHYSICIAN,
            because="In the case the radiating tension ended after the occiput was injected.",
            source=CASE,
            advice=EULAR["GR_MESO"],
            safe=safe_to_inject,
            claim=LOCAL,
            when=spread_to_occiput,
            caution="Only after a neurological and vascular check: new numbness has a differential (DX15).",
        ),
    ),
    fall_back=(FallBack(SETTLE, gate("flare-in-quieten", "The whole body hurts again", body_pain_is_back)),),
    limit=Limit(
        "quieten-too-long",
        12,
        Recommendation(
            "refer-from-quieten",
            refer(PAIN_CLINIC),
            Role.PHYSICIAN,
            because="Eight weekly sessions should have been enough.",
            source=CASE,
            advice=EULAR["GR_REFERRAL"],
            numbers=OURS,
        ),
    ),
)

MOVE = Phase(
    "move",
    "Move",
    aim="Build endurance while the window is open.",
    follow=ONCE_LOCAL,
    leave=gate("moves-alone", "Movement carries itself", moving_well, quiet_while_moving),
    recommend=(
        Recommendation(
            "active-kinesiotherapy",
            perform(
                KINESIOTHERAPY,
                every=days(3),
                how="low load first, with rests; a flare of up to 4 days after a session is expected",
            ),
            Role.PHYSIOTHERAPIST,
            because="The one therapy with a strong recommendation; in the case it began with the sixth session.",
            source=CASE,
            advice=EULAR["GR_EXERCISE"],
            claim=TRAINING,
            numbers=OURS,
        ),
        Recommendation(
            "maintain-mesotherapy",
            perform(
                MESOTHERAPY,
                at=(NECK, SHOULDER_GIRDLE),
                every=weeks(1),
                times=8,
                how="maintenance",
                injects=INJECTED,
            ),
            Role.PHYSICIAN,
            because="The case gave sessions seven and eight as maintenance.",
            source=CASE,
            advice=EULAR["GR_MESO"],
            safe=safe_to_inject,
            claim=LOCAL,
            numbers=CASE,
        ),
    ),
    fall_back=(
        FallBack(SETTLE, gate("flare-in-move", "The whole body hurts again", body_pain_is_back)),
        FallBack(QUIETEN, gate("relapse-in-move", "The neck hurts again", neck_relapse)),
    ),
    limit=Limit(
        "move-too-long",
        16,
        Recommendation(
            "refer-from-move",
            refer(PAIN_CLINIC),
            Role.PHYSIOTHERAPIST,
            because="Four months without movement that carries itself.",
            source=CASE,
            advice=EULAR["GR_REFERRAL"],
            numbers=OURS,
        ),
    ),
)

KEEP = Phase(
    "keep",
    "Keep what was gained",
    aim="Movement goes on; treatment is taken back to what is needed.",
    follow=ONCE_LOCAL,
    recommend=(
        Recommendation(
            "keep-moving",
            perform(EXERCISE, every=days(3), how="at the patient's own pace"),
            Role.PATIENT,
            because="Exercise is the one strong recommendation, and has no end date.",
            source=PUBLICATIONS["EULAR17_T3"],
            advice=EULAR["GR_EXERCISE"],
            claim=TRAINING,
            numbers=OURS,
        ),
    ),
    fall_back=(
        FallBack(SETTLE, gate("flare-in-keep", "The whole body hurts again", body_pain_is_back)),
        FallBack(QUIETEN, gate("relapse-in-keep", "The neck hurts again", neck_relapse)),
    ),
)

PATHWAY = Pathway(
    "neck-first",
    1,
    "Fibromyalgia with neck and shoulder pain: settle, quieten, move, keep",
    notice=(
        "This pathway mirrors one published case report. It reverses the order EULAR 2017 recommends "
        "(exercise first), and every cut-off marked ours is the authors' choice."
    ),
    phases=(SETTLE, QUIETEN, MOVE, KEEP),
    restrictions=(
        Restriction(
            "no-mechanical-therapy",
            MECHANICAL,
            until=touch_is_safe,
            because="In a sensitised state deep pressure can act as a noxious stimulus (the massage paradox).",
            source=CASE,
            doubts=facts("EV_MAS_5", "EV_MAS_1", "DX19", "DX16"),
            protects=SENSITISED,
            ask_after=(PAIN_OUTCOME, NUMBNESS_OUTCOME),
        ),
    ),
    watch=(
        Watch(massage_backfired, "Pain rose after the latest deep massage: the massage paradox at work?"),
    ),
    doubts=facts(*(f"DX{number:02}" for number in range(1, 23))),
    sources=(CASE, PUBLICATIONS["EULAR17_T3"], PUBLICATIONS["EULAR17_ABS"], SOURCES["dworkin2008"], OURS),
    diagnosis=FIBROMYALGIA,
    suspects=MANUAL_WORK,
    complaint=(NECK, SHOULDER_GIRDLE),
    from_age=18,
    from_months=3,
)
