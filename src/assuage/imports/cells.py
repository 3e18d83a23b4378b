"""Cells of a diary become plain entries: a score, a yes or no, a word for a state, a note.

A row of one day makes as many entries as it has filled cells; a row of one entry makes one, or adds an item
to the answers of the row before. An explicit no is kept as what somebody said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, get_args

from assuage.imports.map import ENTRY_FIELDS, NUMBER_FIELDS, DiaryMap, MappedColumn
from assuage.record import entries as e
from assuage.record.csv_table import number_in, number_pattern, yes_in
from assuage.record.kinds import KINDS
from assuage.record.table import CODE_FIELD
from assuage.terms.symptoms import STATES
from assuage.terms.written_numbers import TwoReadings, number_in_text

_STATES_OF = {"symptom": STATES, "finding": get_args(e.FindingState)}
# As in a table, and the kinds whose code there is something else.
_CODE_OF = CODE_FIELD | {
    "answers": "instrument",
    "red_flag_check": "flag",
    "note": "text",
    "diagnosis": "what",
    "void": "of",
}


class Bad(NamedTuple):
    """A cell that cannot be read: its column and what is wrong."""

    header: str
    text: str


@dataclass
class CellEntry:
    """One entry out of cells: its fields, and the column of each; or what was wrong.

    `joins` says that its items were put to the answers of the row before.
    """

    plain: dict[str, Any] | None = None
    cells: dict[str, str] = field(default_factory=dict[str, str])
    bad: list[Bad] = field(default_factory=list[Bad])
    joins: bool = False


def headers_needed(diary_map: DiaryMap) -> dict[str, tuple[str, bool]]:
    """The columns a diary may have by lower-case header: as the map writes it, and whether it must be."""
    must = [name for name in (diary_map.date, diary_map.day, diary_map.patient_column) if name is not None]
    if diary_map.layout == "day":
        must += [column.header for column in diary_map.columns]
        return {name.lower(): (name, True) for name in must}
    must += diary_map.fields
    renamed = set(diary_map.fields.values())
    if "kind" not in renamed:
        must.append("kind")
    free = {name: (name, False) for name in sorted(ENTRY_FIELDS - renamed)}
    return free | {name.lower(): (name, True) for name in must}


# ---------------------------------------------------------------- one row a day


def entries_of_day(cells: Mapping[str, str], diary_map: DiaryMap) -> list[CellEntry]:
    """The entries of a day's row, in the order of the map; answers of one instrument are one entry."""
    entries: list[CellEntry] = []
    answers: dict[tuple[object, ...], CellEntry] = {}
    for column in diary_map.columns:
        header = column.header.lower()
        cell = cells.get(header, "")
        if not cell and "" not in column.no:
            continue
        entry = CellEntry(cells={"": header})
        fields = {"by": diary_map.by, **column.fixed, "kind": column.kind}
        problem = _FILL[column.kind](entry, fields, column, cell, diary_map.decimal)
        if problem is not None:
            entry.bad.append(Bad(header, problem))
        elif column.kind == "answers":
            moment = (fields["instrument"], fields.get("time"), fields["by"])
            before = answers.setdefault(moment, entry)
            before.cells[f"items.{column.item}"] = header
            if before is not entry and before.plain is not None and entry.plain is not None:
                before.plain["items"] |= entry.plain["items"]
                continue
        entries.append(entry)
    return entries


def _number(cell: str, decimal: str) -> float | int | None:
    value = number_in(cell, decimal)
    return int(value) if value is not None and value.is_integer() and abs(value) < 1e15 else value


def _ends(cell: str, decimal: str) -> tuple[float, float] | None:
    """The two ends of `4-5` or `4 to 5`."""
    number = number_pattern(decimal)
    match = re.fullmatch(rf"({number})\s*(?:-|–|—|to|\.\.)\s*({number})", cell)
    if match is None:
        return None
    low, high = _number(match[1], decimal), _number(match[2], decimal)
    return None if low is None or high is None else (low, high)


