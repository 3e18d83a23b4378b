"""What only tells an entry from others costs nothing and changes nothing: ids, authors, moments of writing.

A clinic's store gives every entry an id. The cohort engine sets it aside, and reads the whole record of a patient only
where two entries are in dispute or ids cannot be followed; what is corrected or withdrawn counts in neither engine.
"""

from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assuage.cohort import review_cohort
from assuage.engine.many.rows.row_texts import ANOTHER, NOTED, label_texts, read_row_text
from assuage.engine.many.rows.text_kernel import LABELLED
from assuage.engine.many.rows.vocabulary import Vocabulary
from assuage.pathways.registry import pathway
from assuage.record import fields
from assuage.record.arrow import arrow
from assuage.record.read import parse_record
from assuage.record.table import to_frame
from tests.agree.both import assert_agreement
from tests.agree.strategies import labelled, pathways
from tests.agree.test_random import days, read
from tests.property.strategies import records_plain
from tests.small_pathway import SMALL

NECK_FIRST = pathway("neck-first")
PAIN = {"kind": "score", "scale": "pain", "site": "neck", "by": "patient"}
HURTS = {**PAIN, "day": 1, "value": 8, "id": "hurts", "author": "p1", "entered": "2026-01-06T09:00:00+02:00"}


def document(*entries, **top):
    return {"format": "assuage-record/2", "patient": {"id": "ann"}, "entries": list(entries), **top}


@given(pathways(), st.lists(records_plain.flatmap(lambda drawn: labelled(list(drawn))), min_size=1), days)
def test_both_engines_agree_on_records_whose_entries_all_have_ids(pathway, drawn, on):
    records = [record for at, entries in enumerate(drawn) if (record := read(at, entries, None))]
    assume(records)
    assert_agreement(pathway, records, on)


@pytest.mark.parametrize(
    "entries",
    [
        (HURTS, {**PAIN, "day": 2, "value": 3, "id": "less"}),
        (HURTS, {**PAIN, "day": 1, "value": 3, "id": "less", "replaces": "hurts"}),
        (HURTS, {**PAIN, "day": 9, "value": 3, "id": "less", "replaces": "hurts"}),
        (HURTS, {"day": 9, "kind": "void", "of": "hurts", "because": "another patient's"}),
        (
            HURTS,
            {"day": 9, "kind": "void", "of": "hurts", "because": "another patient's", "id": "void"},
            {"day": 9, "kind": "void", "of": "void", "because": "it was hers", "id": "back"},
        ),
        (
            HURTS,
            {**PAIN, "day": 1, "value": 3, "id": "less", "replaces": "hurts"},
            {"day": 1, "kind": "void", "of": "less", "because": "it was right"},
        ),
        (
            HURTS,
            {**PAIN, "day": 1, "value": 3, "id": "less", "replaces": "hurts"},
            {**PAIN, "day": 1, "value": 2, "id": "least", "replaces": "less"},
        ),
        (HURTS, {**PAIN, "day": 2, "value": 3, "about": "hurts"}),
        (
            HURTS,
            {"day": 3, "kind": "decision", "do": "advance", "because": "well", "id": "d", "author": "dr"},
        ),
        (
            {"day": 3, "kind": "decision", "do": "advance", "because": "well", "id": "d"},
            {"day": 4, "kind": "void", "of": "d", "because": "too early"},
            HURTS,
        ),
        (
            HURTS,
            {**PAIN, "day": 1, "value": 1, "time": "08:00", "id": "a"},
            {**PAIN, "day": 1, "value": 2, "id": "b"},
        ),
    ],
)
def test_ids_corrections_and_withdrawals_send_nobody_to_the_fallback(entries):
    record = parse_record(document(*entries, starts_on="2026-01-05"))
    for each in (SMALL, NECK_FIRST):
        courses = assert_agreement(each, [record])
        assert courses is not None
        assert courses.fallback == 0


