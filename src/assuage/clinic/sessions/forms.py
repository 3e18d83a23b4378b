"""What a form of a session sends, as the document that `session plan` reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from django.http import QueryDict

from assuage.clinic.typed import typed_number

ROWS: Final = 5  # parts of a mixture that a form has room for (ours)
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
    for row in range(ROWS):
        part: dict[str, object] = {}
        for name in PART_FIELDS:
            text = typed.get(f"{name}-{row}", "").strip()
            if text:
                part[name] = typed_number(text) if name in ("volume_ml", "amount_mg") else text
        if part:
            yield part
