"""What was last said of a symptom, a condition or a red flag stands until something else is said."""

from assuage.measures.notation import finding, none_of, onset, red_flags, score, symptom
from assuage.terms.conditions import BLEEDING_DISORDER, FEVER, SKIN_INFECTION
from assuage.terms.red_flags import DISSECTION, MYELOPATHY
from assuage.terms.scales import NUMBNESS
from assuage.terms.sites import OCCIPUT
from assuage.terms.symptoms import ANXIETY_FELT, NUMBNESS_FELT, PAIN_FELT, WIDESPREAD_PAIN
from assuage.terms.times import days

title = "Symptoms, findings and red flags"


def said(day: int, what: str, state: str, **more: object) -> dict[str, object]:
    return {"day": day, "kind": "symptom", "what": what, "state": state, **more}


def test_new_worse_better_and_present_are_there_absent_and_resolved_are_not(spec):
    states = ("present", "new", "worse", "better", "absent", "resolved")
    spec(
        {**{state: [said(1, "anxiety", state)] for state in states}, "never asked": []},
        symptom(ANXIETY_FELT).present,
        on_day=3,
        gives={
            "present": "yes",
            "new": "yes",
            "worse": "yes",
            "better": "yes",
            "absent": "no",
            "resolved": "no",
            "never asked": "unknown",
        },
    )


def test_the_latest_statement_stands(spec):
    spec(
        {
            "back": [said(1, "anxiety", "resolved"), said(2, "anxiety", "new")],
            "gone": [said(1, "anxiety", "new"), said(2, "anxiety", "resolved")],
        },
        symptom(ANXIETY_FELT).gone,
        on_day=3,
        gives={"back": "no", "gone": "yes"},
    )


def test_a_statement_older_than_the_window_does_not_speak_for_today(spec):
    spec(
        {"Ana": [said(1, "widespread pain", "resolved")], "Ben": [said(4, "widespread pain", "resolved")]},
        symptom(WIDESPREAD_PAIN).past(days(7)).gone,
        on_day=8,
        gives={"Ana": "unknown", "Ben": "yes"},
    )


def test_all_symptoms_speaks_for_each_of_them(spec):
    """That all are gone is said of every symptom, named before or not; with a place, of every symptom there."""
    spec(
        {
            "named before": [said(1, "numbness", "new", site="occiput"), said(5, "all symptoms", "resolved")],
            "never named": [said(5, "all symptoms", "resolved")],
            "at the head": [said(5, "all symptoms", "resolved", site="head")],
            "at the neck": [said(5, "all symptoms", "resolved", site="neck")],
        },
        symptom(NUMBNESS_FELT).at(OCCIPUT).present,
        on_day=5,
        gives={"named before": "no", "never named": "no", "at the head": "no", "at the neck": "unknown"},
    )


def test_a_part_that_has_it_has_it_and_a_coarser_place_leaves_it_open(spec):
    spec(
        {
            "left part": [said(1, "pain", "new", site="occiput_left")],
            "the head": [said(1, "pain", "new", site="head")],
            "somewhere": [said(1, "pain", "new")],
            "elsewhere": [said(1, "pain", "new", site="neck")],
        },
        symptom(PAIN_FELT).at(OCCIPUT).present,
        on_day=1,
        gives={"left part": "yes", "the head": "unknown", "somewhere": "unknown", "elsewhere": "unknown"},
    )


def test_gone_must_be_said_of_the_place_or_of_all_that_ever_had_it(spec):
    left_and_right = [
        said(1, "pain", "new", site="occiput_left"),
        said(1, "pain", "new", site="occiput_right"),
    ]
    spec(
        {
            "whole place": [*left_and_right, said(2, "pain", "resolved", site="occiput")],
            "one side only": [*left_and_right, said(2, "pain", "resolved", site="occiput_left")],
            "the one side that had it": [
                said(1, "pain", "new", site="occiput_left"),
                said(2, "pain", "resolved", site="occiput_left"),
            ],
            "a side that never had it": [said(2, "pain", "absent", site="occiput_left")],
            "no place named": [*left_and_right, said(2, "pain", "absent")],
        },
        symptom(PAIN_FELT).at(OCCIPUT).present,
        on_day=2,
        gives={
            "whole place": "no",
            "one side only": "yes",
            "the one side that had it": "no",
            "a side that never had it": "unknown",
            "no place named": "no",
        },
    )


