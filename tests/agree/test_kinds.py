"""Every kind of entry in a table: where it changes an answer of one patient, it changes the cohort's the same way.

One row a kind: what is known before, the entry, and what of a review it changes. Both engines are asked with the entry
and without it; the kinds that no rule of a pathway or of safety reads change at most which days somebody reported.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import polars as pl
import pytest

from assuage.cohort import review_cohort
from assuage.engine.walk import walk
from assuage.measures.notation import finding, medication, records
from assuage.pathways.model import Pathway, Phase, gate
from assuage.record.kinds import KINDS
from assuage.record.read import parse_record
from assuage.record.table import to_frame
from assuage.review.make import review
from assuage.terms.conditions import CONDITIONS
from assuage.terms.drugs import AMITRIPTYLINE, TIZANIDINE
from assuage.terms.therapies import MASSAGE
from assuage.terms.times import days
from tests.agree.both import assert_agreement
from tests.care_examples import CARE_ENTRIES
from tests.small_pathway import example

ON = 10
TAKES = {"day": 0, "kind": "medication", "drug": "tizanidine", "do": "start"}
ALLERGIC = {"day": 1, "kind": "allergy", "substance": "tizanidine", "certainty": "confirmed"}
DIARY = [{"day": day, "kind": "note", "text": "well", "by": "patient"} for day in (7, 8, 9)]

ASKED = (
    example("bleeds", finding(CONDITIONS["bleeding_disorder"]).present),
    example("pregnant", finding(CONDITIONS["pregnancy_t1"]).present),
    example("kidneys", finding(CONDITIONS["ckd_lt30"]).present),
    example("immune", finding(CONDITIONS["immunosuppressed"]).present),
    example("takes-tizanidine", medication(TIZANIDINE).taken),
    example("takes-amitriptyline", medication(AMITRIPTYLINE).taken),
    example("left-alone", records(MASSAGE).past(days(4), needing=4).absent),
)
FIRST, SECOND = (
    Phase("first", "First", "An example.", leave=gate("on", "On", *ASKED)),
    Phase("second", "Second", "An example."),
)
ASKING = Pathway("asking", 1, "A pathway that asks", "An example.", (FIRST, SECOND))

DEFENDED = [
    TAKES,
    {"day": 0, "kind": "finding", "what": "immunosuppressed", "state": "absent"},
    {"day": 10, "kind": "therapy", "what": "mesotherapy", "do": "session"},
]
FILTERS = [TAKES, {"day": 1, "kind": "measurement", "what": "eGFR", "value": 90, "unit": "ml/min/1.73 m²"}]

ANSWERS, ALERTS, NOTHING = "answers", "alerts", "nothing"
ROWS = (
    (
        [TAKES],
        {"kind": "measurement", "what": "eGFR", "value": 22, "unit": "ml/min/1.73 m²"},
        {ANSWERS, ALERTS},
    ),
    ([TAKES], {"kind": "allergy", "substance": "tizanidine", "certainty": "confirmed"}, {ALERTS}),
    ([TAKES], {"kind": "allergy", "substance": "birch pollen", "certainty": "confirmed"}, {NOTHING}),
    ([TAKES], {"kind": "adverse_event", "what": "drowsiness", "suspected": ["tizanidine"]}, {NOTHING}),
    ([TAKES], {"kind": "diagnosis", "what": "bleeding disorder", "certainty": "confirmed"}, {ANSWERS}),
    ([TAKES], {"kind": "diagnosis", "what": "bleeding disorder", "certainty": "refuted"}, {ANSWERS}),
    ([TAKES], {"kind": "symptom", "what": "bleeding disorder", "state": "new"}, {ANSWERS}),
    ([TAKES], {"kind": "symptom", "what": "eGFR below 30", "state": "present"}, {ANSWERS, ALERTS}),
    ([TAKES], {"kind": "symptom", "what": "bleeding disorder", "state": "resolved"}, {NOTHING}),
    ([TAKES], {"kind": "adherence", "drug": "tizanidine", "taken": False}, {ANSWERS}),
    (
        [TAKES],
        {"kind": "intake", "drug": "amitriptyline", "doses": [{"amount": 10, "unit": "mg"}]},
        {ANSWERS, ALERTS},
    ),
    ([TAKES], {"kind": "intake", "drug": "ibuprofen"}, {ALERTS}),
    ([TAKES], {"kind": "adherence", "drug": "ibuprofen", "taken": True}, {NOTHING}),
    (DIARY, {"kind": "offer", "what": "mesotherapy", "chosen": True, "by": "patient"}, {ANSWERS}),
    (DIARY, {"kind": "exposure", "name": "coffee", "amount": 2, "by": "patient"}, {ANSWERS}),
    (DIARY, {"kind": "rating", "name": "fog", "value": 3, "by": "patient"}, {ANSWERS}),
    (DIARY, {"kind": "goal", "what": "walk", "reached": False, "by": "patient"}, {ANSWERS}),
    (DIARY, {"kind": "appointment", "on": 42, "kept": True, "by": "patient"}, {ANSWERS}),
    (DIARY, {"kind": "rating", "name": "fog", "value": 3}, {NOTHING}),
    (DIARY, {"kind": "measurement", "what": "weight", "value": 70, "unit": "kg", "by": "patient"}, {ANSWERS}),
    (DEFENDED, {"kind": "medication", "drug": "adalimumab", "do": "start"}, {ANSWERS, ALERTS}),
    (DEFENDED, {"kind": "medication", "drug": "methotrexate", "do": "start"}, {ANSWERS, ALERTS}),
    (DEFENDED, {"kind": "medication", "drug": "tacrolimus ointment", "do": "start"}, {NOTHING}),
    (DEFENDED, {"kind": "intake", "drug": "prednisolone"}, {ANSWERS, ALERTS}),
    (
        FILTERS,
        {"kind": "finding", "what": "creatinine", "state": "abnormal", "result": "high"},
        {ANSWERS, ALERTS},
    ),
    (FILTERS, {"kind": "finding", "what": "low eGFR", "state": "present"}, {ANSWERS, ALERTS}),
    (FILTERS, {"kind": "finding", "what": "creatinine", "state": "normal"}, {NOTHING}),
    ([{**TAKES, "id": "start"}], {"kind": "void", "of": "start", "because": "an example"}, {ANSWERS, ALERTS}),
    (
        [{**TAKES, "id": "start"}],
        {"kind": "void", "of": "start", "because": "an example", "role": "import"},
        {ANSWERS},
    ),
    (
        [{**TAKES, "id": "start", "role": "physician", "author": "a"}],
        {"kind": "void", "of": "start", "because": "an example", "role": "researcher", "author": "a"},
        {ANSWERS},
    ),
    ([TAKES, ALLERGIC], {**ALLERGIC, "day": ON, "certainty": "refuted"}, {ALERTS}),
    ([TAKES, ALLERGIC], {**ALLERGIC, "day": ON, "certainty": "refuted", "role": "relative"}, {NOTHING}),
    ([TAKES, ALLERGIC], {**ALLERGIC, "day": ON, "certainty": "suspected", "role": "relative"}, {NOTHING}),
    (
        [TAKES, ALLERGIC],
        {"kind": "finding", "what": "tizanidine allergy", "state": "absent", "role": "import"},
        {NOTHING},
    ),
)


def document(name, entries):
    return parse_record({"format": "assuage-record/2", "patient": {"id": name}, "entries": entries})


def alerts_of(records):
    """The alerts of a cohort's patients on the day, in order."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        to_frame(records).write_parquet(folder / "in.parquet")
        review_cohort(folder / "in.parquet", ASKING, folder / "out", on=ON)
        return pl.read_parquet(folder / "out" / "state.parquet")["alerts"].to_list()


