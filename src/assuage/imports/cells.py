"""Cells of a diary become plain entries: a score, a yes or no, a word for a state, a note.

A row makes as many entries as it has filled cells that mean something. A blank cell is a question that was not asked;
an explicit no is kept as what somebody said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, get_args

from assuage.catalogue.message import Message, message
from assuage.errors import unknown_word
from assuage.imports.lasting import length_of_time
from assuage.imports.map import ENTRY_FIELDS, DiaryMap, ignored
from assuage.imports.meanings import CellCondition, Meaning
from assuage.record import entries as e
from assuage.record.csv_table import number_in, number_pattern
from assuage.record.kinds import UNITS
from assuage.terms.symptoms import GONE_STATES, STATES

_STATES_OF = {"symptom": STATES, "finding": get_args(e.FindingState)}
_YES, _NO = "\0yes", "\0no"  # what a part that is there, or is not, says: no cell holds it


_OUT_OF = re.compile(r"(.*[0-9])\s*(?:/|\b(?:out\s+of|of|von|iš)\b)\s*([0-9]{1,4})", re.I)


def number_out_of(cell: str) -> tuple[str, float | None]:
    """What stands before the top of a scale in a cell, and that top: `6` and 10 of `6/10`; the cell and None else."""
    match = _OUT_OF.fullmatch(cell)
    return (cell, None) if match is None else (match[1], float(match[2]))


class Bad(NamedTuple):
    """A cell that cannot be read: its column and what is wrong."""

    header: str
    what: Message


class Skipped(NamedTuple):
    """A filled cell that makes no entry on purpose: what it is, and why."""

    what: str
    why: Message


@dataclass
class CellEntry:
    """One entry out of cells: its fields, and the column of each; or what was wrong.

    `night` says which night its value is of, `yes` the word that was read as present; `joins` that its items were put
    to the answers of the row before.
    """

    plain: dict[str, Any] | None = None
    cells: dict[str, str] = field(default_factory=dict[str, str])
    bad: list[Bad] = field(default_factory=list[Bad])
    meaning: Meaning | None = None
    yes: str | None = None
    joins: bool = False


@dataclass
class RowReading:
    """What a row says: its entries, the cells that are left out, and what it did not ask about."""

    entries: list[CellEntry] = field(default_factory=list[CellEntry])
    skipped: list[Skipped] = field(default_factory=list[Skipped])
    not_asked: list[Meaning] = field(default_factory=list[Meaning])


class CellNumbers(NamedTuple):
    """How numbers are written: the mark before the fraction, and the one between groups of three digits.

    `percent`: a sign of percent may follow, which the map says is the unit, or the range. `out_of`: the top of the
    scale may follow, as in `6/10`; another top is no number of this scale.
    """

    decimal: str
    thousands: str | None
    percent: bool = False
    out_of: float | None = None

    def number(self, cell: str) -> float | int | None:
        """The number of a cell, whole where it is; None for anything else."""
        bare = self._bare(cell)
        value = number_in(self._ungrouped(bare), self.decimal)
        return int(value) if value is not None and value.is_integer() and abs(value) < 1e15 else value

    def two_ends(self, cell: str) -> tuple[float, float] | None:
        """The two ends of `4-5` or `4 to 5`."""
        number = number_pattern(self.decimal)
        match = re.fullmatch(rf"({number})\s*(?:-|–|—|to|\.\.)\s*({number})", self._bare(cell))
        if match is None:
            return None
        low, high = self.number(match[1]), self.number(match[2])
        return None if low is None or high is None else (low, high)

    def refused(self, ranges: bool, words: Iterable[str] = ()) -> Message:
        """What is to be said of a cell that is no number."""
        return message(
            "import.not-a-number",
            comma=message("import.with-a-decimal-comma") if self.decimal == "," else None,
            ranges=message("import.nor-a-range") if ranges else None,
            words=tuple(words) or None,
        )

    def _bare(self, cell: str) -> str:
        """The cell without the sign of percent, or the top of the scale, behind its number."""
        if self.percent and cell.endswith("%"):
            return cell[:-1].rstrip()
        if self.out_of is None or cell.isdecimal():
            return cell
        number, top = number_out_of(cell)
        return number if top is not None and top == self.out_of else cell

    def _ungrouped(self, cell: str) -> str:
        if self.thousands is None:
            return cell
        text = cell.replace("\u202f", " ").replace("\xa0", " ") if self.thousands == " " else cell
        groups = (
            rf"-?[0-9]{{1,3}}(?:{re.escape(self.thousands)}[0-9]{{3}})+(?:{re.escape(self.decimal)}[0-9]*)?"
        )
        return text.replace(self.thousands, "") if re.fullmatch(groups, text) else cell


def headers_needed(diary_map: DiaryMap) -> dict[str, tuple[str, bool]]:
    """The columns a diary may have by lower-case header: as the map writes it, and whether it must be."""
    of_the_diary = (
        diary_map.date,
        diary_map.day,
        diary_map.time,
        diary_map.end,
        diary_map.end_time,
        diary_map.patient_column,
        diary_map.name_column,
        diary_map.value_column,
    )
    must = [name for name in of_the_diary if name is not None]
    asked = (*diary_map.when, *(each for meaning in diary_map.meanings() for each in meaning.when))
    must += [condition.header for condition in asked]
    must += [each.unit_column for each in diary_map.meanings() if each.unit_column is not None]
    if diary_map.layout != "entry":
        must += [meaning.header for meaning in diary_map.columns]
        return {name.lower(): (name, True) for name in must}
    must += diary_map.fields
    renamed = set(diary_map.fields.values())
    if "kind" not in renamed and "kind" not in diary_map.constants:
        must.append("kind")
    free = {name: (name, False) for name in sorted(ENTRY_FIELDS - renamed - set(diary_map.constants))}
    return free | {name.lower(): (name, True) for name in must}


def reading_of(cells: Mapping[str, str], diary_map: DiaryMap) -> RowReading:
    """What a row of a diary says, in the order of the map; answers of one instrument are one entry."""
    row = RowReading()
    for meaning in diary_map.row:
        _read(row, meaning, "", _YES, cells, diary_map)
    for meaning in diary_map.columns:
        header = meaning.header.lower()
        _read(row, meaning, header, cells.get(header, ""), cells, diary_map)
    if diary_map.name_column is not None and diary_map.value_column is not None:
        _read_name(row, diary_map.name_column.lower(), diary_map.value_column.lower(), cells, diary_map)
    row.entries = list(_answers_together(row.entries))
    return row


def _read_name(
    row: RowReading, name_column: str, value_column: str, cells: Mapping[str, str], diary_map: DiaryMap
) -> None:
    name = cells.get(name_column, "")
    named = diary_map.names.get(name.casefold())
    if named is not None:
        for meaning in named:
            _read(row, meaning, value_column, cells.get(value_column, ""), cells, diary_map)
    elif name and ignored(name, diary_map.ignore):
        row.skipped.append(Skipped(name, message("left-out.ignored-name")))
    else:
        titles = [each[0].header for each in diary_map.names.values() if each]
        what = message("import.no-name") if not name else unknown_word(name, titles, message("word.name"))
        row.entries.append(CellEntry(bad=[Bad(name_column, what)]))


def _read(
    row: RowReading,
    meaning: Meaning,
    header: str,
    cell: str,
    cells: Mapping[str, str],
    diary_map: DiaryMap,
) -> None:
    unmet = next((condition for condition in meaning.when if not condition.holds(cells)), None)
    if unmet is not None:
        if cell not in ("", _YES, _NO):
            row.skipped.append(Skipped(meaning.header, unmet_reason(unmet)))
        row.not_asked += _not_asked(meaning)
    elif meaning.split is not None:
        _parts(row, meaning, header, cell, cells, diary_map)
    elif not cell and "" not in meaning.no:
        row.not_asked += _not_asked(meaning)
    else:
        row.entries.append(_entry(meaning.in_unit(cells), header, cell, diary_map))


def _not_asked(meaning: Meaning) -> list[Meaning]:
    """What a blank cell did not ask about: silence of a record on a therapy could be read as a no."""
    each = (meaning, *(part for parts in meaning.parts.values() for part in parts))
    return [part for part in each if part.kind in ("therapy", "exposure")]


def unmet_reason(condition: CellCondition) -> Message:
    """Why a row or cell is no answer: the form that it stands in is not filled in."""
    return message("left-out.when", column=condition.header, values=condition.values)


def _parts(
    row: RowReading,
    meaning: Meaning,
    header: str,
    cell: str,
    cells: Mapping[str, str],
    diary_map: DiaryMap,
) -> None:
    """A part that is there is a yes; one that is not is a no only where the map says so."""
    given = dict.fromkeys(part.strip().casefold() for part in cell.split(meaning.split or "\0"))
    given.pop("", None)
    written = {part.strip().casefold(): part.strip() for part in cell.split(meaning.split or "\0")}
    for part in given:
        if part in meaning.parts:
            continue
        if ignored(part, meaning.ignore):
            row.skipped.append(
                Skipped(f"{meaning.header}: {written[part]}", message("left-out.ignored-name"))
            )
        else:
            what = unknown_word(written[part], meaning.parts, message("word.part"))
            row.entries.append(CellEntry(bad=[Bad(header, what)]))
    says_no = meaning.unmentioned == "no" if cell else "" in meaning.no
    for part, of_part in meaning.parts.items():
        for each in of_part:
            there = _YES if part in given else _NO if says_no else ""
            _read(row, each, header, there, cells, diary_map)


def _answers_together(entries: Iterable[CellEntry]) -> Iterator[CellEntry]:
    """The entries of a row, with the items of one instrument, time and person in one of them."""
    first: dict[tuple[object, ...], CellEntry] = {}
    for entry in entries:
        plain = entry.plain
        if plain is None or plain["kind"] != "answers" or entry.bad:
            yield entry
            continue
        moment = (plain["instrument"], plain.get("time"), plain["by"])
        before = first.setdefault(moment, entry)
        if before is entry or before.plain is None or set(before.plain["items"]) & set(plain["items"]):
            yield entry
            continue
        before.plain["items"] |= plain["items"]
        before.cells |= {name: header for name, header in entry.cells.items() if name}


# ---------------------------------------------------------------- one cell


def _entry(meaning: Meaning, header: str, cell: str, diary_map: DiaryMap) -> CellEntry:
    entry = CellEntry(cells={"": header}, meaning=meaning)
    fields = {"by": diary_map.by, **meaning.fixed, "kind": meaning.kind}
    numbers = CellNumbers(diary_map.decimal, diary_map.thousands, meaning.of_hundred, meaning.top)
    filled = _FILL[meaning.kind](fields, meaning, cell, numbers)
    if isinstance(filled, Message):
        entry.bad.append(Bad(header, filled))
        return entry
    entry.plain = filled
    if meaning.item is not None:
        entry.cells[f"items.{meaning.item}"] = header
    if filled.get("state") == "present" and "severity" not in filled:
        entry.yes = cell.casefold()
    return entry


def _yes(cell: str, meaning: Meaning) -> bool:
    return cell == _YES or cell.casefold() in meaning.yes


def _no(cell: str, meaning: Meaning) -> bool:
    return cell == _NO or cell.casefold() in meaning.no


def _measured(cell: str, meaning: Meaning, numbers: CellNumbers) -> dict[str, Any] | Message:
    """The value, or the low and high end, of a number on a scale."""
    if cell in (_YES, _NO):
        cell = "1" if cell == _YES else "0"
    word = meaning.words.get(cell.casefold())
    if word is not None:
        return {"value": word}
    value = numbers.number(cell)
    ends = (value, value) if value is not None else numbers.two_ends(cell)
    if ends is None:
        return numbers.refused(meaning.kind != "answers", meaning.words)
    low, high = (meaning.in_scale(end) for end in ends)
    if low is None or high is None:
        first, last = meaning.ends or (0.0, 0.0)
        return message("import.outside-from", low=first, high=last, value=cell)
    if value is not None:
        return {"value": low}
    return {"low": high, "high": low} if meaning.reverse else {"low": low, "high": high}


def _scored(
    fields: dict[str, Any], meaning: Meaning, cell: str, numbers: CellNumbers
) -> dict[str, Any] | Message:
    measured = _measured(cell, meaning, numbers)
    return measured if isinstance(measured, Message) else fields | measured


def _rating(
    fields: dict[str, Any], meaning: Meaning, cell: str, numbers: CellNumbers
) -> dict[str, Any] | Message:
    measured = _measured(cell, meaning, numbers)
    if isinstance(measured, Message):
        return measured
    return fields | measured if "value" in measured else numbers.refused(ranges=False, words=meaning.words)


def _answers(
    fields: dict[str, Any], meaning: Meaning, cell: str, numbers: CellNumbers
) -> dict[str, Any] | Message:
    measured = _measured(cell, meaning, numbers)
    if isinstance(measured, Message):
        return measured
    if "value" not in measured:
        return numbers.refused(ranges=False, words=meaning.words)
    return fields | {"items": {meaning.item: measured["value"]}}


def _state(
    fields: dict[str, Any], meaning: Meaning, cell: str, _numbers: CellNumbers
) -> dict[str, Any] | Message:
    word = cell.casefold()
    states = _STATES_OF[meaning.kind]
    if word in meaning.severities:
        return fields | {"state": "present", "severity": meaning.severities[word]}
    if _yes(cell, meaning):
        state = "present"
    elif _no(cell, meaning):
        state = "absent"
    elif word in states:
        state = word
    else:
        return _neither(meaning, states=states)
    gone = {name: value for name, value in fields.items() if name != "severity"}
    return (gone if state in GONE_STATES else fields) | {"state": state}


def _therapy(
    fields: dict[str, Any], meaning: Meaning, cell: str, numbers: CellNumbers
) -> dict[str, Any] | Message:
    minutes = numbers.number(cell) if meaning.cell == "minutes" else None
    if minutes is not None and minutes != 0:
        return fields | {"minutes": minutes}
    if _yes(cell, meaning):
        return fields
    if _no(cell, meaning) or minutes == 0:
        return _absent(fields, fields["what"])
    return _neither(meaning, minutes=message("import.nor-minutes") if meaning.cell == "minutes" else None)


def _medication(
    fields: dict[str, Any], meaning: Meaning, cell: str, _numbers: CellNumbers
) -> dict[str, Any] | Message:
    word = cell.casefold()
    acts = get_args(e.MedicationAct)
    if word in acts:
        doing = fields | {"do": word}
        if word == "stop":
            doing.pop("doses", None)
        return doing
    if _no(cell, meaning):
        # Nothing begins and nothing ends: no entry of a record says that, and nothing may be lost.
        text = f"{fields['drug']}: {'no' if cell in ('', _NO) else cell}"
        return _moment_of(fields) | {"kind": "note", "text": text}
    if _yes(cell, meaning):
        return fields if "do" in fields else message("import.yes-to-what", acts=acts)
    return _neither(meaning, acts=acts)


def _intake(
    fields: dict[str, Any], meaning: Meaning, cell: str, numbers: CellNumbers
) -> dict[str, Any] | Message:
    number = None if meaning.cell is None else numbers.number(cell)
    if number is not None and number > 0 and meaning.cell == "amount" and meaning.unit not in UNITS:
        unit = meaning.unit
        return message("import.no-unit") if unit is None else unknown_word(unit, UNITS, message("word.unit"))
    if number is not None and number > 0 and meaning.cell == "amount":
        return fields | {"doses": [{"amount": number, "unit": meaning.unit}]}
    if number is not None and number > 0:
        doses = [dose | {"amount": dose["amount"] * number} for dose in fields["doses"]]
        return fields | {"doses": doses}
    if number == 0 or _no(cell, meaning):
        return _absent(fields, fields["drug"])
    if _yes(cell, meaning):
        return fields
    return _neither(meaning, number=message("import.nor-a-number") if meaning.cell else None)


def _exposure(
    fields: dict[str, Any], meaning: Meaning, cell: str, numbers: CellNumbers
) -> dict[str, Any] | Message:
    unit = fields.get("unit")
    amount = numbers.number(cell) if unit is not None else None
    if amount is None:
        amount = length_of_time(cell, unit)
    if amount is not None:
        return fields | {"amount": amount}
    if _yes(cell, meaning) or _no(cell, meaning):
        bare = {name: value for name, value in fields.items() if name != "unit"}
        return bare | {"state": "present" if _yes(cell, meaning) else "absent"}
    if unit is None and numbers.number(cell) is not None:
        return message("import.how-much")
    return _neither(meaning, number=message("import.nor-a-number") if unit is not None else None)


def _note(
    fields: dict[str, Any], _meaning: Meaning, cell: str, _numbers: CellNumbers
) -> dict[str, Any] | Message:
    return fields | {"text": cell}


def _absent(fields: Mapping[str, Any], what: str) -> dict[str, Any]:
    """That something was not there, by its name: what the diary asked and somebody answered with no."""
    return _moment_of(fields) | {"kind": "exposure", "name": what, "state": "absent"}


def _moment_of(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: fields[name] for name in ("by", "time", "approximate") if name in fields}


def _neither(meaning: Meaning, **nor: object) -> Message:
    yes, no = (tuple(sorted(word for word in words if word)) for words in (meaning.yes, meaning.no))
    severities = tuple(meaning.severities) or None
    return message("import.neither", yes=yes, no=no, severities=severities, **nor)


_FILL = {
    "score": _scored,
    "answers": _answers,
    "symptom": _state,
    "finding": _state,
    "therapy": _therapy,
    "medication": _medication,
    "intake": _intake,
    "exposure": _exposure,
    "rating": _rating,
    "measurement": _scored,
    "note": _note,
}