def test_appeared_means_new_or_worse_and_not_gone_since(spec):
    spec(
        {
            "new": [said(1, "numbness", "new")],
            "there all along": [said(1, "numbness", "present")],
            "worse": [said(1, "numbness", "present"), said(2, "numbness", "worse")],
            "gone again": [said(1, "numbness", "new"), said(2, "numbness", "resolved")],
        },
        symptom(NUMBNESS_FELT).appeared,
        on_day=3,
        gives={"new": "yes", "there all along": "no", "worse": "yes", "gone again": "no"},
    )


def test_a_finding_is_present_or_abnormal_absent_or_normal_or_unknown(spec):
    def found(state: str) -> list[dict[str, object]]:
        return [{"day": 1, "kind": "finding", "what": "bleeding_disorder", "state": state}]

    states = ("present", "abnormal", "absent", "normal", "unknown")
    spec(
        {**{state: found(state) for state in states}, "nobody looked": []},
        finding(BLEEDING_DISORDER).present,
        on_day=1,
        gives={
            "present": "yes",
            "abnormal": "yes",
            "absent": "no",
            "normal": "no",
            "unknown": "unknown",
            "nobody looked": "unknown",
        },
    )


def check(day: int, **flags: str) -> dict[str, object]:
    return {
        "day": day,
        "kind": "red_flag_check",
        "flags": {f"RF_{name}": state for name, state in flags.items()},
    }


def test_a_finding_holds_its_days_and_is_unknown_after_them(spec):
    """How many days, its own among them, the table of conditions says: an absent bleeding disorder holds 365."""

    def told(day: int, state: str) -> dict[str, object]:
        return {"day": day, "kind": "finding", "what": "bleeding_disorder", "state": state}

    spec(
        {
            "absent on its last day": [told(36, "absent")],
            "absent a day longer ago": [told(35, "absent")],
            "absent, and said again": [told(0, "absent"), told(390, "normal")],
            "absent long after present": [told(0, "present"), told(20, "absent")],
            "present": [told(0, "present")],
        },
        finding(BLEEDING_DISORDER).excluded,
        on_day=400,
        gives={
            "absent on its last day": "yes",
            "absent a day longer ago": "unknown",
            "absent, and said again": "yes",
            "absent long after present": "unknown",
            "present": "no",
        },
    )


def test_a_fever_is_known_for_the_day_and_a_skin_infection_for_a_week(spec):
    def told(condition: str, state: str, day: int) -> dict[str, object]:
        return {"day": day, "kind": "finding", "what": condition, "state": state}

    spec(
        {
            "both today": [told("fever_systemic", "absent", 14), told("skin_infection_site", "absent", 14)],
            "the skin 6 days ago": [
                told("fever_systemic", "absent", 14),
                told("skin_infection_site", "absent", 8),
            ],
            "the skin 7 days ago": [
                told("fever_systemic", "absent", 14),
                told("skin_infection_site", "absent", 7),
            ],
            "the fever of yesterday": [
                told("fever_systemic", "absent", 13),
                told("skin_infection_site", "absent", 14),
            ],
            "a fever of yesterday": [
                told("fever_systemic", "present", 13),
                told("skin_infection_site", "absent", 14),
            ],
        },
        none_of(finding(FEVER).present, finding(SKIN_INFECTION).present),
        on_day=14,
        gives={
            "both today": "yes",
            "the skin 6 days ago": "yes",
            "the skin 7 days ago": "unknown",
            "the fever of yesterday": "unknown",
            "a fever of yesterday": "unknown",
        },
    )


