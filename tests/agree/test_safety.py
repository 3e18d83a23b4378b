"""Random records with regimens, findings, flags, consents and procedures: alerts by id, as a review has them."""

from __future__ import annotations

import tempfile
from pathlib import Path

import polars as pl
from hypothesis import assume, given
from hypothesis import strategies as st

from assuage.cohort import review_cohort
from assuage.engine.many.alerts.rule_tables import rule_tables, safety_ids
from assuage.engine.many.alerts.situations import raised_in
from assuage.errors import Problems
from assuage.instruments import INSTRUMENTS
from assuage.instruments.severity import SSS_ITEMS
from assuage.pathways.registry import pathway
from assuage.record.entries import AnswersEntry, Dose
from assuage.record.read import parse_record
from assuage.record.rows import read_table
from assuage.record.stated import scored_answers
from assuage.record.table import to_frame
from assuage.record.timeline import Timeline
from assuage.review.diagnosis import diagnosis, shown_criteria
from assuage.review.make import review
from assuage.safety.active_flags import ActiveFlag
from assuage.safety.check import check
from assuage.safety.formulary import FORMULARY_ROWS, SUBSTANCES
from assuage.safety.situation import PROCEDURES, RegimenLine, Situation
from assuage.terms.answers import NO, UNKNOWN, YES
from assuage.terms.conditions import CONDITIONS
from assuage.terms.holds import HOLDS, LapsedStatement
from assuage.terms.red_flags import RED_FLAGS
from assuage.terms.sites import WPI_SITES
from assuage.terms.symptoms import STATES
from tests.property.strategies import SITE_IDS

NECK_FIRST = pathway("neck-first")
# Rows of the formulary, and members of classes that only the drug index has.
DRUGS = [
    *sorted(key for key, row in FORMULARY_ROWS.items() if row.kind not in ("procedure", "class_item")),
    *(
        "sumatriptan",
        "lisinopril",
        "phenelzine",
        "zopiclone",
        "oxycodone",
        "dexketoprofen",
        "phenprocoumon",
        "haloperidol",
    ),
]
# Names that are unread or read in part, combinations, misspelt, from memory, of something that no rule speaks of, or of
# a class.
NAMES = [
    *("Tylenol 3", "warfarin and a herb", "MAOI", "blood thinner", "SSRI", "triptan"),
    *("an unknown herb", "an unknown herb", "paracetamol/codeine", "amitriptyline/perphenazine", "tramadal"),
    *("Orfarin", "Coumadin", "metformin", "naproxen/esomeprazole"),
    *("adalimumab", "methotrexate", "prednisolone", "immunosuppressant", "tacrolimus ointment"),
]
STATES_OF_FINDINGS = ["present", "absent", "normal", "abnormal", "unknown"]
NUMBERS = ["eGFR 22", "eGFR 45", "eGFR 90", "ALT 300 U/l (6x ULN)", "ALT 20 U/l (range 10-40)", "QTc 510 ms",
           "QTc 430 ms", "creatinine 2.2 mg/dl", "sodium 128 mmol/l", "BMI 33", "BP 165/95", "INR 3.2",
           "temperature 38.5 °C",
           "25-OH-D 12 ng/ml"]  # fmt: skip
WORDS = [
    *NUMBERS,
    "ALT",
    "creatinine",
    "eGFR",
    "ECG",
    "25-OH-D",
    "creatinine high",
    "low sodium",
    "allergy to ketoprofen",
    "ibuprofen allergy",
    "urticaria after naproxen",
    "anaphylaxis from ketoprofen 2019",
    "alergija tizanidinui",
]
MIXED = ["ketoprofen", "lidocaine", "dexketoprofen", "thiocolchicoside", "saline", "diazepam"]

OFTEN = ["night", "every 6 hours", "every other day", "weekly", "on Monday", "on Thursday", "as needed", "now and then",
         "as needed up to 3 times a day", "1-0-2"]  # fmt: skip

