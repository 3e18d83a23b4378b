"""An entry of each kind that came with the second format, as a document has it: drawn wherever records are drawn."""

from __future__ import annotations

from typing import Any

CARE_ENTRIES: tuple[dict[str, Any], ...] = (
    {"kind": "measurement", "what": "weight", "value": 70.5, "unit": "kg", "by": "patient"},
    {"kind": "measurement", "what": "CRP", "high": 5, "unit": "mg/L", "range": {"high": 5}, "time": "08:00"},
)