def test_a_condition_that_was_written_as_a_symptom_is_found_present_and_is_not_ruled_out_by_its_end(spec):
    def told(kind: str, state: str, day: int) -> dict[str, object]:
        return {"day": day, "kind": kind, "what": "bleeding disorder", "state": state}

    spec(
        {
            "as a symptom": [told("symptom", "new", 1)],
            "after it was ruled out": [told("finding", "absent", 1), told("symptom", "present", 2)],
            "ruled out after it": [told("symptom", "present", 1), told("finding", "absent", 2)],
            "a symptom that is gone": [told("symptom", "resolved", 1)],
            "there, and then gone": [told("symptom", "present", 1), told("symptom", "resolved", 2)],
        },
        finding(BLEEDING_DISORDER).present,
        on_day=3,
        gives={
            "as a symptom": "yes",
            "after it was ruled out": "yes",
            "ruled out after it": "no",
            "a symptom that is gone": "unknown",
            "there, and then gone": "yes",
        },
    )


def test_red_flags_are_clear_when_each_was_checked_and_found_absent(spec):
    spec(
        {
            "both absent": [check(3, DISSECTION="absent", MYELOPATHY="absent")],
            "one unknown": [check(3, DISSECTION="absent", MYELOPATHY="unknown")],
            "one not checked": [check(3, DISSECTION="absent")],
            "one present": [check(3, DISSECTION="present")],
            "checked too early": [check(1, DISSECTION="absent", MYELOPATHY="absent")],
        },
        red_flags(DISSECTION, MYELOPATHY).past(days(2)).clear,
        on_day=3,
        gives={
            "both absent": "yes",
            "one unknown": "unknown",
            "one not checked": "unknown",
            "one present": "no",
            "checked too early": "unknown",
        },
    )


def test_a_check_before_the_onset_clears_nothing(spec):
    """The window begins with the latest day on which it was said to be new or worse."""
    numb = said(5, "numbness", "new", site="occiput")
    spec(
        {
            "before": [numb, check(4, DISSECTION="absent")],
            "same day": [numb, check(5, DISSECTION="absent")],
            "worse after the check": [
                numb,
                check(6, DISSECTION="absent"),
                said(7, "numbness", "worse", site="occiput"),
            ],
            "no onset": [check(6, DISSECTION="absent")],
        },
        red_flags(DISSECTION).since(onset(NUMBNESS_FELT, at=(OCCIPUT,))).clear,
        on_day=8,
        gives={
            "before": "unknown",
            "same day": "yes",
            "worse after the check": "unknown",
            "no onset": "unknown",
        },
    )


def test_that_all_symptoms_are_worse_gives_nobody_a_symptom_that_was_never_named(spec):
    """Only that all are gone speaks for each; that all are new, worse, better or present speaks for none."""
    spec(
        {
            "Ana": [said(1, "all symptoms", "worse")],
            "Ben": [said(1, "numbness", "resolved"), said(2, "all symptoms", "worse")],
        },
        symptom(NUMBNESS_FELT).present,
        on_day=2,
        gives={"Ana": "unknown", "Ben": "no"},
    )


def test_the_whole_body_is_no_particular_place(spec):
    """`widespread` beside a symptom says the same as no place, in what was said and in what is asked."""
    spec(
        {
            "gone all over": [said(1, "pain", "new"), said(2, "pain", "resolved", site="widespread")],
            "there all over": [said(1, "pain", "new", site="widespread"), said(2, "pain", "resolved")],
            "only ever gone": [said(2, "pain", "absent", site="widespread")],
        },
        symptom(PAIN_FELT).present,
        on_day=2,
        gives={"gone all over": "no", "there all over": "no", "only ever gone": "no"},
    )