day = st.integers(-30, 30)
# Ages at which what was said of something ceases to hold, on day 30 or the day before.
AGES = sorted(
    {days for holds in HOLDS.values() for days in (holds.present, holds.absent) if days is not None}
)
long_ago = st.sampled_from([30 - age + later for age in AGES for later in (0, 1)])


def _doses(draw, drug):
    unit = SUBSTANCES[drug].dosing.unit if drug in SUBSTANCES else ""
    return [
        {
            "amount": draw(st.sampled_from([1, 20, 150, 2000, 90000])),
            "unit": draw(st.sampled_from([unit or "mg", "mg", "mcg", "tablets"])),
            "when": draw(st.sampled_from(OFTEN)),
        }
        for _ in range(draw(st.integers(0, 2)))
    ]


@st.composite
def medications(draw):
    drug = draw(st.one_of(st.sampled_from(DRUGS), st.sampled_from(DRUGS), st.sampled_from(NAMES)))
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


MEASURED = [
    {"what": "eGFR", "value": 22, "unit": "ml/min/1.73 m²"},
    {"what": "eGFR", "low": 28, "high": 35},
    {"what": "creatinine", "value": 2.2, "unit": "mg/dl"},
    {"what": "ALT", "value": 300, "unit": "U/l", "range": {"low": 10, "high": 40}},
    {"what": "QTc", "value": 430, "unit": "ms"},
    {"what": "sodium", "value": 128, "unit": "mmol/l"},
    {"what": "temperature", "value": 38.4, "unit": "°C"},
    {"what": "weight", "value": 70, "unit": "kg"},
]


@st.composite
def stated(draw):
    """A condition, an allergy or an intolerance, as an entry of its own kind."""
    drug = draw(st.sampled_from([*DRUGS, *NAMES, "birch pollen"]))
    what = draw(st.sampled_from([*sorted(CONDITIONS), "Raynaud", "eGFR 22"]))
    certainty = draw(st.sampled_from([None, "confirmed", "refuted"]))
    entry = draw(
        st.sampled_from(
            [
                {"kind": "allergy", "substance": drug},
                {"kind": "diagnosis", "what": what},
                {"kind": "adverse_event", "what": what, "suspected": [drug]},
                {"kind": "intake", "drug": drug},
                {"kind": "adherence", "drug": drug, "taken": draw(st.booleans())},
            ]
        )
    )
    known = certainty is not None and entry["kind"] in ("allergy", "diagnosis")
    return entry | ({"certainty": certainty} if known else {})


@st.composite
def findings(draw):
    if draw(st.integers(0, 3)) == 0:
        return draw(stated())
    if draw(st.integers(0, 3)) == 0:
        return {"kind": "measurement", **draw(st.sampled_from(MEASURED))}
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
    entries = draw(
        st.lists(st.tuples(st.one_of(day, long_ago, st.just(30), st.integers(20, 30)), entry), max_size=14)
    )
    if draw(st.booleans()):  # a long list of drugs and diagnoses, as some have it
        drugs = draw(st.lists(st.sampled_from(DRUGS), min_size=4, max_size=10, unique=True))
        entries += [
            (-20, {"kind": "medication", "drug": drug, "do": "start", "doses": _doses(draw, drug)})
            for drug in drugs
        ]
        known = draw(st.lists(st.sampled_from(sorted(CONDITIONS)), min_size=5, max_size=12, unique=True))
        entries += [(-20, {"kind": "finding", "what": one, "state": "present"}) for one in known]
    told = []
    for number, (on, one) in enumerate(entries):
        clock = {} if draw(st.integers(0, 3)) == 0 else {"time": f"{number // 4:02}:{number % 4 * 15:02}"}
        told.append({"day": on, **clock, **one})
    if told and draw(st.integers(0, 7)) == 0:
        told[0]["id"] = "old"
        told.append({**told[0], "id": "new", "replaces": "old"})
    who = {"id": name}
    if draw(st.booleans()):
        who["sex"] = draw(st.sampled_from(["female", "male", "other"]))
    if draw(st.booleans()):
        who["age"] = draw(st.sampled_from([12, 17, 40, 64, 65, 80]))
    return {"format": "assuage-record/2", "patient": who, "entries": told}


