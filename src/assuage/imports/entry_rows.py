"""Rows of a diary that holds a row an entry become plain entries: a cell is a field of the entry.

A row makes one entry, or adds an item to the answers of the row before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assuage.catalogue.message import message
from assuage.imports.cells import Bad, CellEntry, CellNumbers
from assuage.imports.map import ENTRY_FIELDS, NUMBER_FIELDS, DiaryMap
from assuage.record.csv_table import yes_in
from assuage.record.kinds import KINDS
from assuage.record.table import CODE_FIELD
from assuage.terms.written_numbers import TwoReadings, number_in_text

# As in a table, and the kinds whose code there is something else.
_CODE_OF = CODE_FIELD | {
    "answers": "instrument",
    "red_flag_check": "flag",
    "note": "text",
    "diagnosis": "what",
    "void": "of",
}


def entry_of_row(
    cells: Mapping[str, str], diary_map: DiaryMap, when: Mapping[str, Any], previous: dict[str, Any] | None
) -> list[CellEntry]:
    """The entry of a row; none when its score is blank, or when it adds an item to the answers before it."""
    entry = CellEntry()
    plain: dict[str, Any] = {"by": diary_map.by}
    of_the_row = {
        name.lower()
        for name in (diary_map.date, diary_map.day, diary_map.time, diary_map.end, diary_map.end_time)
        if name
    }
    named = {diary_map.fields.get(header, header): header for header in cells if header not in of_the_row}
    constants = {name: text for name, text in diary_map.constants.items() if name not in named}
    kind = (cells.get(named.get("kind", "")) or constants.get("kind", "")).lower()
    skipped = {"patient", "day", "date"}
    numbers = CellNumbers(diary_map.decimal, diary_map.thousands)
    for name, text in constants.items():
        field_name = _CODE_OF.get(kind, "code") if name == "code" else name
        entry.cells[field_name] = ""
        plain[field_name] = _converted(entry, field_name, "", text, CellNumbers(".", None))
    for name, header in named.items():
        cell = cells[header]
        if name in ENTRY_FIELDS - skipped and cell:
            field_name = _CODE_OF.get(kind, "code") if name == "code" else name
            entry.cells[field_name] = header
            plain[field_name] = _converted(entry, field_name, header, cell, numbers)
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


def _converted(entry: CellEntry, name: str, header: str, cell: str, numbers: CellNumbers) -> Any:
    if name == "sites":
        return [site.strip() for site in cell.split("|")]
    if name == "suspected":
        return [suspect.strip() for suspect in cell.split("|")]
    if name == "taken" and yes_in(cell) is not None:
        return yes_in(cell)
    if name in ("approximate", "copied", "chosen", "reached", "kept"):
        if yes_in(cell) is None:
            entry.bad.append(Bad(header, message("import.neither-yes-nor-no")))
        return yes_in(cell) is True
    if name not in NUMBER_FIELDS:
        return cell
    number = numbers.number(cell)
    both = number_in_text(cell) if name == "amount" and numbers.thousands is None else None
    if isinstance(both, TwoReadings):
        what = message("import.two-readings", thousands=both.thousands, decimals=both.decimals)
        entry.bad.append(Bad(header, what))
        return None
    if number is not None:
        return number
    ends = numbers.two_ends(cell) if name in ("value", "response_percent") else None
    if ends is None:
        entry.bad.append(Bad(header, numbers.refused(ranges=True)))
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