def test_a_coarser_place_adds_nothing_where_a_part_is_known_to_have_it(spec):
    """Where a part is known to be free of it, or nothing is known, a coarser place leaves it open again."""
    spec(
        {
            "there, then the head": [
                said(1, "pain", "new", site="occiput"),
                said(2, "pain", "new", site="head"),
            ],
            "gone, then the head": [
                said(1, "pain", "absent", site="occiput"),
                said(2, "pain", "new", site="head"),
            ],
            "the head, then gone": [
                said(1, "pain", "new", site="head"),
                said(2, "pain", "absent", site="occiput"),
            ],
        },
        symptom(PAIN_FELT).at(OCCIPUT).present,
        on_day=3,
        gives={"there, then the head": "yes", "gone, then the head": "unknown", "the head, then gone": "no"},
    )


def test_what_was_last_found_unknown_is_unknown(spec):
    spec(
        {
            "Ana": [
                {"day": 1, "kind": "finding", "what": "bleeding_disorder", "state": "present"},
                {"day": 2, "kind": "finding", "what": "bleeding_disorder", "state": "unknown"},
            ]
        },
        finding(BLEEDING_DISORDER).present,
        on_day=3,
        gives={"Ana": "unknown"},
    )


def test_the_latest_check_of_the_window_stands_whatever_the_hour_of_the_onset(spec):
    """A window counts whole days: a check in the morning answers numbness of that evening."""
    numb = said(5, "numbness", "new", site="occiput", time="evening")
    spec(
        {
            "checked that morning": [numb, {**check(5, DISSECTION="absent"), "time": "morning"}],
            "then unknown": [numb, check(6, DISSECTION="absent"), check(7, DISSECTION="unknown")],
        },
        red_flags(DISSECTION).since(onset(NUMBNESS_FELT, at=(OCCIPUT,))).clear,
        on_day=8,
        gives={"checked that morning": "yes", "then unknown": "unknown"},
    )


def test_an_onset_is_the_latest_day_on_which_it_was_new_or_worse(spec):
    """Also where it was gone afterwards. Only where it never was: the first day of being there since it was gone.

    It is gone from a place when no part of it is left that has it. The score of the onset's day answers here.
    """
    scores = [{"day": day, "kind": "score", "scale": "numbness", "value": day} for day in range(1, 10)]
    left, right = {"site": "occiput_left"}, {"site": "occiput_right"}
    spec(
        {
            "worse, then gone": [
                said(3, "numbness", "worse", **left),
                said(5, "numbness", "resolved", **left),
                said(7, "numbness", "present", **left),
            ],
            "only ever present": [
                said(4, "numbness", "present", **left),
                said(6, "numbness", "better", **left),
            ],
            "gone between": [
                said(2, "numbness", "present", **left),
                said(4, "numbness", "absent", site="head"),
                said(6, "numbness", "present", **left),
            ],
            "one side gone between": [
                said(2, "numbness", "present", **right),
                said(4, "numbness", "absent", **left),
                said(6, "numbness", "present", **right),
            ],
            "elsewhere": [said(2, "numbness", "new", site="neck"), said(3, "numbness", "new")],
        },
        score(NUMBNESS).since(onset(NUMBNESS_FELT, at=(OCCIPUT,))).best,
        on_day=9,
        also=scores,
        gives={
            "worse, then gone": 3,
            "only ever present": 4,
            "gone between": 6,
            "one side gone between": 2,
            "elsewhere": None,
        },
    )


def test_the_onset_of_several_symptoms_is_the_latest_of_theirs(spec):
    """Each has its own: pain that was new and numbness that was only ever present."""
    scores = [{"day": day, "kind": "score", "scale": "numbness", "value": day} for day in range(1, 10)]
    spec(
        {
            "Ana": [
                said(2, "pain", "new", site="occiput"),
                said(5, "numbness", "present", site="occiput"),
            ]
        },
        score(NUMBNESS).since(onset(PAIN_FELT, NUMBNESS_FELT, at=(OCCIPUT,))).best,
        on_day=9,
        also=scores,
        gives={"Ana": 5},
    )
