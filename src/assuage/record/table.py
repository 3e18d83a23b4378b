"""Many records are one table: rows out of records, records out of rows, without loss either way.

Columns: `patient` (text), `day` (int32), `minute` (int16, null without a time), `kind`, `code`, `site`
(dictionary), `value` (float32), `text`; sorted by patient, day, then as written. What the columns hold:

| kind           | rows                            | code                                  | site | value |
|----------------|---------------------------------|---------------------------------------|------|-------|
| patient        | one a known fact                | format, sex, age, starts_on, pathway, |      | age   |
|                |                                 | zone                                  |      |       |
| score          | one a site                      | scale                                 | yes  | score |
| answers        | one an item, one a painful site | instrument.item, or the instrument    | yes  | answer|
| symptom        | one                             | symptom id, else the words            | yes  |       |
| finding        | one                             | condition id or the words             |      |       |
| medication     | one                             | drug id, else the name                |      |       |
| therapy        | one a site                      | therapy id, else the words            | yes  |       |
| decision       | one                             | phase                                 |      |       |
| consent        | one                             | what for                              |      |       |
| red_flag_check | one a flag                      | red flag                              |      |       |
| measurement    | one                             | what was measured, in words           |      |       |
| allergy        | one                             | drug id, else the substance           |      |       |
| adherence      | one                             | drug id, else the name                |      |       |
| intake         | one                             | drug id, else the name                |      |       |
| adverse_event, | one                             | what, in words                        |      |       |
| offer, goal    |                                 |                                       |      |       |
| exposure,      | one                             | the name                              |      |       |
| rating         |                                 |                                       |      |       |
| diagnosis,     | one                             |                                       |      |       |
| appointment,   |                                 |                                       |      |       |
| note, void     |                                 |                                       |      |       |

The value of a score that is a range is its worse end. Text facts of a patient are in `text`.

`text` of rows written here is compact JSON. `entry` is the entry's place in its record and `row` the row's
place in the entry, so that rows find together in any order. The first row of an entry also has what no column
holds, under the names of the record's fields; `dated` says that the entry gave a date. Where a row has
something of its own, `is` has it: the exact answer where a float32 cannot hold it, the state of a red flag.

A table from elsewhere needs patient, day, kind and code. Without JSON in `text` a row is an entry of its own
(answers of one instrument at one moment are one entry), and text is the note, or the text of a note. An empty
code, site or text is none, like null, and so is a value that is no number (NaN).
"""

from __future__ import annotations

import json
import math
import struct
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from assuage.catalogue.message import message
from assuage.errors import InputError, Problem, Problems
from assuage.record.entries import AnyEntry, Record
from assuage.record.entry import FORMAT
from assuage.record.kinds import scales
from assuage.record.write import entry_to_plain
from assuage.terms.drug_names import find_drug
from assuage.terms.symptoms import find_symptom
from assuage.terms.therapies import find_therapy

if TYPE_CHECKING:
    import polars as pl


class RecordRow(NamedTuple):
    """One row of the table."""

    patient: str
    day: int
    minute: int | None
    kind: str
    code: str | None
    site: str | None
    value: float | None
    text: str | None


def polars() -> Any:
    """The table library, imported only when a table is asked for."""
    try:
        import polars
    except ImportError:
        raise InputError(message("extra.table")) from None
    return polars


# ---------------------------------------------------------------- out of records


def to_frame(records: Iterable[Record]) -> pl.DataFrame:
    """The table of some records. Raises `Problems` when two of them are of one patient."""
    pl = polars()
    rows: list[RecordRow] = []
    counted: Counter[str] = Counter()
    for record in records:
        counted[record.patient.id] += 1
        rows += rows_of_record(record)
    twice = [patient for patient, count in counted.items() if count > 1]
    if twice:
        what = message("table.second-record")
        raise Problems(
            "the table", [Problem(f'patient "{patient}"', what) for patient in twice], "not written"
        )
    rows.sort(key=lambda row: (row.patient, row.day))
    schema = {
        "patient": pl.String,
        "day": pl.Int32,
        "minute": pl.Int16,
        "kind": pl.String,
        "code": pl.String,
        "site": pl.Categorical,
        "value": pl.Float32,
        "text": pl.String,
    }
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in schema]
    return pl.DataFrame(dict(zip(schema, columns, strict=True)), schema=schema)


def rows_of_record(record: Record) -> Iterator[RecordRow]:
    """The rows of one record: its patient's facts, then its entries by day."""
    patient = record.patient
    facts: dict[str, Any] = {"format": FORMAT, "sex": patient.sex, "age": patient.age}
    facts |= {"starts_on": record.starts_on and record.starts_on.isoformat(), "pathway": record.pathway}
    facts["zone"] = record.zone
    for code, fact in facts.items():
        if isinstance(fact, str):
            yield RecordRow(patient.id, 0, None, "patient", code, None, None, fact)
        elif fact is not None:
            yield RecordRow(patient.id, 0, None, "patient", code, None, float(fact), None)
    for entry in sorted(record.entries, key=lambda entry: (entry.day, entry.place)):
        yield from _rows_of_entry(entry, record)


class _Cell(NamedTuple):
    code: str | None = None
    site: str | None = None
    value: float | None = None
    stated: Any = None