@pytest.mark.parametrize(
    "entry",
    [
        {"day": 1, "kind": "diagnosis", "what": "bleeding disorder", "certainty": "confirmed"},
        {"day": 1, "kind": "allergy", "substance": "ibuprofen"},
        {"day": 1, "kind": "adverse_event", "what": "drowsiness", "suspected": ["amitriptyline"]},
        {"day": 1, "kind": "intake", "drug": "paracetamol"},
        {"day": 1, "kind": "adherence", "drug": "paracetamol", "taken": False},
        {"day": 1, "kind": "decision", "do": "hold", "pathway": "small@1", "because": "an example"},
        {"day": 1, "kind": "measurement", "what": "eGFR", "value": 22, "unit": "ml/min/1.73 m²"},
    ],
    ids=lambda entry: entry["kind"],
)
def test_what_a_clinic_writes_every_day_sends_nobody_to_the_fallback(entry):
    courses = assert_agreement(SMALL, [parse_record(document(entry, {**PAIN, "day": 2, "value": 8}))])
    assert courses is not None
    assert courses.fallback == 0


@pytest.mark.parametrize(
    ("writer", "settled"),
    [
        ({"author": "p1"}, True),
        ({"author": "p1", "role": "relative"}, False),
        ({"author": "p2"}, False),
        ({"author": "p2", "by": "clinician"}, True),
        ({"author": "p2", "role": "nurse"}, True),
        ({"author": "p2", "by": "clinician", "role": "relative"}, False),
        ({}, True),
        ({"by": "import"}, False),
        ({"role": "relative"}, False),
    ],
    ids=str,
)
@pytest.mark.parametrize(
    "later",
    [{**PAIN, "day": 1, "value": 3, "replaces": "hurts"}, {"day": 2, "kind": "void", "of": "hurts"}],
    ids=["correction", "withdrawal"],
)
def test_only_its_writer_or_a_clinician_settles_an_entry_in_both_engines(writer, settled, later):
    why = {"because": "an example", "by": "patient"} if later["kind"] == "void" else {}
    record = parse_record(document(HURTS, later | why | writer))
    for each in (SMALL, NECK_FIRST):
        courses = assert_agreement(each, [record])
        assert courses is not None
        assert courses.fallback == (0 if settled else 1)


def in_dispute(day):
    given_by = {"kind": "medication", "drug": "tizanidine", "day": day}
    return [
        {**given_by, "do": "start", "id": "hers"},
        {**given_by, "do": "stop", "id": "his", "disputed_with": "hers"},
    ]


def test_the_reason_for_the_fallback_is_counted(tmp_path):
    first = parse_record(document(HURTS, *in_dispute(1)))
    second = parse_record(document(HURTS) | {"patient": {"id": "bob"}})
    to_frame([first, second]).write_parquet(tmp_path / "in.parquet")
    done = review_cohort(tmp_path / "in.parquet", SMALL, tmp_path / "out", on=5)
    assert (done.patients, done.fallback, done.reasons) == (2, 1, {"dispute": 1})


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({**PAIN, "day": 2, "value": 3, "id": "hurts"}, "hurts"),
        ({**PAIN, "day": 2, "value": 3, "replaces": "nobody"}, "nobody"),
        ({**PAIN, "day": 2, "value": 3, "about": "nobody"}, "nobody"),
        ({**PAIN, "day": 2, "value": 3, "id": "x", "about": "x"}, "itself"),
        ({"day": 2, "kind": "void", "of": "nobody", "because": "an example"}, "nobody"),
        ({**PAIN, "day": 2, "value": 3, "of": "hurts"}, "of"),
        ({**PAIN, "day": 9, "value": 3, "entered": "2026-01-05"}, "entered"),
        ({**PAIN, "day": 2, "value": 3, "entered": "2026-02-30"}, "2026-02-30"),
        ({**PAIN, "day": 2, "value": 3, "author": " "}, "author"),
        ({**PAIN, "day": 2, "value": 3, "id": 7}, "id"),
    ],
)
def test_labels_that_cannot_be_are_refused_as_the_reader_refuses_them(more, says, tmp_path):
    right = {**PAIN, "day": 2, "value": 3, "id": "right"}
    record = parse_record(document(HURTS, right, starts_on="2026-01-05"))
    frame = to_frame([record]).with_columns(pl.col("kind", "code", "site").cast(pl.String))
    kind, field = more["kind"], {"score": "pain"}.get(more["kind"])
    held = {
        name: value for name, value in more.items() if name not in ("kind", "scale", "site", "day", "value")
    }
    row = {"day": more["day"], "kind": kind, "code": field, "text": json.dumps(held | {"entry": 1})}
    row |= {"site": more.get("site"), "value": more.get("value")}
    with_it = pl.concat(
        [
            frame.filter(~pl.col("text").str.contains("right")),
            frame.head(1).with_columns(
                *(pl.lit(value).cast(frame.schema[name]).alias(name) for name, value in row.items())
            ),
        ]
    ).sort("patient", "day", maintain_order=True)
    with_it.write_parquet(tmp_path / "in.parquet")
    done = review_cohort(tmp_path / "in.parquet", SMALL, tmp_path / "out", on=5)
    rejected = pl.read_parquet(tmp_path / "out" / "rejected.parquet")
    assert done.rejected == 1
    assert says in rejected["place"][0] + rejected["problem"][0]


