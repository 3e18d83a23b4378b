"""What is said of the course of a drug, and numbers that are read by age and sex, are judged by the kernels.

Doses as they were taken beside a course, how regularly it was taken or that it was not, that nothing is taken, and a
creatinine, as a measurement or in a finding's words: none of them sends a patient to the reference engine, and both
engines say the same of every day, and of the alerts of the last.
"""

from __future__ import annotations

import dataclasses
import json
from unittest.mock import patch

import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assuage.engine.many.alerts.effects import PART, Numbers, effect_of
from assuage.engine.many.engine import Engine
from assuage.engine.many.entries.compiled import EntryInterner
from assuage.engine.many.entries.sum_scores import FOLDED
from assuage.engine.many.program.lower import lower
from assuage.errors import Problems
from assuage.instruments import INSTRUMENTS
from assuage.measures.notation import finding, medication, score
from assuage.pathways.model import Pathway, Phase, gate
from assuage.record.entries import Patient
from assuage.record.read import parse_record
from assuage.record.table import RecordRow, to_frame
from assuage.terms.conditions import CONDITIONS
from assuage.terms.drug_names import find_drug
from assuage.terms.drugs import AMITRIPTYLINE, TIZANIDINE
from assuage.terms.times import days
from tests.agree.both import assert_agreement, assert_same_alerts, courses, one_each
from tests.small_pathway import example

ON = 8
A_CLASS = find_drug("NSAID")
assert A_CLASS is not None
ASKED = (
    example("takes-tizanidine", medication(TIZANIDINE).taken),
    example("takes-amitriptyline", medication(AMITRIPTYLINE).taken),
    example("takes-nsaid", medication(A_CLASS).taken),
    example("takes-either", medication(AMITRIPTYLINE, TIZANIDINE).taken),
    example("on-amitriptyline", medication(AMITRIPTYLINE).time_on >= days(3)),
    example("kidneys", finding(CONDITIONS["ckd_lt30"]).present),
    example("kidneys-a-little", finding(CONDITIONS["ckd_30_59"]).present),
    example("worries", score(INSTRUMENTS["gad7"].scale).past(days(3)).last <= 9),
)
COURSES = Pathway(
    "courses",
    1,
    "A pathway that asks what is taken",
    "An example.",
    (
        Phase("first", "First", "An example.", leave=gate("on", "On", *ASKED)),
        Phase("second", "Second", "An example."),
    ),
)
ASKING = lower(COURSES)
NAMES = ("amitriptyline", "Saroten", "tizanidine", "ibuprofen", "an NSAID", "Xyzal forte unknown")
NONE_TAKEN = {"kind": "finding", "what": "takes no medication", "state": "present"}
CREATININE = {"kind": "measurement", "what": "creatinine"}
IN_WORDS = {"kind": "finding", "state": "abnormal"}
TEXTS = (
    "creatinine 92",
    "creatinine 92 µmol/l",
    "creatinine 300 umol/l",
    "creatinine > 400 µmol/l",
    "Kreatinin 2.2 mg/dl",
)
STATES = ("present", "abnormal", "normal", "absent", "unknown")


@st.composite
def words(draw):
    drug = draw(st.sampled_from(NAMES))
    return draw(
        st.sampled_from(
            [
                {"kind": "medication", "drug": drug, "do": "start"},
                {"kind": "medication", "drug": drug, "do": "change"},
                {"kind": "medication", "drug": drug, "do": "stop"},
                {"kind": "intake", "drug": drug},
                {"kind": "adherence", "drug": drug, "taken": draw(st.sampled_from([False, True, 0, 0.5]))},
                NONE_TAKEN,
                {**CREATININE, "value": draw(st.sampled_from([60, 130, 300])), "unit": "µmol/l"},
                {**CREATININE, "value": 1.4, "unit": "mg/dl"},
                {**CREATININE, "low": 100, "high": 200, "unit": "µmol/l"},
                {**CREATININE, "low": 100, "unit": "µmol/l"},
                {**CREATININE, "value": 90},
                {**IN_WORDS, "what": draw(st.sampled_from(TEXTS)), "state": draw(st.sampled_from(STATES))},
                {**IN_WORDS, "what": "creatinine", "result": draw(st.sampled_from(["300 µmol/l", "high"]))},
                {"kind": "finding", "what": "dialysis", "state": draw(st.sampled_from(STATES))},
            ]
        )
    )