def row_part(value):
    """The beginning of a part of a row, the same in every process."""
    return str(sorted(value) if isinstance(value, set) else value)[:60]


DECIDED = ("enter", "advance", "return", "override", "leave", "hold")
NO_CLINICIANS = ("patient", "relative", "researcher", "device")


def test_a_decision_that_is_no_clinicians_moves_nobody_in_both_engines():
    records = {}
    for do in DECIDED:
        to = {"enter": "second", "override": "second", "return": "first"}.get(do)
        decided = {
            "day": 5,
            "kind": "decision",
            "do": do,
            "because": "x",
            **({} if to is None else {"to": to}),
        }
        for role in (*NO_CLINICIANS, "physician"):
            records[do, role] = document(f"{do} {role}", [TAKES, decided | {"role": role}])
            elsewhere = decided | {"role": role, "pathway": "another", "day": -3}
            records[do, role, "elsewhere"] = document(f"{do} {role} elsewhere", [TAKES, elsewhere])
    assert_agreement(ASKING, list(records.values()), ON)
    moved = {
        key
        for key, each in records.items()
        if walk(ASKING, each, ON).stays != walk(ASKING, document("n", [TAKES]), ON).stays
    }
    assert moved == {(do, "physician") for do in ("enter", "advance", "override", "leave")}


@pytest.mark.parametrize(("before", "entry", "changes"), ROWS, ids=row_part)
def test_a_kind_changes_in_a_cohort_what_it_changes_in_one_patient(before, entry, changes):
    without, with_it = document("a", before), document("b", [*before, {"day": ON, **entry}])
    courses = [assert_agreement(ASKING, [each], ON) for each in (without, with_it)]
    first, second = (each.states.answers[0].tolist() for each in courses if each is not None)
    cohort = alerts_of([without, with_it])
    alone = [sorted({alert.id for alert in review(each, ASKING, ON).alerts}) for each in (without, with_it)]
    assert cohort == alone
    found = {ANSWERS} if first != second else set()
    found |= {ALERTS} if cohort[0] != cohort[1] else set()
    assert (found or {NOTHING}) == changes


def test_every_kind_of_the_second_format_has_a_row():
    newer = {kind.name for kind in KINDS.values() if kind.since > 1}
    assert {entry["kind"] for _, entry, _ in ROWS} >= newer
    assert {entry["kind"] for entry in CARE_ENTRIES} | {"void"} == newer


@pytest.mark.parametrize(
    "times", [(None, None), ("08:00", "08:00"), ("08:00", "09:00"), (None, "09:00"), ("morning", "08:00")]
)
def test_a_check_of_the_day_clears_what_was_told_before_it_in_both_engines(
    times: tuple[str | None, str | None],
):
    absent = dict.fromkeys(("RF_NEW_NUMBNESS", "RF_DISSECTION", "RF_MYELOPATHY", "RF_PROGRESSIVE"), "absent")
    told = {"day": 5, "kind": "symptom", "what": "numbness", "state": "new", "site": "neck"}
    check = {"day": 5, "kind": "red_flag_check", "flags": absent}
    entries = [
        entry if time is None else entry | {"time": time}
        for entry, time in zip((told, check), times, strict=True)
    ]
    record = parse_record(
        {"format": "assuage-record/2", "patient": {"id": "p"}, "entries": [TAKES, *entries]}
    )
    assert_agreement(ASKING, [record], 6)
