"""Small records by hand about who moves whom: gates, decisions, red flags."""

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
    scores,
    symptom,
    therapy,
)

CONDITIONS = ("on_anticoagulant", "bleeding_disorder", "skin_infection_site", "fever_systemic", "la_allergy")
ONCE = [at(0, "finding", what=what, state="absent") for what in (*CONDITIONS, "nsaid_hypersensitivity")]
# From day 8 on a fever is asked every day, and the skin every week: the answers hold no longer.
AGAIN = [
    *(at(day, "finding", what="fever_systemic", state="absent") for day in range(8, 18)),
    *(at(day, "finding", what="skin_infection_site", state="absent") for day in (7, 14)),
]
SAFE = [*ONCE, *AGAIN, drug(0, "amitriptyline")]
ALL_GONE = [symptom(9, what, "resolved") for what in ("widespread pain", "sleep problem", "anxiety")]
# On day 9 all three are gone and the neck hurts: the way to `quieten` is open.
SETTLED = [*SAFE, *ALL_GONE, *neck(5, 9, 5)]
# From day 10 on the neck is quiet, and the patient tells of every day: on day 16 the way to `move` is open.
QUIET = [*SETTLED, *neck(10, 16, 1, by="patient")]

OF_MOVES: dict[str, Scenario] = {
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
    "what was said of fever and the skin holds its days, and shuts the gate after them": (
        [
            *(entry for entry in SETTLED if entry not in AGAIN),
            at(11, "finding", what="fever_systemic", state="absent"),
            at(12, "finding", what="fever_systemic", state="present"),
            at(13, "finding", what="skin_infection_site", state="absent"),
            at(14, "finding", what="fever_systemic", state="absent"),
            ended(15),
        ],
        {
            (9, "settled"): "open",
            (9, "safe-to-inject"): "unknown",
            (11, "safe-to-inject"): "unknown",
            (12, "safe-to-inject"): "no",
            (13, "safe-to-inject"): "unknown",
            (13, "phase"): "settle",
            (14, "safe-to-inject"): "yes",
            (14, "phase"): "quieten",
            (15, "safe-to-inject"): "unknown",
        },
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
    "what a patient decides moves nobody and ends no hold": (
        [
            *SETTLED,
            decided(2, "advance", by="patient"),
            decided(3, "hold"),
            decided(4, "leave", by="patient"),
            decided(5, "enter", "move", by="import"),
            ended(12),
        ],
        {(2, "phase"): "settle", (4, "phase"): "settle", (12, "phase"): "settle"},
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
    "a condition tells of its flag": (
        [at(1, "finding", what="vascular_red_flag", state="present")],
        {(1, "flags"): ["RF_DISSECTION"]},
    ),
}