@st.composite
def records_of_courses(draw, name):
    said = draw(st.lists(st.tuples(st.integers(-1, ON + 1), words()), max_size=7))
    times = st.sampled_from([{}, {}, {"time": "08:00"}, {"time": "20:00"}])
    who = {"id": name, **draw(st.sampled_from([{}, {"age": 17}, {"age": 44, "sex": "female"}, {"age": 70}]))}
    who |= draw(st.sampled_from([{}, {"sex": "male"}, {"sex": "other"}]))
    plain = {
        "format": "assuage-record/2",
        "patient": who,
        "entries": [{"day": day, **draw(times), **entry} for day, entry in said],
    }
    try:
        return parse_record(plain)
    except Problems:  # contradictions: no record
        return None


drawn = st.lists(st.integers(0, 9).flatmap(lambda at: records_of_courses(f"p{at}")), min_size=1, max_size=4)


@given(drawn, st.sampled_from([None, 0, 4, ON]))
def test_both_engines_say_the_same_of_courses_doses_and_creatinine(drawn, on):
    records = one_each(drawn)
    assume(records)
    assert_agreement(COURSES, records, on)


@given(drawn)
def test_alerts_of_courses_doses_and_creatinine_are_those_of_a_review(drawn):
    records = one_each(drawn)
    assume(records)
    assert_same_alerts(COURSES, records, ON)


STARTS = {"day": 0, "kind": "medication", "drug": "amitriptyline", "do": "start"}


@pytest.mark.parametrize(
    "entries",
    [
        [STARTS, {"day": 3, "kind": "intake", "drug": "Saroten"}],
        [STARTS, {"day": 3, "kind": "adherence", "drug": "amitriptyline", "taken": 0.8}],
        [STARTS, {"day": 3, "kind": "adherence", "drug": "Saroten", "taken": False}],
        [{"day": 3, **IN_WORDS, "what": "creatinine 300 µmol/l"}],
        [{"day": 1, **CREATININE, "low": 100, "unit": "µmol/l"}],
        [{"day": 0, **NONE_TAKEN}, {**STARTS, "day": 4}],
        [STARTS, {**STARTS, "day": 2, "do": "stop"}, {"day": 3, **NONE_TAKEN}, {**STARTS, "day": 4}],
        [{"day": 1, "kind": "intake", "drug": "levothyroxine"}],
        [{"day": 1, **CREATININE, "value": 130, "unit": "µmol/l"}],
        [STARTS, {**STARTS, "day": 2, "do": "change", "note": "slept badly"}],
    ],
)
def test_no_such_record_is_left_to_the_reference_engine(entries, tmp_path):
    record = parse_record(
        {"format": "assuage-record/2", "patient": {"id": "a", "age": 60, "sex": "male"}, "entries": entries}
    )
    to_frame([record]).write_parquet(tmp_path / "in.parquet")
    assert courses(tmp_path / "in.parquet", Engine(lower(COURSES), ON))[0].fallback == 0


@pytest.mark.parametrize(
    "text", ["slept badly", "prasta naktis", "Kopfweh\nam Abend", " ", "{", '{"note":"a day"}']
)
def test_a_note_of_its_own_makes_no_entry_of_its_own(text, tmp_path):
    row = {"patient": "a", "minute": None, "kind": "score", "code": "pain", "site": None, "value": 4.0}
    rows = [{**row, "day": day, "text": text.replace("a", f"a{day}")} for day in range(6)]
    pl.DataFrame(rows, schema_overrides={"minute": pl.Int16, "site": pl.String}).write_parquet(
        tmp_path / "in.parquet"
    )
    engine = Engine(lower(COURSES), ON)
    assert courses(tmp_path / "in.parquet", engine)[0].route.size == 1
    assert len(engine.interner.entries) <= 2


ROW = RecordRow("one", 3, None, "symptom", None, None, None, None)
WORDS = (
    "brain fog", "burning feet", "pain", "new pain", "chest pain", "takes no medication", "MI", " ", "a\x00b",
    "heart failure", "Kopfweh am Abend", "syncope", "numb bottom", "ALT 300 U/l", "fever 39", "K92.1",
)  # fmt: skip
HELD = (
    {"state": "present"}, {"state": "new"}, {"state": "present", "severity": "crushing"}, {"state": "gone"},
    {"state": "none"},
    {"state": "new", "by": "patient", "note": "x"}, {"state": "present", "author": "dr", "role": "physician"},
)  # fmt: skip
DOSES = (
    [{"amount": 10, "unit": "mg"}], [{"amount": 25, "unit": "mg", "when": "at night"}], [{"amount": 5, "unit": ""}], [],
    None,
    [{"amount": 1, "unit": "tablet", "when": "now and then"}], "10 mg", [{"amount": -1, "unit": "mg"}],
)  # fmt: skip
SYMPTOMS = st.builds(
    lambda word, site, held: ROW._replace(code=word, site=site, text=json.dumps(held)),
    st.sampled_from(WORDS),
    st.sampled_from([None, None, "chest", "neck", "nowhere"]),
    st.sampled_from(HELD),
)
MEDICATIONS = st.builds(
    lambda drug, do, doses: ROW._replace(
        kind="medication", code=drug, text=json.dumps({"do": do, "doses": doses})
    ),
    st.sampled_from(NAMES),
    st.sampled_from(["start", "stop", "change", "eat"]),
    st.sampled_from(DOSES),
)