def _not_a_number(column_words: Mapping[str, float], decimal: str) -> str:
    comma = " with a decimal comma" if decimal == "," else ""
    words = f", nor one of the words {', '.join(column_words)}" if column_words else ""
    return f"not a number{comma}, nor a range like 4-5{words}; leave it blank when unknown"


def _score(
    entry: CellEntry, fields: dict[str, Any], column: MappedColumn, cell: str, decimal: str
) -> str | None:
    value = column.words.get(cell.casefold(), _number(cell, decimal))
    ends = _ends(cell, decimal)
    if value is None and ends is None:
        return _not_a_number(column.words, decimal)
    given = {"value": value} if value is not None else dict(zip(("low", "high"), ends or (), strict=True))
    entry.plain = fields | given
    return None


def _answers(
    entry: CellEntry, fields: dict[str, Any], column: MappedColumn, cell: str, decimal: str
) -> str | None:
    value = column.words.get(cell.casefold(), _number(cell, decimal))
    if value is None:
        return _not_a_number(column.words, decimal).replace(", nor a range like 4-5", "")
    entry.plain = fields | {"items": {column.item: value}}
    return None


def _state(
    entry: CellEntry, fields: dict[str, Any], column: MappedColumn, cell: str, _decimal: str
) -> str | None:
    word = cell.casefold()
    states = _STATES_OF[column.kind]
    if word in column.yes or word in column.no:
        entry.plain = fields | {"state": "present" if word in column.yes else "absent"}
        return None
    if word in states:
        entry.plain = fields | {"state": word}
        return None
    return f"{_neither(column)}, nor a state ({', '.join(states)})"


def _therapy(
    entry: CellEntry, fields: dict[str, Any], column: MappedColumn, cell: str, decimal: str
) -> str | None:
    word = cell.casefold()
    minutes = _number(cell, decimal) if column.cell == "minutes" else None
    if minutes is not None and minutes != 0:
        entry.plain = fields | {"minutes": minutes}
        return None
    if word in column.yes:
        entry.plain = fields
        return None
    if word in column.no or minutes == 0:
        entry.plain = _said_no(fields, fields["what"], cell)
        return None
    return _neither(column) + (", nor a number of minutes" if column.cell == "minutes" else "")


def _medication(
    entry: CellEntry, fields: dict[str, Any], column: MappedColumn, cell: str, _decimal: str
) -> str | None:
    word = cell.casefold()
    acts = get_args(e.MedicationAct)
    if word in acts:
        entry.plain = fields | {"do": word}
        if word == "stop":
            entry.plain.pop("doses", None)
        return None
    if word in column.no:
        entry.plain = _said_no(fields, fields["drug"], cell)
        return None
    if word in column.yes and "do" in fields:
        entry.plain = fields
        return None
    if word in column.yes:
        return f"yes to what? write one of {', '.join(acts)}, or give the column a do in the map"
    return f"{_neither(column)}, nor one of {', '.join(acts)}"


def _note(
    entry: CellEntry, fields: dict[str, Any], _column: MappedColumn, cell: str, _decimal: str
) -> str | None:
    entry.plain = fields | {"text": cell}
    return None


def _said_no(fields: Mapping[str, Any], what: str, cell: str) -> dict[str, Any]:
    """A note of an explicit no: a record has no entry for what did not happen, and nothing may be lost."""
    kept = {name: fields[name] for name in ("by", "time", "approximate") if name in fields}
    return {**kept, "kind": "note", "text": f"{what}: {cell or 'no'}"}


def _neither(column: MappedColumn) -> str:
    yes, no = (", ".join(sorted(word for word in words if word)) for words in (column.yes, column.no))
    return f"neither yes ({yes}) nor no ({no})"


_FILL = {
    "score": _score,
    "answers": _answers,
    "symptom": _state,
    "finding": _state,
    "therapy": _therapy,
    "medication": _medication,
    "note": _note,
}


# ---------------------------------------------------------------- one row an entry


