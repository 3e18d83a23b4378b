"""The pathway `neck-first`, version 1: its criteria, gates and restriction, as the page of the pathway says them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from tests.oracle.answers import (
    NO,
    YES,
    all_of,
    any_of,
    best,
    compare,
    if_unknown,
    last,
    mean,
    none_of,
    slope,
    worst,
)
from tests.oracle.findings import clear, was_found
from tests.oracle.moment import Moment
from tests.oracle.pages import says
from tests.oracle.scores import fall_since_start, summary
from tests.oracle.symptoms import appeared, onset, present, said_in, worse_after
from tests.oracle.therapies import count, days_on, rise_after, taken

WEEK, TWO_WEEKS = 7, 14
NECK = ("neck", "shoulder_girdle")


@says(
    "neck-first",
    "worst pain in the past week (from 4 days or more) is at most 2",
    "fall of the mean pain in the past week (from 4 days or more) from its value at the start of the pathway is at "
    "least 50 %",
    "widespread pain is gone, as said in the past 2 weeks",
    "worst pain in the past 3 days is at most 4 (if unknown, read as yes: without a diary, what was said at the visit "
    "stands)",
)
def body_settled(now: Moment) -> str:
    return any_of(
        compare(summary(now, worst, "pain", span=WEEK, needing=4), "at most", 2),
        compare(fall_since_start(now, "pain", span=WEEK, needing=4), "at least", 50),
        all_of(
            gone(now, "widespread_pain"),
            if_unknown(compare(summary(now, worst, "pain", span=3), "at most", 4), YES),
        ),
    )


@says(
    "neck-first",
    "mean sleep problem in the past week (from 4 days or more) is at most 3",
    "sleep problem is gone, as said in the past 2 weeks",
    "worst sleep problem in the past 3 days is at most 5 (if unknown, read as yes: without a diary, what was said at "
    "the visit stands)",
)
def sleep_settled(now: Moment) -> str:
    return any_of(
        compare(summary(now, mean, "sleep", span=WEEK, needing=4), "at most", 3),
        all_of(
            gone(now, "sleep_problem"),
            if_unknown(compare(summary(now, worst, "sleep", span=3), "at most", 5), YES),
        ),
    )


@says(
    "neck-first",
    "latest GAD-7, anxiety in the past 2 weeks is at most 4",
    "mean anxiety in the past week (from 4 days or more) is at most 3",
    "anxiety is gone, as said in the past 2 weeks",
    "worst anxiety in the past 3 days is at most 5 (if unknown, read as yes: without a diary, what was said at the "
    "visit stands)",
)
def anxiety_settled(now: Moment) -> str:
    return any_of(
        compare(summary(now, last, "gad7", span=TWO_WEEKS), "at most", 4),
        compare(summary(now, mean, "anxiety", span=WEEK, needing=4), "at most", 3),
        all_of(
            gone(now, "anxiety"),
            if_unknown(compare(summary(now, worst, "anxiety", span=3), "at most", 5), YES),
        ),
    )


def gone(now: Moment, symptom: str) -> str:
    """Whether a symptom is gone, as said in the past 2 weeks."""
    return none_of(present(said_in(now, TWO_WEEKS), symptom))


@says(
    "neck-first",
    "worst pain at the neck and shoulder girdle in the past week is at least 4",
    "worst stiffness at the neck and shoulder girdle in the past week is at least 4",
)
def neck_still_hurts(now: Moment) -> str:
    return any_of(
        compare(summary(now, worst, "pain", *NECK, span=WEEK), "at least", 4),
        compare(summary(now, worst, "stiffness", *NECK, span=WEEK), "at least", 4),
    )


@says(
    "neck-first",
    "none of these: warfarin or apixaban is taken present: on therapeutic anticoagulant present: bleeding disorder or "
    "platelets below 100 present: skin infection or open lesion at injection site present: fever or systemic "
    "infection present: amide local anaesthetic allergy present: aspirin or NSAID hypersensitivity or "
    "aspirin-exacerbated respiratory disease",
)
def safe_to_inject(now: Moment) -> str:
    return none_of(
        any_of(taken(now, "warfarin"), taken(now, "apixaban")),
        was_found(now, "on_anticoagulant"),
        was_found(now, "bleeding_disorder"),
        was_found(now, "skin_infection_site"),
        was_found(now, "fever_systemic"),
        was_found(now, "la_allergy"),
        was_found(now, "nsaid_hypersensitivity"),
    )


@says(
    "neck-first",
    "worst pain at the neck and shoulder girdle in the past week (from 7 days or more) is at most 1",
)
def neck_quiet(now: Moment) -> str:
    return compare(summary(now, worst, "pain", *NECK, span=WEEK, needing=7), "at most", 1)


@says("neck-first", "no mechanical therapy in the past week (from 7 days or more)")
def no_deep_work(now: Moment) -> str:
    low, high = count(now, "mechanical_therapy", now.past(WEEK), needing=7)
    if low > 0:
        return NO
    return YES if high == 0 else "unknown"


@says(
    "neck-first",
    "mean pain in the past week (from 4 days or more) is at least 5",
    "widespread pain is new or worse, as said in the past week",
)
def body_pain_is_back(now: Moment) -> str:
    return any_of(
        compare(summary(now, mean, "pain", span=WEEK, needing=4), "at least", 5),
        appeared(said_in(now, WEEK), "widespread_pain"),
    )


@says(
    "neck-first",
    "time in the phase is at least 6 weeks",
    "number of graded exercise sessions since entry to the phase is at least 8",
)
@says("windows", "Since an anchor includes the day of the anchor")
@says("moves", "Sessions since entry count from zero in a new stay")
@says("moves", "Outside the pathway nothing is known since entry to a phase")
def moving_well(now: Moment) -> str:
    if now.entered is None:
        return "unknown"
    low, high = count(now, "graded_exercise", range(now.entered, now.day + 1))
    in_phase = Fraction(now.day - now.entered)
    return all_of(
        compare((in_phase, in_phase), "at least", 42),
        compare((Fraction(low), Fraction(high)), "at least", 8),
    )


@says(
    "neck-first",
    "worst pain at the neck and shoulder girdle in the past 2 weeks (from 8 days or more) is at most 3",
)
def quiet_while_moving(now: Moment) -> str:
    return compare(summary(now, worst, "pain", *NECK, span=TWO_WEEKS, needing=8), "at most", 3)


@says(
    "neck-first",
    "best pain at the neck and shoulder girdle in the past 3 days (from 2 days or more) is at least 4",
)
def neck_relapse(now: Moment) -> str:
    return compare(summary(now, best, "pain", *NECK, span=3, needing=2), "at least", 4)


@says(
    "neck-first",
    "worst pain at the neck and shoulder girdle in the past 2 weeks (from 10 days or more) is at most 2",
)
def touch_is_safe(now: Moment) -> str:
    return compare(summary(now, worst, "pain", *NECK, span=TWO_WEEKS, needing=10), "at most", 2)


@says(
    "neck-first",
    "mean sleep problem in the past 2 weeks (from 8 days or more) is more than 4",
    "slope of sleep problem in the past 2 weeks (from 8 days or more), in points per week is more than −0.5",
    "unbroken time on amitriptyline is at least 2 weeks",
)
def still_sleeps_badly(now: Moment) -> str:
    return all_of(
        compare(summary(now, mean, "sleep", span=TWO_WEEKS, needing=8), "more than", 4),
        compare(summary(now, slope, "sleep", span=TWO_WEEKS, needing=8), "more than", Fraction(-1, 2)),
        compare(days_on(now, "amitriptyline"), "at least", 14),
    )


@says(
    "neck-first",
    "unbroken time on tizanidine is at least 4 weeks",
    "fall of the mean pain at the neck and shoulder girdle in the past week (from 4 days or more) from its value at "
    "the start of the pathway is less than 30 %",
)
def tizanidine_useless(now: Moment) -> str:
    return all_of(
        compare(days_on(now, "tizanidine"), "at least", 28),
        compare(fall_since_start(now, "pain", *NECK, span=WEEK, needing=4), "less than", 30),
    )


@says(
    "neck-first",
    "pain at the occiput is present, as said in the past 2 weeks",
    "numbness at the occiput is present, as said in the past 2 weeks",
    "worst pain at the occiput in the past week is at least 3 (if unknown, read as no: without a score, what was said "
    "stands)",
    "worst numbness at the occiput in the past week is at least 1 (if unknown, read as no: without a score, what was "
    "said stands)",
    "checked and found absent since new or worse pain or numbness at the occiput: cervical artery dissection, "
    "degenerative cervical myelopathy and progressive neurological deficit",
)
def spread_to_occiput(now: Moment) -> str:
    said = said_in(now, TWO_WEEKS)
    began = onset(now, ("pain", "numbness"), "occiput")
    since = range(0) if began is None else range(began, now.day + 1)
    return all_of(
        any_of(
            present(said, "pain", "occiput"),
            present(said, "numbness", "occiput"),
            if_unknown(compare(summary(now, worst, "pain", "occiput", span=WEEK), "at least", 3), NO),
            if_unknown(compare(summary(now, worst, "numbness", "occiput", span=WEEK), "at least", 1), NO),
        ),
        all_of(*(clear(now, flag, since) for flag in ("RF_DISSECTION", "RF_MYELOPATHY", "RF_PROGRESSIVE"))),
    )


@says(
    "neck-first",
    "rise of pain at the neck and shoulder girdle within 3 days after the latest deep tissue massage, over the mean "
    "of the week before is at least 2",
    "pain is new or worse within 3 days after the latest deep tissue massage",
)
def massage_backfired(now: Moment) -> str:
    massage = "deep_tissue_massage"
    return any_of(
        compare(rise_after(now, "pain", *NECK, exposure=massage, within=3), "at least", 2),
        worse_after(now, "pain", exposure=massage, within=3),
    )


def _problem(now: Moment, symptoms: tuple[str, ...], *scores: str) -> str:
    return any_of(*(present(said_in(now, TWO_WEEKS), symptom) for symptom in symptoms), *scores)


def _rated(now: Moment, scale: str) -> str:
    """A mean of more than 3 in the past 2 weeks; unknown is read as no."""
    return if_unknown(compare(summary(now, mean, scale, span=TWO_WEEKS), "more than", 3), NO)


@says(
    "neck-first",
    "sleep problem is present, as said in the past 2 weeks",
    "mean sleep problem in the past 2 weeks is more than 3 (if unknown, read as no: without a score, what was said "
    "stands)",
)
def sleep_is_broken(now: Moment) -> str:
    return _problem(now, ("sleep_problem",), _rated(now, "sleep"))


@says(
    "neck-first",
    "spasmodic pain is present, as said in the past 2 weeks",
    "stiffness is present, as said in the past 2 weeks",
    "mean stiffness in the past 2 weeks is more than 3 (if unknown, read as no: without a score, what was said stands)",
)
def muscles_are_tense(now: Moment) -> str:
    return _problem(now, ("spasmodic_pain", "stiffness"), _rated(now, "stiffness"))


@says(
    "neck-first",
    "anxiety is present, as said in the past 2 weeks",
    "mean anxiety in the past 2 weeks is more than 3 (if unknown, read as no: without a score, what was said stands)",
    "latest GAD-7, anxiety in the past 2 weeks is at least 5 (if unknown, read as no: without a score, what was said "
    "stands)",
)
def anxiety_is_there(now: Moment) -> str:
    gad7 = if_unknown(compare(summary(now, last, "gad7", span=TWO_WEEKS), "at least", 5), NO)
    return _problem(now, ("anxiety",), _rated(now, "anxiety"), gad7)


@says(
    "neck-first",
    "fatigue is present, as said in the past 2 weeks",
    "mean fatigue in the past 2 weeks is more than 3 (if unknown, read as no: without a score, what was said stands)",
)
def fatigue_is_there(now: Moment) -> str:
    return _problem(now, ("fatigue",), _rated(now, "fatigue"))


@says("neck-first", "present: 25-OH-D not measured")
def vitamin_d_unmeasured(now: Moment) -> str:
    return was_found(now, "vitd_unknown")


CRITERIA: dict[str, Callable[[Moment], str]] = {
    "body-settled": body_settled,
    "sleep-settled": sleep_settled,
    "anxiety-settled": anxiety_settled,
    "sleep-is-broken": sleep_is_broken,
    "muscles-are-tense": muscles_are_tense,
    "anxiety-is-there": anxiety_is_there,
    "fatigue-is-there": fatigue_is_there,
    "vitamin-d-unmeasured": vitamin_d_unmeasured,
    "neck-still-hurts": neck_still_hurts,
    "safe-to-inject": safe_to_inject,
    "neck-quiet": neck_quiet,
    "no-deep-work": no_deep_work,
    "body-pain-is-back": body_pain_is_back,
    "moving-well": moving_well,
    "quiet-while-moving": quiet_while_moving,
    "neck-relapse": neck_relapse,
    "touch-is-safe": touch_is_safe,
    "still-sleeps-badly": still_sleeps_badly,
    "tizanidine-useless": tizanidine_useless,
    "spread-to-occiput": spread_to_occiput,
    "massage-backfired": massage_backfired,
}

PHASES = ("settle", "quieten", "move", "keep")
GATES = {
    "settled": ("body-settled", "sleep-settled", "anxiety-settled"),
    "local-remainder": ("neck-still-hurts", "safe-to-inject"),
    "window-open": ("neck-quiet", "no-deep-work"),
    "moves-alone": ("moving-well", "quiet-while-moving"),
    "flare-in-quieten": ("body-pain-is-back",),
    "flare-in-move": ("body-pain-is-back",),
    "relapse-in-move": ("neck-relapse",),
    "flare-in-keep": ("body-pain-is-back",),
    "relapse-in-keep": ("neck-relapse",),
}
ON = {
    "settle": ("settled", "local-remainder"),
    "quieten": ("window-open",),
    "move": ("moves-alone",),
    "keep": (),
}
BACK: dict[str, dict[str, str]] = {
    "settle": {},
    "quieten": {"flare-in-quieten": "settle"},
    "move": {"flare-in-move": "settle", "relapse-in-move": "quieten"},
    "keep": {"flare-in-keep": "settle", "relapse-in-keep": "quieten"},
}
RESTRICTED, UNTIL = "mechanical_therapy", "touch-is-safe"


@says(
    "neck-first",
    "settle --> quieten: The nervous system has settled + A local remainder that may be injected",
    "quieten --> move: The window for movement is open",
    "quieten --> settle: The whole body hurts again",
    "move --> keep: Movement carries itself",
    "move --> settle: The whole body hurts again",
    "move --> quieten: The neck hurts again",
    "keep --> settle: The whole body hurts again",
    "keep --> quieten: The neck hurts again",
)
def ways_on_and_back() -> None:
    """`ON` and `BACK`."""