@st.composite
def answers(draw):
    """The rows of answers to an instrument, most of them plain."""
    name = draw(st.sampled_from(sorted(FOLDED)))
    texts = draw(st.sampled_from([(None, None), (json.dumps({"by": "patient"}), None), (SECOND, SECOND)]))
    rows = []
    for number, item in enumerate(INSTRUMENTS[name].items, 1):
        values = list(item.values) or list(range(item.low, item.high + 1))
        value = draw(st.sampled_from([*values, *values, None, 0.5, 99]))
        code = f"{name}.{draw(st.sampled_from([item.id, number, number]))}"
        if draw(st.integers(0, 9)):
            text = texts[len(rows) > 0]
            rows.append(ROW._replace(kind="answers", code=code, value=value, text=text))
    return rows or [ROW._replace(kind="answers", code=f"{name}.1", value=1.0)]


SECOND = json.dumps({"entry": 7, "row": 1})


def _no_numbers():
    return Numbers({}, {}, {}, {})


def _without_numbers(effect):
    """What an entry says to the safety rules, without the numbers of names, which are the order they were met in."""
    lines = [line[:PART] for line in effect.lines]
    return dataclasses.replace(effect, drug=-1, course=-1, called=effect.called > 0, lines=lines)


@given(st.lists(st.builds(lambda row: [row], SYMPTOMS | MEDICATIONS) | answers(), min_size=1, max_size=8))
def test_an_entry_that_is_like_another_is_read_as_it_would_be_alone(entries):
    together, program = EntryInterner(ASKING), ASKING
    numbers, effects = _no_numbers(), []
    for number, rows in enumerate(entries):
        alone = EntryInterner(program)
        holds = set(json.loads(rows[0].text or "{}")) - {"entry", "row"}
        together.add(rows, holds)
        alone.add(rows, holds)
        met, fresh = together.entries[number], alone.entries[0]
        names = {at: claim for claim, at in together.claims.items()}
        named = {at: claim for claim, at in alone.claims.items()}
        assert [names[at] for at in met.about] == [named[at] for at in fresh.about]
        assert (names.get(met.drug), met.flagging) == (named.get(fresh.drug), fresh.flagging)
        told = 2 if met.medication else 3  # the number of a drug's name is the order in which it was met
        assert [line[:told] for line in met.streams] == [line[:told] for line in fresh.streams]
        same = {"about": [], "drug": -1, "streams": [], "like": -1}
        assert dataclasses.replace(met, **same) == dataclasses.replace(fresh, **same)
        effects.append(effect_of(met, numbers, effects))
        assert _without_numbers(effects[-1]) == _without_numbers(effect_of(fresh, _no_numbers(), []))


def test_answers_are_read_by_themselves_where_all_else_was_read_before():
    interner, rows = EntryInterner(ASKING), [ROW._replace(kind="answers", code="gad7.1", value=1.0)]
    with patch.object(
        EntryInterner, "_read_whole", autospec=True, side_effect=EntryInterner._read_whole
    ) as read:
        for value in (1.0, 2.0, 3.0):
            interner.add([row._replace(value=value) for row in rows], set())
    assert read.call_count == 1
    assert [(entry.low, entry.high) for entry in interner.entries] == [(1, 19), (2, 20), (3, 21)]


@given(
    st.integers(20, 900),
    st.lists(
        st.tuples(st.sampled_from(["female", "male", None]), st.none() | st.integers(1, 100)), max_size=30
    ),
)
def test_a_number_is_read_for_a_person_as_if_nobody_else_had_one(umol, people):
    interner = EntryInterner(ASKING)
    text = json.dumps({"value": umol, "unit": "umol/l"})
    number = interner.add([ROW._replace(kind="measurement", code="creatinine", text=text)], {"value", "unit"})
    for sex, age in people:
        met = interner.entries[interner.of_person(number, sex, age)]
        assert met.streams == interner._decided_of(interner.entries[number], Patient("one", sex, age))