def test_a_correction_that_is_wrong_in_itself_is_refused_though_it_was_withdrawn(tmp_path):
    record = parse_record(document(HURTS, {"day": 2, "kind": "void", "of": "hurts", "because": "an example"}))
    to_frame([record]).with_columns(
        value=pl.when(pl.col("kind") == "score").then(99.0).cast(pl.Float32)
    ).write_parquet(tmp_path / "in.parquet")
    assert review_cohort(tmp_path / "in.parquet", SMALL, tmp_path / "out", on=5).rejected == 1


_VALUE = (
    st.none()
    | st.booleans()
    | st.integers(-2, 12)
    | st.sampled_from(["", " ", "a b", "ė", 'q"', "\t", "{", ANOTHER])
)
_MOMENT = st.sampled_from(
    [
        "2026-01-05",
        "2026-02-29",
        "2024-02-29T23:59",
        "2026-01-05 09:30:61",
        "2026-01-05T09:30:01.5Z",
        "0001-01-01",
    ]
)
_FIELD = st.sampled_from(["entry", "row", "id", "author", "entered", "replaces", "about", "of", "by", "note"])
_NESTED = st.recursive(
    _VALUE | _MOMENT, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_FIELD, inner)
)
_HELD = st.dictionaries(_FIELD, _NESTED, max_size=5)
_TEXT = (
    _HELD.map(json.dumps)
    | _HELD.map(lambda held: json.dumps(held, ensure_ascii=False, separators=(",", ":")))
    | _HELD.map(lambda held: json.dumps(held, indent=1))
    | st.tuples(
        _HELD.map(json.dumps), st.integers(0, 60), st.sampled_from(["", ",", '"', "}", "x", " "])
    ).map(lambda drawn: drawn[0][: drawn[1]] + drawn[2] + drawn[0][drawn[1] :])
    | st.text(max_size=5)
)


@given(st.lists(_TEXT, max_size=20))
def test_the_kernel_and_the_library_take_the_same_text_apart_alike(texts):
    vocabulary = Vocabulary()
    none = np.zeros(len(texts), np.uint8)
    numbers, labels = vocabulary.numbers_of(arrow().array(texts, arrow().string()), none)
    plains = list(vocabulary.plains)
    for at, text in enumerate(texts):
        if text:
            plain, _, label = read_row_text(text)
            assert plains[numbers[at]] == plain
            assert tuple(int(column[at]) for column in labels[: len(label)]) == label


@given(st.lists(_TEXT, max_size=20))
def test_a_text_that_is_no_json_is_a_note_only_where_the_reader_takes_it_as_one(texts):
    vocabulary = Vocabulary()
    every = np.ones(len(texts), np.uint8)
    numbers, labels = vocabulary.numbers_of(arrow().array(texts, arrow().string()), every)
    plains = list(vocabulary.plains)
    for at, text in enumerate(texts):
        if text and plains[numbers[at]] != read_row_text(text).plain:
            assert plains[numbers[at]] == NOTED
            assert labels.how[at] == LABELLED
            assert fields.free_text(text, "", lambda _place, _what: None) == text
            assert not text.startswith("{")


def test_texts_of_a_store_are_read_by_the_kernel_alone():
    held = {"author": "dr-7", "by": "patient", "entered": "2026-11-28T10:00:00+02:00", "entry": 12}
    stored = json.dumps(held | {"id": "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"}, separators=(",", ":"))
    labels = label_texts(arrow().array([stored]))
    assert labels.how.tolist() == [LABELLED]