def read(plain):
    try:
        return parse_record(plain)
    except Problems:  # two entries that contradict each other: no record, so nothing to agree on
        return None


def reviewed(records, on, pathway=NECK_FIRST, changed=lambda frame: frame):
    """What the cohort writes, and the records as the table gives them back."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        changed(to_frame(records)).write_parquet(folder / "cohort.parquet")
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


@st.composite
def situations(draw):
    """A day with many substances and conditions at once, so that every row of the tables has its turn."""
    chosen = draw(st.lists(st.sampled_from(sorted(SUBSTANCES)), min_size=2, max_size=12))
    lines = []
    for one in chosen:
        unit = SUBSTANCES[one].dosing.unit or "mg"
        doses = draw(st.sampled_from([
            (), (Dose(1, unit),), (Dose(90000, unit),), (Dose(1, "tablets"),), (Dose(1, unit, "weekly"),),
            (Dose(1, unit, "now and then"),),
        ]))  # fmt: skip
        sure = SUBSTANCES[one].kind != "procedure" or draw(st.booleans())
        lines.append(RegimenLine(one, one, doses, sure=sure))
    if draw(st.integers(0, 4)) == 0:
        lines.append(RegimenLine(None, "a herb"))
    recent = draw(st.lists(st.sampled_from(PROCEDURES), max_size=2))
    conditions = draw(
        st.dictionaries(
            st.sampled_from(sorted(CONDITIONS)), st.sampled_from([YES, YES, NO, UNKNOWN]), max_size=40
        )
    )
    old = draw(st.lists(st.sampled_from(sorted(CONDITIONS)), max_size=20, unique=True))
    flags = draw(st.lists(st.sampled_from(sorted(RED_FLAGS)), max_size=3, unique=True))
    return Situation(
        tuple(lines),
        recent=tuple(RegimenLine(one, one) for one in recent),
        conditions=conditions,
        lapsed={
            one: LapsedStatement(answer, 0, 28)
            for one in old
            for answer in (conditions.get(one, NO),)
            if answer is not UNKNOWN
        },
        red_flags=tuple(ActiveFlag(RED_FLAGS[flag], 0, "an example") for flag in flags),
        allergies=tuple(draw(st.lists(st.sampled_from(DRUGS), max_size=3, unique=True))),
        age=draw(st.sampled_from([None, 12, 40, 80])),
        sex=draw(st.sampled_from([None, "male", "female"])),
    )


ALERT_IDS = sorted(safety_ids())
RULES = rule_tables(ALERT_IDS)


@given(situations())
def test_the_joined_rules_say_what_the_check_says(situation):
    assert raised_in(situation, RULES, ALERT_IDS) == sorted({alert.id for alert in check(situation)})


# --- criteria and instruments -----------------------------------------------------------------------

WPI = sorted(WPI_SITES)
SSS = [item.id for item in SSS_ITEMS]
blanks = st.sampled_from([0, 0, 1, 1, 1, None])


@st.composite
def measured(draw):
    kind = draw(st.sampled_from(["map", "sites", "sss", "total", "onset", "phq9", "gad7"]))
    match kind:
        case "map":
            whole = draw(st.booleans())
            hurting = st.sampled_from([1, 1, 1, 0, None]) if draw(st.booleans()) else blanks
            named = WPI if whole else draw(st.lists(st.sampled_from(WPI), min_size=1, unique=True))
            return {"kind": "answers", "instrument": "wpi", "items": {site: draw(hurting) for site in named}}
        case "sites":
            sites = draw(st.lists(st.sampled_from([*WPI, "head", "widespread"]), unique=True, max_size=12))
            return {"kind": "answers", "instrument": "wpi", "sites": sites}
        case "sss":
            high = {item.id: item.high for item in SSS_ITEMS}
            named = (
                draw(st.lists(st.sampled_from(SSS), min_size=1, unique=True)) if draw(st.booleans()) else SSS
            )
            items = {
                item: draw(st.one_of(st.just(high[item]), st.sampled_from([0, 1, None]))) for item in named
            }
            return {"kind": "answers", "instrument": "sss", "items": items}
        case "total":
            scale = draw(st.sampled_from(["wpi", "sss"]))
            low, high = sorted((draw(st.integers(0, 12)), draw(st.integers(0, 12))))
            value = draw(st.sampled_from([{"value": high}, {"low": low, "high": high}]))
            return {"kind": "score", "scale": scale, **value}
        case "onset":
            what = draw(st.sampled_from(["pain", "widespread_pain", "widespread_pain", "all_symptoms"]))
            site = draw(st.sampled_from([{}, {}, {"site": "neck"}, {"site": "widespread"}]))
            state = draw(st.sampled_from(["new", "new", *STATES]))
            return {"kind": "symptom", "what": what, "state": state, **site}
        case _:
            count = 9 if kind == "phq9" else 7
            answered = draw(st.lists(st.sampled_from([0, 1, 2, 3, None]), min_size=count, max_size=count))
            return {
                "kind": "answers",
                "instrument": kind,
                "items": dict(zip((i.id for i in INSTRUMENTS[kind].items), answered, strict=True)),
            }


@st.composite
def measurements(draw, name):
    days = st.one_of(st.integers(-200, 20), st.sampled_from([-95, -92, -91, -61, 0, 1]))
    entries = draw(st.lists(st.tuples(days, measured()), max_size=9))
    told = [{"day": on, "time": f"{number:02}:15", **one} for number, (on, one) in enumerate(entries)]
    if told and draw(st.integers(0, 7)) == 0:
        told[0]["id"] = "old"
        told.append({**told[0], "id": "new", "replaces": "old"})
    who = {"id": name} | draw(st.sampled_from([{}, {"age": 17}, {"age": 18}, {"age": 50}]))
    return {"format": "assuage-record/2", "patient": who, "entries": told}


def plainer(frame):
    """The same table as it comes from elsewhere: items that are blank have a null for a value, nothing in text."""
    blank = pl.col("text").str.replace('"is":[null],', "", literal=True)
    return frame.with_columns(text=blank)


told = st.integers(1, 6).flatmap(lambda count: st.tuples(*(measurements(f"p{at}") for at in range(count))))


@given(told, st.sampled_from([-60, 0, 1, 20, 20]), st.sampled_from([plainer, lambda frame: frame]))
def test_criteria_and_scores_are_those_of_each_patient(plain, on, changed):
    records = [record for one in plain if (record := read(one))]
    assume(records)
    frames, expected = reviewed(records, on, changed=changed)
    refused = set(frames["rejected"]["patient"])
    got = {(row[0], row[1]): row[2:] for row in frames["criteria"].iter_rows()}
    scores = {name: [] for name in expected}
    for row in frames["scores"].iter_rows():
        scores[row[0]].append(row[1:])
    for name, record in expected.items():
        if name in refused:
            continue
        for criteria, one in diagnosis(record, Timeline(record), on, shown_criteria(NECK_FIRST)).items():
            assert got[name, criteria] == (one.scored.answer.value, one.as_of), criteria
        wanted = []
        for entry in record.current:
            if isinstance(entry, AnswersEntry) and entry.day <= on:
                found = scored_answers(entry)
                if found and found.low is not None:
                    wanted.append((entry.day, entry.instrument, found.low, found.high, found.band))
        assert scores[name] == wanted
