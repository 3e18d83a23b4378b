"""Small records by hand about what is asked of a record: windows, falls, symptoms, therapies, breaches."""

from __future__ import annotations

from tests.oracle.scenario import (
    EXAMINED,
    Scenario,
    at,
    checked,
    decided,
    drug,
    ended,
    neck,
    ranges,
    score,
    scores,
    symptom,
    therapy,
    told,
)

OF_QUESTIONS: dict[str, Scenario] = {
    # --- the start of the pathway
    "a fall since day 0": (
        [*scores(0, 3, 8), *scores(20, 23, 4)],
        {(22, "body-settled"): "unknown", (23, "body-settled"): "yes"},
    ),
    "an enter starts the pathway anew": (
        [*scores(0, 3, 8), decided(10, "enter", "settle"), *scores(11, 14, 6), *scores(20, 23, 4)],
        {(23, "body-settled"): "unknown"},
    ),
    "an override does not": (
        [*scores(0, 3, 8), decided(10, "override", "settle"), *scores(11, 14, 6), *scores(20, 23, 4)],
        {(23, "body-settled"): "yes"},
    ),
    "a fall of not quite half": (
        [*scores(0, 3, 10), *scores(20, 23, 5.1)],
        {(23, "body-settled"): "no"},
    ),
    "a fall from a range to a range, for sure of half": (
        [*ranges(0, 3, 8, 9), *ranges(20, 23, 3, 4)],
        {(23, "body-settled"): "yes"},
    ),
    "a fall that may be of half": (
        [*ranges(0, 3, 8, 10), *ranges(20, 23, 4, 5), symptom(23, "widespread pain", "worse")],
        {(23, "body-settled"): "unknown"},
    ),
    "a fall from what may have been nothing": (
        [*ranges(0, 3, 0, 8), *scores(20, 23, 3)],
        {(23, "body-settled"): "unknown"},
    ),
    "a fall of thirty percent is not less than that": (
        [drug(0, "tizanidine"), *neck(0, 3, 10), *neck(25, 28, 7)],
        {(28, "tizanidine-useless"): "no"},
    ),
    "a fall of a little less is": (
        [drug(0, "tizanidine"), *neck(0, 3, 10), *neck(25, 28, 7.1)],
        {(28, "tizanidine-useless"): "yes"},
    ),
    "a fall from nothing": (
        [*scores(0, 3, 0), *scores(20, 23, 4)],
        {(23, "body-settled"): "unknown"},
    ),
    # --- windows, days and places
    "four days of the week": (
        [*scores(0, 2, 1, "sleep"), *scores(6, 6, 3, "sleep"), ended(7)],
        {(5, "sleep-settled"): "unknown", (6, "sleep-settled"): "yes", (7, "sleep-settled"): "unknown"},
    ),
    "four scores of a day are one day": (
        [score(1, 1, "sleep", time=f"{hour:02}:00") for hour in (8, 10, 12, 14)],
        {(1, "sleep-settled"): "unknown"},
    ),
    "the worst of a day, and the worst of a range": (
        [
            score(1, 4, site="trapezius_left"),
            score(1, 2, site="neck"),
            at(9, "score", scale="pain", low=3, high=5, site="neck"),
        ],
        {
            (1, "neck-still-hurts"): "yes",
            (8, "neck-still-hurts"): "unknown",
            (9, "neck-still-hurts"): "unknown",
        },
    ),
    "the head is not the neck, nor is the patient as a whole": (
        [
            score(1, 9, site="head"),
            score(1, 9),
            score(1, 9, site="widespread"),
            *scores(1, 1, 1, "stiffness", site="neck"),
        ],
        {(1, "neck-still-hurts"): "unknown"},
    ),
    "the last of two questionnaires": (
        [
            score(1, 4, "gad7", time="evening"),
            score(1, 12, "gad7", time="morning"),
            at(2, "answers", instrument="gad7", items={"worry": None}),
            ended(15),
        ],
        {(1, "anxiety-settled"): "yes", (14, "anxiety-settled"): "yes", (15, "anxiety-settled"): "unknown"},
    ),
    "a questionnaire that was answered in part": (
        [
            at(
                1,
                "answers",
                instrument="gad7",
                items=dict.fromkeys(("nervous", "control", "worry", "relax", "restless", "irritable"), 0),
            ),
            at(
                2,
                "answers",
                instrument="gad7",
                items=dict.fromkeys(("nervous", "control", "worry", "relax", "restless"), 0),
            ),
        ],
        {(1, "anxiety-settled"): "yes", (2, "anxiety-settled"): "unknown"},
    ),
    "sleep that is neither good nor bad": (
        [drug(0, "amitriptyline"), *scores(7, 14, 4, "sleep")],
        {(14, "still-sleeps-badly"): "no"},
    ),
    "sleep that gets better, but by less than half a point a week": (
        [drug(0, "amitriptyline"), score(1, 9, "sleep"), *scores(2, 14, 8.5, "sleep")],
        {(14, "still-sleeps-badly"): "yes"},
    ),
    "a slope over ranges": (
        [drug(0, "amitriptyline"), *ranges(7, 14, 5, 6, scale="sleep")],
        {(14, "still-sleeps-badly"): "unknown"},
    ),
    "sleep that gets no better": (
        [
            drug(0, "amitriptyline"),
            *scores(7, 14, 6, "sleep"),
            *[score(day, 20 - day, "sleep") for day in range(15, 20)],
        ],
        {
            (13, "still-sleeps-badly"): "no",
            (14, "still-sleeps-badly"): "yes",
            (19, "still-sleeps-badly"): "no",
        },
    ),
    "a drug stopped and started on one day": (
        [
            drug(0, "tizanidine"),
            drug(9, "tizanidine", "stop", time="morning"),
            drug(9, "tizanidine", time="noon"),
            *neck(0, 3, 6),
            *neck(25, 28, 5),
        ],
        {(27, "tizanidine-useless"): "no", (28, "tizanidine-useless"): "yes"},
    ),
    # --- symptoms
    "all symptoms are gone": (
        [symptom(1, "all symptoms", "resolved"), ended(15)],
        {(1, "settled"): "open", (14, "sleep-settled"): "yes", (15, "sleep-settled"): "unknown"},
    ),
    "all symptoms are worse": (
        [symptom(1, "widespread pain", "present"), symptom(2, "all symptoms", "worse"), *scores(1, 4, 1)],
        {(4, "body-pain-is-back"): "no"},
    ),
    "new, then better, then gone": (
        [
            symptom(1, "body pain", "new"),
            symptom(2, "body pain", "better"),
            symptom(4, "body pain", "absent"),
            *scores(1, 4, 1),
        ],
        {(1, "body-pain-is-back"): "yes", (3, "body-pain-is-back"): "yes", (4, "body-pain-is-back"): "no"},
    ),
    "gone all over": (
        [symptom(1, "anxiety", "new"), symptom(2, "anxiety", "resolved", site="widespread")],
        {(1, "anxiety-settled"): "unknown", (2, "anxiety-settled"): "yes"},
    ),
    "gone, and a score that says otherwise": (
        [symptom(1, "insomnia", "resolved"), score(2, 6, "sleep"), ended(5)],
        {
            (1, "sleep-settled"): "yes",
            (2, "sleep-settled"): "unknown",
            (4, "sleep-settled"): "unknown",
            (5, "sleep-settled"): "yes",
        },
    ),
    "spread to the occiput, looked for after": (
        [
            symptom(2, "pain", "new", site="occiput_left"),
            checked(1, *EXAMINED),
            checked(4, *EXAMINED[:2]),
            checked(5, "progressive"),
            ended(17),
        ],
        {
            (3, "spread-to-occiput"): "unknown",
            (5, "spread-to-occiput"): "yes",
            (16, "spread-to-occiput"): "unknown",
        },
    ),
    "gone from the occiput, then the head": (
        [
            symptom(1, "pain", "absent"),
            symptom(2, "pain", "new", site="head"),
            symptom(2, "numbness", "absent"),
        ],
        {(1, "spread-to-occiput"): "unknown", (2, "spread-to-occiput"): "unknown"},
    ),
    "the head, then gone from the occiput": (
        [symptom(1, "pain", "new", site="head"), symptom(2, "all", "absent", site="occiput")],
        {(1, "spread-to-occiput"): "unknown", (2, "spread-to-occiput"): "no"},
    ),
    "at the occiput, then the head": (
        [
            symptom(1, "pain", "new", site="occiput"),
            checked(1, *EXAMINED),
            symptom(2, "pain", "new", site="head"),
        ],
        {(2, "spread-to-occiput"): "yes"},
    ),
    "the head, then a part, then gone from the part": (
        [
            symptom(1, "numbness", "absent"),
            symptom(1, "pain", "new", site="head"),
            symptom(2, "pain", "new", site="occiput_left"),
            symptom(3, "pain", "resolved", site="occiput_left"),
        ],
        {(1, "spread-to-occiput"): "unknown", (3, "spread-to-occiput"): "no"},
    ),
    "both sides, then one, then none": (
        [
            symptom(1, "numbness", "absent"),
            symptom(1, "pain", "new", site="occiput_left"),
            symptom(1, "pain", "present", site="occiput_right"),
            checked(1, *EXAMINED),
            symptom(2, "pain", "resolved", site="occiput_left"),
            symptom(3, "pain", "resolved", site="occiput_right"),
        ],
        {(1, "spread-to-occiput"): "yes", (2, "spread-to-occiput"): "yes", (3, "spread-to-occiput"): "no"},
    ),
    "a side that never had it": (
        [symptom(1, "numbness", "absent"), symptom(1, "pain", "absent", site="occiput_left")],
        {(1, "spread-to-occiput"): "unknown"},
    ),
    "only ever present: from the first day of it": (
        [
            checked(1, *EXAMINED),
            symptom(2, "pain", "present", site="occiput"),
            checked(3, *EXAMINED),
            symptom(4, "pain", "better", site="occiput"),
        ],
        {
            (2, "spread-to-occiput"): "unknown",
            (3, "spread-to-occiput"): "yes",
            (4, "spread-to-occiput"): "yes",
        },
    ),
    "only ever present, and gone between: from the day it was back": (
        [
            symptom(2, "pain", "present", site="occiput"),
            checked(3, *EXAMINED),
            symptom(4, "pain", "absent", site="head"),
            symptom(6, "pain", "present", site="occiput"),
            ended(7),
        ],
        {(3, "spread-to-occiput"): "yes", (7, "spread-to-occiput"): "unknown"},
    ),
    "worse at the neck begins nothing at the occiput": (
        [
            symptom(2, "pain", "new", site="occiput"),
            checked(3, *EXAMINED),
            symptom(5, "pain", "worse", site="neck"),
            symptom(6, "pain", "present", site="occiput"),
        ],
        {(6, "spread-to-occiput"): "yes"},
    ),
    "a score at the occiput": (
        [
            symptom(1, "all symptoms", "absent"),
            symptom(2, "numbness", "new", site="occiput"),
            checked(2, *EXAMINED),
            symptom(3, "numbness", "resolved"),
            score(10, 2, site="occiput_right"),
            score(11, 1, "numbness", site="occiput"),
        ],
        {(9, "spread-to-occiput"): "no", (10, "spread-to-occiput"): "no", (11, "spread-to-occiput"): "yes"},
    ),
    "free of both": (
        [symptom(2, "pain", "absent", site="head"), symptom(2, "numbness", "absent")],
        {(2, "spread-to-occiput"): "no"},
    ),
    # --- therapies, restriction and breaches
    "a quiet week without a massage in it": (
        [*told(1, 7)],
        {(6, "no-deep-work"): "unknown", (7, "no-deep-work"): "yes"},
    ),
    "a massage in it": ([therapy(3, "massage", pressure="deep")], {(3, "no-deep-work"): "no"}),
    "one of medium pressure in it": (
        [*told(1, 7), therapy(3, "massage", pressure="medium")],
        {(7, "no-deep-work"): "unknown"},
    ),
    "a light one, and a gentle release, in it": (
        [*told(1, 7), therapy(3, "massage", pressure="light"), therapy(4, "myofascial release")],
        {(7, "no-deep-work"): "yes"},
    ),
    "breaches": (
        [
            therapy(2, "massage"),
            therapy(3, "chiropractic"),
            therapy(4, "deep massage", do="stop"),
            *neck(5, 14, 2),
            therapy(14, "massage", pressure="deep"),
            score(15, 6, site="neck"),
            therapy(15, "massage", pressure="deep"),
        ],
        {
            (2, "breaches"): [False],
            (3, "breaches"): [True],
            (4, "breaches"): [],
            (13, "in force"): True,
            (14, "in force"): False,
            (14, "breaches"): [],
            (15, "breaches"): [True],
        },
    ),
    "a start and a session are one breach": (
        [therapy(2, "deep massage", do="start"), therapy(2, "massage", pressure="deep")],
        {(2, "breaches"): [True]},
    ),
    "no breach outside": (
        [decided(1, "leave"), therapy(1, "deep massage"), therapy(2, "deep massage")],
        {(1, "breaches"): [], (2, "breaches"): []},
    ),
    "worse after the massage": (
        [*neck(1, 3, 3), therapy(4, "deep massage"), score(7, 5, site="neck"), score(8, 9, site="neck")],
        {(4, "massage-backfired"): "unknown", (7, "massage-backfired"): "yes"},
    ),
    "no worse, and said to be better": (
        [*neck(1, 3, 3), therapy(4, "deep massage"), score(5, 4, site="neck"), symptom(5, "pain", "better")],
        {(4, "massage-backfired"): "unknown", (5, "massage-backfired"): "no"},
    ),
    "worse before the massage of that day": (
        [therapy(4, "deep massage", time="noon"), symptom(4, "pain", "new", time="morning"), ended(5)],
        {(5, "massage-backfired"): "unknown"},
    ),
    "worse, and nothing said": (
        [*neck(1, 3, 3), therapy(4, "deep massage"), score(5, 4, site="neck")],
        {(5, "massage-backfired"): "unknown"},
    ),
    "better and worse after it": (
        [therapy(4, "deep massage"), symptom(5, "pain", "better"), symptom(6, "pain", "new"), ended(20)],
        {
            (5, "massage-backfired"): "unknown",
            (6, "massage-backfired"): "yes",
            (20, "massage-backfired"): "yes",
        },
    ),
    "worse on the third day after it, and on the fourth": (
        [
            therapy(4, "deep massage"),
            symptom(7, "pain", "worse"),
            therapy(20, "deep massage"),
            symptom(24, "pain", "worse"),
        ],
        {
            (7, "massage-backfired"): "yes",
            (19, "massage-backfired"): "yes",
            (24, "massage-backfired"): "unknown",
        },
    ),
    "the day before the massage is not after it": (
        [
            *neck(1, 2, 3),
            score(3, 6, site="neck"),
            therapy(4, "deep massage"),
            score(5, 5, site="neck"),
            symptom(5, "pain", "present"),
        ],
        {(5, "massage-backfired"): "no"},
    ),
    "the week before the massage has seven days": (
        [
            score(2, 10, site="neck"),
            score(3, 3, site="neck"),
            therapy(10, "deep massage"),
            score(10, 5, site="neck"),
            symptom(10, "pain", "present"),
        ],
        {(10, "massage-backfired"): "yes"},
    ),
    "a rise between ranges": (
        [
            *ranges(1, 3, 3, 4, site="neck"),
            therapy(4, "deep massage"),
            *ranges(5, 5, 5, 5, site="neck"),
            *ranges(6, 6, 6, 7, site="neck"),
            symptom(5, "pain", "present"),
        ],
        {(5, "massage-backfired"): "unknown", (6, "massage-backfired"): "yes"},
    ),
    "worse at the hour of the massage": (
        [therapy(4, "deep massage", time="noon"), symptom(4, "pain", "new", time="12:00")],
        {(4, "massage-backfired"): "yes"},
    ),
    "a later massage that may have been deep": (
        [therapy(4, "deep massage"), symptom(4, "pain", "new"), therapy(6, "massage")],
        {(5, "massage-backfired"): "yes", (6, "massage-backfired"): "unknown"},
    ),
}