def _rows_of_entry(entry: AnyEntry, record: Record) -> Iterator[RecordRow]:
    plain = entry_to_plain(entry, record)
    kind = plain.pop("kind")
    if plain.pop("date", None) is not None:
        plain["dated"] = True
    plain.pop("day", None)
    if plain.get("time") is not None and plain["time"][0].isdigit():
        del plain["time"]
    cells = _CELLS_OF.get(kind, _held_whole)(plain)
    for row, cell in enumerate(cells):
        held: dict[str, Any] = {"entry": entry.place}
        if len(cells) > 1:
            held["row"] = row
        if cell.stated is not None:
            held["is"] = cell.stated
        text = _compact(held | plain if row == 0 else held)
        value = None if cell.value is None else to_float32(cell.value)
        yield RecordRow(record.patient.id, entry.day, entry.minute, kind, cell.code, cell.site, value, text)


_compact = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def _sites(plain: dict[str, Any]) -> list[str | None]:
    if "site" in plain:
        return [plain.pop("site")]
    return plain.pop("sites", None) or [None]


def _score_cells(plain: dict[str, Any]) -> list[_Cell]:
    scale = plain.pop("scale")
    value = plain.get("value")
    if value is None:
        value = plain["high"] if scales()[scale].higher_is == "worse" else plain["low"]
    elif read_float32(to_float32(value)) == value:
        del plain["value"]
    return [_Cell(scale, site, value) for site in _sites(plain)]


def _answer_cells(plain: dict[str, Any]) -> list[_Cell]:
    instrument, sites = plain.pop("instrument"), plain.pop("sites", None)
    cells = [_answer(f"{instrument}.{item}", answer) for item, answer in plain.pop("items", {}).items()]
    cells += [_Cell(instrument, site) for site in sites or ()]
    if sites == []:
        # "None hurts" is an answer; without a row it would be lost.
        plain["sites"] = []
    return cells or [_Cell(instrument)]


def _answer(code: str, answer: Any) -> _Cell:
    if answer is None or isinstance(answer, str):
        return _Cell(code, stated=[answer])
    number = float(answer)
    exact = not isinstance(answer, bool) and read_float32(to_float32(number)) == answer
    return _Cell(code, value=number, stated=None if exact else [answer])


def _named_cells(field: str, find: Any, sited: bool = True) -> Any:
    """Cells of a kind whose code is the id of what it names, or the words themselves."""

    def cells(plain: dict[str, Any]) -> list[_Cell]:
        words = plain.pop(field, None)
        known = find(words) if words is not None else None
        code = known.id if known else words
        if code != words:
            plain[field] = words
        return [_Cell(code, site) for site in (_sites(plain) if sited else [None])]

    return cells


def _flag_cells(plain: dict[str, Any]) -> list[_Cell]:
    return [_Cell(flag, stated=state) for flag, state in plain.pop("flags").items()]


def _held_whole(_plain: dict[str, Any]) -> list[_Cell]:
    """One row without cells of its own: all that the entry says stands in `text`."""
    return [_Cell()]


def _nothing(_words: str) -> None:
    return None


# The field of each kind that the column `code` holds.
CODE_FIELD = {
    "score": "scale",
    "symptom": "what",
    "finding": "what",
    "medication": "drug",
    "therapy": "what",
    "decision": "to",
    "consent": "for",
    "measurement": "what",
    "allergy": "substance",
    "adverse_event": "what",
    "adherence": "drug",
    "intake": "drug",
    "offer": "what",
    "exposure": "name",
    "rating": "name",
    "goal": "what",
}
_CELLS_OF: dict[str, Callable[[dict[str, Any]], list[_Cell]]] = {
    "score": _score_cells,
    "answers": _answer_cells,
    "symptom": _named_cells("what", find_symptom),
    "finding": _named_cells("what", _nothing, sited=False),
    "medication": _named_cells("drug", find_drug, sited=False),
    "therapy": _named_cells("what", find_therapy),
    "decision": _named_cells("to", _nothing, sited=False),
    "consent": _named_cells("for", _nothing, sited=False),
    "red_flag_check": _flag_cells,
    "measurement": _named_cells("what", _nothing, sited=False),
    "allergy": _named_cells("substance", find_drug, sited=False),
    "adverse_event": _named_cells("what", _nothing, sited=False),
    "adherence": _named_cells("drug", find_drug, sited=False),
    "intake": _named_cells("drug", find_drug, sited=False),
    "offer": _named_cells("what", _nothing, sited=False),
    "exposure": _named_cells("name", _nothing, sited=False),
    "rating": _named_cells("name", _nothing, sited=False),
    "goal": _named_cells("what", _nothing, sited=False),
}


def to_float32(value: float) -> float:
    """The nearest float32; infinite where it is too large for one."""
    try:
        return struct.unpack("f", struct.pack("f", value))[0]
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def read_float32(value: float) -> float:
    """The number a float32 was written for: 4.3, not 4.300000190734863."""
    return float(f"{value:.7g}") if math.isfinite(value) else value


# ---------------------------------------------------------------- out of rows


class Numbered(NamedTuple):
    """A row with the place it has in its file, for people."""

    place: str
    row: RecordRow


def code_field(kind: str) -> str | None:
    """The field of a record that the column `code` holds for a kind."""
    return CODE_FIELD.get(kind)


def date_of(starts_on: object, day: int) -> str | None:
    """The date of a day as a record writes it; None where it cannot be known."""
    try:
        return (date.fromisoformat(str(starts_on)) + timedelta(days=day)).isoformat()
    except (ValueError, OverflowError):
        return None
