"""Small records by hand, each with the day and the answer it is about. `ended` closes a record on a later day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Entry = Mapping[str, Any]
Scenario = tuple[list[Entry], dict[tuple[int, str], object]]
"""Entries, and what is so by day: of `phase`, `moved`, `flags`, `in force`, `breaches`, a gate or a criterion."""


def at(day: int, kind: str, **fields: Any) -> Entry:
    return {"day": day, "kind": kind, **fields}


def score(day: int, value: float, scale: str = "pain", **more: Any) -> Entry:
    return at(day, "score", scale=scale, value=value, **more)


def scores(first: int, last: int, value: float, scale: str = "pain", **more: Any) -> list[Entry]:
    return [score(day, value, scale, **more) for day in range(first, last + 1)]


def neck(first: int, last: int, value: float, **more: Any) -> list[Entry]:
    return scores(first, last, value, site="neck", **more)


def told(first: int, last: int) -> list[Entry]:
    return [at(day, "note", text="nothing new", by="patient") for day in range(first, last + 1)]


def symptom(day: int, what: str, state: str, **more: Any) -> Entry:
    return at(day, "symptom", what=what, state=state, **more)


def therapy(day: int, what: str, **more: Any) -> Entry:
    return at(day, "therapy", what=what, **more)


def drug(day: int, name: str, do: str = "start", **more: Any) -> Entry:
    return at(day, "medication", drug=name, do=do, **more)


def decided(day: int, do: str, to: str | None = None, because: str = "an example", **more: Any) -> Entry:
    return at(day, "decision", do=do, because=because, **({} if to is None else {"to": to}), **more)


def checked(day: int, *absent: str, **states: str) -> Entry:
    return at(day, "red_flag_check", flags={**dict.fromkeys(absent, "absent"), **states})


def ended(day: int) -> Entry:
    return at(day, "note", text="the end")


CONDITIONS = ("on_anticoagulant", "bleeding_disorder", "skin_infection_site", "fever_systemic", "la_allergy")
SAFE = [at(0, "finding", what=what, state="absent") for what in (*CONDITIONS, "nsaid_hypersensitivity")]
SAFE = [*SAFE, drug(0, "amitriptyline")]
ALL_GONE = [symptom(9, what, "resolved") for what in ("widespread pain", "sleep problem", "anxiety")]
# On day 9 all three are gone and the neck hurts: the way to `quieten` is open.
SETTLED = [*SAFE, *ALL_GONE, *neck(5, 9, 5)]
# From day 10 on the neck is quiet, and the patient tells of every day: on day 16 the way to `move` is open.
QUIET = [*SETTLED, *neck(10, 16, 1, by="patient")]
EXAMINED = ("dissection", "myelopathy", "progressive")

SCENARIOS: dict[str, Scenario] = {
    # --- moves
    "nothing is known": ([ended(3)], {(0, "phase"): "settle", (0, "moved"): "gate", (3, "moved"): None}),
    "on by gates": (
        [*QUIET, ended(17)],
        {(8, "phase"): "settle", (9, "phase"): "quieten", (9, "moved"): "gate", (16, "phase"): "move"},
    ),
    "one unknown shuts the gate": (
        [*[one for one in SETTLED if one.get("what") != "la_allergy"], ended(12)],
        {(9, "settled"): "open", (9, "safe-to-inject"): "unknown", (12, "phase"): "settle"},
    ),
    "a bleeding disorder shuts the gate": (
        [*SETTLED, at(5, "finding", what="bleeding_disorder", state="present"), ended(12)],
        {(9, "safe-to-inject"): "no", (12, "phase"): "settle"},
    ),
    "warfarin shuts the gate until the day it is stopped": (
        [*SETTLED, drug(2, "B01AA03"), drug(11, "Warfarinum", "stop")],
        {(10, "safe-to-inject"): "no", (11, "safe-to-inject"): "yes", (11, "phase"): "quieten"},
    ),
    "a new stay is judged from the next day": (
        [*QUIET, decided(9, "enter", "quieten"), *scores(6, 9, 8), *scores(10, 17, 1)],
        {(9, "flare-in-quieten"): "open", (9, "phase"): "quieten", (10, "phase"): "settle"},
    ),
    "back before on": (
        [*QUIET, *scores(13, 16, 8)],
        {(16, "window-open"): "open", (16, "flare-in-quieten"): "open", (16, "phase"): "settle"},
    ),
    "back to the first phase before back to the second": (
        [decided(0, "enter", "move"), *scores(1, 4, 8), *neck(3, 4, 8)],
        {(4, "relapse-in-move"): "open", (4, "phase"): "settle"},
    ),
    "six weeks of movement, and on their last day the next phase has begun": (
        [
            decided(0, "enter", "move"),
            *[therapy(day, "exercise") for day in range(0, 40, 5)],
            *neck(30, 42, 1),
        ],
        {(41, "moving-well"): "no", (42, "phase"): "keep", (42, "moving-well"): "no"},
    ),
    "seven sessions are not eight": (
        [
            decided(1, "enter", "move"),
            therapy(0, "exercise"),
            *[therapy(day, "kinesiotherapy") for day in range(1, 8)],
            *neck(36, 50, 1),
        ],
        {(50, "moving-well"): "no", (50, "phase"): "move"},
    ),
    "a start beside a session is one": (
        [
            decided(0, "enter", "move"),
            *[therapy(day, "exercise") for day in range(1, 8)],
            therapy(7, "kinesiotherapy", do="start"),
            therapy(8, "kinesiotherapy", do="stop"),
            ended(50),
        ],
        {(50, "moving-well"): "no"},
    ),
    # --- decisions
    "advance on day 0 does not advance": (
        [decided(0, "advance"), ended(2)],
        {(0, "phase"): "settle", (0, "moved"): "decision", (1, "moved"): None},
    ),
    "advance on day 1 does": ([decided(1, "advance")], {(1, "phase"): "quieten"}),
    "two advances on day 0": (
        [decided(0, "advance", time="morning"), decided(0, "advance", time="evening")],
        {(0, "phase"): "quieten"},
    ),
    "decided before day 0": (
        [decided(-4, "advance"), decided(-2, "advance"), ended(1)],
        {(-4, "phase"): "settle", (-3, "moved"): None, (-2, "phase"): "quieten", (1, "phase"): "quieten"},
    ),
    "hold on day 0": (
        [*SETTLED, decided(0, "hold"), ended(12)],
        {(0, "moved"): "decision", (9, "settled"): "open", (12, "phase"): "settle"},
    ),
    "hold until the next decision": (
        [*SETTLED, decided(3, "hold"), decided(10, "enter", "settle"), ended(12)],
        {(9, "phase"): "settle", (10, "phase"): "settle", (11, "phase"): "quieten"},
    ),
    "no gate on the day of a decision": (
        [
            *SETTLED,
            decided(9, "hold", time="morning"),
            decided(9, "advance", "settle", time="evening"),
            ended(10),
        ],
        {(9, "phase"): "settle", (10, "phase"): "quieten"},
    ),
    "left and back": (
        [decided(3, "leave"), decided(6, "override", "keep"), ended(7)],
        {
            (2, "phase"): "settle",
            (3, "phase"): None,
            (3, "moved"): "decision",
            (5, "in force"): False,
            (6, "phase"): "keep",
        },
    ),
    "outside, nothing is known since entry": (
        [
            decided(1, "enter", "move"),
            decided(44, "leave"),
            *[therapy(day, "exercise") for day in range(1, 9)],
            ended(45),
        ],
        {(43, "moving-well"): "yes", (44, "moving-well"): "unknown", (45, "moving-well"): "unknown"},
    ),
    "returned from where gates had led": (
        [*QUIET, decided(0, "enter", "settle"), decided(17, "return", "quieten")],
        {(9, "phase"): "quieten", (16, "phase"): "move", (17, "phase"): "quieten"},
    ),
    "the time of a decision decides": (
        [decided(2, "advance"), decided(2, "enter", "move", time="morning")],
        {(2, "phase"): "keep"},
    ),
    "a corrected decision is none": (
        [
            {**decided(2, "advance"), "id": "slip"},
            at(2, "note", text="a slip of the pen", replaces="slip"),
            ended(3),
        ],
        {(3, "phase"): "settle"},
    ),
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
    "the head leaves the occiput open": (
        [symptom(2, "pain", "new", site="head"), symptom(2, "numbness", "absent", site="occiput"), ended(3)],
        {(3, "spread-to-occiput"): "unknown"},
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
    "a later massage that may have been deep": (
        [therapy(4, "deep massage"), symptom(4, "pain", "new"), therapy(6, "massage")],
        {(5, "massage-backfired"): "yes", (6, "massage-backfired"): "unknown"},
    ),
    # --- red flags
    "new numbness shuts every gate, and an examination opens it": (
        [*SETTLED, symptom(3, "loss of feeling", "new", site="hand_left"), checked(10, *EXAMINED), ended(11)],
        {(9, "settled"): "shut", (9, "body-settled"): "yes", (10, "phase"): "quieten"},
    ),
    "that it went away opens nothing": (
        [symptom(3, "numbness", "new"), symptom(4, "numbness", "resolved")],
        {(4, "flags"): ["RF_NEW_NUMBNESS"]},
    ),
    "the check before it opens nothing": (
        [symptom(3, "numbness", "worse", time="evening"), {**checked(3, *EXAMINED), "time": "morning"}],
        {(3, "flags"): ["RF_NEW_NUMBNESS"]},
    ),
    "found by a check after an older examination": (
        [checked(0, *EXAMINED), checked(2, new_numbness="present"), checked(3, *EXAMINED)],
        {(2, "flags"): ["RF_NEW_NUMBNESS"], (3, "flags"): []},
    ),
    "an override clears the flag that it names": (
        [
            checked(1, stroke="present", liver="present"),
            decided(2, "override", "settle", "rf_stroke: CT was normal"),
            decided(3, "override", "settle", "Drug liver injury was ruled out"),
        ],
        {(1, "flags"): ["RF_LIVER", "RF_STROKE"], (2, "flags"): ["RF_LIVER"], (3, "flags"): []},
    ),
    "a flag that only asks shuts nothing": (
        [*SETTLED, checked(2, inflam="present"), ended(9)],
        {(9, "flags"): [], (9, "phase"): "quieten"},
    ),
    "unknown clears nothing": (
        [checked(1, gca="present"), checked(2, gca="unknown"), checked(3, "gca")],
        {(2, "flags"): ["RF_GCA"], (3, "flags"): []},
    ),
    "a condition shuts no gate": (
        [at(1, "finding", what="vascular_red_flag", state="present")],
        {(1, "flags"): []},
    ),
}