def entry_of_row(
    cells: Mapping[str, str], diary_map: DiaryMap, when: Mapping[str, Any], previous: dict[str, Any] | None
) -> list[CellEntry]:
    """The entry of a row; none when its score is blank, or when it adds an item to the answers before it."""
    entry = CellEntry()
    plain: dict[str, Any] = {"by": diary_map.by}
    named = {diary_map.fields.get(header, header): header for header in cells}
    kind = cells.get(named.get("kind", ""), "").lower()
    skipped = {"patient", "day", "date"}
    for name, header in named.items():
        cell = cells[header]
        if name in ENTRY_FIELDS - skipped and cell:
            field_name = _CODE_OF.get(kind, "code") if name == "code" else name
            entry.cells[field_name] = header
            plain[field_name] = _converted(entry, field_name, header, cell, diary_map.decimal)
    plain["kind"] = kind or None
    entry.cells.setdefault("kind", named.get("kind", "kind"))
    if kind not in KINDS:
        # Only the kind is judged; the meaning of the other cells hangs on it.
        entry.plain = {name: value for name, value in plain.items() if name in ("by", "kind", "time", "note")}
        return [entry]
    if kind == "score" and not {"value", "low", "high"} & set(plain):
        return [entry] if entry.bad else []
    _nest(plain, entry, kind)
    if previous is not None and kind == "answers" and not entry.bad:
        now = {**when, **plain}
        same = all(previous.get(name) == now.get(name) for name in _SAME_ANSWERS)
        if same and not set(previous.get("items", {})) & set(plain.get("items", {})):
            previous.setdefault("items", {}).update(plain.get("items", {}))
            entry.joins = True
            return [entry]
    entry.plain = plain
    return [entry]


_SAME_ANSWERS = ("kind", "day", "date", "time", "by", "instrument", "note", "id", "replaces", "sites")


def _converted(entry: CellEntry, name: str, header: str, cell: str, decimal: str) -> Any:
    if name == "sites":
        return [site.strip() for site in cell.split("|")]
    if name == "suspected":
        return [suspect.strip() for suspect in cell.split("|")]
    if name == "taken" and yes_in(cell) is not None:
        return yes_in(cell)
    if name in ("approximate", "copied", "chosen", "reached", "kept"):
        if yes_in(cell) is None:
            entry.bad.append(Bad(header, "neither yes nor no"))
        return yes_in(cell) is True
    if name not in NUMBER_FIELDS:
        return cell
    number = _number(cell, decimal)
    both = number_in_text(cell) if name == "amount" else None
    if isinstance(both, TwoReadings):
        entry.bad.append(
            Bad(header, f"can be read as {both.thousands} or as {both.decimals}; write one of these")
        )
        return None
    if number is not None:
        return number
    ends = _ends(cell, decimal) if name in ("value", "response_percent") else None
    if ends is None:
        entry.bad.append(Bad(header, _not_a_number({}, decimal)))
        return None
    return list(ends)


def _nest(plain: dict[str, Any], entry: CellEntry, kind: str) -> None:
    """Put cells where a record has them: ranges, doses, items, red flags."""
    if kind in ("score", "measurement") and isinstance(plain.get("value"), list):
        plain["low"], plain["high"] = plain.pop("value")
        entry.cells["low"] = entry.cells["high"] = entry.cells["value"]
    if kind in ("medication", "intake"):
        dose = {name: plain.pop(name) for name in ("amount", "unit", "when") if name in plain}
        if dose:
            plain["doses"] = [dose]
            entry.cells |= {f"doses[0].{name}": entry.cells[name] for name in dose}
    if kind == "answers" and "item" in plain:
        item = plain.pop("item")
        plain["items"] = {item: plain.pop("value", None)}
        entry.cells[f"items.{item}"] = entry.cells.get("value", entry.cells["item"])
    if kind == "red_flag_check" and "flag" in plain:
        flag = plain.pop("flag")
        plain["flags"] = {flag: plain.pop("state", None)}
        entry.cells[f"flags.{flag}"] = entry.cells.get("state", entry.cells["flag"])
