"""Every row and every filled cell of a diary makes an entry, is left out with a reason, or is a problem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st

from assuage.errors import Problems
from assuage.imports.entries import Imported, records_of
from assuage.imports.foreign import DiaryRow, ForeignTable
from assuage.imports.map import DiaryMap, map_of
from assuage.record.write import entry_to_plain

# What the columns can be, and the word by which an entry of each is known again.
COLUMNS: dict[str, dict[str, Any]] = {
    "pain": {"kind": "score", "scale": "pain"},
    "tired": {"kind": "score", "scale": "fatigue", "from": [0, 100], "words": {"none": 0}},
    "headache": {"kind": "symptom", "what": "headache", "severities": {"mild": "mild"}},
    "massage": {"kind": "therapy", "what": "massage", "cell": "minutes"},
    "coffee": {"kind": "exposure", "name": "coffee", "when": {"form": 2}},
    "steps": {"kind": "exposure", "name": "steps", "unit": "steps"},
    "mood": {"kind": "rating", "name": "mood", "lowest": 0, "highest": 10, "reverse": True},
    "pill": {"kind": "intake", "drug": "paracetamol", "when": {"form": [1, 2]}},
    "fog": {"kind": "answers", "instrument": "sss", "item": "cognitive"},
    "sleep": {"kind": "score", "scale": "sleep", "night": "after"},
}
CELLS = st.sampled_from(["", "", "", "0", "1", "2", "no", "yes", "none", "mild", "7", "x"])


@st.composite
def diaries(draw: st.DrawFn) -> tuple[dict[str, Any], list[str], list[dict[str, str]]]:
    """A map as plain values, the headers, and the rows."""
    used = draw(st.lists(st.sampled_from(sorted(COLUMNS)), min_size=1, max_size=5, unique=True))
    named = draw(st.booleans())
    diary: dict[str, Any] = {"layout": "day", "day": "day", "ignore": ["*"]}
    diary |= {"patient": "ana"} if draw(st.booleans()) else {"patient_column": "who"}
    if draw(st.booleans()):
        diary["time"] = "at"
    if "time" in diary and draw(st.booleans()):
        diary["day_begins"] = "04:00"
    if draw(st.booleans()):
        diary["when"] = {"form": [0, 1, 2]}
    headers = ["day", "who", "at", "form", "weather"]
    plain: dict[str, Any] = {"diary": diary}
    if named:
        diary |= {"layout": "name", "name_column": "name", "value_column": "value"}
        plain["names"] = {name: COLUMNS[name] for name in used}
        headers += ["name", "value"]
    else:
        plain["columns"] = {name: COLUMNS[name] for name in used}
        headers += used
    names = st.sampled_from([*used, "other"])
    odd = draw(
        st.sampled_from([False, False, True])
    )  # a cell that cannot be read ends the import of the whole diary
    cells = CELLS if odd else st.sampled_from(["", "", "0", "1"])
    rows = [
        {
            "day": str(draw(st.integers(0, 3))),
            "who": draw(st.sampled_from(["ana", "ben"])),
            "at": draw(st.sampled_from(["", "1:30", "8:00", "20:00"])),
            "form": draw(st.sampled_from(["", "0", "1", "2"])),
            "weather": draw(st.sampled_from(["", "snow"])),
            **(
                {"name": draw(names), "value": draw(cells)} if named else {name: draw(cells) for name in used}
            ),
        }
        for _ in range(draw(st.integers(1, 7)))
    ]
    return plain, headers, rows


def imported(plain: Mapping[str, Any], headers: list[str], rows: list[dict[str, str]]) -> Imported | None:
    """What is made of it; None where there are problems."""
    said: list[object] = []
    diary_map = map_of(plain, lambda place, what: said.append((place, what)))
    assert isinstance(diary_map, DiaryMap)
    assert said == []
    table = ForeignTable("d.csv", tuple(headers), [DiaryRow(at, row) for at, row in enumerate(rows, start=2)])
    try:
        return records_of(table, diary_map)
    except Problems:
        return None


def made_of(found: Imported) -> Iterator[str]:
    """The column or name of each entry that a cell made."""
    column_of = {
        ("score", "pain"): "pain", ("score", "fatigue"): "tired", ("symptom", "headache"): "headache",
        ("therapy", "massage"): "massage", ("exposure", "massage"): "massage", ("exposure", "coffee"): "coffee",
        ("exposure", "steps"): "steps", ("rating", "mood"): "mood", ("intake", "paracetamol"): "pill",
        ("exposure", "paracetamol"): "pill", ("answers", "sss"): "fog", ("score", "sleep"): "sleep",
    }  # fmt: skip
    for record in found.records:
        for entry in record.entries:
            plain = entry_to_plain(entry, record)
            if plain.get("state") != "not_asked":
                words = (plain.get(name) for name in ("scale", "what", "name", "drug", "instrument"))
                yield column_of[(plain["kind"], next(word for word in words if word))]


@settings(deadline=None, max_examples=300)
@given(diaries())
def test_every_row_is_used_or_left_out_whole(
    diary: tuple[dict[str, Any], list[str], list[dict[str, str]]],
) -> None:
    found = imported(*diary)
    if found is None:
        event("problems")
        return
    assert found.rows == len(diary[2])
    assert found.used + sum(each.count for each in found.left_out if each.whole_rows) == found.rows


@settings(deadline=None, max_examples=300)
@given(diaries())
def test_every_filled_cell_makes_an_entry_or_is_left_out(
    diary: tuple[dict[str, Any], list[str], list[dict[str, str]]],
) -> None:
    plain, _, rows = diary
    found = imported(*diary)
    if found is None:
        return
    wanted = plain["diary"].get("when", {}).get("form")
    counted = [row for row in rows if wanted is None or row["form"] in map(str, wanted)]
    filled = Counter[str]()
    for row in counted:
        cells = {row["name"]: row["value"]} if "name" in row else row
        filled.update(name for name, cell in cells.items() if name in COLUMNS and cell)
    left = Counter(
        {each.what: each.count for each in found.left_out if each.what in COLUMNS and not each.whole_rows}
    )
    for each in found.left_out:
        if each.what in COLUMNS and each.whole_rows:
            left[each.what] += each.count
    both = Counter[str](made_of(found)) + left
    assert both == filled
