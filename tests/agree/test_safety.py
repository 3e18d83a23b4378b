"""Random records with regimens, findings, flags, consents and procedures: alerts by id, as a review has them."""

from __future__ import annotations

import tempfile
from pathlib import Path

import polars as pl
from hypothesis import assume, given
from hypothesis import strategies as st

from assuage.cohort import review_cohort
from assuage.errors import Problems
from assuage.pathways.registry import pathway
from assuage.record.read import parse_record
from assuage.record.rows import read_table
from assuage.record.table import to_frame
from assuage.review.make import review
from assuage.safety.formulary import SUBSTANCES
from assuage.safety.situation import PROCEDURES
from assuage.terms.conditions import CONDITIONS
from assuage.terms.red_flags import RED_FLAGS
from assuage.terms.symptoms import STATES
from tests.property.strategies import SITE_IDS

NECK_FIRST = pathway("neck-first")
DRUGS = sorted(key for key, row in SUBSTANCES.items() if row.kind != "procedure")
STATES_OF_FINDINGS = ["present", "absent", "normal", "abnormal", "unknown"]
WORDS = ["ALT", "creatinine", "eGFR", "ECG", "25-OH-D", "allergy to ketoprofen", "ibuprofen allergy"]
MIXED = ["ketoprofen", "lidocaine", "dexketoprofen", "thiocolchicoside", "saline", "diazepam"]

day = st.integers(-30, 30)


def _doses(draw, drug):
    unit = SUBSTANCES[drug].dosing.unit if drug in SUBSTANCES else ""
    return [
        {
            "amount": draw(st.sampled_from([1, 20, 150, 2000, 90000])),
            "unit": draw(st.sampled_from([unit or "mg", "mg", "mcg", "tablets"])),
        }
        for _ in range(draw(st.integers(0, 2)))
    ]


@st.composite
def medications(draw):
    drug = draw(st.sampled_from([*DRUGS, "an unknown herb"]))
    entry = {
        "kind": "medication",
        "drug": drug,
        "do": draw(st.sampled_from(["start", "start", "change", "stop"])),
    }
    doses = _doses(draw, drug)
    route = draw(st.sampled_from([None, None, "oral", "intradermal", "patch"]))
    if doses and entry["do"] != "stop":
        entry["doses"] = doses
    return entry | ({"route": route} if route else {})


@st.composite
def findings(draw):
    what = draw(st.one_of(st.sampled_from(sorted(CONDITIONS)), st.sampled_from(WORDS)))
    return {"kind": "finding", "what": what, "state": draw(st.sampled_from(STATES_OF_FINDINGS))}


@st.composite
def symptoms(draw):
    what = draw(
        st.sampled_from(
            ["pain", "numbness", "weakness", "dizziness", "headache", "all_symptoms", "widespread_pain"]
        )
    )
    site = draw(st.sampled_from([None, *SITE_IDS]))
    return {"kind": "symptom", "what": what, "state": draw(st.sampled_from(STATES))} | (
        {"site": site} if site else {}
    )


@st.composite
def therapies(draw):
    what = draw(st.sampled_from([*PROCEDURES, "massage", "mesotherapy", "mesotherapy", "kinesiotherapy"]))
    entry = {
        "kind": "therapy",
        "what": what,
        "do": draw(st.sampled_from(["session", "session", "start", "stop"])),
    }
    pressure = draw(st.sampled_from([None, "light", "medium", "deep"]))
    if what == "massage" and pressure:
        entry["pressure"] = pressure
    if what == "mesotherapy" and draw(st.booleans()):
        parts = draw(st.lists(st.sampled_from(MIXED), min_size=1, max_size=3, unique=True))
        amounts = st.sampled_from([{}, {"amount_mg": 20}, {"amount_mg": 700}, {"volume_ml": 1}])
        entry["mixture"] = [{"drug": part, **draw(amounts)} for part in parts]
    return entry


checks = st.fixed_dictionaries(
    {
        "kind": st.just("red_flag_check"),
        "flags": st.dictionaries(
            st.sampled_from(sorted(RED_FLAGS)),
            st.sampled_from(["present", "absent", "unknown"]),
            min_size=1,
            max_size=4,
        ),
    }
)
overrides = st.sampled_from(sorted(RED_FLAGS)).map(
    lambda flag: {"kind": "decision", "do": "override", "because": f"{flag} excluded"}
)
consents = st.fixed_dictionaries(
    {
        "kind": st.just("consent"),
        "for": st.sampled_from(["care", "mesotherapy", "research"]),
        "state": st.sampled_from(["given", "refused", "withdrawn"]),
    }
)
entry = st.one_of(
    medications(),
    medications(),
    medications(),
    findings(),
    findings(),
    symptoms(),
    therapies(),
    therapies(),
    checks,
    overrides,
    consents,
)


@st.composite
def documents(draw, name):
    entries = draw(st.lists(st.tuples(st.one_of(day, st.just(30), st.integers(20, 30)), entry), max_size=14))
    told = []
    for number, (on, one) in enumerate(entries):
        clock = {} if draw(st.integers(0, 3)) == 0 else {"time": f"{number:02}:15"}
        told.append({"day": on, **clock, **one})
    if told and draw(st.integers(0, 7)) == 0:
        told[0]["id"] = "old"
        told.append({**told[0], "id": "new", "replaces": "old"})
    who = {"id": name}
    if draw(st.booleans()):
        who["sex"] = draw(st.sampled_from(["female", "male", "other"]))
    if draw(st.booleans()):
        who["age"] = draw(st.sampled_from([12, 17, 40, 64, 65, 80]))
    return {"format": "assuage-record/1", "patient": who, "entries": told}


def read(plain):
    try:
        return parse_record(plain)
    except Problems:  # two entries that contradict each other: no record, so nothing to agree on
        return None


def reviewed(records, on, pathway=NECK_FIRST):
    """What the cohort writes, and the records as the table gives them back."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        to_frame(records).write_parquet(folder / "cohort.parquet")
        review_cohort(folder / "cohort.parquet", pathway, folder / "out", on=on)
        frames = {file.stem: pl.read_parquet(file) for file in (folder / "out").glob("*.parquet")}
        return frames, {one.patient.id: one for one in read_table(folder / "cohort.parquet")}


drawn = st.integers(1, 5).flatmap(lambda count: st.tuples(*(documents(f"p{at}") for at in range(count))))


@given(drawn, st.sampled_from([-10, 0, 29, 30, 30, 31, 45]))
def test_alerts_are_those_of_a_review_of_each_patient(plain, on):
    records = [record for one in plain if (record := read(one))]
    assume(records)
    frames, expected = reviewed(records, on)
    got = dict(zip(frames["state"]["patient"], frames["state"]["alerts"].to_list(), strict=True))
    refused = set(frames["rejected"]["patient"])
    for name, record in expected.items():
        if name in refused:
            continue
        assert got[name] == sorted({alert.id for alert in review(record, NECK_FIRST, on).alerts})
