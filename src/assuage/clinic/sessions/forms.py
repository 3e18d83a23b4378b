"""What a form of a session sends, as the document that `session plan` reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from django.http import QueryDict

from assuage.clinic.typed import typed_number
from assuage.record.entries import TherapyEntry

ROWS: Final = 5  # parts of a mixture that an empty form has room for (ours)
MOST_ROWS: Final = 20  # parts that are read of any form: that of a session has as many as the session (ours)
PART_FIELDS: Final = ("drug", "volume_ml", "amount_mg", "strength", "lot", "brand", "expiry")
NUMBER_FIELDS: Final = ("points", "volume_per_point_ml", "spacing_cm", "depth_mm", "response_percent")


def plan_of_form(typed: QueryDict) -> dict[str, object]:
    """The plan. What was left empty is left out; a number that is none stays text, and is refused by its reader."""
    plan: dict[str, object] = {"mixture": list(_parts(typed))}
    sites = typed.getlist("sites")
    if sites:
        plan["sites"] = sites
    needle = {
        name: typed_number(typed.get(name, ""))
        for name in ("gauge", "length_mm")
        if typed.get(name, "").strip()
    }
    if needle:
        plan["needle"] = needle
    for name in NUMBER_FIELDS:
        if typed.get(name, "").strip():
            plan[name] = typed_number(typed.get(name, ""))
    return plan


def _parts(typed: Mapping[str, str]) -> Iterator[dict[str, object]]:
    for row in range(MOST_ROWS):
        part: dict[str, object] = {}
        for name in PART_FIELDS:
            text = typed.get(f"{name}-{row}", "").strip()
            if text:
                part[name] = typed_number(text) if name in ("volume_ml", "amount_mg") else text
        if part:
            yield part


def form_of_session(entry: TherapyEntry) -> dict[str, str]:
    """The fields of the form that say what the session says."""
    typed: dict[str, str] = {}
    for row, part in enumerate(entry.mixture):
        typed[f"drug-{row}"] = part.drug
        given = (("volume_ml", part.volume_ml), ("amount_mg", part.amount_mg), ("lot", part.lot))
        typed |= {f"{name}-{row}": _shown(value) for name, value in given if value is not None}
    if entry.needle is not None:
        given = (("gauge", entry.needle.gauge), ("length_mm", entry.needle.length_mm))
        typed |= {name: _shown(value) for name, value in given if value is not None}
    numbers = (("points", entry.points), ("volume_per_point_ml", entry.volume_per_point_ml))
    return typed | {name: _shown(value) for name, value in numbers if value is not None}


def _shown(value: float | str) -> str:
    """As it is typed: the whole number without a decimal sign, nothing rounded."""
    return value if isinstance(value, str) else str(int(value) if float(value).is_integer() else value)
